"""Numerals in the form of a quantity that state none: thresholds, ages, durations, small words.

Each rule gets the number and the words around it and says whether it refuses. The first that does names the reason.
Arabic digits are taken for a quantity unless a rule refuses; Chinese numerals only if a rule of :func:`admitted` lets them in,
because most of them are part of a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from gwr.extract.normal import word_list
from gwr.extract.numbers import Number
from gwr.extract.units import COUNTS, NO_UNIT

AMOUNTS = frozenset(
    word_list("money area length volume mass energy power voltage steam people amount computing things time")
)
_CLASS = re.compile(  # nouns of which a class is defined by size
    r"[^,。;:!?、\n0-9()]{0,10}?(?:项目|企业|工程|园区|集群|楼宇|楼|产业|泊位|机组|锅炉|电站|变电|"
    r"水库|平台|船舶|超市|商圈|建筑|餐饮|单位|纳税|大户|"
    r"公园|广场|综合体|养殖场|基地|公司|地块|乡镇|街道|城市|客户|品牌|市场主体|主体|车间|生产线|技改|灌区|河流|村)"
)
_SIZE_CLASS = re.compile(r"的?[^,。;:!?\n、]{0,8}?(?:级|型)(?![^,。;\n]{0,1}数)")
_PLANT = re.compile(r"(?:级?的)?[^,。;:!?、\n0-9()的]{0,3}?(?:焦炉|高炉|矿井|机组|窑炉|电炉|转炉)(?!产能|能力)")
_DELIMITER = re.compile(r"[ \ue000]*(?:[,。;:!?、)”\n(]|$)")
_NOUN_END = word_list(
    "项目 问题 企业 事项 案件 建议 提案 岗位 人才 学位 床位 泊位 线路 工程 任务 系数 指数 比值 "
    "达 达到 为 至 到 完成 任务 议案 诉求 隐患 线索 违建 "
    "专利 商标 设备 车辆 人员 党员 志愿者"
)
_ABSTRACT = word_list(
    "方面 问题 任务 关系 原则 意识 维护 务必 确立 自信 转变 市场 积极性 层面 环节 重点 文明 理念 "
    "布局 优先 坚持 体系 一 字 打造 更 率先 "
    "大局 根本 始终 毫不 结合 现代化 阶段 特点 目标 定位 关键 领域 同步 不动摇 到位 严格 角度 "
    "维度 统一 面向 战略 倍增 高地 先行 世纪 百年 "
    "星期 小时 月 礼拜 时期 纲领 事实 障碍 明显 不 中 循环 轮子 巴掌 节点 时段 台阶 结果 步骤 步 "
    "城 区 国家 地区 省 字头 都 拳头 月内 必须 务 全面"
)
_ABSTRACT_START = tuple(word for word in _ABSTRACT if word not in ("城", "区", "省", "都", "中"))
_POLICY = re.compile(
    r"(?:围绕|落实|贯彻|按照|坚持|践行|牢记|树立|增强|坚定|弘扬|秉承|聚焦|紧扣|强化|遵循|深化|严格|"
    r"推进|统筹推进|实现)[^。!?\n]{0,120}$"
)
_POLICY_END = re.compile(r"[^。!?\n]{0,60}?(?:部署|战略|精神|思想|理念|总体布局|战略布局|要求|思路|方针|路线)")
_BIG_AFTER = re.compile(r"大(?:[以至会概约体家众量幅力]|精神|报告|召开|胜利|召)")
_RANK_VERB = re.compile(
    r"(?:居|列|排名?|位次|位于|荣获|获评?|夺得?|摘得?|升至|跃升|跃居|保持|进入|跻身|前移|名次|"
    r"综合考评|成绩|并列)[^,。;\n]{0,16}$"
    r"|(?:全国|全省|全市|全区|全县|全球|世界|省内|市内|国内|同类[^,。;]{0,6}|省会城市|各县区|县区|"
    r"地级市|同级|三角|副省级城市|县市区?)(?:综合)?(?:前)?$"
    r"|第[0-9一二三四五六七八九十]{1,3}[名位]?[、和及][^,。;、\n]{1,12}$"  # the next of a list: 潜力第3、质量第4
)
_FROM_YEARS = re.compile(r"[从由][0-9.]{1,5}年[^,。;0-9]{1,6}[到至为]$")
_LENGTH_OF_TIME = re.compile(r"(?:时间(?!内)|期限|时限|周期|寿命)[^,。;0-9]{0,6}$|(?:延长|缩短|压缩)[^,。;0-9]{0,3}$")
_BIGGEST = re.compile(r"(?:成为|成了|是|为|居|列|升|持|世界|全球|全国|全省|我国)[^,。;]{0,10}$")
_NEW_THINGS = re.compile(
    r"(?:引进|新增|建成|新建|培育|创建|打造|发展|组建|招引|设立|建设|完成|认定|入库|扶持|落户|上市)[^,。;0-9]{0,6}$"
)
_CAPACITY = re.compile(r"(?!产能|能力|以上|左右)[\u4e00-\u9fff]{2,10}?(?:等)?(?:项目|工程|生产线|技改)")
_CAPACITY_STATED = re.compile(
    r"(?:产|产能|能力|规模|装机|容量|新增|达到?|为|完成|实现|增加|形成|处理|建成|超|总投资|[0-9个条座台])[^,。;]{0,2}$"
)
_AND_ANOTHER = re.compile(r"[、和且及][^,。;0-9]{0,12}[0-9][0-9.]{0,9}[千百]?[万亿]?元以上的?[^,。;]{0,6}项目")
_COMPARED_CITIES = re.compile(r"(?:重点|大中|主要)?城市[^,。;]{0,16}(?:第|排名|测评|考核|监测|评比)")
_RANK_NEXT = re.compile(
    r"(?:名|位)?[ \ue000]*(?:[,。;:、!?)”\n]|$|低|高(?!等|新|峰)|的好|的优异|的成绩|等)|名|位(?![置于])"
)


@dataclass(slots=True)
class Context:
    """What stands around a number: the line's normalised copy to its left and right, a few dozen characters each.

    ``near`` is the end of ``left``, long enough for rules about the words directly before the number.
    """

    left: str
    near: str
    right: str  # after numeral and unit
    behind: str  # after the comparator words too


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that refuses a number; ``kinds`` are those of the numbers it can refuse, all of them if there are none."""

    name: str
    reason: str
    why: str
    test: Callable[[Number, Context], bool]
    kinds: frozenset[str] = frozenset()


