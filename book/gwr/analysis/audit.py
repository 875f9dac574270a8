"""The audit: whether the report's figures agree with each other, on which reading, and by how much not.

A check is a small pure function of figures. It gives one or more readings; each reading is an interval,
computed from what rounding leaves of its inputs, and a relation that it has to satisfy. The verdict
follows from the readings alone, so a changed figure changes result and verdict. The checks are rows of
``data/checks.csv``; what they compute stands in :mod:`gwr.analysis.audit_checks`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from gwr.report.claims import Claim, Fact, load_claims, load_context, load_facts
from gwr.report.intervals import Interval, point, rounded_down, rounded_up
from gwr.words.language import translator
from gwr.words.number_format import with_minus

_ = translator(__name__)

FITS, CONDITION, APART, OPEN = "fits", "fits on a condition", "does not fit", "cannot be told"
VERDICTS = (FITS, CONDITION, APART, OPEN)
"""The codes of the verdicts, in English in every edition; :data:`VERDICT_NAMES` shows them."""

RELATIONS = ("=", "≤", "≥", "<", ">", "whole", "open")

TOPICS = (
    "Output and people",
    "Goals and targets",
    "Trade and industry",
    "Projects and investment",
    "Public money",
    "Schools, work, welfare",
    "Shares and lists",
    "Year beside years",
    "Beside city, province and nation",
    "Numbers as such",
)
"""The topics of the checks, in the order of the report; codes as in ``checks.csv``."""

# How a result is written: the size of the unit in base units, and the decimals of an exact result.
UNITS: dict[str, tuple[float, int]] = {
    "亿元": (1e8, 2),
    "万元": (1e4, 2),
    "%": (1.0, 2),
    "% a year": (1.0, 2),
    "points": (1.0, 2),
    "km²": (1e6, 3),
    "persons": (1.0, 0),
    "number": (1.0, 1),
    "years": (1.0, 0),
    "times": (1.0, 2),
}

_SLACK = 1e-9  # floating-point noise, relative to the larger number


@dataclass(frozen=True)
class Figure:
    """A number as a check uses it, in the base unit of its dimension.

    Attributes:
        id: of the claim (``c001``) or of the fact from outside the report (``f001``).
        value: as written.
        interval: what it stands for (:func:`gwr.report.claims.rounding_interval`).
        comparator: as in ``claims.csv``.
        names: how many members the quotation names before the number (南公、荷塘、叁合等3处: 3).
    """

    id: str
    value: float
    interval: Interval
    comparator: str = "eq"
    names: int = 0

    @property
    def allowed(self) -> Interval:
        """All values that the words allow: upwards from the number for *at least*, and so on."""
        if self.comparator in ("ge", "gt"):
            return Interval(self.value, math.inf)
        if self.comparator in ("le", "lt"):
            return Interval(-math.inf, self.value)
        return self.interval

    def as_written(self) -> Figure:
        """The same figure without any rounding: the interval is the number itself."""
        return replace(self, interval=point(self.value))

    def times(self, factor: float) -> Figure:
        """The figure that would stand here if the number were ``factor`` times as large."""
        return replace(self, value=self.value * factor, interval=self.interval * factor)

    @classmethod
    def of_claim(cls, claim: Claim) -> Figure:
        """The figure of a claim; depends on the claim's own row and its unit, on nothing else."""
        before = claim.row["quote"][: claim.row["number_start"] - claim.row["start"]]
        names = before.rstrip("等").count("、") + 1 if before else 0
        return cls(claim.id, claim.base_value, claim.interval, claim.comparator, names)

    @classmethod
    def of_fact(cls, fact: Fact) -> Figure:
        """The figure of a fact from outside the report.

        Raises:
            TypeError: the fact is no number.
        """
        return cls(fact.id, fact.value * fact.factor, fact.interval, fact.comparator)


