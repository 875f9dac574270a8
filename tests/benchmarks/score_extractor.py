#!/usr/bin/env python3
"""Precision and recall of the extractor and of other tools on the coded texts, field by field.

python tests/benchmarks/score_extractor.py            # the tools of requirements.txt join in if they are installed
python tests/benchmarks/score_extractor.py --write    # and store the counts
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "book"), str(HERE)]

import peers  # noqa: E402
from gwr.extract import extract  # noqa: E402
from gwr.extract.score import Coded, Passage, Score, read_coded_tables, read_passages, scores  # noqa: E402

PASSAGES = ROOT / "tests" / "extract" / "passages"
SETS = {
    "Taijiang 2022": lambda: [taijiang()],
    "passages worked on": lambda: [
        p for name in ("work", "seen", "seen_2") for p in read_passages(PASSAGES / f"{name}.txt")
    ],
    "passages to score on": lambda: read_passages(PASSAGES / "score.txt"),
    "passages by a second hand": lambda: read_passages(PASSAGES / "independent.txt"),
}
SHOWN = (
    "span",
    "value",
    "unit",
    "range",
    "comparator",
    "comparator_words",
    "measure",
    "status",
    "period",
    "indicator",
    "exact_indicator",
)


def taijiang() -> Passage:
    """The report of this book with its coded tables."""
    with (ROOT / "data" / "source" / "2022-taijiang-work-report.txt").open(encoding="utf-8", newline="") as file:
        return read_coded_tables(file.read(), ROOT / "data" / "claims.csv", ROOT / "data" / "not_claims.csv")


def ours(text: str) -> list[Coded]:
    """What the extractor finds, in the form that is scored."""
    return [
        Coded(
            q.number_start, q.number_end, q.value, q.value_high, q.unit_zh, q.comparator, q.measure, q.indicator_zh, q.period, q.status
        )
        for q in extract(text).quantities
    ]  # fmt: skip


def score_ours(passages: list[Passage]) -> dict[str, Score]:
    """The extractor's scores on these passages."""
    return scores((passage, ours(passage.text)) for passage in passages)


STORED = ROOT / "tests" / "benchmarks" / "results" / "extractor_scores.csv"


def store(rows: list[tuple[str, str, str, int, int, int]]) -> None:
    """Writes the counts behind the scores."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("texts", "tool", "field", "right", "found", "coded"))
        writer.writerows(rows)


def main() -> None:
    others = peers.installed()
    rows: list[tuple[str, str, str, int, int, int]] = []
    for name, load in SETS.items():
        passages = load()
        coded = sum(len(p.coded) for p in passages)
        print(f"\n{name}: {coded} quantities, {sum(len(p.traps) for p in passages)} numerals that state none")
        print(f"{'':28}{'precision':>10}{'recall':>8}{'F1':>7}")
        found = score_ours(passages)
        rows += [(name, "gwr extract", field, one.right, one.found, one.coded) for field, one in found.items()]
        for field in SHOWN:
            if found[field].coded:
                print(f"  {field:26}{found[field].precision:10.3f}{found[field].recall:8.3f}{found[field].f1:7.3f}")
        print(f"  traps taken: {found['traps'].right} of {found['traps'].coded}")
        for peer, read in others.items():
            theirs = scores((p, peers.in_coded_form(p.coded, read(p.text))) for p in passages)
            rows += [(name, peer, field, one.right, one.found, one.coded) for field, one in theirs.items()]
            cells = "  ".join(
                f"{field} {theirs[field].recall:.3f}/{theirs[field].precision:.3f}"
                for field in ("span", "value", "unit")
            )
            print(
                f"  {peer}, recall/precision: {cells}  ranges {theirs['range'].right}, comparators "
                f"{theirs['comparator_words'].right}, "
                  f"traps taken {theirs['traps'].right}")  # fmt: skip
    if "--write" in sys.argv[1:]:
        store(rows)


if __name__ == "__main__":
    main()
