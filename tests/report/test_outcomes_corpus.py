"""What outcomes.csv says of the corpus of work reports, held against the corpus, where somebody has it.

No text of the corpus is part of the book. With ``GWR_CORPUS=reports.parquet`` (columns ``path``, ``text``, ``sha256``) every row is
checked; without it these tests are skipped.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from gwr.report.tables import load_tables

CORPUS = Path(os.environ.get("GWR_CORPUS", "reports.parquet"))
HERE = pytest.mark.skipif(not CORPUS.is_file(), reason="no corpus of work reports: set GWR_CORPUS to its parquet file")
ROWS = [row for row in load_tables()["outcomes"] if row["source_path"]]
SCALES = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
DIGITS = "零一二三四五六七八九"


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """The reports that rows point into, by path."""
    frame = pd.read_parquet(CORPUS, columns=["path", "text"])
    wanted = {row["source_path"] for row in ROWS}
    return dict(frame[frame["path"].isin(wanted)].itertuples(index=False, name=None))


def amounts(passage: str) -> set[float]:
    """Every number of a passage, also with the scale behind it: 1万亿元 is 1, 1e4 and 1e12, 百个 is 100, 八成 is 80."""
    plain = passage.replace("两", "二").translate({ord(digit): str(number) for number, digit in enumerate(DIGITS)})
    found = set()
    for number, scale in re.findall(r"(\d+(?:\.\d+)?)(万亿|万|亿)?", plain):
        found |= {float(number), float(number) * SCALES[scale], float(number) * SCALES[scale[:1]]}
    found |= {100.0} if re.search("(?<![0-9])百[个家]", plain) else set()
    return found | {10 * float(number) for number in re.findall(r"(\d)成", plain)}


@HERE
def test_rows_name_the_text_they_were_read_in():
    for row in ROWS:
        assert hashlib.sha256(texts()[row["source_path"]].encode()).hexdigest() == row["source_sha256"], row["fact_id"]


def faults_of(row: dict, text: str) -> Iterator[str]:
    """What is wrong with the place that a row points at: no whole sentence, without the value, or not as quoted."""
    start, end = row["source_start"], row["source_end"]
    passage = text[start:end]
    if passage != passage.strip() or "\n" in passage or not (start == 0 or text[start - 1] in "。\n　 "):
        yield f"{row['fact_id']}: does not begin where a sentence begins"
    if not (passage.endswith("。") or end == len(text) or text[end] == "\n"):
        yield f"{row['fact_id']}: does not end where a sentence ends"
    if row["value"] is not None:
        scale = re.match("万亿|万|亿", row["unit_zh"])
        value = abs(row["value"]) * SCALES[scale[0] if scale else ""]
        if not any(abs(value - amount) <= 1e-9 * value for amount in amounts(passage)):
            yield f"{row['fact_id']}: has no {row['value']:g}{row['unit_zh']}"
    if row["quote"] and row["status"] == "target" and row["quote"] != passage:
        yield f"{row['fact_id']}: is quoted in other words"


@HERE
def test_rows_point_at_whole_sentences_that_have_their_value():
    assert [fault for row in ROWS for fault in faults_of(row, texts()[row["source_path"]])] == []


@pytest.mark.parametrize(
    ("change", "found"),
    [({}, []), ({"source_end": 15}, ["end"]), ({"source_start": 1}, ["begin"]), ({"value": 8.0}, ["no 8%"])],
)
def test_a_row_that_points_beside_its_sentence_is_found(change, found):
    row = {
        "fact_id": "f000",
        "source_start": 6,
        "source_end": 16,
        "value": 9.0,
        "unit_zh": "%",
        "quote": "",
        "status": "actual",
    }
    text = "前面一句。\n税收去年增长了9%。后面一句。"
    faults = list(faults_of(row | change, text))
    assert len(faults) == len(found) and all(word in fault for word, fault in zip(found, faults, strict=True))


@HERE
def test_both_readings_end_where_a_sentence_ends():
    tables = load_tables()
    frame = pd.read_parquet(CORPUS, columns=["path", "text"]).set_index("path")["text"]
    for name in ("first", "second"):
        for row in tables[f"{name}_reading_outcomes"]:
            text = frame[row["path"]]
            assert text[row["end"] - 1] == "。" or row["end"] == len(text) or text[row["end"]] == "\n"


@pytest.mark.parametrize(
    ("passage", "amount"),
    [
        ("突破1万亿元", 1e12),
        ("达两万亿元", 2e12),
        ("占比达八成", 80),
        ("提升百个阵地", 100),
        ("新增12.5万人", 1.25e5),
        ("下降2%", 2),
    ],
)
def test_numbers_are_found_as_they_are_written(passage, amount):
    assert amount in amounts(passage)
