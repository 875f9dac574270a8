"""Starts a book of the same shape from another report: its data, a chapter for each section, and what a site needs to build.

The tables are the extractor's, to be corrected by hand; the notebooks read the tables, so that a corrected cell is on the page
with the next build.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from gwr.errors import DataError
from gwr.extract import limits
from gwr.extract.engine import Extraction, extract
from gwr.extract.export import write_csv, write_others
from gwr.extract.reading import read_document

CONFIG = """\
title: {title}
only_build_toc_files: true
execute:
  execute_notebooks: force
  raise_on_error: true
html:
  use_issues_button: false
  use_repository_button: false
sphinx:
  config:
    # The whole list, because the standard one has sphinx_thebe, which loads scripts from another host.
    extensions: [sphinx_togglebutton, sphinx_copybutton, myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, sphinx_design, sphinx_book_theme]
    language: en
    html_static_path: [static]
    html_css_files: [book.css]
"""

STYLE = """\
p.source { line-height: 1.9; }
mark.claim { background: rgba(201, 111, 26, 0.22); color: inherit; border-bottom: 2px solid #c96f1a; padding: 0 0.1em; }
"""

README = """\
# {title}

Started from {name} by the extractor of *Taijiang by the Numbers*: {count} quantities in {sections} sections.

1. Look through `data/claims.csv` beside the pages. `start` and `end` are the offsets of the words in `data/report.txt`; correct what was read wrongly, add
   what is missing. `data/others.csv` lists every other numeral with the reason why it was taken for none.
2. `jupyter-book build .` makes the pages in `_build/html/`.
3. The codes are those of the codebook of *Taijiang by the Numbers*.
"""


def start(report: Path, folder: Path) -> list[Path]:
    """Makes the folder with data, chapters and configuration; returns the files made.

    Raises:
        DataError: the report cannot be read, holds no quantity, or the folder exists and is not empty.
    """
    if folder.is_symlink() or folder.exists():
        if not folder.is_dir():
            raise DataError(folder, "a file is there", expected="a new folder", remedy="give another name")
        if any(folder.iterdir()):
            raise DataError(
                folder,
                "the folder is there and not empty",
                expected="a new folder",
                remedy="give another name, or remove it",
            )
    document = read_document(report)
    found = extract(document.text)
    if not found.quantities:
        raise DataError(
            report,
            "no quantity was found in it",
            expected="a Chinese work report",
            remedy="look at the text with: gwr extract REPORT --text FILE",
        )
    sections = sections_of(found)
    if len(sections) > limits.MOST_SECTIONS:
        raise limits.beyond(report, "the text has", limits.MOST_SECTIONS, "sections")
    return _write(folder, _files(report, found, sections))


def _files(report: Path, found: Extraction, sections: list[tuple[str, str, int, int]]) -> dict[str, str]:
    """The content of each file by its name in the folder; no name comes from the report."""
    title = title_of(found.text, report)
    files = {
        "data/report.txt": found.text,
        "data/claims.csv": _table(write_csv, found.quantities),
        "data/others.csv": _table(write_others, found.others),
        "_config.yml": CONFIG.format(title=json.dumps(without_markup(title), ensure_ascii=False)),
        "static/book.css": STYLE,
        "README.md": README.format(
            title=escaped(title),
            name=escaped(seen(report.name)),
            count=len(found.quantities),
            sections=len({q.section for q in found.quantities}),
        ),
        "index.ipynb": _notebook(_index(escaped(without_markup(title)))),
    }
    chapters = []
    for number, (section, heading, first, last) in enumerate(sections, start=1):
        name = f"{number:02}_section_{section.replace('.', '_')}"
        chapters.append(name)
        files[f"{name}.ipynb"] = _notebook(_chapter(section, escaped(without_markup(seen(heading))), first, last))
    files["_toc.yml"] = "format: jb-book\nroot: index\nchapters:\n" + "".join(
        f"  - file: {name}\n" for name in chapters
    )
    return files


def _table(write: Callable[[Any, IO[str]], int], rows: Sequence[Any]) -> str:
    file = io.StringIO(newline="")
    write(rows, file)
    return file.getvalue()


def _write(folder: Path, files: dict[str, str]) -> list[Path]:
    """Writes the files, all or none: what was made is taken away again if one cannot be written."""
    made: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            for missing in reversed([p for p in path.parents if not p.exists()]):
                missing.mkdir()
                made.append(missing)
            made.append(path)
            path.write_bytes(content.encode("utf-8"))
    except BaseException:
        for path in reversed(made):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        raise
    return [path for path in made if path.is_file()]


def seen(words: str) -> str:
    """Words in one line, without controls and the like, whatever a heading or the name of a file holds."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def escaped(words: str) -> str:
    """Words as Markdown that shows them as they are: every sign of ASCII may have a backslash before it."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)


def without_markup(title: str) -> str:
    """A title with Chinese angle brackets: the theme writes titles into its frame as they are, markup included."""
    return title.translate(str.maketrans("<>&", "〈〉＆"))


def title_of(text: str, path: Path) -> str:
    """The line of the beginning that names a work report, or the name of the file."""
    for line in text[:3000].splitlines():
        words = line.strip()
        if "工作报告" in words and len(words) <= 40 and "。" not in words:
            return seen(words)
    return seen(path.stem) or "report"


def sections_of(found: Extraction) -> list[tuple[str, str, int, int]]:
    """Each section that holds a quantity: code, first words, and where its text begins and ends."""
    frames = found.outline.frames
    held = {q.section for q in found.quantities}
    out: list[tuple[str, str, int, int]] = []
    for at, frame in enumerate(frames):
        end = frames[at + 1].start if at + 1 < len(frames) else len(found.text)
        if out and out[-1][0] == frame.section:
            out[-1] = (*out[-1][:3], end)
        else:
            line = found.text[frame.line : frame.line + 200].lstrip().partition("\n")[0]
            out.append((frame.section, re.split(r"[。,，;；:：]", line)[0][:30], frame.start, end))
    return [part for part in out if part[0] in held]


def _index(title: str) -> list[tuple[str, str]]:
    return [
        ("markdown", 
            f"# {title}\n\nWhat the report states in numbers, read by the extractor of *Taijiang by "
            f"the Numbers* and open to correction in `data/claims.csv`."),
        ("code", 
            "import pandas as pd\n\nclaims = "
            "pd.read_csv(\"data/claims.csv\")\nclaims.groupby([\"section\", "
            "\"status\"]).size().unstack(fill_value=0)"),
    ]  # fmt: skip


def _chapter(section: str, heading: str, first: int, last: int) -> list[tuple[str, str]]:
    return [
        ("markdown", f"# {section} {heading}"),
        ("code", 
            "from pathlib import Path\n\nimport pandas as pd\nfrom gwr.extract.table import marked, "
            "read_claims\n\n"
                 f"claims = read_claims(\"data/claims.csv\", section=\"{section}\")\ntext = "
                     "Path(\"data/report.txt\").read_bytes().decode()  # byte for byte: offsets count its line ends"),
        ("markdown", "## The text"),
        ("code", f"marked(text, claims, {first}, {last})"),
        ("markdown", "## The claims"),
        ("code", 
            "claims[[\"text\", \"indicator_zh\", \"value\", \"value_high\", \"unit_zh\", "
            "\"comparator\", \"measure\", \"period\", \"status\"]].style.hide(axis=\"index\")"),
    ]  # fmt: skip


def _notebook(cells: Sequence[tuple[str, str]]) -> str:
    made = []
    for number, (kind, source) in enumerate(cells):
        cell: dict[str, object] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": [], "metadata": {"tags": ["hide-input"]}}
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": made,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
