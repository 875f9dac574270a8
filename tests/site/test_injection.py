"""Nothing that stands in a table, a catalogue or a title runs in a page, in a map, or in a spreadsheet."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import nbformat
import openpyxl
import pytest
from copies import SmallBook, make_small_book
from gwr.errors import DataError
from gwr.paths import REPORT_TEXT, ROOT
from gwr.report.claims import web_address
from gwr.report.downloads import write_excel
from gwr.report.places import located
from gwr.report.schema import Field, Resource
from gwr.report.tables import load_tables, read_tables
from gwr.show.maps import add_places, base_map, map_on_page
from gwr.show.page_links import with_page_links
from gwr.site.sphinx.policy import THEME_HASHES, policy, scripts_noted, what_would_run, with_policy
from gwr.words.harmless import added_by_translation
from playwright.sync_api import Browser
from serving import serve

pytestmark = pytest.mark.xdist_group("injection")

HOSTILE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "'><svg onload='window.hit=1'>",
    '" onmouseover="window.hit=1" onfocus="window.hit=1" autofocus x="',
    "https://example.org/><script>window.hit=1</script>",
    'https://example.org/"onclick="window.hit=1',
    "javascript:window.hit=1",
    "[click](javascript:window.hit=1)",
    "<!--<script>",
    "x--></textarea></title></style></script><script>window.hit=1</script>",
    "{c001.__class__}{0}{hit}",
    "{raw}`<script>window.hit=1</script>`",
    "```{raw} html\n<script>window.hit=1</script>\n```",
    "`${window.hit=1}`\\u003cscript>window.hit=1</script>",
    'Content-Security-Policy <meta charset="utf-8">',
    "</iframe><iframe srcdoc='<script>parent.hit=1</script>'>",
)
"""Texts that would run, hide or change something where they are not escaped."""

TEMPLATES = ("{{ hit }}", "{% for x in y %}", "a {# b", "{{ [].__class__.__mro__ }}")
"""What Jinja would run: branca renders what is on a map a second time, data and all."""

FORMULAS = ("=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1")

SHOW_ALL = """\
import altair as alt
from IPython.display import display
from gwr.show import reference
from gwr.show.cells import fact_link
for name in chapter.tables:
    frame = chapter.tables.frame(name).tail(20)
    chapter.table(frame, f"all-{name.replace('_', '-')}", "Rows of {table}", table=name)
    for column in frame.select_dtypes(exclude="number").columns:
        words = "; ".join(map(str, frame[column]))
        chapter.say("{words}", words=words)
    reference.describe_table(chapter.tables, name)
for fact in list(chapter.facts)[-20:]:
    if chapter.facts[fact].row["value"] is not None:
        chapter.say(f"Fact {{{fact}}}")
    display(fact_link(chapter.facts[fact]))
labels = chapter.tables.frame("outcomes").tail(20)[["note", "source", "value"]].astype(str)
marks = alt.Chart(labels).mark_bar().encode(x="value", y="note", color="source", tooltip=["note"])
chapter.figure(marks, "labels", "Bars.", data=labels, description="{said}", said="; ".join(labels["note"]))
for category in {row["category"] for row in chapter.tables["glossary"]}:
    display(reference.glossary(chapter.tables, category))
