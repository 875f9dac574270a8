"""What kind of number it is: the codebook's measures, first rule that fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gwr.extract.frames import PLAN, REVIEW, TERM, Frame
from gwr.extract.numbers import Number
from gwr.extract.refusals import Context, is_rank, is_structure
from gwr.extract.units import COUNTS

_LINK = (
    r"(?:了|约|达到?|为|近|超过?|逾|突破|幅度|分别|均|也|都|就|再|保持在?|稳定在|控制在|再压减|"
    r"同比|力争|不低于|[ \ue000])*"
)
_RISE = r"上调|调高|增产|延长|增长|递增|增加|上升|上涨|提高|提升|增|涨|扩大|多增|增收|多|高|快|高于|前移"
_FALL = (
    r"下降|减产|减少|降低|下跌|回落|缩减|压减|压缩|缩短|减|降|跌|收窄|缩小|节约|节省|少|低|慢|低于|负增长|后移|"
    r"下调|调低|下滑|递减|锐减|骤降|减收|少收|少支"
)
_FALLS = frozenset(_FALL.split("|"))
_MOVE = re.compile(rf"(?P<word>{_FALL}|{_RISE}){_LINK}$")
_NET = re.compile(r"(?P<word>净增|净减)[^0-9,。;、:]{2,12}$")
_FEWER = re.compile(r"(?<!累计)(?P<word>减少)(?!到|至|为)[^0-9,。;、:]{2,12}$")
"""净增企业444家, 减少贫困人口13.1万人: how the number of what is named moved."""
_TO = re.compile(
    rf"(?:增加|增长|提高|提升|上升|下降|降低|减少|压缩|压减|缩短|扩大|增|降|减|缩减|调整|恢复|"
    rf"扩展|升|提)(?:至|到|为|到了){_LINK}$"
)
_RATE_NAME = re.compile(
    rf"(?:增长率|增速|增幅|涨幅|降幅|增长幅度|下降率|上涨率|降低率|减幅|年均增长|"
    rf"递增率){_LINK}(?:目标)?{_LINK}$"
)
_FALL_NAME = re.compile(rf"(?:降幅|下降率|降低率|减幅){_LINK}$")
_NO_GROWTH = re.compile(rf"(?:占比|比重|比例|赤字率|利润率|利率|收益率|温度?){_LINK}$")
"""What can lie below zero without having fallen."""
_STOCK = re.compile(
    r"生产总值|GDP|总产值|增加值|人均|总量|规模(?!以上)|存量|余额|覆盖|密度|总数|保有量|在册|"
    r"连年|稳定在|保持在|控制在|年均|每年|目前|已设|面积占|市值|总人口|常住|户籍|库存|容量|拥有量|床位数|预期寿命|标准|达$|达到$|突破$|共有|"
    r"现有|拥有$|有$"
)
_MONEY_NAME = re.compile(rf"(?:额|产值|收入|投资|斥资|资金|税收|支出|增加值|总值|贷款|利润){_LINK}$")
_PRICES = re.compile(r"价格总?(?:指数|水平)[^,。;]{0,8}$")
"""居民消费价格指数控制在3%左右 is by how much prices may rise."""
_AMOUNT_NAME = re.compile(r"收入|支出|预算|投资|税收|产值|资金|贷款|面积")
_PER_HEAD = re.compile(r"每[百千万十]?(?:名|人|户|位|平方公里|万)|人均|户均|[百千万]人(?:口)?[^0-9,。;]{0,12}拥有量")
_YEARS_TOGETHER = re.compile(r"[五四三]年(?:来|间)?累计|累计[^,。;]{0,6}[五四三]年")
_ONE_YEAR = re.compile(r"(?<![0-9比较是与于占从由自-])(?:19|20)[0-9]{2}年(?!以来|来|至|到|起|-|的?[0-9.]{1,8}倍)")
"""A year that the clause speaks of alone: what was done in it is no sum over several."""
OVER_YEARS = re.compile(
    r"[ \ue000]*这?[三四五]年(?:来|间)?(?:共|累计)?(?:新增|发放|解决|投入|完成|建成|引进|增加|减少|上升|提高|下降|改造|安排|拓展)"
)
"""五年解决1005万人饮水, 五年上升6.6个百分点: what follows is of all these years, also where the part speaks of one."""
_THAN = re.compile(r"(?:比|较)[^,。;\n]{1,24}$")
_ONE_OF = re.compile(r"[^,。;]{0,20}之一")
_FROM = re.compile(r"(?:从|由)(?:(?:19|20)[0-9]{2}年(?:底|末)?的?)?[ \ue000]*$")
_THEN_TO = re.compile(
    r"[ \ue000]*(?:增加|增长|提高|提升|上升|下降|降低|减少|降|减|压缩|缩短|调整|扩大|发展|壮大|增|升|"
    r"调优)(?:至|到|为)"
)
_FROM_TO = re.compile(r"(?:从|由)[^。;\n]{2,40}(?:到|至|为)(?:了)?(?:(?:19|20)[0-9]{2}年(?:底|末)?的?)?[ \ue000]*$")
_CIRCLE = re.compile(r"[^,。;:!?\n]{0,14}?圈")
_SUM = re.compile(r"累计|合计|[五四三]年(?:共|来|间)|总计|先后|新增|新建|共(?:完成|实施|引进|建成|投入)?$")


def direction(n: Number, c: Context) -> str:
    """``rise`` or ``fall`` if a minus sign or the words before the number say how it moved, else nothing."""
    counted = n.kind in COUNTS
    if n.minus:
        moves = n.kind == "percent" or _MOVE.search(c.near) or _RATE_NAME.search(c.near)
        return "fall" if moves and not _NO_GROWTH.search(c.near) else ""
    if _RATE_NAME.search(c.near):
        if counted:
            return ""  # 增速2项指标 counts indicators
        return "fall" if _FALL_NAME.search(c.near) else "rise"
    if _leads_to(c.near):
        return ""
    found = _MOVE.search(c.near) or _moves_before_a_noun(c.near, counted)
    if found is None or (_not_a_move(c.near, found) and not (n.kind == "percent" and "新增" in c.near)):
        return ""
    return "fall" if found["word"] in (*_FALLS, "净减") else "rise"


def _moves_before_a_noun(near: str, counted: bool) -> re.Match[str] | None:
    """净增企业 and, of people and things, 减少贫困人口."""
    if "净" in near and (found := _NET.search(near)):
        return found
    return _FEWER.search(near) if counted and "减少" in near else None


def _not_a_move(left: str, found: re.Match[str]) -> bool:
    """新增 and 至少 move nothing; 高 and 多 move in a comparison (比…高)."""
    word, before = found["word"], left[: found.start()]
    if word == "增" and before.endswith(("新", "扩")):
        return True
    if word in ("多", "高", "快", "少", "低", "慢"):
        return not _THAN.search(before)
    return word in ("增加", "减少") and before.endswith("新")


@dataclass(slots=True)
class Case:
    """A number with what its measure depends on.

    Attributes:
        n: the number.
        c: the words around it.
        frame: what its sentence speaks of.
        left_clause: the words from the beginning of its clause.
        moved: what :func:`direction` says.
    """

    n: Number
    c: Context
    frame: Frame
    left_clause: str
    moved: str

    @property
    def unit(self) -> str:
        """The unit without its multiplier."""
        return self.n.unit.unit_zh or self.n.unit_zh


@dataclass(frozen=True, slots=True)
class Kind:
    """A measure, and when a number has it."""

    measure: str
    why: str
    test: Callable[[Case], bool]


def measure_of(n: Number, c: Context, frame: Frame, left_clause: str, moved: str) -> str:
    """The measure of a number: that of the first of :data:`KINDS` that fits; the arguments are those of :class:`Case`."""
    case = Case(n, c, frame, left_clause, moved)
    for kind in KINDS:
        if kind.test(case):
            return kind.measure
    raise AssertionError("the last of the measures fits every number")


def _is_percent(case: Case) -> bool:
    return case.unit in ("%", "‰", "成") or case.n.kind == "fraction"


def _grows_by_percent(case: Case) -> bool:
    if not _is_percent(case) or (case.n.kind == "fraction" and not case.moved):
        return False
    if _RATE_NAME.search(case.c.near) or (case.n.value < 50 and _PRICES.search(case.left_clause)):
        return True
    return bool(case.moved)


def _names_a_scheme(case: Case) -> bool:
    n, c = case.n, case.c
    if n.words and n.kind == "none" and c.right.startswith("大"):
        return True
    if n.kind == "time" and _CIRCLE.match(c.behind):
        return True
    return case.unit == "条" and c.behind.startswith(("重点产业链", "产业链", "主导产业"))


def _over_years(case: Case) -> bool:
    return (
        case.frame.span == TERM
        or ("累计" in case.left_clause and bool(_YEARS_TOGETHER.search(case.left_clause)))
        or (case.frame.side == REVIEW and bool(OVER_YEARS.match(case.left_clause)))
    )


def _one_of_several(case: Case) -> bool:
    return _over_years(case) and bool(_ONE_OF.match(case.c.behind))


def _summed(case: Case) -> bool:
    if not _over_years(case):
        return False
    words = case.left_clause + ("" if case.n.kind in COUNTS else case.n.prefix)
    summed = "累计" in words or not (_STOCK.search(words) or _ONE_YEAR.search(words))
    return summed and not from_to(case.c) and (case.frame.side != PLAN or bool(_SUM.search(words)))


def _per_head(case: Case) -> bool:
    return any(word in case.left_clause for word in "每均拥") and bool(_PER_HEAD.search(case.left_clause))


def _counts(case: Case) -> bool:
    n, c = case.n, case.c
    if n.kind in COUNTS or n.kind in ("none", "zero"):
        return True
    if n.kind == "time":
        return "天数" in case.left_clause
    return (
        n.kind == "amount"
        and not _MONEY_NAME.search(c.near)
        and not _of_amounts(c, case.left_clause)
        and not c.behind.startswith(("大关", "台阶", "关口"))
    )


KINDS: tuple[Kind, ...] = (
    Kind("rank", "a place in an order", lambda case: is_rank(case.n, case.c)),
    Kind("growth_rate", "增长9.3%, 增长-2.6%: a relative change", _grows_by_percent),
    Kind("share", "a part of a whole", _is_percent),
    Kind("growth_rate", "翻一番, 是2016年的2倍", lambda case: case.unit in ("番", "倍")),
    Kind("share", "20:50:30, the parts of a whole", lambda case: is_structure(case.n, case.c)),
    Kind("change", "a difference in points or of an amount", lambda case: case.unit in ("个百分点", "百分点", "个点") or bool(case.moved)),
    Kind("count_in_name", "十大行动, 15分钟圈: the number belongs to a scheme", _names_a_scheme),
    Kind("count", "连续六届: one after another", lambda case: case.c.left.endswith(("连续", "连续了", "蝉联", "连续第"))),
    Kind("count", "one of several is no sum over years", _one_of_several),
    Kind("cumulative", "what was done in several years together", _summed),
    Kind("level", "a standard per head", _per_head),
    Kind("count", "separate things, people or events", _counts),
    Kind("level", "all other amounts", lambda case: True),
)  # fmt: skip
"""The measures of the codebook in the order in which they are asked."""


def _of_amounts(c: Context, left_clause: str) -> bool:
    """Whether 174万 without a unit, at the end of its clause, is money or area: 支出年初预算1184万, 面积16万、8.5万."""
    return c.behind[:1] in ",。;、)" and bool(_AMOUNT_NAME.search(left_clause))


def from_to(c: Context) -> str:
    """``from`` before the start value, ``to`` before the end value of 从10家增加到189家, else nothing."""
    if ("从" in c.near or "由" in c.near) and _FROM.search(c.near):
        return "from"
    if _THEN_TO.match(c.behind):
        return "from"
    if ("从" in c.left or "由" in c.left) and _FROM_TO.search(c.left[-64:]):
        return "to"
    return "to" if _leads_to(c.near) else ""


def _leads_to(near: str) -> bool:
    """Whether the words lead to an end value: 增加到, 降至."""
    return ("到" in near or "至" in near or "为" in near) and _TO.search(near) is not None
