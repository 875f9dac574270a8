"""The look of every chart: one theme, one palette, one way to tell fact, estimate, target and plan apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from gwr.language import join, once, translator

_ = translator(__name__)

VEGALITE_MIME = "application/vnd.vegalite.v5+json"
"""The newest Vega-Lite type that JupyterLab draws with its own copy, hence without network."""

# Fonts of the same width on every system come first, so that a picture drawn here fits on the reader's screen.
FONT = "Arial, Helvetica, 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"

# Contrast with white / with the dark theme's background #14181e, by the WCAG formula; 3:1 is asked of marks.
BLUE = "#3b82b8"  # 4.1 / 4.3
ORANGE = "#c96f1a"  # 3.5 / 5.1
GREEN = "#2f8f6b"  # 4.0 / 4.5
PURPLE = "#9a6bb5"  # 4.1 / 4.3
GREY = "#7d858c"  # 3.8 / 4.7
PALETTE = [BLUE, ORANGE, GREEN, PURPLE, GREY]

STATUSES = ["actual", "expected", "ongoing", "target", "plan"]
STATUS_LABELS = {
    "actual": _("reported fact"),
    "expected": _("provisional (预计)"),
    "ongoing": _("under way"),
    "target": _("target"),
    "plan": _("plan"),
}
_FILL = {"actual": 1.0, "expected": 0.55, "ongoing": 0.35, "target": 0.0, "plan": 0.0}
_LOOK = {
    "actual": _("solid"),
    "expected": _("pale"),
    "ongoing": _("paler"),
    "target": _("hollow, dashed"),
    "plan": _("hollow, dotted"),
}
_KEY = _("status, explained in the caption")
_DASH = {"actual": [1, 0], "expected": [1, 0], "ongoing": [1, 0], "target": [5, 3], "plan": [1, 3]}

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
    return alt.theme.ThemeConfig(THEME)  # type: ignore[typeddict-item]


def by_status(statuses: Iterable[str], *, legend: bool = True) -> dict[str, Any]:
    """The two channels that show the status, for ``chart.encode(**by_status(data["status"]))``.

    A fact is solid, a provisional figure paler; targets are hollow and dashed, plans hollow and dotted. The chart's data needs
    a column ``status``.

    Args:
        statuses: those that occur.
        legend: whether the caption of the figure says what each look means. (A legend of Vega-Lite cannot show the fill.)
    """
    present = [status for status in STATUSES if status in set(statuses)]
    fill = alt.Scale(type="ordinal", domain=present, range=[_FILL[status] for status in present])
    dash = alt.Scale(domain=present, range=[_DASH[status] for status in present])
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
        name: the figure's anchor on the page.
        label: ``Figure 1.2``.
        description: what the chart shows, read aloud by screen readers.
    """
    spec: dict[str, Any] = _once(chart.to_dict())
    spec["description"] = _("{label}: {description}").format(label=label, description=description)
    spec["usermeta"] = {"figure": name, "embedOptions": {"actions": False, "renderer": "svg"}}
    return spec


def _once(part: Any) -> Any:
    """A specification in which no name stands twice; all places change alike, so that scales still fit their data."""
    if isinstance(part, dict):
        return {name: _once(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_once(value) for value in part]
    return once(part) if isinstance(part, str) else part
