"""One build at a time in one tree: the second one says so, waits, and then finds little to do.

The lock belongs to the process, not to the file: the system lets it go when the process ends, however it ends, so what a
killed build has left behind never stops the next one. The number of the process stands in the file for the message alone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.2  # seconds between two tries
_AT = 1 << 20  # the locked byte, beyond the text, because Windows lets nobody read what is locked

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(file: int) -> bool:
        os.lseek(file, _AT, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_to_lock(file: int) -> bool:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _AT)  # unlike flock, not handed on to child processes
        except (BlockingIOError, PermissionError):
            return False
        return True


@contextmanager
def build_lock(path: Path, say: Callable[[str], None]) -> Iterator[bool]:
    """Holds the lock ``path`` while the block runs, waiting for it as long as another process holds it.

    Args:
        path: a file, made with its folder if it is missing, and left there.
        say: called with a sentence if another process holds the lock.

    Yields:
        Whether it had to wait.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        waited = False
        while not _try_to_lock(file):
            if not waited:
                say(f"another build (process {_holder(path)}) is at work in this folder; waiting for it to end")
            waited = True
            time.sleep(_PAUSE)
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, str(os.getpid()).encode())
        yield waited
    finally:
        os.close(file)  # which lets the lock go


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii") or "unknown"
    except OSError:
        return "unknown"
