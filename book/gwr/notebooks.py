"""Runs the notebooks, two at a time, and remembers their outputs for as long as nothing they depend on changes.

The outputs are remembered under a key made of everything a notebook can depend on: its code, all files of
``data/``, ``geo/`` and this package, the pinned requirements and the Python version. A changed figure in a table
therefore never leaves an old number on a page.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from gwr.paths import BOOK, DATA, GEO, ROOT

CACHE = ROOT / "_build" / "notebooks"
TIMEOUT = 300  # seconds for one cell; the slowest takes about one
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

Outputs = list[list[dict[str, Any]]]
"""The outputs of each code cell, in order."""


class NotebookError(RuntimeError):
    """A cell of a notebook raised; the message names the notebook, the cell and the error."""


def all_notebooks() -> list[Path]:
    """Every notebook of the book, in order of file name."""
    return sorted(BOOK.glob("*.ipynb"))


def digest_of_inputs() -> str:
    """One hash over everything that all notebooks share."""
    digest = hashlib.sha256(sys.version.encode())
    files = [ROOT / "requirements.txt"]
    for folder, endings in (
        (DATA, ("",)),
        (GEO, (".csv", ".json", ".geojson")),
        (BOOK / "gwr", (".py", ".js", ".css", ".csv")),
        (BOOK / "samples", ("",)),
        (BOOK / "static" / "fonts", (".otf",)),
    ):
        files += [f for f in folder.rglob("*") if f.is_file() and f.name.endswith(endings)]
    for file in sorted(files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def key_of(path: Path, inputs: str) -> str:
    """The hash under which this notebook's outputs are remembered."""
    cells = nbformat.read(path, as_version=4).cells
    code = json.dumps([cell.source for cell in cells if cell.cell_type == "code"])
    if "gwr.course" in code:  # what reads the other chapters depends on their cells too
        code += json.dumps([_sources(other) for other in all_notebooks()])
    return hashlib.sha256(f"{inputs}\0{path.name}\0{code}".encode()).hexdigest()


def _sources(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def remembered(path: Path, key: str) -> Outputs | None:
    """The outputs remembered for this notebook, or None if they are missing, older, or damaged."""
    try:
        kept = json.loads(_cache_file(path).read_text(encoding="utf-8"))
        if kept["key"] != key:
            return None
        outputs: Outputs = kept["outputs"]
        return outputs
    except (OSError, ValueError, KeyError, TypeError):
        return None


def run_all(paths: Sequence[Path], *, workers: int | None = None) -> Iterator[tuple[Path, Outputs, bool]]:
    """Runs those of the notebooks whose outputs are not remembered; yields each as it is ready.

    Args:
        paths: the notebooks.
        workers: how many run at a time; one for each processor if left out.

    Yields:
        The notebook, the outputs of its code cells, and whether it was run now.

    Raises:
        NotebookError: a cell raised; the notebooks that ran through stay remembered.
    """
    inputs = digest_of_inputs()
    todo: dict[Path, str] = {}
    for path in paths:
        key = key_of(path, inputs)
        outputs = remembered(path, key)
        if outputs is None:
            todo[path] = key
        else:
            yield path, outputs, False
    errors: list[NotebookError] = []
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        jobs = {pool.submit(_run, path, key): path for path, key in todo.items()}
        for job in as_completed(jobs):
            try:
                yield jobs[job], job.result(), True
            except NotebookError as error:
                errors.append(error)
    if errors:
        raise NotebookError("\n\n".join(str(error) for error in errors))


def _run(path: Path, key: str) -> Outputs:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # errors only, not how the kernel is reached
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        number = next((n for n, cell in enumerate(code, start=1) if _raised(cell)), 0)
        source = code[number - 1].source if number else ""
        raise NotebookError(f"{path.name}, code cell {number}:\n{source}\n\n{error.ename}: {error.evalue}") from None
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    file = _cache_file(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps({"key": key, "outputs": outputs}, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
    return outputs


def _raised(cell: nbformat.NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)


def _cache_file(path: Path) -> Path:
    return CACHE / f"{path.stem}.json"


def with_outputs(path: Path, outputs: Outputs) -> nbformat.NotebookNode:
    """The notebook as it stands, with these outputs, and without anything that changes from run to run."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, (cell, shown) in enumerate(zip(code, outputs, strict=True), start=1):
        cell.execution_count = number
        cell.outputs = [nbformat.from_dict(output) for output in shown]
    return notebook


def store(path: Path, outputs: Outputs) -> bool:
    """Writes the outputs into the notebook file; says whether that changed it."""
    before = path.read_text(encoding="utf-8")
    after = nbformat.writes(with_outputs(path, outputs)) + "\n"
    if after == before:
        return False
    part = path.with_suffix(".part")
    part.write_text(after, encoding="utf-8", newline="\n")
    part.replace(path)
    return True
