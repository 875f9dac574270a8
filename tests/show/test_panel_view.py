"""The list of places of chapter 23: what stands in the page, and what the script makes of it."""

import json
import re

import pandas as pd
import pytest
from gwr.show.panel_view import PANEL_INDICATORS, PICKED, place_picker
from toc import ROOT

PLACES = pd.DataFrame(
    {
        "place": ["全国", "福建省", "福州市", "甲</script>市"],
        "place_en": ["China", "Fujian", "Fuzhou", "A</script>"],
        "level": ["national", "province", "city", "city"],
    }
)


def rows():
    lines = [
        ("福州市", 2021, "target", 8.5, "target"),
        ("福州市", 2022, "result", 8.0, "expected"),
        ("福州市", 2022, "target", 8.0, "target"),
        ("福州市", 2023, "result", -4.0, "actual"),
        ("福建省", 2022, "target", 6.5, "target"),
        ("甲</script>市", 2022, "target", 7.0, "target"),
        ("福州市", 2002, "target", 99.0, "target"),
    ]
    frame = pd.DataFrame(lines, columns=["place", "plan_year", "kind", "value", "status"])
    return frame.assign(indicator="gdp_growth")


def figures(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1])


def test_figures_are_packed_by_the_year_they_are_about():
    packed = figures(place_picker(rows(), PLACES))["figures"]["gdp_growth"]
    assert packed["福州市"] == "2021|8.5,8|8e,-4"
    assert packed["福建省"] == "2022|6.5|"
    assert packed["median"] == "2021|8.5,7|8,-4"  # of 8, 6.5 and 7


def test_a_name_cannot_end_the_script():
    html = str(place_picker(rows(), PLACES))
    assert html.count("</script>") == 1
    assert "甲</script>市" in figures(html)["figures"]["gdp_growth"]


def test_without_the_script_the_table_shows_fuzhou():
    html = str(place_picker(rows(), PLACES))
    table = re.search(r"<tbody>(.*?)</tbody>", html)[1]
    assert re.findall(r"<th scope=\"row\">(\d+)</th>", table) == ["2022", "2021"]
    assert "−4" in table and "8*" in table and "99" not in table
    assert 'class="gwr-filter" hidden' in html


def test_only_places_with_figures_can_be_picked():
    options = re.findall(r"<option[^>]*>([^<]+)</option>", place_picker(rows(), PLACES))
    assert {"Fujian", "Fuzhou"} < {*options} and "China" not in options


def test_every_picked_indicator_has_a_name():
    assert {*PICKED} < {*PANEL_INDICATORS}


@pytest.mark.browser
def test_a_place_is_drawn_and_tabled_when_it_is_picked(browser):
    page = browser.new_page()
    script = (ROOT / "book" / "static" / "panel.js").read_text(encoding="utf-8")
    page.set_content(f"<!doctype html><body>{place_picker(rows(), PLACES)}</body>")
    page.add_script_tag(content=script)
    assert page.locator("svg circle").count() == 8  # four of Fuzhou, four of the median
    page.locator("select").first.focus()
    page.locator("select").first.select_option("福建省")
    assert page.locator("thead [data-place]").inner_text() == "Fujian"
    assert page.locator("svg circle.place").count() == 1
    assert page.locator("svg circle.home").count() == 4
    assert page.locator("tbody tr").count() == 2
