"""Helpers of *Taijiang by the Numbers*: the report, its tables, and what the chapters show.

``gwr`` stands for government work report. Importing it loads nothing else; names are fetched when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gwr.claims import Claim, load_claims
    from gwr.display import Chapter, claim_link, open_chapter, passage_links
    from gwr.errors import DataError
    from gwr.source import Report, read_report
    from gwr.tables import Tables, load_tables

_HOMES = {
    "Chapter": "gwr.display",
    "Claim": "gwr.claims",
    "DataError": "gwr.errors",
    "Report": "gwr.source",
    "Tables": "gwr.tables",
    "claim_link": "gwr.display",
    "load_claims": "gwr.claims",
    "load_tables": "gwr.tables",
    "open_chapter": "gwr.display",
    "passage_links": "gwr.display",
    "read_report": "gwr.source",
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
