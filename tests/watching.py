"""A browser tab that notes whatever goes wrong in it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page


class Watch:
    """A tab of a browser that is cut off from other hosts, and what went wrong in it: the list ``trouble``."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.trouble: list[str] = []
        self.base = base
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"script error: {error.stack or error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)

    def _request(self, request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self.trouble.append(f"another host: {request.url}")

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before the file had come
            self.trouble.append(f"failed: {request.url}")

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"console: {message.text}")
