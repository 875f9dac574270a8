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


@rule("what is only mentioned has no action, and an action is worded in the quote, part by part")
def actions_stand_in_quotes(tables: Tables) -> Iterator[Fault]:
    for row in tables["places"]:
        at = 0
        for part in row["action_zh"].split("…"):
            at = row["quote"].find(part, at)
            if at < 0:
                found = f"{row['mention_id']}: {part!r} of the action is not in the quote"
                yield Fault(
                    "places", row, "action_zh", found, "write the action as the report does, … for what is left out"
                )
                break
            at += len(part)
        if not (row["status"] == "mentioned") == (not row["action_zh"]) == (not row["action_en"]):
            found = f"{row['mention_id']}: status {row['status']}, action {row['action_zh']!r} ({row['action_en']!r})"
            yield Fault(
                "places", row, "status", found, "give the action in both languages, or the status mentioned (P3)"
            )


_STATUSES = {
    "1.7": {"done_2017_2021"},
    "1.8": {"done_2017_2021"},
    "1": {"done_2021", "ongoing", "mentioned"},
    "2": {"planned_2022", "ongoing", "mentioned"},
}


@rule("part one tells of what was done, part two of what is planned (codebook, P3)")
def place_status_fits_section(tables: Tables) -> Iterator[Fault]:
    for row in tables["places"]:
        allowed = _STATUSES.get(row["section"][:3]) or _STATUSES[row["section"][:1]]
        if row["status"] not in allowed:
            found = f"{row['mention_id']}: {row['status']} in section {row['section']}"
            yield Fault("places", row, "status", found, f"one of {', '.join(sorted(allowed))}")


@rule("等 behind a name says that there are more: counted, if a number follows, else open")
def extent_is_as_worded(tables: Tables) -> Iterator[Fault]:
    for row in tables["places"]:
        more = "等" in tables.report.text[row["start"] : row["end"] + 3]
        if more == (row["group_extent"] == "single"):
            if row["group_extent"] == "counted":
                continue  # 两大商务区: a number without 等
            found = f"{row['mention_id']}: {row['group_extent']}, {'with' if more else 'without'} 等"
            yield Fault("places", row, "group_extent", found, "see codebook, P10")
        elif row["group_extent"] == "open" and not more:
            yield Fault("places", row, "group_extent", f"{row['mention_id']}: open, without 等", "see codebook, P10")


@rule("a mention is of the place whose name it has")
def mentions_are_of_their_place(tables: Tables) -> Iterator[Fault]:
    rows = {row["place_id"]: row for row in tables["gazetteer"]}
    for row in tables["places"]:
        place = rows.get(row["place_id"])
        if place is None:
            continue
        names = {place["name_zh"], place["name_full_zh"], *place["other_names_zh"].split(";")}
        if row["name_zh"] not in names:
            found = f"{row['mention_id']}: {row['name_zh']} is no name of {row['place_id']} ({place['name_zh']})"
            yield Fault("places", row, "place_id", found, "give the place of this name, or add the name to its row")
