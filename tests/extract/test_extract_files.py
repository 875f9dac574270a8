"""The extractor on files: kinds, encodings, what goes wrong, the command line, and a book started from a report."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from gwr.errors import DataError
from gwr.extract import COLUMNS, extract
from gwr.extract.reading import read_document, tidy
from gwr.extract.reading_html import html_text
from gwr.extract.starter import start
from gwr.extract.table import read_claims, read_quantities

REPORT = "政府工作报告\n一、2018年工作回顾\n地区生产总值216.4亿元，增长7.6%。新增企业17家，投入资金4000多万元。\n二、2019年工作安排\n新建公园2个以上。\n"
TRADITIONAL = "政府工作報告\n一、2018年工作回顧\n地區生產總值216.4億元，增長7.6%。新增企業17家，投入資金4000多萬元。\n二、2019年工作安排\n新建公園2個以上。\n"
VALUES = [216.4, 7.6, 17, 4000, 2]


def values(path):
    document = read_document(path)
    found = extract(document.text).quantities
    assert all(document.text[q.start : q.end] == q.text for q in found)
    return [q.value for q in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_of_simplified_text(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes((REPORT * 3).encode(encoding))
    assert values(path) == VALUES * 3


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030"])
def test_encodings_of_traditional_text(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes(TRADITIONAL.encode(encoding))
    assert values(path) == VALUES


def test_offsets_count_in_the_file_as_it_is(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT.replace("\n", "\r\n").encode())
    assert read_document(path).text == REPORT.replace("\n", "\r\n")


def test_bytes_that_do_not_fit_are_named(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes((REPORT * 20).encode() + b"\xff\xfe\xfa" + REPORT.encode())
    document = read_document(path)
    assert "could not be decoded" in document.notes[0]
    assert len(extract(document.text).quantities) == 21 * len(VALUES)


def test_html(tmp_path):
    path = tmp_path / "report.html"
    body = "".join(
        f"<p>{line}</p>" for line in REPORT.replace("216.4亿元", "<b>216</b>.4亿元<sup>1</sup>").splitlines()
    )
    path.write_text(
        f"<!doctype html><html><head><title>x 99个</title><script>var a = '12家';</script></head><body>{body}</body></html>",
        encoding="utf-8",
    )
    assert values(path) == VALUES


def test_html_keeps_blocks_and_cells_apart():
    assert (
        tidy(html_text("<table><tr><td>投资</td><td>5亿元</td></tr></table><div>甲<br>乙</div>", Path("page.html")))
        == "投资\t5亿元\n\n甲\n乙\n"
    )


def docx(*paragraphs):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{p[:3]}</w:t></w:r><w:r><w:t>{p[3:]}</w:t></w:r></w:p>" for p in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def test_docx(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(docx(*REPORT.splitlines()))
    assert values(path) == VALUES


def pdf(stream):
    """A PDF of one page with this content; its one font maps two-byte codes to the same code points."""
    to_unicode = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement "
        b""
        b""
        b""
        b""
        b""
        b"0>>/DW 1000>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(to_unicode), to_unicode),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 8\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    )


def test_pdf(tmp_path):
    path = tmp_path / "report.pdf"
    lines = b"".join(b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in REPORT.splitlines())
    path.write_bytes(pdf(b"BT /F 12 Tf 14 TL 50 700 Td " + lines + b"ET"))
    assert values(path) == VALUES


BAD = {
    "empty file": (b"", "the file is empty"),
    "blanks": (b" \r\n\t ", "the file is empty"),
    "picture-only PDF": (pdf(b"0 0 1 rg 10 10 100 100 re f"), "without a text layer"),
    "damaged PDF": (b"%PDF-1.4 broken", "the PDF is damaged"),
    "damaged DOCX": (b"PK\x03\x04 broken", "damaged"),
    "old Word file": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old Word file"),
    "picture": (b"\x89PNG\r\n" + b"x" * 100, "a picture"),
    "noise": (bytes(range(128, 256)) * 40 + b"\0" * 3000, "no text"),
}


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_said(tmp_path, content, message):
    path = tmp_path / "report.bin"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        read_document(path)


def test_a_zip_that_is_no_docx(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(DataError, match="no DOCX"):
        read_document(path)


def test_texts_without_what_is_expected():
    assert [q.section for q in extract("全年新增企业5家。").quantities] == ["0"]
    english = extract("In 2021 the economy grew by 9.3% and 119 firms were added.")
    assert [q.text for q in english.quantities] == ["9.3%"]
    assert {other.text for other in english.others} >= {"2021", "119"}
    assert extract("").quantities == []
    assert len(extract("1" * 1_000_000).others) == 1


# -- the command line


def run(*args):
    return subprocess.run(
        [sys.executable, "-m", "gwr", *map(str, args)], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_command(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    shown = run("extract", report)
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert shown.returncode == 0 and shown.stderr == ""
    assert list(rows[0]) == list(COLUMNS)
    assert [float(row["value"]) for row in rows] == VALUES
    out, others, text = tmp_path / "out.json", tmp_path / "others.csv", tmp_path / "text.txt"
    assert run("extract", report, "-o", out, "--format", "json", "--others", others, "--text", text).returncode == 0
    assert [row["value"] for row in json.loads(out.read_text(encoding="utf-8"))] == VALUES
    assert text.read_text(encoding="utf-8") == REPORT
    assert "2018年,date,date" in others.read_text(encoding="utf-8")


def test_command_names_what_is_wrong(tmp_path):
    missing = run("extract", tmp_path / "none.txt")
    assert missing.returncode == 1 and "there is no such file" in missing.stderr and "Traceback" not in missing.stderr


def test_parquet(tmp_path):
    import pyarrow.parquet as pq
    from gwr.extract.export import write_parquet

    out = tmp_path / "out.parquet"
    assert write_parquet(extract(REPORT).quantities, out) == 5
    assert pq.read_table(out).column_names == list(COLUMNS)


# -- correction by hand, and a book of one's own


def test_a_started_book_has_data_chapters_and_configuration(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    folder = tmp_path / "book"
    start(report, folder)
    assert len(read_claims(folder / "data" / "claims.csv")) == 5
    assert (folder / "data" / "report.txt").read_text(encoding="utf-8") == REPORT
    toc = (folder / "_toc.yml").read_text(encoding="utf-8")
    assert [line.split()[-1] for line in toc.splitlines()[3:]] == ["01_section_1_0", "02_section_2_0"]
    for notebook in folder.glob("*.ipynb"):
        json.loads(notebook.read_text(encoding="utf-8"))
    with pytest.raises(DataError, match="not empty"):
        start(report, folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [(("216.4,", "much,"), "is no number"), ((",level,", ",size,"), "not a known code"), (("start,end", "begin,end"), "column 'start' is missing"), (("7.6%", "7.7%"), "the text has '7.6%'")],
)  # fmt: skip
def test_a_wrong_correction_is_named(tmp_path, change, message):
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    start(report, tmp_path / "book")
    table = tmp_path / "book" / "data" / "claims.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_quantities(table, REPORT)
