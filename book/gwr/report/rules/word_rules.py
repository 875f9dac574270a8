"""Rules of the words of the tables: English and Chinese say the same figures, and a sentence has not changed in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables
from gwr.report.text import read_text
from gwr.words.language import entries
from gwr.words.written_figures import lost_figure

PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    # table: (English column, Chinese column)
    "claims": (("indicator_en", "indicator_zh"),),
    "places": (("action_en", "action_zh"),),
    "pledges": (("summary_en", "quote"),),
    "organisations": (("name_en", "name_zh"),),
    "outcomes": (("indicator_en", "indicator_zh"),),
    "context": (("indicator_en", "indicator_zh"), ("note", "note_zh")),
    "glossary": (("term_en", "term_zh"),),
    "gazetteer": (("name_en", "name_full_zh"),),
    "judgement_sets": (("title_en", "title_zh"),),
    "judgement_codes": (("label_en", "label_zh"),),
    "statements": (("summary_en", "summary_zh"), ("subject_en", "subject_zh")),
    "firsts": (("summary_en", "summary_zh"),),
}
"""Columns that say the same in two languages."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "units": ("label_en",),
    "claims": ("note",),
    "not_claims": ("note",),
    "pledges": ("note",),
    "emendations": ("note",),
    "outcomes": ("note",),
    "glossary": ("definition_en",),
    "adjudication": ("reason",),
    "corrections": ("reason",),
    "checks": ("question", "formula", "assumption", "open_question", "comment"),
}
"""The columns of sentences that the Chinese edition shows in Chinese."""


@rule("a figure of one language stands in the other")
def columns_keep_figures(tables: Tables) -> Iterator[Fault]:
    for table, pairs in PAIRS.items():
        for english, chinese in pairs:
            for row in tables[table]:
                if lost := lost_figure(row[english], row[chinese]):
                    found = f"{lost} of {row[english]!r} or {row[chinese]!r} is not in the other"
                    yield Fault(table, row, english, found, "correct the figure that is wrong")


@rule("one name of an indicator, an action or a term in Chinese is one name in English, and the other way round")
def names_agree(tables: Tables) -> Iterator[Fault]:
    for table, english, chinese in (
        ("claims", "indicator_en", "indicator_zh"),
        ("context", "indicator_en", "indicator_zh"),
        ("glossary", "term_en", "term_zh"),
        ("statements", "subject_en", "subject_zh"),
        ("silences", "topic_en", "topic_zh"),
        ("judgement_sets", "title_en", "title_zh"),
        ("judgement_sets", "rule_en", "rule_zh"),
    ):
        first: dict[tuple[str, str], str] = {}
        for row in tables[table]:
            for key, column in ((english, chinese), (chinese, english)):
                if first.setdefault((key, row[key]), row[column]) != row[column]:
                    found = f"{row[key]} is {first[key, row[key]]!r} above and {row[column]!r} here"
                    yield Fault(table, row, column, found, "write one name for one thing")


@rule("a sentence of the tables has its entry in the catalogue of the Chinese edition: its second copy")
def sentences_have_their_entry(tables: Tables) -> Iterator[Fault]:
    known = entries("data", "zh")
    for table, columns in SENTENCES.items():
        for column in columns:
            for row in tables[table]:
                text = row[column]
                if text and text not in known:
                    found = f"{text[:60]!r} is not in the catalogue"
                    remedy = "if the sentence is meant, run 'python -m gwr catalogues data'; its Chinese may stay empty"
                    yield Fault(table, row, column, found, remedy)
                elif text and known[text] and (lost := lost_figure(text, known[text])):
                    found = f"{lost} of {text[:60]!r} or {known[text][:40]!r} is not in the other"
                    yield Fault(table, row, column, found, "correct the cell or its translation in data.po")


