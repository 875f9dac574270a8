"""The command line: ``python -m gwr COMMAND``; ``python -m gwr --help`` lists the commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gwr.errors import DataError


def check(_: argparse.Namespace) -> int:
    """check every table and say how many rows there are"""
    from gwr.tables import load_tables

    tables = load_tables()
    print(", ".join(f"{name} {len(rows)}" for name, rows in tables.items()))
    return 0


def notebooks(args: argparse.Namespace) -> int:
    """run the notebooks and store their outputs in the files"""
    from gwr.notebooks import NotebookError, all_notebooks, run_all, store

    paths = [Path(name).resolve() for name in args.paths] or all_notebooks()
    try:
        for path, outputs, ran in run_all(paths):
            changed = store(path, outputs)
            print(f"{path.name}: {'run' if ran else 'up to date'}{', outputs changed' if changed else ''}", flush=True)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def site(_: argparse.Namespace) -> int:
    """build the site into _build/html"""
    from gwr.notebooks import NotebookError
    from gwr.site import SiteError, build

    try:
        print(f"built {build()}")
    except (NotebookError, SiteError, OSError) as error:
        print(f"{error}\nThe site was not built; the last good one, if any, is still in place.", file=sys.stderr)
        return 1
    return 0


def seal(_: argparse.Namespace) -> int:
    """bring the checksums in the two datapackage.json up to date"""
    from gwr.packages import seal_all

    print(", ".join(seal_all()) or "nothing had changed")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m gwr")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("check", help=check.__doc__).set_defaults(task=check)
    commands.add_parser("seal", help=seal.__doc__).set_defaults(task=seal)
    commands.add_parser("site", help=site.__doc__).set_defaults(task=site)
    run = commands.add_parser("notebooks", help=notebooks.__doc__)
    run.add_argument("paths", nargs="*", help="notebooks to run; all if left out")
    run.set_defaults(task=notebooks)
    args = parser.parse_args()
    try:
        return int(args.task(args))
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
