"""A build that fails or is stopped leaves the last good site in place and says what is wrong."""

from __future__ import annotations

import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import nbformat
import pytest
from copies import SmallBook, differing
from gwr.errors import SiteError
from gwr.site import build
from gwr.site.build import put_in_place, restore
from gwr.site.sphinx.shared_files import share_files, with_shared_files
from PIL import Image

pytestmark = pytest.mark.xdist_group("small_book")

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def test_a_failing_notebook_is_named_and_the_last_good_site_stays(small_book):
    before = small_book.bytes()
    small_book.append("1 / 0")
    code, _, errors = small_book.build()
    assert code == 1
    assert "index.ipynb, code cell" in errors and "ZeroDivisionError" in errors
    assert "still in place" in errors and "Traceback" not in errors
    assert small_book.bytes() == before


def test_a_damaged_catalogue_is_named_though_another_process_reads_it(small_book):
    catalogue = small_book.folder / "book" / "locale" / "zh_CN" / "LC_MESSAGES" / "pages" / "index.po"
    catalogue.write_bytes('msgid "A small book"\nmsgstr "小书"\n'.encode("gb18030"))
    code, _, errors = small_book.build()
    assert code == 1
    assert "pages/index.po" in errors and "To do:" in errors and "Traceback" not in errors


def test_a_changed_figure_reaches_the_site_though_no_code_changed(small_book):
    about = re.compile(r"(about|≈)\s677\.77亿元")
    for page in ("index", "source"):
        assert "677.77亿元" in small_book.page(page) and not about.search(small_book.page(page))
    claims = small_book.folder / "data" / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    changed = text.replace("GDP,677.77,,亿元,cny_100m,eq", "GDP,677.77,,亿元,cny_100m,about", 1)
    assert changed != text
    claims.write_text(changed, encoding="utf-8")
    small_book.must_build()
    assert about.search(small_book.page())
    assert about.search(small_book.page("source"))


def test_a_wrong_link_to_a_claim_is_a_warning_and_stops_the_build(small_book):
    small_book.append(nbformat.v4.new_markdown_cell("[a claim that is none](source.ipynb#c999)"))
    code, _, errors = small_book.build()
    assert code == 1 and "c999" in errors


def test_text_from_the_data_cannot_become_a_tag(small_book):
    """A script in every text column of every table reaches the pages as text only."""
    program = (
        "from gwr.report.tables import load_tables\n"
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
        "places = located(chapter.tables, ('1.4',))\n"
        "chapter.map(add_places(base_map(), places), 'bad-map', 'x', description=bad, data=places)\n"
        "show_section('1.4')"
    )
    small_book.append(program)
    small_book.must_build()
    html = small_book.page()
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


def test_with_addresses_both_editions_name_themselves_each_other_their_pictures_and_notebooks(small_book):
    small_book.must_build(GWR_SITE_URL=HOME.rstrip("/"), GWR_REPOSITORY="https://github.com/owner/name/")
    site = small_book.site
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
            assert (small_book.folder / unquote(notebook).removeprefix("lab/tree/")).is_file()
        assert cards[0] != cards[1]
    places = [place.text or "" for place in ElementTree.parse(site / "sitemap.xml").iter(f"{{{SITEMAP}}}loc")]
    assert sorted(places) == sorted(
        f"{HOME}{folder}book/{page}.html" for folder in FOLDERS.values() for page in ("index", "source", "codebook")
    )
    assert f"Sitemap: {HOME}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert not list((site / "zh").glob("robots.txt")) + list((site / "zh").glob("sitemap.xml"))


def test_without_addresses_pages_depend_on_no_place_but_the_pictures_are_there(small_book):
    site = small_book.site  # built so
    for folder in FOLDERS.values():
        head = Head(site / folder / "book" / "source.html")
        assert not head.run and "og:image" not in head.meta and "og:url" not in head.meta
        assert head.meta["twitter:card"] == "summary"
        assert ("canonical", "") not in head.links
        assert sorted(card.stem for card in (site / folder / "_static" / "cards").iterdir()) == [
            "codebook",
            "index",
            "source",
        ]
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


def test_a_site_brought_up_to_date_is_the_one_that_a_cold_build_makes_in_any_folder(small_book, tmp_path):
    """Two clones on two paths: one with a history, one built from nothing."""
    before = small_book.bytes()
    small_book.append("print('a new line')")
    other = SmallBook(tmp_path / "another" / "clone")
    shutil.copytree(small_book.folder, other.folder, ignore=shutil.ignore_patterns("_build"))
    assert "ran index.ipynb" in small_book.must_build()
    assert "a new line" in small_book.page()
    other.must_build()
    assert differing(small_book.bytes(), before) != []
    assert differing(small_book.bytes(), other.bytes()) == []


def test_a_site_that_is_current_is_not_built_again_and_a_damaged_one_is(small_book):
    """Sources and site both count, by their contents."""
    before = small_book.bytes()
    for path in (small_book.folder / "book").rglob("*.py"):
        os.utime(path)  # newer, and the same
    assert "nothing has changed" in small_book.must_build()
    page = small_book.site / "book" / "index.html"
    page.write_bytes(page.read_bytes()[:-20])
    assert "nothing has changed" not in small_book.must_build()
    assert differing(small_book.bytes(), before) == []


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
        monkeypatch.setattr(build, name, tmp_path / place)
    build.remember(build.digest_of_sources())
    assert build.is_current(build.digest_of_sources())
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [*SOURCES, "_build/html/index.html", "book/new.md", "_build/html/new.html"],
)
def test_every_file_counts_for_whether_the_site_is_current(pretended, name):
    (pretended / name).write_text("changed", encoding="utf-8")
    assert not build.is_current(build.digest_of_sources())


@pytest.mark.parametrize("name", ["data/a.csv", "_build/html/index.html", "_build/built.json"])
def test_a_lost_file_counts_too(pretended, name):
    (pretended / name).unlink()
    assert not build.is_current(build.digest_of_sources())


def test_variables_and_packages_count_too(pretended, monkeypatch):
    monkeypatch.setenv("GWR_ANYTHING", "1")
    assert not build.is_current(build.digest_of_sources())
    monkeypatch.delenv("GWR_ANYTHING")
    assert build.is_current(build.digest_of_sources())
    (pretended / "packages" / "other-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(pretended / "packages")
    assert not build.is_current(build.digest_of_sources())


def test_what_tools_leave_among_the_sources_does_not_count(pretended):
    (pretended / "book" / "__pycache__").mkdir()
    (pretended / "book" / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert build.is_current(build.digest_of_sources())


def end_at_once(language: str) -> None:
    os._exit(1)


def test_a_process_that_the_system_ends_is_said(monkeypatch):
    monkeypatch.setattr(build, "prepare", end_at_once)
    with pytest.raises(SiteError, match="enough memory"):
        build.prepare_editions()
