"""Claims as objects that format themselves, so that no figure has to be typed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from gwr.report.intervals import Interval
from gwr.report.schema import Row
from gwr.report.tables import for_readers, load_tables
from gwr.words.language import LANGUAGE
from gwr.words.number_format import MINUS, NBSP, SIGNS, bounded, number_range, plain, scaled, significant, with_minus

SOURCE_PAGE = "source.ipynb"
"""The annotated source; the site turns the ending into ``.html``."""

IN_PROSE = 4
"""How many significant digits a large amount has in an English sentence; the figure as written stands beside it or on its link."""

UNIT_SYMBOLS = {"sqm": "\u00a0m²", "sqkm": "\u00a0km²", "m": "\u00a0m", "minute": "\u00a0min"}
"""What stands behind a number in English, by base unit; a number of things has their name behind it in the sentence."""

BOUNDS = ("ge", "gt", "le", "lt")
"""The comparators with which a number is a bound, not a value: 以上, 超, 以内, 近 …"""

COUNTED = ("things", "persons", "events")
"""The dimensions whose base unit is one thing, one person, one event."""


@dataclass(frozen=True)
class Claim:
    """One quantity of the report, a row of ``claims.csv`` with its unit's row of ``units.csv``.

    In a format string, which is for sentences, ``{c001}`` gives the figure in English units with the report's own beside it, a number of
    things as the number alone, ``{c001:zh}`` as the report writes it, ``{c001:en}`` in English units, ``{c001:n}`` the bare number,
    ``{c001:own}`` in the edition's own language alone: ``CNY 67.78 billion`` or ``677.77亿元``. In the Chinese edition ``{c001}`` is
    the figure as the report writes it, and ``{c001:en}`` the number in the base unit with its Chinese name: ``67,777,000,000元``.
    Bounds are in words there, and large amounts in English have four significant digits. The properties of the same names are for tables:
    signs, and all digits.
    """

    row: Mapping[str, Any]
    unit: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its permanent id: ``c012``."""
        return str(self.row["claim_id"])

    @property
    def value(self) -> float:
        """The number as written, in the claim's own unit."""
        return float(self.row["value"])

    @property
    def base_value(self) -> float:
        """The number in the base unit of its dimension (yuan, square metres, persons …)."""
        return _exactly(self.value, self.factor)

    @property
    def factor(self) -> float:
        """Turns the value into the base unit."""
        return float(self.unit["factor"])

    @property
    def comparator(self) -> str:
        """How the words limit the number: ``eq``, ``ge``, ``gt`` …, as in the data dictionary."""
        return str(self.row["comparator"])

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of a range, in the claim's own unit; of any other figure twice the value."""
        high = self.row["value_high"]
        return self.value, self.value if high is None else float(high)

    @property
    def decimals(self) -> int | None:
        """How many decimals the numeral is printed with; None for Chinese numerals, which show no last digit."""
        numeral = self.written.partition("-")[0]
        return len(numeral.partition(".")[2]) if numeral.replace(".", "", 1).isdecimal() else None

    @property
    def exact(self) -> bool:
        """Whether nobody rounded the number: things counted one by one, ranks, numbers in names, and targets."""
        counted = self.unit["dimension"] in COUNTED and self.factor == 1
        named = self.row["measure"] in ("rank", "count_in_name")
        return counted or named or self.row["status"] == "target"

    @property
    def limits(self) -> tuple[float, float]:
        """Between which numbers anything said here must lie: a share is no less than 0 and no more than 100 %."""
        share = self.row["measure"] == "share" and 0 <= self.value <= 100
        return (0.0, 100.0) if share else (-math.inf, math.inf)

    @property
    def interval(self) -> Interval:
        """What the number stands for, in the base unit of its dimension: :func:`rounding_interval`."""
        return rounding_interval(self)

    @property
    def href(self) -> str:
        """The address of the passage on the annotated source page, from any other page."""
        return f"{SOURCE_PAGE}#{self.id}"

    @property
    def number(self) -> str:
        """The number with comparator and, for a range, both ends: ``≥ 80``, ``1–2``."""
        return SIGNS[self.comparator] + self._number

    @property
    def _number(self) -> str:
        return _ends(self.ends_as_given)

    @property
    def ends_as_given(self) -> list[float]:
        """The ends of a range, or the one value."""
        return [self.value] if self.row["value_high"] is None else list(self.ends)

    @property
    def written(self) -> str:
        """The numeral as it stands in the report: ``677.77``, ``四``, ``1-2``."""
        start = self.row["start"]
        return str(self.row["quote"][self.row["number_start"] - start : self.row["number_end"] - start])

    @property
    def zh(self) -> str:
        """Number and unit as the report writes them, with a sign for the comparator."""
        return SIGNS[self.comparator] + self._as_written

    @property
    def _as_written(self) -> str:
        order = "第" if self.row["measure"] == "rank" else ""
        numeral = self.written if self.row["value_high"] is None else number_range(*self.written.split("-"))
        return f"{order}{numeral}{self.row['unit_zh']}"

    @property
    def en(self) -> str:
        """Number and unit for a reader of English, without loss of digits; in the Chinese edition in the base unit."""
        return SIGNS[self.comparator] + self._converted()

    def _converted(self, digits: int | None = None) -> str:
        if LANGUAGE == "zh":
            return self._in_base_unit
        if self.unit["dimension"] in ("percent", "share"):
            return f"{self._number}%"
        return in_english(self.ends_as_given, self.unit, digits)

    @property
    def _in_base_unit(self) -> str:
        """Number and unit for a reader of Chinese who wants no 万 and 亿."""
        if self.unit["dimension"] in ("percent", "share"):
            return f"{self._number}{self.unit['unit_zh']}"
        number = _ends([_exactly(end, self.factor) for end in self.ends_as_given])
        if self.row["measure"] == "rank":
            return f"第{number}"
        return number + (base_unit_zh(self.unit) if self.row["unit_zh"] else "")

    def __format__(self, spec: str) -> str:
        converted, written = self._converted(IN_PROSE), self._as_written
        own = written if LANGUAGE == "zh" else converted
        forms = {"n": self._number, "zh": written, "en": converted, "own": own, "": own}
        if spec not in forms:
            raise ValueError(f"{spec!r} is no form of a claim; use one of {', '.join(map(repr, forms))}")
        figure = bounded(self.comparator, forms[spec])
        # A counter such as 个 says nothing to a reader of English: the sentence names what is counted. Nor does 70元 beside CNY 70.
        same = converted in (written, self._number) or (self.factor == 1 and self.decimals is not None)
        alone = LANGUAGE == "zh" or same
        return figure if spec or alone else f"{figure} ({written})"


