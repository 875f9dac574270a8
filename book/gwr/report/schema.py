"""Reads CSV tables as their Frictionless descriptors say, with errors that name the cell.

The descriptors (``data/datapackage.json``, ``geo/datapackage.json``) are the only place where columns, types,
codes and keys are stated. This reader enforces them each time a table is loaded, without importing pandas or
frictionless, so that a wrong cell stops a notebook at once; the test suite validates the same descriptors
with frictionless itself.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.report.text import read_text

Row = dict[str, Any]
"""One row: strings as ``str`` (missing: ``""``), numbers as ``int`` or ``float`` (missing: ``None``)."""


@dataclass(frozen=True)
class Field:
    """One column as its descriptor states it."""

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)


APART = "panel/"
"""The folder below a package whose tables are read only when asked for."""


@dataclass(frozen=True)
class Resource:
    """One CSV table: where it lies and what its columns and keys are.

    A table ``apart`` lies in the folder :data:`APART` and is about other reports; it is large, and read only when asked for.
    """

    name: str
    path: Path
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...]  # (column, referenced table, referenced column)
    apart: bool = False

    def read(self, faults: list[DataError] | None = None) -> list[Row]:
        """All rows, each cell checked and converted.

        Args:
            faults: where to note what is wrong, cell by cell, so that all of it can be shown at once; a row with a fault is
                left out. If there is no list, the first fault is raised.

        Raises:
            DataError: the file, its header or a cell is not as the descriptor says.
        """
        found: list[DataError] = []
        rows = self._rows(found)
        if faults is not None:
            faults += found
        elif found:
            raise found[0]
        return rows

    def convert(self, column: str, text: str) -> Any:
        """The value of one cell of a column, as :meth:`read` would give it.

        Raises:
            DataError: the cell is not as the descriptor says.
        """
        return next(_Cell(self.path, one) for one in self.fields if one.name == column)(text, 0)

    def _rows(self, faults: list[DataError]) -> list[Row]:
        lines = _read_csv(self.path)
        if not lines:
            raise DataError(
                self.path, "the file is empty", expected=f"a header with {self._names()}", remedy="restore the file"
            )
        self._check_header(lines[0])
        cells = [_Cell(self.path, column) for column in self.fields]
        rows: list[Row] = []
        numbers: list[int] = []
        for number, line in enumerate(lines[1:], start=2):
            if len(line) != len(cells):
                faults.append(
                    DataError(
                        self.path,
                        f"{len(line)} cells",
                        row=number,
                        expected=f"{len(cells)} cells, one for each column",
                        remedy="quote cells that hold a comma, and add or remove the cells that differ",
                    )
                )
                continue
            row: Row = {}
            for cell, value in zip(cells, line, strict=True):
                try:
                    row[cell.field.name] = cell(value, number)
                except DataError as fault:
                    faults.append(fault)
            if len(row) == len(cells):
                rows.append(row)
                numbers.append(number)
        faults += self._repeated(rows, numbers)
        return rows

    def _names(self) -> str:
        return ", ".join(column.name for column in self.fields)

    def _check_header(self, header: Sequence[str]) -> None:
        expected = [column.name for column in self.fields]
        if list(header) == expected:
            return
        missing = [name for name in expected if name not in header]
        surplus = [name for name in header if name not in expected]
        if missing:
            near = difflib.get_close_matches(missing[0], surplus, n=1)
            found = f"column {missing[0]!r} is missing" + (f" (there is a column {near[0]!r})" if near else "")
        elif surplus:
            found = f"column {surplus[0]!r} is not in the descriptor"
        else:
            found = "the columns are in another order"
        raise DataError(
            self.path,
            found,
            row=1,
            column=(missing or surplus or [header[0]])[0],
            expected=f"the columns {self._names()}",
            remedy="rename, add or move the column, or describe it in datapackage.json",
        )

    def _repeated(self, rows: Sequence[Row], numbers: Sequence[int]) -> Iterator[DataError]:
        keys = [self.primary_key] if self.primary_key else []
        keys += [(column.name,) for column in self.fields if column.constraints.get("unique")]
        for key in keys:
            seen: dict[tuple[Any, ...], int] = {}
            for number, row in zip(numbers, rows, strict=True):
                value = tuple(row[name] for name in key)
                if value in seen:
                    yield DataError(
                        self.path,
                        f"{', '.join(map(str, value))!r} stands in row {seen[value]} already",
                        row=number,
                        column="+".join(key),
                        expected="a value that no other row has",
                        remedy="give this row an id of its own, or remove the repeated row",
                    )
                else:
                    seen[value] = number


# Python reads 1_000, " 5" and full-width digits as numbers; other readers of the files do not.
_PLAIN = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}


_FORMULA = "=+-@\t\r"
"""What a spreadsheet that opens a CSV takes for the beginning of a formula, also in a cell of text."""


_TEMPLATE = re.compile(r"\{[{%#]")


class _Cell:
    """Converts and checks the cells of one column."""

    def __init__(self, path: Path, column: Field) -> None:
        self.path = path
        self.field = column
        rules = column.constraints
        self.required = bool(rules.get("required"))
        self.allowed = set(rules["enum"]) if "enum" in rules else None
        self.pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
        self.minimum = rules.get("minimum")
        self.maximum = rules.get("maximum")
        self.convert: Callable[[str], Any] = {"integer": int, "number": float}.get(column.type, str)

    def __call__(self, text: str, row: int) -> Any:
        if text == "":
            if self.required:
                self._fail(row, "the cell is empty", "a value", "fill the cell in")
            return "" if self.convert is str else None
        plain = _PLAIN.get(self.field.type)
        if plain is not None and not plain.fullmatch(text):
            kind = self.field.type
            self._fail(
                row, f"{text!r} is no {kind}", f"{'an' if kind == 'integer' else 'a'} {kind}", "write digits only"
            )
        if text != text.strip():
            self._fail(row, f"{text!r} has white space at an end", "the text alone", "remove the white space")
        if self.convert is str and text[0] in _FORMULA:
            self._fail(
                row,
                f"the text begins with {text[0]!r}, so that a spreadsheet would run it as a formula",
                "text that begins with something else",
                "put a word before it, or write – for a dash",
            )
        if self.convert is str and (found := _TEMPLATE.search(text)):
            self._fail(
                row,
                f"the text holds {found[0]!r}, which begins an instruction in the templates that write maps",
                "words",
                "put a space after the first brace",
            )
        value = self.convert(text)
        if self.allowed is not None and value not in self.allowed:
            near = difflib.get_close_matches(text, [str(code) for code in self.allowed], n=1)
            self._fail(
                row,
                f"{text!r} is not a known code",
                "one of " + ", ".join(sorted(map(str, self.allowed))),
                f"did you mean {near[0]!r}?" if near else "use a known code, or add the new one to datapackage.json",
            )
        if self.pattern is not None and not self.pattern.fullmatch(text):
            self._fail(row, f"{text!r}", f"text of the form {self.pattern.pattern}", "correct the cell")
        if self.minimum is not None and value < self.minimum:
            self._fail(row, f"{text} is too small", f"at least {self.minimum}", "correct the cell")
        if self.maximum is not None and value > self.maximum:
            self._fail(row, f"{text} is too large", f"at most {self.maximum}", "correct the cell")
        return value

    def _fail(self, row: int, found: str, expected: str, remedy: str) -> None:
        raise DataError(self.path, found, row=row, column=self.field.name, expected=expected, remedy=remedy) from None


def read_package(folder: Path) -> dict[str, Resource]:
    """The tables that ``folder/datapackage.json`` describes, by name (only those with a CSV schema).

    Raises:
        DataError: the descriptor is missing, unreadable or no JSON.
    """
    path = folder / "datapackage.json"
    try:
        descriptor = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DataError(
            path,
            f"no JSON: {error.msg}",
            row=error.lineno,
            expected="a Frictionless data package",
            remedy="correct the file or restore it with git checkout",
        ) from error
    return {
        resource["name"]: _resource(folder, resource) for resource in descriptor["resources"] if "schema" in resource
    }


def _resource(folder: Path, descriptor: Mapping[str, Any]) -> Resource:
    schema = descriptor["schema"]
    keys = schema.get("primaryKey", [])
    return Resource(
        name=descriptor["name"],
        path=folder / descriptor["path"],
        title=descriptor.get("title", ""),
        description=descriptor.get("description", ""),
        fields=tuple(
            Field(
                column["name"],
                column["type"],
                column.get("title", ""),
                column.get("description", ""),
                column.get("constraints", {}),
            )
            for column in schema["fields"]
        ),
        primary_key=(keys,) if isinstance(keys, str) else tuple(keys),
        foreign_keys=tuple(
            (_first(key["fields"]), key["reference"]["resource"], _first(key["reference"]["fields"]))
            for key in schema.get("foreignKeys", [])
        ),
        apart=descriptor["path"].startswith(APART),
    )


def _first(names: str | Sequence[str]) -> str:
    return names if isinstance(names, str) else names[0]


def _read_csv(path: Path) -> list[list[str]]:
    text = read_text(path)
    if text.startswith("\ufeff"):
        raise DataError(
            path,
            "the file starts with a byte order mark",
            row=1,
            expected="plain UTF-8",
            remedy="save it as UTF-8 without BOM",
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise DataError(
            path,
            f"the CSV breaks off ({error})",
            row=reader.line_num,
            expected="cells separated by commas, quotes doubled inside quotes",
            remedy="close the open quote",
        ) from error
