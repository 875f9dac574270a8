"""The text of an HTML page, in one pass over its characters.

No tree is built: a page of a hundred thousand nested or unclosed elements takes the time of its length. Only the names of tags
matter here, so a tag is read up to its closing bracket and its attributes are passed over.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

from gwr.extract import limits

BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "table",
        "title",
        "blockquote",
        "dd",
        "dt",
        "pre",
        "caption",
        "figcaption",
        "main",
        "header",
        "footer",
        "center",
        "ul",
        "ol",
        "dl",
    ]
)
"""Elements that begin and end a line."""

CELLS = frozenset(("td", "th"))
UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "nav", "iframe", "svg", "button", "select"))
"""Elements whose words are no part of the text."""

_RAW = frozenset(("script", "style"))
_UNSEEN_END = re.compile(f"</({'|'.join(sorted(UNSEEN))})", re.IGNORECASE)
_MARK = re.compile(r"<(?:(?P<comment>!--)|[!?]|(?P<end>/?)(?P<name>[A-Za-z][^\s/>]{0,40}))")
_CLOSED = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
"""The rest of a tag, with brackets in quoted attributes; possessive, so that it is read once."""
_NUMBERED = re.compile(r"&#[0-9]{8,};?|&#[xX][0-9a-fA-F]{8,};?")
"""References to characters that there are not; their numbers may be too long to be read."""
_FOOTNOTE = re.compile(r"[0-9]{1,3}")


def html_text(markup: str, path: Path) -> str:
    """The text of a page, a line for each block, cells of a table apart by tabs, footnote marks in square brackets.

    Raises:
        DataError: the page, which came from ``path``, is past a limit.
    """
    if len(markup) > limits.LONGEST_MARKUP:
        raise limits.beyond(path, "the page has", limits.LONGEST_MARKUP, "characters of markup")
    page = _Page(path)
    ends = {found[1].lower(): found.start() for found in _UNSEEN_END.finditer(markup)}
    last_bracket, last_comment = markup.rfind(">"), markup.rfind("-->")
    quoted = True  # whether quotation marks in tags still come in pairs
    at = 0
    while (mark := _MARK.search(markup, at)) is not None and mark.start() < last_bracket:
        page.say(markup[at : mark.start()])
        if mark["comment"] and mark.end() <= last_comment:
            at = markup.index("-->", mark.end()) + 3
            continue
        closed = _CLOSED.match(markup, mark.end()) if quoted else None
        if closed is None:
            quoted = False
            at = markup.index(">", mark.end()) + 1
        else:
            at = closed.end()
        name = (mark["name"] or "").lower()
        if mark["end"]:
            page.close(name)
        elif name in _RAW:
            found = re.compile(f"</{name}", re.IGNORECASE).search(markup, at)
            if found is None:
                return page.text()
            at = found.start()
        elif name:
            page.open(name, ends.get(name, -1) >= at)
    page.say(markup[at:])
    return page.text()


@dataclass
class _Page:
    """What has been read of a page."""

    path: Path
    pieces: list[str] = field(default_factory=list)
    hidden: str = ""  # the unseen element we are in
    depth: int = 0  # how many of its name are open
    note: int = -1  # where the words of a raised mark begin
    in_cell: bool = False
    size: int = 0  # characters so far, many of them blanks between tags

    def say(self, words: str) -> None:
        if words and not self.hidden:
            self.pieces.append(words)
            self.size += len(words)
            if self.size > 4 * limits.LONGEST_TEXT:
                raise limits.beyond(self.path, "the text has", limits.LONGEST_TEXT, "characters")

    def open(self, name: str, closes: bool) -> None:
        if self.hidden == "head" and name == "body":
            self.hidden = ""
        if self.hidden:
            self.depth += name == self.hidden
        elif name in UNSEEN:
            if closes:
                self.hidden, self.depth = name, 1
        elif name == "sup":
            if self.note < 0:
                self.note = len(self.pieces)
        else:
            if self.in_cell and (name in CELLS or name == "tr"):
                self._end_cell()
            self.in_cell = self.in_cell or name in CELLS
            if name in BLOCKS:
                self.pieces.append("\n")

    def close(self, name: str) -> None:
        if self.hidden:
            self.depth -= name == self.hidden
            if not self.depth:
                self.hidden = ""
        elif name == "sup" and self.note >= 0:
            words = "".join(self.pieces[self.note :]).strip()
            self.pieces[self.note :] = [f"[{words}]" if _FOOTNOTE.fullmatch(words) else words]
            self.note = -1
        elif name in CELLS:
            self._end_cell()
        elif name in BLOCKS and name != "br":
            self.pieces.append("\n")

    def _end_cell(self) -> None:
        if self.in_cell:
            self.pieces.append("\t")
            self.in_cell = False

    def text(self) -> str:
        words = _NUMBERED.sub("\ufffd", "".join(self.pieces))
        return html.unescape(words).replace("\u00ad", "")
