"""What the report shares with those above it, counted on short texts, and looked up in the collection where it is at hand."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest
from gwr.analysis.beside_reports import TABLES_BESIDE, pieces, read_papers, shared_characters, shared_runs, write_beside
from gwr.errors import DataError
from gwr.paths import DATA
from gwr.report.tables import load_tables

CORPUS = Path(os.environ.get("GWR_CORPUS", "reports.parquet"))
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="name the collection of work reports in GWR_CORPUS")

OWN = "我们要建设美丽的城市花园,完成道路二十条"


def test_runs_are_the_longest_and_name_the_first_text_that_has_them():
    others = ["完成道路二十条以上", "建设美丽的城市花园。完成道路二十条"]
    assert [(OWN[start:end], which) for start, end, which in shared_runs(OWN, others)] == [
        ("建设美丽的城市花园", 1),
        ("完成道路二十条", 0),
    ]


def test_pieces_end_at_everything_that_is_not_chinese():
    assert list(pieces("政务,公开15个", 2)) == ["政务", "公开"]
    assert list(pieces("R&D 12345", 1)) == []


def test_no_run_spans_two_clauses_or_is_too_short():
    assert list(shared_runs("城市花园,完成道路", ["城市花园,完成道路"])) == []
    assert list(shared_runs(OWN, [])) == []


def test_characters_in_two_runs_count_once():
    assert shared_characters("甲乙丙丁戊己庚辛", "甲乙丙丁戊己庚。丙丁戊己庚辛") == 8
    assert shared_characters(OWN, "别的文字") == 0


@pytest.mark.parametrize("content", [b"no table", None])
def test_a_file_that_is_no_collection_is_refused(tmp_path, content):
    file = tmp_path / "reports.parquet"
    if content:
        file.write_bytes(content)
    with pytest.raises(DataError, match="no table of reports"):
        read_papers(file)


def test_a_collection_without_the_reports_needed_is_refused(tmp_path):
    columns = ["path", "level", "place", "year", "text", "sha256"]
    pd.DataFrame([["a.md", "city", "甲市", 2020, "文", "0"]], columns=columns).to_parquet(tmp_path / "reports.parquet")
    with pytest.raises(DataError, match="is missing"):
        read_papers(tmp_path / "reports.parquet")


@needs_corpus
def test_the_tables_are_what_the_collection_gives(tmp_path):
    write_beside(CORPUS, load_tables(), tmp_path)
    for name in TABLES_BESIDE:
        assert (tmp_path / f"{name}.csv").read_bytes() == (DATA / f"{name}.csv").read_bytes(), name


def numbers(text: str) -> set[float]:
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


@needs_corpus
def test_expected_and_later_figures_stand_where_the_table_says():
    papers, rows = read_papers(CORPUS), load_tables()["expected_revisions"]
    for row in rows:
        first = papers[row["source"]].text[row["source_start"] : row["source_end"]]
        later = papers[row["later_source"]].text[row["later_start"] : row["later_end"]]
        own = row["value"] if row["value"] in numbers(first) else row["value"] / 1e4  # 3.78万元 is written as 37800元
        assert own in numbers(first), row["revision_id"]
        assert row["later_value"] in numbers(later), row["revision_id"]
        assert row["later_growth"] is None or abs(row["later_growth"]) in numbers(later), row["revision_id"]
        assert papers[row["source"]].sha256 == row["source_sha256"]
        assert papers[row["later_source"]].sha256 == row["later_sha256"]
