"""Rules of what is cited from the collection of reports: one name, one checksum and one length for each text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from gwr.report.citations import CITING, citations, is_of_the_collection
from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables

_REMEDY = "correct the cell, or run 'python -m gwr beside' with the collection of reports if it is meant, then 'python -m gwr seal'"
_LEVELS = {"national": "nation", "province": "province", "city": "city", "national_communique": "nation"}


@rule("a cited report is one of the list, with the checksum of the list")
def citations_lead_to_a_known_text(tables: Tables) -> Iterator[Fault]:
    known = {row["path"]: row["sha256"] for row in tables["cited_texts"]}
    for citing in CITING:
        for row in tables[citing.table]:
            path = row[citing.path]
            if not is_of_the_collection(path):
                continue
            if path not in known:
                yield Fault(citing.table, row, citing.path, f"{path} is not in cited_texts.csv", _REMEDY)
            elif citing.sha256 and row[citing.sha256] != known[path]:
                found = f"{row[citing.sha256]}, {known[path]} in cited_texts.csv"
                yield Fault(citing.table, row, citing.sha256, found, _REMEDY)


@rule("a cited sentence is one of the list, and lies in its report")
def citations_are_known_sentences(tables: Tables) -> Iterator[Fault]:
    known = {(row["path"], row["start"], row["end"]) for row in tables["cited_sentences"]}
    for citing in CITING:
        for row in tables[citing.table]:
            if citing.start and is_of_the_collection(row[citing.path]):
                span = (row[citing.path], row[citing.start], row[citing.end])
                if span not in known:
                    found = f"{span[1]} to {span[2]} is no sentence of cited_sentences.csv"
                    yield Fault(citing.table, row, citing.start, found, _REMEDY)
    length = {row["path"]: row["characters"] for row in tables["cited_texts"]}
    for row in tables["cited_sentences"]:
        if not row["start"] < row["end"] <= length.get(row["path"], 0):
            found = f"{row['start']} to {row['end']} of {length.get(row['path'], 0)} characters"
            yield Fault("cited_sentences", row, "end", found, _REMEDY)


@rule("nothing stands in the lists of texts and sentences that no table cites")
def lists_hold_what_is_cited(tables: Tables) -> Iterator[Fault]:
    cited = set(citations(tables))
    texts = {path for path, _, _ in cited}
    for row in tables["cited_texts"]:
        if row["path"] not in texts:
            yield Fault("cited_texts", row, "path", f"{row['path']} is cited nowhere", _REMEDY)
        if f"/{row['year']}" not in row["path"]:
            yield Fault("cited_texts", row, "year", f"{row['year']} for {row['path']}", _REMEDY)
        if row["level"] == "city" and row["place"] not in row["path"]:
            yield Fault("cited_texts", row, "place", f"{row['place']} for {row['path']}", _REMEDY)
    for row in tables["cited_sentences"]:
        if (row["path"], row["start"], row["end"]) not in cited:
            found = f"{row['start']} to {row['end']} is cited nowhere"
            yield Fault("cited_sentences", row, "start", found, _REMEDY)


@rule("what is said to be of a level comes from a report of that level")
def levels_are_those_of_the_texts(tables: Tables) -> Iterator[Fault]:
    known = {row["path"]: _LEVELS[row["level"]] for row in tables["cited_texts"]}
    for table in ("inherited_wording", "wording_shares", "silences"):
        for row in tables[table]:
            level = known.get(row["source"], row["level"])
            if row["level"] not in (level, "peer", "other_city"):
                yield Fault(table, row, "level", f"{row['level']}, the text is of the {level}", f"set it to {level}")


@rule("a place stands in the path of its text, and a table names the place of the text")
def places_are_those_of_the_texts(tables: Tables) -> Iterator[Fault]:
    places = {row["path"]: row["place"] for row in tables["cited_texts"]}
    for path, place in places.items():
        if place != "全国" and place not in path:
            yield Fault("cited_texts", None, "place", f"{place} for {path}", _REMEDY)
    for row in tables["wording_shares"]:
        if row["place"] != places.get(row["source"], row["place"]):
            yield Fault("wording_shares", row, "place", f"{row['place']} for {row['source']}", _REMEDY)


@rule("a quotation is a part of the sentence that it cites, and a whole one has its checksum")
def quotations_are_the_sentences(tables: Tables) -> Iterator[Fault]:
    digests = {(row["path"], row["start"], row["end"]): row["digest"] for row in tables["cited_sentences"]}
    for row in tables["outcomes"]:
        due = digests.get((row["source_path"], row["source_start"], row["source_end"]))
        if not row["quote"] or due is None:
            continue
        longer = len(row["quote"]) - (row["source_end"] - row["source_start"])
        if longer > 0 or (longer == 0 and hashlib.sha256(row["quote"].encode()).hexdigest()[:12] != due):
            found = f"{row['fact_id']}: the sentence cited reads otherwise than {row['quote'][:30]!r}"
            yield Fault("outcomes", row, "quote", found, "copy the sentence again")
