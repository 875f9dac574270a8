"""The two independent readings of claims and pledges, put side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from gwr.errors import DataError
from gwr.report.schema import Row
from gwr.report.tables import Tables

COMPARED: dict[str, tuple[str, ...]] = {
    "claims": ("value", "value_high", "unit_zh", "comparator", "measure", "period", "status"),
    "pledges": ("strength", "quantitative", "deadline"),
}
"""The variables that both readers coded, by table."""

KEYS = {"claims": "number_start", "pledges": "pledge_id"}
"""What says that two rows are about the same thing: a claim is its numeral, a pledge its segment."""


class Disagreement(NamedTuple):
    """One variable of one item on which the readers differ; ``unit`` if only one of them saw a quantity."""

    table: str
    start: int
    variable: str
    first: str
    second: str


def paired_codes(tables: Tables, table: str, variable: str) -> list[tuple[Any, Any]]:
    """What the first and the second reader wrote, for each item that both coded."""
    key = KEYS[table]
    second = {row[key]: row[variable] for row in tables[f"second_reading_{table}"]}
    return [(row[variable], second[row[key]]) for row in tables[f"first_reading_{table}"] if row[key] in second]


def seen_by(tables: Tables, table: str) -> tuple[set[Any], set[Any]]:
    """The items that each of the two readers coded."""
    key = KEYS[table]
    return (
        {row[key] for row in tables[f"first_reading_{table}"]},
        {row[key] for row in tables[f"second_reading_{table}"]},
    )


def corrections_of(tables: Tables, table: str, item: str) -> list[Row]:
    """The rows of corrections.csv about one row of a table, the oldest first."""
    return [row for row in tables["corrections"] if row["table"] == table and row["item"] == item]


def as_adjudicated(tables: Tables, table: str, row: Row, column: str) -> Any:
    """What a cell of claims.csv or pledges.csv held when the two readings were settled, before any later correction."""
    item = row["claim_id" if table == "claims" else "pledge_id"]
    for correction in corrections_of(tables, table, item):
        if correction["change"] == "changed" and correction["column"] == column:
            try:
                return tables.resources[table].convert(column, correction["before"])
            except DataError:  # whoever compares it finds the fault, and names the row
                return correction["before"]
    return row[column]


def disagreements(tables: Tables) -> Iterator[Disagreement]:
    """Everything on which the two readings differ, table by table, in reading order."""
    starts = {row["pledge_id"]: as_adjudicated(tables, "pledges", row, "start") for row in tables["pledges"]}
    for table, variables in COMPARED.items():
        key = KEYS[table]
        first = {row[key]: row for row in tables[f"first_reading_{table}"]}
        second = {row[key]: row for row in tables[f"second_reading_{table}"]}
        for item in sorted(first.keys() | second.keys()):
            start = int(starts.get(item, -1)) if table == "pledges" else item  # -1: the pledge was removed
            one, two = first.get(item), second.get(item)
            if one is None or two is None:
                yield Disagreement(table, start, "unit", "yes" if one else "no", "yes" if two else "no")
                continue
            for variable in variables:
                if one[variable] != two[variable]:
                    yield Disagreement(table, start, variable, str(one[variable]), str(two[variable]))
