"""The ground of every map: the river that fades, canals, streets in two classes, bridges, the metro, parks, landmarks, and their names.

All of it comes from ``geo/``: shapes from its layers, what is shown beside them from ``geo/sources/base_features.csv``. Names are in
the language of the edition and placed here, so that none covers another or the sign of a place; ``maps.js`` only writes them down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import cos, hypot, radians
from typing import Any

import pandas as pd
import shapely

from gwr.report.places import current_layer, line_name, positions_of, read_layer
from gwr.report.schema import Row
from gwr.report.tables import load_tables
from gwr.show.label_placement import SHIFTS, Box, Label, Place, Sign, Wish, place, scarce_first, to_pixel
from gwr.words.language import LANGUAGE

NAME_ZOOMS = (12.0, 13.0, 14.0)
"""The zooms of Leaflet from which on more names are written: the district on a phone, on a wide page, and enlarged."""

LARGEST_ZOOM = 16
"""At which the best positions known, to some 50 m, are told apart; a larger scale would promise more."""

ZOOM_STEP = 0.25

NAME_SIZES = {"area": 12.0, "neighbour": 12.0, "river": 13.0, "water": 11.0, "rail": 11.0}
"""Of the letters of a name by its kind, in CSS pixels; the style sheet has the same."""
_SIZE = 10.5  # of all other kinds

_LOOK = {
    "neighbour": "neighbour",
    "river": "river",
    "canal": "water",
    "metro_line": "rail",
    "bridge": "bridge",
    "main_street": "street",
    "metro_station": "rail",
    "landmark": "sight",
    "park": "park",
    "side_street": "street",
}
"""The class of a name by the kind of its feature, those first that are given room first."""

_METRES = 111_320.0  # one degree of latitude
_EAST = cos(radians(26.06))


def at(lon: float, lat: float) -> Place:
    """A position as Leaflet wants it, to the metre."""
    return round(lat, 5), round(lon, 5)


def ground(places: Sequence[pd.DataFrame]) -> dict[str, Any]:
    """What ``gwr.base`` of ``maps.js`` draws.

    Args:
        places: the rows that are drawn upon it, from :func:`gwr.report.places.located`; names keep clear of their signs.
    """
    rows = pd.concat(places).drop_duplicates("place_id").to_dict("records") if places else []
    counts = Counter(
        code for row in rows if row["precision"] == "subdistrict" for code in row["subdistrict_code"].split(";")
    )
    areas = [feature["properties"] for feature in read_layer("subdistricts")]
    return {
        "layers": [layer for layer in _layers() if layer],
        "bounds": _bounds(),
        "codes": [known["subdistrict_code"] for known in areas],
        "names": "|".join(
            f"{look} {'~'.join(' / '.join(map(_in_one_line, lines)) for lines in forms)}" for look, forms in _texts()
        ),
        "levels": [[zoom, [_numbers(label) for label in names(zoom, rows, counts)]] for zoom in NAME_ZOOMS],
    }


def _in_one_line(name: str) -> str:
    """A name without the signs that part names, whatever stands in a table."""
    return " ".join(re.split(r"[|~\s]+", name))


def _numbers(label: Label) -> list[float]:
    turned = round(label.angle, 1)
    return [
        label.key,
        *at(label.at[1], label.at[0]),
        round(label.dx),
        round(label.dy),
        turned,
        int(label.downwards),
        label.form,
    ]


# --- shapes ---------------------------------------------------------------------------------------------------------------


def _layers() -> list[dict[str, Any] | None]:
    water = [feature for feature in current_layer("waters") if not line_name(feature).startswith("闽江")]
    main = [f for f in current_layer("streets") if is_main_street(line_name(f))]
    side = [f for f in current_layer("streets") if not is_main_street(line_name(f))]
    bridges, metro = _shapes("bridge"), [[one] for one in _shapes("metro_line")]
    return [
        *(_paths([_feature(shape)], "wash", fill=True, weight=0) for shape in _faded_river()),
        _paths(current_layer("district"), "land", fill=True, weight=2),
        _paths(current_layer("river"), "water", fill=True, weight=0),
        _paths([f for f in water if f["properties"].get("role") != "course"], "stream", weight=5),
        _paths([f for f in water if f["properties"].get("role") == "course"], "stream", weight=3, dash="6 3"),
        _paths(current_layer("subdistricts"), "border", weight=1, dash="2 4"),
        *(
            _paths(features, css, weight=weight)
            for features, css, weight in (
                (side, "casing", 4),
                (main, "casing", 6.5),
                (side, "street", 2.5),
                (main, "street", 4.5),
                (bridges, "casing", 8),
                (bridges, "bridge", 5),
            )
        ),
        *(_paths(line, f"metro line{number}", weight=2.5) for number, line in enumerate(metro, start=1)),
        _dots("metro_station", 4),
    ]


def features(*kinds: str) -> list[Row]:
    """The rows of ``base_features.csv`` of these kinds."""
    return [row for row in load_tables()["base_features"] if row["kind"] in kinds]


def _shapes(kind: str) -> list[dict[str, Any]]:
    return [_feature(shapely.from_wkt(row["wkt"])) for row in features(kind)]


def _feature(shape: Any) -> dict[str, Any]:
    return {"geometry": shapely.geometry.mapping(shape), "properties": {}}


@lru_cache(maxsize=1)
def _main_streets() -> re.Pattern[str]:
    # What people call 八一七路 is 八一七北路, 中路 and 南路 in OpenStreetMap.
    named = (row["name_zh"] for row in features("main_street"))
    return re.compile("|".join(f"{re.escape(name[:-1])}[东南西北中]?{name[-1]}" for name in named))


def is_main_street(name: str) -> bool:
    """Whether a street of this Chinese name crosses the district, follows the river or leads to a bridge."""
    return bool(_main_streets().fullmatch(name))


def _dots(kind: str, radius: float) -> dict[str, Any]:
    places = [at(point.x, point.y) for point in (shapely.from_wkt(row["wkt"]) for row in features(kind))]
    return {"css": f"dot {kind}", "dots": places, "radius": radius}


def _paths(parts: Sequence[Mapping[str, Any]], css: str, **style: Any) -> dict[str, Any] | None:
    """One GeoJSON geometry for all features of a layer, which makes one path on the page."""
    shapes: list[Any] = []
    for feature in parts:
        geometry = feature["geometry"]
        shapes += geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]
    if not shapes:
        return None
    kind = "MultiPolygon" if "Polygon" in parts[0]["geometry"]["type"] else "MultiLineString"
    return {"css": css, **style, "geo": {"type": kind, "coordinates": _rounded(shapes)}}


def _rounded(coordinates: Sequence[Any]) -> Any:
    if isinstance(coordinates[0], (int, float)):
        return round(coordinates[0], 5), round(coordinates[1], 5)
    return [_rounded(part) for part in coordinates]


_FADE = ((150, 200), (250, 450), (350, 700))
"""How far the river's wash reaches to both sides of the middle of the channel, and beyond the ends of the district, in metres."""


