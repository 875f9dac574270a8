"""The ground of the maps: names that cover nothing, in two languages, at every scale; the reader's hand in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import cos, radians
from pathlib import Path

import pytest
import shapely
from gwr.report import places
from gwr.report.tables import load_tables
from gwr.show import base_map, maps
from gwr.show.label_placement import Box, Label, Sign, Wish, boxes_overlap, place, to_pixel, to_place, width
from playwright.sync_api import Browser, Locator, Page
from serving import serve
from xstatic.pkg import leaflet

ROOT = Path(__file__).resolve().parents[2]
PLACES = places.located(load_tables())
ROWS = PLACES.drop_duplicates("place_id").to_dict("records")
COUNTS = Counter(
    code for row in ROWS if row["precision"] == "subdistrict" for code in row["subdistrict_code"].split(";")
)


# --- how names are placed -------------------------------------------------------------------------------------------------


def test_boxes_overlap_as_shapes_do():
    boxes = [
        Box(x, y, w, h, angle)
        for x, y in ((0, 0), (12, 5), (30, -8))
        for w, h in ((20, 8), (40, 6))
        for angle in (0, 30, 90, -45)
    ]
    for one, other in combinations(boxes, 2):
        area = shapely.Polygon(one.corners()).intersection(shapely.Polygon(other.corners())).area
        assert boxes_overlap(one, other) == (area > 1e-6) == boxes_overlap(other, one), (one, other)


def test_pixels_and_places_are_the_same_both_ways():
    for zoom in (10.0, 13.25):
        lat, lon = to_place(to_pixel((26.06, 119.3), zoom), zoom)
        assert (lat, lon) == pytest.approx((26.06, 119.3), abs=1e-9)
    # A step of zoom is twice the pixels, and a kilometre is as long as Leaflet's scale has it.
    x, y = to_pixel((26.06, 119.3), 13)
    assert to_pixel((26.06, 119.3), 14) == pytest.approx((2 * x, 2 * y))
    east, _ = to_pixel((26.06, 119.3 + 1000 / (111_320 * cos(radians(26.06)))), 13)
    assert east - x == pytest.approx(1000 / (40075017 * cos(radians(26.06)) / (256 * 2**13)), rel=2e-3)


def test_the_more_important_name_gets_the_place_and_a_name_without_one_is_left_out():
    here = (26.06, 119.3)
    wishes = [Wish(key, (("Name",),), 12, (here,), "on") for key in (7, 3)]
    assert [label.key for label in place(wishes, [13], [])] == [7]
    sign = Sign(here, 10)
    assert place(wishes, [13], [sign]) == []
    (beside,) = place([Wish(1, (("Name",),), 12, (here,), "beside")], [13], [sign])
    assert not boxes_overlap(beside.box(13), sign.box(13)) and beside.dx > 0
    frame = Box(*to_pixel(here, 13), 60, 60)
    long = Wish(1, (("A long name that leaves the frame",), ("Name",)), 12, (here,), "on")
    assert place([long], [13], [], frame)[0].form == 1


def test_a_place_is_free_at_every_zoom_or_it_is_none():
    # The eastern name stands to the west of the western one, so they meet when the ground between them grows.
    west, east = (26.06, 119.300), (26.06, 119.304)
    wishes = [
        Wish(1, (("Name",),), 12, (west,), "on", shifts=((40.0, 0.0),)),
        Wish(2, (("Name",),), 12, (east,), "on", shifts=((-40.0, 0.0),)),
    ]
    assert len(place(wishes, [13], [])) == 2
    assert len(place(wishes, [13, 13.5, 14, 14.5], [])) == 1


def test_a_name_lies_along_its_line_and_is_never_upside_down():
    line = ((26.07, 119.31), (26.05, 119.29))  # drawn from the north-east to the south-west
    (label,) = place([Wish(1, (("Name",),), 12, line, "along")], [13], [])
    assert -90 < label.angle <= 90 and label.angle == pytest.approx(-48, abs=3)
    assert place([Wish(1, (("A name that is much too long for the line",),), 12, line, "along")], [11], []) == []


# --- the names of the maps ------------------------------------------------------------------------------------------------


def overlaps(labels: list[Label], zoom: float) -> list[tuple[int, int]]:
    boxes = [(label.key, label.box(zoom)) for label in labels]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if boxes_overlap(one, other)]


@pytest.mark.parametrize("level", base_map.NAME_ZOOMS)
@pytest.mark.parametrize("rows", [[], ROWS], ids=["empty", "full"])
def test_no_name_covers_another_at_any_zoom(level, rows):
    labels = base_map.names(level, rows, COUNTS if rows else {})
    for zoom in base_map.zooms_of(level):
        assert overlaps(labels, zoom) == [], zoom
    assert len({(label.key, label.at) for label in labels}) == len(labels)
    assert overlaps(labels, level - 1)  # the test can fail: at half the scale they do


def test_the_zooms_of_the_names_leave_no_gap():
    zooms = [zoom for level in base_map.NAME_ZOOMS for zoom in base_map.zooms_of(level)]
    assert (
        zooms == [12 + base_map.ZOOM_STEP * step for step in range(len(zooms))] and zooms[-1] == base_map.LARGEST_ZOOM
    )


def test_more_names_the_larger_the_scale():
    numbers = [len(base_map.names(zoom, ROWS, COUNTS)) for zoom in base_map.NAME_ZOOMS]
    assert numbers == sorted(numbers) and numbers[-1] > 2 * numbers[1]
    for rows, counts in (([], {}), (ROWS, COUNTS)):
        wide = {label.key for label in base_map.names(base_map.NAME_ZOOMS[1], rows, counts)}
        assert set(range(10)) <= wide  # the ten subdistricts


def test_english_names_have_the_chinese_beside_them():
    texts = base_map._texts()
    assert ("area", (("Cangxia 苍霞",), ("Cangxia", "苍霞"), ("Cangxia",))) in texts
    for _look, forms in texts:
        assert re.search("[\u4e00-\u9fff]", " ".join(forms[0])) and re.search("[A-Za-z]", forms[0][0])


IN_CHINESE = """
from gwr.report import places
from gwr.report.tables import load_tables
from gwr.show import base_map
from gwr.show.label_placement import boxes_overlap
from itertools import combinations
rows = places.located(load_tables()).drop_duplicates("place_id").to_dict("records")
for level in base_map.NAME_ZOOMS:
    labels = base_map.names(level, rows, {})
    for zoom in base_map.zooms_of(level):
        assert not [1 for one, other in combinations(labels, 2) if boxes_overlap(one.box(zoom), other.box(zoom))]
