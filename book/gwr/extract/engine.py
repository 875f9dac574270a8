"""From text to rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from gwr.extract.frames import Outline, outline
from gwr.extract.indicators import Memory, name_of
from gwr.extract.kinds import direction, measure_of
from gwr.extract.model import Other, Quantity
from gwr.extract.normal import normalise
from gwr.extract.numbers import Number, numbers
from gwr.extract.periods import period_of
from gwr.extract.refusals import EXPLAINED, Context, Refusal, admitted, is_rank, is_structure, refusal
from gwr.extract.statuses import status_of
from gwr.extract.traps import set_aside

REACH = 160
"""How many characters to each side of a number the rules look at; it bounds the time a number takes."""

_LIST = re.compile(r"[、和与及,\ue000 ]+")
_RAISED = re.compile(r"(?:力争|确保|争取|并|努力|,| )*(?:达到|达|实现|突破)?")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(slots=True)
class Extraction:
    """What one text holds: its quantities, every numeral that is none, so that no digit is lost, and its outline.

    ``copy`` is the text as the rules read it, character for character (:mod:`gwr.extract.normal`).
    """

    text: str
    copy: str
    quantities: list[Quantity]
    others: list[Other]
    outline: Outline


def extract(text: str) -> Extraction:
    """Every quantity of a report, and every other numeral with the reason why it is none.

    Each run of Arabic digits stands in one of the two lists; Chinese numerals that are part of a word (统一, 一般) in neither.
    The time grows with the length of the text.
    """
    copy, marks = normalise(text)
    result = Extraction(text, copy, [], [], outline(copy))
    for found in _rows(text, copy, marks, result.outline):
        if isinstance(found, Quantity):
            result.quantities.append(found)
        else:
            result.others.append(found)
    result.others.sort(key=attrgetter("start"))
    return result


def iter_quantities(text: str) -> Iterator[Quantity | Other]:
    """The rows one by one, for texts of any size; the traps come first, then numbers in reading order."""
    copy, marks = normalise(text)
    yield from _rows(text, copy, marks, outline(copy))


def _rows(text: str, copy: str, marks: list[tuple[int, int]], plan: Outline) -> Iterator[Quantity | Other]:
    masked, traps = set_aside(copy)
    yield from (Other(start, end, text[start:end], "page_furniture", "footnote") for start, end in marks)
    for other in traps:
        other.text = text[other.start : other.end]
        yield other
    memory = Memory()
    for number in numbers(copy, masked, text):
        if _only_a_word(copy, number):
            continue
        context = _context(copy, number)
        why: Refusal | None = None
        ignored = number.words and admitted(number, context) is None
        if not ignored:
            why = EXPLAINED if plan.at(number.number_start).glossary else _refused(number, context)
        elif number.bare or number.kind != "none":
            why = refusal(number, context)
        if ignored or why is not None:
            if why is not None:
                words = text[number.number_start : number.number_end]
                yield Other(number.number_start, number.number_end, words, why.reason, why.name)
            if number.end == number.number_end:
                continue
            for digits in _DIGITS.finditer(copy, number.number_end, number.end):  # in brackets that were passed over
                yield Other(*digits.span(), text[digits.start() : digits.end()], "proper_name", "no_unit")
            continue
        yield _quantity(text, copy, number, context, plan, memory)


def _only_a_word(copy: str, number: Number) -> bool:
    """Whether a Chinese numeral is so plainly part of a word (统一, 一般) that no rule of :func:`admitted` need be asked.

    Without a unit those let in none but places in a ranking, after 第 or 前, and numerals before 大.
    """
    return (
        number.words
        and number.kind == "none"
        and not number.bare
        and number.end == number.number_end
        and copy[number.start - 1 : number.start] not in ("第", "前")
        and copy[number.unit_end : number.unit_end + 1] != "大"
    )


def _refused(number: Number, context: Context) -> Refusal | None:
    """The rule that refuses a number in digits, or one in words that was admitted."""
    if number.value != number.value or number.broken:
        return refusal(number, context)
    if number.kind in ("fraction", "zero") or is_rank(number, context) or is_structure(number, context):
        return None
    why = refusal(number, context)
    if why is not None and number.words and number.prefix and why.name in ("no_unit", "bare_size"):
        return None
    return why


def _context(copy: str, number: Number) -> Context:
    start = number.start if number.prefix or number.minus else number.number_start
    first = max(0, start - REACH)
    left = copy[max(first, copy.rfind("\n", first, start) + 1) : start]
    right = _to_line_end(copy, number.unit_end)
    behind = right if number.end == number.unit_end else _to_line_end(copy, number.end)
    return Context(left, left[-24:], right, behind)


def _to_line_end(copy: str, at: int) -> str:
    end = copy.find("\n", at, at + REACH)
    return copy[at : at + REACH if end < 0 else end]


def _quantity(text: str, copy: str, n: Number, c: Context, plan: Outline, memory: Memory) -> Quantity:
    frame = plan.at(n.number_start)
    sentence_left = copy[max(frame.start, n.start - 4 * REACH) : n.start]
    if memory.sentence != frame.start:
        memory.forget(frame.start)
    # The clause begins behind the last of these signs; 。!? and the end of a line end the sentence, and so its frame.
    left_clause = sentence_left[1 + max(sentence_left.rfind(","), sentence_left.rfind(";"), sentence_left.rfind(":")) :]
    clause = n.start - len(left_clause)
    moved = direction(n, c)
    measure = measure_of(n, c, frame, left_clause, moved)
    if _carries_on(n, copy, memory, measure):
        measure = memory.measure
        if not n.minus:  # each number has its own sign: 分别增长-0.2%和4%
            moved = "rise" if memory.minus else memory.moved
    status = status_of(n, c, frame, sentence_left, left_clause, measure)
    name = name_of(n, c, left_clause, measure, memory, clause)
    memory.measure, memory.moved, memory.unit, memory.minus = measure, moved, n.unit_zh, n.minus
    start = n.start
    if measure == "rank" and copy[start - 1 : start] in ("第", "前"):
        if copy[start - 1] == "前":
            n.comparator = "le"
        start -= 1
    return Quantity(
        start=start,
        end=n.end,
        text=text[start : n.end],
        value=n.value,
        value_high=n.value_high,
        unit_zh=n.unit_zh,
        comparator=n.comparator,
        measure=measure,
        indicator_zh=name,
        period=period_of(c, frame, measure, left_clause, sentence_left),
        status=status,
        section=frame.section,
        direction=moved if measure in ("growth_rate", "change") else "negative" if n.minus else "",
        number_start=n.number_start,
        number_end=n.number_end,
        base_value=_rounded(n.value * n.factor),
        base_unit=n.unit.base if n.unit_zh or n.kind not in ("fraction",) else "percent",
    )


def _rounded(amount: float) -> float:
    """The amount with twelve digits, so that 1.1亿 is 110000000 and not a hair more."""
    return amount if amount < 1e12 and amount.is_integer() else float(f"{amount:.12g}")


def _carries_on(n: Number, copy: str, memory: Memory, measure: str) -> bool:
    """Whether the number only continues the one before it: 增长8.7%、9.8%, or 增长8%,力争达到8.5%."""
    same = memory.unit == n.unit_zh or {memory.unit, n.unit_zh} == {"%", "倍"}
    if memory.last_end < 0 or not same or memory.measure not in ("growth_rate", "change"):
        return False
    between = copy[memory.last_end : n.start]
    if len(between) <= 4 and _LIST.fullmatch(between):
        return True
    return measure == "share" and bool(_RAISED.fullmatch(between))
