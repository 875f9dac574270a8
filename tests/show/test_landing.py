"""The first page: the picture of the whole report, its numbers, and where its links lead."""

import json
import re
from html import unescape
from itertools import pairwise

import pytest
from gwr.report.claims import load_claims
from gwr.report.tables import load_tables
from gwr.report.text import SECTION_CODES
from gwr.show import landing
from gwr.show.charts import DASHES, FILLS, STATUSES
from gwr.show.marks import GRADE_FILLS, STRENGTH_MARKS
from gwr.show.source_page import claim_mark, section_anchor, section_html
from gwr.site.editions import section_ids
from toc import ENGLISH, ROOT

LINK = re.compile(r'<a href="source\.ipynb#([cp]\d{3})" tabindex="-1"><path class="(\w+)" d="([^"]+)"/></a>')
LARGEST = 64_000
"""Bytes of the picture with its table: what a phone loads before it sees anything else is the page."""


@pytest.fixture(scope="module")
def tables():
    return load_tables()


@pytest.fixture(scope="module")
def picture(tables):
    return str(landing.report_picture(tables))


@pytest.fixture(scope="module")
def passages():
    """The annotated source, all sections."""
    return "".join(section_html(section) for section in SECTION_CODES)


def drawn(tables):
    return [mark for section in tables.report.sections for mark in landing.drawn_marks(tables, section)]


def test_every_figure_and_pledge_is_in_the_picture_once(tables, picture):
    items = [item for item, _look, _path in LINK.findall(picture)]
    wanted = [*load_claims(), *tables.frame("pledges")["pledge_id"]]
    assert sorted(items) == sorted(wanted)
    assert picture.count('tabindex="-1"') == len(wanted)


def test_marks_stand_in_the_order_of_the_report(tables, picture):
    starts = dict(zip(tables.frame("pledges")["pledge_id"], tables.frame("pledges")["start"], strict=True))
    starts |= {claim.id: claim.row["number_start"] for claim in load_claims().values()}
    places = [starts[item] for item, _look, _path in LINK.findall(picture)]
    assert places == sorted(places)


def test_marks_look_as_their_rows_say(tables, picture):
    wanted = dict(zip(tables.frame("pledges")["pledge_id"], tables.frame("pledges")["strength"], strict=True))
    wanted |= {claim.id: claim.row["status"] for claim in load_claims().values()}
    assert {item: look for item, look, _path in LINK.findall(picture)} == wanted


def test_marks_lie_on_the_lines_they_are_read_from(tables):
    """The characters under a mark are those of its figure, or of its pledge without the figures in it."""
    report = tables.report
    pledges = tables.frame("pledges").set_index("pledge_id")
    stretches = [claim_mark(claim, report.text) for claim in load_claims().values()]
    figures = {at for stretch in stretches for at in range(stretch.start, stretch.end)}
    for section in report.sections:
        lines = landing.drawn_lines(report, section)
        for mark in landing.drawn_marks(tables, section):
            covered = [at for x, y, n in mark.runs for at in range(lines[y][0] + x, lines[y][0] + x + n)]
            assert covered == sorted(set(covered))
            assert all(
                first <= at < last for at in covered for first, last in [next(q for q in lines if q[0] <= at < q[1])]
            )
            if mark.look in STATUSES:
                row = load_claims()[mark.item].row
                assert set(range(row["number_start"], row["number_end"])) <= set(covered)
            else:
                row = pledges.loc[mark.item]
                assert covered
                assert set(covered) == set(range(row["start"], row["end"])) - figures


def test_no_two_marks_cover_the_same_character(tables):
    for section in tables.report.sections:
        taken = sorted((y, x, x + n) for mark in landing.drawn_marks(tables, section) for x, y, n in mark.runs)
        for (line, _start, end), (next_line, start, _end) in pairwise(taken):
            assert line != next_line or end <= start


def test_the_lines_are_the_whole_report(tables):
    report = tables.report
    shown = "".join(
        report.text[start:end] for section in report.sections for start, end in landing.drawn_lines(report, section)
    )
    assert "".join(shown.split()) == "".join(report.text.split())
    lengths = [end - start for section in report.sections for start, end in landing.drawn_lines(report, section)]
    assert max(lengths) == landing.CHARACTERS_OF_A_LINE


def test_links_lead_to_anchors_that_are_there(picture, passages, tables):
    there = set(re.findall(r'\bid="([^"]+)"', passages))
    wanted = set(re.findall(r'href="source\.ipynb#([^"]+)"', picture))
    assert wanted - there == set()
    assert {section_anchor(section) for section in SECTION_CODES} <= wanted


def test_anchors_of_the_source_are_there_once(passages):
    found = re.findall(r'\bid="([^"]+)"', passages)
    assert len(found) == len(set(found))


def test_a_pledge_that_is_led_to_can_be_seen(passages, tables):
    """The style outlines the element behind the anchor."""
    for pledge in tables.frame("pledges")["pledge_id"]:
        assert re.search(
            rf'<span id="{pledge}"></span>(<span id="\w+"></span>)*<(a|span) class="[^"]*\bpledge\b', passages
        )


def test_pages_and_sections_that_are_led_to_exist(tables):
    html = "".join((landing.hero(tables), landing.finding_cards(tables), landing.ways_in()))
    links = re.findall(r'href="(\w+)\.ipynb(?:#([\w-]+))?"', html)
    assert len(links) == html.count("href=") > 0
    for page, anchor in links:
        assert f"book/{page}" in ENGLISH
        assert not anchor or anchor in section_ids(ROOT / "book" / f"{page}.ipynb")


