#!/usr/bin/env python3
"""Everything one can do with the book, for any system that has Python 3.11 or newer: ``python3 make.py help``.

Uses the standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import errno
import functools
import hashlib
import http.server
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
"""What reading, running and building need; what the tests need besides."""
PACKAGE = ROOT / "book" / "gwr"
SITE = ROOT / "_build" / "html"
OLDEST = (3, 11)
ROOM_NEEDED = 2_000_000_000  # bytes: the environment takes about 1 GB, unpacking some more


class Failure(Exception):
    """Something the user can mend; the message says what and how."""


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    return subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **(env or {})})


def find_python() -> str:
    """A Python that is new enough: this one, or another on the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(14, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    version = ".".join(map(str, sys.version_info[:3]))
    raise Failure(f"Python {version} is too old. Install Python 3.11 or newer (python.org, or apt install python3.11).")


def set_up(tests: bool = False) -> None:
    """Creates the environment and installs the pinned requirements, those of the tests too if asked to, unless that is done."""
    missing = [lock for lock in LOCKS[: 1 + tests] if not is_installed(lock)]
    if missing and "$" in str(ROOT):
        raise Failure(f"the path {ROOT} has a $, which Python's build tools take for a variable. Rename the folder.")
    if missing and shutil.disk_usage(ROOT).free < ROOM_NEEDED:
        raise Failure(f"less than {ROOM_NEEDED // 10**9} GB free on this disk. Free some space and run this again.")
    if not PYTHON.exists():
        say("creating the environment in .venv")
        if run(find_python(), "-m", "venv", VENV):
            shutil.rmtree(VENV, ignore_errors=True)
            raise Failure("the environment could not be created. On Debian and Ubuntu: apt install python3-venv.")
    for lock in missing:
        say(f"installing what {lock.name} pins (about a minute; the only step that needs the network)")
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        # The list is complete, and pip before 23.3 does not see that a pinned package is the one asked for with an extra.
        if run(*pip, "--no-deps", "--require-hashes", "--requirement", lock):
            raise Failure(
                "the requirements could not be installed; pip's message stands above. Without network, connect once and "
                "run this again; behind a proxy or mirror, set it with 'pip config set global.index-url ADDRESS'."
            )
    install_gwr()
    for lock in missing:
        stamp(lock).write_text(digest(lock), encoding="utf-8")


def is_installed(lock: Path) -> bool:
    """Whether the environment has what a lock pins, as it stands now."""
    return PYTHON.exists() and stamp(lock).exists() and stamp(lock).read_text(encoding="utf-8") == digest(lock)


def stamp(lock: Path) -> Path:
    """Where it is noted that a lock was installed."""
    return VENV / f"installed-{lock.name}"


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def install_gwr() -> None:
    """Has the environment find the helper package in this very folder: it knows the one in which it was set up."""
    if where_gwr_is() == PACKAGE:
        return
    if stamp(LOCKS[0]).exists():
        say("this folder was moved or copied; setting up its helper package again")
    # Without network: setuptools is among the requirements.
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    if run(*pip, "--no-build-isolation", "--editable", ROOT):
        raise Failure("the helper package gwr could not be installed; pip's message stands above.")
    if (found := where_gwr_is()) != PACKAGE:
        raise Failure(
            f"Python finds the helper package gwr in {found or 'no folder'} and not in {PACKAGE}. "
            "Unset the variable PYTHONPATH, or remove .venv, and run this again."
        )


def where_gwr_is() -> Path | None:
    """The folder of the helper package as the environment finds it, if it does."""
    code = "from importlib.util import find_spec; found = find_spec('gwr'); print(found.origin if found else '')"
    found = subprocess.run(
        [PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Path(found.stdout.strip()).resolve().parent if found.stdout.strip() else None


def book(_: argparse.Namespace) -> None:
    """build the site into _build/html/"""
    set_up()
    say("checking the data")
    if run(PYTHON, "-m", "gwr", "check"):
        raise Failure("the data has an error; it is named above. Mend the cell and run this again.")
    say("running the notebooks that changed, and building the site")
    if run(PYTHON, "-m", "gwr", "site"):
        raise Failure("the site was not built; the reasons stand above (a warning counts as an error).")
    say(f"the book is ready: open {(SITE / 'index.html').relative_to(ROOT)}, or run 'make serve'")


CHECKS = {
    "style": ("-m", "ruff", "check", "."),
    "layout": ("-m", "ruff", "format", "--check", "."),
    "data": ("-m", "gwr", "check"),
    "types": ("-m", "mypy"),
}
"""What is asked of code and data before any test, as arguments of Python."""


def check(args: argparse.Namespace) -> None:
    """after each change: style, types, data, and the quick tests (ARGS="-k words" for some of them)"""
    set_up(tests=True)
    run_checks("-m", "not slow", "tests", *args.rest)


def test(args: argparse.Namespace) -> None:
    """all that must hold: the same, and every notebook, every page in a browser, builds and their faults"""
    set_up(tests=True)
    run_checks("--nbval", "-rs", *args.rest)


def run_checks(*tests: str) -> None:
    """Runs these tests on all cores and, beside them, the checks one after another; says what failed when all have ended."""
    # Tests that share something dear stay in one process, and run in the order that tests/conftest.py gives them.
    cores = ("-n", str(max(2, os.cpu_count() or 1)), "--dist", "loadgroup", "--no-loadscope-reorder")
    say(f"checking {', '.join(CHECKS)}, and running the tests")
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        failing = beside.submit(lambda: [name for name, arguments in CHECKS.items() if not passes(name, arguments)])
        tests_failed = run(PYTHON, "-m", "pytest", "-q", *cores, *tests)
        failed = [*failing.result(), *["tests"] * bool(tests_failed)]
    if failed:
        raise Failure(f"not right: {', '.join(failed)}. What is wrong stands above.")
    say("all is right")


def passes(name: str, arguments: tuple[str, ...]) -> bool:
    """Whether a check succeeds; what it says is shown only if it does not, and in one piece."""
    done = subprocess.run(
        [PYTHON, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(f"\n==> {name}: not right\n{done.stdout}", flush=True)
    return done.returncode == 0


def pdf(args: argparse.Namespace) -> None:
    """build the site, and print each edition into one PDF (--language for one of them)"""
    book(args)
    say("printing the book (some minutes)")
    if run(PYTHON, "-m", "gwr", "pdf", *args.rest):
        raise Failure("the PDF was not made; the reason stands above.")


def serve(args: argparse.Namespace) -> None:
    """show the built site at http://localhost:8000 (--port for another)"""
    if not 0 < args.port < 2**16:
        raise Failure(f"there is no port {args.port}. Choose one from 1024 to 65535, such as 8000.")
    if not (SITE / "index.html").exists():
        raise Failure("there is no site yet. Run 'make book' (or 'python3 make.py book') first.")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(SITE))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", args.port), handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise Failure(
            f"port {args.port} is taken. Stop the other program, or run 'make serve PORT={_free_port()}'."
        ) from None
    say(f"the book is at http://localhost:{args.port}/ (stop with Ctrl-C)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lab(_: argparse.Namespace) -> None:
    """open the notebooks in JupyterLab, to read, run and change them"""
    set_up()
    settings = ROOT / "_build" / "jupyter"
    ipython = ROOT / "_build" / "ipython"
    run(PYTHON, "-m", "gwr", "lab-settings", settings, "--ipython", ipython)
    path = os.pathsep.join(filter(None, (str(settings), os.environ.get("JUPYTER_CONFIG_PATH"))))
    run(
        PYTHON,
        "-m",
        "jupyterlab",
        "--notebook-dir",
        ROOT / "book",
        env={"JUPYTER_CONFIG_PATH": path, "IPYTHONDIR": str(ipython)},
    )


def notebooks(args: argparse.Namespace) -> None:
    """run every notebook and store its outputs (after a change of data or code)"""
    set_up()
    if run(PYTHON, "-m", "gwr", "notebooks", *args.rest):
        raise Failure("a notebook failed; see above. The notebooks that ran through are stored.")
    say("the outputs are stored in book/; look at them with 'git diff'")


def clean(_: argparse.Namespace) -> None:
    """remove the built site and its caches (not .venv)"""
    built, leaving = ROOT / "_build", ROOT / "_build.removed"  # renamed first, so that it goes as a whole or not at all
    if leaving.exists():
        shutil.rmtree(leaving)
    if built.exists():
        built.rename(leaving)
        shutil.rmtree(leaving)
    say("removed _build/")


def show_help(_: argparse.Namespace) -> None:
    """show this list"""
    for name, task in TASKS.items():
        print(f"  make {name:10} {task.__doc__}")


TASKS: dict[str, Callable[[argparse.Namespace], None]] = {
    "book": book,
    "check": check,
    "test": test,
    "pdf": pdf,
    "serve": serve,
    "lab": lab,
    "notebooks": notebooks,
    "clean": clean,
    "help": show_help,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make.py", description=__doc__)
    parser.add_argument("task", choices=TASKS, nargs="?", default="help")
    parser.add_argument("--port", type=int, default=8000)
    args, args.rest = parser.parse_known_args()
    try:
        TASKS[args.task](args)
    except Failure as failure:
        print(f"\nmake.py {args.task}: {failure}", file=sys.stderr)
        return 1
    except OSError as error:
        full = error.errno == errno.ENOSPC
        why = "the disk is full" if full else f"{error.filename or 'a file'}: {error.strerror or error}"
        remedy = "Free some space" if full else "Check the permissions and the disk"
        print(f"\nmake.py {args.task}: {why}. {remedy}, and run this again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nmake.py {args.task}: stopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
