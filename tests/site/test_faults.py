"""Whatever stops a build (a kill, a full disk, a damaged cache), the last good site stays and the next build is whole."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from copies import SmallBook, differing

pytestmark = pytest.mark.xdist_group("small_book")


def moments(book: SmallBook) -> Iterator[tuple[str, Path, float]]:
    """When a build is worth killing; what has just appeared on the disk then; how many seconds it takes longer at least."""
    build = book.folder / "_build"
    yield "while the notebooks run", build / "notebooks" / "source.json", 0.3
    yield "while Sphinx reads", build / "unfinished", 1.0
    yield "while Sphinx writes", build / "work" / "en" / "_build" / "html" / "book" / "source.html", 0.3
    yield "while the editions are put together", build / "html.new", 0.02


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
def test_a_build_killed_at_any_moment_gives_the_same_site_when_started_again(small_book):
    """Killed in each of its phases, a little after it began; each kill finds what the one before has left."""
    whole = small_book.bytes()
    small_book.forget()
    for kept in (small_book.folder / "_build" / "notebooks").iterdir():
        kept.unlink()
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    delay = random.Random(seed)
    for moment, sign, longest in moments(small_book):
        sign.unlink(missing_ok=True)
        build = small_book.start()
        while not sign.exists():
            assert build.poll() is None, f"the build ended before there was {sign}"
            time.sleep(0.01)
        time.sleep(delay.uniform(0, longest))
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        assert build.returncode == -signal.SIGKILL, f"too late: {moment}"
        site = small_book.site if small_book.site.exists() else small_book.site.with_name("html.old")
        assert differing(SmallBook.bytes_of(site), whole) == [], moment
    small_book.must_build()
    assert differing(small_book.bytes(), whole) == []


@pytest.mark.skipif(os.name == "nt", reason="needs resource limits")
def test_a_disk_that_takes_no_more_is_named_and_the_next_build_starts_afresh(small_book):
    before = small_book.bytes()
    small_book.forget()
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    )
    code, _, errors = small_book.build(limit)
    assert code == 1
    assert "File too large" in errors and "still in place" in errors
    assert differing(small_book.bytes(), before) == []
    half = small_book.folder / "_build" / "work" / "en" / "_build" / "html" / "book" / "source.html"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_text("half a pa", encoding="utf-8")  # newer than its source, so Sphinx would keep it
    small_book.must_build()
    assert differing(small_book.bytes(), before) == []


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


def test_a_project_that_cannot_be_written_is_named_and_the_last_good_site_stays(small_book):
    before = small_book.bytes()
    read_only = READ_ONLY.format(folder=str(small_book.folder))
    code, _, errors = small_book.build(read_only)
    assert code == 0, errors  # current, so there is nothing to write
    small_book.append("print('a new line')")
    code, _, errors = small_book.build(read_only)
    assert code == 1
    assert f"{small_book.folder}{os.sep}" in errors and os.strerror(errno.EROFS) in errors
    assert "permissions" in errors and "still in place" in errors and "Traceback" not in errors
    assert differing(small_book.bytes(), before) == []


def test_damaged_caches_are_made_again(small_book):
    before = small_book.bytes()
    small_book.forget()
    for kept in (small_book.folder / "_build" / "notebooks").glob("*.json"):
        kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    environment = next((small_book.folder / "_build" / "work").rglob("environment.pickle"))
    environment.write_bytes(environment.read_bytes()[:1000])
    said = small_book.must_build()
    assert "ran index.ipynb" in said and "ran source.ipynb" in said
    assert differing(small_book.bytes(), before) == []
