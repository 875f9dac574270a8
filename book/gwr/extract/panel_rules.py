"""Ten indicators of a work report: the target for its year, and the result of the year before, by rules X1 to X9 of the codebook.

The quantities are those of :func:`gwr.extract.engine.extract`, with their names, periods and statuses. What is decided here is which
of them is the figure of the whole place for one of the ten indicators, and which one counts where a report gives several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gwr.extract.engine import extract
from gwr.extract.frames import PLAN, TERM, Frame, Outline
from gwr.extract.indicators import clean
from gwr.extract.model import Quantity
from gwr.extract.normal import GAP, normalise
from gwr.extract.numerals import chinese

TARGET, RESULT = "target", "result"
GROWTH, PRICES, RATE_OF_PERSONS, PERSONS = "growth", "prices", "rate", "persons"


class Name(NamedTuple):
    """A way in which reports name an indicator; the first of an indicator counts before those after it."""

    indicator: str
    order: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the ten.

    Attributes:
        code: as in ``targets.csv``.
        kind: what its number is: the growth of an amount, of prices, a rate, or persons.
        names: patterns of its names, those that count first before the others.
        lowest, highest: what no report has stated beyond; a number outside is a slip of the text.
    """

    code: str
    kind: str
    names: tuple[str, ...]
    lowest: float
    highest: float


_PEOPLE = r"(?:居民|常住居民|居民家庭)"
_PER_HEAD = r"年?(?:人均|均)?年?可支配(?:性)?收入"
_PLAN_INCOME = (
    r"(?:一般)?(?:地方)?(?:财政)?(?:一般)?(?:公共)?(?:财政)?(?:一般)?(?:公共)?预算(?:内)?(?:财政)?(?:性)?收入"
)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "gdp_growth",
        GROWTH,
        (
            r"(?:地区|地方|国内|市内|市域|区)?(?:生产总值|GDP)(?:\(GDP\))?(?:总量)?",
            r"国民生产总值",
            r"(?:国民)?经济(?:总量|发展|增长)?|经济(?:增长|发展)(?:率|速度|预期)?(?:的?(?:预期|调控)?目标)?",
        ),
        -30,
        60,
    ),
    Indicator(
        "industry_va_growth",
        GROWTH,
        (
            r"(?:规模以上|规上|规模|限额以上|500万元以上|2000万元以上|国有及规模以上(?:非国有)?)(?:的)?工业(?:企业)?(?:完成)?增加值",
            r"(?:全部|全社会|全口径)?工业(?:企业)?增加值",
            r"(?:规模以上|规上|规模)工业(?:经济|生产)?",
        ),
        -50,
        120,
    ),
    Indicator(
        "fai_growth",
        GROWTH,
        (
            r"(?:全社会|完成)?(?:的)?固定资产(?:完成)?投资(?:\(不含农户\))?(?:总额|额|完成额|总规模|规模|总量)?(?:\(不含农户\))?|固投",
            r"(?:城镇|城镇以上|规模以上|规上|限额以上|500万元以上(?:项目)?|50万元以上(?:项目)?|地方)(?:全社会)?固定资产投资(?:总额|额|完成额|总规模|规模)?",
        ),
        -80,
        200,
    ),
    Indicator(
        "retail_growth",
        GROWTH,
        (
            r"(?:全?社会)?消费品(?:市场)?零售(?:总)?额(?:总额)?|社(?:会)?消(?:费品)?零(?:售)?总?额?|社零(?:总)?额|社零|社会消费品总额|社会零售总额",
            r"(?:全?社会)?商品零售(?:总)?额",
        ),
        -50,
        100,
    ),
    Indicator(
        "local_revenue_growth",
        GROWTH,
        (
            rf"(?:地方|地方级|区域性|本级)(?:性)?{_PLAN_INCOME}|地方级?(?:财政|公共财政|公共)(?:预算)?收入|地方级收入|地方财政本级收入|一般公共预算地方(?:级)?收入",
            rf"{_PLAN_INCOME}(?:\(不含[^()]*\))?",
            r"(?:公共)?财政收入",
            r"(?:地方)?(?:一般预算)?(?:全部|全口径|大口径|一般公共预算|公共)?(?:财政|财税)(?:总|总的)?收入|一般公共预算总收入|(?:地方)?公共财政预算总收入|财政一般预算总收入|一般预算总收入|地方财政总收入",
            r"(?:地区性|境内)(?:财政|财税)(?:总)?收入",
        ),
        -70,
        120,
    ),
    Indicator(
        "urban_income_growth",
        GROWTH,
        (
            rf"城(?:镇|市){_PEOPLE}?{_PER_HEAD}",
            rf"城(?:镇|市){_PEOPLE}?(?:人均)?(?:生活费|现金)?(?:可支配)?收入",
            rf"市区{_PEOPLE}?{_PER_HEAD}",
        ),
        -15,
        60,
    ),
    Indicator(
        "resident_income_growth",
        GROWTH,
        (
            rf"(?:全体)?{_PEOPLE}{_PER_HEAD}|(?:全体)?{_PEOPLE}收入",
            rf"城乡{_PEOPLE}?{_PER_HEAD}|城乡{_PEOPLE}?(?:人均)?收入",
        ),
        -15,
        60,
    ),
    Indicator(
        "cpi",
        PRICES,
        (
            r"(?:城乡)?居民消费(?:品)?(?:价格|物价)(?:总|总体|平均)?(?:水平|指数)?|CPI|消费(?:品)?价格(?:总)?(?:水平|指数)?",
            r"(?:城市|城镇|市区|城区)居民消费(?:品)?(?:价格|物价)(?:总|总体)?(?:水平|指数)?",
            r"(?:市场)?物价(?:总|总体)?(?:水平|指数)?|价格总水平",
        ),
        -6,
        40,
    ),
    Indicator(
        "unemployment_rate",
        RATE_OF_PERSONS,
        (
            r"(?:城镇|城乡|全国城镇)(?:居民)?调查失业率|调查失业率",
            r"(?:城镇|城市|城乡)?(?:户籍)?(?:居民|人口|人员)?登记失业率|城镇失业登记率|(?:城镇|城市)?失业率",
        ),
        0,
        30,
    ),
    Indicator(
        "new_urban_jobs",
        PERSONS,
        (
            r"城镇(?:累计|实现|净)?(?:新增|净增|增加)(?:实名制|各类|城镇)?(?:就业|从业)(?:再就业)?(?:岗位|人数|人员|人口|总数)?|"
            r"(?:新增|净增|增加)城镇(?:实名制|各类)?(?:就业|从业)(?:再就业|和再就业)?(?:岗位|人数|人员|人口|总数)?",
            r"城镇(?:就业|从业)(?:岗位|人数|人员|人口)?(?:新增|净增|增加)",
        ),
        0,
        20_000_000,
    ),
)
"""The ten indicators of ``targets.csv``."""

