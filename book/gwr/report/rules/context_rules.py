"""Rules of context.csv: a fact of context has a source that can be found again, and one name in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import PLACE_NAMES, Tables

_PAGE = re.compile(r"https?://\S+")
_TEXT = re.compile(r"(政府工作报告|国家统计局)\S*/\d{4}(-\w+)?\.md")
_GOVERNMENT = re.compile(r"https?://([^/]+\.)?gov\.cn/")
_LEVELS = {"全国": "nation", "福建省": "province", "福州市": "city", "台江区": "district"}


@rule("the source is a page, or a text of the collection with its checksum and the span of one sentence")
def context_has_its_source(tables: Tables) -> Iterator[Fault]:
    for row in tables["context"]:
        name, span = row["context_id"], (row["source_start"], row["source_end"])
        if _TEXT.fullmatch(row["source"]):
            if not row["source_sha256"] or None in span or not span[0] < span[1] < span[0] + 1000:
                found = f"{name}: {row['source']} at {span}"
                yield Fault("context", row, "source_sha256", found, "give the checksum and the span of the sentence")
        elif not _PAGE.fullmatch(row["source"]):
            yield Fault(
                "context", row, "source", f"{name}: {row['source']!r}", "give an address, or a path of the texts"
            )
        elif row["source_sha256"] or span != (None, None):
            yield Fault("context", row, "source_sha256", f"{name}: a span in a page", "leave checksum and span empty")


@rule("official is what governments publish; what only weak or second-hand pages say is said to be so in the note")
def context_is_trusted_as_its_source(tables: Tables) -> Iterator[Fault]:
    for row in tables["context"]:
        official = bool(_TEXT.fullmatch(row["source"]) or _GOVERNMENT.match(row["source"]))
        if official != (row["trust"] == "official"):
            found = f"{row['context_id']}: {row['trust']}, from {row['source'][:40]}"
            yield Fault("context", row, "trust", found, "official for a government's own text, and for no other")
        elif not official and not row["note"]:
            found = f"{row['context_id']}: {row['trust']}, without a note"
            yield Fault("context", row, "note", found, "say what kind of page it is")


@rule("level and place, value and unit, the two notes go together; a rule may have no value")
def context_is_complete(tables: Tables) -> Iterator[Fault]:
    for row in tables["context"]:
        if row["place"] not in PLACE_NAMES:
            found = f"{row['context_id']}: {row['place']} has no English name"
            yield Fault("context", row, "place", found, "add the place to PLACE_NAMES in gwr/report/tables.py")
        name, level = row["context_id"], _LEVELS.get(row["place"], "peer")
        if row["level"] not in (level, "standard"):
            found = f"{name}: {row['place']} as {row['level']}"
            yield Fault("context", row, "level", found, f"set it to {level}, or to standard for a rule")
        if (row["value"] is None) != (not row["unit_zh"]) or (row["value"] is None and row["status"] != "standard"):
            yield Fault("context", row, "value", f"{name}: value without unit, or the other way round", "fill in both")
        if (not row["note"]) != (not row["note_zh"]):
            yield Fault("context", row, "note_zh", f"{name}: one note of two", "write the note in both languages")


@rule("a growth rate is in percent, and what is in percent and no share is a growth rate")
def context_rates_are_percentages(tables: Tables) -> Iterator[Fault]:
    for row in tables["context"]:
        rate = row["indicator_zh"].endswith(("增速", "涨幅"))
        share = bool(re.search("率|比重|比例|之比", row["indicator_zh"]))
        if rate != (row["unit_zh"] == "%" and not share):
            found = f"{row['context_id']}: {row['indicator_zh']} in {row['unit_zh']!r}"
            yield Fault("context", row, "unit_zh", found, "% for growth and shares, a unit for levels")


@rule("a row of the level standard is a standard: a rule of the state and no count of a place")
def context_standards_are_standards(tables: Tables) -> Iterator[Fault]:
    for row in tables["context"]:
        if row["level"] == "standard" and row["status"] != "standard":
            found = f"{row['context_id']}: level standard, status {row['status']}"
            yield Fault("context", row, "level", found, "set the level of the place, or the status to standard")
