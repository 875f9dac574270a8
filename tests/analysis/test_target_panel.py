"""Targets beside results, and the score of the panel, on rows made up here."""

import pandas as pd
import pytest
from gwr.analysis.target_panel import beside_next_result, beside_readings, clustered_share, panel_scores, wilson


def rows(*lines):
    columns = ["report_id", "plan_year", "indicator", "kind", "value", "value_high", "comparator", "status"]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.astype({"value": float, "value_high": float})


REPORTS = pd.DataFrame(
    {"report_id": ["a", "b", "z"], "place": ["甲市", "甲市", "甲市"], "level": ["city", "city", "province"]}
)


def target(indicator, value, high=None, comparator="eq", report="a"):
    return (report, 2020, indicator, "target", value, high, comparator, "target")


def result(indicator, value, report="b"):
    return (report, 2021, indicator, "result", value, None, "eq", "actual")


@pytest.mark.parametrize(
    ("indicator", "aim", "high", "reached", "met"),
    [
        ("gdp_growth", 8, None, 8, True),
        ("gdp_growth", 8, None, 7.9, False),
        ("gdp_growth", 7, 8, 7.2, True),
        ("cpi", 3, None, 3, True),
        ("cpi", 3, None, 3.1, False),
        ("cpi", 3, 3.5, 3.4, True),
        ("unemployment_rate", 4.5, None, 3.2, True),
    ],
)
def test_a_floor_is_to_be_reached_and_a_cap_not_to_be_passed(indicator, aim, high, reached, met):
    pairs = beside_next_result(rows(target(indicator, aim, high), result(indicator, reached)), REPORTS)
    assert pairs["met"].tolist() == [met]
    assert pairs["gap"].tolist() == pytest.approx([reached - aim])


def test_only_the_next_report_of_the_same_government_counts():
    lines = [
        target("gdp_growth", 8),
        result("cpi", 2),
        result("gdp_growth", 9, report="z"),
        (*result("gdp_growth", 9)[:1], 2022, *result("gdp_growth", 9)[2:]),
    ]
    assert beside_next_result(rows(*lines), REPORTS).empty


def test_wilson_is_the_interval_of_the_textbooks():
    assert wilson(10, 10) == pytest.approx((0.7225, 1), abs=1e-4)  # Newcombe 1998 gives such ends for all of a few
    assert all(pd.isna(end) for end in wilson(0, 0))


def test_errors_of_one_report_widen_the_interval():
    hits = pd.Series([1.0] * 16 + [0.0] * 4)
    together = pd.Series([n // 4 for n in range(20)])
    share, low, high = clustered_share(hits, together)
    apart = clustered_share(hits, pd.Series(range(20)))
    assert share == apart[0] == 0.8
    assert low < apart[1] and high > apart[2]
    assert apart[1:] == pytest.approx(wilson(16, 20), abs=0.02)


def test_a_wrong_value_costs_precision_and_recall_and_a_wrong_code_only_exactness():
    settled = rows(target("gdp_growth", 8), target("cpi", 3, comparator="le"), target("fai_growth", 10))
    panel = rows(target("gdp_growth", 9), target("cpi", 3), target("retail_growth", 11))
    compared = beside_readings(settled, panel)
    whole = panel_scores(compared, by=()).iloc[0]
    assert (whole["read"], whole["found"], whole["hits"]) == (3, 3, 1)
    assert whole["precision"] == whole["recall"] == pytest.approx(1 / 3)
    assert panel_scores(compared, by=(), hit="exact")["hits"].item() == 0
    each = panel_scores(compared).set_index("indicator")
    assert each.loc["cpi", "hits"] == 1
    assert pd.isna(each.loc["fai_growth", "precision"]) and each.loc["fai_growth", "recall"] == 0


def test_the_target_of_another_year_is_not_right():
    settled = rows(target("gdp_growth", 8))
    panel = settled.assign(plan_year=2019)
    assert not beside_readings(settled, panel)["right"].any()
