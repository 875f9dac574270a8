"""What can be asked of any report's table: targets beside actuals, checks of the arithmetic, comparison with another report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gwr.extract.model import Quantity
from gwr.extract.units import COUNTS, load_units
from gwr.words.language import translator

_ = translator(__name__)

FACTS = ("actual", "expected")
AIMS = ("target", "plan")

_OPENING = re.compile(r"^(?:新增|新建|引进|新改扩建|新引进|新培育|改造|建成|城市)")


@dataclass(frozen=True, slots=True)
class Pair:
    """An aim of the plan with what the review says of the same indicator, in the same unit."""

    indicator_zh: str
    actual: Quantity
    target: Quantity
    exact: bool  # whether the names are the same word for word


@dataclass(frozen=True, slots=True)
class Oddity:
    """What a check found: its name, the numbers concerned, and what is odd about them."""

    check: str
    quantities: tuple[Quantity, ...]
    words: str


def core(name: str) -> str:
    """A name without quotation marks, signs and the verb of adding, to find it again elsewhere."""
    return _OPENING.sub("", re.sub(r"[^\w]", "", name)) or name


def pairs(quantities: Sequence[Quantity]) -> list[Pair]:
    """Each aim with the latest fact of the same indicator, measure and kind of unit; exact names before near ones."""
    facts = [q for q in quantities if q.status in FACTS and q.measure in ("level", "count", "share", "growth_rate")]
    found = []
    for aim in quantities:
        if aim.status not in AIMS or not aim.indicator_zh:
            continue
        same = [f for f in facts if f.measure == aim.measure and f.base_unit == aim.base_unit and f.indicator_zh]
        exact = [f for f in same if f.indicator_zh == aim.indicator_zh]
        near = exact or [f for f in same if core(f.indicator_zh) == core(aim.indicator_zh)]
        if near:
            latest = max(f.period[-4:] for f in near)
            fact = next(f for f in near if f.period[-4:] == latest)
            found.append(Pair(aim.indicator_zh, fact, aim, bool(exact)))
    return found


def check(quantities: Sequence[Quantity]) -> list[Oddity]:
    """The checks that need nothing but the report itself. A finding is a question to the text, not an error shown."""
    return [
        *_two_values(quantities),
        *_above_hundred(quantities),
        *_sectors(quantities),
        *_steps(quantities),
        *_sums_of_growth(quantities),
    ]


def _two_values(quantities: Iterable[Quantity]) -> list[Oddity]:
    """The same indicator, period and unit with two values that differ."""
    seen: dict[tuple[str, ...], Quantity] = {}
    found = []
    for q in quantities:
        if q.measure not in ("level", "share", "growth_rate") or len(q.indicator_zh) < 4 or q.status not in FACTS:
            continue
        if q.measure == "share" and not q.unit_zh:
            continue  # the parts of 20:50:30
        key = (q.indicator_zh, q.measure, q.period, q.base_unit)
        first = seen.setdefault(key, q)
        if (
            first is not q
            and first.comparator == q.comparator == "eq"
            and abs(first.base_value - q.base_value) > 1e-9 * abs(q.base_value)
        ):
            words = _("{indicator}: {first} and {second}, both of {period}")
            found.append(
                Oddity(
                    _("two values"),
                    (first, q),
                    words.format(indicator=q.indicator_zh, first=first.text, second=q.text, period=q.period),
                )
            )
    return found


def _above_hundred(quantities: Iterable[Quantity]) -> list[Oddity]:
    """Shares above 100 per cent; rates of completion may be."""
    return [
        Oddity(_("share above 100%"), (q,), _("{indicator}: {text}").format(indicator=q.indicator_zh, text=q.text))
        for q in quantities
        if q.measure == "share" and q.unit_zh == "%" and q.value > 100 and "完成" not in q.indicator_zh
    ]


def _sectors(quantities: Sequence[Quantity]) -> list[Oddity]:
    """Three shares given as a proportion (20:50:30) that do not add up to 100."""
    found = []
    rows = [q for q in quantities if q.measure == "share" and not q.unit_zh and "比例" in q.indicator_zh + "结构"]
    for one, two, three in zip(rows, rows[1:], rows[2:], strict=False):
        if three.start - one.start < 24 and one.section == three.section:
            total = one.value + two.value + three.value
            if 90 < total < 110 and abs(total - 100) > 0.35:
                found.append(
                    Oddity(
                        _("shares of a whole"),
                        (one, two, three),
                        _("{parts} add up to {total:g}").format(
                            parts=f"{one.text}:{two.text}:{three.text}", total=total
                        ),
                    )
                )
    return found


def _steps(quantities: Sequence[Quantity]) -> list[Oddity]:
    """A rise or fall that the values beside it do not give: 209天, 比上年190天增加19天."""
    found = []
    for before, start, change in zip(quantities, quantities[1:], quantities[2:], strict=False):
        if change.measure != "change" or not before.base_unit == start.base_unit == change.base_unit:
            continue
        if change.start - before.end > 30 or before.period == start.period:
            continue
        real = before.base_value - start.base_value
        if abs(real - change.signed * change.base_value / (change.value or 1)) > 0.51 * abs(
            change.base_value / (change.value or 1)
        ):
            found.append(
                Oddity(
                    _("change between two values"),
                    (before, start, change),
                    _("{value} against {start}: {change}").format(
                        value=before.text, start=start.text, change=change.text
                    ),
                )
            )
    return found


def _sums_of_growth(quantities: Sequence[Quantity]) -> list[Oddity]:
    """From A to B with a yearly growth beside it that A and B do not give over three to six years."""
    found = []
    for start, end, rate in zip(quantities, quantities[1:], quantities[2:], strict=False):
        if (
            rate.measure != "growth_rate"
            or rate.unit_zh != "%"
            or start.indicator_zh != end.indicator_zh
            or start.measure != "level"
        ):
            continue
        if (
            start.period == end.period
            or not (start.period.isdigit() and end.period.isdigit())
            or rate.start - end.end > 24
        ):
            continue
        years = int(end.period) - int(start.period)
        if not 2 <= years <= 10 or start.base_value <= 0 or end.base_value <= 0:
            continue
        yearly = ((end.base_value / start.base_value) ** (1 / years) - 1) * 100
        if abs(yearly - rate.signed) > 1.0:
            words = _(
                "{start} to {end} in {years} years is {yearly:.1f}% a year at current prices; the text says {rate}"
            ).format(start=start.text, end=end.text, years=years, yearly=yearly, rate=rate.text)
            found.append(Oddity(_("yearly growth"), (start, end, rate), words))
    return found


def profile(quantities: Sequence[Quantity], characters: int) -> dict[str, float]:
    """What kind of report it is, in numbers that do not depend on its size."""
    total = max(1, len(quantities))
    plans = [q for q in quantities if q.status in AIMS]
    known = load_units()
    return {
        "quantities": len(quantities),
        "per_1000_characters": 1000 * len(quantities) / max(1, characters),
        "share_plan": len(plans) / total,
        "share_with_comparator": sum(q.comparator != "eq" for q in quantities) / total,
        "plan_with_comparator": sum(q.comparator != "eq" for q in plans) / max(1, len(plans)),
        "share_counts": sum(
            q.measure in ("count", "cumulative")
            and (not q.unit_zh or known.get(q.unit_zh, None) is None or known[q.unit_zh].kind in COUNTS)
            for q in quantities
        )
        / total,
        "share_growth": sum(q.measure == "growth_rate" for q in quantities) / total,
        "falls": sum(q.direction == "fall" for q in quantities),
        "paired": len(pairs(quantities)) / max(1, len(plans)),
    }
