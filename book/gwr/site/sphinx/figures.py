"""Sphinx extension: charts as pictures at once, interactive when the reader turns to them; figures with addresses.

A chart is stored in the notebook as its Vega-Lite specification. The page gets a picture of it, drawn now, and the
specification beside it; ``book.js`` draws the interactive chart in its place, with one script for the whole site,
when a pointer, a finger or the keyboard reaches it.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx

from gwr.show.charts import VEGALITE_MIME

_CHART = '<div class="gwr-chart"'
_FIGURE = re.compile(r'data-figure="([^"]+)"')


def draw_charts(cells: list[Any], pictures: Path) -> None:
    """Puts, in place, the HTML of a page in the place of each chart in the outputs of a notebook.

    Args:
        cells: those of the notebook.
        pictures: where drawn pictures are kept between builds.
    """
    for cell in cells:
        for output in cell.get("outputs", ()):
            if spec := output.get("data", {}).get(VEGALITE_MIME):
                output["data"] = {"text/html": chart_html(spec, pictures), "text/plain": spec["description"]}


def chart_html(spec: dict[str, Any], pictures: Path) -> str:
    """A chart as a picture, with its specification beside it; ``pictures`` as for :func:`draw_charts`."""
    name = spec["usermeta"]["figure"]  # empty for a chart without a number
    code = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")  # no end, no comment
    anchor = f' data-figure="{escape(name)}"' if name else ""
    return (
        f"{_CHART}{anchor}>"
        f'<div class="picture" tabindex="0" role="img" aria-label="{escape(spec["description"])}">'
        f"{chart_picture(name, code, pictures)}</div>"
        f'<script type="{VEGALITE_MIME}">{code}</script></div>'
    )


def chart_picture(name: str, code: str, pictures: Path) -> str:
    """The chart as SVG text, drawn once for each specification."""
    digest = hashlib.sha256((vl_convert.__version__ + code).encode()).hexdigest()
    kept = pictures / f"{digest}.svg"
    if not kept.exists():
        svg = vl_convert.vegalite_to_svg(code)
        # Several pictures share a page, so the names that their clips refer to must differ.
        svg = re.sub(r'(id="|url\(#)(clip|gradient_)', rf"\g<1>{name or digest[:8]}-\2", svg)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_text(svg, encoding="utf-8")
        part.replace(kept)
    # The box around the picture carries the description; inside it, nothing is announced twice.
    return re.sub(r"<svg ", '<svg aria-hidden="true" focusable="false" ', kept.read_text(encoding="utf-8"), count=1)


def name_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Gives the cell that shows a figure the figure's address; a chart gets no box that scrolls."""
    for cell in doctree.findall(nodes.container):
        if "cell_output" not in cell["classes"]:
            continue
        named = False
        for output in cell.findall(nodes.raw):
            html = output.astext()
            if html.startswith(_CHART):
                output["classes"] = []
            found = _FIGURE.search(html)
            if found and not named:
                cell["ids"].append(found[1])
                cell["classes"].append("gwr-figure")
                named = True


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", name_figures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
