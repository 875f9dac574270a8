"""What the district's plan shares with the reports of city, province and State Council, and which topics it leaves out.

The texts lie in a Parquet file outside the book, with the columns ``path``, ``level``, ``place``, ``year``, ``text`` and
``sha256``. Into the tables go only places and counts, so that whoever has the file can look each of them up:
``python -m gwr beside FILE`` writes them anew.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.paths import DATA
from gwr.report.citations import citations
from gwr.report.tables import Tables

SHORTEST = 6
"""The fewest Chinese characters of a shared run: most fixed formulas of four characters fall below it."""

DAY_AFTER = 2022
"""The report was read in December 2021, so reports of this year and later came after it."""

REPORT_YEARS = range(2016, 2024)
PATHS = {
    "city": "政府工作报告-主要城市/福州市/{}.md",
    "province": "政府工作报告-省自治区/福建省/{}.md",
    "nation": "政府工作报告-国务院/{}.md",
}
REPORT_PATH = "source/2022-taijiang-work-report.txt"

_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Paper:
    """One report of the collection: its permanent name, the year that it plans, and its text."""

    path: str
    level: str
    place: str
    year: int
    text: str
    sha256: str


def read_papers(corpus: Path) -> dict[str, Paper]:
    """Every report of the file by its path.

    Raises:
        DataError: the file is no such table, or a report that is asked for by :data:`PATHS` is not in it.
    """
    import pandas as pd  # takes a second, and only this needs it

    names = ["path", "level", "place", "year", "text", "sha256"]
    try:
        rows = pd.read_parquet(corpus, columns=names).to_dict("records")
    except (OSError, ValueError) as error:
        raise DataError(
            corpus, f"no table of reports: {error}", expected=", ".join(names), remedy="name the file"
        ) from error
    papers = {row["path"]: Paper(**row) for row in rows}
    for path in (pattern.format(year) for pattern in PATHS.values() for year in REPORT_YEARS):
        if path not in papers:
            raise DataError(
                corpus, f"{path} is missing", expected="the reports of 2016 to 2023", remedy="use the whole collection"
            )
    return papers


def pieces(text: str, size: int) -> Iterator[str]:
    """Every piece of ``size`` neighbouring Chinese characters; none spans two clauses."""
    for clause in _HAN.findall(text):
        yield from (clause[at : at + size] for at in range(len(clause) - size + 1))


def shared_runs(text: str, others: Sequence[str], shortest: int = SHORTEST) -> Iterator[tuple[int, int, int]]:
    """The longest runs of Chinese characters that a text shares with one of the others.

    Args:
        text: what is looked for.
        others: where; the first that holds a run is named.
        shortest: the fewest characters of a run.

    Yields:
        start and end of the run in ``text``, and the number of the other text. No run lies inside another.
    """
    known = {piece for other in others for piece in pieces(other, shortest)}
    reached = 0
    for clause in _HAN.finditer(text):
        for start in range(clause.start(), clause.end() - shortest + 1):
            end = start + shortest
            if text[start:end] not in known:
                continue
            while end < clause.end() and any(text[start : end + 1] in other for other in others):
                end += 1
            if end > reached:
                reached = end
                yield start, end, next(number for number, other in enumerate(others) if text[start:end] in other)


def shared_characters(text: str, other: str, shortest: int = SHORTEST) -> int:
    """How many characters of a text stand in runs that the other text has too."""
    return len({at for start, end, _ in shared_runs(text, [other], shortest) for at in range(start, end)})


def plan_sections(tables: Tables) -> list[Any]:
    """The sections of the district's part two, in order."""
    return [section for section in tables.report.sections if section.section.startswith("2.")]


