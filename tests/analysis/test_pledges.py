"""Pledges are counted once each, and like is compared with like only."""

import pandas as pd
import pytest
from gwr.analysis.pledges import (
    GRADE_NAMES,
    baseline_for,
    change_text,
    conditions,
    strength_by_section,
    targets_beside_actuals,
)
from gwr.report.claims import load_claims
from gwr.report.tables import load_tables
from gwr.show.marks import strength_bars


@pytest.fixture(scope="module")
def pledges() -> pd.DataFrame:
    return conditions(load_tables().frame("pledges"))


@pytest.fixture(scope="module")
def beside(pledges: pd.DataFrame) -> pd.DataFrame:
    return targets_beside_actuals(pledges, load_claims()).set_index("claim_id")


def test_every_pledge_has_one_grade(pledges):
    assert set(pledges["grade"]) == set(GRADE_NAMES)
    assert (pledges["grade"] == "firm_figure").sum() == (pledges["firm"] & pledges["figure"]).sum()
    assert not (pledges["result_clause"] & pledges["standing_rule"]).any()


def test_the_bars_cover_every_pledge_once(pledges):
    counts = strength_by_section(pledges, load_tables().report)
    assert counts["pledges"].sum() == len(pledges)
    for _, rows in counts.groupby("section"):
        assert list(rows["x"]) == [0, *rows["x_end"][:-1]]
        assert rows["x_end"].iloc[-1] == rows["of"].iloc[0]
        assert rows["share"].sum() == pytest.approx(100)


def test_the_chart_is_valid_and_names_only_grades_that_occur(pledges):
    few = pledges[pledges["section"] == "2.8"]
    spec = strength_bars(strength_by_section(few, load_tables().report)).to_dict()
    domain = spec["layer"][0]["encoding"]["fill"]["scale"]["domain"]
    assert domain == [GRADE_NAMES[grade] for grade in ("firm", "effort", "continuing")]


def test_every_figure_of_a_pledge_has_a_row(pledges, beside):
    named = ";".join(pledges.loc[pledges["figure"], "claim_ids"]).split(";")
    assert sorted(beside.index) == sorted(named)


def test_a_rate_is_compared_with_the_rate_and_not_with_the_level(beside):
    assert beside.loc["c147", "base_id"] == "c002"
    assert beside.loc["c147", "change"] == pytest.approx(8 - 9.3)
    assert beside.loc["c149", "base_id"] == ""  # a rate whose baseline is a level only


def test_an_amount_is_compared_in_base_units(beside):
    assert beside.loc["c196", "base_value"] == 18_800
    assert beside.loc["c196", "change"] == pytest.approx(100 * (1.3 / 1.88 - 1))


def test_a_single_year_goes_before_a_sum_of_several(beside):
    assert beside.loc["c188", "base_id"] == "c075"  # 2,700 places in 2021, not 8,640 in five years


def test_a_sum_of_five_years_becomes_a_yearly_average(beside):
    assert beside.loc["c179", "base_years"] == 5
    assert beside.loc["c179", "base_value"] == pytest.approx(129 / 5)


def test_what_only_exists_is_no_target(beside):
    assert beside.loc["c160", "base_id"] == ""  # 15 supply-chain firms, which are to be encouraged


def test_nothing_comparable():
    claims = load_claims()
    assert baseline_for(claims["c149"], ["c009"], claims) is None
    assert baseline_for(claims["c149"], [], claims) is None


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        (5.0, "points", "+5 points"),
        (-1.3, "points", "−1.3 points"),
        (-86.67, "%", "−87%"),
        (1.85, "%", "+1.9%"),
        (1234.4, "%", "+1,234%"),
        (0.0, "%", "0%"),
        (-0.01, "points", "0 points"),
        (None, "%", "–"),
        (float("nan"), "%", "–"),
    ],
)
def test_change_text(change, unit, text):
    assert change_text(change, unit) == text