every = located(chapter.tables, tuple(chapter.tables.frame("places")["section"].unique()))
chapter.map(add_places(base_map(), every, title=labels["note"].iloc[-1]), "every", "All.", data=every, description="{said}", said=labels["note"].iloc[-2])
chapter.say("全区 生产总值 and 台江")"""
"""Shows every table in each of the ways in which chapters show them."""


def poisoned(folder: Path) -> dict[str, list[str]]:
    """Writes the hostile texts into every column of text that takes them; the columns of each table that did."""
    taken: dict[str, list[str]] = {}
    for name, resource in load_tables().resources.items():
        file = folder / resource.path.relative_to(ROOT)
        good = file.read_text(encoding="utf-8")
        for column in (field.name for field in resource.fields if field.type == "string" and not _is_key(field.name)):
            before = file.read_text(encoding="utf-8")
            rows = list(csv.DictReader(io.StringIO(before)))
            for row, text in zip(reversed(rows), HOSTILE, strict=False):
                row[column] = text
            out = io.StringIO()
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            file.write_text(out.getvalue(), encoding="utf-8", newline="\n")
            try:
                dataclasses.replace(resource, path=file).read()  # also of those that are read only where they are shown
                read_tables(folder / "data", folder / "geo", folder / REPORT_TEXT.relative_to(ROOT))
                taken.setdefault(name, []).append(column)
            except (DataError, ValueError):
                file.write_text(before, encoding="utf-8", newline="\n")
        assert good
    return taken


def _is_key(column: str) -> bool:
    """Whether a column says which row of another table is meant; a text there is a broken link, and no page can be made."""
    return column.endswith(("_id", "_ids"))


@pytest.fixture(scope="module")
def poisoned_book(tmp_path_factory: pytest.TempPathFactory) -> SmallBook:
    """The small book with hostile texts in every table and in its title, built."""
    book = make_small_book(tmp_path_factory.mktemp("poisoned"))
    taken = poisoned(book.folder)
    assert {"source", "note", "quote"} <= set(taken["outcomes"]) and "definition_en" in taken["glossary"]
    notebook = nbformat.read(book.index, as_version=4)
    notebook.cells[0].source = '# A "small" book\'s {{ hit }} {% if %} & Content-Security-Policy'
    notebook.cells.append(nbformat.v4.new_code_cell(SHOW_ALL))
    nbformat.write(notebook, book.index)
    book.must_build()
    return book


@pytest.mark.browser
def test_nothing_in_a_table_or_title_runs(poisoned_book, browser: Browser):
    """Every page of both editions: opened, its maps and charts drawn, what can be hovered hovered, the search asked."""
    with serve(poisoned_book.site) as base:
        context = browser.new_context()
        tab = context.new_page()
        refused: list[str] = []
        tab.on("console", lambda message: refused.append(message.text) if "Refused" in message.text else None)
        tab.on("dialog", lambda dialog: refused.append(dialog.message) or dialog.dismiss())
        for page in ("book/index.html", "book/source.html", "search.html?q=script", "genindex.html"):
            for folder in ("", "zh/"):
                tab.goto(f"{base}{folder}{page}")
                for frame in tab.locator(".gwr-map iframe").all():
                    frame.scroll_into_view_if_needed()
                    frame.content_frame.locator("path.land").first.wait_for()
                for chart in tab.locator(".gwr-chart").all():
                    chart.locator(".picture").dispatch_event("pointerover")
                    chart.locator(".stage svg").wait_for()
                for mark in tab.locator(".stage .mark-rect path").all()[:20]:
                    mark.dispatch_event("pointermove")
                    mark.dispatch_event("mousemove")
                for marked in tab.locator("[onmouseover], [onclick], [onerror], [onload]").all():
                    refused.append(f"{page}: {marked.evaluate('e => e.outerHTML')[:200]}")
                assert tab.evaluate("window.hit") is None
                assert all(frame.evaluate("window.hit") is None for frame in tab.frames)
                links = tab.evaluate("[...document.querySelectorAll('a')].map(a => a.protocol)")
                assert set(links) <= {"http:", "https:", "mailto:", "data:"}
        context.close()
    assert refused == []


def test_pages_hold_the_texts_as_they_are(poisoned_book):
    """What was escaped is there to read, and swallowed nothing."""
    for folder in ("", "zh/"):
        html = (poisoned_book.site / folder / "book" / "index.html").read_text(encoding="utf-8")
        assert "&lt;!--&lt;script&gt;" in html and html.rstrip().endswith("</html>")
        assert "<!--<script>" not in html
        (meta,) = [line for line in html.splitlines() if 'http-equiv="Content-Security-Policy"' in line]
        noted = {"'" + value for value in meta.split("'") if value.startswith("sha256-")}
        assert {"'" + value for value in THEME_HASHES} <= noted


def test_a_script_in_a_notebooks_text_stops_the_build(small_book_to_break):
    small_book_to_break.append(nbformat.v4.new_markdown_cell("Words <script>window.hit=1</script> and words."))
    code, _, errors = small_book_to_break.build()
    assert code == 1
    assert "index.html: a script that nobody has noted: 'window.hit=1'" in errors and "To do:" in errors


@pytest.fixture
def small_book_to_break(poisoned_book: SmallBook, tmp_path: Path) -> Iterator[SmallBook]:
    """A copy of the poisoned book."""
    folder = tmp_path / "book"
    shutil.copytree(poisoned_book.folder, folder, ignore=shutil.ignore_patterns("work", "html"))
    yield SmallBook(folder)


# --- the policy ------------------------------------------------------------------------------------------------------------------


def test_the_policy_knows_only_what_was_noted():
    noted = scripts_noted(
        [
            [
                {"metadata": {"gwr": {"scripts": ["sha256-b"]}}},
                {"metadata": {"text/html": {"gwr": {"scripts": ["sha256-a"]}}}},
            ]
        ]
    )
    assert noted == ["sha256-a", "sha256-b"]
    page = '<head><meta charset="utf-8"></head><p>Content-Security-Policy</p><script>alert(1)</script>'
    html = with_policy(page, noted)
    assert html.count("http-equiv") == 1 and policy(noted) in html
    assert set(policy(noted).split("script-src 'self' ")[1].split(";")[0].replace("'", "").split()) == {
        *THEME_HASHES,
        *noted,
    }


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("<SCRIPT type=module>alert(1)", "alert(1)"),
        ("<!--<script>", "a script"),
        ("<p onclick=alert(1)>", "onclick"),
        ("<img/onerror=alert(1) src=x>", "onerror"),
        ('<a href=" java&#10;script:alert(1)">', "an address"),
        ("<form><button formaction=javascript:alert(1)>", "an address"),
        ('<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>', "alert(1)"),
        ('<iframe srcdoc="&lt;p onclick=alert(1)&gt;"></iframe>', "onclick"),
    ],
)
def test_what_would_run_is_named(html, named):
    assert any(named in what for what in what_would_run(html))


@pytest.mark.parametrize(
    "html",
    [
        '<script src="a.js"></script>',
        '<script type="application/json">{"a": 1}</script>',
        '<p title="onclick=alert(1)">on = 1; javascript: a word</p>',
        '<a href="https://example.org/?a=javascript:">a</a>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_what_does_not_run_is_left_alone(html):
    assert list(what_would_run(html)) == []


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org/",
        "(no address kept)",
        "https:///x",
        "http://",
    ],
)
def test_only_the_web_is_linked(text):
    assert web_address(text) == ""


def test_an_address_ends_no_link_and_no_attribute():
    assert web_address(" https://例.cn/a?b=1&c=(2)#d ") == "https://%E4%BE%8B.cn/a?b=1&c=(2)#d"
    assert not set(web_address("https://example.org/" + "".join(HOSTILE))[20:]) & set('<>"\\ `{}\n')


# --- catalogues ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [text for text in (*HOSTILE, *TEMPLATES) if "Policy" not in text and "onmouseover" not in text]
)
def test_a_translation_brings_in_words_alone(text):
    assert added_by_translation("Words of {name}", f"词{text}")
    assert not added_by_translation(f"Words {text}", f"词{text}")


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        (
            "Open <code>make lab</code> at [1](01.ipynb), {n:,} rows",
            "打开<code>make lab</code>：[第1章](01.ipynb)，{n:,}行",
        ),
        ("The {table}, see https://example.org/a.", "`{table}`表，见https://example.org/a。"),
        ("fewer than 5 < 6", "不足5 < 6"),
    ],
)
def test_an_honest_translation_passes(english, translation):
    assert added_by_translation(english, translation) == ""


def test_a_hostile_catalogue_stops_the_build_and_is_named(small_book_to_break):
    catalogue = small_book_to_break.folder / "book/locale/zh_CN/LC_MESSAGES/show.maps.po"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(
        text.replace('msgstr "', 'msgstr "<img src=x onerror=alert(1)>', 2).replace(
            'msgstr "<img src=x onerror=alert(1)>"', 'msgstr ""', 1
        ),
        encoding="utf-8",
    )
    code, _, errors = small_book_to_break.build()
    assert code == 1 and "show.maps.po" in errors and "onerror" in errors and "To do:" in errors


# --- maps ------------------------------------------------------------------------------------------------------------------------


def test_a_text_on_a_map_is_no_template_and_ends_no_script():
    """Also one that comes from elsewhere than the tables, whose cells may hold no template."""
    title = "".join((*TEMPLATES, *HOSTILE))
    shown = map_on_page(add_places(base_map(), located(load_tables(), ("1.4",)), title=title), name="a", title=title)
    document = unescape(shown.html.split('srcdoc="')[1].split('"')[0])
    assert len(shown.scripts) == document.count("<script>") == document.count("</script>")
    assert list(what_would_run(with_page_links(shown.html), shown.scripts)) == []
    assert json.loads(re.search(r'gwr\.places\(map_\d+, .*, (".*")\);', document)[1]) == title  # type: ignore[index]


# --- spreadsheets ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"), [*((text, "formula") for text in FORMULAS), *((text, "template") for text in TEMPLATES)]
)
def test_no_cell_of_text_begins_like_a_formula_or_holds_a_template(tmp_path, text, why):
    """So the CSV files stay as they are in the package, and a spreadsheet that opens them runs nothing."""
    file = tmp_path / "a.csv"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["number", "words"], ["-1", text]])
    file.write_text(out.getvalue(), encoding="utf-8", newline="\n")
    fields = (Field("number", "number", "", "", {}), Field("words", "string", "", "", {}))
    with pytest.raises(DataError, match=f"{why}|white space"):
        Resource("a", file, "", "", fields, (), ()).read()
    file.write_text("number,words\n-1,a =1\n", encoding="utf-8")
    assert Resource("a", file, "", "", fields, (), ()).read() == [{"number": -1.0, "words": "a =1"}]


@pytest.mark.slow
def test_a_workbook_holds_texts_and_no_formula(tmp_path, monkeypatch):
    tables = load_tables()
    for number, text in enumerate((*FORMULAS[:4], *HOSTILE)):
        monkeypatch.setitem(tables["outcomes"][number], "note", text)
    write_excel(tables, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["outcomes"]
    (column,) = [cell.column for cell in sheet[1] if cell.value == "note"]
    cells = [sheet.cell(row, column) for row in range(2, 6)]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", text) for text in FORMULAS[:4]]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert json.dumps([cell.hyperlink for cell in cells]) == "[null, null, null, null]"
