"""Sphinx extension: the definition of a term where a page uses it first.

On each page the first occurrence of every glossary term, in running text, becomes a link to its entry in the glossary
with the definition as its description. A link, not ``<abbr title>`` (which neither keyboard nor touch can open) and not a
``<span tabindex>`` (which has no role): it takes the focus by itself, screen readers say "link" and then the definition,
and without style sheet or script it still leads to the entry. ``terms.css`` shows the definition on hover and focus,
``terms.js`` keeps it inside the window, opens it at the first tap and closes it with Escape.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from gwr.report.schema import Row
from gwr.report.tables import load_tables
from gwr.words.language import LANGUAGE, messages

GLOSSARY = "book/glossary"
NO_TERMS_ON = ("book/source", GLOSSARY)
NO_TERMS_IN = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.table,
    nodes.raw,
    nodes.math,
    nodes.caption,
    nodes.footnote,
    nodes.topic,
)
NO_TERMS = ("全力争取",)
"""Words in which a term's characters meet by chance; matched first, so that 力争 is not seen in them."""
UNIT = "unit"
"""The category of units, which need no explanation in Chinese."""


class glossary_term(nodes.Inline, nodes.TextElement):
    """A term with its definition; the child is the term's text, so that the search does not find definitions on every page."""


def anchor(name: str) -> str:
    """The address of a term on the glossary page."""
    return "term-" + name.replace("&", "-")  # an ampersand would have to be escaped in every link


def pattern_of(names: list[str]) -> re.Pattern[str]:
    """Finds the terms in a text, the longest first; a number is no part of a longer number."""
    longest_first = sorted([*names, *NO_TERMS], key=len, reverse=True)
    before, after = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
    return re.compile(
        "|".join(
            f"{before if name[0].isascii() else ''}{re.escape(name)}{after if name[-1].isascii() else ''}"
            for name in longest_first
        )
    )


def mark_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replaces the first occurrence of each term on the page."""
    if docname in NO_TERMS_ON or GLOSSARY not in app.env.found_docs or app.builder.format != "html":
        return
    rows = {row["term_zh"]: row for row in load_tables()["glossary"] if LANGUAGE == "en" or row["category"] != UNIT}
    mark(doctree, rows, app.builder.get_relative_uri(docname, GLOSSARY))


def mark(doctree: nodes.document, rows: dict[str, Row], page: str) -> None:
    """Replaces the first occurrence of each of the terms ``rows`` that stands in running text; ``page`` is the glossary."""
    pattern, seen = pattern_of(list(rows)), set(NO_TERMS)
    for text in list(doctree.findall(nodes.Text)):
        parts = _split(text.astext(), pattern, seen) if _is_running_text(text) else []
        if not parts:
            continue
        text.parent.replace(
            text, [_term(rows[part[0]], page) if isinstance(part, tuple) else nodes.Text(part) for part in parts]
        )


def _is_running_text(text: nodes.Text) -> bool:
    up, in_paragraph = text.parent, False
    while up is not None:
        if isinstance(up, NO_TERMS_IN):
            return False
        in_paragraph = in_paragraph or isinstance(up, nodes.paragraph)
        up = up.parent
    return in_paragraph


def _split(text: str, pattern: re.Pattern[str], seen: set[str]) -> list[str | tuple[str]]:
    """The text cut at the terms not yet seen, which stand in tuples; empty if there is none."""
    parts: list[str | tuple[str]] = []
    done = 0
    for found in pattern.finditer(text):
        if found[0] in seen:
            continue
        seen.add(found[0])
        parts += [text[done : found.start()], (found[0],)]
        done = found.end()
    return [part for part in (*parts, text[done:]) if part] if parts else []


def _term(row: Row, page: str) -> glossary_term:
    name = row["term_zh"]
    return glossary_term(
        "",
        nodes.Text(name),
        href=f"{page}#{quote(anchor(name))}",
        tip=f"tip-{name}",
        pinyin=row["pinyin"],
        english=row["term_en"],
        definition=messages("data").get(row["definition_en"], row["definition_en"]),
    )


def visit_term(self: HTML5Translator, node: glossary_term) -> None:
    self.body.append(
        f'<span class="term"><a class="term-link" lang="zh-Hans" href="{escape(node["href"])}" '
        f'aria-describedby="{escape(node["tip"])}">'
    )


def depart_term(self: HTML5Translator, node: glossary_term) -> None:
    self.body.append(
        f'</a><span class="term-tip" role="tooltip" id="{escape(node["tip"])}">'
        f'<i lang="zh-Latn-pinyin">{escape(node["pinyin"])}</i> '
        f"<b>{escape(node['english'])}</b> {escape(node['definition'])}</span></span>"
    )


def visit_other(self: Any, node: glossary_term) -> None:
    """Other builders print the term alone."""


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], *_: Any) -> list[str]:
    """All pages, if the glossary is not the one of the last build."""
    now = repr((load_tables()["glossary"], messages("data")))
    before = getattr(env, "gwr_glossary", None)
    env.gwr_glossary = now  # type: ignore[attr-defined]
    return [] if before in (None, now) else sorted(env.found_docs - added)


def setup(app: Sphinx) -> dict[str, Any]:
    other = (visit_other, visit_other)
    app.add_node(glossary_term, html=(visit_term, depart_term), latex=other, text=other, man=other, texinfo=other)
    app.add_css_file("terms.css")
    app.add_js_file("terms.js")
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", mark_terms)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
