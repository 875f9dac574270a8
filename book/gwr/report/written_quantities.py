"""Quantities as they stand in cells of tables, read back into base units: by these, tables are sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gwr.report.claims import units_by_name
from gwr.words.number_format import MINUS
from gwr.words.written_figures import whole


@dataclass(frozen=True, slots=True)
class WrittenQuantity:
    """A quantity of a cell.

    Attributes:
        value: in the base unit; of a range the lower end.
        unit: the base unit, in which values can be compared: ``cny``, ``thing``, ``percent``; of a mere number empty.
    """

    value: float
    unit: str


_SCALES = {"万": 1e4, "亿": 1e8, "千亿": 1e11, "万亿": 1e12, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_ENGLISH = {
    "km²": ("sqm", 1e6),
    "m²": ("sqm", 1),
    "km": ("m", 1e3),
    "m": ("m", 1),
    "min": ("minute", 1),
    "%": ("percent", 1),
    "points": ("points", 1),
    "point": ("points", 1),
    "点": ("points", 1),
    "个百分点": ("points", 1),
    "百分点": ("points", 1),
    "B": ("B", 1),
    "kB": ("B", 1e3),
    "MB": ("B", 1e6),
    "times": ("times", 1),
    "倍": ("times", 1),
}
_SIGN = r"[≥≤≈<>~]?\s*"
_DIGITS = r"[+\-−]?\d[\d,]*(?:\.\d+)?"
_NUMERAL = r"[零〇一二两三四五六七八九十百]+"
_QUANTITY = re.compile(
    rf"{_SIGN}(?P<rank>第?)(?P<cny>CNY )?(?:(?P<low>{_DIGITS})(?:\s?%?(?:[–～-]| to |至)(?P<high>{_DIGITS}))?|(?:(?P<whole>{_NUMERAL})分之)?(?P<numeral>{_NUMERAL})|(?=[千万亿]))"
    r"(?P<rest> ?(?P<scale>million|billion|trillion|万亿|千亿|万|亿)?(?P<unit> ?[^\d]{0,24}))"
)


@lru_cache(maxsize=4096)
def written_quantity(text: str) -> WrittenQuantity | None:
    """The quantity that a cell holds: number and unit, with a sign, a bound or a second end; None if it is anything else.

    >>> written_quantity("≥ 1.3万人")
    WrittenQuantity(value=13000.0, unit='person')
    >>> written_quantity("−11%").value, written_quantity("CNY 875 million").value
    (-11.0, 875000000.0)
    >>> written_quantity("1.7a"), written_quantity("2017–2021, per year")
    (None, None)
    """
    found = _QUANTITY.fullmatch(text.replace("\u00a0", " ").strip())
    if found is None:
        return None
    rest = found["rest"]
    if rest[:1].isascii() and rest[:1].isalpha():  # a section or an id, no number with a unit
        return None
    try:
        if found["whole"]:
            return WrittenQuantity(100 * whole(found["numeral"]) / whole(found["whole"]), "percent")
        if found["low"]:
            number = Decimal(found["low"].replace(",", "").replace(MINUS, "-"))
        else:
            number = Decimal(repr(whole(found["numeral"]))) if found["numeral"] else Decimal(1)
    except (ValueError, ZeroDivisionError):
        return None
    unit = ("rank", 1.0) if found["rank"] else _unit(found["unit"].strip())
    if unit is None:  # 五年合计, "2022, more than"
        return None
    base, factor = unit
    scale = _SCALES.get(found["scale"] or "", 1.0)
    value = number * Decimal(repr(scale)) * Decimal(repr(float(factor)))
    return WrittenQuantity(float(value), "cny" if found["cny"] else base)


def _unit(written: str) -> tuple[str, float] | None:
    """The base unit of a unit as written, and the factor that leads to it; None if it is no unit of the report or of the site."""
    name = written.removesuffix(" a year")
    per = written[len(name) :]
    if name in _ENGLISH:
        unit, factor = _ENGLISH[name]
        return unit + per, float(factor)
    if not name:
        return per, 1.0
    known = units_by_name().get(name)
    if known is None:
        return None
    return ("sqm", 1e6) if known["base_unit"] == "sqkm" else (known["base_unit"] + per, float(known["factor"]))


def sorting_values(cells: Sequence[str]) -> list[float | None] | None:
    """By what the cells of a column are sorted; None for a column of other words.

    Args:
        cells: as a reader sees them.

    Returns:
        A value in base units for each cell, None where there is no number; an empty list if the column holds quantities that cannot be
        compared, because their units differ.
    """
    read = [written_quantity(cell) for cell in cells]
    empty = [cell.strip() in ("", "–") for cell in cells]
    if not any(read) or any(one is None and not nothing for one, nothing in zip(read, empty, strict=True)):
        return None
    units = {one.unit for one in read if one} - {""}
    counted = all(one.unit for one in read if one) or units <= {"thing"}  # 388 beside 15家 counts things too
    return [one.value if one else None for one in read] if len(units) <= 1 and counted else []
