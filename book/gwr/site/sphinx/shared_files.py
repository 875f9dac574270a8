"""Editions take the scripts and styles that are the same in all of them from the root of the site.

So the browser fetches each of them once, whichever languages are read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container
from pathlib import Path

_SHARED = re.compile(r'(<(?:script|link|img)\b[^>]*?\b(?:src|href)=")((?:\.\./)*)_static/([^"?#]+)')
_URL = re.compile(r"url\(\s*([\"']?)(?!data:|#|/|[a-z]+:)([^)\"'?#]+)([^)\"']*)\1\s*\)")
_OWN = ("leaflet/", "cards/", "maps/")  # looked for beside the page by the maps; named by their whole address


def share_files(common: Path, own: Path) -> frozenset[str]:
    """Removes from an edition's static folder what is the same at the root; returns the names of these files.

    Args:
        common: the static folder at the root of the site.
        own: that of the edition.
    """
    names = [file.relative_to(own).as_posix() for file in own.rglob("*") if file.is_file()]
    same = frozenset(
        name
        for name in names
        if not name.startswith(_OWN)
        and (common / name).is_file()
        and (common / name).read_bytes() == (own / name).read_bytes()
    )
    for name in same:
        (own / name).unlink()
    for sheet in own.rglob("*.css"):
        _share_what_it_names(sheet, own, common, same)
    for emptied in sorted((path for path in own.rglob("*") if path.is_dir()), reverse=True):
        if not any(emptied.iterdir()):
            emptied.rmdir()
    return same


def with_shared_files(html: str, shared: Container[str]) -> str:
    """The page of an edition in a folder below the root, with its links to ``shared`` leading to the root."""

    def point(found: re.Match[str]) -> str:
        up = "../" if found[3] in shared else ""
        return f"{found[1]}{up}{found[2]}_static/{found[3]}"

    return _SHARED.sub(point, html)


def _share_what_it_names(sheet: Path, own: Path, common: Path, same: Container[str]) -> None:
    """Has a style sheet of an edition take fonts and pictures from the root of the site."""

    def point(found: re.Match[str]) -> str:
        quote, name, rest = found.groups()
        inside = os.path.relpath(sheet.parent / name, own).replace(os.sep, "/")
        if inside not in same:
            return found[0]
        return f"url({quote}{os.path.relpath(common / inside, sheet.parent).replace(os.sep, '/')}{rest}{quote})"

    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(_URL.sub(point, text), encoding="utf-8", newline="\n")
