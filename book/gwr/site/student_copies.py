"""The chapters for students: every solution replaced by an empty cell."""

from __future__ import annotations

from pathlib import Path

import nbformat

from gwr.analysis.lessons import SOLUTION
from gwr.paths import BOOK
from gwr.site.editions import write_edition
from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)


def student_copy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with an empty cell in the place of each solution, and without outputs.

    The original is left as it is.
    """
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if SOLUTION in cell.metadata.get("tags", []):
            cell.source = "# " + _("your answer") + "\n"
            cell.metadata = nbformat.from_dict({})
    return copy


def _chapters() -> Path:
    """The folder with the chapters of this process's edition."""
    return BOOK if LANGUAGE == "en" else write_edition(LANGUAGE) / "book"


def write_student_copies(folder: Path, source: Path | None = None) -> list[Path]:
    """Writes every chapter without its solutions into ``folder``.

    Args:
        folder: made if it is missing.
        source: where the chapters are; those of this process's edition if left out.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted((source or _chapters()).glob("[0-9][0-9]_*.ipynb")):
        target = folder / path.name
        text = nbformat.writes(student_copy(nbformat.read(path, as_version=4)))
        target.write_text(text + "\n", encoding="utf-8", newline="\n")
        written.append(target)
    return written
