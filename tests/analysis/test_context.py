"""Facts of context stand beside the claims of the same indicator, in the same unit, and no others do."""

import pytest
from gwr.analysis.context import beside_other_places, comparator_in_note, residents, shares_of_city, with_bounds
from gwr.report.tables import load_tables


@pytest.fixture(scope="module")
def headline():
    return load_tables().frame("claims", section="1.0")


def test_rates_stand_beside_rates_and_levels_beside_levels(headline):
    rows = beside_other_places(headline, load_tables(), period="2021").set_index(["indicator_zh", "measure", "place"])
    assert rows.loc[("地区生产总值", "growth_rate", "Fuzhou"), "value"] == 9
    assert rows.loc[("地区生产总值", "growth_rate", "Taijiang"), "ids"] == "c002"
    assert rows.loc[("地方一般公共预算收入", "level", "Gulou"), "value"] == pytest.approx(35.01e8)
    assert rows.loc[("城镇居民人均可支配收入", "level", "Taijiang"), "value"] == pytest.approx(58_500)
    assert rows.loc[("城镇居民人均可支配收入", "level", "Fujian"), "value"] == pytest.approx(51_140)


def test_weak_facts_and_targets_are_asked_for(headline):
    tables, gdp = load_tables(), headline[headline["claim_id"] == "c001"]
    assert list(beside_other_places(gdp, tables, period="2021")["place"]) == ["Taijiang", "Fujian"]
    assert list(beside_other_places(gdp, tables, period="2021", weak=True)["place"]) == [
        "Taijiang",
        "Jin'an",
        "Fuzhou",
        "Fujian",
    ]
    investment = tables.frame("claims", claim_id="c151")
    rows = beside_other_places(investment, tables, period="2022", status=("target",))
    assert list(rows["value"]) == [3, 3] and list(rows["ids"]) == ["c151", "x532"]


def test_residents_of_the_census():
    assert residents(load_tables())["Taijiang"] == 411_819


def test_shares_of_the_city_add_the_facts_of_a_role_and_keep_a_plan_a_plan():
    shares = shares_of_city(load_tables(), "district_in_city").set_index("district")
    assert shares.loc["c061", "share"] == pytest.approx(100 * 50 / 198)
    assert shares.loc["c135", "city_amount"] == 93_500 + 33_000
    assert shares.loc["c045", "status"] == "plan" and (shares["status"] == "computed").sum() == len(shares) - 1
    assert shares["of_people"].iloc[0] == pytest.approx(100 * 411_819 / 8_291_268)


@pytest.mark.parametrize(
    ("note", "comparator"),
    [
        ("原文为“以上”。", "ge"),
        ("“力争……以上”。", "ge"),
        ("“超”。", "gt"),
        ("原文为“超过”。", "gt"),
        ("原文为预计、左右。", "about"),
        ("“左右”，不是下限。", "about"),
        ("“接近”。", "lt"),
        ("同口径。", "eq"),
        ("部分企业总部缴中央，其余中央分享60%。", "eq"),
        ("", "eq"),
    ],
)
def test_the_note_says_how_a_number_is_limited(note, comparator):
    assert comparator_in_note(note) == comparator


def test_a_number_is_printed_with_the_bound_of_its_source():
    facts = load_tables().frame("context").set_index("context_id")
    printed = with_bounds(facts)
    assert printed["x499"] == ">\u00a0900"
    assert printed["x027"] == "≥\u00a05.2"
    assert printed["x582"] == "108.2"
