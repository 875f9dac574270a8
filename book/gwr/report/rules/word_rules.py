"""Rules of the words of the tables: English and Chinese say the same figures, and a sentence has not changed in silence."""

from __future__ import annotations

from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables
from gwr.words.language import entries
from gwr.words.written_figures import lost_figure

PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    # table: (English column, Chinese column)
    "claims": (("indicator_en", "indicator_zh"),),
    "places": (("action_en", "action_zh"),),
    "pledges": (("summary_en", "quote"),),
    "organisations": (("name_en", "name_zh"),),
    "outcomes": (("indicator_en", "indicator_zh"),),
    "glossary": (("term_en", "term_zh"),),
    "gazetteer": (("name_en", "name_full_zh"),),
}
"""Columns that say the same in two languages."""

SENTENCES: dict[str, str] = {
    "units": "label_en",
    "claims": "note",
    "not_claims": "note",
    "pledges": "note",
    "emendations": "note",
    "outcomes": "note",
    "glossary": "definition_en",
    "adjudication": "reason",
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
    for table, english, chinese in (("claims", "indicator_en", "indicator_zh"), ("glossary", "term_en", "term_zh")):
        first: dict[tuple[str, str], str] = {}
        for row in tables[table]:
            for key, column in ((english, chinese), (chinese, english)):
                if first.setdefault((key, row[key]), row[column]) != row[column]:
                    found = f"{row[key]} is {first[key, row[key]]!r} above and {row[column]!r} here"
                    yield Fault(table, row, column, found, "write one name for one thing")


@rule("a sentence of the tables has its entry in the catalogue of the Chinese edition: its second copy")
def sentences_have_their_entry(tables: Tables) -> Iterator[Fault]:
    known = entries("data", "zh")
    for table, column in SENTENCES.items():
        for row in tables[table]:
            text = row[column]
            if text and text not in known:
                found = f"{text[:60]!r} is not in the catalogue"
                remedy = "if the sentence is meant, run 'python -m gwr catalogues data'; its Chinese may stay empty"
                yield Fault(table, row, column, found, remedy)
            elif text and known[text] and (lost := lost_figure(text, known[text])):
                found = f"{lost} of {text[:60]!r} or {known[text][:40]!r} is not in the other"
                yield Fault(table, row, column, found, "correct the cell or its translation in data.po")


@rule("two terms have two definitions")
def definitions_differ(tables: Tables) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for row in tables["glossary"]:
        term = first.setdefault(row["definition_en"], row["term_zh"])
        if term != row["term_zh"]:
            found = f"{row['term_zh']} is defined as {term} is"
            yield Fault("glossary", row, "definition_en", found, "write its own definition")
