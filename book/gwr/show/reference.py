"""The reference pages: the data dictionary, the coverage of the report, the register of defects, the glossary, the downloads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

import pandas as pd
from IPython.display import HTML, display
from markupsafe import Markup, escape

from gwr.paths import GEO
from gwr.report.claims import SOURCE_PAGE
from gwr.report.downloads import Download
from gwr.report.schema import Field, Resource
from gwr.report.tables import LINKS, Tables
from gwr.show.displays import as_markdown
from gwr.show.html_tables import table_html
from gwr.words.language import LANGUAGE, code, join, translator
from gwr.words.language import data as data_words

_ = translator(__name__)

DOWNLOADS = "../downloads/" if LANGUAGE == "en" else "../../downloads/"
"""Where the site has the downloads, seen from a page."""


def show_table(
    data: pd.DataFrame,
    name: str,
    caption: str,
    *,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, Callable[[Any], Any]] | None = None,
) -> None:
    """Shows a table without a number, for pages that are looked up rather than read."""
    display(HTML(table_html(data, f"tab-{name}", caption, columns=columns, formats=formats)))


def _frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A data frame whose cells keep their type, so that markup stays markup; columns of whole numbers are numeric."""
    frame = pd.DataFrame(list(rows), dtype=object)
    return frame.astype({name: int for name in frame.columns if all(isinstance(cell, int) for cell in frame[name])})


def download_link(path: str, text: str) -> Markup:
    """A link to one of the downloads, which only the site has."""
    return Markup('<a href="{}{}" download>{}</a>').format(DOWNLOADS, path, text)


def long_text(text: Any) -> Markup:
    """A cell that holds sentences and keeps a readable width on a phone."""
    return Markup('<span class="long">{}</span>').format(text if isinstance(text, Markup) else data_words(str(text)))


# --- the data dictionary -------------------------------------------------------------------------------------------------------


