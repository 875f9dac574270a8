"""Keeps the checksums of the data packages in step with the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.paths import DATA, GEO

HANDED_IN = "handed in"
"""What ``madeBy`` has for a reading."""


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
    resources = {_name(resource): resource for resource in package["resources"]}
    return [
        DataError(
            folder / resources[name]["path"],
            f"the file was changed after its checksum was written to {folder.name}/datapackage.json",
            expected="bytes and sha256 that are those of the file, because readers check their copy with them",
            remedy=_remedy(name, resources[name].get("madeBy")),
        )
        for name in changed
    ]


def _remedy(name: str, made_by: str | None) -> str:
    bring_back = "bring the file back with git checkout"
    if made_by is None:
        return f"if the change is meant, run 'python -m gwr seal'; if not, {bring_back}"
    if made_by == HANDED_IN:
        return f"a reading stays as it was handed in: {bring_back}; corrections.csv is for what is known better since"
    return f"no hand changes this table: run '{made_by}', then 'python -m gwr seal {name}', or {bring_back}"


def _name(resource: dict[str, Any]) -> str:
    return resource.get("name", resource["path"])


def seal(folder: Path, names: Collection[str] = ()) -> list[str]:
    """Brings ``bytes`` and ``hash`` of resources of ``folder/datapackage.json`` up to date.

    Tables that a command makes and readings as they were handed in (property ``madeBy``) are sealed only by name,
    so that a slip of the hand in them stays noticed.

    Args:
        folder: a data package.
        names: the resources to seal, whatever made them; empty for all that are written by hand.

    Returns:
        The names of the resources that were sealed anew.

    Raises:
        DataError: a described file is missing; the descriptor is then left as it was.
    """
    package, changed = _compare(folder)
    before = {_name(one): one for one in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]}
    for resource in package["resources"]:
        name = _name(resource)
        if name in changed and (name not in names if names else "madeBy" in resource):
            resource.update({key: before[name][key] for key in ("bytes", "hash") if key in before[name]})
            changed.remove(name)
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
            changed.append(_name(resource))
    return package, changed


def seal_all(names: Collection[str] = ()) -> list[str]:
    """Seals both packages, see ``seal``; returns the names of the resources that were sealed anew."""
    return seal(DATA, names) + seal(GEO, names)
