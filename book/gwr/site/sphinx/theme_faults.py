"""Faults of the theme that are mended on each page, and what no page may hold."""

from __future__ import annotations

import re
from html import unescape

from gwr.words.language import translator

# A tag that makes the browser fetch something from another host.
_FOREIGN = re.compile(
    r"<(?:script|img|iframe|source|audio|video)\b[^>]*?\bsrc=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|<link\b(?![^>]*\brel=[\"']?(?:canonical|alternate|license))[^>]*?\bhref=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|@import\s+(?:url\()?[\"']?(?:https?:)?//[^\s\"')]+",
    re.IGNORECASE,
)


def mend_theme_faults(html: str, language: str) -> str:
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
    _ = translator(__name__, language)
    label = _("Contents")
    return html.replace(sidebar, sidebar.replace("<div", f'<div role="complementary" aria-label="{label}"'))


def fetched_from_elsewhere(html: str) -> list[str]:
    """The tags of a page, and of the maps in it, that would make the browser fetch something from another host."""
    return [found[0] for found in _FOREIGN.finditer(unescape(html))]
