"""Every public function and class of the helper package says what it is for."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from gwr.analysis.audit_checks import OWN

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "book" / "gwr"
UNSAID = {"setup"}
"""Sphinx asks every extension for this function and says what it does."""

SAID_BY_SPHINX = {
    "SearchEnglishAndChinese",
    "split",
    "init",
    "word_filter",
    "dump_search_index",
    "index_page",
    "get_type_name",
    "get_objects",
}
"""What the site's search overrides of classes of Sphinx, which document it."""

WITHOUT = {
    "extract.score: Score.precision",
    "extract.score: Score.recall",
    "extract.score: Score.f1",
    "site.sphinx.edition_notes: write_edition_notes",
    "site.sphinx.executed: swap_outputs",
    "site.sphinx.glossary_terms: visit_term",
    "site.sphinx.glossary_terms: depart_term",
    "site.sphinx.head: Book.year",
    "site.sphinx.head: Book.short_title",
    "site.sphinx.provenance: forget_uses",
    "site.sphinx.provenance: merge_uses",
}
"""What has none yet; nothing may be added here."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def with_a_sentence_in_the_decorator(node: Definition) -> bool:
    """A rule of the tables is said by its decorator: ``@rule("no two numerals overlap")``."""
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "rule" and call.args for call in calls)


def undocumented(body: list[ast.stmt], owner: str = "") -> Iterator[str]:
    """The public definitions of a module or class that have no docstring; what stands inside a function is not looked at."""
    for node in body:
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not with_a_sentence_in_the_decorator(node):
            yield owner + node.name
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{node.name}.")


def checks() -> set[str]:
    """The functions that compute a check: ``data/checks.csv`` has their question, formula and comment."""
    with (ROOT / "data" / "checks.csv").open(encoding="utf-8", newline="") as file:
        return {
            OWN[row["check_id"]].__name__ for row in csv.DictReader(file) if row["test"] == "own" and row["question"]
        }


def test_every_public_function_and_class_has_a_docstring():
    known, missing = checks(), []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for name in undocumented(ast.parse(path.read_text(encoding="utf-8")).body):
            last = name.rpartition(".")[2]
            by_sphinx = room.startswith("site.sphinx") and last in UNSAID | SAID_BY_SPHINX
            if not by_sphinx and not (room == "analysis.audit_checks" and name in known):
                missing.append(f"{room}: {name}")
    assert set(missing) - WITHOUT == set()


def test_what_has_no_docstring_is_found():
    code = """
def said(): "For this."
def unsaid():
    def inside(): pass
def _own(): pass
@rule("no two overlap")
def a_rule(): pass
class Thing:
    def method(self): pass
"""
    assert list(undocumented(ast.parse(code).body)) == ["unsaid", "Thing", "Thing.method"]
