"""Two builds at once in one tree: the second waits, says so, and a dead one holds up nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gwr.paths import BOOK
from gwr.site.build_lock import build_lock

pytestmark = pytest.mark.xdist_group("small_book")

HOLD = """\
import sys, time
from pathlib import Path
from gwr.site.build_lock import build_lock
with build_lock(Path(sys.argv[1]), print):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(lock: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that has the lock now, for some seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, lock, str(seconds)],
        env={**os.environ, "PYTHONPATH": str(BOOK)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_the_second_waits_and_says_for_whom(tmp_path):
    lock, said = tmp_path / "new" / "lock", []
    with hold(lock, 1) as other:
        began = time.monotonic()
        with build_lock(lock, said.append) as waited:
            assert waited and time.monotonic() - began > 0.3
    assert len(said) == 1 and f"process {other.pid}" in said[0]


def test_nobody_waits_for_one_that_has_ended_or_was_killed(tmp_path):
    lock, said = tmp_path / "lock", []
    with hold(lock, 600) as other:
        other.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        other.wait()
    for _ in range(2):
        with build_lock(lock, said.append) as waited:
            assert not waited
    assert said == [] and lock.read_text() == str(os.getpid())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_does_not_keep_the_lock(tmp_path):
    """The notebooks of a build run in forked processes, which may outlive it."""
    lock = tmp_path / "lock"
    with build_lock(lock, print):
        child = os.fork()
        if not child:
            time.sleep(30)
            os._exit(0)
    try:
        with hold(lock, 0):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_two_builds_at_once_give_one_whole_site(small_book):
    before = small_book.bytes()
    small_book.forget()
    first = small_book.start()
    second = small_book.start()
    results = [process.communicate(timeout=600) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], results
    waiting = [said for said, _ in results if "waiting for it to end" in said]
    assert len(waiting) == 1 and "nothing has changed" in waiting[0]
    assert small_book.bytes() == before
