"""The helper package keeps its shape: imports run one way, and a name means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "book" / "gwr"
MODULES = sorted(PACKAGE.rglob("*.py"))

SHARED = {
    "setup": "Sphinx asks every extension for a function of this name",
}
"""Names that several modules have to define, and why."""


def test_imports_run_one_way(capsys):
    """As the contracts in ``pyproject.toml`` have it."""
    kept = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True)
    assert kept == 0, capsys.readouterr().out


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def test_no_two_modules_share_a_last_name():
    homes = defaultdict(list)
    for path in MODULES:
        if path.stem != "__init__":
            homes[path.stem].append(name_of(path))
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


def public_names(path: Path) -> Iterator[str]:
    """The functions, classes and constants that a module defines for others."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper()]
            case ast.AnnAssign(target=ast.Name(id=name)) if name.isupper():
                names = [name]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def test_a_public_name_means_one_thing():
    """The functions of the command line are not counted: they are named as the commands are."""
    homes = defaultdict(set)
    for path in MODULES:
        if path.name != "__main__.py":
            for name in public_names(path):
                homes[name].add(name_of(path))
    several = {name: sorted(modules) for name, modules in homes.items() if len(modules) > 1}
    assert {name: modules for name, modules in several.items() if name not in SHARED} == {}
    assert SHARED.keys() <= several.keys(), "an exception that nobody needs any more"


@pytest.mark.parametrize(
    ("source", "names"),
    [("def a(): ...\ndef _b(): ...", ["a"]), ("LIMIT = 1\nlower = 2\n_C = 3", ["LIMIT"]), ("X: int = 1", ["X"])],
)
def test_public_names_are_seen(tmp_path, source, names):
    path = tmp_path / "a.py"
    path.write_text(source, encoding="utf-8")
    assert list(public_names(path)) == names
