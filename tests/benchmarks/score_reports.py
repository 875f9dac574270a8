#!/usr/bin/env python3
"""The extractor on real work reports that two readers coded who had seen neither its rules nor its rows.

    python tests/benchmarks/score_reports.py CORPUS.parquet [--write]

``book/samples/coded_reports.csv`` names the texts, which are not in the project; ``coded_reports_rows.csv`` holds the codes as
handed in, with the numerals set aside, and ``coded_reports_corrections.csv`` the cells that the codebook decides otherwise.
``coded_reports_first_run.csv`` holds what the rules found before their authors had seen these codes: nothing writes it again.
``--write`` stores the counts of both runs in ``coded_reports_scores.csv``.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from gwr.extract import extract  # noqa: E402
from gwr.extract.score import Coded, Passage, pair, right  # noqa: E402

SAMPLES = ROOT / "book" / "samples"
OF_MATCHED = ("unit", "comparator", "measure", "period", "status", "indicator")
COLUMNS = (
    "start",
    "end",
    "value",
    "value_high",
    "unit_zh",
    "comparator",
    "measure",
    "indicator_zh",
    "period",
    "status",
)
"""Offsets of the numeral; a fall has a negative value."""


def table(name: str) -> list[dict[str, str]]:
    """The rows of one file of the sample."""
    with (SAMPLES / f"coded_reports{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def from_row(row: dict[str, str]) -> Coded:
    """One quantity from its cells."""
    number = [float(row[name]) if row[name] else None for name in ("value", "value_high")]
    return Coded(int(row["start"]), int(row["end"]), *number, *(row[name] for name in COLUMNS[4:]))


def corrected(rows: list[dict[str, str]], corrections: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows after the corrections; a ``reason`` that is set takes a row from the quantities, one emptied puts it there."""
    changes = {(c["report"], c["start"], c["column"]): c for c in corrections}
    for row in rows:
        mine = {
            name: changes.pop((row["report"], row["start"], name))
            for name in row
            if (row["report"], row["start"], name) in changes
        }
        assert all(row[name] == change["before"] for name, change in mine.items()), mine
        yield row | {name: change["after"] for name, change in mine.items()}
    assert not changes, f"corrections of rows that are not there: {list(changes)}"


def found_in(text: str) -> list[Coded]:
    """What the extractor finds, with the sign that the coders wrote."""
    found = []
    for q in extract(text).quantities:
        sign = -1 if q.direction in ("fall", "negative") else 1
        high = None if q.value_high is None else sign * q.value_high
        found.append(
            Coded(q.number_start, q.number_end, sign * q.value, high, q.unit_zh, q.comparator, q.measure, q.indicator_zh, q.period, q.status)
        )  # fmt: skip
    return found


def counts(passage: Passage, found: Sequence[Coded]) -> Iterator[tuple[str, int, int]]:
    """Name, right and of how many: numbers of all found and of all coded, fields of the pairs, set-aside numerals taken.

    The coders set numbers in names aside, so a row that calls itself ``count_in_name`` and answers none of theirs counts nowhere.
    """
    pairs = pair(passage.coded, found)
    paired = {id(one) for _, one in pairs}
    found = [one for one in found if one.measure != "count_in_name" or id(one) in paired]
    whole = sum(right("value", *p) and right("range", *p) for p in pairs)
    yield "precision", whole, len(found)
    yield "recall", whole, len(passage.coded)
    for field in OF_MATCHED:
        yield field, sum(right(field, *p) for p in pairs), len(pairs)
    taken = sum(any(f.start < end and start < f.end for f in found) for start, end in passage.traps)
    yield "traps", taken, len(passage.traps)


def passages(rows: Sequence[dict[str, str]]) -> dict[str, Passage]:
    """The codes of each report, without its text."""
    reports: dict[str, tuple[list[Coded], list[tuple[int, int]]]] = {}
    for row in rows:
        coded, traps = reports.setdefault(row["report"], ([], []))
        if row["reason"]:
            traps.append((int(row["start"]), int(row["end"])))
        else:
            coded.append(from_row(row))
    return {name: Passage("", tuple(coded), tuple(traps)) for name, (coded, traps) in reports.items()}


def first_run() -> dict[str, list[Coded]]:
    """What the rules found before anybody had seen the codes."""
    found: dict[str, list[Coded]] = {}
    for row in table("_first_run"):
        found.setdefault(row["report"], []).append(from_row(row))
    return found


def score(run: str, reports: dict[str, Passage], found: dict[str, list[Coded]]) -> list[tuple[str, str, str, int, int]]:
    """The counts of one run: run, report, field, right, of."""
    return [(run, name, *cells) for name, passage in reports.items() for cells in counts(passage, found[name])]


def texts_of(corpus: Path) -> dict[str, str]:
    """The texts that were coded, held to their checksums."""
    import pyarrow.parquet as pq

    wanted = {row["path"]: row for row in table("")}
    rows = pq.read_table(corpus, columns=["path", "text"], filters=[("path", "in", list(wanted))]).to_pylist()
    texts = {wanted[row["path"]]["report"]: row["text"] for row in rows}
    for row in wanted.values():
        assert hashlib.sha256(texts[row["report"]].encode()).hexdigest() == row["sha256"], row["path"]
    return texts


def all_scores(found: dict[str, list[Coded]] | None) -> list[tuple[str, str, str, int, int]]:
    """The first run by the codes as handed in and as corrected, and a later run by the corrected ones."""
    handed_in, corrections = table("_rows"), table("_corrections")
    reports = passages(list(corrected(handed_in, corrections)))
    rows = score("first_run_as_coded", passages(handed_in), first_run())
    rows += score("first_run", reports, first_run())
    return rows + (score("mended", reports, found) if found else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true", help="store the counts")
    args = parser.parse_args()
    rows = all_scores({name: found_in(text) for name, text in texts_of(args.corpus).items()})
    for run in dict.fromkeys(row[0] for row in rows):
        print(f"\n{run}")
        for field in dict.fromkeys(row[2] for row in rows):
            cells = [row[3:] for row in rows if row[0] == run and row[2] == field]
            good, of = (sum(column) for column in zip(*cells, strict=True))
            print(f"  {field:24}{good:5} of {of:5} {good / of:7.3f}   " + " ".join(f"{a}/{b}" for a, b in cells))
    if args.write:
        with (SAMPLES / "coded_reports_scores.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([("run", "report", "field", "right", "of"), *rows])


if __name__ == "__main__":
    main()
