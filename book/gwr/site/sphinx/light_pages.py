"""Sphinx extension: pages that show themselves at once.

What the theme loads before it paints (eleven style sheets, fourteen scripts) is cut down after the pages are written: one
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
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import tinycss2
from sphinx.application import Sphinx

from gwr.site.sphinx.assets import made_with, pages_of

STYLES = "_static/styles/book.min.css"
MAPS = "_static/maps"
HEAVY = 100_000
"""Characters of a map beyond which it does not stand in the page."""

_LINK = re.compile(r'[ \t]*<link\b(?=[^>]*\brel="stylesheet")[^>]*?\bhref="([^"?#:]+)[^"]*"[^>]*>\n?')
_OURS = re.compile(r'(href="[^"]*' + re.escape(STYLES) + r')\?v=[0-9a-f]*"')
_SCRIPT = re.compile(r'<script (?![^>]*\b(?:defer|async|type)\b)([^>]*\bsrc="[^"]+")')
_HEAVY_MAP = re.compile(rf'data-srcdoc="([^"]{{{HEAVY},}})"')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_URL = re.compile(r"url\(\s*([\"']?)(?!data:|#|[a-z]+:)([^)\"']+)\1\s*\)")


# --- style sheets -----------------------------------------------------------------------------------------------------


def words_in_use(out: Path) -> set[str]:
    """Every class and id of the pages, and every word of the scripts, which may set more of them."""
    words: set[str] = set()
    for page in pages_of(out):
        for names in re.findall(r'\b(?:class|id)="([^"]*)"', page.read_text(encoding="utf-8")):
            words.update(unescape(names).split())
    for script in sorted((out / "_static").rglob("*.js")):
        if script.name != "vega-bundle.js" and MAPS not in script.as_posix():
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
                yield f"{','.join(kept)}{{{tight(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content is None:
            yield f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()};"
        elif rule.type == "at-rule":
            head = f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}"
            if rule.lower_at_keyword in ("media", "supports", "layer", "container"):
                inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                text = "".join(used_rules(inside, words))
            else:
                text = tight(rule.content)
            if text:
                yield f"{head}{{{text}}}"


def tight(tokens: list[Any]) -> str:
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


def merge_styles(out: Path, listed: Path) -> None:
    """Gives all pages one style sheet. ``listed`` keeps the list of sheets for pages that later builds leave as they are."""
    out = out.resolve()
    sheets: list[str] = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else []
    for page in pages_of(out):
        if found := _sheets_of(page, out):
            sheets = found
            break
    if not sheets:
        return
    words = words_in_use(out)
    texts = [with_imports(out / sheet, out) for sheet in sheets]

    def merge() -> bytes:
        options = {"skip_comments": True, "skip_whitespace": True}
        rules = [rule for text in texts for rule in tinycss2.parse_stylesheet(text, **options)]
        return "".join(rule for rule in used_rules(rules, words) if not rule.startswith("@charset")).encode()

    merged = kept(out.parent / "styles", [tinycss2.__version__, made_with(), texts, sorted(words)], merge)
    (out / STYLES).write_bytes(merged)
    listed.write_text(json.dumps(sheets), encoding="utf-8")
    version = hashlib.sha256(merged).hexdigest()[:8]
    for page in pages_of(out):
        before = page.read_text(encoding="utf-8")
        after = before
        if _sheets_of(page, out) == sheets:
            link = posixpath.relpath(STYLES, page.parent.relative_to(out).as_posix())
            after = _LINK.sub("", after).replace("</title>", f'</title>\n<link rel="stylesheet" href="{link}?v=">', 1)
        after = _OURS.sub(rf'\1?v={version}"', after)
        if after != before:
            page.write_text(after, encoding="utf-8")


def kept(folder: Path, made_from: Any, make: Callable[[], bytes]) -> bytes:
    """What ``make`` made last time from the same; ``folder`` remembers one version."""
    file = folder / hashlib.sha256(json.dumps(made_from).encode()).hexdigest()
    if not file.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        file.write_bytes(make())
    return file.read_bytes()


def _sheets_of(page: Path, out: Path) -> list[str]:
    """The style sheets that the builder gave a page; none if they have been merged."""
    links = _LINK.findall(re.sub(r'srcdoc="[^"]*"', "", page.read_text(encoding="utf-8")))
    found = [posixpath.normpath(posixpath.join(page.parent.relative_to(out).as_posix(), link)) for link in links]
    return [] if STYLES in found else found


# --- scripts and maps -------------------------------------------------------------------------------------------------


def lean(html: str) -> str:
    """The page with its scripts after it, and its maps waiting."""
    frames = re.split(r'(srcdoc="[^"]*")', html)
    frames[::2] = [_lean_part(part) for part in frames[::2]]
    html = "".join(frames)
    return re.sub(r'<iframe([^>]*?) srcdoc="', r'<iframe\1 data-srcdoc="', html)


def _lean_part(html: str) -> str:
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


def slim(app: Sphinx, error: Exception | None) -> None:
    """Makes every page lean; before the policy, which counts the scripts that stand in the pages."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for page in pages_of(out):
        before = page.read_text(encoding="utf-8")
        if (after := lean(before)) != before:
            page.write_text(after, encoding="utf-8")
    merge_styles(out, out.parent / "styles.json")


def move_maps(app: Sphinx, error: Exception | None) -> None:
    """Takes heavy maps out of their pages; after the policy, which names the scripts in them."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    (out / MAPS).mkdir(parents=True, exist_ok=True)
    kept = set()
    for page in pages_of(out):
        before = page.read_text(encoding="utf-8")

        def move(found: re.Match[str], page: Path = page) -> str:
            name = hashlib.sha256(found[1].encode()).hexdigest()[:16]
            text = json.dumps(unescape(found[1]), ensure_ascii=False)
            (out / MAPS / f"{name}.js").write_text(f'gwrMap("{name}", {text});\n', encoding="utf-8")
            link = posixpath.relpath(f"{MAPS}/{name}.js", page.parent.relative_to(out).as_posix())
            return f'data-map="{name}" data-map-script="{link}"'

        after = _HEAVY_MAP.sub(move, before)
        if after != before:
            page.write_text(after, encoding="utf-8")
        kept |= set(re.findall(r'data-map="([0-9a-f]{16})"', after))
    for file in (out / MAPS).glob("*.js"):
        if file.stem not in kept:
            file.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", slim, priority=700)
    app.connect("build-finished", move_maps, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
