"""A book started from a stranger's report: its text unharmed, its titles plain words, nothing outside its folder touched."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from gwr.errors import DataError
from gwr.extract import extract, limits, starter
from gwr.extract.starter import escaped, start, title_of
from gwr.extract.table import marked, read_claims, read_quantities
from markdown_it import MarkdownIt

BODY = "一、2018年工作回顾\n地区生产总值216.4亿元,增长7.6%。\n二、2019年工作安排\n新建公园2个以上。\n"
TITLES = [
    "政府工作报告",
    r"政府\工作报告\n",
    '政府"工作报告": [x]',
    "政府工作报告 #1 {{ config }} {% x %}",
    "<script>alert(1)</script>工作报告",
    "<!-- 工作报告",
    "*政府* _工作报告_ `code` $x$ ~~y~~",
    "[工作报告](javascript:alert(1))",
    "{eval-rst}`工作报告` & &amp; %s {0} {title}",
    "- 工作报告: !!python/object x",
    "'工作报告' | > @ ` ?",
    "工作报告\u2028\u202e\x07\x85末",
    "| 工作报告 |",
    "1. 工作报告",
    "```{include} /etc/passwd 工作报告",
]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def begun(tmp_path, text, name="report.txt"):
    report = tmp_path / name
    report.write_bytes(text.encode())
    folder = tmp_path / "book"
    start(report, folder)
    return folder


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def heading(markdown):
    """The tag and the text of the first heading as a reader sees it, and the kinds of tokens inside."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inner = tokens[1].children or []
    return tokens[0].tag, "".join(token.content for token in inner), {token.type for token in inner}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_shown_as_it_is(tmp_path, title):
    folder = begun(tmp_path, f"{title}\n{BODY}")
    shown = starter.seen(title.splitlines()[0])
    framed = shown.translate(str.maketrans("<>&", "〈〉＆"))  # the theme writes titles into its frame as they are
    index, readme = cells_of(folder / "index.ipynb")[0]["source"], (folder / "README.md").read_text(encoding="utf-8")
    for markdown, expected in ((index, framed), (readme, shown)):
        tag, words, kinds = heading(markdown)
        assert (tag, words) == ("h1", expected)
        assert kinds <= {"text", "text_special"}
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    assert config["title"] == framed
    assert config["only_build_toc_files"] is True and "extensions" in config["sphinx"]["config"]


@pytest.mark.parametrize(
    "words",
    [
        "a{b}`c`",
        "$x$ $$y$$",
        "{{ x }}",
        "[^1]",
        "www.a.b",
        "https://a.b/c_d",
        "a\\b",
        "```{raw} html",
        "# x",
        "%x",
        "(a)=",
        "+++",
        ":::{note}",
    ],
)
def test_escaped_words_are_read_back(words):
    _, shown, kinds = heading("# " + escaped(words))
    assert shown == words and kinds <= {"text", "text_special"}
    from myst_parser.config.main import MdParserConfig
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer
    from myst_parser.parsers.mdit import create_md_parser

    extensions = {"colon_fence", "dollarmath", "linkify", "substitution", "tasklist", "amsmath"}
    parser = create_md_parser(MdParserConfig(enable_extensions=extensions), DocutilsRenderer)
    inner = parser.parse("# " + escaped(words))[1].children
    assert "".join(token.content for token in inner) == words
    assert {token.type for token in inner} <= {"text", "text_special", "link_open", "link_close"}


@pytest.mark.parametrize(
    "name", ["$(touch x).txt", "-rf.txt", "`id`.txt", "a\nb.txt", '"; x.txt', "{title}.txt", "报告 <b>.txt"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="such names are those of Unix")
def test_the_name_of_a_file_is_shown_and_nothing_else(tmp_path, name):
    folder = begun(tmp_path, BODY, name)
    assert names_in(tmp_path) == sorted([name, "book"])
    text = (folder / "README.md").read_text(encoding="utf-8")
    paragraph = MarkdownIt("commonmark").parse(text)[4]
    assert starter.seen(name) in "".join(token.content for token in paragraph.children)
    assert yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))["title"]


