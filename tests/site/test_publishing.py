"""What pages say about themselves: the citation, the addresses, the lists for search engines; and style sheets cut down."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import tinycss2
from fontTools.ttLib import TTFont
from gwr.site import cards
from gwr.site.card_drawing import draw_card
from gwr.site.sphinx.head import (
    ADDRESS,
    REPOSITORY,
    bibtex_of,
    citation,
    read_citation,
    read_repository,
    run_address,
    set_address,
    write_page_lists,
)
from gwr.site.sphinx.light_pages import HEAVY, can_match, defer_scripts, move_heavy_maps, split_selectors, used_rules
from PIL import Image
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]


def configured(language: str, base: str = "") -> SimpleNamespace:
    return SimpleNamespace(language=language, html_baseurl=base)


def test_the_address_comes_from_the_environment_and_each_edition_has_its_folder(monkeypatch):
    monkeypatch.setenv(ADDRESS, "https://example.org/book")
    for language, expected in (("en", "https://example.org/book/"), ("zh_CN", "https://example.org/book/zh/")):
        config = configured(language)
        set_address(None, config)
        assert config.html_baseurl == expected
    monkeypatch.delenv(ADDRESS)
    config = configured("en")
    set_address(None, config)
    assert config.html_baseurl == ""


@pytest.mark.parametrize("wrong", ["example.org", "ftp://example.org/", "https://example.org/?a=b", "https://a b/"])
def test_an_address_that_is_none_is_named(monkeypatch, wrong):
    monkeypatch.setenv(ADDRESS, wrong)
    with pytest.raises(ConfigError, match="no address of a site"):
        set_address(None, configured("en"))


def test_without_an_address_there_is_no_sitemap_and_with_one_it_lists_the_pages(tmp_path):
    write_page_lists(tmp_path, "", ["book/one.html"])
    assert not (tmp_path / "sitemap.xml").exists()
    assert "Sitemap" not in (tmp_path / "robots.txt").read_text(encoding="utf-8")
    write_page_lists(tmp_path, "https://example.org/", ["book/one.html"])
    tree = ElementTree.parse(tmp_path / "sitemap.xml")
    assert [place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://example.org/book/one.html",
        "https://example.org/zh/book/one.html",
    ]
    assert "Sitemap: https://example.org/sitemap.xml" in (tmp_path / "robots.txt").read_text(encoding="utf-8")


def test_the_repository_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv(REPOSITORY, "https://github.com/owner/name.git")
    assert read_repository() == "https://github.com/owner/name"
    monkeypatch.setenv(REPOSITORY, "")
    assert read_repository() == read_citation().repository
    monkeypatch.setenv(REPOSITORY, "owner/name")
    with pytest.raises(ConfigError, match="no address of a repository"):
        read_repository()


def test_binder_is_told_where_the_repository_is():
    tail = "HEAD?urlpath=lab%2Ftree%2Fbook%2F05.ipynb"
    assert (
        run_address("https://github.com/owner/name", "book/05.ipynb") == f"https://mybinder.org/v2/gh/owner/name/{tail}"
    )
    other = run_address("https://git.example.org/owner/name", "book/05.ipynb")
    assert other == f"https://mybinder.org/v2/git/https%3A%2F%2Fgit.example.org%2Fowner%2Fname/{tail}"


def test_the_font_of_the_cards_has_every_character_of_the_titles():
    with TTFont(cards.TITLE_FONT) as font:
        known = set(font.getBestCmap())
    missing = {letter for letter in cards.characters() if ord(letter) not in known}
    assert not missing, "run: python geo/build_font.py"


@pytest.mark.parametrize(
    "title", ["1 Headline figures 主要指标", "9 今后五年目标与2022年主要目标", "a" * 300, "字" * 300, ""]
)
def test_a_card_is_small_and_the_same_each_time(title):
    first = draw_card(title, "台江数读")
    assert first == draw_card(title, "台江数读") and len(first) < 40_000
    assert first != draw_card(title + "b", "台江数读") or len(title) == 300


def test_a_card_is_drawn_again_only_for_another_title(tmp_path):
    first = cards.kept_card("One", "Book", tmp_path)
    first.write_bytes(b"kept")
    assert cards.kept_card("One", "Book", tmp_path).read_bytes() == b"kept"
    assert cards.kept_card("Two", "Book", tmp_path) != first


def test_words_that_no_card_has_room_for_are_not_drawn_over_its_edge():
    for title in ("word " * 60, "字" * 300):
        with Image.open(io.BytesIO(draw_card(title, "Book"))) as card:
            strip = card.convert("RGB").crop((1150, 0, 1200, 250))
            assert strip.getcolors() == [(50 * 250, card.convert("RGB").getpixel((1199, 0)))]


def test_a_title_in_the_citation_can_be_no_tag_and_no_command():
    book = read_citation()
    html = citation(book, "<b>5 & 6%</b>", "book/05_city", "https://example.org/", "en")
    assert "<b>" not in html and "&lt;b&gt;5 &amp; 6%" in html
    assert r"5 \& 6\%" in bibtex_of(book, "5 & 6%", "book/05_city", "")
    assert "url = {https://example.org/}" in bibtex_of(book, "x", "book/05_city", "https://example.org/")


@pytest.mark.parametrize("title", ["Taijiang by the Numbers 台江数读", "台江数读"])
def test_the_first_page_is_cited_as_the_book(title):
    book = read_citation()
    assert f"“{title}”" not in citation(book, title, "book/index", "", "zh")
    assert bibtex_of(book, title, "book/index", "").startswith("@book{")
    assert "“台江数读”" in citation(book, "台江数读", "book/05_city", "", "zh")


def test_a_citation_file_without_a_field_is_named(tmp_path):
    file = tmp_path / "CITATION.cff"
    with pytest.raises(ConfigError, match="missing"):
        read_citation(file)
    file.write_text("title: x\nauthors: []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="version"):
        read_citation(file)


def test_only_rules_that_can_match_stay():
    css = (
        '@charset "utf-8"; .used, .unused > a { color : red ; /* x */ margin:0 } .unused{a:b} p:not(.unused) {x:y}'
        " @media print { .unused{a:b} } @media print{.used:is(.a, .b){c:d}} @keyframes k{to{a:b}} [data-x='.no'] {e:f}"
    )
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    assert list(used_rules(rules, {"used"}))[1:] == [
        ".used{color : red;margin:0}",
        "p:not(.unused){x:y}",
        "@media print{.used:is(.a, .b){c:d}}",
        "@keyframes k{to{a:b}}",
        '[data-x=".no"]{e:f}',
    ]
    assert split_selectors("a:is(b, c), d") == ["a:is(b, c)", "d"]
    assert can_match(r".sm\:x", set())


def test_scripts_wait_and_maps_wait_but_nothing_inside_a_map_changes():
    map_ = '<iframe title="m" srcdoc="<script src=&quot;x.js&quot;></script>"></iframe>'
    page = f'<head><script src="a.js"></script><script defer src="b.js"></script><script>let x;</script></head>{map_}'
    assert defer_scripts(page) == (
        '<head><script defer src="a.js"></script><script defer src="b.js"></script><script>let x;</script></head>'
        + map_.replace("srcdoc", "data-srcdoc")
    )
    assert defer_scripts(defer_scripts(page)) == defer_scripts(page)


def test_only_a_heavy_map_goes_into_a_file_of_its_own(tmp_path):
    page = f'<iframe data-srcdoc="&lt;p&gt;{"x" * HEAVY}"></iframe><iframe data-srcdoc="y">'
    html = move_heavy_maps(page, "book/one.html", tmp_path)
    (script,) = (tmp_path / "_static" / "maps").iterdir()
    assert f'data-map="{script.stem}" data-map-script="../_static/maps/{script.name}"' in html
    assert 'data-srcdoc="y"' in html
    assert script.read_text(encoding="utf-8").startswith(f'gwrMap("{script.stem}", "<p>xxx')
