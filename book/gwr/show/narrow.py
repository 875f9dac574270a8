"""The same chart for a phone: a specification of Vega-Lite turned into one that is whole within 340 pixels.

A chart on a wide page has its labels left of its bars, its legend in a row and its panels side by side. On a narrow page that
would leave no room for the marks. So here labels go above the bars, long words are broken into lines, legends get as many columns
as fit, panels stand below each other, and bars say their values. The data, the scales and the looks of the marks stay as they are.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

Spec = dict[str, Any]

NARROW = 340
"""Pixels that a narrow picture is wide at most. A phone of 360 has a column of 328, which shows it smaller by less than 4 %."""

FONT_SIZE = 12
_LINE = FONT_SIZE + 2
_MARGIN = 3
"""Pixels between the edge of a picture and what comes next to it."""
_BESIDE = 84
"""Labels no wider than this stay beside their bars."""
_MARK = 16
"""Pixels for the marks of a row whose specification does not say how high they are."""
_ORPHAN = 3
"""Letters that do not stand alone on a last line, as the sign of a unit."""
_STRIP = 40
"""Marks in a row beyond which a strip of marks goes on in a second row."""
_SYMBOL = 26
"""Pixels of a legend's sign with the space round it."""

_PARTS = ("layer", "hconcat", "vconcat", "concat")
_COLOURS = ("color", "fill", "stroke", "shape", "opacity", "fillOpacity", "strokeDash", "size")


# --- words and their widths -------------------------------------------------------------------------------------------

# Hundredths of the font's size, by DejaVu Sans, the widest of the fonts that readers have in the place of Arial.
_WIDTHS = {
    letter: width
    for letters, width in {
        "ijl'|": 28,
        " .,:;/()[]I!": 36,
        'ft-r"': 41,
        "sczJ?": 55,
        "kvxyaeonuhbdpqgFEL_*": 63,
        "0123456789TYSPZK$β": 65,
        "ABCDGHNOQRUVX&": 77,
        "w+=<>~≥≤−≈×±→": 84,
        "mMW%@": 98,
    }.items()
    for letter in letters
}


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Pixels that a text takes in the widest of the usual fonts.

    Args:
        text: one line.
        size: of the font, pixels.
    """
    return size / 100 * sum(100 if _is_han(letter) else _WIDTHS.get(letter, 65) for letter in text)


def _is_han(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def wrapped(text: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """A text in lines no wider than ``width`` pixels, broken at spaces and between Chinese characters.

    A word that is wider than that stays whole. No line begins with a closing sign.
    """
    words = re.findall(
        r"\s*(?:[^\s\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef])[，。；：、）》”’)]*", text
    )
    lines: list[str] = []
    for word in words:
        if lines and text_width(lines[-1] + word, size) <= width:
            lines[-1] += word
        else:
            lines.append(word.strip())
    if len(lines) > 1 and len(lines[-1]) <= _ORPHAN and " " in lines[-2]:
        lines[-2], _, last = lines[-2].rpartition(" ")
        lines[-1] = f"{last} {lines[-1]}"
    return lines or [text]


def _joined(label: str) -> str:
    """A label whose author broke it with bars, as one line."""
    return re.sub(r"\s*\|\s*", lambda at: "" if _between_han(label, at) else " ", label)


def _lines(label: str, width: float) -> list[str]:
    """A label in one line if it fits, else in its author's lines, each broken where it must be."""
    if text_width(_joined(label)) <= width:
        return [_joined(label)]
    return [line for part in label.split("|") for line in wrapped(part, width)]


def _between_han(text: str, at: re.Match[str]) -> bool:
    return _is_han(text[at.start() - 1 : at.start()] or " ") and _is_han(text[at.end() : at.end() + 1] or " ")


# --- walking through a specification ----------------------------------------------------------------------------------


