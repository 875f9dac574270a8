"""Numbers as readers see them: one minus sign, ranges and spaces as each language asks, bounds in words."""

from __future__ import annotations

import re

import pytest
from gwr.report.claims import load_claims
from gwr.report.intervals import Interval
from gwr.report.written_quantities import sorting_values, written_quantity
from gwr.show.chapter import fill
from gwr.show.html_tables import sorted_by
from gwr.words.catalogues import pages
from gwr.words.language import messages
from gwr.words.number_format import NBSP, bounded, number_range, plain, scaled, typeset, with_minus
from markupsafe import Markup


@pytest.mark.parametrize(
    ("number", "shown"),
    [("-5.0", "−5.0"), ("-0.0", "0.0"), ("+0", "0"), ("+1.0", "+1.0"), ("-inf", "−inf"), ("-", "-"), ("-a", "-a")],
)
def test_a_formatted_number_has_the_minus_sign_and_zero_has_none(number: str, shown: str) -> None:
    assert with_minus(number) == shown


def test_fields_of_prose_have_the_minus_sign() -> None:
    assert (
        fill("{change:+.1f} and {gap:.1f}", {}, {"change": -11.04, "gap": Interval(-2.0, -1.0)})
        == "−11.0 and −2.0 to −1.0"
    )
    assert plain(-1188.5) == "−1,188.5" and number_range("1", "2") == "1–2"


def test_large_amounts_in_words_of_scale_keep_the_digits_asked_for() -> None:
    assert scaled(67_777_000_000) == f"67.777{NBSP}billion" and scaled(67_777_000_000, 4) == f"67.78{NBSP}billion"
    assert scaled(1.132448e12, 4) == f"1.132{NBSP}trillion" and scaled(58_500, 2) == "58,500"


def test_a_rounded_figure_has_all_its_digits_on_its_link_and_a_bound_begins_a_sentence() -> None:
    claims = load_claims()
    said = fill("GDP is {c001:own}. {c188:own} places. It is **{c188:own}**.", claims, {})
    assert f'[CNY{NBSP}67.78{NBSP}billion](<source.ipynb#c001> "CNY{NBSP}67.777{NBSP}billion")' in said
    assert "[At least 360](<source.ipynb#c188>) places" in said and "**[at least 360](" in said
    assert bounded("eq", "5") == "5"


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "9.3 % of CNY 5 billion", f"9.3% of CNY{NBSP}5{NBSP}billion"),
        ("en", "in 2017-2021, 12 km² and -3 points", f"in 2017–2021, 12{NBSP}km² and −3{NBSP}points"),
        (
            "en",
            "claims c001-c003 of 2021-12-01, page 5 million-fold",
            f"claims c001-c003 of 2021-12-01, page 5{NBSP}million-fold",
        ),
        ("zh", "2017–2021年增长85.6–86.7 %，共3–5家", "2017—2021年增长85.6%～86.7%，共3～5家"),
        ("zh", "12-17岁（-3.5个百分点）", "12-17岁（−3.5个百分点）"),
    ],
)
def test_running_text_is_set_as_its_language_asks(language: str, text: str, shown: str) -> None:
    assert typeset(text, language) == shown


@pytest.mark.parametrize("claim", load_claims().values(), ids=lambda claim: claim.id)
def test_a_claim_is_sorted_by_its_value_in_both_languages(claim) -> None:
    for shown in (claim.zh, claim.en):
        read = written_quantity(shown)
        assert read is not None and read.value == pytest.approx(claim.base_value, rel=1e-12), shown
    unit = written_quantity(claim.zh).unit
    assert unit in (claim.unit["base_unit"], "cny", "") and (unit == "cny") <= claim.unit["dimension"].startswith(
        "money"
    )


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.88万人", "4位", "–", ""], [18_800, 4, None, None]),
        (["+8", "–", "−11", "−22"], [8, None, -11, -22]),
        (["CNY 1.784 billion", "CNY 875 million"], [1.784e9, 8.75e8]),
        (["1,101–1,108 亿元", "5亿元"], [1.101e11, 5e8]),
        (["四所", "388", "> 280家"], [4, 388, 280]),
        (["12.2%", "5亿元"], []),
        (["+10.1% a year", "+1.0 points a year"], []),
        (["388", "12%"], []),
        (["1.7a", "1.8"], None),
        (["c001", "c002"], None),
        (["5亿元", "not stated"], None),
        (["两个确立", "四个全面"], None),
        (["2022, more than", "2017–2021, on average"], None),
        (["–", ""], None),
    ],
)
def test_a_column_is_sorted_by_value_as_text_or_not_at_all(cells: list[str], values: list[float | None] | None) -> None:
    assert sorting_values(cells) == values


def test_the_words_of_markup_are_sorted_without_its_tags() -> None:
    assert sorted_by([Markup('<a href="#c001">2万</a>'), Markup("<b>5</b>")]).keys == ["20000", "5"]
    assert sorted_by(["low", "high"], [1.5, float("nan")]).keys == ["1.5", None]


SIGN = re.compile(r"[≥≤≈]|(?<![-=])[<>]\s?[\d{]")
"""A sign of comparison where Chinese has words. A tag or an arrow is none."""


@pytest.mark.parametrize("page", sorted(path.stem for path in pages()))
def test_no_chinese_sentence_of_a_page_has_a_sign_for_a_bound(page: str) -> None:
    sentences = [text for text in messages(f"pages/{page}", "zh").values() if re.search("[。？！；]", text)]
    assert [text for text in sentences if SIGN.search(re.sub(r"`[^`]*`|\$[^$]*\$", "", text))] == []
