"""Notebooks teach: most of what computes is seen, and shows what it made; the book's libraries are at work in several chapters."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

BOOK = Path(__file__).resolve().parents[2] / "book"
CODE = {
    path.stem: [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for path in sorted(BOOK.glob("*.ipynb"))
}
CHAPTERS = [name for name in CODE if name[:2].isdigit()]
LINES_BEFORE = 6_123
"""Lines of code in the notebooks when all of it was hidden."""


def seen(cell: nbformat.NotebookNode) -> bool:
    """Whether the page shows the cell's code without a click."""
    return not cell.metadata.get("tags")


def test_a_third_of_the_code_is_seen():
    cells = [cell for cells in CODE.values() for cell in cells]
    assert sum(map(seen, cells)) / len(cells) >= 0.35


def test_most_cells_show_what_they_made():
    cells = [cell for cells in CODE.values() for cell in cells]
    assert sum(not cell.outputs for cell in cells) / len(cells) <= 0.3


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_chapter_shows_pandas_early_and_more_of_it_later(chapter):
    shown = [cell for cell in CODE[chapter] if seen(cell)]
    assert len(shown) >= 4
    assert any(word in "".join(cell.source for cell in shown[:2]) for word in ("pd.", ".head(", "[["))


@pytest.mark.parametrize("library", ["folium.", "gpd."])
def test_maps_are_made_by_name_in_several_chapters(library):
    at_work = [chapter for chapter in CHAPTERS if any(library in cell.source for cell in CODE[chapter] if seen(cell))]
    assert len(at_work) >= 4


def test_there_is_a_third_less_code_than_before():
    lines = sum(bool(line.strip()) for cells in CODE.values() for cell in cells for line in cell.source.splitlines())
    assert lines <= LINES_BEFORE * 2 / 3
