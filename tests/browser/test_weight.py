"""Pages are light: the bytes of a first visit, and of the next page read."""

from __future__ import annotations

import statistics

import pytest
from playwright.sync_api import Page
from serving import Compressing, serve
from toc import ENGLISH, PAGES

AT_A_TIME = 8
"""Pages loaded side by side, because the end of a load is half a second in which nothing comes."""


def count_bytes(tab: Page) -> list[float]:
    """A list that grows by the transferred size of each file."""
    sizes: list[float] = []
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


@pytest.mark.browser
def test_pages_are_light(site, browser):
    """Compressed as a web server does; nothing is watched but the sizes, for watching would switch the browser's cache off."""
    first: dict[str, float] = {}
    following: list[float] = []
    with serve(site, Compressing) as base:
        for pages in (PAGES[at : at + AT_A_TIME] for at in range(0, len(PAGES), AT_A_TIME)):
            tabs = [browser.new_context().new_page() for _ in pages]
            sizes = [count_bytes(tab) for tab in tabs]
            for page, tab in zip(pages, tabs, strict=True):
                tab.goto(f"{base}{page}.html", wait_until="commit")
            for page, tab, size in zip(pages, tabs, sizes, strict=True):
                tab.wait_for_load_state("networkidle")
                first[page] = sum(size)
                tab.context.close()
        reader = browser.new_context()
        tab = reader.new_page()
        size = count_bytes(tab)
        for page in ENGLISH:  # as one reads; the Chinese pages load the same files
            size.clear()
            tab.goto(f"{base}{page}.html", wait_until="networkidle")
            following.append(sum(size))
        reader.close()
    print("\n".join(f"{size / 1000:7.1f} kB {page}" for page, size in first.items()))
    assert min(first.values()) > 20_000  # all was counted
    assert statistics.median(first.values()) <= 350_000
    assert max(first.values()) <= 900_000
    assert statistics.median(following[1:]) <= 60_000
