"""Rules of geo/gazetteer.csv: a place is called, placed and trusted in one way throughout its row."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.rules.shape_rules import areas, distance_m, inside, line_points, to_line_m
from gwr.report.schema import Row
from gwr.report.tables import Tables


def letters(pinyin: str) -> str:
    """The letters of pinyin without tones, marks and gaps, ü as v: ``anpingxiaoqu`` for Ānpíng Xiǎoqū."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", pinyin.lower()).translate(_U))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


_U = str.maketrans(dict.fromkeys("üǖǘǚǜ", "v"))


def _placed(row: Row) -> bool:
    """Whether a row has a whole position; a half one is said by another rule."""
    return row["lon"] is not None and row["lat"] is not None


def _han(text: str) -> list[str]:
    return [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]


@rule("the id of a place is its name in pinyin, one syllable for each character")
def place_ids_spell_their_names(tables: Tables) -> Iterator[Fault]:
    for row in tables["gazetteer"]:
        name, syllables = row["place_id"], [part for part in row["place_id"].split("-") if not part.isdigit()]
        if not "".join(syllables).startswith(letters(row["pinyin"])):
            found = f"{name}: {row['pinyin']!r} is spelt otherwise"
            yield Fault("gazetteer", row, "pinyin", found, "write the name in pinyin as the id has it")
        if len(syllables) not in (len(_han(row["name_zh"])), len(_han(row["name_full_zh"]))):
            found = f"{name} has {len(syllables)} syllables, {row['name_full_zh']} {len(_han(row['name_full_zh']))}"
            yield Fault("gazetteer", row, "name_full_zh", found, "write the name in full, each character once")


_READINGS = frozenset({"行hang", "行xing", "乐le", "乐yue", "长chang", "长zhang", "都du", "都dou"})
"""Characters of the names that are read in two ways."""


@rule("a character is read in one way, so that a name and its pinyin are of the same place")
def characters_are_read_in_one_way(tables: Tables) -> Iterator[Fault]:
    seen: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in tables["gazetteer"]:
        syllables = [part for part in row["place_id"].split("-") if not part.isdigit()]
        for name in {row["name_zh"], row["name_full_zh"]}:
            if len(_han(name)) == len(syllables):
                for character, syllable in zip(_han(name), syllables, strict=True):
                    seen[character][syllable].append(row)
    for character, readings in seen.items():
        usual = max(readings, key=lambda syllable: len(readings[syllable]))
        for syllable, rows in readings.items():
            if syllable != usual and f"{character}{syllable}" not in _READINGS:
                found = f"{rows[0]['place_id']}: {character} is read {syllable} here and {usual} elsewhere"
                yield Fault("gazetteer", rows[0], "name_zh", found, "correct the name or its id")


@rule("a place of the gazetteer is called as its mentions call it, or says that the report does not name it")
def places_are_called_as_mentioned(tables: Tables) -> Iterator[Fault]:
    mentioned: dict[str, set[str]] = defaultdict(set)
    for row in tables["places"]:
        mentioned[row["place_id"]].add(row["name_zh"])
    for row in tables["gazetteer"]:
        names = mentioned[row["place_id"]]
        if not names and "Not named in the report" not in row["evidence"]:
            found = f"{row['place_id']} has no mention, and the evidence does not say why it is here"
            yield Fault("gazetteer", row, "evidence", found, "say 'Not named in the report', and why the row is kept")
        known = {row["name_zh"], row["name_full_zh"], *row["other_names_zh"].split(";")}
        if names and row["name_zh"] not in names:
            found = f"{row['place_id']}: {row['name_zh']} is not what its mentions say ({', '.join(sorted(names))})"
            yield Fault("gazetteer", row, "name_zh", found, "write the name as the report has it")
        if not set(row["name_zh"]) <= set(row["name_full_zh"]):
            found = f"{row['place_id']}: the full name {row['name_full_zh']} lacks a part of {row['name_zh']}"
            yield Fault("gazetteer", row, "name_full_zh", found, "write the name in full")
        for name in names - known:
            found = f"{row['place_id']}: {name} of a mention is no name of this place"
            yield Fault("gazetteer", row, "other_names_zh", found, "add the name, or correct place_id in places.csv")