INDICATOR_CODES: tuple[str, ...] = tuple(one.code for one in INDICATORS)

_NAMES: tuple[Name, ...] = tuple(
    Name(one.code, order, re.compile(f"(?:{pattern})$"))
    for one in INDICATORS
    for order, pattern in enumerate(one.names)
)
_KIND = {one.code: one.kind for one in INDICATORS}
_LIMITS = {one.code: (one.lowest, one.highest) for one in INDICATORS}

_TAIL = re.compile(
    r"(?:的?(?:增长速度|增长率|增长幅度|上涨幅度|增速|增幅|涨幅|升幅|增长|上涨|上升)|预期|名义|实际|同比|同口径|按?可比口径|可比价|按可比价格?|剔除[^,]{2,12}因素(?:影响)?后?|"
    r"扣除[^,]{2,12}因素(?:影响)?后?|按|可|要|将|计划|调控|控制|累计|均值|平均值|持续|始终|继续|历史性|初步核算|初步统计|初步|连跨|跨过|跨上|跨入|跨|由负转正|由降转升|止跌回升|接连|连续|跨越|首次|双双|先后|稳步|全年|比上年|年末|期末|保持|平均|预计|目标|指标|水平(?<=增长水平))+$"
)
_HEAD = (
    r"预计|中央|省委|市委|预期|其中|提出|今年|去年|上年|明年|当年|全年|年度|计划|确保|力争|实现|完成|要求|建议|安排|指标|主要|使|将|把|保持|年末|全面|"
    r"促进|推动|拉动(?=全)|带动(?=全)|助推|努力|奋力|要|据|经济社会发展|发展|目标|奋斗|是|为|即|拟|综合考虑|初步|核算|测算|初步核算|统计|全地区|地区|全域|同口径|“|”|:|年|的|并|以及|和|与|及|、|"
    r"[1-9][0-9]?[、.]|[一二三四五六七八九十]+是|期末|除|\([一二三四五六七八九]\)|[-·*]|实际|名义|同比|绝对|高质量|稳定|经济总量|综合实力[^,]{0,8}|经济[^,]{0,6}增长"
)
_SCOPES = {
    "national": "全国|我国|国家|中国",
    "province": "全省|我省|本省|省",
    "city": "全市|我市|本市|市|全州|我州|全盟|我盟|州|盟",
    "county": "全区|我区|全县|我县|本区|本县",
}
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|地区|省|市|州|盟|县|区)$")
_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|维吾尔族|藏族|彝族|土家族|苗族|侗族|布依族|哈尼族|傣族|白族|景颇族|傈僳族|朝鲜族|羌族|蒙古族|蒙古|哈萨克|柯尔克孜)+"
)

