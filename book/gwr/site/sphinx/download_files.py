"""Sphinx extension: how large each download is.

The page of downloads asks for the size of a file with ``<span data-size="csv/claims.csv">``, because only the site has
the files; :mod:`gwr.site.build` has made them before.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from gwr.paths import KEPT_DOWNLOADS

_SIZE = re.compile(r'<span data-size="([^"]+)">–</span>')


def readable_size(count: int) -> str:
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
            node.children = [nodes.Text(_SIZE.sub(_with_size, text))]


def _with_size(found: re.Match[str]) -> str:
    count = (KEPT_DOWNLOADS / found[1]).stat().st_size
    return f'<span data-size="{found[1]}" data-sort="{count}">{readable_size(count)}</span>'  # tables are sorted by it


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-resolved", fill_in_sizes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
