"""The first page: what was found, the whole report as one picture, where the district is, and the ways into the book.

Every number is computed from the tables. The picture has a bar for each line of the report, a box for each figure and a
coloured stretch for each pledge, in reading order; each leads to its passage in the annotated source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import pandas as pd
from markupsafe import Markup

from gwr.analysis.context import residents, shares_of_city
from gwr.analysis.outcomes import promises
from gwr.analysis.plans import STRENGTH_NAMES
from gwr.report.claims import Claim, Fact, load_claims, load_context
from gwr.report.places import located, positions_of, read_layer
from gwr.report.tables import Tables
from gwr.report.text import Report, Section
from gwr.show.chapter import fill
from gwr.show.charts import STATUS_LABELS, STATUSES
from gwr.show.html_tables import table_html
from gwr.show.source_page import claim_mark, section_anchor
from gwr.words.language import translator

_ = translator(__name__)

CHARACTERS_OF_A_LINE = 100
"""How many characters of the report one line of the picture has."""

_PITCH = 2  # units from line to line; a character is one unit wide
_LOCATOR_WIDTH = 240


# --- what was found ---------------------------------------------------------------------------------------------------


def finding_values(tables: Tables) -> dict[str, Any]:
    """What the sentences of the first page are filled with besides claims and facts.

    Returns:
        ``of_people`` and ``of_city`` (by the district's claim), percent of the city's residents and of its figures;
        ``times``, GDP per resident as a multiple of the nation's; ``firms``, new firms and shops per resident as a multiple of
        the nation's; ``hectares`` of old housing redeveloped; ``commitments``, how many there are, and ``firm``, how many are
        firm; ``kept``, ``missed`` and ``promised``, the promises that can be checked and what became of them; ``places`` that are
        named, ``points`` and ``areas``, how many of them are known to a point and only by their subdistrict; ``area`` of the
        district in km².
    """
    known: dict[str, Claim | Fact] = {**load_claims(), **load_context()}
    beside, people = shares_of_city(tables, "district_in_city"), residents(tables)
    strength, state = tables.frame("pledges")["strength"], promises(tables)["state"]
    places = located(tables).drop_duplicates("place_id")["precision"]
    new_firms = known["c050"].interval.middle / people.iloc[0]
    new_firms_of_nation = known["x659"].interval.middle / people.iloc[6]
    return {
        "of_people": beside["of_people"].iloc[0],
        "of_city": beside.set_index("district")["share"],
        "times": known["c098"].interval.middle / known["x040"].interval.middle,
        "firms": new_firms / new_firms_of_nation,
        "hectares": known["c120"].interval.middle / 1e4,
        "commitments": strength.size,
        "firm": int(strength.eq("firm").sum()),
        "kept": int(state.isin(["kept", "exceeded"]).sum()),
        "missed": int(state.eq("missed").sum()),
        "promised": int(state.ne("no_target").sum()),
        "places": places.size,
        "points": int(places.eq("point").sum()),
        "areas": int(places.eq("subdistrict").sum()),
        "area": read_layer("district")[0]["properties"]["area_km2"],
    }


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return fill(template, {**load_claims(), **load_context()}, values, plain_text=True)


_NUMBERS = (
    (
        "05_city_2021.ipynb",
        "{of_city[c061]:.0f}%",
        _(
            "of the old estates that the city renovated in 2021 were in Taijiang, home to {of_people:.0f}% of its residents"
        ),
    ),
    (
        "01_headlines_2021.ipynb",
        _("{times:.1f} times"),
        _("the national GDP per resident in 2021, by the report's own figure"),
    ),
    (
        "16_atlas.ipynb",
        _("{points} of {places}"),
        _("named places can be found to a point; {areas} are known only by their subdistrict"),
    ),
    (
        "19_outcomes.ipynb",
        _("{settled} of {promised}"),
        _("promises that can be checked are settled by later reports: {kept} kept, {missed} missed"),
    ),
)
"""Chapter, number and the rest of its sentence."""


def hero(tables: Tables) -> Markup:
    """The head of the first page: a finding as headline, two sentences on book and place, where it is, and four numbers.

    Raises:
        DataError: a table or a layer is wrong.
    """
    values = finding_values(tables)
    values["settled"] = values["kept"] + values["missed"]
    numbers = Markup("").join(
        Markup('<li><a href="{}"><strong>{}</strong> {}</a></li>').format(
            page, _filled(number, values), _filled(rest, values)
        )
        for page, number, rest in _NUMBERS
    )
    lead = _(
        "On 21 December 2021 the head of Taijiang District, in the city of Fuzhou, read its work report to the district people's congress; this book sets the report's figures beside those of the city, the province and the nation. "
        "Taijiang has {area:.0f} km² on the north bank of the Min River and had {x001} residents at the census of 2020; Fuzhou is the capital of Fujian Province, on the coast of southeast China."
    )
    return Markup(
        '<div class="gwr-hero"><div class="said"><p class="statement">{} <a href="17_pledges.ipynb">{}</a></p><p>{}</p></div>{}'
        '<ul class="numbers">{}</ul></div>'
    ).format(
        _filled(
            _("Taijiang's government made {commitments} commitments for the years ahead. {firm} of them are firm."),
            values,
        ),
        _("Which ones?"),
        _filled(lead, values),
        locator(),
        numbers,
    )


_CARDS = (
    (
        "02_industry_2021.ipynb",
        _("Chapter 2 · Industry and trade"),
        _("Retail sales grew by {c008:own}, in the city by {x087}"),
        _("Is that the trade of which the report gives the parts?"),
    ),
    (
        "03_projects_2021.ipynb",
        _("Chapter 3 · Projects"),
        _(
            "The district attracted {of_city[c044]:.1f}% of the city's projects and {of_city[c045]:.1f}% of the money planned in them"
        ),
        _("Which numbers of projects may be added, and which count the same ones twice?"),
    ),
    (
        "04_innovation_2021.ipynb",
        _("Chapter 4 · Innovation and business climate"),
        _("For its residents the district registered {firms:.1f} times as many new firms and shops as the nation"),
        _("How much of what was added can be set beside what was there before?"),
    ),
    (
        "06_livelihood_2021.ipynb",
        _("Chapter 6 · Livelihood"),
        _(
            "The report says that a subsidy for public health was raised to {c076} a head; the national standard was {x552}"
        ),
        _("What does each effort come to for a resident, here and in the city?"),
    ),
    (
        "08_five_years.ipynb",
        _("Chapter 8 · Five years"),
        _("{c119:n} areas of old housing were redeveloped in five years, {hectares:.0f} hectares"),
        _("What changed in five years, and what merely adds up?"),
    ),
    (
        "09_targets_2022.ipynb",
        _("Chapter 9 · Targets"),
        _("The targets of {c147:n}% for GDP and {c151:n}% for foreign investment in 2022 are the city's, to the digit"),
        _("Are the targets higher or lower than what was just reached?"),
    ),
)
"""Chapter, its name, what it found and what it asks."""


def finding_cards(tables: Tables) -> Markup:
    """Six cards: what a chapter found, and the question that it goes on to answer; each a link.

    Raises:
        DataError: a table is wrong.
    """
    values = finding_values(tables)
    cards = Markup("").join(
        Markup('<li><p class="kicker">{}</p><p class="found"><a href="{}">{}</a></p><p>{}</p></li>').format(
            name, page, _filled(found, values), question
        )
        for page, name, found, question in _CARDS
    )
    return Markup('<ul class="gwr-cards">{}</ul>').format(cards)


_WAYS = (
    (
        _("To read"),
        ("01_headlines_2021.ipynb", _("Begin with the year in figures")),
        ("16_atlas.ipynb", _("See the places on a map")),
    ),
    (
        _("To study"),
        ("01_headlines_2021.ipynb#exercises", _("Try the first exercises")),
        ("22_your_report.ipynb", _("Take a report of your own")),
    ),
    (
        _("To teach"),
        ("21_teaching.ipynb", _("Plan a lesson")),
        ("20_method.ipynb", _("See who decided what counts")),
    ),
    (
        _("To use the data"),
        ("downloads.ipynb", _("Download the tables")),
        ("data_dictionary.ipynb", _("Look up what a column means")),
    ),
)


def ways_in() -> Markup:
    """Four ways into the book, each with two links: for a reader, a student, a teacher, and whoever wants the data."""
    ways = Markup("").join(
        Markup('<li><p class="kicker">{}</p>{}</li>').format(
            name, Markup("").join(Markup('<p><a href="{}">{}</a></p>').format(*link) for link in links)
        )
        for name, *links in _WAYS
    )
    return Markup('<ul class="gwr-ways-in">{}</ul>').format(ways)


# --- where it is ------------------------------------------------------------------------------------------------------


def locator() -> Markup:
    """The outline of the district with the Min River, as a small still picture.

    Raises:
        DataError: a layer is missing.
    """
    outline, river = ([*positions_of(read_layer(name)[0]["geometry"]["coordinates"])] for name in ("district", "river"))
    west, east = min(lon for lon, _lat in outline), max(lon for lon, _lat in outline)
    south, north = min(lat for _lon, lat in outline), max(lat for _lon, lat in outline)
    scale = _LOCATOR_WIDTH / (east - west)
    narrower = 1 / cos(radians((north + south) / 2))  # a degree of latitude is longer than one of longitude

    def path(positions: Sequence[tuple[float, float]]) -> str:
        spots = (f"{(lon - west) * scale:.0f} {(north - lat) * scale * narrower:.0f}" for lon, lat in positions)
        return f"M{'L'.join(dict.fromkeys(spots))}z"

    return Markup(
        '<figure class="gwr-locator"><svg viewBox="-2 -2 {} {:.0f}" role="img" aria-label="{}"><path class="land" d="{}"/>'
        '<path class="river" d="{}"/></svg><figcaption>{}</figcaption></figure>'
    ).format(
        _LOCATOR_WIDTH + 4,
        (north - south) * scale * narrower + 4,
        _("Outline of Taijiang District, with the Min River along its south"),
        path(outline),
        path(river),
        _("The district, with its part of the Min River"),
    )


# --- the whole report as one picture ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A figure or a pledge in the picture.

    Attributes:
        item: its id, which is its anchor in the annotated source.
        look: the status of a figure, the strength of a pledge.
        start: the offset at which it begins in the report.
        runs: the stretches that are drawn: column, line and length, each in characters or lines of its section.
    """

    item: str
    look: str
    start: int
    runs: tuple[tuple[int, int, int], ...]


def drawn_lines(report: Report, section: Section) -> list[tuple[int, int]]:
    """Start and end of each line of the picture: the section's paragraphs, cut after :data:`CHARACTERS_OF_A_LINE`."""
    return [
        (start, min(start + CHARACTERS_OF_A_LINE, part.end))
        for part in report.paragraphs
        if part.section == section.section
        for start in range(part.start, part.end, CHARACTERS_OF_A_LINE)
    ]


def _runs(lines: Sequence[tuple[int, int]], places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The offsets as stretches: column, line and length."""
    wanted = set(places)
    for number, (first, last) in enumerate(lines):
        start = first
        while start < last:
            end = start
            while end < last and end in wanted:
                end += 1
            if end > start:
                yield start - first, number, end - start
            start = end + 1


def drawn_marks(tables: Tables, section: Section) -> list[DrawnMark]:
    """Every figure and every pledge of a section, in the order of the report; a pledge leaves out the figures inside it.

    Args:
        tables: with the report.
        section: one of ``tables.report.sections``.
    """
    lines = drawn_lines(tables.report, section)
    marks, taken = [], set[int]()
    for claim in load_claims().values():
        if claim.row["section"] == section.section:
            stretch = claim_mark(claim, tables.report.text)
            covered = range(stretch.start, stretch.end)
            taken.update(covered)
            marks.append(DrawnMark(claim.id, claim.row["status"], stretch.start, tuple(_runs(lines, covered))))
    for pledge in tables.frame("pledges", section=(section.section,)).to_dict("records"):
        left = [place for place in range(pledge["start"], pledge["end"]) if place not in taken]
        marks.append(DrawnMark(pledge["pledge_id"], pledge["strength"], pledge["start"], tuple(_runs(lines, left))))
    return sorted(marks, key=lambda mark: (mark.start, mark.look in STATUSES))


def _shape(mark: DrawnMark) -> str:
    """The mark as a path: boxes for a figure, strokes for a pledge."""
    if mark.look in STATUSES:
        return "".join(f"M{x} {_PITCH * y + 0.2:g}h{n}v1.6h-{n}z" for x, y, n in mark.runs)
    return "".join(f"M{x} {_PITCH * y + 1}h{n}" for x, y, n in mark.runs)


def _drawing(lines: Sequence[tuple[int, int]], marks: Sequence[DrawnMark], words: str) -> Markup:
    bars = "".join(f"M0 {_PITCH * number + 1}h{end - start}" for number, (start, end) in enumerate(lines))
    links = Markup("").join(
        Markup('<a href="source.ipynb#{}" tabindex="-1"><path class="{}" d="{}"/></a>').format(
            mark.item, mark.look, _shape(mark)
        )
        for mark in marks
    )
    # The links stand beside what has the role of a picture, because nothing inside it may be one.
    return Markup(
        '<svg viewBox="0 0 {} {}"><g role="img" aria-label="{}"><path class="text" d="{}"/></g><g aria-hidden="true">{}</g></svg>'
    ).format(CHARACTERS_OF_A_LINE, _PITCH * len(lines), words, bars, links)


def counts_by_section(tables: Tables) -> pd.DataFrame:
    """What the picture shows, counted.

    Returns:
        One row for each section in the order of the report: ``section``, ``title`` (a link to the section), ``lines`` of the
        picture, ``figures``, ``ahead`` (those of them that are targets or plans), ``pledges`` and ``firm`` ones.
    """
    rows = []
    for section in tables.report.sections:
        looks = [mark.look for mark in drawn_marks(tables, section)]
        rows.append(
            {
                "section": section.section,
                "lines": len(drawn_lines(tables.report, section)),
                "figures": sum(look in STATUSES for look in looks),
                "ahead": sum(look in ("target", "plan") for look in looks),
                "pledges": sum(look in STRENGTH_NAMES for look in looks),
                "firm": looks.count("firm"),
            }
        )
    titles = [
        Markup('<a href="source.ipynb#{}">{}</a>').format(section_anchor(section.section), section.title)
        for section in tables.report.sections
    ]
    frame = pd.DataFrame(rows)
    frame.insert(1, "title", pd.Series(titles, dtype=object))
    return frame


def _counted(figures: int, pledges: int) -> str:
    """``11 figures``, ``8 figures, 13 pledges``; empty if there is neither."""
    shown = []
    if figures:
        shown.append((_("{count} figure") if figures == 1 else _("{count} figures")).format(count=figures))
    if pledges:
        shown.append((_("{count} pledge") if pledges == 1 else _("{count} pledges")).format(count=pledges))
    return _(", ").join(shown)


def _key() -> Markup:
    """What each look means, in two rows: the statuses of figures, the strengths of pledges."""
    box = Markup('<svg viewBox="0 0 5 2" aria-hidden="true"><path class="{}" d="M.3 .2h4.4v1.6h-4.4z"/></svg>')
    bar = Markup('<svg viewBox="0 0 5 2" aria-hidden="true"><path class="{}" d="M0 1h5"/></svg>')
    items = [(box.format(status), STATUS_LABELS[status]) for status in STATUSES]
    items += [(bar.format(strength), name) for strength, name in STRENGTH_NAMES.items()]
    return Markup('<ul class="key">{}</ul>').format(
        Markup("").join(Markup("<li>{} {}</li>").format(sample, words) for sample, words in items)
    )


def report_picture(tables: Tables) -> Markup:
    """The whole report as one picture, by section, with its key and, folded, a table of what it shows.

    The marks are links for the pointer alone: 520 stops would hold up a keyboard, which has the section's name as a link and
    the table.

    Raises:
        DataError: a table is wrong.
    """
    counts = counts_by_section(tables)
    parts: list[Markup] = []
    for part, name in ((1, _("Part one: what was done")), (2, _("Part two: what is promised"))):
        items = []
        for section, row in zip(tables.report.sections, counts.itertuples(), strict=True):
            if (section.section >= "2") != (part == 2):
                continue
            counted = _counted(row.figures, row.pledges)
            words = _("{title}: {count} lines").format(title=section.title, count=row.lines)
            drawing = _drawing(
                drawn_lines(tables.report, section),
                drawn_marks(tables, section),
                _("{lines}, {counted}").format(lines=words, counted=counted) if counted else words,
            )
            items.append(Markup("<li><p>{} <span>{}</span></p>{}</li>").format(row.title, counted, drawing))
        parts.append(Markup('<div><p class="kicker">{}</p><ol>{}</ol></div>').format(name, Markup("").join(items)))
    caption = _(
        "Each grey bar is a line of {line} of the report's {characters:,} characters, each box one of its {figures} figures, "
        "each coloured stretch one of its {pledges} pledges. Press a mark to read the passage."
    ).format(
        line=CHARACTERS_OF_A_LINE,
        characters=len(tables.report.text),
        figures=counts["figures"].sum(),
        pledges=counts["pledges"].sum(),
    )
    table = table_html(
        counts,
        "data-whole-report",
        _("Lines, figures and pledges of each section"),
        columns={
            "section": _("No."),
            "title": _("Section"),
            "lines": _("Lines"),
            "figures": _("Figures"),
            "ahead": _("of them targets and plans"),
            "pledges": _("Pledges"),
            "firm": _("of them firm"),
        },
    )
    return Markup(
        '<figure class="gwr-report" id="fig-whole-report"><figcaption>{} <a href="source.ipynb">{}</a></figcaption>{}'
        '<div class="parts">{}</div></figure><details><summary>{}</summary>\n{}\n</details>'
    ).format(
        caption,
        _("Or read it from the beginning"),
        _key(),
        Markup("").join(parts),
        _("Table: lines, figures and pledges of each section"),
        Markup(table),
    )