OWN_WORDS: dict[str, tuple[str, ...]] = {
    "pledges": ("summary_en",),
    "emendations": ("passage", "reading"),
    "organisations": ("name_zh", "name_en"),
    "glossary": ("pinyin", "term_en", "definition_en"),
    "gazetteer": ("name_en", "name_full_zh"),
    "judgement_sets": ("title_en", "title_zh", "rule_en", "rule_zh"),
    "statements": ("summary_en", "summary_zh"),
    "firsts": ("summary_en", "summary_zh"),
    "checks": ("inputs", "question"),
}
"""Columns in which no two rows say the same."""


@rule("two things have two names, two terms two definitions: the words of another row were copied by mistake")
def rows_have_their_own_words(tables: Tables) -> Iterator[Fault]:
    for table, columns in OWN_WORDS.items():
        for column in columns:
            first: dict[str, int] = {}
            for number, row in enumerate(tables[table], start=2):
                other = first.setdefault(row[column], number) if row[column] else number
                if other != number:
                    yield Fault(table, row, column, f"the words of row {other}", "write what is true of this row")


VOCABULARY = Path(__file__).with_name("vocabulary.txt")
"""The words of the English cells and the pinyin, one on a line: a word that is not there may be mistyped."""

_SPELT = frozenset(
    {
        "note",
        "reason",
        "evidence",
        "question",
        "formula",
        "assumption",
        "open_question",
        "comment",
        "pinyin",
        "topic",
        "role",
    }
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


def words_of(cell: str) -> list[str]:
    """The words of a cell in Latin letters, in lower case; addresses and Chinese left out."""
    text = unicodedata.normalize("NFC", re.sub(r"\S*[/@.]\S*[a-z]\S*", lambda found: _sentence_end(found[0]), cell))
    return [word for word in _WORD.findall(text.lower().replace("’", "'")) if not re.search("[\u3400-\u9fff]", word)]


def _sentence_end(found: str) -> str:
    """Nothing for an address or a file name, the words for "and/or"."""
    return found.replace("/", " ") if re.fullmatch(r"[^\W\d_]+/[^\W\d_]+[,.;)]?", found) else ""


def is_spelt(column: str) -> bool:
    """Whether a column holds English words or pinyin."""
    return column.endswith("_en") or column in _SPELT


@rule("every word is one of the vocabulary, where a mistyped one is missing")
def words_are_spelt_as_known(tables: Tables) -> Iterator[Fault]:
    known = set(read_text(VOCABULARY).split())
    for table, rows in tables.items():
        if table in ("corrections", "translation_revisions"):  # free words of whoever corrects
            continue
        columns = [field.name for field in tables.resources[table].fields if is_spelt(field.name)]
        for row in rows:
            for column in columns:
                strange = [word for word in words_of(row[column]) if word not in known]
                if strange:
                    found = f"{', '.join(map(repr, dict.fromkeys(strange)))} is not in the vocabulary"
                    remedy = "correct the word; if it is right, add it on a line of its own to book/gwr/report/rules/vocabulary.txt"
                    yield Fault(table, row, column, found, remedy)


_VOWELS = re.compile(r"[aeiouü]+", re.IGNORECASE)


@rule("pinyin has one syllable for each character")
def pinyin_has_a_syllable_for_each_character(tables: Tables) -> Iterator[Fault]:
    for row in tables["glossary"]:
        plain = unicodedata.normalize("NFD", row["pinyin"].replace("’", " ").replace("'", " "))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        syllables = len(_VOWELS.findall(plain))
        characters = len(re.findall("[\u3400-\u9fff0-9Ⅰ-Ⅹ]", row["term_zh"]))
        latin = len(re.findall("[AEIOUaeiou]+", row["term_zh"]))
        if syllables != characters + latin:
            found = f"{row['term_zh']}: {row['pinyin']} has {syllables} syllables"
            yield Fault("glossary", row, "pinyin", found, f"write {characters} syllables, an apostrophe before a vowel")
