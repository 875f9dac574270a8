"""The two editions are one book: the same pages, anchors, figures and links, in two languages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from gwr.site.editions import write_edition
from gwr.site.permalinks import public_ids

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]


def article(path: Path) -> str:
    """The text of a page between its head and its foot, without scripts."""
    html = path.read_text(encoding="utf-8")
    (found,) = re.findall(r'<article class="bd-article".*?</article>', html, re.DOTALL)
    return re.sub(r"<script\b.*?</script>", "", found, flags=re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_both_editions_have_the_same_addresses(site, page):
    english, chinese = (public_ids(article(site / folder / f"{page}.html")) for folder in ("", "zh"))
    assert english == chinese


def source_links(html: str) -> set[str]:
    """The passages that a page leads to. (How often is a matter of wording.)"""
    return set(re.findall(r'href="(source\.html#[^"]+|https?://[^"]+)"', html))


@pytest.mark.parametrize("page", [page for page in PAGES if page != "book/source"])
def test_both_editions_lead_to_the_same_passages(site, page):
    english, chinese = (source_links(article(site / folder / f"{page}.html")) for folder in ("", "zh"))
    assert english == chinese


@pytest.mark.parametrize("page", PAGES)
def test_each_edition_says_its_language_and_leads_to_the_other(site, page):
    english = (site / f"{page}.html").read_text(encoding="utf-8")
    chinese = (site / "zh" / f"{page}.html").read_text(encoding="utf-8")
    assert re.search(r'<html[^>]* lang="en"', english) and re.search(r'<html[^>]* lang="zh-CN"', chinese)
    assert f'href="../zh/{page}.html" hreflang="zh-Hans"' in english
    assert f'href="../../{page}.html" hreflang="en"' in chinese


def test_a_translated_notebook_finds_what_it_reads_where_it_lies():
    assert sorted(file.name for file in (write_edition("zh") / "book" / "samples").iterdir()) == sorted(
        file.name for file in (ROOT / "book" / "samples").iterdir()
    )


def test_common_files_are_loaded_from_one_place(site):
    """The Chinese pages load scripts from the root of the site unless theirs differ."""
    own = {file.relative_to(site / "zh" / "_static") for file in (site / "zh" / "_static").rglob("*") if file.is_file()}
    same = [
        name
        for name in own
        if name.parts[0] != "leaflet"
        and (site / "_static" / name).is_file()
        and (site / "_static" / name).read_bytes() == (site / "zh" / "_static" / name).read_bytes()
    ]
    assert same == []
    assert "../../_static/book.js" in (site / "zh" / "book" / "index.html").read_text(encoding="utf-8")


def test_what_a_style_sheet_asks_for_is_there(site):
    missing = []
    for sheet in site.rglob("*.css"):
        for address in re.findall(r"url\(\s*[\"']?(?!data:|#|[a-z]+:)([^)\"'?#]+)", sheet.read_text(encoding="utf-8")):
            old_format = address.endswith(".ttf")  # named beside .woff2, which every browser of today takes
            if not old_format and not (sheet.parent / address.strip()).is_file():
                missing.append(f"{sheet.relative_to(site)}: {address}")
    assert missing == []


@pytest.mark.browser
def test_the_switch_keeps_the_place(site, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{site.as_uri()}/book/05_city_2021.html")
    # What lies above is laid out on the way, which moves the section; so it is brought to the top until it stays.
    tab.wait_for_function(
        """() => { const at = document.querySelector('#summary'); const before = at.getBoundingClientRect().top;
                   at.scrollIntoView(); return Math.abs(before) < 150; }""",
        polling=200,
    )
    switch = tab.locator(".gwr-language").first.bounding_box()
    tab.mouse.click(switch["x"] + 5, switch["y"] + 5)  # a click on the element would scroll the page first
    tab.wait_for_url("**/zh/book/05_city_2021.html#summary")
    assert tab.locator("#summary h2").text_content().startswith("小结")
    tab.locator(".gwr-language").first.click()
    tab.wait_for_url("**/html/book/05_city_2021.html#*")
    context.close()


FORMATS = {"CSV", "JSON", "Parquet"}


@pytest.mark.parametrize("page", PAGES)
def test_every_column_of_a_chinese_page_has_a_chinese_heading(site, page):
    """A heading that a frame made of codes or of names without a title would stand in English."""
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', article(site / "zh" / f"{page}.html"), re.DOTALL)
    words = {unescape(re.sub(r"<[^>]+>", "", head)).strip() for head in heads}
    assert {
        word for word in words if re.search(r"[A-Za-z]{2}", word) and not re.search(r"[\u3400-\u9fff]", word)
    } <= FORMATS


@pytest.mark.parametrize("page", PAGES)
def test_no_answer_is_an_empty_frame(site, page):
    """A filter by English words finds nothing where the tables are shown in Chinese."""
    for edition in ("", "zh"):
        assert "Empty DataFrame" not in article(site / edition / f"{page}.html")


# Titles of works and words in other languages, names of programs and of files, and what stands in code.
NOT_PROSE = re.compile(
    r"<(pre|code|script|style|cite|em|i)\b.*?</\1>"
    r'|<span class="term-tip".*?</span></span>'
    r'|<p class="english".*?</p>'
    r'|<section id="sources-and-further-reading">.*?</section>'
    r'|<div class="cite-page">.*?</div>'
    r'|<div class="prev-next-footer">.*?</div>',
    re.DOTALL,
)
ENGLISH_PROSE = re.compile(r"(?:\b[A-Za-z][a-z’']*,? ){3,}[a-z’']+\b")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "book/glossary"])
def test_no_english_sentence_is_left_on_a_chinese_page(site, page):
    text = NOT_PROSE.sub(" ", article(site / "zh" / f"{page}.html"))
    words = unescape(re.sub(r"<[^>]+>", "\n", re.sub(r'data-srcdoc="[^"]*"', "", text)))
    assert sorted(set(found[0] for found in ENGLISH_PROSE.finditer(words))) == []
