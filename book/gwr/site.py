"""Builds the site so that the last good one stays in place until the new one is whole.

Sphinx works in ``_build/work``; only a finished site is moved to ``_build/html``. A build that was stopped half-way leaves a
mark, and the next one then starts with an empty work folder, because a page half written looks finished to Sphinx.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from gwr.notebooks import all_notebooks, run_all
from gwr.paths import ROOT

BUILD = ROOT / "_build"
WORK = BUILD / "work"
SITE = BUILD / "html"
UNFINISHED = BUILD / "unfinished"


class SiteError(RuntimeError):
    """The site could not be built; its reasons have been printed."""


def build() -> Path:
    """Runs the notebooks that changed, builds the site and puts it in place; returns its folder.

    Raises:
        NotebookError: a cell raised.
        SiteError: Sphinx failed or warned.
        OSError: the disk is full or may not be written; the last good site is still in place.
    """
    restore(SITE)
    for path, _, ran in run_all(all_notebooks()):
        if ran:
            print(f"    ran {path.name}", flush=True)
    if UNFINISHED.exists():
        shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    UNFINISHED.touch()
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
    return SITE


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
