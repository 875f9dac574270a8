"""What is uncertain looks uncertain: every stored chart and map is read, and none may draw an expected figure, a target, a plan or a
value that the book computed as a fact."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from gwr.paths import ROOT
from gwr.report.claims import load_claims, load_context, load_facts
from gwr.report.places import STATUS_NAMES
from gwr.show.charts import DASHES, FILLS, VEGALITE_MIME, by_status

KNOWN = {**load_claims(), **load_facts(), **load_context()}
NOTEBOOKS = sorted(path.stem for path in (ROOT / "book").glob("*.ipynb"))

CERTAINTY = {"actual": 0, "expected": 1, "ongoing": 1, "computed": 1, "target": 2, "plan": 2}
"""The higher, the less certain. A value computed from a figure is no more certain than it."""

COUNTS = {
    "02_industry_2021 fig-statements": "statements by kind",
    "05_city_2021 fig-named": "members of groups, named and counted",
    "07_governing_2021 fig-ahead": "pledges with a figure, by section",
    "10_reform_plan fig-grades": "pledges by grade",
    "15_government_plan fig-kinds": "pledges by kind",
    "15_government_plan fig-wording": "pieces of text that reports share",
    "16_atlas fig-choropleth": "named places",
    "16_atlas fig-groups": "members of groups that can be placed",
    "16_atlas fig-metro": "distances on the map",
    "17_pledges fig-strength": "pledges by grade",
    "17_pledges fig-combinations": "pledges by criterion",
    "17_pledges fig-signs": "pledges by sign of completion",
    "17_pledges fig-choices": "pledges by rule of counting",
    "18_audit fig-verdicts": "checks by verdict",
    "19_outcomes fig-checkable": "targets by what was found",
    "20_method fig-agreement": "agreement of two readers",
    "21_teaching fig-time": "minutes of a lesson",
    "22_your_report fig-scores": "right readings of a program",
    "23_three_thousand fig-met-by-year": "targets that were met, of those that have a result",
    "23_three_thousand fig-steps": "cities by how their target stands to that of their province",
    "23_three_thousand fig-target-result": "medians over many governments, targets hollow and results solid",
    "coverage fig-coverage": "characters that the data cover",
}
"""Charts that draw counts of the text and of what was coded, or scores of a method, and no figure of the report: what they count."""

CURVES = {
    "07_governing_2021 fig-bounds": "for every share that answered",
    "09_targets_2022 fig-paths": "at two rates of growth",
    "11_industry_plan fig-high-tech": "at two ways of growth",
}
"""Charts whose lines, and the points on them, say what would follow from a value nobody knows; their other marks are checked."""

_IDS = re.compile(r"[cfx]\d{3}(?:[\s,;、]+[cfx]\d{3})*")
_INK = {"bar", "point", "circle", "square", "tick", "line", "area", "rect", "arc", "trail", "geoshape"}
_UNITS = (1, 1e4, 1e8, 1e-4, 1e-8, 1e2, 1e-2)


def charts(notebook: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The stored charts of a notebook: what to call each, and its specification."""
    for cell in json.loads((ROOT / "book" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if VEGALITE_MIME in output.get("data", {}):
                spec = output["data"][VEGALITE_MIME]
                yield f"{notebook} {spec['usermeta']['figure']}", spec


def maps(notebook: str) -> Iterator[str]:
    """The stored maps of a notebook, each as the document in its frame."""
    for cell in json.loads((ROOT / "book" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            yield from map(
                unescape, re.findall(r'srcdoc="([^"]*)"', "".join(output.get("data", {}).get("text/html", "")))
            )


def marks(
    spec: dict[str, Any], above: dict[str, Any] | None = None, data: Any = None
) -> Iterator[tuple[Any, Any, Any]]:
    """Every mark of a specification with its channels and its data."""
    encoding, data = {**(above or {}), **spec.get("encoding", {})}, spec.get("data", data)
    if "mark" in spec:
        yield spec["mark"] if isinstance(spec["mark"], dict) else {"type": spec["mark"]}, encoding, data
    parts = [one for name in ("layer", "hconcat", "vconcat", "concat") for one in spec.get(name, [])]
    for part in [*parts, *([spec["spec"]] if "spec" in spec else [])]:
        yield from marks(part, encoding, data)


def behind(row: dict[str, Any]) -> list[str]:
    """The claims and facts that a row names: those of the column of passages, else of the first column that holds nothing but ids."""
    named = row.get("claim_id") or next((v for v in row.values() if isinstance(v, str) and _IDS.fullmatch(v)), "")
    return [name for name in re.findall(r"[cfx]\d{3}", named) if name in KNOWN]


def status_of(name: str) -> str:
    """The status of a claim or of what is known from elsewhere, which is a fact where its table has no other word for it."""
    status = str(KNOWN[name].row.get("status") or "actual")
    return "actual" if status == "standard" else status  # a standard is in force, whatever became of it


def is_as_written(row: dict[str, Any], encoding: dict[str, Any], name: str) -> bool:
    """Whether a mark stands at the figure itself, in some unit, or at the 100 of which it is the base; or on no scale at all."""
    value = float(KNOWN[name].value)
    fields = [
        encoding[axis].get("field") for axis in ("x", "y") if encoding.get(axis, {}).get("type") == "quantitative"
    ]
    shown = [row[field] for field in fields if isinstance(row.get(field), (int, float))]
    if (end := row.get(encoding.get("x2", {}).get("field"))) is not None:
        shown.append(end - row[encoding["x"]["field"]])
    return (
        not fields
        or 100 in shown
        or any(abs(one * unit - value) <= 1e-6 * abs(value) for one in shown for unit in _UNITS)
    )


def faults(spec: dict[str, Any], *, curves: bool = False) -> list[str]:
    """The marks of a chart that look more certain than they are.

    A mark must have both channels of ``by_status``, and a status no more certain than the figures in its row; a fact must be drawn
    where the report or a source puts it. A mark without the channels looks like a fact. Words, lines of reference, and the span
    within which a value lies are not asked.

    Args:
        curves: whether lines, and the points on them, show what would follow from a value nobody knows.
    """
    found = []
    lines = [encoding for mark, encoding, _ in marks(spec) if mark["type"] == "line"]
    for mark, encoding, data in marks(spec):
        on_line = any(
            encoding["x"] == line["x"] and encoding.get("y") == line["y"] for line in lines if "x" in encoding
        )
        span = mark["type"] == "area" and "y2" in encoding
        if mark["type"] not in _INK or span or (curves and on_line):
            continue
        looks = [(encoding.get("fillOpacity", {}), FILLS), (encoding.get("strokeDash", {}), DASHES)]
        shown = all(channel.get("field") == "status" for channel, _ in looks)
        if shown:
            found += [
                f"{mark['type']}: {status} does not look as by_status has it"
                for channel, known in looks
                for status, look in zip(channel["scale"]["domain"], channel["scale"]["range"], strict=True)
                if known[status] != look
            ]
        for row in spec.get("datasets", {}).get((data or {}).get("name"), [{}]):
            names = behind(row)
            status = row.get("status") if shown else "actual"
            if status == "":  # an empty place in a grid, which another mark fills with a dash
                continue
            least = max(map(status_of, names), key=CERTAINTY.__getitem__, default="actual")
            if status not in CERTAINTY:
                found.append(f"{mark['type']}: no status in {row}")
            elif CERTAINTY[status] < CERTAINTY[least]:
                found.append(f"{mark['type']}: {names} is {least} and drawn as {status}")
            elif status == "actual" and (len(names) != 1 or not is_as_written(row, encoding, names[0])):
                found.append(f"{mark['type']}: drawn as a fact and no figure of a source: {row}")
    return found


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_no_chart_draws_the_uncertain_as_a_fact(notebook: str) -> None:
    found = {name: faults(spec, curves=name in CURVES)[:3] for name, spec in charts(notebook) if name not in COUNTS}
    assert not any(found.values()), (
        "use by_status with the status of each row; a chart of counts of the text itself is named in COUNTS: "
        f"{ {name: fault for name, fault in found.items() if fault} }"
    )


def test_what_is_said_of_a_chart_is_said_of_one_that_exists() -> None:
    known = {name for notebook in NOTEBOOKS for name, _ in charts(notebook)}
    assert {*COUNTS, *CURVES} <= known
    assert not {*COUNTS} & {*CURVES}


def test_a_count_is_no_figure_of_the_report() -> None:
    """A chart cannot be called a count to escape: where a mark stands on a scale at the value of the passage beside it, it is a figure."""
    for notebook in NOTEBOOKS:
        for name, spec in charts(notebook):
            if name not in COUNTS:
                continue
            for mark, encoding, data in marks(spec):
                scales = [one for one in ("x", "y") if encoding.get(one, {}).get("type") == "quantitative"]
                rows = spec.get("datasets", {}).get((data or {}).get("name"), [])
                named = [(row, behind(row)) for row in rows if scales and mark["type"] in _INK and "claim_id" in row]
                drawn = [ids[0] for row, ids in named if len(ids) == 1 and is_as_written(row, encoding, ids[0])]
                assert len(drawn) <= len(rows) / 2, (name, drawn)


def _drawn_by_status() -> Iterator[tuple[str, dict[str, Any]]]:
    for notebook in NOTEBOOKS:
        for name, spec in charts(notebook):
            if name not in COUNTS and any("status" in json.dumps(encoding) for _, encoding, _ in marks(spec)):
                yield name, spec


@pytest.mark.parametrize("mutation", ["certain", "other look", "no channels"])
def test_the_test_can_fail(mutation: str) -> None:
    """Each chart that shows an uncertain figure is spoiled in three ways, and each spoiled chart is found."""
    tried = 0
    for name, spec in _drawn_by_status():
        spoiled = copy.deepcopy(spec)
        rows = [row for rows in spoiled.get("datasets", {}).values() for row in rows]
        uncertain = [
            row for row in rows if row.get("status") in CERTAINTY and row["status"] != "actual" and behind(row)
        ]
        if not uncertain:
            continue
        for row in uncertain if mutation == "certain" else ():
            row["status"] = "actual"
        for _, encoding, _ in marks(spoiled):
            fill = encoding.get("fillOpacity", {})
            if mutation == "other look" and fill.get("field") == "status":
                fill["scale"]["range"] = [1.0] * len(fill["scale"]["range"])
        if mutation == "no channels":
            spoiled = json.loads(
                json.dumps(spoiled).replace('"fillOpacity": {"field": "status"', '"detail": {"field": "status"')
            )
        tried += 1
        assert faults(spoiled, curves=name in CURVES), name
    assert tried > 10


# --- maps -----------------------------------------------------------------------------------------------------------------

_HOLLOW = "background: var(--paper)"


def map_faults(document: str) -> list[str]:
    """What a map draws as done that is not: solid marks and unbroken lines of what is planned, under way or only named."""
    if (
        "gwr.places(" not in document
    ):  # a map that folium draws alone: circles say where a place is, and are never filled
        circles = re.findall(r"L\.circle(?:Marker)?\(\s*\[[^\]]*\],\s*(\{[^}]*\})", document)
        return [f"a filled circle: {style[:60]}" for style in circles if '"fill": true' in style]
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", "".join(re.findall(r"<style>(.*?)</style>", document, re.DOTALL)))
    style: dict[str, str] = {}
    for selectors, body in rules:
        for selector in selectors.split(","):
            style[selector.strip()] = style.get(selector.strip(), "") + ";" + body
    found = []
    for status in STATUS_NAMES:
        if status.startswith("done"):
            continue
        if _HOLLOW not in style.get(f".mark.{status}", ""):
            found.append(f"marks of {status} are not hollow")
        if "stroke-dasharray" not in style.get(f".line.{status}", ""):
            found.append(f"lines of {status} are not broken")
        if status != "ongoing" and "border-style: d" not in style.get(f".mark.{status}", ""):
            found.append(f"the edge of marks of {status} is not broken")
    if "class: `mark ${feature.shape} ${status(mentions)}`" not in document:
        found.append("marks do not have the class of their status")
    return found


def test_a_status_without_a_look_is_refused() -> None:
    with pytest.raises(ValueError, match="'guessed'"):
        by_status(["actual", "guessed"])


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_no_map_draws_a_plan_as_done(notebook: str) -> None:
    assert [fault for document in maps(notebook) for fault in map_faults(document)] == []


def test_the_test_of_maps_can_fail() -> None:
    (first, *_) = [document for document in maps("16_atlas") if "gwr.places(" in document]
    assert map_faults(first) == []
    assert map_faults(first.replace(".mark.ongoing, .mark.planned_2022,", ".mark.ongoing,"))
    assert map_faults(first.replace(".line.planned_2022,", ""))
    assert map_faults('L.circle(\n [26.0, 119.3],\n {"color": "#c96f1a", "fill": true, "radius": 5}')