_DATED = re.compile(r"((?:19|20)[0-9]{2}) ?[年.-] ?([0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?(?:月|[.-] ?[0-9])")
_NO_REPORT = "名词解释|名词注释|名词说明|有关用语|有关名词|相关名词|用语说明|指标解释|注释"
_GLOSSARY = re.compile(
    rf"(?m)^[ {GAP}#*(【\[]*(?:附件?[0-9一二三]?[::]?)?[^\n,。;]{{0,24}}(?:{_NO_REPORT})[^\n,。;]{{0,8}}$"
)
_GREETS = re.compile(r"各位代表|各位委员|同志们|代表们|代表.{0,8}审议|政府工作(?:的)?报告")

_AVERAGE = re.compile(r"年均|年平均|平均每年|两年平均|[二两三四五]年(?:的)?平均|累计增长|递增|五年[^,。;]{0,6}增长")
_OTHER_BASE = re.compile(r"(?:比|较|是|为|在)(?:(?:19|20)([0-9]{2})年|“?(?:七|八|九|十[一二三四]?)五)[^,;。]{0,14}$")
_PARTIAL = (
    r"上半年|下半年|[一二三四1-4]季度|前[一二三1-3]季度|(?<![0-9])(?:1[0-2]|[1-9])(?:-(?:1[0-2]|[1-9]))?月份?|半年|季度"
)
_TERM_WORDS = (
    r"“?(?:七|八|九|十[一二三四五]?)五”?(?:规划|计划)?(?:时期|期间|末|期末|以来|的?五年)|(?:今后|未来|过去的?|近|这|每|前|后|近来)[三四五两几]年|[三四五]年(?:来|间|内|累计|共|[^规计行目攻后前，,。;]{0,3}(?=[新安投完建发实帮转培解]))|"
    r"到(?:19|20)[0-9]{2}年|(?:19|20)[0-9]{2}(?:年)?[-至到](?:19|20)[0-9]{2}年|(?:19|20)[0-9]{2}年以来"
)
_WHEN = re.compile(
    rf"(?P<term>{_TERM_WORDS})|(?P<partial>(?<![较比从由、自至到])(?:{_PARTIAL}))|(?<![0-9比较与是])(?P<year>(?:19|20)[0-9]{{2}})年(?!以来|来|不变|价格|可比|[前末底]?[^,。;]{{0,3}}[翻倍])|"
    r"(?P<now>今年|本年度?|新的一年|明年)|(?P<past>(?<![比较与])(?:去年|上年|过去一年|过去的一年|一年来))|(?P<whole>全年|年度|预期目标|主要目标)"
)
_AS_TARGET = re.compile(r"的?(?:年度|年初|预期|既定|全年|计划|原定|增长|调控|控制)*(?:的)?目标")
_SET_BEFORE = re.compile(
    r"(?:年初|原定|人代会|计划|既定)[^,。;]{0,12}(?:目标|确定|提出)[^,。;]{0,12}$|(?:高于|低于|超过|好于|快于|优于)[^,。;0-9]{0,14}(?:目标|预期|水平|平均|增速)?[^,。;0-9]{0,6}\(?$"
)
_GROWS_ASIDE = re.compile(
    r"(?:增长|增幅|增速)[^,。;0-9()]{0,2}\([^()]{1,18}\)[^,。;0-9]{0,2}$|(?:增长|增速|速度|增长率)(?:的?预期)?(?:目标)?(?:要|将|力争|确定|安排|定|达到?|保持|为|在|到){0,3}$"
)
_CEILING = re.compile(r"控制(?:在)?[^,。;0-9]{0,2}$")
_INDEX = re.compile(r"(?:指数|水平|价格)[^,;。%]{0,12}$")
_STATED = re.compile(r"(?:控制|保持|稳定|回落|为|在|达|涨幅|[数平格])[^,;。0-9%]{0,3}$")
_COMPARED_WITH = re.compile(r"(?:高于|低于|快于|好于|比)(?:全国|全省|全区|全市)[^,。;]{0,10}$")
_CEIL_KINDS = frozenset((PRICES, RATE_OF_PERSONS))


class PanelRow(NamedTuple):
    """One row of ``targets.csv`` without its report; ``start:end`` spans the number with its unit and comparator words."""

    plan_year: int
    indicator: str
    kind: str
    value: float
    value_high: float | None
    unit_zh: str
    comparator: str
    status: str
    start: int
    end: int


