"""The report's text and its parts, each with the offsets at which it stands.

Offsets count Unicode code points from 0, end exclusive, in the file as published, so that
``report.text[part.start:part.end] == part.text`` for every part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gwr.errors import DataError
from gwr.paths import REPORT_TEXT
from gwr.words.language import LANGUAGE

# The first words of each section, in reading order. A section runs up to the next one; part headings
# go with the section that follows them, the closing appeal with the last.
SECTION_MARKS: tuple[tuple[str, str, str, str], ...] = (
    # code, opening words, title, Chinese title
    ("0", "", "Title and preamble", "标题与开场"),
    ("1.0", "一、2021年", "Headline figures of 2021", "2021年主要指标"),
    ("1.1", "(一)产业转型", "Industry", "产业转型加速推进"),
    ("1.2", "(二)专项行动", "Special actions and projects", "专项行动成效明显"),
    ("1.3", "(三)创新驱动", "Innovation", "创新驱动不断强化"),
    ("1.4", "(四)城市功能", "The city", "城市功能得到完善"),
    ("1.5", "(五)民生福祉", "Livelihood", "民生福祉日益增进"),
    ("1.6", "(六)政府建设", "Governing", "政府建设持续加强"),
    ("1.7a", "各位代表,2021年各项任务", "Five years: comprehensive strength", "综合实力大幅跃升的五年"),
    ("1.7b", "过去的五年,是改革创新", "Five years: reform and innovation", "改革创新纵深推进的五年"),
    ("1.7c", "过去的五年,是城市面貌", "Five years: the city's face", "城市面貌显著改善的五年"),
    ("1.7d", "过去的五年,是社会事业", "Five years: social undertakings", "社会事业长足进步的五年"),
    ("1.8", "五年来,我们成功获评", "Honours and thanks", "荣誉与感谢"),
    ("1.9", "在总结成绩的同时", "Problems", "困难和挑战"),
    ("2.0", "二、新一届政府", "General requirements", "总体要求"),
    ("2.1", "为此,今后五年", "Goals for the five years", "今后五年目标"),
    ("2.2", "各位代表,2022年我们要", "Targets for 2022", "2022年主要目标"),
    ("2.3", "(一)致力改革开放", "Reform and opening", "激发区域发展新动能"),
    ("2.4", "(二)致力提质增效", "Industry plan", "构建产业发展新优势"),
    ("2.5", "(三)致力建管并举", "City plan", "塑造中心城区新形象"),
    ("2.6", "(四)致力增进福祉", "Well-being plan", "书写美好生活新答卷"),
    ("2.7", "(五)致力共治共享", "Social governance plan", "开创社会治理新局面"),
    ("2.8", "(六)致力高效务实", "The government's own plan", "展现政府工作新作为"),
)

SECTION_CODES: tuple[str, ...] = tuple(code for code, *_ in SECTION_MARKS)

_SENTENCE = re.compile(r"[^。!?！？\n]*[。!?！？]|[^。!?！？\n]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the report: ``text`` stands at ``start:end``, in section ``section``."""

    section: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section(Part):
    """One section by its code, with its title in the language of the edition and in Chinese."""

    title: str
    title_zh: str


@dataclass(frozen=True)
class Report:
    """The report with its sections, paragraphs (the file's non-empty lines) and sentences."""

    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Part, ...]
    sentences: tuple[Part, ...]

    def section_at(self, offset: int) -> Section:
        """The section that holds the character at ``offset``.

        Raises:
            IndexError: ``offset`` lies outside the text.
        """
        if not 0 <= offset < len(self.text):
            raise IndexError(f"offset {offset} lies outside the report (0 to {len(self.text) - 1})")
        starts = [section.start for section in self.sections]
        return self.sections[bisect_right(starts, offset) - 1]

    def sentence_at(self, offset: int) -> Part:
        """The sentence that holds the character at ``offset``.

        Raises:
            LookupError: the character is a line break between sentences.
        """
        for sentence in self.sentences:
            if sentence.start <= offset < sentence.end:
                return sentence
        raise LookupError(f"no sentence holds offset {offset}")


def read_text(path: Path) -> str:
    """The file's text, exactly (line ends included).

    Raises:
        DataError: the file is missing, cannot be read, or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(
            path, "the file is missing", expected="a UTF-8 text file", remedy="restore it with git checkout"
        ) from None
    except OSError as error:
        raise DataError(
            path,
            f"the file cannot be read ({error.strerror})",
            expected="a readable file",
            remedy="check its permissions and the disk",
        ) from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            path,
            f"byte {error.start} is not UTF-8",
            row=line,
            expected="UTF-8 without exceptions",
            remedy="save the file as UTF-8 (in Excel: 'CSV UTF-8')",
        ) from error


@lru_cache(maxsize=4)
def read_report(path: Path = REPORT_TEXT) -> Report:
    """The report and its parts.

    Raises:
        DataError: the file is missing or unreadable, or the opening words of a section are not in it.
    """
    text = read_text(path)
    starts: list[int] = []
    for code, mark, *_ in SECTION_MARKS:
        after = starts[-1] if starts else 0
        found = text.find(mark, after)
        if found < 0:
            raise DataError(
                path,
                f"the opening words of section {code} ({mark}) are missing",
                expected="the report as the portal published it",
                remedy="restore the file with git checkout; its sha256 stands in data/datapackage.json",
            )
        starts.append(found)
    ends = [*starts[1:], len(text)]
    sections = tuple(
        Section(code, start, end, text[start:end], title_zh if LANGUAGE == "zh" else title, title_zh)
        for (code, _, title, title_zh), start, end in zip(SECTION_MARKS, starts, ends, strict=True)
    )
    return Report(text, sections, _cut(r"[^\n]*\S[^\n]*", sections), _cut(_SENTENCE, sections))


def _cut(pattern: str | re.Pattern[str], sections: tuple[Section, ...]) -> tuple[Part, ...]:
    """Every match of the pattern that holds more than white space, section by section."""
    return tuple(
        Part(section.section, section.start + m.start(), section.start + m.end(), m[0])
        for section in sections
        for m in re.finditer(pattern, section.text)
        if m[0].strip()
    )
