"""The site's Sphinx extension: ``gwr.site.sphinx`` in ``_config.yml`` sets up all its parts, in this order."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sphinx.application import Sphinx

PARTS = (
    "language_links",
    "ways",
    "executed",
    "code_cells",
    "figures",
    "provenance",
    "assets",
    "search_names",
    "search_words",
    "glossary_terms",
    "download_files",
    "head",
    "edition_notes",
    "rewriting",
)


def setup(app: Sphinx) -> dict[str, Any]:
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
