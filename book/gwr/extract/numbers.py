"""Numeral, comparator words, range and unit: what a quantity looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from gwr.extract import numerals
from gwr.extract.normal import GAP, word_list
from gwr.extract.units import COUNTS, MULTIPLIERS, NO_UNIT, Unit, multiplier_at, unit_at

_CN = f"[{numerals.CHINESE}]"
_ARABIC = r"(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?: [0-9]+)*(?: ?\. ?[0-9]+(?: [0-9]+)*)?"
_NUMBER = re.compile(
    rf"(?P<whole>{_CN}{{1,8}}|[0-9]{{1,3}})分之(?P<part>{_CN}{{1,8}}(?:点{_CN}{{1,6}})?|"
    rf"[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)(?!一(?=[,。]))"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<zero>零的?突破)"
    rf"|(?P<half>(?<=[的达超近过足占到成])(?:一半|半数)|(?<=[比率重次数量])过半(?=[,。;、]))"
    rf"|(?!零下[0-9])(?P<chinese>{_CN}+(?:点[零一二三四五六七八九]+)?)"
)
_DIGITS = re.compile(r"[0-9]+")
_FIRST = re.compile(f"[0-9{numerals.CHINESE}半过]")
_SECOND = re.compile(rf"(?P<arabic>{_ARABIC})|(?P<chinese>{_CN}{{1,18}})(?!{_CN})")
_LISTED = re.compile(rf"[{GAP} ]*[、和与及][{GAP} ]*(?P<number>{_ARABIC})")
_RANGE = re.compile(rf"[ {GAP}]*(?:-{{1,2}}|至|到)[ {GAP}]*")
_MORE = re.compile(
    r"余(?!额|热|款|地|下|杭|姚|缺|粮)|多(?!元|功|层|年来|媒|样|式|种|边|点|渠|部|家庭)|"
    r"来(?=[家个名位人项件户座所处场次万亿亩公])|几(?=[家个名位人项件户座所处场次万亿亩公])"
)
_SUFFIX = re.compile(
    r"(?:及|和|或)?(以上|以下|以内|之内|左右|上下)|(有余|余(?!额|热)|多(?=[,。;、)]))|"
    r"((?<=[时钟天日])内(?![容部外陆设置涵资])|内(?=[,。;、办完实见]|$))"
)
_BARE = frozenset("十百千万亿")
_MORE_INSIDE = re.compile(r"个多(小时|百分点)")
"""1个多小时 is an hour and more, not one thing."""
_SHARES_UNIT = frozenset(word_list("percent points money area length mass volume energy power"))
"""The kinds of units that a list can state once; 3、5号 is no list of numbers."""
_LIST_FIRST = frozenset(f"、和与及{GAP} ")
_MORE_FIRST = frozenset("余多来几")
_RANGE_FIRST = frozenset(f" {GAP}-至到")
_SUFFIX_FIRST = frozenset("及和或以之左上有余多内")
"""The characters that the three patterns above can begin with: most numbers are followed by another one."""


def _all(code: str, listed: str) -> list[tuple[str, str]]:
    return [(word, code) for word in word_list(listed)]


# Words before the number; the longest that fits counts. 达 and 达到 change nothing.
BEFORE: tuple[tuple[str, str], ...] = tuple(
    sorted(
        (
            *_all(
                "gt",
                "超过 超出 超过了 超 突破 突破了 逾 高于 大于 多于 优于 跨越 跨越了 跨过 跨过了 迈过 迈过了 迈上 迈上了 首破 跃上 冲破",
            ),
            *_all("ge", "不低于 不少于 不小于 不短于 至少 最低 不下 不下于 至少达 起码"),
            *_all("le", "不超过 不高于 不大于 不多于 不突破 至多 最多"),
            *_all("lt", "近 接近 将近 不足 不到 不及 不满 未满 低于 少于 小于 短于 仅近 逼近"),
            *_all("about", "约 大约 约为 大概 约占 约达"),
        ),
        key=lambda pair: -len(pair[0]),
    )
)
_BLANKS = f" {GAP}"
_BLANK = frozenset(_BLANKS)
_MINUS = frozenset("-－−﹣‐‑‒–—―─")
_HYPHENS = frozenset("-－−﹣‐‑")
"""Signs that are no dash between words."""
_MAY_LEAD_A_SIGN = frozenset(f"-下{_BLANKS}")
_SAYS_HOW_MUCH = re.compile(
    r"(?:增长|增加|增|上升|上涨|涨|升|提高|下降|减少|降低|回落|下滑|降|跌|幅|速|率|为|是|达到?|至|到|由|从|同比|环比|上年|分别|完成|保持在|控制在|月份?的?|季度的?|年初的?|半年的?|谷底的?)了?$"
)
"""The words after which a dash before a number is a minus sign."""
_LEAVES_OPEN = frozenset(("", *"、,;:(和及与或的比\n"))
"""What a number below zero may follow in a list or a table; not a digit or a noun."""
_OF_A_BROKEN = re.compile(rf"[0-9A-Za-z.,][ {GAP}\n]{{0,3}}$")
"""What stands before the unit of a numeral that was broken off."""
_MAY_BREAK = frozenset("0123456789-,. \n")
"""What stands before a numeral that may be the rest of one."""
_BEFORE_COMMA = re.compile(r"[\u4e00-\u9fff][0-9]{1,4},$")
_BEFORE_LINE = re.compile(r"[\u4e00-\u9fff][0-9]{1,6}(?:\.[0-9]{1,4})? ?\n{1,2}$")
_FAR = re.compile(r"(不足|不到|超过|超|接近)[^,。;、0-9]{2,12}的$")  # 不足全市的十分之一
_OVER_A_VERB = re.compile(
    r"(至少)[^,。;、0-9增减降压缩升提]{1,3}$|(接近|将近|超过|近|约)翻$"
)  # 至少引进1个, 接近翻一番
_FOR_ALL = re.compile(r"(?:不[^,。;]{1,2}|至少|至多)$")
"""不低于740元/月和485元/月: what holds for the rest of a list too, as any comparator does after 分别."""
_BEFORE_BY_LAST = {word[-1]: tuple(pair for pair in BEFORE if pair[0][-1] == word[-1]) for word, _ in BEFORE}
_NO_COMPARATOR = (
    "最近",
    "附近",
    "靠近",
    "节约",
    "集约",
    "合约",
    "制约",
    "条约",
    "公约",
    "预约",
    "履约",
    "违约",
    "契约",
    "签约",
    "不约",
    "高超",
    "临近",
)
AFTER = {"以上": "ge", "以下": "le", "以内": "le", "之内": "le", "内": "le", "左右": "about", "上下": "about"}
_PASSING = ("过", "上", "破")  # 过百家, 上千人, 破千亿: only before a bare power
_MAY_FOLLOW = frozenset((*_SUFFIX_FIRST, *_BLANKS, "("))
_MAY_COMPARE = frozenset((*_BEFORE_BY_LAST, *_PASSING, *_BLANKS))


@dataclass(slots=True)
class Number:
    """A numeral with what belongs to it. Offsets count in the text.

    Attributes:
        start, end: number, unit and comparator words.
        number_start, number_end: the numeral (of a range: both ends).
        words: whether it is written in Chinese numerals.
        bare: whether the numeral is a power without a digit (千, 百万).
        factor: base units in one unit, multiplier included.
        kind: that of the unit, or ``fraction``, ``zero``.
        prefix, suffix: the comparator words before and after.
        unit_end: where numeral and unit end, before 以上 or 左右.
        minus: whether a minus sign, or 零下, stands before it.
        broken: whether it is the rest of a numeral that a comma, a line or a letter broke, or follows a dash as names do.
        inherits: whether its comparator stands before another number of its list.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    unit_end: int
    value_high: float | None = None
    words: bool = False
    bare: bool = False
    unit: Unit = NO_UNIT
    unit_zh: str = ""
    factor: float = 1.0
    kind: str = "none"
    comparator: str = "eq"
    prefix: str = ""
    suffix: str = ""
    minus: bool = False
    broken: bool = False
    inherits: bool = False


