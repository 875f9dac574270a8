"""The tables and charts of the atlas chapter that are too long for a cell."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from gwr.analysis.geography import (
    landmarks,
    nearest,
    stations,
)
from gwr.report.places import PRECISION_NAMES, PROGRAMME_NAMES, STATUS_NAMES, named
from gwr.show.charts import GREEN, GREY
from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)

ATLAS_COLUMNS = {
    "place": _("Place"),
    "action": _("What is done"),
    "programme_name": _("Programme"),
    "status_name": _("Status"),
    "known_as": _("Known as"),
    "uncertainty_m": _("± m"),
    "group_count": _("Group of"),
    "section": _("Section"),
}
"""The columns of :func:`readable` that stand below a map."""


def readable(places: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`gwr.show.maps.located` or :func:`gwr.analysis.geography.street_lengths` with the names of codes in columns of their own."""
    return places.assign(
        place=[named(zh, en) for zh, en in zip(places["name_zh"], places["name_en"], strict=True)],
        programme_name=[PROGRAMME_NAMES[code] for code in places["programme"]],
        status_name=places["status"].map(STATUS_NAMES),
    )


def per_programme(groups: pd.DataFrame) -> pd.DataFrame:
    """The counted groups of :func:`gwr.analysis.geography.quantities` summed by programme, the largest first."""
    named = groups.assign(programme_name=[PROGRAMME_NAMES[code] for code in groups["programme"]])
    sums = named.groupby("programme_name")[["counted", "named", "placed"]].sum().sort_values("counted", ascending=False)
    sums["share"] = sums["placed"] / sums["counted"]
    part = _("{placed} of {counted}")
    sums["label"] = [part.format(placed=row.placed, counted=row.counted) for row in sums.itertuples()]
    return sums.reset_index()


def programme_bars(sums: pd.DataFrame) -> alt.LayerChart:
    """The share of counted members that can be placed, for :func:`per_programme`."""
    bars = (
        alt.Chart(sums)
        .mark_bar(color=GREEN, height=14)
        .encode(
            y=alt.Y("programme_name:N", sort=list(sums["programme_name"]), title=None),
            x=alt.X(
                "share:Q",
                title=_("Share of counted members that can be placed"),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%"),
            ),
            tooltip=[
                _tip("programme_name:N", _("programme_name")),
                _tip("placed:Q", _("placed")),
                _tip("named:Q", _("named")),
                _tip("counted:Q", _("counted")),
            ],
        )
    )
    text = bars.mark_text(align="left", dx=4, color="currentColor").encode(text="label:N")
    chart: alt.LayerChart = (bars + text).properties(width=360, height=alt.Step(24))
    return chart


def _tip(field: str, title: str, **options: Any) -> alt.Tooltip:
    """A line of a tooltip; a title that is the field's own name is left to the chart."""
    if not field.startswith(f"{title}:"):
        options["title"] = title
    return alt.Tooltip(field, **options)


def distances(places: pd.DataFrame) -> pd.DataFrame:
    """The nearest station and the nearest park of each located place, the nearest to a station first.

    ``precision`` is in the words of :data:`gwr.show.maps.PRECISION_NAMES`.
    """
    metro = nearest(places, stations())
    park = nearest(places, landmarks("park")).rename(columns={"nearest": "park", "middle": "park_m"})
    known = places[["place_id", "name_zh", "name_full_zh", "name_en", "precision"]]
    rows = metro.merge(park[["place_id", "park", "park_m"]], on="place_id").merge(known, on="place_id")
    chinese = rows["name_full_zh"].where(rows["name_full_zh"] != "", rows["name_zh"])
    rows["place"] = chinese if LANGUAGE == "zh" else rows["name_en"]
    rows["precision"] = rows["precision"].map(PRECISION_NAMES)
    return rows.sort_values("middle", ignore_index=True)


def distance_bars(rows: pd.DataFrame) -> alt.LayerChart:
    """Distance to the nearest station with its span, for :func:`distances`."""
    order = alt.Y("place:N", sort=list(rows["place"]), title=None, axis=alt.Axis(labelLimit=330))
    span = (
        alt.Chart(rows)
        .mark_rule(strokeWidth=3, color=GREY)
        .encode(y=order, x=alt.X("low:Q", title=_("Metres to the nearest station in our list")), x2="high:Q")
    )
    dots = (
        alt.Chart(rows)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            y=order,
            x="middle:Q",
            shape=alt.Shape("precision:N", title=_("known as")),
            color=alt.Color("precision:N", title=_("known as")),
            tooltip=[
                _tip("place:N", _("place")),
                _tip("nearest:N", _("nearest")),
                _tip("middle:Q", _("middle"), format=".0f"),
                _tip("agree:Q", _("agree"), format=".0%"),
            ],
        )
    )
    chart: alt.LayerChart = (span + dots).properties(width=380, height=alt.Step(19))
    return chart
