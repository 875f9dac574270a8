"""On a phone every chart is whole, and so is what stands above a table; numbers stay with their units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from toc import PAGES

PHONE = {"width": 390, "height": 844}
SMALLEST = 11
"""Pixels of the smallest letters of a chart that are still read."""

OUTSIDE = """() => [...document.querySelectorAll(".gwr-chart")].flatMap((box) => {
  const seen = [...box.querySelectorAll("svg")].filter((svg) => svg.getClientRects().length);
  if (!box.getClientRects().length && !seen.length) return [];
  const name = box.dataset.figure ?? "a chart";
  if (seen.length !== 1) return [`${name}: ${seen.length} pictures are seen`];
  const [svg] = seen, edge = svg.getBoundingClientRect(), column = box.getBoundingClientRect(), out = [];
  if (edge.left < column.left - 1 || edge.right > column.right + 1) out.push("the picture is wider than its column");
  for (const part of svg.querySelectorAll("text, path, line, rect")) {
    const at = part.getBoundingClientRect();
    if (at.width + at.height === 0) continue;
    if (at.left < edge.left - 1 || at.right > edge.right + 1 || at.top < edge.top - 1 || at.bottom > edge.bottom + 1)
      out.push(`outside: ${part.tagName} ${part.textContent}`);
  }
  const scale = edge.width / svg.viewBox.baseVal.width;
  const sizes = [...svg.querySelectorAll("text")].map((word) => parseFloat(getComputedStyle(word).fontSize) * scale);
  if (Math.min(...sizes) < SMALLEST) out.push(`letters of ${Math.min(...sizes)} pixels`);
  return out.map((what) => `${name}: ${what}`);
})""".replace("SMALLEST", str(SMALLEST))
"""What of the charts of a page is not seen: marks, words and signs outside their picture, and letters too small to read."""

CAPTIONS = """() => [...document.querySelectorAll("caption")].flatMap((caption) => {
  const box = caption.closest(".gwr-table");
  if (!caption.getClientRects().length) return [];
  const cut = () => {
    const at = caption.getBoundingClientRect(), column = box.getBoundingClientRect();
    return at.left < column.left - 1 || at.right > column.right + 1 || caption.scrollWidth > caption.clientWidth + 1;
  };
  const before = cut();
  box.scrollLeft = box.scrollWidth;
  const after = cut();
  box.scrollLeft = 0;
  return before || after ? [caption.textContent.slice(0, 60)] : [];
})"""
"""The captions of tables that are cut, before or after the table is scrolled to its end."""

LOOSE = """() => [...document.querySelectorAll(".gwr-table, .gwr-frame, .pst-scrollable-table-container")].flatMap((box) => {
  const table = box.querySelector("table");
  if (!table || table.rows[0].cells.length < 4 || box.scrollWidth <= box.clientWidth + 8) return [];
  box.scrollLeft = box.scrollWidth;
  const left = box.getBoundingClientRect().left;
  const gone = [...table.rows].slice(0, 12).map((row) => row.cells[0]).filter((cell) => cell.getClientRects().length
    && (Math.abs(cell.getBoundingClientRect().left - left) > 2 || getComputedStyle(cell).boxShadow === "none"));
  box.scrollLeft = 0;
  return gone.map((cell) => `${box.id}: ${cell.textContent.slice(0, 40)}`);
})"""
"""The cells of the first column of wide tables that do not stay in sight, or have no edge."""

BROKEN = """() => [...document.querySelectorAll(".nb")].filter((number) => number.getClientRects().length > 1)
  .map((number) => number.textContent)"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def unfold(tab: Page) -> None:
    """Opens what is folded, so that all of it is laid out."""
    tab.evaluate("() => { for (const folded of document.querySelectorAll('article details')) folded.open = true }")


