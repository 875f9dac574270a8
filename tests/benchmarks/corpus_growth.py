#!/usr/bin/env python3
"""How the time for a corpus grows with the reports and falls with the cores, on processes and on a Dask cluster of this machine.

    python tests/benchmarks/corpus_growth.py [--write]

The reports are copies of the sample report with other numbers, so that no two are the same file. The ways take turns and the
fastest of several rounds counts, in seconds by the clock. The clusters stand, and have read a few reports, before the clock runs.
"""

from __future__ import annotations

import csv
import re
import resource
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "book"), str(HERE)]

from cluster import local_cluster  # noqa: E402
from gwr.extract.corpus import build  # noqa: E402

SIZES = (50, 200, 800)
ROUNDS = 3
WORKERS = (1, 2)
STORED = ROOT / "book" / "samples" / "corpus_growth.csv"


def copies(folder: Path, count: int) -> None:
    """Writes so many reports, each with its own numbers."""
    text = (ROOT / "book" / "samples" / "2023-yunxi-work-report.txt").read_text(encoding="utf-8")
    folder.mkdir(parents=True)
    for n in range(count):
        other = re.sub(r"[1-9](?=[0-9]*(?:亿|万|家|个|%))", lambda found, n=n: str((int(found[0]) + n) % 9 + 1), text)
        (folder / f"{n:05}.txt").write_text(other, encoding="utf-8")


def ways(stack: ExitStack, place: Path) -> dict[tuple[str, int], dict[str, object]]:
    """What :func:`build` is told for each way and number of workers."""
    found: dict[tuple[str, int], dict[str, object]] = {("processes", n): {"workers": n} for n in WORKERS}
    for n in WORKERS:
        (place / f"cluster-{n}").mkdir()
        address, _ = stack.enter_context(local_cluster(place / f"cluster-{n}", n))
        found["Dask", n] = {"scheduler": address}
    return found


def measure(folder: Path, out: Path, arguments: dict[str, object]) -> tuple[float, float, int]:
    """Seconds for all reports, seconds for the same again with nothing changed, and the rows."""
    began = time.perf_counter()
    done = build(folder, out, **arguments)  # type: ignore[arg-type]
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    build(folder, out, **arguments)  # type: ignore[arg-type]
    return seconds, time.perf_counter() - began, done.rows


def store(rows: list[tuple[object, ...]]) -> None:
    """Writes the figures for the chapter that shows them."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("reports", "way", "workers", "seconds", "seconds_again", "rows"))
        writer.writerows(rows)


def main() -> None:
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        place = Path(name)
        told = ways(stack, place)
        copies(place / "few", 8)
        for (way, workers), arguments in told.items():
            build(place / "few", place / f"few-{way}-{workers}.parquet", **arguments)  # type: ignore[arg-type]
        for count in SIZES:
            copies(place / str(count), count)
            taken: dict[tuple[str, int], list[tuple[float, float, int]]] = {way: [] for way in told}
            for turn in range(ROUNDS):
                for (way, workers), arguments in told.items():
                    out = place / f"{count}-{way}-{workers}-{turn}.parquet"
                    taken[way, workers].append(measure(place / str(count), out, arguments))
            for (way, workers), runs in taken.items():
                seconds, again = min(run[0] for run in runs), min(run[1] for run in runs)
                rows.append((count, way, workers, f"{seconds:.3f}", f"{again:.3f}", runs[0][2]))
                print(
                    f"{count:6} reports, {way:9} {workers}: {seconds:7.2f} s (to {max(run[0] for run in runs):.2f}), "
                    f"{count / seconds:6.0f} reports/s; again with nothing changed {again:.2f} s; {runs[0][2]} rows", flush=True)  # fmt: skip
    print(f"largest memory of a process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    if "--write" in sys.argv[1:]:
        store(rows)


if __name__ == "__main__":
    main()
