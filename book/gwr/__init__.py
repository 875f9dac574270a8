"""Helpers of *Taijiang by the Numbers*: the report, its tables, and what the chapters show.

``gwr`` stands for government work report. Importing it loads nothing else; names are fetched when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gwr.errors import DataError
    from gwr.report.claims import Claim, load_claims
    from gwr.report.tables import Tables, load_tables
    from gwr.report.text import Report, read_report
    from gwr.show.cells import claim_link, passage_links
    from gwr.show.chapter import Chapter, open_chapter

_HOMES = {
    "Chapter": "gwr.show.chapter",
    "Claim": "gwr.report.claims",
    "DataError": "gwr.errors",
    "Report": "gwr.report.text",
    "Tables": "gwr.report.tables",
    "claim_link": "gwr.show.cells",
    "load_claims": "gwr.report.claims",
    "load_tables": "gwr.report.tables",
    "open_chapter": "gwr.show.chapter",
    "passage_links": "gwr.show.cells",
    "read_report": "gwr.report.text",
}

__all__ = [
    "Chapter",
    "Claim",
    "DataError",
    "Report",
    "Tables",
    "claim_link",
    "load_claims",
    "load_tables",
    "open_chapter",
    "passage_links",
    "read_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gwr' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
