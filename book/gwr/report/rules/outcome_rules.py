"""Rules of what happened later: what answers a pledge, and that nothing promised is left out (codebook, F3 to F9)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule, sentence_of
from gwr.report.schema import Row
from gwr.report.tables import Tables

SETTLED = ("kept", "exceeded", "missed")
"""The answers that end a promise; ``open`` and ``context`` do not."""

_POINTER = ("source_path", "source_sha256", "source_start", "source_end")
_LEVELS = (
    ("district", r"台江区.*"),
    ("city", "福州市"),
    ("province", "福建省"),
    ("nation", "全国"),
    ("peer", "福州市.+"),
)
_YEAR = re.compile(r"/(\d{4})\.md$")


def _report_year(row: Row) -> int:
    found = _YEAR.search(row["source_path"])
    return int(found[1]) if found else 0


@rule("a fact has its words or says where they stand, and a place in the corpus is given whole")
def facts_say_where_they_stand(tables: Tables) -> Iterator[Fault]:
    for row in tables["outcomes"]:
        given = [row[column] not in ("", None) for column in _POINTER]
        if any(given) != all(given):
            found = f"{row['fact_id']}: path, checksum and offsets do not go together"
            yield Fault("outcomes", row, "source_path", found, "fill in all four or none")
        elif all(given) and row["source_start"] >= row["source_end"]:
            found = f"{row['fact_id']}: it ends at {row['source_end']} and begins at {row['source_start']}"
            yield Fault("outcomes", row, "source_end", found, "give the start first, then the end, which is exclusive")
        if not (row["quote"] or row["source_path"]) or not (row["source"] or row["source_path"]):
            found = f"{row['fact_id']}: no quotation and no place in the corpus, or no source"
            yield Fault("outcomes", row, "quote", found, "quote the page, or give the report and the offsets")
    for table in ("first_reading_outcomes", "second_reading_outcomes"):
        for row in tables[table]:
            if row["start"] >= row["end"]:
                yield Fault(table, row, "end", f"{row['start']} to {row['end']}", "bring the reading back as it was")


@rule("a list of targets is quoted to its full stop, so that the next target is not cut off")
def target_lists_are_quoted_whole(tables: Tables) -> Iterator[Fault]:
    for row in tables["outcomes"]:
        if row["status"] == "target" and row["quote"] and row["source_path"] and not row["quote"].endswith("。"):
            found = f"{row['fact_id']}: the quotation ends with {row['quote'][-8:]!r}"
            yield Fault("outcomes", row, "quote", found, "quote the sentence to its full stop")


@rule(
    "the level is that of the place, and a work report tells results of the years before it and plans of those to come"
)
def levels_and_years_fit(tables: Tables) -> Iterator[Fault]:
    for row in tables["outcomes"]:
        due = next((level for level, place in _LEVELS if re.fullmatch(place, row["place"])), "")
        if row["level"] != due:
            found = f"{row['fact_id']}: {row['place']} is {due or 'no place known'}, the cell has {row['level']}"
            yield Fault("outcomes", row, "level", found, f"set it to {due}" if due else "correct the place")
        year, last = _report_year(row), int(row["period"][-4:])
        if "政府工作报告" in row["source_path"] and (last >= year) != (row["status"] in ("target", "plan")):
            found = f"{row['fact_id']}: {row['status']} of {row['period']}, told in {year}"
            yield Fault("outcomes", row, "status", found, "correct the status or the period")


@rule("only a statement on the same thing in the district answers, no weak source settles, and no goal is missed early")
def answers_follow_the_rule(tables: Tables) -> Iterator[Fault]:
    pledges = {row["pledge_id"]: row["deadline"] for row in tables["pledges"]}
    periods = {row["claim_id"]: row["period"][-4:] for row in tables["claims"]}
    last = max((_report_year(row) for row in tables["outcomes"]), default=0)
    for row in tables["outcomes"]:
        name, answer = row["fact_id"], row["answer"]
        if row["relation"] == "inferred" and not row["note"]:
            yield Fault("outcomes", row, "note", f"{name}: inferred, and no note says from what", "say it (F5)")
        if (row["relation"] == "other_level") and row["level"] == "district":
            yield Fault("outcomes", row, "relation", f"{name}: the district is no other level", "same or inferred")
        if answer == "context":
            continue
        if row["level"] != "district" or row["relation"] not in ("same", "inferred"):
            found = f"{name}: {answer}, of level {row['level']} and relation {row['relation']}"
            yield Fault("outcomes", row, "answer", found, "set it to context (F4)")
        if answer in SETTLED:
            due = pledges.get(row["pledge_id"]) or periods.get(row["claim_id"], "")
            if row["trust"] == "weak":
                yield Fault("outcomes", row, "answer", f"{name}: {answer} by a weak source", "set it to open (F8)")
            if due.isdigit() and int(due) >= last:
                yield Fault("outcomes", row, "answer", f"{name}: {answer}, due {due}", "set it to open (F7)")


@rule("an answer from a work report is one that a reader gave for the same sentence")
def answers_stand_in_a_reading(tables: Tables) -> Iterator[Fault]:
    read = {
        (row["path"], row["end"], row["item"], row["answer"])
        for name in ("first", "second")
        for row in tables[f"{name}_reading_outcomes"]
    }
    for row in tables["outcomes"]:
        if row["answer"] == "context" or not row["source_path"]:
            continue
        keys = [(row["source_path"], row["source_end"], row[key], row["answer"]) for key in ("pledge_id", "claim_id")]
        if not any(key in read for key in keys):
            found = f"{row['fact_id']}: no reader wrote {row['answer']} for this sentence"
            yield Fault("outcomes", row, "answer", found, "bring the answer of a reader back")


@rule("every figure and every firm or anticipatory pledge of part two is either answered or listed as searched")
def promises_are_answered_or_searched(tables: Tables) -> Iterator[Fault]:
    answered = {row[key] for row in tables["outcomes"] if row["answer"] in SETTLED for key in ("claim_id", "pledge_id")}
    searched = {row["item"]: row for row in tables["outcome_searches"]}
    ahead = [("claims", "claim_id", row) for row in tables["claims"] if row["section"] >= "2"]
    ahead += [("pledges", "pledge_id", row) for row in tables["pledges"] if row["strength"] in ("firm", "anticipatory")]
    for table, key, row in ahead:
        if row[key] not in answered and row[key] not in searched:
            found = f"{row[key]} has no answer and is not in outcome_searches.csv"
            yield Fault(
                table, row, key, found, "search the later reports for it and add the row that says what was read"
            )
    for item, row in searched.items():
        if item in answered and row["answer"] == "open":
            found = f"{item} is answered in outcomes.csv and listed as open"
            yield Fault("outcome_searches", row, "item", found, "take the row out, or correct the answer")


@rule("a search names a thing that exists and counts what the two readers marked for it")
def searches_count_the_readings(tables: Tables) -> Iterator[Fault]:
    keys = (("claims", "claim_id"), ("pledges", "pledge_id"), ("gazetteer", "place_id"))
    known = {row[key] for table, key in keys for row in tables[table]}
    marked = {name: Counter(row["item"] for row in tables[f"{name}_reading_outcomes"]) for name in ("first", "second")}
    for row in tables["outcome_searches"]:
        if row["item"] not in known:
            found = f"{row['item']!r} is no claim, pledge or place"
            yield Fault("outcome_searches", row, "item", found, "correct the id")
        for name, counted in marked.items():
            if row[f"{name}_hits"] != counted[row["item"]]:
                found = f"{row['item']}: {counted[row['item']]} sentences in the {name} reading"
                yield Fault("outcome_searches", row, f"{name}_hits", found, f"set it to {counted[row['item']]}")


@rule("what a city or a province reached answers no promise of the district, in either reading")
def readings_answer_by_level(tables: Tables) -> Iterator[Fault]:
    for table in ("first_reading_outcomes", "second_reading_outcomes"):
        for row in tables[table]:
            if row["answer"] != "context" and row["level"] != "district":
                found = f"{row['item']}: {row['answer']} by a fact of the {row['level']}"
                yield Fault(table, row, "answer", found, "bring the reading back as it was")


@rule("the kind of what was searched follows from what it is")
def searches_have_their_kind(tables: Tables) -> Iterator[Fault]:
    sections = {row["claim_id"]: row["section"] for row in tables["claims"]}
    pledges = {row["pledge_id"] for row in tables["pledges"]}
    for row in tables["outcome_searches"]:
        section = sections.get(row["item"], "")
        kind = "pledge" if row["item"] in pledges else "place"
        if section:
            kind = "figure" if section[0] == "2" else "headline" if section == "1.0" else "five_years"
        if row["kind"] != kind:
            yield Fault("outcome_searches", row, "kind", f"{row['item']}: {row['kind']}", f"set it to {kind}")


_COUNTED = re.compile(r"(.+?) (\d+/\d+/\d+)")


@rule("a term that was searched for belongs to the thing, and was found as often for one thing as for another")
def searches_agree_on_their_terms(tables: Tables) -> Iterator[Fault]:
    words = {row["claim_id"]: row["quote"] + row["indicator_zh"] for row in tables["claims"]}
    text = tables.report.text
    for row in tables["pledges"]:  # with the clauses before it, which it may only sum up
        part = sentence_of(tables, row["start"])
        words[row["pledge_id"]] = text[part.start : part.end] + row["quote"]
    words |= {row["place_id"]: row["name_zh"] for row in tables["gazetteer"]}
    counts: dict[str, str] = {}
    for row in tables["outcome_searches"]:
        terms = [_COUNTED.fullmatch(part) for part in row["terms"].split("; ")]
        if None in terms:
            yield Fault("outcome_searches", row, "terms", repr(row["terms"]), "write 'term n/n/n; term n/n/n'")
            continue
        found = {term[1]: term[2] for term in terms if term}
        for term, count in found.items():
            if counts.setdefault(term, count) != count:
                said = f"{row['item']}: {term} {count}, elsewhere {counts[term]}"
                yield Fault("outcome_searches", row, "terms", said, "count it again and correct the row that differs")
        if not any(set(term) & set(words.get(row["item"]) or term) for term in found):
            said = f"{row['item']}: no letter of {'; '.join(found)} is in its words"
            yield Fault("outcome_searches", row, "terms", said, "search for the words of the thing itself")


@rule("what was found nearest bears on the thing; nothing found means none, found elsewhere means some")
def searches_name_what_is_nearest(tables: Tables) -> Iterator[Fault]:
    facts = {row["fact_id"]: row for row in tables["outcomes"]}
    kin: dict[str, set[str]] = {}
    for row in tables["pledges"]:
        family = {row["pledge_id"], *filter(None, f"{row['claim_ids']};{row['baseline_claim_ids']}".split(";"))}
        for item in family:
            kin.setdefault(item, set()).update(family)
    for row in tables["outcome_searches"]:
        item, nearest = row["item"], [name for name in row["nearest"].split(";") if name]
        if (row["reason"] == "nothing" and nearest) or (
            row["reason"] in ("other_level", "not_settled") and not nearest
        ):
            found = f"{item}: {row['reason']}, nearest {row['nearest']!r}"
            yield Fault(
                "outcome_searches", row, "reason", found, "name the nearest facts, or say that there is nothing"
            )
        for name in nearest:
            fact = facts.get(name)
            bears = fact and {fact[key] for key in ("claim_id", "pledge_id", "place_id")} & {
                item,
                *kin.get(item, set()),
            }
            if not bears:
                found = f"{item}: {name} {'bears on something else' if fact else 'is no fact'}"
                yield Fault(
                    "outcome_searches", row, "nearest", found, "name a fact of outcomes.csv about the same thing"
                )