def _faded_river() -> list[Any]:
    """The river beyond what is known of it: bands one upon another, so that it fades. Its far bank is not known well enough."""
    (middle,) = (f for f in read_layer("waters") if f["properties"]["line_id"] == "w01")
    points = [(lon * _EAST * _METRES, lat * _METRES) for lon, lat in middle["geometry"]["coordinates"]]
    points = [
        point for point, before in zip(points, [None, *points], strict=False) if before is None or _apart(point, before)
    ]
    bands = []
    for wide, beyond in _FADE:
        line = [_onward(points[1], points[0], beyond), *points, _onward(points[-2], points[-1], beyond)]
        band = shapely.LineString(line).buffer(wide, cap_style="flat", join_style="round", quad_segs=2)
        bands.append(shapely.transform(band, lambda xy: xy / (_EAST * _METRES, _METRES)))
    return bands


def _apart(one: Place, other: Place) -> bool:
    return hypot(one[0] - other[0], one[1] - other[1]) > 20


def _onward(start: Place, end: Place, metres: float) -> Place:
    share = metres / hypot(end[0] - start[0], end[1] - start[1])
    return end[0] + (end[0] - start[0]) * share, end[1] + (end[1] - start[1]) * share


def _bounds() -> list[Place]:
    """The corners of the district and of all that is shown round it."""
    shown = [shapely.from_wkt(row["wkt"]) for row in features("bridge", "landmark", "metro_station", "park")]
    outline = shapely.geometry.shape(read_layer("district")[0]["geometry"])
    west, south, east, north = shapely.total_bounds([outline, *shown])
    return [at(west, south), at(east, north)]


