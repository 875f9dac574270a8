"""How much of a stranger's file is read. Every limit has a name here; a file past one ends with a message that says which.

Together they hold every command that reads a report within a minute and a gigabyte, whatever the file holds. No report comes near
them: the longest of three thousand has 57,000 characters.
"""

from __future__ import annotations

from pathlib import Path

from gwr.errors import DataError

LARGEST_FILE = 50_000_000
"""Bytes of a file."""

LONGEST_TEXT = 300_000
"""Characters of text in a file, whatever its kind: five times the longest report known."""

LONGEST_MARKUP = 20_000_000
"""Characters of an HTML page, tags and scripts included."""

LARGEST_XML = 50_000_000
"""Bytes of the document inside a DOCX file, unpacked."""

MOST_ENTRIES = 5_000
"""Files inside a DOCX archive."""

PDF_SECONDS = 40
"""Seconds that a PDF may take; it is read in a process of its own."""

PDF_MEMORY = 800_000_000
"""Bytes of memory that this process may have, where the system can limit it."""

MOST_SECTIONS = 200
"""Sections of a report that become chapters of a book."""


def beyond(path: Path, what: str, limit: int, of: str) -> DataError:
    """The error for a file past a limit: ``what`` has more than ``limit`` of something."""
    return DataError(
        path, f"{what} more than {limit:,} {of}", expected="one report", remedy="give the report alone, saved as plain text"
    )  # fmt: skip
