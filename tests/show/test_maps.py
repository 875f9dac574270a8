"""The maps: what is drawn for which place, and that it works in a browser with the network cut; the analysis; the font."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from gwr.analysis import geography
from gwr.report import places
from gwr.report.tables import load_tables
from gwr.show import atlas, maps
from gwr.show.html_tables import table_html
from playwright.sync_api import Browser, FrameLocator, Page
from pyproj import Geod
from serving import serve
from xstatic.pkg import leaflet

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
sys.path.insert(0, str(ROOT / "geo"))

import build_font  # noqa: E402

PLACES = places.located(load_tables())
ONCE = PLACES.drop_duplicates("place_id")
ELLIPSOID = Geod(ellps="WGS84")


def document(chart: maps.TaijiangMap) -> str:
    """The page inside the map's frame."""
    html = maps.map_html(chart, name="fig-map", title="A map")
    found = re.search(r'srcdoc="([^"]*)"', html)
    assert found
    return unescape(found[1])


def payload(chart: maps.TaijiangMap) -> dict:
    (child,) = [child for child in chart._children.values() if isinstance(child, maps._Places)]
    return json.loads(child.data())


@pytest.fixture
def full() -> maps.TaijiangMap:
    return maps.add_places(maps.base_map(), PLACES)


# --- what is drawn --------------------------------------------------------------------------------------------------------


def shapes_by_place(data: dict) -> dict[str, set[str]]:
    shapes: dict[str, set[str]] = {}
    for feature in data["features"]:
        for number in feature["places"]:
            shapes.setdefault(data["places"][number]["id"], set()).add(feature["shape"])
    return shapes


def test_every_place_is_drawn_as_well_as_it_is_known_and_no_better(full):
    shapes = shapes_by_place(payload(full))
    for row in ONCE.to_dict("records"):
        expected = {
            "point": {"pin"},
            "street": {"line"} if row["line_ids"] else {"diamond"},
            "subdistrict": {"area"},
        }.get(row["precision"], set())
        assert shapes.get(row["place_id"], set()) == expected, row["place_id"]


def test_every_mention_is_in_the_map_drawn_or_not(full):
    data = payload(full)
    assert sorted(m["id"] for place in data["places"] for m in place["mentions"]) == sorted(PLACES["mention_id"])


def test_every_drawn_position_is_the_gazetteers(full):
    data = payload(full)
    known = {(round(row["lat"], 5), round(row["lon"], 5)) for row in ONCE.to_dict("records") if pd.notna(row["lat"])}
    for feature in data["features"]:
        if "at" in feature:
            assert tuple(feature["at"]) in known
            assert isinstance(feature["metres"], int) and feature["metres"] > 0


def test_one_river_and_no_line_twice(full):
    data = payload(full)
    lines = [feature for feature in data["features"] if feature["shape"] == "line"]
    names = [sorted(data["places"][n]["zh"] for n in feature["places"]) for feature in lines]
    assert sum(any("闽江" in name for name in part) for part in names) == 1
    assert sum(any("白马河" in name for name in part) for part in names) == 1
    ground = next(child for child in full._children.values() if isinstance(child, maps._Base)).data()
    streams = [layer for layer in json.loads(ground)["layers"] if layer["css"] == "stream"]
    river = [f for f in places.read_layer("waters") if f["properties"]["water_zh"] == "闽江"]
    drawn = {tuple(point) for layer in streams for line in layer["geo"]["coordinates"] for point in line}
    inner = {tuple(p) for f in river for p in f["geometry"]["coordinates"][1:-1]}
    assert not drawn & inner


def test_unnamed_members_are_counted():
    city = places.located(load_tables(), ("1.4",))
    assert places.unnamed(city) == sum(
        int(group["group_count"].iloc[0]) - len(group) for _, group in city[city["group_id"] != ""].groupby("group_id")
    )
    text = maps.legend(maps.add_places(maps.base_map(), city))
    assert f"{places.unnamed(city)} more in these groups (等) are not named" in text
    assert "overlap" not in text


def test_what_is_not_drawn_is_listed(full):
    text = unescape(maps.legend(full))
    for row in ONCE.to_dict("records"):
        if row["precision"] not in places.DRAWN:
            assert row["name_zh"] in text


