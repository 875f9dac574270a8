"""Runs the notebooks, several at a time, and remembers their outputs for as long as nothing they depend on changes.

The outputs are remembered under a key made of everything a notebook can depend on: its code, all files of
``data/``, ``geo/`` and this package, the pinned requirements, the Python version, the folder it runs in and the
variables that the caller sets. A changed figure in a table therefore never leaves an old number on a page.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from gwr.errors import DataError
from gwr.paths import BOOK, DATA, GEO, ROOT
from gwr.site.runner import Done, Job, Outputs, run

CACHE = ROOT / "_build" / "notebooks"

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

ALL_NOTEBOOKS = "all notebooks"
"""The value of ``depends`` under ``gwr`` in the metadata of a notebook that reads the cells of all others."""


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


def metadata_of(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata that every notebook of the book has, and what ``gwr`` says in this one."""
    own = {"gwr": notebook["metadata"]["gwr"]} if "gwr" in notebook["metadata"] else {}
    return {**own, "kernelspec": KERNEL, "language_info": {"name": "python"}}


def cache_key(path: Path, inputs: str, *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """The hash under which this notebook's outputs are remembered; ``cwd`` and ``env`` as for :func:`run_all`."""
    code = json.dumps(_code(path))
    reads_the_others = _depends(path) == ALL_NOTEBOOKS
    if reads_the_others:
        code += json.dumps([[_source(cell) for cell in _cells(other)] for other in all_notebooks()])
    if (env or {}).get("GWR_LANGUAGE", "en") != "en":
        code += _catalogues("**/*.po" if reads_the_others else "**/LC_MESSAGES/*.po")
    around = json.dumps([_place(cwd or path.parent), sorted((env or {}).items())])
    return hashlib.sha256(f"{inputs}\0{path.name}\0{around}\0{code}".encode()).hexdigest()


def _depends(path: Path) -> str:
    """What else a notebook depends on, as its metadata says.

    Raises:
        DataError: it says something unknown.
    """
    said = str(_content(path)["metadata"].get("gwr", {}).get("depends", ""))
    if said not in ("", ALL_NOTEBOOKS):
        raise DataError(
            path,
            f"the metadata says that it depends on {said!r}",
            expected=f'"gwr": {{"depends": "{ALL_NOTEBOOKS}"}}, or nothing',
            remedy="correct the metadata of the notebook",
        )
    return said


def _catalogues(pattern: str) -> str:
    """A hash of the translations that the helper package shows; those of pages are in the notebooks already."""
    files = sorted((BOOK / "locale").glob(pattern))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _place(folder: Path) -> str:
    """The folder as seen from the project, so that a copy of the project elsewhere has the same keys."""
    folder = folder.resolve()
    return folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else str(folder)


def _content(path: Path) -> dict[str, Any]:
    """A notebook as it stands in the file; its form is checked when its outputs are put in."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = _content(path)["cells"]
    return cells


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])  # one string or a list of lines


def _code(path: Path) -> list[str]:
    return [_source(cell) for cell in _cells(path) if cell["cell_type"] == "code"]


def remembered(path: Path, key: str, cache: Path = CACHE) -> Outputs | None:
    """The outputs remembered for this notebook, or None if they are missing, older, or damaged."""
    kept = _kept(path, cache)
    outputs: Outputs | None = kept.get("outputs") if kept.get("key") == key else None
    return outputs


def _kept(path: Path, cache: Path) -> dict[str, Any]:
    try:
        kept = json.loads(_cache_file(path, cache).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def run_all(
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    env: Mapping[str, str] | None = None,
    cache: Path = CACHE,
    cwd: Path | None = None,
) -> Iterator[tuple[Path, Outputs, bool]]:
    """Runs those of the notebooks whose outputs are not remembered; yields each as it is ready.

    Args:
        paths: the notebooks, each with a file name of its own; they may lie anywhere.
        workers: how many run at a time; one for each processor if left out.
        env: variables added to the environment in which they run.
        cache: the folder in which outputs are remembered; editions need one each.
        cwd: the folder in which they run; each in its own if left out.

    Yields:
        The notebook, the outputs of its code cells, and whether it was run now.

    Raises:
        NotebookError: a cell raised; the notebooks that ran through stay remembered.
    """
    inputs = digest_of_inputs()
    todo: dict[Path, str] = {}
    for path in paths:
        key = cache_key(path, inputs, cwd=cwd, env=env)
        outputs = remembered(path, key, cache)
        if outputs is None:
            todo[path] = key
        else:
            yield path, outputs, False
    order = sorted(todo, key=lambda path: _how_long(path, cache), reverse=True)
    jobs = [Job(path.name, str((cwd or path.parent).resolve()), _code(path)) for path in order]
    errors: list[str] = []
    for done in run(jobs, workers=workers, env=env):
        path = order[done.job]
        if done.outputs is None:
            errors.append(_message(jobs[done.job], done))
        else:
            _remember(path, todo[path], done, cache)
            yield path, done.outputs, True
    if errors:
        raise NotebookError("\n\n".join(errors))


def _how_long(path: Path, cache: Path) -> tuple[float, int]:
    """For the order: the seconds it took last time; before any that is known, by the size of the file."""
    seconds = _kept(path, cache).get("seconds")
    return float("inf") if seconds is None else float(seconds), path.stat().st_size


def _message(job: Job, done: Done) -> str:
    return f"{job.name}, code cell {done.cell}:\n{job.cells[done.cell - 1] if done.cell else ''}\n\n{done.error}"


def _remember(path: Path, key: str, done: Done, cache: Path) -> None:
    file = _cache_file(path, cache)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    kept = {"key": key, "seconds": round(done.seconds, 2), "outputs": done.outputs}
    part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    part.replace(file)


def _cache_file(path: Path, cache: Path) -> Path:
    return cache / f"{path.stem}.json"


def with_outputs(path: Path, outputs: Outputs) -> nbformat.NotebookNode:
    """The notebook as it stands, with these outputs, and without anything that changes from run to run."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(metadata_of(notebook))
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
