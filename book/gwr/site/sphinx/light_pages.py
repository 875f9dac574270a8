"""Pages that show themselves at once.

What the theme loads before it paints (eleven style sheets, fourteen scripts) is cut down: one
style sheet with the rules that some page can use, scripts that wait until the page stands, and maps that are drawn when
they come near the window. A map that is much heavier than its page goes into a file of its own, as a script, because a
page opened from disk may not fetch anything else.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import tinycss2

STYLES = "_static/styles/book.min.css"
MAPS = "_static/maps"
HEAVY = 100_000
"""Characters of a map beyond which it does not stand in the page."""

_LINK = re.compile(r'[ \t]*<link\b(?=[^>]*\brel="stylesheet")[^>]*?\bhref="([^"?#:]+)[^"]*"[^>]*>\n?')
_SCRIPT = re.compile(r'<script (?![^>]*\b(?:defer|async|type)\b)([^>]*\bsrc="[^"]+")')
_HEAVY_MAP = re.compile(rf'data-srcdoc="([^"]{{{HEAVY},}})"')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_URL = re.compile(r"url\(\s*([\"']?)(?!data:|#|[a-z]+:)([^)\"']+)\1\s*\)")


# --- style sheets -----------------------------------------------------------------------------------------------------


def words_in_use(static: Path, pages: Iterable[str]) -> set[str]:
    """Every class and id of the pages, and every word of the scripts, which may set more of them.

    Args:
        static: the folder of the scripts.
        pages: the HTML of every page.
    """
    words: set[str] = set()
    for html in pages:
        for names in re.findall(r'\b(?:class|id)="([^"]*)"', html):
            words.update(unescape(names).split())
    for script in sorted(static.rglob("*.js")):
        if script.name != "vega-bundle.js":
            words.update(_WORD.findall(script.read_text(encoding="utf-8")))
    return words


def can_match(selector: str, words: set[str]) -> bool:
    """Whether something on some page may match: each class and id that the selector asks for is in use."""
    if "\\" in selector:
        return True
    bare = selector
    while "(" in bare and (shorter := re.sub(r":[\w-]+\([^()]*\)|\([^()]*\)", "", bare)) != bare:
        bare = shorter
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    return all(name in words for name in re.findall(r"[.#]([A-Za-z_][\w-]*)", bare))


def split_selectors(prelude: str) -> list[str]:
    """``a:is(b, c), d`` as ``a:is(b, c)`` and ``d``."""
    parts, depth, last = [], 0, 0
    for at, letter in enumerate(prelude):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            parts.append(prelude[last:at])
            last = at + 1
    return [part.strip() for part in (*parts, prelude[last:])]


def used_rules(rules: list[Any], words: set[str]) -> Iterator[str]:
    """The rules that can match, as text, without comments."""
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [part for part in split_selectors(tinycss2.serialize(rule.prelude)) if can_match(part, words)]
            if kept:
                yield f"{','.join(kept)}{{{without_spaces(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content is None:
            yield f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()};"
        elif rule.type == "at-rule":
            head = f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}"
            if rule.lower_at_keyword in ("media", "supports", "layer", "container"):
                inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                text = "".join(used_rules(inside, words))
            else:
                text = without_spaces(rule.content)
            if text:
                yield f"{head}{{{text}}}"


def without_spaces(tokens: list[Any]) -> str:
    """Declarations without comments and without the space between them."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    return re.sub(r"\s*;\s*", ";", re.sub(r"\s+", " ", text)).strip("; ")


def with_imports(file: Path, root: Path) -> str:
    """A style sheet with what it imports in the place of the import, its addresses seen from the folder of ``STYLES``."""
    here, there = file.parent.relative_to(root).as_posix(), posixpath.dirname(STYLES)

    def moved(found: re.Match[str]) -> str:
        return f"url({found[1]}{posixpath.relpath(posixpath.join(here, found[2]), there)}{found[1]})"

    def imported(found: re.Match[str]) -> str:
        return with_imports((file.parent / found[1]).resolve(), root)

    text = file.read_text(encoding="utf-8")
    parts = re.split(r'(@import\s+(?:url\()?"[^"]+"\)?\s*;)', text)
    return "".join(
        re.sub(r'@import\s+(?:url\()?"([^"]+)"\)?\s*;', imported, part)
        if part.startswith("@import")
        else _URL.sub(moved, part)
        for part in parts
    )


