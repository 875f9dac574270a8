"""Builds ``streets.geojson`` and ``waters.geojson`` from the hand-drawn lines in ``sources/``.

Each line is drawn by hand to the accuracy its row states, and clipped to the district outline. A street that
is drawn in several sections has one feature for each, told apart by ``section``. A water that forms the
district's edge is not drawn twice: it takes that part of the outline.
"""

from __future__ import annotations

from pathlib import Path

import shapely
from builders_common import (
    GEO,
    OUTLINE_CREDIT,
    DataError,
    Files,
    Row,
    collection_text,
    feature,
    length_m,
    parse_line,
    read_geometry,
    read_table,
    rounded,
    run,
    to_degrees,
    to_metric,
)
from shapely.ops import substring

EDGE = "edge"
STREET_CREDIT = "Street lines: schematic, drawn for this book; evidence and accuracy stand on each line."
WATER_CREDIT = f"Water lines: schematic, drawn for this book, edges after the outline. {OUTLINE_CREDIT}"


def build(folder: Path = GEO) -> Files:
    """The files of the streets and of the waters.

    Raises:
        DataError: a source is missing or wrong, or a line does not lie in the outline in one piece.
    """
    outline = read_geometry("district.geojson", folder)
    streets = _features("street_lines", folder / "sources" / "streets.csv", outline, folder)
    waters = _features("water_lines", folder / "sources" / "waters.csv", outline, folder)
    return {
        "streets.geojson": collection_text(streets, attribution=STREET_CREDIT, licence="CC-BY-4.0"),
        "waters.geojson": collection_text(waters, attribution=WATER_CREDIT, licence="CC-BY-4.0; edges MIT"),
    }


def _features(table: str, path: Path, outline: shapely.Polygon, folder: Path) -> list[dict[str, object]]:
    return [_feature(row, path, number, outline) for number, row in enumerate(read_table(table, folder), start=2)]


def _feature(row: Row, path: Path, number: int, outline: shapely.Polygon) -> dict[str, object]:
    drawn = parse_line(path, number, row["wkt"])
    line = along_edge(drawn, outline) if row.get("role") == EDGE else drawn.intersection(outline)
    if not isinstance(line, shapely.LineString) or line.is_empty:
        raise DataError(
            path,
            f"clipping to the outline leaves {'nothing' if line.is_empty else f'a {line.geom_type}'}",
            row=number,
            column="wkt",
            expected="a line that enters and leaves the outline once",
            remedy="correct the vertices",
        )
    line = rounded(line)
    properties = {name: value for name, value in row.items() if name != "wkt"}
    return feature(line, {**properties, "length_m": length_m(line)})


def along_edge(drawn: shapely.LineString, outline: shapely.Polygon) -> shapely.LineString:
    """The part of the outline's ring that the drawn line stands for, in the same direction (all in degrees).

    It reaches from the point of the ring nearest to the line's start to the one nearest to its end; of the
    two ways round the ring, the one closer to the drawn line.
    """
    metric = to_metric(drawn)
    ring = to_metric(outline).exterior
    start, end = (ring.project(shapely.Point(metric.coords[at])) for at in (0, -1))
    low, high = sorted((start, end))
    inner = substring(ring, low, high)
    outer = shapely.line_merge(shapely.union_all([substring(ring, high, ring.length), substring(ring, 0, low)]))
    way = min((inner, outer), key=metric.hausdorff_distance)
    first, last = (shapely.Point(way.coords[at]).distance(shapely.Point(metric.coords[0])) for at in (0, -1))
    return to_degrees(way if first <= last else way.reverse())


if __name__ == "__main__":
    raise SystemExit(run({"streets": build}))