# precision: (how a position may be known, whether there is one, smallest and largest uncertainty in metres)
_PRECISIONS: dict[str, tuple[tuple[str, ...], float, float]] = {
    "point": (("own position",), 30, 900),
    "street": (("own position",), 100, 4000),
    "subdistrict": (("own position", "subdistrict only", "parts"), 250, 800),
    "district": (("",), 0, 0),
    "outside": (("",), 0, 0),
    "unlocated": (("",), 0, 0),
}


@rule(
    "position, precision and uncertainty go together: what is known by its area only has no point, a street no accuracy of 5 m"
)
def positions_fit_their_precision(tables: Tables) -> Iterator[Fault]:
    for row in tables["gazetteer"]:
        name, precision, kind = row["place_id"], row["precision"], row["position_kind"]
        kinds, low, high = _PRECISIONS[precision]
        own = kind == "own position"
        if kind not in kinds:
            yield Fault(
                "gazetteer", row, "position_kind", f"{name}: {precision} and {kind!r}", "correct one of the two"
            )
        elif not own == (row["lon"] is not None) == (row["lat"] is not None) == (row["uncertainty_m"] is not None):
            found = f"{name}: lon, lat and uncertainty_m do not go with {kind or precision!r}"
            yield Fault("gazetteer", row, "lon", found, "fill in all three for an own position, or none")
        elif own and not low <= row["uncertainty_m"] <= high:
            found = f"{name}: {row['uncertainty_m']:g} m for a {precision}"
            yield Fault("gazetteer", row, "uncertainty_m", found, f"a {precision} is known to {low:g}-{high:g} m")
        if (kind == "subdistrict only") != (row["area_radius_m"] is not None):
            found = f"{name}: area_radius_m goes with 'subdistrict only'"
            yield Fault("gazetteer", row, "area_radius_m", found, "fill it in for a subdistrict only")
        if kind in ("subdistrict only", "parts") and not row["subdistrict_code"]:
            yield Fault("gazetteer", row, "subdistrict_code", f"{name}: no subdistrict", "give its code")
        if not kind and (row["subdistrict_code"] or row["inferred"] == "yes" or row["confidence"] == "high"):
            found = f"{name}: {precision}, with a subdistrict, inferred or high confidence"
            yield Fault("gazetteer", row, "confidence", found, "what is not placed is neither inferred nor certain")
        if kind == "own position" and precision == "point" and row["confidence"] == "low":
            yield Fault("gazetteer", row, "confidence", f"{name}: a point of low confidence", "give a wider precision")


@rule("one subdistrict has one radius, within which a place known by its subdistrict lies")
def radius_is_that_of_the_subdistrict(tables: Tables) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in tables["gazetteer"]:
        if row["position_kind"] == "subdistrict only":
            other = first.setdefault(row["subdistrict_code"], row)
            if row["area_radius_m"] != other["area_radius_m"]:
                found = f"{row['place_id']}: {row['area_radius_m']} m, {other['place_id']} has {other['area_radius_m']}"
                yield Fault("gazetteer", row, "area_radius_m", found, "give the radius of the subdistrict, or its code")


@rule("a position lies in its subdistrict, or the evidence names the other one")
def positions_lie_in_their_subdistrict(tables: Tables) -> Iterator[Fault]:
    shapes = areas(tables)
    names = {row["subdistrict_code"]: row["name_zh"] for row in tables["subdistrict_names"]}
    for row in tables["gazetteer"]:
        codes = [code for code in row["subdistrict_code"].split(";") if code]
        strange = set(codes) - set(names)
        if strange:
            found = f"{row['place_id']}: there is no {sorted(strange)[0]}"
            yield Fault("gazetteer", row, "subdistrict_code", found, "give a code of sources/subdistricts.csv")
        elif codes and _placed(row) and not any(inside(shapes[code], row["lon"], row["lat"]) for code in codes):
            there = next((code for code, shape in shapes.items() if inside(shape, row["lon"], row["lat"])), "")
            where = names.get(there, "river")
            if where not in row["evidence"]:
                found = f"{row['place_id']}: {row['lon']}, {row['lat']} lies in {where}"
                yield Fault(
                    "gazetteer", row, "lat", found, "correct the position or the subdistrict, or say so in evidence"
                )


