"""The audit: whether the report's figures agree with each other, on which reading, and by how much not.

A check is a small pure function of figures. It gives one or more readings; each reading is an interval,
computed from what rounding leaves of its inputs, and a relation that it has to satisfy. The verdict
follows from the readings alone, so a changed figure changes result and verdict. The checks themselves
stand in :mod:`gwr.analysis.audit_checks`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

from gwr.report.claims import Claim, Fact, load_claims, load_facts
from gwr.report.intervals import Interval
from gwr.words.language import translator

_ = translator(__name__)

CONSISTENT, ASSUMED, TENSION, OPEN = "consistent", "needs an assumption", "tension", "cannot tell"
VERDICTS = (CONSISTENT, ASSUMED, TENSION, OPEN)
"""The codes of the verdicts, in English in every edition; :func:`gwr.show.audit_view.named` shows them."""

RELATIONS = ("=", "≤", "≥", "<", ">", "whole", "open")
KINDS = {
    "identity": _("two routes to one quantity"),
    "bound": _("a limit that must hold"),
    "part": _("a part and its whole"),
    "pace": _("a plan or a rate beside what was reached"),
    "counting": _("shares of things that can be counted"),
    "list": _("names and the number beside them"),
}
TOPICS = (
    "Output and people",
    "Goals and targets",
    "Trade and industry",
    "Projects and investment",
    "Public money",
    "City programmes",
    "Schools, work, welfare",
    "Shares and lists",
)

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
}

_FACT_UNITS = {"亿元": 1e8, "万亿元": 1e12, "平方公里": 1e6, "万人": 1e4}  # all others are base units
_COUNTED = {"things", "persons", "events"}
_SLACK = 1e-9  # floating-point noise, relative to the larger number


@dataclass(frozen=True)
class Figure:
    """A number as a check uses it, in the base unit of its dimension.

    Attributes:
        id: of the claim (``c001``) or of the fact from outside the report (``f001``).
        value: as written.
        interval: what it may have been before rounding. Counts and targets are exact: nobody rounded them.
        comparator: as in ``claims.csv``.
        step: one unit of the last digit written; ``about`` is read as one step up or down.
        names: how many members the quotation names before the number (南公、荷塘、叁合等3处: 3).
    """

    id: str
    value: float
    interval: Interval
    comparator: str = "eq"
    step: float = 0.0
    names: int = 0

    @property
    def allowed(self) -> Interval:
        """All values that the words allow: upwards from the number for *at least*, and so on."""
        if self.comparator in ("ge", "gt"):
            return Interval(self.value, math.inf)
        if self.comparator in ("le", "lt"):
            return Interval(-math.inf, self.value)
        if self.comparator == "about":
            return Interval(self.value - self.step, self.value + self.step)
        return self.interval

    def as_written(self) -> Figure:
        """The same figure without any rounding: the interval is the number itself."""
        return replace(self, interval=Interval(self.value, self.value), step=0.0)

    def times(self, factor: float) -> Figure:
        """The figure that would stand here if the number were ``factor`` times as large."""
        low, high = sorted((self.interval.low * factor, self.interval.high * factor))
        return replace(self, value=self.value * factor, interval=Interval(low, high))

    @classmethod
    def of_claim(cls, claim: Claim) -> Figure:
        """The figure of a claim; depends on the claim's own row and its unit, on nothing else."""
        row, factor = claim.row, float(claim.unit["factor"])
        before = row["quote"][: row["number_start"] - row["start"]]
        written = row["quote"][len(before) :][: row["number_end"] - row["number_start"]]
        counted = claim.unit["dimension"] in _COUNTED and factor == 1
        set_not_measured = row["status"] in ("target", "plan")
        exact = counted or set_not_measured or row["measure"] == "rank" or not written.replace(".", "", 1).isascii()
        step = 10.0 ** -len(written.partition(".")[2]) * factor
        value, half = claim.base_value, 0.0 if exact else step / 2
        high = value if row["value_high"] is None else float(row["value_high"]) * factor
        names = before.rstrip("等").count("、") + 1 if before else 0
        return cls(claim.id, value, Interval(value - half, high + half), row["comparator"], step, names)

    @classmethod
    def of_fact(cls, fact: Fact) -> Figure:
        """The figure of a fact from outside the report.

        Raises:
            TypeError: the fact is no number.
        """
        unit = str(fact.row["unit_zh"])
        factor = _FACT_UNITS.get(unit, 1.0)
        step = 10.0 ** -len(repr(fact.value).removesuffix(".0").partition(".")[2])
        rounded = unit in ("%", *_FACT_UNITS)
        value, half = fact.value * factor, step * factor / 2 if rounded else 0.0
        return cls(
            fact.id,
            value,
            Interval(value - half, value + half),
            fact.row["comparator"] or "eq",
            step * factor,
        )


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

    *consistent*: the figures agree as they are written. *needs an assumption*: they agree on a reading
    that assumes something the report does not say. *tension*: they agree on no reading that can be
    computed. *cannot tell*: rounding, or words such as *at least*, leave it open on some reading.
    """
    if any(reading.holds and not reading.assumption for reading in readings):
        return CONSISTENT
    if any(reading.holds for reading in readings):
        return ASSUMED
    computed = {reading.holds for reading in readings if reading.relation != "open"}
    return TENSION if computed == {False} else OPEN


Function = Callable[..., Sequence[Reading]]


@dataclass(frozen=True)
class Check:
    """One question to the figures.

    Attributes:
        id: permanent: ``a001``.
        name: a few words for lists, with hyphens between them in English.
        topic: a code of :data:`TOPICS`; as ``kind`` and the verdicts it is English everywhere, for comparisons.
        kind: a code of :data:`KINDS`.
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
        return tuple(name for name in self.inputs if name.startswith("f"))

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
    def assumption(self) -> str:
        """What has to be assumed; for a tension, what might explain it but cannot be computed."""
        if self.verdict == CONSISTENT:
            return ""
        if self.verdict == ASSUMED:
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


