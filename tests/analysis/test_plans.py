"""The helpers of the chapters on the plan of 2022 count what is there, and say so when something is missing."""

import pytest
from gwr.analysis.plans import STRENGTH_NAMES, beside_each_other, by_paragraph, counted_groups
from gwr.report.claims import load_claims
from gwr.report.places import located
from gwr.report.tables import load_tables
from gwr.show.cells import figure_cell
from gwr.show.marks import pledge_marks
from gwr.words.number_format import number_word

NAMES = {
    "深化重点领域改革": "Reform in key fields",
    "持续优化营商环境": "Business environment",
    "强化区域交流合作": "Exchange, cooperation",
}


def pledges_of_reform():
    tables = load_tables()
    return by_paragraph(tables.frame("pledges", section="2.3"), tables.report, NAMES)


def test_every_pledge_keeps_its_place_in_its_paragraph():
    pledges = pledges_of_reform()
    assert len(pledges) == len(load_tables().frame("pledges", section="2.3"))
    assert list(pledges["paragraph"].unique()) == [f"{english}|{chinese}" for chinese, english in NAMES.items()]
    for _, rows in pledges.groupby("paragraph"):
        assert list(rows["place"]) == list(range(1, len(rows) + 1))
        assert rows["start"].is_monotonic_increasing


def test_marks_say_what_a_pledge_has():
    for row in pledges_of_reform().itertuples():
        assert ("#" in row.mark) == (row.quantitative == "yes")
        assert ("b" in row.mark) == bool(row.baseline_claim_ids)


def test_a_paragraph_without_a_name_is_an_error():
    tables = load_tables()
    with pytest.raises(KeyError, match="持续优化营商环境"):
        by_paragraph(tables.frame("pledges", section="2.3"), tables.report, {"深化重点领域改革": "Reform"})


def test_the_chart_has_one_mark_for_each_pledge_and_only_strengths_that_occur():
    pledges = pledges_of_reform()
    spec = pledge_marks(pledges).to_dict()
    (rows,) = spec["datasets"].values()
    assert len(rows) == len(pledges)
    shapes = spec["layer"][0]["encoding"]["shape"]["scale"]["domain"]
    assert set(shapes) == {STRENGTH_NAMES[strength] for strength in pledges["strength"]}


def test_no_member_of_a_group_is_lost():
    claims, places = load_claims(), located(load_tables())
    groups = counted_groups(places, claims)
    assert groups["named"].sum() == places["group_count"].notna().sum()
    assert (groups["unnamed"] >= 0).all()
    for row in groups[groups["claim_id"] != ""].itertuples():
        assert row.size == claims[row.claim_id].value


def test_a_target_stands_beside_its_start_in_the_same_unit():
    claims = load_claims()
    rows = beside_each_other([("c165", "c038"), ("c161", None)], claims)
    assert rows.loc[0, "ratio"] == pytest.approx(claims["c165"].value / claims["c038"].value)
    assert rows.loc[1, "base_zh"] == ""
    assert rows["ratio"].isna().tolist() == [False, True]


def test_a_figure_in_a_table_is_linked_and_an_absent_one_is_not():
    write = figure_cell(load_claims(), empty="not stated")
    assert "source.ipynb#c165" in write("c165")
    assert "not stated" in write("") and "href" not in write("")


def test_small_counts_are_words():
    assert [number_word(0), number_word(1), number_word(12), number_word(13)] == ["none", "one", "twelve", "13"]
