"""The look of every chart: one theme, one palette, one way to tell fact, estimate, target and plan apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import altair as alt

from gwr.show.titles import column_title
from gwr.words.language import code, join, once, translator

_ = translator(__name__)

# Fonts of the same width on every system come first, so that a picture drawn here fits on the reader's screen.
FONT = "Arial, Helvetica, 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"

VEGALITE_MIME = "application/vnd.vegalite.v5+json"
"""The type of a chart among the outputs: the newest that JupyterLab draws with its own copy, hence without network."""

_BESIDE_LABELS = 24
"""Pixels between the name of a panel and the labels of its bars."""
PADDING = {"left": 16, "top": 5, "right": 8, "bottom": 5}
"""Pixels around a chart: where none of these fonts is installed, another one makes the longest labels some pixels wider."""

# Contrast with white / with the dark theme's background #14181e, by the WCAG formula; 3:1 is asked of marks.
BLUE = "#3b82b8"  # 4.1 / 4.3
ORANGE = "#c96f1a"  # 3.5 / 5.1
GREEN = "#2f8f6b"  # 4.0 / 4.5
PURPLE = "#9a6bb5"  # 4.1 / 4.3
GREY = "#7d858c"  # 3.8 / 4.7
PALETTE = [BLUE, ORANGE, GREEN, PURPLE, GREY]

STATUSES = ["actual", "expected", "ongoing", "target", "plan"]
"""Those of the report's own figures; a chart may also show what is ``computed`` here from figures that are facts."""

STATUS_LABELS = {
    "actual": _("stated as fact, without 预计"),
    "expected": _("provisional (预计)"),
    "ongoing": _("under way"),
    "target": _("target"),
    "plan": _("plan"),
    "computed": _("computed here"),
}
FILLS = {"actual": 1.0, "expected": 0.55, "ongoing": 0.35, "target": 0.0, "plan": 0.0, "computed": 0.15}
DASHES = {
    "actual": [1, 0],
    "expected": [1, 0],
    "ongoing": [1, 0],
    "target": [5, 3],
    "plan": [1, 3],
    "computed": [8, 2, 2, 2],
}
_LOOK = {
    "actual": _("solid"),
    "expected": _("pale"),
    "ongoing": _("paler"),
    "target": _("hollow, dashed"),
    "plan": _("hollow, dotted"),
    "computed": _("faint, dash-dotted"),
}
_KEY = _("status, explained in the caption")

_LONGEST_TIP = 40

THEME: dict[str, Any] = {
    "config": {
        "background": None,
        "font": FONT,
        "range": {"category": PALETTE},
        "view": {"stroke": None},
        # currentColor makes words and lines follow the page, in light and in dark mode.
        "axis": {
            "labelColor": "currentColor",
            "titleColor": "currentColor",
            "tickColor": "currentColor",
            "domainColor": "currentColor",
            "gridColor": "currentColor",
            "gridOpacity": 0.15,
            "domainOpacity": 0.5,
            "tickOpacity": 0.5,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "labelLimit": 320,
        },
        "legend": {
            "labelColor": "currentColor",
            "titleColor": "currentColor",
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "orient": "top",
            "labelLimit": 320,
        },
        "header": {"labelColor": "currentColor", "titleColor": "currentColor", "labelFontSize": 12},
        "title": {"color": "currentColor", "subtitleColor": "currentColor", "anchor": "start"},
        "text": {"color": "currentColor", "fontSize": 12},
        "rule": {"color": "currentColor"},
        "bar": {"color": BLUE},
        "point": {"color": BLUE, "size": 80},
        "line": {"color": BLUE},
    }
}


