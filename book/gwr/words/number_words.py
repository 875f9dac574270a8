"""Small numbers as words, for prose."""

from __future__ import annotations

from gwr.words.language import translator

_ = translator(__name__)

_WORDS = [
    _("none"),
    *(_("one"), _("two"), _("three"), _("four"), _("five"), _("six")),
    *(_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")),
]


def number_word(number: int) -> str:
    """A small count as a word, for prose: ``none``, ``one`` … ``twelve``; larger ones in digits."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)
