"""Rules of judgements.csv, statements.csv and firsts.csv, which one reader judged for single chapters, and of checks.csv."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from gwr.report.rules.registry import Fault, rule
from gwr.report.schema import Row
from gwr.report.tables import Tables

_OF_JUDGEMENTS = ("number", "role", "ids", "code", "code_label", "label", "label_zh", "name", "note", "words")
"""Columns that the frame of a set has of its own, so that no role can be called so."""


@rule("a code means something only where its set says what")
def judgement_codes_are_named(tables: Tables) -> Iterator[Fault]:
    named = {(row["set_id"], row["code"]) for row in tables["judgement_codes"]}
    for row in tables["judgements"]:
        if row["code"] and (row["set_id"], row["code"]) not in named:
            found = f"judgement_codes has no {row['code']!r} for {row['set_id']}"
            yield Fault("judgements", row, "code", found, "correct the code, or add it to judgement_codes.csv")


@rule("a subject is one thing: its rows follow one another, agree on its name, and the subjects of a set count from 1")
def judgement_subjects_are_whole(tables: Tables) -> Iterator[Fault]:
    sets: dict[str, list[int]] = defaultdict(list)
    labels: dict[tuple[str, int], tuple[str, str]] = {}
    first: dict[tuple[str, int], Row] = {}
    for row in tables["judgements"]:
        last = sets[row["set_id"]][-1] if sets[row["set_id"]] else 0
        first.setdefault(_subject(row), row)
        if row["number"] not in (last, last + 1):
            found = f"subject {row['number']} of {row['set_id']} follows subject {last}"
            yield Fault("judgements", row, "number", found, "number the subjects of a set from 1")
        sets[row["set_id"]].append(row["number"])
        label = (row["label_en"], row["label_zh"])
        if labels.setdefault(_subject(row), label) != label:
            found = f"the subject is called {labels[_subject(row)]}, here {label}"
            yield Fault("judgements", row, "label_en", found, "give a subject one name")
        if bool(row["label_en"]) != bool(row["label_zh"]) or bool(row["note_en"]) != bool(row["note_zh"]):
            yield Fault("judgements", row, "label_zh", "a label or a note stands in one language only", "add the other")
        if row["role"] in _OF_JUDGEMENTS:
            yield Fault("judgements", row, "role", f"a role cannot be called {row['role']!r}", "choose another name")
    held = {_subject(row) for row in tables["judgements"] if row["item_ids"] or row["words"]}
    for key in [key for key in labels if key not in held]:
        found = f"subject {key[1]} of {key[0]}: no role has an id or words of the report"
        yield Fault("judgements", first[key], "item_ids", found, "name a figure, a pledge or the words judged")
    for row in tables["judgement_sets"]:
        if row["set_id"] not in sets:
            found = f"no row of judgements belongs to {row['set_id']}"
            yield Fault("judgement_sets", row, "set_id", found, "remove the set, or add its judgements")


@rule("words that a judgement rests on stand in the report")
def judgement_words_stand_in_the_report(tables: Tables) -> Iterator[Fault]:
    for row in tables["judgements"]:
        if row["words"] not in tables.report.text:
            found = f"the report has no {row['words']!r}"
            yield Fault("judgements", row, "words", found, "copy the words from the report")


def _subject(row: Row) -> tuple[str, int]:
    return row["set_id"], row["number"]


@rule("a statement is a figure if and only if it holds a claim, and no claim of a coded section is left out")
def statements_hold_every_claim(tables: Tables) -> Iterator[Fault]:
    coded = {row["section"] for row in tables["statements"]}
    starts = [row["number_start"] for row in tables["claims"] if row["section"] in coded]
    for row in tables["statements"]:
        if (row["kind"] == "figure") != any(row["start"] <= at < row["end"] for at in starts):
            found = f"kind {row['kind']!r}, and a claim stands in it or not the other way round"
            yield Fault("statements", row, "kind", found, "a statement with a claim is a figure, no other is")
    for at in starts:
        if sum(row["start"] <= at < row["end"] for row in tables["statements"]) != 1:
            found = f"the claim at {at} is not in exactly one statement"
            yield Fault("statements", None, "start", found, "let one statement hold it")


_SILENT = re.compile(r"[\s,，;；:：。、]+")


@rule("nothing of a coded section is left out")
def statements_cover_their_sections(tables: Tables) -> Iterator[Fault]:
    text = tables.report.text
    for section in sorted({row["section"] for row in tables["statements"]}):
        part = next(part for part in tables.report.sections if part.section == section)
        at = text.index("。", part.start) + 1  # the heading is no statement
        rows: list[Row | None] = [row for row in tables["statements"] if row["section"] == section]
        for row in [*rows, None]:
            start, end = (part.end, part.end) if row is None else (row["start"], row["end"])
            if start < at:
                yield Fault("statements", row, "start", "it begins before the statement before it ends", "move it")
            elif left := _SILENT.sub("", text[at:start]):
                found = f"section {section}: {left!r} is in no statement"
                yield Fault("statements", row, "start", found, "add a statement, or make one longer")
            at = end


@rule("every statement of part one that something was done first is a row, once")
def firsts_are_all_of_part_one(tables: Tables) -> Iterator[Fault]:
    past = tables.report.text[: next(part.start for part in tables.report.sections if part.section == "2.0")]
    found = [match.start() for match in re.finditer("首创|首个|首家|率先|创新实行", past)]
    for at in found:
        if sum(row["start"] <= at < row["end"] for row in tables["firsts"]) != 1:
            words = f"{past[at - 4 : at + 6]!r} at {at} is not in exactly one row"
            yield Fault("firsts", None, "start", words, "add a row, or remove the second")
    for row in tables["firsts"]:
        if not any(row["start"] <= at < row["end"] for at in found):
            yield Fault("firsts", row, "quote", "none of the words that say so stands in it", "remove the row")


@rule("the codes of a set are counted from 1 without a gap, in the order in which a page shows them")
def codes_are_numbered(tables: Tables) -> Iterator[Fault]:
    last: dict[str, int] = {}
    for row in tables["judgement_codes"]:
        before = last.get(row["set_id"], 0)
        if row["number"] != before + 1:
            found = f"{row['set_id']}: {row['number']} follows {before}"
            yield Fault("judgement_codes", row, "number", found, f"set it to {before + 1}, or move the row")
        last[row["set_id"]] = row["number"]


@rule("a role is one of its set: a word that stands in one row only is mistyped")
def roles_are_shared(tables: Tables) -> Iterator[Fault]:
    roles = Counter((row["set_id"], row["role"]) for row in tables["judgements"])
    rows = Counter(row["set_id"] for row in tables["judgements"])
    for row in tables["judgements"]:
        if row["role"] and roles[row["set_id"], row["role"]] == 1 and rows[row["set_id"]] > 3:
            found = f"{row['set_id']}: no other row has the role {row['role']}"
            yield Fault("judgements", row, "role", found, "write the role as in the other rows of the set")


@rule("the checks of one topic stand together, as the audit shows them")
def checks_stand_by_topic(tables: Tables) -> Iterator[Fault]:
    seen: set[str] = set()
    for row, following in pairwise(tables["checks"]):
        seen.add(row["topic"])
        if following["topic"] != row["topic"] and following["topic"] in seen:
            found = f"{following['check_id']}: {following['topic']} begins again"
            yield Fault("checks", following, "topic", found, "correct the topic, or move the row")
