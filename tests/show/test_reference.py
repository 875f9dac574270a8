"""The reference pages: complete, counted right, and free of markup where text is meant."""

from __future__ import annotations

import doctest

import gwr.show.reference
import nbformat
import pytest
from gwr.analysis.outcomes import STATES, TRUST, promises, reading_agreement
from gwr.paths import BOOK
from gwr.report.claims import load_facts
from gwr.report.tables import load_tables
from gwr.show import reference
from gwr.show.cells import fact_link
from markupsafe import Markup

TABLES = load_tables()
COVERAGE = reference.coverage(TABLES)


def test_coverage_adds_up():
    total = COVERAGE.select_dtypes("number").sum()
    assert total["characters"] == len(TABLES.report.text)
    assert total["sentences"] == len(TABLES.report.sentences)
    assert total["digits"] == 216 == total["digits_claims"] + total["digits_others"]
    for column, table in (
        ("claims", "claims"),
        ("others", "not_claims"),
        ("pledges", "pledges"),
        ("mentions", "places"),
        ("defects", "emendations"),
    ):
        assert total[column] == len(TABLES[table])
    assert (COVERAGE["positioned"] <= COVERAGE["mentions"]).all() and (
        COVERAGE["with_claim"] <= COVERAGE["sentences"]
    ).all()


def test_coverage_of_one_section_counted_by_hand():
    targets = COVERAGE.set_index("section").loc["2.2"]
    assert targets["claims"] == 8 and targets["mentions"] == 0 and targets["defects"] == 1


def test_every_table_and_term_is_on_its_page():
    code = "".join(cell.source for cell in nbformat.read(BOOK / "data_dictionary.ipynb", as_version=4).cells)
    assert [name for name in TABLES if f'describe_table(tables, "{name}")' not in code] == []
    code = "".join(cell.source for cell in nbformat.read(BOOK / "glossary.ipynb", as_version=4).cells)
    assert {row["category"] for row in TABLES["glossary"] if f'"{row["category"]}"' not in code} == set()


def test_terms_have_an_anchor_and_a_link_to_a_marked_passage():
    known = {row["claim_id"] for row in TABLES["claims"]} | {row["mention_id"] for row in TABLES["places"]}
    known |= {row["emendation_id"] for row in TABLES["emendations"]}
    for category in {row["category"] for row in TABLES["glossary"]}:
        for row in reference.glossary(TABLES, category).itertuples():
            assert isinstance(row.term, Markup) and 'id="term-' in row.term
            target = row.first.partition("#")[2].partition('"')[0]
            assert "source.ipynb" in row.first and (not target or target in known)


def test_the_register_marks_what_is_put_in():
    register = reference.defects(TABLES)
    assert len(register) == len(TABLES["emendations"])
    row = register.iloc[8]
    assert row["reading"] == '<span lang="zh">388<ins>个</ins>,总投资</span>' and row["lost"] == "个"
    assert "<mark>388,总投资</mark>" in row["passage"] and "source.ipynb#e09" in row["number"]


def test_context_stays_in_its_line():
    assert "\n" not in "".join(reference.defects(TABLES)["passage"])


def test_overview_and_downloads_name_every_table():
    assert len(reference.tables_overview(TABLES)) == len(reference.single_tables(TABLES)) == len(TABLES.resources)
    assert list(reference.single_tables(TABLES)["rows"]) == [len(TABLES[name]) for name in TABLES.resources]


def test_examples_in_the_documentation():
    result = doctest.testmod(gwr.show.reference)
    assert result.attempted and not result.failed


# --- outcomes ---------------------------------------------------------------------------------------------------------------------


def test_every_promise_is_counted_once_and_has_a_state():
    found = promises(TABLES)
    assert found["item"].is_unique and set(found["state"]) <= set(STATES) and found["state_name"].notna().all()
    states = found.set_index("item")["state"]
    assert (states["p106"], states["p139"], states["p144"]) == ("kept", "missed", "missed")
    assert "c158" not in states and states["p083"] == "not_settled"  # the pledge stands for its figure
    assert set(TABLES.frame("outcomes")["trust"]) <= set(TRUST)


def test_readers_agree_on_most_of_what_both_marked():
    shared, agreed = reading_agreement(TABLES)
    assert 0 < shared < 1 and set(agreed) == {"level", "relation", "answer"}
    assert len({one.n for one in agreed.values()}) == 1 and all(one.kappa > 0.6 for one in agreed.values())


@pytest.mark.parametrize(("fact", "link"), [("f015", True), ("f029", False)])
def test_a_fact_links_to_its_page_if_there_is_one(fact, link):
    shown = fact_link(load_facts()[fact])
    assert isinstance(shown, Markup) and ("href" in shown) == link and fact in shown


def corrected(item: str, **changes: str) -> dict[str, str]:
    row = {"correction_id": "k001", "date": "2026-11-24", "table": "claims", "item": item, "change": "changed"}
    return row | {"column": "status", "before": "actual", "after": "plan", "reason": "It is planned."} | changes


def test_cells_corrected_alike_share_a_row_and_the_newest_stand_first():
    long = "The text does not say whether this is one year or the sum of five; read as the sum of all five."
    log = [
        corrected("c031"),
        corrected("c045"),
        corrected("c031", column="note", before="", after=long),
        corrected("p003", table="pledges", date="2026-11-28", column="strength", before="firm", after="anticipatory"),
        corrected("c202", change="added", column="", before="", after=""),
    ]
    shown = reference.corrections({"corrections": log})
    assert list(shown["date"]) == ["2026-11-28", *["2026-11-24"] * 3]
    assert [item.striptags() for item in shown["item"]] == ["pledges: p003", "c031, c045", "c031", "c202"]
    assert '<a href="source.ipynb#c045">c045</a>' in shown["item"][1]
    assert list(shown["after"]) == ["expected target", "plan", "–", "–"], "sentences are left to the reason"
    assert shown["column"][3] == "the row"


def test_every_decision_between_the_readers_is_shown():
    shown = reference.decisions(TABLES)
    assert len(shown) == len(TABLES["adjudication"]) and shown["reason"].str.len().gt(10).all()
    assert (shown["first"] != shown["second"]).all()
