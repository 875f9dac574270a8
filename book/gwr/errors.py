"""What goes wrong with the data or the site, worded so that whoever reads it can mend it."""

from __future__ import annotations

import copyreg
from pathlib import Path
from typing import Any


class DataError(ValueError):
    """A data file does not hold what the book needs.

    The message names the file and, where they are known, the row and the column; then what was
    found, what was expected and what to do. Rows are numbered as a text editor or a spreadsheet shows
    them: the header is row 1.
    """

    def __init__(
        self,
        path: Path | str,
        found: str,
        *,
        expected: str,
        remedy: str,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.path = Path(path)
        self.row = row
        self.column = column
        self.found = found
        self.expected = expected
        self.remedy = remedy
        where = "/".join(self.path.parts[-2:])
        if row is not None:
            where += f", row {row}"
        if column is not None:
            where += f", column {column!r}"
        super().__init__(f"{where}: {found}. Expected: {expected}. To do: {remedy}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Lets it come out of another process."""
        return copyreg.__newobj__, (type(self), str(self)), self.__dict__  # type: ignore[attr-defined]


class SiteError(RuntimeError):
    """The site could not be built; the message says why and what to do."""
