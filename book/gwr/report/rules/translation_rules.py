"""Rules of translation.csv: the English covers the report, and says neither more nor less than the Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gwr.report.claims import english_forms, english_pattern
from gwr.report.rules.registry import Fault, rule
from gwr.report.schema import Row
from gwr.report.tables import Tables

_STRENGTHS = {
    "(?<!全)力争": r"\bstriv",
    "预计": r"\bexpect",
    "预期": r"\bexpect",
    "确保": r"\bensur",
    "探索": r"\bexplor",
    "鼓励": r"\bencourag",
    "争取": r"\bseek|\bsought",
}
"""Words of the report that say how sure a thing is, and the English that may stand for them."""

_OWN_TERM = "term:"
"""What a note says before the reason why a term of the glossary is rendered in another way."""


_IN_NUMBERS = ("亿元", "万元", "以上")
"""Terms that are part of a figure, which has a rule of its own."""


@rule("every character of the report that is no white space stands in one sentence, and has its English")
def translation_covers_the_report(tables: Tables) -> Iterator[Fault]:
    text, at = tables.report.text, 0
    for number, row in enumerate(tables["translation"], start=1):
        if row["sentence_id"] != f"s{number:03}":
            found = f"{row['sentence_id']} is sentence {number}"
            yield Fault("translation", row, "sentence_id", found, f"number the sentences: s{number:03}")
        if left := text[at : row["start"]].strip():
            found = f"{row['sentence_id']}: {left[:20]!r} before it is in no sentence"
            yield Fault("translation", row, "start", found, "begin where the sentence before ends")
        if row["start"] < at:
            found = f"{row['sentence_id']} begins before the sentence above it ends"
            yield Fault("translation", row, "start", found, "begin where the sentence before ends")
        at = row["end"]
    if tables["translation"] and (left := text[at:].strip()):
        yield Fault("translation", None, "end", f"{left[:20]!r} at the end is in no sentence", "add the sentence")


@rule("a sentence is in English, without a Chinese character, and keeps what is restored in square brackets")
def translation_is_english(tables: Tables) -> Iterator[Fault]:
    damaged = [(row["start"], row["emendation_id"]) for row in tables["emendations"] if row["confidence"] == "high"]
    for row in tables["translation"]:
        name, english = row["sentence_id"], row["text_en"]
        if han := re.search(r"[\u3400-\u9fff]+", english):
            yield Fault("translation", row, "text_en", f"{name}: {han[0]} is Chinese", "translate it")
        here = [spot for at, spot in damaged if row["start"] <= at < row["end"]]
        if here and "[" not in english:
            found = f"{name}: {here[0]} is in it, and nothing stands in square brackets"
            yield Fault("translation", row, "text_en", found, "put what is restored in square brackets")
        if english.count("[") != english.count("]"):
            yield Fault("translation", row, "text_en", f"{name}: a bracket is not closed", "close it")


@rule("each figure of a sentence stands in its English, in English units")
def translated_claims_keep_their_numbers(tables: Tables) -> Iterator[Fault]:
    units = {row["unit"]: row for row in tables["units"]}
    for claim, row in _sentences_of(tables, "claims", "number_start"):
        if claim["unit"] not in units:  # which another rule says
            continue
        ends = [float(claim[key]) for key in ("value", "value_high") if claim[key] is not None]
        unit = units[claim["unit"]]
        forms = english_forms(ends, unit)
        due = forms[min(1, len(forms) - 1)]
        there = any(re.search(english_pattern(form), row["text_en"]) for form in forms)
        if not there:
            found = f"{row['sentence_id']}: {claim['claim_id']} ({due}) is not in its English"
            yield Fault("translation", row, "text_en", found, f"write {due}")


@rule("what the report only strives for or expects is no certainty in English, and what it ensures is no effort")
def translation_keeps_strength(tables: Tables) -> Iterator[Fault]:
    for row in tables["translation"]:
        for chinese, english in _STRENGTHS.items():
            if re.search(chinese, row["quote"]) and not re.search(english, row["text_en"], re.IGNORECASE):
                word = chinese.rpartition(")")[2]
                found = f"{row['sentence_id']}: {word} stands in the Chinese, and no {english[2:]}… in the English"
                yield Fault("translation", row, "text_en", found, "say how sure the report is")


@rule("a term of the glossary has one rendering; another one is explained in the note")
def translation_uses_the_glossary(tables: Tables) -> Iterator[Fault]:
    terms = {row["term_zh"]: row["term_en"] for row in tables["glossary"]}
    longest = sorted(terms, key=len, reverse=True)
    for row in tables["translation"]:
        if _OWN_TERM in row["note"]:
            continue
        rest = row["quote"]
        for term in longest:
            if term not in rest or term in _IN_NUMBERS:
                continue
            rest = rest.replace(term, "\n")  # a term within a longer one is rendered with it
            if not any(_renders(row["text_en"], one) for one in terms[term].split(";")):
                found = f"{row['sentence_id']}: {term} is {terms[term]!r}, which its English has not"
                yield Fault(
                    "translation", row, "text_en", found, f"use the term, or say why not in a note with {_OWN_TERM!r}"
                )


def _renders(english: str, term: str) -> bool:
    """Whether the words of a term stand in a sentence, each by its stem; what a term has in brackets need not."""
    words = [word for word in re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", term).lower()) if len(word) > 3]
    text = english.lower()
    return all(word[: max(3, len(word) - 3)] in text for word in words)


def _sentences_of(tables: Tables, table: str, offset: str) -> Iterator[tuple[Row, Row]]:
    for row in tables[table]:
        for sentence in tables["translation"]:
            if sentence["start"] <= row[offset] < sentence["end"]:
                yield row, sentence
                break


@rule(
    "a revision belongs to a sentence, differs from the first version, and what stands now is one of the two or settled"
)
def revisions_are_of_sentences(tables: Tables) -> Iterator[Fault]:
    now = {row["sentence_id"]: row["text_en"] for row in tables["translation"]}
    for row in tables["translation_revisions"]:
        name = row["sentence_id"]
        if name not in now:
            yield Fault("translation_revisions", row, "sentence_id", f"{name} is no sentence", "correct the id")
            continue
        if row["first_en"] == row["revised_en"] and row["settled"] != "third":
            yield Fault("translation_revisions", row, "revised_en", f"{name}: nothing was revised", "take the row out")
        said = {"first": row["first_en"], "revised": row["revised_en"]}
        if row["settled"] in said and said[row["settled"]] != now[name]:
            found = f"{name}: settled is {row['settled']}, and translation.csv has another text"
            yield Fault("translation_revisions", row, "settled", found, "set it to third, or correct translation.csv")
        if row["settled"] == "third" and now[name] in said.values():
            yield Fault("translation_revisions", row, "settled", f"{name}: it is one of the two", "say which")