@pytest.mark.skipif(sys.platform == "win32", reason="names of bytes are those of Unix")
def test_the_name_of_a_file_may_be_no_utf8(tmp_path):
    report = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt"))
    report.write_bytes(BODY.encode())
    start(report, tmp_path / "book")
    assert yaml.safe_load((tmp_path / "book" / "_config.yml").read_text(encoding="utf-8"))["title"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_text_is_kept_byte_for_byte_and_marked_at_its_offsets(tmp_path, end):
    text = "\ufeff政府工作报告\n<b>粗</b> & \\[x\\] {{y}}\n".replace("\n", end) + BODY.replace("\n", end)
    folder = begun(tmp_path, text)
    assert (folder / "data" / "report.txt").read_bytes() == text.encode()
    read_quantities(folder / "data" / "claims.csv", text)
    seen = 0
    for path in sorted(folder.glob("0*.ipynb")):
        scope: dict[str, object] = {}
        code = [cell["source"] for cell in cells_of(path) if cell["cell_type"] == "code"]
        with contextlib.chdir(folder):
            exec(code[0], scope)
        assert scope["text"] == text
        page = eval(code[1], scope).data
        assert "<b>" not in page and "<script" not in page
        seen += page.count("<mark")
        words = re.findall(r"<mark[^>]*>(.*?)</mark>", page)
        assert words == list(scope["claims"]["text"])
    assert seen == len(read_claims(folder / "data" / "claims.csv"))


def test_markup_in_the_text_is_no_markup_on_the_page():
    text = "<img src=x onerror=alert(1)>新增企业'<b>\">5家<script>1</script>"
    from gwr.extract.export import frame

    page = marked(text, frame(extract(text).quantities)).data
    assert "<img" not in page and "<script" not in page and "<b>" not in page
    assert page.count("<mark") == 1


def test_a_heading_is_plain_words(tmp_path):
    folder = begun(tmp_path, "一、{raw}`x` <script>回顾\n新增企业5家。\n二、$x$ [a](b) 安排\n新建公园2个。\n")
    for path in folder.glob("0*.ipynb"):
        tag, words, kinds = heading(cells_of(path)[0]["source"])
        assert tag == "h1" and kinds <= {"text", "text_special"}
        assert "〈script〉" in words or "[a](b)" in words
    toc = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in toc["chapters"]] == sorted(path.stem for path in folder.glob("0*.ipynb"))


def test_an_empty_folder_is_filled_and_any_other_left_alone(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(BODY, encoding="utf-8")
    empty, full, file = tmp_path / "empty", tmp_path / "full", tmp_path / "file"
    empty.mkdir()
    full.mkdir()
    (full / "mine").write_text("mine", encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    assert start(report, empty)
    with pytest.raises(DataError, match="not empty"):
        start(report, full)
    with pytest.raises(DataError, match="a file is there"):
        start(report, file)
    with pytest.raises(DataError, match="a file is there"):
        start(report, report)
    assert names_in(full) == ["mine"] and file.read_text(encoding="utf-8") == "mine"
    assert report.read_text(encoding="utf-8") == BODY


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_is_not_written_through(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(BODY, encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataError, match="a file is there"):
        start(report, tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


def test_what_was_begun_is_taken_away_when_the_disk_is_full(tmp_path, monkeypatch):
    report = tmp_path / "report.txt"
    report.write_text(BODY, encoding="utf-8")
    real, count = Path.write_bytes, []

    def full(self, data):
        count.append(self)
        if len(count) == 4:
            raise OSError(28, "No space left on device", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        start(report, tmp_path / "deep" / "book")
    assert names_in(tmp_path) == ["report.txt"]


def test_a_text_of_headings_makes_no_thousand_chapters(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "".join(
            f"({'一二三四五六七八九十'[n % 10]})甲。新增企业5家。\n一、乙。新增企业5家。\n"
            for n in range(limits.MOST_SECTIONS)
        ),
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="more than 200 sections"):
        start(report, tmp_path / "book")
    assert not (tmp_path / "book").exists()


def test_a_report_without_a_title_has_that_of_its_file():
    assert title_of("没有", Path("a b.txt")) == "a b"
    assert title_of("没有", Path("\x07")) == "report"


@pytest.mark.slow
def test_a_hostile_book_builds(tmp_path):
    """Jupyter Book itself makes the pages, with markup in every heading and lines of Windows; the words are there, as words."""
    text = (
        "<script>alert(1)</script>\\政府*工作报告*\n"
        + BODY.replace("工作回顾", "{x}`y` <img src=q onerror=alert(2)> 工作回顾")
    ).replace("\n", "\r\n")
    folder = begun(tmp_path, text)
    done = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(folder), "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = {path.name: path.read_text(encoding="utf-8") for path in (folder / "_build" / "html").glob("*.html")}
    assert "〈script〉alert(1)〈/script〉\\政府*工作报告*" in pages["index.html"]
    for name, page in pages.items():
        assert "<script>alert" not in page and "<img src=q" not in page, name
    assert any('<mark class="claim"' in page and "216.4亿元</mark>" in page for page in pages.values())
