"""Sphinx extension: every script and style comes from the site itself; each page has a description."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from xstatic.pkg import leaflet


def gather_libraries(app: Sphinx) -> None:
    """Copies the browser's libraries out of the installed, pinned packages into a static folder."""
    folder = Path(app.outdir).parent / "assets"
    made_with = folder / "versions.txt"
    versions = f"vl-convert-python {vl_convert.__version__}, XStatic-Leaflet {leaflet.VERSION}"
    if not made_with.exists() or made_with.read_text(encoding="utf-8") != versions:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # In a function of its own, so that its short names do not meet those of the theme's scripts.
        script = f"(() => {{{vl_convert.javascript_bundle()}}})();\n"
        (folder / "vega-bundle.js").write_text(script, encoding="utf-8")
        (folder / "leaflet" / "images").mkdir(parents=True)
        images = ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")
        for name in ("leaflet.js", "leaflet.css", *(f"images/{image}" for image in images)):
            shutil.copyfile(Path(leaflet.BASE_DIR) / name, folder / "leaflet" / name)
        library = folder / "leaflet" / "leaflet.js"
        code = library.read_text(encoding="utf-8").replace("//# sourceMappingURL=leaflet.js.map", "")
        library.write_text(code, encoding="utf-8")
        made_with.write_text(versions, encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def describe_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Gives each page a description: its first paragraph."""
    first = next((p.astext() for p in doctree.findall(nodes.paragraph)), "") if doctree else ""
    if first:
        text = escape(" ".join(first.split())[:155])
        context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{text}">'


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("builder-inited", gather_libraries)
    app.connect("html-page-context", describe_page)
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering:  # safe in parallel, but does not say so
        numbering.parallel_read_safe = numbering.parallel_write_safe = True
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
