"""Pages as documents for translation: the messages of a page, and the page with its messages replaced.

A notebook keeps its cells, its code and its numbers; only words change. In Markdown a message is a heading, a paragraph, a list
item or a row of a table. In code it is a string literal that holds words; an f-string is a message with its expressions in braces.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

import nbformat

_FENCE = re.compile(r"^\s*(```|~~~|:::)")
_HEADING = re.compile(r"^(#+ +)(.*)$")
_ITEM = re.compile(r"^(\s*(?:[-*]|\d+\.) +)(.*)$")
_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"(?<!\\)[A-Za-z]{2}|\b[aAI] ")
_BRACES = r"\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
_RULE_OF_TABLE = re.compile(r"^[|\s:-]+$")

# Literals that are code: names of columns and encodings, ids, formats, colours, files, selectors, queries, single lower-case words.
_CODE = re.compile(
    r"[a-z0-9_]+"
    r"|[\w ]+:[QNOT]"
    r"|[cfpmaeo]\d+(?:[ ;][cfpmaeo]\d+)*"
    r"|(?:\{:)?[<>^]?[,+~]?[\d.]*[fgd%e]\}?"
    r"|#[0-9a-fA-F]+"
    r"|[\w./-]+\.(?:csv|json|ipynb|txt|md|py|html|parquet|xlsx|gpkg|geojson|zip|pdf|docx)"
    r"|utf-8(?:-sig)?|gb18030|big5"
    r"|[a-z]+(?:-[a-z0-9]+)+"
    r"|(?:split\()?datum\.[\w .,'\"=&|<>!]+\)?"
    r"|(?:Int|float|int|UInt)\d+"
    r"|EPSG:\d+"
    r"|[a-z]+(?:[A-Z][a-z]+)+"
    r"|\w+ (?:==|!=|<=|>=|<|>|in) ['\"\[(@\d][^{}]*"
)


@dataclass(frozen=True)
class Message:
    """Words at ``start:end`` of a text; ``head`` (the marks of a heading or a list item) comes first there and is kept."""

    start: int
    end: int
    text: str
    head: str = ""


# --- Markdown -------------------------------------------------------------------------------------------------------------------


def markdown_messages(source: str) -> list[Message]:
    """The messages of a Markdown text in order; soft line breaks inside one are single spaces."""
    found: list[Message] = []
    open_message: list[tuple[int, str]] = []  # the lines of the message that is being read, with their offsets
    head, at, fence = "", 0, ""

    def close() -> None:
        nonlocal head
        words = " ".join(line.strip() for _, line in open_message)
        if _LETTER.search(words):
            last_at, last = open_message[-1]
            found.append(Message(open_message[0][0] - len(head), last_at + len(last), words, head))
        open_message.clear()
        head = ""

    for whole in source.splitlines(keepends=True):
        line = whole.rstrip("\n")
        mark = _FENCE.match(line)
        if fence or mark:
            close()
            fence = "" if mark and mark[1] == fence else fence or (mark[1] if mark else "")
        elif not line.strip() or _RULE_OF_TABLE.match(line):
            close()
        elif begun := _HEADING.match(line) or _ITEM.match(line):
            close()
            head = begun[1]
            open_message.append((at + len(head), begun[2]))
            if line.startswith("#"):
                close()
        elif line.lstrip().startswith("|"):
            close()
            open_message.append((at, line))
            close()
        else:
            open_message.append((at, line))
        at += len(whole)
    close()
    return found


def translate_markdown(source: str, known: Mapping[str, str]) -> str:
    """The Markdown text with every known message replaced."""
    out, done = [], 0
    for message in markdown_messages(source):
        if message.text in known:
            out += [source[done : message.start], message.head, known[message.text]]
            done = message.end
    return "".join([*out, source[done:]])


# --- code -----------------------------------------------------------------------------------------------------------------------


def is_prose(text: str) -> bool:
    """Whether a string literal holds words for a reader."""
    return bool(_WORD.search(text)) and not _CODE.fullmatch(text)


def code_messages(source: str, also: Container[str] = ()) -> list[tuple[Message, bool]]:
    """The messages of a cell of Python in order, each with whether it is an f-string.

    Args:
        source: the cell.
        also: literals that are messages too, though they look like code.

    Raises:
        SyntaxError: the cell is no Python.
    """
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = source.splitlines()

    def offset(line: int, column: int) -> int:  # ast counts columns in bytes of UTF-8
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found = []
    for node in _strings(ast.parse(source)):
        start = offset(node.lineno, node.col_offset)
        end = offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        formatted = isinstance(node, ast.JoinedStr)
        text = template_of(node) if isinstance(node, ast.JoinedStr) else unwrapped(str(node.value))
        words = re.sub(r"\{[^{}]*\}", "", text) if formatted else text
        if text in also or is_prose(words):
            found.append((Message(start, end, text), formatted))
    return sorted(found, key=lambda pair: pair[0].start)


def unwrapped(text: str) -> str:
    """Prose that was written on several lines, one sentence each, as one line for each paragraph; a list stays as it is."""
    if "\n" not in text.strip("\n") or re.search(r"^\s*(?:[-*|#]|\d+\.) ", text, re.MULTILINE):
        return text
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))


def _strings(tree: ast.AST) -> Iterator[ast.JoinedStr | ast.Constant]:
    """Every string literal, without docstrings, subscripts and the parts of f-strings."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.JoinedStr):
            yield child
        elif isinstance(child, ast.Constant):
            if isinstance(child.value, str):
                yield child
        elif isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        else:
            yield from _strings(child)


