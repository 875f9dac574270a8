"""What is done to the pages after Sphinx has written them: one list of steps, each page read once and written once.

Sphinx leaves the pages of each edition in a folder of its own and finds them there, untouched, at the next build. Every build
makes the whole site from them anew, so that no page depends on which pages were written before.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gwr.errors import SiteError
from gwr.site.permalinks import read_redirects
from gwr.site.sphinx.edition_notes import EditionNotes, read_edition_notes
from gwr.site.sphinx.head import write_page_lists
from gwr.site.sphinx.language_marks import mark_languages
from gwr.site.sphinx.light_pages import (
    defer_scripts,
    link_merged_styles,
    merge_styles,
    move_heavy_maps,
    sheets_of,
    words_in_use,
)
from gwr.site.sphinx.policy import what_would_run, with_policy
from gwr.site.sphinx.redirects import redirect_pages
from gwr.site.sphinx.shared_files import share_files, with_shared_files
from gwr.site.sphinx.social import lay_out_cards
from gwr.site.sphinx.static_files import drop_unused_files, patch_scripts, subset_icon_font
from gwr.site.sphinx.theme_faults import fetched_from_elsewhere, mend_theme_faults
from gwr.site.sphinx.whole_numbers import keep_numbers_whole


@dataclass
class Edition:
    """An edition on its way from the folder of Sphinx into the site.

    Attributes:
        raw: where Sphinx has written it.
        folder: where it goes.
        notes: what Sphinx knows of it.
        sheets: the style sheets that Sphinx gives its pages.
        styles: the version of the one style sheet that takes their place.
        shared: the static files that it takes from the root of the site.
    """

    raw: Path
    folder: Path
    notes: EditionNotes
    sheets: list[str] = field(default_factory=list)
    styles: str = ""
    shared: frozenset[str] = frozenset()

    def scripts_of(self, page: str) -> Sequence[str]:
        """The hashes of the scripts in the maps of a page."""
        return self.notes.scripts.get(page.removesuffix(".html"), ())

    @property
    def static(self) -> Path:
        """The folder of its scripts and styles."""
        return self.folder / "_static"


Step = Callable[[str, str, Edition], str]
"""Takes the HTML of a page, its path in the edition and the edition; returns the HTML."""

FIRST_STEPS: tuple[Step, ...] = (
    lambda html, page, edition: mend_theme_faults(html, edition.notes.language),
    lambda html, page, edition: keep_numbers_whole(html),
    lambda html, page, edition: defer_scripts(html),
    lambda html, page, edition: mark_languages(html, edition.notes.language),
)
"""Done to every page before the styles and the icon font are cut down to what the pages use."""


def _link_styles(html: str, page: str, edition: Edition) -> str:
    return link_merged_styles(html, page, edition.styles) if sheets_of(html, page) == edition.sheets else html


LAST_STEPS: tuple[Step, ...] = (
    _link_styles,
    lambda html, page, edition: with_policy(html, edition.scripts_of(page)),
    lambda html, page, edition: move_heavy_maps(html, page, edition.folder),
    lambda html, page, edition: with_shared_files(html, edition.shared),
)
"""Done when the styles are made; then the page is written."""


def finish_site(built: Mapping[str, Path], site: Path, downloads: Path) -> None:
    """Makes the site from what Sphinx has written.

    Args:
        built: the folder of Sphinx for each language; the first one goes to the root of the site, each other into a folder
            named after its language.
        site: the folder to make.
        downloads: the files for the page of downloads, which all editions link to.

    Raises:
        SiteError: a page would run a script that is not ours or fetch from another host, a redirect leads nowhere, or the
            theme is not the one known.
        OSError: the disk is full or may not be written.
    """
    for language, raw in built.items():
        root = language == next(iter(built))
        edition = Edition(raw, site if root else site / language, read_edition_notes(raw))
        copy_files(edition)
        if root:
            shutil.copytree(downloads, edition.folder / "downloads")
        pages = first_pass(edition)
        if root:
            own = [page for page in pages if page.removesuffix(".html") in edition.notes.titles]
            write_page_lists(edition.folder, edition.notes.address, own)
        else:
            edition.shared = share_files(site / "_static", edition.static)
        for page, html in pages.items():
            for step in LAST_STEPS:
                html = step(html, page, edition)
            (edition.folder / page).write_text(html, encoding="utf-8", newline="\n")


def copy_files(edition: Edition) -> None:
    """Copies everything but the pages and what only Sphinx needs; draws the cards."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        inside = Path(folder).relative_to(edition.raw).parts
        if inside[:1] == ("_static",):
            return set()
        pages = {name for name in names if name.endswith(".html")}
        if inside[:1] == ("_sources",):  # those of pages that are gone stay behind
            above = "/".join(inside[1:])
            pages |= {
                name for name in names if "." in name and f"{above}/{name.split('.')[0]}" not in edition.notes.titles
            }
        return pages | {".buildinfo"}  # which tells Sphinx alone how it was configured

    shutil.copytree(edition.raw, edition.folder, ignore=left_out)
    drop_unused_files(edition.static)
    patch_scripts(edition.static)
    lay_out_cards(edition.folder, edition.notes.titles, edition.notes.name)


def first_pass(edition: Edition) -> dict[str, str]:
    """The pages after :data:`FIRST_STEPS`, by their paths; with their styles and icons made.

    Raises:
        SiteError: a page would run a script that is not ours or fetch from another host, or a redirect leads nowhere.
    """
    pages = raw_pages(edition)
    foreign: list[str] = []
    running: list[str] = []
    for page, html in pages.items():
        for step in FIRST_STEPS:
            html = step(html, page, edition)
        pages[page] = html
        foreign += [f"{page}: {tag}" for tag in fetched_from_elsewhere(html)]
        running += [f"{page}: {what}" for what in what_would_run(html, edition.scripts_of(page))]
    if running:
        raise SiteError(
            "these pages would run what is not ours:\n"
            + "\n".join(sorted(set(running)))
            + "\nTo do: find the text in the "
            "notebook, table or catalogue. If it is a new version of the theme that writes the script, read it and add it to "
            "THEME_SCRIPTS in book/gwr/site/sphinx/policy.py"
        )
    if foreign:
        raise SiteError("these pages fetch from another host:\n" + "\n".join(sorted(set(foreign))))
    pages |= redirect_pages(read_redirects(), frozenset(pages), edition.notes.language)
    subset_icon_font(edition.static, pages.values())
    edition.sheets = next(filter(None, (sheets_of(html, page) for page, html in pages.items())))
    words = words_in_use(edition.static, pages.values())
    edition.styles = merge_styles(edition.folder, edition.sheets, words, edition.raw.parent / "styles")
    return pages


def raw_pages(edition: Edition) -> dict[str, str]:
    """The pages as Sphinx has written them, without those that libraries bring along and those of an earlier book."""
    pages = {}
    for file in sorted(edition.raw.rglob("*.html")):
        page = file.relative_to(edition.raw).as_posix()
        if page.startswith("_static/") or ("/" in page and page.removesuffix(".html") not in edition.notes.titles):
            continue
        pages[page] = file.read_text(encoding="utf-8")
    return pages
