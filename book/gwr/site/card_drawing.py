"""Pictures of pages for social media: the title in large letters, the book's name, and the district's outline.

Drawn with matplotlib from a small Chinese font of its own, so that they are the same on every system; see
``geo/build_font.py``.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from PIL import Image

from gwr.analysis.geography import METRIC, subdistricts
from gwr.site.card_format import HEIGHT, TITLE_FONT, WIDTH

GROUND, LAND, EDGE, INK, KEY = "#f7f9fb", "#e6eef4", "#c9dae6", "#1b2027", "#1f6fa8"
_LEFT, _RIGHT = 90, 1110  # where the words begin and end
_LARGEST, _SMALLEST = 76, 44  # pixels of the title's letters
_BAND = Outline([(0, 0), (14, 0), (14, HEIGHT), (0, HEIGHT), (0, 0)], closed=True)
_COLOURS = 48
_CHINESE_PART = re.compile(
    r"^(?P<english>[^\u3400-\u9fff]*[A-Za-z][^\u3400-\u9fff]*\S)\s+(?P<chinese>\d*[\u3400-\u9fff].*)$"
)
_BREAK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+")
_CLOSING = "，。、：；！？）》”’"


def draw_card(title: str, book: str) -> bytes:
    """A card as a PNG picture of 1200 by 630 pixels, the same bytes each time.

    Args:
        title: the page's title. In an English one that ends in Chinese, the Chinese stands by itself below.
        book: the book's name, at the foot; left out where it is the title.

    A character that the font lacks is left out.
    """
    parts = _CHINESE_PART.match(title)
    main, second = (parts["english"], parts["chinese"]) if parts else (title, "")
    main, second = _known(main), _known(second)
    with mpl.rc_context({"text.antialiased": True, "path.simplify": False}):
        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=GROUND)
        _paint(figure, _district(), facecolor=LAND, edgecolor=EDGE, linewidth=1.5)
        _paint(figure, _BAND, facecolor=KEY, linewidth=0)
        size, lines = _fitted(main)
        at = 110.0 + size
        for line in lines:
            _write(figure, line, at, size, INK)
            at += 1.25 * size
        if second:
            _write(figure, second, at + 14, min(52, size * _fraction(second, size)), KEY)
        if _known(book) != _known(title):
            _write(figure, _known(book), HEIGHT - 64, 34, INK)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="rgba", dpi=100)
    return _png(buffer.getvalue())


def _png(pixels: bytes) -> bytes:
    picture = Image.frombytes("RGBA", (WIDTH, HEIGHT), pixels).convert("RGB")
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, format="PNG", compress_level=9)
    return buffer.getvalue()


def _paint(figure: Figure, outline: Outline, **look: Any) -> None:
    """Paints a shape whose coordinates are pixels from the upper left corner."""
    figure.add_artist(PathPatch(outline, transform=Affine2D().scale(1, -1).translate(0, HEIGHT), **look))


def _write(figure: Figure, text: str, baseline: float, size: float, colour: str) -> None:
    letters = _outline(text, size)
    moved = Outline(letters.vertices * (1, -1) + (_LEFT, baseline), letters.codes)
    _paint(figure, moved, facecolor=colour, linewidth=0)


def _outline(text: str, size: float) -> TextPath:
    return TextPath((0, 0), text, size=size, prop=FontProperties(fname=str(TITLE_FONT)))


def _width(text: str, size: float) -> float:
    """In pixels, near enough to break lines by."""
    return size * sum(_unit_width(piece) for piece in _BREAK.findall(text))


@lru_cache(maxsize=512)
def _unit_width(piece: str) -> float:
    """The width of a word, a Chinese letter or a space by the size of the letters."""
    if piece.isspace():
        return 0.25 * len(piece)
    return float(_outline(piece, 100).vertices[:, 0].max()) / 100 if piece.isascii() else float(len(piece))


def _fraction(text: str, size: float) -> float:
    """By how much letters of this size have to shrink for the text to fit on a line; at most 1."""
    return min(1.0, (_RIGHT - _LEFT) / max(1.0, _width(text, size)))


def _fitted(text: str) -> tuple[float, list[str]]:
    """The size at which the text takes no more than three lines, and the lines."""
    for size in range(_LARGEST, _SMALLEST, -8):
        lines = _lines(text, size)
        if len(lines) <= 3:
            return size, lines
    return _SMALLEST, _lines(text, _SMALLEST)[:4]


def _lines(text: str, size: float) -> list[str]:
    lines = [""]
    for piece in _BREAK.findall(text):
        longer = lines[-1] + piece
        if lines[-1] and piece not in _CLOSING and _width(longer.rstrip(), size) > _RIGHT - _LEFT:
            lines.append(piece.lstrip())
        else:
            lines[-1] = longer
    return [line.strip() for line in lines if line.strip()]


def _known(text: str) -> str:
    glyphs = get_font(str(TITLE_FONT)).get_charmap()
    return " ".join("".join(letter for letter in text if letter.isspace() or ord(letter) in glyphs).split())


@lru_cache(maxsize=1)
def _district() -> Outline:
    """The district's outline, in the lower right half of the card."""
    ring = np.asarray(
        max(shapely.get_parts(subdistricts().to_crs(METRIC).union_all()), key=shapely.area).exterior.coords
    )
    (west, south), (east, _north) = ring.min(0), ring.max(0)
    scale = 760 / (east - west)
    return Outline(
        np.column_stack((WIDTH - 40 - (east - ring[:, 0]) * scale, HEIGHT - 30 - (ring[:, 1] - south) * scale)),
        closed=True,
    )
