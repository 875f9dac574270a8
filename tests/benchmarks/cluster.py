"""A Dask cluster on this machine: a scheduler and some workers of one thread, each a process of its own as on other machines."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from distributed import Client

PATIENCE = 60
"""Seconds until scheduler and workers must have started."""


@contextlib.contextmanager
def local_cluster(folder: Path, count: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler's address and the workers' processes; all of them are ended at the end.

    Args:
        folder: where scheduler and workers keep their files.
        count: how many workers.

    Raises:
        TimeoutError: scheduler or workers did not start.
    """
    file = folder / "scheduler.json"
    with contextlib.ExitStack() as stack:
        _start(stack, folder, "dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(file))
        address = _address(file)
        workers = [
            _start(stack, folder, "dask_worker", address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
            for _ in range(count)
        ]
        with Client(address) as client:
            client.wait_for_workers(count, timeout=PATIENCE)
        yield address, workers


def _start(stack: contextlib.ExitStack, folder: Path, program: str, *args: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{program}", *args, "--no-dashboard"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder,
    )  # fmt: skip
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _address(file: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):  # not there, or half written
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        time.sleep(0.05)
    raise TimeoutError(f"{file}: the scheduler did not write its address within {PATIENCE} seconds")