def test_the_credit_stands_beside_every_map(full):
    for chart in (full, maps.base_map()):
        assert "© OpenStreetMap contributors, ODbL 1.0" in maps.map_html(chart, name="a", title="b")


def test_same_map_same_text():
    texts = {maps.map_html(maps.add_places(maps.base_map(), PLACES), name="a", title="b") for _ in range(2)}
    chart = maps.add_places(maps.base_map(), PLACES)
    texts |= {maps.map_html(chart, name="a", title="b"), maps.map_html(chart, name="a", title="b")}
    assert len(texts) == 1


def test_no_page_names_another_host(full):
    assert not re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", document(full))
    assert "https://tile" not in document(full) and "autonavi" not in document(full)


def test_the_map_is_small(full):
    page = len(gzip.compress(maps.map_html(full, name="a", title="b").encode()))
    library = sum(
        len(gzip.compress((Path(leaflet.BASE_DIR) / name).read_bytes())) for name in ("leaflet.js", "leaflet.css")
    )
    print(f"map {page} bytes, Leaflet {library} bytes, gzip")
    assert page + library < 150_000


def test_data_cannot_break_out_of_the_script():
    rows = PLACES.head(1).assign(action_en="</script><b>")
    assert "</script><b>" not in document(maps.add_places(maps.base_map(), rows))


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_contrast_in_both_modes():
    css = maps.CSS.read_text(encoding="utf-8")
    light, dark = re.findall(r"--land: (#\w{6})", css)
    for programme, (colour, _) in maps.PROGRAMME_MARKS.items():
        assert contrast(colour, light) >= 3 and contrast(colour, dark) >= 3, programme
        assert contrast(colour, "#ffffff") >= 4.5, programme
    letters = [letter for _, letter in maps.PROGRAMME_MARKS.values()]
    assert len(set(letters)) == len(letters)


# --- in Chinese -----------------------------------------------------------------------------------------------------------

IN_CHINESE = """
import sys
from gwr.show import atlas, maps
from gwr.report.places import located
from gwr.report.tables import load_tables
places = located(load_tables(), ("1.4",))
table = atlas.readable(places)[list(atlas.ATLAS_COLUMNS)].rename(columns=atlas.ATLAS_COLUMNS).to_csv(index=False)
html = maps.map_html(maps.add_places(maps.base_map(), places), name="fig-map", title="台江区地图")
sys.stdout.buffer.write(f"{html}\\0{table}".encode())
"""
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def chinese() -> tuple[str, str]:
    """The map of section 1.4 and the table below it, in Chinese."""
    environment = {**os.environ, "GWR_LANGUAGE": "zh", "PYTHONPATH": str(ROOT / "book")}
    done = subprocess.run([sys.executable, "-c", IN_CHINESE], env=environment, capture_output=True, check=True)
    html, _, table = done.stdout.decode().partition("\0")
    return html, table


def test_the_script_of_the_maps_finds_every_word_that_it_says():
    script = maps.JAVASCRIPT.read_text(encoding="utf-8")
    used = set(re.findall(r"\bwords\.(\w+)", script)) | {"programmes", "statuses", "without"}  # the last from the head
    assert used == set(maps._words())
    assert not re.findall(r"[\u3400-\u9fff]", script.replace('"街道"', ""))


def test_a_chinese_map_has_chinese_words_alone(chinese):
    html, table = chinese
    page = unescape(re.findall(r'srcdoc="([^"]*)"', html)[0])
    assert '<html lang="zh-Hans">' in page
    legend = re.sub(r"<[^>]+>", " ", re.sub(r'<p class="map-credit".*', "", html.partition("</iframe>")[2]))
    for words in (
        "点位（",
        "仅知所在街道（",
        "实心：已完成",
        "市政道路（",
        "老旧小区改造（",
        "未绘出（3）：",
        "个未点名：报告只计入总数",
    ):
        assert words in legend
    assert not LATIN.findall(legend)
    words = json.loads(re.findall(r"window\.gwr = \{words: (\{.*\})\};", page)[0])
    assert words["layers"] == "图层"
    assert set(LATIN.findall(" ".join(words.values()))) <= {
        *("title", "places", "how", "number", "unnamed"),  # fields
        *("Leaflet", "JupyterLab", "make", "lab", "code", "cangxia", "Ctrl"),
    }
    data, _ = json.JSONDecoder().raw_decode(page, page.index("{", page.index("gwr.places(")))
    assert data["statuses"]["done_2021"] == "2021年完成"
    assert not LATIN.findall(
        " ".join([*data["statuses"].values(), *(name for _, _, name in data["programmes"].values())])
    )
    for place in data["places"]:
        shown = [place["zh"], place["en"], place["how"], *(m["zh"] + m["en"] for m in place["mentions"])]
        assert not LATIN.findall(" ".join(shown)), place["id"]
        assert LATIN.findall(" ".join(place["find"])), place["id"]  # pinyin and English still find it
    assert not LATIN.findall(re.sub(r'"[^"]*"', "", table)) and "点位" in table


