"""A table of claims that was corrected by hand, read back and checked against its text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from gwr.errors import DataError
from gwr.extract.compare import check, pairs, profile
from gwr.extract.export import INTEGERS, NUMBERS, frame
from gwr.extract.marked_text import annotated
from gwr.extract.model import COLUMNS, Quantity

MEASURES = ("rank", "growth_rate", "share", "change", "count_in_name", "cumulative", "count", "level")
COMPARATORS = ("eq", "ge", "gt", "le", "lt", "about")
STATUS_CODES = ("expected", "actual", "ongoing", "plan", "target")
_ALLOWED = {"measure": MEASURES, "comparator": COMPARATORS, "status": STATUS_CODES}


def read_quantities(path: Path | str, text: str | None = None) -> list[Quantity]:
    """The rows of a table that the extractor wrote and somebody may have corrected.

    Args:
        path: the CSV file.
        text: the report's text; if given, ``text[start:end]`` must be the row's ``text``.

    Raises:
        DataError: a column is missing, a cell is no number or no known code, or an offset does not give the text.
    """
    path = Path(path)
    rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # a spreadsheet may have added a byte order mark
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise DataError(
                    path,
                    f"column {missing[0]!r} is missing",
                    row=1,
                    expected=", ".join(COLUMNS),
                    remedy="restore the column",
                )
            rows = [_row(path, number, row) for number, row in enumerate(reader, start=2)]
    except FileNotFoundError:
        raise DataError(
            path, "there is no such file", expected="a table of claims", remedy="write it with: gwr extract"
        ) from None
    except UnicodeDecodeError:
        raise DataError(path, "the table is not UTF-8", expected="UTF-8", remedy="save it as 'CSV UTF-8'") from None
    size = len(text) if text is not None else None
    for number, row in enumerate(rows, start=2):
        _check_span(path, number, row, size)
    if text is not None:
        for number, row in enumerate(rows, start=2):
            if text[row.start : row.end] != row.text:
                raise DataError(
                    path, 
                        f"the text has {text[row.start : row.end]!r} at {row.start}:{row.end}, the "
                        f"cell has {row.text!r}",
                    row=number, column="text", expected="the words between start and end", remedy="correct start and end",
                )  # fmt: skip
    return rows


_WHOLE = re.compile(r"[0-9]{1,12}")
_DECIMAL = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?(?:e[+-]?[0-9]{1,3})?")


def _check_span(path: Path, number: int, row: Quantity, size: int | None) -> None:
    """Raises a DataError where the offsets of a row are in the wrong order or past the end of the text."""
    order = (0, row.start, row.number_start, row.number_end, row.end)
    wrong = next(
        (
            name
            for name, a, b in zip(("start", "number_start", "number_end", "end"), order, order[1:], strict=False)
            if a > b
        ),
        None,
    )
    if wrong is None and row.number_start == row.number_end:
        wrong = "number_end"
    if wrong is None and size is not None and row.end > size:
        wrong = "end"
    if wrong is not None:
        raise DataError(
            path,
            f"the offsets {', '.join(map(str, order[1:]))} do not follow each other in the text",
            row=number,
            column=wrong,
            expected="start, number_start, number_end, end in this order" + (f", at most {size}" if size else ""),
            remedy="correct the offsets",
        )
    if row.value_high is not None and row.value_high <= row.value:
        raise DataError(
            path,
            f"the range goes from {row.value:g} to {row.value_high:g}",
            row=number,
            column="value_high",
            expected="more than value, or nothing",
            remedy="put the smaller number into value",
        )


def _row(path: Path, number: int, cells: dict[str, str]) -> Quantity:
    values: dict[str, object] = {}
    for name in COLUMNS:
        cell = (cells[name] or "").strip() if name not in ("text", "indicator_zh") else cells[name] or ""
        try:
            if name in INTEGERS:
                if not _WHOLE.fullmatch(cell):
                    raise ValueError
                values[name] = int(cell)
            elif name in NUMBERS:
                if cell and not _DECIMAL.fullmatch(cell):  # not nan, inf, 1_000 or １
                    raise ValueError
                values[name] = float(cell) if cell else None
            else:
                values[name] = cell
            if name in ("value", "base_value") and values[name] is None:
                raise ValueError
        except ValueError:
            raise DataError(
                path, f"{cell!r} is no number", row=number, column=name, expected="a number", remedy="write digits only"
            ) from None
        if name in _ALLOWED and cell not in _ALLOWED[name]:
            raise DataError(
                path,
                f"{cell!r} is not a known code",
                row=number,
                column=name,
                expected=f"one of {', '.join(_ALLOWED[name])}",
                remedy="use a known code",
            )
    return Quantity(**values)  # type: ignore[arg-type]


def read_claims(path: Path | str, *, section: str | None = None) -> pd.DataFrame:
    """The table as a data frame, or the rows of one section."""
    data = frame(read_quantities(path))
    return data if section is None else data[data["section"] == section].reset_index(drop=True)


def pairs_frame(quantities: Sequence[Quantity]) -> pd.DataFrame:
    """Targets beside actuals, one row a pair; ``growth`` is the step from the actual to a target that is a level or a count, in per cent."""
    rows = []
    for pair in pairs(quantities):
        level = pair.target.measure in ("level", "count") and pair.actual.base_value
        step = (pair.target.base_value / pair.actual.base_value - 1) * 100 if level else None
        rows.append(
            {
                "indicator_zh": pair.indicator_zh, "measure": pair.target.measure.replace("_", " "), "actual": pair.actual.text, "target": pair.target.text,
                "actual_value": pair.actual.signed, "target_value": pair.target.signed, "unit_zh": pair.target.unit_zh, "actual_status": pair.actual.status, "status": pair.target.status, "growth": step,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def findings_frame(quantities: Sequence[Quantity]) -> pd.DataFrame:
    """What the checks of :mod:`gwr.extract.compare` found, one row a finding."""
    rows = [{"check": f.check, "words": f.words, "section": f.quantities[0].section} for f in check(quantities)]
    return pd.DataFrame(rows, columns=["check", "words", "section"])


def profile_frame(**reports: tuple[Sequence[Quantity], int]) -> pd.DataFrame:
    """The profiles of several reports side by side; each is given as its quantities and the number of its characters."""
    return (
        pd.DataFrame({name: profile(rows, size) for name, (rows, size) in reports.items()})
        .rename_axis("feature")
        .reset_index()
    )


def marked(text: str, claims: pd.DataFrame, start: int = 0, end: int | None = None) -> HTML:
    """The text with the quantities of the table marked, for the end of a notebook cell."""
    rows = [
        Quantity(**{**row, "value_high": None if pd.isna(row["value_high"]) else row["value_high"]})
        for row in claims.to_dict("records")
    ]
    return HTML(str(annotated(text, rows, start=start, end=end)))
