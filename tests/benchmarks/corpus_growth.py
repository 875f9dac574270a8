#!/usr/bin/env python3
"""How the time for a corpus grows with the reports and falls with the cores; also on a Dask cluster if that is installed.

    python tests/benchmarks/corpus_growth.py [--write]

The reports are copies of the sample report with other numbers, so that no two are the same file.
"""

from __future__ import annotations

import csv
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from gwr.extract.corpus import build  # noqa: E402

SIZES = (50, 200, 800)


def copies(folder: Path, count: int) -> None:
    """Writes so many reports, each with its own numbers."""
    text = (ROOT / "book" / "samples" / "2023-yunxi-work-report.txt").read_text(encoding="utf-8")
    folder.mkdir(parents=True)
    for n in range(count):
        other = re.sub(r"[1-9](?=[0-9]*(?:亿|万|家|个|%))", lambda found, n=n: str((int(found[0]) + n) % 9 + 1), text)
        (folder / f"{n:05}.txt").write_text(other, encoding="utf-8")


def main() -> None:
    rows = []
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for count in SIZES:
            copies(place / str(count), count)
            for workers in sorted({1, 2, cores}):
                out = place / f"{count}-{workers}.parquet"
                began = time.perf_counter()
                done = build(place / str(count), out, workers=workers)
                seconds = time.perf_counter() - began
                began = time.perf_counter()
                build(place / str(count), out, workers=workers)
                again = time.perf_counter() - began
                rows.append((count, workers, f"{seconds:.3f}", f"{again:.3f}", done.rows))
                print(
                    f"{count:6} reports, {workers} process{'es' if workers > 1 else ''}: "
                    f"{seconds:7.2f} s, {count / seconds:6.0f} reports/s; "
                      f"again with nothing changed {again:.2f} s; {done.rows} rows")  # fmt: skip
    print(f"largest memory of a process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    if "--write" in sys.argv[1:]:
        with (ROOT / "book" / "samples" / "corpus_growth.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("reports", "processes", "seconds", "seconds_again", "rows"))
            writer.writerows(rows)


if __name__ == "__main__":
    main()
