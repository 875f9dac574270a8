"""A build that fails or is stopped leaves the last good site in place and says what is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import nbformat
import pytest
from gwr.errors import SiteError
from gwr.site import build as site
from gwr.site.build import put_in_place, restore
from gwr.site.sphinx.shared_files import share_files, with_shared_files
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@pytest.fixture
def small_book(two_pages: Path) -> Path:
    """A book of two pages, the first with code alone."""
    index = two_pages / "book" / "index.ipynb"
    notebook = nbformat.read(index, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# A small book"))
    nbformat.write(notebook, index)
    return two_pages


CHART = """\
import altair as alt
import pandas as pd
from gwr import open_chapter
from gwr.report.places import located
from gwr.show.maps import add_places, base_map
chapter = open_chapter("city")
data = pd.DataFrame({"what": ["甲", "乙"], "value": [1, 2]})
chapter.figure(alt.Chart(data).mark_bar().encode(x="value:Q", y="what:N"), "bars", "Bars.", description="Bars", data=data)
places = located(chapter.tables, ("1.4",))
chapter.map(add_places(base_map(), places), "map", "A map.", description="A map", data=places)
"""


def build_book(project: Path, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "gwr", "site"],
        cwd=project / "book",
        env={**os.environ, "PYTHONPATH": str(project / "book"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def bytes_of(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def append_cell(project: Path, source: str) -> None:
    index = project / "book" / "index.ipynb"
    notebook = nbformat.read(index, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, index)


def test_a_failing_notebook_is_named_and_the_last_good_site_stays(small_book):
    first = build_book(small_book)
    assert first.returncode == 0, first.stderr
    page = small_book / "_build" / "html" / "book" / "index.html"
    before = page.read_bytes()
    append_cell(small_book, "1 / 0")
    second = build_book(small_book)
    assert second.returncode == 1
    assert "index.ipynb, code cell" in second.stderr and "ZeroDivisionError" in second.stderr
    assert "still in place" in second.stderr and "Traceback" not in second.stderr
    assert page.read_bytes() == before


def test_a_damaged_catalogue_is_named_though_another_process_reads_it(small_book):
    catalogue = small_book / "book" / "locale" / "zh_CN" / "LC_MESSAGES" / "pages" / "index.po"
    catalogue.write_bytes('msgid "A small book"\nmsgstr "小书"\n'.encode("gb18030"))
    done = build_book(small_book)
    assert done.returncode == 1
    assert "pages/index.po" in done.stderr and "To do:" in done.stderr and "Traceback" not in done.stderr


def test_a_changed_figure_reaches_the_site_though_no_code_changed(small_book):
    append_cell(small_book, "chapter.say('Product: {c001:zh}')")
    assert build_book(small_book).returncode == 0
    page = small_book / "_build" / "html" / "book" / "index.html"
    source = small_book / "_build" / "html" / "book" / "source.html"
    assert "677.77亿元" in page.read_text(encoding="utf-8")
    claims = small_book / "data" / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    changed = text.replace("GDP),677.77,,亿元,cny_100m,eq", "GDP),677.77,,亿元,cny_100m,about", 1)
    assert changed != text
    claims.write_text(changed, encoding="utf-8")
    assert build_book(small_book).returncode == 0
    assert "≈ 677.77亿元" in page.read_text(encoding="utf-8")
    assert "≈ 677.77亿元" in source.read_text(encoding="utf-8")


def test_a_wrong_link_to_a_claim_is_a_warning_and_stops_the_build(small_book):
    index = small_book / "book" / "index.ipynb"
    notebook = nbformat.read(index, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("[a claim that is none](source.ipynb#c999)"))
    nbformat.write(notebook, index)
    done = build_book(small_book)
    assert done.returncode == 1 and "c999" in done.stderr


def test_text_from_the_data_cannot_become_a_tag(small_book):
    """A script in every text column of every table reaches the pages as text only."""
    program = (
        "from gwr.report.tables import load_tables\n"
        "from gwr.report.claims import load_claims\n"
        "bad = '<script>alert(1)</script>'\n"
        "for name, rows in load_tables().rows.items():\n"
        "    for row in rows:\n"
        "        for field in load_tables().resources[name].fields:\n"
        "            free = field.type == 'string' and not field.constraints and not field.name.endswith('_id')\n"
        "            if free or field.name in ('indicator_en', 'indicator_zh', 'reading', 'name_en', 'name_zh'):\n"
        "                row[field.name] = bad\n"
        "chapter.say('{text} {c001}', text=bad)\n"
        "chapter.table(chapter.tables.frame('claims').head(3), 'bad', 'A caption with {text}', text=bad)\n"
        "from gwr.show.source_page import show_section\n"
        "from gwr.report.places import located\n"
        "from gwr.show.maps import add_places, base_map\n"
        "places = located(chapter.tables, ('1.4',))\n"
        "chapter.map(add_places(base_map(), places), 'bad-map', 'x', description=bad, data=places)\n"
        "show_section('1.4')"
    )
    append_cell(small_book, program)
    done = build_book(small_book)
    assert done.returncode == 0, done.stderr
    html = (small_book / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert "alert(1)" in html
    assert "<script>alert(1)" not in html
    frames = html.split('srcdoc="')[1:]
    assert frames and all("&lt;script&gt;alert(1)" not in frame.split('"')[0] for frame in frames)


HOME = "https://example.org/book/"
FOLDERS = {"en": "", "zh-Hans": "zh/"}


class Head(HTMLParser):
    """What the head of a page says: ``links`` by rel and language, ``meta`` by name; and where its ``run`` link leads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: dict[tuple[str, str], str] = {}
        self.meta: dict[str, str] = {}
        self.run = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.links[known.get("rel", ""), known.get("hreflang", "")] = known.get("href", "")
        elif tag == "meta":
            self.meta[known.get("property") or known.get("name", "")] = known.get("content", "")
        elif tag == "a" and known.get("class") == "gwr-run":
            self.run = known["href"]


