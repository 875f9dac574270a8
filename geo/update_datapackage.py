"""Writes sha256 and size of every file into ``datapackage.json`` (Frictionless ``hash`` and ``bytes``).

Usage:
    python geo/update_datapackage.py            after a file has changed on purpose
    python geo/update_datapackage.py --check    change nothing; fail where a file differs from its descriptor
    python geo/update_datapackage.py data       the same for another package
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

GEO = Path(__file__).resolve().parent


def described(folder: Path) -> dict[str, Any]:
    """The descriptor of the package in ``folder``, with ``hash`` and ``bytes`` as the files now are.

    Raises:
        FileNotFoundError: a described file is missing.
    """
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        resource["hash"] = f"sha256:{hashlib.sha256(raw).hexdigest()}"
        resource["bytes"] = len(raw)
    return package


def update(folder: Path, *, check: bool = False) -> bool:
    """Bring the descriptor up to date (or only compare it); True if it was so already.

    Raises:
        FileNotFoundError: a described file is missing.
    """
    path = folder / "datapackage.json"
    text = json.dumps(described(folder), ensure_ascii=False, indent=2) + "\n"
    same = path.read_text(encoding="utf-8") == text
    if not same and not check:
        path.write_text(text, encoding="utf-8", newline="\n")
    return same


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns 1 if a file is missing or, with ``--check``, differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[GEO], help="folders of data packages")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a file differs")
    options = parser.parse_args(arguments)
    failed = False
    for folder in options.folders:
        try:
            same = update(folder, check=options.check)
        except FileNotFoundError as error:
            print(f"{error.filename}: described, but missing", file=sys.stderr)
            failed = True
            continue
        outcome = "unchanged" if same else "DIFFERS from the files" if options.check else "written"
        print(f"{folder.name}/datapackage.json: {outcome}")
        failed |= options.check and not same
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
