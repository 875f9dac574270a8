"""Sphinx extension: a picture of each page for social media, in ``_static/cards/``; :mod:`publishing` links to it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from gwr.paths import ROOT
from gwr.site.cards import kept_card
from gwr.site.sphinx.head import CARDS, card_of

KEPT = ROOT / "_build" / "cards"
"""Where drawn cards are kept between builds."""


def lay_out(app: Sphinx, error: Exception | None) -> None:
    """Draws the cards of pages whose titles are new, and copies all of them into the site."""
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / CARDS
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for page, title in sorted(app.env.titles.items()):
        shutil.copyfile(kept_card(title.astext(), app.config.html_title, KEPT), Path(app.outdir) / card_of(page))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", lay_out, priority=640)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