def _units(spec: Spec, data: Any = None) -> Iterator[tuple[Spec, Any]]:
    """Every part with a mark, with its data."""
    data = spec.get("data", data)
    if "mark" in spec:
        yield spec, data
    for name in _PARTS:
        for part in spec.get(name, ()):
            yield from _units(part, data)
    if "spec" in spec:
        yield from _units(spec["spec"], data)


def _mark(unit: Spec) -> Spec:
    mark = unit["mark"]
    return dict(mark) if isinstance(mark, dict) else {"type": mark}


def _rows(spec: Spec, data: Any) -> list[Spec]:
    return spec.get("datasets", {}).get((data or {}).get("name"), []) or (data or {}).get("values", [])


def _is_discrete(channel: Any) -> bool:
    return isinstance(channel, dict) and channel.get("type") in ("nominal", "ordinal") and "field" in channel


def _values(spec: Spec, data: Any, channel: Spec) -> list[str]:
    """What a discrete channel shows: its domain if it has one, else what is in the data."""
    domain = (channel.get("scale") or {}).get("domain")
    if isinstance(domain, list):
        return [str(value) for value in domain]
    found = [row[channel["field"]] for row in _rows(spec, data) if row.get(channel["field"]) is not None]
    return list(dict.fromkeys(map(str, found)))


def _change(owner: Spec, name: str, changes: Spec) -> None:
    """Sets properties of an axis, a legend or a header, if the specification wants one."""
    if name not in owner or owner[name] is not None:
        owner[name] = {**(owner.get(name) or {}), **changes}


def _in_lines(labels: dict[str, list[str]]) -> str:
    """The expression of Vega that writes labels in lines."""
    # In brackets, since Vega-Lite puts a longer expression in the place of the label of a panel.
    return f"({json.dumps(labels, ensure_ascii=False)})[(datum.label)] || (datum.label)"


# --- the parts of a chart ---------------------------------------------------------------------------------------------


def narrow(spec: Spec, draw: Callable[[Spec], str]) -> Spec:
    """The specification for a narrow page.

    Args:
        spec: the one for a wide page, as :func:`gwr.show.charts.finish` makes it.
        draw: gives the picture of a specification as SVG; asked for it a few times until all fits.

    Returns:
        A specification with the same data, whose picture is at most :data:`NARROW` pixels wide, with every word in it, whichever of the usual fonts
        the reader has.
    """
    new = copy.deepcopy(spec)
    new.setdefault("config", {}).setdefault("legend", {}).update(
        {"layout": {"top": {"direction": "vertical", "anchor": "start", "margin": 6}}, "titleLimit": 0, "labelLimit": 0}
    )
    new = _with_values(new)
    for unit, _ in _units(new):
        if _mark(unit).get("fontSize", FONT_SIZE) < FONT_SIZE:
            unit["mark"]["fontSize"] = FONT_SIZE
    _fold_strips(new)
    _stack_panels(new)
    _put_labels_above(new)
    _break_axes(new)
    _set_legends(new)
    return _fitted(_unfolded(new), draw)


def _with_values(spec: Spec) -> Spec:
    """Adds its value to the end of each bar, or their sum where bars stand on each other, unless a mark of the chart is a text."""
    units = list(_units(spec))
    if any(_mark(unit)["type"] == "text" for unit, _ in units):
        return spec
    for unit, data in units:
        words = _values_of_bars(unit, _rows(spec, data))
        if words is None:
            continue
        if unit is not spec:
            owner = next(part for part in _layered(spec) if any(one is unit for one in part["layer"]))
            owner["layer"].append({**words, "data": unit["data"]} if "data" in unit else words)
            return spec
        inner = {name: spec.pop(name) for name in ("mark", "encoding", "width", "height", "transform") if name in spec}
        row = inner["encoding"].pop("row", None)
        size: Spec = {name: inner.pop(name) for name in ("width", "height") if name in inner}
        layered: Spec = size | {"layer": [inner, words]}
        return {**spec, "facet": {"row": row}, "spec": layered} if row else {**spec, **layered}
    return spec


