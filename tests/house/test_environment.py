"""``make.py`` finds out that its folder was moved or copied, and what it cannot do it says plainly."""

from __future__ import annotations

import errno
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def make(tmp_path: Path) -> ModuleType:
    """The commands as a module, for a project in ``tmp_path``."""
    copy = tmp_path / "make.py"
    copy.write_bytes((ROOT / "make.py").read_bytes())
    spec = importlib.util.spec_from_file_location("make_of_test", copy)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    package = tmp_path / "book" / "gwr"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    module.PYTHON = Path(sys.executable)
    return module


def run(make: ModuleType, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, make.ROOT / "make.py", *arguments], capture_output=True, text=True, check=False
    )


def pip_that_links(make: ModuleType, monkeypatch: pytest.MonkeyPatch, target: Path | None) -> list[str]:
    """Has what pip would do, point Python to a folder, done by a variable; the list gets what was asked of it."""
    asked: list[str] = []

    def pip(*command: object, env: object = None) -> int:
        asked.append(" ".join(map(str, command)))
        if target:
            monkeypatch.setenv("PYTHONPATH", str(target))
        return 0

    monkeypatch.setattr(make, "run", pip)
    return asked


def test_a_folder_that_was_moved_or_copied_gets_its_own_package(make, monkeypatch, tmp_path, capsys):
    other = tmp_path / "the original" / "book"
    (other / "gwr").mkdir(parents=True)
    (other / "gwr" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(other))
    assert make.where_gwr_is() == other / "gwr"
    make.VENV.mkdir()
    make.stamp(make.LOCKS[0]).touch()
    asked = pip_that_links(make, monkeypatch, tmp_path / "book")
    make.install_gwr()
    assert "--editable" in asked[0] and str(tmp_path) in asked[0] and "--no-index" in asked[0]
    assert "moved or copied" in capsys.readouterr().out
    make.install_gwr()
    assert len(asked) == 1  # all is well, so there is nothing to do


def test_a_package_that_comes_from_elsewhere_all_the_same_is_named(make, monkeypatch, tmp_path):
    other = tmp_path / "other"
    (other / "gwr").mkdir(parents=True)
    (other / "gwr" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(other))
    pip_that_links(make, monkeypatch, None)
    with pytest.raises(make.Failure, match="PYTHONPATH"):
        make.install_gwr()


def test_a_path_with_a_dollar_is_named(make, monkeypatch, tmp_path):
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / "a$b").mkdir(exist_ok=True)
        (tmp_path / "a$b" / name).touch()
    monkeypatch.setattr(make, "ROOT", tmp_path / "a$b")
    with pytest.raises(make.Failure, match=r"has a \$.*Rename"):
        make.set_up()


@pytest.mark.parametrize("port", ["80000", "0", "-1"])
def test_a_port_that_is_none_is_named(make, port):
    (make.SITE).mkdir(parents=True)
    (make.SITE / "index.html").touch()
    done = run(make, "serve", "--port", port)
    assert done.returncode == 1 and f"no port {port}" in done.stderr and "Traceback" not in done.stderr


def test_clean_takes_all_or_nothing_and_says_which(make, monkeypatch, tmp_path, capsys):
    make.SITE.mkdir(parents=True)
    (make.SITE / "index.html").touch()

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    with monkeypatch.context() as read_only:
        read_only.setattr(Path, "rename", refuse)
        read_only.setattr(sys, "argv", ["make.py", "clean"])
        assert make.main() == 1
    said = capsys.readouterr()
    assert "Read-only file system" in said.err and "permissions" in said.err and "removed" not in said.out
    assert (make.SITE / "index.html").exists()
    done = run(make, "clean")
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.glob("_build*"))
    assert run(make, "clean").returncode == 0  # nothing there is no failure
