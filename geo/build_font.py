"""Builds a small Chinese font from Noto Sans SC, for the pictures of pages on social media.

Usage:
    python geo/build_font.py            write book/static/fonts/NotoSansSC-titles.otf and its licence
    python geo/build_font.py --check    change nothing; fail where a file differs

It has the 3,755 characters of everyday Chinese (GB 2312, level 1) and those of all titles, so a new title rarely needs it built
again; a test says when. Noto Sans SC is under the SIL Open
Font License 1.1, which allows subsets; the licence stands beside the font.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from builders_common import MissingPackage
from fontTools import subset
from fontTools.ttLib import TTFont
from gwr.site import cards
from gwr.site.card_format import TITLE_FONT

PACKAGE = "pylopdf-fonts-zh-cn"
LICENCE = TITLE_FONT.with_name("OFL.txt")


def build() -> dict[Path, bytes]:
    """The font and its licence, by their paths.

    Raises:
        MissingPackage: the package with the whole font is not installed.
    """
    if find_spec("pylopdf_fonts_zh_cn") is None:
        raise MissingPackage(f"{PACKAGE}==0.1.1", "Building the font")
    import pylopdf_fonts_zh_cn as whole

    made = {TITLE_FONT: _subset(TTFont(whole.sans_path(), recalcTimestamp=False), cards.characters())}
    terms = metadata.distribution(PACKAGE).read_text("licenses/LICENSE") or ""
    notice = TTFont(whole.sans_path())["name"].getDebugName(0) or ""
    return {**made, LICENCE: f"Noto Sans SC, a subset of its glyphs. {notice}\n\n{terms}".encode()}


def _subset(font: TTFont, text: str) -> bytes:
    options = subset.Options(
        layout_features=[],
        hinting=False,
        desubroutinize=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 5, 13, 14],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns 1 if the package is missing or, with ``--check``, a file differs."""
    check = "--check" in (sys.argv[1:] if arguments is None else arguments)
    try:
        files = build()
    except MissingPackage as error:
        print(f"font: failed. {error}", file=sys.stderr)
        return 1
    failed = False
    for path, content in files.items():
        same = path.is_file() and path.read_bytes() == content
        failed |= check and not same
        if not same and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print(f"{path.name}: {'unchanged' if same else 'DIFFERS' if check else 'written'}, {len(content)} bytes")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
