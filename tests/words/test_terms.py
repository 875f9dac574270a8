"""Terms of the glossary in running text: found once a page, and readable by pointer, keyboard, touch and screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from docutils import nodes
from docutils.core import publish_doctree
from gwr.paths import BOOK
from gwr.report.tables import load_tables
from gwr.site.sphinx import glossary_terms
from playwright.sync_api import Browser, Page

ROWS = {row["term_zh"]: row for row in load_tables()["glossary"]}
LINK = "https://example.org/"


def marked(text: str) -> list[str]:
    """The terms that are marked in a page, in order."""
    page = publish_doctree(text, settings_overrides={"report_level": 5})
    before = page.astext()
    glossary_terms.mark(page, ROWS, "glossary.html")
    assert page.astext() == before  # marking changes no word
    return [node.astext() for node in page.findall(glossary_terms.glossary_term)]


def test_the_first_occurrence_of_each_term_is_marked():
    assert marked("征迁 and 老旧小区.\n\n老旧小区 again, 征迁 again, and 预计.") == ["征迁", "老旧小区", "预计"]


def test_the_longest_term_wins():
    assert marked("征迁出让") == ["征迁出让"]
    assert marked("征迁出让, 征迁") == ["征迁出让", "征迁"]


def test_list_items_and_emphasis_count_as_running_text():
    assert marked("- one 老旧小区\n- two *河长制*") == ["老旧小区", "河长制"]


@pytest.mark.parametrize(
    "text",
    [
        "老旧小区\n========\n\nNothing here.",
        "Only ``老旧小区`` here.",
        "::\n\n   老旧小区",
        f"`老旧小区 <{LINK}>`_",
        "=====  =====\n老旧小区  预计\n=====  =====",
        ".. raw:: html\n\n   <p>老旧小区</p>",
    ],
    ids=["heading", "code", "code block", "link", "table", "raw"],
)
def test_elsewhere_nothing_is_marked(text):
    assert marked(text) == []


def test_characters_that_meet_by_chance_are_no_term():
    assert marked("全力争取 it") == []
    assert marked("全力争取 it and 力争 it") == ["力争"]
    assert marked("the number 138201 and 13820") == []
    assert marked("the 3820 project") == ["3820"]


def test_the_source_and_the_glossary_are_left_alone():
    app = SimpleNamespace(env=SimpleNamespace(found_docs={"book/glossary"}), builder=SimpleNamespace(format="html"))
    for name in glossary_terms.NO_TERMS_ON:
        page = publish_doctree("老旧小区")
        glossary_terms.mark_terms(app, page, name)
        assert not list(page.findall(glossary_terms.glossary_term))


def test_definitions_do_not_reach_the_search():
    page = publish_doctree("老旧小区")
    glossary_terms.mark(page, ROWS, "glossary.html")
    assert not list(page.findall(nodes.raw)) and page.astext() == "老旧小区"


def test_a_changed_glossary_makes_all_pages_outdated():
    env = SimpleNamespace(found_docs={"a", "b"})
    assert glossary_terms.outdated(None, env, {"a", "b"}) == []
    assert glossary_terms.outdated(None, env, set()) == []
    env.gwr_glossary = "another"
    assert glossary_terms.outdated(None, env, {"a"}) == ["b"]


# --- in the browser ------------------------------------------------------------------------------------------------------------


def html(terms: list[str]) -> str:
    writer = SimpleNamespace(body=[])
    for number, name in enumerate(terms):
        node = glossary_terms._term(ROWS[name], "glossary.html")
        writer.body.append(f'<p style="text-align: {"right" if number % 2 else "left"}">The word ')
        glossary_terms.visit_term(writer, node)
        writer.body.append(name)
        glossary_terms.depart_term(writer, node)
        writer.body.append(" in a sentence.</p>")
    static = BOOK / "static"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Terms</title>'
        f"<style>body {{ background: #fff; color: #1b2027 }}</style><style>{(static / 'terms.css').read_text(encoding='utf-8')}</style></head>"
        f"<body><main><h1>Terms</h1>{''.join(writer.body)}</main>"
        f"<script>{(static / 'terms.js').read_text(encoding='utf-8')}</script></body></html>"
    )


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "page.html").write_text(html(["老旧小区", "地区生产总值", "12345平台"]), encoding="utf-8")
    (tmp_path / "glossary.html").write_text("<title>Glossary</title>", encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    yield page
    context.close()


@pytest.mark.browser
def test_pointer_keyboard_and_escape(page):
    tips = page.locator(".term-tip")
    assert [tip.is_visible() for tip in tips.all()] == [False] * 3
    page.keyboard.press("Tab")
    assert tips.nth(0).is_visible() and ROWS["老旧小区"]["definition_en"] in tips.nth(0).inner_text()
    page.keyboard.press("Escape")
    assert not tips.nth(0).is_visible()
    page.keyboard.press("Tab")
    assert tips.nth(1).is_visible() and not tips.nth(0).is_visible()
    page.keyboard.press("Escape")
    page.locator(".term-link").nth(2).hover()
    assert tips.nth(2).is_visible()
    tips.nth(2).hover()  # the pointer can move onto the definition
    assert tips.nth(2).is_visible()


@pytest.mark.browser
def test_the_first_tap_opens_the_second_follows(page):
    link = page.locator(".term-link").nth(1)
    link.tap()
    assert page.locator(".term-tip").nth(1).is_visible() and page.url.endswith("page.html")
    link.tap()
    page.wait_for_url("**/glossary.html#*")


@pytest.mark.browser
def test_the_definition_stays_inside_a_narrow_window(page):
    for number in range(3):
        page.locator(".term-link").nth(number).focus()
        box = page.locator(".term-tip").nth(number).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_nothing_hinders_a_screen_reader(page):
    link = page.locator(".term-link").first
    link.focus()
    assert page.locator(f"[id='{link.get_attribute('aria-describedby')}']").count() == 1
    assert Axe().run(page).response["violations"] == []


@pytest.mark.browser
def test_print_shows_the_term_alone(page):
    page.locator(".term-link").first.focus()
    page.emulate_media(media="print")
    assert not page.locator(".term-tip").first.is_visible()
