"""The coding of statements covers its sections and points into the report."""

from __future__ import annotations

import re

import pytest
from gwr.analysis import statements as module
from gwr.analysis.statements import FIRSTS, KIND_NAMES, STATEMENTS, Statement, firsts, statements
from gwr.report.tables import load_tables
from gwr.show.marks import statement_marks


@pytest.mark.parametrize("section", STATEMENTS)
def test_every_claim_of_the_section_is_in_exactly_one_statement(section):
    tables = load_tables()
    frame = statements(tables, section)
    coded = " ".join(frame["claim_ids"]).split()
    assert coded == [row["claim_id"] for row in tables["claims"] if row["section"] == section]
    assert all(tables.report.text[row.start : row.end] == row.quote for row in frame.itertuples())
    assert set(frame["kind"]) <= set(KIND_NAMES)


@pytest.mark.parametrize("section", STATEMENTS)
def test_a_statement_is_a_figure_if_and_only_if_it_holds_a_claim(section):
    frame = statements(load_tables(), section)
    assert ((frame["kind"] == "figure") == (frame["claim_ids"] != "")).all()


def test_a_forgotten_statement_is_noticed(monkeypatch):
    monkeypatch.setitem(module.STATEMENTS, "1.3", STATEMENTS["1.3"][1:])
    with pytest.raises(ValueError, match="科创走廊"):
        statements(load_tables(), "1.3")


def test_a_quote_that_is_not_in_the_section_is_noticed(monkeypatch):
    wrong = Statement("a", "event", "无此句", "not there")
    monkeypatch.setitem(module.STATEMENTS, "1.3", (*STATEMENTS["1.3"], wrong))
    with pytest.raises(LookupError, match="0 times"):
        statements(load_tables(), "1.3")


def test_firsts_are_all_of_part_one():
    tables = load_tables()
    frame = firsts(tables)
    assert len(frame) == len(FIRSTS)
    past = tables.report.text[: next(part.start for part in tables.report.sections if part.section == "2.0")]
    words = [match.start() for match in re.finditer("首创|首个|首家|率先|创新实行", past)]
    assert len(words) == len(FIRSTS)
    assert all(any(row.start <= at < row.start + len(row.quote) for row in frame.itertuples()) for at in words)


def test_marks_name_only_kinds_that_occur():
    frame = statements(load_tables(), "1.3")
    names = statement_marks(frame).to_dict()["encoding"]["shape"]["scale"]["domain"]
    assert set(names) == set(frame["kind_name"])
