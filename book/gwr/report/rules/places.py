"""Rules of places.csv and of the gazetteer: names where they are said to be, groups that agree, positions that fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.schema import Row
from gwr.report.tables import Tables


@rule("a place named from a group must not hide the rest of the group")
def groups_agree(tables: Tables) -> Iterator[Fault]:
    values = {row["claim_id"]: row["value"] for row in tables["claims"]}
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in tables["places"]:
        name, counted = row["mention_id"], row["group_extent"] == "counted"
        if not counted == bool(row["group_id"]) == bool(row["group_claim"]) == (row["group_count"] is not None):
            found = f"{name}: group_extent, group_id, group_claim and group_count do not go together"
            yield Fault("places", row, "group_extent", found, "fill in all of them (counted) or none")
        elif counted:
            groups[row["group_id"]].append(row)
            if values.get(row["group_claim"], row["group_count"]) != row["group_count"]:
                found = f"{name}: {row['group_claim']} is not {row['group_count']}"
                yield Fault("places", row, "group_count", found, "name the claim that counts the group, and its value")
    for group, members in groups.items():
        if len({(row["group_count"], row["group_claim"]) for row in members}) > 1:
            found = f"the members of group {group} do not share one count"
            yield Fault("places", members[0], "group_id", found, "correct the row that differs")
        if len({row["place_id"] for row in members}) > members[0]["group_count"]:
            found = f"more are named of group {group} than there are"
            yield Fault("places", members[0], "group_id", found, "take out the row that does not belong to it")


@rule("the name of a place stands inside its quote")
def place_names_stand_in_quotes(tables: Tables) -> Iterator[Fault]:
    for row in tables["places"]:
        inside = row["start"] <= row["name_start"] < row["name_end"] <= row["end"]
        if not inside or tables.report.text[row["name_start"] : row["name_end"]] != row["name_zh"]:
            found = f"{row['mention_id']}: {row['name_zh']!r} is not at {row['name_start']}:{row['name_end']}"
            yield Fault("places", row, "name_start", found, "correct the offsets of the name")
