"""How much of one text's wording stands in another: shared runs of characters, without any dictionary.

Only Chinese characters count. Punctuation, digits and Latin letters end a run, so that no piece spans two
clauses. Nothing here knows what a word is, so a piece may begin or end in the middle of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import fmean

_HAN = re.compile(r"[\u3400-\u9fff]+")
BREAK = "\n"


def runs(text: str) -> list[str]:
    """The unbroken runs of Chinese characters, in order."""
    return _HAN.findall(text)


def pieces(text: str, size: int) -> list[str]:
    """Every piece of ``size`` neighbouring characters, one for each place where it begins.

    Raises:
        ValueError: ``size`` is less than 1.
    """
    if size < 1:
        raise ValueError(f"a piece has at least 1 character, not {size}")
    return [run[at : at + size] for run in runs(text) for at in range(len(run) - size + 1)]


def repeated(text: str, other: str, size: int) -> float:
    """The share of the text's pieces that stand in the other text too, from 0 to 1.

    A text without pieces has the share 0.
    """
    own, known = pieces(text, size), set(pieces(other, size))
    return sum(piece in known for piece in own) / len(own) if own else 0.0


def windows(text: str, length: int, step: int = 50) -> Iterator[str]:
    """Stretches of the same length, so that a long text has no better chance to match than a short one.

    The text is reduced to its runs first, joined by :data:`BREAK`; the last stretch ends with the text.

    Args:
        text: what is cut.
        length: of a stretch, in characters with breaks; a shorter text is one stretch.
        step: from the beginning of one stretch to that of the next.
    """
    joined = BREAK.join(runs(text))
    last = max(len(joined) - length, 0)
    for start in sorted({*range(0, last, step), last}):
        yield joined[start : start + length]


def repeated_in_windows(text: str, other: str, size: int, length: int) -> float:
    """The mean of :func:`repeated` over the other text's stretches of this length."""
    shares = [repeated(text, stretch, size) for stretch in windows(other, length)]
    return fmean(shares)


def shared_passages(text: str, other: str, shortest: int) -> list[str]:
    """The longest runs that both texts have, in the order of the first text, each once.

    A passage that is part of a longer one at the same place is left out.

    Args:
        text, other: what is compared.
        shortest: the fewest characters of a passage.
    """
    known = set(pieces(other, shortest))
    inside = BREAK.join(runs(other))
    found: dict[str, None] = {}
    for run in runs(text):
        reached = 0
        for at in range(len(run) - shortest + 1):
            end = at + shortest
            if run[at:end] not in known:
                continue
            while end < len(run) and run[at : end + 1] in inside:
                end += 1
            if end > reached:  # otherwise it lies inside the passage before it
                found.setdefault(run[at:end])
                reached = end
    return [one for one in found if not any(one != longer and one in longer for longer in found)]
