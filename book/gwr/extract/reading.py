"""Files of any usual kind become text: plain text, HTML, DOCX, PDF with a text layer; UTF-8, UTF-16, GB 18030, Big5.

Offsets of the extractor count in ``Document.text``. For plain text that is the decoded file itself, character by character; for
the other kinds it is the text taken out of the file, one line for each paragraph, which ``python -m gwr extract --text`` writes
beside the table.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from gwr.errors import DataError
from gwr.extract import limits
from gwr.extract.reading_docx import docx_text
from gwr.extract.reading_html import html_text
from gwr.extract.reading_pdf import pdf_text

ENDINGS = frozenset({".txt", ".md", ".text", ".htm", ".html", ".xhtml", ".docx", ".pdf", ""})
"""Endings of files that :func:`read_document` reads."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report's text, with what was found out about its file.

    Attributes:
        path: the file.
        text: what offsets count in.
        kind: ``text``, ``html``, ``docx`` or ``pdf``.
        encoding: of the bytes, where that applies.
        notes: what a reader of the result should know (pages without text, bytes that could not be decoded).
    """

    path: Path
    text: str
    kind: str
    encoding: str = ""
    notes: tuple[str, ...] = ()


def read_document(path: Path | str) -> Document:
    """The text of a file.

    Raises:
        DataError: the file is missing, unreadable, of an unknown kind, holds no text, or is past one of the limits of
            :mod:`gwr.extract.limits`.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(limits.LARGEST_FILE + 1)  # what a device or a pipe says of its size is not asked
    except FileNotFoundError:
        raise DataError(path, "there is no such file", expected="a report", remedy="check the name") from None
    except OSError as error:
        raise DataError(
            path,
            f"the file cannot be read ({error.strerror})",
            expected="a readable file",
            remedy="check its permissions",
        ) from error
    return read_bytes(raw, path)


def read_bytes(raw: bytes, path: Path) -> Document:
    """The text of a file's bytes; ``path`` is named in messages, and its ending decides between text and HTML.

    Raises:
        DataError: as for :func:`read_document`.
    """
    if len(raw) > limits.LARGEST_FILE:
        raise limits.beyond(path, "the file has", limits.LARGEST_FILE, "bytes")
    if not raw.strip(b"\0 \t\r\n"):
        raise DataError(path, "the file is empty", expected="the text of a report", remedy="save the report again")
    if raw.startswith(b"%PDF"):
        document = _pdf(raw, path)
    elif raw.startswith(b"PK\x03\x04"):
        document = Document(path, tidy(docx_text(raw, path)), "docx")
    elif raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise DataError(
            path,
            "an old Word file (.doc), or a DOCX file with a password",
            expected="text, HTML, DOCX or PDF",
            remedy="open it in Word or LibreOffice and save it as DOCX without a password",
        )
    elif raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")):
        raise DataError(
            path, "a picture", expected="text, HTML, DOCX or PDF", remedy="run a text recognition over it first"
        )
    else:
        text, encoding, notes = decode(raw, path)
        if path.suffix.lower() in (".htm", ".html", ".xhtml") or re.match(
            r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", text[:400], re.I
        ):
            document = Document(path, tidy(html_text(text, path)), "html", encoding, notes)
        else:
            document = Document(path, text, "text", encoding, notes)
    if len(document.text) > limits.LONGEST_TEXT:
        raise limits.beyond(path, "the text has", limits.LONGEST_TEXT, "characters")
    if not document.text.strip():
        raise DataError(
            path,
            "the file holds no text",
            expected="the text of a report",
            remedy="look into the file: it may hold pictures only",
        )
    return document


def decode(raw: bytes, path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Text and encoding of bytes: a byte order mark decides, then UTF-8, then charset-normalizer among the Chinese encodings.

    Bytes that fit none are replaced one by one (U+FFFD) if nearly all others fit; a note says how many.

    Raises:
        DataError: the bytes are no text.
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            # The mark is kept in UTF-8, so that offsets count in the decoded file as it is.
            text, bad = _decode(raw, name)
            return text, name, _bad(bad)
    try:
        return raw.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    if (guess := _guess(raw)) is not None:
        return raw.decode(guess), guess, ()
    fallback = min(("utf-8", "gb18030", "big5hkscs"), key=lambda name: _decode(raw[:200_000], name)[1])
    text, bad = _decode(raw, fallback)
    if bad > max(20, len(text) // 50) or raw.count(b"\0") > len(raw) // 20:
        raise DataError(
            path,
            "the bytes are no text in UTF-8, GB 18030 or Big5",
            expected="a text file",
            remedy="save the report as UTF-8 text",
        )
    return text, fallback, _bad(bad)


def _guess(raw: bytes) -> str | None:
    """The Chinese encoding in which the bytes make sense, by charset-normalizer and the share of common characters."""
    from charset_normalizer import from_bytes

    candidates = []
    for name in ("gb18030", "big5", "big5hkscs"):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        candidates.append((_usual(text), name))
    if not candidates:
        return None
    candidates.sort(key=lambda found: -found[0])
    best, second = candidates[0], candidates[1] if len(candidates) > 1 else (0.0, "")
    if best[0] - second[0] > 0.05 or second[1].startswith(best[1][:4]):
        return best[1]
    found = from_bytes(raw[:20_000], cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
    return found.encoding if found is not None and found.encoding in dict((n, s) for s, n in candidates) else best[1]


_USUAL = frozenset(
    "的一是不在了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性"
    "好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件"
    "長國這會來時個們說產種後學經進著電裡實體機點業應開還題黨質與關總設條沒結義無變從對發動區億萬"
    "，。、；：“”（）％《》\n 0123456789"
)


def _usual(text: str) -> float:
    """The share of characters that any Chinese text is full of."""
    sample = text[:20_000]
    return sum(char in _USUAL for char in sample) / max(1, len(sample))


def _decode(raw: bytes, name: str) -> tuple[str, int]:
    text = raw.decode(name, errors="replace")
    return text, text.count("\ufffd")


def _bad(count: int) -> tuple[str, ...]:
    return (f"{count} bytes could not be decoded and are shown as \ufffd",) if count else ()


def _pdf(raw: bytes, path: Path) -> Document:
    text, pages, bare = pdf_text(raw, path)
    text = tidy(text)
    if not text.strip():
        raise DataError(
            path,
            f"a PDF of {pages} page{'s' if pages != 1 else ''} without a text layer (pictures only)",
            expected="a PDF whose text can be selected",
            remedy="run a text recognition (OCR) over it first",
        )
    return Document(path, text, "pdf", "", (f"{bare} of {pages} pages hold no text",) if bare else ())


def tidy(text: str) -> str:
    """No blanks at the ends of lines and no row of empty lines."""
    text = "\n".join(line.rstrip(" \t\r\f\v\u3000\xa0") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