def tables_overview(tables: Tables) -> pd.DataFrame:
    """Every table with its number of rows and columns and its downloads."""
    return _frame(
        {
            "table": Markup('<a href="#tab-columns-{0}">{0}</a>').format(name),
            "title": resource.title,
            "rows": len(tables[name]),
            "columns": len(resource.fields),
            "files": Markup(" ").join(
                download_link(f"{kind}/{name}.{kind}", label)
                for kind, label in (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet"))
            ),
        }
        for name, resource in tables.resources.items()
    )


def describe_table(tables: Tables, name: str) -> None:
    """Shows what one table holds: its purpose, its keys and links, and every column with its codes."""
    resource = tables.resources[name]
    rows = _("**{rows:,} rows.**").format(rows=len(tables[name]))
    words = data_words(resource.description).replace("&", "&amp;").replace("<", "&lt;")  # Markdown, but no HTML
    display(as_markdown(f"{words} {rows} {_keys(resource)}"))
    columns = _frame(
        {
            "column": Markup("<code>{}</code>").format(field.name),
            "type": code(field.type),
            "rules": _rules(field),
            "meaning": long_text(_meaning(field)),
        }
        for field in resource.fields
    )
    heads = {"column": _("Column"), "type": _("Type"), "rules": _("Rules"), "meaning": _("Meaning and codes")}
    show_table(columns, f"columns-{name}", _("Columns of {name}.csv").format(name=name), columns=heads)


def _keys(resource: Resource) -> str:
    key = join((f"`{column}`" for column in resource.primary_key), " and ")
    links = [(column, table or resource.name, target) for column, table, target in resource.foreign_keys]
    links += [(column, table, target) for name, column, table, target in LINKS if name == resource.name]
    text = _("A row is known by {key}.").format(key=key) if key else ""
    if links:
        link = _("{column} to {target}")
        named = (link.format(column=f"`{column}`", target=f"`{table}.{target}`") for column, table, target in links)
        text += _(" Links: {links}.").format(links=join(dict.fromkeys(named), "; "))
    return text


def _rules(field: Field) -> str:
    rules = field.constraints
    parts = [_("required") if rules.get("required") else _("may be empty")]
    parts += [_("unique")] if rules.get("unique") else []
    parts += [_("at least {number}").format(number=rules["minimum"])] if "minimum" in rules else []
    parts += [_("at most {number}").format(number=rules["maximum"])] if "maximum" in rules else []
    return join(parts)


def _meaning(field: Field) -> Markup:
    text = escape(data_words(field.description or field.title))
    if "pattern" in field.constraints:
        pattern = Markup("<code>{}</code>").format(field.constraints["pattern"])
        text += Markup(_(" Form: {pattern}.")).format(pattern=pattern)
    if "enum" in field.constraints:
        codes = Markup(" ").join(_code_in_words(one, field.name) for one in field.constraints["enum"])
        text += Markup(_(" Codes: {codes}")).format(codes=codes)
    return text


def _code_in_words(one: str, column: str) -> Markup:
    """A code as it stands in the file, in the Chinese edition with what it means."""
    words = code(one, column)
    meaning = f"（{words}）" if words != one else ""
    return Markup("<code>{}</code>{}").format(one, meaning)


def shapes() -> pd.DataFrame:
    """The GeoJSON files of ``geo/`` as their descriptor states them."""
    package = json.loads((GEO / "datapackage.json").read_text(encoding="utf-8"))
    return _frame(
        {
            "file": resource["path"],
            "holds": long_text(_titled(resource["title"], resource["description"])),
            "licence": join(licence["name"] for licence in resource["licenses"]),
        }
        for resource in package["resources"]
        if resource["path"].endswith(".geojson")
    )


def _titled(title: str, description: str) -> Markup:
    words = _("{title}. {description}").format(title=data_words(title), description=data_words(description))
    return escape(words)


# --- coverage --------------------------------------------------------------------------------------------------------------------


def coverage(tables: Tables) -> pd.DataFrame:
    """How much of each section is in the tables; one row a section, counts only.

    Columns: ``section``, ``title``, ``characters``, ``in_claims`` and ``in_pledges`` (characters inside a quote of a claim, a
    pledge), ``sentences``, ``with_claim``, ``digits`` (runs of Arabic digits), ``digits_claims``, ``digits_others``, ``claims``,
    ``others`` (numerals that state no quantity), ``pledges``, ``mentions`` (of places), ``positioned`` (with a position on the
    map), ``in_subdistrict`` (known at least to a street or subdistrict) and ``defects``.
    """
    gazetteer = {row["place_id"]: row for row in tables["gazetteer"]}
    digits = [found.span() for found in re.finditer(r"[0-9]+(?:\.[0-9]+)?", tables.report.text)]
    numerals = [(row["number_start"], row["number_end"]) for row in tables["claims"]]
    in_claims, in_pledges = _inside(tables, "claims"), _inside(tables, "pledges")
    result = []
    for section in tables.report.sections:
        here = range(section.start, section.end)
        sentences = [sentence for sentence in tables.report.sentences if sentence.start in here]
        places = [gazetteer[row["place_id"]] for row in tables["places"] if row["start"] in here]
        runs = [span for span in digits if span[0] in here]
        counted = [(low, high) for low, high in runs if any(a <= low and high <= b for a, b in numerals)]
        claims = [row for row in tables["claims"] if row["start"] in here]
        result.append(
            {
                "section": section.section,
                "title": section.title,
                "characters": len(section.text),
                "in_claims": len(in_claims.intersection(here)),
                "in_pledges": len(in_pledges.intersection(here)),
                "sentences": len(sentences),
                "with_claim": sum(any(s.start <= c["start"] < s.end for c in claims) for s in sentences),
                "digits": len(runs),
                "digits_claims": len(counted),
                "digits_others": len(runs) - len(counted),
                "claims": len(claims),
                "others": sum(row["start"] in here for row in tables["not_claims"]),
                "pledges": sum(row["start"] in here for row in tables["pledges"]),
                "mentions": len(places),
                "positioned": sum(place["lon"] is not None for place in places),
                "in_subdistrict": sum(place["precision"] in ("point", "street", "subdistrict") for place in places),
                "defects": sum(row["start"] in here for row in tables["emendations"]),
            }
        )
    return _frame(result)


def _inside(tables: Tables, name: str) -> set[int]:
    """The characters that stand in a quote of this table."""
    return {offset for row in tables[name] for offset in range(row["start"], row["end"])}


# --- defects ---------------------------------------------------------------------------------------------------------------------


def in_context(text: str, start: int, end: int, *, around: int = 12) -> Markup:
    """A passage of the report, marked, with the characters around it."""
    before = text[max(0, start - around) : start].rpartition("\n")[2]
    after = text[end : end + around].partition("\n")[0]
    return Markup('<span lang="zh">{}<mark>{}</mark>{}</span>').format(before, text[start:end], after)


def pieces_of_reading(passage: str, reading: str) -> list[tuple[str, bool]]:
    """The reading in pieces, each with whether it was put in.

    >>> pieces_of_reading("388,总投资", "388个,总投资")
    [('388', False), ('个', True), (',总投资', False)]
    """
    steps = SequenceMatcher(None, passage, reading, autojunk=False).get_opcodes()
    return [(reading[low:high], kind == "insert") for kind, _, _, low, high in steps]


def inserted(passage: str, reading: str) -> Markup:
    """The proposed reading with what it puts in marked as inserted."""
    shown = (
        Markup("<ins>{}</ins>").format(text) if new else escape(text)
        for text, new in pieces_of_reading(passage, reading)
    )
    return Markup('<span lang="zh">{}</span>').format(Markup("").join(shown))


def defects(tables: Tables) -> pd.DataFrame:
    """The register of defects, ready to be shown."""
    text = tables.report.text
    return _frame(
        {
            "number": Markup('<a href="{0}#{1}">{1}</a>').format(SOURCE_PAGE, row["emendation_id"]),
            "section": row["section"],
            "passage": in_context(text, row["start"], row["end"]),
            "reading": inserted(row["passage"], row["reading"]),
            "lost": "".join(text for text, new in pieces_of_reading(row["passage"], row["reading"]) if new),
            "confidence": row["confidence"],
            "note": long_text(row["note"]),
        }
        for row in tables["emendations"]
    )


# --- corrections ---------------------------------------------------------------------------------------------------------------------


_ON_THE_SOURCE_PAGE = ("claims", "emendations")


def corrections(tables: Tables) -> pd.DataFrame:
    """The log of corrections, newest first; cells that were changed alike for one reason share a row.

    Old and new values are left out where they are sentences, which the reason tells of.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for row in tables["corrections"]:
        sentences = any(len(row[value] or "") > _SHORT for value in ("before", "after"))
        values = ("", "") if sentences else (row["before"] or "", row["after"] or "")
        key = (row["date"], row["table"], row["change"], row["column"] or "", *values, row["reason"])
        alike.setdefault(key, []).append(row["item"])
    rows = [
        {
            "date": date,
            "item": _items(table, items),
            "column": code(column) if column else _("the row"),
            "before": _value(before, column),
            "after": _value(after, column),
            "change": code(change, "change"),
            "reason": long_text(reason),
        }
        for (date, table, change, column, before, after, reason), items in alike.items()
    ]
    return _frame(sorted(rows, key=lambda row: row["date"], reverse=True))


def decisions(tables: Tables) -> pd.DataFrame:
    """What was decided where the two readers had differed: what each wrote, what stands now, and why."""
    return _frame(
        {
            "item": _items(row["table"], [row["item"]]),
            "column": code(row["variable"]),
            "first": _value(row["first"], row["variable"]),
            "second": _value(row["second"], row["variable"]),
            "decided": _value(row["final"], row["variable"]),
            "reason": long_text(row["reason"]),
        }
        for row in tables["adjudication"]
    )


_SHORT = 60  # characters: a code or a name, not a sentence


def _value(text: str | None, column: str) -> str | Markup:
    """A cell of a table; words that belong to the English edition say so, and stay English in every edition."""
    if not text:
        return "–"
    return Markup('<i lang="en">{}</i>').format(text) if column.endswith(("_en", "note")) else code(text, column)


def _items(table: str, items: Iterable[str]) -> Markup:
    """The ids of rows: those on the annotated source as links, others with the name of their table before them."""
    if table in _ON_THE_SOURCE_PAGE:
        return Markup(", ").join(Markup('<a href="{0}#{1}">{1}</a>').format(SOURCE_PAGE, item) for item in items)
    return Markup("{}: {}").format(code(table), ", ".join(items))


# --- glossary ----------------------------------------------------------------------------------------------------------------------


def glossary(tables: Tables, category: str) -> pd.DataFrame:
    """The terms of one field in the order of their pinyin, each with an anchor and a link to its first occurrence."""
    anchors = _anchors(tables)
    rows = [row for row in tables["glossary"] if row["category"] == category]
    return _frame(
        {
            "term": Markup('<span id="term-{}" lang="zh">{}</span>').format(
                row["term_zh"].replace("&", "-"), row["term_zh"]
            ),
            "pinyin": row["pinyin"],
            "english": escape(row["term_en"]),  # no code, though it may be the same word
            "definition": long_text(row["definition_en"]),
            "first": _nearest(tables, anchors, row["first_start"]),
            "mentions": row["mentions"],
        }
        for row in sorted(rows, key=lambda row: str(row["pinyin"]).casefold())
    )


def _anchors(tables: Tables) -> list[tuple[int, str]]:
    """Every address on the annotated source, with the offset at which it stands."""
    claims = [(row["number_start"], row["claim_id"]) for row in tables["claims"]]
    places = [(row["name_start"], row["mention_id"]) for row in tables["places"]]
    return sorted(claims + places + [(row["start"], row["emendation_id"]) for row in tables["emendations"]])


def _nearest(tables: Tables, anchors: list[tuple[int, str]], offset: int) -> Markup:
    """A link to the place on the source page that is nearest to an offset, in the same section."""
    section = tables.report.section_at(offset)
    near = [(abs(at - offset), name) for at, name in anchors if section.start <= at < section.end]
    if not near:
        return Markup('<a href="{}">{}</a>').format(SOURCE_PAGE, section.section)
    return Markup('<a href="{}#{}">{}</a>').format(SOURCE_PAGE, min(near)[1], section.section)


# --- downloads ---------------------------------------------------------------------------------------------------------------------


def downloads_table(files: list[Download]) -> pd.DataFrame:
    """The downloads with links; the site fills in the sizes."""
    return _frame(
        {
            "file": download_link(file.path, file.path),
            "holds": file.holds,
            "format": file.format,
            "size": _size(file.path),
        }
        for file in files
    )


def _size(path: str) -> Markup:
    return Markup('<span data-size="{}">–</span>').format(path)


def single_tables(tables: Tables) -> pd.DataFrame:
    """A row for each table, with a link to each of its files and the file's size."""
    rows = []
    for name, resource in tables.resources.items():
        row: dict[str, Any] = {"table": escape(name), "title": resource.title, "rows": len(tables[name])}
        for kind, label in (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet")):
            path = f"{kind}/{name}.{kind}"
            row[kind] = download_link(path, label) + Markup(" ") + _size(path)
        rows.append(row)
    return _frame(rows)
