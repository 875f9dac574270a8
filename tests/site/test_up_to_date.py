"""A site brought up to date is, byte for byte, the one that a build from nothing makes, whatever has changed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from copies import SmallBook, copy_project, differing

pytestmark = pytest.mark.xdist_group("small_book")

Change = Callable[[Path], None]
ROOT = Path(__file__).resolve().parents[2]
LOCALE = "book/locale/zh_CN/LC_MESSAGES"


def replaced(name: str, before: str, after: str) -> Change:
    """Changes the first occurrence of a text in a file."""

    def change(folder: Path) -> None:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert before in text, f"{name} no longer has {before!r}"
        file.write_text(text.replace(before, after, 1), encoding="utf-8", newline="\n")

    return change


def retranslated(name: str, number: int = 0) -> Change:
    """Changes a translation of a catalogue."""

    def change(folder: Path) -> None:
        file = folder / LOCALE / name
        entries = file.read_text(encoding="utf-8").split("\n\n")
        there = [at for at, entry in enumerate(entries) if at and re.search(r'^msgstr ".', entry, re.MULTILINE)]
        at = there[number]
        entries[at] = re.sub(
            r'^msgstr "', 'msgstr "鿕', entries[at], count=1, flags=re.MULTILINE
        )  # a character of no page
        file.write_text("\n\n".join(entries), encoding="utf-8", newline="\n")

    return change


TEXT = replaced("book/codebook.md", "The", "Zzyzx the")
TEXT_BACK = replaced("book/codebook.md", "Zzyzx the", "The")
HEADING = replaced("book/codebook.md", "\n## ", "\n## Zzyzx ")
HEADING_BACK = replaced("book/codebook.md", "\n## Zzyzx ", "\n## ")
STYLE_AND_SCRIPT = [
    replaced("book/static/book.css", "{", "{ --gwr-test: 0;"),
    replaced("book/static/book.js", "(() => {", "(() => { const gwrTest = 0;"),
]
TEMPLATE = replaced("book/templates/language.html", "<a class", "<a data-test class")
CONFIGURATION = [
    replaced("_config.yml", "show_toc_level: 2", "show_toc_level: 1"),
    replaced("CITATION.cff", "version: ", "version: 9."),
]
TABLE = replaced("data/glossary.csv", " the ", " this ")

ROUNDS: dict[str, list[Change]] = {
    "a page's catalogue with its title, style and script": [
        retranslated("pages/codebook.po", 3),
        retranslated("pages/source.po"),
        *STYLE_AND_SCRIPT,
    ],
    "the catalogues of tables, site and a module that speaks on every page; a template": [
        retranslated("site.sphinx.head.po"),
        retranslated("data.po"),
        retranslated("book.po"),
        TEMPLATE,
    ],
    "configuration, citation, a table, code of the site, the order of the pages": [
        *CONFIGURATION,
        TABLE,
        replaced("book/gwr/site/sphinx/glossary_terms.py", 'class="term"', 'class="term test"'),
        lambda folder: _turn_around(folder / "_toc.yml"),
    ],
}
"""What changes at once: what has Sphinx read all pages anew is not in one round with what it must notice by itself."""


def _turn_around(toc: Path) -> None:
    """The last two pages of the book change places."""
    *lines, last_but_one, last = toc.read_text(encoding="utf-8").splitlines()
    toc.write_text("\n".join([*lines, last, last_but_one, ""]), encoding="utf-8", newline="\n")


def cold_site(book: SmallBook, folder: Path) -> dict[str, bytes]:
    """The site that a build from nothing makes of the same book in another folder."""
    shutil.copytree(book.folder, folder, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    for name in ("notebooks", "notebooks-zh"):  # what notebooks show is compared where they are run
        shutil.copytree(book.folder / "_build" / name, folder / "_build" / name)
    other = SmallBook(folder)
    other.must_build()
    return other.bytes()


def make(book: SmallBook, changes: list[Change]) -> None:
    """Makes changes and builds."""
    before = book.bytes()
    for change in changes:
        change(book.folder)
    book.must_build()
    assert differing(book.bytes(), before) != [], "the change did not reach the site"


@pytest.mark.parametrize(("there", "back"), [(TEXT, TEXT_BACK), (HEADING, HEADING_BACK)], ids=["a text", "a heading"])
def test_what_is_changed_and_changed_back_leaves_no_trace(small_book, there, back):
    before = small_book.bytes()
    make(small_book, [there])
    make(small_book, [back])
    assert differing(small_book.bytes(), before) == []


@pytest.mark.parametrize("changes", ROUNDS.values(), ids=ROUNDS.keys())
def test_whatever_has_changed_the_site_is_that_of_a_cold_build(small_book, tmp_path, changes):
    make(small_book, changes)
    assert differing(small_book.bytes(), cold_site(small_book, tmp_path / "cold")) == []


FIRST: list[Change] = [
    TEXT,
    replaced("book/05_city_2021.ipynb", '"# 5 ', '"# 5 Zzyzx '),
    retranslated("pages/05_city_2021.po", 2),
]
THEN: list[Change] = [
    TEXT_BACK,
    replaced("book/05_city_2021.ipynb", '"# 5 Zzyzx ', '"# 5 '),
    replaced("book/06_livelihood_2021.ipynb", '"# 6 ', '"# 6 Zzyzx '),
    retranslated("site.sphinx.head.po"),
    *STYLE_AND_SCRIPT,
    TEMPLATE,
    *CONFIGURATION,
    TABLE,
    replaced("book/gwr/show/html_tables.py", "<table>", '<table data-test="">'),
]


@pytest.mark.slow
def test_the_whole_book(tmp_path):
    """Texts changed and changed back, and one input of every kind, in one build after the first; then one from nothing."""
    folder = tmp_path / "book"
    folder.mkdir()
    book = SmallBook(copy_project(folder))
    shutil.copyfile(ROOT / "_toc.yml", folder / "_toc.yml")
    for name in ("notebooks", "notebooks-zh"):
        if (ROOT / "_build" / name).is_dir():
            shutil.copytree(ROOT / "_build" / name, folder / "_build" / name)
    for changes in (FIRST, THEN):
        for change in changes:
            change(folder)
        book.must_build()
    assert differing(book.bytes(), cold_site(book, tmp_path / "cold")) == []
