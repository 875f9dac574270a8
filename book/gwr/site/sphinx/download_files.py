"""Sphinx extension: the downloads, made from the tables when these have changed, and laid beside the pages.

The page of downloads asks for the size of a file with ``<span data-size="csv/claims.csv">``, because only the site has
the files.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from gwr.paths import ROOT
from gwr.report.downloads import refresh_downloads
from gwr.report.tables import load_tables
from gwr.words.language import LANGUAGE

FOLDER = "downloads"
_SIZE = re.compile(r'(<span data-size="([^"]+)">)–(</span>)')


def kept(app: Sphinx) -> Path:
    """Where the files are kept between builds; all editions share them."""
    return ROOT / "_build" / FOLDER


def make(app: Sphinx) -> None:
    """Writes the files, unless those of the last build were made from the same tables."""
    refresh_downloads(load_tables(), kept(app))


def size(count: int) -> str:
    """A number of bytes for readers: ``840 bytes``, ``41 kB``, ``1.2 MB``."""
    if count < 1000:
        text = f"{count} bytes"
    else:
        text = f"{count / 1000:.0f} kB" if count < 999_500 else f"{count / 1e6:.1f} MB"
    return text.replace(" ", "\u00a0")


def fill_in_sizes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Says on the page how large each file is."""
    for node in doctree.findall(nodes.raw):
        text = node.astext()
        if "data-size" in text:
            filled = _SIZE.sub(lambda found: found[1] + size((kept(app) / found[2]).stat().st_size) + found[3], text)
            node.children = [nodes.Text(filled)]


def lay_out(app: Sphinx, error: Exception | None) -> None:
    """Copies the files into the site; the other editions link to those of the English one."""
    if error is None and app.builder.format == "html" and LANGUAGE == "en":
        shutil.rmtree(Path(app.outdir) / FOLDER, ignore_errors=True)
        shutil.copytree(kept(app), Path(app.outdir) / FOLDER)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("builder-inited", make)
    app.connect("doctree-resolved", fill_in_sizes)
    app.connect("build-finished", lay_out)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