def _age(n: Number, c: Context) -> bool:
    return n.kind == "age" and not re.search(r"(?:寿命|年龄)[^,。;]{0,8}$", c.left)


def _years(n: Number, c: Context) -> bool:
    if n.kind != "time" or n.unit.unit_zh not in ("年", "周", "季度", "个季度", "个月", "日"):
        return False
    if (
        _again(c)
        or _FROM_YEARS.search(c.left)
        or re.search(r"(?:年限|期限|时限|寿命|周期|时间|压缩|缩短|延长|提前)[^,。;]{0,8}$", c.left)
    ):
        return False
    return n.unit.unit_zh in ("年", "周", "季度", "日") or n.words


def _again(c: Context) -> bool:
    return c.left.endswith(("连续", "连续了", "蝉联", "连续第"))


def _threshold(n: Number, c: Context) -> bool:
    if n.kind not in AMOUNTS or (n.kind in ("people", "things") and (not n.suffix or _NEW_THINGS.search(c.near))):
        return False
    if n.suffix == "以上" and n.kind == "money" and _AND_ANOTHER.match(c.behind):
        return True
    if n.suffix in ("以上", "以下", "以内") and n.kind != "time":
        return bool(_CLASS.match(c.behind)) and not _verb(c.behind)
    if n.kind in ("things", "time"):
        return False
    if n.comparator == "gt" and n.prefix and not re.search(r"总投资[^,。;]{0,2}$", c.left.removesuffix(n.prefix)):
        if n.bare and c.behind.startswith("的"):
            return True
        return bool(
            re.match(r"的", c.behind)
            or re.match(r"[^,。;:!?、\n0-9()]{0,6}?(?:项目|企业|园区|集群|工业企业)", c.behind)
        ) and bool(_CLASS.match(c.behind))
    return False


