"""Files and texts from strangers: none hangs the extractor, fills the memory or makes it say what is not there."""

from __future__ import annotations

import contextlib
import io
import json
import os
import stat
import subprocess
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import hostile
import pytest
from gwr.errors import DataError
from gwr.extract import extract, limits
from gwr.extract.corpus import build
from gwr.extract.reading import read_bytes, read_document
from gwr.extract.reading_html import html_text

HERE = Path("report")


def rows_of(raw):
    found = extract(read_bytes(raw, HERE).text)
    return len(found.quantities) + len(found.others)


# -- time in proportion to the length


def assert_linear(make, small=1_500, factor=8):
    """Eight times the length takes about eight times the time; quadratic would be sixty-four."""

    def seconds(n):
        whole = make(n)
        began = time.process_time()  # not that of other programs on the machine
        whole()
        return time.process_time() - began

    seconds(500)
    short = min(seconds(small) for _ in range(3))
    assert min(seconds(small * factor) for _ in range(2)) < 3 * factor * short + 0.05


@pytest.mark.parametrize("piece", hostile.PIECES.values(), ids=hostile.PIECES.keys())
@pytest.mark.slow
def test_time_grows_with_the_text(piece):
    assert_linear(lambda size: partial(extract, piece * (size // len(piece))))


@pytest.mark.parametrize("page", hostile.HTML.values(), ids=hostile.HTML.keys())
def test_time_grows_with_the_page(page):
    assert_linear(lambda n: partial(html_text, page(n), HERE), small=2_500)


@pytest.mark.parametrize("body", hostile.BODIES.values(), ids=hostile.BODIES.keys())
def test_time_grows_with_the_document(body):
    def reading(n):
        raw = hostile.docx(body(n))

        def read():
            with contextlib.suppress(DataError):
                read_bytes(raw, HERE)

        return read

    assert_linear(reading, small=2_500)


@pytest.mark.parametrize("piece", hostile.PIECES.values(), ids=hostile.PIECES.keys())
def test_rows_are_in_proportion_to_the_text(piece):
    text = piece * (4_000 // len(piece))
    found = extract(text)
    assert len(found.quantities) + len(found.others) <= len(text)
    assert sum(row.end - row.start for row in found.quantities) <= len(text)


# -- what a page holds


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<div>" * 100_000 + "投资5亿元", "投资5亿元\n"),
        ("<p>5家" * 3, "5家\n\n5家\n\n5家\n"),
        ("a<script>var x = '<p>9家</p>';</script>b<style>p{}</style>c", "abc\n"),
        ("a<script>9家", "a\n"),
        ("a<!-- 9家 > -->b", "ab\n"),
        ("a<!-- b", "a<!-- b\n"),
        ("a<!-- b>c", "ac\n"),
        ("<nav>9家</nav>b<nav>c", "bc\n"),
        ("<head><title>9家</title><body>b", "<head><title>9家</title><body>b"),
        ("<head><title>9家</title></head><body>b", "b\n"),
        ('<a title="5 > 3">a</a>', "a\n"),
        ("<a title=\"unclosed>a</a> it's", "a it's\n"),
        ("5 < 6家 &amp; &lt;b&gt; &#21488;&#" + "9" * 5000 + ";", "5 < 6家 & <b> 台\ufffd\n"),
        ("a<sup>12</sup>b<sup>th</sup><sup><sup>3</sup>", "a[12]bth[3]\n"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\n\nc\n"),
        ("a<BR>b<br/>c", "a\nb\nc\n"),
    ],
)  # fmt: skip
def test_pages(markup, words):
    from gwr.extract.reading import tidy

    if words.startswith("<head>"):
        words = "9家\nb\n"  # a head that does not end hides nothing
    assert tidy(html_text(markup, HERE)).replace("\n\n", "\n") == words.replace("\n\n", "\n")


def test_a_text_box_is_read_once_and_after_its_paragraph():
    box = (
        "<w:p><w:r><w:t>正文2亿元</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>"
        f"{hostile.paragraph('框3家')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{hostile.paragraph('框3家')}"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文末</w:t></w:r></w:p>"
    )
    assert read_bytes(hostile.docx(box + hostile.paragraph("后")), HERE).text == "正文2亿元正文末\n框3家\n后\n"


def test_nested_paragraphs_are_read_once():
    found = extract(read_bytes(hostile.docx(hostile.BODIES["nested paragraphs"](30_000)), HERE).text)
    assert [q.text for q in found.quantities] == ["5亿元"]


def test_what_word_only_remembers_is_not_read():
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:moveFrom><w:r><w:t>旧9家</w:t></w:r></w:moveFrom>'
        '<w:del><w:r><w:delText>删8家</w:delText></w:r></w:del><w:r><w:t>新7家</w:t><w:tab/><w:footnoteReference w:id="3"/></w:r></w:p>'
    )
    assert read_bytes(hostile.docx(body), HERE).text == "新7家\t[3]\n"


# -- files that are refused, each with the limit or the reason


def bomb(size):
    return hostile.docx(hostile.paragraph("5家") + " " * size)


def of_many_files():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(limits.MOST_ENTRIES + 1):
            packed.writestr(f"{number}", b"")
    return out.getvalue()


def link():
    """An archive whose document is a symbolic link to a file of the system."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        entry = zipfile.ZipInfo("word/document.xml")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(entry, "/etc/passwd")
    return out.getvalue()


def encrypted_docx():
    raw = bytearray(hostile.docx(hostile.paragraph("5家")))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def lying():
    """An archive whose document is longer than it says."""
    raw = bytearray(hostile.docx(hostile.paragraph("5家") * 2000))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = (50).to_bytes(4, "little")
    return bytes(raw)


def packed_otherwise():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("word/document.xml", b"<a/>")
    return out.getvalue()


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCHES = '<!DOCTYPE w SYSTEM "http://localhost:1/x.dtd">'
ENCRYPTED_PDF = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
PDF_PAGE = hostile.page_of(b"BT /F 12 Tf 50 700 Td (x) Tj ET")
PDF_BOMB = [*PDF_PAGE[:3], None, PDF_PAGE[4]]

REFUSED = {
    "an exploding archive": (lambda: bomb(limits.LARGEST_XML), "more than 50,000,000 bytes unpacked"),
    "many files in an archive": (of_many_files, "more than 5,000 files"),
    "a link in an archive": (link, "damaged"),
    "an archive with a password": (encrypted_docx, "needs a password"),
    "a lying archive": (lying, "damaged"),
    "an unusual packing": (packed_otherwise, "damaged"),
    "billion laughs": (lambda: hostile.docx(hostile.paragraph("&b;"), before=LAUGHS), "defines entities"),
    "entities from elsewhere": (lambda: hostile.docx("", before=FETCHES), "defines entities"),
    "broken XML": (lambda: hostile.docx("<w:p>"), "damaged"),
    "a document in another folder": (lambda: hostile.archive({"../word/document.xml": b"<a/>"}), "no DOCX"),
    "long words in a document": (lambda: hostile.docx("<w:p>" + "<w:r><w:t>" + "字" * (2 * limits.LONGEST_TEXT + 1) + "</w:t></w:r></w:p>"), "more than 300,000 characters"),
    "many paragraphs": (lambda: hostile.docx("<w:p/>" * (2 * limits.LONGEST_TEXT + 1)), "more than 300,000 characters"),
    "a long text": (lambda: ("字" * (limits.LONGEST_TEXT + 1)).encode(), "more than 300,000 characters"),
    "a long page": (lambda: b"<html>" + b"<b>x" * 2_100_000, "more than 300,000 characters"),
    "long markup": (lambda: b"<html>5" + b"<b></b>" * 3_000_000, "more than 20,000,000 characters of markup"),
    "a large file": (lambda: b"x" * (limits.LARGEST_FILE + 1), "more than 50,000,000 bytes"),
    "a broken PDF": (lambda: hostile.pdf(PDF_PAGE)[:-400] + b"x" * 50, "damaged|without a text layer"),
    "a PDF with a password": (lambda: hostile.pdf(PDF_PAGE, ENCRYPTED_PDF), "needs a password"),
    "a PDF without pages": (lambda: hostile.pdf([b"<</Type/Catalog>>"]), "damaged|without a text layer"),
    "a PDF that is its own parent": (lambda: hostile.pdf([PDF_PAGE[0], b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]), "damaged|without a text layer"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_said(make, message):
    with pytest.raises(DataError, match=message):
        read_bytes(make(), HERE)


def test_a_link_in_an_archive_is_not_followed(tmp_path):
    with pytest.raises(DataError) as caught:
        read_bytes(link(), HERE)
    assert "root:" not in str(caught.value)


def test_a_pdf_past_the_clock_or_the_memory_is_stopped(monkeypatch):
    """Pages that each refer to all pages below them twice: 2 to the power of 26 pages in a few hundred bytes."""
    depth = 26
    nodes = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (n + 3, n + 3) for n in range(depth)]
    leaf = b"<</Type/Page/MediaBox[0 0 9 9]>>"
    raw = hostile.pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, leaf])
    monkeypatch.setattr(limits, "PDF_SECONDS", 3)
    began = time.monotonic()
    with pytest.raises(DataError, match=r"the PDF takes more than|damaged|without a text layer"):
        read_bytes(raw, HERE)
    assert time.monotonic() - began < 20


@pytest.mark.slow
def test_a_pdf_stream_that_explodes_is_stopped(monkeypatch):
    import zlib

    stream = zlib.compress(zlib.compress(b"(x) Tj " * 40_000_000, 9), 9)
    raw = hostile.pdf(hostile.page_of(stream, b"/Filter[/FlateDecode/FlateDecode]"))
    monkeypatch.setattr(limits, "PDF_SECONDS", 10)
    began = time.monotonic()
    with pytest.raises(DataError):
        read_bytes(raw, HERE)
    assert time.monotonic() - began < 30


def test_a_pdf_with_too_much_text(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_TEXT", 50)
    raw = hostile.pdf(hostile.page_of(b"BT /F 12 Tf 50 700 Td (" + b"x" * 200 + b") Tj ET"))
    with pytest.raises(DataError, match="more than 50 characters"):
        read_bytes(raw, HERE)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without end")
def test_a_device_without_end_is_refused():
    with pytest.raises(DataError, match="more than 50,000,000 bytes"):
        read_document("/dev/zero")


MEASURE = """
import sys, time
from pathlib import Path
import resource
from gwr.extract import extract, limits
from gwr.extract.export import write_csv, write_parquet
began = time.process_time()
text = sys.argv[1] * (limits.LONGEST_TEXT // len(sys.argv[1]))
found = extract(text)
write_parquet(found.quantities, Path(sys.argv[2]))
print(len(found.quantities), time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="resource is a module of Unix")
@pytest.mark.parametrize("piece", ["1%"])
@pytest.mark.slow
def test_the_longest_text_stays_within_memory_and_time(tmp_path, piece):
    """The family with the most rows, at the limit: less than a gigabyte (kilobytes here) and a minute of the processor."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, piece, str(tmp_path / "x.parquet")], capture_output=True, text=True, check=True
    )
    rows, seconds, kilobytes = map(float, done.stdout.split())
    assert rows > 100_000
    assert seconds < 60 and kilobytes < 1_000_000


# -- a folder of them


@pytest.mark.skipif(sys.platform == "win32", reason="names of bytes are those of Unix")
def test_a_corpus_of_strange_files_is_read_to_its_end(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("新增企业5家。", encoding="utf-8")
    (folder / "bomb.docx").write_bytes(bomb(limits.LARGEST_XML))
    (folder / "link.docx").write_bytes(link())
    (folder / "a\nb.txt").write_text("新增企业6家。", encoding="utf-8")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "again").symlink_to(folder)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_text("新增企业7家。", encoding="utf-8")
    done = build(folder, tmp_path / "out.parquet", workers=1)
    assert (done.rows, done.skipped) == (3, 2)
    errors = (tmp_path / "out.parquet.errors.csv").read_text(encoding="utf-8")
    assert "bomb.docx" in errors and "50,000,000 bytes unpacked" in errors and "link.docx" in errors


def test_json_has_no_number_that_is_none(tmp_path):
    from gwr.extract.export import write_json

    text = "比例为12345678901234567890:5。编号" + "9" * 30 + "家,5分之9,亿亿亿元。"
    out = io.StringIO()
    write_json(extract(text).quantities, out)
    assert "NaN" not in out.getvalue() and "Infinity" not in out.getvalue()
    json.loads(out.getvalue(), parse_constant=lambda name: pytest.fail(name))
