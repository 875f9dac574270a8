"""Every statement of a section, figures or not: what kind of evidence it offers, and which statements claim to be first.

A claim of ``claims.csv`` is a number. Most sentences of a report hold no number, and a share of checkable statements
needs those too. Here each statement of a section is read, quoted and given one kind; nothing of the section may be
left out. The coding is one reader's, by the rules in :data:`KIND_NAMES`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from gwr.report.tables import Tables
from gwr.words.language import translator

_ = translator(__name__)

# What kind of evidence a statement offers. The first that fits decides.
KIND_NAMES = {
    "figure": _("a figure"),
    "first": _("a claim to be first, without a figure"),
    "title": _("a title given by others, without a figure"),
    "event": _("something done, opened or signed, without a figure"),
    "movement": _("a movement or state, with nothing to show it"),
}


class Statement(NamedTuple):
    """One statement: its subject (English|Chinese, or Chinese alone), kind, verbatim words and their sense.

    The sense is in the language of the book, though the column keeps the name of ``claims.csv``.
    """

    subject: str
    kind: str
    quote: str
    summary_en: str


_DIGITAL, _FINANCE, _TRADE = _("Digital economy|数字经济"), _("Finance|金融服务业"), _("Commerce|商贸业")
_PLATFORM, _TOURISM = _("Platform economy|平台经济"), _("Culture and tourism|文旅经济")
_SCIENCE, _FIRMS, _PEOPLE = (
    _("Science, technology|科创"),
    _("Firms, business climate|企业、营商环境"),
    _("People, services|人才、治理"),
)

STATEMENTS: dict[str, tuple[Statement, ...]] = {
    "1.1": (
        Statement(_DIGITAL, "movement", "数字经济规模持续壮大", _("the digital economy keeps growing in scale")),
        Statement(_DIGITAL, "event", "台江数智港正式揭牌", _("Taijiang Digital Port formally inaugurated")),
        Statement(_DIGITAL, "figure", "119家核心产业企业实现营收104.2亿元", _("core firms and their revenue")),
        Statement(_DIGITAL, "title", "新中冠获评省“未来独角兽企业”", _("a firm named provincial future unicorn")),
        Statement(_DIGITAL, "figure", "来玩互娱等5家企业获评省“瞪羚企业”", _("firms named provincial gazelles")),
        Statement(
            _DIGITAL, "figure", "冻品在线等3家企业获评省互联网企业50强", _("firms in the province's internet list")
        ),
        Statement(_FINANCE, "movement", "金融服务业蓬勃发展", _("financial services flourish")),
        Statement(
            _FINANCE,
            "first",
            "在全国首创“金融人才助理”制度",
            _("first in the country with financial talent assistants"),
        ),
        Statement(
            _FINANCE, "figure", "成功与兴业银行、海峡银行等8家金融机构达成战略合作关系", _("strategic cooperation")
        ),
        Statement(_TRADE, "movement", "商贸业结构持续优化", _("the structure of commerce keeps improving")),
        Statement(_TRADE, "event", "“国际网红直播基地”成功落地", _("an influencer livestreaming base settled")),
        Statement(_TRADE, "figure", "新增限上商贸企业93家", _("new trade firms above the threshold")),
        Statement(_TRADE, "figure", "限上商贸比例提高至80%", _("share of above-threshold trade raised")),
        Statement(_TRADE, "figure", "开展“活力商都”系列促消费活动800余场", _("events of the consumption campaign")),
        Statement(_TRADE, "figure", "带动销售额19.2亿", _("sales driven by the campaign")),
        Statement(_PLATFORM, "movement", "平台经济快速发展", _("the platform economy develops fast")),
        Statement(
            _PLATFORM,
            "figure",
            "朴电商、华锦贸易36家平台企业纳统销售额达360亿元",
            _("recorded sales of platform firms"),
        ),
        Statement(_PLATFORM, "figure", "占限上比重达32.6%", _("their share of above-threshold trade")),
        Statement(_TOURISM, "movement", "文旅经济加快提升", _("culture and tourism advance faster")),
        Statement(
            _TOURISM,
            "title",
            "上下杭历史文化街区入选首批国家级夜间文旅消费集聚区、省级旅游休闲街区",
            _("the quarter listed by country and province"),
        ),
        Statement(_TOURISM, "event", "闽剧大观园、福州茉莉花美学馆等“大众茶馆”开门迎客", _("public teahouses opened")),
        Statement(_TOURISM, "figure", "“闽江游”吸引游客14.3万人次", _("visitors of the river cruise")),
        Statement(_TOURISM, "figure", "全区国内旅游收入达58.49亿元", _("revenue from domestic tourism")),
    ),
    "1.3": (
        Statement(
            _SCIENCE, "movement", "“科创走廊”建设扎实推进", _("building of the innovation corridor moves forward")
        ),
        Statement(
            _SCIENCE, "first", "在全市率先开展技术经理人培训", _("first in the city to train technology managers")
        ),
        Statement(_SCIENCE, "figure", "新培育科技小巨人企业15家", _("little giant technology firms newly fostered")),
        Statement(_SCIENCE, "figure", "新增创新创业载体3个", _("bases for innovation and start-ups added")),
        Statement(
            _SCIENCE,
            "first",
            "成为全省首个与省创新研究院合作的县区",
            _("first in the province to work with the institute"),
        ),
        Statement(
            _FIRMS, "figure", "全面完成7家全民所有制公司改制工作", _("restructuring of state-owned firms completed")
        ),
        Statement(_FIRMS, "event", "实施营商环境改革4.0版", _("fourth version of the business-climate reform")),
        Statement(_FIRMS, "event", "创新设立园区企业服务中心", _("a service centre for firms in the parks set up")),
        Statement(_FIRMS, "event", "大力推行“刻章零费用”服务", _("free company seals promoted")),
        Statement(_FIRMS, "figure", "新增市场主体1.7万户", _("new market entities")),
        Statement(_FIRMS, "figure", "累计减税降费达4.81亿元", _("taxes and fees cut")),
        Statement(
            _PEOPLE, "figure", "引进高层次、高技能人才234人", _("high-level and highly skilled persons recruited")
        ),
        Statement(
            _PEOPLE,
            "first",
            "在全省创新实行消防安全“电子告知单”执法模式",
            _("new in the province: electronic fire notices"),
        ),
        Statement(
            _PEOPLE, "first", "在全市率先试点事业单位公开招聘优秀社区工作者", _("first in the city: hiring trial")
        ),
        Statement(
            _PEOPLE, "event", "圆满完成第九届海峡青年节特色主题系列活动", _("events of the Straits Youth Festival held")
        ),
    ),
}
"""The coded sections, in reading order."""

SCOPES = {
    "country": _("country"),
    "province": _("province"),
    "city": _("city"),
    "not legible": _("not legible"),
}
"""How the areas of :data:`FIRSTS` are shown."""

FIRSTS: tuple[tuple[str, str, str], ...] = (
    # scope, words of the report, sense
    ("country", "在全国首创“金融人才助理”制度", _("financial talent assistants")),
    ("city", "在全市率先开展技术经理人培训", _("training of technology managers")),
    ("province", "成为全省首个与省创新研究院合作的县区", _("cooperation with the provincial innovation institute")),
    ("province", "在全省创新实行消防安全“电子告知单”执法模式", _("electronic notices in fire-safety enforcement")),
    ("city", "在全市率先试点事业单位公开招聘优秀社区工作者", _("trial: public institutions hire community workers")),
    ("province", "在全省首创垃圾误时投放付费机制", _("paid disposal of waste outside set hours")),
    ("province", "全省首个社区青少年宫顺利落地福瑞社区", _("a children's palace in a community")),
    ("province", "全省首家八闽商埠文化展示中心(一期)顺利竣工", _("exhibition centre of Fujian's trading ports")),
    ("not legible", "在全率先成立法务工会联合会", _("a federation of trade unions in legal services")),
)
"""Every statement of part one that something was done first (首创, 首个, 首家, 率先, 创新实行) within a named area."""

_SILENT = re.compile(r"[\s,,;;:。、]+")


def statements(tables: Tables, section: str) -> pd.DataFrame:
    """The statements of a section in reading order.

    Returns:
        ``section``, ``start``, ``end``, ``subject``, ``kind``, ``kind_name``, ``quote``, ``summary_en``, ``claim_ids``
        (those whose numeral stands in the quote), ``claim_id`` (the first of them) and ``place`` within the subject.

    Raises:
        KeyError: the section is not coded.
        LookupError: a quote does not stand exactly once in the section.
        ValueError: some words of the section are in no statement.
    """
    part = next(part for part in tables.report.sections if part.section == section)
    text = tables.report.text
    first = text.index("。", part.start) + 1  # the heading is no statement
    rows, rest = [], text[first : part.end]
    for statement in STATEMENTS[section]:
        start = _only(text, statement.quote, first, part.end)
        end = start + len(statement.quote)
        rest = rest.replace(statement.quote, "\0", 1)
        ids = [row["claim_id"] for row in tables["claims"] if start <= row["number_start"] < end]
        rows.append({"section": section, "start": start, "end": end, **statement._asdict(), "claim_ids": " ".join(ids)})
    if left := _SILENT.sub("", rest.replace("\0", "")):
        raise ValueError(f"section {section}: {left!r} is in no statement")
    frame = pd.DataFrame(rows).sort_values("start", ignore_index=True)
    frame["kind_name"] = [KIND_NAMES[kind] for kind in frame["kind"]]
    frame["claim_id"] = frame["claim_ids"].str.split(" ").str[0]
    frame["place"] = frame.groupby("subject", sort=False).cumcount() + 1
    return frame


def firsts(tables: Tables) -> pd.DataFrame:
    """The statements in :data:`FIRSTS` with the section and offset where they stand; ``scope_name`` is for readers.

    Raises:
        LookupError: a quote does not stand exactly once in the report.
    """
    report = tables.report
    rows = []
    for scope, quote, sense in FIRSTS:
        start = _only(report.text, quote, 0, len(report.text))
        section = report.section_at(start).section
        where = {"section": section, "start": start, "scope": scope, "scope_name": SCOPES[scope]}
        rows.append({**where, "quote": quote, "summary_en": sense})
    return pd.DataFrame(rows).sort_values("start", ignore_index=True)


def _only(text: str, quote: str, start: int, end: int) -> int:
    if text.count(quote, start, end) != 1:
        raise LookupError(f"{quote!r} stands {text.count(quote, start, end)} times in {start}:{end}, not once")
    return text.index(quote, start, end)
