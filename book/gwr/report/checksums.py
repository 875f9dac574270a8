"""Keeps the checksums of the data packages in step with the files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.paths import DATA, GEO


def unsealed(folder: Path) -> list[str]:
    """The names of the resources whose ``bytes`` or ``hash`` in ``folder/datapackage.json`` are not those of the file.

    Raises:
        DataError: a described file is missing.
    """
    return _compare(folder)[1]


def seal_faults(folder: Path) -> list[DataError]:
    """One fault for each file that was changed since its checksum was written.

    Raises:
        DataError: a described file is missing.
    """
    package, changed = _compare(folder)
    paths = {resource.get("name", resource["path"]): folder / resource["path"] for resource in package["resources"]}
    return [
        DataError(
            paths[name],
            f"the file was changed after its checksum was written to {folder.name}/datapackage.json",
            expected="bytes and sha256 that are those of the file, because readers check their copy with them",
            remedy="if the change is meant, run 'python -m gwr seal'; if not, bring the file back with git checkout",
        )
        for name in changed
    ]


def seal(folder: Path) -> list[str]:
    """Brings ``bytes`` and ``hash`` of each resource of ``folder/datapackage.json`` up to date.

    Returns:
        The names of the resources that had changed.

    Raises:
        DataError: a described file is missing; the descriptor is then left as it was.
    """
    package, changed = _compare(folder)
    if changed:
        path = folder / "datapackage.json"
        part = path.with_suffix(".part")
        part.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        part.replace(path)
    return changed


def _compare(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """The descriptor as it should be, and the names of the resources that it has wrong."""
    path = folder / "datapackage.json"
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    changed = []
    for resource in package["resources"]:
        file = folder / resource["path"]
        if not file.is_file():
            raise DataError(
                path,
                f"{resource['path']} is missing",
                expected="every described file",
                remedy="restore it with git checkout",
            )
        content = file.read_bytes()
        now = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        if any(resource.get(key) != value for key, value in now.items()):
            resource.update(now)
            changed.append(resource.get("name", resource["path"]))
    return package, changed


def seal_all() -> list[str]:
    """Seals both packages; returns the names of the resources that had changed."""
    return seal(DATA) + seal(GEO)