def _numeral(start: int, end: int, value: float, **fields: Any) -> Number:
    """A number that is its numeral alone."""
    return Number(start, end, start, end, value, end, **fields)


UNREADABLE = float("nan")
"""The value of a numeral that states none; the rule of that name refuses it."""


def _skip(copy: str, at: int) -> int:
    while copy[at : at + 1] in _BLANK:
        at += 1
    return at


def numbers(copy: str, masked: str, text: str) -> Iterator[Number]:
    """Every numeral outside the traps, in reading order, with its unit if it has one."""
    after = before = 0
    last = _numeral(0, 0, 0.0)
    while first := _FIRST.search(masked, after):
        match = _NUMBER.match(masked, first.start())
        if match is None:
            after = first.end()
            continue
        after = match.end()
        if match.lastgroup == "chinese" and after - match.start() > 2 * numerals.LONGEST:
            continue  # no numeral is as long; to read on inside it would take the square of its length
        number = _number(match, copy, masked, text)
        if number is None:
            for digits in _DIGITS.finditer(masked, match.start(), match.end()):  # 5分之9: no quantity, but not lost
                yield _numeral(*digits.span(), UNREADABLE)
            continue
        if number.start < before:  # its comparator word belongs to the number before
            number.start, number.prefix, number.minus = number.number_start, "", False
            number.comparator = AFTER.get(number.suffix, "eq")
        after = before = max(number.end, number.number_end)
        number.broken = _is_broken(number, copy)
        if _goes_for(last, number, copy):
            number.comparator, number.inherits = last.comparator, True
        last = number
        yield number