@pytest.fixture
def addressed(small_book: Path) -> Path:
    """The small book, built by somebody who knows where it and its repository will be."""
    done = build_book(small_book, GWR_SITE_URL=HOME.rstrip("/"), GWR_REPOSITORY="https://github.com/owner/name/")
    assert done.returncode == 0, done.stderr
    return small_book


def test_with_addresses_both_editions_name_themselves_each_other_their_pictures_and_notebooks(addressed):
    site = addressed / "_build" / "html"
    for page in ("book/index", "book/source"):
        cards = []
        for folder in FOLDERS.values():
            head = Head(site / folder / f"{page}.html")
            own = f"{HOME}{folder}{page}.html"
            assert head.links["canonical", ""] == head.meta["og:url"] == own
            others = {tag: link for (kind, tag), link in head.links.items() if kind == "alternate"}
            everywhere = {tag: f"{HOME}{other}{page}.html" for tag, other in FOLDERS.items()}
            assert others == {**everywhere, "x-default": everywhere["en"]}
            picture = head.meta["og:image"]
            assert picture == head.meta["twitter:image"] and head.meta["twitter:card"] == "summary_large_image"
            assert head.meta["og:title"] in head.meta["og:image:alt"]
            card = site / picture.removeprefix(HOME)
            with Image.open(card) as drawn:
                assert (
                    drawn.size == (int(head.meta["og:image:width"]), int(head.meta["og:image:height"])) == (1200, 630)
                )
            assert card.stat().st_size < 40_000
            cards.append(card.read_bytes())
            place, _, notebook = head.run.partition("/HEAD?urlpath=")
            assert place == "https://mybinder.org/v2/gh/owner/name"
            assert (addressed / unquote(notebook).removeprefix("lab/tree/")).is_file()
        assert cards[0] != cards[1]
    places = [place.text or "" for place in ElementTree.parse(site / "sitemap.xml").iter(f"{{{SITEMAP}}}loc")]
    assert sorted(places) == sorted(
        f"{HOME}{folder}book/{page}.html" for folder in FOLDERS.values() for page in ("index", "source")
    )
    assert f"Sitemap: {HOME}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert not list((site / "zh").glob("robots.txt")) + list((site / "zh").glob("sitemap.xml"))


