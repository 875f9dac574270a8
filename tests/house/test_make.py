"""What ``make`` says: its list of commands, and what to do when a port is taken."""

from __future__ import annotations

import argparse
import http.server
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_make_help_names_every_command():
    done = subprocess.run([sys.executable, ROOT / "make.py", "help"], capture_output=True, text=True, check=True)
    for task in ("book", "check", "test", "pdf", "serve", "lab", "notebooks", "clean"):
        assert f"make {task}" in done.stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert (
        readme.index("make book")
        < readme.index("make check")
        < readme.index("make test")
        < readme.index("python3 make.py book")
    )


@pytest.fixture
def make(tmp_path: Path) -> ModuleType:
    """``make.py`` in a folder of its own, with a site of one page, and with this Python as its environment."""
    for name in ("make.py", "Makefile"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").touch()
    spec = importlib.util.spec_from_file_location("make_in_a_test", tmp_path / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PYTHON = Path(sys.executable)
    return module


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_serve_says_what_to_do_when_the_port_is_taken(make):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as taken:
        port = taken.server_address[1]
        done = subprocess.run(
            ["make", "serve", f"PORT={port}", f"PYTHON={sys.executable}"],
            cwd=make.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert f"port {port} is taken" in done.stderr and "PORT=" in done.stderr


GOOD, BAD = ("-c", "print('fine')"), ("-c", "import sys; sys.exit('a comma is missing')")


@pytest.mark.parametrize(
    ("checks", "tests", "failed"),
    [
        ({"style": GOOD, "types": GOOD}, 0, ""),
        ({"style": BAD, "types": GOOD}, 0, "style"),
        ({"style": GOOD, "types": GOOD}, 1, "tests"),
        ({"style": BAD, "types": BAD}, 1, "style, types, tests"),
    ],
)
def test_whatever_is_not_right_is_named_and_shown(make, monkeypatch, capfd, checks, tests, failed):
    asked = []
    monkeypatch.setattr(make, "CHECKS", checks)
    monkeypatch.setattr(make, "run", lambda *command: asked.append(command) or tests)
    if failed:
        with pytest.raises(make.Failure, match=f"not right: {failed}\\."):
            make.run_checks("tests")
    else:
        make.run_checks("tests")
    assert asked[0][1:3] == ("-m", "pytest")
    assert ("a comma is missing" in capfd.readouterr().out) == (BAD in checks.values())


def test_style_types_and_data_are_asked_by_check_and_by_test(make, monkeypatch):
    assert [arguments[1:] for arguments in make.CHECKS.values()] == [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("gwr", "check"),
        ("mypy",),
    ]
    asked = []
    monkeypatch.setattr(make, "set_up", lambda tests: asked.append(tests))
    monkeypatch.setattr(make, "run_checks", lambda *tests: asked.append(tests))
    args = argparse.Namespace(rest=["-x"])
    make.check(args)
    make.test(args)
    assert asked == [True, ("-m", "not slow", "tests", "-x"), True, ("--nbval", "-rs", "-x")]


def test_a_lock_is_installed_once_and_again_when_it_changes(make, monkeypatch):
    first, second = make.LOCKS
    for lock in (*make.LOCKS, make.ROOT / "pyproject.toml"):
        lock.write_text("a==1", encoding="utf-8")
    make.VENV.mkdir()
    installed = []
    monkeypatch.setattr(make, "run", lambda *command: installed.append(command[-1]) or 0)
    monkeypatch.setattr(make, "install_gwr", lambda: None)
    monkeypatch.setattr(make, "ROOM_NEEDED", 0)
    make.set_up()
    make.set_up(tests=True)
    make.set_up(tests=True)
    assert installed == [first, second]
    second.write_text("a==2", encoding="utf-8")
    make.set_up()
    make.set_up(tests=True)
    assert installed == [first, second, second]
