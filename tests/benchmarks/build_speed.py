#!/usr/bin/env python3
"""How long the book takes to build, beside `jupyter nbconvert --execute` on the same notebooks one after another.

    python tests/benchmarks/build_speed.py

First for all notebooks, those of both editions: nbconvert, a cold build of the whole site, a build with nothing changed, and one
with one notebook changed. Then how it grows with the number of chapters, for one edition: nbconvert, the book's own runner, and
Sphinx with the outputs ready. All in one run, in a temporary copy of the project, so that they meet the same machine; where
others use its processors too, trust the ratios and not the seconds.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
GOALS = {"cold": 1 / 2, "unchanged": 1 / 10, "one changed": 1 / 4}  # of nbconvert's, of cold's, of cold's
LEFT_OUT = shutil.ignore_patterns("_build", ".*", "__pycache__", "tests")
SIZES = (0, 7, 14, 22)
"""Numbers of chapters; the pages of reference, which chapters link to, are always there."""


class Seconds(NamedTuple):
    """By the clock, and of the processors with those of all processes started; the latter hardly change with the load."""

    clock: float
    work: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s ({self.work:.1f} s of work)"


def seconds(command: list[str | Path], folder: Path) -> Seconds:
    began, before = time.perf_counter(), os.times()
    env = {**os.environ, "PYTHONPATH": str(folder / "book")}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}\n{done.stderr}")
    after = os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return Seconds(time.perf_counter() - began, work)


def total(parts: list[Seconds]) -> Seconds:
    return Seconds(sum(part.clock for part in parts), sum(part.work for part in parts))


def change(path: Path) -> None:
    """Adds a code cell, so that the notebook has to run again."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": "changed", "metadata": {}, "execution_count": None, "outputs": []}
    notebook["cells"].append({**cell, "source": ["print('changed')"]})
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def parts_of(folder: Path, chapters: int) -> list[Path]:
    """The notebooks of reference and of the first chapters."""
    notebooks = sorted((folder / "book").glob("*.ipynb"))
    numbered = [path for path in notebooks if path.name[0].isdigit()]
    return [path for path in notebooks if path not in numbered[chapters:]]


def contents_of(toc: str, notebooks: list[Path]) -> str:
    """The table of contents without the chapters that are left out."""
    names = {path.stem for path in notebooks}
    listed = (re.search(r"- file: book/(\d\w*)", line) for line in toc.splitlines())
    kept = [line for line, page in zip(toc.splitlines(), listed, strict=True) if not page or page[1] in names]
    return re.sub(r"  - caption: .*\n    chapters:\n(?!      )", "", "\n".join([*kept, ""]))


def fresh(folder: Path) -> None:
    """Forgets everything that was built."""
    shutil.rmtree(folder / "_build", ignore_errors=True)


def main() -> None:
    site = [sys.executable, "-m", "gwr", "site"]
    sphinx = Path(sys.executable).with_name("jupyter-book")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "book"
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        write = "from gwr.site.editions import OTHERS, write_edition\nfor other in OTHERS:\n    write_edition(other)"
        seconds([sys.executable, "-c", write], folder)
        shutil.copytree(folder / "_build" / "zh" / "book", folder / "translated")
        notebooks = sorted((folder / "book").glob("*.ipynb"))
        out = ["--output-dir", folder / "_build" / "converted"]
        convert = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", *out]
        each = [seconds([*convert, path], folder) for path in notebooks]
        others = [seconds([*convert, path], folder) for path in sorted((folder / "translated").glob("*.ipynb"))]
        fresh(folder)
        taken = {"nbconvert": total(each + others), "cold": seconds(site, folder), "unchanged": seconds(site, folder)}
        growth = []
        toc = (folder / "_toc.yml").read_text(encoding="utf-8")
        slow = dict(zip(notebooks, each, strict=True))
        for size in SIZES:
            some = parts_of(folder, size)
            shutil.move(folder / "_build" / "notebooks", folder / "kept")
            fast = seconds([*site[:-1], "notebooks", *some], folder)
            shutil.rmtree(folder / "_build" / "notebooks")
            shutil.move(folder / "kept", folder / "_build" / "notebooks")
            (folder / "_toc.yml").write_text(contents_of(toc, some), encoding="utf-8")
            # Without -W: chapters that are left out are missed by links.
            pages = seconds(
                [sphinx, "build", folder, "--path-output", folder / "_build" / str(size), "--quiet"], folder
            )
            growth.append((size, total([slow[path] for path in some]), fast, pages))
        (folder / "_toc.yml").write_text(toc, encoding="utf-8")
        change(notebooks[0])
        taken["one changed"] = seconds(site, folder)
    print(f"{len(each) + len(others)} notebooks: " + ", ".join(f"{what} {value}" for what, value in taken.items()))
    for what, goal in GOALS.items():
        base = taken["nbconvert" if what == "cold" else "cold"]
        clock, work = taken[what].clock / base.clock, taken[what].work / base.work
        met = "met" if clock <= goal else "missed"
        print(
            f"    {what} / {'nbconvert' if what == 'cold' else 'cold'}: {clock:.2f} ({work:.2f} of the work), goal {goal:.2f} {met}"
        )
    for size, one_by_one, fast, pages in growth:
        print(
            f"{size:3} chapters: nbconvert {one_by_one}; the book's runner {fast}; Sphinx with the outputs ready {pages}"
        )


if __name__ == "__main__":
    main()
