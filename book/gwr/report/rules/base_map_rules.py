"""Rules of geo/sources/base_features.csv: what the base map shows has a place, a date and the licence of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.rules.shape_rules import distance_m, line_points
from gwr.report.tables import Tables

WEST, SOUTH, EAST, NORTH = 119.25, 26.02, 119.38, 26.10
"""A box round the district, in degrees; what lies beyond it is on no map of this book."""

DAY_OF_THE_REPORT = "2021-12-21"
"""The base map shows the metro of this day, ISO 8601."""

_SHAPES = {
    "bridge": "LINESTRING",
    "metro_line": "LINESTRING",
    "metro_station": "POINT",
    "park": "POINT",
    "landmark": "POINT",
    "neighbour": "POINT",
}
"""The kinds that have a shape of their own; all others are lines of another table."""


@rule(
    "a feature of the base map has a shape of its own, inside a box round the district, or is a line of another table"
)
def base_features_have_a_place(tables: Tables) -> Iterator[Fault]:
    for row in tables["base_features"]:
        name, shape = row["feature_id"], _SHAPES.get(row["kind"])
        if bool(row["wkt"]) == bool(row["line_ids"]) or bool(row["wkt"]) != bool(shape):
            yield Fault(
                "base_features", row, "wkt", f"{name}: a {row['kind']}", "give a shape or the lines, as its kind has"
            )
            continue
        if shape is None:
            continue
        points = line_points(row["wkt"])
        whole = len(points) == row["wkt"].count(",") + 1 and (len(points) > 1) == (shape == "LINESTRING")
        if not row["wkt"].startswith(shape) or not whole:
            yield Fault(
                "base_features",
                row,
                "wkt",
                f"{name}: {row['wkt'][:40]!r}",
                f"write a {shape} of longitude and latitude",
            )
        elif not all(WEST < lon < EAST and SOUTH < lat < NORTH for lon, lat in points):
            yield Fault("base_features", row, "wkt", f"{name} lies outside the box", "correct the position")


@rule(
    "a street or water of the base map is named and as accurate as its lines, and every street that is drawn has a class"
)
def base_features_follow_their_lines(tables: Tables) -> Iterator[Fault]:
    lines = {row["line_id"]: row for table in ("street_lines", "water_lines") for row in tables[table]}
    classed: set[str] = set()
    for row in tables["base_features"]:
        ids = [one for one in row["line_ids"].split(";") if one]
        classed.update(ids)
        for one in ids:
            line = lines.get(one, {})
            names = (line.get("street_zh") or line.get("water_zh"), line.get("street_en") or line.get("water_en"))
            same = names[1] == row["name_en"] or str(names[1]).startswith(f"{row['name_en']} (")
            if names[0] != row["name_zh"] or not same:
                found = f"{row['feature_id']}: {one} is {names[0] or 'no line'}"
                yield Fault("base_features", row, "line_ids", found, "give the lines of this street or water")
        known = [lines[one]["accuracy_m"] for one in ids if one in lines]
        if known and row["accuracy_m"] != max(known):
            found = f"{row['feature_id']}: {row['accuracy_m']} m, its lines are known to {max(known)} m"
            yield Fault("base_features", row, "accuracy_m", found, f"set it to {max(known)}")
    for row in tables["street_lines"]:
        if row["line_id"] not in classed:
            found = f"{row['line_id']} {row['street_zh']} is in neither class of streets"
            yield Fault("base_features", None, "", found, "add it to base_features.csv")


@rule("the base map shows the metro of the day of the report, so each line and station has the day on which it opened")
def metro_is_that_of_the_report(tables: Tables) -> Iterator[Fault]:
    for row in tables["base_features"]:
        metro = row["kind"].startswith("metro_")
        opened, closed = row["date_from"], row["date_to"]
        if metro != bool(opened) or (closed and not metro):
            found = f"{row['feature_id']}: a {row['kind']} with date_from {opened!r}"
            yield Fault(
                "base_features",
                row,
                "date_from",
                found,
                "give the day of opening of a line or station, and of nothing else",
            )
        elif metro and (opened > DAY_OF_THE_REPORT or (closed and closed < DAY_OF_THE_REPORT)):
            found = f"{row['feature_id']} {row['name_zh']} did not run on {DAY_OF_THE_REPORT}"
            yield Fault("base_features", row, "date_from", found, "leave it out, or correct the day")


@rule(
    "what was taken from OpenStreetMap stands where the landmark stands and is under its licence, own lines are under ours"
)
def base_features_are_licensed_as_their_source(tables: Tables) -> Iterator[Fault]:
    landmarks = {row["osm_id"]: row for row in tables["landmarks"]}
    for row in tables["base_features"]:
        name, source = row["feature_id"], row["source"]
        osm = re.match(r"OpenStreetMap osm_id (\d+) via PyPI geopi 0\.1\.8$", source)
        due = "ODbL 1.0" if osm else "CC BY 4.0" if row["line_ids"] else "fact"
        if row["licence"] != due:
            yield Fault(
                "base_features", row, "licence", f"{name}: {row['licence']!r} for {source[:40]!r}", f"set it to {due}"
            )
        if "OpenStreetMap" in source and not osm:
            yield Fault(
                "base_features",
                row,
                "source",
                f"{name}: {source[:60]!r}",
                "name one object: OpenStreetMap osm_id … via PyPI geopi 0.1.8",
            )
        mark = landmarks.get(osm[1]) if osm else None
        points = line_points(row["wkt"])
        if mark and points and distance_m(*points[0], mark["lon"], mark["lat"]) > 2:
            found = f"{name}: not where {osm[1] if osm else ''} of landmarks.csv stands"
            yield Fault("base_features", row, "wkt", found, f"set it to POINT ({mark['lon']:.5f} {mark['lat']:.5f})")
