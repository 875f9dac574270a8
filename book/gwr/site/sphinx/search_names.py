"""Sphinx extension: the search finds every name of the tables and leads to where it stands.

Places, indicators, organisations and glossary terms become objects of a Sphinx domain, which the search matches by
Chinese name, English name and pinyin without tone marks, and which lead to an anchor, not just to a page. Pinyin written
as one word (``shangxiahang``) goes into the index of words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType

from gwr.report.schema import Row
from gwr.report.tables import Tables, load_tables
from gwr.site.sphinx.glossary_terms import GLOSSARY
from gwr.site.sphinx.provenance import SOURCE
from gwr.words.language import translator

_ = translator(__name__)

ATLAS = "book/16_atlas"
TOP = "main-content"
"""The anchor that the theme puts at the top of every page."""
KINDS_OF_NAMES = ("place", "indicator", "organisation", "term")
FIRST = 1
"""Sphinx's priority of objects that the search lists before pages."""

Named = tuple[str, str, str, str]
"""Kind, name as the search shows and matches it, page, anchor."""


def without_marks(text: str) -> str:
    """The text without tone marks: ``Shàngxiàháng`` as ``Shangxiahang``."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def one_word(pinyin: str) -> str:
    """Pinyin as many type it, in one word: ``Dà Miào`` as ``damiao``."""
    return "".join(letter for letter in without_marks(pinyin).lower() if letter.isalnum())


def joined_name(*parts: Any) -> str:
    """The names of one thing in a row, each once; a full stop would make Sphinx cut the name in two."""
    known = dict.fromkeys(str(part).strip().replace(".", "．") for part in parts if part)
    return " · ".join(known)


def all_names(tables: Tables) -> Iterator[Named]:
    """Every name of the tables with the place it leads to."""
    yield from _places(tables)
    for claim in _first_of_each(tables["claims"], "indicator_zh", "indicator_en"):
        yield "indicator", joined_name(claim["indicator_zh"], claim["indicator_en"]), SOURCE, str(claim["claim_id"])
    for row in tables["organisations"]:
        names = (row["name_zh"], row["name_en"], without_marks(str(row["name_en"])))  # ü is found as u
        yield "organisation", joined_name(*names), SOURCE, nearest_anchor(tables, row)
    for row in tables["glossary"]:
        anchor = "term-" + str(row["term_zh"]).replace("&", "-")
        yield "term", joined_name(row["term_zh"], without_marks(str(row["pinyin"])), row["term_en"]), GLOSSARY, anchor


def _places(tables: Tables) -> Iterator[Named]:
    first = {row["place_id"]: str(row["mention_id"]) for row in reversed(tables["places"])}
    for row in tables["gazetteer"]:
        page, anchor = (SOURCE, first[row["place_id"]]) if row["place_id"] in first else (ATLAS, TOP)
        full = row["name_full_zh"] if row["name_full_zh"] != row["name_zh"] else ""
        names = (row["name_zh"], full, row["other_names_zh"], without_marks(str(row["pinyin"] or "")), row["name_en"])
        yield "place", joined_name(*names), page, anchor


def _first_of_each(rows: Iterable[Row], *columns: str) -> list[Row]:
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        first.setdefault(tuple(row[column] for column in columns), row)
    return list(first.values())


def nearest_anchor(tables: Tables, row: Row) -> str:
    """The anchor of the annotated source that is nearest to the row's passage."""
    at: Any = row["start"]
    known = (("claims", "number_start", "claim_id"), ("places", "name_start", "mention_id"))
    return min((abs(mark[start] - at), str(mark[name])) for table, start, name in known for mark in tables[table])[1]


def more_words(page: str) -> list[str]:
    """Words under which a page is found though it does not show them: pinyin written as one word."""
    columns = {SOURCE: "gazetteer", GLOSSARY: "glossary"}
    if page not in columns:
        return []
    return [one_word(str(row["pinyin"])) for row in load_tables()[columns[page]] if row["pinyin"]]


class NameDomain(Domain):
    """The names as objects; they are read from the tables, so nothing is kept between builds."""

    name = "name"
    label = "Names"
    object_types = {kind: ObjType(kind) for kind in KINDS_OF_NAMES}  # noqa: RUF012 (as Sphinx has it)

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        names = {"place": _("place"), "indicator": _("indicator"), "organisation": _("organisation"), "term": _("term")}
        return names[str(type.lname)]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for kind, name, page, anchor in all_names(load_tables()):
            if page in self.env.found_docs:
                yield f"{kind}-{name}", name, kind, page, anchor, FIRST

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, Any]) -> None:
        """Nothing to merge."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_domain(NameDomain)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
