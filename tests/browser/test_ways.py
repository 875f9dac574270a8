"""The row of links in the head of every page, and the marks of the picture on the first one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from gwr.site.sphinx.ways import WAYS
from playwright.sync_api import Browser, Page
from toc import PAGES

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1400, "height": 900}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, offline=True, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_row_and_its_links_lead_to_pages(site: Path, page: str) -> None:
    file = site / f"{page}.html"
    rows = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("nav.gwr-ways")
    assert len(rows) == 1
    links = {(file.parent / link["href"]).resolve() if link["href"] != "#" else file: link for link in rows[0]("a")}
    edition = site / "zh" if page.startswith("zh/") else site
    assert list(links) == [edition / f"{way}.html" for way in WAYS]
    here = [path for path, link in links.items() if link.get("aria-current") == "page"]
    assert here == ([file] if page.removeprefix("zh/") in WAYS else [])


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESK, {"width": 1000, "height": 800}], ids=lambda size: str(size["width"]))
@pytest.mark.parametrize("page", ["book/05_city_2021", "zh/book/05_city_2021"])
def test_the_row_is_one_line_and_every_link_can_be_reached_by_keyboard(
    tab: Page, site: Path, page: str, size: dict[str, int]
) -> None:
    tab.set_viewport_size(size)
    tab.goto(f"{site.as_uri()}/{page}.html")
    links = tab.locator("nav.gwr-ways a")
    tops = {round(link.bounding_box()["y"]) for link in links.all()}
    assert len(tops) == 1
    links.first.focus()
    for _number in range(links.count() - 1):
        tab.keyboard.press("Tab")
    box = links.last.bounding_box()
    assert links.last.evaluate("link => link === document.activeElement")
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"] + 1
    head = tab.locator(".bd-header-article").bounding_box()
    assert head["y"] <= box["y"] and box["y"] + box["height"] <= head["y"] + head["height"] + 1


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: str(size["width"]))
def test_the_head_of_the_page_lies_over_no_passage_that_is_led_to(tab: Page, site: Path, size: dict[str, int]) -> None:
    tab.set_viewport_size(size)
    for anchor in ("c061", "p100", "section-2.4"):
        tab.goto(f"{site.as_uri()}/book/source.html#{anchor}")
        tab.wait_for_timeout(300)
        bottom = tab.locator(".bd-header-article").evaluate("head => head.getBoundingClientRect().bottom")
        top = tab.evaluate("name => document.getElementById(name).getBoundingClientRect().top", anchor)
        assert bottom - 1 <= top < size["height"]


@pytest.mark.browser
@pytest.mark.parametrize("item", ["c147", "p001"])
def test_a_mark_of_the_picture_leads_to_its_passage(tab: Page, site: Path, item: str) -> None:
    tab.set_viewport_size(DESK)
    tab.goto(f"{site.as_uri()}/book/index.html")
    mark = tab.locator(f'.gwr-report a[href="source.html#{item}"] path')
    mark.scroll_into_view_if_needed()
    mark.dispatch_event("click")
    tab.wait_for_url(f"**/source.html#{item}")
    assert tab.locator(f"#{item}").count() == 1


@pytest.mark.browser
def test_the_keyboard_passes_over_the_marks_of_the_picture(tab: Page, site: Path) -> None:
    """Between the link above the picture and its table lie the names of the sections alone."""
    tab.goto(f"{site.as_uri()}/book/index.html")
    tab.locator(".gwr-report figcaption a").focus()
    for _number in range(23):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.getAttribute('href')").startswith("source.html#section-")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.browser
@pytest.mark.parametrize("page", ["book/index", "zh/book/index"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: str(size["width"]))
def test_the_first_page_fits_and_its_picture_is_whole(
    browser: Browser, site: Path, page: str, scheme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, offline=True, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site.as_uri()}/{page}.html")
    boxes = [drawing.bounding_box() for drawing in tab.locator(".gwr-report .parts svg").all()]
    column = tab.locator(".bd-article").bounding_box()
    context.close()
    assert len(boxes) == 23
    assert all(column["x"] <= box["x"] and box["x"] + box["width"] <= column["x"] + column["width"] for box in boxes)
    assert len({round(box["x"]) for box in boxes}) == (1 if size is PHONE else 2)
    assert min(box["width"] for box in boxes) >= 320
