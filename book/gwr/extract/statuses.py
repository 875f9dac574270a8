"""Whether a number is fact, provisional, under way, a target or a plan."""

from __future__ import annotations

import re

from gwr.extract.frames import PLAN, Frame
from gwr.extract.numbers import Number
from gwr.extract.refusals import Context

_UNDER_WAY = re.compile(
    r"(?:[^,。;!?\n]{0,30}?)(?:(?:扎实|有序|稳步|加快|持续|全面|全力|深入|积极)推进|加快建设|"
    r"进展顺利|正在[^,。;!?\n]{0,12}|日益完善|有序进行|加紧|抓紧|稳步实施|"
    r"加快实施)(?:中)?(?=[,。;!?\n]|$)"
)
_WORK = re.compile(
    r"(?:^|[,、;:。]|[并])[^,。;、]{0,6}?(?:加快推进|加快推动|全力推进|全力推动|持续推进|大力推进|"
    r"统筹推进|扎实推进|深入推进|有序推进|积极推进|着力推进|继续推进|全面推进|推进|推动|谋划|"
    r"储备|启动谋划|加快|探索|研究|包装|论证|申报|开展[^,。;]{0,12}试点)"
)
_TRIAL = re.compile(r"[^,。;!?\n]{0,30}(?:试点|前期工作)")
_EXISTING = re.compile(
    r"(?:^|[,;:。])[^,。;]{0,4}?(?:鼓励|支持|聚焦|依托|围绕|发挥|扶持|引导|巩固|做大做强|利用|用好|"
    r"对照|针对|立足|以(?!上|下|内|及))"
)
_RESULT = re.compile(
    r"完成|竣工|建成|开工|投产|投用|新增|实现|突破|达|确保|力争|新建|引进|引入|落地|动建|培育|打造|"
    r"改造|整治|增长|招引|提升到|提高到"
)
_FOLLOWING_RESULT = re.compile(r"[^,。;!?\n]{0,24}(?:开工|竣工|投产|投用|建成|完工|落地|投入使用)")
_WILL_BE = re.compile(r"[额值资入量数金积率]可(?:达|完成|实现|突破)|全年可")
"""固定资产投资可达950亿元, in a report written before the year is over."""
_DONE = re.compile(r"(?:完成|新增|建成|实现|确保|力争|新建)[^,。;]{0,24}$")
_WORK_WORD = re.compile(r"^.{0,12}?(?:推进|推动|加快|谋划)")
_CARRY_OUT = re.compile(r"开展[^,。;]{0,4}$")
_WHOLE_COST = re.compile(r"(?<!完成)总投资(?:额|约|达到?|为|共)*$")
_AT_PLACE = re.compile(r"(?:^|[,;])在[^,。;]{0,40}$")
_PAST = re.compile(r"去年|上年|已(?:经)?(?:建成|完成|有)|现有|目前|截至")


def status_of(n: Number, c: Context, frame: Frame, sentence_left: str, left_clause: str, measure: str) -> str:
    """The status of a number.

    Args:
        n, c, frame, left_clause, measure: as in :func:`gwr.extract.kinds.measure_of`.
        sentence_left: the words from the beginning of the sentence.
    """
    if measure == "level" and "总投资" in left_clause and _WHOLE_COST.search(left_clause):  # over all years
        return "target" if frame.side == PLAN and n.suffix == "以上" else "plan"
    if frame.side == PLAN:
        return _of_plan(n, c, left_clause, measure)
    if (
        "预计" in sentence_left
        or ("可" in sentence_left and _WILL_BE.search(sentence_left))
        or c.behind.startswith("(预计")
    ):
        return "expected"
    if measure in ("count", "count_in_name", "cumulative", "level") and _UNDER_WAY.match(c.behind):
        return "ongoing"
    return "actual"


def _of_plan(n: Number, c: Context, left_clause: str, measure: str) -> str:
    if measure in ("growth_rate", "share", "rank", "change"):
        return "actual" if _PAST.search(left_clause) else "target"
    if measure == "count_in_name":
        return "target" if n.kind == "time" else "actual"
    if _PAST.search(left_clause):
        return "actual"
    if n.suffix or n.prefix:
        return "target"  # a number with 以上 or 超 is one to be reached
    if _FOLLOWING_RESULT.match(c.behind):
        return "target"
    existing, work = _last(_EXISTING, left_clause), _last(_WORK, left_clause)
    if existing > work and not _RESULT.search(left_clause[existing:]):
        return "actual"
    if work >= 0:
        between = left_clause[work:]
        if not _DONE.search(_WORK_WORD.sub("", between, count=1)):
            return "plan"
    if "试点" in c.behind or "前期工作" in c.behind:
        if _CARRY_OUT.search(left_clause) and _TRIAL.match(c.behind):
            return "plan"
        if _AT_PLACE.search(left_clause) and "试点" in c.behind.split("。")[0].split(",")[0]:
            return "plan"
    return "target"


def _last(pattern: re.Pattern[str], words: str) -> int:
    at = -1
    for found in pattern.finditer(words):
        at = found.start()
    return at