@pytest.mark.spread
@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
def test_charts_and_tables_are_whole_on_a_phone(phone: Page, site: Path, page: str) -> None:
    phone.goto(f"{site.as_uri()}/{page}.html")
    unfold(phone)
    assert phone.evaluate(OUTSIDE) == []
    assert phone.evaluate(CAPTIONS) == []
    assert phone.evaluate(LOOSE) == []
    assert phone.evaluate(BROKEN) == []
    charts = phone.locator(".gwr-chart")
    for chart in charts.all():
        chart.locator(".picture").dispatch_event("pointerover")
        chart.locator(".stage svg.marks path").first.wait_for(state="attached")
        assert chart.get_attribute("data-live") == "narrow"
    assert phone.evaluate(OUTSIDE) == []


SPOILED = {
    "the wide picture": (
        "() => { for (const [hide, show] of [['.narrow', '.wide']]) for (const box of document.querySelectorAll('.gwr-chart')) {"
        " box.querySelector(hide).style.display = 'none'; const wide = box.querySelector(show); wide.style.display = 'block';"
        " wide.firstChild.style.cssText = 'max-width: none; width: auto' } }",
        OUTSIDE,
    ),
    "the wide picture, made smaller": (
        "() => { for (const box of document.querySelectorAll('.gwr-chart')) {"
        " box.querySelector('.narrow').style.display = 'none'; box.querySelector('.wide').style.display = 'block' } }",
        OUTSIDE,
    ),
    "a longer word": (
        "() => { for (const word of document.querySelectorAll('.narrow text')) word.textContent += ' and more, and more, and more' }",
        OUTSIDE,
    ),
    "a longer bar": (
        "() => { for (const bar of document.querySelectorAll('.narrow [class*=mark-rect] path'))"
        " bar.setAttribute('transform', 'scale(3)') }",
        OUTSIDE,
    ),
    "a caption as wide as its table": (
        "() => { for (const one of document.querySelectorAll('caption')) one.style.cssText = 'max-width: none; position: static' }",
        CAPTIONS,
    ),
    "a first column that scrolls": (
        "() => { for (const one of document.querySelectorAll('tr > :first-child')) one.style.position = 'static' }",
        LOOSE,
    ),
    "a number that breaks": (
        "() => { for (const one of document.querySelectorAll('.nb')) { one.textContent = one.textContent.replace(/\\u00a0/g, ' ');"
        " one.style.cssText = 'white-space: normal; display: inline; word-spacing: 90vw' } }",
        BROKEN,
    ),
}


@pytest.mark.browser
@pytest.mark.parametrize("how", SPOILED)
def test_the_test_can_fail(phone: Page, site: Path, how: str) -> None:
    spoil, look = SPOILED[how]
    phone.goto(f"{site.as_uri()}/book/01_headlines_2021.html")
    unfold(phone)
    assert phone.evaluate(look) == []
    phone.evaluate(spoil)
    assert phone.evaluate(look) != []


@pytest.mark.browser
def test_a_chart_follows_the_width_of_its_column(site: Path, browser: Browser) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(f"{site.as_uri()}/book/01_headlines_2021.html")
    box = tab.locator(".gwr-chart").first
    assert box.locator(".wide").is_visible()
    assert not box.locator(".narrow").is_visible()
    box.hover()
    tab.locator(".gwr-chart[data-live=wide] .stage svg.marks").first.wait_for()
    tab.mouse.move(0, 0)
    tab.set_viewport_size(PHONE)
    box.locator(".picture .narrow").wait_for(state="visible")
    assert box.locator(".stage").count() == 0
    box.locator(".picture").dispatch_event("pointerover")
    tab.locator(".gwr-chart[data-live=narrow] .stage svg.marks").first.wait_for()
    tab.close()


@pytest.mark.browser
def test_paper_gets_the_wide_picture_from_a_phone_too(phone: Page, site: Path) -> None:
    phone.goto(f"{site.as_uri()}/book/01_headlines_2021.html")
    phone.emulate_media(media="print")
    shown = phone.locator(".gwr-chart .wide").first.is_visible(), phone.locator(".gwr-chart .narrow").first.is_visible()
    phone.emulate_media(media="screen")
    assert shown == (True, False)
