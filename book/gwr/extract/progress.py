"""A progress bar for the command line (tqdm), on standard error and only where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def bar(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a bar that says how many of ``total`` are done and how long the rest will take."""
    from tqdm import tqdm

    yield from tqdm(items, total=total, unit="report", disable=not sys.stderr.isatty(), file=sys.stderr)