def _values_of_bars(unit: Spec, rows: list[Spec]) -> Spec | None:
    """A layer of texts for a layer of bars that lie; nothing if they do not, or have no single value."""
    encoding = unit.get("encoding", {})
    x, y = encoding.get("x", {}), encoding.get("y", {})
    if _mark(unit)["type"] != "bar" or x.get("type") != "quantitative" or "aggregate" in x or "x2" in encoding:
        return None
    if not _is_discrete(y) or ("stack" in x and not x["stack"]):
        return None
    fields = [encoding[name]["field"] for name in ("row", "y", "yOffset") if "field" in encoding.get(name, {})]
    present = [row for row in rows if row.get(x["field"]) is not None]
    stacked = len({tuple(row.get(field) for field in fields) for row in present}) < len(present)
    if stacked and any(row[x["field"]] < 0 for row in present):
        return None
    summed = [
        {"joinaggregate": [{"op": "sum", "field": x["field"], "as": "sum"}], "groupby": fields},
        {"window": [{"op": "row_number", "as": "place in its row"}], "groupby": fields},
        {"filter": "datum['place in its row'] === 1"},
    ]
    shown = "sum" if stacked else x["field"]
    value = f"datum[{json.dumps(shown)}]"
    style = (x.get("axis") or {}).get("format")
    number = f"format({value}, '{style}')" if style else f"format({value}, abs({value}) < 1000 ? '.3~r' : ',.0f')"
    # Without a transformation of its own the layer shares the data of the bars, and their scales.
    return {
        **({"transform": [*unit.get("transform", []), *summed]} if stacked else {}),
        **({"transform": unit["transform"]} if not stacked and "transform" in unit else {}),
        "mark": {
            "type": "text",
            "align": {"expr": f"{value} < 0 ? 'right' : 'left'"},
            "dx": {"expr": f"{value} < 0 ? -6 : 6"},
            "text": {"expr": number},
        },
        "encoding": {name: encoding[name] for name in ("y", "yOffset") if name in encoding}
        | {"x": {**x, "field": shown}},
    }


def _layered(spec: Spec) -> Iterator[Spec]:
    if "layer" in spec:
        yield spec
    for part in [*(one for name in _PARTS for one in spec.get(name, ())), *([spec["spec"]] if "spec" in spec else ())]:
        yield from _layered(part)


