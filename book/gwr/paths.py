"""Where the project keeps things. Every other module takes its folders from here."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
DATA = ROOT / "data"
GEO = ROOT / "geo"
BUILD = ROOT / "_build"
KEPT_DOWNLOADS = BUILD / "downloads"
REPORT_TEXT = DATA / "source" / "2022-taijiang-work-report.txt"
