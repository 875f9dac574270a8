"""The system's own browser, for whatever needs one: the tests and the PDF. None is ever downloaded."""

from __future__ import annotations

import shutil
from pathlib import Path

HOW_TO_GET_ONE = (
    "install Google Chrome, or 'apt install chromium' on Debian and Ubuntu, 'brew install --cask chromium' on a Mac"
)

# Chromium then runs as root too, and looks up nothing on its own.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)


def browser_path() -> str | None:
    """Where Chromium, Chrome or Edge is on this machine; nothing if there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).exists()), None)
