"""Rules of every table that points into the report: the right section, reading order, words that stand where it is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables


@rule("a row in the wrong section is counted in the wrong chapter")
def sections_match_offsets(tables: Tables) -> Iterator[Fault]:
    starts = [section.start for section in tables.report.sections]
    for name, rows in tables.items():
        for row in rows:
            start = row.get("start", row.get("number_start"))
            if start is None or "section" not in row:
                continue
            section = tables.report.sections[bisect_right(starts, start) - 1].section
            if section != row["section"]:
                found = f"offset {start} lies in section {section}, the cell has {row['section']}"
                yield Fault(name, row, "section", found, f"set section to {section}")


_ORDER = {
    "claims": ("start", "number_start"),
    "not_claims": ("start",),
    "places": ("start", "name_start"),
    "pledges": ("start",),
    "emendations": ("start",),
    "organisations": ("start",),
    "glossary": ("first_start",),
    "first_reading_claims": ("number_start",),
    "second_reading_claims": ("number_start",),
}


@rule("rows stand in reading order; ids say nothing about it, so that a row found later gets any unused one")
def rows_are_in_order(tables: Tables) -> Iterator[Fault]:
    for name, columns in _ORDER.items():
        for row, following in pairwise(tables[name]):
            if [row[column] for column in columns] > [following[column] for column in columns]:
                found = f"it stands in the report before the row above it ({columns[-1]} {following[columns[-1]]})"
                yield Fault(name, following, columns[0], found, "move the row, or correct its offsets")


@rule("a reading puts lost characters back: it differs from the passage and takes nothing away")
def readings_only_insert(tables: Tables) -> Iterator[Fault]:
    for row in tables["emendations"]:
        rest = iter(row["reading"])
        if row["reading"] == row["passage"] or not all(character in rest for character in row["passage"]):
            found = f"{row['emendation_id']}: {row['reading']!r} is not {row['passage']!r} with more"
            yield Fault("emendations", row, "reading", found, "keep every character of the passage, in its order")
    for row, following in pairwise(tables["emendations"]):
        if row["end"] > following["start"]:
            found = f"{following['emendation_id']} overlaps {row['emendation_id']}"
            yield Fault("emendations", following, "start", found, "shorten one of the two passages")


@rule("a term of the glossary is found where the glossary says")
def terms_occur(tables: Tables) -> Iterator[Fault]:
    text = tables.report.text
    for row in tables["glossary"]:
        term = row["term_zh"]
        if not text.startswith(term, row["first_start"]):
            at = text.find(term)
            remedy = f"set first_start to {at}" if at >= 0 else "write the term as the report does"
            yield Fault("glossary", row, "first_start", f"{term} does not stand at {row['first_start']}", remedy)
        # Fewer mentions than occurrences: the characters may meet by chance, as 力争 in 全力争取.
        if row["mentions"] > text.count(term):
            found = f"{term} stands {text.count(term)} times, not {row['mentions']}"
            yield Fault("glossary", row, "mentions", found, f"set mentions to at most {text.count(term)}")
