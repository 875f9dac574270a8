"""Rules of the two readings, of what was decided between them, and of what was corrected or added afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from gwr.errors import DataError
from gwr.report.readings import COMPARED, as_adjudicated, corrections_of, disagreements
from gwr.report.rules.claim_rules import parse_numeral
from gwr.report.rules.registry import Fault, rule
from gwr.report.schema import Row
from gwr.report.tables import Tables

ITEMS = {
    "units": "unit",
    "claims": "claim_id",
    "not_claims": "start",
    "places": "mention_id",
    "pledges": "pledge_id",
    "emendations": "emendation_id",
    "organisations": "org_id",
    "outcomes": "fact_id",
    "glossary": "term_zh",
    "gazetteer": "place_id",
}
"""The tables whose corrections are kept, each with the column that names a row."""

LATE = ("claims", "places", "pledges")
"""The tables that say of each row whether it was found later."""

# What both readings of a claim hold beside the variables that were compared: where it stands.
_POSITION = {"claims": ("section", "number_start", "number_end"), "pledges": ()}


def _by_item(tables: Tables, table: str) -> dict[str, Row]:
    return {str(row[ITEMS[table]]): row for row in tables[table]}


@rule("what was decided stands in the tables, unless a later correction says otherwise")
def decisions_stand_in_tables(tables: Tables) -> Iterator[Fault]:
    final = {table: _by_item(tables, table) for table in COMPARED}
    read = {row["claim_id"]: row["number_start"] for row in tables["first_reading_claims"]}
    for row in tables["adjudication"]:
        item, column = row["item"], row["variable"]
        stands = final[row["table"]].get(item)
        if stands is not None:
            pledge = row["table"] == "pledges"
            start = as_adjudicated(tables, "pledges", stands, "start") if pledge else read.get(item)
            if start != row["start"]:
                found = f"{item} of {row['table']} stands at {start}, the cell has {row['start']}"
                yield Fault("adjudication", row, "item", found, "correct the id or the offset")
        if column not in COMPARED[row["table"]]:
            yield Fault(
                "adjudication", row, "variable", f"{column!r} is not compared", "name the variable that differs"
            )
        elif stands is None:
            if not _kept(tables, row["table"], item, "removed"):
                found = f"there is no {item!r} in {row['table']}"
                yield Fault("adjudication", row, "item", found, "correct the id")
        elif str(as_adjudicated(tables, row["table"], stands, column)) != row["final"]:
            found = f"{item} has {stands[column]!r} as {column}, decided was {row['final']!r}"
            yield Fault("adjudication", row, "final", found, CORRECT)


CORRECT = "bring the decided value back, or add a row to corrections.csv"


@rule("every disagreement of the two readings is decided in the open, and nothing else was changed")
def disagreements_are_adjudicated(tables: Tables) -> Iterator[Fault]:
    rows = {
        (row["table"], row["start"], row["variable"], row["first"], row["second"]): row
        for row in tables["adjudication"]
    }
    found = Counter((case.table, case.start, case.variable, case.first, case.second) for case in disagreements(tables))
    for table, start, variable, first, second in found - Counter(rows.keys()):
        what = f"the decision on {variable} at {start} of {table} ({first!r} or {second!r}) is missing"
        yield Fault("adjudication", None, "", what, "add the row, or bring the reading back as it was handed in")
    for key in Counter(rows.keys()) - found:
        what = f"the readings do not differ by {key[3]!r} and {key[4]!r} in {key[2]} at {key[1]} of {key[0]}"
        yield Fault("adjudication", rows[key], "start", what, "bring the reading, or this row, back as it was")


@rule("a value that nobody disputed is the one both readers wrote, unless a correction says otherwise")
def undisputed_values_stand(tables: Tables) -> Iterator[Fault]:
    settled = {(row["table"], row["item"], row["variable"]) for row in tables["adjudication"]}
    for table in COMPARED:
        item = ITEMS[table]
        first = {row[item]: row for row in tables[f"first_reading_{table}"]}
        for row in tables[table]:
            read = first.get(row[item])
            if read is None:
                continue  # found later: see late_rows_are_marked
            for variable in (*COMPARED[table], *_POSITION[table]):
                known = (table, row[item], variable) in settled
                if not known and as_adjudicated(tables, table, row, variable) != read[variable]:
                    found = f"{row[item]}: {variable} is {row[variable]!r}, both readers wrote {read[variable]!r}"
                    yield Fault(table, row, variable, found, CORRECT)


@rule(
    "the readings are kept as they were handed in: what was found later is marked, and what both coded does not vanish"
)
def late_rows_are_marked(tables: Tables) -> Iterator[Fault]:
    for table in LATE:
        for row in tables[table]:
            item = row[ITEMS[table]]
            added = _kept(tables, table, item, "added")
            if (row["found"] == "later") != bool(added):
                found = f"{item}: found is {row['found']}, and corrections.csv has {'a' if added else 'no'} row for it"
                yield Fault(
                    table, row, "found", found, "set found to later and add a row with change 'added', or neither"
                )
    for table in COMPARED:
        item = ITEMS[table]
        read = {row[item]: row for row in tables[f"first_reading_{table}"]}
        for row in tables[table]:
            if (row["found"] == "later") == (row[item] in read):
                be = "is" if row[item] in read else "is not"
                found = f"{row[item]}: it {be} in the readings, and found is {row['found']}"
                yield Fault(table, row, "found", found, "give a row that was found later an id that no row ever had")
        present = {row[item] for row in tables[table]}
        for key, row in read.items():
            if key not in present and not _kept(tables, table, key, "removed"):
                found = f"{key} is in the readings and not in {table}.csv"
                remedy = "bring the row back, or add a row with change 'removed' to corrections.csv"
                yield Fault(f"first_reading_{table}", row, item, found, remedy)


def _kept(tables: Tables, table: str, item: str, kind: str) -> list[Row]:
    """The corrections of one kind for one row."""
    return [row for row in corrections_of(tables, table, item) if row["change"] == kind]


@rule("a correction says what stood there and what stands there now, and the table agrees")
def corrections_stand(tables: Tables) -> Iterator[Fault]:
    last: dict[tuple[str, str, str], Row] = {}
    rows = {table: _by_item(tables, table) for table in {row["table"] for row in tables["corrections"]} & ITEMS.keys()}
    for row in tables["corrections"]:
        table, item, column, kind = row["table"], row["item"], row["column"], row["change"]
        present = item in rows[table]
        if kind == "added" and table in LATE and not present and not _kept(tables, table, item, "removed"):
            yield Fault("corrections", row, "item", f"{item} was added to {table} and is not there", "correct the id")
        if kind == "removed" and present:
            yield Fault("corrections", row, "item", f"{item} was removed from {table} and is there", "correct the id")
        if kind in ("changed", "kept"):
            if column not in {field.name for field in tables.resources[table].fields}:
                yield Fault("corrections", row, "column", f"{table} has no column {column!r}", "correct the name")
            else:
                yield from _broken_chain(row, last.get((table, item, column)))
                last[table, item, column] = row
        elif column or row["before"] or row["after"]:
            found = f"a row that was {kind}, with a column, before or after"
            yield Fault("corrections", row, "column", found, "leave the three empty: the whole row is meant")
    for (table, item, column), row in last.items():
        stands = rows[table].get(item)
        if stands is None:
            if not _kept(tables, table, item, "removed"):
                yield Fault("corrections", row, "item", f"there is no {item!r} in {table}", "correct the id")
        elif not _same(tables, table, column, row["after"], stands):
            found = f"{item}: {column} was set to {row['after']!r} and is {stands[column]!r}"
            yield Fault("corrections", row, "after", found, "correct the one that is wrong")


def _broken_chain(row: Row, earlier: Row | None) -> Iterator[Fault]:
    if (row["before"] == row["after"]) != (row["change"] == "kept"):
        alike = "the same" if row["before"] == row["after"] else "not the same"
        found = f"a value that was {row['change']}, and before and after are {alike}"
        yield Fault("corrections", row, "after", found, "set change to kept if the value stays, to changed if not")
    if earlier is not None and earlier["after"] != row["before"]:
        found = f"the correction before left {earlier['after']!r}, this one found {row['before']!r}"
        yield Fault("corrections", row, "before", found, "keep the rows in the order in which they were made")


def _same(tables: Tables, table: str, column: str, text: str, row: Mapping[str, Any]) -> bool:
    try:
        return bool(tables.resources[table].convert(column, text) == row[column])
    except DataError:
        return False


@rule("a reader copied the numeral that the value was read from")
def readings_hold_their_numeral(tables: Tables) -> Iterator[Fault]:
    for reading in ("first", "second"):
        table = f"{reading}_reading_claims"
        for row in tables[table]:
            written = tables.report.text[row["number_start"] : row["number_end"]]
            try:
                values = parse_numeral(written)
            except ValueError:
                values = (-1.0, None)
            if values != (row["value"], row["value_high"]):
                found = f"{written!r} at {row['number_start']} is not {row['value']:g}"
                yield Fault(table, row, "number_end", found, "bring the reading back as it was handed in")


_NUMBERED = ("places", "emendations", "organisations", "outcomes")  # ids of the others stand in the readings too


@rule("ids are permanent: those given when the report was coded are counted without a gap, unless a row was removed")
def ids_leave_no_gap(tables: Tables) -> Iterator[Fault]:
    for table in _NUMBERED:
        column = ITEMS[table]
        changes = [row for row in tables["corrections"] if row["table"] == table]
        coded = {row[column] for row in tables[table]} | {row["item"] for row in changes if row["change"] == "removed"}
        coded -= {row["item"] for row in changes if row["change"] == "added"}
        numbers = {int(item[1:]) for item in coded}
        for row in tables[table]:
            if row[column] in coded and int(row[column][1:]) > len(coded):
                gap = next(number for number in range(1, len(coded) + 2) if number not in numbers)
                found = f"{row[column]}: there are {len(coded)} rows, and no number {gap}"
                yield Fault(
                    table, row, column, found, "bring the id back, or note in corrections.csv that the row was added"
                )


@rule("corrections are numbered and dated in the order in which they were made")
def corrections_are_in_order(tables: Tables) -> Iterator[Fault]:
    last = ""
    for number, row in enumerate(tables["corrections"], start=1):
        if row["correction_id"] != f"k{number:03}":
            found = f"{row['correction_id']} in place {number}"
            yield Fault("corrections", row, "correction_id", found, f"set it to k{number:03}")
        if row["date"] < last:
            yield Fault("corrections", row, "date", f"{row['date']} after {last}", "put the newest correction last")
        last = row["date"]
