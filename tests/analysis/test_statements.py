"""The coding of statements covers its sections and points into the report."""

from __future__ import annotations

import pytest
from gwr.analysis.statements import KIND_NAMES, SCOPES, firsts, statements
from gwr.report.tables import load_tables
from gwr.show.marks import statement_marks

CODED = sorted({row["section"] for row in load_tables()["statements"]})


@pytest.mark.parametrize("section", CODED)
def test_every_claim_of_the_section_is_in_exactly_one_statement(section):
    tables = load_tables()
    frame = statements(tables, section)
    coded = " ".join(frame["claim_ids"]).split()
    assert coded == [row["claim_id"] for row in tables["claims"] if row["section"] == section]
    assert frame["kind_name"].isin(KIND_NAMES.values()).all()


def test_places_count_within_a_subject():
    frame = statements(load_tables(), "1.1")
    assert all(list(rows["place"]) == list(range(1, len(rows) + 1)) for _, rows in frame.groupby("subject"))


def test_a_section_that_nobody_coded_is_refused():
    with pytest.raises(KeyError, match=r"1\.2"):
        statements(load_tables(), "1.2")


def test_every_scope_has_a_name():
    assert firsts(load_tables())["scope_name"].isin(SCOPES.values()).all()


def test_marks_name_only_kinds_that_occur():
    frame = statements(load_tables(), "1.3")
    names = statement_marks(frame).to_dict()["encoding"]["shape"]["scale"]["domain"]
    assert set(names) == set(frame["kind_name"])