def test_without_addresses_pages_depend_on_no_place_but_the_pictures_are_there(small_book):
    done = build_book(small_book, GWR_SITE_URL="", GWR_REPOSITORY="")
    assert done.returncode == 0, done.stderr
    site = small_book / "_build" / "html"
    for folder in FOLDERS.values():
        head = Head(site / folder / "book" / "source.html")
        assert not head.run and "og:image" not in head.meta and "og:url" not in head.meta
        assert head.meta["twitter:card"] == "summary"
        assert ("canonical", "") not in head.links
        assert sorted(card.stem for card in (site / folder / "_static" / "cards").iterdir()) == ["index", "source"]
        styles = site / folder / "_static" / "styles" / "book.min.css"
        (icons,) = re.findall(r"url\([\"']?([^)\"']+fa-solid-900\.woff2)", styles.read_text(encoding="utf-8"))
        assert (styles.parent / icons).is_file()  # also where the edition shares the font of the root


def test_the_new_site_takes_the_place_of_the_old_one(tmp_path):
    built, site = tmp_path / "built", tmp_path / "html"
    for folder, text in ((built, "new"), (site, "old")):
        folder.mkdir()
        (folder / "index.html").write_text(text)
    (site / "gone.html").write_text("old")
    put_in_place(site, lambda new: shutil.copytree(built, new))
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "html"]


def test_an_edition_finds_what_it_shares(tmp_path):
    for static in (tmp_path / "_static", tmp_path / "zh" / "_static"):
        (static / "styles").mkdir(parents=True)
        (static / "fonts").mkdir()
        (static / "fonts" / "icons.woff2").write_bytes(b"icons")
        (static / "styles" / "book.css").write_text(
            f"/* {static} */ a{{b:url(../fonts/icons.woff2) url(data:,) url(../own.png)}}"
        )
    shared = share_files(tmp_path / "_static", tmp_path / "zh" / "_static")
    style = tmp_path / "zh" / "_static" / "styles" / "book.css"
    assert not (style.parent.parent / "fonts" / "icons.woff2").exists()
    assert style.read_text(encoding="utf-8").endswith(
        "a{b:url(../../../_static/fonts/icons.woff2) url(data:,) url(../own.png)}"
    )
    assert (style.parent / "../../../_static/fonts/icons.woff2").resolve().is_file()
    page = '<img src="../_static/fonts/icons.woff2"><img src="../_static/styles/book.css">'
    assert with_shared_files(page, shared) == page.replace("../_static/fonts", "../../_static/fonts")


def test_a_site_lost_between_two_renames_comes_back(tmp_path):
    (tmp_path / "html.old").mkdir()
    restore(tmp_path / "html")
    assert (tmp_path / "html").is_dir()


def test_the_same_sources_give_the_same_bytes_in_any_folder(small_book, tmp_path_factory):
    """Two clones on two paths, built from nothing."""
    other = tmp_path_factory.mktemp("another") / "clone"
    append_cell(small_book, CHART)
    shutil.copytree(small_book, other)
    sites = []
    for project in (small_book, other):
        done = build_book(project, SOURCE_DATE_EPOCH="1640995200")
        assert done.returncode == 0, done.stderr
        sites.append(bytes_of(project / "_build" / "html"))
    first, second = sites
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_site_brought_up_to_date_is_the_one_that_a_cold_build_makes(small_book):
    def site_now() -> dict[str, bytes]:
        done = build_book(small_book, SOURCE_DATE_EPOCH="1640995200")
        assert done.returncode == 0, done.stderr
        return bytes_of(small_book / "_build" / "html")

    before = site_now()
    append_cell(small_book, CHART)
    brought_up = site_now()
    shutil.rmtree(small_book / "_build")
    cold = site_now()
    assert cold != before
    assert brought_up.keys() == cold.keys()
    assert [name for name in cold if cold[name] != brought_up[name]] == []


