"""Rules of every table that points into the report: the right section, reading order, words that stand where it is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables


@rule("a row in the wrong section is counted in the wrong chapter")
def sections_match_offsets(tables: Tables) -> Iterator[Fault]:
    starts = [section.start for section in tables.report.sections]
    for name, rows in tables.items():
        for row in rows:
            start = row.get("start", row.get("number_start"))
            if start is None or "section" not in row:
                continue
            section = tables.report.sections[bisect_right(starts, start) - 1].section
            if section != row["section"]:
                found = f"offset {start} lies in section {section}, the cell has {row['section']}"
                yield Fault(name, row, "section", found, f"set section to {section}")


_ORDER = {
    "claims": ("start", "number_start"),
    "not_claims": ("start",),
    "places": ("start", "name_start"),
    "pledges": ("start",),
    "emendations": ("start",),
    "organisations": ("start",),
    "glossary": ("first_start",),
    "first_reading_claims": ("number_start",),
    "second_reading_claims": ("number_start",),
}


@rule("rows stand in reading order; ids say nothing about it, so that a row found later gets any unused one")
def rows_are_in_order(tables: Tables) -> Iterator[Fault]:
    for name, columns in _ORDER.items():
        for row, following in pairwise(tables[name]):
            if [row[column] for column in columns] > [following[column] for column in columns]:
                found = f"it stands in the report before the row above it ({columns[-1]} {following[columns[-1]]})"
                yield Fault(name, following, columns[0], found, "move the row, or correct its offsets")


@rule("a reading puts lost characters back: it differs from the passage and takes nothing away")
def readings_only_insert(tables: Tables) -> Iterator[Fault]:
    for row in tables["emendations"]:
        rest = iter(row["reading"])
        if row["reading"] == row["passage"] or not all(character in rest for character in row["passage"]):
            found = f"{row['emendation_id']}: {row['reading']!r} is not {row['passage']!r} with more"
            yield Fault("emendations", row, "reading", found, "keep every character of the passage, in its order")
    for row, following in pairwise(tables["emendations"]):
        if row["end"] > following["start"]:
            found = f"{following['emendation_id']} overlaps {row['emendation_id']}"
            yield Fault("emendations", following, "start", found, "shorten one of the two passages")


_BY_CHANCE = {"力争": "(?<!全)"}
"""Terms whose characters meet by chance in other words, as in 全力争取, with what does not stand before them."""


@rule("a term is found where the glossary says, and as often")
def terms_are_found(tables: Tables) -> Iterator[Fault]:
    text = tables.report.text
    for row in tables["glossary"]:
        term = row["term_zh"]
        there = [found.start() for found in re.finditer(_BY_CHANCE.get(term, "") + re.escape(term), text)]
        if row["mentions"] != len(there):
            found = f"{term} stands {len(there)} times, the cell has {row['mentions']}"
            yield Fault("glossary", row, "mentions", found, f"set mentions to {len(there)}")
        if row["first_start"] not in there[:1]:
            remedy = f"set first_start to {there[0]}" if there else "write the term as the report does"
            yield Fault("glossary", row, "first_start", f"{term} does not first stand at {row['first_start']}", remedy)


@rule("a name is counted as often as it stands in the report, or a note says what is left out")
def organisations_are_counted(tables: Tables) -> Iterator[Fault]:
    text = tables.report.text
    for row in tables["organisations"]:
        counts = {text.count(row["name_zh"]), text.count(row["quote"])}
        if (row["mentions"] not in counts and not row["note"]) or row["mentions"] > max(counts):
            found = f"{row['org_id']}: {row['name_zh']} stands {max(counts)} times, the cell has {row['mentions']}"
            yield Fault("organisations", row, "mentions", found, "count again, or say in the note what is left out")


@rule("an organisation is listed once, at its first mention, in the words of its quote")
def organisations_are_named_as_quoted(tables: Tables) -> Iterator[Fault]:
    for row in tables["organisations"]:
        name, quote = row["name_zh"], row["quote"]
        plain = quote.replace("“", "").replace("”", "")
        if name not in quote and name not in plain and not (name.startswith(quote) and "shared" in row["note"]):
            found = f"{row['org_id']}: {name} is not in {quote!r}"
            yield Fault(
                "organisations",
                row,
                "name_zh",
                found,
                "write the name as quoted; say in the note which ending is shared",
            )


# What the end of a name says of the type; the first that fits decides, other names may be of any type.
_TYPES = (
    (r"银行$", {"bank"}),
    (r"(集团|实业|控股|物流|科技)$(?<!教育集团)", {"firm"}),
    (r"(小学|幼儿园|学院|大学|医院|教育集团|研究院|卫生服务中心|福利中心|十四中)$", {"public_institution"}),
    (r"(联合会|工商联)$", {"association"}),
    (r"基金会$", {"social_organisation"}),
    (r"[县]$", {"partner_region", "honour"}),
    (r"(市政府|区政府|人民政府)$", {"government"}),
    (r"人大$", {"congress"}),
    (r"政协$", {"consultative_conference"}),
    (r"政法委$", {"party_body"}),
    (r"(长制|机制|管理系统|工作法|平台)$", {"mechanism", "honour"}),
    (r"(工程|行动|战略)$", {"programme"}),
    (r"(先进单位|示范街道|先进县|示范区\)|平安县\(市、区\)|50强|示范商圈)$", {"honour"}),
    (r"(党代会|十九大|青年节|大会)$", {"event"}),
)


@rule("the end of a name says what kind of institution it is: 银行 a bank, 小学 a public institution")
def types_fit_their_names(tables: Tables) -> Iterator[Fault]:
    for row in tables["organisations"]:
        due = next((types for end, types in _TYPES if re.search(end, row["name_zh"])), None)
        if due is not None and row["type"] not in due:
            found = f"{row['org_id']}: {row['name_zh']} is a {row['type']}"
            yield Fault("organisations", row, "type", found, f"set it to {' or '.join(sorted(due))}")


# What a numeral that states no quantity looks like; the first that fits decides, other words may have any reason.
_REASONS = (
    (r"^\d{4}-\d\d-\d\d", {"page_furniture"}),
    (r"岁", {"age_limit"}),
    (r"^(一|五|20\d\d)年来?$|日$|^七一$", {"date"}),
    (r"以上$|强$|亿元楼|十优|园区$", {"threshold_in_name"}),
    (r"^[一二三四五六]$|^第.*[届次轮批剂业十]$|届|^[一二三]期$|^一轮$|三产|类$", {"ordinal"}),
    (r"^一批$|^一线|^两岸$|级$|^一站式$|^下一代$|六个方面", {"idiom"}),
    (r"路$|平台$|小学?$|中$|村$|天$|三年行动|\d\.\d版|中心$", {"proper_name"}),
)


@rule("the words say why a numeral states no quantity: 岁 an age, 以上 a threshold, 第 an ordinal")
def reasons_fit_their_words(tables: Tables) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for row in tables["not_claims"]:
        text, reason = row["text"], row["reason"]
        due = next((reasons for words, reasons in _REASONS if re.search(words, text)), None)
        if (due is not None and reason not in due) or (
            due is None and reason in ("page_furniture", "age_limit", "date")
        ):
            yield Fault("not_claims", row, "reason", f"{text!r} is a {reason}", "see codebook, C2")
        elif first.setdefault(text, reason) != reason:
            found = f"{text!r} is a {reason} here and a {first[text]} above"
            yield Fault("not_claims", row, "reason", found, "give the same words one reason")
