"""The built site in a browser: from the disk and over http."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from serving import serve
from watching import Watch


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def watch(request: pytest.FixtureRequest, site: Path, server: str, browser: Browser) -> Iterator[Watch]:
    """A tab in which nothing is known of other pages."""
    base = server if request.param == "http" else f"{site.as_uri()}/"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield Watch(context, base)
    context.close()