@alt.theme.register("taijiang", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return cast("alt.theme.ThemeConfig", THEME)


def by_status(statuses: Iterable[str], *, legend: bool = True) -> dict[str, Any]:
    """The two channels that show the status, for ``chart.encode(**by_status(data["status"]))``.

    A fact is solid, a provisional figure paler; targets are hollow and dashed, plans hollow and dotted. A value of the book's own is
    ``computed`` if all it is computed from are facts, and else has the least certain of their statuses. The chart's data needs a
    column ``status``.

    Args:
        statuses: those that occur; an empty one is an empty place.
        legend: whether the caption of the figure says what each look means. (A legend of Vega-Lite cannot show the fill.)

    Raises:
        ValueError: a status has no look.
    """
    asked = {*statuses} - {""}
    if unknown := asked - {*STATUS_LABELS}:
        raise ValueError(f"no look for the status {sorted(unknown)[0]!r}; a chart shows {', '.join(STATUS_LABELS)}")
    present = [status for status in STATUS_LABELS if status in asked]
    fill = alt.Scale(type="ordinal", domain=present, range=[FILLS[status] for status in present])
    dash = alt.Scale(domain=present, range=[DASHES[status] for status in present])
    return {
        "fillOpacity": alt.FillOpacity("status:O", scale=fill, legend=None),
        "strokeDash": alt.StrokeDash("status:O", scale=dash, legend=None, title=_KEY if legend else None),
    }


def tooltip(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """The fields of a tooltip with the titles that readers see.

    A title that is the field's own name is left out, because Vega-Lite takes the name by itself.

    Args:
        titles: from field and type (``claim_id:N``) to title.
    """
    own = {field: field.partition(":")[0] for field in titles}
    return [
        alt.Tooltip(field) if title == own[field] else alt.Tooltip(field, title=title)
        for field, title in titles.items()
    ]


def key_of(spec: Any) -> str:
    """What the looks of the statuses in a specification mean, in words; empty if it shows none or asks for no key."""
    if isinstance(spec, dict):
        if spec.get("field") == "status" and spec.get("title") == _KEY:
            present = spec["scale"]["domain"]
            return join(
                (_("{look}: {status}").format(look=_LOOK[one], status=STATUS_LABELS[one]) for one in present), "; "
            )
        spec = list(spec.values())
    if isinstance(spec, list):
        return next(filter(None, map(key_of, spec)), "")
    return ""


def finish(chart: alt.TopLevelMixin, *, name: str, label: str, description: str) -> dict[str, Any]:
    """The chart's Vega-Lite specification, ready to show: named, described, without an outside link.

    Args:
        name: the figure's anchor on the page; empty for a chart without a number.
        label: ``Figure 1.2``, or empty.
        description: what the chart shows, read aloud by screen readers.
    """
    spec: dict[str, Any] = _once(chart.to_dict())
    _explain_tooltips(spec)
    _outline_as_fill(spec)
    _keep_headers_apart(spec)
    spec.setdefault("padding", PADDING)
    spec["description"] = (
        _("{label}: {description}").format(label=label, description=description) if label else description
    )
    spec["usermeta"] = {"figure": name, "embedOptions": {"actions": False, "renderer": "svg"}}
    return spec


def tooltip_titles(chart: alt.TopLevelMixin) -> dict[str, str]:
    """The fields that a chart's tooltips show, each with the title it has there, or else on its axis or legend, or none."""
    channels = list(_channels(chart.to_dict()))
    titles = {
        channel["field"]: channel["title"]
        for name, channel in channels
        if name != "tooltip" and channel["field"] != "low" and _is_short_title(channel.get("title"))
    }
    tips = [channel for name, channel in channels if name == "tooltip"]
    return {tip["field"]: tip.get("title") or titles.get(tip["field"], "") for tip in tips}


def _explain_tooltips(spec: dict[str, Any]) -> None:
    """Gives every field of a tooltip a title, that of its axis or legend or else the one in :mod:`gwr.show.titles`.

    (The axis of ``low`` has the title of the whole span from ``low`` to ``high``, not of its lower end.) Codes are shown by their names, from a column of their own, so that scales and filters still find the codes; a field that
    says in every row what an earlier one says is left out, as the English summary in the Chinese edition.
    """
    rows = [row for rows in spec.get("datasets", {}).values() for row in rows]
    titles = {
        channel["field"]: channel["title"]
        for name, channel in _channels(spec)
        if name != "tooltip" and channel["field"] != "low" and _is_short_title(channel.get("title"))
    }
    for name, tip in _channels(spec):
        if name == "tooltip":
            field = tip["field"]
            tip.setdefault("title", titles.get(field) or column_title(field))
            tip["field"] = _by_name(rows, field)
    for tips in _tooltips(spec):
        tips[:] = [tip for at, tip in enumerate(tips) if not any(_same(rows, other, tip) for other in tips[:at])]


def _is_short_title(title: Any) -> bool:
    return isinstance(title, str) and title != _KEY and 0 < len(title) <= _LONGEST_TIP


def _channels(spec: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every channel of a specification that shows a field, with its name; of a tooltip, each field."""
    if isinstance(spec, list):
        for one in spec:
            yield from _channels(one)
    elif isinstance(spec, dict):
        for name, part in spec.get("encoding", {}).items():
            for one in part if isinstance(part, list) else [part]:
                if isinstance(one, dict) and isinstance(one.get("field"), str):
                    yield name, one
        for name, part in spec.items():
            if name not in ("datasets", "data", "encoding"):
                yield from _channels(part)


def _keep_headers_apart(spec: dict[str, Any]) -> None:
    """Room between the name of a row of panels and the labels of its bars, which a reader's font may make longer than measured."""
    for name, channel in _channels(spec):
        if name == "row":
            channel["header"] = {"labelPadding": _BESIDE_LABELS, **(channel.get("header") or {})}


def _outline_as_fill(spec: Any) -> None:
    """Where outline and fill show one field, they have one legend; Vega-Lite warns of two that differ."""
    if isinstance(spec, list):
        for part in spec:
            _outline_as_fill(part)
    elif isinstance(spec, dict):
        encoding = spec.get("encoding", {})
        fill, outline = encoding.get("color", {}), encoding.get("stroke", {})
        if "field" in fill and fill["field"] == outline.get("field"):
            outline.pop("legend", None)
            outline.update({"legend": fill["legend"]} if "legend" in fill else {})
        _outline_as_fill([part for name, part in spec.items() if name not in ("datasets", "data", "encoding")])


def _tooltips(spec: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(spec, dict):
        tips = spec.get("encoding", {}).get("tooltip")
        if isinstance(tips, list):
            yield tips
        spec = [part for name, part in spec.items() if name not in ("datasets", "data", "encoding")]
    if isinstance(spec, list):
        for part in spec:
            yield from _tooltips(part)


def _by_name(rows: list[dict[str, Any]], field: str) -> str:
    """The column that holds a field's codes in words: the field itself if these are the codes."""
    named = f"{field} in words"
    with_code = [row for row in rows if isinstance(row.get(field), str)]
    if all(code(row[field], field) == row[field] for row in with_code):
        return field
    for row in with_code:
        row[named] = code(row[field], field)
    return named


def _same(rows: list[dict[str, Any]], one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two fields of a tooltip hold the same words in every row."""
    pairs = [(row.get(one["field"]), row.get(other["field"])) for row in rows if one["field"] in row]
    return bool(pairs) and all(isinstance(a, str) and a == b for a, b in pairs)


def _once(part: Any) -> Any:
    """A specification in which no name stands twice; all places change alike, so that scales still fit their data."""
    if isinstance(part, dict):
        return {name: _once(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_once(value) for value in part]
    return once(part) if isinstance(part, str) else part
