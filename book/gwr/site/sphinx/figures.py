"""Sphinx extension: charts as pictures at once, interactive when the reader turns to them; figures with addresses.

A chart is stored in the notebook as its Vega-Lite specification. The page gets two pictures of it, drawn now, for wide and for
narrow pages, and the specifications beside them; ``book.js`` draws the interactive chart in the place of the one that is seen,
with one script for the whole site, when a pointer, a finger or the keyboard reaches it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx

from gwr.show import narrow as narrow_charts
from gwr.show.charts import FONT, VEGALITE_MIME
from gwr.show.narrow import narrow

_CHART = '<div class="gwr-chart"'
_FIGURE = re.compile(r'data-figure="([^"]+)"')
NARROW_TYPE = "application/x-gwr-narrow+json"
_DRAWN_BY = "".join(Path(str(module)).read_text(encoding="utf-8") for module in (__file__, narrow_charts.__file__))
"""Pictures are drawn again when what draws them changes."""


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
    """A chart as two pictures, for wide and for narrow pages, with its specifications beside them.

    Styles show the picture that fits the column. The specification for narrow pages stands there as what differs from the other
    one; what that one alone has is ``null``.

    Args:
        spec: as :func:`gwr.show.charts.finish` makes it.
        pictures: as for :func:`draw_charts`.
    """
    name = spec["usermeta"]["figure"]  # empty for a chart without a number
    code = _code(spec)
    digest = hashlib.sha256(f"{vl_convert.__version__}\0{_DRAWN_BY}\0{code}".encode()).hexdigest()
    anchor = f' data-figure="{escape(name)}"' if name else ""

    def draw_both() -> str:
        small = narrow(spec, lambda part: vl_convert.vegalite_to_svg(_code(part)))
        differs = {key: small.get(key) for key in {**spec, **small} if small.get(key) != spec.get(key)}
        own = name or digest[:8]
        return (
            f'<div class="wide">{picture(spec, own)}</div><div class="narrow">{picture(small, f"{own}-narrow")}</div></div>'
            f'<script type="{VEGALITE_MIME}">{code}</script><script type="{NARROW_TYPE}">{_code(differs)}</script>'
        )

    return (
        f"{_CHART}{anchor}>"
        f'<div class="picture" tabindex="0" role="img" aria-label="{escape(spec["description"])}">'
        f"{_kept(pictures / f'{digest}.html', draw_both)}</div>"
    )


def picture(spec: dict[str, Any], name: str) -> str:
    """A specification as SVG text, without what only a picture that stands alone needs.

    Args:
        spec: of Vega-Lite.
        name: for the ids inside, which differ from those of other pictures of the page.
    """
    svg = vl_convert.vegalite_to_svg(_code(spec))
    svg = re.sub(r'(id="|url\(#)(clip|gradient_)', rf"\g<1>{name}-\2", svg)
    # The box around the picture carries the description; inside it nothing is announced.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"| opacity="1"|<path [^>]*display="none"/>', "", svg)
    font = f' font-family="{FONT}"'
    svg = svg.replace(font, "")
    return re.sub(r"<svg ", f'<svg aria-hidden="true" focusable="false"{font} ', svg, count=1)


def _code(spec: dict[str, Any]) -> str:
    """A specification as JSON that ends no element of the page and begins no comment."""
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _kept(file: Path, make: Callable[[], str]) -> str:
    """What a file says, which is made if it is not there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(make(), encoding="utf-8")
        part.replace(file)
    return file.read_text(encoding="utf-8")


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
