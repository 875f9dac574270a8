"""What a printed figure stands for: one rule, for every claim and every page (codebook, C12)."""

from __future__ import annotations

import json
import math
import re

import pytest
from gwr.analysis.audit import Figure, load_figures
from gwr.analysis.bounds import implied_residents
from gwr.paths import BOOK
from gwr.report.claims import BOUNDS, Claim, load_claims, load_facts, rounding_interval
from gwr.report.intervals import Interval, extremes, point, quotient, rounded_down, rounded_up, yearly_growth
from gwr.words.number_format import with_minus
from hypothesis import given
from hypothesis import strategies as st

CLAIMS = load_claims()


def test_every_consumer_of_a_claim_has_the_same_interval():
    """The claim itself, which the chapters use, and the figure of the audit."""
    figures = load_figures()
    differ = [
        claim.id
        for claim in CLAIMS.values()
        if not rounding_interval(claim)
        == claim.interval
        == Figure.of_claim(claim).interval
        == figures[claim.id].interval
    ]
    assert len(CLAIMS) == 201 and differ == []
    facts = [fact for fact in load_facts().values() if fact.row["value"] is not None]
    assert len(facts) > 50 and all(rounding_interval(fact) == figures[fact.id].interval for fact in facts)
    assert implied_residents(CLAIMS) == figures["c001"].interval / figures["c098"].interval


def test_no_module_and_no_chapter_rounds_a_claim_by_a_rule_of_its_own():
    files = [*(BOOK / "gwr").rglob("*.py"), *BOOK.glob("*.ipynb")]
    code = {file.name: file.read_text(encoding="utf-8") for file in files if file.name != "intervals.py"}
    uses = {name for name, text in code.items() if re.search(r"Interval\.rounded\(", text)}
    assert uses <= {"02_industry_2021.ipynb"}, (
        "only an exercise, which asks what a share without its decimal would leave"
    )


@pytest.mark.parametrize(
    ("claim_id", "low", "high"),
    [
        ("c001", 67_776_500_000, 67_777_500_000),  # 677.77亿元, measured
        ("c009", 12_150_000_000, 12_250_000_000),  # 122亿元: the last digit, not two decimals
        ("c077", 18_750, 18_850),  # 1.88万人: counted in units of ten thousand
        ("c068", 25_000, 35_000),  # 3万平方米
        ("c028", 88, 88),  # 88个, counted
        ("c103", 3100, 3100),  # 3100家, counted, though it ends in zeros
        ("c041", 7, 7),  # 7条重点产业链, in a name
        ("c082", 10, 10),  # 10分钟文化圈, likewise
        ("c064", 1, 1),  # 第一名
        ("c147", 8, 8),  # a target
        ("c172", 4_050_000_000, 4_150_000_000),  # a total of planned investment
        ("c031", 200_000_000_000, 200_000_000_000),  # 超2000亿元: the bound
        ("c140", 96, 96),  # 96%以上: the bound
        ("c089", 70_000, 70_000),  # 7万余件: the bound
        ("c106", 25, 25),  # 四分之一: no last digit
        ("c143", 7.4, 7.6),  # 7.5%左右: about, also of a target
        ("c191", 1, 2),  # 1-2家
        ("c095", 99.5, 100),  # 100%: no share is more
        ("c002", 9.25, 9.35),  # 9.3%
    ],
)
def test_the_rule_by_example(claim_id, low, high):
    assert CLAIMS[claim_id].interval == Interval(low, high)


@pytest.mark.parametrize(
    ("changes", "low", "high"),
    [
        ({"comparator": "about"}, 67_776_000_000, 67_778_000_000),
        ({"comparator": "lt"}, 67_777_000_000, 67_777_000_000),
        ({"status": "target"}, 67_777_000_000, 67_777_000_000),
        ({"value_high": 680.0}, 67_776_500_000, 68_000_500_000),
        ({"value": 680.0}, 67_999_500_000, 68_000_500_000),
    ],
)
def test_the_rule_follows_the_row(changes, low, high):
    claim = CLAIMS["c001"]
    assert Claim({**claim.row, **changes}, claim.unit).interval == Interval(low, high)


def test_every_interval_holds_its_figure_and_is_no_wider_than_the_rule_says():
    for claim in CLAIMS.values():
        assert claim.base_value in claim.interval, claim.id
        if claim.comparator in BOUNDS or (claim.exact and claim.comparator == "eq" and claim.row["value_high"] is None):
            assert claim.interval == point(claim.base_value), claim.id
        elif claim.decimals is not None and claim.row["value_high"] is None:
            unit = 10.0**-claim.decimals * claim.factor
            widest = 2 * unit if claim.comparator == "about" else unit
            assert 0 < claim.interval.high - claim.interval.low <= widest * (1 + 1e-9), claim.id


