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
STYLE_AND_SCRIPT = [
    replaced("book/static/book.css", "{", "{ --gwr-test: 0;"),
    replaced("book/static/book.js", "(() => {", "(() => { const gwrTest = 0;"),
]
TEMPLATE = replaced("book/templates/language.html", "<a class", "<a data-test class")
CONFIGURATION = [
    replaced("_config.yml", "show_toc_level: 2", "show_toc_level: 1"),
    replaced("CITATION.cff", "version: ", "version: 9."),
]
TABLE = replaced("data/glossary.csv", ",", " ,")

ROUNDS: dict[str, list[Change]] = {
    "a text, and a page's catalogue with its title": [TEXT, retranslated("pages/source.po")],
    "the text as it was; a heading": [TEXT_BACK, replaced("book/codebook.md", "\n## ", "\n## Zzyzx ")],
    "the catalogue of a module that speaks on every page": [retranslated("site.sphinx.head.po")],
    "style, script and template": [*STYLE_AND_SCRIPT, TEMPLATE],
    "configuration, citation, other catalogues, order of the pages": [
        *CONFIGURATION,
        retranslated("data.po"),
        retranslated("book.po"),
        lambda folder: _turn_around(folder / "_toc.yml"),
    ],
    "a table, and code of the site": [
        TABLE,
        replaced("book/gwr/site/sphinx/glossary_terms.py", 'class="term"', 'class="term test"'),
    ],
}
"""What changes in each round, after what changed in those before it."""


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


def hold_to_cold_builds(book: SmallBook, folder: Path, rounds: dict[str, list[Change]]) -> None:
    """Makes the changes round by round, and compares after each."""
    for number, (name, changes) in enumerate(rounds.items()):
        before = book.bytes()
        for change in changes:
            change(book.folder)
        book.must_build()
        after = book.bytes()
        assert after != before, f"{name}: the change did not reach the site"
        assert differing(after, cold_site(book, folder / str(number))) == [], name
        shutil.rmtree(folder / str(number))


@pytest.fixture
def three_pages(small_book: SmallBook) -> SmallBook:
    """The small book with the codebook, which is no notebook."""
    shutil.copyfile(ROOT / "book" / "codebook.md", small_book.folder / "book" / "codebook.md")
    replaced("_toc.yml", "  - file: book/source\n", "  - file: book/source\n  - file: book/codebook\n")(
        small_book.folder
    )
    file = small_book.folder / "book" / "codebook.md"
    text = re.sub(
        r"\[([^\]]*)\]\(\w+\.ipynb[^)]*\)", r"\1", file.read_text(encoding="utf-8")
    )  # pages that are not here
    file.write_text(text, encoding="utf-8", newline="\n")
    small_book.must_build()
    return small_book


def test_the_small_book(three_pages, tmp_path):
    hold_to_cold_builds(three_pages, tmp_path, ROUNDS)


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
    """Texts changed and changed back, and one input of every kind, in two builds after the first; then one from nothing."""
    folder = tmp_path / "book"
    folder.mkdir()
    book = SmallBook(copy_project(folder))
    shutil.copyfile(ROOT / "_toc.yml", folder / "_toc.yml")
    for name in ("notebooks", "notebooks-zh"):
        if (ROOT / "_build" / name).is_dir():
            shutil.copytree(ROOT / "_build" / name, folder / "_build" / name)
    for changes in ([], FIRST, THEN):
        for change in changes:
            change(folder)
        book.must_build()
    assert differing(book.bytes(), cold_site(book, tmp_path / "cold")) == []