def template_of(node: ast.JoinedStr) -> str:
    """An f-string as a template: its text, with each expression in braces."""
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value).replace("{", "{{").replace("}", "}}"))
        elif isinstance(part, ast.FormattedValue):
            parts.append("{" + _field(part) + "}")
    return "".join(parts)


def _field(part: ast.FormattedValue) -> str:
    code = ast.unparse(part.value)
    code = f" {code}" if code.startswith("{") else code
    conversion = f"!{chr(part.conversion)}" if part.conversion != -1 else ""
    spec = template_of(part.format_spec) if isinstance(part.format_spec, ast.JoinedStr) else ""
    return code + conversion + (f":{spec}" if spec else "")


def literal(text: str, *, formatted: bool, indent: int, wrap: bool) -> str:
    """A string literal of Python for this text, on several lines if it is long and may be wrapped.

    Args:
        text: the words; a template if ``formatted``.
        formatted: whether it is an f-string.
        indent: of the lines after the first.
        wrap: whether the literal stands inside brackets, where lines may break.
    """
    pieces = _pieces(text) if wrap and len(text) > 60 else [text]
    mark = "f" if formatted else ""
    return ("\n" + " " * indent).join(f'{mark}"{_escaped(piece, formatted)}"' for piece in pieces)


def _pieces(text: str, width: int = 50) -> list[str]:
    """The text cut into pieces of about this width, never inside braces."""
    pieces, piece = [], ""
    for unit in re.findall(rf"{_BRACES}|.", text, re.DOTALL):
        piece += unit
        if len(piece) >= width:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece or not pieces else pieces


def _escaped(text: str, formatted: bool) -> str:
    if not formatted:
        return _plain_escaped(text)
    parts = re.split(rf"({_BRACES})", text)
    # The code in braces stays as it is: in Python 3.11 it may hold neither a backslash nor the quote of the literal.
    return "".join(part if at % 2 else _plain_escaped(part) for at, part in enumerate(parts))


def _plain_escaped(text: str) -> str:
    for raw, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(raw, written)
    return text


def translate_code(source: str, known: Mapping[str, str]) -> str:
    """The cell with every known message replaced; its meaning is otherwise the same.

    Raises:
        SyntaxError: the cell is no Python, or a translation broke it.
    """
    out, done = [], 0
    for message, formatted in code_messages(source, known):
        if message.text not in known:
            continue
        written = source[message.start : message.end]
        indent = message.start - (source.rfind("\n", 0, message.start) + 1)
        new = literal(known[message.text], formatted=formatted, indent=indent, wrap="\n" in written)
        out += [source[done : message.start], new]
        done = message.end
    result = "".join([*out, source[done:]])
    ast.parse(result)
    return result


# --- pages ----------------------------------------------------------------------------------------------------------------------


def messages_of(notebook: nbformat.NotebookNode, also: Container[str] = ()) -> list[str]:
    """Every message of a notebook, each once, in order; ``also`` as in :func:`code_messages`."""
    found: dict[str, None] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found |= dict.fromkeys(message.text for message in markdown_messages(cell.source))
        elif cell.cell_type == "code":
            found |= dict.fromkeys(message.text for message, _ in code_messages(cell.source, also))
        prompts = cell.metadata.get("mystnb", {})
        found |= dict.fromkeys(prompts[name] for name in sorted(prompts) if name.startswith("code_prompt"))
    return list(found)


def translate_notebook(notebook: nbformat.NotebookNode, known: Mapping[str, str], language: str) -> None:
    """Replaces every known message of a notebook, and has its first cell of code choose the language."""
    first = True
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = translate_markdown(cell.source, known)
        elif cell.cell_type == "code":
            cell.source = translate_code(cell.source, known)
            if first:
                cell.source = f'import os\n\nos.environ["GWR_LANGUAGE"] = "{language}"\n\n{cell.source}'
                first = False
            cell.outputs, cell.execution_count = [], None
        for name, words in cell.metadata.get("mystnb", {}).items():
            if name.startswith("code_prompt"):
                cell.metadata["mystnb"][name] = known.get(words, words)
