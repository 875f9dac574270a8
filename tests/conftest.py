"""Shared by all tests: where the project is, a copy of it to break, and a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from gwr.site.browser import BROWSER_FLAGS, HOW_TO_GET_ONE, browser_path
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("_config.yml", "CITATION.cff", "LICENSE-DATA.md", "pyproject.toml", "requirements.txt")
NO_BROWSER = f"needs Chromium or Chrome, which is not on this machine. To run it: {HOW_TO_GET_ONE}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Skips with a hint where there is none, unless GWR_REQUIRE_BROWSER asks for it."""
    path = browser_path()
    if path is None:
        if os.environ.get("GWR_REQUIRE_BROWSER"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as ``make book`` builds it: any warning fails. Built once, also where several processes share the tests."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    result = shared / "site.txt"
    try:
        (shared / "site-is-being-built").mkdir()
    except FileExistsError:
        while not result.exists():  # another process builds it, and always says how that ended
            time.sleep(1)
    else:
        done = subprocess.run([sys.executable, "-m", "gwr", "site"], capture_output=True, text=True, check=False)
        unfinished = shared / "site.part"
        unfinished.write_text(
            "" if done.returncode == 0 else f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8"
        )
        unfinished.rename(result)
    trouble = result.read_text(encoding="utf-8")
    assert not trouble, trouble
    return ROOT / "_build" / "html"


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """The parts of the project that notebooks and the site need, in a folder of their own."""
    for name in ("book", "data", "geo"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests").mkdir()
    for name in (*COPIED, "tests/nbval_sanitize.cfg"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def two_pages(project_copy: Path) -> Path:
    """A copy of the project whose book has only the two pages that every book has: index and source."""
    for path in (project_copy / "book").glob("*.ipynb"):
        if path.stem not in ("index", "source"):
            path.unlink()
    toc = "format: jb-book\nroot: book/index\nchapters:\n  - file: book/source\n"
    (project_copy / "_toc.yml").write_text(toc, encoding="utf-8")
    return project_copy
