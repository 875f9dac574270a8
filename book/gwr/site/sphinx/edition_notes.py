"""What only Sphinx knows of an edition and :mod:`gwr.site.sphinx.finish` needs: noted beside the pages when they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from gwr.site.sphinx.head import language_of
from gwr.site.sphinx.policy import scripts_noted

NOTES_FILE = "edition.json"


@dataclass(frozen=True)
class EditionNotes:
    """An edition as Sphinx has built it.

    Attributes:
        language: ``en`` or ``zh``.
        address: where the edition will be read, with a slash at its end; empty if that is not known.
        name: the title of the book.
        titles: the title of each page (``book/05_city_2021``); other pages in the folder are left from an earlier build.
        scripts: the hashes of the scripts in the maps of each page that has some, as the makers of the maps noted them.
    """

    language: str
    address: str
    name: str
    titles: Mapping[str, str]
    scripts: Mapping[str, Sequence[str]]


def notes_file(pages: Path) -> Path:
    """Where the notes on the edition with its pages in this folder are kept."""
    return pages.parent / NOTES_FILE


def read_edition_notes(pages: Path) -> EditionNotes:
    """The notes on the edition whose pages are in this folder.

    Raises:
        OSError: there are none; Sphinx has not built the edition to its end.
    """
    return EditionNotes(**json.loads(notes_file(pages).read_text(encoding="utf-8")))


def write_edition_notes(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    notes = EditionNotes(
        language=language_of(app.config),
        address=str(app.config.html_baseurl or ""),
        name=str(app.config.html_title),
        titles={page: title.astext() for page, title in sorted(app.env.titles.items())},
        scripts={page: noted for page, outputs in sorted(app.gwr_outputs.items()) if (noted := scripts_noted(outputs))},
    )
    text = json.dumps(asdict(notes), ensure_ascii=False, indent=1)
    notes_file(Path(app.outdir)).write_text(text + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", write_edition_notes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
