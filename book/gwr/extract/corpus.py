"""Thousands of reports into one Parquet file: on all cores of this machine, or on a Dask cluster.

Each report becomes one part file beside the output, written under another name and then renamed, so that a part is whole or
absent. Started again, only reports whose part is missing, or whose file or rules have changed, are read. At the end the parts are
put together in the order of the file names; the same folder gives the same file however it was computed. Reports that cannot be
read are listed with the reason in ``OUT.errors.csv`` and skipped.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.extract.engine import extract
from gwr.extract.export import schema, table_of
from gwr.extract.model import Quantity
from gwr.extract.reading import ENDINGS, read_document

REPORT_COLUMNS = (("report", "string"), ("report_year", "int64"))
"""The columns that come before those of the extractor: the file's name in the folder, and the year it reviews."""

_ATTEMPTS = 3
"""How often a report is tried again when a process dies over it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: its rows, or the reason why it was skipped."""

    report: str
    rows: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a folder."""

    reports: int
    rows: int
    skipped: int
    already: int


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


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """A hash of the extractor itself: parts made by other rules are made again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*")):
        if file.suffix in (".py", ".csv"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def part_of(parts: Path, folder: Path, report: str) -> Path:
    """Where the part of a report lies; the name changes with the report's size and time and with the rules."""
    stat = (folder / report).stat()
    key = f"{report}\0{stat.st_size}\0{stat.st_mtime_ns}\0{rules_digest()}"
    return parts / f"{hashlib.sha256(os.fsencode(key)).hexdigest()[:32]}.parquet"


def do_one(folder: str, report: str, part: str) -> Outcome:
    """Reads one report and writes its part; runs in a worker process. Never raises for what is wrong with the report."""
    import pyarrow.parquet as pq

    target = Path(part)
    name = printable(report)
    rows: list[Quantity] = []
    year = None
    try:
        found = extract(read_document(Path(folder) / report).text)
        rows, year = found.quantities, found.outline.review_year
        error = "" if rows else "no quantity was found in the text"
    except DataError as problem:
        error = f"{problem.found}. Expected: {problem.expected}. To do: {problem.remedy}."
    except Exception as problem:
        error = f"unexpected {type(problem).__name__}: {problem}"
    table = table_of(rows, report=[name] * len(rows), report_year=[year] * len(rows))
    table = table.replace_schema_metadata({"error": printable(error), "report": name})
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_suffix(f".{os.uname().nodename if hasattr(os, 'uname') else 'host'}-{os.getpid()}.part")
    pq.write_table(table, waiting)
    waiting.replace(target)
    return Outcome(report, len(rows), error)


def printable(name: str) -> str:
    """A file's name with its bytes that are no UTF-8 replaced, and without controls, for tables."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in shown)


def build(
    folder: Path,
    out: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[Iterable[Outcome], int], Iterable[Outcome]] | None = None,
) -> Summary:
    """Extracts every report under ``folder`` into the Parquet file ``out``.

    Args:
        folder: where the reports lie, sub-folders included.
        out: the Parquet file; ``out.parts/`` keeps the parts for the next time.
        workers: how many processes; one for each core if left out.
        scheduler: the address of a Dask scheduler (``tcp://host:8786``). Its workers must see folder and parts under the same paths.
        progress: wraps the outcomes as they come in, with how many there will be.

    Raises:
        DataError: the folder holds no report, the scheduler cannot be reached, or dask.distributed is not installed.
    """
    folder, out = folder.resolve(), out.resolve()
    names = reports_of(folder)
    parts = out.with_name(out.name + ".parts")
    parts.mkdir(parents=True, exist_ok=True)
    targets = {name: part_of(parts, folder, name) for name in names if (folder / name).exists()}
    todo = [(str(folder), name, str(target)) for name, target in targets.items() if not target.exists()]
    outcomes: Iterable[Outcome] = _on_cluster(todo, scheduler) if scheduler else _on_this_machine(todo, workers)
    for _ in progress(outcomes, len(todo)) if progress else outcomes:
        pass
    rows, skipped = _put_together(targets, out)
    _sweep(parts, set(targets.values()))
    return Summary(len(names), rows, skipped, len(names) - len(todo))


def _on_this_machine(todo: list[tuple[str, str, str]], workers: int | None) -> Iterator[Outcome]:
    """The reports done on all cores, a bounded number of them waiting at a time."""
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(todo) < 4:
        for task in todo:
            yield do_one(*task)
        return
    queue = list(reversed(todo))
    tries: dict[str, int] = {}
    while queue:
        running: dict[Future[Outcome], tuple[str, str, str]] = {}
        try:
            with ProcessPoolExecutor(min(workers, len(queue))) as pool:
                while queue or running:
                    while queue and len(running) < 4 * workers:
                        task = queue.pop()
                        running[pool.submit(do_one, *task)] = task
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()  # raises BrokenProcessPool if a process died
                        del running[future]
                        yield outcome
        except BrokenProcessPool:
            # A process was killed. What was under way is done again, each at most a few times.
            for task in running.values():
                if Path(task[2]).exists():
                    yield Outcome(task[1], 0)
                    continue
                tries[task[1]] = tries.get(task[1], 0) + 1
                if tries[task[1]] >= _ATTEMPTS:
                    yield _give_up(task)
                else:
                    queue.append(task)


def _give_up(task: tuple[str, str, str]) -> Outcome:
    import pyarrow.parquet as pq

    error = "the process died over this report several times"
    table = table_of([], report=[], report_year=[]).replace_schema_metadata(
        {"error": error, "report": printable(task[1])}
    )
    pq.write_table(table, task[2])
    return Outcome(task[1], 0, error)


def _on_cluster(todo: list[tuple[str, str, str]], scheduler: str) -> Iterator[Outcome]:
    """The reports done by the workers of a Dask cluster; a worker that dies has its reports done by another."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise DataError(
            "dask", "dask.distributed is not installed", expected="it, for --scheduler",
            remedy="pip install -r requirements.txt, or leave --scheduler out to use the cores of this machine",
        ) from None  # fmt: skip
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, TimeoutError, ValueError) as error:
        raise DataError(
            scheduler,
            f"the scheduler cannot be reached ({error})",
            expected="a running Dask scheduler",
            remedy="start one with 'dask scheduler'",
        ) from None
    with client:
        # Batches keep the scheduler's own work small beside the reports'.
        size = max(1, min(16, len(todo) // 64))
        batches = [todo[at : at + size] for at in range(0, len(todo), size)]
        futures = client.map(do_several, batches, pure=False, retries=_ATTEMPTS)
        for future in as_completed(futures):
            yield from future.result()
            future.release()


def do_several(tasks: list[tuple[str, str, str]]) -> list[Outcome]:
    """Several reports one after another; a part that exists already (from a worker that died later) is not made again."""
    return [Outcome(task[1], 0) if Path(task[2]).exists() else do_one(*task) for task in tasks]


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
    listing = out.with_name(out.name + ".errors.csv")
    with listing.open("w", encoding="utf-8", newline="") as file:
        writer_ = csv.writer(file, lineterminator="\n")
        writer_.writerow(("report", "reason"))
        writer_.writerows(errors)
    return rows, len(errors)


def _sweep(parts: Path, wanted: set[Path]) -> None:
    """Removes parts of reports that are gone or were changed, and halves of parts that a killed process left."""
    for file in parts.iterdir():
        if file not in wanted:
            file.unlink(missing_ok=True)
