"""The report's text with every claim, pledge, place and damaged spot marked where it stands, and its English beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from gwr.report.claims import Claim, english_forms, english_pattern, load_claims
from gwr.report.schema import Row
from gwr.report.tables import Tables, load_tables
from gwr.report.text import Part
from gwr.show.html_tables import sorted_by
from gwr.words.language import LANGUAGE, code, data, translator
from gwr.words.number_format import typeset

_ = translator(__name__)


@dataclass(frozen=True)
class Mark:
    """A stretch of text to be marked: ``start:end`` in the report, a CSS class, an anchor and a hover text, empty if it has none."""

    start: int
    end: int
    kind: str
    anchor: str
    hint: str


_ROWS = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<details class="claims"><summary>{{ summary }}</summary>
<div class="gwr-table" role="region" tabindex="0" aria-label="{{ label }}">
<table>
<thead><tr><th scope="col">{{ heads[0] }}</th><th scope="col">{{ heads[1] }}</th><th scope="col" class="num"{% if order.kind %} data-sort="{{ order.kind }}"{% endif %}>{{ heads[2] }}</th>
<th scope="col">{{ heads[3] }}</th><th scope="col">{{ heads[4] }}</th><th scope="col">{{ heads[5] }}</th><th scope="col">{{ heads[6] }}</th>
<th scope="col">{{ heads[7] }}</th></tr></thead>
<tbody>
{% for claim in rows %}
<tr id="{{ claim.id }}-row"><td><a href="#{{ claim.id }}">{{ claim.id }}</a></td>
<td>{{ claim.row.indicator_en ~ " " if bilingual }}<span lang="zh">{{ claim.row.indicator_zh }}</span></td>
<td class="num"{% if order.keys[loop.index0] is not none %} data-sort="{{ order.keys[loop.index0] }}"{% endif %}>{{ claim.zh }}</td><td>{{ code(claim.row.measure|replace("_", " ")) }}</td><td>{{ claim.row.period }}</td>
<td>{{ code(claim.row.status) }}</td><td>{{ data(claim.row.note) }}</td><td data-uses="{{ claim.id }}">–</td></tr>
{% endfor %}
</tbody></table></div></details>"""
)
_HEADS = [_("Claim"), _("Indicator"), _("Figure"), _("Measure"), _("Period"), _("Status"), _("Note"), _("Used in")]


def claim_mark(claim: Claim, text: str) -> Mark:
    """The claim's numeral with the comparator words and the unit that follow it directly."""
    start, end = claim.row["number_start"], claim.row["number_end"]
    if text.startswith("余", end):
        end += 1
    if claim.row["unit_zh"] and text.startswith(claim.row["unit_zh"], end):
        end += len(claim.row["unit_zh"])
    hint = _("{id}: {indicator}, {figure} ({status}, {period})").format(
        id=claim.id,
        indicator=claim.row["indicator_en"],
        figure=claim.zh,
        status=code(claim.row["status"]),
        period=claim.row["period"],
    )
    return Mark(start, end, "claim", claim.id, hint)


def marks_of(tables: Tables, claims: Sequence[Claim]) -> list[Mark]:
    """All marks of the report, in reading order. Marks of different kinds may overlap."""
    text = tables.report.text
    marks = [claim_mark(claim, text) for claim in claims]
    place, gap = _("place: {name}"), _("text damaged; proposed reading: {reading}")
    marks += [
        Mark(row["name_start"], row["name_end"], "place", row["mention_id"], place.format(name=row["name_zh"]))
        for row in tables.get("places", [])
    ]
    marks += [Mark(row["start"], row["end"], "pledge", row["pledge_id"], "") for row in tables.get("pledges", [])]
    marks += [
        Mark(row["start"], row["end"], "gap", row["emendation_id"], gap.format(reading=row["reading"]))
        for row in tables.get("emendations", [])
    ]
    return sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))


def marked_part(part: Part, marks: Sequence[Mark]) -> Markup:
    """The part's text as HTML: an anchor where each mark starts, and its classes on every stretch it covers."""
    inside = [mark for mark in marks if part.start <= mark.start < part.end]
    cuts = sorted({part.start, part.end, *(c for m in inside for c in (m.start, min(m.end, part.end)))})
    out = []
    for start, end in pairwise(cuts):
        out += [Markup('<span id="{}"></span>').format(mark.anchor) for mark in inside if mark.start == start]
        covering = [mark for mark in inside if mark.start <= start and end <= mark.end]
        out.append(_stretch(part.text[start - part.start : end - part.start], covering))
    return Markup("").join(out)


def _stretch(text: str, covering: Sequence[Mark]) -> Markup:
    if not covering:
        return escape(text)
    kinds = " ".join(sorted({mark.kind for mark in covering}))
    hint = " · ".join(mark.hint for mark in covering if mark.hint)
    claim = next((mark for mark in covering if mark.kind == "claim"), None)
    if claim is None:
        title = Markup(' title="{}"').format(hint) if hint else ""
        return Markup('<span class="{}"{}>{}</span>').format(kinds, title, text)
    return Markup('<a class="{}" href="#{}-row" title="{}">{}</a>').format(kinds, claim.anchor, hint, text)


