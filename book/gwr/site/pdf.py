"""The whole book as one PDF, printed by the system's own Chromium from the built site.

All pages of an edition are put into one document, so that a link from one to another leads to the right sheet and each font is
embedded once. Maps are drawn first, each in its page, and put in as still drawings. The document is printed twice: the first time
tells on which sheet each chapter begins, the second has these numbers in the table of contents.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, Fit, NameObject, StreamObject, TextStringObject

from gwr.paths import BUILD
from gwr.report.text import read_text
from gwr.site.browser import BROWSER_FLAGS, HOW_TO_GET_ONE, browser_path
from gwr.site.build import SITE
from gwr.words.language import LOCALES, translator

PRINT_STYLE = Path(__file__).with_suffix(".css")
SCRIPT = Path(__file__).with_suffix(".js")
NAME = "taijiang-by-the-numbers"
AUTHOR = "Taijiang by the Numbers"
WIDTH = 672
"""CSS pixels between the margins of the sheet; pdf.css sets them."""
MAP_SIZE = (650, 330)
"""Width and height of a map, in CSS pixels: the district is about twice as wide as high."""
PAIR_SIZE = (540, 560)
"""So narrow that maps.css puts the two of a pair one above the other, each larger than side by side."""

TWO_CHARACTERS = ("台", "江")

Progress = Callable[[str], None]


class PdfError(RuntimeError):
    """The PDF could not be made; the message says why and what to do."""


@dataclass(frozen=True)
class Words:
    """What the PDF itself says, in one language."""

    contents: str
    note: str
    cite: str


def words_in(language: str) -> Words:
    """The words in the language of the edition, which need not be that of this process."""
    _ = translator(__name__, language)
    return Words(
        contents=_("Contents"),
        note=_(
            "This is the printed edition: charts and maps are still pictures, and of the code only what the pages show "
            "and the solutions of the exercises is here. The site has all of it, with the data of every chart."
        ),
        cite=_("To cite: {citation}"),
    )


@dataclass
class PrintedChapter:
    """A page of the site on its way into the book.

    Attributes:
        stem: the file's name without its ending; ids of the page get it as a prefix.
        part: the part of the book that starts here or goes on; empty for the first page.
        article: the text of the page.
    """

    stem: str
    part: str
    file: Path
    article: Tag

    @property
    def title(self) -> str:
        """The words of its first heading; the name of its file if it has none."""
        heading = self.article.find("h1")
        return _words(heading) if heading else self.stem

    def sections(self) -> list[tuple[str, str]]:
        """The id and the words of each second-level heading."""
        found = []
        for heading in self.article.find_all("h2"):
            home = heading.find_parent("section", id=True)
            if home:
                found.append((str(home["id"]), _words(heading)))
        return found


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


# --- reading the site -----------------------------------------------------------------------------------------------------


def folder_of(language: str, site: Path = SITE) -> Path:
    """Where the pages of an edition are: English ones in ``book/``, others in ``LANGUAGE/book/``.

    Raises:
        PdfError: the edition has not been built.
    """
    folder = (site if language == "en" else site / language) / "book"
    if language not in LOCALES or not (folder / "index.html").is_file():
        there = ["en"] * (site / "book").is_dir() + sorted(path.parent.name for path in site.glob("*/book"))
        raise PdfError(
            f"there is no edition {language!r} in _build/html (found: {', '.join(there) or 'none'}). To do: run 'make book' first"
        )
    return folder


def read_edition(folder: Path, only: Sequence[str] = ()) -> list[PrintedChapter]:
    """The pages of an edition in the order of the site's own contents, cleaned for paper.

    Args:
        folder: with ``index.html`` and the other pages.
        only: the stems of the pages wanted; all if none is given.

    Raises:
        PdfError: a page is missing, or has no text.
    """
    index = _soup(folder / "index.html")
    navigation = index.select_one("nav.bd-links")
    if navigation is None:
        raise PdfError(
            f"{folder.name}/index.html has no list of contents. To do: build the site again with 'make book'"
        )
    part, listed = "", [("index", "")]
    for item in navigation.select("p.caption, ul:not(.bd-sidenav__home-link) > li > a.reference"):
        if item.name == "p":
            part = _words(item)
        else:
            listed.append((Path(str(item["href"])).stem, part))
    missing = set(only) - {stem for stem, _ in listed}
    if missing:
        raise PdfError(f"there is no page {', '.join(sorted(missing))}. Pages: {', '.join(stem for stem, _ in listed)}")
    chapters = []
    for stem, belongs in listed:
        if only and stem not in only:
            continue
        file = folder / f"{stem}.html"
        article = _soup(file).select_one("article.bd-article") if file.is_file() else None
        if article is None:
            raise PdfError(f"{stem}.html is not whole. To do: build the site again with 'make book'")
        clean_article(article)
        chapters.append(PrintedChapter(stem, belongs, file, article))
    link(chapters)
    return chapters


def _soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(read_text(file), "html.parser")


def clean_article(article: Tag) -> None:
    """Takes out what only works on a screen, and unfolds what is worth printing.

    Folded code goes, except in the solutions of the exercises, where it is the answer. The table under a chart repeats it and
    goes too; the table under a map names the places, which the map cannot, and stays.
    """
    for tag in article.select("a.headerlink, script, .term-tip, .copybtn, .gwr-chart .stage, .gwr-chart .narrow"):
        tag.decompose()
    for cell in article.select("div.cell"):
        if "tag_hide-cell" not in cell.get_attribute_list("class"):
            for folded in cell.select("details.above-input"):
                folded.decompose()
        if cell.select_one(".gwr-chart"):
            for data in cell.select(".cell_output > details, .output > details"):
                data.decompose()
        if not cell.get_text(strip=True):
            cell.decompose()
    for details in article.find_all("details"):
        details["open"] = ""
    for tag in article.select("[tabindex]"):
        del tag["tabindex"]


_REFERRING = ("aria-labelledby", "aria-describedby", "for", "headers")


def link(chapters: Sequence[PrintedChapter]) -> None:
    """Makes ids unique over the book, and lets links between its pages lead there; what is not in the book is no link."""
    ids = {chapter.stem: {str(tag["id"]) for tag in chapter.article.select("[id]")} for chapter in chapters}
    for chapter in chapters:
        for tag in [chapter.article, *chapter.article.find_all(True)]:
            _rename(tag, chapter.stem)
            for name in ("href", "xlink:href"):
                if name in tag.attrs:
                    _aim(tag, name, chapter.stem, ids)
            if tag.name == "img" and not re.match(r"[a-z]+:", str(tag.get("src", ""))):
                tag["src"] = (chapter.file.parent / unquote(str(tag["src"]))).resolve().as_uri()


def _rename(tag: Tag, stem: str) -> None:
    if "id" in tag.attrs:
        tag["id"] = f"{stem}.{tag['id']}"
    for name in _REFERRING:
        if name in tag.attrs:
            tag[name] = " ".join(f"{stem}.{one}" for one in " ".join(tag.get_attribute_list(name)).split())
    for name, value in tag.attrs.items():
        if isinstance(value, str) and "url(#" in value:
            tag[name] = value.replace("url(#", f"url(#{stem}.")


def _aim(tag: Tag, name: str, stem: str, ids: dict[str, set[str]]) -> None:
    address, fragment = urldefrag(str(tag[name]))
    if re.match(r"https?:|mailto:", address):
        return
    page = Path(unquote(address)).stem if address else stem
    inside = page in ids and ":" not in address and (not address or ("/" not in address and address.endswith(".html")))
    if inside:
        known = unquote(fragment)
        tag[name] = f"#{page}.{known}" if known in ids[page] else f"#{page}"
    elif tag.name == "a":
        tag.name = "span"
        del tag[name]


# --- maps -----------------------------------------------------------------------------------------------------------------


_WAITING = ("data-srcdoc", "data-map", "data-map-script")
"""The marks of a map that the site draws only when it is seen."""


def draw_maps(browser: Browser, chapters: Sequence[PrintedChapter], static: Path, say: Progress) -> None:
    """Puts, for each map, the drawing that its scripts make of it into the chapter, without the scripts."""
    with_maps = [chapter for chapter in chapters if chapter.article.select(".gwr-map iframe")]
    leaflet = read_text(static / "leaflet" / "leaflet.css") if with_maps else ""
    context = browser.new_context(viewport={"width": 1100, "height": 900}, color_scheme="light")
    for number, chapter in enumerate(with_maps, 1):
        say(f"maps {number}/{len(with_maps)}: {chapter.stem}")
        tab = context.new_page()
        tab.goto(chapter.file.as_uri())
        frames = chapter.article.select(".gwr-map iframe")
        for at, frame in zip(tab.locator(".gwr-map iframe").all(), frames, strict=True):
            at.scroll_into_view_if_needed()
            at.content_frame.locator(".leaflet-overlay-pane path").first.wait_for(state="attached")
            width, height = MAP_SIZE if at.content_frame.locator(".folium-map").count() == 1 else PAIR_SIZE
            style = f"width:{width}px;height:{height}px;border:0"
            at.evaluate("(one, style) => { one.style.cssText = style }", style)
            drawn = at.content_frame.locator("html").evaluate(_STILL)
            frame["srcdoc"] = (
                f"<!doctype html><html lang='{escape(drawn['lang'])}'><meta charset='utf-8'>"
                f"<style>{leaflet}{drawn['style']}</style>{drawn['body']}</html>"
            )
            frame["style"] = style
            for name in ("loading", *_WAITING):
                del frame[name]
        tab.close()
    context.close()


# Leaflet follows the new size in steps; the drawing is taken when two looks in a row see the same.
_STILL = """async (root) => {
  const style = root.ownerDocument.createElement("style");
  style.textContent = ".bar, .leaflet-control-zoom { display: none !important }";
  root.ownerDocument.head.append(style);
  const look = () => {
    const body = root.ownerDocument.body.cloneNode(true);
    for (const tag of body.querySelectorAll("script, .bar, .leaflet-control-zoom")) tag.remove();
    for (const tag of body.querySelectorAll("[tabindex]")) tag.removeAttribute("tabindex");
    return body.outerHTML;
  };
  let before, now = "";
  for (let tries = 0; before !== now && tries < 50; tries++) {
    before = now;
    await new Promise((later) => setTimeout(later, 300));
    now = look();
  }
  const styles = [...root.ownerDocument.querySelectorAll("style")].map((one) => one.textContent);
  return { body: now, style: styles.join("\\n"), lang: root.lang || "en" };
}"""


# --- the document ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Front:
    """What the title page says.

    Attributes:
        language: as the pages and the PDF name it: ``zh-CN``.
        cite: how to cite the book.
        licence: of text, data and code, in a sentence.
        styles: addresses of the site's style sheets.
    """

    title: str
    language: str
    words: Words
    cite: str
    licence: str
    styles: tuple[str, ...]
    day: datetime


def read_front(folder: Path, language: str) -> Front:
    """Title, citation and style sheets as the edition's first page has them, and the words of the edition.

    Raises:
        PdfError: SOURCE_DATE_EPOCH is no time.
    """
    index = _soup(folder / "index.html")
    logo, licence = index.select_one(".logo__title"), index.select_one(".cite-page > p ~ p")
    heading = logo or index.find("h1") or index.title
    styles = [
        (folder / unquote(str(tag["href"]).split("?")[0])).resolve().as_uri()
        for tag in index.select('link[rel~="stylesheet"][href]')
    ]
    return Front(
        title=_words(heading).removesuffix("#") if heading else AUTHOR,
        language=str(index.html.get("lang", "en")) if index.html else "en",
        words=words_in(language),
        cite=_citation(index),
        licence=_words(licence) if licence else "",
        styles=tuple(styles),
        day=_now(),
    )


def _citation(index: BeautifulSoup) -> str:
    """The sentence at the foot of the first page, without the words before it: they speak of a page."""
    line = index.select_one(".cite-page > p")
    label = line.find("strong") if line else None
    return _words(line)[len(_words(label)) if label else 0 :].lstrip(":： ") if line else ""


def _now() -> datetime:
    """The time that the file bears: SOURCE_DATE_EPOCH, if it is set, so that the same book gives the same file.

    Raises:
        PdfError: it is no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise PdfError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, which is no time. To do: set it to whole seconds since 1970, such as "
            "$(git log -1 --format=%ct), or unset it"
        ) from None