def inherited_wording(tables: Tables, papers: dict[str, Paper]) -> Iterator[dict[str, Any]]:
    """One row for each run that part two shares with the reports of a level before it, or with the one after it.

    Before means 2016 to 2021, the latest report that has the run; after means 2022.
    """
    number = 0
    for level, pattern in PATHS.items():
        for side, years in (("before", range(DAY_AFTER - 1, REPORT_YEARS[0] - 1, -1)), ("after", [DAY_AFTER])):
            sources = [papers[pattern.format(year)] for year in years]
            texts = [source.text for source in sources]
            for section in plan_sections(tables):
                for start, end, which in shared_runs(section.text, texts):
                    number += 1
                    source, at = sources[which], texts[which].index(section.text[start:end])
                    yield {
                        "run_id": f"w{number:04d}",
                        "section": section.section,
                        "report_start": section.start + start,
                        "report_end": section.start + end,
                        "length": end - start,
                        "level": level,
                        "side": side,
                        "year": source.year,
                        "source": source.path,
                        "source_sha256": source.sha256,
                        "source_start": at,
                        "source_end": at + end - start,
                    }


def wording_shares(tables: Tables, papers: dict[str, Paper]) -> Iterator[dict[str, Any]]:
    """How much of each section of part two stands in each report above the district, and in those of the other large cities."""
    own = {pattern.format(year): level for level, pattern in PATHS.items() for year in REPORT_YEARS}
    folder = PATHS["city"].split("/")[0] + "/"
    others = {
        path: "other_city"
        for path, paper in sorted(papers.items())
        if path.startswith(folder) and path not in own and paper.year in (DAY_AFTER - 1, DAY_AFTER)
    }
    for path, level in (own | others).items():
        paper = papers[path]
        for section in plan_sections(tables):
            yield {
                "source": path,
                "source_sha256": paper.sha256,
                "level": level,
                "place": paper.place,
                "year": paper.year,
                "section": section.section,
                "characters": sum(map(len, _HAN.findall(section.text))),
                "shared": shared_characters(section.text, paper.text),
            }


def silences(tables: Tables, papers: dict[str, Paper]) -> Iterator[dict[str, Any]]:
    """How often each topic of the table as it is stands in the report and in those above it, and where first."""
    topics = {row["topic_id"]: row for row in tables["silences"]}
    sha256 = hashlib.sha256(tables.report.text.encode()).hexdigest()
    report = Paper(REPORT_PATH, "district", "台江区", DAY_AFTER, tables.report.text, sha256)
    sources = {"district": report} | {level: papers[path.format(DAY_AFTER)] for level, path in PATHS.items()}
    for topic, row in topics.items():
        term = re.compile("|".join(map(re.escape, sorted(row["terms"].split(";"), key=len, reverse=True))))
        for level, source in sources.items():
            found = list(term.finditer(source.text))
            yield {
                "topic_id": topic,
                **{column: row[column] for column in ("topic_en", "topic_zh", "terms")},
                "level": level,
                "source": source.path,
                "source_sha256": source.sha256,
                "count": len(found),
                "first_start": found[0].start() if found else "",
                "first_end": found[0].end() if found else "",
            }


def cited_texts(tables: Tables, papers: dict[str, Paper]) -> Iterator[dict[str, Any]]:
    """The reports that a table names, with what is needed to find each and to know it again."""
    for path in sorted({path for path, _, _ in citations(tables)}):
        paper = papers[path]
        yield {
            "path": path,
            **{column: getattr(paper, column) for column in ("level", "place", "year", "sha256")},
            "characters": len(paper.text),
        }


def cited_sentences(tables: Tables, papers: dict[str, Paper]) -> Iterator[dict[str, Any]]:
    """The sentences that a table names, each with the first twelve digits of the checksum of its characters."""
    spans = {(path, start, end) for path, start, end in citations(tables) if start is not None and end is not None}
    for path, start, end in sorted(spans):
        digest = hashlib.sha256(papers[path].text[start:end].encode()).hexdigest()[:12]
        yield {"path": path, "start": start, "end": end, "digest": digest}


TABLES_BESIDE = {
    "inherited_wording": inherited_wording,
    "wording_shares": wording_shares,
    "silences": silences,
    "cited_texts": cited_texts,
    "cited_sentences": cited_sentences,
}


def write_beside(corpus: Path, tables: Tables, folder: Path = DATA) -> dict[str, int]:
    """Writes the five tables; returns the number of rows of each.

    Raises:
        DataError: as :func:`read_papers`.
        OSError: a file cannot be written.
    """
    papers = read_papers(corpus)
    written = {}
    for name, make in TABLES_BESIDE.items():
        rows = list(make(tables, papers))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        written[name] = len(rows)
    return written