def test_a_build_that_was_killed_starts_afresh(small_book):
    assert build_book(small_book).returncode == 0
    work = small_book / "_build" / "work" / "en" / "_build" / "html" / "book" / "index.html"
    work.write_text("half a pa", encoding="utf-8")  # newer than its source, so Sphinx would keep it
    (small_book / "_build" / "unfinished").touch()
    assert build_book(small_book).returncode == 0
    assert "</html>" in (small_book / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")


def test_a_site_that_is_current_is_not_built_again_and_any_change_is_seen(small_book):
    """Sources and site both count, by their contents."""
    assert build_book(small_book).returncode == 0
    page = small_book / "_build" / "html" / "book" / "index.html"
    before = page.read_bytes()
    for path in (small_book / "book").rglob("*.py"):
        os.utime(path)  # newer, and the same
    again = build_book(small_book)
    assert "nothing has changed" in again.stdout
    page.write_bytes(before[:-20])
    mended = build_book(small_book)
    assert "nothing has changed" not in mended.stdout
    assert page.read_bytes() == before
    append_cell(small_book, "print('a new line')")
    changed = build_book(small_book)
    assert "ran index.ipynb" in changed.stdout
    assert b"a new line" in page.read_bytes()


SOURCES = (
    "book/a.ipynb",
    "book/gwr/site/sphinx/a.py",
    "book/static/a.css",
    "data/a.csv",
    "geo/a.json",
    "_config.yml",
    "LICENSE",
)


@pytest.fixture
def pretended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one file in each place that a site is made from, and a site of one page, built and current."""
    for name in (*SOURCES, "_build/html/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    places = {"ROOT": ".", "BOOK": "book", "DATA": "data", "GEO": "geo"}
    places |= {"SITE": "_build/html", "BUILT": "_build/built.json"}
    for name, place in places.items():
        monkeypatch.setattr(site, name, tmp_path / place)
    site.remember(site.digest_of_sources())
    assert site.is_current(site.digest_of_sources())
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [*SOURCES, "_build/html/index.html", "book/new.md", "_build/html/new.html"],
)
def test_every_file_counts_for_whether_the_site_is_current(pretended, name):
    (pretended / name).write_text("changed", encoding="utf-8")
    assert not site.is_current(site.digest_of_sources())


@pytest.mark.parametrize("name", ["data/a.csv", "_build/html/index.html", "_build/built.json"])
def test_a_lost_file_counts_too(pretended, name):
    (pretended / name).unlink()
    assert not site.is_current(site.digest_of_sources())


def test_variables_and_packages_count_too(pretended, monkeypatch):
    monkeypatch.setenv("GWR_ANYTHING", "1")
    assert not site.is_current(site.digest_of_sources())
    monkeypatch.delenv("GWR_ANYTHING")
    assert site.is_current(site.digest_of_sources())
    (pretended / "packages" / "other-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(pretended / "packages")
    assert not site.is_current(site.digest_of_sources())


def test_what_tools_leave_among_the_sources_does_not_count(pretended):
    (pretended / "book" / "__pycache__").mkdir()
    (pretended / "book" / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert site.is_current(site.digest_of_sources())


def end_at_once(language: str) -> None:
    os._exit(1)


def test_a_process_that_the_system_ends_is_said(monkeypatch):
    monkeypatch.setattr(site, "prepare", end_at_once)
    with pytest.raises(SiteError, match="enough memory"):
        site.prepare_editions()