def section_anchor(section: str) -> str:
    """The address of a section on the page of the annotated source, in both editions: ``section-1.7a``."""
    return f"section-{section}"


def section_html(section: str) -> Markup:
    """One section of the report: each sentence with its marks and its English, and behind each paragraph the table of its claims.

    Raises:
        DataError: a table is wrong.
    """
    tables = load_tables()
    claims = list(load_claims().values())
    marks = marks_of(tables, claims)
    out: list[Markup] = []
    for part in tables.report.paragraphs:
        if part.section != section:
            continue
        rows = [claim for claim in claims if part.start <= claim.row["number_start"] < part.end]
        anchor = Markup("") if out else Markup(' id="{}"').format(section_anchor(section))
        out.append(Markup('<div class="parallel"{}>{}</div>').format(anchor, _pairs(part, tables, marks, rows)))
        if rows:
            out.append(_claims_table(rows, section))
    return Markup("\n").join(out)


def _pairs(paragraph: Part, tables: Tables, marks: Sequence[Mark], claims: Sequence[Claim]) -> Markup:
    """The sentences of a paragraph, each with its English beside it."""
    pair = Markup(
        '<div class="pair" id="{}"><p class="source" lang="zh">{}</p><p class="english" lang="en">{}</p></div>'
    )
    out = []
    for row in tables["translation"]:
        if not paragraph.start <= row["start"] < paragraph.end:
            continue
        sentence = Part(row["section"], row["start"], row["end"], row["quote"])
        inside = [claim for claim in claims if row["start"] <= claim.row["number_start"] < row["end"]]
        english = marked_english(row["text_en"], inside)
        out.append(pair.format(row["sentence_id"], marked_part(sentence, marks), english))
    return Markup("").join(out)


def marked_english(text: str, claims: Sequence[Claim]) -> Markup:
    """An English sentence with each of its figures a link to the row of its claim.

    Args:
        text: the sentence.
        claims: those of the sentence, in the order of the Chinese, which need not be that of the English.
    """
    text = typeset(text, "en")  # also on Chinese pages, where nobody else sets English
    spots: list[tuple[int, int, Claim]] = []
    for claim in claims:
        for form in english_forms(claim.ends_as_given, claim.unit):
            found = next(
                (
                    at
                    for at in re.finditer(english_pattern(form), text)
                    if all(at.end() <= start or end <= at.start() for start, end, _ in spots)
                ),
                None,
            )
            if found:
                spots.append((found.start(), found.end(), claim))
                break
    out, last = [], 0
    for start, end, claim in sorted(spots, key=lambda spot: spot[0]):
        link = Markup('<a class="claim" href="#{}-row" title="{}">{}</a>')
        out += [escape(text[last:start]), link.format(claim.id, claim.zh, text[start:end])]
        last = end
    return Markup("").join([*out, escape(text[last:])])


def language_switch() -> Markup:
    """Buttons that show the Chinese, the English, or both side by side; the style sheet does it, a script keeps the choice."""
    choices = (("zh", _("Chinese")), ("en", _("English")), ("both", _("side by side")))
    buttons = Markup("").join(
        Markup('<label><input type="radio" name="report-language" id="report-{}"{}>{}</label>').format(
            name, Markup(" checked") if name == ("zh" if LANGUAGE == "zh" else "both") else "", label
        )
        for name, label in choices
    )
    return Markup('<fieldset class="report-language"><legend>{}</legend>{}</fieldset>').format(
        _("The report in"), buttons
    )


def show_switch() -> None:
    """Shows the switch of languages in a notebook."""
    from IPython.display import HTML, display

    display(HTML(language_switch()))


def _claims_table(rows: Sequence[Claim], section: str) -> Markup:
    summary = _("{count} claim in this paragraph") if len(rows) == 1 else _("{count} claims in this paragraph")
    label = _("Claims of section {section}, from {first}").format(section=section, first=rows[0].id)
    return Markup(
        _ROWS.render(
            rows=rows,
            summary=summary.format(count=len(rows)),
            label=label,
            heads=_HEADS,
            order=sorted_by([claim.zh for claim in rows]),
            bilingual=LANGUAGE == "en",
            code=code,
            data=data,
        )
    )


def show_section(section: str) -> None:
    """Shows one section of the annotated source in a notebook."""
    from IPython.display import HTML, display

    display(HTML(section_html(section)))


def passage(row: Row, tables: Tables | None = None) -> str:
    """The whole sentence of the report in which a row of any table stands."""
    report = (tables or load_tables()).report
    start: Any = row.get("number_start") or row["start"]
    return report.sentence_at(start).text.strip()
