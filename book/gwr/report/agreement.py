"""How far two readers agree: percentage, Cohen's kappa, and the overlap of what they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from math import nan


@dataclass(frozen=True)
class Agreement:
    """Agreement on one variable.

    Attributes:
        n: how many items both coded.
        agreed: on how many of them they wrote the same.
        expected: the share on which they would agree by chance, from how often each uses each code.
        largest: the share of the code that is used most; near 1, kappa says little.
    """

    n: int
    agreed: int
    expected: float
    largest: float

    @property
    def percent(self) -> float:
        """The share of items on which both wrote the same, in percent."""
        return 100 * self.agreed / self.n if self.n else nan

    @property
    def kappa(self) -> float:
        """Cohen's kappa; not a number if chance alone would give full agreement, because only one code is used."""
        if not self.n or self.expected == 1:
            return nan
        return (self.agreed / self.n - self.expected) / (1 - self.expected)


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Agreement over pairs of codes, one pair an item: what the first and what the second reader wrote.

    >>> round(agreement([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15).kappa, 3)
    0.4
    """
    n = len(pairs)
    first = Counter(one for one, _ in pairs)
    second = Counter(two for _, two in pairs)
    both = first + second
    expected = sum(first[code] * second[code] for code in both) / n**2 if n else nan
    return Agreement(
        n=n,
        agreed=sum(one == two for one, two in pairs),
        expected=expected,
        largest=max(both.values(), default=0) / (2 * n) if n else nan,
    )


def overlap(first: Collection[Hashable], second: Collection[Hashable]) -> float:
    """How far two readers saw the same things: those both saw, by all that either saw (Jaccard index).

    >>> overlap({1, 2, 3}, {2, 3, 4})
    0.5
    """
    either = set(first) | set(second)
    return len(set(first) & set(second)) / len(either) if either else nan
