#!/usr/bin/env python3
"""Curves of time against length for files and texts made to hang, and the largest of each kind that the limits let through.

    python tests/benchmarks/hostile_files.py [--largest]

Prints, for each family of ``tests/hostile.py``, the seconds of processor time at four lengths that double each time; where time is
linear, each column is about twice the one before it, and the exponent (the slope of the curve in logarithms) is about one. With
--largest, each family is also read at the longest text allowed, in a process of its own, with its seconds, memory and rows.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "book"), str(HERE.parent)]

import hostile  # noqa: E402
from gwr.errors import DataError  # noqa: E402
from gwr.extract import extract, limits  # noqa: E402
from gwr.extract.reading import read_bytes  # noqa: E402

SIZES = (20_000, 40_000, 80_000, 160_000)


def families() -> dict[str, Callable[[int], bytes]]:
    """For each family a maker of files of about so many bytes."""
    made: dict[str, Callable[[int], bytes]] = {}
    for name, page in hostile.HTML.items():
        made[f"html: {name}"] = lambda size, page=page: page(
            size // max(1, (len(page(64)) - len(page(0))) // 64)
        ).encode()  # type: ignore[misc]
    for name, body in hostile.BODIES.items():
        made[f"docx: {name}"] = lambda size, body=body: hostile.docx(
            body(size // max(1, (len(body(64)) - len(body(0))) // 64))
        )  # type: ignore[misc]
    for name, piece in hostile.PIECES.items():
        made[f"text: {name}"] = lambda size, piece=piece: ("报告" + piece * (size // len(piece))).encode()  # type: ignore[misc]
    return made


def rows_of(raw: bytes) -> int:
    """Reads the file and counts its rows, those that are no quantity included; 0 if it is refused."""
    try:
        found = extract(read_bytes(raw, Path("report")).text)
    except DataError:
        return 0
    return len(found.quantities) + len(found.others)


def seconds(raw: bytes) -> float:
    """The processor time of reading it, the faster of two."""
    best = math.inf
    for _ in range(2):
        began = time.process_time()
        rows_of(raw)
        best = min(best, time.process_time() - began)
    return best


def alone(raw: bytes) -> tuple[float, float, int]:
    """Seconds, peak megabytes and rows of reading it; run in a process of its own."""
    import resource

    began = time.process_time()
    rows = rows_of(raw)
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, rows


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", action="store_true")
    args = parser.parse_args()
    print(f"{'':32}" + "".join(f"{size:>10,}" for size in SIZES) + "  exponent")
    for name, make in families().items():
        took = [seconds(make(size)) for size in SIZES]
        slope = math.log(max(took[-1], 1e-4) / max(took[1], 1e-4)) / math.log(SIZES[-1] / SIZES[1])
        print(f"{name:32}" + "".join(f"{one:10.3f}" for one in took) + f"{slope:10.2f}")
    if args.largest:
        print(f"\n{'':32}{'bytes':>12}{'seconds':>10}{'MB':>8}{'rows':>10}")
        for name, make in families().items():
            raw = make(limits.LONGEST_TEXT - 10 if name.startswith("text") else limits.LONGEST_MARKUP - 100)
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                took_, memory, rows = pool.apply(alone, (raw,))
            print(f"{name:32}{len(raw):12,}{took_:10.1f}{memory:8.0f}{rows:10,}")


if __name__ == "__main__":
    main()
