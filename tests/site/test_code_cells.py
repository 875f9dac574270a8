"""The code of a notebook on its page: the analysis where it runs, presentation nowhere, nothing that was shown lost."""

from __future__ import annotations

from typing import Any

import pytest
from gwr.site.sphinx.code_cells import arrange, without_presentation


def cell(source: str, *tags: str, label: str = "") -> dict[str, Any]:
    output = {"output_type": "display_data", "data": {"text/plain": "shown"}, "metadata": {"gwr": {"label": label}}}
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": [output]}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("rows = 1\nrows", "rows = 1\nrows"),
        ("rows = 1\nchapter.table(rows, 'name', 'Caption')", "rows = 1\nrows"),
        ("chapter.figure(\n    alt.Chart(rows),\n    'name', 'Caption',\n)", "alt.Chart(rows)"),
        ("rows = 1\nchapter.say('{rows} rows')", "rows = 1"),
    ],
)
def test_presentation_leaves_what_it_presents(source, shown):
    assert without_presentation(source) == shown


def test_a_cell_that_only_presents_keeps_what_it_shows():
    """Of a cell without code the page would have nothing at all."""
    cells = [cell("chapter.say('words')")]
    arrange(cells)
    assert cells[0]["source"] and cells[0]["metadata"]["tags"] == ["remove-input"] and len(cells[0]["outputs"]) == 1


def test_folded_code_stands_after_the_figure_that_it_makes():
    cells = [cell("a = 1", "hide-input"), cell("chapter.figure(a)", "hide-input", label="Figure 9.1")]
    arrange(cells)
    code = cells[1]["outputs"][-1]["data"]["text/html"]
    assert "Code of Figure 9.1" in code and len(cells[0]["outputs"]) == 1
    assert all(part["metadata"]["tags"] == ["remove-input"] for part in cells)
