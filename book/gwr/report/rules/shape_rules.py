"""Rules of the shapes and of the points that they are drawn from; plain geometry, so that a check loads no library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables
from gwr.report.text import read_text

Points = Sequence[Sequence[float]]
"""Positions, each as longitude and latitude in degrees."""

_METRES = 111_320.0  # one degree of latitude
_EAST = cos(radians(26.06))  # of a degree of longitude at the latitude of the district


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two positions of the district, within a thousandth."""
    return hypot((lon - other_lon) * _EAST, lat - other_lat) * _METRES


def to_line_m(lon: float, lat: float, line: Points) -> float:
    """Metres from a position to a line."""
    nearest = float("inf")
    for (west, south), (east, north) in pairwise(line):
        along = ((east - west) * _EAST, north - south)
        to = ((lon - west) * _EAST, lat - south)
        length = along[0] ** 2 + along[1] ** 2
        part = max(0.0, min(1.0, (to[0] * along[0] + to[1] * along[1]) / length)) if length else 0.0
        nearest = min(nearest, hypot(to[0] - part * along[0], to[1] - part * along[1]) * _METRES)
    return nearest


def line_points(wkt: str) -> list[tuple[float, float]]:
    """The positions of a ``LINESTRING``, rounded as in the shapes; empty if it cannot be read."""
    pairs = re.findall(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)(?=[,)])", wkt)
    return [(round(float(lon), 5), round(float(lat), 5)) for lon, lat in pairs]


def inside(polygons: Sequence[Sequence[Points]], lon: float, lat: float) -> bool:
    """Whether a position lies in one of the polygons, each a ring and its holes."""
    return any(sum(_crossings(ring, lon, lat) for ring in polygon) % 2 for polygon in polygons)


def _crossings(ring: Points, lon: float, lat: float) -> int:
    return sum(
        (south > lat) != (north > lat) and lon < west + (lat - south) * (east - west) / (north - south)
        for (west, south), (east, north) in pairwise(ring)
    )


def _folder(tables: Tables) -> Path:
    return tables.resources["gazetteer"].path.parent


def _features(tables: Tables, name: str) -> list[dict[str, Any]]:
    path = _folder(tables) / f"{name}.geojson"
    try:
        features: list[dict[str, Any]] = json.loads(read_text(path))["features"]
    except (json.JSONDecodeError, KeyError) as error:
        raise DataError(
            path, "no GeoJSON", expected="a FeatureCollection", remedy="run 'python geo/build.py', or git checkout"
        ) from error
    return features


def areas(tables: Tables) -> dict[str, list[list[Points]]]:
    """The polygons of each subdistrict by its code."""
    found: dict[str, list[list[Points]]] = {}
    for feature in _features(tables, "subdistricts"):
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        found[feature["properties"]["subdistrict_code"]] = parts
    return found


REBUILD = "correct the table or run 'python geo/build.py', then 'python -m gwr seal'"


@rule("the shapes are drawn from these rows, with the same names, evidence and vertices")
def lines_follow_their_tables(tables: Tables) -> Iterator[Fault]:
    for table, name in (("street_lines", "streets"), ("water_lines", "waters")):
        shapes = {feature["properties"]["line_id"]: feature for feature in _features(tables, name)}
        for row in tables[table]:
            shape = shapes.pop(row["line_id"], None)
            if shape is None:
                yield Fault(table, row, "line_id", f"{row['line_id']} is not in {name}.geojson", REBUILD)
                continue
            for column, value in row.items():
                if column in shape["properties"] and shape["properties"][column] != value:
                    found = f"{row['line_id']}: {name}.geojson has {shape['properties'][column]!r}"
                    yield Fault(table, row, column, found, REBUILD)
            if not _drawn_from(row["wkt"], shape["geometry"], follows_outline=row.get("role") == "edge"):
                found = f"{row['line_id']}: {name}.geojson has other vertices"
                yield Fault(table, row, "wkt", found, REBUILD)
        for line in shapes:
            yield Fault(table, None, "", f"{line} of {name}.geojson has no row", REBUILD)


def _drawn_from(wkt: str, geometry: dict[str, Any], *, follows_outline: bool) -> bool:
    """Whether a shape is a line cut at the outline: the same vertices inside, other ends where it was cut."""
    vertices = line_points(wkt)
    parts = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
    drawn = [tuple(point) for part in parts for point in part]
    if len(vertices) != wkt.count(",") + 1 or not all(
        119.2 < lon < 119.45 and 26 < lat < 26.15 for lon, lat in vertices
    ):
        return False
    if follows_outline:  # snapped to the outline: near it, not on the vertices
        return all(min(to_line_m(lon, lat, part) for part in parts) < 150 for lon, lat in vertices)
    inner = {tuple(point) for part in parts for point in part[1:-1]}
    cut = {tuple(part[at]) for part in parts for at in (0, -1)} - set(vertices)
    missing = [number for number, point in enumerate(vertices) if point not in drawn]
    ends = all(number < 2 or number >= len(vertices) - 2 for number in missing)
    on_line = all(to_line_m(point[0], point[1], vertices) < 2 for point in cut)
    return inner <= set(vertices) and ends and on_line and bool(missing) == bool(cut)


