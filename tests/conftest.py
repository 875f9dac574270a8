"""Shared by all tests: the order in which they run, a copy of the project to break, the site, and a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from copies import copy_project
from gwr.site.browser import BROWSER_FLAGS, HOW_TO_GET_ONE, browser_path
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
NO_BROWSER = f"needs Chromium or Chrome, which is not on this machine. To run it: {HOW_TO_GET_ONE}"
CUT_OFF = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
"""No name leads anywhere but to this machine, so nothing can come from another host."""

SLOW_FIXTURES = {"browser", "site", "project_copy", "small_book", "poisoned_book", "lab"}
"""A test that needs one of these takes seconds; ``make check`` leaves it out."""


@pytest.hookimpl(tryfirst=True)  # before xdist looks for groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is slow, keeps together what shares something dear, and puts the tests in an order that keeps all cores busy.

    The tests of a file, and the cells of a notebook, run in one process one after another, except where a test is marked
    ``spread``. What is slow and cannot be divided comes first; what can be divided fills the gaps; what is quick comes last.
    """
    for item in items:
        if item.path.suffix == ".ipynb" or SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
        if not item.get_closest_marker("spread") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    order = {"small_book": 0, "test_pdf": 1}  # the longest of all

    def rank(item: pytest.Item) -> tuple[bool, int]:
        group = item.get_closest_marker("xdist_group")
        return not item.get_closest_marker("slow"), order.get(group.args[0], 2) if group else 3

    items.sort(key=rank)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Skips with a hint where there is none, unless GWR_REQUIRE_BROWSER asks for it."""
    path = browser_path()
    if path is None:
        if os.environ.get("GWR_REQUIRE_BROWSER"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*BROWSER_FLAGS, CUT_OFF])
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
            time.sleep(0.2)
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
    return copy_project(tmp_path)
