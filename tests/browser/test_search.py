"""The search finds what is in the tables, in both languages, from disk and over http."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urldefrag

import pytest
from gwr.report.tables import load_tables


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("上下杭", "source"),
        ("地区生产总值", "01_headlines_2021"),
        ("苍霞新城", "05_city_2021"),
        ("GDP", "01_headlines_2021"),
        ("provisional", "01_headlines_2021"),
    ],
)
def test_search_finds_chinese_and_english(watch, words, page):
    tab = watch.page
    tab.goto(f"{watch.base}search.html?q={words}")
    # The page lists its results one by one; this heading says that the list is whole.
    tab.locator("#search-results h2", has_text="Search Results").wait_for(state="attached")
    found = tab.locator("#search-results ul.search li a").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    assert any(f"book/{page}.html" in href for href in found)
    assert watch.trouble == []


def names_to_find() -> list[tuple[str, set[str]]]:
    """What a reader may type, each with the addresses one of which must be among the results."""
    tables = load_tables()
    names: dict[str, set[str]] = {}
    for row in tables["gazetteer"]:
        mentions = {f"#{place['mention_id']}" for place in tables["places"] if place["place_id"] == row["place_id"]}
        pinyin = without_marks(row["pinyin"])
        for name in (row["name_zh"], row["name_full_zh"], row["name_en"], row["pinyin"], pinyin):
            names.setdefault(name, set()).update(f"book/source.html{m}" for m in mentions or [])
            if not mentions:
                names[name].add("book/16_atlas.html#main-content")
        names.setdefault("".join(filter(str.isalnum, pinyin)), set()).add("book/source.html")
    for row in tables["claims"]:
        for name in (row["indicator_zh"], row["indicator_en"]):
            names.setdefault(name, set()).add(f"book/source.html#{row['claim_id']}")
    for row in tables["glossary"]:
        for name in (row["term_zh"], row["term_en"], row["pinyin"], without_marks(row["pinyin"])):
            names.setdefault(name, set()).add(f"book/glossary.html#term-{row['term_zh'].replace('&', '-')}")
    for row in tables["organisations"]:
        for name in (row["name_zh"], row["name_en"]):
            names.setdefault(name, set()).add("book/source.html#")
    return list(names.items())


def without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


@pytest.mark.browser
def test_search_finds_every_name_of_the_tables(watch):
    """Each is put through the search page's own code; the index is loaded once."""
    names = names_to_find()
    tab = watch.page
    tab.goto(f"{watch.base}search.html")
    tab.wait_for_function("Search.hasIndex()")
    found = tab.evaluate(
        "names => names.map(name => Search._performSearch(...Search._parseQuery(name)).map(r => `${r[0]}.html${r[2]}`))",
        [name for name, _ in names],
    )
    lost = [
        f"{name}: {sorted(wanted)} is not among {len(results)} results"
        for (name, wanted), results in zip(names, found, strict=True)
        if not any(result.startswith(tuple(wanted)) for result in results)
    ]
    assert len(names) > 1000
    assert lost == []
    assert watch.trouble == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("Shangxiahang", "place", "上下杭"),
        ("上下杭", "place", "Shangxiahang"),
        ("Shàngxiàháng", "place", "上下杭"),
        ("zhengfu gongzuo baogao", "term", "政府工作报告"),
        ("culture stations of version 3.0", "indicator", "街道综合文化站"),
    ],
)
def test_a_name_typed_in_the_search_box_leads_to_where_it_stands(watch, words, kind, name):
    tab = watch.page
    tab.goto(f"{watch.base}book/01_headlines_2021.html")
    tab.keyboard.press("Control+k")
    tab.locator("input[name=q]:visible").fill(words)
    tab.keyboard.press("Enter")
    tab.locator("#search-results h2", has_text="Search Results").wait_for(state="attached")
    results = tab.locator("#search-results ul.search li").all()[:3]
    (found,) = [item for item in results if name in item.inner_text() and f"({kind}, in" in item.inner_text()][:1]
    found.locator("a").click()
    tab.wait_for_url(re.compile(r"/book/(source|glossary)\.html.*#"))
    anchor = unquote(urldefrag(tab.url).fragment)
    assert tab.evaluate("id => document.getElementById(id) !== null", anchor)
    assert watch.trouble == []