# --- other data, other tiles ----------------------------------------------------------------------------------------------


def test_refreshed_streets_are_drawn_with_their_notice(monkeypatch, tmp_path):
    for name in ("district", "subdistricts", "river", "streets", "waters"):
        shutil.copy(places.GEO / f"{name}.geojson", tmp_path)
    line = {"type": "LineString", "coordinates": [[119.3001, 26.0701], [119.3002, 26.0601]]}
    for name, key, zh in (("streets", "street_zh", "八一七中路"), ("waters", "water_zh", "样本河")):
        feature = {"type": "Feature", "properties": {key: zh}, "geometry": line}
        (tmp_path / "osm").mkdir(exist_ok=True)
        text = json.dumps({"type": "FeatureCollection", "features": [feature], "fetched": "2026-01-01T00:00:00Z"})
        (tmp_path / "osm" / f"{name}.geojson").write_text(text, encoding="utf-8")
    monkeypatch.setattr(places, "GEO", tmp_path)
    places.read_layer.cache_clear()
    try:
        rows = ONCE[ONCE["place_id"].isin(("ba-yi-qi-lu", "tai-jiang-lu"))]
        chart = maps.add_places(maps.base_map(), rows)
        assert "state of 2026-01-01T00:00:00Z" in maps.legend(chart)
        lines = {r["name_zh"]: places.lines_of(r) for r in rows.to_dict("records")}
        assert lines["八一七路"] == [[(119.3001, 26.0701), (119.3002, 26.0601)]]
        assert len(lines["台江路"][0]) > 2  # not in the answer: our own line stays
    finally:
        places.read_layer.cache_clear()


# --- the analysis ---------------------------------------------------------------------------------------------------------


def test_no_place_is_lost_between_subdistricts():
    counts = geography.by_subdistrict(PLACES, {"done": geography.DONE, "planned": geography.PLANNED})
    for column, statuses in (("done", geography.DONE), ("planned", geography.PLANNED)):
        rows = geography.distinct(PLACES, statuses)
        assert counts[column].sum() == pytest.approx(len(rows))
        assert counts[column].iloc[-1] == (~rows["precision"].isin(places.DRAWN)).sum()


def test_moved_places_stay_inside_what_is_known_of_them():
    rows = geography.distinct(PLACES, tuple(places.STATUS_NAMES))
    spots = geography.moved(rows, repeats=50)
    located = rows[rows["precision"].isin(places.DRAWN)]
    assert set(spots["place_id"]) == set(located["place_id"])
    assert spots.groupby("place_id").size().eq(50).all()
    for row in located.to_dict("records"):
        known = geography.known_area(row)
        own = shapely.points(spots.loc[spots["place_id"] == row["place_id"], ["x", "y"]].to_numpy(dtype=float))
        room = known.area.buffer(1) if known.area is not None else known.line.buffer(known.metres + 1)
        assert shapely.contains(room, own).all(), row["place_id"]


