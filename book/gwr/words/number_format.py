"""How numbers are written for readers, in both editions: the one place for signs, ranges, scales, bounds and spaces.

English follows the usual house rules (an en dash in ranges, ``CNY 67.78 billion``); Chinese follows GB/T 15834 and 15835 (``～`` in
ranges of quantities, ``—`` in spans of years, the percent sign at both ends, bounds in words). Both have one minus sign, U+2212.
"""

from __future__ import annotations

import math
import re
from typing import Any

from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)

MINUS = "−"
"""The minus sign (U+2212)."""

NBSP = "\u00a0"
"""The space at which no line ends."""

SIGNS = {"eq": "", "ge": f"≥{NBSP}", "gt": f">{NBSP}", "le": f"≤{NBSP}", "lt": f"<{NBSP}", "about": f"≈{NBSP}"}
"""How a comparator is shown before a number in a table or a chart; in a sentence :func:`bounded` says it in words."""

_BOUNDS = {
    "ge": _("at least {figure}"),
    "gt": _("more than {figure}"),
    "le": _("at most {figure}"),
    "lt": _("less than {figure}"),
    "about": _("about {figure}"),
}

_WORDS = [
    _("none"),
    *(_("one"), _("two"), _("three"), _("four"), _("five"), _("six")),
    *(_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")),
]


def number_word(number: int) -> str:
    """A small count as a word, for prose: ``none``, ``one`` … ``twelve``; larger ones in digits."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def bounded(comparator: str, figure: str) -> str:
    """A figure with its bound in words, for a sentence: ``at least 80%``, ``1.3万人以上``; of ``eq`` the figure alone."""
    return _BOUNDS[comparator].format(figure=figure) if comparator in _BOUNDS else figure


def plain(value: float) -> str:
    """A number with thousands separators and no digits that were not there: ``1,188``, ``677.77``, ``−5``."""
    exact = float(f"{value:.13g}")  # more digits are not in the data: 296.9 × 1e8 is no 29,689,999,999.999996
    return with_minus(f"{round(exact, 6):,}".removesuffix(".0"))


def significant(value: float, digits: int) -> float:
    """A number rounded to so many significant digits."""
    return float(f"{value:.{digits}g}")


def scaled(value: float, digits: int | None = None) -> str:
    """An amount in English words of scale: ``67.777 billion``, ``4.2 million``, ``58,500``.

    Args:
        value: the amount.
        digits: how many significant digits an amount from a million on keeps; all if left out.
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            shown = value if digits is None else significant(value, digits)
            return f"{plain(round(shown / size, 6))}{NBSP}{name}"
    return plain(value)


def sensible(value: float) -> float:
    """A computed number without the digits that nobody reads: two decimals, or three figures of a number below 0.1."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, max(2, 2 - math.floor(math.log10(abs(value)))))


def number_range(low: str, high: str) -> str:
    """A range by its two ends, as written: ``1–2``, in Chinese ``1～2``; an end below zero is set off by words."""
    if LANGUAGE == "zh":
        return f"{low}～{high}"
    return f"{low} to {high}" if high.startswith(MINUS) else f"{low}–{high}"


def with_minus(number: str) -> str:
    """A formatted number with the minus sign in the place of a hyphen; zero has no sign: ``−5.0`` for ``-5.0``, ``0.0`` for ``-0.0``."""
    if re.fullmatch(r"[+-]0(\.0*)?%?", number):
        return number[1:]
    return MINUS + number[1:] if re.match(r"-[\d.∞i]", number) else number


def millions(amount: Any, digits: int = 1) -> str:
    """A number of millions (a float or an :class:`gwr.report.intervals.Interval`) without its unit; in the Chinese edition, of 万.

    Args:
        amount: in millions.
        digits: after the decimal point, in millions.
    """
    written = f"{amount:,.{digits}f}" if LANGUAGE == "en" else f"{amount * 100:,.{max(digits - 2, 0)}f}"
    return with_minus(written)


_UNITS = r"(?:thousand|million|billion|trillion|km²|m²|km|m|min|minutes?|hours?|days?|years?|points?|percent|yuan|kB|MB|[亿万]元?|元|公里|平方米)"
_YEAR = r"(?<![\d.])(?:19|20)\d\d"
_BOTH_EDITIONS = (
    (re.compile(rf"(?<=\d)[ {NBSP}]%"), "%"),
    (re.compile(r"(?:(?<=[\s(（×÷+=])|^)-(?=\d)"), MINUS),
)
_IN_ENGLISH = (
    (re.compile(rf"(?<=\d) (?={_UNITS}(?![\w²]))"), NBSP),
    (re.compile(r"(?<=\bCNY) (?=\d)"), NBSP),
    (re.compile(r"(?<=[≥≤≈<>]) (?=\d)"), NBSP),
    (re.compile(rf"({_YEAR})-(?=(?:19|20)\d\d(?![\d-]))"), r"\1–"),
)
_IN_CHINESE = (
    (re.compile(rf"({_YEAR})[–-](?=(?:19|20)\d\d(?![\d.-]))"), r"\1—"),
    (re.compile(r"(\d[\d,.]*)[–～](?=[−+]?\d[\d,.]*%)"), r"\1%～"),
    (re.compile(r"(?<=\d)–(?=[−+]?\d)"), "～"),
)


def typeset(text: str, language: str) -> str:
    """A stretch of running text with the numbers in it set as the language asks.

    No space stands before a percent sign, a minus sign is no hyphen, and no line ends between a number and its unit. In Chinese
    ranges have their own dashes, and the percent sign stands at both ends.

    >>> typeset("from 85.6–86.7 % in 2017-2021", "zh")
    'from 85.6%～86.7% in 2017—2021'
    """
    for pattern, better in (*_BOTH_EDITIONS, *(_IN_CHINESE if language == "zh" else _IN_ENGLISH)):
        text = pattern.sub(better, text)
    return text
