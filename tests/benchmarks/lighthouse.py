#!/usr/bin/env python3
"""Lighthouse's scores (mobile preset) of every page of the built site, served compressed, as a table.

    npm install --prefix FOLDER lighthouse
    python tests/benchmarks/lighthouse.py FOLDER [--runs 3] [--site _build/html] [page …]

Each page gets the median of its runs. The last column is the first contentful paint beside that of a plain page, the
general index, which has the same theme and no content. Ends with 1 if a score is below its limit.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PLAIN = "genindex.html"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends text compressed and lets the browser keep it, as static hosts do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        kind, body = self.guess_type(path), path.read_bytes()
        self.send_response(200)
        if not kind.startswith(("font/", "image/png")):
            body = compressed(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@functools.cache
def compressed(body: bytes) -> bytes:
    return gzip.compress(body)


def run(tool: Path, address: str, browser: str) -> dict:
    """One run of Lighthouse; its report."""
    command = [tool, address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}", "--only-categories=" + ",".join(LIMITS)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": browser}, check=False)
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
    everything = (page.relative_to(args.site).as_posix() for page in sorted(args.site.glob("**/book/*.html")))
    pages = [PLAIN, *(args.pages or everything)]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(args.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'page':36}" + "".join(f"{name[:6]:>8}" for name in LIMITS) + "   FCP s  LCP s  TBT ms    CLS")
    low, plain = [], 0.0
    for page in pages:
        reports = [run(tool, f"http://127.0.0.1:{server.server_address[1]}/{page}", browser) for _ in range(args.runs)]
        scores = {
            name: statistics.median(round(100 * (report["categories"][name]["score"] or 0)) for report in reports)
            for name in LIMITS
        }
        fcp, lcp, tbt, cls = (
            statistics.median(report["audits"][name]["numericValue"] for report in reports)
            for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
        )
        plain = plain or fcp
        print(
            f"{page:36}" + "".join(f"{scores[name]:8.0f}" for name in LIMITS)
            + f"{fcp / 1000:8.2f}{lcp / 1000:7.2f}{tbt:8.0f}{cls:7.3f}{fcp - plain:+8.0f} ms", flush=True)  # fmt: skip
        bad = page != PLAIN and [name for name, limit in LIMITS.items() if scores[name] < limit]
        if bad:
            low.append(page)
        for text in losses(reports[-1]):
            print(f"    {text}")
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{Path(page).stem}.json").write_text(json.dumps(reports[-1]), encoding="utf-8")
    server.shutdown()
    print(f"{len(pages) - 1 - len(low)} of {len(pages) - 1} pages reach every limit")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
