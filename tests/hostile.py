"""Files and texts made to hang, to fill the memory or to mislead, for the tests and for ``benchmarks/hostile_files.py``."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def docx(body: str, *, before: str = "", entry: str = "word/document.xml") -> bytes:
    """A DOCX file with this content of ``w:body``."""
    document = f'{before}<w:document xmlns:w="{WORD}" xmlns:mc="{COMPATIBLE}"><w:body>{body}</w:body></w:document>'
    return archive({entry: document.encode()})


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, trailer, len(out),
    )  # fmt: skip


def page_of(stream: bytes, filters: bytes = b"") -> list[bytes]:
    """The objects of a PDF of one page that this stream draws."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), filters, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]


def paragraph(words: str) -> str:
    """A paragraph of WordprocessingML."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


HTML = {
    "nested div": lambda n: "<html><body>" + "<div>" * n + "投资5亿元" + "</div>" * n,
    "unclosed p": lambda n: "<html><body>" + "<p>投资5亿元" * n,
    "unclosed b": lambda n: "<html><body>" + "<b>" * n + "</i>" * n,
    "unclosed tags": lambda n: "<html><body>5家" + "<a " * n,
    "unclosed quotes": lambda n: "<html><body>5家" + "<a b='" * n + ">",
    "quotes in pairs": lambda n: "<html><body>5家" + "<a b='\"" * n + ">",
    "unclosed comments": lambda n: "<html><body>5家" + "<!--" * n,
    "comments and brackets": lambda n: "<html><body>5家" + "<!-->" * n,
    "declarations": lambda n: "<html><body>5家" + "<![CDATA[" * n,
    "end tags": lambda n: "<html><body>5家" + "</div>" * n,
    "half end tags": lambda n: "<html><body>5家" + "</" * n,
    "scripts": lambda n: "<html><body>5家" + "<script>" * n,
    "ends of scripts": lambda n: "<html><body>5家<script>" + "</scrip" * n,
    "raised marks": lambda n: "<html><body>5家" + "<sup>" * n + "1" + "</sup>" * n,
    "unclosed navigation": lambda n: "<html><body>" + "<nav>" * n + "5家",
    "references": lambda n: "<html><body>5家" + "&#" + "9" * n + ";" + "&amp" * n,
    "ampersands": lambda n: "<html><body>5家" + "&" * n,
    "blanks": lambda n: "<html><body>5家" + " " * n + "x",
    "cells": lambda n: "<html><body>5家" + "<table><tr><td>" * n,
    "attributes": lambda n: "<html><body>5家<p " + "a=b " * n + ">",
    "names": lambda n: "<html><body>5家<" + "a" * n + ">",
}
"""Pages of ``n`` pieces."""

BODIES = {
    "nested paragraphs": lambda n: "<w:p>" * n + "<w:r><w:t>投资5亿元</w:t></w:r>" + "</w:p>" * n,
    "paragraphs": lambda n: paragraph("投资5亿元") * n,
    "text boxes in text boxes": lambda n: "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" * n
    + paragraph("投资5亿元") + "</w:txbxContent></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent></w:r></w:p>" * n,
    "empty elements": lambda n: "<w:x/>" * n + paragraph("投资5亿元"),
    "nested elements": lambda n: "<w:x>" * n + paragraph("投资5亿元") + "</w:x>" * n,
    "runs": lambda n: "<w:p>" + "<w:r><w:t>5</w:t></w:r>" * n + "</w:p>",
}  # fmt: skip
"""Contents of a DOCX file, of ``n`` pieces."""

PIECES = {
    "hundred millions": "亿", "ten thousands": "万", "powers": "千亿万", "numerals": "一二三", "digits": "1", "spaced digits": "1 ", "commas": "1,", "groups": "1,234,",
    "open quotes": "“", "open brackets": "(", "quantities": "1家", "per cent": "1%", "ranges": "1-", "ranges in words": "一至", "lists": "第一、", "clauses": "增长",
    "titles": "《", "dates": "2021年", "letters": "A1.", "headings": "一、\n", "headings of parts": "第一部分\n", "second headings": "(一)\n", "dots": "1.", "formulas": "1+",
    "fractions": "十分之", "policies": "推进2个", "linked": "增速为为2%", "respectively": "分别增长2%、", "compared": "比2016年增长2%,", "long sentences": "完成投资2亿元、", "shares": "占全市的2%,",
    "brackets": "(1)", "footnotes": "[1]", "blanks": " ", "blanks and digits": "1    ", "lines": "\n", "digit lines": "1\n", "signs": "-", "minus": "-1%", "old signs": "1　億\r\n",
    "over years": "五年来累计2亿元", "ranks": "位居全市第2、", "enumerations": "甲、乙、丙等2家", "no width": "\u200b", "marks": "1①", "addresses": "www.a@b.", "circles": "15分钟圈",
    "from to": "从2家增加到3家", "comparators": "不超过约2家以上", "capitals": "GDP2亿元", "bare powers": "突破千亿元", "whole": "其中:", "years": "二〇一六年", "since": "2016年以来2家,",
}  # fmt: skip
"""Pieces that a text repeats."""