@dataclass(slots=True)
class PanelReading:
    """What a report gives: the year that it plans, its rows in reading order, and why it has none where it is no report."""

    plan_year: int
    rows: list[PanelRow]
    refused: str = ""


@dataclass(slots=True)
class Candidate:
    """A quantity that may be the figure of an indicator, and its order: the lowest counts, of equal ones the first in the text."""

    row: PanelRow
    order: int


def read_panel(text: str, place: str, level: str, year: int, title: str = "") -> PanelReading:
    """The rows of one report.

    Args:
        text: its text, in which ``start`` and ``end`` count.
        place, level: whose it is: ``national``, ``province``, ``city`` or ``county``; they say which names are of the whole place.
        year: the year of the report, which it plans unless its headings say that it plans the next one.
        title: where it is not in the text; it helps to tell whose report of which year the text is.
    """
    found = extract(text)
    copy = found.copy
    if refused := _refused(copy, place, level, year, normalise(title)[0]):
        return PanelReading(year, [], refused)
    planned = plan_year_of(copy, year)
    glossary = _GLOSSARY.search(copy, len(copy) // 2)
    until = glossary.start() if glossary else len(copy)
    namer = _Namer(place, level)
    best: dict[tuple[str, str], Candidate] = {}
    for one in _candidates(found.quantities, found.outline, copy, namer, _Scopes(copy, planned), until):
        key = (one.row.indicator, one.row.kind)
        if key not in best or one.order < best[key].order:
            best[key] = one
    _without_sums(best)
    return PanelReading(planned, sorted((one.row for one in best.values()), key=lambda row: (row.start, row.indicator)))


def _refused(copy: str, place: str, level: str, year: int, title: str) -> str:
    """Why a text is not the report that its name says, or nothing."""
    if not _GREETS.search(f"{title}\n{copy}"):
        return "the text is no work report: it addresses no deputies and calls itself none"
    short = _short(place)
    if level != "national" and short[:2] not in copy:
        return f"the text is of another place: it never names {place}"
    head = copy[:200].partition("各位代表")[0]
    dated = {int(found[1]) for found in _DATED.finditer(f"{title}\n{head}")}
    if (
        dated
        and all(abs(other - year) > 1 for other in dated)
        and f"{year}年" not in copy
        and f"{year - 1}年" not in copy
    ):
        return f"the text is of another year: it is dated {min(dated)}, and names neither {year} nor {year - 1}"
    return ""


def _short(place: str) -> str:
    """A place's name without 省, 市 or 自治州 and the people it is named after."""
    return _ETHNIC.sub("", _SUFFIX.sub("", place)) or place


def plan_year_of(copy: str, year: int) -> int:
    """The year of the report, or the next one where it was given in the last months of its year, or a heading looks back on that."""
    head = copy[:600]
    dated = [
        int(found[1]) * 12 + (int(found[2]) if found[2].isdigit() else int(chinese(found[2]) or 1))
        for found in _DATED.finditer(head)
    ]
    if any(year * 12 < at < year * 12 + 9 for at in dated):
        return year
    later = any(year * 12 + 9 <= at <= year * 12 + 16 for at in dated)
    return (
        year + 1
        if later or re.search(rf"(?m)^[^\n。]{{0,14}}{year}年[^\n。0-9]{{0,12}}(?:回顾|总结)[^\n。0-9]{{0,8}}$", copy)
        else year
    )


def _without_sums(best: dict[tuple[str, str], Candidate]) -> None:
    """Leaves out new jobs of several years: a result more than two and a half times the target, or a target that much above a result."""
    target, result = best.get(("new_urban_jobs", TARGET)), best.get(("new_urban_jobs", RESULT))
    if target is None or result is None:
        return
    if result.row.value > 2.5 * target.row.value:
        del best["new_urban_jobs", RESULT]
    elif target.row.value > 2.5 * result.row.value:
        del best["new_urban_jobs", TARGET]


_GOAL = re.compile(r"(?:预期|奋斗|主要|发展|工作|调控|年度|总体|全年|今年)(?:的)?(?:目标|指标|任务|总盘子)")


def _is_goal(copy: str, at: int) -> bool:
    """Whether the number stands in the list of targets of the report, which begins with 主要预期目标 or the like."""
    return _GOAL.search(copy, max(0, at - 700), at) is not None


class _Namer:
    """Says which indicator of the whole place a name means."""

    def __init__(self, place: str, level: str) -> None:
        own = {name for name in (place, _SUFFIX.sub("", place), _short(place)) if len(name) > 1}
        scope = _SCOPES.get(level, "")
        if place in _MUNICIPALITIES:
            scope = f"{_SCOPES['city']}"
        elif place.endswith("自治区"):
            scope = "全区|我区|本区|自治区|区"
        words = [re.escape(name) for name in sorted(own, key=len, reverse=True)]
        self.head = re.compile(
            f"(?:{'|'.join(words)}|{scope}|全社会|{_HEAD})*(?:19|20)?(?:[0-9]{{2}}年)?(?:{'|'.join(words)}|{scope})*"
        )
        self.seen: dict[str, tuple[str, int] | None] = {}

    def __call__(self, name: str) -> tuple[str, int] | None:
        """The code and the order of the name, or nothing."""
        if name not in self.seen:
            self.seen[name] = self._find(name)
        return self.seen[name]

    def _find(self, name: str) -> tuple[str, int] | None:
        name = _TAIL.sub("", name.replace("（", "(").replace("）", ")"))
        for one in _NAMES:
            if (core := one.pattern.search(name)) and self.head.fullmatch(name[: core.start()]):
                return one.indicator, one.order
        return None


def _candidates(
    quantities: list[Quantity], outline: Outline, copy: str, namer: _Namer, scopes: _Scopes, until: int
) -> Iterator[Candidate]:
    for number, q in enumerate(quantities):
        if q.start >= until:
            return
        for code, order in _meant(number, quantities, copy, namer):
            frame = outline.at(q.number_start)
            kind = _kind(q, frame, scopes, copy)
            if kind and (row := _row(q, code, kind, copy, scopes.planned)):
                apart = kind == TARGET and not _is_goal(copy, q.start)
                yield Candidate(row, 2 * order + apart)


def _meant(number: int, quantities: list[Quantity], copy: str, namer: _Namer) -> Iterator[tuple[str, int]]:
    """The indicators that a quantity is a figure of: by the words of its own clause, in a list with 分别 by its place there, else
    by the name that the extractor gave it."""
    q = quantities[number]
    if copy[q.start - 1 : q.start] == "$":
        return  # a number that a converter has broken: 1$1.$2%
    if not _SAYS_ONE.search(q.indicator_zh) and not _SAYS_ONE.search(copy, max(0, q.start - 60), q.start):
        return
    if (
        q.unit_zh not in _PERCENT
        and "就业" not in q.indicator_zh
        and "从业" not in q.indicator_zh
        and "价格" not in q.indicator_zh
    ):
        return
    before = quantities[number - 1].end if number else 0
    clause = q.start - len(_clause_left(copy, q.start))
    words = _ASIDE.sub("", copy[max(clause, before) : q.start])
    named = "" if _ONLY_MOVES.fullmatch(words) else _LEADS.sub("", clean(words))
    if (listed := _listed(number, quantities, copy)) is not None:
        found = namer(listed)
    elif before > clause and not named:
        found = namer(q.indicator_zh)
    else:
        found = namer(named) or namer(q.indicator_zh)
        if (
            found is None
            and (several := _several(named) or _several(q.indicator_zh))
            and not _GOES_ON.match(copy, q.end)
        ):
            for piece in several:
                if (one := namer(piece)) and _fits(q, one[0], copy):
                    yield one
            return
        if found is None and not named:
            found = _moved_on(number, quantities, copy, namer)
    if found is None and named in ("投资", "完成投资") and _OF_INVESTMENT.search(copy, max(0, q.start - 70), q.start):
        found = "fai_growth", 0
    if found is None and named == "城镇就业" and "新增" in words:
        found = "new_urban_jobs", 0
    if "均" in words and _BOTH.search(copy, max(0, q.start - 70), q.start):
        found = "urban_income_growth", 0
    if _PAIR_OF_AMOUNTS.search(copy, max(0, q.start - 70), q.start) and _GOES_ON.match(copy, q.end):
        found = "urban_income_growth", 0
    if (
        found is None
        and named.removeprefix("其中") in ("城镇", "城镇居民", "城镇常住居民")
        and _OF_ALL.search(copy, max(0, q.start - 90), q.start)
    ):
        found = "urban_income_growth", 0
    if found and found[0] == "resident_income_growth" and found[1] == 1:
        if before > clause and _LISTS.fullmatch(copy, before, q.start):
            return  # the second of a pair is that of the country
        if _GOES_ON.match(copy, q.end) or "分别" in words or _EACH.search(words):
            found = "urban_income_growth", 0
    if found and _fits(q, found[0], copy):
        yield found


_SAYS_ONE = re.compile("收入|总值|GDP|增加值|投资|零售|价格|CPI|失业|就业|从业|经济|工业|物价|固投|社零|社消零")
_EACH = re.compile("(?<!人)均")
_BOTH = re.compile(
    r"(?:城乡|城镇(?:居民)?[^。;]{0,12}[和、]农)[^。;]{0,60}收入[^。;]{0,30}元[、和及][^。;]{0,16}元,?[^。;,]{0,4}均(?:实际)?增长$"
)
_PAIR_OF_AMOUNTS = re.compile(
    r"城乡居民人均可支配收入分别[^。;0-9]{0,6}[0-9.万]+元[、和及][0-9.万]+元[、,](?:实际|分别|名义)*增长$"
)
_OF_INVESTMENT = re.compile(r"固定资产投资[^。;\n]{0,12}(?:[0-9.]+亿元|%)[^。;\n]*$")
_OF_ALL = re.compile(r"居民人均可支配收入[^。;\n]*$")
_LEADS = re.compile(r"^(?:,|;|、|和|与|并)+")
_ASIDE = re.compile(r"\([^()]{0,20}\)")
_LISTS = re.compile(r"(?:[、,和与及 \ue000]|分别|增长|实际|左右|以上){1,6}")
_GOES_ON = re.compile(r"[、,和与及 \ue000]{1,3}(?:增长)?[0-9.]+ ?%")
_BETWEEN = re.compile(r"[、,和与及 \ue000]*(?:增长|左右|以上)*[、,和与及 \ue000]*")
_RESPECTIVELY = re.compile(
    r"(?P<subject>[^,;:。\n]+?),?(?:预计|预期|力争|可|可比|比上年|同比|较上年|实际|约|将|均|年均)*分别(?P<verb>[^,;:。\n0-9]*)$"
)
_PIECES = re.compile(r"[、,和与及]+")
_THEN = re.compile(r"进入|突破|行列|跨|台阶|净增|净增量|关口|大关|首次|历史")
_ONLY_MOVES = re.compile(
    r"(?:,|;|并|同比|比上年|较上年|比去年|按?(?:可比|同|不变|现)(?:价格?|口径)?(?:计算)?|按?(?:财政)?同?口径|(?:扣除|剔除)[^,;]{2,12}因素(?:影响)?后?|实际|名义|预计|约|增长|下降|上涨|增幅为?|增速为?|达到?|[ \ue000])+"
)


def _several(name: str) -> list[str]:
    """The names of 财政总收入、公共财政预算收入, which have one figure together; nothing if the name is no list."""
    pieces = [piece for piece in _PIECES.split(name) if piece]
    return pieces if 1 < len(pieces) < 6 else []


def _listed(number: int, quantities: list[Quantity], copy: str) -> str | None:
    """The name of a figure in a list with 分别, if there are as many names as figures: 固定资产投资、零售总额分别增长8%、9%."""
    q = quantities[number]
    first = number
    while (
        first
        and number - first < 8
        and quantities[first - 1].unit_zh == q.unit_zh
        and _BETWEEN.fullmatch(copy, quantities[first - 1].end, quantities[first].start)
    ):
        first -= 1
    lead = _RESPECTIVELY.search(copy, max(0, quantities[first].start - 120), quantities[first].start)
    if lead is None or any(char.isdigit() for char in lead["subject"]):
        return None
    last = number
    while (
        last + 1 < len(quantities)
        and quantities[last + 1].unit_zh == q.unit_zh
        and _BETWEEN.fullmatch(copy, quantities[last].end, quantities[last + 1].start)
    ):
        last += 1
    pieces = [piece for piece in _PIECES.split(lead["subject"]) if piece]
    if len(pieces) != last - first + 1 or len(pieces) < 2:
        return None
    piece, end = pieces[number - first], pieces[-1]
    for tail in ("居民人均可支配收入", "常住居民人均可支配收入", "人均可支配收入", "居民收入", "增加值", "收入"):
        if end.endswith(tail) and number < last and not piece.endswith(("收入", "值", "资", "额")):
            overlap = next((size for size in range(len(tail), 0, -1) if piece.endswith(tail[:size])), 0)
            return piece + tail[overlap:]
    return piece


def _moved_on(number: int, quantities: list[Quantity], copy: str, namer: _Namer) -> tuple[str, int] | None:
    """The name of the amount before, where only a comparison stands between: 生产总值3258亿元,第三个进入3000亿元行列,增长13%."""
    q = quantities[number]
    for before in reversed(quantities[max(0, number - 4) : number]):
        between = copy[before.end : q.start]
        if (
            q.start - before.end > 90
            or any(sign in between for sign in "。;\n")
            or before.measure in ("growth_rate", "share")
        ):
            return None
        if found := namer(before.indicator_zh) or namer(clean(_clause_left(copy, before.start))):
            return found if _THEN.search(copy, before.start - 8, q.start) or _ONLY_MOVES.fullmatch(between) else None
    return None


def _fits(q: Quantity, code: str, copy: str) -> bool:
    """Whether the number is of the kind that the indicator has."""
    kind = _KIND[code]
    if kind == PERSONS:
        return q.base_unit in ("person", "thing") and not q.unit_zh.endswith(("%", "家", "项", "户"))
    if kind == PRICES and 94 <= q.value <= 130:
        return q.unit_zh in ("", "%", "％") and _INDEX.search(copy[max(0, q.start - 24) : q.start]) is not None
    if q.unit_zh not in _PERCENT:
        return False
    if kind == RATE_OF_PERSONS:
        return q.measure in ("share", "growth_rate", "change")
    if kind == PRICES and q.measure == "share":
        return q.value < 30 and _STATED.search(copy[max(0, q.start - 12) : q.start]) is not None
    return q.measure == "growth_rate" or (
        q.measure == "share" and _GROWS_ASIDE.search(copy[max(0, q.start - 24) : q.start]) is not None
    )


def _clause_left(copy: str, at: int) -> str:
    left = copy[max(0, at - 160) : at]
    return left[1 + max(left.rfind(sign) for sign in ",;:。\n!?") :]


def _kind(q: Quantity, frame: Frame, scopes: _Scopes, copy: str) -> str:
    """``target``, ``result``, or nothing for a figure of other years, of a part of the year, or an average of several."""
    planned = scopes.planned
    sentence = copy[frame.start : q.start]
    clause = _clause_left(copy, q.start)
    if _AVERAGE.search(clause) or _SET_BEFORE.search(clause):
        return ""
    if (base := _OTHER_BASE.search(clause)) and not (base[1] and planned - 2 == int(str(planned)[:2] + base[1])):
        return ""
    when = _last_time(sentence)
    last = when.lastgroup if when else None
    year = int(when["year"]) if when and last == "year" else None
    if last in ("term", "partial"):
        return ""
    if (_OF_A_PART.search(sentence) and not _WHOLE_AGAIN.search(clause)) or _STARTS_FROM.search(clause):
        return ""
    if frame.side == PLAN and year == planned - 1 and _JUST_PAST.match(copy, frame.start):
        return RESULT
    if frame.side == PLAN and last is None and _SUMS_UP_A_YEAR.search(copy, frame.line, frame.start):
        return RESULT if not _AIMS.search(sentence) else ""
    if frame.side == PLAN or _AIMS.search(
        sentence
    ):  # a list of targets, also where no heading says that the plan begins
        if (
            q.direction == "fall"
            or _LOOKS_BACK.match(copy, q.end)
            or last == "past"
            or (year is not None and year != planned)
        ):
            return ""
        if frame.span == TERM and last not in ("year", "now") and not scopes.of_year(frame):
            return ""
        return TARGET
    if _AS_TARGET.match(copy, q.end) or q.status not in ("actual", "expected"):
        return ""
    if year is not None:
        return RESULT if year == planned - 1 else ""
    if (
        last != "past"
        and (q.unit_zh not in _PERCENT or q.measure == "share" or q.value > 20)
        and scopes.sums_up(q.start, frame)
    ):
        return ""  # new jobs, a rate that was held, or a growth of several years
    if last == "past" or frame.span != TERM or scopes.of_year(frame):
        return RESULT
    return ""


_SUMS_UP_A_YEAR = re.compile(r"过去的?一年[^。\n]{2,40}成[绩就效]。$")
"""A sentence in the plan that looks back once more; what stands behind it are results."""
_JUST_PAST = re.compile(r"[\s\ue000]*(?:刚刚)?过去的?(?:19|20)[0-9]{2}年")
_OF_A_PART = re.compile(
    r"(?:开发区|新区|园区|高新区|经开区|片区|兵团|自贸区|试验区|示范区|县域|镇域|集聚区|保税区|港区)[^。;\n]{0,50}$"
)
_WHOLE_AGAIN = re.compile("全市|全省|全区|全州|全国|我市|我省")
_PERCENT = ("%", "％")
_STARTS_FROM = re.compile(r"(?:由|从)[^,;。]{0,14}$")
_LOOKS_BACK = re.compile(
    r"[,、](?:均|都)?(?:位?居|位?列|排名?)(?:全|第|[^,。]{0,4}前)|,?(?:高出|高于|超过|超出|好于|比)(?:年初|预期|省定|全年)?[^,。]{0,4}目标"
)
_AIMS = re.compile(r"(?:预期|奋斗|主要)目标(?:建议|确定|安排|设定)?(?:是|为|:)")
_SUMS_UP = re.compile(r"年均|[五四]年[来间累]|“十[一二三四]?五”(?:时期|期间|以来)")


def _last_time(sentence: str) -> re.Match[str] | None:
    """The last words of the sentence that say of what time it speaks; “十四五”时期主要目标 is still of the plan's five years."""
    last: re.Match[str] | None = None
    for when in _WHEN.finditer(sentence):
        if (
            when["whole"]
            and last is not None
            and last["term"]
            and not re.search("[,;:]", sentence[last.end() : when.start()])
        ):
            continue
        last = when
    return last


_YEAR_SCOPE = r"{year}年(?!以来|来|[底末](?:的|,)?(?:[0-9]|和|与|至|到))|{words}"
_TERM_SCOPE = r"(?:过去|今后|未来|这|近|刚刚过去)的?五年|五年(?:来|间|中|的)|本届政府|“十[一二三四]?五”(?:规划)?(?:时期|期间|以来|末|的)|到20[0-9]{2}年|[三四五]年来"


_BEGINS = re.compile(r"(?:^|(?<=[。\n;!]))[^。\n;!]{2,36}")


class _Scopes:
    """Where a report that speaks of several years comes to speak of one: the sentence says so at its beginning, or a heading does."""

    def __init__(self, copy: str, planned: int) -> None:
        self.copy, self.planned = copy, planned
        self.marks: dict[str, list[tuple[int, bool]]] = {}

    def _marks(self, side: str) -> list[tuple[int, bool]]:
        """Where sentences begin with such words, and whether they are of one year."""
        if side not in self.marks:
            year, words = (
                (self.planned, "今年|明年|新的一年|本年度")
                if side == PLAN
                else (self.planned - 1, "去年|过去的?一年|刚刚过去的一年|一年来|今年以来|上年")
            )
            own = re.compile(rf"(?P<term>{_TERM_SCOPE})|(?P<year>{_YEAR_SCOPE.format(year=year, words=words)})")
            marks = []
            for sentence in _BEGINS.finditer(self.copy):
                if found := own.search(sentence[0]):
                    marks.append((sentence.start(), bool(found["year"])))
            self.marks[side] = marks
        return self.marks[side]

    def sums_up(self, at: int, frame: Frame) -> bool:
        """Whether the paragraph around a number sums several years up: it has 年均 or the like, and names no year of its own before."""
        if not _SUMS_UP.search(self.copy[max(frame.line, at - 240) : at + 80].partition("\n")[0]):
            return False
        return not any(frame.line <= mark <= frame.start and one for mark, one in self._marks(frame.side))

    def of_year(self, frame: Frame) -> bool:
        """Whether the last such words before a sentence are of one year; in a review, at most some paragraphs before."""
        last = None
        for at, one in self._marks(frame.side):
            if at > frame.start:
                break
            last = (at, one)
        return last is not None and last[1] and (frame.side == PLAN or frame.start - last[0] < 3000)


_SENTENCE_ENDS = re.compile("[。!?;]")


def _goes_on_expected(copy: str, at: int) -> bool:
    """Whether 预计 stands earlier in the paragraph and only sentences with figures lie between: they go on with its list."""
    line = copy[max(copy.rfind("\n", 0, at) + 1, at - 400) : at]
    said = line.rfind("预计")
    if said < 0 or "目标" in line[said:]:
        return False
    between = _SENTENCE_ENDS.split(line[said:])
    return all(any(char.isdigit() for char in sentence) for sentence in between[:-1])


def _row(q: Quantity, code: str, kind: str, copy: str, planned: int) -> PanelRow | None:
    persons = _KIND[code] == PERSONS
    value, high, unit = q.signed, q.value_high, "%"
    if persons:
        factor = q.base_value / q.value if q.value else 1.0
        value, unit = float(f"{q.base_value:.12g}"), "人"
        high = float(f"{high * factor:.12g}") if high is not None else None
    elif high is not None and value < 0:
        value, high = -high, -q.value
    if _KIND[code] == PRICES and value >= 94:  # an index of 103 is a rise of 3 per cent
        value, high = round(value - 100, 4), round(high - 100, 4) if high is not None else None
    lowest, highest = _LIMITS[code]
    if not lowest <= value <= highest:
        return None
    comparator = q.comparator
    if (
        comparator == "eq"
        and high is None
        and _KIND[code] in _CEIL_KINDS
        and _CEILING.search(copy[max(0, q.start - 8) : q.start])
    ):
        comparator = "le"
    told = "actual" if q.status == "target" else q.status  # a result that the plan tells once more
    status = "target" if kind == TARGET else "expected" if _goes_on_expected(copy, q.start) else told
    return PanelRow(planned, code, kind, value, high, unit, comparator, status, q.start, q.end)
