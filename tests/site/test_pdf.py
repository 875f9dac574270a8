"""The book on paper: what the browser prints of a page, and the PDF of the whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import gwr.site.pdf
import pytest
from bs4 import BeautifulSoup
from gwr.site.pdf import (
    PdfError,
    build_pdf,
    clean_article,
    document,
    folder_of,
    plain_letters,
    read_edition,
    read_front,
    require_chinese,
)
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pypdf.generic import Destination

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("05_city_2021", "source")
MAPS_FAR_DOWN = "16_atlas"
A_DAY = "1640304000"  # 24 December 2021, in seconds


# --- the pages made ready, without a browser ----------------------------------------------------------------------------

NAVIGATION = """<nav class="bd-links"><ul class="bd-sidenav__home-link"><li><a class="reference" href="#">Home</a></li></ul>
<p class="caption"><span>Part one 一</span></p><ul><li><a class="reference" href="a.html">A</a></li><li><a class="reference" href="b.html">B</a></li></ul></nav>"""


def write_edition(folder: Path) -> Path:
    """An edition of three pages that lead to each other."""
    pages = {
        "index": f'<html lang="en">{NAVIGATION}<article class="bd-article"><h1>Home</h1><a href="a.html">A</a></article></html>',
        "a": '<article class="bd-article"><section id="a"><h1>A<a class="headerlink" href="#a">#</a></h1><section id="x"><h2>X</h2>'
        '<a href="b.html#x">b</a><a href="b.html#gone">gone</a><a href="#x">here</a><a href="../downloads/t.csv">table</a>'
        '<a href="https://example.org/x.html#y">out</a><svg><g clip-path="url(#clip0)"/></svg></section></section></article>',
        "b": '<article class="bd-article"><section id="x"><h1>B</h1></section></article>',
    }
    folder.mkdir(parents=True)
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


def test_pages_come_in_the_order_of_the_contents_with_their_parts(tmp_path):
    chapters = read_edition(write_edition(tmp_path / "book"))
    assert [(c.stem, c.part, c.title) for c in chapters] == [
        ("index", "", "Home"),
        ("a", "Part one 一", "A"),
        ("b", "Part one 一", "B"),
    ]
    assert chapters[1].sections() == [("a.x", "X")]


def test_links_lead_inside_the_book_or_out_of_it_or_nowhere(tmp_path):
    chapters = read_edition(write_edition(tmp_path / "book"))
    article = chapters[1].article
    assert [a["href"] for a in article.find_all("a")] == ["#b.x", "#b", "#a.x", "https://example.org/x.html#y"]
    assert "table" in article.get_text() and "t.csv" not in str(article)
    assert "url(#a.clip0)" in str(article)
    ids = [tag["id"] for chapter in chapters for tag in chapter.article.select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_link_to_a_page_left_out_is_plain_text(tmp_path):
    (chapter,) = read_edition(write_edition(tmp_path / "book"), only=["a"])
    assert [a["href"] for a in chapter.article.find_all("a")] == ["#a.x", "https://example.org/x.html#y"]


def test_folded_code_goes_and_solutions_unfold():
    soup = BeautifulSoup(
        '<article><div class="cell tag_hide-input"><details class="hide above-input"><pre>code</pre></details><div class="cell_output">out</div></div>'
        '<div class="cell tag_hide-cell"><details class="hide above-input"><pre>answer</pre></details></div>'
        '<div class="cell tag_hide-input"><details class="hide above-input"><pre>silent</pre></details></div>'
        '<div class="cell"><div class="cell_output"><div class="gwr-chart">bars</div><details>numbers</details></div></div>'
        '<div class="cell"><div class="cell_output"><div class="gwr-map">land</div><details>names</details></div></div></article>',
        "html.parser",
    )
    article = soup.article
    clean_article(article)
    assert article.get_text(" ", strip=True) == "out answer bars land names"
    assert len(article.select("div.cell")) == 4
    assert all(details.has_attr("open") for details in article.find_all("details"))


def test_radicals_become_the_characters_one_searches_for():
    table = "2 beginbfchar\n<01> <2F42>\n<02> <6C5F>\nendbfchar\n1 beginbfrange\n<03> <04> <2F05>\nendbfrange\n1 beginbfchar\n<05> <2ED3>\nendbfchar"
    assert plain_letters(table.encode()).decode() == (
        "2 beginbfchar\n<01> <6587>\n<02> <6C5F>\nendbfchar\n1 beginbfrange\n<03> <04> [<4E85> <4E8C>]\nendbfrange\n1 beginbfchar\n<05> <957F>\nendbfchar"
    )


def test_an_edition_that_is_not_there_is_named(tmp_path):
    write_edition(tmp_path / "book")
    assert folder_of("en", tmp_path) == tmp_path / "book"
    with pytest.raises(PdfError, match=r"no edition 'zh'.*found: en.*make book"):
        folder_of("zh", tmp_path)
    write_edition(tmp_path / "fr" / "book")
    with pytest.raises(PdfError, match="no edition 'fr'"):  # it would have no words of its own
        folder_of("fr", tmp_path)
    write_edition(tmp_path / "zh" / "book")
    assert folder_of("zh", tmp_path) == tmp_path / "zh" / "book"


def test_a_page_that_is_not_there_is_named(tmp_path):
    folder = write_edition(tmp_path / "book")
    with pytest.raises(PdfError, match="no page c"):
        read_edition(folder, only=["c"])
    (folder / "b.html").unlink()
    with pytest.raises(PdfError, match=r"b\.html is not whole.*make book"):
        read_edition(folder)


def test_without_a_browser_it_says_how_to_get_one(tmp_path, monkeypatch):
    monkeypatch.setattr(gwr.site.pdf, "folder_of", lambda language: write_edition(tmp_path / "book"))
    monkeypatch.setattr(gwr.site.pdf, "browser_path", lambda: None)
    with pytest.raises(PdfError, match=r"needs Chromium or Chrome.*apt install chromium"):
        build_pdf(out=tmp_path / "book.pdf")
    assert not (tmp_path / "book.pdf").exists()


def test_the_title_page_speaks_the_language_of_the_edition_and_cites_the_book_once(tmp_path):
    index = write_edition(tmp_path / "book") / "index.html"
    foot = (
        "<div class='cite-page'><p><strong>Cite this page</strong>: Us (2026). <cite>Book</cite>.</p>"
        "<details><summary>BibTeX</summary><pre>@book{x}</pre></details><p>Free.</p></div>"
    )
    index.write_text(index.read_text(encoding="utf-8").replace("</html>", foot + "</html>"), encoding="utf-8")
    english, chinese = (read_front(tmp_path / "book", language) for language in ("en", "zh"))
    assert (english.cite, english.licence) == ("Us (2026). Book.", "Free.")
    assert (english.words.contents, chinese.words.contents) == ("Contents", "目录")
    page = document(read_edition(tmp_path / "book"), chinese, {})
    assert page.count("Us (2026)") == 1 and "引用格式：Us (2026)" in page
    assert "@book" not in page and "Cite this page" not in page and "printed edition" not in page


@pytest.mark.parametrize("wrong", ["yesterday", "2021-12-24", "1e9", "9" * 30])
def test_a_day_that_is_none_is_named(tmp_path, monkeypatch, wrong):
    folder = write_edition(tmp_path / "book")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    with pytest.raises(PdfError, match=rf"SOURCE_DATE_EPOCH is '{wrong}'.*whole seconds since 1970"):
        read_front(folder, "en")


def test_a_file_for_two_editions_is_refused(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "gwr", "pdf", "-o", tmp_path / "x.pdf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "--language" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_is_missing():
    done = subprocess.run(
        [sys.executable, "-m", "gwr", "pdf", "--language", "xx"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "no edition 'xx'" in done.stderr and "Traceback" not in done.stderr


# --- in the browser -----------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_system_without_chinese_font_is_told_what_to_install(browser, monkeypatch):
    require_chinese(browser)
    # Two characters that Unicode has set aside for ever look the same everywhere, as Chinese does without a font.
    monkeypatch.setattr(gwr.site.pdf, "TWO_CHARACTERS", ("\ufdd0", "\ufdd1"))
    with pytest.raises(PdfError, match="fonts-noto-cjk"):
        require_chinese(browser)


@pytest.fixture(scope="module")
def pdf(site: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, a chapter with charts and map and the source page, as PDF."""
    return printed(browser, tmp_path_factory.mktemp("pdf"), "en", PAGES)