def _fold_strips(spec: Spec) -> None:
    """A long row of marks, one for each thing counted, in several rows, with marks that do not touch."""
    for unit, data in _units(spec):
        encoding = unit.get("encoding", {})
        x = encoding.get("x", {})
        if _mark(unit)["type"] != "point" or x.get("type") != "ordinal" or (x.get("axis") or {}).get("labels", True):
            continue
        places = [row[x["field"]] for row in _rows(spec, data)]
        if not all(isinstance(place, int) for place in places) or max(places) - min(places) < _STRIP:
            continue
        first, count = min(places), -(-(max(places) - min(places) + 1) // _STRIP)
        place = f"(datum[{json.dumps(x['field'])}] - {first})"
        unit.setdefault("transform", []).extend(
            [
                {"calculate": f"floor({place} / {_STRIP})", "as": "line of the strip"},
                {"calculate": f"{place} % {_STRIP}", "as": "place in the strip"},
            ]
        )
        x["field"] = "place in the strip"
        encoding["yOffset"] = {"field": "line of the strip", "type": "ordinal", "scale": {"domain": list(range(count))}}
        side = 0.85 * (NARROW - 20) / _STRIP
        unit["mark"]["size"] = round(min(_mark(unit).get("size", 80), side**2 / 1.3))
        spec["height"] = {"step": round(side + 3)}


def _stack_panels(spec: Spec) -> None:
    """Panels below each other, or two in a row where they are small; their titles above them."""
    if "facet" in spec:
        facet = spec["facet"]
        if "field" in facet:
            facet["header"] = {**(facet.get("header") or {}), "labelLimit": NARROW, "labelAnchor": "start"}
            spec["spec"]["width"] = NARROW
            spec["columns"] = 1
        elif "row" in facet:
            _put_title_above(spec, facet["row"])
        spec.setdefault("spacing", 14)
    for unit, _ in _units(spec):
        if row := unit.get("encoding", {}).get("row"):
            _put_title_above(spec, row)


def _put_title_above(spec: Spec, row: Spec) -> None:
    """The title of each panel above it, at the left edge of its plot."""
    beside = max((text_width(label) for label in _labels_of_rows(spec) if text_width(label) <= _BESIDE), default=0.0)
    titles = {
        value: wrapped(value, NARROW - beside - 30) for unit, data in _units(spec) for value in _values(spec, data, row)
    }
    row["header"] = {
        "labelOrient": "top",
        "labelAnchor": "start",
        "labelAlign": "left",
        "labelAngle": 0,
        "labelLimit": 0,
        "labelPadding": 4,
        "labelFontWeight": "bold",
        "labelExpr": _in_lines(titles),
        "title": None,
    }


def _unfolded(spec: Spec) -> Spec:
    """Panels of layers as charts below each other: of the two, Vega-Lite warns that it cannot know that the layers share their data."""
    row = spec.get("facet", {}).get("row")
    if row is None or "layer" not in spec["spec"]:
        return spec
    new = {name: part for name, part in spec.items() if name not in ("facet", "spec", "resolve")}
    _, data = next(_units(spec))
    there = _values(spec, data, row)
    wanted = row["sort"] if isinstance(row.get("sort"), list) else there
    values = [value for value in wanted if value in there]
    together = spec.get("resolve", {}).get("scale", {}).get("x") != "independent"
    new["vconcat"] = []
    for value in values:
        panel = copy.deepcopy(spec["spec"])
        panel["transform"] = [{"filter": f"datum[{json.dumps(row['field'])}] === {json.dumps(value)}"}]
        lines = _TITLES.search(row["header"]["labelExpr"])
        titles = json.loads(lines[1]) if lines else {}
        panel["title"] = {"text": titles.get(value, [value]), "anchor": "start", "fontSize": FONT_SIZE, "offset": 4}
        for one, _ in _units(panel):
            if together and value != values[-1]:  # one axis, below the last
                _change(one["encoding"].get("x", {}), "axis", {"labels": False, "ticks": False, "domain": False})
                one["encoding"].get("x", {})["title"] = None
        new["vconcat"].append(panel)
    new["resolve"] = {"scale": {"x": "shared" if together else "independent"}}
    return new


_TITLES = re.compile(r"\((\{.*\})\)\[\(datum\.label\)\]")


def _labels_of_rows(spec: Spec) -> dict[str, str]:
    """What the rows of marks are called, each in one line."""
    return {
        value: _joined(value)
        for unit, data in _units(spec)
        if _is_discrete(unit.get("encoding", {}).get("y"))
        for value in _values(spec, data, unit["encoding"]["y"])
    }


def _put_labels_above(spec: Spec) -> None:
    """The labels of rows above their marks, where they are too long to stand beside them."""
    rows = [(unit, data) for unit, data in _units(spec) if _is_discrete(unit.get("encoding", {}).get("y"))]
    labels = _labels_of_rows(spec)
    if not labels:
        return
    owner = spec.get("spec", spec)
    lines = {value: _lines(value, NARROW - 10) for value in labels}
    if max(map(text_width, labels.values())) <= _BESIDE:
        if any("|" in value for value in labels):
            for unit, _ in rows:
                _change(unit["encoding"]["y"], "axis", {"labelExpr": _in_lines({v: [t] for v, t in labels.items()})})
        return
    marks, parts = _height_of_marks(spec, owner, rows)
    # A text above the first mark of a row needs room below the row's label.
    rise = max(
        (6 - _mark(unit).get("dy", 0) - marks / parts / 2 for unit, _ in rows if _mark(unit)["type"] == "text"),
        default=0,
    )
    above = max(0, rise) + 4
    most = max(map(len, lines.values()))
    step = marks + above + most * _LINE + 8
    paddings = {
        "type": "band",
        "paddingInner": 1 - marks / step,
        "paddingOuter": (above + most * _LINE) / 2 / step,
        "align": 1,
    }
    offset = -(marks / 2 + above)
    higher = [
        {
            "test": f"indexof({json.dumps(those, ensure_ascii=False)}, datum.value) >= 0",
            "value": offset - (count - 1) * _LINE,
        }
        for count in range(2, most + 1)
        if (those := [value for value, text in lines.items() if len(text) == count])
    ]
    axis = {
        "labelAlign": "left",
        "labelBaseline": "bottom",
        "labelPadding": 0,
        "labelLimit": 0,
        "minExtent": 0,
        "ticks": False,
        "labelOffset": {"condition": higher, "value": offset} if higher else offset,
        "labelExpr": _in_lines({value: text for value, text in lines.items() if text != [value]}),
        "title": None,
    }
    for unit, _ in rows:
        channel = unit["encoding"]["y"]
        _change(channel, "axis", axis)
        channel["scale"] = {**(channel.get("scale") or {}), **paddings}
        channel["scale"].pop("padding", None)
    owner["height"] = {"step": step, "for": "position"}


def _height_of_marks(spec: Spec, owner: Spec, rows: list[tuple[Spec, Any]]) -> tuple[float, int]:
    """Pixels that the marks of one row take, and how many of them stand below each other."""
    offsets = max(
        (
            len(_values(spec, data, unit["encoding"]["yOffset"]))
            for unit, data in rows
            if _is_discrete(unit["encoding"].get("yOffset"))
        ),
        default=0,
    )
    height = owner.get("height")
    if offsets:
        return offsets * max(float(height["step"]), 15.0 if _has_texts(rows) else 0.0) if isinstance(
            height, dict
        ) else offsets * _MARK, offsets
    marks = [_mark(unit) for unit, _ in rows]
    heights = [float(mark["height"]) for mark in marks if "height" in mark]
    heights += [1.15 * mark["size"] ** 0.5 for mark in marks if mark["type"] == "point" and "size" in mark]
    return max(heights, default=_MARK), 1


def _has_texts(rows: list[tuple[Spec, Any]]) -> bool:
    return any(_mark(unit)["type"] == "text" for unit, _ in rows)


def _break_axes(spec: Spec) -> None:
    """Titles of axes in lines; that of an upright axis lies above it; labels below columns in lines."""
    for unit, data in _units(spec):
        encoding = unit.get("encoding", {})
        x, y = encoding.get("x", {}), encoding.get("y", {})
        if isinstance(x.get("title"), str):
            x["title"] = wrapped(x["title"], NARROW - 50)
        if x.get("type") == "quantitative":
            count = {} if "values" in (x.get("axis") or {}) else {"tickCount": 5}
            _change(x, "axis", {"labelSeparation": 12, **count})
        if isinstance(y.get("title"), str) and not _is_discrete(y):
            lines = wrapped(y["title"], NARROW - 20)
            y["title"] = lines
            above = {
                "titleAngle": 0,
                "titleAlign": "left",
                "titleAnchor": "end",
                "titleBaseline": "bottom",
                "titleX": -30,
            }
            _change(y, "axis", above | {"titleY": -8 - (len(lines) - 1) * _LINE})
            spec["config"]["legend"]["offset"] = 18 + len(lines) * _LINE
        if _is_discrete(x) and x.get("axis", {}) is not None and (x.get("axis") or {}).get("labels", True):
            _break_labels_of_columns(spec, data, encoding)


def _break_labels_of_columns(spec: Spec, data: Any, encoding: Spec) -> None:
    """Labels of columns in lines, or upright where a word is wider than its column."""
    x = encoding["x"]
    values = _values(spec, data, x)
    beside = 20 if max(map(text_width, _labels_of_rows(spec).values()), default=0) > _BESIDE else 60
    room = (NARROW - beside) / max(len(values), 1) - 4
    lines = {value: _lines(value, room) for value in values}
    top = (x.get("axis") or {}).get("orient") == "top"
    if all(text_width(line) <= room for text in lines.values() for line in text):
        more = (max(map(len, lines.values())) - 1) * _LINE
        padding = {"labelPadding": 4 + more} if top else {}
        _change(x, "axis", {"labelAngle": 0, "labelLimit": 0, "labelExpr": _in_lines(lines), **padding})
    else:
        upright = {
            "labelAngle": -90,
            "labelLimit": 0,
            "labelBaseline": "middle",
            "labelAlign": "left" if top else "right",
        }
        _change(x, "axis", upright)


def _set_legends(spec: Spec) -> None:
    """As many columns of a legend as fit; what is wider than the picture in lines."""
    for unit, data in _units(spec):
        for name, channel in unit.get("encoding", {}).items():
            if name not in _COLOURS or not _is_discrete(channel):
                continue
            labels = _values(spec, data, channel)
            lines = {label: wrapped(label, NARROW - _SYMBOL - 8) for label in labels}
            widest = max((text_width(line) for text in lines.values() for line in text), default=0) + _SYMBOL
            changes: Spec = {"columns": max(1, int((NARROW - 8) // widest)), "direction": "horizontal"}
            if any(len(text) > 1 for text in lines.values()):
                changes["labelExpr"] = _in_lines(lines)
            _change(channel, "legend", changes)


# --- the width --------------------------------------------------------------------------------------------------------


def _fitted(spec: Spec, draw: Callable[[Spec], str]) -> Spec:
    """The specification with the width of its plot and the space beside it such that all is within the picture."""
    owners = spec.get("vconcat", [spec.get("spec", spec)])
    plot, left, right = float(NARROW - 40), _MARGIN, _MARGIN
    for _ in range(4):
        for owner in owners:
            owner["width"] = plot
        spec["padding"] = {"left": left, "top": 5, "right": right, "bottom": 5}
        svg = draw(spec)
        width = width_of(svg)
        low, high = reach_of(svg)
        over = round(width + max(0.0, _MARGIN - 1 - low) + max(0.0, high - width + _MARGIN - 1) - NARROW + 0.4)
        if low >= 0 and high <= width and -2 <= over <= 0:
            break
        left += max(0, round(_MARGIN - low)) if low < 0 else 0
        right += max(0, round(high - width + _MARGIN)) if high > width else 0
        plot -= over
    return spec


def width_of(svg: str) -> float:
    """The width of a picture, in pixels."""
    found = re.search(r'<svg[^>]*\bwidth="([\d.]+)', svg)
    assert found, "a picture of Vega says how wide it is"
    return float(found[1])


def reach_of(svg: str) -> tuple[float, float]:
    """How far the words of a picture reach to the left and to the right, in pixels, in the widest of the usual fonts."""
    root = ElementTree.fromstring(svg)
    reach = [0.0, 0.0]

    def walk(element: ElementTree.Element, x: float, turned: bool) -> None:
        place = element.get("transform", "")
        if moved := re.search(r"translate\(([-\d.]+)", place):
            x += float(moved[1])
        turned = turned or ("rotate(" in place and "rotate(0)" not in place)
        if element.tag.endswith("}text") or element.tag == "text":
            size = float(element.get("font-size", "12px").removesuffix("px"))
            lines: Sequence[str] = [part.text or "" for part in element] or [element.text or ""]
            width = 0.0 if turned else max(text_width(line, size) for line in lines)
            before = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0) * width
            reach[0], reach[1] = min(reach[0], x - before), max(reach[1], x - before + width)
        for part in element:
            walk(part, x, turned)

    walk(root, 0.0, False)
    return reach[0], reach[1]
