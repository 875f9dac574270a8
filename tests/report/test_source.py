"""The report is the one that was published, and its parts stand where they say."""

import hashlib

import pytest
from gwr.errors import DataError
from gwr.paths import REPORT_TEXT
from gwr.report.text import SECTION_CODES, read_report

PUBLISHED = "acaebfeda61bfca4bcfd71f779f2f390244fcb31826b327e35b8e242df1311a4"


def test_the_report_is_the_published_one_byte_for_byte():
    assert hashlib.sha256(REPORT_TEXT.read_bytes()).hexdigest() == PUBLISHED


def test_sections_follow_each_other_without_a_gap():
    report = read_report()
    assert [section.section for section in report.sections] == list(SECTION_CODES)
    assert report.sections[0].start == 0
    assert report.sections[-1].end == len(report.text)
    for before, after in zip(report.sections, report.sections[1:], strict=False):
        assert before.end == after.start


@pytest.mark.parametrize("kind", ["sections", "paragraphs", "sentences"])
def test_offsets_give_the_text(kind):
    report = read_report()
    for part in getattr(report, kind):
        assert report.text[part.start : part.end] == part.text
        assert report.section_at(part.start).section == part.section


def test_sentences_and_paragraphs_lose_no_character():
    report = read_report()
    for parts in (report.paragraphs, report.sentences):
        kept = "".join(part.text for part in parts)
        assert "".join(kept.split()) == "".join(report.text.split())


def test_offsets_outside_the_report_are_refused():
    report = read_report()
    with pytest.raises(IndexError, match="outside the report"):
        report.section_at(len(report.text))


def test_a_report_without_its_sections_is_refused(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("一、2021年\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"opening words of section 1\.1 .* are missing"):
        read_report(file)