print("|".join(line for _, forms in base_map._texts() for form in forms for line in form))
"""


def test_chinese_names_are_chinese_alone():
    environment = {**os.environ, "GWR_LANGUAGE": "zh", "PYTHONPATH": str(ROOT / "book")}
    done = subprocess.run([sys.executable, "-c", IN_CHINESE], env=environment, capture_output=True, check=True)
    text = done.stdout.decode()
    assert "苍霞" in text and "尤溪洲大桥" in text and not re.search("[A-Za-z]", text)


def test_what_the_city_is_known_by_is_on_the_ground():
    ground = base_map.ground([PLACES])
    layers = Counter(layer["css"].split()[0] for layer in ground["layers"])
    assert layers["bridge"] == 1 and layers["metro"] == 2 and layers["street"] == 2 and layers["wash"] == 3
    (bridges,) = (layer for layer in ground["layers"] if layer["css"] == "bridge")
    assert len(bridges["geo"]["coordinates"]) == 5
    for name in ("闽江", "光明港", "白马河", "解放大桥", "鼓楼区", "茶亭公园", "五一广场", "工业路", "地铁1号线"):
        assert name in ground["names"]
    assert len(ground["names"].split("|")) == 10 + len(load_tables()["base_features"])


def test_streets_are_in_two_classes_whatever_part_of_a_street_is_named():
    assert (
        base_map.is_main_street("八一七路")
        and base_map.is_main_street("八一七中路")
        and base_map.is_main_street("江滨中大道")
    )
    assert not base_map.is_main_street("达道路") and not base_map.is_main_street("")


def test_two_maps_of_a_frame_share_their_ground():
    pair = maps.before_after(PLACES, PLACES, titles=("a", "b"))
    grounds = [
        child.data() for part in (pair, pair.pair) for child in part._children.values() if isinstance(child, maps._Base)
    ]
    assert grounds[1] == "null" and len(grounds[0]) > 10_000


def luminance(colour: str) -> float:
    colour = colour if len(colour) == 7 else "#" + "".join(2 * one for one in colour[1:])
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["html", r"html\.dark"])
def test_names_can_be_read_on_every_ground_and_the_lines_of_the_metro_be_told_apart(mode):
    css = maps.CSS.read_text(encoding="utf-8")
    found = re.search(rf"^{mode} {{(.*?)}}", css, re.MULTILINE | re.DOTALL)
    assert found
    colours = dict(re.findall(r"--(\w+): (#\w{3,6})", found[1]))
    for name in ("ink", "quiet", "wet", "green"):
        for under in ("land", "outside", "water"):
            light, dark = sorted((luminance(colours[name]), luminance(colours[under])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, under)
    for rail in ("rail1", "rail2"):
        light, dark = sorted((luminance(colours[rail]), luminance(colours["outside"])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, rail


def test_sizes_of_letters_are_those_of_the_style_sheet():
    css = maps.CSS.read_text(encoding="utf-8")
    for look, size in base_map.NAME_SIZES.items():
        (rule,) = re.findall(rf"\.name\.{look}(?:, \.name\.\w+)* {{[^}}]*font-size: ([\d.]+)px", css) or re.findall(
            rf"\.name\.{look}[^{{]*{{[^}}]*font-size: ([\d.]+)px", css
        )
        assert float(rule) == size, look
    assert f"font-size: {base_map._SIZE}px" in css
    assert width("苍霞", 10) == 20


# --- in the browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "book").mkdir()
    (folder / "_static" / "leaflet").mkdir(parents=True)
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(Path(leaflet.BASE_DIR) / name, folder / "_static" / "leaflet")
    for name, chart in (("map", maps.add_places(maps.base_map(480), PLACES)), ("ground", maps.base_map(480))):
        html = maps.map_html(chart, name="fig-map", title="A map of places")
        page = (
            '<!doctype html><html lang="en" data-content_root="../"><meta charset="utf-8"><link rel="icon" href="data:,">'
            f'<meta name="viewport" content="width=device-width"><title>x</title><p>Before</p>{html}<div style="height:3000px"></div>'
        )
        (folder / "book" / f"{name}.html").write_text(page, encoding="utf-8")
    with serve(folder) as found:
        yield found


def opened(browser: Browser, address: str, width: int, *, name: str = "map", touch: bool = False) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=touch)
    page = context.new_page()
    page.goto(f"{address}book/{name}.html")
    page.frame_locator("iframe").locator(".bar > input" if name == "map" else "path.land").first.wait_for()
    return page


def scale(page: Page) -> str:
    return page.frame_locator("iframe").locator(".leaflet-control-scale-line").inner_text()


def covered(names: Locator) -> tuple[int, list[str]]:
    """How many names are shown, and which level ones cover another, by what the browser measures."""
    number, hits = names.evaluate_all(
        """all => {
          const level = all.filter((one) => one.style.transform.includes("rotate(0deg)")).map((one) => [one.textContent, one.getBoundingClientRect()]);
          const hits = [];
          level.forEach(([a, p], n) => level.slice(0, n).forEach(([b, q]) => {
            if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) hits.push(`${a} × ${b}`);
          }));
          return [all.length, hits];
        }"""
    )
    return number, hits


@pytest.mark.browser
@pytest.mark.parametrize("wide", [800, 390])
@pytest.mark.parametrize("name", ["map", "ground"])
def test_no_name_covers_another_as_the_browser_measures_them(browser, address, name, wide):
    page = opened(browser, address, wide, name=name)
    frame = page.frame_locator("iframe")
    numbers = []
    for _scale in range(3):
        page.wait_for_timeout(500)
        number, hits = covered(frame.locator(".name"))
        assert hits == []
        numbers.append(number)
        frame.locator(".leaflet-control-zoom-in").click()
    assert numbers == sorted(numbers) and numbers[-1] > numbers[0]
    page.context.close()


@pytest.mark.browser
def test_the_wheel_scrolls_the_page_until_the_map_was_clicked_or_ctrl_is_held(browser, address):
    page = opened(browser, address, 900)
    box = page.locator("iframe").bounding_box()
    assert box
    before = scale(page)
    page.mouse.move(box["x"] + 120, box["y"] + 400)
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 60 and scale(page) == before
    assert page.frame_locator("iframe").locator(".hint").is_visible()
    page.evaluate("scrollTo(0, 0)")

    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(700)
    page.keyboard.up("Control")
    assert page.evaluate("scrollY") == 0 and scale(page) != before

    page.frame_locator("iframe").locator(".home").click()
    page.wait_for_timeout(300)
    assert scale(page) == before
    page.mouse.click(box["x"] + 120, box["y"] + 400)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(700)
    assert page.evaluate("scrollY") == 0 and scale(page) != before
    page.context.close()


@pytest.mark.browser
def test_home_shows_the_whole_district_and_the_map_never_gets_smaller(browser, address):
    page = opened(browser, address, 900)
    frame = page.frame_locator("iframe")
    land = "e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom].map(Math.round); }"
    whole = frame.locator("path.land").evaluate(land)
    assert frame.locator(".leaflet-control-zoom-out.leaflet-disabled").count() == 1
    frame.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(500)
    assert frame.locator("path.land").evaluate(land) != whole
    home = frame.get_by_role("button", name="Whole district")
    home.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert frame.locator("path.land").evaluate(land) == pytest.approx(whole, abs=2)
    page.context.close()


@pytest.mark.browser
def test_one_finger_scrolls_the_page_and_two_move_the_map(browser, address):
    page = opened(browser, address, 390, touch=True)
    frame = page.frame_locator("iframe")
    box = page.locator("iframe").bounding_box()
    assert box
    hand = page.context.new_cdp_session(page)
    x, y = box["x"] + 60, box["y"] + 250

    def drag(fingers: int, up: float, apart: float = 0.0) -> None:
        def points(share: float) -> list[dict[str, float]]:
            return [{"x": x + 90 * n + apart * share * n, "y": y - up * share, "id": float(n)} for n in range(fingers)]

        hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points(0)})
        for step in range(1, 11):
            hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points(step / 10)})
            page.wait_for_timeout(20)
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(500)

    where = "e => Math.round(e.getBoundingClientRect().top)"
    land = frame.locator("path.land")
    before, spread = land.evaluate(where), scale(page)
    drag(1, 120)
    assert page.evaluate("scrollY") > 60 and land.evaluate(where) == before
    page.evaluate("scrollTo(0, 0)")
    drag(2, 60, apart=90)
    assert page.evaluate("scrollY") == 0
    assert land.evaluate(where) != before and scale(page) != spread
    page.context.close()


@pytest.mark.browser
def test_every_map_says_what_it_is_not_and_where_north_is(browser, address):
    page = opened(browser, address, 900)
    note = page.frame_locator("iframe").locator(".schematic")
    assert note.inner_text() == "↑ N Schematic; no statement on boundaries"
    assert page.frame_locator("iframe").locator(".leaflet-names-pane[aria-hidden=true]").count() == 1
    page.context.close()
