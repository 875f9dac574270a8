"""Builds the site so that the last good one stays in place until the new one is whole, and not at all if it is current.

Sphinx works in ``_build/work``; only a finished site is moved to ``_build/html``. A build that was stopped half-way leaves a
mark, and the next one then starts with an empty work folder, because a page half written looks finished to Sphinx.

Beside the finished site stands what it was made from and what it consists of, as two hashes over contents. Only if both
are still true is there nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from gwr.notebooks import all_notebooks, run_all
from gwr.paths import BOOK, DATA, GEO, ROOT

BUILD = ROOT / "_build"
WORK = BUILD / "work"
SITE = BUILD / "html"
UNFINISHED = BUILD / "unfinished"
BUILT = BUILD / "built.json"

_BY_THE_WAY = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
"""Files and folders that tools leave among the sources."""

class SiteError(RuntimeError):
    """The site could not be built; its reasons have been printed."""


def build() -> Path:
    """Builds the site and puts it in place, unless it is there and current; returns its folder.

    Raises:
        NotebookError: a cell raised.
        SiteError: Sphinx failed or warned.
        OSError: the disk is full or may not be written; the last good site is still in place.
    """
    restore(SITE)
    sources = digest_of_sources()
    if is_current(sources):
        print("    nothing has changed since the last build", flush=True)
        return SITE
    for path, _, ran in run_all(all_notebooks()):
        if ran:
            print(f"    ran {path.name}", flush=True)
    if UNFINISHED.exists():
        shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    UNFINISHED.touch()
    # In one process: Sphinx forks for more, and what draws the charts has threads by then, so that the copies would hang.
    tool = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [tool, "build", ROOT, "--path-output", WORK, "-W", "--keep-going", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        raise SiteError("Sphinx did not build the site; a warning counts as an error")
    put_in_place(WORK / "_build" / "html", SITE)
    UNFINISHED.unlink()
    if digest_of_sources() == sources:  # else somebody wrote a file meanwhile, and the next build has to look at it
        remember(sources)
    return SITE


def remember(sources: str) -> None:
    """Notes that the site as it stands was made from these sources."""
    BUILT.write_text(json.dumps({"sources": sources, "site": digest_of_site()}), encoding="utf-8")


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


def put_in_place(built: Path, site: Path) -> None:
    """Copies ``built`` beside ``site``, then changes the two in two renames."""
    new, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(built, new)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def restore(site: Path) -> None:
    """Brings the last good site back if a build was stopped between the two renames."""
    old = site.with_name(f"{site.name}.old")
    if old.exists() and not site.exists():
        old.rename(site)
