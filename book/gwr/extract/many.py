"""Thousands of reports, each done once: on all cores of this machine, or on a Dask cluster.

What is to be done are tasks: tuples of the arguments of a function that reads one report, writes its part and returns an
:class:`Outcome`. Their second item is the report's name and their third the path of its part, a file that is written under another
name and then renamed, so that it is whole or absent. Tasks may be made one by one while others run; only a bounded number waits.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from gwr.errors import DataError

Task = tuple[Any, ...]

ATTEMPTS = 3
"""How often a report is tried again when a process dies over it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: its rows, or the reason why it was skipped."""

    report: str
    rows: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a collection of reports."""

    reports: int
    rows: int
    skipped: int
    already: int


Work = Callable[..., Outcome]
Progress = Callable[[Iterable[Outcome], int], Iterable[Outcome]]
"""Wraps the outcomes as they come in, with how many there will be."""


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """A hash of the extractor itself: parts made by other rules are made again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*")):
        if file.suffix in (".py", ".csv"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def part_name(*facts: object) -> str:
    """The name of a part, without its ending: a hash of all that its rows depend on, the rules included."""
    return hashlib.sha256(os.fsencode("\0".join(map(str, (*facts, rules_digest()))))).hexdigest()[:32]


def waiting_name(part: Path) -> Path:
    """Under what name a part is written before it is whole; no other process writes under it."""
    return part.with_suffix(f".{os.uname().nodename if hasattr(os, 'uname') else 'host'}-{os.getpid()}.part")


def printable(name: str) -> str:
    """A file's name with its bytes that are no UTF-8 replaced, and without controls, for tables."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in shown)


def in_words(problem: Exception) -> str:
    """Why a report was skipped, for the list of errors."""
    if isinstance(problem, DataError):
        return f"{problem.found}. Expected: {problem.expected}. To do: {problem.remedy}."
    return f"unexpected {type(problem).__name__}: {problem}"


def do_all(
    todo: Iterable[Task],
    count: int,
    work: Work,
    give_up: Work,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Does every task.

    Args:
        todo: the tasks, and ``count`` how many they are.
        work: what does one; it and ``give_up``, which writes the part of a report that killed its process several times, must be
            functions of a module.
        workers: how many processes; one for each core if left out.
        scheduler: the address of a Dask scheduler (``tcp://host:8786``). Its workers must see all files under the same paths.
        progress: shows how far it is.

    Raises:
        DataError: the scheduler cannot be reached, or dask.distributed is not installed.
    """
    if scheduler:
        outcomes = _on_cluster(todo, count, work, scheduler)
    else:
        outcomes = _on_this_machine(todo, count, work, give_up, workers)
    for _ in progress(outcomes, count) if progress else outcomes:
        pass


def _on_this_machine(
    todo: Iterable[Task], count: int, work: Work, give_up: Work, workers: int | None
) -> Iterator[Outcome]:
    """The reports done on all cores, a bounded number of them waiting at a time."""
    workers = workers or os.cpu_count() or 1
    if workers == 1 or count < 4:
        for task in todo:
            yield work(*task)
        return
    queue = iter(todo)
    tries: dict[str, int] = {}
    while (first := next(queue, None)) is not None:
        queue = chain((first,), queue)
        running: dict[Future[Outcome], Task] = {}
        try:
            with ProcessPoolExecutor(min(workers, count)) as pool:
                while True:
                    for task in islice(queue, 4 * workers - len(running)):
                        running[pool.submit(work, *task)] = task
                    if not running:
                        break
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()  # raises BrokenProcessPool if a process died
                        del running[future]
                        yield outcome
        except BrokenProcessPool:
            # A process was killed. What was under way is done again, each at most a few times.
            again = []
            for task in running.values():
                if Path(task[2]).exists():
                    yield Outcome(task[1], 0)
                    continue
                tries[task[1]] = tries.get(task[1], 0) + 1
                if tries[task[1]] >= ATTEMPTS:
                    yield give_up(*task)
                else:
                    again.append(task)
            queue = chain(again, queue)


def _on_cluster(todo: Iterable[Task], count: int, work: Work, scheduler: str) -> Iterator[Outcome]:
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
        size = max(1, min(16, count // 64))
        queue = iter(todo)
        batches = iter(lambda: list(islice(queue, size)), [])
        do = partial(_do_several, work)

        def submit(some: int) -> list[Any]:
            return [client.submit(do, batch, pure=False, retries=ATTEMPTS) for batch in islice(batches, some)]

        futures = as_completed(submit(4 * max(4, sum(client.ncores().values()))))
        for future in futures:
            yield from future.result()
            future.release()
            futures.update(submit(1))


def _do_several(work: Work, tasks: list[Task]) -> list[Outcome]:
    """Several reports one after another; a part that exists already (from a worker that died later) is not made again."""
    return [Outcome(task[1], 0) if Path(task[2]).exists() else work(*task) for task in tasks]


def list_errors(out: Path, errors: Iterable[tuple[str, str]]) -> None:
    """Writes the list of the reports that gave nothing, with the reasons, beside the output."""
    with out.with_name(out.name + ".errors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("report", "reason"))
        writer.writerows(errors)


def sweep(parts: Path, wanted: set[Path]) -> None:
    """Removes parts of reports that are gone or were changed, and halves of parts that a killed process left."""
    for file in parts.iterdir():
        if file not in wanted:
            file.unlink(missing_ok=True)