@rule("a place beside a street stands beside it, and a place that is a line lies on it")
def positions_lie_at_their_street(tables: Tables) -> Iterator[Fault]:
    lines = {row["line_id"]: row for table in ("street_lines", "water_lines") for row in tables[table]}
    named: dict[str, list[Row]] = defaultdict(list)
    for row in lines.values():
        named[str(row.get("street_zh") or row.get("water_zh"))].append(row)
    for row in tables["gazetteer"]:
        ids = [line for line in row["line_ids"].split(";") if line]
        for line in ids:
            names = lines[line].get("street_zh") or lines[line].get("water_zh") if line in lines else ""
            if names != row["street_zh"] or row["precision"] != "street":
                found = f"{row['place_id']}: {line} is {names or 'no line'}, street_zh is {row['street_zh']!r}"
                yield Fault("gazetteer", row, "line_ids", found, "give the lines of this street, and precision street")
        if row["street_zh"] and row["street_zh"] not in named:
            yield Fault(
                "gazetteer", row, "street_zh", f"{row['place_id']}: no line is {row['street_zh']}", "correct it"
            )
        elif row["street_zh"] and _placed(row):
            near = [lines[line] for line in ids if line in lines] or named[row["street_zh"]]
            off = min(to_line_m(row["lon"], row["lat"], line_points(line["wkt"])) for line in near)
            if off > 130:
                found = f"{row['place_id']}: {off:.0f} m off {row['street_zh']}"
                yield Fault(
                    "gazetteer", row, "lat", found, "a position on or at a street is at most 130 m off its line"
                )


_OSM = re.compile(r"osm_id ([0-9, ]+)")


@rule("a position taken from OpenStreetMap is the one of the named objects, or their mean")
def points_are_those_of_their_landmarks(tables: Tables) -> Iterator[Fault]:
    landmarks = {row["osm_id"]: row for row in tables["landmarks"]}
    for row in tables["gazetteer"]:
        found_ids = _OSM.search(row["source"])
        ids = re.findall(r"\d+", found_ids[1]) if found_ids else []
        known = [landmarks[one] for one in ids if one in landmarks]
        if not _placed(row) or not known or len(known) < len(ids):
            continue
        lon = sum(one["lon"] for one in known) / len(known)
        lat = sum(one["lat"] for one in known) / len(known)
        limit = 2 if row["precision"] == "point" else max(150, (row["uncertainty_m"] or 0) / 2)
        if (off := distance_m(row["lon"], row["lat"], lon, lat)) > limit:
            found = f"{row['place_id']}: {off:.0f} m off {', '.join(ids)} in landmarks.csv"
            yield Fault("gazetteer", row, "lat", found, f"set lon and lat to {lon:.5f} and {lat:.5f}")


@rule("every position is checked by a second measure: how far it is from the landmark that is nearest")
def nearest_landmark_is_as_measured(tables: Tables) -> Iterator[Fault]:
    landmarks = {row["osm_id"]: row for row in tables["landmarks"]}
    for row in tables["gazetteer"]:
        placed = row["lon"] is not None
        if placed != bool(row["near_osm_id"]) or placed != (row["near_m"] is not None):
            found = f"{row['place_id']}: near_osm_id and near_m go with a position"
            yield Fault("gazetteer", row, "near_m", found, "fill in both for a position, or none")
        elif placed and row["lat"] is not None:
            metres = {
                one: distance_m(row["lon"], row["lat"], mark["lon"], mark["lat"]) for one, mark in landmarks.items()
            }
            nearest = min(metres, key=lambda one: (metres[one], one))
            if metres.get(row["near_osm_id"], 1e9) > metres[nearest] + 0.5 or abs(metres[nearest] - row["near_m"]) > 1:
                found = (
                    f"{row['place_id']}: {landmarks[nearest]['name_zh']} ({nearest}) is nearest, at {metres[nearest]:.0f} m; "
                    f"the row has {row['near_osm_id']} at {row['near_m']} m"
                )
                remedy = f"correct lon and lat; if they are right, set near_osm_id to {nearest} and near_m to {metres[nearest]:.0f}"
                yield Fault("gazetteer", row, "lat", found, remedy)


