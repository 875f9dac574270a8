"""How long it takes to load every table, validated, beside importing pandas. Run by hand: python tests/benchmarks/load_tables.py

Each measurement is a fresh interpreter; its own start is measured too and taken off. Medians of seven, in turn, so that
a slow moment of the machine meets all three.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2] / "book"
TASKS = {
    "nothing": "pass",
    "loading all tables, validated": "from gwr.report.tables import load_tables; load_tables()",
    "the same with the rules of gwr.report.rules": "from gwr.report.tables import load_tables; from gwr.report.rules import check_rules; check_rules(load_tables())",
    "import pandas": "import pandas",
}
RUNS = 7


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=BOOK, check=True)
    return time.perf_counter() - start


def main() -> None:
    for code in TASKS.values():
        seconds(code)  # fills the disk cache and writes the byte code
    taken: dict[str, list[float]] = {name: [] for name in TASKS}
    for _ in range(RUNS):
        for name, code in TASKS.items():
            taken[name].append(seconds(code))
    medians = {name: statistics.median(values) for name, values in taken.items()}
    for name, median in medians.items():
        print(
            f"{name:40} {1000 * median:7.0f} ms (from {1000 * min(taken[name]):.0f} to {1000 * max(taken[name]):.0f})"
        )
    start = medians["nothing"]
    for name in list(TASKS)[1:3]:
        print(
            f"{name} / import pandas, start of Python taken off: {(medians[name] - start) / (medians['import pandas'] - start):.2f}"
        )


if __name__ == "__main__":
    main()
