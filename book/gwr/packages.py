"""Keeps the checksums of the data packages in step with the files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from gwr.paths import DATA, GEO


def seal(folder: Path) -> list[str]:
    """Brings ``bytes`` and ``hash`` of each resource of ``folder/datapackage.json`` up to date.

    Returns:
        The names of the resources that had changed.

    Raises:
        FileNotFoundError: a described file is missing; the descriptor is then left as it was.
    """
    path = folder / "datapackage.json"
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    changed = []
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        now = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        if any(resource.get(key) != value for key, value in now.items()):
            resource.update(now)
            changed.append(resource["name"])
    if changed:
        part = path.with_suffix(".part")
        part.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        part.replace(path)
    return changed


def seal_all() -> list[str]:
    """Seals both packages; returns the names of the resources that had changed."""
    return seal(DATA) + seal(GEO)
