"""The rules of the panel's places, sample and readings catch what they are for."""

import dataclasses

import pytest
from gwr.paths import DATA
from gwr.report.rules.panel_sample_rules import panel_sample_faults
from gwr.report.schema import read_package

NAMES = ("panel_reports", "panel_places", "panel_sample", "panel_readings")
RESOURCES = {name: resource for name, resource in read_package(DATA).items() if name in NAMES}


def test_the_tables_are_sound():
    assert panel_sample_faults(RESOURCES) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("panel_places", ",city,福建省", ",city,福州市", "province"),
        ("panel_places", "北京市,Beijing,province,", "北京市,Beijing,province,福建省", "province"),
        ("panel_places", "Tangshan,city,河北省", "Tangshan,city,福建省", "province"),
        ("panel_readings", "result,14.5,,", "result,14.5,1.5,", "value_high"),
        ("panel_places", "全国,China,national,", "国家,China,national,", "place"),
        ("panel_sample", ",national,", ",province,x", "sha256"),
        ("panel_readings", ",settled,2008,gdp_growth,", ",settled,2009,gdp_growth,", "value"),
        ("panel_readings", "eq,target,", "eq,actual,", "status"),
    ],
)
def test_a_wrong_row_is_caught(tmp_path, name, old, new, column):
    text = RESOURCES[name].path.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "table.csv"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = panel_sample_faults({**RESOURCES, name: dataclasses.replace(RESOURCES[name], path=changed)})
    assert column in {fault.column for fault in found}