def document(chapters: Sequence[PrintedChapter], front: Front, sheets: dict[str, int]) -> str:
    """The book as one HTML text.

    Args:
        chapters: cleaned and linked.
        front: for the title page.
        sheets: on which sheet each chapter begins, by stem; nothing before the first printing.
    """
    links = "".join(f'<link rel="stylesheet" href="{escape(address)}">' for address in front.styles)
    # Chromium keeps the place of an id only if something leads there.
    wanted = ["contents"] + [
        anchor for chapter in chapters for anchor in (chapter.stem, *(key for key, _ in chapter.sections()))
    ]
    anchors = "".join(f'<a href="#{escape(anchor)}"></a>' for anchor in wanted)
    return (
        f'<!doctype html><html lang="{escape(front.language)}" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{escape(front.title)}</title>{links}<style>{read_text(PRINT_STYLE)}{_running_heads(chapters)}</style></head><body>"
        f"{_cover(front)}{_contents(chapters, front, sheets)}{''.join(map(_chapter, enumerate(chapters)))}"
        f"<div hidden>{anchors}</div></body></html>"
    )


def _running_heads(chapters: Sequence[PrintedChapter]) -> str:
    """Each chapter's sheets bear its title; what would end a text of the style sheet is left out of it."""
    heads = []
    for number, chapter in enumerate(chapters):
        title = re.sub(r'["\\<>]', "", chapter.title)
        heads.append(
            f'@page c{number} {{ @top-left {{ content: "{title}" }} }} .chapter-{number} {{ page: c{number} }}'
        )
    return "\n".join(heads)


