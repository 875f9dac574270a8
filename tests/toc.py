"""Which pages the book has, in both editions."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
_TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
ENGLISH = [_TOC["root"], *(chapter["file"] for part in _TOC["parts"] for chapter in part["chapters"])]
CHINESE = [f"zh/{page}" for page in ENGLISH]
PAGES = [*ENGLISH, *CHINESE]