@rule("what was taken from OpenStreetMap is under its licence")
def licence_follows_the_source(tables: Tables) -> Iterator[Fault]:
    for row in tables["gazetteer"]:
        own = row["position_kind"] == "own position"
        if own and "OpenStreetMap" in row["source"]:
            due = "ODbL 1.0"
        elif own and row["source"].startswith("sources/"):
            due = "CC BY 4.0"
        elif row["source"].split(" ; ")[0] == "the report" and (
            " ; " not in row["source"] or "sources/" in row["source"]
        ):
            due = "fact from the report"
        else:
            due = "fact"
        if row["licence"] != due:
            found = f"{row['place_id']}: {row['licence']!r} for {row['source'][:40]!r}"
            yield Fault("gazetteer", row, "licence", found, f"set it to {due}, or correct the source")


# What the end of a full name says of the kind of place; the first that fits decides, other names may be any kind.
_KINDS = (
    (r"沿线|步行街|核心段|景观带$", ("waterfront",)),
    (r"^[^-]*(路|(?<!街)道)$", ("street",)),
    (r"[巷里]$", ("lane", "commercial_area", "redevelopment")),
    (r"公园$", ("park",)),
    (r"河(\(台江段\))?$|江$", ("river",)),
    (r"(小区|新村|花园|苑)(二期)?$", ("residential_renovation", "redevelopment", "building")),
    (r"商圈$|商务区$", ("commercial_area",)),
    (r"(大厦|大楼|公馆|大酒店)$", ("building", "health")),
    (r"(小学|幼儿园|大学|学院|中|教育集团|分校)$", ("school",)),
    (r"(卫生服务中心|医院|中医馆)$", ("health",)),
    (r"(展览馆|美学馆|展示馆|生活馆|大观园|青少年宫)$", ("culture",)),
    (r"故居$|上下杭", ("heritage", "commercial_area")),
    (r"社区$", ("community",)),
    (r"街道$", ("subdistrict",)),
    (r"片区$|走廊$|小镇$|集聚区$|产业园$", ("planning_area",)),
    (r"福利中心$", ("welfare",)),
    (r"码头$", ("transport",)),
    (r"汤屋$", ("other",)),
)


@rule("the end of a name says what kind of place it is: 路 a street, 公园 a park, 小学 a school")
def kinds_fit_their_names(tables: Tables) -> Iterator[Fault]:
    for row in tables["gazetteer"]:
        due = next((kinds for end, kinds in _KINDS if re.search(end, row["name_full_zh"])), None)
        if due is not None and row["kind"] not in due:
            found = f"{row['place_id']}: {row['name_full_zh']} is a {row['kind']}"
            yield Fault("gazetteer", row, "kind", found, f"set it to {' or '.join(due)}")


@rule("a part belongs to a whole that has a row, and is not its own part")
def parts_have_a_whole(tables: Tables) -> Iterator[Fault]:
    rows = {row["place_id"]: row for row in tables["gazetteer"]}
    for row in tables["gazetteer"]:
        whole = row["parent_place_id"]
        if whole and (whole not in rows or whole == row["place_id"]):
            found = f"{row['place_id']} is a part of {whole}"
            yield Fault("gazetteer", row, "parent_place_id", found, "name the place that it is a part of")
        if bool(whole) != ("Not named in the report" in row["evidence"]):
            found = (
                f"{row['place_id']}: a part of another place is a row that the report does not name, and no other is"
            )
            yield Fault("gazetteer", row, "parent_place_id", found, "name the whole, or leave it empty")
