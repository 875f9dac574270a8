"""All tables of the book, loaded once, validated, and ready as rows or as data frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gwr.errors import DataError
from gwr.paths import DATA, GEO, REPORT_TEXT
from gwr.report.schema import Resource, Row, read_package
from gwr.report.text import Report, read_report
from gwr.words.language import LANGUAGE

if TYPE_CHECKING:
    import pandas as pd

# A table whose rows stand at an offset: the column that must hold the text found there.
QUOTE_COLUMNS = ("quote", "text", "passage")

# Links that a table schema cannot state: lists of ids, and tables of the other package.
LINKS: tuple[tuple[str, str, str, str], ...] = (
    # table, column, referenced table, referenced column
    ("places", "place_id", "gazetteer", "place_id"),
    ("pledges", "claim_ids", "claims", "claim_id"),
    ("pledges", "baseline_claim_ids", "claims", "claim_id"),
    ("pledges", "place_ids", "gazetteer", "place_id"),
    ("outcomes", "claim_id", "claims", "claim_id"),
    ("outcomes", "pledge_id", "pledges", "pledge_id"),
    ("outcomes", "place_id", "gazetteer", "place_id"),
    ("outcome_searches", "nearest", "outcomes", "fact_id"),
)

# Columns whose ids belong to several tables: the first letter says to which.
MIXED_LINKS: tuple[tuple[str, str, Mapping[str, tuple[str, str]]], ...] = (
    (
        "judgements",
        "item_ids",
        {
            "c": ("claims", "claim_id"),
            "p": ("pledges", "pledge_id"),
            "m": ("places", "mention_id"),
            "o": ("organisations", "org_id"),
            "f": ("outcomes", "fact_id"),
            "x": ("context", "context_id"),
        },
    ),
)

# What stands in an English column in the Chinese edition: the Chinese column of the same row.
CHINESE_COLUMNS: dict[str, dict[str, str]] = {
    "claims": {"indicator_en": "indicator_zh"},
    "context": {"indicator_en": "indicator_zh", "note": "note_zh"},
    "firsts": {"summary_en": "summary_zh"},
    "glossary": {"term_en": "term_zh"},
    "organisations": {"name_en": "name_zh"},
    "outcomes": {"indicator_en": "indicator_zh"},
    "places": {"action_en": "action_zh"},
    "pledges": {"summary_en": "quote"},
    "statements": {"subject_en": "subject_zh", "summary_en": "summary_zh"},
}


# Columns that a frame has besides its table's own: in the language of the edition, from the English and the Chinese one.
READER_COLUMNS: dict[str, dict[str, tuple[str, str]]] = {
    "claims": {"indicator": ("indicator_en", "indicator_zh")},
    "context": {"indicator": ("indicator_en", "indicator_zh")},
    "expected_revisions": {"indicator": ("indicator_en", "indicator_zh"), "reason": ("note", "note_zh")},
    "glossary": {"term": ("term_en", "term_zh")},
    "organisations": {"name": ("name_en", "name_zh")},
    "outcomes": {"indicator": ("indicator_en", "indicator_zh")},
    "places": {"action": ("action_en", "action_zh")},
    "pledges": {"summary": ("summary_en", "quote")},
    "silences": {"topic": ("topic_en", "topic_zh")},
}


PLACE_NAMES = {
    "全国": "China",
    "福建省": "Fujian",
    "福州市": "Fuzhou",
    "台江区": "Taijiang",
    "鼓楼区": "Gulou",
    "仓山区": "Cangshan",
    "晋安区": "Jin'an",
    "马尾区": "Mawei",
    "长乐区": "Changle",
    "枣庄市": "Zaozhuang",
    "汕头市": "Shantou",
}
"""English names of the places of ``context.csv``."""


@dataclass(frozen=True)
class Tables(Mapping[str, list[Row]]):
    """The rows of every table by its name, with the report they point into; not complete if a row could not be read."""

    report: Report
    rows: dict[str, list[Row]]
    resources: dict[str, Resource]
    complete: bool = True
    asked_for: dict[str, list[Row]] = field(default_factory=dict, compare=False)

    def __getitem__(self, name: str) -> list[Row]:
        """The rows of a table; those of a table apart are read the first time.

        Raises:
            KeyError: there is no such table.
            DataError: a table apart has a cell that is not as its descriptor says.
        """
        if name in self.rows or not self.resources[name].apart:
            return self.rows[name]
        if name not in self.asked_for:
            self.asked_for[name] = self.resources[name].read()
        return self.asked_for[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self, name: str, **where: object) -> pd.DataFrame:
        """The table as a data frame: one row per row, columns typed as the descriptor says.

        Args:
            name: the table.
            where: keep only rows whose column has this value (``section="1.4"``) or one of these (a tuple).

        Some tables have columns more, in the language of the edition (:data:`READER_COLUMNS`): ``indicator``, ``summary``,
        ``action``, ``name``, ``term``, of context ``place_name``; and ``indicator_full``, which on English pages is the English name with the Chinese
        one behind it.
        """
        import pandas as pd  # only here, so that plain checks of the data start fast

        rows = self[name]
        for column, wanted in where.items():
            choices = wanted if isinstance(wanted, tuple) else (wanted,)
            rows = [row for row in rows if row[column] in choices]
        fields = self.resources[name].fields
        frame = pd.DataFrame([for_readers(name, row) for row in rows], columns=[column.name for column in fields])
        kinds = {column.name: "Int64" for column in fields if column.type == "integer"}
        kinds |= {column.name: "float64" for column in fields if column.type == "number"}
        frame = frame.astype(kinds)
        for column, (english, chinese) in READER_COLUMNS.get(name, {}).items():
            frame[column] = frame[chinese] if LANGUAGE == "zh" else frame[english]
        if "indicator" in frame:
            both = frame["indicator_en"] + " " + frame["indicator_zh"]
            frame["indicator_full"] = frame["indicator"] if LANGUAGE == "zh" else both
        if name == "context":
            frame["place_name"] = frame["place"] if LANGUAGE == "zh" else frame["place"].map(PLACE_NAMES)
        return frame


def for_readers(table: str, row: Row) -> Row:
    """The row as the readers of this edition get it; what is checked and downloaded is the row itself."""
    if LANGUAGE != "zh":
        return row
    return row | {english: row[chinese] for english, chinese in CHINESE_COLUMNS.get(table, {}).items() if row[chinese]}


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """Every table of ``data/`` and ``geo/``, checked.

    Raises:
        DataError: a file, a cell, an offset or a link between tables is wrong.
    """
    return read_tables(DATA, GEO, REPORT_TEXT)


def read_tables(data: Path, geo: Path, report_text: Path, faults: list[DataError] | None = None) -> Tables:
    """The tables of the two packages in these folders, checked against the report in this file.

    Args:
        faults: where to note what is wrong, so that all of it can be shown at once; then links and quotes are looked at only if
            every cell could be read. If there is no list, the first fault is raised.

    Raises:
        DataError: the report or a descriptor cannot be read; or, without ``faults``, a file, a cell, an offset or a link between
            tables is wrong.
    """
    report = read_report(report_text)
    resources = read_package(data) | read_package(geo)
    found: list[DataError] = []
    rows: dict[str, list[Row]] = {}
    together = {name: resource for name, resource in resources.items() if not resource.apart}
    for name, resource in together.items():
        try:
            rows[name] = resource.read(found)
        except DataError as fault:
            found.append(fault)
            rows[name] = []
    complete = not found
    if complete:
        for name, resource in together.items():
            found += _wrong_quotes(resource, rows[name], report.text)
            for column, table, key in resource.foreign_keys:
                target = table or name  # an empty name means the table itself
                found += _wrong_links(resource, rows[name], column, target, {row[key] for row in rows[target]})
        for name, column, table, key in LINKS:
            if name in rows and table in rows:
                found += _wrong_links(resources[name], rows[name], column, table, {row[key] for row in rows[table]})
        if "checks" in rows:  # a check takes figures of all three tables, in an order of its own
            tables_of_figures = (("claims", "claim_id"), ("outcomes", "fact_id"), ("context", "context_id"))
            known = {row[key] for table, key in tables_of_figures for row in rows.get(table, ())}
            found += _wrong_links(resources["checks"], rows["checks"], "inputs", "claims, outcomes or context", known)
        for name, column, tables in MIXED_LINKS:
            if name in rows:
                for letter, (table, key) in tables.items():
                    known = {row[key] for row in rows[table]}
                    found += _wrong_links(resources[name], rows[name], column, table, known, letter)
    if faults is not None:
        faults += found
    elif found:
        raise found[0]
    return Tables(report, rows, resources, complete)


def _wrong_quotes(resource: Resource, rows: list[Row], text: str) -> Iterator[DataError]:
    names = {column.name for column in resource.fields}
    quoted = next((name for name in QUOTE_COLUMNS if name in names), None)
    starts, ends = ("quote_start", "quote_end") if "quote_start" in names else ("start", "end")
    if quoted is None or not {starts, ends} <= names:
        return
    for number, row in enumerate(rows, start=2):
        start, end = row[starts], row[ends]
        if text[start:end] == row[quoted]:
            continue
        at = text.find(row[quoted])
        yield DataError(
            resource.path,
            f"the report has {text[start:end]!r} at {start}:{end}, the cell has {row[quoted]!r}",
            row=number,
            column=quoted,
            expected=f"the words of the report between {starts} and {ends}",
            remedy=f"set {starts} to {at} and {ends} to {at + len(row[quoted])}"
            if at >= 0
            else "copy the words from the report",
        )


def _wrong_links(
    resource: Resource, rows: list[Row], column: str, table: str, known: set[str], letter: str = ""
) -> Iterator[DataError]:
    """Ids in the column that are unknown; of those that begin with ``letter``, if one is given."""
    for number, row in enumerate(rows, start=2):
        for key in row[column].split(";") if row[column] else ():
            if key.startswith(letter) and key not in known:
                yield DataError(
                    resource.path,
                    f"{key!r} is not in table {table}",
                    row=number,
                    column=column,
                    expected=f"an id of table {table}",
                    remedy=f"correct the id, or add the row to {table}.csv",
                )
