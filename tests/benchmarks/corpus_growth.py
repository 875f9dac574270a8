#!/usr/bin/env python3
"""How the time for a corpus grows with the reports and falls with the cores, on processes and on a Dask cluster of this machine.

    python tests/benchmarks/corpus_growth.py [--write]

The reports are copies of the sample report with other numbers, so that no two are the same file. The ways take turns and the
fastest of several rounds counts: in seconds by the clock, which other programs on the machine lengthen, and in seconds of processor
time of all processes together, which they hardly do. The clusters stand, and have read a few reports, before the clock runs.
"""

from __future__ import annotations

import csv
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "book"), str(HERE)]

from cluster import local_cluster  # noqa: E402
from distributed import Client  # noqa: E402
from gwr.extract.corpus import build  # noqa: E402

SIZES = (50, 200, 800)
ROUNDS = 3
WORKERS = (1, 2)
STORED = ROOT / "tests" / "benchmarks" / "results" / "corpus_growth.csv"


def copies(folder: Path, count: int) -> None:
    """Writes so many reports, each with its own numbers."""
    text = (ROOT / "book" / "samples" / "2023-yunxi-work-report.txt").read_text(encoding="utf-8")
    folder.mkdir(parents=True)
    for n in range(count):
        other = re.sub(r"[1-9](?=[0-9]*(?:亿|万|家|个|%))", lambda found, n=n: str((int(found[0]) + n) % 9 + 1), text)
        (folder / f"{n:05}.txt").write_text(other, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a folder: what :func:`build` is told, and a clock of the processor time of processes that are not ours."""

    name: str
    workers: int
    arguments: dict[str, Any]
    elsewhere: Callable[[], float]


def ways(stack: ExitStack, place: Path) -> list[Way]:
    """Processes and clusters with one and with two workers; the clusters are ended with the stack."""
    found = [Way("processes", n, {"workers": n}, lambda: 0.0) for n in WORKERS]
    for n in WORKERS:
        (place / f"cluster-{n}").mkdir()
        address, _ = stack.enter_context(local_cluster(place / f"cluster-{n}", n))
        client = stack.enter_context(Client(address, set_as_default=False))
        found.append(
            Way("Dask", n, {"scheduler": address}, lambda client=client: sum(client.run(time.process_time).values()))
        )
    return found


def processor_time(way: Way) -> float:
    """Seconds of processor time of this process, its children that have ended, and the workers of the cluster."""
    return sum(os.times()[:4]) + way.elsewhere()


def measure(folder: Path, out: Path, way: Way) -> tuple[float, float, float, int]:
    """Seconds by the clock and of processor time, seconds for the same again with nothing changed, and the rows."""
    used = processor_time(way)
    began = time.perf_counter()
    done = build(folder, out, **way.arguments)
    seconds = time.perf_counter() - began
    used = processor_time(way) - used
    began = time.perf_counter()
    build(folder, out, **way.arguments)
    return seconds, used, time.perf_counter() - began, done.rows


def store(rows: list[tuple[object, ...]]) -> None:
    """Writes the figures for the chapter that shows them."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("reports", "way", "workers", "seconds", "processor", "seconds_again", "rows"))
        writer.writerows(rows)


def main() -> None:
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        place = Path(name)
        all_ways = ways(stack, place)
        copies(place / "few", 8)
        for number, way in enumerate(all_ways):
            build(place / "few", place / f"few-{number}.parquet", **way.arguments)
        for count in SIZES:
            copies(place / str(count), count)
            runs: dict[int, list[tuple[float, float, float, int]]] = {number: [] for number in range(len(all_ways))}
            for turn in range(ROUNDS):
                for number, way in enumerate(all_ways):
                    runs[number].append(measure(place / str(count), place / f"{count}-{number}-{turn}.parquet", way))
            for number, way in enumerate(all_ways):
                seconds, used, again, found = (min(column) for column in zip(*runs[number], strict=True))
                rows.append((count, way.name, way.workers, f"{seconds:.3f}", f"{used:.3f}", f"{again:.3f}", found))
                print(
                    f"{count:6} reports, {way.name:9} {way.workers}: {seconds:7.2f} s, {used:7.2f} s of processor time, "
                    f"{count / seconds:6.0f} reports/s; again with nothing changed {again:.2f} s; {found} rows", flush=True)  # fmt: skip
    print(f"largest memory of a process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    if "--write" in sys.argv[1:]:
        store(rows)


if __name__ == "__main__":
    main()
