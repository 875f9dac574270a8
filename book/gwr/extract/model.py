"""The rows that the extractor makes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(slots=True)
class Quantity:
    """One number that a report states. ``text == source[start:end]`` and ``source[number_start:number_end]`` is the numeral.

    ``value`` is the number as written, always positive; ``direction`` is ``rise`` or ``fall`` where the words or a minus
    sign say how it moved (下降3.6% and 增长-3.6% are 3.6 with ``fall``), and ``negative`` for another amount with a minus
    sign (-5℃); ``signed`` is then -3.6 and -5. A range has its upper end in ``value_high``. ``unit_zh`` is as
    written, 万 and 亿 included; ``base_value`` and ``base_unit`` are the same amount in the base unit of ``units.csv``.
    """

    start: int
    end: int
    text: str
    value: float
    value_high: float | None
    unit_zh: str
    comparator: str
    measure: str
    indicator_zh: str
    period: str
    status: str
    section: str
    direction: str
    number_start: int
    number_end: int
    base_value: float
    base_unit: str

    @property
    def signed(self) -> float:
        """The value, negative for a fall and for an amount below zero."""
        return -self.value if self.direction in ("fall", "negative") else self.value

    def row(self) -> dict[str, Any]:
        """The fields by name, in the order of :data:`COLUMNS`."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Quantity))
"""The columns of the extractor's table; the first twelve are fixed by the book's data contract."""


@dataclass(slots=True)
class Other:
    """A numeral that states no quantity, with the rule that says why. ``reason`` is one of the codes of ``not_claims.csv``."""

    start: int
    end: int
    text: str
    reason: str
    rule: str
