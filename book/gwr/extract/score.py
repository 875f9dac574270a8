"""How well the extractor, or any other tool, reads text that was coded by hand.

A found quantity answers a coded one if their numerals overlap. Precision and recall are then counted field by field: a field
of a found quantity is right if it is the coded one's. ``python tests/benchmarks/score_extractor.py`` prints the scores.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gwr.errors import DataError

FIELDS = ("span", "value", "unit", "range", "comparator", "measure", "status", "period", "indicator")


@dataclass(frozen=True, slots=True)
class Coded:
    """A quantity as coded by hand, or as found by a tool; None in a field means that it says nothing about it."""

    start: int
    end: int
    value: float | None = None
    value_high: float | None = None
    unit_zh: str | None = None
    comparator: str | None = None
    measure: str | None = None
    indicator_zh: str | None = None
    period: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded text: its quantities and the numerals that are none."""

    text: str
    coded: tuple[Coded, ...]
    traps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of one field."""

    right: int
    found: int
    coded: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.coded if self.coded else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.coded
        return 2 * self.right / total if total else 0.0


_MARK = re.compile(r"⟦(?P<words>[^⟦⟧]*)⟧\{(?P<fields>[^{}]*)\}|⟪(?P<trap>[^⟪⟫]*)⟫")


def read_passages(path: Path) -> list[Passage]:
    """The coded texts of a file in the markup that ``tests/extract/passages/README.md`` explains.

    Raises:
        DataError: a mark does not hold five to seven fields.
    """
    passages = []
    for block in path.read_text(encoding="utf-8").split("=====\n"):
        text: list[str] = []
        length = 0
        coded: list[Coded] = []
        traps: list[tuple[int, int]] = []
        defaults = {"period": "", "status": "actual"}
        for line in block.splitlines(keepends=True):
            if line.startswith("#"):
                if line.startswith("#!"):
                    defaults = dict(part.split("=") for part in line[2:].split())
                continue
            at = 0
            for mark in _MARK.finditer(line):
                length += _append(text, line[at : mark.start()])
                words = mark["trap"] if mark["trap"] is not None else mark["words"]
                span = (length, length + len(words))
                if mark["trap"] is not None:
                    traps.append(span)
                else:
                    coded.append(_coded(path, mark["fields"], span, defaults))
                length += _append(text, words)
                at = mark.end()
            length += _append(text, line[at:])
        passages.append(Passage("".join(text), tuple(coded), tuple(traps)))
    return passages


def _append(text: list[str], words: str) -> int:
    text.append(words)
    return len(words)


def _coded(path: Path, fields: str, span: tuple[int, int], defaults: dict[str, str]) -> Coded:
    cells = fields.split("|")
    if not 5 <= len(cells) <= 7:
        raise DataError(
            path, f"{fields!r} has {len(cells)} fields", expected="five to seven", remedy="see the README beside it"
        )
    low, _, high = cells[0].partition("-")
    period = cells[5] if len(cells) > 5 and cells[5] else defaults["period"]
    status = cells[6] if len(cells) > 6 else defaults["status"]
    return Coded(
        *span, float(low), float(high) if high else None, cells[1], cells[2], cells[3], cells[4], period, status
    )  # fmt: skip


def read_coded_tables(text: str, claims: Path, not_claims: Path) -> Passage:
    """The coded report of this book, from ``claims.csv`` and ``not_claims.csv``."""
    with claims.open(encoding="utf-8", newline="") as file:
        coded = tuple(
            Coded(
                int(r["number_start"]), int(r["number_end"]), float(r["value"]), float(r["value_high"]) if r["value_high"] else None,
                r["unit_zh"], r["comparator"], r["measure"], r["indicator_zh"], r["period"], r["status"],
            )
            for r in csv.DictReader(file)
        )  # fmt: skip
    with not_claims.open(encoding="utf-8", newline="") as file:
        traps = tuple((int(r["start"]), int(r["end"])) for r in csv.DictReader(file))
    return Passage(text, coded, traps)


def pair(coded: Sequence[Coded], found: Sequence[Coded]) -> list[tuple[Coded, Coded]]:
    """Each coded quantity with the found one that overlaps it, each used once, in reading order."""
    pairs = []
    rest = sorted(found, key=lambda f: f.start)
    at = 0
    for one in sorted(coded, key=lambda c: c.start):
        while at < len(rest) and rest[at].end <= one.start:
            at += 1
        if at < len(rest) and rest[at].start < one.end:
            pairs.append((one, rest[at]))
            at += 1
    return pairs


def same_name(one: str, two: str) -> bool:
    """Whether two indicator names mean the same by their characters.

    Quotation marks and signs left out, one holds the other (two characters at least), or the longest common subsequence makes
    up 60 per cent of both taken together.
    """
    a, b = (re.sub(r"[^\w]", "", name) for name in (one, two))
    if not a or not b:
        return a == b
    if a == b or (min(len(a), len(b)) >= 2 and (a in b or b in a)):
        return True
    return 2 * _common(a, b) / (len(a) + len(b)) >= 0.6


def _common(a: str, b: str) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def right(field: str, coded: Coded, found: Coded) -> bool:
    """Whether a found quantity has this field as coded."""
    if field == "span":
        return True
    if field == "value":
        return (
            found.value is not None
            and coded.value is not None
            and abs(found.value - coded.value) <= 1e-3 * max(1.0, abs(coded.value))
        )
    if field == "range":
        return found.value_high == coded.value_high
    if field == "indicator":
        return same_name(coded.indicator_zh or "", found.indicator_zh or "")
    name = "unit_zh" if field == "unit" else field
    return bool(getattr(coded, name) == getattr(found, name))


def scores(passages: Iterable[tuple[Passage, Sequence[Coded]]]) -> dict[str, Score]:
    """The scores of every field, and ``traps``: how many numerals that are no quantity were taken for one (``right`` of ``coded``).

    ``range`` counts only quantities that have an upper end, ``comparator_words`` only those with a comparator other than ``eq``.
    """
    counts = {name: [0, 0, 0] for name in (*FIELDS, "comparator_words", "exact_indicator", "traps")}
    for passage, found in passages:
        pairs = pair(passage.coded, found)
        for name in FIELDS:
            held, all_found, all_coded = pairs, len(found), len(passage.coded)
            if name == "range":
                held = [p for p in pairs if p[0].value_high is not None]
                all_found = sum(f.value_high is not None for f in found)
                all_coded = sum(c.value_high is not None for c in passage.coded)
            _add(counts[name], sum(right(name, *p) for p in held), all_found, all_coded)
        worded = [p for p in pairs if p[0].comparator != "eq"]
        _add(
            counts["comparator_words"],
            sum(right("comparator", *p) for p in worded),
            sum(f.comparator not in (None, "eq") for f in found),
            sum(c.comparator != "eq" for c in passage.coded),
        )
        _add(
            counts["exact_indicator"],
            sum(c.indicator_zh == f.indicator_zh for c, f in pairs),
            len(found),
            len(passage.coded),
        )
        taken = sum(any(f.start < end and start < f.end for f in found) for start, end in passage.traps)
        _add(counts["traps"], taken, len(found), len(passage.traps))
    return {name: Score(*count) for name, count in counts.items()}


def _add(count: list[int], right_: int, found: int, coded: int) -> None:
    count[0] += right_
    count[1] += found
    count[2] += coded
