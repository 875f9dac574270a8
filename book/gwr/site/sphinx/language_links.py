"""Sphinx extension: the editions of the book in several languages lie beside each other and lead to each other.

The English pages are at the root of the site, every other edition in a folder named after its language. Pages and anchors have the
same names in all of them; ``book.js`` carries the reader's place over when the language is switched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from gwr.paths import ROOT
from gwr.site.editions import section_ids
from gwr.words.language import LANGUAGE, LOCALES, TAGS

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}


def keep_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Gives the sections of a translated page the anchors of the English one."""
    if LANGUAGE == "en":
        return
    name = Path(app.env.doc2path(app.env.docname)).name
    sections = list(doctree.findall(nodes.section))
    for section, anchor in zip(sections, section_ids(ROOT / "book" / name), strict=True):
        section["ids"] = [anchor]


def link_editions(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tells the template where this page is in the other languages."""
    up = "../" * (page.count("/") + (LANGUAGE != "en"))
    context["editions"] = [
        {
            "name": LANGUAGE_NAMES[language],
            "tag": TAGS[language],
            "href": f"{up}{'' if language == 'en' else f'{language}/'}{page}.html",
        }
        for language in LOCALES
        if language != LANGUAGE
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", keep_anchors, priority=100)  # before the contents of the page are collected
    app.connect("html-page-context", link_editions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
