"""Sphinx extension: charts as pictures at once, interactive when the reader turns to them; figures with addresses.

A chart is stored in the notebook as its Vega-Lite specification. The page gets a picture of it, drawn now, and the
specification beside it; ``charts.js`` draws the interactive chart in its place, with one script for the whole site,
when a pointer, a finger or the keyboard reaches it.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any, ClassVar

import vl_convert
from docutils import nodes
from myst_nb.core import render
from sphinx.application import Sphinx

from gwr.show.charts import VEGALITE_MIME

_FIGURE = re.compile(r'data-figure="([^"]+)"')


class VegaLite:
    """Draws the Vega-Lite outputs of a notebook."""

    mime_priority_overrides: ClassVar = [("*", VEGALITE_MIME, 1)]
    pictures = Path()  # where drawn pictures are kept between builds

    @classmethod
    def handle_mime(cls, renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != VEGALITE_MIME or inline:
            return None
        spec = data.content
        name = spec["usermeta"]["figure"]  # empty for a chart without a number
        code = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        anchor = f' data-figure="{escape(name)}"' if name else ""
        html = (
            f'<div class="gwr-chart"{anchor}>'
            f'<div class="picture" tabindex="0" role="img" aria-label="{escape(spec["description"])}">'
            f"{cls.picture(name, code)}</div>"
            f'<script type="{VEGALITE_MIME}">{code}</script></div>'
        )
        return [nodes.raw(text=html, format="html")]

    @classmethod
    def picture(cls, name: str, code: str) -> str:
        """The chart as SVG text, drawn once for each specification."""
        digest = hashlib.sha256((vl_convert.__version__ + code).encode()).hexdigest()
        kept = cls.pictures / f"{digest}.svg"
        if not kept.exists():
            svg = vl_convert.vegalite_to_svg(code)
            # Several pictures share a page, so the names that their clips refer to must differ.
            svg = re.sub(r'(id="|url\(#)(clip|gradient_)', rf"\g<1>{name or digest[:8]}-\2", svg)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(svg, encoding="utf-8")
        # The box around the picture carries the description; inside it, nothing is announced twice.
        return re.sub(r"<svg ", '<svg aria-hidden="true" focusable="false" ', kept.read_text(encoding="utf-8"), count=1)


def name_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Gives the cell that shows a figure the figure's address."""
    for cell in doctree.findall(nodes.container):
        if "cell_output" not in cell["classes"]:
            continue
        for output in cell.findall(nodes.raw):
            if found := _FIGURE.search(output.astext()):
                cell["ids"].append(found[1])
                cell["classes"].append("gwr-figure")
                break


def setup(app: Sphinx) -> dict[str, Any]:
    VegaLite.pictures = Path(app.outdir).parent / "pictures"
    render.load_mime_renders = lambda: [VegaLite]
    app.connect("doctree-read", name_figures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
