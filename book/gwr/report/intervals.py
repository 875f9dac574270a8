"""Arithmetic with the intervals that rounded figures stand for.

A figure printed as 26.25 can be anything from 26.245 to 26.255; what is computed from it is an interval too. The ends
are the extremes over all values of the inputs, which are taken as independent of each other. Which figures are rounded
and which are exact says :func:`gwr.report.claims.rounding_interval`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from gwr.words.number_format import number_range, with_minus

_FIXED = re.compile(r"(?P<sign>[+]?)(?P<comma>,?)\.(?P<decimals>\d+)(?P<kind>[f%])")
_NOISE = 1e-12  # of binary floating point, relative: 29,689,999,999.999996 is no number below 29,690,000,000


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``.

    Raises:
        ValueError: ``low`` is greater than ``high``.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"the lower end {self.low} is greater than the upper end {self.high}")

    @classmethod
    def rounded(cls, written: str, factor: float = 1.0) -> Interval:
        """What a figure may have been before it was rounded to the digits it is written with.

        Args:
            written: the digits as printed, ``26.25``.
            factor: turns the figure into the unit wanted.
        """
        value, scale = Decimal(written), Decimal(repr(factor))
        half = Decimal(5).scaleb(-1 - len(written.partition(".")[2]))
        return cls(float((value - half) * scale), float((value + half) * scale))

    @property
    def middle(self) -> float:
        """The point half-way between the ends, in their unit; infinite if an end is."""
        return (self.low + self.high) / 2

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval | float) -> Interval:
        o = _interval(other)
        return Interval(self.low + o.low, self.high + o.high)

    def __sub__(self, other: Interval | float) -> Interval:
        o = _interval(other)
        return Interval(self.low - o.high, self.high - o.low)

    def __mul__(self, other: Interval | float) -> Interval:
        o = _interval(other)
        ends = [a * b for a in (self.low, self.high) for b in (o.low, o.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval | float) -> Interval:
        """Raises ZeroDivisionError if the divisor can be 0."""
        o = _interval(other)
        if o.low <= 0 <= o.high:
            raise ZeroDivisionError("the divisor can be 0")
        ends = [a / b for a in (self.low, self.high) for b in (o.low, o.high)]
        return Interval(min(ends), max(ends))

    def __pow__(self, power: float) -> Interval:
        """Raises ValueError for a negative base."""
        if self.low < 0:
            raise ValueError("only intervals without negative values can be raised to a power")
        ends = (self.low**power, self.high**power)
        return Interval(min(ends), max(ends))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float) -> Interval:
        return _interval(other) - self

    def __rtruediv__(self, other: float) -> Interval:
        return _interval(other) / self

    def __format__(self, spec: str) -> str:
        """Both ends, rounded outwards: the lower end down, the upper end up; ``619.9–620.4``, in Chinese ``619.9～620.4``.

        One number stands alone if everything in the interval rounds to it.

        Args:
            spec: of the form ``.1f``, ``,.0f`` or ``.1%``; without one the ends are written in full.

        Raises:
            ValueError: the form is another one, which could not be rounded outwards.
        """
        ends = self.written(spec)
        return ends[0] if len(ends) == 1 else number_range(*ends)

    def written(self, spec: str) -> list[str]:
        """The two ends as :meth:`__format__` writes them, or the one number that both round to.

        Raises:
            ValueError: as there.
        """
        low, high = format(self.low, spec), format(self.high, spec)
        if low == high:
            return [with_minus(low)]
        if spec:
            form = _FIXED.fullmatch(spec)
            if form is None:
                raise ValueError(f"{spec!r} is no form of an interval; use one such as '.1f', ',.0f' or '.1%'")
            decimals = int(form["decimals"]) + (2 if form["kind"] == "%" else 0)
            low = format(rounded_down(self.low, decimals), spec)
            high = format(rounded_up(self.high, decimals), spec)
        return [with_minus(low), with_minus(high)]


def rounded_down(value: float, decimals: int) -> float:
    """The largest number with so many decimals that is not above ``value``: how the lower end of a range is printed."""
    return _rounded(value, decimals, math.floor)


def rounded_up(value: float, decimals: int) -> float:
    """The smallest number with so many decimals that is not below ``value``: how the upper end of a range is printed."""
    return _rounded(value, decimals, math.ceil)


def _rounded(value: float, decimals: int, whole: Callable[[float], int]) -> float:
    if not math.isfinite(value):
        return value
    scaled = value * 10**decimals
    near = round(scaled)
    return (near if abs(scaled - near) <= _NOISE * max(1.0, abs(scaled)) else whole(scaled)) / 10**decimals


def _interval(value: Interval | float) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def point(value: float) -> Interval:
    """A number that is exact."""
    return Interval(value, value)


def growth(rate: Interval) -> Interval:
    """The factor that a growth rate in percent stands for: 9.3 gives about 1.093."""
    return 1 + rate / 100


def yearly_growth(start: Interval, end: Interval, years: float) -> Interval:
    """Mean growth in percent a year that leads from the start to the end (geometric mean).

    Raises:
        ZeroDivisionError: the start can be 0.
        ValueError: a value can be negative.
    """
    return ((end / start) ** (1 / years) - 1) * 100


def quotient(over: Interval, under: Interval) -> Interval:
    """The quotient of two positive intervals of which both may be open upwards."""
    return Interval(over.low / under.high, math.inf if math.isinf(over.high) else over.high / under.low)


def extremes(function: Callable[..., float], *inputs: Interval) -> Interval:
    """The interval of a function that is monotonic in each input: its extremes lie at the corners.

    Unlike a chain of interval operations this is exact when an input occurs twice in the formula.
    """
    ends = [function(*corner) for corner in product(*((i.low, i.high) for i in inputs))]
    return Interval(min(ends), max(ends))
