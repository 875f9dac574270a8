"""The words of the finished pages: each run says its language, and numbers stand as that language writes them."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from gwr.site.sphinx.language_marks import mark_languages
from toc import CHINESE, ENGLISH, PAGES

HAN = re.compile(r"[\u3400-\u9fff]")
PHRASE = re.compile(r"(?<![\w/.@&-])[A-Za-z][a-z]+ [A-Za-z]+")
CODE = ["script", "style", "textarea", "pre", "code", "option", "iframe", "math", "title"]
SENTENCES = "p, li, dd, h1, h2, h3, caption, summary, figcaption"


def test_each_run_of_the_other_language_is_marked_and_nothing_else() -> None:
    page = (
        '<html lang="en"><head><title>书 Book</title></head><body class="a > b"><p title="台江">Retail 零售 of 677.77亿元 and 平台经济、外贸（含跨境）.</p>'
        '<p lang="zh">增长 9.3 % 以上</p><code>x = "文"</code><svg><text>文 9.3 %</text></svg><!-- 注 --><br>5 % of 《报告》 <b>5</b> %</body></html>'
    )
    assert mark_languages(page, "en") == (
        '<html lang="en"><head><title>书 Book</title></head><body class="a > b"><p title="台江">Retail <span lang="zh-Hans">零售</span> of '
        '<span lang="zh-Hans">677.77亿元</span> and <span lang="zh-Hans">平台经济、外贸（含跨境）</span>.</p>'
        '<p lang="zh">增长 9.3 % 以上</p><code>x = "文"</code><svg><text><tspan lang="zh-Hans">文</tspan> 9.3 %</text></svg><!-- 注 --><br>'
        '5% of <span lang="zh-Hans">《报告》</span> <b>5</b>%</body></html>'
    )


def test_phrases_of_english_are_marked_on_a_chinese_page_and_single_names_are_not() -> None:
    page = '<body><p>用 Python 和 Jupyter Book 写成，R&amp;D 经费；见 <a href="x y">the data dictionary</a></p></body>'
    assert mark_languages(page, "zh") == (
        '<body><p>用 Python 和 <span lang="en">Jupyter Book</span> 写成，R&amp;D 经费；见 '
        '<a href="x y"><span lang="en">the data dictionary</span></a></p></body>'
    )


@functools.cache
def words(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def language(text: NavigableString) -> str:
    """The language that the nearest element around a text names."""
    return next((str(parent["lang"]) for parent in text.parents if isinstance(parent, Tag) and parent.get("lang")), "")


def texts(page: Path) -> list[NavigableString]:
    """What a page says, without its code."""
    body = words(page).body
    assert body is not None
    return [text for text in body.find_all(string=True) if type(text) is NavigableString and not text.find_parent(CODE)]


@pytest.mark.parametrize("page", ENGLISH)
def test_every_run_of_chinese_on_an_english_page_says_so(site: Path, page: str) -> None:
    found = texts(site / f"{page}.html")
    assert [text for text in found if HAN.search(text) and not language(text).startswith("zh")] == []
    assert [text for text in found if text.parent.get("lang") == "zh-Hans" and not HAN.search(text)] == []


@pytest.mark.parametrize("page", CHINESE)
def test_every_phrase_of_english_on_a_chinese_page_says_so(site: Path, page: str) -> None:
    said = [text for text in texts(site / f"{page}.html") if language(text).startswith("zh")]
    assert [text for text in said if PHRASE.search(text) and not text.find_parent(attrs={"translate": "no"})] == []


def running_text(page: Path) -> list[str]:
    """The sentences of a page as its reader sees them, without tables, code, formulas and passages of the report.

    The report's English stands on the Chinese source page as on the English one, which is tried.
    """
    other = ("source", "english") if "zh" in page.parts else ("source",)
    found = []
    for element in words(page).select(f".bd-article :is({SENTENCES})"):
        if element.find_parent("table") and element.name != "caption":
            continue
        parts = [
            text
            for text in element.find_all(string=True)
            if type(text) is NavigableString
            and not text.find_parent([*CODE, "td", "th", "svg"])
            and not text.find_parent(class_="math")
            and not text.find_parent(class_=other)
            and text.parent.name != "mark"
        ]
        found.append("".join(parts))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_running_text_has_words_for_bounds_and_one_form_of_each_sign(site: Path, page: str) -> None:
    found = running_text(site / f"{page}.html")
    chinese = page.startswith("zh/")
    wrong = {
        "a sign for a bound": r"[≥≤≈]|[<>]\s?\d" if chinese else r"[≥≤≈<>]\s?\d",
        "a space before %": r"\d[ \u00a0]%",
        "a hyphen for a minus": r"(?:^|[\s(（])-\d",
        "a line may end before the unit": r"\d (?:billion|million|trillion|km²|m²)\b|\bCNY \d",
    }
    if chinese:
        wrong |= {"an English range": r"\d–\d", "one % for two": r"\d[～—][\d.]+%"}
    assert [(name, text[:200]) for text in found for name, form in wrong.items() if re.search(form, text)] == []
