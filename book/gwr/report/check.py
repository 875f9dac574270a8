"""Everything that can be checked of the tables without building the book, with all faults at once."""

from __future__ import annotations

from pathlib import Path

from gwr.errors import DataError
from gwr.paths import DATA, GEO, REPORT_TEXT
from gwr.report.checksums import seal_faults
from gwr.report.rules import check_rules
from gwr.report.rules.panel_sample_rules import panel_sample_faults
from gwr.report.rules.target_rules import panel_faults
from gwr.report.tables import Tables, read_tables


def check_everything(
    data: Path = DATA, geo: Path = GEO, report_text: Path = REPORT_TEXT
) -> tuple[Tables, list[DataError]]:
    """The tables of two packages, and what is wrong with them: cells, links, quotes, rules, checksums.

    The rules are tried only if every cell could be read, because a row with a cell that cannot be read is left out.

    Raises:
        DataError: the report or a descriptor cannot be read, so that nothing can be checked.
    """
    faults: list[DataError] = []
    tables = read_tables(data, geo, report_text, faults)
    if tables.complete:
        faults += check_rules(tables)
    faults += panel_faults(tables.resources)
    faults += panel_sample_faults(tables.resources)
    for folder in (data, geo):
        try:
            faults += seal_faults(folder)
        except DataError as fault:
            faults.append(fault)
    return tables, faults