def _goes_for(first: Number, next_: Number, copy: str) -> bool:
    """Whether the comparator before one number holds for the next: 不低于740元和485元, 分别超过30亿元、20亿元."""
    if next_.comparator != "eq" or not (first.prefix or first.inherits) or first.unit_zh != next_.unit_zh:
        return False
    if copy[first.end : next_.start].strip(_BLANKS) not in ("、", "和", "与", "及"):
        return False
    left = copy[max(0, first.start - 4) : first.start]
    return first.inherits or _FOR_ALL.fullmatch(first.prefix) is not None or left.endswith("分别")


def _is_broken(number: Number, copy: str) -> bool:
    """Whether the numeral is only the rest of what was written: 上升5,8%, 负担149 at the end of the line before, 忻州-五台."""
    at = number.number_start
    if at == 0 or copy[at - 1] not in _MAY_BREAK:
        return False
    left = copy[max(0, at - 12) : at]
    if number.words:
        return left[-1:].isdigit() or (left.endswith("-") and "\u4e00" <= left[-2:-1] <= "\u9fff")
    point = left.rstrip(" ")
    if point.endswith(".") and point[-2:-1].isdigit():
        return True
    if left.endswith(","):
        return len(copy[at : number.number_end]) <= 2 and _BEFORE_COMMA.search(left) is not None
    return left.endswith("\n") and _BEFORE_LINE.search(left) is not None


def _number(match: re.Match[str], copy: str, masked: str, text: str) -> Number | None:
    start, end = match.span()
    kind = match.lastgroup
    if kind == "zero":
        number = _numeral(start, end, 0.0, words=True, kind="zero", comparator="gt")
        number.number_end = start + 1
        return number
    if kind == "half":
        over = "gt" if match[0] == "过半" else "eq"
        return _compare(_numeral(start, end, 50.0, words=True, kind="fraction", comparator=over), copy, text)
    if kind == "part":
        return _fraction(match, copy, text)
    if kind == "chinese":
        return _chinese(copy, masked, text, start, match[0])
    value = numerals.arabic(match[0])
    if value is None:
        return _numeral(start, end, UNREADABLE)  # too many digits
    return _with_unit(copy, masked, text, _numeral(start, end, value))


