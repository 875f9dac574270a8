"""What the tables of the panel are held to (codebook, X1 to X9); they are read apart from those of the report.

Their cells are checked by the descriptor: codes, ids, numbers. These rules add what a descriptor cannot say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

from gwr.errors import DataError
from gwr.report.schema import Resource, Row

REPORTS, TARGETS = "panel_reports", "panel_targets"
_CEILINGS = ("cpi", "unemployment_rate")


def panel_faults(resources: Mapping[str, Resource]) -> list[DataError]:
    """Everything that is wrong with the two tables; rules are tried only if every cell could be read."""
    if REPORTS not in resources or TARGETS not in resources:
        return []
    faults: list[DataError] = []
    rows: dict[str, list[Row]] = {}
    for name in (REPORTS, TARGETS):
        try:
            rows[name] = resources[name].read(faults)
        except DataError as fault:
            faults.append(fault)
    if not faults:
        for name, number, column, found, expected, remedy in _broken(rows[REPORTS], rows[TARGETS]):
            faults.append(
                DataError(resources[name].path, found, row=number, column=column, expected=expected, remedy=remedy)
            )
    return faults


_Broken = tuple[str, int, str, str, str, str]
_AGAIN = "make the tables again with 'python -m gwr panel'"


def _broken(reports: list[Row], targets: list[Row]) -> Iterator[_Broken]:
    yield from _in_order(REPORTS, [(row["report_id"],) for row in reports], "report_id")
    yield from _in_order(TARGETS, [(row["report_id"], row["start"]) for row in targets], "start")
    known: dict[str, Row] = {}
    for number, row in enumerate(reports, start=2):
        known[row["report_id"]] = row
        due = "r" + hashlib.sha256(row["path"].encode()).hexdigest()[:10]
        if row["report_id"] != due:
            yield (
                REPORTS,
                number,
                "report_id",
                f"{row['report_id']} for {row['path']}",
                f"{due}, the hash of the path",
                _AGAIN,
            )
    for number, row in enumerate(targets, start=2):
        yield from _row_is_sound(number, row, known.get(row["report_id"]))


def _in_order(table: str, keys: list[tuple[object, ...]], column: str) -> Iterator[_Broken]:
    for number, (one, other) in enumerate(pairwise(keys), start=3):
        if one > other:
            yield table, number, column, "the row stands behind one that it should come before", "rows in order", _AGAIN


def _row_is_sound(number: int, row: Row, report: Row | None) -> Iterator[_Broken]:
    if report is None:
        yield TARGETS, number, "report_id", f"{row['report_id']} is not in reports.csv", "the id of a report", _AGAIN
    elif not 0 <= row["plan_year"] - report["year"] <= 1:
        found = f"the report of {report['year']} is said to plan {row['plan_year']}"
        yield TARGETS, number, "plan_year", found, "its own year or the next", _AGAIN
    if row["start"] >= row["end"]:
        yield TARGETS, number, "end", f"the span {row['start']} to {row['end']} is empty", "end behind start", _AGAIN
    if row["value_high"] is not None and row["value_high"] <= row["value"]:
        yield (
            TARGETS,
            number,
            "value_high",
            f"a range from {row['value']:g} to {row['value_high']:g}",
            "the upper end",
            _AGAIN,
        )
    if (row["kind"] == "target") != (row["status"] == "target"):
        yield (
            TARGETS,
            number,
            "status",
            f"{row['kind']} with status {row['status']}",
            "target for a target alone",
            _AGAIN,
        )
    jobs = row["indicator"] == "new_urban_jobs"
    if (row["unit_zh"] == "人") != jobs:
        yield (
            TARGETS,
            number,
            "unit_zh",
            f"{row['indicator']} in {row['unit_zh']}",
            "人 for jobs, % for the others",
            _AGAIN,
        )
    low, high = (0, 2e7) if jobs else (-6, 40) if row["indicator"] in _CEILINGS else (-80, 200)
    if not low <= row["value"] <= high:
        yield TARGETS, number, "value", f"{row['indicator']} of {row['value']:g}", f"{low:g} to {high:g}", _AGAIN
