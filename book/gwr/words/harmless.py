"""What a translation may not bring into a page that its English does not have: markup, addresses, fields, directives.

Translators write words. A page's Markdown may hold HTML, and the templates in its code are filled by Python; so a catalogue
from elsewhere could change what a page does. It cannot: each thing of this kind in a translation must stand in the English
too, letter by letter.
"""

from __future__ import annotations

import re
from html import unescape

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("the tag", re.compile(r"<(?:[a-zA-Z/!?])[^>]*>?")),
    (
        "the address",
        re.compile(
            r"\]\(\s*<?[^)\s>]*|(?<![A-Za-z])(?:(?:java|vb)script|https?|data)\s*:[^\s)>\"'`，。；、）]+", re.IGNORECASE
        ),
    ),
    ("the directive or role", re.compile(r"(?<!`)\{[\w:+.-]+\}`|^\s*(?:```|~~~|:::)\s*\{[^}\n]*\}?", re.MULTILINE)),
    ("the template code", re.compile(r"\{[{%#]")),
)


def added_by_translation(text: str, translation: str) -> str:
    """What a translation has that its English has not and may not have; empty if nothing.

    Args:
        text: the English.
        translation: of it.
    """
    for name, pattern in _KINDS:
        before = {_plain(found[0]) for found in pattern.finditer(text)}
        for found in pattern.finditer(translation):
            if _plain(found[0]) not in before:
                return f"{name} {found[0][:60]!r}"
    known = set(fields(text))
    for field in fields(translation):
        if field not in known:
            return f"the field {{{field[:60]}}}"
    return ""


def fields(template: str) -> list[str]:
    """What stands in braces in a template, outermost braces only.

    >>> fields("{a:.1f} of {b['x']}, {{no}}")
    ['a:.1f', "b['x']"]
    """
    found, depth, begin, at = [], 0, 0, 0
    while at < len(template):
        two = template[at : at + 2]
        if depth == 0 and two in ("{{", "}}"):
            at += 2
            continue
        if template[at] == "{":
            depth += 1
            begin = at + 1 if depth == 1 else begin
        elif template[at] == "}" and depth:
            depth -= 1
            if depth == 0:
                found.append(template[begin:at])
        at += 1
    return found


def _plain(found: str) -> str:
    return re.sub(r"\s+", "", unescape(found)).lower().rstrip(".,;")
