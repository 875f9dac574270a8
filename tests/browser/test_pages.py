"""Every page in a browser, with the network cut: it draws everything, fits, and has no fault that axe-core finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from toc import CHINESE, ENGLISH, PAGES
from watching import Watch


class View(NamedTuple):
    """How a page is looked at."""

    over: str
    width: int
    scheme: str


DESK = View("file", 1280, "light")
PHONE = View("http", 390, "dark")
SEARCH = ["search", "zh/search"]
LOOKS = [
    *((page, (DESK, PHONE)[number % 2]) for number, page in enumerate(ENGLISH)),
    *((page, (PHONE, DESK)[number % 2]) for number, page in enumerate(CHINESE)),
    *((page, view) for page in SEARCH for view in (DESK, PHONE)),
]
"""How each page is looked at: at the desk in one edition and on the phone in the other, which differ in words alone.

Whether its words fit is asked of every page at both widths.
"""


@pytest.fixture(scope="session")
def views(browser: Browser, site: Path, server: str) -> Iterator[dict[View, Watch]]:
    """One tab for each view, used for all pages that a process has to look at."""
    watches = {}
    for view in (DESK, PHONE):
        context = browser.new_context(viewport={"width": view.width, "height": 844}, color_scheme=view.scheme)
        context.set_default_timeout(10_000)
        watches[view] = Watch(context, server if view.over == "http" else f"{site.as_uri()}/")
    yield watches
    for watch in watches.values():
        watch.page.context.close()


CUT = """() => [...document.querySelectorAll(".picture svg")].flatMap((chart) => {
  const edge = chart.getBoundingClientRect();
  const cut = (word) => { const at = word.getBoundingClientRect(); return at.left < edge.left - 1 || at.right > edge.right + 1; };
  return [...chart.querySelectorAll("text")].filter(cut).map((word) => word.textContent);
})"""
"""The words of the page's charts that reach over the edge of their picture."""

RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""All of axe-core's own, and the size of targets, which Lighthouse asks too. What passes is not listed, which would take half the time."""


def faults(tab: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, one line each."""
    found = Axe().run(tab, options=RULES).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:150]}" for fault in found]


def fits(tab: Page, width: int) -> bool:
    """Whether nothing is wider than the window, and no chart loses a word at its edge."""
    tab.set_viewport_size({"width": width, "height": 844})
    assert tab.evaluate(CUT) == []
    return tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.spread
@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "view"), LOOKS, ids=lambda value: value if isinstance(value, str) else str(value.width)
)
def test_the_page_draws_everything_fits_and_is_accessible(views, page, view):
    watch = views[view]
    watch.trouble.clear()
    tab = watch.page
    tab.goto(f"{watch.base}{page}.html")
    assert tab.evaluate("document.documentElement.dataset.theme") == view.scheme
    assert fits(tab, PHONE.width + DESK.width - view.width)
    assert fits(tab, view.width)
    for frame in tab.locator(".gwr-map iframe").all():
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator(".leaflet-pane g > path").first.wait_for()
        land, border = (frame.content_frame.locator(f"path.{name}").count() for name in ("land", "border"))
        assert (land > 0) == (border > 0)  # neither on a map that folium makes in a cell
    tab.evaluate("scrollTo(0, 0)")  # or the head of the page would lie over what has been scrolled to
    assert watch.trouble == []
    assert faults(tab) == []
    watch.trouble.clear()  # axe-core asks for the style sheets once more, which on the disk it may not
    for chart in tab.locator(".gwr-chart").all():
        assert chart.locator(".picture svg path").count() > 0
        chart.scroll_into_view_if_needed()
        chart.hover()
        chart.locator(".stage svg.marks").wait_for()
        assert chart.locator(".stage svg.marks path").count() > 0
        assert not chart.locator(".picture").is_visible()
    assert watch.trouble == []


@pytest.mark.browser
def test_axe_would_find_a_fault(browser):
    tab = browser.new_page()
    tab.set_content("<!doctype html><html><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    found = {fault.split(":")[0] for fault in faults(tab)}
    tab.close()
    assert {"image-alt", "html-has-lang"} <= found, json.dumps(sorted(found))


def test_every_page_is_looked_at_both_ways():
    looks = {(page.removeprefix("zh/"), view) for page, view in LOOKS}
    assert looks == {(page, view) for page in [*ENGLISH, "search"] for view in (DESK, PHONE)}
    assert {page for page, _ in LOOKS} == {*PAGES, *SEARCH}
