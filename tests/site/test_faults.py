"""Whatever stops a build (a kill, a full disk, a damaged cache), the last good site stays and the next build is whole."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 3
LAST = 0.9
"""Part of a whole build's time within which it is killed."""


@pytest.fixture
def tiny_book(two_pages: Path) -> Path:
    """A book of two pages, the first nearly empty."""
    index = two_pages / "book" / "index.ipynb"
    notebook = nbformat.read(index, as_version=4)
    notebook.cells = [nbformat.v4.new_markdown_cell("# A small book"), nbformat.v4.new_code_cell("1 + 1")]
    nbformat.write(notebook, index)
    return two_pages


def start(project: Path, before: str = "") -> subprocess.Popen[str]:
    """A build in a process group of its own; ``before`` is Python that runs first."""
    program = f"{before}\nimport sys; from gwr.__main__ import main; sys.argv = ['gwr', 'site']; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=project / "book",
        env={**os.environ, "PYTHONPATH": str(project / "book"), "SOURCE_DATE_EPOCH": "1640995200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(build: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code of a build and what it said of errors."""
    _, errors = build.communicate(timeout=600)
    return build.returncode, errors


def bytes_of(site: Path) -> dict[str, str]:
    """The hash of every file of a site."""
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
def test_a_build_killed_at_any_moment_gives_the_same_site_when_started_again(tiny_book):
    site = tiny_book / "_build" / "html"
    began = time.monotonic()
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    whole, seconds = bytes_of(site), time.monotonic() - began
    shutil.rmtree(tiny_book / "_build")
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}, {seconds:.1f} s for a whole build")
    moments = random.Random(seed)
    for _ in range(KILLS):
        wait = moments.uniform(0, LAST * seconds)
        build = start(tiny_book)
        time.sleep(wait)
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        print(f"killed after {wait:.1f} s")
        assert not site.exists() or bytes_of(site) == whole
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    again = bytes_of(site)
    assert {name for name in whole.keys() | again.keys() if whole.get(name) != again.get(name)} == set()


@pytest.mark.skipif(os.name == "nt", reason="needs resource limits")
def test_a_disk_that_takes_no_more_is_named_and_the_last_good_site_stays(tiny_book):
    site = tiny_book / "_build" / "html"
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    before = bytes_of(site)
    shutil.rmtree(tiny_book / "_build" / "work")
    (tiny_book / "_build" / "built.json").unlink()  # else there would be nothing to do
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    )
    code, errors = finish(start(tiny_book, limit))
    assert code == 1
    assert "File too large" in errors and "still in place" in errors
    assert bytes_of(site) == before
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    assert bytes_of(site) == before


READ_ONLY = """
import errno, os, sys
def refuse(event, arguments):
    writes = event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.utime")
    if event == "open" and isinstance(arguments[2], int):
        writes = bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    if writes and str(arguments[0]).startswith({folder!r}):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), arguments[0])
sys.addaudithook(refuse)
"""
"""Makes a folder look to Python as if it lay on a read-only disk; permissions would not bind root, nor Windows."""


def test_a_project_that_cannot_be_written_is_named_and_the_last_good_site_stays(tiny_book):
    site = tiny_book / "_build" / "html"
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    before = bytes_of(site)
    read_only = READ_ONLY.format(folder=str(tiny_book))
    code, errors = finish(start(tiny_book, read_only))
    assert code == 0, errors  # current, so there is nothing to write
    index = tiny_book / "book" / "index.ipynb"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("# A small book", "# Another book"), encoding="utf-8")
    code, errors = finish(start(tiny_book, read_only))
    assert code == 1
    assert f"{tiny_book}{os.sep}" in errors and os.strerror(errno.EROFS) in errors
    assert "permissions" in errors and "still in place" in errors and "Traceback" not in errors
    assert bytes_of(site) == before


def test_damaged_caches_are_made_again(tiny_book):
    site = tiny_book / "_build" / "html"
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    before = bytes_of(site)
    for kept in (tiny_book / "_build" / "notebooks").glob("*.json"):
        kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    environment = next((tiny_book / "_build" / "work").rglob("environment.pickle"))
    environment.write_bytes(environment.read_bytes()[:1000])
    code, errors = finish(start(tiny_book))
    assert code == 0, errors
    assert bytes_of(site) == before
