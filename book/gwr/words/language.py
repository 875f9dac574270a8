"""The language that the book speaks in this process, and the translation catalogues (gettext PO files).

The environment variable ``GWR_LANGUAGE`` chooses the language before the first import; English is the source language and needs
no catalogue. Each module that shows words to readers binds ``_ = translator(__name__)`` and writes ``_("Map of Taijiang")``, or
``_("{count} places").format(count=n)``; its catalogue is ``book/locale/zh_CN/LC_MESSAGES/MODULE.po``. Notebooks are translated as
documents, see :mod:`gwr.site.editions`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from gwr.errors import DataError
from gwr.paths import BOOK

LOCALES = {"en": "en", "zh": "zh_CN"}
"""The languages of the book and the names of their locales."""

TAGS = {"en": "en", "zh": "zh-Hans"}
"""The languages as pages and links name them (BCP 47)."""

LANGUAGE = os.environ.get("GWR_LANGUAGE", "en")
"""The language of this process."""

if LANGUAGE not in LOCALES:
    raise DataError(
        "environment variable GWR_LANGUAGE",
        f"there is no edition in {LANGUAGE!r}",
        expected=f"one of {', '.join(LOCALES)}",
        remedy="correct it, or unset it for English",
    )


def catalogue_path(domain: str, language: str = LANGUAGE) -> Path:
    """Where the catalogue of a module or a page is kept."""
    return BOOK / "locale" / LOCALES[language] / "LC_MESSAGES" / f"{domain}.po"


@cache
def _catalogue(domain: str, language: str) -> Any:
    path = catalogue_path(domain, language)
    if not path.exists():
        return ()
    from babel.messages.pofile import PoFileError, read_po  # only here, because English needs no catalogue

    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise DataError(path, f"no PO file: {error}", expected="a gettext catalogue", remedy="mend the line") from None


@cache
def messages(domain: str, language: str = LANGUAGE) -> dict[str, str]:
    """The translations of a module or a page by their English text; those still missing or in doubt are left out.

    Raises:
        DataError: the catalogue is no PO file, or a translation brings in more than words.
    """
    known = _catalogue(domain, language)
    words = {str(one.id): str(one.string) for one in known if one.id and one.string and not one.fuzzy}
    # Only here, because English needs no catalogue.
    from gwr.words.harmless import added_by_translation

    for text, translation in words.items():
        if added := added_by_translation(text, translation):
            raise DataError(
                catalogue_path(domain, language),
                f"the translation of {text[:60]!r} has {added}, which the English has not",
                expected="words, and the marks of the English as they are",
                remedy="take it out of the translation",
            )
    return words


def entries(domain: str, language: str) -> dict[str, str]:
    """Every message of a catalogue with its translation: empty if it is missing or in doubt.

    Raises:
        DataError: the catalogue is no PO file.
    """
    known = _catalogue(domain, language)
    return {str(one.id): "" if one.fuzzy else str(one.string) for one in known if one.id}


def translator(module: str, language: str = LANGUAGE) -> Callable[[str], str]:
    """The function that turns a module's English words into those of a language.

    A word without translation stays English; ``gwr catalogues --check`` names it.

    Args:
        module: the module's ``__name__``, which names the catalogue: ``show.charts`` for ``gwr.show.charts``.
        language: one of :data:`LOCALES`; that of this process if left out.
    """
    if language == "en":
        return lambda text: text
    known = messages(module.removeprefix("gwr."), language)
    return lambda text: known.get(text, text)


def both(english: str, chinese: str) -> str:
    """A name in both languages for an English page; in Chinese alone for a Chinese one."""
    return chinese if LANGUAGE == "zh" else f"{english} {chinese}"


def glossed(chinese: str, english: str) -> str:
    """Words of the report with their English summary behind them; alone in the Chinese edition."""
    return chinese if LANGUAGE == "zh" else f"{chinese} - {english}"


_IN_ENGLISH = {"anticipatory": "expected target", "congress": "people's congress", "slogan": "set phrase"}
"""Codes that are not the words in which a reader should meet them."""


def code(word: str, column: str = "") -> str:
    """A code of the tables (``growth_rate``, ``growth rate``) as the readers of this edition see it; other words unchanged.

    The catalogue ``codes`` has them with underscores, and as ``column:code`` where a code means something else in that column.
    """
    if LANGUAGE == "en":
        return _IN_ENGLISH.get(word, word)
    known, key = messages("codes"), word.replace(" ", "_")
    return known.get(f"{column}:{key}") or known.get(key, word)


def data(text: str) -> str:
    """A sentence of the tables or their descriptors (a definition, a note) from the catalogue ``data``; English if it is not there."""
    return text if LANGUAGE == "en" else messages("data").get(text, text)


_TWICE = re.compile(r"(.*[\u3400-\u9fff].*)[ |]\1", re.DOTALL)


def once(text: str) -> str:
    """Without the repetition that a name in both languages becomes in the Chinese edition: 指标 for ``指标 指标`` or ``指标|指标``."""
    twice = _TWICE.fullmatch(text) if LANGUAGE == "zh" else None
    return twice[1] if twice else text


_BETWEEN = {", ": "、", " and ": "和", "; ": "；"}


def join(words: Iterable[str], separator: str = ", ") -> str:
    """Words in a row; the separator ``, ``, `` and `` or ``; `` becomes the Chinese mark in the Chinese edition.

    A separator that the catalogue of a page has translated already stays.
    """
    return (_BETWEEN.get(separator, separator) if LANGUAGE == "zh" else separator).join(words)