def _plant(n: Number, c: Context) -> bool:
    return n.kind in ("mass", "power", "volume") and not n.prefix and not n.suffix and bool(_PLANT.match(c.behind))


_CAPACITY_KINDS = ("mass", "volume", "things")


def _capacity(n: Number, c: Context) -> bool:
    if (
        n.prefix
        or n.suffix
        or n.kind not in _CAPACITY_KINDS
        or (n.kind == "things" and not (n.unit.unit_zh == "辆" and n.unit_zh != "辆"))
    ):
        return False
    return bool(_CAPACITY.match(c.behind)) and bool(c.left[-1:]) and not _CAPACITY_STATED.search(c.near)


def _institute(n: Number, c: Context) -> bool:
    return n.unit_zh == "所" and c.left.endswith(("重工", "电科", "航天", "中科院", "船舶", "兵器"))


def _compared_cities(n: Number, c: Context) -> bool:
    return n.unit_zh == "个" and c.left.endswith(("全国", "中国")) and bool(_COMPARED_CITIES.match(c.behind))


def _verb(behind: str) -> bool:
    return behind.startswith(("增", "完成", "实现", "用于", "建设", "支持", "推动", "带动", "资金"))


def _bare_size(n: Number, c: Context) -> bool:
    if n.kind not in AMOUNTS:
        return False
    if n.bare and c.left.endswith("个") and c.behind.startswith(("台阶", "大关")):  # 3个百亿元台阶
        return True
    if n.bare and (not n.prefix) and not _DELIMITER.match(c.behind) and not c.behind.startswith(("大关", "台阶")):
        return True
    return n.words and n.kind == "amount" and bool(_CLASS.match(c.behind)) and not n.prefix


def _size_level(n: Number, c: Context) -> bool:
    return (
        n.kind in AMOUNTS
        and n.kind != "time"
        and c.right.startswith(("级", "及以上", "及以下"))
        and not (n.kind in ("things", "people") and not c.right.startswith("级"))
    )


def _voltage(n: Number, c: Context) -> bool:
    return n.kind == "voltage"


def _steam(n: Number, c: Context) -> bool:
    return n.kind == "steam" and bool(_CLASS.match(c.behind))


def _year_alone(n: Number, c: Context) -> bool:
    return (
        not n.words and n.unit is NO_UNIT and n.kind == "none" and 1949 <= n.value <= 2099 and n.value == int(n.value)
    )


def _no_unit(n: Number, c: Context) -> bool:
    if n.words or n.kind != "none":
        return False
    if n.prefix or n.suffix:
        return not _DELIMITER.match(c.behind)
    return not (_DELIMITER.match(c.right) and c.left.rstrip(" \ue000").endswith(_NOUN_END) and n.value >= 0)


def _too_long(n: Number, c: Context) -> bool:
    return n.value != n.value


def _broken(n: Number, c: Context) -> bool:
    return n.broken


def _per(n: Number, c: Context) -> bool:
    return c.left.endswith("每") and (n.bare or n.value in (1, 10, 100, 1000, 10000, 100000))


def _ordinal(n: Number, c: Context) -> bool:
    return c.left.endswith("第") and not c.left.endswith("连续第") and not is_rank(n, c)


def _after_letter(n: Number, c: Context) -> bool:
    return (
        bool(c.left)
        and c.left[-1].isascii()
        and (c.left[-1].isalnum() or c.left[-1] in "#+")
        and not n.words
        and not n.prefix
    )


def _ratio_of_names(n: Number, c: Context) -> bool:
    return (
        n.kind == "none"
        and (c.right.startswith((":", "/", "-", "·", ".")) or c.left.endswith((":", "/", "-", "·", ".")))
        and not _is_structure(c)
    )


def _is_structure(c: Context) -> bool:
    return bool(re.search(r"(?:比例|结构|比重|之比|收入比|比)[^,。;\n]{0,40}$", c.left[-56:])) and bool(
        re.match(r":[0-9]|[,。;调、提优]|$", c.right)
    )


