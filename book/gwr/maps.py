"""Maps of Taijiang that need no tile server: land, river, streets and subdistricts drawn from ``geo/``.

How well a place is known decides how it is drawn: a marker for a point, the line of its street, the area of its
subdistrict. A place that is not located is never drawn; it stands in the table beside the map.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import folium
import pandas as pd
from branca.element import Element, MacroElement
from folium.template import Template
from markupsafe import Markup

from gwr.claims import SOURCE_PAGE
from gwr.paths import GEO
from gwr.source import read_text
from gwr.tables import Tables

# Programmes in the order of the layer control: colour and name. Contrast with the land colour is at least 3:1 in
# both modes; shape and letter tell the programmes apart where colour cannot.
PROGRAMMES: dict[str, tuple[str, str, str]] = {
    "roads": ("#1f6fa8", "R", "Roads 市政道路"),
    "old_estate_renewal": ("#b3541e", "E", "Old-estate renewal 老旧小区"),
    "redevelopment": ("#8f4b9b", "D", "Redevelopment 旧屋区改造"),
    "facades_lights": ("#9a6a00", "F", "Façades and lights 立面夜景"),
    "parks": ("#2d7d46", "P", "Parks 公园绿地"),
    "water": ("#007a87", "W", "Water 水系供水"),
    "housing": ("#6a5acd", "H", "Housing 住房保障"),
    "education": ("#b0305c", "S", "Education 教育"),
    "health": ("#c0392b", "M", "Health 医疗卫生"),
    "welfare": ("#7a5230", "C", "Welfare 养老社会福利"),
    "culture": ("#5b6c00", "A", "Culture 文化"),
    "business": ("#3d5a80", "B", "Business 商务产业"),
    "governance": ("#555e66", "G", "Governance 治理"),
}

STATUS_NAMES = {
    "done_2021": "done in 2021",
    "done_2017_2021": "done 2017–2021",
    "ongoing": "under way",
    "planned_2022": "planned for 2022",
    "mentioned": "mentioned",
}

PRECISION_NAMES = {
    "point": "point: marker",
    "street": "street or river: line",
    "subdistrict": "subdistrict only: shaded area",
    "district": "somewhere in the district: listed, not drawn",
    "outside": "outside the district: listed, not drawn",
    "unlocated": "not located: listed, not drawn",
}


class _Head(MacroElement):
    """Loads Leaflet from the site, or inside JupyterLab from the server; follows the page's dark mode."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <script>
          (function () {
            var lab = parent.document.getElementById("jupyter-config-data");
            var base = lab ? JSON.parse(lab.textContent).baseUrl + "static/" : "../_static/leaflet/";
            document.write('<link rel="stylesheet" href="' + base + 'leaflet.css">' +
                           '<script src="' + base + 'leaflet.js"><\\/script>');
            var page = parent.document.documentElement;
            function follow() {
              var dark = page.dataset.theme === "dark" ||
                (!page.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
              document.documentElement.classList.toggle("dark", dark);
            }
            follow();
            new MutationObserver(follow).observe(page, {attributes: true, attributeFilter: ["data-theme"]});
          })();
        </script>
        <style>{{ this.css }}</style>
        {% endmacro %}
        """
    )
    css = """
html { --land: #f3f1ea; --edge: #6b7177; --water: #cfe3ee; --street: #fff; --ink: #1d2429; --paper: #fff; --halo: #f3f1ea }
html.dark { --land: #272d33; --edge: #9aa3ab; --water: #16303f; --street: #454d55; --ink: #eceff1; --paper: #1d2429;
  --halo: #272d33 }
html, body { height: 100%; margin: 0; font-family: system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif }
.leaflet-container { background: var(--paper); color: var(--ink); font: inherit; font-size: 14px }
.land { fill: var(--land); stroke: var(--edge) } .water { fill: var(--water); stroke: none }
.stream { stroke: var(--water) } .street { stroke: var(--street) } .border { stroke: var(--edge) }
.name { color: var(--ink); text-align: center; white-space: nowrap; font-size: 12px; line-height: 1.1;
  text-shadow: 0 0 2px var(--halo), 0 0 3px var(--halo), 0 0 4px var(--halo); opacity: .85 }
.pin { display: grid; place-items: center; width: 24px; height: 24px; border-radius: 50%; color: #fff; font-weight: 700;
  font-size: 12px; border: 2px solid #fff; box-sizing: border-box; box-shadow: 0 0 2px #000 }
.pin.planned { background: #fff; border-width: 3px; border-style: dashed }
.leaflet-popup-content-wrapper, .leaflet-popup-tip, .leaflet-control-layers, .leaflet-bar a { background: var(--paper);
  color: var(--ink) }
.leaflet-container a { color: inherit } .leaflet-popup-content { margin: 12px 16px; max-height: 220px; overflow: auto }
.leaflet-popup-content dt { font-weight: 600 } .leaflet-popup-content dd { margin: 0 0 6px }
.leaflet-control-layers-list { max-height: 320px; overflow: auto }
:focus-visible { outline: 3px solid #d97706; outline-offset: 1px }
path.leaflet-interactive:focus-visible { stroke-width: 6 }
"""


class _Popup(MacroElement):
    """A popup that needs no jQuery, unlike folium's own."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.bindPopup({{ this.html|tojson }}, {maxWidth: 280, minWidth: 200});
        {% endmacro %}
        """
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = str(html)


class _Controls(MacroElement):
    """Full screen, and lines and areas that the keyboard reaches like the markers."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
          var full = L.control({position: "topleft"});
          full.onAdd = function () {
            var bar = L.DomUtil.create("div", "leaflet-bar");
            var a = L.DomUtil.create("a", "", bar);
            a.href = "#"; a.role = "button"; a.title = "Full screen 全屏"; a.textContent = "⛶";
            a.setAttribute("aria-label", a.title);
            L.DomEvent.on(a, "click", function (event) {
              L.DomEvent.stop(event);
              if (document.fullscreenElement) document.exitFullscreen();
              else document.documentElement.requestFullscreen();
            });
            return bar;
          };
          full.addTo(map);
          function reach(layer) {
            var path = layer.getElement && layer.getElement();
            if (!path || path.tagName !== "path" || !layer.getPopup || !layer.getPopup()) return;
            path.setAttribute("tabindex", "0");
            path.setAttribute("role", "button");
            path.setAttribute("aria-label", layer.options.label || "");
            path.addEventListener("keydown", function (event) {
              if (event.key === "Enter" || event.key === " ") { event.preventDefault(); layer.openPopup(); }
            });
          }
          map.eachLayer(reach);
          map.on("layeradd", function (event) { reach(event.layer); });
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )


@lru_cache(maxsize=8)
def read_layer(name: str) -> dict[str, Any]:
    """The GeoJSON file ``geo/NAME.geojson`` as it stands (WGS 84, longitude before latitude).

    Raises:
        DataError: the file is missing or unreadable.
    """
    layer: dict[str, Any] = json.loads(read_text(GEO / f"{name}.geojson"))
    return layer


def base_map(height: int = 480) -> folium.Map:
    """An empty map of the district: land, waters, streets, subdistrict borders and names.

    Args:
        height: of the map in CSS pixels.
    """
    # Ids that start again with each map keep the stored output the same from run to run.
    ids = itertools.count(1)
    Element._generate_id = classmethod(lambda cls: f"{next(ids):05x}")
    chart = folium.Map(
        tiles=None,
        control_scale=True,
        zoom_snap=0.25,
    )
    chart.get_root().title = "Map of Taijiang 台江区地图"
    chart.default_js, chart.default_css = [], []
    chart.options["attributionControl"] = False
    chart.height = (height, "px")
    chart.add_child(_Head())
    _shape(chart, "district", "land", fill=True, weight=2)
    _shape(chart, "river", "water", fill=True, weight=0)
    _shape(chart, "waters", "stream", fill=False, weight=5)
    _shape(chart, "streets", "street", fill=False, weight=3)
    _shape(chart, "subdistricts", "border", fill=False, weight=1, dash="4 4")
    for feature in read_layer("subdistricts")["features"]:
        known = feature["properties"]
        folium.Marker(
            (known["label_lat"], known["label_lon"]),
            icon=folium.DivIcon(
                html=f'<div class="name">{escape(known["name_zh"])}</div>', icon_size=(80, 14), class_name="label"
            ),
            interactive=False,
            keyboard=False,
        ).add_to(chart)
    chart.fit_bounds(_bounds(read_layer("district")))
    return chart


def _shape(chart: folium.Map, layer: str, css: str, *, fill: bool, weight: float, dash: str | None = None) -> None:
    style = {"className": css, "fill": fill, "fillOpacity": 1, "weight": weight, "dashArray": dash, "interactive": False}
    folium.GeoJson(
        read_layer(layer),
        control=False,
        interactive=False,
        style_function=lambda _: style,
        smooth_factor=0.5,
    ).add_to(chart)


def _bounds(layer: dict[str, Any]) -> list[tuple[float, float]]:
    points = list(_positions(layer["features"][0]["geometry"]["coordinates"]))
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return [(min(lats), min(lons)), (max(lats), max(lons))]


def _positions(coordinates: Sequence[Any]) -> Iterable[Sequence[float]]:
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates
    else:
        for part in coordinates:
            yield from _positions(part)


def located(tables: Tables, sections: Sequence[str]) -> pd.DataFrame:
    """Every place mention of these sections with what the gazetteer knows of the place.

    Returns:
        One row per mention: the columns of ``places.csv``, and of ``gazetteer.csv`` ``name_en``, ``kind``, ``lon``,
        ``lat``, ``precision``, ``uncertainty_m``, ``subdistrict_code``, ``street_zh``, ``evidence``, ``confidence``.
    """
    mentions = tables.frame("places", section=tuple(sections))
    known = tables.frame("gazetteer").drop(columns=["name_zh"])
    return mentions.merge(known, on="place_id", how="left", validate="many_to_one")


def add_places(chart: folium.Map, places: pd.DataFrame) -> folium.Map:
    """Draws located places, one layer per programme, and the layer control.

    Args:
        chart: from :func:`base_map`.
        places: from :func:`located`; rows with precision ``district``, ``outside`` or ``unlocated`` are not drawn.
    """
    for programme, (colour, letter, title) in PROGRAMMES.items():
        rows = places[(places["programme"] == programme) & places["precision"].isin(("point", "street", "subdistrict"))]
        if rows.empty:
            continue
        layer = folium.FeatureGroup(name=f"{title} ({len(rows)})")
        areas = rows[rows["precision"] == "subdistrict"]
        areas = areas.assign(subdistrict_code=areas["subdistrict_code"].str.split(";")).explode("subdistrict_code")
        for code, group in areas.groupby("subdistrict_code", sort=True):
            _area(layer, str(code), group, colour)
        for row in rows[rows["precision"] != "subdistrict"].to_dict("records"):
            if not _line(layer, row, colour):
                _pin(layer, row, colour, letter)
        layer.add_to(chart)
    folium.LayerControl(collapsed=True).add_to(chart)
    chart.add_child(_Controls())
    return chart


def _pin(layer: folium.FeatureGroup, row: dict[str, Any], colour: str, letter: str) -> None:
    planned = row["status"] == "planned_2022"
    ink = f"color:{colour};border-color:{colour}" if planned else f"background:{colour}"
    pin = f'<div class="pin{" planned" if planned else ""}" style="{ink}">{letter}</div>'
    folium.Marker(
        (row["lat"], row["lon"]),
        icon=folium.DivIcon(html=pin, icon_size=(24, 24), icon_anchor=(12, 12), class_name="place"),
        title=f"{row['name_zh']} {row['name_en']}, {_precision(row)}",
    ).add_child(_popup([row])).add_to(layer)


def _line(layer: folium.FeatureGroup, row: dict[str, Any], colour: str) -> bool:
    """Draws the row's street or water, if its line is known."""
    name = row["street_zh"] or row["name_zh"]
    if row["precision"] != "street":
        return False
    lines = [
        feature
        for source, key in (("streets", "street_zh"), ("waters", "water_zh"))
        for feature in read_layer(source)["features"]
        if feature["properties"][key] == name and name == row["name_zh"].removesuffix("(台江段)").removesuffix("沿线")
    ]
    for feature in lines:
        folium.PolyLine(
            [(lat, lon) for lon, lat in _positions(feature["geometry"]["coordinates"])],
            color=colour,
            weight=5,
            opacity=0.9,
            dash_array="8 6" if row["status"] == "planned_2022" else None,
            tooltip=escape(f"{row['name_zh']} {row['name_en']}"),
            label=f"{row['name_zh']} {row['name_en']}",
        ).add_child(_popup([row])).add_to(layer)
    return bool(lines)


def _area(layer: folium.FeatureGroup, code: str, rows: pd.DataFrame, colour: str) -> None:
    """Shades a subdistrict and lists in its popup the places known only to lie in it."""
    feature = next(f for f in read_layer("subdistricts")["features"] if f["properties"]["subdistrict_code"] == code)
    records = rows.to_dict("records")
    name = f"{feature['properties']['name_zh']} {feature['properties']['name_en']}"
    names = ", ".join(f"{row['name_zh']} {row['name_en']}" for row in records)
    folium.Polygon(
        [(lat, lon) for lon, lat in feature["geometry"]["coordinates"][0]],
        color=colour,
        weight=1,
        fill=True,
        fill_opacity=0.22,
        tooltip=escape(f"Somewhere in {name}: {names}"),
        label=f"Somewhere in {name}: {names}",
    ).add_child(_popup(records, f"Somewhere in {name}")).add_to(layer)


def _popup(rows: Sequence[dict[str, Any]], title: str = "") -> _Popup:
    parts = [Markup("<strong>{}</strong>").format(title)] if title else []
    for row in rows:
        more = f", one of a group of {row['group_count']}" if pd.notna(row["group_count"]) else ""
        parts.append(
            Markup(
                "<dl><dt>{} {}</dt><dd>{}{}</dd><dd>{}; {}</dd>"
                '<dd><a href="{}" target="_parent">passage in the report</a></dd></dl>'
            ).format(
                row["name_zh"],
                row["name_en"],
                row["action_en"] or "named",
                more,
                STATUS_NAMES[row["status"]],
                _precision(row),
                f"{SOURCE_PAGE}#{row['mention_id']}",
            )
        )
    return _Popup(Markup("").join(parts))


def _precision(row: dict[str, Any]) -> str:
    """How well the place is known, in words: ``known as point, ± 60 m``."""
    if pd.isna(row["uncertainty_m"]):
        return f"known only by {row['precision']}"
    return f"known as {row['precision']}, ± {row['uncertainty_m']} m"


def map_html(chart: folium.Map, *, name: str, title: str) -> str:
    """The map as an inline frame that loads when it comes near the window.

    Args:
        chart: a finished map.
        name: the figure's anchor on the page.
        title: what the map shows, read aloud by screen readers.
    """
    document = chart.get_root().render()
    # Readers who need larger letters must be able to zoom the page.
    document = document.replace("initial-scale=1.0, maximum-scale=1.0, user-scalable=no", "initial-scale=1.0")
    document = document.replace("<html>", '<html lang="en">', 1)
    height, unit = chart.height
    return (
        f'<div class="gwr-map" data-figure="{escape(name)}">'
        f'<iframe title="{escape(title)}" loading="lazy" allow="fullscreen"'
        f' style="width:100%;height:{height}{unit};border:0" srcdoc="{escape(document)}"></iframe></div>'
    )
