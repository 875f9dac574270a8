"""Sphinx extension: every script and style comes from the site itself, and the theme's known faults are mended."""

from __future__ import annotations

import hashlib
import re
import shutil
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from fontTools import subset
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from xstatic.pkg import leaflet

from gwr.paths import ROOT
from gwr.words.language import translator

_ = translator(__name__)

# A tag that makes the browser fetch something from another host.
_FOREIGN = re.compile(
    r"<(?:script|img|iframe|source|audio|video)\b[^>]*?\bsrc=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|<link\b(?![^>]*\brel=[\"']?(?:canonical|alternate|license))[^>]*?\bhref=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|@import\s+(?:url\()?[\"']?(?:https?:)?//[^\s\"')]+",
    re.IGNORECASE,
)

_CALMED = {
    # The end of the theme's script measures every box when a page opens, which lays out all of it; book.js does it at need.
    "scripts/pydata-sphinx-theme.js": (
        '"complete"===document.readyState?O():window.addEventListener("load",O)})();',
        "void 0})();",
    ),
    # The rule for plurals would be evaluated from text, which the policy forbids; Chinese has no plural, English needs no rule.
    "doctools.js": ('new Function(\n      "n",\n      `return (${catalog.plural_expr})`\n    );', "() => 0;"),
}
"""What is changed in scripts of Sphinx and the theme: the text before and after."""


def gather(app: Sphinx) -> None:
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


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Gives each page a description: its first paragraph."""
    first = next((p.astext() for p in doctree.findall(nodes.paragraph)), "") if doctree else ""
    if first:
        text = escape(" ".join(first.split())[:155])
        context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{text}">'


def finish(app: Sphinx, error: Exception | None) -> None:
    """Mends each page, sheds what no page uses, and stops the build if a page would fetch from another host.

    Raises:
        ExtensionError: a page names another host.
    """
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    shed(out / "_static")
    calm(out / "_static")
    foreign = []
    for page in pages_of(out):
        before = page.read_text(encoding="utf-8")
        after = mend(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
        foreign += [f"{page.relative_to(out)}: {found[0]}" for found in _FOREIGN.finditer(unescape(after))]
    if foreign:
        raise ExtensionError("these pages fetch from another host:\n" + "\n".join(sorted(set(foreign))))
    subset_icons(out)


def pages_of(out: Path) -> list[Path]:
    """The site's pages, without those that libraries bring along."""
    return [page for page in sorted(out.rglob("*.html")) if "_static" not in page.relative_to(out).parts]


def mend(html: str) -> str:
    """The page without the theme's heavy icon script and with its accessibility faults cured."""
    # The icon font draws every icon already; the script is 1.5 MB of the same.
    html = re.sub(r"\s*<(script|link) [^>]*scripts/fontawesome\.js[^>]*>(</script>)?", "", html)
    # A label that differs from the visible words hides them from voice control.
    html = re.sub(r'(<button class="btn search-button-field[^>]*?) aria-label="[^"]*"', r"\1", html)
    # Its words, "Code" or "Hide the code", name the switch; the theme's label is English everywhere.
    html = html.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    # It looks for a list that pages do not have, and so lays out all of the page; book.js marks the section being read.
    html = html.replace('<body data-bs-spy="scroll"', "<body")
    # Scripts in attributes would need a policy that allows any; book.js listens instead.
    html = html.replace('onclick="window.print()"', 'data-do="print"')
    html = html.replace('onclick="toggleFullScreen()"', 'data-do="fullscreen"')
    sidebar = '<div id="pst-primary-sidebar"'
    label = _("Contents")
    return html.replace(sidebar, sidebar.replace("<div", f'<div role="complementary" aria-label="{label}"'))


def shed(static: Path) -> None:
    """Removes files that no page loads: source maps, the icon script, fonts for browsers of before 2016, fonts for pictures."""
    for pattern in ("**/*.map", "scripts/fontawesome.js*", "**/webfonts/*.ttf", "fonts/*"):
        for file in static.glob(pattern):
            file.unlink()


def calm(static: Path) -> None:
    """Takes out of the scripts of Sphinx and the theme what :data:`_CALMED` says.

    Raises:
        ExtensionError: a script is not the one known.
    """
    for name, (before, after) in _CALMED.items():
        script = static / name
        text = script.read_text(encoding="utf-8")
        if before in text:
            script.write_text(text.replace(before, after), encoding="utf-8")
        elif after not in text:
            raise ExtensionError(
                f"{name} no longer has {before!r}. See what the new version does there, and correct _CALMED in "
                "book/gwr/site/sphinx/assets.py"
            )


def subset_icons(out: Path) -> None:
    """Cuts the solid icon font down to the icons that pages, scripts and styles of this site use."""
    static = out / "_static"
    font = static / "vendor" / "fontawesome" / "webfonts" / "fa-solid-900.woff2"
    styles = "".join(file.read_text(encoding="utf-8") for file in sorted(static.rglob("*.css")))
    users = [*pages_of(out), *sorted(static.rglob("*.js"))]
    names = {name for file in users for name in re.findall(r"\bfa-([a-z0-9-]+)", file.read_text(encoding="utf-8"))}
    codes = set()
    for selectors, code in re.findall(r'(?<![^{}])([^{}]+)\{[^{}]*content:"\\(f[0-9a-f]{3})"', styles):
        icons = re.findall(r"\.fa-([a-z0-9-]+)::?before", selectors)
        if not icons or names.intersection(icons):
            codes.add(int(code, 16))
    options = subset.Options(flavor="woff2", recalc_timestamp=False)
    with subset.load_font(str(font), options) as whole:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=codes)
        cutter.subset(whole)
        subset.save_font(whole, str(font), options)


@lru_cache(maxsize=1)
def made_with() -> str:
    """A hash of what makes pages besides their sources: when an extension or the citation changes, all are written again."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), ROOT / "CITATION.cff"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.exists())).hexdigest()


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("gwr_made_with", made_with(), "html")
    app.connect("builder-inited", gather)
    app.connect("html-page-context", describe)
    app.connect("build-finished", finish)
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering:  # safe in parallel, but does not say so
        numbering.parallel_read_safe = numbering.parallel_write_safe = True
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
