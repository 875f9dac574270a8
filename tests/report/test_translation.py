"""The English of the report: what its rules catch, and the translation memory."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from gwr.report.claims import load_claims
from gwr.report.downloads import write_memory
from gwr.report.rules import RULES
from gwr.report.schema import Row
from gwr.report.tables import Tables, load_tables
from gwr.show.source_page import marked_english

TABLES = load_tables()


def changed(table: str, edit: Callable[[list[Row]], None]) -> Tables:
    """The tables with one of them changed."""
    new = copy.copy(TABLES)
    rows = {name: [dict(row) for row in TABLES[name]] if name == table else TABLES[name] for name in TABLES}
    edit(rows[table])
    object.__setattr__(new, "rows", rows)
    return new


def with_words(word: str) -> int:
    """The first sentence with a word of the report."""
    return next(number for number, row in enumerate(TABLES["translation"]) if word in row["quote"])


def holder(claim: str) -> int:
    """The sentence of a claim."""
    at = next(row["number_start"] for row in TABLES["claims"] if row["claim_id"] == claim)
    return next(number for number, row in enumerate(TABLES["translation"]) if row["start"] <= at < row["end"])


def replace(number: int, old: str, new: str) -> Callable[[list[Row]], None]:
    def edit(rows: list[Row]) -> None:
        assert old in rows[number]["text_en"]
        rows[number]["text_en"] = rows[number]["text_en"].replace(old, new)

    return edit


@pytest.mark.parametrize(
    ("rule", "table", "edit"),
    [
        ("translation_covers_the_report", "translation", lambda rows: rows.pop(20)),
        ("translation_covers_the_report", "translation", lambda rows: rows.pop()),
        ("translation_covers_the_report", "translation", lambda rows: rows[20].update(sentence_id="s999")),
        ("translation_covers_the_report", "translation", lambda rows: rows[20].update(start=rows[19]["start"])),
        ("translation_is_english", "translation", lambda rows: rows[20].update(text_en="The 指标 rose.")),
        ("translation_is_english", "translation", lambda rows: rows[20].update(text_en="It [rose.")),
        ("translation_is_english", "translation", lambda rows: rows[4].update(text_en="On 21 December 2021")),
        ("translated_claims_keep_their_numbers", "translation", replace(holder("c001"), "67.7", "67.8")),
        ("translated_claims_keep_their_numbers", "translation", replace(holder("c001"), "billion", "million")),
        ("translated_claims_keep_their_numbers", "translation", replace(holder("c086"), "97.2%", "97%")),
        ("translation_keeps_strength", "translation", lambda rows: rows[with_words("力争")].update(text_en="We will.")),
        ("translation_keeps_strength", "translation", lambda rows: rows[with_words("预计")].update(text_en="It is.")),
        (
            "translation_uses_the_glossary",
            "translation",
            lambda rows: rows[with_words("夜间经济")].update(text_en="No.", note=""),
        ),
        ("revisions_are_of_sentences", "translation_revisions", lambda rows: rows[0].update(sentence_id="s999")),
        (
            "revisions_are_of_sentences",
            "translation_revisions",
            lambda rows: rows[0].update(revised_en=rows[0]["first_en"]),
        ),
        (
            "revisions_are_of_sentences",
            "translation_revisions",
            lambda rows: rows[0].update(settled="third" if rows[0]["settled"] != "third" else "first"),
        ),
    ],
)
def test_a_wrong_row_is_caught(rule: str, table: str, edit: Callable[[list[Row]], None]) -> None:
    assert list(RULES[rule].check(TABLES)) == []
    assert list(RULES[rule].check(changed(table, edit)))


def test_every_sentence_was_looked_at_by_two() -> None:
    """What the second hand changed is kept; most sentences that it left are as the first wrote them."""
    revised = {row["sentence_id"] for row in TABLES["translation_revisions"]}
    assert 0 < len(revised) <= len(TABLES["translation"])
    assert all(row["reason"] for row in TABLES["translation_revisions"])


def test_the_memory_holds_every_sentence_twice(tmp_path: Path) -> None:
    file = tmp_path / "report.tmx"
    write_memory(TABLES, file)
    once = file.read_bytes()
    write_memory(TABLES, file)
    assert file.read_bytes() == once and once.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx')
    memory = ElementTree.fromstring(once.decode("utf-8").partition('.dtd">\n')[2])
    header = memory.find("header")
    assert memory.get("version") == "1.4" and header is not None
    needed = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert needed <= set(header.attrib)
    pairs = [[seg.text for seg in unit.iter("seg")] for unit in memory.iter("tu")]
    assert pairs == [[row["quote"], row["text_en"]] for row in TABLES["translation"]]


def test_figures_in_the_english_lead_to_their_rows() -> None:
    claims = list(load_claims().values())
    linked = "".join(
        marked_english(row["text_en"], [one for one in claims if row["start"] <= one.row["number_start"] < row["end"]])
        for row in TABLES["translation"]
    )
    missing = [one.id for one in claims if f'href="#{one.id}-row"' not in linked]
    assert missing == []


def test_a_tag_in_the_english_is_text() -> None:
    assert marked_english("<b>9.3%</b>", []) == "&lt;b&gt;9.3%&lt;/b&gt;"
