"""The coding of statements covers its sections and points into the report."""

from __future__ import annotations

import pytest
from gwr.analysis.statements import KIND_NAMES, SCOPES, firsts, statements
from gwr.report.tables import load_tables
from gwr.show.marks import statement_marks

SECTIONS = sorted({row["section"] for row in load_tables()["statements"]})


@pytest.mark.parametrize("section", SECTIONS)
def test_statements_list_the_claims_of_the_section(section):
    tables = load_tables()
    frame = statements(tables, section)
    coded = " ".join(frame["claim_ids"]).split()
    assert coded == [row["claim_id"] for row in tables["claims"] if row["section"] == section]
    assert (frame["claim_id"] == frame["claim_ids"].str.split(" ").str[0]).all()
    assert frame["kind_name"].isin(KIND_NAMES.values()).all()


def test_places_within_a_subject_count_from_one():
    frame = statements(load_tables(), "1.3")
    for _, subject in frame.groupby("subject"):
        assert list(subject["place"]) == list(range(1, len(subject) + 1))


def test_a_section_that_is_not_coded_is_refused():
    with pytest.raises(KeyError, match="not coded"):
        statements(load_tables(), "1.5")


def test_firsts_are_in_reading_order_with_their_area():
    frame = firsts(load_tables())
    assert len(frame) == len(load_tables()["firsts"]) and frame["start"].is_monotonic_increasing
    assert frame["scope_name"].isin(SCOPES.values()).all()


def test_marks_name_only_kinds_that_occur():
    frame = statements(load_tables(), "1.3")
    names = statement_marks(frame).to_dict()["encoding"]["shape"]["scale"]["domain"]
    assert set(names) == set(frame["kind_name"])
