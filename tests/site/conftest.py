"""A small book that is built once, and put back as it was for each test that breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from copies import SmallBook, make_small_book


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallBook, Path]:
    """The small book, built from nothing, and the place of a copy of it. (Sphinx begins anew in another folder.)"""
    book = make_small_book(tmp_path_factory.mktemp("small_book"))
    book.must_build()
    kept = tmp_path_factory.mktemp("kept") / "book"
    shutil.copytree(book.folder, kept)
    return book, kept


@pytest.fixture
def small_book(built_once: tuple[SmallBook, Path]) -> SmallBook:
    """The small book, built and current, in the same folder for each test; its tests run in one process, one by one."""
    book, kept = built_once
    shutil.rmtree(book.folder)
    shutil.copytree(kept, book.folder)
    return book
