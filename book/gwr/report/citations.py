"""Where the tables cite reports of the collection that lies outside the book: by path, and by the offsets of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from gwr.report.tables import Tables


class Citing(NamedTuple):
    """The columns in which a table cites a text; an empty name is a column that the table has not."""

    table: str
    path: str
    sha256: str = ""
    start: str = ""
    end: str = ""


CITING = (
    Citing("outcomes", "source_path", "source_sha256", "source_start", "source_end"),
    Citing("first_reading_outcomes", "path", "", "start", "end"),
    Citing("second_reading_outcomes", "path", "", "start", "end"),
    Citing("context", "source", "source_sha256", "source_start", "source_end"),
    Citing("expected_revisions", "source", "source_sha256", "source_start", "source_end"),
    Citing("expected_revisions", "later_source", "later_sha256", "later_start", "later_end"),
    Citing("inherited_wording", "source", "source_sha256"),
    Citing("wording_shares", "source", "source_sha256"),
    Citing("silences", "source", "source_sha256"),
)
"""Runs of shared wording and topics are places of words, not sentences, and are counted anew by ``gwr beside``."""


def is_of_the_collection(path: Any) -> bool:
    """Whether it is the path of a report of the collection, and no address and not the district's own report."""
    return bool(path) and path.endswith(".md") and "://" not in path


def citations(tables: Tables) -> Iterator[tuple[str, int | None, int | None]]:
    """Path, start and end of each citation; ``None`` for the offsets where a whole report is cited."""
    for citing in CITING:
        for row in tables[citing.table]:
            if is_of_the_collection(row[citing.path]):
                start = row[citing.start] if citing.start else None
                yield row[citing.path], start, row[citing.end] if citing.end else None
