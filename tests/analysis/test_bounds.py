"""Denominators, paces and bounds."""

import pytest
from gwr.analysis.bounds import (
    denominators,
    even_share,
    implied_residents,
    share_of_all,
)
from gwr.report.claims import load_claims, load_context, load_facts
from gwr.show.cells import origin_links
from gwr.words.number_format import plain


def test_implied_residents_hold_the_plain_quotient():
    claims = load_claims()
    people = implied_residents(claims)
    assert claims["c001"].base_value / claims["c098"].base_value in people
    assert 0 < people.high - people.low < 0.001 * people.middle


def test_denominators_start_with_the_implied_one_and_name_their_facts():
    facts = load_facts()
    rows = denominators(load_claims(), facts)
    assert rows.loc[0, "trust"] == "computed" and rows.loc[0, "low"] < rows.loc[0, "high"]
    for row in rows[1:].itertuples():
        assert row.low == row.high == {**facts, **load_context()}[row.ids].value


@pytest.mark.parametrize(
    ("rate", "answered", "low", "high"),
    [(99, 100, 99, 99), (99, 50, 49.5, 99.5), (99, 0, 0, 100), (0, 100, 0, 0)],
)
def test_share_of_all(rate, answered, low, high):
    bounds = share_of_all(rate, answered)
    assert (bounds.low, bounds.high) == pytest.approx((low, high))


@pytest.mark.parametrize(("rate", "answered"), [(101, 50), (99, -1)])
def test_share_of_all_refuses_what_is_no_share(rate, answered):
    with pytest.raises(ValueError, match="between 0 and 100"):
        share_of_all(rate, answered)


def test_even_share():
    assert even_share() == 20 and even_share(4) == 25


def test_origin_links_lead_to_passages_and_pages():
    facts = load_facts()
    links = origin_links("c001 f007")
    assert "source.ipynb#c001" in links and facts["f007"].href in links
    with pytest.raises(KeyError):
        origin_links("x1")


@pytest.mark.parametrize(("value", "shown"), [(296.9 * 1e8, "29,690,000,000"), (677.77, "677.77"), (1188.0, "1,188")])
def test_a_number_is_shown_without_digits_that_were_not_there(value, shown):
    assert plain(value) == shown
