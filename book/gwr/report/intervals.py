"""Arithmetic with the intervals that rounded figures stand for.

A figure printed as 26.25 can be anything from 26.245 to 26.255; what is computed from it is an interval too. The ends
are the extremes over all values of the inputs, which are taken as independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        decimals = len(written.partition(".")[2])
        half = 0.5 * 10**-decimals
        value = float(written)
        return cls((value - half) * factor, (value + half) * factor)

    @property
    def middle(self) -> float:
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
        """Both ends by ``spec``, or one number if they look the same: ``619.9–620.4``."""
        low, high = format(self.low, spec), format(self.high, spec)
        return low if low == high else f"{low}–{high}"


def _interval(value: Interval | float) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def growth(rate: Interval) -> Interval:
    """The factor that a growth rate in percent stands for: 9.3 gives about 1.093."""
    return 1 + rate / 100
