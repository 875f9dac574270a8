"""The site as a reader gets it: complete, linked without a gap, and drawn with the network cut."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import statistics
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from gwr.report.tables import load_tables
from gwr.site.permalinks import broken, public_addresses, read_list, read_redirects
from playwright.sync_api import Browser, BrowserContext, Page
from serving import Compressing, serve

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
ENGLISH = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
CHINESE = [f"zh/{page}" for page in ENGLISH]
PAGES = [*ENGLISH, *CHINESE]


class Links(HTMLParser):
    """The ids and the link targets of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if tag == "a" and known.get("href"):
            self.targets.append(str(known["href"]))


@functools.cache
def links(page: Path) -> Links:
    return Links(page)


def test_every_page_of_the_table_of_contents_is_in_the_site(site):
    missing = [page for page in PAGES if not (site / f"{page}.html").is_file()]
    assert not missing
    assert (site / "index.html").is_file()


def test_every_notebook_is_in_the_table_of_contents():
    notebooks = {f"book/{path.stem}" for path in (ROOT / "book").glob("*.ipynb")}
    assert notebooks <= set(ENGLISH)


@pytest.mark.parametrize("folder", ["book", "zh/book"])
def test_every_claim_and_place_has_its_anchor_on_the_source_page_once(site, folder):
    ids = links(site / folder / "source.html").ids
    tables = load_tables()
    wanted = [row["claim_id"] for row in tables["claims"]] + [row["mention_id"] for row in tables["places"]]
    assert [anchor for anchor in wanted if ids.count(anchor) != 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_links_lead_somewhere(site, page):
    path = site / f"{page}.html"
    here = links(path)
    repeated = {anchor for anchor in here.ids if here.ids.count(anchor) > 1}
    assert not repeated
    broken = []
    for target in here.targets:
        address, fragment = urldefrag(target)
        if re.match(r"[a-z]+:|//", address):
            continue
        file = path if not address else Path(unquote(urljoin(path.as_uri(), address)).removeprefix("file://"))
        if not file.is_file() or (fragment and file.suffix == ".html" and unquote(fragment) not in links(file).ids):
            broken.append(target)
    assert not broken


def test_figures_lead_to_the_source_and_the_source_leads_back(site):
    chapter = links(site / "book" / "01_headlines_2021.html")
    source = links(site / "book" / "source.html")
    assert "source.html#c001" in chapter.targets
    back = [target for target in source.targets if target.startswith("01_headlines_2021.html#")]
    assert "01_headlines_2021.html#fig-growth" in back
    assert all(urldefrag(target).fragment in chapter.ids for target in back)


EDITIONS = {"en": ".", "zh": "zh"}


@pytest.mark.parametrize("folder", EDITIONS.values(), ids=EDITIONS)
def test_every_public_address_still_leads_somewhere(site, folder):
    edition = site / folder
    lost = broken(edition, read_list(), read_redirects())
    assert not lost, "say in book/redirects.csv where these lead now, and build again"


def test_every_public_address_is_noted(site):
    new = public_addresses(site) - read_list()
    assert not new, "run 'python -m gwr permalinks' and commit tests/permalinks.txt"


def test_the_list_of_addresses_has_every_row_that_has_a_passage():
    tables, noted = load_tables(), read_list()
    ids = [row["claim_id"] for row in tables["claims"]] + [row["mention_id"] for row in tables["places"]]
    ids += [row["emendation_id"] for row in tables["emendations"]]
    assert [f"book/source.html#{name}" for name in ids if f"book/source.html#{name}" not in noted] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_page_says_how_to_cite_it_as_the_citation_file_has_it(site, page):
    book = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    html = (site / f"{page}.html").read_text(encoding="utf-8")
    (cited,) = re.findall(r'<div class="cite-page">.*?</div>', html, re.DOTALL)
    for part in (
        book["title"],
        str(book["version"]),
        str(book["date-released"])[:4],
        *(a["name"] for a in book["authors"]),
    ):
        assert part in unescape(cited)
    assert "<details>" in cited and re.search(r"@(incollection|book)\{taijiang-\w+-\d{4},", cited)
    assert html.count('name="description"') == html.count('name="viewport"') == 1
    assert re.search(r'<meta property="og:title" content="[^"]+">', html)


# --- in the browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(site) -> Iterator[str]:
    with serve(site) as address:
        yield address


class Watch:
    """Cuts a browser context off from everything but the site, and notes whatever goes wrong in it."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.trouble: list[str] = []
        self.base = base
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"script error: {error}"))
        self.page.on("requestfailed", self._failed)

    def _route(self, route) -> None:
        url = route.request.url
        if url.startswith((self.base, "data:", "blob:", "about:")):
            route.continue_()
        else:
            self.trouble.append(f"another host: {url}")
            route.abort()

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before the file had come
            self.trouble.append(f"failed: {request.url}")

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"console: {message.text}")


@pytest.fixture(params=["file", "http"])
def watch(request, site, server, browser: Browser) -> Iterator[Watch]:
    base = server if request.param == "http" else f"{site.as_uri()}/"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield Watch(context, base)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
def test_the_page_draws_everything_with_the_network_cut(watch, page):
    tab = watch.page
    tab.goto(f"{watch.base}{page}.html")
    for chart in tab.locator(".gwr-chart").all():
        assert chart.locator(".picture svg path").count() > 0
        chart.scroll_into_view_if_needed()
        chart.hover()
        chart.locator(".stage svg.marks").wait_for()
        assert chart.locator(".stage svg.marks path").count() > 0
        assert not chart.locator(".picture").is_visible()
    for frame in tab.locator(".gwr-map iframe").all():
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("path.land").first.wait_for()
        assert frame.content_frame.locator("path.border").count() >= 1
    assert watch.trouble == []


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
@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("上下杭", "source"),
        ("地区生产总值", "01_headlines_2021"),
        ("苍霞新城", "05_city_2021"),
        ("GDP", "01_headlines_2021"),
        ("provisional", "index"),
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


@pytest.mark.browser
def test_a_link_to_a_claim_shows_its_row(watch):
    tab = watch.page
    tab.goto(f"{watch.base}book/source.html#c001")
    tab.locator("a.claim[href='#c001-row']").click()
    row = tab.locator("#c001-row")
    row.wait_for(state="visible")
    assert "677.77" in row.inner_text()


CUT = """() => [...document.querySelectorAll(".picture svg")].flatMap((chart) => {
  const edge = chart.getBoundingClientRect();
  const cut = (word) => { const at = word.getBoundingClientRect(); return at.left < edge.left - 1 || at.right > edge.right + 1; };
  return [...chart.querySelectorAll("text")].filter(cut).map((word) => word.textContent);
})"""
"""The words of the page's charts that reach over the edge of their picture."""


def faults(tab: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, one line each; the size of targets too, which Lighthouse asks."""
    found = Axe().run(tab, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:150]}" for fault in found]


@pytest.mark.browser
@pytest.mark.parametrize("page", [*PAGES, "search", "zh/search"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_is_accessible_and_fits(server, browser, page, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    tab = Watch(context, server).page
    tab.goto(f"{server}{page}.html")
    assert tab.evaluate("document.documentElement.dataset.theme") == scheme
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CUT) == []
    for frame in tab.locator(".gwr-map iframe").all():
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("path.land").first.wait_for()
    tab.evaluate("scrollTo(0, 0)")  # or the head of the page would lie over what has been scrolled to
    assert faults(tab) == []
    context.close()


@pytest.mark.browser
def test_pages_are_light(site, browser):
    """Transferred bytes, compressed as a web server does: a first visit, then the next page."""
    first, following = {}, []
    with serve(site, Compressing) as base:
        for page in PAGES:
            context = browser.new_context()  # not watched: watching switches the browser's cache off
            tab = context.new_page()
            sizes = count_bytes(tab)
            tab.goto(f"{base}{page}.html", wait_until="networkidle")
            first[page] = sum(sizes)
            sizes.clear()
            tab.goto(f"{base}{PAGES[0] if page != PAGES[0] else PAGES[1]}.html", wait_until="networkidle")
            following.append(sum(sizes))
            context.close()
    print("\n".join(f"{size / 1000:7.1f} kB {page}" for page, size in first.items()))
    assert statistics.median(first.values()) <= 350_000
    assert max(first.values()) <= 900_000
    assert statistics.median(following) <= 60_000


def count_bytes(tab: Page) -> list[float]:
    sizes: list[float] = []
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def test_every_page_has_a_strict_policy(site):
    for page in PAGES:
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        scripts = re.search(r"script-src ([^;]*)", policy)[1]
        assert "unsafe" not in scripts and "http" not in policy
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", html)


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


def test_make_help_names_every_command():
    done = subprocess.run([sys.executable, ROOT / "make.py", "help"], capture_output=True, text=True, check=True)
    for task in ("book", "test", "pdf", "serve", "lab", "notebooks", "clean"):
        assert f"make {task}" in done.stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("make book") < readme.index("make test") < readme.index("python3 make.py book")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_serve_says_what_to_do_when_the_port_is_taken(site):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as taken:
        port = taken.server_address[1]
        done = subprocess.run(
            ["make", "serve", f"PORT={port}", f"PYTHON={sys.executable}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert f"port {port} is taken" in done.stderr and "PORT=" in done.stderr
