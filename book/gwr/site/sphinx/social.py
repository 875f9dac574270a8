"""The pictures of pages for social media, in ``_static/cards/``; :mod:`gwr.site.sphinx.head` links to them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from gwr.paths import ROOT
from gwr.site.cards import kept_card
from gwr.site.sphinx.head import CARDS, card_of

KEPT = ROOT / "_build" / "cards"
"""Where drawn cards are kept between builds."""


def lay_out_cards(edition: Path, titles: Mapping[str, str], book: str) -> None:
    """Draws the cards of pages whose titles are new, and copies all of them into an edition.

    Args:
        edition: the folder of the edition.
        titles: the title of each page.
        book: the title of the book.
    """
    (edition / CARDS).mkdir(parents=True)
    for page, title in sorted(titles.items()):
        shutil.copyfile(kept_card(title, book, KEPT), edition / card_of(page))
