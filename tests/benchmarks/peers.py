"""Other tools that read quantities out of Chinese text, each as a function from text to what it found.

They give amounts in base units (67777000000 元 for 677.77亿元). :func:`in_coded_form` turns such an amount into the coded one where both are
the same, so that nobody is marked down for the form. What a tool does not say (comparator, indicator …) stays None.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterable, Sequence

from gwr.extract.score import Coded, pair
from gwr.extract.units import MULTIPLIERS

Reader = Callable[[str], list[Coded]]


def recognizers() -> Reader:
    """recognizers-text-suite: every recogniser that gives numbers, the longer find where two overlap."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    names = {"人民币": "元", "Percent": "%", "公里": "公里", "美元": "美元"}

    def read(text: str) -> list[Coded]:
        found = []
        for recognise in (recognize_dimension, recognize_currency, recognize_percentage, recognize_number):
            for one in recognise(text, "zh-cn"):
                value = (one.resolution or {}).get("value")
                if value is None:
                    continue
                unit = (one.resolution or {}).get("unit") or ("%" if str(value).endswith("%") else "")
                with contextlib.suppress(ValueError):
                    found.append(
                        Coded(one.start, one.end + 1, float(str(value).rstrip("%")), unit_zh=names.get(unit, unit))
                    )
        return without_overlap(found)

    return read


def chinese2digits() -> Reader:
    """chinese2digits: numbers and percentages; it gives no offsets, so they are looked for in order."""
    from chinese2digits import takeNumberFromString

    def read(text: str) -> list[Coded]:
        with contextlib.redirect_stdout(io.StringIO()):
            result = takeNumberFromString(text)
        found, at, last = [], 0, 0
        for words, digits in zip(result["CHNumberStringList"], result["digitsStringList"], strict=True):
            here = re.compile(rf"(?<![0-9.]){re.escape(words)}(?![0-9])").search(text, max(at, last))
            if here is None:
                continue
            last = here.end()
            if words[0].isdigit():
                at = last
            else:
                last = at  # 一 is found too early at times; only digits lead the search on
            start = here.start()
            percent = re.search(r"%|百分之|％", words) is not None
            with contextlib.suppress(ValueError):
                found.append(
                    Coded(start, here.end(), float(digits) * (100 if percent else 1), unit_zh="%" if percent else "")
                )
        return without_overlap(found)

    return read


def jionlp() -> Reader:
    """jionlp: amounts of money."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp as jio

    def read(text: str) -> list[Coded]:
        found = []
        for one in jio.ner.extract_money(text, with_parsing=True):
            number = one["detail"]["num"]
            value = number[0] if isinstance(number, (list, tuple)) else number
            with contextlib.suppress(ValueError, TypeError):
                found.append(Coded(*one["offset"], float(value), unit_zh=one["detail"]["case"]))
        return found

    return read


PEERS: dict[str, Callable[[], Reader]] = {
    "recognizers-text-suite": recognizers,
    "chinese2digits": chinese2digits,
    "jionlp (money)": jionlp,
}


def installed() -> dict[str, Reader]:
    """Those of the peers that can be imported here."""
    found = {}
    for name, load in PEERS.items():
        with contextlib.suppress(ImportError):
            found[name] = load()
    return found


def without_overlap(found: Iterable[Coded]) -> list[Coded]:
    """The finds with a unit first, then the longer ones; others that overlap them are dropped."""
    kept: list[Coded] = []
    for one in sorted(found, key=lambda f: (not f.unit_zh, f.start - f.end)):
        if all(one.end <= k.start or k.end <= one.start for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def in_coded_form(coded: Sequence[Coded], found: Sequence[Coded]) -> list[Coded]:
    """The finds, those that state the coded amount in base units restated as coded."""
    restated = {}
    for one, other in pair(coded, found):
        unit = one.unit_zh or ""
        many = next((m for m in MULTIPLIERS if unit.startswith(m)), "")
        same_value = other.value is not None and any(
            abs(other.value - (one.value or 0) * factor) <= 1e-6 * max(1.0, abs(other.value))
            for factor in (1.0, MULTIPLIERS.get(many, 1.0))
        )
        same_unit = (
            other.unit_zh is not None and other.unit_zh != "" and other.unit_zh in (unit, unit.removeprefix(many))
        )
        restated[other] = Coded(
            other.start,
            other.end,
            one.value if same_value else other.value,
            other.value_high,
            unit if same_unit or not unit else other.unit_zh,
        )
    return [restated.get(one, one) for one in found]
