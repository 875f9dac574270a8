"""Sphinx extension: pages that did not change are written again when what all pages show did.

Sphinx writes the pages whose own source is new. But each page also shows titles and numbers of other pages, names scripts and
styles by the hash of their content, and says words from the catalogues of this package.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from gwr.paths import BOOK, ROOT


@lru_cache(maxsize=1)
def made_with() -> str:
    """A hash of what makes pages besides their sources; when it changes, all are read and written again."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), ROOT / "CITATION.cff", ROOT / "requirements.txt"]
    return _hash_of(files, Path(__file__).parent)


def shown_everywhere(app: Sphinx, env: BuildEnvironment) -> str:
    """A hash of what stands on every page."""
    folders = [Path(app.confdir) / place for place in (*app.config.html_static_path, *app.config.templates_path)]
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    files += sorted((BOOK / "locale").glob("*/LC_MESSAGES/*.po"))
    structure = [
        (page, env.titles[page].astext(), env.tocs[page].astext(), sorted(env.toc_secnumbers.get(page, {}).items()))
        for page in sorted(env.found_docs)
    ]
    return hashlib.sha256(
        f"{_hash_of(files, ROOT)}\0{structure}\0{sorted(env.toctree_includes.items())}".encode()
    ).hexdigest()


def _hash_of(files: list[Path], above: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        name = file.relative_to(above) if file.is_relative_to(above) else Path(file.name)
        digest.update(f"{name.as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages, if what stands on all of them is not what it was at the last build."""
    now, before = shown_everywhere(app, env), getattr(env, "gwr_shown_everywhere", "")
    env.gwr_shown_everywhere = now  # type: ignore[attr-defined]
    return [] if now == before else sorted(env.found_docs)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("gwr_made_with", made_with(), "env")
    app.connect("env-updated", pages_to_write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
