"""Builds the site so that the last good one stays in place until the new one is whole, and not at all if it is current.

Sphinx works in ``_build/work``, once for each edition, side by side; when all are written, :mod:`gwr.site.sphinx.finish` makes
the site of them, which is moved to ``_build/html``. A build that was stopped half-way leaves a mark, and the next one then
starts with an empty work folder, because a page half written looks finished to Sphinx.

Beside the finished site stands what it was made from and what it consists of, as two hashes over contents. Only if both
are still true is there nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from gwr.errors import SiteError
from gwr.paths import BOOK, BUILD, DATA, GEO, KEPT_DOWNLOADS, ROOT
from gwr.report.downloads import refresh_downloads
from gwr.report.tables import load_tables
from gwr.site.build_lock import build_lock
from gwr.site.editions import OTHERS, folder, how_to_run, write_edition
from gwr.site.notebooks import run_all
from gwr.words.language import LOCALES

WORK = BUILD / "work"
SITE = BUILD / "html"
UNFINISHED = BUILD / "unfinished"
BUILT = BUILD / "built.json"
LOCK = BUILD / "lock"

_BY_THE_WAY = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
"""Files and folders that tools leave among the sources."""


def build_site() -> Path:
    """Builds the site and puts it in place, unless it is there and current; returns its folder.

    Waits if another process builds in the same tree.

    Raises:
        NotebookError: a cell raised.
        SiteError: Sphinx failed or warned, or its pages are not as they should be.
        OSError: the disk is full or may not be written; the last good site is still in place.
    """
    sources = digest_of_sources()
    if not is_current(sources):  # else nothing is written, so that a tree on a read-only disk is no failure
        with build_lock(LOCK, say=lambda words: print(f"    {words}", flush=True)) as waited:
            restore(SITE)
            if waited:
                sources = digest_of_sources()
            if not is_current(sources):
                _build(sources)
                return SITE
    print("    nothing has changed since the last build", flush=True)
    return SITE


def _build(sources: str) -> None:
    from gwr.site.sphinx.finish import finish_site  # only here, because it needs a second that a current site does not

    began = time.monotonic()
    prepare_editions()
    refresh_downloads(load_tables(), KEPT_DOWNLOADS)
    print(f"    notebooks and downloads ready after {time.monotonic() - began:.1f} s", flush=True)
    if UNFINISHED.exists():
        shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    UNFINISHED.touch()
    run_sphinx()
    UNFINISHED.unlink()
    print(f"    pages written after {time.monotonic() - began:.1f} s", flush=True)
    built = {language: pages_by_sphinx(language) for language in LOCALES}
    put_in_place(SITE, lambda site: finish_site(built, site, KEPT_DOWNLOADS))
    print(f"    site finished after {time.monotonic() - began:.1f} s", flush=True)
    if digest_of_sources() == sources:  # else somebody wrote a file meanwhile, and the next build has to look at it
        remember(sources)


def remember(sources: str) -> None:
    """Notes that the site as it stands was made from these sources."""
    BUILT.write_text(json.dumps({"sources": sources, "site": digest_of_site()}), encoding="utf-8")


def prepare_editions() -> None:
    """Has the pages of every edition and the outputs of their notebooks ready, all editions at the same time.

    Raises:
        NotebookError: a cell raised.
        DataError: a table or a catalogue is not as it should be.
        SiteError: the system ended a process.
    """
    with ProcessPoolExecutor(len(LOCALES)) as pool:
        try:
            list(pool.map(prepare, LOCALES))
        except BrokenProcessPool:
            raise SiteError(
                "A process of the build was ended from outside. Does the machine have enough memory?"
            ) from None


def prepare(language: str) -> None:
    """Has the pages of an edition and the outputs of its notebooks ready."""
    if language in OTHERS:
        write_edition(language)
    share = math.ceil((os.cpu_count() or 1) / len(LOCALES))
    notebooks = sorted((folder(language) / "book").glob("*.ipynb"))
    for path, _, ran in run_all(notebooks, workers=share, **how_to_run(language)):
        if ran:
            print(f"    ran {path.name}{'' if language == 'en' else f' ({language})'}", flush=True)


def pages_by_sphinx(language: str) -> Path:
    """Where Sphinx writes the pages of an edition and finds them at the next build."""
    return WORK / language / "_build" / "html"


def run_sphinx() -> None:
    """Has Sphinx build every edition, all at the same time.

    Raises:
        SiteError: it failed or warned; its words have been printed.
    """
    for language in LOCALES:  # Sphinx copies what there is, but leaves what there was
        shutil.rmtree(pages_by_sphinx(language) / "_static", ignore_errors=True)
    # Not by its own script, which knows where the environment was when it was made.
    tool = [sys.executable, "-P", "-c", "from jupyter_book.cli.main import main; main()"]
    editions = {
        language: subprocess.Popen(
            [*tool, "build", folder(language), "--path-output", WORK / language, "-W", "--keep-going", "--quiet"],
            env={**os.environ, "GWR_LANGUAGE": language},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for language in LOCALES
    }
    words = {language: sphinx.communicate()[0] for language, sphinx in editions.items()}
    failed = [language for language, sphinx in editions.items() if sphinx.returncode]
    for language in failed:
        print(words[language], file=sys.stderr)
    if any(sphinx.returncode < 0 for sphinx in editions.values()):
        raise SiteError("Sphinx was ended from outside. Does the machine have enough memory?")
    if failed:
        raise SiteError(f"Sphinx did not build the site ({', '.join(failed)}); a warning counts as an error")


def is_current(sources: str) -> bool:
    """Whether the site was made from these very sources and is as it was made."""
    try:
        built = json.loads(BUILT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return SITE.is_dir() and bool(built == {"sources": sources, "site": digest_of_site()})


def digest_of_sources() -> str:
    """One hash over all the site is made from: the project's files, Python, its packages, and the project's variables."""
    files = [file for folder in (BOOK, DATA, GEO) for file in folder.rglob("*")]
    files += ROOT.iterdir()  # the configuration, the requirements, the licences
    wanted = (file for file in files if not _BY_THE_WAY.intersection(file.parts) and file.is_file())
    variables = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("GWR_"))
    return _digest(wanted, ROOT, [sys.version, *_packages(), *variables])


def digest_of_site() -> str:
    """One hash over the files of the finished site."""
    return _digest((file for file in SITE.rglob("*") if file.is_file()), SITE)


def _packages() -> list[str]:
    """The installed packages with their versions, as their folders are named."""
    folders = (Path(place) for place in sys.path if Path(place).is_dir())
    return sorted(found.name for folder in folders for found in folder.glob("*.dist-info"))


def _digest(files: Iterable[Path], above: Path, words: Iterable[str] = ()) -> str:
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        with file.open("rb") as content:
            digest.update(f"\0{file.relative_to(above).as_posix()}\0".encode())
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def put_in_place(site: Path, make: Callable[[Path], None]) -> None:
    """Has a new site made beside ``site``, then changes the two in two renames."""
    new, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    make(new)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def restore(site: Path) -> None:
    """Brings the last good site back if a build was stopped between the two renames."""
    old = site.with_name(f"{site.name}.old")
    if old.exists() and not site.exists():
        old.rename(site)
