"""Maps as still pictures, drawn with matplotlib: they need no script, print well, and are the same on every system.

Words are drawn as outlines from the font in ``book/static/fonts/``, so Chinese looks right where no Chinese font is
installed. Black follows the colour of the page's text, in light and in dark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import shapely
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from gwr.analysis.geography import METRIC, subdistricts
from gwr.paths import BOOK
from gwr.report.places import PROGRAMME_NAMES, STATUS_NAMES, read_layer
from gwr.report.tables import load_tables
from gwr.show.charts import BLUE
from gwr.show.maps import CREDIT
from gwr.words.language import messages

FONT = BOOK / "static" / "fonts" / "NotoSansSC-subset.otf"
INK = "#010203"
"""Stands for the colour of the page's text until the picture is written."""

_STYLE: Any = {"svg.hashsalt": "taijiang", "svg.fonttype": "path"}


def characters() -> str:
    """Every character that a label of a map may need: names of places, streets, waters, subdistricts, layers in
    both editions, and ASCII."""
    tables = load_tables()
    words = [row[name] for row in tables["gazetteer"] for name in ("name_zh", "name_full_zh", "other_names_zh")]
    words += [row["name_zh"] for row in tables["subdistrict_names"]]
    words += [row["street_zh"] for row in tables["street_lines"]] + [row["water_zh"] for row in tables["water_lines"]]
    layers = list(PROGRAMME_NAMES.values()) + list(STATUS_NAMES.values())
    words += layers + [
        (messages("show.maps", "zh") | messages("report.places", "zh")).get(title, title) for title in layers
    ]
    words += [
        "完成进行计划无法分配个处街道项目年二〇一七至二〇二二–—±²≥≤≈·×%",
        "".join(map(chr, range(0x20, 0x7F))),
    ]
    return "".join(sorted(set("".join(words))))


@dataclass(frozen=True)
class Picture:
    """A still picture that :meth:`gwr.show.chapter.Chapter.map` can show."""

    svg: str

    def html(self, *, name: str, title: str) -> str:
        """The picture in the page, described for those who cannot see it; its ids are its own on the page."""
        svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{escape(name)}-", self.svg)
        svg = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)
        credit = Markup('<p class="map-credit" style="font-size:.85em;margin:.2rem 0">{}</p>').format(CREDIT)
        return (
            f'<div class="gwr-still" data-figure="{escape(name)}" tabindex="0"'
            f' style="overflow-x:auto">{svg}{credit}</div>'
        )


def small_multiples(panels: Mapping[str, Mapping[str, float]], *, columns: int = 2, unit: str = "{:.1f}") -> Picture:
    """One small map of the subdistricts for each panel, shaded and labelled with its values.

    All panels share one scale, so that shades can be compared between them.

    Args:
        panels: for each title the values by subdistrict code; a subdistrict without a value stays blank.
        columns: how many maps stand side by side.
        unit: how a value is written.
    """
    rows = -(-len(panels) // columns)
    most = max((value for values in panels.values() for value in values.values()), default=0) or 1
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(3.6 * columns, 2.0 * rows))
        grid = figure.subplots(rows, columns, squeeze=False).ravel()
        for axes in grid:
            axes.set_axis_off()
        for axes, (title, values) in zip(grid, panels.items(), strict=False):
            axes.set_title(title, fontproperties=_font(10.5), color=INK, loc="left", pad=2)
            _panel(axes, values, most, unit)
        figure.subplots_adjust(0.005, 0.005, 0.995, 0.93, wspace=0.02, hspace=0.12)
        return Picture(_svg(figure))


def _panel(axes: Axes, values: Mapping[str, float], most: float, unit: str) -> None:
    land = subdistricts().to_crs(METRIC).to_dict("records")
    for row in land:
        value = values.get(row["subdistrict_code"], 0.0)
        shade = _outline(row["geometry"])
        axes.add_patch(PathPatch(shade, facecolor=BLUE, alpha=0.75 * value / most, linewidth=0))
        axes.add_patch(PathPatch(shade, facecolor="none", edgecolor=INK, alpha=0.45, linewidth=0.5))
    labels = {f["properties"]["subdistrict_code"]: f["properties"] for f in read_layer("subdistricts")}
    for row in land:
        known = labels[row["subdistrict_code"]]
        value = values.get(row["subdistrict_code"], 0.0)
        spot = _project(known["label_lon"], known["label_lat"])
        text = row["name_zh"].removesuffix("街道") + (f"\n{unit.format(value)}" if value >= 0.05 else "")
        axes.text(*spot, text, fontproperties=_font(8), color=INK, ha="center", va="center", linespacing=1.05)
    axes.set_aspect("equal")
    axes.autoscale_view()


def _project(lon: float, lat: float) -> tuple[float, float]:
    point = gpd.GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326").to_crs(METRIC).iloc[0]
    return point.x, point.y


def _outline(area: Any) -> Outline:
    return Outline.make_compound_path(
        *(Outline(shapely.get_coordinates(part.exterior), closed=True) for part in shapely.get_parts(area))
    )


def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(FONT), size=size)


def _svg(figure: Figure) -> str:
    """The figure as SVG text: no date, no background, no fixed size, the page's own black."""
    buffer = io.StringIO()
    figure.savefig(
        buffer,
        format="svg",
        transparent=True,
        metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
    )
    svg = re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.DOTALL)
    svg = re.sub(r'<svg ([^>]*?)width="[\d.]+pt"', r'<svg \1width="100%"', svg, count=1)
    svg = re.sub(
        r'(<svg [^>]*?)height="[\d.]+pt"',
        r'\1style="max-width:720px;min-width:560px;height:auto"',
        svg,
        count=1,
    )
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    return svg.replace(INK, "currentColor").strip()
