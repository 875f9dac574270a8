"""The scripts, styles and fonts of a finished edition: what no page uses goes, what would do harm is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

from gwr.errors import SiteError

SCRIPT_PATCHES = {
    # The end of the theme's script measures every box when a page opens, which lays out all of it; book.js does it at need.
    "scripts/pydata-sphinx-theme.js": (
        '"complete"===document.readyState?O():window.addEventListener("load",O)})();',
        "void 0})();",
    ),
    # It would add a link that runs a script from its address, which the policy forbids, to the one page with this box, the index.
    "sphinx_highlight.js": ("if (searchBox === null) return;", "return;"),
    # The rule for plurals would be evaluated from text, which the policy forbids; Chinese has no plural, English needs no rule.
    "doctools.js": ('new Function(\n      "n",\n      `return (${catalog.plural_expr})`\n    );', "() => 0;"),
}
"""What is changed in scripts of Sphinx and the theme: the text before and after."""


def drop_unused_files(static: Path) -> None:
    """Removes files that no page loads: source maps, the icon script, fonts for browsers of before 2016, fonts for pictures."""
    for pattern in ("**/*.map", "scripts/fontawesome.js*", "**/webfonts/*.ttf", "fonts/*"):
        for file in static.glob(pattern):
            file.unlink()


def patch_scripts(static: Path) -> None:
    """Takes out of the scripts of Sphinx and the theme what :data:`SCRIPT_PATCHES` says.

    Raises:
        SiteError: a script is not the one known.
    """
    for name, (before, after) in SCRIPT_PATCHES.items():
        script = static / name
        text = script.read_text(encoding="utf-8")
        if before not in text:
            raise SiteError(
                f"{name} no longer has {before!r}. See what the new version does there, and correct SCRIPT_PATCHES in "
                "book/gwr/site/sphinx/static_files.py"
            )
        script.write_text(text.replace(before, after), encoding="utf-8", newline="\n")


def subset_icon_font(static: Path, pages: Iterable[str]) -> None:
    """Cuts the solid icon font down to the icons that pages, scripts and styles of this site use.

    Args:
        static: the folder of the scripts and styles.
        pages: the HTML of every page.
    """
    font = static / "vendor" / "fontawesome" / "webfonts" / "fa-solid-900.woff2"
    styles = "".join(file.read_text(encoding="utf-8") for file in sorted(static.rglob("*.css")))
    users = [*pages, *(file.read_text(encoding="utf-8") for file in sorted(static.rglob("*.js")))]
    names = {name for text in users for name in re.findall(r"\bfa-([a-z0-9-]+)", text)}
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
