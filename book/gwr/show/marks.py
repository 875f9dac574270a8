"""Charts of one mark each for pledges and statements, and bars of strength."""

from __future__ import annotations

import altair as alt
import pandas as pd

from gwr.analysis.plans import STRENGTH_NAMES
from gwr.analysis.pledges import GRADE_NAMES
from gwr.analysis.statements import KIND_NAMES
from gwr.show.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, tooltip
from gwr.words.language import translator

_ = translator(__name__)

# Mark and colour of each strength, grade and kind; the mark tells them apart where colour cannot.
STRENGTH_MARKS = {
    "firm": ("square", BLUE),
    "anticipatory": ("triangle-down", PURPLE),
    "effort": ("circle", ORANGE),
    "exploratory": ("triangle-up", GREY),
    "continuing": ("diamond", GREEN),
}
GRADE_FILLS = {
    "firm_figure": (BLUE, 0.85),
    "firm": (BLUE, 0.15),
    "anticipatory": (PURPLE, 0.45),
    "effort": (ORANGE, 0.5),
    "exploratory": (GREY, 0.6),
    "continuing": (GREEN, 0.5),
}
KIND_MARKS = {
    "figure": ("square", BLUE),
    "first": ("triangle-up", ORANGE),
    "title": ("diamond", GREEN),
    "event": ("circle", PURPLE),
    "movement": ("cross", GREY),
}


def pledge_marks(pledges: pd.DataFrame, *, width: int = 440) -> alt.LayerChart:
    """One mark for each pledge in reading order, a row a paragraph; shape and colour show the strength.

    Args:
        pledges: from :func:`by_paragraph`.
        width: of the drawing in pixels.
    """
    present = [code for code in STRENGTH_NAMES if code in set(pledges["strength"])]
    names = [STRENGTH_NAMES[code] for code in present]
    shapes, colours = (list(part) for part in zip(*(STRENGTH_MARKS[code] for code in present), strict=True))
    legend = alt.Legend(title=None, columns=2, symbolSize=160)
    shown = pledges[["place", "paragraph", "strength_name", "mark", "pledge_id", "quote", "summary_en"]]
    shown = shown.assign(claim_id=pledges["claim_ids"].str.split(";").str[0])
    longest = int(shown["place"].max())
    ticks = alt.Axis(grid=False, values=[1, *range(5, longest + 1, 5)], format="d")
    two_lines = alt.Axis(labelExpr="split(datum.label, '|')", labelPadding=8)
    base = alt.Chart(shown).encode(
        x=alt.X(
            "place:Q",
            title=_("Pledges in reading order"),
            scale=alt.Scale(domain=[0.3, longest + 0.7], nice=False),
            axis=ticks,
        ),
        y=alt.Y("paragraph:N", title=None, sort=None, axis=two_lines),
        tooltip=["pledge_id:N", "strength_name:N", "quote:N", "summary_en:N"],
    )
    marks = base.mark_point(size=330, fillOpacity=0.3, strokeWidth=2).encode(
        shape=alt.Shape("strength_name:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
        color=alt.Color("strength_name:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
        fill=alt.Fill("strength_name:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
    )
    letters = base.mark_text(fontSize=12, fontWeight="bold", baseline="middle").encode(text="mark:N")
    return (marks + letters).properties(width=width, height=alt.Step(52))


def statement_marks(frame: pd.DataFrame, *, width: int = 400) -> alt.Chart:
    """One mark for each statement in reading order, a row a subject; shape and colour show the kind.

    Args:
        frame: from :func:`statements`.
        width: of the drawing in pixels.
    """
    present = [code for code in KIND_NAMES if code in set(frame["kind"])]
    names = [KIND_NAMES[code] for code in present]
    shapes, colours = (list(part) for part in zip(*(KIND_MARKS[code] for code in present), strict=True))
    legend = alt.Legend(title=None, columns=1, symbolSize=150)
    longest = int(frame["place"].max())
    across = alt.X(
        "place:Q",
        title=_("Statements in reading order"),
        scale=alt.Scale(domain=[0.4, longest + 0.6], nice=False),
        axis=alt.Axis(grid=False, values=list(range(1, longest + 1)), format="d"),
    )
    down = alt.Y("subject:N", title=None, sort=None, axis=alt.Axis(labelExpr="split(datum.label, '|')", labelPadding=8))
    tips = {
        "kind_name:N": _("kind_name"),
        "quote:N": _("quote"),
        "summary_en:N": _("summary_en"),
        "claim_id:N": _("claim_id"),
    }
    marks = alt.Chart(frame[["subject", "place", "kind_name", "quote", "summary_en", "claim_id"]])
    return (
        marks.mark_point(size=300, fillOpacity=0.35, strokeWidth=2)
        .encode(
            x=across,
            y=down,
            shape=alt.Shape("kind_name:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
            color=alt.Color("kind_name:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            fill=alt.Fill("kind_name:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            tooltip=tooltip(tips),
        )
        .properties(width=width, height=alt.Step(50))
    )


def strength_bars(counts: pd.DataFrame, *, width: int = 400, step: int = 34) -> alt.LayerChart:
    """Stacked bars of strength, one for each section, with the number of pledges written into each stretch.

    Args:
        counts: from :func:`strength_by_section`.
        width: of the drawing in pixels.
        step: height of a row in pixels.
    """
    present = [grade for grade in GRADE_NAMES if grade in set(counts["grade"])]
    names = [GRADE_NAMES[grade] for grade in present]
    colours, opacities = (list(part) for part in zip(*(GRADE_FILLS[grade] for grade in present), strict=True))
    legend = alt.Legend(title=None, columns=3, symbolType="square", symbolSize=150)
    # Opacity is part of the fill, because a legend shows fills but no opacities.
    fills = [_faded(colour, opacity) for colour, opacity in zip(colours, opacities, strict=True)]
    share = alt.Tooltip("share:Q", title=_("percent"), format=".0f")
    base = alt.Chart(counts).encode(
        y=alt.Y("title:N", title=None, sort=None, axis=alt.Axis(labelLimit=230)),
        tooltip=["title:N", "name:N", "pledges:Q", share, "of:Q"],
    )
    bars = base.mark_bar(strokeWidth=1.5, height=step - 12).encode(
        x=alt.X("x:Q", title=_("Pledges")),
        x2="x_end:Q",
        fill=alt.Fill("name:N", scale=alt.Scale(domain=names, range=fills), legend=legend),
        stroke=alt.Stroke("name:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
    )
    middle = "(datum.x + datum.x_end) / 2"
    numbers = (
        base.transform_calculate(middle=middle)
        .transform_filter("datum.pledges > 1")
        .mark_text(fontSize=12, fontWeight="bold", baseline="middle")
        .encode(x="middle:Q", text="pledges:Q")
    )
    return (bars + numbers).properties(width=width, height=alt.Step(step))


def _faded(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
