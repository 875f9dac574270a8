"""Sphinx extension: every page shows outputs that belong to the data and code as they are now.

:mod:`gwr.site.build` has run the notebooks, and :mod:`gwr.site.notebooks` remembers their outputs. Those stored in the files
are for readers of the repository and for the regression tests, never for the site.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from gwr.site.editions import how_to_run
from gwr.site.notebooks import cache_key, digest_of_inputs, remembered, with_outputs
from gwr.site.runner import Outputs
from gwr.site.sphinx.code_cells import arrange
from gwr.site.sphinx.figures import draw_charts
from gwr.words.language import LANGUAGE


def find_outputs(app: Sphinx, env: BuildEnvironment, added: set[str], *_: Any) -> list[str]:
    """Has every notebook's outputs ready; returns the pages to read again because theirs changed.

    Raises:
        ExtensionError: a notebook has not been run since it or the data changed.
    """
    paths = {name: Path(env.doc2path(name)) for name in sorted(env.found_docs) if env.doc2path(name).endswith(".ipynb")}
    how, inputs = how_to_run(LANGUAGE), digest_of_inputs()
    now = {name: cache_key(path, inputs, cwd=how["cwd"], env=how["env"]) for name, path in paths.items()}
    outputs = {name: remembered(path, now[name], how["cache"]) for name, path in paths.items()}
    if missing := [paths[name].name for name, found in outputs.items() if found is None]:
        raise ExtensionError(f"{', '.join(missing)}: not run since it or the data changed. To do: python -m gwr site")
    app.gwr_outputs = outputs  # type: ignore[attr-defined]
    before: dict[str, str] = getattr(env, "gwr_keys", {})
    env.gwr_keys = now  # type: ignore[attr-defined]
    return [name for name, key in now.items() if before.get(name) != key and name not in added]


def swap_outputs(app: Sphinx, docname: str, source: list[str]) -> None:
    outputs: dict[str, Outputs] = getattr(app, "gwr_outputs", {})
    if docname in outputs:
        notebook = with_outputs(Path(app.env.doc2path(docname)), outputs[docname])
        arrange(notebook["cells"])
        draw_charts(notebook["cells"], Path(app.outdir).parent / "pictures")
        source[0] = json.dumps(nbformat.from_dict(notebook), ensure_ascii=False)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("env-get-outdated", find_outputs)
    app.connect("source-read", swap_outputs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
