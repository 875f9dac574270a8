#!/usr/bin/env python3
"""How fast the extractor is: beside other tools on the same texts in one run, and how its time grows with the length.

    python tests/benchmarks/speed_extractor.py [--write] [REPORT ...]

Runs take turns and each tool's fastest run counts, in seconds of processor time on one core. Without reports, the report of this book is read. --write stores the figures for the
chapter that shows them; they are those of the machine that ran them.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "book"), str(HERE)]

import peers  # noqa: E402
from gwr.extract import extract  # noqa: E402

ROUNDS = 15


def fastest(tools: dict[str, Callable[[str], object]], texts: list[str], rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds for all texts, the fastest of several rounds in which the tools take turns."""
    best = dict.fromkeys(tools, float("inf"))
    for _ in range(rounds):
        for name, read in tools.items():
            began = time.process_time()
            for text in texts:
                read(text)
            best[name] = min(best[name], time.process_time() - began)
    return best


def main() -> None:
    rows: list[tuple[str, str, int, float, int]] = []
    paths = [Path(name) for name in sys.argv[1:] if name != "--write"] or [
        ROOT / "data" / "source" / "2022-taijiang-work-report.txt"
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    characters = sum(map(len, texts))
    tools: dict[str, Callable[[str], object]] = {
        "gwr extract": lambda text: extract(text).quantities,
        **peers.installed(),
    }
    seconds = fastest(tools, texts)
    print(f"{len(texts)} texts, {characters:,} characters")
    for name, took in sorted(seconds.items(), key=lambda pair: pair[1]):
        found = [one for text in texts for one in tools[name](text)]  # type: ignore[attr-defined]
        united = sum(bool(one.unit_zh) for one in found)
        rows.append(("tools", name, characters, took, united))
        print(f"  {name:24}{took * 1000:10.1f} ms {characters / took / 1000:10.0f} thousand characters/s "
              f"{united:6} values with unit {united / took:8.0f} of them/s")  # fmt: skip
    print("\nLength and time (the first text repeated)")
    for size in (10_000, 100_000, 1_000_000, 5_000_000):
        text = (texts[0] * (size // len(texts[0]) + 1))[:size]
        took = fastest({"gwr": lambda text: extract(text)}, [text], rounds=2)["gwr"]
        rows.append(("length", "gwr extract", size, took, 0))
        print(f"  {size:>10,} characters {took:8.2f} s {took / size * 1e6:6.2f} µs a character")
    if "--write" in sys.argv[1:]:
        with (ROOT / "tests" / "benchmarks" / "results" / "extractor_speed.csv").open(
            "w", encoding="utf-8", newline=""
        ) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("what", "tool", "characters", "seconds", "values_with_unit"))
            writer.writerows((*row[:3], f"{row[3]:.4f}", row[4]) for row in rows)


if __name__ == "__main__":
    main()
