"""The tables of the panel: sound as they are, and a row that is wrong is caught."""

from __future__ import annotations

import dataclasses

import pytest
from gwr.extract.panel import PANEL_REPORT_COLUMNS, TARGET_COLUMNS
from gwr.extract.panel_rules import INDICATOR_CODES
from gwr.paths import DATA
from gwr.report.rules import target_rules
from gwr.report.rules.target_rules import panel_faults
from gwr.report.schema import read_package

RESOURCES = {name: one for name, one in read_package(DATA).items() if name in ("panel_reports", "panel_targets")}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Two tables of a few rows beside the descriptor's fields, and how to change them."""
    monkeypatch.setattr(target_rules.hashlib, "sha256", FixedHash)
    lines = {
        "panel_reports": [",".join(PANEL_REPORT_COLUMNS), f"r0000000001,清河市/2019.md,清河市,city,2019,{'0' * 64},"],
        "panel_targets": [
            ",".join(TARGET_COLUMNS),
            "r0000000001,2019,gdp_growth,result,7.3,,%,eq,expected,40,44",
            "r0000000001,2019,gdp_growth,target,7,7.5,%,eq,target,90,96",
            "r0000000001,2019,new_urban_jobs,target,15000,,人,ge,target,120,128",
        ],
    }

    def faults(change=lambda lines: None):
        change(lines)
        resources = {}
        for name, resource in RESOURCES.items():
            path = tmp_path / f"{name}.csv"
            path.write_text("\n".join(lines[name]) + "\n", encoding="utf-8")
            resources[name] = dataclasses.replace(resource, path=path)
        return panel_faults(resources)

    return faults


class FixedHash:
    """Stands in for the hash of a path."""

    def __init__(self, _):
        pass

    def hexdigest(self):
        return "0000000001"


def put(table, row, old, new):
    def change(lines):
        assert old in lines[table][row]
        lines[table][row] = lines[table][row].replace(old, new, 1)

    return change


def test_the_small_tables_are_sound(small):
    assert small() == []


@pytest.mark.parametrize(
    ("table", "row", "old", "new", "column"),
    [
        ("panel_reports", 1, "r0000000001", "r0000000002", "report_id"),
        ("panel_targets", 1, "r0000000001", "r0000000000", "report_id"),
        ("panel_targets", 1, ",2019,", ",2021,", "plan_year"),
        ("panel_targets", 1, ",40,44", ",44,44", "end"),
        ("panel_targets", 2, ",7,7.5,", ",7,6.5,", "value_high"),
        ("panel_targets", 1, ",expected,", ",target,", "status"),
        ("panel_targets", 2, ",eq,target,", ",eq,actual,", "status"),
        ("panel_targets", 3, ",人,", ",%,", "unit_zh"),
        ("panel_targets", 1, ",7.3,", ",730,", "value"),
        ("panel_targets", 2, ",90,96", ",30,36", "start"),
        ("panel_targets", 2, "gdp_growth", "gdp", "indicator"),
        ("panel_targets", 2, ",eq,", ",==,", "comparator"),
        ("panel_targets", 2, "target", "result", "report_id+indicator+kind"),
    ],
)
def test_a_wrong_row_is_caught(small, table, row, old, new, column):
    found = small(put(table, row, old, new))
    assert column in {fault.column for fault in found}
    assert all(fault.expected and fault.remedy for fault in found)


def test_the_descriptor_has_the_columns_and_codes_of_the_extractor():
    columns = {name: tuple(field.name for field in one.fields) for name, one in RESOURCES.items()}
    assert columns == {"panel_reports": PANEL_REPORT_COLUMNS, "panel_targets": TARGET_COLUMNS}
    enums = {field.name: field.constraints.get("enum") for field in RESOURCES["panel_targets"].fields}
    assert set(enums["indicator"]) == set(INDICATOR_CODES)


def test_the_tables_of_the_project_are_sound_and_of_a_fair_size():
    assert panel_faults(RESOURCES) == []
    reports = RESOURCES["panel_reports"].read()
    assert len(reports) > 2900 and {row["place"] for row in reports} >= {"全国", "福建省", "福州市"}
