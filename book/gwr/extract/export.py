"""The extractor's rows as CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from gwr.extract.model import COLUMNS, Other, Quantity

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMATS = ("csv", "json", "parquet")
INTEGERS = ("start", "end", "number_start", "number_end")
NUMBERS = ("value", "value_high", "base_value")


def cell(value: Any) -> Any:
    """A cell for CSV: whole numbers without decimals, missing values empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0") if abs(value) < 1e15 else f"{value:.12g}"
    return value


def write_csv(rows: Iterable[Quantity], file: IO[str]) -> int:
    """Writes the rows one by one; returns their number."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([cell(getattr(row, name)) for name in COLUMNS])
        count += 1
    return count


def write_others(rows: Iterable[Other], file: IO[str]) -> int:
    """Writes the numerals that are no quantity, with the reasons; returns their number."""
    names = [field.name for field in fields(Other)]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow([getattr(row, name) for name in names])
        count += 1
    return count


def write_json(rows: Iterable[Quantity], file: IO[str]) -> int:
    """Writes a JSON array with one object a line; returns the number of rows."""
    count = 0
    file.write("[")
    for row in rows:
        file.write((",\n" if count else "\n") + json.dumps(row.row(), ensure_ascii=False, allow_nan=False))
        count += 1
    file.write("\n]\n")
    return count


def schema(*before: tuple[str, str]) -> pa.Schema:
    """The Arrow schema of the rows; ``before`` names further columns that come first (``("report", "string")``)."""
    import pyarrow as pa

    types = {name: pa.int64() for name in INTEGERS} | {name: pa.float64() for name in NUMBERS}
    head = [pa.field(name, getattr(pa, kind)()) for name, kind in before]
    return pa.schema([*head, *(pa.field(name, types.get(name, pa.string())) for name in COLUMNS)])


def table_of(rows: Sequence[Quantity], **before: Sequence[Any]) -> pa.Table:
    """The rows as an Arrow table, built column by column; ``before`` holds further columns that come first."""
    import pyarrow as pa

    kinds = {name: "int64" if name.endswith("year") else "string" for name in before}
    columns = [*before.values(), *([getattr(row, name) for row in rows] for name in COLUMNS)]
    wanted = schema(*kinds.items())
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, wanted, strict=True)], schema=wanted
    )


def write_parquet(rows: Iterable[Quantity], path: Path) -> int:
    """Writes a Parquet file; returns the number of rows."""
    import pyarrow.parquet as pq

    table = table_of(list(rows))
    pq.write_table(table, path)
    return int(table.num_rows)


def frame(rows: Iterable[Quantity]) -> pd.DataFrame:
    """The rows as a data frame."""
    import pandas as pd

    return pd.DataFrame([row.row() for row in rows], columns=list(COLUMNS)).astype(
        dict.fromkeys(INTEGERS, "Int64") | dict.fromkeys(NUMBERS, "float64")
    )
