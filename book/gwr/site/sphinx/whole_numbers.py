"""In the cells of tables a number stays on one line with its unit and its sign.

Cells are narrow, and a browser may break after a space, and between a figure and the Chinese character after it: 677.77亿 / 元. What
must not be broken is put into an element that does not wrap, so that the text of the cell, which sorting reads, is what it was.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gwr.report.tables import load_tables

_CELL = re.compile(r"<(td|th|caption)\b[^>]*>.*?</\1>", re.DOTALL)
_TEXT = re.compile(r">([^<]*\d[^<]*)<")
_BREAKS = re.compile(r"[ \u00a0]|\d[\u4e00-\u9fff]|&[lg]t;")
_ENGLISH = (
    "billion",
    "million",
    "trillion",
    "thousand",
    "percentage points",
    "points",
    "per cent",
    "people",
    "persons",
    "km",
    "metres",
    "minutes",
    "hours",
    "days",
    "years",
    "times",
    "mu",
    "m²",
    "m",
)


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    """A figure with what belongs to it: a currency and a sign before it, a unit after it."""
    chinese = {str(unit) for unit in load_tables().frame("units")["unit_zh"]} | {"亿", "万"}
    words = [*sorted(chinese, key=lambda word: (-len(word), word)), *_ENGLISH]
    unit = rf"(?:{'|'.join(map(re.escape, words))})(?![A-Za-z])"
    figure = r"[+−-]?\d[\d,.]*(?<![,.])"
    return re.compile(
        rf"(?<![A-Za-z0-9_.])(?:(?:CNY|US\$) )?(?:(?:[≥≤≈]|&[lg]t;) ?)?{figure}(?: ?[–~-] ?{figure})?(?:[ \u00a0]?{unit})?"
    )


def keep_numbers_whole(html: str) -> str:
    """The page with every number of its tables, and its unit, in an element that does not wrap."""

    def whole(found: re.Match[str]) -> str:
        return f'<span class="nb">{found[0]}</span>' if _BREAKS.search(found[0]) else found[0]

    def in_text(found: re.Match[str]) -> str:
        return f">{_number().sub(whole, found[1])}<"

    return _CELL.sub(lambda cell: _TEXT.sub(in_text, cell[0]), html)
