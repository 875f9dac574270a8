"""Helpers of *Taijiang by the Numbers*: what a notebook imports.

``gwr`` stands for government work report. Importing it loads nothing else; names are fetched when first used. What computes
is in :mod:`gwr.analysis`, what reads other reports in :mod:`gwr.extract`; notebooks need no other room.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gwr.errors import DataError
    from gwr.report.claims import Claim, load_claims, load_facts
    from gwr.report.intervals import Interval, growth, rounded_down, rounded_up, yearly_growth
    from gwr.report.places import located, read_layer
    from gwr.report.tables import Tables, load_tables
    from gwr.report.text import Report, read_report
    from gwr.show.cells import claim_link, fact_link, figure_cell, origin_links, passage_links
    from gwr.show.chapter import Chapter, open_chapter
    from gwr.show.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, by_status
    from gwr.show.html_tables import printed
    from gwr.show.maps import add_places, base_map, before_after
    from gwr.show.marks import pledge_marks, statement_marks, strength_bars
    from gwr.show.panel_view import PANEL_INDICATORS, place_picker, with_names
    from gwr.show.source_page import passage
    from gwr.words.language import both, code, glossed, join
    from gwr.words.number_format import millions, number_word

_HOMES = {
    "add_places": "gwr.show.maps",
    "base_map": "gwr.show.maps",
    "before_after": "gwr.show.maps",
    "BLUE": "gwr.show.charts",
    "both": "gwr.words.language",
    "by_status": "gwr.show.charts",
    "Chapter": "gwr.show.chapter",
    "Claim": "gwr.report.claims",
    "claim_link": "gwr.show.cells",
    "code": "gwr.words.language",
    "DataError": "gwr.errors",
    "fact_link": "gwr.show.cells",
    "figure_cell": "gwr.show.cells",
    "glossed": "gwr.words.language",
    "GREEN": "gwr.show.charts",
    "GREY": "gwr.show.charts",
    "growth": "gwr.report.intervals",
    "Interval": "gwr.report.intervals",
    "join": "gwr.words.language",
    "load_claims": "gwr.report.claims",
    "load_facts": "gwr.report.claims",
    "load_tables": "gwr.report.tables",
    "located": "gwr.report.places",
    "millions": "gwr.words.number_format",
    "number_word": "gwr.words.number_format",
    "open_chapter": "gwr.show.chapter",
    "ORANGE": "gwr.show.charts",
    "origin_links": "gwr.show.cells",
    "PANEL_INDICATORS": "gwr.show.panel_view",
    "passage": "gwr.show.source_page",
    "passage_links": "gwr.show.cells",
    "place_picker": "gwr.show.panel_view",
    "pledge_marks": "gwr.show.marks",
    "printed": "gwr.show.html_tables",
    "PURPLE": "gwr.show.charts",
    "read_layer": "gwr.report.places",
    "read_report": "gwr.report.text",
    "Report": "gwr.report.text",
    "rounded_down": "gwr.report.intervals",
    "rounded_up": "gwr.report.intervals",
    "statement_marks": "gwr.show.marks",
    "strength_bars": "gwr.show.marks",
    "Tables": "gwr.report.tables",
    "with_names": "gwr.show.panel_view",
    "yearly_growth": "gwr.report.intervals",
}

__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "ORANGE",
    "PANEL_INDICATORS",
    "PURPLE",
    "Chapter",
    "Claim",
    "DataError",
    "Interval",
    "Report",
    "Tables",
    "add_places",
    "base_map",
    "before_after",
    "both",
    "by_status",
    "claim_link",
    "code",
    "fact_link",
    "figure_cell",
    "glossed",
    "growth",
    "join",
    "load_claims",
    "load_facts",
    "load_tables",
    "located",
    "millions",
    "number_word",
    "open_chapter",
    "origin_links",
    "passage",
    "passage_links",
    "place_picker",
    "pledge_marks",
    "printed",
    "read_layer",
    "read_report",
    "rounded_down",
    "rounded_up",
    "statement_marks",
    "strength_bars",
    "with_names",
    "yearly_growth",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gwr' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
