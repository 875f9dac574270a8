"""Rules of pledges.csv and outcomes.csv: what measures a pledge, and what is known of it from outside."""

from __future__ import annotations

from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule, sentence_of
from gwr.report.tables import Tables


@rule("a pledge is quantitative exactly if a claim of part two measures it; its baseline is a claim of part one")
def pledges_and_claims_agree(tables: Tables) -> Iterator[Fault]:
    sections = {row["claim_id"]: row["section"] for row in tables["claims"]}
    for row in tables["pledges"]:
        if (row["quantitative"] == "yes") != bool(row["claim_ids"]):
            found = f"{row['pledge_id']}: quantitative is {row['quantitative']}, claim_ids {row['claim_ids']!r}"
            yield Fault("pledges", row, "quantitative", found, "name the claim that measures it, or set it to no")
        for column, part in (("claim_ids", "2"), ("baseline_claim_ids", "1")):
            for claim in filter(None, row[column].split(";")):
                if not sections.get(claim, part).startswith(part):
                    found = f"{row['pledge_id']}: {claim} is not in part {part}"
                    yield Fault("pledges", row, column, found, f"name a claim of part {part}")


@rule("the claims and places of a pledge stand in its passage")
def pledges_hold_what_they_name(tables: Tables) -> Iterator[Fault]:
    numbers = {row["claim_id"]: row["number_start"] for row in tables["claims"]}
    mentions: dict[str, list[int]] = {}
    for row in tables["places"]:
        mentions.setdefault(row["place_id"], []).append(row["name_start"])
    for row in tables["pledges"]:
        name, start, end = row["pledge_id"], row["start"], row["end"]
        for claim in filter(None, row["claim_ids"].split(";")):
            if not start <= numbers.get(claim, start) < end:
                found = f"{name}: the number of {claim} stands outside {start}:{end}"
                yield Fault("pledges", row, "claim_ids", found, "name the claim whose number is in the passage")
        named = set(filter(None, row["place_ids"].split(";")))
        there = {place for place, starts in mentions.items() if any(start <= at < end for at in starts)}
        for place in sorted(named ^ there):
            found = (
                f"{name}: {place} is {'not mentioned in the passage' if place in named else 'mentioned and not named'}"
            )
            yield Fault("pledges", row, "place_ids", found, "name the places whose mentions are in the passage")


@rule("a baseline is a claim of the same indicator, or a note says of what (R4)")
def baselines_have_the_indicator(tables: Tables) -> Iterator[Fault]:
    names = {row["claim_id"]: row["indicator_zh"] for row in tables["claims"]}
    rates = {row["claim_id"] for row in tables["claims"] if row["measure"] == "growth_rate"}
    for row in tables["pledges"]:
        own = {names.get(claim) for claim in row["claim_ids"].split(";")}
        for claim in filter(None, row["baseline_claim_ids"].split(";")):
            alike = names.get(claim) in own or any(
                row["quote"][at : at + 2] in names.get(claim, "") for at in range(len(row["quote"]) - 1)
            )
            if not alike and not (claim in rates and "增长" in row["quote"]):
                found = f"{row['pledge_id']}: {names.get(claim)} of {claim} shares no word with the pledge"
                yield Fault("pledges", row, "baseline_claim_ids", found, "name a claim of the same indicator")
            if names.get(claim) not in own and not row["note"] and row["claim_ids"]:
                found = f"{row['pledge_id']}: {claim} is about {names.get(claim)}, and no note says why"
                yield Fault(
                    "pledges", row, "baseline_claim_ids", found, "name a claim of the same indicator, or add a note"
                )


# Verbs that stand before the passage and govern it (codebook, R1.3), or whose parts its object separates.
_VERB_BEFORE = ("实现", "力争", "确保")


@rule("the verb stands in the passage, or governs it from before")
def verbs_stand_in_pledges(tables: Tables) -> Iterator[Fault]:
    text = tables.report.text
    for row in tables["pledges"]:
        restored = [
            one["reading"] for one in tables["emendations"] if one["start"] < row["end"] and row["start"] <= one["end"]
        ]
        letters = iter("".join(restored) + row["quote"])
        inside = all(letter in letters for letter in row["verb"].replace("…", "").replace("、", ""))
        sentence = sentence_of(tables, row["start"])
        before = row["verb"] in _VERB_BEFORE and row["verb"] in text[sentence.start : row["start"]]
        if not inside and not before:
            found = f"{row['pledge_id']}: {row['verb']!r} is not in {row['quote']!r}"
            yield Fault("pledges", row, "verb", found, "write the verb as the passage has it")


@rule("a pledge is coded by the later rubric exactly if corrections.csv says so")
def rubrics_follow_the_corrections(tables: Tables) -> Iterator[Fault]:
    key = ("table", "column")
    last = {
        row["item"]: row["after"]
        for row in tables["corrections"]
        if tuple(row[name] for name in key) == ("pledges", "rubric_version")
    }
    first = min((row["rubric_version"] for row in tables["pledges"]), default="")
    for row in tables["pledges"]:
        due = last.get(row["pledge_id"], first)
        if row["found"] == "coding" and row["rubric_version"] != due:
            found = f"{row['pledge_id']}: {row['rubric_version']}, by corrections.csv {due}"
            yield Fault("pledges", row, "rubric_version", found, f"set it to {due}, or add the correction")
