"""What the places of the panel and the sample read by hand are held to, besides what their descriptors say of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gwr.errors import DataError
from gwr.report.schema import Resource, Row

_TABLES = ("panel_reports", "panel_places", "panel_sample", "panel_readings")
_READ = ("plan_year", "value", "value_high", "comparator", "status")


def panel_sample_faults(resources: Mapping[str, Resource]) -> list[DataError]:
    """Everything that is wrong with the places, the sample and its readings; rules are tried only if every cell could be read."""
    if any(name not in resources for name in _TABLES):
        return []
    faults: list[DataError] = []
    rows = {name: resources[name].read(faults) for name in _TABLES}
    if not faults:
        for name, number, column, found, expected in _broken(rows):
            faults.append(
                DataError(
                    resources[name].path,
                    found,
                    row=number,
                    column=column,
                    expected=expected,
                    remedy="correct the row; readings are kept as they were handed in",
                )
            )
    return faults


def _broken(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, int, str, str, str]]:
    reports = {row["report_id"]: row for row in rows["panel_reports"]}
    levels = {row["place"]: row["level"] for row in rows["panel_places"]}
    for number, row in enumerate(rows["panel_reports"], start=2):
        if levels.get(row["place"]) != row["level"]:
            yield "panel_reports", number, "place", f"{row['place']} is no {row['level']}", "a place of places.csv"
    for number, row in enumerate(rows["panel_places"], start=2):
        if (levels.get(row["province"]) == "province") != (row["level"] == "city"):
            yield "panel_places", number, "province", repr(row["province"]), "the province of a city, else nothing"
    yield from _scattered(rows["panel_places"])
    for number, row in enumerate(rows["panel_sample"], start=2):
        report = reports.get(row["report_id"])
        if report is None or (report["path"], report["sha256"]) != (row["path"], row["sha256"]):
            yield (
                "panel_sample",
                number,
                "sha256",
                "no such report in reports.csv",
                "path and checksum of its row there",
            )
    yield from _broken_readings(rows["panel_readings"], {row["report_id"] for row in rows["panel_sample"]})


def _scattered(places: list[Row]) -> Iterator[tuple[str, int, str, str, str]]:
    """The cities of a province stand together, so that one that stands elsewhere has the province of another."""
    seen: list[str] = []
    for number, row in enumerate(places, start=2):
        if (province := row["province"]) and province != (seen or [""])[-1]:
            if province in seen:
                yield (
                    "panel_places",
                    number,
                    "province",
                    f"{row['place']} of {province}",
                    "the province of the row above",
                )
            seen.append(province)


def _broken_readings(readings: list[Row], sample: set[str]) -> Iterator[tuple[str, int, str, str, str]]:
    handed_in: dict[tuple[str, str, str], list[tuple[object, ...]]] = {}
    for row in readings:
        if row["reading"] != "settled":
            key = (row["report_id"], row["indicator"], row["kind"])
            handed_in.setdefault(key, []).append(tuple(row[name] for name in _READ))
    for number, row in enumerate(readings, start=2):
        if row["report_id"] not in sample:
            yield "panel_readings", number, "report_id", f"{row['report_id']} was not drawn", "a report of sample.csv"
        elif row["start"] >= row["end"]:
            yield "panel_readings", number, "end", f"{row['start']} to {row['end']}", "end behind start"
        elif row["value_high"] is not None and not row["value"] < row["value_high"]:
            yield "panel_readings", number, "value_high", f"{row['value']} to {row['value_high']}", "more than value"
        elif (row["kind"] == "target") != (row["status"] == "target"):
            yield "panel_readings", number, "status", f"{row['kind']} with {row['status']}", "target for a target alone"
        elif row["reading"] == "settled":
            key = (row["report_id"], row["indicator"], row["kind"])
            if tuple(row[name] for name in _READ) not in handed_in.get(key, []):
                yield (
                    "panel_readings",
                    number,
                    "value",
                    "settled as no reader read it",
                    "what one of the readers handed in",
                )
