"""The English of the report beside its rows, and the translation memory. (Its rules are tried in ``test_data``.)"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from gwr.report.claims import load_claims
from gwr.report.downloads import write_memory
from gwr.report.tables import load_tables
from gwr.show.source_page import marked_english

TABLES = load_tables()


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