UNIT_NAMES = {
    "亿元": "亿元",
    "万元": "万元",
    "%": "%",
    "% a year": _("% a year"),
    "points": _("points"),
    "km²": _("km²"),
    "persons": _("persons"),
    "years": _("years"),
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
    """An interval in a unit of :data:`UNITS`, with one more decimal if it is narrow."""
    size, decimals = UNITS[unit]
    low, high = interval.low / size, interval.high / size
    width = high - low
    if _SLACK * max(1.0, abs(low)) < width < math.inf:
        decimals = min(decimals + 1, max(decimals, 1 - math.floor(math.log10(width))))
    if math.isinf(high):
        return _("{number} or more").format(number=_number(low, decimals)) if math.isfinite(low) else _("anything")
    if math.isinf(low):
        return _("{number} or less").format(number=_number(high, decimals))
    ends = _number(low, decimals), _number(high, decimals)
    return ends[0] if ends[0] == ends[1] else _("{low} to {high}").format(low=ends[0], high=ends[1])


def _number(value: float, decimals: int) -> str:
    text = f"{value + 0.0:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


REGISTRY: list[Check] = []
"""Every check, in the order of the ids."""


def check(
    id: str,
    name: str,
    topic: str,
    kind: str,
    question: str,
    inputs: str,
    formula: str,
    unit: str,
    comment: str,
) -> Callable[[Function], Function]:
    """Registers a function of figures as a check; ``inputs`` are ids with spaces between them.

    Raises:
        ValueError: the id or the name is taken, ids are out of order, or topic, kind or unit is unknown.
    """
    if (REGISTRY and id <= REGISTRY[-1].id) or name in {known.name for known in REGISTRY}:
        raise ValueError(f"check {id} {name!r}: id or name is taken, or the ids are not in order")
    if topic not in TOPICS or kind not in KINDS or unit not in UNITS:
        raise ValueError(f"check {id}: unknown topic {topic!r}, kind {kind!r} or unit {unit!r}")

    def register(function: Function) -> Function:
        REGISTRY.append(Check(id, name, topic, kind, question, tuple(inputs.split()), formula, unit, comment, function))
        return function

    return register


def spread(function: Callable[..., float], *inputs: Interval) -> Interval:
    """The interval of a function that is monotonic in each input: its extremes lie at the corners.

    Unlike a chain of interval operations this is exact when an input occurs twice in the formula.
    """
    ends = [function(*corner) for corner in product(*((i.low, i.high) for i in inputs))]
    return Interval(min(ends), max(ends))


def annual(start: Interval, end: Interval, years: float) -> Interval:
    """The growth in percent a year that leads from ``start`` to ``end``."""
    return ((end / start) ** (1 / years) - 1) * 100


def quotient(over: Interval, under: Interval) -> Interval:
    """The quotient of two positive intervals of which both may be open upwards."""
    return Interval(over.low / under.high, math.inf if math.isinf(over.high) else over.high / under.low)


def point(value: float) -> Interval:
    """A number that is exact."""
    return Interval(value, value)


# -- checks that fit any report: each returns a function for `check` -------------------------------


def part_of_whole(assumption: str = "") -> Function:
    """(part, whole): the part is at most the whole; the result is its share in percent."""

    def function(part: Figure, whole: Figure) -> list[Reading]:
        share = part.interval / whole.interval * 100
        return [Reading(_("the part, in percent of the whole"), share, "≤", point(100), assumption)]

    return function


def parts_of_whole(assumption: str = "") -> Function:
    """(part, …, whole): the parts together are at most the whole."""

    def function(*figures: Figure) -> list[Reading]:
        *parts, whole = figures
        share = sum((part.interval for part in parts), start=point(0)) / whole.interval * 100
        return [Reading(_("the parts together, in percent of the whole"), share, "≤", point(100), assumption)]

    return function


def sum_equals(assumption: str = "") -> Function:
    """(part, …, whole): the parts add up to the whole."""

    def function(*figures: Figure) -> list[Reading]:
        *parts, whole = figures
        total = sum((part.interval for part in parts), start=point(0))
        return [Reading(_("the sum of the parts, and the whole"), total, "=", whole.allowed, assumption)]

    return function


def same(assumption: str = "") -> Function:
    """(one, other): two statements of one quantity agree."""

    def function(one: Figure, other: Figure) -> list[Reading]:
        return [Reading(_("the two figures"), one.allowed, "=", other.allowed, assumption)]

    return function


def target_not_below(assumption: str = "", open_question: str = "") -> Function:
    """(target, reached): at least as much is promised as was reached; the result is target ÷ reached.

    A target of *at least* counts with its minimum, because no more than that is promised.
    """

    def function(target: Figure, reached: Figure) -> list[Reading]:
        percent = target.interval / reached.interval * 100
        words = _("what is promised, in percent of what was reached")
        readings = [Reading(words, percent, "≥", point(100), assumption)]
        if open_question:
            readings.append(Reading(_("not computed"), percent, "open", None, open_question))
        return readings

    return function


def rate_not_below(open_question: str) -> Function:
    """(target rate, past rate): the rate aimed at is at least the rate just reached."""

    def function(target: Figure, past: Figure) -> list[Reading]:
        gap = target.interval - past.interval
        return [
            Reading(_("the target rate less the rate reached"), gap, "≥", point(0)),
            Reading(_("not computed"), gap, "open", None, open_question),
        ]

    return function


def pace_kept(years: int, open_question: str) -> Function:
    """(plan for a year, total of ``years``): the plan is at least the yearly mean."""

    def function(plan: Figure, total: Figure) -> list[Reading]:
        percent = plan.interval / (total.interval / years) * 100
        return [
            Reading(_("the plan, in percent of the yearly mean"), percent, "≥", point(100)),
            Reading(_("not computed"), percent, "open", None, open_question),
        ]

    return function


def share_of_count(assumption: str = "") -> Function:
    """(share in percent, number of things): some whole number of things gives this share."""

    def function(share: Figure, number: Figure) -> list[Reading]:
        things = share.interval * number.interval / 100
        return [Reading(_("how many things the share means"), things, "whole", None, assumption)]

    return function


def rounding_hides_none(exact_reading: str) -> Function:
    """(share of 100 %, number of things): rounding to 100 % cannot hide even one exception."""

    def function(share: Figure, number: Figure) -> list[Reading]:
        exact = number.interval * (100 - share.value) / 100
        most = (number.interval * (100 - share.interval.low) / 100).high
        hidden = Interval(exact.low, max(exact.high, most))
        return [
            Reading(_("exceptions that the rounded share leaves room for"), hidden, "<", point(1)),
            Reading(_("exceptions if the share is exact"), exact, "<", point(1), exact_reading),
        ]

    return function


def names_within() -> Function:
    """(number of a group whose quotation names members): no more are named than counted."""

    def function(group: Figure) -> list[Reading]:
        return [Reading(_("members named, and members counted"), point(group.names), "≤", group.interval)]

    return function


# -- running ----------------------------------------------------------------


def checks() -> list[Check]:
    """Every check of this report, in the order of the ids."""
    import gwr.analysis.audit_checks  # noqa: F401  (registers them)

    return REGISTRY


@lru_cache(maxsize=1)
def load_figures() -> Mapping[str, Figure]:
    """Every claim and every numeric fact of the book as a figure.

    Raises:
        DataError: a table is wrong.
    """
    figures = {claim.id: Figure.of_claim(claim) for claim in load_claims().values()}
    numeric = (fact for fact in load_facts().values() if fact.row["value"] not in (None, ""))
    return figures | {fact.id: Figure.of_fact(fact) for fact in numeric}


def audit(figures: Mapping[str, Figure] | None = None, ids: Iterable[str] = ()) -> list[Finding]:
    """Runs all checks, or those named, on these figures or on the book's own.

    Raises:
        KeyError: a figure that a check needs is missing.
    """
    figures, wanted = figures or load_figures(), set(ids)
    return [one.run(figures) for one in checks() if not wanted or one.id in wanted]
