"""The judgements beside the two readings: long and wide, in both languages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from gwr.report.judgements import code_examples, codes, judgements, rule_of_set
from gwr.report.tables import load_tables

TABLES = load_tables()
COLUMNS = ["number", "role", "ids", "code", "code_label", "label", "label_zh", "name", "note", "words"]


@pytest.mark.parametrize("name", [row["set_id"] for row in TABLES["judgement_sets"]])
def test_every_set_gives_its_rows_in_order(name):
    rows = [row for row in TABLES["judgements"] if row["set_id"] == name]
    frame = judgements(TABLES, name)
    assert list(frame.columns) == COLUMNS
    assert list(frame["ids"].str.replace(" ", ";")) == [row["item_ids"] for row in rows]
    assert list(frame["number"]) == [row["number"] for row in rows]
    assert frame.loc[frame["code"] != "", "code_label"].ne("").all()
    assert rule_of_set(TABLES, name)


def test_wide_has_a_row_for_each_subject_and_a_column_for_each_role():
    wide = judgements(TABLES, "programme_claims", wide=True)
    assert list(wide.columns[4:7]) == ["year", "five_years", "plan"]
    roads = wide.set_index("label").loc["Municipal roads"]
    assert (roads["year"], roads["five_years"], roads["plan"]) == ("c055", "c122", "c176")
    assert roads["name"] == "Municipal roads 市政道路"
    assert wide.set_index("label").loc["Façades", "plan"] == ""


def test_a_role_without_ids_holds_its_code():
    wide = judgements(TABLES, "five_year_split", wide=True).set_index("label")
    assert wide.loc["Cables buried", "wording"] == "year_wider"
    assert (wide["code"] == "").all()


def test_code_note_and_words_of_a_subject():
    wide = judgements(TABLES, "figure_kinds", wide=True).set_index("figure")
    assert wide.loc["c095", "stated"] == "c093 c094" and wide.loc["c095", "code"] == "verdict"
    assert wide.loc["c089", "note"] == "residents, or callers"
    assert judgements(TABLES, "problem_figures", wide=True)["words"].is_unique


def test_two_codes_of_one_subject_do_not_fit_into_one_row():
    with pytest.raises(ValueError, match="long form"):
        judgements(TABLES, "public_money", wide=True)


def test_a_set_that_is_not_there_is_named_with_its_neighbour():
    with pytest.raises(KeyError, match="programme_claims"):
        judgements(TABLES, "programme_claim")


def test_codes_are_in_their_order_and_examples_are_pledges():
    assert list(codes(TABLES, "reform_tests")) == ["figure", "event", "direction", "open"]
    assert set(code_examples(TABLES, "firm_pledge_signs")) == set(codes(TABLES, "firm_pledge_signs"))
    assert codes(TABLES, "count_beside_others") == {}


def test_labels_are_in_the_language_of_the_edition():
    program = (
        "from gwr.report.judgements import codes, judgements\n"
        "from gwr.report.tables import load_tables\n"
        "row = judgements(load_tables(), 'programme_claims', wide=True).iloc[0]\n"
        "print(row['label'], row['name'], codes(load_tables(), 'channels')['in'])"
    )
    env = {**os.environ, "GWR_LANGUAGE": "zh", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["市政道路", "市政道路", "收到"]
