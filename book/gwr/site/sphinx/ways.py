"""Sphinx extension: the ways through the book, a row of links in the head of every page."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from gwr.words.language import translator

_ = translator(__name__)

WAYS = {
    "book/index": _("Findings"),
    "book/16_atlas": _("Map"),
    "book/source": _("The report"),
    "book/17_pledges": _("Pledges"),
    "book/downloads": _("Data"),
    "book/21_teaching": _("Teach"),
}
"""The pages that lead to all others, with the name of each in the row."""


def offer_ways(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Tells the template ``ways.html`` where the pages are that this book has, and which one is read."""
    assert app.builder is not None
    context["ways_label"] = _("Ways through the book")
    context["ways"] = [
        {"name": name, "href": app.builder.get_relative_uri(page, way) or "#", "here": way == page}
        for way, name in WAYS.items()
        if way in app.env.found_docs
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", offer_ways, priority=400)  # before the theme drops templates that show nothing
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
