"""What the places of the report say about where: counts, lengths, distances, balance, and how sure any of it is.

Everything is measured in metres (UTM zone 50N). A place that is known only roughly is moved about inside what is known of it, many
times and always with the same seed; what a conclusion does meanwhile is its interval (:func:`moved`, :func:`interval`).
The interval holds what comes from not knowing the site. It says nothing about which places the report chose to name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gwr.report.places import DRAWN, lines_of, named_members, read_layer
from gwr.report.tables import load_tables
from gwr.words.language import join, translator

_ = translator(__name__)

WGS84 = "EPSG:4326"
METRIC = "EPSG:32650"
"""UTM zone 50N, metres, true to 0.03 % at Taijiang."""

SEED = 20220101
REPEATS = 1000

BORDER_M = 150.0
"""How far a subdistrict border may be from where it is drawn, as the standard deviation of a shift; geo/README.md finds up to 330 m."""

DONE = ("done_2021", "done_2017_2021")
PLANNED = ("planned_2022",)

Array = NDArray[np.float64]


# --- the ground -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def subdistricts() -> gpd.GeoDataFrame:
    """The ten subdistricts, approximate: ``subdistrict_code``, ``name_zh``, ``name_en``, ``area_km2``, where its label stands
    (``label_lon``, ``label_lat``), ``geometry`` (WGS 84)."""
    features = read_layer("subdistricts")
    frame = gpd.GeoDataFrame.from_features(features, crs=WGS84)
    return frame[["subdistrict_code", "name_zh", "name_en", "area_km2", "label_lon", "label_lat", "geometry"]]


@lru_cache(maxsize=1)
def _metric() -> gpd.GeoDataFrame:
    return subdistricts().to_crs(METRIC)


def stations() -> gpd.GeoDataFrame:
    """The metro stations among the labelled points: ``name_zh``, ``geometry`` (metres).

    The list has no opening dates and may lack stations, so a distance to the nearest of them may be too long, and a station
    may have opened after the report.
    """
    rows = [row for row in load_tables()["subdistrict_anchors"] if row["name_zh"].startswith("地铁站")]
    names = [row["name_zh"].removeprefix("地铁站").strip() for row in rows]
    return gpd.GeoDataFrame({"name_zh": names}, geometry=_points(rows), crs=WGS84).to_crs(METRIC)


def landmarks(*classes: str) -> gpd.GeoDataFrame:
    """The OpenStreetMap landmarks of these classes, or all: ``name_zh``, ``class``, ``geometry`` (metres)."""
    rows = [row for row in load_tables()["landmarks"] if not classes or row["class"] in classes]
    known = {name: [row[name] for row in rows] for name in ("name_zh", "class")}
    return gpd.GeoDataFrame(known, geometry=_points(rows), crs=WGS84).to_crs(METRIC)


def _points(rows: Sequence[Mapping[str, Any]]) -> list[BaseGeometry]:
    return [shapely.Point(row["lon"], row["lat"]) for row in rows]


# --- places and what is known of them ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What is known of where a place is: somewhere in ``area`` (metres), or along ``line`` give or take ``metres``."""

    area: BaseGeometry | None
    line: BaseGeometry | None = None
    metres: float = 0.0


def known_area(row: Mapping[str, Any]) -> Known:
    """Where the place of this row of :func:`gwr.show.maps.located` may be.

    A point is somewhere within its uncertainty; a street along its line; a place on a street within its uncertainty; a place known by
    its subdistrict anywhere in it, or, with a likely site, within the uncertainty of that site and inside the subdistrict.
    """
    land = _metric()
    if row["precision"] not in DRAWN:
        return Known(None)
    if lines := lines_of(row):
        line = gpd.GeoSeries([shapely.MultiLineString(lines)], crs=WGS84).to_crs(METRIC).iloc[0]
        accuracy = [
            f["properties"]["accuracy_m"]
            for name in ("streets", "waters")
            for f in read_layer(name)
            if f["properties"]["line_id"] in row["line_ids"].split(";")
        ]
        return Known(None, line, float(max(accuracy)))
    codes = row["subdistrict_code"].split(";") if row["subdistrict_code"] else list(land["subdistrict_code"])
    area = land[land["subdistrict_code"].isin(codes)].union_all()
    if pd.notna(row["lon"]):
        site = gpd.GeoSeries([shapely.Point(row["lon"], row["lat"])], crs=WGS84).to_crs(METRIC).iloc[0]
        near = site.buffer(float(row["uncertainty_m"])).intersection(area)
        area = near if near.area else site.buffer(float(row["uncertainty_m"]))
    return Known(area)


def distinct(places: pd.DataFrame, statuses: Sequence[str]) -> pd.DataFrame:
    """One row for each place that these rows mention with one of these statuses, and that is not outside the district."""
    chosen = places[places["status"].isin(statuses) & (places["precision"] != "outside")]
    return chosen.drop_duplicates("place_id").reset_index(drop=True)


