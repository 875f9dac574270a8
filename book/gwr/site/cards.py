"""Pictures of pages for social media: what stands on them, in which font, and where they are kept.

Drawn by :mod:`gwr.site.card_drawing`, which needs the libraries of charts and maps; a build that has all its cards does not load them.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import nbformat
import yaml

from gwr.paths import BOOK, ROOT
from gwr.site.card_format import TITLE_FONT
from gwr.words.language import messages

_DRAWING = Path(__file__).with_name("card_drawing.py")


def titles() -> list[str]:
    """The title of every page in every language, and the book's."""
    known = messages("book", "zh")
    book = str(yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"])
    found = [book, known.get(book, book)]
    for path in sorted((*BOOK.glob("*.ipynb"), *BOOK.glob("*.md"))):
        title = _title_of(path)
        found += [title, messages(f"pages/{path.stem}", "zh").get(title, title)]
    return found


def _title_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    heading = re.search(r"^# +(.+)$", text, re.MULTILINE)
    return heading[1].strip() if heading else ""


def characters() -> str:
    """Every character that a card of this book may need: ASCII, the everyday ones (GB 2312, level 1), and those of all titles."""
    ascii_ = map(chr, range(0x20, 0x7F))
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    everyday = (pair.decode("gb2312", errors="ignore") for pair in rows)
    return "".join(sorted(set("".join((*titles(), *ascii_, *everyday, "–—’“”…·，。、：；！？（）《》")))))


def kept_card(title: str, book: str, folder: Path) -> Path:
    """The card of :func:`gwr.site.card_drawing.draw_card` as a file in ``folder``, drawn once for each title, book, font and version of the look."""
    parts = (title, book, version("matplotlib"), _DRAWING.read_text(encoding="utf-8"), _digest_of_font())
    file = folder / f"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}.png"
    if not file.exists():
        from gwr.site.card_drawing import draw_card

        folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(draw_card(title, book))
        part.replace(file)
    return file


@lru_cache(maxsize=1)
def _digest_of_font() -> str:
    return hashlib.sha256(TITLE_FONT.read_bytes()).hexdigest()
