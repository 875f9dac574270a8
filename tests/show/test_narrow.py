"""The chart for a phone: whole within its width, with the same data and the same looks, and its labels and values to be read."""

from __future__ import annotations

import copy
import json
import re
from functools import lru_cache
from typing import Any

import pytest
import vl_convert
from gwr.paths import ROOT
from gwr.show.charts import PADDING, THEME, VEGALITE_MIME
from gwr.show.narrow import NARROW, narrow, reach_of, text_width, width_of, wrapped
from gwr.site.sphinx.figures import picture


def draw(spec: dict[str, Any]) -> str:
    return vl_convert.vegalite_to_svg(json.dumps(spec))


def chart(names: list[str], values: list[float], mark: Any = "bar", **encoding: Any) -> dict[str, Any]:
    """Bars that lie, with their names beside them, as a notebook stores them."""
    rows = [{"name": name, "value": value} for name, value in zip(names, values, strict=True)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {"axis": {"labelFontSize": 12}, "text": {"fontSize": 12}},
        "data": {"name": "rows"},
        "datasets": {"rows": rows},
        "padding": PADDING,
        "width": 400,
        "height": {"step": 20},
        "mark": mark,
        "encoding": {
            "x": {"field": "value", "type": "quantitative"},
            "y": {"field": "name", "type": "nominal", "sort": None, "title": None},
            **encoding,
        },
    }


LONG = [
    "The value added of all sectors of the economy",
    "Per capita disposable income of urban residents and of all others too",
]


def words_of(svg: str) -> list[str]:
    return [re.sub("<[^>]*>", " ", word).strip() for word in re.findall(r"<text[^>]*>(.*?)</text>", svg)]


def bars_of(svg: str) -> list[tuple[float, float]]:
    """Left end and length of each bar."""
    found = re.search(r'<g class="mark-rect[^"]*role-mark[^"]*"[^>]*>(.*?)</g>', svg)
    return [(float(x), float(w)) for x, w in re.findall(r'd="M([-\d.]+),[-\d.]+h([-\d.]+)', found[1] if found else "")]


@lru_cache(maxsize=1)
def stored() -> dict[str, dict[str, Any]]:
    """All charts of the book, by page and name."""
    found = {}
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                if spec := output.get("data", {}).get(VEGALITE_MIME):
                    found[f"{path.stem} {spec['usermeta']['figure']}"] = spec
    return found


def test_every_chart_of_the_book_is_whole_and_keeps_its_data_and_looks():
    assert len(stored()) > 40
    for name, spec in stored().items():
        before = copy.deepcopy(spec)
        small = narrow(spec, draw)
        assert spec == before, name
        assert small["datasets"] == spec["datasets"], name
        svg = draw(small)
        low, high = reach_of(svg)
        assert width_of(svg) <= NARROW and low >= 0 and high <= width_of(svg), (name, width_of(svg), low, high)
        looks = [  # a panel that stands alone has its scales once more
            set(re.findall(r'"(?:range|strokeDash|fillOpacity)": \[[^{}]*?\]', json.dumps(one)))
            for one in (spec, small)
        ]
        assert looks[0] == looks[1], name


def test_unequal_bars_stay_unequal_and_say_their_values():
    svg = draw(narrow(chart(LONG, [9.3, 1234.5]), draw))
    (zero, short), (start, long) = bars_of(svg)
    assert zero == start and short / long == pytest.approx(9.3 / 1234.5, rel=0.01)
    assert {"9.3", "1,235"} <= set(words_of(svg))


def test_long_labels_stand_above_their_bars_and_short_ones_beside():
    above, beside = (draw(narrow(chart(names, [1, 2]), draw)) for names in (LONG, ["GDP", "Tax"]))
    assert any(word.startswith("Per capita") for word in words_of(above))
    assert min(left for left, _ in bars_of(above)) == 0 and sum(length for _, length in bars_of(above)) > 250
    assert 'text-anchor="end"' in next(tag for tag in re.findall(r"<text[^>]*>GDP", beside))
    assert 'text-anchor="start"' in next(
        tag for tag in re.findall(r"<text[^>]*><tspan>Per", above) or re.findall(r"<text[^>]*>Per", above)
    )


def test_bars_that_stand_on_each_other_say_their_sum():
    spec = chart(["GDP", "GDP", "Tax"], [1, 2, 5], color={"field": "value", "type": "nominal"})
    assert words_of(draw(narrow(spec, draw))).count("3") >= 1
    spec["datasets"]["rows"][0]["value"] = -1
    assert not any("expr" in str(one) for one in narrow(spec, draw).get("layer", []))


def test_a_chart_with_texts_gets_no_more_of_them():
    spec = chart(["GDP", "Tax"], [1, 2])
    bars = {"mark": spec.pop("mark"), "encoding": spec.pop("encoding")}
    words = {"mark": "text", "encoding": {**bars["encoding"], "text": {"value": "said"}}}
    spec["layer"] = [bars, words]
    assert len(narrow(spec, draw)["layer"]) == 2


def test_a_legend_has_the_columns_that_fit():
    kinds = {"color": {"field": "name", "type": "nominal", "legend": {"title": None, "columns": 4}}}
    for names, columns in ((["a", "b"], 4), (LONG, 1)):
        legend = narrow(chart(names, [1, 2], **kinds), draw)["layer"][0]["encoding"]["color"]["legend"]
        assert (legend["columns"] >= columns) if columns > 1 else (legend["columns"] == 1)


def test_a_long_row_of_marks_goes_on_below():
    rows = [{"name": "Checks", "value": place} for place in range(1, 91)]
    spec = chart(["Checks"], [1], mark={"type": "point", "size": 80}) | {"datasets": {"rows": rows}}
    spec["encoding"]["x"] = {"field": "value", "type": "ordinal", "axis": {"labels": False}}
    svg = draw(narrow(spec, draw))
    places = set(re.findall(r'translate\(([\d.]+,[\d.]+)\)" d="M', svg))
    assert len(places) == 90 and len({place.split(",")[1] for place in places}) == 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", ["short"]),
        ("two words of some length", ["two words of", "some length"]),
        ("一般公共预算总收入的增长", ["一般公共预算总", "收入的增长"]),
        ("预算收入增长，其中", ["预算收入增长，", "其中"]),
        ("Share of the budget, %", ["Share of the", "budget, %"]),
        ("unbreakable-and-very-long", ["unbreakable-and-very-long"]),
    ],
)
def test_text_is_broken_where_it_may(text, lines):
    assert wrapped(text, 84) == lines


def test_the_widths_are_those_of_a_wide_font():
    assert text_width("亿元", 10) == 20
    assert 60 < text_width("0123456789", 10) < 70
    assert text_width("W") > text_width("i")


def test_the_picture_of_a_page_is_light_and_is_named_once():
    svg = picture({**chart(["GDP", "Tax"], [1, 2]), "description": "Bars", "config": THEME["config"]}, "fig-bars")
    assert svg.count("aria-") == 1 == svg.count("font-family")
    assert svg.startswith('<svg aria-hidden="true"')


@pytest.mark.parametrize("spoil", ["width", "padding"])
def test_the_measure_notices_what_does_not_fit(spoil):
    small = narrow(chart(LONG, [1, 2]), draw)
    small[spoil] = 500 if spoil == "width" else {"left": -20, "right": -60, "top": 5, "bottom": 5}
    svg = draw(small)
    low, high = reach_of(svg)
    assert width_of(svg) > NARROW or low < 0 or high > width_of(svg)
