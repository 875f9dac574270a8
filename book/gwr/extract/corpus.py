"""Thousands of reports into one Parquet file: on all cores of this machine, or on a Dask cluster.

Each report becomes one part file beside the output (:mod:`gwr.extract.many`). Started again, only reports whose part is missing, or
whose file or rules have changed, are read. At the end the parts are put together in the order of the file names; the same folder
gives the same file however it was computed. Reports that cannot be read are listed with the reason in ``OUT.errors.csv`` and skipped.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.extract.engine import extract
from gwr.extract.export import schema, table_of
from gwr.extract.many import (
    Outcome,
    Progress,
    Summary,
    do_all,
    in_words,
    list_errors,
    part_name,
    printable,
    sweep,
    waiting_name,
)
from gwr.extract.model import Quantity
from gwr.extract.reading import ENDINGS, read_document

REPORT_COLUMNS = (("report", "string"), ("report_year", "int64"))
"""The columns that come before those of the extractor: the file's name in the folder, and the year it reviews."""


def reports_of(folder: Path) -> list[str]:
    """The names of all reports under the folder, in order, hidden files left out.

    Raises:
        DataError: there is no such folder, or no report in it.
    """
    if not folder.is_dir():
        raise DataError(folder, "there is no such folder", expected="a folder with reports", remedy="check the name")
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and path.is_file()
        and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )
    if not names:
        raise DataError(
            folder, "the folder holds no report", expected=f"files that end in {', '.join(sorted(filter(None, ENDINGS)))}",
            remedy="put the reports there",
        )  # fmt: skip
    return names


def part_of(parts: Path, folder: Path, report: str) -> Path:
    """Where the part of a report lies; the name changes with the report's size and time and with the rules."""
    stat = (folder / report).stat()
    return parts / f"{part_name(report, stat.st_size, stat.st_mtime_ns)}.parquet"


def do_one(folder: str, report: str, part: str) -> Outcome:
    """Reads one report and writes its part; runs in a worker process. Never raises for what is wrong with the report."""
    rows: list[Quantity] = []
    year = None
    try:
        found = extract(read_document(Path(folder) / report).text)
        rows, year = found.quantities, found.outline.review_year
        error = "" if rows else "no quantity was found in the text"
    except Exception as problem:
        error = in_words(problem)
    _write_part(report, Path(part), rows, year, error)
    return Outcome(report, len(rows), error)


def give_up(folder: str, report: str, part: str) -> Outcome:
    """The part of a report over which processes die."""
    error = "the process died over this report several times"
    _write_part(report, Path(part), [], None, error)
    return Outcome(report, 0, error)


def _write_part(report: str, part: Path, rows: list[Quantity], year: int | None, error: str) -> None:
    import pyarrow.parquet as pq

    name = printable(report)
    table = table_of(rows, report=[name] * len(rows), report_year=[year] * len(rows))
    table = table.replace_schema_metadata({"error": printable(error), "report": name})
    part.parent.mkdir(parents=True, exist_ok=True)
    waiting = waiting_name(part)
    pq.write_table(table, waiting)
    waiting.replace(part)


def build(
    folder: Path,
    out: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Extracts every report under ``folder`` into the Parquet file ``out``.

    Args:
        folder: where the reports lie, sub-folders included.
        out: the Parquet file; ``out.parts/`` keeps the parts for the next time.
        workers, scheduler, progress: as in :func:`gwr.extract.many.do_all`.

    Raises:
        DataError: the folder holds no report, the scheduler cannot be reached, or dask.distributed is not installed.
    """
    folder, out = folder.resolve(), out.resolve()
    names = reports_of(folder)
    parts = out.with_name(out.name + ".parts")
    parts.mkdir(parents=True, exist_ok=True)
    targets = {name: part_of(parts, folder, name) for name in names if (folder / name).exists()}
    todo = [(str(folder), name, str(target)) for name, target in targets.items() if not target.exists()]
    do_all(todo, len(todo), do_one, give_up, workers=workers, scheduler=scheduler, progress=progress)
    rows, skipped = _put_together(targets, out)
    sweep(parts, set(targets.values()))
    return Summary(len(names), rows, skipped, len(names) - len(todo))


def _put_together(targets: dict[str, Path], out: Path) -> tuple[int, int]:
    """Writes the parts into one file in the order of their reports, a row group at a time, and the list of errors beside it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = 0
    errors: list[tuple[str, str]] = []
    waiting = out.with_name(f"{out.name}.{os.getpid()}.part")
    with pq.ParquetWriter(waiting, schema(*REPORT_COLUMNS), compression="zstd") as writer:
        held: list[Any] = []
        for name, part in targets.items():
            table = pq.read_table(part)
            metadata = table.schema.metadata or {}
            if error := metadata.get(b"error", b"").decode():
                errors.append((printable(name), error))
            if table.num_rows:
                held.append(table.replace_schema_metadata(None))
            rows += table.num_rows
            if sum(t.num_rows for t in held) >= 50_000:
                writer.write_table(pa.concat_tables(held))
                held = []
        if held:
            writer.write_table(pa.concat_tables(held))
    waiting.replace(out)
    list_errors(out, errors)
    return rows, len(errors)