def _cover(front: Front) -> str:
    lines = [
        front.words.note,
        front.cite and front.words.cite.format(citation=front.cite),
        front.licence,
        f"{front.day:%Y-%m-%d}",
    ]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f'<header class="cover"><p class="cover-title">{escape(front.title)}</p>{told}</header>'


def _contents(chapters: Sequence[PrintedChapter], front: Front, sheets: dict[str, int]) -> str:
    rows, part = [], ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            rows.append(f'<li class="part">{escape(part)}</li>')
        sheet = sheets.get(chapter.stem, "000")  # takes the room of a number in the first printing
        rows.append(
            f'<li><a href="#{chapter.stem}"><span>{escape(chapter.title)}</span><span class="sheet">{sheet}</span></a></li>'
        )
    return f'<nav class="book-contents" id="contents"><h1>{escape(front.words.contents)}</h1><ol>{"".join(rows)}</ol></nav>'


def _chapter(numbered: tuple[int, PrintedChapter]) -> str:
    number, chapter = numbered
    return f'<div class="bd-content chapter chapter-{number}" id="{chapter.stem}">{chapter.article}</div>'


# --- printing -------------------------------------------------------------------------------------------------------------


def build_pdf(
    language: str = "en",
    out: Path | None = None,
    *,
    only: Sequence[str] = (),
    browser: Browser | None = None,
    say: Progress = lambda text: None,
) -> Path:
    """Makes the PDF of an edition; whatever stood at its place stays there until the new one is whole.

    Args:
        language: the edition: ``en`` or ``zh``.
        out: the file to make; ``_build/taijiang-by-the-numbers.pdf`` (``-zh.pdf``) if left out.
        only: the stems of the pages wanted; all if none is given.
        browser: one that runs already; else the system's own is started.
        say: gets a line about each step.

    Raises:
        PdfError: there is no browser, no built site or no Chinese font, SOURCE_DATE_EPOCH is no time, or the browser failed.
        OSError: the file cannot be written.
    """
    folder = folder_of(language)
    out = out or BUILD / (f"{NAME}.pdf" if language == "en" else f"{NAME}-{language}.pdf")
    if browser is not None:
        return _build(browser, folder, language, out, only, say)
    path = browser_path()
    if path is None:
        raise PdfError(f"printing needs Chromium or Chrome, which is not on this machine. To do: {HOW_TO_GET_ONE}")
    try:
        with sync_playwright() as playwright:
            own = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
            try:
                return _build(own, folder, language, out, only, say)
            finally:
                own.close()
    except BrowserError as error:
        raise PdfError(
            f"the browser {path} failed: {str(error).splitlines()[0]}. To do: try again with more free memory; if it stays, "
            "update the browser"
        ) from error