def _chinese(copy: str, masked: str, text: str, start: int, written: str) -> Number | None:
    digits = numerals.without_myriads(written)
    approximate = _pair(written[:digits])
    value = numerals.chinese(written[:digits])
    if value is None and approximate is None:
        return None
    single = written in numerals.MYRIADS
    if len(written) > 1 and numerals.MYRIADS.keys() >= set(written) and written != "万亿":
        return None  # 亿亿 is no number
    if single:
        if _OF_A_BROKEN.search(copy[max(0, start - 4) : start]):
            return None  # the unit of a numeral that could not be read: 448l亿元
        value = 1.0
    low, high = approximate or (value, None)
    number = _numeral(start, start + digits, low or 0.0, words=True, bare=_BARE.issuperset(written) and written != "十")
    number = _with_unit(copy, masked, text, number)
    if high is not None and number.value_high is None:
        number.value_high = high
    if single:
        number.unit_zh = written + number.unit_zh
        number.factor *= numerals.MYRIADS[written]
    return number


def _pair(written: str) -> tuple[float, float] | None:
    """两三家 is two to three, 十五六 fifteen to sixteen."""
    if len(written) == 2 and all(c in numerals.DIGITS for c in written):
        low, high = (numerals.DIGITS[c] for c in written)
        if low >= 1 and high == low + 1:
            return float(low), float(high)
    return None


def _fraction(match: re.Match[str], copy: str, text: str) -> Number | None:
    whole, part = match["whole"], match["part"]
    of, share = (numerals.chinese(w) if not w[0].isdigit() else numerals.arabic(w) for w in (whole, part))
    if of is None or share is None or of <= 0 or (of <= share and whole not in ("百", "千")):
        return None
    number = _numeral(*match.span(), round(share / of * 100, 4), words=True, kind="fraction")
    if whole == "百":
        number.unit_zh = "%"
    elif whole == "千":
        number.unit_zh, number.value, number.factor = "‰", round(share, 4), 0.1
    return _compare(number, copy, text)


def _with_unit(copy: str, masked: str, text: str, number: Number) -> Number:
    """The numeral with a range, a multiplier and a unit behind it, and comparator words around all of it."""
    found = _unit_after(masked, number.number_end, number.words)
    if (upper := _upper_end(copy, masked, number, found)) is not None:
        number.value_high, number.number_end, found = upper
    if (shared := _shared_unit(masked, number, found)) is not None:
        number.unit, number.unit_zh, number.factor = shared.unit, shared.name, shared.factor
        number.kind, number.end = shared.unit.kind, shared.end
        number.unit_end = number.end
        return _compare(number, copy, text)
    if found is None:
        number.end = number.unit_end = number.number_end
        return _compare(number, copy, text)
    if found.more:
        number.comparator = "gt"
        found = _without_its_ten_thousands(masked, number, found)
    number.end = number.unit_end = found.end
    between = slice(number.number_end, found.end)
    number.unit_zh = _as_written(text[between], masked[between], found.more, found.name)
    number.unit, number.factor = found.unit, found.factor
    number.kind = found.unit.kind if found.unit is not NO_UNIT else "amount"
    return _compare(number, copy, text)


def _shared_unit(masked: str, number: Number, found: UnitFound | None) -> UnitFound | None:
    """The unit at the end of a list, for a number that has none or only its 万: 高于1.5和4.5个百分点, 10.6万、3.8万平方公里."""
    own = "" if found is None else found.name
    at = end = number.number_end if found is None else found.end
    if number.words or own not in ("", "个", "万", "亿") or number.value_high is not None:
        return None
    for _ in range(6):
        if masked[at : at + 1] not in _LIST_FIRST or (listed := _LISTED.match(masked, at)) is None:
            return None
        unit = _unit_after(masked, listed.end(), words=False)
        if unit is not None and unit.unit.kind in _SHARES_UNIT and not unit.more:
            if unit.name.startswith(own):
                return unit._replace(end=end)
            if own == "个":
                return None
            return UnitFound(end, unit.unit, own + unit.unit.unit_zh, MULTIPLIERS[own] * unit.unit.factor, "")
        if (unit.name if unit else "") not in ("", own):
            return None
        at = unit.end if unit is not None else listed.end()
    return None


