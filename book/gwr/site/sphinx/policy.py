"""A strict Content-Security-Policy on every page, and what no page may hold.

Only scripts of this site run. The few that stand in a page are named by their hashes: those of the theme, which are written
down here, and those of the maps in it, because a map's frame inherits the policy of its page. The hashes of a map's scripts are
noted by :mod:`gwr.show.maps` when it writes them. None is ever computed from a page, because that would bless what somebody
had put into a table or a translation. Nothing is evaluated from text: the chart library runs with its interpreter. Styles may
stand in the page, which the theme and the charts need. Nothing is sent anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

THEME_SCRIPTS = (
    """
    document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
    document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";
  """,
    """
    // Activate the search field on page load
    let searchInput = document.querySelector("form.bd-search input");
    if (searchInput) {
        searchInput.focus();
        searchInput.select();
        console.log("[PST]: Set focus on search field.");
    }
  """,
    "let toggleHintShow = 'Click to show';",
    "let toggleHintHide = 'Click to hide';",
    "let toggleOpenOnPrint = 'true';",
    "var togglebuttonSelector = '.toggle, .admonition.dropdown';",
)
"""The scripts that the theme and sphinx-togglebutton write into pages, as they are in the pinned versions."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)(?:</script\b|\Z)", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_DATA = re.compile(r"\btype=\"application/[\w.+-]*json\"")  # charts and other data, which no browser runs
_FRAME = re.compile(r'srcdoc="([^"]*)"')
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_HANDLER = re.compile(r"[\s/\"'](on[a-z]+)\s*=", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[\s/](?:href|src|action|formaction|data|xlink:href)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE
)
_RUNS = re.compile(r"(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_ATTRIBUTE_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")


def hash_of_script(script: str) -> str:
    """As a policy names a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


THEME_HASHES = tuple(hash_of_script(script) for script in THEME_SCRIPTS)


def scripts_noted(outputs: Iterable[Sequence[Mapping[str, Any]]]) -> list[str]:
    """The hashes of the scripts in the outputs of a notebook that their makers have noted, each once, in order.

    Args:
        outputs: those of each cell.
    """
    found: set[str] = set()
    for output in (output for cell in outputs for output in cell):
        metadata = output.get("metadata", {})
        for place in (metadata, metadata.get("text/html", {})):
            found.update(place.get("gwr", {}).get("scripts", ()))
    return sorted(found)


def policy(scripts: Iterable[str] = ()) -> str:
    """The policy of a page.

    Args:
        scripts: the hashes of the scripts in its maps.
    """
    hashes = sorted({*THEME_HASHES, *scripts})
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' " + " ".join(f"'{value}'" for value in hashes),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def with_policy(html: str, scripts: Iterable[str] = ()) -> str:
    """The page with its policy.

    Args:
        html: the page as it came from Sphinx; what its text says of policies does not matter.
        scripts: as for :func:`policy`.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">'
    return re.sub(r"(<meta charset=[^>]*>)", rf"\1\n    {meta}", html, count=1)


def what_would_run(html: str, scripts: Iterable[str] = ()) -> Iterator[str]:
    """What a page, or a map in it, would run if the policy let it: unknown scripts, handlers in attributes, addresses that run.

    The policy stops all of these. They are named all the same, because nobody in this project writes one on purpose: either
    the theme has changed, or text from elsewhere has become markup.

    Args:
        html: the page.
        scripts: as for :func:`policy`.
    """
    known = {*THEME_HASHES, *scripts}
    frames = [unescape(found) for found in _FRAME.findall(html)]
    for text in (_FRAME.sub("", html), *frames):
        for attributes, script in _SCRIPT.findall(text):
            if not (_SOURCE.search(attributes) or _DATA.search(attributes)) and hash_of_script(script) not in known:
                yield f"a script that nobody has noted: {' '.join(script.split())[:120]!r}"
        for tag in _TAG.findall(_SCRIPT.sub("", text)):
            yield from _in_tag(tag)


def _in_tag(tag: str) -> Iterator[str]:
    if handler := _HANDLER.search(_ATTRIBUTE_VALUE.sub('""', tag)):
        yield f"a script in the attribute {handler[1]}: {tag[:120]!r}"
    for value in _ADDRESS.findall(tag):
        if _RUNS.match(re.sub(r"[\x00-\x20]", "", unescape(value).strip("\"'"))):
            yield f"an address that runs a script: {tag[:120]!r}"
