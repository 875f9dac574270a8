"""The size and the font of the pictures for social media; needs no library of drawing."""

from __future__ import annotations

from gwr.paths import BOOK

TITLE_FONT = BOOK / "static" / "fonts" / "NotoSansSC-titles.otf"
WIDTH, HEIGHT = 1200, 630  # pixels, as social media show them
