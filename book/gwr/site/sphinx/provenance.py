"""Sphinx extension: from every figure to its passage in the report, and from every passage back to its uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from gwr.report.tables import load_tables
from gwr.show.page_links import with_page_links

SOURCE = "book/source"

_CLAIM = re.compile(r"source\.ipynb#(c\d{3})")
_CHART_CLAIM = re.compile(r'"claim_id":"(c\d{3})"')
_WHOLE_REPORT = '<figure class="gwr-report"'
_USES = re.compile(r'<td data-uses="(c\d{3})">–</td>')


def known_anchors(app: Sphinx, env: BuildEnvironment) -> None:
    """Tells the link checker of MyST which anchors the annotated source has."""
    tables = load_tables()
    keys = {"claims": "claim_id", "places": "mention_id", "pledges": "pledge_id"}
    ids = [row[key] for name, key in keys.items() for row in tables[name]]
    slugs = env.metadata.setdefault(SOURCE, {}).setdefault("myst_slugs", {})
    slugs.update({anchor: (0, anchor, anchor) for anchor in ids})


def collect_uses(app: Sphinx, doctree: nodes.document) -> None:
    """Notes where on this page each claim is used."""
    env = app.env
    uses: dict[str, list[tuple[str, str, str]]] = env.__dict__.setdefault("gwr_uses", {})
    forget_uses(app, env, env.docname)
    if env.docname == SOURCE:
        return
    found = uses.setdefault(env.docname, [])
    for node in doctree.findall():
        for claim in _claims_in(node):
            use = (claim, *_place_of(node))
            if use not in found:
                found.append(use)


def _claims_in(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.raw):
        if _WHOLE_REPORT in node.astext():  # the picture that leads to every claim uses none
            return
        yield from _CLAIM.findall(node.astext())
        yield from _CHART_CLAIM.findall(node.astext())
    elif isinstance(node, nodes.Element):
        target = str(node.get("refuri", "")) or f"{node.get('reftarget', '')}#{node.get('reftargetid', '')}"
        yield from _CLAIM.findall(target)


def _place_of(node: nodes.Node) -> tuple[str, str]:
    """The nearest address above a node and what is to be called: a figure by its number, else the section."""
    up = node
    while up is not None:
        if isinstance(up, nodes.container) and "gwr-figure" in up["classes"]:
            strong = next(iter(up.findall(nodes.strong)), None)
            return up["ids"][-1], strong.astext().rstrip(".。") if strong else "figure"
        if isinstance(up, nodes.section) and up["ids"]:
            title = next(iter(up.findall(nodes.title)))
            return up["ids"][0], title.astext()
        up = up.parent
    return "", "page"


def forget_uses(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    getattr(env, "gwr_uses", {}).pop(docname, None)


def merge_uses(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    uses = env.__dict__.setdefault("gwr_uses", {})
    uses.update({name: found for name, found in getattr(other, "gwr_uses", {}).items() if name in docnames})


def rewrite_source(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The annotated source shows the uses of all pages, so it is written again with each build."""
    known_anchors(app, env)
    return [SOURCE] if SOURCE in env.found_docs else []


def link_pages(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turns links between notebooks, inside raw HTML, into links between pages; fills in the uses."""
    for link in doctree.findall(nodes.reference):  # from Markdown that a cell has shown
        if "refuri" in link:
            link["refuri"] = re.sub(r"^(\w+)\.ipynb(?=#|$)", r"\1.html", link["refuri"])
    for node in list(doctree.findall(nodes.raw)):
        text = with_page_links(node.astext())
        if docname == SOURCE:
            text = _USES.sub(lambda found: f"<td>{_links(app, found[1])}</td>", text)
        node.children = [nodes.Text(text)]


def _links(app: Sphinx, claim: str) -> str:
    links = [
        f'<a href="{escape(app.builder.get_relative_uri(SOURCE, page))}#{escape(anchor)}">{escape(label)}</a>'
        for page, found in sorted(getattr(app.env, "gwr_uses", {}).items())
        for used, anchor, label in found
        if used == claim
    ]
    return ", ".join(links) or "–"


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", collect_uses, priority=600)  # after the figures have their addresses
    app.connect("env-purge-doc", forget_uses)
    app.connect("env-merge-info", merge_uses)
    app.connect("env-updated", rewrite_source)
    app.connect("doctree-resolved", link_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
