"""The subdistricts as an Altair chart, shaded and labelled by a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from gwr.analysis.geography import subdistricts
from gwr.words.language import LANGUAGE


def shaded(values: Mapping[str, float], title: str, colour: str, *, top: float, form: str = ".1f") -> alt.LayerChart:
    """One shaded map.

    Args:
        values: by subdistrict code; a subdistrict without a value counts as zero.
        title: shown above the map and in the tooltip.
        colour: of the fullest shade.
        top: the value that gets it; the same in all maps that are compared.
        form: how values are written, as a d3 and Python format.
    """
    land = subdistricts().assign(number=lambda frame: frame["subdistrict_code"].map(values).fillna(0.0))
    areas = alt.Data(values=[_clockwise(feature) for feature in land.__geo_interface__["features"]])
    scale = alt.Scale(domain=[0, top], range=[0.04, 0.9])
    tooltip = [
        alt.Tooltip("properties.name_zh:N", title="街道"),
        *([] if LANGUAGE == "zh" else [alt.Tooltip("properties.name_en:N", title="Subdistrict")]),
        alt.Tooltip("properties.number:Q", title=title, format=form),
    ]
    fill = (
        alt.Chart(areas)
        .mark_geoshape(fill=colour, stroke="currentColor", strokeOpacity=0.5, strokeWidth=0.6)
        .encode(opacity=alt.Opacity("properties.number:Q", scale=scale, legend=None), tooltip=tooltip)
    )
    label = land["name_zh"].str.removesuffix("街道") + "\n" + land["number"].map(f"{{:{form}}}".format)
    spots = pd.DataFrame({"x": land["label_lon"], "y": land["label_lat"], "label": label})
    text = (
        alt.Chart(spots)
        .mark_text(fontSize=10, lineBreak="\n", baseline="middle")
        .encode(longitude="x:Q", latitude="y:Q", text="label:N")
    )
    chart: alt.LayerChart = (fill + text).properties(width=420, height=215, title=title)
    return chart


def shaded_panels(panels: Mapping[str, Mapping[str, float]], colour: str, *, columns: int = 2) -> alt.ConcatChart:
    """Small shaded maps on one scale, one for each panel; the shapes stand once in the chart.

    Args:
        panels: by title, the values by subdistrict code; a subdistrict without a value counts as zero.
        colour: of the fullest shade.
        columns: how many stand side by side.
    """
    land = subdistricts()
    name = land["name_zh"] if LANGUAGE == "zh" else land["name_zh"] + " " + land["name_en"]
    frame = pd.DataFrame(
        {"code": land["subdistrict_code"], "name": name, "x": land["label_lon"], "y": land["label_lat"]}
    )
    top = max((value for values in panels.values() for value in values.values()), default=1.0)
    opacity = alt.Opacity("number:Q", scale=alt.Scale(domain=[0, top], range=[0.04, 0.9]), legend=None)

    def panel(title: str, values: Mapping[str, float]) -> Any:
        rows = frame.assign(number=frame["code"].map(values).fillna(0.0))
        numbers = alt.LookupData(data=rows, key="code", fields=["name", "number"])
        areas = (
            alt.Chart(alt.NamedData("land"))
            .transform_lookup(lookup="properties.subdistrict_code", from_=numbers)
            .mark_geoshape(fill=colour, stroke="currentColor", strokeOpacity=0.5, strokeWidth=0.6)
            .encode(opacity=opacity, tooltip=["name:N", alt.Tooltip("number:Q", format=".1f")])
        )
        labels = (
            alt.Chart(rows[rows["number"] > 0])
            .mark_text(fontSize=11)
            .encode(longitude="x:Q", latitude="y:Q", text=alt.Text("number:Q", format=".1f"))
        )
        return alt.layer(areas, labels).properties(title=title, width=250, height=128)

    features = [_clockwise(feature) for feature in land.assign(number=0.0).__geo_interface__["features"]]
    return alt.concat(
        *(panel(title, values) for title, values in panels.items()), columns=columns, datasets={"land": features}
    )


def _clockwise(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Vega wants outer rings clockwise; GeoJSON has them the other way round."""
    rings = [[list(point) for point in reversed(ring)] for ring in feature["geometry"]["coordinates"]]
    known = {name: feature["properties"][name] for name in ("subdistrict_code", "name_zh", "name_en", "number")}
    return {"type": "Feature", "properties": known, "geometry": {"type": "Polygon", "coordinates": rings}}