COLLECTION = "https://github.com/lawtext/gov/blob/fc1a2f67/"
"""Where the collection of work reports keeps the texts whose paths stand in the tables."""


@dataclass(frozen=True)
class Fact:
    """One fact from outside the report, a row of ``outcomes.csv`` or ``context.csv``; its link leads to where it comes from."""

    row: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its permanent id: ``f012``, or ``x012`` of a fact of context."""
        return str(self.row["fact_id"] if "fact_id" in self.row else self.row["context_id"])

    @property
    def value(self) -> float:
        """The number, in the fact's own unit.

        Raises:
            TypeError: the fact is no number.
        """
        return float(self.row["value"])

    @property
    def factor(self) -> float:
        """Turns the value into the unit in which claims of its dimension are compared: yuan, square metres, persons."""
        unit = units_by_name().get(self.row["unit_zh"], {"base_unit": "", "factor": 1})
        return 1e6 if unit["base_unit"] == "sqkm" else float(unit["factor"])

    @property
    def comparator(self) -> str:
        """How the source limits the number, as for a claim; ``eq`` if it says nothing. (Of context the note says it.)"""
        return str(self.row.get("comparator") or "eq")

    @property
    def ends(self) -> tuple[float, float]:
        """The two ends of the number, as for a claim that may be a range; a fact is one number, in its own unit.

        Raises:
            TypeError: the fact is no number.
        """
        return self.value, self.value

    @property
    def decimals(self) -> int:
        """How many decimals the number is given with."""
        return len(repr(self.value).removesuffix(".0").partition(".")[2])

    @property
    def exact(self) -> bool:
        """Whether the number counts single things; the table does not say which facts are targets."""
        unit = units_by_name().get(self.row["unit_zh"])
        return unit is not None and unit["dimension"] in COUNTED and self.factor == 1

    @property
    def limits(self) -> tuple[float, float]:
        """As for a claim; the table of facts does not say which of them are shares."""
        return -math.inf, math.inf

    @property
    def interval(self) -> Interval:
        """What the number stands for, in the unit that :attr:`factor` leads to: :func:`rounding_interval`."""
        return rounding_interval(self)

    @property
    def href(self) -> str:
        """The first of the addresses given as its source; of a text of the collection, where it is; else empty."""
        source = str(self.row["source"]).split(" ; ")[0]
        return web_address(COLLECTION + source if source.endswith(".md") and "://" not in source else source)

    def __format__(self, spec: str) -> str:
        number = with_minus(format(self.value, spec)) if spec else plain(self.value)
        zh, unit = f"{number}{self.row['unit_zh']}", units_by_name().get(self.row["unit_zh"])
        if LANGUAGE == "zh" or unit is None or unit["dimension"] == "percent":
            return bounded(self.comparator, zh)
        en = in_english([self.value], unit, IN_PROSE)
        if en in (zh, plain(self.value)):
            return bounded(self.comparator, number)
        en = bounded(self.comparator, en)
        return en if float(unit["factor"]) == 1 and unit["base_unit"] != "sqkm" else f"{en} ({zh})"

    @property
    def signed(self) -> str:
        """Number and unit as the source writes them, with a sign for the comparator, for tables."""
        return f"{SIGNS[self.comparator]}{plain(self.value)}{self.row['unit_zh']}"


def rounding_interval(figure: Claim | Fact) -> Interval:
    """What a printed figure stands for, in the base unit of its dimension: the one rule of the book (codebook, C12).

    *About* widens a figure by one unit of its last digit. The bound of *at least* or *more than* and what nobody rounded are
    exact: the interval is the number itself, and what the words leave open beyond a bound is not part of it. Numerals without a
    last digit (四分之一) stand as they are. Everything else is rounded to its last digit, half a unit to either side; of a range
    both ends are. No share leaves 0 to 100 %.
    """
    last_digit = Decimal(0) if figure.decimals is None else Decimal(1).scaleb(-figure.decimals)
    if figure.comparator == "about":
        room = last_digit
    elif figure.comparator in BOUNDS or figure.exact:
        room = Decimal(0)
    else:
        room = last_digit / 2
    low, high, factor = (Decimal(repr(number)) for number in (*figure.ends, figure.factor))
    least, most = figure.limits
    return Interval(float(max(low - room, Decimal(least)) * factor), float(min(high + room, Decimal(most)) * factor))


def web_address(text: str) -> str:
    """An address of the web that can end no link and no attribute; empty if the text is none.

    >>> web_address("https://example.org/a b>")
    'https://example.org/a%20b%3E'
    >>> web_address("javascript:alert(1)")
    ''
    """
    text = text.strip()
    return quote(text, safe="%:/?#[]@!$&'()*+,;=~") if re.match(r"https?://[^/\s]", text) else ""


def in_english(ends: Sequence[float], unit: Mapping[str, Any], digits: int | None = None) -> str:
    """A number, or a range by its two ends, in the base unit of ``unit`` and named in English; of things the number alone.

    Args:
        ends: in the unit; one or two.
        unit: a row of ``units.csv``.
        digits: how many significant digits amounts in words of scale, and areas turned from mu, keep; all if left out.
    """
    factor = float(unit["factor"])
    base = [_exactly(end, factor) for end in ends]
    if unit["dimension"] in ("money", "money_per_person"):
        written = [scaled(value, digits) for value in base]
        scale = written[-1].partition(NBSP)[2]
        if len(written) == 2 and written[0].endswith(scale):  # one word of scale serves both ends
            written[0] = written[0].removesuffix(f"{NBSP}{scale}")
        return f"CNY{NBSP}" + (written[0] if len(written) == 1 else number_range(*written))
    if digits is not None and not factor.is_integer():
        base = [significant(value, digits) for value in base]
    return _ends(base) + UNIT_SYMBOLS.get(unit["base_unit"], "")


def english_forms(ends: Sequence[float], unit: Mapping[str, Any]) -> list[str]:
    """The ways in which an English sentence may write a figure, the fullest first, with plain spaces.

    The unit of what is no money may be part of a name, as in the 10-Minute Circle, so that its number alone will do.

    Args:
        ends: in the unit; one or two.
        unit: a row of ``units.csv``.
    """
    if unit["dimension"] in ("percent", "share"):
        return [f"{ends[0]:g}%"]
    forms = [in_english(ends, unit, digits).replace(NBSP, " ") for digits in (None, IN_PROSE)]
    if not unit["dimension"].startswith("money"):
        forms += ["zero" if form == "0" else form.split(" ")[0] for form in forms]
    return forms


def english_pattern(form: str) -> str:
    """The regular expression of one of :func:`english_forms` that is no part of a longer number, whatever its spaces are."""
    return rf"(?<![\d.,]){re.escape(form)}(?!\d|[.,]\d)".replace(r"\ ", rf"[ {NBSP}]")


def in_yuan(ends: Sequence[str], unit_zh: str) -> str:
    """A computed amount for a sentence: ``CNY 96.8–97.8 billion (968–978亿元)``, in the Chinese edition ``968～978亿元``.

    Args:
        ends: as written in the unit; one or two.
        unit_zh: 亿元 or 万元.
    """
    chinese = (ends[0] if len(ends) == 1 else number_range(*ends)) + unit_zh
    if LANGUAGE == "zh":
        return chinese
    values = [float(end.replace(",", "").replace(MINUS, "-")) for end in ends]
    return f"{in_english(values, units_by_name()[unit_zh], IN_PROSE)} ({chinese})"


def _exactly(value: float, factor: float) -> float:
    """The product as decimals: of floats, 1.9 times 10,000 need not be 19,000."""
    return float(Decimal(repr(float(value))) * Decimal(repr(float(factor))))


def _ends(values: Sequence[float]) -> str:
    written = [plain(value) for value in values]
    return written[0] if len(written) == 1 else number_range(*written)


@lru_cache(maxsize=1)
def units_by_name() -> dict[str, Row]:
    """The units by their Chinese name; of several with the same name the first."""
    of_the_report = {row["unit_zh"]: row for row in reversed(list(load_tables()["units"]))}
    return of_the_report | {
        "平方公里": {"dimension": "area", "base_unit": "sqkm", "factor": 1},
        "万亿元": {"dimension": "money", "base_unit": "cny", "factor": 1e12},
    }


def base_unit_zh(unit: Mapping[str, Any]) -> str:
    """The Chinese name of the base unit that values in this unit lead to: 元 for 亿元, 件 for 万件, 米 for 公里."""
    if float(unit["factor"]) == 1:
        return str(unit["unit_zh"])
    base = [
        row for row in load_tables()["units"] if row["base_unit"] == unit["base_unit"] and float(row["factor"]) == 1
    ]
    alike = [row for row in base if unit["unit_zh"].endswith(row["unit_zh"])]
    return str((alike or base)[0]["unit_zh"])


@lru_cache(maxsize=1)
def load_claims() -> dict[str, Claim]:
    """Every claim by its id.

    Raises:
        DataError: a table is wrong.
    """
    tables = load_tables()
    units: dict[str, Row] = {row["unit"]: row for row in tables["units"]}
    return {row["claim_id"]: Claim(for_readers("claims", row), units[row["unit"]]) for row in tables["claims"]}


@lru_cache(maxsize=1)
def load_facts() -> dict[str, Fact]:
    """Every fact from outside the report by its id.

    Raises:
        DataError: a table is wrong.
    """
    return {row["fact_id"]: Fact(for_readers("outcomes", row)) for row in load_tables()["outcomes"]}


@lru_cache(maxsize=1)
def load_context() -> dict[str, Fact]:
    """Every fact of context by its id: people, prices, standards, and the figures of city, province, nation and peers.

    Raises:
        DataError: a table is wrong.
    """
    return {row["context_id"]: Fact(for_readers("context", row)) for row in load_tables()["context"]}