def test_facts_follow_the_rule():
    facts = load_facts()
    assert facts["f003"].interval == Interval(17.5e6, 18.5e6)  # 18平方公里, in square metres
    assert facts["f008"].interval == point(446_891)  # counted
    assert facts["f025"].interval == point(8_420_000)  # 突破842万人: the bound
    assert facts["f058"].interval == Interval(7, 9)  # 8%左右
    assert facts["f010"].interval == Interval(1_843_500_000, 1_844_500_000)


def printed_range(notebook: str, before: str) -> tuple[float, float]:
    """The first range that stands in the outputs of a notebook after some words: ``968.50–977.57`` or ``968.5 to 977.57``."""
    cells = json.loads((BOOK / notebook).read_text(encoding="utf-8"))["cells"]
    texts = [
        "".join(text)
        for cell in cells
        for output in cell.get("outputs", ())
        for kind, text in output.get("data", {}).items()
        if kind in ("text/markdown", "text/html")
    ]
    plain = re.sub(r"<br>|<[^>]*>|\s+", " ", " ".join(texts)).replace("&#39;", "'")
    found = re.search(re.escape(before) + r"\D*?([\d,.]+)(?:–| to )([\d,.]+)", plain)
    assert found, f"{notebook} prints no range after {before!r}"
    return float(found[1].replace(",", "")), float(found[2].replace(",", ""))


def test_chapter_18_prints_the_range_that_the_rule_gives_and_chapter_9_its_middle():
    """The GDP of 2026 at the stated rate, and the rise of prices that would close the gap to the goal."""
    level = printed_range("18_audit.ipynb", "the level reached at the stated rate")
    ends = extremes(
        lambda gdp, rate: gdp * (1 + rate / 100) ** 5, CLAIMS["c001"].interval / 1e8, CLAIMS["c143"].interval
    )
    assert level == (rounded_down(ends.low, 2), rounded_up(ends.high, 2))
    prices = printed_range("18_audit.ipynb", "prices rise no faster than the city's did")
    pages = (BOOK / "09_targets_2022.ipynb").read_text(encoding="utf-8")
    found = re.search(r"A rise of prices of (\d\.\d\d) % a year closes the district's gap", pages)
    assert found and float(found[1]) == pytest.approx(sum(prices) / 2, abs=0.006)


@given(
    st.floats(-1e6, 1e6),
    st.floats(0, 1e4),
    st.integers(0, 4),
)
def test_a_printed_range_holds_what_it_stands_for(low, width, decimals):
    interval = Interval(low, low + width)
    written = interval.written(f".{decimals}f")
    ends = [float(end.replace("−", "-")) for end in written]
    noise = 1e-11 * max(1.0, abs(low), abs(low + width))
    if len(ends) == 2:
        assert ends[0] <= interval.low + noise and interval.high - noise <= ends[1]
        assert interval.low - ends[0] < 10**-decimals + noise and ends[1] - interval.high < 10**-decimals + noise
    else:
        alone = {with_minus(format(end, f".{decimals}f")) for end in (interval.low, interval.high)}
        assert alone == {f"{interval:.{decimals}f}"} == set(written)


@pytest.mark.parametrize(
    ("interval", "spec", "text"),
    [
        (Interval(412_391.24, 412_648.4), ",.0f", "412,391–412,649"),
        (Interval(0.11, 0.89), ".0%", "11%–89%"),
        (Interval(0.111, 0.889), ".0%", "11%–89%"),
        (Interval(0.111, 0.881), ".0%", "11%–89%"),
        (Interval(8.0934, 8.0949), ".2f", "8.09"),
        (Interval(-0.31, -0.29), ".1f", "−0.3"),
        (Interval(1.5, 2.5), "", "1.5–2.5"),
        (Interval(29_684_999_999.999996, 3e10), ",.0f", "29,685,000,000–30,000,000,000"),
    ],
)
def test_lower_ends_are_printed_rounded_down_and_upper_ends_up(interval, spec, text):
    assert format(interval, spec) == text


def test_a_form_that_cannot_be_rounded_outwards_is_refused():
    with pytest.raises(ValueError, match="no form of an interval"):
        format(Interval(1.26, 2.34), ".2g")


def test_arithmetic_that_interval_operators_do_not_give():
    assert extremes(lambda x, y: x / (x + y), Interval(1, 2), Interval(3, 4)) == Interval(1 / 5, 2 / 5)
    assert yearly_growth(point(1), point(1.1**5), 5).middle == pytest.approx(10)
    assert yearly_growth(point(100), point(121), 2).middle == pytest.approx(10)
    with pytest.raises(ZeroDivisionError):
        yearly_growth(Interval(0, 1), point(1), 5)
    assert quotient(Interval(500, math.inf), Interval(500, math.inf)) == Interval(0, math.inf)
    assert quotient(Interval(4, 6), Interval(2, 2)) == Interval(2, 3)
