"""What the chapters on the plan of 2022 share: pledges by paragraph, groups, targets beside results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from gwr.charts import BLUE, GREEN, GREY, ORANGE
from gwr.claims import Claim
from gwr.display import claim_link
from gwr.language import translator
from gwr.source import Report

_ = translator(__name__)

# Strength by the rubric: English name, mark, colour. The shape tells them apart where colour cannot.
STRENGTHS: dict[str, tuple[str, str, str]] = {
    "firm": (_("firm: finishing is stated"), "square", BLUE),
    "effort": (_("effort: trying is stated"), "circle", ORANGE),
    "exploratory": (_("exploratory: before a decision"), "triangle-up", GREY),
    "continuing": (_("continuing: goes on as it is"), "diamond", GREEN),
}


def by_paragraph(pledges: pd.DataFrame, report: Report, names: Mapping[str, str]) -> pd.DataFrame:
    """The pledges with the paragraph they stand in and their place within it.

    Args:
        pledges: rows of ``pledges.csv``.
        report: the report they point into.
        names: an English name for the opening words (up to the first 。) of each paragraph.

    Returns:
        A copy in reading order with ``paragraph`` (English name, ``|``, opening words), ``place`` (1, 2 …
        within it), ``strength_name``, and ``mark``: ``#`` for a pledge with a figure, ``b`` with a baseline.

    Raises:
        KeyError: a paragraph has no English name.
    """
    rows = pledges.sort_values("start").copy()
    openings = [_opening(report, start) for start in rows["start"]]
    rows["paragraph"] = [f"{names[opening]}|{opening}" for opening in openings]
    rows["place"] = rows.groupby("paragraph", sort=False).cumcount() + 1
    rows["strength_name"] = [STRENGTHS[strength][0] for strength in rows["strength"]]
    figure, base = rows["quantitative"] == "yes", rows["baseline_claim_ids"] != ""
    rows["mark"] = figure.map({True: "#", False: ""}) + base.map({True: "b", False: ""})
    return rows


def _opening(report: Report, offset: int) -> str:
    for paragraph in report.paragraphs:
        if paragraph.start <= offset < paragraph.end:
            return paragraph.text.partition("。")[0]
    raise LookupError(f"no paragraph holds offset {offset}")


def pledge_marks(pledges: pd.DataFrame, *, width: int = 440) -> alt.LayerChart:
    """One mark for each pledge in reading order, a row a paragraph; shape and colour show the strength.

    Args:
        pledges: from :func:`by_paragraph`.
        width: of the drawing in pixels.
    """
    present = [code for code in STRENGTHS if code in set(pledges["strength"])]
    names, shapes, colours = (list(part) for part in zip(*(STRENGTHS[code] for code in present), strict=True))
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


def counted_groups(places: pd.DataFrame, claims: Mapping[str, Claim]) -> pd.DataFrame:
    """One row for each group of the form *A, B and others, N in all*.

    Args:
        places: mentions, from :func:`gwr.maps.located` or ``places.csv``.
        claims: all claims, for the names of the groups.

    Returns:
        In reading order ``group_id``, ``label``, ``names``, ``claim_id``, ``section``, ``size``, ``named``,
        ``unnamed``.
    """
    members = places[places["group_count"].notna()]
    groups = members.groupby("group_id", sort=False).agg(
        names=("name_zh", "、".join),
        claim_id=("group_claim", "first"),
        section=("section", "first"),
        size=("group_count", "first"),
        named=("mention_id", "count"),
    )
    groups["unnamed"] = groups["size"] - groups["named"]
    labels = [
        claims[claim].row["indicator_en"] if claim else names
        for claim, names in zip(groups["claim_id"], groups["names"], strict=True)
    ]
    groups.insert(0, "label", labels)
    return groups.reset_index()


def beside(pairs: Sequence[tuple[str, str | None]], claims: Mapping[str, Claim]) -> pd.DataFrame:
    """Each figure of the plan beside the figure it starts from.

    Args:
        pairs: the id of a claim of the plan, and that of the earlier claim it is compared with, or None.
        claims: all claims.

    Returns:
        One row a pair: ``claim_id``, ``base_id``, ``indicator``, ``zh``, ``base_zh``, ``status``,
        ``comparator``, ``value`` and ``base`` in base units, and ``ratio`` (how many times the base).
    """
    rows: list[dict[str, Any]] = []
    for claim_id, base_id in pairs:
        claim = claims[claim_id]
        base = claims[base_id] if base_id else None
        rows.append(
            {
                "claim_id": claim_id,
                "base_id": base_id or "",
                "indicator": claim.row["indicator_en"],
                "zh": claim.zh,
                "base_zh": base.zh if base else "",
                "status": claim.row["status"],
                "comparator": claim.row["comparator"],
                "value": claim.base_value,
                "base": base.base_value if base else None,
                "ratio": claim.base_value / base.base_value if base else None,
            }
        )
    return pd.DataFrame(rows)


def figure_cell(claims: Mapping[str, Claim], *, empty: str = "–") -> Callable[[str], Markup]:
    """A way to write a claim's id in a table: its figure, linked to its passage and kept on one line.

    Args:
        claims: all claims.
        empty: what stands where there is no id.
    """

    def write(claim_id: str) -> Markup:
        shown = claim_link(claims[claim_id]) if claim_id else empty
        return Markup('<span style="white-space:nowrap">{}</span>').format(shown)

    return write


_WORDS = [
    _("none"),
    *(_("one"), _("two"), _("three"), _("four"), _("five"), _("six")),
    *(_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")),
]


def words(number: int) -> str:
    """A small count as a word, for prose: ``none``, ``one`` … ``twelve``; larger ones in digits."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)