def moved(places: pd.DataFrame, *, repeats: int = REPEATS, seed: int = SEED) -> pd.DataFrame:
    """Positions that the places may have, many times over.

    Args:
        places: one row per place (:func:`distinct`); one that is not located is left out.
        repeats: how often.
        seed: of the random numbers, so that the result is always the same.

    Returns:
        One row for each repetition and place: ``repeat``, ``place_id``, ``x``, ``y`` (metres), ``subdistrict_code``.
    """
    random = np.random.default_rng(seed)
    parts = []
    for row in places.to_dict("records"):
        known = known_area(row)
        if known.line is not None:
            spots = _along(known.line, known.metres, repeats, random)
        elif known.area is not None:
            spots = _inside(known.area, repeats, random)
        else:
            continue
        part = pd.DataFrame(
            {"repeat": np.arange(repeats), "place_id": row["place_id"], "x": spots[:, 0], "y": spots[:, 1]}
        )
        fixed = row["subdistrict_code"] if row["precision"] in DRAWN and ";" not in row["subdistrict_code"] else ""
        part["subdistrict_code"] = fixed or _nearest_area(spots + random.normal(0, BORDER_M, spots.shape))
        parts.append(part)
    empty = pd.DataFrame(columns=["repeat", "place_id", "x", "y", "subdistrict_code"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _inside(area: BaseGeometry, number: int, random: np.random.Generator) -> Array:
    """Points spread evenly over an area."""
    west, south, east, north = area.bounds
    found: list[Array] = []
    while sum(map(len, found)) < number:
        spots = random.uniform((west, south), (east, north), (4 * number, 2))
        found.append(spots[shapely.contains_xy(area, spots[:, 0], spots[:, 1])])
    return np.concatenate(found)[:number]


def _along(line: BaseGeometry, metres: float, number: int, random: np.random.Generator) -> Array:
    """Points spread evenly along a line (the parts of a MultiLineString by their length), each at most ``metres`` beside it."""
    parts = list(shapely.get_parts(line))
    lengths = np.array([part.length for part in parts])
    which = random.choice(len(parts), number, p=lengths / lengths.sum())
    share = random.uniform(0, 1, number)
    spots = [parts[k].interpolate(s, normalized=True) for k, s in zip(which, share, strict=True)]
    angle, off = random.uniform(0, 2 * np.pi, number), metres * np.sqrt(random.uniform(0, 1, number))
    on_line: Array = shapely.get_coordinates(spots)
    return on_line + np.column_stack((off * np.cos(angle), off * np.sin(angle)))


def _nearest_area(spots: Array) -> NDArray[np.object_]:
    land = _metric()
    tree = shapely.STRtree(land.geometry.to_numpy())
    codes: NDArray[np.object_] = land["subdistrict_code"].to_numpy(dtype=object)[tree.nearest(shapely.points(spots))]
    return codes


@dataclass(frozen=True)
class Range:
    """The middle of the repetitions, and the span that holds nine in ten of them."""

    low: float
    middle: float
    high: float

    def __format__(self, spec: str) -> str:
        spec = spec or ".0%"
        middle, low, high = (format(number, spec) for number in (self.middle, self.low, self.high))
        return _("{middle} ({low} to {high})").format(middle=middle, low=low, high=high)


def interval(spots: pd.DataFrame, measure: Callable[[pd.DataFrame], float] | pd.Series) -> Range:
    """What a measure does when the places move.

    Args:
        spots: from :func:`moved`.
        measure: a number for each row of ``spots``, averaged in each repetition; or a function of one repetition's rows.
    """
    if isinstance(measure, pd.Series):
        values = measure.groupby(spots["repeat"]).mean()
    else:
        values = pd.Series([measure(rows) for _, rows in spots.groupby("repeat")])
    low, half, high = np.quantile(values.to_numpy(dtype=float), [0.05, 0.5, 0.95])
    return Range(float(low), float(half), float(high))


# --- what can be counted and measured ---------------------------------------------------------------------------------------


def by_subdistrict(places: pd.DataFrame, statuses: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Named places per subdistrict and period, and how many can be given to none.

    A place in two subdistricts, and a street that runs through several, counts in each with its share (of length, for a street).

    Args:
        places: from :func:`gwr.show.maps.located`.
        statuses: for each column to make, the statuses that it counts.

    Returns:
        One row per subdistrict (``subdistrict_code``, ``name_zh``, ``name_en``, ``area_km2``, a column each) and a last row, with an
        empty code, for what cannot be assigned.
    """
    land = _metric()
    frame = pd.DataFrame(land[["subdistrict_code", "name_zh", "name_en", "area_km2"]])
    rest: dict[str, Any] = {
        "subdistrict_code": "",
        "name_zh": "无法分配",
        "name_en": _("cannot be assigned"),
        "area_km2": np.nan,
    }
    for column, codes in statuses.items():
        rows = distinct(places, codes)
        shares: dict[str, float] = dict.fromkeys(land["subdistrict_code"], 0.0)
        rest[column] = 0.0
        for row in rows.to_dict("records"):
            found = shares_of(row)
            rest[column] += not found
            for code, share in found.items():
                shares[code] += share
        frame[column] = [shares[code] for code in frame["subdistrict_code"]]
    return pd.concat([frame, pd.DataFrame([rest])], ignore_index=True)


def shares_of(row: Mapping[str, Any]) -> dict[str, float]:
    """The subdistricts of a place with its share in each; nothing if it is not located."""
    land = _metric()
    known = known_area(row)
    if known.line is not None:
        lengths = land.geometry.intersection(known.line.buffer(1.0)).area
        # A bank on the outer edge lies in no subdistrict but the one beside it.
        lengths = lengths if lengths.sum() else land.geometry.intersection(known.line.buffer(BORDER_M)).area
        found = zip(land["subdistrict_code"], lengths / lengths.sum(), strict=True)
        return {code: float(share) for code, share in found if share > 0}
    if known.area is None:
        return {}
    if row["subdistrict_code"]:
        codes = row["subdistrict_code"].split(";")
        return {code: 1 / len(codes) for code in codes}
    areas = land.geometry.intersection(known.area).area
    return {c: float(s) for c, s in zip(land["subdistrict_code"], areas / areas.sum(), strict=True) if s > 0}


def quantities(places: pd.DataFrame) -> pd.DataFrame:
    """The counted groups of these rows: how many members are counted, named, and placed in some subdistrict.

    Returns:
        One row per group: ``group_id``, ``claim_id``, ``programme``, ``status``, ``names``, ``counted``, ``named``, ``placed``,
        ``unassigned`` (the share of the counted that no subdistrict can be given).
    """
    rows = []
    for group, members in places[places["group_id"] != ""].groupby("group_id", sort=True):
        first = members.iloc[0]
        counted, placed = int(first["group_count"]), int(members["precision"].isin(DRAWN).sum())
        rows.append(
            {
                "group_id": group,
                "claim_id": first["group_claim"],
                "programme": first["programme"],
                "status": first["status"],
                "names": join(members["place"]),
                "counted": counted,
                "named": named_members()[str(group)],
                "placed": placed,
                "unassigned": 1 - placed / counted,
            }
        )
    return pd.DataFrame(rows)


def street_lengths(places: pd.DataFrame, programmes: Sequence[str]) -> pd.DataFrame:
    """The streets and banks named for works of these programmes that have a line, with the length of the line inside the district.

    The length is that of the whole line as drawn. Works may concern a part of it, so it is the most that can have been meant.

    Returns:
        One row per mention: ``mention_id``, ``name_zh``, ``action_en``, ``action``, ``status``, ``length_m``, ``accuracy_m``, ``line_ids``.
    """
    lines = {f["properties"]["line_id"]: f["properties"] for name in ("streets", "waters") for f in read_layer(name)}
    rows = []
    for row in places[places["programme"].isin(programmes) & (places["line_ids"] != "")].to_dict("records"):
        own = [lines[name] for name in row["line_ids"].split(";")]
        known = {
            name: row[name]
            for name in ("mention_id", "name_zh", "name_en", "action_en", "action", "status", "programme", "line_ids")
        }
        rows.append(
            {
                **known,
                "length_m": sum(o["length_m"] for o in own),
                "accuracy_m": max(o["accuracy_m"] for o in own),
            }
        )
    return pd.DataFrame(rows)


def nearest(
    places: pd.DataFrame, targets: gpd.GeoDataFrame, *, repeats: int = REPEATS, seed: int = SEED
) -> pd.DataFrame:
    """For each place the nearest target, with the span that the distance has when the place moves.

    Args:
        places: one row per place.
        targets: from :func:`stations` or :func:`landmarks`.
        repeats, seed: as in :func:`moved`.

    Returns:
        One row per located place: ``place_id``, ``nearest``, ``low``, ``middle``, ``high`` (metres), ``agree`` (how often this target was
        the nearest).
    """
    spots = moved(places, repeats=repeats, seed=seed)
    if spots.empty:
        return pd.DataFrame(columns=["place_id", "nearest", "low", "middle", "high", "agree"])
    tree = shapely.STRtree(targets.geometry.to_numpy())
    points = shapely.points(spots[["x", "y"]].to_numpy(dtype=float))
    which = tree.nearest(points)
    spots = spots.assign(
        nearest=targets["name_zh"].to_numpy()[which],
        metres=shapely.distance(points, targets.geometry.to_numpy()[which]),
    )
    rows = []
    for place_id, group in spots.groupby("place_id", sort=False):
        low, half, high = np.quantile(group["metres"], [0.05, 0.5, 0.95])
        name = group["nearest"].value_counts().sort_index(kind="stable").idxmax()
        rows.append((place_id, name, low, half, high, float((group["nearest"] == name).mean())))
    return pd.DataFrame(rows, columns=["place_id", "nearest", "low", "middle", "high", "agree"])