# --- names ----------------------------------------------------------------------------------------------------------------


def _named() -> list[Row]:
    """The features that have a name on the map, in the order in which they are given room."""
    order = list(_LOOK)
    rows = [row for row in load_tables()["base_features"] if row["kind"] in _LOOK]
    return sorted(rows, key=lambda row: (row["prominence"], order.index(row["kind"])))


def _texts() -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Class and forms of every name: first of the subdistricts, then of the features. English names have the Chinese beside them."""
    texts: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
    for known in (feature["properties"] for feature in read_layer("subdistricts")):
        chinese, english = known["name_zh"].removesuffix("街道"), known["name_en"].removesuffix(" Subdistrict")
        forms: tuple[tuple[str, ...], ...] = ((f"{english} {chinese}",), (english, chinese), (english,))
        texts.append(("area", ((chinese,),) if LANGUAGE == "zh" else forms))
    for row in _named():
        chinese, english = row["name_zh"], row["name_en"]
        forms = ((f"{english} {chinese}",), (english,))
        if row["kind"] in ("landmark", "park", "bridge"):
            forms = ((english, chinese), (english,))
        texts.append((_LOOK[row["kind"]], ((chinese,),) if LANGUAGE == "zh" else forms))
    return texts


def names(zoom: float, rows: Sequence[Mapping[str, Any]] = (), counts: Mapping[str, int] | None = None) -> list[Label]:
    """The names that are written from this zoom on, each in its place.

    Args:
        zoom: one of :data:`NAME_ZOOMS`.
        rows: the places that are drawn, whose signs must stay free.
        counts: how many places are known only by each subdistrict; but for the smallest scale, the number stands below its name.
    """
    signs = tuple(at(row["lon"], row["lat"]) for row in rows if _has_sign(row))
    return list(_names(zoom, signs, tuple(sorted((counts or {}).items()))))


@lru_cache(maxsize=64)
def _names(zoom: float, signs: tuple[Place, ...], counts: tuple[tuple[str, int], ...]) -> tuple[Label, ...]:
    level = NAME_ZOOMS.index(zoom)
    zooms = zooms_of(zoom)
    stations = [shapely.from_wkt(row["wkt"]) for row in features("metro_station")]
    taken: list[Sign | Label] = [Sign((point.y, point.x), 9) for point in stations]
    (south, west), (north, east) = _bounds()
    (left, down), (right, up) = to_pixel((south, west), zoom), to_pixel((north, east), zoom)
    frame = Box((left + right) / 2, (up + down) / 2, right - left + 36, down - up + 44)
    # The name of a subdistrict may lie under the edge of a sign rather than be missing, and be in one language rather than crowd out another.
    sizes = (_SIGN[level], 14, 4)
    areas = _areas(zoom, dict(counts))
    placed = _place_areas(areas, zooms, taken, signs, sizes, frame)
    if len(placed) < len(areas):
        last = len(areas[0].forms) - 1
        short = [replace(wish, forms=wish.forms[last:]) for wish in areas]
        again = _place_areas(short, zooms, taken, signs, sizes, frame)
        placed = max(placed, [replace(label, form=last) for label in again], key=len)
    full = [*taken, *(Sign(sign, _SIGN[level]) for sign in signs), *placed]
    return (*placed, *place(list(_others(level)), zooms, full, frame))


def _place_areas(
    waiting: list[Wish],
    zooms: Sequence[float],
    taken: Sequence[Sign | Label],
    signs: Sequence[Place],
    sizes: Sequence[float],
    frame: Box,
) -> list[Label]:
    """The names of the subdistricts, with less and less kept free for the signs of places."""
    placed: list[Label] = []
    for size in sizes:
        full = [*taken, *(Sign(sign, size) for sign in signs), *placed]
        placed += place(scarce_first(waiting, zooms[0], full), zooms, full, frame)
        waiting = [wish for wish in waiting if wish.key not in {one.key for one in placed}]
    return placed


def zooms_of(zoom: float) -> list[float]:
    """Every zoom at which the names of one of :data:`NAME_ZOOMS` are shown: the map rests at quarters."""
    level = NAME_ZOOMS.index(zoom)
    end = NAME_ZOOMS[level + 1] if level + 1 < len(NAME_ZOOMS) else LARGEST_ZOOM + ZOOM_STEP
    return [zoom + ZOOM_STEP * step for step in range(round((end - zoom) / ZOOM_STEP))]


_SIGN = (22, 28, 30)
"""What is kept free for the sign of a place at each of :data:`NAME_ZOOMS`, in pixels: on a phone names may come closer to it."""


def _has_sign(row: Mapping[str, Any]) -> bool:
    return row["precision"] == "point" or (row["precision"] == "street" and not row["line_ids"])


def _areas(zoom: float, counts: Mapping[str, int]) -> list[Wish]:
    wishes = []
    far = zoom == NAME_ZOOMS[0]
    size = NAME_SIZES["area"] - 2 * far
    for key, feature in enumerate(read_layer("subdistricts")):
        known = feature["properties"]
        forms = _texts()[key][1]
        number = counts.get(known["subdistrict_code"])
        if number and not far:
            forms = tuple((*lines, f"+ {number}") for lines in forms)
        middle = at(known["label_lon"], known["label_lat"])
        x, y = to_pixel(middle, zoom)
        ring = shapely.Polygon(
            [to_pixel(at(*one), zoom) for one in positions_of(feature["geometry"]["coordinates"][0])]
        )
        ring = ring.buffer(14)  # a name may lean a little over a border that is not known well
        inside = tuple((dx, dy) for dx, dy in SHIFTS if ring.contains(shapely.Point(x + dx, y + dy)))
        wishes.append(Wish(key, forms, size, (middle,), "on", shifts=inside, stretch=1.08))
    return wishes


def _others(level: int) -> Iterable[Wish]:
    texts = _texts()
    for key, row in enumerate(_named(), start=len(read_layer("subdistricts"))):
        if row["prominence"] > level + 1:
            continue
        look, forms = texts[key]
        dot = 8.0 if row["kind"] in ("park", "landmark") else 0.0
        for path, how, parts in _paths_of(row):
            shifts = tuple(SHIFTS) if how == "on" else ()
            yield Wish(key, forms, NAME_SIZES.get(look, _SIZE), path, how, LANGUAGE == "zh", parts, dot, shifts)


_ALL = tuple(0.5 + side * step / 20 for step in range(9) for side in (1, -1))


def _paths_of(row: Row) -> Iterable[tuple[tuple[Place, ...], str, tuple[float, ...]]]:
    """Where a name may stand: once for a point or a street, twice for the river, which is long."""
    if row["kind"] == "river":
        (middle,) = (f for f in read_layer("waters") if f["properties"]["line_id"] == "w01")
        course = tuple(at(*point) for point in positions_of(middle["geometry"]["coordinates"]))
        yield course, "in", (0.16, 0.2, 0.12, 0.24)
        yield course, "in", (0.78, 0.74, 0.82, 0.7)
    elif row["wkt"]:
        shape = shapely.from_wkt(row["wkt"])
        path = tuple(at(*point) for point in shape.coords)
        how = {"metro_line": "along", "neighbour": "on"}.get(row["kind"], "beside")
        yield path, how, _ALL
    else:
        lines = {f["properties"]["line_id"]: f["geometry"] for name in ("streets", "waters") for f in read_layer(name)}
        own = [lines[one]["coordinates"] for one in row["line_ids"].split(";") if one in lines]
        longest = max(own, key=len)
        yield tuple(at(*point) for point in positions_of(longest)), "along", _ALL
