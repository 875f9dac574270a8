"""What ``make`` says: its list of commands, and what to do when a port is taken."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_make_help_names_every_command():
    done = subprocess.run([sys.executable, ROOT / "make.py", "help"], capture_output=True, text=True, check=True)
    for task in ("book", "test", "pdf", "serve", "lab", "notebooks", "clean"):
        assert f"make {task}" in done.stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("make book") < readme.index("make test") < readme.index("python3 make.py book")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_serve_says_what_to_do_when_the_port_is_taken(site):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as taken:
        port = taken.server_address[1]
        done = subprocess.run(
            ["make", "serve", f"PORT={port}", f"PYTHON={sys.executable}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert f"port {port} is taken" in done.stderr and "PORT=" in done.stderr
