"""Targets and results of any place beside Fuzhou and the median, to pick from a list."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from gwr.analysis.target_panel import by_year
from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)

HOME = "福州市"
"""The city that every place is shown beside."""

PANEL_INDICATORS = {
    "gdp_growth": _("GDP, growth"),
    "industry_va_growth": _("Value added of industry, growth"),
    "fai_growth": _("Fixed-asset investment, growth"),
    "retail_growth": _("Retail sales, growth"),
    "local_revenue_growth": _("Local public revenue, growth"),
    "urban_income_growth": _("Urban income per head, growth"),
    "resident_income_growth": _("Residents' income per head, growth"),
    "cpi": _("Consumer prices, rise"),
    "new_urban_jobs": _("New urban jobs"),
    "unemployment_rate": _("Urban unemployment rate"),
}
"""What readers see of the panel's codes."""

PICKED = (
    "gdp_growth",
    "industry_va_growth",
    "fai_growth",
    "retail_growth",
    "local_revenue_growth",
    "urban_income_growth",
)
"""Those that can be picked: growth rates, the only figures that places of any size can be compared by."""

FIRST_YEAR = 2003
_LEVELS = {"national": _("Nation"), "province": _("Provinces"), "city": _("Cities")}


def with_names(places: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``places.csv`` with ``place_name``, the name in the language of the edition."""
    return places.assign(place_name=places["place" if LANGUAGE == "zh" else "place_en"])


def place_picker(rows: pd.DataFrame, places: pd.DataFrame) -> Markup:
    """A list of places, one of indicators, a drawing and a table.

    The drawing and the lists need the site's script (``static/panel.js``). Without it, as in JupyterLab, the table shows Fuzhou and the median.

    Args:
        rows: ``targets.csv`` with ``place`` of its report.
        places: rows of ``places.csv``.
    """
    figures = by_year(rows[rows["indicator"].isin(PICKED) & rows["plan_year"].ge(FIRST_YEAR)])
    figures = figures[figures.index.get_level_values("year") >= FIRST_YEAR]
    median = figures.groupby(["indicator", "year"])[["target", "result"]].median().round(2).assign(expected=False)
    packed = {
        indicator: {place: _pack(part.droplevel([0, 1])) for place, part in figures.loc[[indicator]].groupby("place")}
        | {"median": _pack(median.loc[indicator])}
        for indicator in PICKED
        if indicator in figures.index.get_level_values(0)
    }
    names = with_names(places).set_index("place")["place_name"]
    words = {
        "home": names[HOME],
        "median": _("Median of all places"),
        "target": _("target"),
        "result": _("result"),
        "expected": _("provisional"),
        "none": _("The panel has no figures of this place for this indicator."),
    }
    # "<" would let a name end the script that holds the figures.
    data = json.dumps({"figures": packed, "words": words, "home": HOME}, ensure_ascii=False, separators=(",", ":"))
    own = figures.xs((PICKED[0], HOME))
    return Markup(
        '<div class="gwr-panel"><div class="gwr-filter" hidden><label>{}<select>{}</select></label>'
        "<label>{}<select>{}</select></label></div>"
        '<p role="status"></p>'
        '<div class="drawing" tabindex="0" hidden><svg viewBox="0 0 640 300" role="img" aria-label="{}"></svg>'
        '<p class="key"><span class="place" data-place>{}</span> <span class="home">{}</span> <span class="median">{}</span> {}</p></div>'
        '<div class="gwr-table" tabindex="0" role="region" aria-label="{}"><table><thead><tr><td></td>'
        '<th data-sort="none" colspan="2" scope="colgroup" data-place>{}</th><th data-sort="none" colspan="2" scope="colgroup">{}</th><th data-sort="none" colspan="2" scope="colgroup">{}</th></tr>'
        '<tr><th data-sort="none">{}</th>{}</tr></thead><tbody>{}</tbody></table></div><p>{}</p>'
        '<script type="application/json">{}</script></div>'
    ).format(
        _("Place"),
        _places(with_names(places), packed[PICKED[0]]),
        _("Indicator"),
        Markup("").join(
            Markup('<option value="{}">{}</option>').format(one, PANEL_INDICATORS[one])
            for one in PICKED
            if one in packed
        ),
        _("Targets and results by year; the table below has every figure"),
        names[HOME],
        names[HOME],
        words["median"],
        _("Solid: result (pale: provisional). Dashed and hollow: target."),
        _("Targets and results"),
        names[HOME],
        names[HOME],
        words["median"],
        _("Year"),
        Markup('<th data-sort="none">{}</th><th data-sort="none">{}</th>').format(_("Target"), _("Result")) * 3,
        Markup("").join(_line(year, own.loc[year], median.loc[(PICKED[0], year)]) for year in own.index[::-1]),
        _("All figures in per cent. * provisional (预计) when it was stated."),
        Markup(data.replace("<", "\\u003c")),
    )


def _pack(rows: pd.DataFrame) -> str:
    """First year, targets and results as ``2015|10.5,9.5|9.6,8.5e``, an empty place for none."""
    years = range(int(rows.index.min()), int(rows.index.max()) + 1)
    full = rows.reindex(years)
    marks = ["e" if flag is True else "" for flag in full["expected"].astype(object)]
    targets = ",".join(_number(value) for value in full["target"])
    results = ",".join(
        _number(value) + (mark if pd.notna(value) else "") for value, mark in zip(full["result"], marks, strict=True)
    )
    return f"{years[0]}|{targets}|{results}"


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:g}"


def _places(places: pd.DataFrame, known: Iterable[str]) -> Markup:
    parts = []
    for level, title in _LEVELS.items():
        of_level = places[places["level"].eq(level) & places["place"].isin(list(known))].sort_values("place_name")
        options = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(
                place, Markup(" selected") if place == HOME else "", shown
            )
            for place, shown in zip(of_level["place"], of_level["place_name"], strict=True)
        )
        parts.append(Markup('<optgroup label="{}">{}</optgroup>').format(title, options))
    return Markup("").join(parts)


def _line(year: int, own: pd.Series, median: pd.Series) -> Markup:
    star = "*" if own["expected"] and pd.notna(own["result"]) else ""
    pair = (_number(own["target"]), _number(own["result"]) + star)
    cells = (*pair, *pair, _number(median["target"]), _number(median["result"]))
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
        year, Markup("").join(Markup('<td class="num">{}</td>').format(cell.replace("-", "−")) for cell in cells)
    )
