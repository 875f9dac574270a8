"""The places of the report: where each is, how well it is known, and what was done there. No maps here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from gwr.paths import GEO
from gwr.report.tables import Tables, load_tables
from gwr.report.text import read_text
from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)

PROGRAMME_NAMES = {
    "roads": _("Roads 市政道路"),
    "old_estate_renewal": _("Old-estate renewal 老旧小区"),
    "redevelopment": _("Redevelopment 旧屋区改造"),
    "facades_lights": _("Façades and lights 立面夜景"),
    "parks": _("Parks 公园绿地"),
    "water": _("Water 水系供水"),
    "housing": _("Housing 住房保障"),
    "education": _("Education 教育"),
    "health": _("Health 医疗卫生"),
    "welfare": _("Welfare 养老社会福利"),
    "culture": _("Culture 文化"),
    "business": _("Business 商务产业"),
    "governance": _("Governance 治理"),
}
"""What places are renewed or built under, in the order in which maps list them."""


STATUS_NAMES = {
    "done_2021": _("done in 2021"),
    "done_2017_2021": _("done 2017–2021"),
    "ongoing": _("under way"),
    "planned_2022": _("planned for 2022"),
    "mentioned": _("mentioned"),
}


PRECISION_NAMES = {
    "point": _("point"),
    "street": _("street"),
    "subdistrict": _("subdistrict"),
    "district": _("district"),
    "outside": _("outside"),
    "unlocated": _("unlocated"),
}
"""How well a place is known, as tables write it."""


DRAWN = ("point", "street", "subdistrict")
"""The precisions that are drawn; all others are listed beside the map."""


def line_name(feature: Mapping[str, Any]) -> str:
    """The Chinese name of the street or water that a feature is a line of; empty if it has none."""
    known = feature["properties"]
    return str(known.get("street_zh") or known.get("water_zh") or "")


def positions_of(coordinates: Sequence[Any]) -> Iterable[tuple[float, float]]:
    """Every position (longitude, latitude, in degrees of WGS 84) in the coordinates of a GeoJSON geometry of any depth, in order."""
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from positions_of(part)


@lru_cache(maxsize=16)
def read_layer(name: str) -> list[dict[str, Any]]:
    """The features of ``geo/NAME.geojson`` as they stand (WGS 84, longitude before latitude).

    Raises:
        DataError: the file is missing or unreadable.
    """
    features: list[dict[str, Any]] = json.loads(read_text(GEO / f"{name}.geojson"))["features"]
    return features


def current_layer(name: str) -> list[dict[str, Any]]:
    """As :func:`read_layer`, but streets and waters from OpenStreetMap where ``geo/refresh_osm.py`` has put them.

    Raises:
        DataError: a file is missing or unreadable.
    """
    return read_layer(f"osm/{name}") if refreshed() and name in ("streets", "waters") else read_layer(name)


def refreshed() -> str:
    """The state of the OpenStreetMap data in ``geo/osm/``, or nothing if there is none."""
    path = GEO / "osm" / "streets.geojson"
    if not (path.is_file() and path.with_name("waters.geojson").is_file()):
        return ""
    return str(json.loads(read_text(path))["fetched"])


def located(tables: Tables, sections: Sequence[str] = ()) -> pd.DataFrame:
    """Every place mention of these sections (of the whole report, if none is given) with what the gazetteer knows of the place.

    Returns:
        One row per mention: the columns of ``places.csv`` and, of ``gazetteer.csv``, all but the name: ``name_en``, ``kind``,
        ``lon``, ``lat``, ``precision``, ``uncertainty_m``, ``subdistrict_code``, ``street_zh``, ``line_ids``, ``evidence``, …
        And, in the language of the edition, as tables write them: ``place`` (its name), ``action``, ``programme_name``,
        ``status_name`` and ``known_as`` (the precision).
    """
    mentions = tables.frame("places", section=tuple(sections)) if sections else tables.frame("places")
    known = tables.frame("gazetteer").drop(columns=["name_zh"])
    rows = mentions.merge(known, on="place_id", how="left", validate="many_to_one")
    return rows.assign(
        place=[named(zh, en) for zh, en in zip(rows["name_zh"], rows["name_en"], strict=True)],
        action=rows["action_zh" if LANGUAGE == "zh" else "action_en"],
        programme_name=rows["programme"].map(PROGRAMME_NAMES).fillna(""),
        status_name=rows["status"].map(STATUS_NAMES),
        known_as=rows["precision"].map(PRECISION_NAMES),
    )


def named(chinese: str, english: str) -> str:
    """The name of a place or subdistrict: Chinese, and on English pages its English name behind it."""
    return chinese if LANGUAGE == "zh" else f"{chinese} {english}"


@lru_cache(maxsize=1)
def named_members() -> Counter[str]:
    """How many members of each group (``g05``) the whole report names."""
    return Counter(row["group_id"] for row in load_tables()["places"] if row["group_id"])


def unnamed(places: pd.DataFrame) -> int:
    """How many members of the groups in these rows the report counts and does not name.

    Groups may overlap (the projects to be started may be among the key projects), so this is at most that many.
    """
    groups = places[places["group_id"] != ""].drop_duplicates("group_id")
    return sum(int(row["group_count"]) - named_members()[row["group_id"]] for row in groups.to_dict("records"))


def how_known(row: Mapping[str, Any]) -> str:
    """How well the place is known, in words: ``known as a point, ± 60 m``."""
    metres = None if pd.isna(row["uncertainty_m"]) else int(row["uncertainty_m"])
    match row["precision"]:
        case "point":
            return _("known as a point, ± {metres} m").format(metres=metres)
        case "street" if lines_of(row):
            return _("drawn along its line, which is known to ± {metres} m").format(metres=line_accuracy(row))
        case "street":
            return _("known to be on {street}, ± {metres} m; the diamond is no exact site").format(
                street=row["street_zh"], metres=metres
            )
        case "subdistrict" if metres is None:
            return _("known only by its subdistrict")
        case "subdistrict":
            return _("known only by its subdistrict; the likely site, not drawn, is known to ± {metres} m").format(
                metres=metres
            )
        case "district":
            return _("somewhere in the district; not drawn")
        case "outside":
            return _("outside the district; not drawn")
        case _:
            return _("not located; not drawn")


def lines_of(row: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """The lines (longitude, latitude) that are the place itself: its street, its river, its bank; or none.

    Raises:
        DataError: a file of lines is missing or unreadable.
    """
    wanted = row["line_ids"].split(";") if row["line_ids"] else []
    own = [f for name in ("streets", "waters") for f in read_layer(name)]
    chosen = [feature for feature in own if feature["properties"]["line_id"] in wanted]
    names = {line_name(feature) for feature in chosen}
    sections = [f for f in own if line_name(f) in names and f["properties"].get("role") != "edge"]
    if refreshed() and len(sections) == len(chosen):  # the whole street, so OpenStreetMap's will do
        # What people call 八一七路 is 八一七北路, 中路 and 南路 in OpenStreetMap.
        pattern = "|".join(f"{re.escape(name[:-1])}[东南西北中]?{name[-1]}" for name in names)
        newer = [
            f for name in ("streets", "waters") for f in current_layer(name) if re.fullmatch(pattern, line_name(f))
        ]
        chosen = newer or chosen
    lines = []
    for feature in chosen:
        geometry = feature["geometry"]
        for line in geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]:
            lines.append(list(positions_of(line)))
    return lines


def line_accuracy(row: Mapping[str, Any]) -> int:
    """How far the lines of a place may be off, in metres: that of the least accurate one.

    Args:
        row: of the gazetteer, with its lines in ``line_ids``.

    Raises:
        ValueError: none of its lines is a street or a water.
        DataError: a layer is missing or unreadable.
    """
    own = [f["properties"] for name in ("streets", "waters") for f in read_layer(name)]
    return int(max(known["accuracy_m"] for known in own if known["line_id"] in row["line_ids"].split(";")))
