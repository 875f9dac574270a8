"""The text of a DOCX file: the paragraphs of its main document, read as a stream.

Nothing is written to disk and no tree is built: memory holds the text alone, however deep the elements are nested. A text box,
which Word stores twice (for new and for old programs), is read once, as a line of its own after the one it is tied to.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from gwr.errors import DataError
from gwr.extract import limits

DOCUMENT = "word/document.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_PASSED_OVER = frozenset(
    (
        f"{_WORD}pPr",  # tab stops are no tabs
        f"{_WORD}rPr",
        f"{_WORD}moveFrom",  # words that were moved stand where they were moved to
        "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback",  # what stands beside it, once more
    )
)
_SIGNS = {f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t", f"{_WORD}noBreakHyphen": "-"}
_NOTES = (f"{_WORD}footnoteReference", f"{_WORD}endnoteReference")


def docx_text(raw: bytes, path: Path) -> str:
    """The paragraphs and table rows of a DOCX file, a line each, in order.

    Raises:
        DataError: the file is damaged, encrypted, no DOCX file, defines entities, or is past a limit.
    """
    if raw.count(b"PK\x01\x02") > limits.MOST_ENTRIES:
        raise limits.beyond(path, "the archive holds", limits.MOST_ENTRIES, "files")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entry = archive.getinfo(DOCUMENT)
            if entry.flag_bits & 1:
                raise DataError(
                    path, "the DOCX file needs a password", expected="an open DOCX file", remedy="save a copy without the password"
                )  # fmt: skip
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _damaged(path, "packed in a way that DOCX does not know")
            if entry.file_size > limits.LARGEST_XML:
                raise limits.beyond(path, "the text inside has", limits.LARGEST_XML, "bytes unpacked")
            with archive.open(entry) as file:
                return _Reader(path).read(file)
    except KeyError:
        raise DataError(
            path, "a ZIP file, but no DOCX", expected="text, HTML, DOCX or PDF", remedy="unpack it first"
        ) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, expat.ExpatError) as error:
        raise _damaged(path, str(error)) from None
    except (NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        if isinstance(error, DataError):
            raise
        raise _damaged(path, str(error)) from None


def _damaged(path: Path, why: str) -> DataError:
    return DataError(path, f"the DOCX file is damaged ({why})", expected="a DOCX file", remedy="save it again")


class _Reader:
    """Collects the words of each paragraph as the parser meets them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[list[str]] = []
        self.open: list[int] = []  # the paragraphs we are in, from the outermost
        self.size = 0  # characters so far
        self.in_text = False
        self.passed_over = 0  # how many elements deep in something that is passed over

    def read(self, file: IO[bytes]) -> str:
        """The text of the document, a line for each paragraph."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._entities
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        left = limits.LARGEST_XML
        while piece := file.read(1 << 16):
            left -= len(piece)
            if left < 0:
                raise limits.beyond(self.path, "the text inside has", limits.LARGEST_XML, "bytes unpacked")
            parser.Parse(piece, False)
        parser.Parse(b"", True)
        return "\n".join(map("".join, self.lines))

    def _entities(self, *_: object) -> None:
        raise DataError(
            self.path, "the text inside defines entities", expected="a DOCX file", remedy="save it again in Word or LibreOffice"
        )  # fmt: skip

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.passed_over or name in _PASSED_OVER:
            self.passed_over += 1
        elif name == f"{_WORD}p":
            self.open.append(len(self.lines))
            self.lines.append([])
            self._count(1)
        elif name == f"{_WORD}t":
            self.in_text = True
        elif name in _SIGNS:
            self._say(_SIGNS[name])
        elif name in _NOTES:
            number = attributes.get(f"{_WORD}id", "")
            if number.isdecimal():
                self._say(f"[{number[:3]}]")

    def _end(self, name: str) -> None:
        if self.passed_over:
            self.passed_over -= 1
        elif name == f"{_WORD}p":
            self.open.pop()
        elif name == f"{_WORD}t":
            self.in_text = False

    def _words(self, words: str) -> None:
        if self.in_text and not self.passed_over:
            self._say(words)

    def _say(self, words: str) -> None:
        if self.open:
            self.lines[self.open[-1]].append(words)
            self._count(len(words))

    def _count(self, characters: int) -> None:
        self.size += characters
        if self.size > 2 * limits.LONGEST_TEXT:  # empty lines are dropped later
            raise limits.beyond(self.path, "the text has", limits.LONGEST_TEXT, "characters")
