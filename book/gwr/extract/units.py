"""The units and measure words of ``units.csv``, and which of them stands at a place of the text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gwr.errors import DataError

TABLE = Path(__file__).with_name("units.csv")
COUNTS = frozenset({"things", "people", "events"})
"""Kinds of units that count separate things."""

MULTIPLIERS = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4,
    "千": 1e3, "百": 1e2,
}  # fmt: skip

_MULTIPLIER_FIRST = frozenset(name[0] for name in MULTIPLIERS)


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of ``units.csv``.

    Attributes:
        kind: ``money``, ``area``, ``people``, ``things`` …
        base: the base unit, and ``factor`` how many of it one unit is.
        in_words: whether a Chinese numeral before it states a quantity (两家 does, 三里 is more often a name).
        not_before: what may not follow, because the character then begins a word (家 in 家庭).
    """

    unit_zh: str
    kind: str
    base: str
    factor: float
    in_words: bool
    not_before: tuple[str, ...]


NO_UNIT = Unit("", "things", "thing", 1.0, False, ())


@lru_cache(maxsize=1)
def load_units() -> dict[str, Unit]:
    """Every unit by its name.

    Raises:
        DataError: the table is damaged.
    """
    units = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                unit = Unit(
                    row["unit_zh"],
                    row["kind"],
                    row["base"],
                    float(row["factor"]),
                    row["in_words"] == "yes",
                    tuple(filter(None, row["not_before"].split("|"))),
                )
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise DataError(
                    TABLE,
                    f"the row cannot be read ({error})",
                    row=number,
                    expected="seven cells",
                    remedy="restore the file",
                ) from None
            units[unit.unit_zh] = unit
    return units


@lru_cache(maxsize=1)
def _by_first() -> dict[str, tuple[tuple[str, Unit], ...]]:
    """Units by their first character, the longest first."""
    found: dict[str, list[tuple[str, Unit]]] = {}
    for name, unit in load_units().items():
        name = name.replace("（", "(").replace("）", ")")  # as in the normalised copy
        found.setdefault(name[0], []).append((name, unit))
    return {first: tuple(sorted(units, key=lambda u: -len(u[0]))) for first, units in found.items()}


def unit_at(copy: str, at: int) -> tuple[int, Unit] | None:
    """The longest unit that stands at ``at``, and where it ends."""
    for name, unit in _by_first().get(copy[at : at + 1], ()):
        if copy.startswith(name, at):
            end = at + len(name)
            if (
                name.isascii()
                and name[-1].isalpha()
                and copy[end : end + 1].isascii()
                and copy[end : end + 1].isalnum()
            ):
                continue  # the m of mRNA
            if unit.not_before and copy.startswith(unit.not_before, end):
                continue
            return end, unit
    return None


def multiplier_at(copy: str, at: int) -> tuple[int, float] | None:
    """The multiplier (万, 亿, 万亿 …) that stands at ``at``, and where it ends."""
    if copy[at : at + 1] not in _MULTIPLIER_FIRST:
        return None
    for length in (2, 1):
        factor = MULTIPLIERS.get(copy[at : at + length])
        if factor is not None:
            return at + length, factor
    return None
