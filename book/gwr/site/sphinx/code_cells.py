"""How the code of a notebook stands on its page.

The code of the analysis is shown where it runs. What only presents (``chapter.say``, ``figure``, ``table``, ``map``) leaves no
trace there: a cell ends in the frame, the chart or the map that it made. Code that would come before the text it is for
stands folded after the figure or table that it makes, under one line, *Code of Figure 9.1*; one switch in the head of the
page (``book.js``) hides or shows all code.

Tags decide: a cell without one is shown; ``hide-input`` puts its code after the next figure or table; ``remove-input`` is
for cells that only present; ``hide-cell`` folds the solution of an exercise.
"""

from __future__ import annotations

import ast
from html import escape
from typing import Any

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.application import Sphinx

from gwr.words.language import translator

_ = translator(__name__)

PRESENTING = ("say", "figure", "table", "map")
"""Methods of a chapter that present what a cell has made."""

SOLUTION, FOLDED, PRESENTED = "hide-cell", "hide-input", "remove-input"

Cell = dict[str, Any]


def arrange(cells: list[Cell]) -> None:
    """Changes the code cells of a notebook, in place, into what the page shows of them.

    Raises:
        SyntaxError: the code of a cell is no Python.
    """
    waiting: list[str] = []  # code that has shown nothing yet
    for cell in cells:
        if cell["cell_type"] != "code" or SOLUTION in _tags(cell):
            continue
        source = "".join(cell["source"])
        hidden = bool({FOLDED, PRESENTED} & set(_tags(cell)))
        label = label_of(cell)
        if hidden:
            waiting.append(source)
            _set_tags(cell, [PRESENTED])
            if label:
                cell["outputs"].append(_code_of(label, "\n\n".join(waiting)))
        else:
            cell["source"] = without_presentation(source) or source
            if presents_only(source):  # a cell without code would lose what it shows
                _set_tags(cell, [PRESENTED])
            waiting.clear()
        if label:
            waiting.clear()


def label_of(cell: Cell) -> str:
    """The label of the figure or table that a cell shows, ``Figure 9.1``; empty if it shows none."""
    labels = (output.get("metadata", {}).get("gwr", {}).get("label", "") for output in cell["outputs"])
    return next(filter(None, labels), "")


def without_presentation(source: str) -> str:
    """Code without its presenting calls; a call at the end that shows a chart, map or frame leaves it as the last line.

    Raises:
        SyntaxError: it is no Python.
    """
    lines = source.splitlines()
    body = ast.parse(source).body
    for statement in reversed(body):
        call = _presenting(statement)
        if call is None:
            continue
        shown: list[str] = []
        if statement is body[-1] and call.func.attr != "say" and call.args:  # type: ignore[attr-defined]
            shown = (ast.get_source_segment(source, call.args[0]) or "").splitlines()
        lines[statement.lineno - 1 : statement.end_lineno] = _dedented(shown)
    return "\n".join(lines).strip("\n")


def presents_only(source: str) -> bool:
    """Whether a cell does nothing but present.

    Raises:
        SyntaxError: it is no Python.
    """
    return all(_presenting(statement) is not None for statement in ast.parse(source).body)


def _presenting(statement: ast.stmt) -> ast.Call | None:
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return None
    on_chapter = isinstance(call.func.value, ast.Name) and call.func.value.id == "chapter"
    return call if on_chapter and call.func.attr in PRESENTING else None


def _dedented(lines: list[str]) -> list[str]:
    """The lines of an argument that began in a call, moved to the margin as far as the second line allows."""
    rest = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    by = max(min(rest) - 4, 0) if rest else 0
    return lines[:1] + [line[by:] for line in lines[1:]]


def _code_of(label: str, source: str) -> Cell:
    title = escape(_("Code of {label}").format(label=label))
    code = highlight(source, PythonLexer(), HtmlFormatter(wrapcode=False))
    html = f'<details class="gwr-code"><summary>{title}</summary>\n<div class="highlight-ipython3 notranslate">{code}</div></details>'
    return {"output_type": "display_data", "data": {"text/html": html, "text/plain": title}, "metadata": {}}


def _tags(cell: Cell) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def _set_tags(cell: Cell, tags: list[str]) -> None:
    cell["metadata"] = {**cell["metadata"], "tags": tags}


def offer_switch(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tells the template ``code.html`` whether a page shows code, and what its switch says."""
    if doctree is not None and any("cell_input" in part["classes"] for part in doctree.findall(nodes.container)):
        context["code_switch"] = {"hide": _("Hide the code"), "show": _("Show the code")}


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", offer_switch, priority=400)  # before the theme drops templates that show nothing
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