def _without_its_ten_thousands(masked: str, number: Number, found: UnitFound) -> UnitFound:
    """The unit of 二十五亿七千多万元, which is 元: with 亿 in the numeral, 万 is part of it too, also behind 多."""
    written = masked[number.number_start : number.number_end]
    if not found.name.startswith("万") or "亿" not in written or number.value_high is not None:
        return found
    value = numerals.chinese(written + "万")
    if value is None:
        return found
    number.value, number.number_end = value, masked.index("万", number.number_end) + 1
    return UnitFound(found.end, found.unit, found.name[1:], found.factor / 1e4, "")


def _upper_end(
    copy: str, masked: str, number: Number, found: UnitFound | None
) -> tuple[float, int, UnitFound | None] | None:
    """The upper value of a range that begins with ``number``, where its numeral ends, and the unit behind it.

    Both ends have the same unit, or the first has none of its own (5至8家, 10亿-50亿元); the upper one is the greater.
    """
    behind_unit = found.end if found is not None else number.number_end
    if masked[behind_unit : behind_unit + 1] not in _RANGE_FIRST:
        return None
    join = _RANGE.match(masked, behind_unit)
    if join is None or not _may_be_range(copy, number.start, join[0]):
        return None
    second = _SECOND.match(masked, join.end())
    if second is None or (second.lastgroup == "chinese") != number.words:
        return None
    end = second.start() + numerals.without_myriads(second[0]) if number.words else second.end()
    upper = numerals.chinese(masked[second.start() : end]) if number.words else numerals.arabic(second[0])
    behind = _unit_after(masked, end, number.words)
    if upper is None or behind is None or upper <= number.value:
        return None
    if number.words and number.value < 10 and upper >= 100:
        return None  # 三至五百 may be 300 to 500
    if found is not None and found.name not in ("", behind.name):
        if found.unit is not NO_UNIT or not behind.name.startswith(found.name):
            return None
        if behind.name != found.name + behind.unit.unit_zh:
            return None
    return upper, end, behind


def _as_written(text: str, masked: str, more: str, name: str) -> str:
    """The unit in the characters of the text, without blanks, footnote marks and 余."""
    if name.isascii():
        return name  # full-width ％ is %
    if not more and " " not in masked and GAP not in masked:
        return text
    kept = [t for t, m in zip(text, masked, strict=True) if m not in f" {GAP}"]
    if more:
        del kept[[m for m in masked if m not in f" {GAP}"].index(more[0])]
    return "".join(kept)


class UnitFound(NamedTuple):
    """The unit behind a numeral: where it ends, its name and factor with the multiplier, and the word for more (余, 多)."""

    end: int
    unit: Unit
    name: str
    factor: float
    more: str


def _unit_after(masked: str, at: int, words: bool) -> UnitFound | None:
    """The unit at ``at``, or a multiplier or a word for more alone."""
    if masked[at : at + 1] in _BLANK:
        at = _skip(masked, at)
    more, name, factor = "", "", 1.0
    if masked[at : at + 1] in _MORE_FIRST and (found := _MORE.match(masked, at)):
        more, at = found[0], _skip(masked, found.end())
    if (hours := _MORE_INSIDE.match(masked, at)) and (exact := unit_at(masked, hours.start(1))):
        return UnitFound(exact[0], exact[1], "个" + exact[1].unit_zh, exact[1].factor, "多")
    exact = unit_at(masked, at)
    if exact is None and (many := multiplier_at(masked, at)):
        name, factor = masked[at : many[0]], many[1]
        at = _skip(masked, many[0])
        if not more and masked[at : at + 1] in _MORE_FIRST and (found := _MORE.match(masked, at)):
            more, at = found[0], _skip(masked, found.end())
        exact = unit_at(masked, at)
    if exact is None:
        if name:
            return UnitFound(at, NO_UNIT, name, factor, more)
        return UnitFound(at, NO_UNIT, "", 1.0, more) if more and not words else None
    end, unit = exact
    return UnitFound(end, unit, name + unit.unit_zh, factor * unit.factor, more)


