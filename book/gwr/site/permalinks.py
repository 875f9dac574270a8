"""Addresses that others may have noted down: which there are, and where they lead when a page moves.

``tests/permalinks.txt`` lists every public address of the site; ``book/redirects.csv`` says where the pages
are that have moved. Addresses are relative to an edition's folder, so one list holds for every edition.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from gwr.errors import DataError, SiteError
from gwr.paths import BOOK, ROOT

PERMALINKS = ROOT / "tests" / "permalinks.txt"
REDIRECTS = BOOK / "redirects.csv"
REDIRECT_COLUMNS = ["old_page", "new_page"]
MOST_MOVES = 10
"""An address that moves more often than this is taken for a circle."""

_ID = re.compile(r"<([a-z][a-z0-9]*)\b[^>]*?\sid=\"([^\"]+)\"[^>]*>")
_LISTED = re.compile(r"[cmp]\d{3}|e\d{2}|(fig|tab|data)-[a-z0-9-]+|term-.+")
_PARTS = ("-caption", "-filter")
"""Anchors made from ids of the tables and names of figures and tables, but not of their parts (nor of parts of pictures)."""
_HEADER = "# Public addresses; never remove a line. `python -m gwr permalinks` adds new ones, book/redirects.csv moves pages.\n"
MOVED_MARK = '<meta name="gwr-moved" content="yes">'
"""In the head of a page that only leads to another one."""


@dataclass(frozen=True)
class Redirect:
    """A line of ``redirects.csv``: two pages without ending (``book/05_city_2021``)."""

    old_page: str
    new_page: str


def all_ids(html: str) -> set[str]:
    """Every anchor of a page."""
    return {unescape(found) for _, found in _ID.findall(html)}


def public_ids(html: str) -> set[str]:
    """The anchors of a page that are addresses: its sections, its rows, figures, tables and terms."""
    found = {(tag, unescape(name)) for tag, name in _ID.findall(html)}
    listed = {name for _, name in found if _LISTED.fullmatch(name) and not name.endswith(_PARTS)}
    return listed | {name for tag, name in found if tag == "section"}


def pages_of(folder: Path) -> list[Path]:
    """The pages of an edition that belong to the book, in order."""
    return sorted((folder / "book").glob("*.html"))


def public_addresses(folder: Path) -> set[str]:
    """Every public address of the edition built in ``folder``, relative to it: ``book/source.html#c001``."""
    addresses = set()
    for page in pages_of(folder):
        html = page.read_text(encoding="utf-8")
        if is_redirect(html):
            continue
        name = page.relative_to(folder).as_posix()
        addresses |= {name} | {f"{name}#{anchor}" for anchor in public_ids(html)}
    return addresses


def is_redirect(html: str) -> bool:
    """Whether this page only leads to another one."""
    return MOVED_MARK in html


def read_list(path: Path = PERMALINKS) -> set[str]:
    """The addresses noted so far."""
    if not path.exists():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def write_list(addresses: set[str], path: Path = PERMALINKS) -> None:
    """Writes the list, in order."""
    path.write_text(_HEADER + "".join(f"{line}\n" for line in sorted(addresses)), encoding="utf-8", newline="\n")


def read_redirects(path: Path = REDIRECTS) -> list[Redirect]:
    """The lines of ``redirects.csv``; none if there is no such file.

    Raises:
        DataError: a column is missing, a page is named wrongly, or an address is moved twice.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != REDIRECT_COLUMNS:
            raise DataError(
                path, f"columns {reader.fieldnames}", expected=str(REDIRECT_COLUMNS), remedy="mend the header"
            )
        rows = [Redirect(**row) for row in reader]
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        for column, page in (("old_page", row.old_page), ("new_page", row.new_page)):
            if not re.fullmatch(r"book/\w+", page):
                raise DataError(
                    path,
                    repr(page),
                    row=number,
                    column=column,
                    expected="a page such as book/05_city_2021",
                    remedy="name the page without '.html'",
                )
        before = seen.setdefault(row.old_page, number)
        if before != number:
            raise DataError(
                path,
                f"{row.old_page} stands in row {before} too",
                row=number,
                expected="one line for each old page",
                remedy="delete one of the two",
            )
    return rows


def follow_redirects(page: str, redirects: Sequence[Redirect]) -> str:
    """Where an old page is in the end.

    Raises:
        SiteError: the redirects lead in a circle.
    """
    moves = {row.old_page: row.new_page for row in redirects}
    for _ in range(MOST_MOVES):
        if page not in moves:
            return page
        page = moves[page]
    raise SiteError(
        f"book/redirects.csv: the redirects of {page} lead in a circle. To do: let one of them name a page that is there"
    )


def broken(folder: Path, addresses: set[str], redirects: Sequence[Redirect]) -> list[str]:
    """The addresses that lead nowhere in the edition built in ``folder``, in order."""
    ids = {page.relative_to(folder).as_posix(): all_ids(page.read_text(encoding="utf-8")) for page in pages_of(folder)}

    def works(address: str) -> bool:
        page, _, anchor = address.partition("#")
        if page not in ids:
            return False
        found = ids.get(f"{follow_redirects(page.removesuffix('.html'), redirects)}.html")
        return found is not None and (not anchor or unquote(anchor) in found)

    return sorted(address for address in addresses if not works(address))


def update_permalinks(folder: Path, path: Path = PERMALINKS) -> tuple[list[str], list[str]]:
    """Adds the new addresses of the edition in ``folder`` to the list; returns those, and those that lead nowhere."""
    noted = read_list(path)
    new = public_addresses(folder) - noted
    if new:
        write_list(noted | new, path)
    return sorted(new), broken(folder, noted, read_redirects())
