"""Builds ``subdistricts.geojson`` and ``river.geojson``: approximate areas that share the outline among them.

No open source has the boundaries of the subdistricts. What is known is the subdistrict of a few hundred
points, so each place on land is given to the subdistrict of the nearest such point: a Voronoi partition of
the points, dissolved by subdistrict and clipped to the land. The rest of the outline, south of the north
bank line, is the district's part of the Min River.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely
from builders_common import (
    DECIMALS,
    GEO,
    GRID,
    OSM_CREDIT,
    OUTLINE_CREDIT,
    DataError,
    Files,
    area_km2,
    collection_text,
    feature,
    parse_line,
    read_geometry,
    read_table,
    run,
    to_degrees,
    to_metric,
)
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel, split

RIVER = "river"
LABEL_TOLERANCE_M = 5.0
METHOD = (
    "approximation, not a legal boundary: Voronoi partition of points whose subdistrict is known, "
    "dissolved and clipped to the land"
)
CREDIT = f"Points: {OSM_CREDIT} Labels after poi86.com. {OUTLINE_CREDIT}"


def build(folder: Path = GEO) -> Files:
    """The files of the subdistricts and of the river.

    Raises:
        DataError: a source is missing or wrong, the bank does not cut the outline in two, or a point that
            should be on land is not.
    """
    names = {row["subdistrict_code"]: row for row in read_table("subdistrict_names", folder)}
    anchors = read_table("subdistrict_anchors", folder)
    points = shapely.points([(row["lon"], row["lat"]) for row in anchors])
    outline = to_metric(read_geometry("district.geojson", folder))
    land, river = split_at_bank(outline, to_metric(north_bank(folder)))
    metric_points = [to_metric(point) for point in points]
    _check_on_land(metric_points, [row["anchor_id"] for row in anchors], land, folder)
    cells = voronoi_areas(metric_points, [row["subdistrict_code"] for row in anchors], land)
    areas = share_vertices({code: to_degrees(area) for code, area in {**cells, RIVER: river}.items()})
    river_area = areas.pop(RIVER)
    subdistricts = [feature(area, _properties(code, area, names[code])) for code, area in sorted(areas.items())]
    members = {"attribution": CREDIT, "licence": "ODbL-1.0"}
    return {
        "subdistricts.geojson": collection_text(subdistricts, **members),
        "river.geojson": collection_text([feature(river_area, _river_properties(river_area))], **members),
    }


def north_bank(folder: Path = GEO) -> shapely.LineString:
    """The north bank of the Min River, west to east, in degrees; both ends lie outside the outline."""
    path = folder / "sources" / "waters.csv"
    parts = [
        parse_line(path, number, row["wkt"])
        for number, row in enumerate(read_table("water_lines", folder), start=2)
        if row["role"] == "north_bank"
    ]
    bank = shapely.line_merge(shapely.union_all(parts))
    if not isinstance(bank, shapely.LineString):
        raise DataError(
            path,
            f"the lines of the north bank make a {bank.geom_type}",
            column="role",
            expected="lines that join end to end",
            remedy="let each line start at the vertex where the one west of it ends",
        )
    return bank


def split_at_bank(outline: BaseGeometry, bank: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Land and river: the outline cut along the bank. All in metres; the larger part is the land.

    Raises:
        DataError: the bank does not cut the outline in exactly two.
    """
    parts = sorted(split(outline, bank).geoms, key=lambda part: part.area)
    if len(parts) != 2:
        raise DataError(
            GEO / "sources" / "waters.csv",
            f"the north bank cuts the outline into {len(parts)} parts",
            expected="two, land and river",
            remedy="let the bank cross the outline once at each end and nowhere between",
        )
    river, land = parts
    return land, river


def _check_on_land(points: Sequence[BaseGeometry], ids: Sequence[str], land: BaseGeometry, folder: Path) -> None:
    outside = [name for name, point in zip(ids, points, strict=True) if not land.covers(point)]
    if outside:
        raise DataError(
            folder / "sources" / "subdistrict_anchors.csv",
            f"not on the district's land: {', '.join(outside)}",
            expected="points north of the bank and inside the outline",
            remedy="correct the point, or the bank line in waters.csv",
        )


def voronoi_areas(points: Sequence[BaseGeometry], codes: Sequence[str], land: BaseGeometry) -> dict[str, BaseGeometry]:
    """For each code the part of the land that is nearest to one of its points.

    Args:
        points: n distinct points, in metres.
        codes: n codes, one for each point.
        land: polygon in metres.

    Returns:
        Polygons in metres, by code; together they cover the land.
    """
    # In metres and not in degrees: "nearest" would be wrong where a degree of longitude is 10 % shorter.
    cells = shapely.voronoi_polygons(shapely.union_all(points), extend_to=land).geoms
    tree = shapely.STRtree(points)
    groups: dict[str, list[BaseGeometry]] = {code: [] for code in codes}
    for cell in cells:
        (inside,) = tree.query(cell, predicate="contains")
        groups[codes[inside]].append(cell)
    return {code: shapely.coverage_union_all(group).intersection(land) for code, group in groups.items()}


def share_vertices(areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The areas (degrees) on the grid of ``GRID`` degrees, with every vertex on a common edge in both areas.

    Rounding each polygon by itself would leave slivers where the corner of one lies on the edge of another.
    So all edges are snapped to the grid together, cut where they meet, and put together again by area.
    """
    edges = shapely.union_all([area.boundary for area in areas.values()], grid_size=GRID)
    faces: dict[str, list[BaseGeometry]] = {code: [] for code in areas}
    for face in shapely.polygonize([edges]).geoms:
        inner = face.representative_point()
        # A face belongs to the area that holds its inner point: faces are larger than the grid's 1 m.
        faces[min(areas, key=lambda code: areas[code].distance(inner))].append(face)
    return {code: shapely.coverage_union_all(group) for code, group in faces.items()}


def _properties(code: str, area: BaseGeometry, name: Mapping[str, object]) -> dict[str, object]:
    label = to_degrees(polylabel(to_metric(area), LABEL_TOLERANCE_M))
    return {
        "subdistrict_code": code,
        "name_zh": name["name_zh"],
        "name_en": name["name_en"],
        "method": METHOD,
        "label_lon": round(label.x, DECIMALS),
        "label_lat": round(label.y, DECIMALS),
        "area_km2": area_km2(area),
    }


def _river_properties(area: BaseGeometry) -> dict[str, object]:
    return {
        "name_zh": "闽江",
        "name_en": "Min River",
        "method": "approximation: the outline south of the north bank, a line drawn by hand (to 100 m)",
        "area_km2": area_km2(area),
    }


if __name__ == "__main__":
    raise SystemExit(run({"subdistricts": build}))
