"""Rules of the tables that set the report beside those of city, province and State Council."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables

_YEAR = re.compile(r"/(\d{4})(-\d\d)?\.md$")
_REMEDY = "run 'python -m gwr beside' with the collection of reports, then 'python -m gwr seal'"


def _year(path: str) -> int:
    found = _YEAR.search(path)
    return int(found[1]) if found else 0


@rule(
    "a shared run is as long in the report as in its source, lies in one clause of its section, and is dated by its source"
)
def runs_stand_in_the_report(tables: Tables) -> Iterator[Fault]:
    sections = {section.section: section for section in tables.report.sections}
    for row in tables["inherited_wording"]:
        start, end = row["report_start"], row["report_end"]
        home = sections[row["section"]]
        words = tables.report.text[start:end]
        if not end - start == row["source_end"] - row["source_start"] == row["length"]:
            yield Fault("inherited_wording", row, "length", f"{row['run_id']}: lengths differ", _REMEDY)
        if not (home.start <= start and end <= home.end and re.fullmatch(r"[\u3400-\u9fff]+", words)):
            yield Fault("inherited_wording", row, "report_start", f"{row['run_id']}: the report has {words!r}", _REMEDY)
        if row["year"] != _year(row["source"]) or (row["side"] == "after") != (row["year"] >= 2022):
            yield Fault("inherited_wording", row, "side", f"{row['run_id']}: {row['year']}, {row['side']}", _REMEDY)


@rule("what is shared is part of the section, and every report is compared with every section of part two")
def wording_shares_are_whole(tables: Tables) -> Iterator[Fault]:
    for row in tables["wording_shares"]:
        if row["shared"] > row["characters"]:
            found = f"{row['source']}, {row['section']}: {row['shared']} of {row['characters']}"
            yield Fault("wording_shares", row, "shared", found, _REMEDY)
        if row["year"] != _year(row["source"]):
            yield Fault("wording_shares", row, "year", f"{row['source']}: {row['year']}", _REMEDY)
    codes = {row["section"] for row in tables["wording_shares"]}
    for source in sorted({row["source"] for row in tables["wording_shares"]}):
        if lost := codes - {row["section"] for row in tables["wording_shares"] if row["source"] == source}:
            yield Fault("wording_shares", None, "section", f"{source}: no row for {sorted(lost)}", _REMEDY)


@rule("an expected figure is of the year before its report, and what is later comes from a later report")
def revisions_come_later(tables: Tables) -> Iterator[Fault]:
    for row in tables["expected_revisions"]:
        name, first, later = row["revision_id"], _year(row["source"]), _year(row["later_source"])
        if row["year"] != first - 1 or later <= first:
            found = f"{name}: {row['year']}, from the reports of {first} and {later}"
            yield Fault("expected_revisions", row, "year", found, "write the year that the first report looks back on")
        if (row["route"] == "growth") != (row["later_growth"] is not None) or (
            row["route"] == "growth" and later != first + 1
        ):
            found = f"{name}: {row['route']} with growth {row['later_growth']}, reports of {first} and {later}"
            yield Fault("expected_revisions", row, "route", found, "growth needs the next year's report and its rate")


@rule("a topic is counted in the same reports as every other, and in the district's as often as its terms stand there")
def silences_are_counted(tables: Tables) -> Iterator[Fault]:
    for row in tables["silences"]:
        if (row["count"] == 0) != (row["first_start"] is None):
            found = f"{row['topic_id']}, {row['level']}: {row['count']} times, first at {row['first_start']}"
            yield Fault("silences", row, "count", found, _REMEDY)
        terms = "|".join(map(re.escape, sorted(row["terms"].split(";"), key=len, reverse=True)))
        if row["level"] == "district" and len(re.findall(terms, tables.report.text)) != row["count"]:
            yield Fault("silences", row, "count", f"{row['topic_id']}: not {row['count']} times", _REMEDY)
    levels = {row["level"] for row in tables["silences"]}
    for topic in sorted({row["topic_id"] for row in tables["silences"]}):
        if lost := levels - {row["level"] for row in tables["silences"] if row["topic_id"] == topic}:
            yield Fault("silences", None, "level", f"{topic}: no row for {sorted(lost)}", _REMEDY)


@rule("a first place of a topic is as long as one of its terms")
def topics_are_found_by_a_term(tables: Tables) -> Iterator[Fault]:
    for row in tables["silences"]:
        if row["first_start"] is not None and row["first_end"] is not None:
            length = row["first_end"] - row["first_start"]
            if length not in {len(term) for term in row["terms"].split(";")}:
                found = f"{row['topic_id']}: {row['first_start']} to {row['first_end']}"
                yield Fault("silences", row, "first_start", found, _REMEDY)


FARTHEST = 1.5
"""An expected figure that is farther from the later one, up or down, is a slip of the pen: the farthest known is 1.23."""


@rule("a later figure, less the growth of its year, is of the size of the one that was expected")
def revisions_are_of_one_size(tables: Tables) -> Iterator[Fault]:
    for row in tables["expected_revisions"]:
        later = row["later_value"] / (1 + (row["later_growth"] or 0) / 100)
        if not 1 / FARTHEST < row["value"] / later < FARTHEST:
            found = f"{row['revision_id']}: {row['value']}, later {later:.2f}"
            yield Fault("expected_revisions", row, "value", found, "compare both figures with their sentences")