def test_the_counts_are_those_of_the_tables(tables):
    counts = landing.counts_by_section(tables)
    claims, pledges = tables.frame("claims"), tables.frame("pledges")
    assert list(counts["section"]) == list(SECTION_CODES)
    for row in counts.itertuples():
        of_claims, of_pledges = claims[claims["section"] == row.section], pledges[pledges["section"] == row.section]
        assert (row.figures, row.pledges) == (len(of_claims), len(of_pledges))
        assert row.ahead == of_claims["status"].isin(["target", "plan"]).sum()
        assert row.firm == (of_pledges["strength"] == "firm").sum()
        assert row.lines == len(
            landing.drawn_lines(tables.report, tables.report.section_at(row_start(tables, row.section)))
        )


def row_start(tables, section):
    return next(part.start for part in tables.report.sections if part.section == section)


def test_numbers_shown_are_those_of_the_tables(tables):
    text = re.sub(r"<[^>]+>", "", str(landing.hero(tables)))
    pledges, places = tables.frame("pledges"), tables.frame("places")["place_id"].nunique()
    known = (
        tables.frame("gazetteer")
        .set_index("place_id")["precision"]
        .reindex(tables.frame("places")["place_id"].unique())
    )
    firm = (pledges["strength"] == "firm").sum()
    assert f"made {len(pledges)} commitments for the years ahead. {firm} of them are firm." in text
    assert f"{(known == 'point').sum()} of {places} named places" in text
    claims, context = load_claims(), tables.frame("context").set_index("context_id")["value"]
    assert f"{100 * claims['c061'].value / context['x572']:.0f}% of the old estates" in text
    assert f"home to {100 * context['x001'] / context['x005']:.0f}% of its residents" in text
    assert f"{claims['c098'].base_value / context['x040']:.1f} times" in text


def test_the_cards_say_what_the_ten_findings_say(tables):
    """Both are filled from the same values, so each number of a card stands in the list too."""
    notebook = json.loads((ROOT / "book" / "index.ipynb").read_text(encoding="utf-8"))
    listed = next(
        "".join(output["data"]["text/markdown"])
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if "Retail sales grew" in "".join(output.get("data", {}).get("text/markdown", ""))
    )
    spoken = set(re.findall(r"\d[\d.]*(?=\D)", re.sub(r"\]\(<[^>]*>\)", " ", listed)))
    titles = re.findall(r'<p class="found"><a href="[^"]+">([^<]+)</a>', landing.finding_cards(tables))
    assert len(titles) == 6
    for title in titles:
        assert {number for number in re.findall(r"\d[\d.]*", unescape(title)) if number != "2022"} <= spoken | {"2022"}


def test_a_screen_reader_gets_sections_and_not_every_mark(picture):
    drawings = re.findall(
        r'<svg viewBox="0 0 100 \d+"><g role="img" aria-label="([^"]+)"><path class="text" d="[^"]+"/></g>(.*?)</svg>',
        picture,
    )
    assert len(drawings) == len(SECTION_CODES)
    assert all(re.search(r": \d+ lines", label) for label, _marks in drawings)
    for _label, marks in drawings:
        assert "<a " not in re.sub(r'<g aria-hidden="true">.*?</g>', "", marks)
    assert '<a href="source.ipynb">' in picture and "<table>" in picture


def test_the_picture_is_light_and_needs_no_script_and_no_style_of_its_own(picture):
    assert len(picture.encode()) < LARGEST
    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=|https?:", picture)


def test_the_style_sheet_draws_marks_as_the_charts_do():
    css = (ROOT / "book" / "static" / "book.css").read_text(encoding="utf-8")
    rules = re.findall(r"^\.gwr-report ([^{]+) \{ ([^}]+) \}", css, re.MULTILINE)

    def said(name, what):
        """The last value that applies, as the browser takes it."""
        found = [
            value.strip()
            for selector, body in rules
            if re.search(rf"\.{name}\b", selector)
            for key, _colon, value in (part.partition(":") for part in body.split(";"))
            if key.strip() == what
        ]
        return found[-1] if found else None

    for status in STATUSES:
        assert float(said(status, "fill-opacity") or 1) == FILLS[status]
        dash = said(status, "stroke-dasharray")
        assert (dash is None) == (DASHES[status] == [1, 0])
        if dash:
            drawn_part, gap = map(float, dash.split())
            assert drawn_part / gap == pytest.approx(DASHES[status][0] / DASHES[status][1])
    for strength, (_shape, colour) in STRENGTH_MARKS.items():
        assert said(strength, "stroke") == colour
        opacity = said(strength, "stroke-opacity")
        assert float(opacity or 1) == GRADE_FILLS["firm_figure" if strength == "firm" else strength][1]


def test_the_locator_is_the_outline_of_the_district():
    html = str(landing.locator())
    land = re.search(r'class="land" d="M([^"]+)z"', html)[1].split("L")
    spots = [tuple(map(int, spot.split())) for spot in land]
    assert min(x for x, _y in spots) == 0 and max(x for x, _y in spots) == 240
    height = max(y for _x, y in spots)
    assert 1.9 < 240 / height < 2.6  # twice as wide as high
