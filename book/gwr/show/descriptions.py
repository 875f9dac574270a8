"""What charts and maps show, in words made from their data, for those who cannot see them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from gwr.report.places import DRAWN
from gwr.words.language import code, join, translator
from gwr.words.number_format import plain, sensible

_ = translator(__name__)

_MARKS = {
    "bar": _("bars"),
    "point": _("points"),
    "circle": _("points"),
    "square": _("squares"),
    "line": _("lines"),
    "area": _("areas"),
    "tick": _("ticks"),
    "rule": _("rules"),
    "rect": _("coloured cells"),
    "geoshape": _("shaded areas"),
}

_LONGEST_LIST = 12
"""Rows that a description reads out; of more it says between which values they lie."""


def frame_of(chart: alt.TopLevelMixin) -> pd.DataFrame:
    """The data frame that a chart is made from.

    Raises:
        ValueError: it has none of its own, or several.
    """
    frames = {id(frame): frame for frame in _frames(chart)}
    if len(frames) != 1:
        raise ValueError(f"the chart has {len(frames)} data frames, not one; say with data= which rows stand behind it")
    return next(iter(frames.values()))


def _frames(chart: Any) -> list[pd.DataFrame]:
    own = getattr(chart, "data", None)
    found = [own] if isinstance(own, pd.DataFrame) else []
    for parts in ("layer", "hconcat", "vconcat", "concat"):
        for part in _parts(chart, parts):
            found += _frames(part)
    spec = getattr(chart, "spec", alt.Undefined)
    return found + (_frames(spec) if spec is not alt.Undefined and spec is not None else [])


def _parts(chart: Any, name: str) -> list[Any]:
    parts = getattr(chart, name, None)
    return parts if isinstance(parts, list) else []


def tooltip_columns(chart: alt.TopLevelMixin, data: pd.DataFrame) -> list[str] | dict[str, str]:
    """The columns that a chart's tooltips name, with their titles where they have one; all columns if there is no tooltip."""
    from gwr.show.charts import tooltip_titles
    from gwr.show.titles import column_title

    found = {name: title or column_title(name) for name, title in tooltip_titles(chart).items() if name in data.columns}
    return found or [str(name) for name in data.columns]


def describe(chart: alt.TopLevelMixin, data: pd.DataFrame, columns: dict[str, str]) -> str:
    """A chart in words: its marks, and each row with its numbers, or the span of the numbers if there are many rows.

    Args:
        data: the rows behind the marks.
        columns: those to read out, with their titles.
    """
    spec = chart.to_dict()
    marks = join(list(dict.fromkeys(_MARKS[mark] for mark in _marks(spec) if mark in _MARKS)), ", ") or _("marks")
    names = [name for name in columns if data[name].dtype.kind not in "fiuIF" and not _is_number(data[name])]
    numbers = [name for name in columns if name not in names and data[name].notna().any()]
    start = marks[0].upper() + marks[1:]
    if not numbers:
        return _("{marks}: {rows} rows; the table below lists them.").format(marks=start, rows=len(data))
    if len(data) > _LONGEST_LIST or not names:
        spans = join(
            (
                _("{title} from {low} to {high}").format(
                    title=columns[name], low=_short(data[name].min()), high=_short(data[name].max())
                )
                for name in numbers
            ),
            "; ",
        )
        return _("{marks} for {rows} rows: {spans}. The table below has each.").format(
            marks=start, rows=len(data), spans=spans
        )
    first = names[0]
    rows = (
        _("{name}: {numbers}").format(
            name=code(str(row[first]), first),
            numbers=join((f"{columns[name]} {_short(row[name])}" for name in numbers if pd.notna(row[name])), ", "),
        )
        for row in data.to_dict("records")
    )
    return _("{marks}. {rows}.").format(marks=start, rows=join(rows, "; "))


def describe_map(places: pd.DataFrame) -> str:
    """A map in words: how many places it shows, and that the table has them all."""
    if "precision" not in places:
        return _("map of Taijiang; the table below has the {all} rows it is drawn from").format(all=len(places))
    known = places.drop_duplicates("place_id") if "place_id" in places else places
    drawn = int(known["precision"].isin(DRAWN).sum())
    return _("map of Taijiang with {drawn} places; the table below lists all {all}").format(drawn=drawn, all=len(known))


def _is_number(column: pd.Series) -> bool:
    return column.dropna().map(
        lambda cell: isinstance(cell, (int, float)) and not isinstance(cell, bool)
    ).all() and bool(column.notna().any())


def _short(value: Any) -> str:
    return plain(sensible(float(value)))


def _marks(spec: Any) -> list[str]:
    if isinstance(spec, list):
        return [mark for part in spec for mark in _marks(part)]
    if not isinstance(spec, dict):
        return []
    own = spec.get("mark")
    found = [own if isinstance(own, str) else own.get("type", "")] if own else []
    for name in ("layer", "hconcat", "vconcat", "concat", "spec"):
        found += _marks(spec.get(name))
    return found
