"""Words of the other language carry its name, and numbers are set as the language asks, on every page.

A screen reader changes its voice, and the browser its glyphs, by the attribute ``lang``. Authors write both languages in one line, so
the marks are put here, into the finished page: into prose, tables, headings, the sidebar and the pictures of charts alike.
"""

from __future__ import annotations

import re

from gwr.words.language import TAGS
from gwr.words.number_format import typeset

_TOKEN = re.compile(r"<!--.*?-->|<!\w[^>]*>|</?([A-Za-z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_MATHS = re.compile(r"\bclass=[\"'](?:[^\"']* )?(?:math|tex2jax_process)\b")
_LANG = re.compile(r"\blang=[\"']([^\"']*)[\"']")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LEFT_ALONE = frozenset(
    ["script", "style", "textarea", "title", "pre", "code", "option", "iframe", "math", "kbd", "samp"]
)
"""Elements that can hold no marks, or whose text is code."""
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "\u3000-\u303f\uff00-\uffef·…"
_BETWEEN = rf"[0-9A-Za-z.%+&“”‘’—～{_MARKS}]*"
CHINESE_RUN = re.compile(rf"[《「『（]*(?:\d[\d.,]*)?[{_HAN}](?:{_BETWEEN}[{_HAN}])*[、。，；：！？）》」』]*")
"""A run of Chinese: from character to character, with the figures, marks and letters that stand between two of them."""

ENGLISH_RUN = re.compile(r"(?<![\w/.@&-])[A-Za-z][a-z'’-]+(?:,? (?:[A-Za-z][\w'’.-]*|&amp;|[\d.,]+(?= [A-Za-z])))+")
"""A phrase of English: two words or more; a single one may be a name."""


def mark_languages(html: str, language: str) -> str:
    """The page with each run of the other language in an element with ``lang``, and its numbers set by :func:`typeset`.

    Text whose language is said already is left as it is: passages are shown as they were written. So is code.

    Args:
        html: a whole page.
        language: of the edition, ``en`` or ``zh``.
    """
    open_elements: list[tuple[str, str, bool]] = []  # name, language, whether the text is left alone
    before = ""  # the character before a text, for numbers that stand in an element of their own
    last = html.find("<body")
    if last < 0:
        return html
    out = [html[:last]]
    for found in _TOKEN.finditer(html, last):
        if text := html[last : found.start()]:
            out.append(_marked(before, text, open_elements, language))
            before = text[-1]
        last = found.end()
        tag, name = found[0], (found[1] or "").lower()
        out.append(tag)
        if not name or name in _VOID or tag.endswith("/>"):
            continue
        if tag.startswith("</"):
            if any(element[0] == name for element in open_elements):
                while open_elements.pop()[0] != name:
                    pass
            continue
        said = _LANG.search(tag)
        above = open_elements[-1] if open_elements else ("", language, False)
        alone = above[2] or name in _LEFT_ALONE or _MATHS.search(tag) is not None
        open_elements.append((name, said[1] if said else above[1], alone))
    out.append(html[last:])
    return "".join(out)


def _marked(before: str, text: str, above: list[tuple[str, str, bool]], language: str) -> str:
    if not text.strip() or not above or above[-1][2] or above[-1][1] != language:
        return text
    drawn = any(name == "svg" for name, _, _ in above)
    # The letters of a picture are placed by their width.
    text = text if drawn else typeset(before + text, language)[len(before) :]
    other, runs = ("zh", CHINESE_RUN) if language == "en" else ("en", ENGLISH_RUN)
    element = "tspan" if drawn else "span"
    return runs.sub(lambda run: f'<{element} lang="{TAGS[other]}">{run[0]}</{element}>', text)
