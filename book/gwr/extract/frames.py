"""The parts of a report: which section a sentence stands in, whether it reviews or plans, and of what years it speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from gwr.extract.normal import GAP

REVIEW, PLAN = "review", "plan"
YEAR, TERM = "year", "term"

_CN = "一二三四五六七八九十"
_LEVEL1 = re.compile(
    rf"[ {GAP}#*>]*(?:(?P<number>[{_CN}]{{1,3}})[、.,]|"
    rf"第(?P<part>[{_CN}]{{1,2}})部分)(?P<title>[^\n]{{0,80}})"
)
_LEVEL2 = re.compile(rf"[ {GAP}#*>]*\((?P<number>[{_CN}]{{1,3}})\)")
_PLAN_TITLE = re.compile(
    r"安排|任务|目标|部署|今后|未来|思路|总体要求|重点|打算|计划|奋斗|设想|自身建设|努力|工作要求|"
    r"建设.{0,6}政府|展望"
)
_REVIEW_TITLE = re.compile(r"回顾|总结|过去|成绩|成就|完成情况|[一两三四五]年来|工作情况")
_EITHER_TITLE = re.compile(r"主要工作|(?:19|20)[0-9]{2}年(?:政府)?工作$")
_WORK_TITLE = re.compile(r"工作|(?:19|20)[0-9]{2}年|今年|明年|下一步|意见|要点|举措|措施|政府")
_PART = re.compile(rf"(?m)^[ {GAP}#*>]*第[{_CN}]{{1,2}}部分")
_CUE_TITLE = re.compile(r"回顾|总结|安排|打算|部署|展望|主要任务|重点任务|工作任务")
_YEAR4 = re.compile(r"(?<![0-9到])((?:19|20)[0-9]{2})年(?!远景|以来)")
_TERM_WORDS = re.compile(
    rf"(?:过去|今后|未来|这)的?([{_CN}]?)年?五?年|[五四三]年来|五年|[本上新]一?届|届政府|"
    rf"“?十[一二三四五]五”?(?:时期|期间|末|发展)|规划"
)
_REVIEW_TERM = re.compile(
    r"过去的?(?P<a>[三四五])年|(?P<b>[三四五])年(?:来|间|以来)|以来的(?P<c>[三四五])年|"
    r"“十[一二三四五]五”(?:时期|期间)|本届政府|任期内|[是]我.{0,6}的(?P<d>[三四五])年"
)
_YEAR_BEGINS = re.compile(r"(?:即将过去|刚刚过去|过去)的?(?:20[0-9]{2}年|一年)|今年是|20[0-9]{2}年,?是")
_SINCE = re.compile(r"(?<![0-9])(20[0-9]{2})年以来")
_END_OF_PLAN = re.compile(r"十[一二三四五]?五”?(?:规划)?(?:末|期末)(?![^,。;]{0,3}[0-9])")
"""预计“十二五”末, …: what follows is of the last year of the plan."""
_REVIEW_YEAR = re.compile(r"一年来|过去的?一年|(?:19|20)[0-9]{2}年(?:是|,|以来|,|我|全|在)|今年以来|去年")
_PROBLEMS = re.compile(r"清醒地?看到|认识到|总结成绩的同时|肯定成绩的同时|存在的(?:主要)?问题|困难和(?:问题|挑战)")
_PLAN_TERM = re.compile(
    r"今后(?:的?)[三四五]年|未来[三四五]年|今后一个时期|到(20[0-9]{2})年|“十[一二三四五]五”(?:时期|"
    r"期间|末)"
)
_PLAN_YEAR = re.compile(r"今年|明年|新的一年|(?:19|20)[0-9]{2}年")
_FROM_NOW = re.compile(r"今年|明年|今后|下一步")
_INTENDS = re.compile(r"将|要|目标|计划|安排|力争")
_AIMS = re.compile(r"(?:预期|奋斗|主要)目标(?:是|为|:)")
_CUE_BODY = re.compile(r"回顾|打算|安排")
_COUNT = {"三": 3, "四": 4, "五": 5}
_GLOSSARY = re.compile(
    r"(?:附件?|《?(?:政府)?工作报告》?|中?的?(?:有关|相关|部分|主要)|内容|[0-9一二三:、. #*])*"
    r"(?:(?:名词|术语|用语|词语|词汇|缩略语)(?:名词)?(?:解释|注解|注释|说明|释义)|注释|注解)(?:[和及与].{0,6}说明|说明)?[::#* ]*"
)
"""The heading of the list that explains the terms of a report, at its end."""
_SENTENCE = re.compile(r"[^。!?\n]*[。!?\n]|[^。!?\n]+")


@dataclass(slots=True)
class Frame:
    """Where a sentence stands and what it speaks of.

    Attributes:
        start: where the sentence begins; it runs to the next one.
        section: ``part.number``: ``1.0`` before the first numbered heading of part one, ``1.3`` under （三）.
        side: ``review`` or ``plan``.
        span: ``year`` or ``term`` (several years).
        first, last: the years spoken of.
        line: where the line begins.
        heading: whether the line is a heading of a part.
        since: the first year of the term that the part looks back on, also where the sentence speaks of one year.
        glossary: whether it explains a term of the report.
    """

    start: int
    section: str
    side: str
    span: str
    first: int | None
    last: int | None
    line: int
    heading: bool = False
    since: int | None = None
    glossary: bool = False


NUMBERS, PARTS, LINES = "numbers", "parts", "lines"
"""What divides a report: 一、 二、, or 第一部分, or lines such as 2021年工作回顾 with 一、 二、 below them."""


@dataclass(slots=True)
class Outline:
    """The frames of a report in reading order, with the year it reviews and the year it plans."""

    review_year: int | None
    plan_year: int | None
    frames: list[Frame] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def at(self, offset: int) -> Frame:
        """The frame of the sentence that holds ``offset``."""
        return self.frames[max(0, bisect_right(self.starts, offset) - 1)]


def outline(copy: str) -> Outline:
    """The outline of a report from its normalised copy; a text without headings has one review section, ``0``."""
    result = Outline(*_years(copy))
    reader = _Reader(result, _top_level(copy))
    at = 0
    for line in copy.splitlines(keepends=True):
        reader.read_line(line, at)
        at += len(line)
    if not result.frames:
        result.frames.append(Frame(0, "0", REVIEW, YEAR, result.review_year, result.review_year, 0))
        result.starts.append(0)
    return result


@dataclass(slots=True)
class _Reader:
    """Reads the lines of a report one after another and remembers what part of it they stand in.

    Attributes:
        result: the outline, which it fills.
        top: which headings divide the report.
        section, part, sub: the section, its part and its number in the part.
        side, span: whether the part looks back or forward, and on a year or a term.
        term: how many years a term has.
        until: the last year of the term planned, where the text says it.
        plan_of_term: whether the heading of the plan speaks of several years alone.
        of_term: whether the part looks back on several years.
        numbered: whether the text has headings 一、 二、.
        in_tasks: whether we are inside the numbered tasks of a plan.
        tail: whether we are behind the last numbered section of a part.
        looked_back: whether a heading has looked back.
        glossary: whether the list that explains terms has begun.
    """

    result: Outline
    top: str
    section: str = "0"
    part: str = "0"
    sub: int = 0
    side: str = REVIEW
    span: str = YEAR
    term: int = 5
    until: int | None = None
    plan_of_term: bool = False
    of_term: bool = False
    numbered: bool = False
    in_tasks: bool = False
    tail: bool = False
    looked_back: bool = False
    glossary: bool = False

    def read_line(self, line: str, start: int) -> None:
        """Takes in the line that begins at ``start``."""
        body = line.strip(f" \n{GAP}")
        if not body:
            return
        if self.glossary or (len(body) <= 30 and self.side == PLAN and _GLOSSARY.fullmatch(body)):
            self.glossary = not body.startswith("附表")
        heading = not self.glossary and self._heading(line, body)
        if self.of_term and not heading:
            self._narrow(body)
        for sentence in _SENTENCE.finditer(line):
            self._read_sentence(sentence[0], start + sentence.start(), start, heading)

    def _heading(self, line: str, body: str) -> bool:
        """Whether the line is a heading of a part; it, or a heading below it, changes what follows."""
        first = _LEVEL1.match(line)
        second = _LEVEL2.match(line) if self.top == NUMBERS else (first if first and first["number"] else None)
        if first and (len(body) < 60 or "。" not in body[:40]) and (self.top == NUMBERS or first["part"]):
            return self._part(first, body)
        if second:
            self._section(second)
        elif (
            (not self.numbered or self.top == LINES)
            and len(body) <= 24
            and "。" not in body
            and (side := _side_of(body))
        ):
            self._line(body, side)
            return True
        elif self.sub and not self.tail and body.startswith("各位代表"):
            self._end_sections()
        return False

    def _part(self, found: re.Match[str], body: str) -> bool:
        """一、2021年工作回顾, or a paragraph that begins like it."""
        title = found["title"].rstrip(f" {GAP}")
        side = _side_of(title, self.side if self.looked_back else "")
        heading = len(body) < 60
        if side or heading:
            self.numbered = True
            self.looked_back = self.looked_back or bool(side)
            self.part, self.sub = str(_number(found["number"] or found["part"])), 0
            self.in_tasks, self.tail, self.until = False, False, None
            self.section = f"{self.part}.0"
            self.side = side or self.side
            self._speaks_of(title)
        return heading

    def _speaks_of(self, title: str) -> None:
        """The span that a heading gives to its part."""
        self.span = _span_of(title, self.side)
        self.of_term = self.side == REVIEW and self.span == TERM
        self.plan_of_term = self.side == PLAN and self.span == TERM and not _PLAN_YEAR.search(title)

    def _section(self, found: re.Match[str]) -> None:
        """（一） below a part."""
        if not self.sub and self.side == REVIEW and self.span == TERM:
            self.of_term = True  # 五年来,主要做了以下工作: (一)
        self.sub = _number(found["number"])
        self.section, self.tail, self.until = f"{self.part}.{self.sub}", False, None
        self.in_tasks = self.side == PLAN
        if self.of_term or self.plan_of_term:
            self.span = TERM
        elif self.in_tasks or self.side == REVIEW:
            self.span = YEAR

    def _line(self, body: str, side: str) -> None:
        """A line without a number that says what follows: 2021年工作回顾."""
        self.side = side
        self._speaks_of(body)
        self.looked_back = self.looked_back or side == REVIEW
        self.in_tasks, self.tail, self.until = False, False, None
        if self.top == LINES:
            self.part, self.sub = str(int(self.part) + 1), 0
            self.section = f"{self.part}.0"

    def _end_sections(self) -> None:
        """What follows the numbered sections of a part is a section of its own."""
        self.tail, self.section = True, f"{self.part}.{self.sub + 1}"

    def _narrow(self, body: str) -> None:
        """A review of several years comes to the last one, or says how many years they are."""
        if _YEAR_BEGINS.match(body):
            self.of_term, self.span = False, YEAR
        elif (began := _SINCE.search(body[:60])) and self.result.review_year is not None:
            years = self.result.review_year - int(began[1]) + 1
            self.term = years if 2 <= years <= 6 else self.term

    def _read_sentence(self, words: str, at: int, line: int, heading: bool) -> None:
        """Adds the frame of a sentence of the line that begins at ``line``."""
        span, until = self.span, self.until
        if not heading:
            if self.side == REVIEW:
                span = self._looks_back(words)
            if self.side == PLAN:  # also where the sentence has just turned to it
                span, until = self._looks_forward(words[:40], span, until)
        frame = Frame(at, self.section, self.side, span, None, None, line, heading, glossary=self.glossary)
        _set_years(frame, self.result, self.term, until)
        if self.of_term and frame.last is not None:
            frame.since = frame.last - self.term + 1
        self.result.frames.append(frame)
        self.result.starts.append(frame.start)

    def _looks_back(self, words: str) -> str:
        """The span of a sentence of a review, which may turn its part to another span or to the plan."""
        head = words[:40]
        dated = "年" in head
        span = self.span
        if _END_OF_PLAN.search(head):
            span = YEAR
        elif (
            (dated or "期" in head or "届" in head)
            and (found := _REVIEW_TERM.search(head))
            and not _YEAR_BEGINS.match(head)
        ):
            self.span = span = TERM
            self.term = next((_COUNT[g] for g in found.groups() if g), 5)
            if self.sub and not self.tail:
                self._end_sections()
        elif _PROBLEMS.search(head):
            self.span = span = YEAR
        elif dated and _REVIEW_YEAR.search(head[:20]):
            span = YEAR
            if not self.of_term:
                self.span = YEAR
        if not self.numbered and _FROM_NOW.search(head[:12]) and _INTENDS.search(words):
            self.side = PLAN
        if not self.looked_back and "目标" in words and _AIMS.search(words):
            self.side, self.span, span = PLAN, YEAR, YEAR
        return span

    def _looks_forward(self, head: str, span: str, until: int | None) -> tuple[str, int | None]:
        """Span and last year of a sentence of a plan; outside the numbered tasks it speaks for those that follow too."""
        if found := _PLAN_TERM.search(head):
            span, until = TERM, int(found[1]) if found[1] else None
        elif "年" in head and _PLAN_YEAR.search(head[:24]):
            span, until = YEAR, None
        else:
            return span, until
        if not self.in_tasks:
            self.span, self.until = span, until
        return span, until


def _top_level(copy: str) -> str:
    """Which headings divide the report."""
    if _PART.search(copy):
        return PARTS
    numbered_cue = line_cue = False
    for line in copy.splitlines():
        body = line.strip(f" {GAP}#*>")
        if not body or len(body) > 40 or "。" in body or not _CUE_TITLE.search(body):
            continue
        if _LEVEL1.match(line):
            numbered_cue = True
        elif (
            len(body) <= 24 and not _LEVEL2.match(line) and not body[0].isdigit() and not body.endswith((",", ":", ";"))
        ) or (len(body) <= 24 and _YEAR4.match(body)):
            line_cue = True
    return LINES if line_cue and not numbered_cue else NUMBERS


def _set_years(frame: Frame, result: Outline, term: int, until: int | None) -> None:
    if frame.side == REVIEW and result.review_year is not None:
        frame.last = result.review_year
        frame.first = frame.last - term + 1 if frame.span == TERM else frame.last
    elif frame.side == PLAN and result.plan_year is not None:
        frame.first = frame.last = result.plan_year
        if frame.span == TERM:
            frame.last = until if until is not None and 0 < until - frame.first < 16 else frame.first + 4


def _number(written: str) -> int:
    if written == "十":
        return 10
    tens, _, ones = written.rpartition("十") if "十" in written else ("", "", written)
    value = (_CN.index(tens) + 1 if tens else 1) * 10 if "十" in written else 0
    return value + (_CN.index(ones[-1]) + 1 if ones else 0)


def _side_of(title: str, before: str = "") -> str:
    """``review``, ``plan`` or nothing; ``before`` is the side of the heading before, which decides where the words do not.

    Reports look back first: 2008年主要工作 after a heading with 奋斗目标 is a plan.
    """
    review, plan = _REVIEW_TITLE.search(title), _PLAN_TITLE.search(title)
    if re.search(r"进展情况|执行情况|完成情况", title) or (review and re.search(r"回顾|总结", title)):
        return REVIEW
    if plan:
        return PLAN
    if review:
        return REVIEW
    if before and _WORK_TITLE.search(title):
        return PLAN  # reports look back first: a later heading about work that does not say so looks forward
    if before:
        return ""
    return REVIEW if _EITHER_TITLE.search(title) else ""


def _span_of(title: str, side: str) -> str:
    if side == PLAN:
        return TERM if re.search(r"今后|未来|新一届|五年|“十", title) else YEAR
    if _YEAR4.search(title) or "一年" in title:
        return YEAR
    return TERM if re.search(r"[三四五]年|年以来|本届|时期|任期", title) else YEAR


def _years(copy: str) -> tuple[int | None, int | None]:
    """The year reviewed and the year planned, from headings, else from the date, else from the title."""
    review = plan = None
    head = copy[:600]
    side, of_plan = "", None
    for line in _heading_lines(copy):
        side = _side_of(line, side) or side
        years = [int(y) for y in _YEAR4.findall(line)]
        if not years:
            of_plan = of_plan or (_last_year_of_plan(line) if side != PLAN else None)
            continue
        if side == REVIEW and review is None:
            review = years[-1]
        elif side == PLAN and plan is None:
            plan = max((year for year in years if review is None or year <= review + 2), default=None)
    if review is None and plan is None:
        if found := re.search(r"((?:19|20)[0-9]{2}) ?[年-] ?([0-9]{1,2})(?: ?月|-)", head):
            year, month = int(found[1]), int(found[2])
            review, plan = (year, year + 1) if month >= 9 else (year - 1, year)
        elif of_plan is not None:
            review = of_plan
        elif found := re.search(r"((?:19|20)[0-9]{2})年[^\n]{0,20}(?:政府)?工作报告", head):
            plan = int(found[1])
        elif found := _YEAR4.search(copy[:4000]):
            review = int(found[1])
    if review is None and plan is not None:
        review = plan - 1
    if plan is None and review is not None:
        plan = review + 1
    if review is not None and plan is not None and not 0 <= plan - review <= 2:
        review = plan - 1
    return review, plan


def _last_year_of_plan(line: str) -> int | None:
    """The last year of the five-year plan named in a heading: 2015 for “十二五”时期工作回顾."""
    found = re.search(r"十([一二三四五]?)五(?!普法)", line)
    return 2005 + 5 * (_CN.find(found[1]) + 1 if found[1] else 0) if found else None


def _heading_lines(copy: str) -> list[str]:
    lines = []
    for line in copy.splitlines():
        body = line.strip(f" {GAP}")
        if _LEVEL1.match(line) and (len(body) < 60 or "。" not in body[:40]):
            lines.append(body[:60])
        elif len(body) <= 24 and body and "。" not in body and _CUE_BODY.search(body):
            lines.append(body)
    return lines