def merge_styles(edition: Path, sheets: Sequence[str], words: set[str], cache: Path) -> str:
    """Writes the one style sheet of an edition; returns its version, a hash.

    Args:
        edition: the folder of the edition.
        sheets: the style sheets that Sphinx gives its pages, seen from there.
        words: from :func:`words_in_use`.
        cache: a folder that remembers the last one.
    """
    edition = edition.resolve()
    texts = [with_imports(edition / sheet, edition) for sheet in sheets]

    def merge() -> bytes:
        options = {"skip_comments": True, "skip_whitespace": True}
        rules = [rule for text in texts for rule in tinycss2.parse_stylesheet(text, **options)]
        return "".join(rule for rule in used_rules(rules, words) if not rule.startswith("@charset")).encode()

    code = Path(__file__).read_text(encoding="utf-8")
    merged = remembered_bytes(cache, [tinycss2.__version__, code, texts, sorted(words)], merge)
    (edition / STYLES).write_bytes(merged)
    return hashlib.sha256(merged).hexdigest()[:8]


def remembered_bytes(folder: Path, made_from: Any, make: Callable[[], bytes]) -> bytes:
    """What ``make`` made last time from the same; ``folder`` remembers one version."""
    file = folder / hashlib.sha256(json.dumps(made_from).encode()).hexdigest()
    if not file.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        part = file.with_suffix(".part")
        part.write_bytes(make())
        part.replace(file)
    return file.read_bytes()


def sheets_of(html: str, page: str) -> list[str]:
    """The style sheets of a page, seen from its edition; ``page`` is its path there."""
    links = _LINK.findall(re.sub(r'srcdoc="[^"]*"', "", html))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) for link in links]


def link_merged_styles(html: str, page: str, version: str) -> str:
    """The page with the one style sheet in the place of all others."""
    link = posixpath.relpath(STYLES, posixpath.dirname(page))
    return _LINK.sub("", html).replace("</title>", f'</title>\n<link rel="stylesheet" href="{link}?v={version}">', 1)


# --- scripts and maps -------------------------------------------------------------------------------------------------


def defer_scripts(html: str) -> str:
    """The page with its scripts after it, and its maps waiting."""
    frames = re.split(r'(srcdoc="[^"]*")', html)
    frames[::2] = [_with_deferred_scripts(part) for part in frames[::2]]
    html = "".join(frames)
    return re.sub(r'<iframe([^>]*?) srcdoc="', r'<iframe\1 data-srcdoc="', html)


def _with_deferred_scripts(html: str) -> str:
    # Fetched early, they would come before the style sheet that the first paint waits for.
    html = re.sub(r'\s*<link rel="preload" as="script"[^>]*>', "", html)
    for name, needs in (("design-tabs.js", "sd-tab-"), ("togglebutton.js", 'class="toggle')):
        if needs not in html.replace(".toggle", ""):
            html = re.sub(rf"\s*<script[^>]*_static/{re.escape(name)}[^>]*></script>", "", html)
    # It would run before the script it adds to; nothing reads the name of the page.
    html = re.sub(r"\s*<script>DOCUMENTATION_OPTIONS\.pagename = '[^']*';</script>", "", html)
    viewports = re.findall(r'<meta name="viewport"[^>]*>', html)
    for again in viewports[1:]:
        at = html.rindex(again)
        html = html[:at] + html[at + len(again) :]
    return _SCRIPT.sub(r"<script defer \1", html)


def move_heavy_maps(html: str, page: str, edition: Path) -> str:
    """The page with its heavy maps in scripts of their own, which it writes; after the policy, which looks at the maps."""

    def move(found: re.Match[str]) -> str:
        name = hashlib.sha256(found[1].encode()).hexdigest()[:16]
        text = json.dumps(unescape(found[1]), ensure_ascii=False)
        script = edition / MAPS / f"{name}.js"
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(f'gwrMap("{name}", {text});\n', encoding="utf-8", newline="\n")
        link = posixpath.relpath(f"{MAPS}/{name}.js", posixpath.dirname(page))
        return f'data-map="{name}" data-map-script="{link}"'

    return _HEAVY_MAP.sub(move, html)