def _build(browser: Browser, folder: Path, language: str, out: Path, only: Sequence[str], say: Progress) -> Path:
    require_chinese(browser)
    say("reading the pages")
    front, chapters = read_front(folder, language), read_edition(folder, only)
    draw_maps(browser, chapters, folder.parent / "_static", say)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pdf-", dir=out.parent) as scratch:
        page, printed, done = (Path(scratch, name) for name in ("book.html", "printed.pdf", "book.pdf"))
        sheets: dict[str, int] = {}
        for time in (1, 2):
            say(f"printing {time}/2")
            page.write_text(document(chapters, front, sheets), encoding="utf-8")
            print_page(browser, page, printed)
            sheets = {name: sheet for name, (sheet, _) in places(printed).items()}
        finish_pdf(printed, done, chapters, front)
        done.replace(out)
    return out


def require_chinese(browser: Browser) -> None:
    """Two Chinese characters that look the same are two empty boxes.

    Raises:
        PdfError: the system has no Chinese font.
    """
    tab = browser.new_page()
    same = tab.evaluate(
        """(two) => {
          const draw = (text) => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
            const pen = canvas.getContext("2d");
            pen.font = "32px sans-serif";
            pen.fillText(text, 2, 34);
            return canvas.toDataURL();
          };
          return draw(two[0]) === draw(two[1]);
        }""",
        TWO_CHARACTERS,
    )
    tab.close()
    if same:
        raise PdfError(
            "this system has no font with Chinese characters. To do: 'apt install fonts-noto-cjk' on Debian and Ubuntu, "
            "'dnf install google-noto-sans-cjk-fonts' on Fedora; macOS and Windows bring one"
        )


