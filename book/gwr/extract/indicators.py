"""What a number counts or measures, in the report's own words.

The name is taken from the clause: the words before the number (固定资产投资完成122亿元), or for things counted the noun after it
(119家核心产业企业). Where the clause names nothing (增长9.3%), the name of the number before it in the sentence holds on.
Lists with 分别 hand their names out in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gwr.extract.normal import GAP, word_list
from gwr.extract.numbers import Number, is_count
from gwr.extract.refusals import Context
from gwr.extract.units import unit_at

_TRAIL = frozenset(
    word_list(
        """
    位 比
    分别 均 已 就 都 也 再 仅 共 共计 合计 总计 达到 达 完成 实现 为 是 突破 超过 超 增长 增长了 递增 增加 增加了 增加到 增至 增长到 提高到 提升到 提高至 提升至 提高 提升 上升到 增产 减产
    上升至 上升 上涨 下降到 下降至 降到 降至 下降 减少到 减少 降低到 降低至 降低 回落 压减 压缩至 压缩到 压缩 缩短至 缩短到 缩短 调整为 调整到 调整至 扩大到 扩大至 扩大 恢复到 由 从
    约 近 累计 预计 有望 前移 后移 净 同比 环比 比上年 较上年 比去年 年均 平均 年平均 保持在 保持 稳定在 稳定 维持在 控制在 控制 力争 确保 在 至 到 了 的 占 各 每平方公里 每人每月
    每人每年 每人 每年 每月 列 位列 位居 居 排名 排 不低于 不少于 有 拥有 余 新增 增 降 减 高 多 安排 投入 发放 收窄 负 跃升至 跨越 跨上 迈上 跃上 翻 用地 总计达 幅度 左右 以上
    同口径 可比口径 按可比价格 按可比价 按可比价计算 按可比价格计算 按不变价 按现价 折合 首次 双双 未 减至 减到 减少至 升至 升为 降为 增为 增加至 上升为 下降为 提升为 扩大为 全市 全区 全县 全省 全国 第 仅占 约占 集聚 增收 、 和 与 及 其中 涉及 惠及 两年平均 三年平均 四年平均 五年平均 , :
        """
    )
)
"""Words that lead from a name to its number; taken off the end one by one, the longest first."""
_NOT_AFTER = {"位": "学泊床岗单席", "比": "占", "约": "节"}
"""Trailing words that are part of the name after these characters: 学位, 占比."""
_TRAIL_BY_LAST = {
    last: tuple(sorted((word for word in _TRAIL if word[-1] == last), key=len, reverse=True))
    for last in {word[-1] for word in _TRAIL}
}
_SIGNS = f"、,:; {GAP}"
_LEFT_AT_END = frozenset(f", :{GAP}")
_LEAD = re.compile(
    r"^(?:预计|全年|全市|全区|全县|全镇|全乡|我市|我区|我县|今年|明年|去年|当年|年内|本年|其中|"
    r"同时|累计|共计|合计|总计|共|已|力争|确保|努力|争取|并|且|使|让|将|再|先后|成功|全面|顺利|"
    r"圆满|超额|提前|积极|大力|着力|有效|有序|扎实|稳步|深入|切实|高标准|高质量|到(?!位)|"
    r"[0-9]{4}年(?:底|末)?|是|为(?!民)|的|在(?!建|校|岗|册|营)|对(?!外|口|台)|把|向|从|由|每年|"
    r"五年来|一年来|各位代表|经济社会发展(?=主要|的|预期)|主要(?=预期|目标|指标)|预期目标是|"
    r"目标是|一是|二是|三是|四是|五是|六是|七是|、|和|与|及|以及|,|:| |\ue000|-|完成后|截至目前|"
    r"目前|推动|带动|促进|以来)+"
)
# Verbs of doing before a thing counted: they say that it was done, not what it is. 新增, 引进, 拆除 stay: they change what is counted.
_DOING = re.compile(
    r"^(?:完成|实施|开展|推进|建成投用|建成|新建成|举办|组织开展|组织|召开|受理|推出|打造|成立|"
    r"设立|启动|动建|新开工|开工建设|建设(?!用地)|新建设(?!施)|打通|铺设|新铺设|安装|培育形成|"
    r"新培育|培育|新发展|发展|扶持建设|扶持|兴建|创建|"
    r"形成|推动|加快推进|加快推动|加快|持续推进|全力推进|全力|谋划实施|谋划储备|谋划|储备|"
    r"制定出台|出台|制定|入库|协调|投用|建立|落实|抓好|办好|继续|新认定|新改扩建|新扩建|新建改建|"
    r"新改建|新建和改造|新建改造|新建扩建|新建(?!设)|新开辟|改造提升|整治提升|"
    r"提升|修建|新修|开通|投放|发放|办理|新\(改、扩\)建|实现|改造|绿化|整治|治理(?!率)|种植|收购|"
    r"设置|排查|硬化|放映|新开(?!辟)|续建|竣工|发行|购置|配备|更新|选派|选聘|招聘|惠及|覆盖|接待|"
    r"解决了?|参与|下达|落地|集中|整改验收|整改|累计实施|累计建成|累计)+"
)
_PREDICATE = re.compile(
    r"获评|荣获|获得|获批|获|入选|入围|入驻|列入|纳入|实现|完成|顺利|全面|正式|得到|成功|全部|"
    r"基本|开工|竣工|投产|投用|投入|落地|签约|扎实|加快|有序|持续|稳步|进展|累计|新增|(?<!正)增长|"
    r"增加|减少|下降|均|已|达成|达到|达|占|通过|运营|建成|上升|提高|提升|脱贫|"
    r"参与|开展|跻身|晋升|创建|被|得以|开园|开业|投运|脱|搬迁|迁入|通车|同时|为主|共同|分别|全线|"
    r"主体|进行|做大|强链|实施|推进|启动|揭牌|封顶|发放|覆盖|达标|享受|就业|返|到位|接受|通了|的|"
    r"以(?!上|下|内|外)|力争|强化|申报|蝉联|为(?!民)|迅速|不断|逐步|日益|明显|显著|大幅|快速|因|"
    r"需|仍|按|采取|有(?!限|机|色|关)|充实|作为|与|及(?!以)"
)
_ADVERB = re.compile(r"顺利|实现|完成|全面|成功|正式|得到|全部|基本|均|已|被|得以|扎实|加快|有序|持续|稳步|全线|分别")
_GENERIC = frozenset(
    word_list(
        "企业 项目 地块 工程 单位 小区 学校 村 个 人 户 家 商户 机构 园区 社区 街道 镇 乡 公司 部门 产品 品牌 平台"
    )
)
# Names that say too little alone: they belong to what the sentence counted before.
_GROWN_ON = re.compile(r"种植|播种|栽植|养殖")
_DEPENDENT = frozenset(
    word_list(
        """
    总投资 投资 年度投资 完成投资 计划投资 年度计划投资 投资额 总额 产值 年产值 新增产值 面积 总面积 提升面积 占地面积 建筑面积 收入 总收入 资金 销售额
    税收 产量 满意率 满意度 群众满意率 即办率 办结率 占比 总数 总量 规模 总规模 投入 投入资金 增速 增幅 装机容量 覆盖率 比重 营收 总里程 里程 均价
    总人数 总产值 年产量 比例 亩产 入驻率 降幅
        """
    )
)
_SHARE_OF = re.compile(
    r"^(?:仅|约)?占(?P<whole>[^,。;]{1,24}?)(?:的?比重|的?比例|的)?(?:分别)?(?:达到|达|为|提高到|"
    r"上升到|由|从|近|超过?|约|[ \ue000])*$"
)
_CLEAN = re.compile(rf"[{GAP}\s]|各级|各类|\[[0-9]+\]|【[0-9]+】|［[0-9]+］")
_FROM_YEAR = re.compile(r"[由从](?:19|20)[0-9]{2}年[底末]?的?$")
_MAY_CLEAN = re.compile(rf"[{GAP}\s各\[【［]")
_NO_NOUN = re.compile(
    r"(?:以上|以下|增[加长至到]|提[高升]|下降|降[至到低]|减少|扩大|上升|达|占|为(?!民)|外|和|与|"
    r"及|或|分别|均|其中|是|在(?!建|校|岗|册|营)|至|到|由|从|比|同比|较|超|突破|左右|、|等|用于|大关|台阶|关口|"
    r"以内|左右|全部)"
)
_NOUN_BEGINS = re.compile(r"[\u4e00-\u9fff“A-Z0-9《]")
_DIGIT_INSIDE = re.compile(r"(?<![0-9.])[0-9](?!(?:版|G|A))")
_BRACKETS = re.compile(r"^[^()]{0,20}\)|\([^()]{0,20}\)")
_ON_TO = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:到|至|为)了?(?:19|20)[0-9]{2}年(?:底|末)?的?[ \ue000]*")
"""From 77亿元跃升到2015年的161亿元: the end has the name of the start."""
_TIMES = re.compile(
    r"[,\ue000 ]*(?:总量|总数|均|都|也)*(?:是|较|比|为|相当于)[^,。;]{0,14}(?:时期|期间|年|末|底)的?"
    r"(?:[^,。;]{0,2}翻了?)?[ \ue000]*"
)
"""是“十五”末的1.9倍, 均较上年翻了一番: what has grown was named before."""
_ONE_MORE = re.compile(r"[、和及与][^0-9,。;、和]{0,3}[0-9]")
_NEXT_NUMBER = re.compile(r"[、和及]?(?:总投资|总面积|面积|计划投资)?[0-9][0-9.]{0,12}(?:万亿|亿|万)?余?")
_NEXT_FIRST = frozenset("、和及总面计0123456789")
_STOP = re.compile(r"[,。;:!?\n]")
_ORPHAN = re.compile(r"^(?:[三四五十]年|亿|万|元|年|月|日|个|以上|左右|多|余|期间)*$")


_IS_OF = re.compile(r"是?[^,]{0,12}(?:时期|年)?的?$")
_COMPARISON = re.compile(
    r"(?:较|比|低于|高于)?[^,]{0,12}(?:年初|上年|去年|同期|全国|全省|全市|平均水平|增速|目标|前移|"
    r"后移|[0-9]{4}年[底末]?)[^,]{0,8}"
)
_WHO_DID_WHAT = re.compile(
    r"(?P<who>[^,]{2,18}?)(?:累计|分别|全年)?(?:完成|实现|达到|提高|减少|取得|带动|拉动)(?P<what>[^,]{2,14})$"
)
_WE = frozenset(word_list("全市 全区 全县 全镇 我市 我区 我县"))
_VERB_AT_END = re.compile(r"(新增|引进|新引进|招引|新培育|培育)$")
_VERB = re.compile(r"新引进|引进|招引|新增|动建|新开工|竣工")
_CIRCLE = re.compile(r"[^,。;:!?\n]{0,14}?圈")
_NEXT_IN_LIST = re.compile(rf"[、和与及,{GAP} ]*(?:每人每[月年])?")
_LIST_MOVED = re.compile(rf"[,{GAP} ]*(?:同比|较[^,]{{1,4}}|比[^,]{{1,4}})?(?:增长|增加|下降|减少|提高)+[了]?")
_NORMAL = {"GDP": "地区生产总值", "人均GDP": "人均地区生产总值", "R&D": "R&D经费投入"}


@dataclass(slots=True)
class Memory:
    """What the sentence has named so far."""

    sentence: int = -1
    last: str = ""  # the name of the number before
    last_start: int = -1
    last_end: int = -1
    last_clause: int = -1
    subject: str = ""  # the last thing counted
    names: list[str] = field(default_factory=list)  # names handed out by the last 分别
    handed: int = 0
    level: str = ""  # the last amount, which 增长 belongs to
    levels: list[str] = field(default_factory=list)  # all amounts so far, for a 分别 that names nothing
    measure: str = ""  # of the number before
    moved: str = ""
    unit: str = ""
    minus: bool = False

    def forget(self, sentence: int) -> None:
        """Begins a new sentence."""
        self.sentence, self.last, self.last_start, self.last_end, self.last_clause = sentence, "", -1, -1, -1
        self.subject, self.names, self.handed, self.level, self.levels = "", [], 0, "", []
        self.measure, self.moved, self.unit, self.minus = "", "", "", False


LONGEST_NAME = 40
"""Characters of a name; a longer one is a list or a sentence, and its end is kept, from a comma or a bracket on."""

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\uffff]|<[^<>]{0,20}>?"
)
"""Placeholders, controls, marks without width, and tags that a converter left in the text."""
_BEGINS_FORMULA = "=+-@"
"""What a spreadsheet takes for the beginning of a formula."""


def presentable(name: str) -> str:
    """A name without unseen characters, of at most :data:`LONGEST_NAME` characters, that begins no formula."""
    name = _UNSEEN.sub("", name).strip(_SIGNS + "|").lstrip(_BEGINS_FORMULA + _SIGNS)
    if len(name) <= LONGEST_NAME:
        return name
    name = re.sub(r"\([^()]*\)", "", name)
    short = name[-LONGEST_NAME:]
    if len(name) > LONGEST_NAME and (opened := re.search(r"[、,;:(|]|等(?=[^级])|和|及", short)):
        short = short[opened.end() :] or short
    return short.strip(_SIGNS + "|").lstrip(_BEGINS_FORMULA + _SIGNS)


def clean(words: str) -> str:
    """A name without leading and trailing verbs, adverbs, blanks and footnote marks."""
    if _MAY_CLEAN.search(words):
        words = _CLEAN.sub("", words)
    return _without_lead(_without_trail(_FROM_YEAR.sub("", words))).strip("、,:; -()的")


def _without_lead(words: str) -> str:
    """The words without adverbs and the like at their beginning."""
    found = _LEAD.match(words)
    return words[found.end() :] if found else words


def _without_doing(words: str) -> str:
    """The words without verbs of doing at their beginning."""
    found = _DOING.match(words)
    return words[found.end() :] if found else words


def _without_trail(words: str) -> str:
    """The words without those at the end that only lead to the number: 固定资产投资完成 is 固定资产投资."""
    while words:
        for tail in _TRAIL_BY_LAST.get(words[-1], ()):
            if words.endswith(tail):
                size = len(tail)
                if tail not in _NOT_AFTER or words[-size - 1 : -size] not in tuple(_NOT_AFTER[tail]):
                    words = words[:-size]
                    break
        else:
            if words[-1] not in _LEFT_AT_END:
                return words
            words = words[:-1]
    return words


def noun_after(right: str) -> tuple[str, str]:
    """The noun that follows a measure word, and what is said of it: (``项目``, ``顺利开工``)."""
    stop = _STOP.search(right)
    words = right[: stop.start()] if stop else right
    words = _past_number(words[:40]).lstrip(f" {GAP}的")
    if not _NOUN_BEGINS.match(words):
        return "", ""
    found = _PREDICATE.search(words)
    if found and found.start() == 0:
        return "", words
    if _NO_NOUN.match(words):
        return "", ""
    noun, said = (words[: found.start()], words[found.start() :]) if found else (words, "")
    if digit := _DIGIT_INSIDE.search(noun, 1):
        noun, said = noun[: digit.start()], ""
    pieces = noun.split("、")
    if len(pieces) > 1:
        # 151项市、区两级…项目 keeps its list; 24座、新增绿地 ends at the comma of the list
        short = all(len(piece) <= 3 for piece in pieces[:-1])
        noun = noun if short else pieces[0]
        said = said if short else ""
    if noun.endswith(("工作", "任务", "项目建设")):
        noun = noun[:-2]
    return noun.rstrip("的(“"), said


def _past_number(words: str) -> str:
    """What follows 、1616亩 in 86片、1616亩旧屋区改造: both numbers count the same."""
    found = _NEXT_NUMBER.match(words) if words[:1] in _NEXT_FIRST else None
    if found is None:
        return words
    unit = unit_at(words, found.end())
    return words[unit[0] :] if unit is not None and unit[1].kind != "age" else words


def name_of(n: Number, c: Context, left_clause: str, measure: str, memory: Memory, clause: int) -> str:
    """The indicator of a number.

    Args:
        n, c, left_clause, measure: as in :func:`gwr.extract.kinds.measure_of`.
        memory: of this sentence; changed.
        clause: where the clause begins.
    """
    same_clause = memory.last_clause == clause and memory.last_end > 0
    gap_words = left_clause
    if same_clause:
        gap_words = c.left[len(c.left) - (n.start - memory.last_end) :] if n.start > memory.last_end else ""
    name = _handed_out(n, c, gap_words, same_clause, measure, memory)
    if not name:
        before = clean(_BRACKETS.sub("", gap_words) if ")" in gap_words else gap_words)
        name = _asked(Unnamed(n, c, left_clause, gap_words, same_clause, measure, memory, before))
    name = presentable(_NORMAL.get(name, name))
    if measure in ("level", "count", "cumulative") and name and (same_clause or memory.levels[-1:] != [name]):
        memory.levels.append(name)
    memory.last, memory.last_end, memory.last_clause, memory.last_start = name, n.end, clause, n.start
    if measure in ("count", "cumulative", "count_in_name") and is_count(n) and name:
        memory.subject = name
    elif n.kind == "area" and name and _GROWN_ON.search(left_clause):
        memory.subject = re.sub(r"(?:播种|种植|养殖)?(?:总?面积)?$", "", name)
    if measure in ("level", "count", "cumulative", "share") and name and not c.left.endswith(("连续", "连续了")):
        memory.level = name
    return name


@dataclass(slots=True)
class Unnamed:
    """A number that wants a name.

    Attributes:
        n, c, left_clause, measure: as in :func:`name_of`.
        between: the words between the number before in the clause, or the beginning of the clause, and this one.
        same_clause: whether a number stands before it in the clause.
        memory: of the sentence.
        before: the words between, without brackets, leading and trailing verbs.
    """

    n: Number
    c: Context
    left_clause: str
    between: str
    same_clause: bool
    measure: str
    memory: Memory
    before: str

    @property
    def moves(self) -> bool:
        """Whether the number is a rise or a fall."""
        return self.measure in ("growth_rate", "change")


def _goes_on(u: Unnamed) -> str | None:
    """77亿元跃升到2015年的161亿元, 48:52: the name of the number before."""
    holds_on = u.same_clause and u.memory.last and (u.between == ":" or _ON_TO.fullmatch(u.between))
    return u.memory.last if holds_on else None


def _broken_through(u: Unnamed) -> str | None:
    """实现大项目零的突破."""
    return clean(_without_doing(u.before)) if u.n.kind == "zero" else None


def _ranked(u: Unnamed) -> str | None:
    """位居全市第二."""
    return _rank_name(u.before, u.left_clause, u.memory) if u.measure == "rank" else None


def _share_of(u: Unnamed) -> str | None:
    """占全市的比重达22%: the share of what was named before."""
    found = _SHARE_OF.match(_without_lead(u.between.lstrip("、和"))) if "占" in u.between else None
    if found is None:
        return None
    base = u.memory.level or u.memory.last
    base = base.removesuffix("总额") if len(base) > 12 else base
    return f"{base}占{found['whole'].rstrip('的')}比重"


def _in_a_row(u: Unnamed) -> str | None:
    """连续六届获评…"""
    return _in_row_name(u.c, u.between, u.memory) if u.c.left.endswith(("连续", "连续了")) else None


def _things(u: Unnamed) -> str | None:
    """85个项目: the thing counted."""
    if u.measure == "count_in_name" or (is_count(u.n) and u.measure in ("count", "cumulative")):
        return _counted(u.n, u.c, u.before, u.between, u.left_clause, u.memory, u.same_clause)
    return None


def _without_words(u: Unnamed) -> str | None:
    """增长9.3%, with nothing before it that names it: what was named before, or the noun behind."""
    if u.before and not _ORPHAN.match(u.before):
        return None
    after, said = noun_after(u.c.behind)
    if u.measure == "share" and len(after) > 1:
        return after + _short(said)
    if u.moves or u.same_clause or not after:
        base = _grown(u.memory) if u.moves else u.memory.last
        return base or _doing_object(u.left_clause) or after or _clause_before(u.c)
    return after


def _times(u: Unnamed) -> str | None:
    """是“十五”末的1.9倍: what has grown was named before."""
    if u.measure != "growth_rate" or not u.memory.last:
        return None
    says = _TIMES.fullmatch(u.between) or (u.between.startswith("是") and _IS_OF.match(u.between))
    return (u.memory.level or u.memory.last) if says else None


def _said_before(u: Unnamed) -> str:
    """固定资产投资完成122亿元: the words before the number; where they say too little alone, with what they belong to."""
    memory, name = u.memory, _subject(u.before)
    if u.moves and _COMPARISON.fullmatch(name):
        return _grown(memory) or name
    if (
        u.measure == "share"
        and len(name) < 2
        and u.c.right[:1] not in ",。;、"
        and (after := noun_after(u.c.behind)[0])
    ):
        return after
    if name in ("总量", "增速", "增幅", "总额") and memory.last:
        return re.sub(r"(?:总量|增速|增幅|总额)$", "", memory.level or memory.last) + name
    if name.startswith("大") and memory.measure == "count_in_name" and u.same_clause:
        name = name[1:]
    if name not in _DEPENDENT:
        return name
    owner = memory.subject if len(memory.subject) <= 16 and "均" not in u.between else ""
    if not owner and u.c.behind.startswith("的"):
        owner = noun_after(u.c.behind)[0]
    return owner + name


NAMERS: tuple[Callable[[Unnamed], str | None], ...] = (
    _goes_on, _broken_through, _ranked, _share_of, _in_a_row, _things, _without_words, _times,
)  # fmt: skip
"""Ways to a name, asked in this order; the first that knows one decides, else the words before the number do."""


def _asked(u: Unnamed) -> str:
    for namer in NAMERS:
        if (name := namer(u)) is not None:
            return name
    return _said_before(u)


def _grown(memory: Memory) -> str:
    """What a rise without a name of its own belongs to: what rose before it, else the last amount."""
    return (memory.last if memory.measure in ("growth_rate", "change") else memory.level) or memory.last


def _in_row_name(c: Context, between: str, memory: Memory) -> str:
    """连续六届获评“全省文明城区”: what was in a row."""
    said = _STOP.split(c.behind, maxsplit=1)[0][:24]
    who = clean(re.sub(r"连续了?$", "", between))
    if who not in ("", "总量", "增速", "增幅", "总额"):
        memory.level = who
    return f"{who if len(who) <= 12 else ''}连续{said}"


def _clause_before(c: Context) -> str:
    """The subject of the clause before: 零售总额稳定增长,完成94.8亿元."""
    clauses = _STOP.split(c.left)
    if len(clauses) < 2:
        return ""
    words = clauses[-2] or (clauses[-3] if len(clauses) > 2 else "")
    found = re.search(r"稳定|稳步|持续|不断|快速|较快|明显|显著|再创|实现|保持|大幅|加快", words)
    return clean(words[: found.start()] if found and found.start() >= 2 else words)


def n_text_circle(n: Number, c: Context) -> str:
    """15分钟文明实践服务圈: number, unit and noun together are the name."""
    found = _CIRCLE.match(c.behind)
    number = int(n.value) if n.value == int(n.value) else n.value
    return f"{number}{n.unit_zh}{found[0]}" if found else noun_after(c.behind)[0]


def _subject(before: str) -> str:
    """The name in words like 11家三产龙头企业累计完成销售额 or 华星等企业完成投资."""
    before = _after_list(before)
    if found := _WHO_DID_WHAT.match(before):
        who = "" if found["who"] in _WE else found["who"]
        return f"{who}{found['what']}"
    name = _without_doing(before)
    if name in _DEPENDENT and not before.startswith(("完成", "实现", "累计")):
        return before
    return name if len(name) >= 2 else before


def _doing_object(clause: str) -> str:
    return _without_doing(clean(clause))


def _after_list(words: str) -> str:
    """What follows 等 in A、B等项目, if something does."""
    head, mark, tail = words.rpartition("等")
    if mark and len(tail) >= 2 and ("、" in head or len(head) > 2) and not tail.startswith(("级", "学校", "教育")):
        return tail
    return words


def _counted(
    n: Number, c: Context, before: str, between: str, left_clause: str, memory: Memory, same_clause: bool
) -> str:
    if n.kind == "time":
        return n_text_circle(n, c)
    behind = c.behind[1:] if n.words and n.kind == "none" and c.behind.startswith("大") else c.behind
    noun, said = noun_after(behind)
    if noun == "事项" and len(before) >= 4:
        return _without_doing(before) or noun
    if noun:
        if noun in _GENERIC or len(noun) <= 2:
            more = _short(said)
            if more:
                return noun + more
            verb = _VERB_AT_END.search(before[-4:])
            return (verb[0] if verb else "") + noun
        return noun
    if not noun and said and not before:
        return _short(said)
    name = _after_list(before)
    if name in ("竣工", "开工", "新开工", "建成", "投产", "投用", "竣工投产") and memory.subject:
        return memory.subject + name
    unnamed = not name or _ORPHAN.match(name) or name in ("新增", "引进", "新引进")
    if unnamed and (same_clause or memory.last):
        return memory.subject or memory.last or name
    if len(name) <= 3 and name in _GENERIC:
        verb = _VERB.match(_without_lead(left_clause))
        return (verb[0] if verb else "") + name
    short = _without_doing(name)
    if short in _GENERIC and len(name) > len(short):
        return name[-len(short) - 2 :]
    if short in ("总数", "总量", "数量", "累计") and memory.subject:
        return memory.subject.removeprefix("新增")
    return short if len(short) >= 2 else name


def _short(said: str) -> str:
    """The heart of a predicate: 顺利开工 is 开工."""
    words = _ADVERB.sub("", _STOP.split(said)[0] if said else "")
    return words if 2 <= len(words) <= 14 else ""


def _rank_name(before: str, left_clause: str, memory: Memory) -> str:
    before = re.sub(r"连续[^,]{1,6}(?:位居|位列|居|列|保持).*$", "", before)
    words = re.sub(
        r"(?:总数|总量)?(?:均|都|也|稳|继续|连续.{1,4}年|综合|分别)*(?:排名|成为|位居|位列|名列|列|居|排|获评|获|荣获|保持|"
        r"跃居|跃升|升至|前移|进入|跻身)?(?:在|到|至)?(?:全国|全省|全市|全区|全县|全球|世界|[中东西]部|中西部|东北|华东|长三角|省会城市|省级|地级市|地市|"
        r"各县区|设区市|各区县|区县|各区|各县)*(?:第|前)?$",
        "",
        before,
    )
    words = clean(words)
    if not words:
        words = memory.level if "连续" in memory.last else memory.last
        words = re.sub(r"(?:全.)?排名$", "", words) or clean(left_clause)
    words = re.sub(r"^(?:位居|位列|名列|跻身)", "", words)
    if words in ("总量", "增速", "增幅") and (grown := _grown(memory)):
        words = f"{grown}{words}"
    scope = next((s for s in ("全球", "全国", "全省", "全市", "全区", "全县") if s in left_clause[-14:]), "")
    return f"{words}{scope}排名"


def _handed_out(n: Number, c: Context, between: str, same_clause: bool, measure: str, memory: Memory) -> str:
    """The name of the next in a list with 分别."""
    if "分别" in between:
        subject, _, verb = between.rpartition("分别")
        what = clean(
            re.sub(
                r"^(?:完成|实现|达到|达|为|增长|提高到|提高|下降|较|比|同比|上缴|增加|减少)+", "", clean(verb) and verb
            )
        )
        kept, memory.handed = memory.handed, 0
        head = clean(subject)
        if head and head not in ("同比", "比上年") and not _ORPHAN.match(head):
            memory.names = distribute(head, what, 1 + len(_ONE_MORE.findall(_STOP.split(c.behind, maxsplit=1)[0])))
        elif (size := 1 + len(_ONE_MORE.findall(_STOP.split(c.behind, maxsplit=1)[0]))) == kept == len(memory.names):
            pass  # 分别增长12%和13%,分别达…: the same list again
        elif 2 <= size <= len(memory.levels):
            memory.names = memory.levels[-size:]
        elif not memory.names or memory.last_end < 0:
            memory.names = [memory.last] if memory.last else []
    elif same_clause and memory.names and memory.handed and _NEXT_IN_LIST.fullmatch(between):
        pass
    elif (
        not same_clause
        and memory.names
        and len(memory.names) > 1
        and measure in ("growth_rate", "change")
        and _LIST_MOVED.fullmatch(between)
    ):
        memory.handed = 0
    elif same_clause and memory.handed and memory.names and not clean(between):
        pass
    else:
        memory.handed = 0
        if measure in ("level", "count", "cumulative"):
            memory.names = []  # an amount with a name of its own: what rises after it is no longer the list
        return ""
    if memory.handed < len(memory.names):
        memory.handed += 1
        return memory.names[memory.handed - 1]
    return ""


def distribute(subject: str, what: str = "", size: int = 0) -> list[str]:
    """The names that 分别 hands out.

    >>> distribute("城镇和农村居民人均可支配收入")
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> distribute("巨力、风帆", "税收")
    ['巨力税收', '风帆税收']

    Where ``size`` numbers follow and there are more names, a list inside a name is not split:

    >>> distribute("制造业、科学研究和技术服务业投资", "", 2)
    ['制造业', '科学研究和技术服务业投资']
    """
    subject = _without_doing(subject)
    if found := re.match(r"(.*?)(?:存、?贷款|存、?贷)(.*)", subject):
        tail = found[2] or "余额"
        return [f"{found[1]}存款{tail}", f"{found[1]}贷款{tail}"]
    pieces = [p for p in re.split(r"[、,]|和|与|及", subject) if p]
    if 2 <= size < len(pieces):
        for signs in ("、|,", "和|与|及"):
            if len(fewer := [piece + what for piece in re.split(signs, subject) if piece]) == size:
                return fewer
    if subject.count("”“"):
        first, second = subject.split("”“", 1)
        quoted, _, tail = second.partition("”")
        return [f"{first}”{tail}{what}", f"“{quoted}”{tail}{what}"]
    if len(pieces) < 2:
        if subject.startswith("城乡") and len(subject) > 4:
            return [f"城镇{subject[2:]}{what}", f"农村{subject[2:]}{what}"]
        return [subject + what]
    last = pieces[-1]
    if what:
        return [piece + what for piece in pieces]
    width = max(len(piece) for piece in pieces[:-1])
    if len(last) > width + 1 and all(len(p) <= 5 for p in pieces[:-1]):
        tail = _shared_tail(pieces[:-1], last)
        return [piece + tail if not piece.endswith(tail) else piece for piece in pieces[:-1]] + [last]
    return pieces


def _shared_tail(short: list[str], last: str) -> str:
    """The words at the end of the last piece that all pieces share: 农村居民收入 after 城镇 gives 居民收入."""
    size = len(short[-1])
    return last[size:]
