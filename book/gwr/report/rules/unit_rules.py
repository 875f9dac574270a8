"""Rules of units.csv: a factor is what the unit's name says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables

_SCALES = {"万": 1e4, "亿": 1e8}
# Units that are no multiple of ten thousand of their base unit; one mu is 10,000/15 square metres.
_OWN = {"公里": 1e3, "亩": 666.6666666667, "小时": 60.0, "天": 1440.0}


@rule("万 is ten thousand and 亿 a hundred million, in the factor, in the id and in the English label")
def factors_follow_their_units(tables: Tables) -> Iterator[Fault]:
    for row in tables["units"]:
        unit, name = row["unit"], row["unit_zh"]
        due = _OWN.get(name, _SCALES.get(name[:1], 1.0))
        if row["factor"] != due:
            yield Fault(
                "units", row, "factor", f"{unit}: {name} with factor {row['factor']:g}", f"set it to {due:.13g}"
            )
        scaled = 1e4 if "_10k" in unit else 1e8 if "_100m" in unit else 1.0
        if scaled != _SCALES.get(name[:1], 1.0):
            yield Fault("units", row, "unit_zh", f"{unit} and {name} differ in scale", "correct the one that is wrong")
        label = row["label_en"]
        says = 1e4 if "10,000" in label else 1e8 if "100 million" in label else 1.0
        if f"({name})" not in label or says != _SCALES.get(name[:1], 1.0):
            found = f"{unit}: {label!r} does not say {name}"
            yield Fault(
                "units", row, "label_en", found, "give the name in English, its scale, and the unit in brackets"
            )


@rule("values of one base unit measure one thing and can be compared, so one unit of each has factor 1")
def base_units_have_one_dimension(tables: Tables) -> Iterator[Fault]:
    dimensions: dict[str, str] = {}
    ones = {row["base_unit"] for row in tables["units"] if row["factor"] == 1}
    for row in tables["units"]:
        base = row["base_unit"]
        if dimensions.setdefault(base, row["dimension"]) != row["dimension"]:
            found = f"{row['unit']}: {base} measures {row['dimension']} here and {dimensions[base]} above"
            yield Fault("units", row, "dimension", found, "give both the same dimension, or another base unit")
        if base not in ones and row["unit"] != "years":
            yield Fault("units", row, "base_unit", f"{row['unit']}: no unit is {base} itself", "correct the base unit")


# What the id of a unit says of its dimension, by its first word.
_DIMENSIONS = {
    "count": ("things", "events"),
    "persons": ("persons",),
    "person": ("events",),
    "sqm": ("area",),
    "cny": ("money", "money_per_person"),
}


@rule("the id of a unit says what it measures")
def unit_ids_fit_their_dimension(tables: Tables) -> Iterator[Fault]:
    for row in tables["units"]:
        due = _DIMENSIONS.get(re.split("_", row["unit"])[0])
        if due and row["dimension"] not in due:
            found = f"{row['unit']}: the dimension is {row['dimension']}"
            yield Fault("units", row, "dimension", found, f"set it to {' or '.join(due)}, or give the unit another id")
        elif due and "money" in due and ("_per_" in row["unit"]) != (row["dimension"] == "money_per_person"):
            found = f"{row['unit']}: the dimension is {row['dimension']}"
            yield Fault("units", row, "dimension", found, "amounts per head are not money (codebook, C4.3)")
