"""Shared wording is counted in pieces of Chinese characters that never span two clauses."""

import pytest
from gwr.analysis.wording import pieces, repeated, repeated_in_windows, runs, shared_passages, windows
from gwr.report.text import read_report

ABC = "完成审计项目15个,主动接受监督"


def test_runs_end_at_everything_that_is_not_chinese():
    assert runs(ABC) == ["完成审计项目", "个", "主动接受监督"]
    assert runs("R&D 12345") == []


def test_pieces_do_not_span_two_runs():
    assert pieces("政务,公开", 2) == ["政务", "公开"]
    assert pieces("政务公开", 5) == []


def test_a_piece_has_a_size():
    with pytest.raises(ValueError, match="at least 1"):
        pieces(ABC, 0)


def test_repeated_counts_the_pieces_of_the_first_text():
    assert repeated("审计监督", "审计监督力度", 2) == 1
    assert repeated("审计监督力度", "审计监督", 2) == pytest.approx(3 / 5)
    assert repeated("审计", "监督", 2) == 0
    assert repeated("15", "15", 2) == 0


def test_windows_have_one_length_and_reach_the_end():
    text = "一二三四五六七八九十"
    assert list(windows(text, 4, step=3)) == ["一二三四", "四五六七", "七八九十"]
    assert list(windows(text, 20)) == [text]


def test_a_text_is_repeated_in_itself():
    report = read_report().text
    assert repeated(report, report, 4) == 1
    assert repeated_in_windows("主动接受监督", "主动接受监督", 3, 100) == 1


def test_shared_passages_are_the_longest_ones():
    assert shared_passages("强化审计监督作用,主动接受", "审计监督力度,主动接受监督", 3) == ["审计监督", "主动接受"]


def test_a_passage_inside_a_longer_one_is_left_out():
    assert shared_passages("审计监督作用和审计监督", "审计监督作用,审计监督", 4) == ["审计监督作用"]


def test_overlapping_passages_are_both_found():
    assert shared_passages("甲乙丙丁戊", "甲乙丙丁,乙丙丁戊", 3) == ["甲乙丙丁", "乙丙丁戊"]


def test_no_shared_passage():
    assert shared_passages("审计", "监督", 2) == []
