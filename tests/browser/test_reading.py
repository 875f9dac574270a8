"""What a reader does on a page: by keyboard, by scrolling, by following a link; and what no script may do."""

from __future__ import annotations

import pytest
from toc import PAGES


@pytest.mark.browser
@pytest.mark.parametrize("page", ["book/index", "book/source", "book/05_city_2021", "search"])
def test_the_chinese_edition_finds_all_that_it_loads_and_its_icons(watch, page):
    tab = watch.page
    tab.goto(f"{watch.base}zh/{page}.html")
    tab.wait_for_function("[...document.fonts].some(font => font.status === 'loaded' && font.weight === '900')")
    assert watch.trouble == []


@pytest.mark.browser
def test_boxes_that_scroll_and_the_section_being_read_are_known_when_they_come_near(watch):
    tab = watch.page
    tab.goto(f"{watch.base}book/05_city_2021.html")
    links = tab.locator(".page-toc a[href^='#']")
    section = links.nth(2).get_attribute("href")
    tab.locator(section).first.evaluate("section => section.scrollIntoView()")
    tab.locator(f".page-toc li.active > a.active[href='{section}']").wait_for(state="attached")
    tab.goto(f"{watch.base}book/22_your_report.html")
    wide = "box => box.scrollWidth > box.clientWidth && box.offsetParent"
    for box in tab.locator("article pre").all():
        box.evaluate(
            "box => { const hidden = box.closest('details'); if (hidden) hidden.open = true; box.scrollIntoView() }"
        )
        if box.evaluate(wide):
            tab.wait_for_function("box => box.tabIndex === 0", arg=box.element_handle())
    assert tab.locator("article pre[tabindex='0']").count() > 0
    assert watch.trouble == []


@pytest.mark.browser
def test_a_chart_is_reached_by_keyboard(watch):
    tab = watch.page
    tab.goto(f"{watch.base}book/01_headlines_2021.html")
    tab.locator(".gwr-chart .picture").first.focus()
    tab.locator(".gwr-chart .stage svg.marks").first.wait_for()
    assert watch.trouble == []


@pytest.mark.browser
def test_a_link_to_a_claim_shows_its_row(watch):
    tab = watch.page
    tab.goto(f"{watch.base}book/source.html#c001")
    tab.locator("p.source a.claim[href='#c001-row']").click()
    row = tab.locator("#c001-row")
    row.wait_for(state="visible")
    assert "677.77" in row.inner_text()


@pytest.mark.browser
def test_the_policy_stops_a_script_that_is_not_of_the_site(site, server, browser):
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{server}{PAGES[0]}.html")
    tab.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.intruder = 1'; document.body.append(s) }"
    )
    assert tab.evaluate("window.intruder") is None
    context.close()


FOCUSED = """(element) => {
  element.focus();
  const style = getComputedStyle(element), probe = document.createElement("i");
  probe.style.color = "var(--focus)";
  document.body.append(probe);
  const wanted = getComputedStyle(probe).color;
  probe.remove();
  return [document.activeElement === element, style.outlineColor === wanted, parseFloat(style.outlineWidth) > 0];
}"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whatever_has_the_focus_has_one_colour_and_buttons_look_like_buttons(watch, scheme):
    tab = watch.page
    tab.emulate_media(color_scheme=scheme)
    tab.goto(f"{watch.base}book/01_headlines_2021.html")
    tab.locator(".gwr-table .sort").first.wait_for(state="attached")
    tab.keyboard.press("Tab")  # from now on the focus is shown
    for places in (
        "article p a[href]",
        ".gwr-table .sort",
        ".gwr-language",
        ".gwr-code-switch",
        "article summary",
        ".bd-sidebar a",
    ):
        reached = [place for place in tab.locator(places).all() if place.is_visible()]
        assert reached, places
        assert reached[0].evaluate(FOCUSED) == [True, True, True], places
    for button in (".gwr-language", ".gwr-code-switch"):
        edge, ground = tab.locator(button).evaluate(
            "one => [getComputedStyle(one).borderTopWidth, getComputedStyle(one).backgroundColor]"
        )
        assert edge == "1px" and ground != "rgba(0, 0, 0, 0)"