def _named_years(n: Number, c: Context) -> bool:
    return (
        n.kind == "time"
        and bool(re.match(r"(?:行动|计划|攻坚|大会战|规划|会战|大变样|提升行动|倒计时|限时)", c.right))
        and not n.suffix
    )


def _model_counts(n: Number, c: Context) -> bool:
    return not n.words and n.kind in ("people", "things") and c.right.startswith(("一岗", "一组", "一档", "一码"))


def _only(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


REFUSALS: tuple[Refusal, ...] = (
    Refusal("unreadable", "page_furniture", "more digits than a report states, or a fraction above one", _too_long),
    Refusal("broken", "page_furniture", "the rest of a numeral that a comma or a line broke, or a name after a dash", _broken),
    Refusal("ordinal", "ordinal", "第 orders, it does not count, unless a place in a ranking is meant", _ordinal),
    Refusal("ratio", "proper_name", "digits joined by a sign, not a stated proportion", _ratio_of_names, _only("none")),
    Refusal("year_without_year", "date", "a year whose 年 is left out (2021渔业周)", _year_alone, _only("none")),
    Refusal("after_letter", "proper_name", "a digit that follows a letter belongs to a name", _after_letter),
    Refusal("per_thousand", "threshold_in_name", "每千人口 names the base of a rate", _per),
    Refusal("age", "age_limit", "an age that delimits a group, not a life expectancy", _age, _only("age")),
    Refusal("duration", "date", "years and months that frame a plan or a review, unless said to be in a row or shortened", _years, _only("time")),
    Refusal("campaign_length", "proper_name", "三年行动: the length is part of the name", _named_years, _only("time")),
    Refusal("size_level", "threshold_in_name", "10万吨级泊位, 10蒸吨及以下锅炉: the size defines a class", _size_level, AMOUNTS),
    Refusal("voltage", "threshold_in_name", "220千伏变电站: the voltage names the kind of station", _voltage, _only("voltage")),
    Refusal("boiler", "threshold_in_name", "the size of boilers defines the class counted", _steam, _only("steam")),
    Refusal("threshold", "threshold_in_name", "亿元以上项目: the amount defines the class counted", _threshold, AMOUNTS),
    Refusal("plant", "threshold_in_name", "500万吨焦炉2户, 4对1000万吨的矿井: the size defines the furnace or mine", _plant, _only("mass", "power", "volume")),
    Refusal("capacity", "proper_name", "二期180万吨白卡纸项目: the capacity is part of the project's name", _capacity, _only(*_CAPACITY_KINDS)),
    Refusal("institute", "proper_name", "an institute by its number", _institute, _only("things")),
    Refusal("compared_cities", "threshold_in_name", "全国70个城市测评: the number defines who is compared", _compared_cities, _only("things")),
    Refusal("bare_size", "threshold_in_name", "百亿园区, 千名干部: a power without a digit names a size or exhorts", _bare_size, AMOUNTS),
    Refusal("one_post", "slogan", "formulas of posts and files", _model_counts, _only("people", "things")),
    Refusal("no_unit", "proper_name", "digits with no unit that end no count are a name (12345平台)", _no_unit, _only("none")),
)  # fmt: skip


EXPLAINED = Refusal("glossary", "proper_name", "what explains a term at the end of a report states nothing of the place", lambda n, c: True)  # fmt: skip


def refusal(n: Number, c: Context) -> Refusal | None:
    """The first rule that refuses the number."""
    for rule in _refusals_of(n.kind):
        if rule.test(n, c):
            return rule
    return None


@cache
def _refusals_of(kind: str) -> tuple[Refusal, ...]:
    """The rules that can refuse a number of this kind, in their order."""
    return tuple(rule for rule in REFUSALS if not rule.kinds or kind in rule.kinds)


def is_rank(n: Number, c: Context) -> bool:
    """第三位 after 位居, or 全市第三: a place in an order."""
    if not c.left.endswith(("第", "前")) or n.bare or not 1 <= n.value <= 300:
        return False
    if c.left.endswith("第"):
        if n.unit is NO_UNIT and c.right.startswith("大") and c.right[1:2] not in ",。;、":
            return bool(_BIGGEST.search(c.left[:-1]))
        if n.unit.unit_zh not in ("", "名", "位"):
            return False
        after = c.right if n.unit is NO_UNIT else n.unit_zh + c.right
        return bool(_RANK_NEXT.match(after)) and bool(_RANK_VERB.search(c.left[:-1]))
    if c.left.endswith("前"):
        if n.unit.unit_zh not in ("", "名", "位"):
            return False
        after = c.right if n.unit is NO_UNIT else n.unit_zh + c.right
        return (
            bool(_RANK_NEXT.match(after)) and bool(_RANK_VERB.search(c.left)) and not re.match(r"[个季年月天]", c.right)
        )
    return False


def is_structure(n: Number, c: Context) -> bool:
    """20:50:30 as the shares of three sectors."""
    return n.kind == "none" and not n.words and (c.right.startswith(":") or c.left.endswith(":")) and _is_structure(c)


@dataclass(frozen=True, slots=True)
class Admission:
    """A rule by which a Chinese numeral states a quantity; ``kinds`` as in :class:`Refusal`.

    ``united`` says that it lets in none without unit or multiplier.
    """

    name: str
    why: str
    test: Callable[[Number, Context], bool]
    kinds: frozenset[str] = frozenset()
    united: bool = False


def _rank_words(n: Number, c: Context) -> bool:
    return is_rank(n, c)


def _in_row(n: Number, c: Context) -> bool:
    return (
        n.unit is not NO_UNIT
        and _again(c)
        and n.value >= 2
        and n.unit.unit_zh in ("年", "届", "次", "个月", "个季度", "轮", "季")
    )


def _big(n: Number, c: Context) -> bool:
    """十大专项行动; not 二十大, not a formula of higher levels."""
    if n.unit is not NO_UNIT or n.kind != "none" or not 2 <= n.value <= 20 or not c.right.startswith("大") or n.bare:
        return False
    if _BIG_AFTER.match(c.right) or (c.left.endswith(("第", "党的", "的", "和")) and n.value > 11):
        return False
    if len(c.right) < 2 or not "\u4e00" <= c.right[1] <= "\u9fff" or c.right[1:].startswith(_ABSTRACT_START):
        return False
    noun = c.right[1:9]
    if any(
        word in noun
        for word in ("理念", "方面", "问题", "任务", "关系", "原则", "意识", "班子", "发展理念", "体系", "检查")
    ):
        return False
    return not _policy(c)


def _policy(c: Context) -> bool:
    """Whether the numeral stands in a formula of policy: 围绕…六个城、…九大专项行动等部署."""
    return (
        bool(_POLICY.search(c.left))
        and bool(_POLICY_END.match(c.right))
        and not re.search(r"[0-9]", c.right[:60].split("。")[0])
    )


def _tenths(n: Number, c: Context) -> bool:
    return n.unit.unit_zh == "成" and (
        bool(n.prefix) or bool(re.search(r"(?:增长|下降|占|达|到|为|上升|提高|减少|增加)$", c.left))
    )


def _bare_with_comparator(n: Number, c: Context) -> bool:
    return n.bare and bool(n.prefix) and (n.kind != "none")


def _amount_in_words(n: Number, c: Context) -> bool:
    return (
        n.unit is not NO_UNIT
        and n.unit.in_words
        and n.kind not in ("things", "events", "people", "time", "age")
        and (n.value >= 10 or len(n.unit_zh) > len(n.unit.unit_zh) or n.kind not in ("money",))
        and (n.value >= 2 or (n.bare and n.value != 1) or bool(n.prefix or n.suffix) or n.unit.unit_zh == "番")
    )


def _count_in_words(n: Number, c: Context) -> bool:
    if n.unit is NO_UNIT or not n.unit.in_words or n.kind not in ("things", "people", "events"):
        return False
    if n.unit.unit_zh in ("届", "次", "轮", "批次", "期", "遍", "回") and not re.search(
        r"(?:累计|先后|共|召开|举办|开展|获评?)[^,。;]{0,10}$", c.left
    ):
        return False
    if n.value < 2 and n.prefix == "至少":
        return True
    if n.value < 2:
        return (
            n.unit.unit_zh in ("家", "座", "所", "处", "栋", "条", "个", "件", "套", "台", "幢", "宗", "辆", "艘")
            and bool(_DELIMITER.match(c.behind))
            and not c.behind.startswith("”")
            and bool(re.search(r"[\u4e00-\u9fff)]$", c.left))
            and bool(
                re.search(
                    r"(?:建成|新建|新增|引进|投用|完成|创建|建设|培育|启动|设立|打造|组建|获评|"
                    r"改造)[^,。;:]{2,20}$",
                    c.left,
                )
            )
            and not c.left.endswith(("每", "统", "唯", "同", "第", "之", "任", "某", "逐", "不", "成", "这", "了"))
        )
    if (
        c.behind.startswith(_ABSTRACT_START)
        and not c.behind.startswith(("国家级", "国家湿地", "国家森林", "国家地质", "地区级"))
    ) or re.match(r"“?(?:大局|方面|大事(?!实事))", c.behind):
        return False
    if n.unit.unit_zh == "个" and (_policy(c) or re.match(r"(?:[城区省县市乡镇国]|全|新|大)[,、。;的作为]?", c.behind)):
        return bool(
            re.match(
                r"(?:县区|县市|城区|乡镇|镇街|全国|大型|新建|新区|市级|省级|区级|国家(?:级|湿地|森林|地质)|县级|镇|乡)",
                c.behind,
            )
        ) and not _policy(c)
    if n.unit.unit_zh in ("条", "件", "项") and re.match(r"(?:战线|腿|线(?![路])|基本原则|规定)", c.behind):
        return False
    return not (c.left.endswith(("每", "十", "第", "同", "统")) or n.bare)


def _amount_alone(n: Number, c: Context) -> bool:
    if n.kind != "amount" or n.bare or n.value < 2:
        return False
    return bool(n.prefix) or c.left.endswith(("斥资", "投资", "亿、"))


def _length_of_time(n: Number, c: Context) -> bool:
    return n.unit.unit_zh in ("年", "个月", "天", "小时", "分钟", "个工作日") and bool(_LENGTH_OF_TIME.search(c.left))


def _people_and_more(n: Number, c: Context) -> bool:
    return n.unit is not NO_UNIT and n.unit.in_words and n.comparator == "gt" and not n.bare and n.value >= 10


def _fraction(n: Number, c: Context) -> bool:
    return n.kind in ("fraction", "zero")


ADMISSIONS: tuple[Admission, ...] = (
    Admission("fraction", "四分之一 is a share; 零的突破 says more than none", _fraction, _only("fraction", "zero")),
    Admission("rank", "全市第一 after a word of ranking or scope", _rank_words),
    Admission("in_a_row", "连续六届 counts what followed each other", _in_row, united=True),
    Admission("number_of_great", "十大专项行动: 大 stands in for a measure word", _big, _only("none")),
    Admission("tenths", "近三成, 占六成", _tenths, united=True),
    Admission(
        "bare_with_comparator",
        "突破千亿元, 近百家: a comparator makes the power a number",
        _bare_with_comparator,
        united=True,
    ),
    Admission("amount", "三千万元, 六十公里", _amount_in_words, united=True),
    Admission("amount_alone", "突破五千亿, 斥资二百亿", _amount_alone, _only("amount")),
    Admission("length_of_time", "再延长三十年", _length_of_time, _only("time")),
    Admission("count", "四所新校, 七条道路: a measure word of things", _count_in_words, COUNTS),
    Admission("more_than", "二十余家", _people_and_more, united=True),
)


def admitted(n: Number, c: Context) -> Admission | None:
    """The rule by which this Chinese numeral states a quantity, or None."""
    for rule in _admissions_of(n.kind):
        if rule.test(n, c):
            return rule
    return None


@cache
def _admissions_of(kind: str) -> tuple[Admission, ...]:
    """The rules that can let in a numeral of this kind, in their order."""
    return tuple(
        rule for rule in ADMISSIONS if (not rule.kinds or kind in rule.kinds) and not (rule.united and kind == "none")
    )
