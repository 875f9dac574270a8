#!/usr/bin/env python3
"""Lighthouse's scores (mobile preset) of every page of the built site, served compressed, as a table.

    npm install --prefix FOLDER lighthouse
    python tests/benchmarks/lighthouse.py FOLDER [--runs 3] [--site _build/html] [page …]

Each page gets the median of its runs. The last two columns are its first and its largest contentful paint beside those of
a plain page: one heading and one sentence, built by Jupyter Book with the same theme and no settings of ours. Ends with 1
if a score is below its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from serving import Compressing, serve  # noqa: E402 -- not installed

LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
PLAIN = {
    "index.md": "# A page\n\nOne sentence.\n",
    "_toc.yml": "format: jb-book\nroot: index\n",
    "_config.yml": "title: A book\n",
}
"""The files of a book of one page."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def build_plain(folder: Path) -> Path:
    """Builds the plain page; its site."""
    for name, text in PLAIN.items():
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", folder, "--quiet"], capture_output=True, check=True
    )
    return folder / "_build" / "html"


def run(tool: Path, address: str, browser: str) -> dict:
    """One run of Lighthouse; its report."""
    command = [
        tool,
        address,
        "--output=json",
        "--quiet",
        f"--chrome-flags={FLAGS}",
        "--only-categories=" + ",".join(LIMITS),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": browser}, check=False
    )
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr}")
    return json.loads(done.stdout)


def losses(report: dict) -> list[str]:
    """What costs points, the dearest first."""
    found = []
    for category in LIMITS:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            score = audit.get("score")
            if reference["weight"] and score is not None and score < 0.9:
                found.append((reference["weight"] * (1 - score), f"{audit['id']} {audit.get('displayValue', '')}"))
    return [text for _, text in sorted(found, reverse=True)]


def scores_of(reports: list[dict]) -> dict[str, float]:
    return {
        name: statistics.median(round(100 * (report["categories"][name]["score"] or 0)) for report in reports)
        for name in LIMITS
    }


def times_of(reports: list[dict]) -> list[float]:
    """What :data:`TIMES` names, in milliseconds but for the layout shift."""
    return [statistics.median(report["audits"][name]["numericValue"] for report in reports) for name in TIMES]


def line_of(page: str, scores: dict[str, float], times: list[float], plain: list[float]) -> str:
    fcp, lcp, tbt, cls = times
    points = "".join(f"{scores[name]:8.0f}" for name in LIMITS)
    beside = f"{fcp - plain[0]:+7.0f} {lcp - plain[1]:+7.0f} ms"
    return f"{page:36}{points}{fcp / 1000:8.2f}{lcp / 1000:7.2f}{tbt:8.0f}{cls:7.3f} {beside}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where Lighthouse is installed")
    parser.add_argument("pages", nargs="*", help="pages such as book/05_city_2021.html; all if left out")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--keep", type=Path, help="also write each page's last report into this folder")
    args = parser.parse_intermixed_args()
    tool = args.folder / "node_modules" / ".bin" / "lighthouse"
    browser = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not tool.exists() or not browser:
        sys.exit("needs Lighthouse ('npm install --prefix FOLDER lighthouse') and Chromium (or CHROME_PATH)")
    pages = args.pages or [page.relative_to(args.site).as_posix() for page in sorted(args.site.glob("**/book/*.html"))]
    print(
        f"{'page':36}"
        + "".join(f"{name[:6]:>8}" for name in LIMITS)
        + "   FCP s  LCP s  TBT ms    CLS  beside a plain page"
    )
    with tempfile.TemporaryDirectory() as name, serve(build_plain(Path(name)), Compressing) as address:
        reports = [run(tool, f"{address}index.html", browser) for _ in range(args.runs)]
        plain = times_of(reports)
        print(line_of("a plain page", scores_of(reports), plain, plain), flush=True)
    low = 0
    with serve(args.site, Compressing) as address:
        for page in pages:
            reports = [run(tool, f"{address}{page}", browser) for _ in range(args.runs)]
            scores = scores_of(reports)
            print(line_of(page, scores, times_of(reports), plain), flush=True)
            low += any(scores[name] < limit for name, limit in LIMITS.items())
            for text in losses(reports[-1]):
                print(f"    {text}")
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                file = args.keep / f"{page.removesuffix('.html').replace('/', '-')}.json"
                file.write_text(json.dumps(reports[-1]), encoding="utf-8")
    print(f"{len(pages) - low} of {len(pages)} pages reach every limit")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