@pytest.fixture(scope="module")
def chinese(site: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chapter of the Chinese edition as PDF."""
    return printed(browser, tmp_path_factory.mktemp("zh"), "zh", PAGES[:1])


def printed(browser: Browser, folder: Path, language: str, pages: tuple[str, ...]) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", A_DAY)
        made = build_pdf(language, folder / "book.pdf", only=pages, browser=browser)
    assert [path.name for path in folder.iterdir()] == ["book.pdf"]  # nothing half-written is left
    return made


def squeezed(text: str) -> str:
    """Without white space: where the letters change between fonts, text taken out of a PDF has some that is not there."""
    return "".join(text.split())


def as_typed(text: str) -> str:
    """Squeezed, with the characters one types for the radicals that the browser notes in a PDF of its own."""
    return squeezed(unicodedata.normalize("NFKC", text.translate(str.maketrans(gwr.site.pdf._RADICALS))))


def titles(outline: list, depth: int = 0) -> Iterator[tuple[int, str]]:
    for item in outline:
        if isinstance(item, Destination):
            yield depth, str(item.title)
        else:
            yield from titles(item, depth + 1)


@pytest.mark.browser
def test_the_pdf_has_the_chinese_text_and_nothing_of_the_sidebar(pdf):
    reader = PdfReader(pdf)
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert 10 < len(reader.pages) < 80
    assert "上下杭" in text and "苍霞新城" in text
    assert "Table: the data of Figure 5.1" in text  # under the map
    assert not re.findall("[\u2e80-\u2fdf]", text)  # radicals, which nobody searches for
    for button in ("Hide the code", "Show the solution", "Print to PDF", "Toggle", "Ctrl", "BibTeX", "Cite this page"):
        assert button not in text
    assert squeezed(text).count("anexecutablebook,version") == 1  # on the title page
    assert all(page.extract_text().strip() for page in reader.pages), "an empty page"


@pytest.mark.browser
def test_the_pdf_has_bookmarks_of_parts_chapters_and_sections(pdf):
    reader = PdfReader(pdf)
    found = list(titles(reader.outline))
    assert found[0] == (0, "Contents")
    assert (0, "The year 2021 二〇二一年") in found and (0, "Reference 参考") in found
    chapter = next(title for depth, title in found if depth == 1)
    assert chapter.startswith("5 ") and "城市功能得到完善" in chapter
    assert (2, "Findings") in found
    item = next(one for one in reader.outline[2] if isinstance(one, Destination))
    assert chapter.split()[0] in reader.pages[reader.get_destination_page_number(item)].extract_text()


@pytest.mark.browser
def test_the_contents_have_the_number_of_each_sheet(pdf):
    reader = PdfReader(pdf)
    contents = squeezed(reader.pages[1].extract_text())
    where = gwr.site.pdf.places(pdf)
    for title, stem in (("城市功能得到完善", "05_city_2021"), ("报告原文", "source")):
        sheet = where[stem][0]
        assert f"{title}{sheet}" in contents
        assert title in squeezed(reader.pages[sheet - 1].extract_text())


@pytest.mark.browser
def test_links_between_the_pages_stay_inside_the_pdf(pdf):
    reader = PdfReader(pdf)
    annotations = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    inside = {str(note["/Dest"]).removeprefix("/") for note in annotations if "/Dest" in note}
    assert "source.c044" in inside or any(name.startswith("source.c") for name in inside)
    assert inside <= set(gwr.site.pdf.places(pdf))
    out = [str(note["/A"]["/URI"]) for note in annotations if "/A" in note]
    assert all(address.startswith(("https://", "http://", "mailto:")) for address in out)


@pytest.mark.browser
def test_the_pdf_says_what_it_is_and_when(pdf):
    reader = PdfReader(pdf)
    assert reader.metadata.title == "Taijiang by the Numbers 台江数读"
    assert reader.metadata.author == "Taijiang by the Numbers"
    assert reader.metadata.creation_date.timestamp() == int(A_DAY)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "2021-12-24" in reader.pages[0].extract_text()


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm (poppler-utils)")
@pytest.mark.parametrize("edition", ["pdf", "chinese"])
def test_the_map_is_on_its_sheet(edition, request):
    file = request.getfixturevalue(edition)
    assert river(file, gwr.site.pdf.places(file)["05_city_2021"][0]) > 200


def river(file: Path, sheet: int) -> int:
    """How many dots of a sheet have the colour of the river, which nothing but a map has."""
    from PIL import Image

    where = ["-f", str(sheet), "-l", str(sheet), "-r", "60", "-singlefile", "-png"]
    picture = file.with_name(f"{file.stem}-{sheet}.png")
    subprocess.run(["pdftoppm", *where, file, picture.with_suffix("")], check=True)
    with Image.open(picture) as dots:
        colours = dict(map(reversed, dots.convert("RGB").getcolors(1 << 24)))
    return colours.get((0xCF, 0xE3, 0xEE), 0)


@pytest.mark.browser
def test_the_chinese_pdf_is_chinese(chinese):
    reader = PdfReader(chinese)
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.metadata.title == "台江数读"
    cover, contents, chapter = (squeezed(page.extract_text()) for page in reader.pages[:3])
    assert "本文件为打印版" in cover and "引用格式：" in cover and "2021-12-24" in cover
    assert "目录2021年5城市功能得到完善" in contents
    assert "城市功能得到完善" in chapter and "要点" in chapter
    assert next(titles(reader.outline)) == (0, "目录")
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for word in ("English", "收起代码", "BibTeX", "引用本页", "列印成", "Contents"):
        assert word not in text
    assert "数据表：图5.1的数据" in text


@pytest.mark.browser
@pytest.mark.parametrize("edition", ["", "zh"])
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm (poppler-utils)")
def test_a_map_that_nobody_has_seen_is_printed_whole(site, browser, tmp_path, edition):
    """The reader prints at once, without a look at the second map; nor may what calls for it add sheets."""
    tab = browser.new_page(viewport={"width": 1280, "height": 400})
    tab.goto((site / edition / "book" / f"{MAPS_FAR_DOWN}.html").as_uri())
    tab.wait_for_timeout(500)
    assert not tab.locator(".gwr-map iframe").last.get_attribute("srcdoc")
    file = tmp_path / "page.pdf"
    tab.pdf(path=file, format="A4")
    tab.close()
    sheets = PdfReader(file).pages
    assert all(sheet.extract_text().strip() for sheet in sheets)
    assert sum(river(file, sheet) > 100 for sheet in range(1, len(sheets) + 1)) == 2
    text = as_typed("".join(sheet.extract_text() for sheet in sheets))
    with_all = BeautifulSoup(
        (site / edition / "book" / f"{MAPS_FAR_DOWN}.html").read_text(encoding="utf-8"), "html.parser"
    )
    for heading in with_all.select("article h2"):  # the last ones were never laid out on the screen
        assert as_typed(heading.get_text()).removesuffix("#") in text


@pytest.fixture
def tab(site: Path, browser: Browser) -> Iterator[Page]:
    """A chapter with a map, opened by somebody who prefers dark pages."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    tab = context.new_page()
    tab.goto((site / "book" / "05_city_2021.html").as_uri())
    yield tab
    context.close()


@pytest.mark.browser
def test_on_paper_the_text_takes_the_sheet(tab):
    assert tab.locator(".bd-sidebar-primary").is_visible()
    tab.set_viewport_size({"width": 700, "height": 1000})
    tab.emulate_media(media="print")
    for name in (
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".bd-header-article",
        ".prev-next-footer",
        "#jb-print-docs-body",
    ):
        assert not tab.locator(name).first.is_visible(), name
    assert tab.locator(".bd-article").bounding_box()["width"] >= 0.97 * 700
    assert tab.locator(".bd-article h1").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 700
    wide = tab.locator(".bd-article table").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().right > 701).length"
    )
    assert wide == 0


@pytest.mark.browser
def test_folded_code_is_not_printed_and_unfolded_code_is(tab):
    code = tab.locator("details.above-input").first
    tab.emulate_media(media="print")
    assert not code.is_visible()
    code.evaluate("one => one.open = true")
    assert code.locator("pre").first.is_visible()


@pytest.mark.browser
def test_a_dark_page_is_printed_black_on_white_and_is_dark_again(tab):
    frame = tab.locator(".gwr-map iframe").first
    frame.scroll_into_view_if_needed()
    frame.content_frame.locator(".bar").wait_for()
    look = """() => { const map = document.querySelector(".gwr-map iframe");
      return [document.documentElement.dataset.theme, map.contentDocument.documentElement.classList.contains("dark"),
        map.contentDocument.querySelector(".bar").style.visibility, getComputedStyle(document.body).color,
        map.getBoundingClientRect().width] }"""
    before = tab.evaluate(look)
    assert before[:3] == ["dark", True, ""]
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    theme, dark, bar, colour, width = tab.evaluate(look)
    assert (theme, dark, bar) == ("light", False, "hidden")
    assert max(map(int, colour[4:-1].split(","))) < 90
    assert width <= 640
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(look) == before