def print_page(browser: Browser, page: Path, out: Path) -> None:
    """Prints a document on A4, with tables too wide for the sheet made smaller."""
    tab: Page = browser.new_page(viewport={"width": WIDTH, "height": 950}, color_scheme="light")
    tab.set_default_timeout(600_000)
    tab.emulate_media(media="print")
    tab.goto(page.as_uri(), wait_until="load")
    tab.evaluate("document.fonts.ready")
    tab.evaluate(read_text(SCRIPT))
    tab.pdf(path=out, prefer_css_page_size=True, print_background=True, tagged=True)
    tab.close()


def places(file: Path) -> dict[str, tuple[int, float]]:
    """Each named place of a PDF: its sheet, counted from 1, and its height on it in points."""
    reader = PdfReader(file)
    found = {}
    for name, place in reader.named_destinations.items():
        sheet = reader.get_destination_page_number(place)
        if sheet is not None:
            found[name.removeprefix("/")] = (sheet + 1, float(str(place["/Top"])))
    return found


# Radicals that are drawn like a character but that Unicode does not say are the same for searching.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


def plain_letters(table: bytes) -> bytes:
    """The table from a font's glyphs to letters, with the characters one types instead of radicals that look the same.

    A font draws 文 and the radical ⽂ with one glyph, and Chromium may note the radical; whoever searches the PDF for 文 would then
    find nothing.
    """

    def letter(code: int) -> str:
        text = chr(code)
        if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
            text = _RADICALS.get(text, unicodedata.normalize("NFKC", text))
        return f"<{text.encode('utf-16-be').hex().upper()}>"

    def single(found: re.Match[str]) -> str:
        return re.sub(r"(<\w+> *)<(\w{4})>", lambda pair: pair[1] + letter(int(pair[2], 16)), found[0])

    def row(found: re.Match[str]) -> str:
        first, last, start = (int(found[number], 16) for number in (1, 2, 3))
        letters = [letter(start + step) for step in range(last - first + 1)]
        return f"<{found[1]}> <{found[2]}> [{' '.join(letters)}]"

    def rows(found: re.Match[str]) -> str:
        return re.sub(r"<(\w+)> *<(\w+)> *<(\w{4})>", row, found[0])

    text = re.sub(r"beginbfchar.*?endbfchar", single, table.decode("latin-1"), flags=re.DOTALL)
    return re.sub(r"beginbfrange.*?endbfrange", rows, text, flags=re.DOTALL).encode("latin-1")


def finish_pdf(printed: Path, out: Path, chapters: Sequence[PrintedChapter], front: Front) -> None:
    """Adds bookmarks (parts, chapters, sections), title, author, language and dates."""
    known = places(printed)
    writer = PdfWriter(clone_from=printed)

    def bookmark(title: str, anchor: str, parent: Any = None, *, is_open: bool = True) -> Any:
        sheet, top = known[anchor]
        fit = Fit.xyz(left=0, top=top)
        return writer.add_outline_item(title=title, page_number=sheet - 1, parent=parent, fit=fit, is_open=is_open)

    bookmark(front.words.contents, "contents")
    part, above = "", None
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            above = bookmark(part, chapter.stem)
        item = bookmark(chapter.title, chapter.stem, above, is_open=False)
        for anchor, title in chapter.sections():
            bookmark(title, anchor, item)
    stamp = f"D:{front.day:%Y%m%d%H%M%S}+00'00'"
    writer.metadata = None
    writer.add_metadata(
        {
            "/Title": front.title,
            "/Author": AUTHOR,
            "/Producer": "Chromium, pypdf",
            "/CreationDate": stamp,
            "/ModDate": stamp,
        }
    )
    writer.root_object[NameObject("/Lang")] = TextStringObject(front.language)
    writer.page_mode = "/UseOutlines"
    for item in writer._objects:
        letters = item.get("/ToUnicode") if isinstance(item, DictionaryObject) else None
        if letters is not None and isinstance(stream := letters.get_object(), StreamObject):
            stream.set_data(plain_letters(stream.get_data()))
    with out.open("wb") as file:
        writer.write(file)
