"""Sphinx extension: every page shows outputs that belong to the data and code as they are now.

Notebooks are run (or remembered) by :mod:`gwr.site.notebooks` before Sphinx reads them; the outputs stored in the
files are for readers of the repository and for the regression tests, never for the site.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from gwr.errors import DataError
from gwr.site.editions import how_to_run
from gwr.site.notebooks import NotebookError, digest_of_inputs, key_of, run_all, with_outputs
from gwr.site.runner import Outputs
from gwr.site.sphinx.code_cells import arrange
from gwr.words.language import LANGUAGE

LOG = logging.getLogger(__name__)


def run_notebooks(app: Sphinx, env: BuildEnvironment, added: set[str], *_: Any) -> list[str]:
    """Has every notebook's outputs ready; returns the pages to read again because theirs changed."""
    paths = {name: Path(env.doc2path(name)) for name in sorted(env.found_docs) if env.doc2path(name).endswith(".ipynb")}
    names = {path: name for name, path in paths.items()}
    outputs: dict[str, Outputs] = {}
    how = how_to_run(LANGUAGE)
    try:
        for path, shown, ran in run_all(list(paths.values()), **how):
            outputs[names[path]] = shown
            LOG.info("%s: %s", path.name, "run" if ran else "up to date")
    except (NotebookError, DataError) as error:
        raise ExtensionError(f"a notebook failed, so the site was not built.\n{error}") from None
    app.gwr_outputs = outputs  # type: ignore[attr-defined]
    inputs = digest_of_inputs()
    now = {name: key_of(path, inputs, cwd=how["cwd"], env=how["env"]) for name, path in paths.items()}
    before: dict[str, str] = getattr(env, "gwr_keys", {})
    env.gwr_keys = now  # type: ignore[attr-defined]
    return [name for name, key in now.items() if before.get(name) != key and name not in added]


def swap_outputs(app: Sphinx, docname: str, source: list[str]) -> None:
    outputs: dict[str, Outputs] = getattr(app, "gwr_outputs", {})
    if docname in outputs:
        notebook = with_outputs(Path(app.env.doc2path(docname)), outputs[docname])
        arrange(notebook["cells"])
        source[0] = json.dumps(nbformat.from_dict(notebook), ensure_ascii=False)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("env-get-outdated", run_notebooks)
    app.connect("source-read", swap_outputs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
