"""Copies of the project for tests that break it: the whole of it, or a book of three pages that builds in seconds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("_config.yml", "CITATION.cff", "LICENSE-DATA.md", "pyproject.toml", "requirements.txt")


def copy_project(folder: Path) -> Path:
    """Copies what notebooks and the site need into a folder that is there; returns the folder."""
    for name in ("book", "data", "geo"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests").mkdir()
    for name in (*COPIED, "tests/nbval_sanitize.cfg"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


CELLS = (
    """\
import altair as alt
import pandas as pd
from gwr import open_chapter
from gwr.report.places import located
from gwr.show.maps import add_places, base_map
chapter = open_chapter("city")""",
    "chapter.say('Product: {c001:zh}')",
    """\
data = pd.DataFrame({"what": ["甲", "乙"], "value": [1, 2]})
chapter.figure(alt.Chart(data).mark_bar().encode(x="value:Q", y="what:N"), "bars", "Bars.", description="Bars", data=data)""",
    """\
places = located(chapter.tables, ("1.4",))
chapter.map(add_places(base_map(), places), "map", "A map.", description="A map", data=places)""",
)
"""The code of its first page: a figure in a sentence, a chart, a map."""

NOWHERE = {"SOURCE_DATE_EPOCH": "1640995200", "GWR_SITE_URL": "", "GWR_REPOSITORY": ""}
"""Built at a fixed time, by somebody who does not know where the site will be."""


class SmallBook(NamedTuple):
    """A book of three pages, ``index``, ``source`` and ``codebook``, in a folder of its own."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "_build" / "html"

    @property
    def index(self) -> Path:
        return self.folder / "book" / "index.ipynb"

    def page(self, name: str = "index") -> str:
        return (self.site / "book" / f"{name}.html").read_text(encoding="utf-8")

    def append(self, cell: nbformat.NotebookNode | str) -> None:
        """Adds a cell to the first page: code if it is a text."""
        notebook = nbformat.read(self.index, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell)
        nbformat.write(notebook, self.index)

    def forget(self) -> None:
        """Makes the next build look at everything, though no source has changed."""
        (self.folder / "_build" / "built.json").unlink()

    def start(self, before: str = "", **env: str) -> subprocess.Popen[str]:
        """Starts a build in a process group of its own; ``before`` is Python that runs first."""
        program = f"{before}\nimport sys; from gwr.__main__ import main; sys.argv = ['gwr', 'site']; sys.exit(main())"
        return subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=self.folder / "book",
            env={**os.environ, "PYTHONPATH": str(self.folder / "book"), **NOWHERE, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def build(self, before: str = "", **env: str) -> tuple[int, str, str]:
        """Builds the site; the exit code, what was said, and what was said of errors."""
        process = self.start(before, **env)
        said, errors = process.communicate(timeout=600)
        return process.returncode, said, errors

    def must_build(self, **env: str) -> str:
        """Builds the site without a fault; what was said."""
        code, said, errors = self.build(**env)
        assert code == 0, errors
        return said

    def bytes(self) -> dict[str, bytes]:
        """Every file of the site with its content."""
        return self.bytes_of(self.site)

    @staticmethod
    def bytes_of(site: Path) -> dict[str, bytes]:
        return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def differing(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """The files that are not the same in two sites."""
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def make_small_book(folder: Path) -> SmallBook:
    """Writes the small book into a folder that is there, and does not build it."""
    book = SmallBook(copy_project(folder))
    for path in (folder / "book").glob("*.ipynb"):
        if path.stem not in ("index", "source"):
            path.unlink()
    toc = "format: jb-book\nroot: book/index\nchapters:\n  - file: book/source\n  - file: book/codebook\n"
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    codebook = folder / "book" / "codebook.md"
    text = re.sub(r"\[([^\]]*)\]\(\w+\.ipynb[^)]*\)", r"\1", codebook.read_text(encoding="utf-8"))  # pages left out
    codebook.write_text(text, encoding="utf-8", newline="\n")
    notebook = nbformat.read(book.index, as_version=4)
    notebook.cells = [nbformat.v4.new_markdown_cell("# A small book"), *map(nbformat.v4.new_code_cell, CELLS)]
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    nbformat.write(notebook, book.index)
    return book