@rule("names and codes of the subdistricts are those of their shapes")
def subdistricts_follow_their_table(tables: Tables) -> Iterator[Fault]:
    shapes = {one["properties"]["subdistrict_code"]: one["properties"] for one in _features(tables, "subdistricts")}
    source = tables["subdistrict_names"][0]["source"]
    for row in tables["subdistrict_names"]:
        shape = shapes.get(row["subdistrict_code"])
        for column in ("name_zh", "name_en"):
            if shape is None or shape[column] != row[column]:
                found = f"{row['subdistrict_code']}: subdistricts.geojson has {shape and shape[column]!r}"
                yield Fault("subdistrict_names", row, column, found, REBUILD)
        if row["source"] != source:
            found = f"{row['subdistrict_code']}: another source than the row above"
            yield Fault("subdistrict_names", row, "source", found, "the ten names come from one list")


@rule("a landmark lies in the subdistrict of its code; near a border that is not known well the code is empty")
def landmarks_lie_in_their_subdistrict(tables: Tables) -> Iterator[Fault]:
    shapes = areas(tables)
    for row in tables["landmarks"]:
        there = next((code for code, shape in shapes.items() if inside(shape, row["lon"], row["lat"])), "")
        if row["subdistrict_code"] and there != row["subdistrict_code"]:
            found = f"{row['osm_id']}: {row['lon']}, {row['lat']} lies in {there or 'no subdistrict'}"
            yield Fault("landmarks", row, "subdistrict_code", found, "correct the position or the code")


# kind of anchor: how the source of its position begins
_POSITIONS = {
    "osm_point": "OpenStreetMap via geopi 0.1.8",
    "street_side": "45 m left or right of the own line of ",
    "added": "position chosen for this book",
}


@rule("an anchor is a landmark, stands 45 m beside its street or was chosen, and is counted in its subdistrict")
def anchors_are_what_they_say(tables: Tables) -> Iterator[Fault]:
    landmarks = {row["osm_id"]: row for row in tables["landmarks"]}
    streets: dict[str, list[Points]] = {}
    for row in tables["street_lines"]:
        streets.setdefault(row["street_zh"], []).append(line_points(row["wkt"]))
    places = {(row["lon"], row["lat"], row["name_zh"]) for row in tables["landmarks"]}
    shapes = areas(tables)
    label = tables["subdistrict_anchors"][0]["label_source"]
    for number, row in enumerate(tables["subdistrict_anchors"], start=1):
        name, kind = row["anchor_id"], row["kind"]
        if name != f"A{number:03}":
            yield Fault("subdistrict_anchors", row, "anchor_id", f"{name} in place {number}", f"set it to A{number:03}")
        if row["label_source"] != label and kind != "added":
            yield Fault(
                "subdistrict_anchors", row, "label_source", f"{name}: another source", "one map labels them all"
            )
        begins = _POSITIONS.get(kind)
        known = any(row["position_source"].startswith(begin) for begin in _POSITIONS.values())
        if (begins is not None and not row["position_source"].startswith(begins)) or (begins is None and known):
            found = f"{name}: a {kind} from {row['position_source'][:40]!r}"
            yield Fault("subdistrict_anchors", row, "position_source", found, "correct the kind or the source")
        if (kind == "osm_point") != bool(row["osm_id"]) or (kind == "added") == bool(row["name_zh"]):
            found = f"{name}: a {kind} with osm_id {row['osm_id']!r} and name {row['name_zh']!r}"
            yield Fault("subdistrict_anchors", row, "kind", found, "an osm_point has an osm_id, an added one no name")
        mark = landmarks.get(row["osm_id"])
        for column in ("name_zh", "lon", "lat", "subdistrict_code") if mark else ():
            if mark and mark[column] != row[column]:
                found = f"{name}: {row[column]}, landmark {row['osm_id']} has {mark[column]}"
                yield Fault("subdistrict_anchors", row, column, found, "correct the one that is wrong")
        if kind == "osm_point" and mark is None and (row["lon"], row["lat"], row["name_zh"]) in places:
            found = f"{name}: the landmark that stands here has another osm_id"
            yield Fault("subdistrict_anchors", row, "osm_id", found, "correct the one that is wrong")
        street = re.match(r"45 m left or right of the own line of (.+?) \(", row["position_source"])
        if street:
            off = min((to_line_m(row["lon"], row["lat"], line) for line in streets.get(street[1], [])), default=1e9)
            if row["name_zh"] != street[1]:
                found = f"{name}: {row['name_zh']} beside {street[1]}"
                yield Fault("subdistrict_anchors", row, "name_zh", found, "name the street that it stands at")
            if abs(off - 45) > 7:
                found = f"{name}: {off:.0f} m from {street[1]}"
                yield Fault("subdistrict_anchors", row, "lat", found, "correct the position or the street")
        if not inside(shapes.get(row["subdistrict_code"], []), row["lon"], row["lat"]):
            found = f"{name}: {row['lon']}, {row['lat']} is not in {row['subdistrict_code']}"
            yield Fault("subdistrict_anchors", row, "subdistrict_code", found, REBUILD)
