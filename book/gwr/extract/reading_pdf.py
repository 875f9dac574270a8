"""The text of a PDF with a text layer; lines that the page broke are joined again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from gwr.errors import DataError
from gwr.extract import limits

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_PAGE_NUMBER = re.compile(r"[\s—–-]{0,8}[0-9]{1,4}[\s—–-]{0,8}")
_SENTENCE_ENDS = frozenset("。!?！？：:；;")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")


def pdf_text(raw: bytes, path: Path) -> tuple[str, int, int]:
    """The text of a PDF, the number of its pages, and how many of them hold no text.

    Raises:
        DataError: the PDF is damaged, needs a password, or is past a limit.
    """
    command = [sys.executable, "-P", "-X", "utf8", str(_PROGRAM)]
    command += map(str, (limits.PDF_MEMORY, limits.PDF_SECONDS, 2 * limits.LONGEST_TEXT))
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=limits.PDF_SECONDS, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else {"error": "died"}
    except subprocess.TimeoutExpired:
        answer = {"error": "time"}
    except ValueError:
        answer = {"error": "died"}
    if "pages" in answer:
        pages = answer["pages"]
        return "\n".join(map(_joined, pages)), len(pages), sum(not page.strip() for page in pages)
    raise _error(path, answer["error"], answer.get("why", ""))


def _error(path: Path, what: str, why: str) -> DataError:
    if what == "long":
        return limits.beyond(path, "the text has", limits.LONGEST_TEXT, "characters")
    if what == "time":
        return limits.beyond(path, "the PDF takes", limits.PDF_SECONDS, "seconds")
    if what in ("memory", "died"):
        return limits.beyond(
            path, "the PDF takes", limits.PDF_MEMORY, "bytes of memory, or as much time, or cannot be read at all"
        )
    if what == "password":
        return DataError(
            path, "the PDF needs a password", expected="an open PDF", remedy="save a copy without the password"
        )
    return DataError(path, f"the PDF is damaged ({why})", expected="a PDF with a text layer", remedy="save it again")


def _joined(page: str) -> str:
    """The lines of a page put together to paragraphs: a line that stops without a stop goes on."""
    paragraphs: list[list[str]] = []
    length = 0  # of the last paragraph
    for line in map(str.strip, page.splitlines()):
        if _PAGE_NUMBER.fullmatch(line):
            continue
        goes_on = (
            line != "" and length > 12 and paragraphs[-1][-1][-1:] not in _SENTENCE_ENDS and not _HEADING.match(line)
        )
        if goes_on:
            paragraphs[-1].append(line)
            length += len(line)
        else:
            paragraphs.append([line])
            length = len(line)
    return "\n".join(map("".join, paragraphs))
