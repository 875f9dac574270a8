"""The notebooks are compared for real: nothing is skipped, and a changed figure turns the run red."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))


def cells(path: Path, kind: str = "code") -> list:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_is_run_compared_and_without_error(path):
    for cell in cells(path):
        tags = set(cell.metadata.get("tags", []))
        assert not {tag for tag in tags if tag.startswith("nbval") or tag == "raises-exception"}, cell.source
        assert not re.search(r"#\s*(NBVAL|PYTEST_VALIDATE)", cell.source), cell.source
        assert cell.execution_count, f"not run: {cell.source}"
        assert all(output.output_type != "error" for output in cell.outputs), cell.source
        assert all(output.get("name") != "stderr" for output in cell.outputs), cell.source
    # Cells in their order of running and no trace of the machine, so that a diff shows changes only.
    notebook = nbformat.read(path, as_version=4)
    assert [cell.execution_count for cell in cells(path)] == list(range(1, len(cells(path)) + 1))
    assert set(notebook.metadata) - {"gwr"} == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def run_nbval(project: Path, notebook: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            f"book/{notebook}",
        ],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "book")},
        capture_output=True,
        text=True,
        check=False,
    )


def change_claim(project: Path, claim: str, column: str, value: str) -> None:
    path = project / "data" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["claim_id"] == claim)
    assert row[column] != value
    row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("column", "value"), [("value", "677.78"), ("status", "actual"), ("indicator_en", "Gross domestic product")]
)
def test_one_changed_cell_of_the_data_turns_the_run_red(project_copy, column, value):
    change_claim(project_copy, "c001", column, value)
    done = run_nbval(project_copy, "01_headlines_2021.ipynb")
    assert done.returncode == 1, done.stdout
    assert "mismatch" in done.stdout  # a compared output differs; the cells themselves ran