@dataclass(frozen=True)
class Reading:
    """One way to read the figures, and what comes out.

    Attributes:
        words: what is compared with what.
        result: what the figures give.
        relation: how ``result`` has to stand to ``against``. ``=``: they can be equal; ``whole``: the result
            can be a whole number; ``open``: the report gives nothing to test this reading with.
        against: the other side; nothing for ``whole`` and ``open``.
        assumption: what one has to assume beyond the report's words; empty if nothing.
        unit: a key of :data:`UNITS`, if not that of the check.
    """

    words: str
    result: Interval
    relation: str
    against: Interval | None = None
    assumption: str = ""
    unit: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the relation holds for all values that rounding leaves, for none (False), or some (None).

        ``=`` and ``whole`` ask less: that some values agree.
        """
        if self.relation == "open":
            return None
        if self.relation == "whole":
            slack = _SLACK * max(1.0, abs(self.result.high))
            return math.floor(self.result.high + slack) >= math.ceil(self.result.low - slack)
        assert self.against is not None, "only 'open' and 'whole' have no other side"
        return _compare(self.result, self.relation, self.against)


def _compare(a: Interval, relation: str, b: Interval) -> bool | None:
    if relation in ("≥", ">"):
        return _compare(b, {"≥": "≤", ">": "<"}[relation], a)
    finite = [abs(end) for end in (a.low, a.high, b.low, b.high) if math.isfinite(end)]
    slack = _SLACK * max(finite, default=1.0)
    if relation == "=":
        return a.low <= b.high + slack and b.low <= a.high + slack
    if relation == "≤":
        return True if a.high <= b.low + slack else False if a.low > b.high + slack else None
    return True if a.high < b.low - slack else False if a.low >= b.high - slack else None


def verdict(readings: Sequence[Reading]) -> str:
    """The verdict that the readings come to.

    *fits*: the figures agree as they are written. *fits on a condition*: they agree on a reading that
    assumes something the report does not say. *does not fit*: they agree on no reading that can be
    computed. *cannot be told*: rounding, or words such as *at least*, leave it open on some reading.
    """
    if any(reading.holds and not reading.assumption for reading in readings):
        return FITS
    if any(reading.holds for reading in readings):
        return CONDITION
    computed = {reading.holds for reading in readings if reading.relation != "open"}
    return APART if computed == {False} else OPEN


Function = Callable[..., Sequence[Reading]]


@dataclass(frozen=True)
class Check:
    """One question to the figures.

    Attributes:
        id: permanent: ``a001``.
        name: a few words for lists, with hyphens between them in English.
        topic: a code of :data:`TOPICS`; as ``kind`` and the verdicts it is English everywhere, for comparisons.
        kind: a code; ``datapackage.json`` says what each means.
        inputs: ids of claims and of facts; the figures come to ``function`` in this order.
        formula: what the function computes, in words and signs.
        unit: in which results are shown, a key of :data:`UNITS`.
        comment: what a fair reader bears in mind, whatever the verdict is.
    """

    id: str
    name: str
    topic: str
    kind: str
    question: str
    inputs: tuple[str, ...]
    formula: str
    unit: str
    comment: str
    function: Function

    @property
    def outside(self) -> tuple[str, ...]:
        """The inputs that are not from the report."""
        return tuple(name for name in self.inputs if not name.startswith("c"))

    def run(self, figures: Mapping[str, Figure]) -> Finding:
        """What the figures come to.

        Raises:
            KeyError: an input is missing.
        """
        return Finding(self, tuple(self.function(*(figures[name] for name in self.inputs))))


@dataclass(frozen=True)
class Finding:
    """The outcome of a check."""

    check: Check
    readings: tuple[Reading, ...]

    @cached_property
    def verdict(self) -> str:
        """What all readings together say, see :func:`verdict`."""
        return verdict(self.readings)

    @property
    def deciding(self) -> Reading:
        """The reading that the verdict rests on: the first that holds, else the first."""
        held = [reading for reading in self.readings if reading.holds]
        plain = [reading for reading in held if not reading.assumption]
        return (plain or held or list(self.readings))[0]

    @property
    def result(self) -> Interval:
        """What the first reading, the nearest to the words of the report, gives."""
        return self.readings[0].result

    @property
    def number(self) -> str:
        """What the deciding reading gives, in its unit and without it: ``412,391 to 412,649``."""
        return show(self.deciding.result, self.deciding.unit or self.check.unit)

    @property
    def results(self) -> tuple[str, ...]:
        """What each reading gives, as :attr:`number`."""
        return tuple(show(one.result, one.unit or self.check.unit) for one in self.readings)

    @property
    def limits(self) -> tuple[str, ...]:
        """What each reading is held against, as :attr:`number`; a dash where there is nothing."""
        return tuple(show(one.against, one.unit or self.check.unit) if one.against else "–" for one in self.readings)

    @property
    def verdict_name(self) -> str:
        """The verdict as readers see it."""
        return VERDICT_NAMES[self.verdict]

    @property
    def assumption(self) -> str:
        """What has to be assumed; where the figures do not fit, what might explain it but cannot be computed."""
        if self.verdict == FITS:
            return ""
        if self.verdict == CONDITION:
            return self.deciding.assumption
        return _("; ").join(reading.assumption for reading in self.readings if reading.assumption)

    def shown(self, reading: Reading | None = None) -> str:
        """A reading (the first if left out) in its unit: ``412,391 to 412,648 persons < 446,891``."""
        reading = reading or self.readings[0]
        unit = reading.unit or self.check.unit
        result = show(reading.result, unit)
        if unit != "number":
            result = _("{result} {unit}").format(result=result, unit=UNIT_NAMES[unit])
        if reading.relation == "whole":
            if reading.holds:
                return _("{result}, holds a whole number").format(result=result)
            return _("{result}, does not hold a whole number").format(result=result)
        if reading.against is None:
            return result
        words, sign = _outcome(reading)
        return words.format(result=result, sign=sign, against=show(reading.against, unit))


VERDICT_NAMES = {
    FITS: _("fits"),
    CONDITION: _("fits on a condition"),
    APART: _("does not fit"),
    OPEN: _("cannot be told"),
}
"""The verdicts as readers see them."""

UNIT_NAMES = {
    "亿元": "亿元",
    "万元": "万元",
    "%": "%",
    "% a year": _("% a year"),
    "points": _("points"),
    "km²": _("km²"),
    "persons": _("persons"),
    "years": _("years"),
    "times": _("times"),
}
"""The units of :data:`UNITS` as readers see them; a number has none."""

_OPPOSITE = {"≤": ">", "≥": "<", "<": "≥", ">": "≤"}


def _outcome(reading: Reading) -> tuple[str, str]:
    """How the outcome of a comparison is written, with fields for result, sign and the other side; and the sign."""
    if reading.relation == "=":
        return _("{result} fits {against}") if reading.holds else _("{result} does not fit {against}"), ""
    if reading.holds is None:
        return _("{result} may or may not be {sign} {against}"), reading.relation
    return "{result} {sign} {against}", reading.relation if reading.holds else _OPPOSITE[reading.relation]


def show(interval: Interval, unit: str) -> str:
    """An interval in a unit of :data:`UNITS`, its ends rounded outwards, with one more decimal if it is narrow."""
    size, decimals = UNITS[unit]
    low, high = interval.low / size, interval.high / size
    width = high - low
    if _SLACK * max(1.0, abs(low)) < width < math.inf:
        decimals = min(decimals + 1, max(decimals, 1 - math.floor(math.log10(width))))
    if math.isinf(high):
        least = _number(rounded_down(low, decimals), decimals)
        return _("{number} or more").format(number=least) if math.isfinite(low) else _("anything")
    if math.isinf(low):
        return _("{number} or less").format(number=_number(rounded_up(high, decimals), decimals))
    if (one := _number(low, decimals)) == _number(high, decimals):
        return one
    ends = (_number(rounded_down(low, decimals), decimals), _number(rounded_up(high, decimals), decimals))
    return _("{low} to {high}").format(low=ends[0], high=ends[1])


def _number(value: float, decimals: int) -> str:
    text = f"{value + 0.0:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return with_minus(text)


@lru_cache(maxsize=1)
def load_figures() -> Mapping[str, Figure]:
    """Every claim, every numeric fact from outside and every fact of context as a figure.

    Raises:
        DataError: a table is wrong.
    """
    figures = {claim.id: Figure.of_claim(claim) for claim in load_claims().values()}
    facts = [*load_facts().values(), *load_context().values()]
    return figures | {fact.id: Figure.of_fact(fact) for fact in facts if fact.row["value"] not in (None, "")}


def audit(checks: Iterable[Check], figures: Mapping[str, Figure] | None = None) -> list[Finding]:
    """Runs checks on these figures or, if left out, on the book's own.

    Raises:
        KeyError: a figure that a check needs is missing.
    """
    figures = figures or load_figures()
    return [check.run(figures) for check in checks]
