"""The years that a number speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gwr.extract.frames import REVIEW, TERM, Frame
from gwr.extract.kinds import OVER_YEARS, from_to
from gwr.extract.refusals import Context

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(以来)?")
_BASE_YEAR = re.compile(r"(?:比|较|是|与|相当于|恢复到|达到|占)$")
_COMPARED = re.compile(r"(?:与|比|较)((?:19|20)[0-9]{2})年")
_GROWN = re.compile(
    r"(?:是|为|比|较|相当于)(?:((?:19|20)[0-9]{2})年|“?(八|九|十[一二三四]?)五”?)[ \ue000]?(?:时期|期间|期末|期|末|底)*的?[^,。;]{0,16}$"
)
_YEAR_OPENS = re.compile(r"[,;](?:其中,?)?(?:19|20)[0-9]{2}年[底末]?(?=[,全我])")
_PLANS = {"八": 1995, "九": 2000, "十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025}
"""The last year of each national five-year plan."""
_YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年)(?:同期)?的?$")
_DECADE = re.compile(r"(?<![0-9零一二三四五六七八九几数])十年(?:来|间|前|增|接近|下降|累计|(?=[0-9]))")
_HELD = re.compile(r"保持|稳定|始终|每年|占(?!比|[^,。;]*比重)")
_ALL_YEARS = re.compile(r"(?:年均|每年|连年|保持在|稳定在|控制在)(?![^,。;]*[0-9])")
_SOME_YEARS = re.compile(r"([五四三])年")
_LENGTH = {"三": 3, "四": 4, "五": 5}


@dataclass(slots=True)
class Place:
    """What the years of a number depend on.

    Attributes:
        c: the words around it.
        frame: what its sentence speaks of.
        measure: its measure.
        left_clause, sentence_left: the words before it from the beginning of the clause and of the sentence.
        end: ``from`` or ``to`` for an end of a change from one value to another.
        compared: the year with which the sentence compares.
    """

    c: Context
    frame: Frame
    measure: str
    left_clause: str
    sentence_left: str
    end: str
    compared: int | None

    @property
    def stated(self) -> tuple[int, bool] | None:
        """The year that the clause, or the beginning of the sentence, names, and whether 以来 follows."""
        if "年" not in self.sentence_left:
            return None
        if (found := _stated_year(self.left_clause)) or self.end == "from":
            return found
        return _stated_year(_opening(self.sentence_left))

    @property
    def together(self) -> int | None:
        """Over how many years a sum runs: 三年累计."""
        if self.measure != "cumulative" and not (self.measure == "change" and OVER_YEARS.match(self.left_clause)):
            return None
        found = _SOME_YEARS.search(self.left_clause)
        return _LENGTH[found[1]] if found else None


def period_of(c: Context, frame: Frame, measure: str, left_clause: str, sentence_left: str) -> str:
    """The years that a number speaks of: those of its frame, unless the words say otherwise.

    The arguments are the first of :class:`Place`. Returns ``2021`` or ``2017-2021``, or nothing where no year is known.
    """
    if frame.side != REVIEW:
        return _span(frame.first if frame.span == TERM else frame.last, frame.last) if frame.last is not None else ""
    compared = _COMPARED.search(sentence_left) if "年" in sentence_left else None
    place = Place(c, frame, measure, left_clause, sentence_left, from_to(c), int(compared[1]) if compared else None)
    for question in STATED:
        if (years := question(place)) is not None:
            return years
    if frame.last is None:
        return ""
    for follows in REVIEWED:
        if (years := follows(place, frame.last)) is not None:
            return years
    return str(frame.last)


def _from_a_year(place: Place) -> str | None:
    """与2016年相比,从10家增加到…: the start value is of the year compared with."""
    return str(place.compared) if place.compared is not None and place.end == "from" else None


def _yearly_since(place: Place) -> str | None:
    """比2016年年均增长…"""
    if place.compared is None or place.measure != "growth_rate" or "年均" not in place.left_clause:
        return None
    return _span(place.compared + 1, place.frame.last) if place.frame.last is not None else None


def _grown(place: Place) -> str | None:
    """是2016年的2倍, 年均增长 in a review of a term."""
    if place.measure != "growth_rate" or place.frame.last is None:
        return None
    first = _grown_since(place.left_clause, place.sentence_left, place.frame)
    return _span(first, place.frame.last) if first else None


def _of_ten_years(place: Place) -> str | None:
    """十年增加近70万亿元、年均增长6.2%"""
    if place.frame.last is None or "十年" not in place.left_clause or not _DECADE.search(place.left_clause + "0"):
        return None
    return _span(place.frame.last - 9, place.frame.last)


def _stated(place: Place) -> str | None:
    """2018年引进…, 2018年以来建成…"""
    stated = place.stated
    if stated is None or place.together is not None:
        return None
    year, since = stated
    if not since:
        return str(year)
    return _span(year, place.frame.last) if place.frame.last is not None else None


def _start_value(place: Place, last: int) -> str | None:
    """The start of a change is of the year before the frame."""
    if place.end != "from":
        return None
    return str(place.frame.first - 1 if place.frame.first is not None else last)


def _year_before(place: Place, last: int) -> str | None:
    """上年的…"""
    return str(last - 1) if "年" in place.c.near and _YEAR_BEFORE.search(place.c.near) else None


def _two_years(place: Place, last: int) -> str | None:
    """两年平均增长…"""
    words = place.left_clause
    return _span(last - 1, last) if "两年平均" in words or "两年累计" in words else None


def _of_a_term(place: Place, last: int) -> str | None:
    """In a review of several years a state is that of the last one, a sum and a rate are of all."""
    if place.frame.span != TERM:
        return None
    if place.end == "to" or (
        place.measure in ("level", "count", "rank", "count_in_name") and not _ALL_YEARS.search(place.left_clause)
    ):
        return str(last)
    if place.measure == "share" and not _HELD.search(place.left_clause):
        return str(last)
    return _span(place.frame.first, last)


def _summed(place: Place, last: int) -> str | None:
    """五年解决…, in a part that speaks of one year."""
    together = place.together
    return _span(last + 1 - together, last) if together is not None else None


STATED: tuple[Callable[[Place], str | None], ...] = (
    _from_a_year, _yearly_since, _of_ten_years, _grown, _stated,
)  # fmt: skip
"""What the words themselves say, asked in this order."""
REVIEWED: tuple[Callable[[Place, int], str | None], ...] = (
    _start_value, _year_before, _two_years, _of_a_term, _summed,
)  # fmt: skip
"""What follows from the part of the report, whose last year is given; else it is of that year alone."""


def _grown_since(left_clause: str, sentence_left: str, frame: Frame) -> int | None:
    """The first of at least three years over which an amount has grown: 是2016年的2倍, or 年均 after it or in a review of a term."""
    found = _GROWN.search(left_clause)
    if found is None and "均" in left_clause:
        if frame.since is not None:
            return frame.since
        found = next((f for c in reversed(re.split("[,;:]", sentence_left)) if (f := _GROWN.search(c))), None)
    if found is None or frame.last is None:
        return None
    first = 1 + (int(found[1]) if found[1] else _PLANS[found[2]])
    return first if first <= frame.last - 2 else None


def _opening(sentence_left: str) -> str:
    """The beginning of the sentence, or of the last clause in it that a year opens: 年均增长18.6%,2006年,总产值…"""
    opened = _YEAR_OPENS.findall(sentence_left)
    return opened[-1] if opened else sentence_left[:12]


def _stated_year(words: str) -> tuple[int, bool] | None:
    """The last year named in the words that is no base of comparison, and whether 以来 follows."""
    found = None
    if "年" not in words:
        return None
    for match in _YEAR.finditer(words):
        if not _BASE_YEAR.search(words[: match.start()]):
            found = (int(match[1]), bool(match[2]))
    return found


def _span(first: int | None, last: int | None) -> str:
    if first is None or last is None or first == last:
        return str(last if last is not None else first or "")
    return f"{first}-{last}"
