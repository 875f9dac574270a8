"""The book in another language: a tree of translated pages that is built like the first one.

:func:`write_edition` makes, from the English pages and the catalogues, the notebooks, the table of contents and the configuration of
an edition in ``_build/LANGUAGE/``. The site then has that edition in a folder of its own beside the English pages, with the same
names of pages and the same anchors, so that a reader who switches stays at the same place.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

import nbformat
import yaml
from docutils import nodes

from gwr.paths import BOOK, BUILD, DATA, GEO, ROOT
from gwr.site.notebooks import CACHE, metadata_of
from gwr.words.catalogues import words_of_config
from gwr.words.language import LOCALES, messages
from gwr.words.translation import translate_markdown, translate_notebook

OTHERS = tuple(language for language in LOCALES if language != "en")
"""The languages besides English."""

_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
_MARKS = re.compile(r"[*`]|\[([^\]]*)\]\([^)]*\)")


def folder(language: str) -> Path:
    """Where the pages of an edition are made: the project itself for English."""
    return ROOT if language == "en" else BUILD / language


class HowToRun(TypedDict):
    """The arguments of :func:`gwr.site.notebooks.run_all` for an edition."""

    env: dict[str, str]
    cache: Path
    cwd: Path


def how_to_run(language: str) -> HowToRun:
    """How the notebooks of an edition run: in which language, remembered where, and in the folder of the book."""
    cache = CACHE if language == "en" else CACHE.with_name(f"{CACHE.name}-{language}")
    return {"env": {"GWR_LANGUAGE": language}, "cache": cache, "cwd": BOOK}


def write_edition(language: str) -> Path:
    """Writes the pages of an edition, those that changed; returns its folder.

    Raises:
        DataError: a catalogue is no PO file.
        SyntaxError: a translation broke a cell.
    """
    out = folder(language)
    (out / "book").mkdir(parents=True, exist_ok=True)
    known = messages("book", language)
    wanted = {out / "_config.yml": _config(language, known), out / "_toc.yml": _toc(known)}
    for path in sorted((*BOOK.glob("*.ipynb"), *BOOK.glob("*.md"))):
        wanted[out / "book" / path.name] = translated(path, language)
    for stale in set((out / "book").glob("*.*")) - set(wanted):
        stale.unlink()
    for file, text in wanted.items():
        _write(file, text)
    # What a notebook reads from beside it and from ../data and ../geo, so that it also runs where it lies.
    if out != ROOT:
        shutil.rmtree(out / "book" / "samples", ignore_errors=True)  # a sample that was removed must not stay
        shutil.copytree(BOOK / "samples", out / "book" / "samples")
        copy_tables(out)
    return out


def copy_tables(folder: Path) -> None:
    """Copies the tables and layers that notebooks read into ``data/`` and ``geo/`` of a folder."""
    for source in (DATA, GEO):
        for file in (*source.iterdir(), *source.glob("panel/*.csv")):
            if file.suffix in (".csv", ".geojson"):
                copy = folder / source.name / file.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)


def translated(path: Path, language: str) -> str:
    """The text of a page's file in another language; of a notebook, without outputs.

    Raises:
        DataError: the page's catalogue is no PO file.
        SyntaxError: a translation broke a cell; the message names the page.
    """
    known = messages(f"pages/{path.stem}", language)
    if path.suffix == ".md":
        return translate_markdown(path.read_text(encoding="utf-8"), known)
    notebook = nbformat.read(path, as_version=4)
    try:
        translate_notebook(notebook, known, language)
    except SyntaxError as error:
        raise SyntaxError(f"{path.name}, in {language}: a translation broke the code {error.text!r}") from error
    notebook.metadata = nbformat.from_dict(metadata_of(notebook))
    return nbformat.writes(notebook) + "\n"


def _config(language: str, known: Mapping[str, str]) -> str:
    config: dict[str, Any] = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["title"] = known.get(config["title"], config["title"])
    # Seen from the edition's folder, so that nothing in the site depends on where the project lies.
    up = os.path.relpath(ROOT, folder(language)).replace(os.sep, "/")
    config["html"]["favicon"] = f"{up}/{config['html']['favicon']}"
    sphinx = config["sphinx"]
    changed = sphinx["config"]
    changed["language"] = LOCALES[language]
    changed |= {name: known.get(words, words) for name, words in words_of_config(config).items()}
    for name in ("html_static_path", "templates_path"):
        changed[name] = [f"{up}/{path}" for path in changed[name]]
    return str(yaml.safe_dump(config, allow_unicode=True, sort_keys=False))


def _toc(known: Mapping[str, str]) -> str:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    for part in toc.get("parts", ()):
        part["caption"] = known.get(part["caption"], part["caption"])
    return str(yaml.safe_dump(toc, allow_unicode=True, sort_keys=False))


def _write(file: Path, text: str) -> None:
    """Leaves a file alone that is right already, so that Sphinx sees no change."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    part = file.with_name(f"{file.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(file)


def section_ids(path: Path) -> list[str]:
    """The anchors that the headings of an English page get on the site, in order."""
    if path.suffix == ".md":
        texts = [path.read_text(encoding="utf-8")]
    else:
        cells = nbformat.read(path, as_version=4).cells
        texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    found: list[str] = []
    unnamed = 0
    for text in texts:
        for heading in _HEADING.findall(text):
            name = nodes.make_id(_MARKS.sub(r"\1", heading))
            if not name or name in found:
                unnamed += 1
                name = f"id{unnamed}"
            found.append(name)
    return found
