"""Numerals that are set aside before any number is read: dates, ordinals, names, slogans.

Each rule has a name, the reason code of ``not_claims.csv``, a pattern over the normalised copy and, in words, why. A rule
never looks further than a line and every repetition in it is bounded, so that the time stays linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gwr.extract.model import Other

MASK = "\ue001"
"""Stands in the masked copy for every character of a trap."""

CN = "[零一二三四五六七八九十百千万亿两双]"
_YEAR = r"(?:19|20)[0-9]{2}"


@dataclass(frozen=True, slots=True)
class Trap:
    """A form of words in which a numeral states no quantity; ``led`` is explained at :func:`_led`."""

    name: str
    reason: str
    pattern: re.Pattern[str]
    why: str
    led: bool = False


def _trap(name: str, reason: str, pattern: str, why: str) -> Trap:
    return Trap(name, reason, re.compile(pattern), why)


def _led(name: str, reason: str, pattern: str, why: str) -> Trap:
    """A trap that begins with a digit or a Latin letter, and is looked for only where a run of these begins."""
    return Trap(name, reason, re.compile(pattern), why, led=True)


# A pattern that begins with one set of characters is searched for several times as fast as one that begins in several ways.
TRAPS: tuple[Trap, ...] = (
    _led(
        "web_address", "page_furniture", r"(?:https?://|www\.)[!-~]{1,300}|[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{1,40}",
        "the digits of an address count nothing",
    ),
    _led(
        "timestamp", "page_furniture", r"(?<![0-9])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: {0,2}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9])",
        "a date with dashes, as portals print it",
    ),
    _trap(
        "list_mark", "ordinal", r"(?m)^[ \ue000]{0,8}\(?[0-9]{1,2}(?:\)|[、.](?![0-9]))",
        "a number that opens a line numbers the line",
    ),
    _led(
        "date", "date",
        rf"(?<![0-9.])(?:{_YEAR} ?年?(?:-{{1,2}}|至|到|、|和) ?)?(?:(?:19|"
            rf"20) ?[0-9] ?[0-9] ?年(?!来|均)(?:度|初|底|末|代)?)(?: ?[0-9]{{1,2}} ?月(?:份|底|初|"
            rf"末)?(?: ?[0-9]{{1,2}} ?日)?)?"
        r"|(?<![0-9.])(?:[0-9]{1,2}(?:-{1,2}|至|到))?[0-9]{1,2} ?月(?!均)(?:份|底|初|末|中旬|上旬|"
            r"下旬)?(?: ?[0-9]{1,2} ?日)?(?:(?:-{1,2}|至)[0-9]{1,2} ?日)?"
        r"|(?<![0-9.])[0-9]{6,8} ?日|(?<![0-9.个])(?:[12]?[0-9]|"
            r"3[01]) ?日(?![均常产供处])(?=[,。上下起至前开召在\n)]|$)"
        r"|(?<![0-9.])[0-9]{2} ?世纪(?:[0-9]{2}年代)?|(?<![0-9.])[0-9]{2}年代|"
            r"(?<![0-9.])[0-9]{1,2}·[0-9]{1,2}(?![0-9])",
        "names a day, a month, a year or a span of them",
    ),
    _trap(
        "document_number", "ordinal", r"[〔\[(]20[0-9]{2}[〕\])] ?[0-9]{1,4} ?号|[〔\[(](?:19|20)[0-9]{2}[〕\])]",
        "numbers a document",
    ),
    _trap(
        "title", "proper_name", r"《[^《》\n]{1,60}》",
        "a numeral in the title of a work belongs to the title",
    ),
    _trap(
        "quoted_name", "proper_name", 
            r"“(?![^“”\n]{0,20}(?:%|‰|分钟|小时|亿元[^以]|万元[^以]))[^“”\n]{1,24}”|"
            r"\"(?![^\"\n]{0,20}(?:%|分钟))[^\"\n,。;]{1,16}\"",
        "what stands in quotation marks is a name, a slogan or a formula (“三重一大”, “3820”, “攻坚120天”)",
    ),
    _trap("quoted_pair", "slogan", r"“[两三四五]个[0-9.]{1,5}%”", "“两个70%” is the name of a policy"),
    _led(
        "plus_formula", "slogan", r"[0-9A-Za-z]{1,4}(?:[+×][0-9A-Za-z]{1,8}){1,6}(?![0-9A-Za-z])(?![.0-9]*[%亿万元])",
        "1+6+N is the formula of a mechanism",
    ),
    _led(
        "letter_name", "proper_name",
        r"(?<![A-Za-z])(?!(?:[kcm]?m|hm)[23](?![0-9A-Za-z]))(?:[A-Za-z][A-Za-z&.-]{0,7}|"
            r"[A-Z]{1,4} )[0-9]{1,6}(?:\.[0-9]{1,3})?(?![0-9]*[.]?[0-9]*[%亿万])(?![0-9])"
        r"|(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,2})?(?:A级|A(?![A-Za-z])|G(?=[^BW]|$)|D(?![A-Za-z])|"
            r"K(?![A-Za-z])|[A-Z]+级)",
        "letter and digit together name a thing: PM2.5, 5G, 4A级, S35",
    ),
    _led(
        "version", "proper_name", r"(?<![0-9.])[0-9]{1,2}\.[0-9] ?(?:版|时代|工程|行动|计划|模式|平台|深度|改革)",
        "a version number names an edition",
    ),
    _led(
        "numbered_thing", "proper_name",
        r"(?<![0-9.])[0-9]{1,4}(?:(?:-{1,2}|、|至|到|和)[0-9]{1,4}){0,5} ?(?:号(?!召)|#|国道|省道|"
            r"县道|乡道|等国省道|等国道)|(?<![0-9.])[0-9]{1,3}路(?=公交|车|沿线|延伸)",
        "road, line, berth or plot by its number",
    ),
    _led(
        "clock", "date", r"(?<![0-9:.比到为由例构从成])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:]| ?\. ?[0-9])",
        "a time of day",
    ),
    _trap(
        "road_number", "proper_name", r"[国省县乡工](?:(?<!工)道 ?[A-Z]?[0-9]{1,4}(?![0-9]|\.[0-9]|,[0-9]| ?(?:多|余)?(?:公里|千米|km|条))(?:线|公路)?|(?<=工)业4\.0)",
        "road by its number, and the word for the fourth industrial age",
    ),
    _trap(
        "round_the_clock", "idiom", 
            r"[0-9全](?:(?<=2)4小时(?:不打烊|自助|值班|值守|在线|服务|运行|营业|全天候|响应|开放|监测|"
            r"(?=[^0-9,。]{0,8}(?:不打烊|自助|值守)))|(?<=7)×24|(?<=全)天候?24小时|(?<!全)[0-9]后(?=[^退备]))",
        "says always or everybody, not how many",
    ),
    _trap(
        "ranking_list", "threshold_in_name",
        r"[0-9十百千一二三四五六七八九双](?:(?<=[0-9])[0-9]{0,3}强(?![化度调])|"
            r"(?<![0-9])[十百千一二三四五六七八九双]?强(?![化度调])|(?<=[0-9])[0-9]{1,2}佳)",
        "the number defines the list (500强, 百强县)",
    ),
    _trap(
        "class", "ordinal", r"[ⅠⅡⅢⅣⅤⅥ一二三四五六七八九两][、和及至-]?[ⅠⅡⅢⅣⅤⅥ一二三四五六七八九]?[类级等](?![次面])",
        "a class of a standard",
    ),
    _trap(
        "plenum", "ordinal",
        rf"[党{CN[1:]}(?:(?<!党)(?<!连续.)(?<!获评.)(?<!举办.)(?<!办了.){CN}{{0,2}}届(?:{CN}{{1,3}}次|"
            rf"[^,。;\n]{{0,3}}{CN}中(?:、{CN}中){{0,6}})?|(?<=党)的{CN}{{1,3}}大(?![^,。;\n]{{0,2}}(?:工程|"
            rf"行动))|(?<!党){CN}{{0,2}}次(?:党代会|全会|会议|常委))",
        "the number of a congress or of its session",
    ),
    _trap(
        "plan_number", "proper_name", 
            r"[一二三四五六七八九十](?:(?<=十)(?<![一二三四五六七八九]十)[一二三四五六]五(?=规划|计划|时期|期间|"
            r"以来|开局|末|重点|发展|目标|收官)|(?<!十)五(?=普法))",
        "the national five-year plans and their like by number",
    ),
    _trap(
        "party_rules", "proper_name", 
            r"八项规定|三项制度|三大球|四项基本原则|三公经费|三农|五保|双拥|三孩|两会|两委|两岸|一带一路|三资|两新|"
            r"四清|两癌|双碳|三大攻坚|三大产业|三次产业|两不愁|三保障|六稳|六保|四好农村路|双随机|三权分置|"
            r"九年一贯|九年义务|十二年义务",
        "fixed terms in which the numeral is part of the word",
    ),
)  # fmt: skip

_LED = {trap.name: trap for trap in TRAPS if trap.led}
_ANY_LED = re.compile("|".join(f"(?P<{name}>{trap.pattern.pattern})" for name, trap in _LED.items()))
_RUN = re.compile(r"[0-9A-Za-z]+")
_MAY_LEAD = frozenset(" 年月日号#国省县乡等世路-/:·、至到和+×版.@后") | {""}
"""What follows plain digits where one of the traps led by digits may begin."""
_NUMERAL = re.compile(r"[0-9]|[零一二三四五六七八九十百千万亿两双ⅠⅡⅢⅣⅤⅥ]")


def set_aside(copy: str) -> tuple[str, list[Other]]:
    """The copy with every trap blanked, and the traps that hold a numeral, in reading order.

    ``Other.text`` is taken from the copy here; the engine replaces it by the text itself.
    """
    others: list[Other] = []

    def blank(match: re.Match[str], trap: Trap) -> str:
        words = match[0]
        if _NUMERAL.search(words):
            others.append(Other(match.start(), match.end(), words, trap.reason, trap.name))
        return MASK * len(words)

    masked = copy
    for trap in TRAPS:
        if not trap.led:
            masked = trap.pattern.sub(lambda match, trap=trap: blank(match, trap), masked)  # type: ignore[misc]
    pieces: list[str] = []
    at = 0
    for run in _RUN.finditer(masked):
        start, end = run.span()
        if start < at or (masked[end : end + 1] not in _MAY_LEAD and run[0].isdigit()):
            continue
        if (found := _ANY_LED.match(masked, start)) and found.lastgroup is not None:
            pieces += (masked[at:start], blank(found, _LED[found.lastgroup]))
            at = found.end()
    masked = "".join((*pieces, masked[at:]))
    others.sort(key=lambda other: other.start)
    return masked, others