def test_moving_is_the_same_each_time_and_another_seed_moves_otherwise():
    rows = geography.distinct(PLACES, geography.PLANNED)
    first, again, other = (geography.moved(rows, repeats=20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not np.allclose(first["x"], other["x"])


def test_groups_never_place_more_than_they_name():
    groups = geography.quantities(PLACES)
    assert (groups["placed"] <= groups["named"]).all() and (groups["named"] <= groups["counted"]).all()
    assert len(groups) == PLACES.loc[PLACES["group_id"] != "", "group_id"].nunique()


def test_street_lengths_are_those_of_the_lines():
    streets = geography.street_lengths(PLACES, ("roads",)).set_index("name_zh")
    own = {f["properties"]["line_id"]: f["properties"]["length_m"] for f in places.read_layer("streets")}
    assert streets.loc["国货路", "length_m"] == own["s06"] + own["s07"]


def test_nearest_of_a_known_point():
    rows = ONCE[ONCE["place_id"] == "qing-nian-hui"]
    spot = gpd.GeoSeries.from_xy(rows["lon"], rows["lat"], crs=geography.WGS84).to_crs(geography.METRIC).iloc[0]
    found = geography.nearest(rows, geography.stations(), repeats=200).iloc[0]
    true = geography.stations().distance(spot)
    assert found["nearest"] == geography.stations()["name_zh"][true.idxmin()]
    assert found["low"] <= true.min() <= found["high"]
    assert found["high"] - found["low"] <= 2 * rows["uncertainty_m"].iloc[0]
    assert geography.nearest(ONCE[ONCE["precision"] == "unlocated"], geography.stations()).empty


def test_atlas_tables_and_charts_hold_what_they_should():
    sums = atlas.per_programme(geography.quantities(PLACES))
    assert sums["share"].between(0, 1).all()
    assert set(atlas.readable(PLACES)) >= set(atlas.ATLAS_COLUMNS)
    assert atlas.programme_bars(sums).to_dict()["layer"]


# --- the font of the pictures for social media -----------------------------------------------------------------------------


def test_the_font_builder_gives_the_same_bytes_again():
    pytest.importorskip("pylopdf_fonts_zh_cn", reason="needs: pip install --no-deps -r geo/requirements-build.txt")
    for path, content in build_font.build().items():
        assert path.read_bytes() == content, path.name


def test_the_font_builder_says_which_package_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(build_font, "find_spec", lambda name: None)
    assert build_font.main(["--check"]) == 1
    assert "pylopdf-fonts-zh-cn==0.1.1" in capsys.readouterr().err


# --- in the browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, chinese: tuple[str, str]) -> Iterator[tuple[Path, str]]:
    """A page for each kind of map, with Leaflet beside it as in the site; from disk and over http."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "book").mkdir()
    (folder / "_static" / "leaflet").mkdir(parents=True)
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(Path(leaflet.BASE_DIR) / name, folder / "_static" / "leaflet")
    script = folder / "_static" / "leaflet" / "leaflet.js"
    script.write_text(
        script.read_text(encoding="utf-8").replace("//# sourceMappingURL=leaflet.js.map", ""),
        encoding="utf-8",
    )
    before, after = (PLACES[PLACES["status"].isin(s)] for s in (geography.DONE, geography.PLANNED))
    charts = {
        "full": maps.add_places(maps.base_map(), PLACES),
        "pair": maps.before_after(before, after, titles=("2017–2021", "2022")),
        "empty": maps.base_map(),
    }
    sort = (ROOT / "book" / "static" / "tables.js").read_text(encoding="utf-8")
    table = table_html(PLACES[["name_zh", "name_en", "group_count"]].head(30), "tab-x", "Places")
    pages = {name: maps.map_html(chart, name="fig-map", title="A map of places") for name, chart in charts.items()}
    pages["chinese"] = chinese[0]
    for name, html in pages.items():
        page = '<!doctype html><html lang="en" data-content_root="../"><meta charset="utf-8"><link rel="icon" href="data:,">'
        page += (
            f'<meta name="viewport" content="width=device-width"><title>x</title>{html}{table}<script>{sort}</script>'
        )
        (folder / "book" / f"{name}.html").write_text(page, encoding="utf-8")
    (folder / "book" / "source.html").write_text("<title>source</title>", encoding="utf-8")

    with serve(folder) as address:
        yield folder, address


class Tab:
    """A page with a map, cut off from everything but the site; notes whatever goes wrong."""

    def __init__(self, browser: Browser, site: tuple[Path, str], over: str, width: int, touch: bool = False) -> None:
        self.base = site[1] if over == "http" else f"{site[0].as_uri()}/"
        self.trouble: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=touch)
        self.context.route("**/*", self._route)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda m: self.trouble.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def _route(self, route) -> None:
        if route.request.url.startswith((self.base, "data:", "about:")):
            route.continue_()
        else:
            self.trouble.append(f"another host: {route.request.url}")
            route.abort()

    def open(self, name: str) -> FrameLocator:
        started = time.perf_counter()
        self.page.goto(f"{self.base}book/{name}.html")
        frame = self.page.frame_locator("iframe")
        frame.locator("path.land").first.wait_for()
        if name != "empty":
            frame.locator(".bar > input").wait_for()
        print(f"{name} drawn after {time.perf_counter() - started:.2f} s")
        return frame


@pytest.fixture(params=["file", "http"])
def over(request) -> str:
    return request.param


@pytest.fixture
def tab(browser: Browser, site, over) -> Iterator[Tab]:
    one = Tab(browser, site, over, 900)
    yield one
    one.context.close()
    assert one.trouble == []


@pytest.fixture
def phone(browser: Browser, site) -> Iterator[Tab]:
    one = Tab(browser, site, "file", 390, touch=True)
    yield one
    one.context.close()
    assert one.trouble == []


def shape_counts() -> dict[str, int]:
    point, street = ONCE[ONCE["precision"] == "point"], ONCE[ONCE["precision"] == "street"]
    area = ONCE[ONCE["precision"] == "subdistrict"]["subdistrict_code"].str.split(";").explode()
    beside = street[street["line_ids"] == ""]
    return {
        ".mark.pin": len(point.drop_duplicates(["lon", "lat"])),
        ".mark.diamond": len(beside.drop_duplicates(["lon", "lat"])),
        "path.line": street.loc[street["line_ids"] != "", "line_ids"].nunique(),
        "path.area": area.nunique(),
    }


@pytest.mark.browser
def test_as_many_marks_as_the_table_has_positions(tab):
    frame = tab.open("full")
    for selector, number in shape_counts().items():
        assert frame.locator(selector).count() == number, selector
    assert frame.locator("path.border").count() == 1


@pytest.mark.browser
def test_an_empty_map_draws(tab):
    assert tab.open("empty").locator(".mark").count() == 0


@pytest.mark.browser
def test_a_popup_opens_by_click_and_leads_to_the_passage(tab):
    frame = tab.open("full")
    frame.locator(".mark.pin").filter(has_text="E").click()
    popup = frame.locator(".leaflet-popup")
    popup.wait_for()
    text = popup.inner_text()
    assert (
        "鳌峰小区二期" in text
        and "done 2017–2021" in text
        and "± 100 m" in text
        and "One of 109, of which 107 are not named" in text
    )
    link = popup.get_by_role("link", name="Passage")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("source.ipynb#m058", "_parent")


@pytest.mark.browser
def test_a_popup_opens_and_closes_by_keyboard(tab):
    frame = tab.open("full")
    pin = frame.locator(".place").filter(has=tab.page.locator(".mark.pin")).first
    pin.focus()
    assert frame.locator("path.reach").count() == 1  # how far off the place may be
    tab.page.keyboard.press("Enter")
    frame.locator(".leaflet-popup").wait_for()
    assert frame.locator(".leaflet-popup a:focus").count() == 1
    tab.page.keyboard.press("Escape")
    frame.locator(".leaflet-popup").wait_for(state="detached")
    assert frame.locator(".place:focus").count() == 1


@pytest.mark.browser
def test_tab_reaches_every_place(tab):
    frame = tab.open("full")
    reached = frame.locator("[aria-haspopup=dialog][tabindex='0'][role=button][aria-label]")
    assert reached.count() == sum(shape_counts().values())
    frame.locator(".bar > input").focus()
    seen = set()
    for _ in range(sum(shape_counts().values()) + 8):
        tab.page.keyboard.press("Tab")
        focused = frame.locator("[aria-haspopup=dialog]:focus")
        if focused.count():
            seen.add(focused.get_attribute("aria-label"))
    assert len(seen) == sum(shape_counts().values())


@pytest.mark.browser
def test_enter_on_a_line_and_on_an_area_opens_their_lists(tab):
    frame = tab.open("full")
    frame.locator("path.line").first.focus()
    tab.page.keyboard.press("Enter")
    frame.locator(".leaflet-popup").wait_for()
    tab.page.keyboard.press("Escape")
    frame.locator(".leaflet-popup").wait_for(state="detached")
    frame.locator("path.area[aria-label*='宁化街道']").focus()
    tab.page.keyboard.press("Enter")
    box = frame.locator(".leaflet-popup")
    box.wait_for()
    inside = ONCE[(ONCE["precision"] == "subdistrict") & ONCE["subdistrict_code"].str.contains("350103012")]
    assert box.locator(".about").count() == len(inside)
    assert "福瑞社区" in box.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("青年会", "青年会"),
        ("qingnianhui", "青年会"),
        ("Qing nian hui", "青年会"),
        ("wuyi lvzhou", "武夷绿洲智慧体育公园"),
        ("sports park", "武夷绿洲智慧体育公园"),
        ("baima he", "白马河"),
        ("苍霞新城", "苍霞新城"),
    ],
)
def test_search_by_chinese_pinyin_and_english(tab, words, place):
    frame = tab.open("full")
    frame.locator(".bar > input").fill(words)
    frame.get_by_role("option").first.wait_for()
    assert place in frame.get_by_role("option").first.inner_text()
    tab.page.keyboard.press("ArrowDown")
    assert frame.locator("[role=option][aria-selected=true]").count() == 1
    tab.page.keyboard.press("Enter")
    frame.locator(".leaflet-popup").wait_for()
    assert place in frame.locator(".leaflet-popup").inner_text()
    assert frame.get_by_role("option").count() == 0


@pytest.mark.browser
def test_search_finds_what_is_not_drawn_and_says_so(tab):
    frame = tab.open("full")
    frame.locator(".bar > input").fill("donghui huayuan")
    tab.page.keyboard.press("Enter")
    card = frame.locator(".card")
    card.wait_for()
    assert "东辉花园" in card.inner_text() and "not located; not drawn" in card.inner_text()
    frame.locator(".bar > input").press("Escape")
    card.wait_for(state="hidden")


@pytest.mark.browser
def test_search_waits_for_the_input_method(tab):
    frame = tab.open("full")
    field = frame.locator(".bar > input")
    field.evaluate("f => { f.value = 'qing'; f.dispatchEvent(new InputEvent('input', {isComposing: true})) }")
    assert frame.get_by_role("option").count() == 0
    field.evaluate("f => { f.focus(); f.value = '青年会'; f.dispatchEvent(new CompositionEvent('compositionend')) }")
    assert frame.get_by_role("option").count() == 1


@pytest.mark.browser
def test_search_with_nonsense_finds_nothing_and_says_so(tab):
    frame = tab.open("full")
    frame.locator(".bar > input").fill("xyzzy <b>")
    assert frame.get_by_role("option").count() == 0
    assert frame.locator(".bar [role=status]").inner_text() == "0 places found"


@pytest.mark.browser
def test_layers_hide_and_show(tab):
    frame = tab.open("full")
    frame.get_by_role("button", name="Layers").click()
    programme = frame.get_by_role("group", name="Programme")
    programme.get_by_role("button", name="None").click()
    assert frame.locator(".mark, path.line, path.area").count() == 0
    programme.get_by_role("checkbox", name=re.compile("^Roads")).check()
    roads = ONCE[ONCE["place_id"].isin(PLACES.loc[PLACES["programme"] == "roads", "place_id"])]
    lines = roads[roads["line_ids"] != ""]["line_ids"].nunique()
    assert frame.locator("path.line").count() == lines
    programme.get_by_role("button", name="All").click()
    frame.get_by_role("group", name="Status").get_by_label("planned for 2022").uncheck()
    done = PLACES[(PLACES["status"] != "planned_2022") & (PLACES["precision"] == "point")]
    assert frame.locator(".mark.pin").count() == len(done.drop_duplicates(["lon", "lat"]))
    tab.page.keyboard.press("Escape")
    frame.locator(".panel").wait_for(state="hidden")


@pytest.mark.browser
def test_a_chinese_map_speaks_chinese_everywhere(tab):
    frame = tab.open("chinese")
    field = frame.locator(".bar > input")
    assert (field.get_attribute("placeholder") or "").startswith("查找地点")
    assert not LATIN.findall(field.get_attribute("aria-label") or "A label is missing")
    assert frame.locator(".leaflet-control-zoom-in").get_attribute("title") == "放大"
    for sign in frame.locator("[aria-haspopup=dialog]").all():
        assert not LATIN.findall(sign.get_attribute("aria-label") or "A label is missing")
    frame.get_by_role("button", name="图层").click()
    panel = frame.locator(".panel").inner_text()
    assert all(words in panel for words in ("项目类别", "全选", "清空", "公园绿地", "状态", "2021年完成"))
    assert not LATIN.findall(panel)
    tab.page.keyboard.press("Escape")
    field.fill("cangxia")
    frame.get_by_role("option").first.wait_for()
    assert re.fullmatch(r"查到\d+个地点", frame.locator(".bar [role=status]").inner_text())
    assert not LATIN.findall(frame.locator(".options").inner_text())
    field.fill("")
    frame.locator(".mark.pin").filter(has_text="园").first.click()
    popup = frame.locator(".leaflet-popup")
    popup.wait_for()
    assert popup.get_by_role("link", name="原文").count() and "点位已知，误差±" in popup.inner_text()
    assert not LATIN.findall(popup.inner_text())
    assert popup.locator(".leaflet-popup-close-button").get_attribute("aria-label") == "关闭"


@pytest.mark.browser
def test_two_maps_move_together(tab):
    frame = tab.open("pair")
    assert frame.locator(".folium-map").count() == 2
    assert frame.locator(".half").all_inner_texts() == ["2017–2021", "2022"]
    place = frame.locator(".folium-map").nth(1).locator(".mark").first
    left = frame.locator(".folium-map").nth(0).locator("path.land")
    before = left.get_attribute("d")
    frame.locator(".folium-map").nth(1).locator(".leaflet-control-zoom-in").click()
    tab.page.wait_for_timeout(600)
    assert left.get_attribute("d") != before
    scales = frame.locator(".leaflet-control-scale-line").all_inner_texts()
    assert scales[0] == scales[1]
    assert place.count() == 1


@pytest.mark.browser
def test_full_screen_has_a_picture_for_a_name(browser, site):
    tab = Tab(browser, site, "http", 900)
    frame = tab.open("full")
    button = frame.get_by_role("button", name="Full screen")
    if button.count():  # a browser without a screen may not offer it
        assert button.locator("svg path").count() == 1
    tab.context.close()
    assert tab.trouble == []


@pytest.mark.browser
def test_on_a_phone_nothing_is_too_wide_and_a_tap_opens(phone):
    for name in ("full", "pair"):
        frame = phone.open(name)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
        for box in (".bar", ".folium-map >> nth=0"):
            size = frame.locator(box).bounding_box()
            assert size and size["x"] >= 0 and size["x"] + size["width"] <= 390
    frame = phone.open("full")
    frame.locator(".mark.pin").filter(has_text="E").tap()
    frame.locator(".leaflet-popup").wait_for()
    phone.page.wait_for_timeout(600)  # the map moves until the whole popup shows
    size = frame.locator(".leaflet-popup").bounding_box()
    assert size and size["x"] >= 0 and size["x"] + size["width"] <= 390


@pytest.mark.browser
def test_dark_mode_follows_the_page(tab):
    frame = tab.open("full")
    colour = "e => getComputedStyle(e).fill"
    light = frame.locator("path.land").evaluate(colour)
    tab.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    frame.locator("html.dark").wait_for(state="attached")
    assert frame.locator("path.land").evaluate(colour) != light
    assert (
        frame.locator(".leaflet-container").first.evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgb(29, 36, 41)"
    )


@pytest.mark.browser
def test_a_page_without_leaflet_says_what_to_do(browser, site, tmp_path):
    page = browser.new_page()
    shutil.copytree(site[0] / "book", tmp_path / "book")
    page.goto((tmp_path / "book" / "full.html").as_uri())
    page.frame_locator("iframe").locator(".without").wait_for()
    assert "make lab" in page.frame_locator("iframe").locator(".without").inner_text()
    page.close()


@pytest.mark.browser
def test_tables_sort(tab):
    tab.open("empty")
    heads = tab.page.locator(".gwr-table th button")
    assert heads.count() == 3
    column = tab.page.locator(".gwr-table tbody td:nth-child(3)")
    heads.nth(2).click()
    numbers = [int(text) for text in column.all_inner_texts() if text != "–"]
    assert numbers == sorted(numbers) and column.last.inner_text() == "–"
    heads.nth(2).press("Enter")
    assert [int(text) for text in column.all_inner_texts() if text != "–"] == numbers[::-1]
    assert tab.page.locator("th[aria-sort=descending]").count() == 1