def _may_be_range(copy: str, start: int, join: str) -> bool:
    """从80%到85% states two values, 5至8家 one range."""
    return "-" in join or copy[max(0, start - 1) : start] not in ("从", "由", "自")


def _compare(number: Number, copy: str, text: str) -> Number:
    """Takes in the minus sign and the comparator words on both sides."""
    if (
        number.start > 0
        and copy[number.start - 1] in _MAY_LEAD_A_SIGN
        and (sign := _sign_before(number, copy, text)) >= 0
    ):
        number.start, number.minus = sign, True
    if number.start > 0 and copy[number.start - 1] in _MAY_COMPARE:
        _compare_before(number, copy)
    if (
        number.kind == "fraction"
        and not number.prefix
        and (far := _FAR.search(copy[max(0, number.start - 20) : number.start]))
    ):
        number.prefix, number.comparator = far[1], dict(BEFORE)[far[1]]
        number.start -= len(far[0])
    before = copy[max(0, number.start - 6) : number.start]
    verb = "至少" in before or (before.endswith("翻") and number.unit.unit_zh == "番")
    if verb and not number.prefix and (over := _OVER_A_VERB.search(before)):
        number.prefix = over[1] or over[2]
        number.comparator = dict(BEFORE)[number.prefix]
        number.start -= len(over[0])
    if copy[number.end : number.end + 1] not in _MAY_FOLLOW:
        return number
    at = _skip(copy, number.end)
    if copy[at : at + 1] == "(" and (close := copy.find(")", at, at + 8)) > 0:
        at = close + 1
    if copy[at : at + 1] in _SUFFIX_FIRST and (found := _SUFFIX.match(copy, at)):
        word = next(filter(None, found.groups()))
        if word != "内" or number.kind == "time":
            number.suffix, number.end = word, found.end()
            if not number.prefix:
                number.comparator = AFTER.get(word, "gt")
    return number


def _sign_before(number: Number, copy: str, text: str) -> int:
    """Where the minus sign before a number stands, or -1: 增长-12.7%, 由-4.1%转为, 零下5℃; not the dash of 广州-5公里."""
    left = copy[max(0, number.start - 12) : number.start]
    if left.endswith("零下"):
        return number.start - 2 if number.kind == "temperature" else -1
    left = left.rstrip(_BLANKS)
    at = number.start - len(copy[max(0, number.start - 12) : number.start]) + len(left) - 1
    if number.words or not left.endswith("-") or left.endswith("--") or text[at] not in _MINUS:
        return -1
    before = left[:-1].rstrip(_BLANKS)
    if _SAYS_HOW_MUCH.search(before):
        return at
    if text[at] not in _HYPHENS:
        return -1
    if number.kind == "temperature" and not before[-1:].isdigit():
        return at
    return at if number.kind == "percent" and before[-1:] in _LEAVES_OPEN else -1


def _compare_before(number: Number, copy: str) -> None:
    """Takes in the comparator words before the number."""
    left = copy[max(0, number.start - 8) : number.start].rstrip(_BLANKS)
    if not left.endswith(_NO_COMPARATOR):
        for word, code in _BEFORE_BY_LAST.get(left[-1:], ()):
            if left.endswith(word):
                number.prefix, number.comparator = word, code
                number.start = copy.rfind(word, 0, number.start)
                break
    if (
        not number.prefix
        and number.bare
        and left.endswith(_PASSING)
        and not left.endswith(("以上", "通过", "超过", "经过"))
    ):
        number.prefix, number.comparator = left[-1], "gt"
        number.start = copy.rfind(left[-1], 0, number.start)


def is_count(number: Number) -> bool:
    """Whether the unit counts separate things, people or events."""
    return number.kind in COUNTS or number.kind in ("none", "amount", "zero")
