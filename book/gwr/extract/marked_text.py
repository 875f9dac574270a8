"""A report's text with its quantities marked, for notebooks and for the pages that ``python -m gwr new`` starts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from gwr.extract.model import Quantity
from gwr.words.language import code, join, translator

_ = translator(__name__)


def annotated(text: str, quantities: Sequence[Quantity], *, start: int = 0, end: int | None = None) -> Markup:
    """The text from ``start`` to ``end`` as HTML paragraphs; each quantity is marked and says on hover how it was read."""
    end = len(text) if end is None else end
    start += len(text[start:end]) - len(text[start:end].lstrip("\r\n"))
    end -= len(text[start:end]) - len(text[start:end].rstrip("\r\n"))
    out = []
    at = start
    for q in sorted((q for q in quantities if start <= q.start and q.end <= end), key=lambda q: q.start):
        if q.start < at:
            continue
        out += [_lines(text[at : q.start]), Markup('<mark class="claim" title="{}">{}</mark>').format(hint(q), q.text)]
        at = q.end
    out.append(_lines(text[at:end]))
    return Markup('<p class="source" lang="zh">') + Markup("").join(out) + Markup("</p>")


def hint(q: Quantity) -> str:
    """How a quantity was read, in one line."""
    high = _(" to {high}").format(high=f"{q.value_high:g}") if q.value_high is not None else ""
    words = [
        q.indicator_zh or "?",
        f"{q.value:g}{high} {q.unit_zh}".strip(),
        code(q.measure.replace("_", " ")),
        code(q.status),
        q.period,
    ]
    if q.comparator != "eq":
        words.insert(1, code(q.comparator))
    return join(word for word in words if word)


def _lines(text: str) -> Markup:
    return Markup('</p><p class="source" lang="zh">').join(escape(line) for line in re.split(r"[\r\n]+", text))
