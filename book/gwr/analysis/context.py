"""The report's figures beside those of city, province, nation and other districts."""

from __future__ import annotations

import re

import pandas as pd

from gwr.report.claims import Claim, Fact, load_claims, load_context
from gwr.report.judgements import judgements
from gwr.report.tables import PLACE_NAMES, Tables
from gwr.words.language import LANGUAGE
from gwr.words.number_format import SIGNS, plain

_COLUMNS = ["indicator", "indicator_zh", "measure", "place", "value", "status", "trust", "ids"]
_HOME, _CITY = "台江区", "福州市"
_LEVELS = {"district": 0, "peer": 1, "city": 2, "province": 3, "nation": 4}


def beside_other_places(
    claims: pd.DataFrame,
    tables: Tables,
    *,
    period: str,
    status: tuple[str, ...] = ("actual", "expected"),
    weak: bool = False,
) -> pd.DataFrame:
    """Claims with the facts of context that are about the same indicator: one row for each place.

    Args:
        claims: levels and growth rates, rows of ``claims.csv``.
        period: the year, or years, that the facts are about.
        status: which facts are taken.
        weak: whether facts count that only pages without an origin give.

    Returns:
        ``indicator`` and ``indicator_zh``, ``measure`` (``level`` or ``growth_rate``), ``place`` (in the language of the
        edition), ``value`` (yuan, persons, percent), ``status``, ``trust`` (the report's own figures are official) and
        ``ids``; claims in their order, under each the district, its peers, the city, the province and the nation.
    """
    facts = tables.frame("context")
    facts = facts[facts["period"].eq(period) & facts["status"].isin(status) & (weak | facts["trust"].ne("weak"))]
    rows: list[tuple[object, ...]] = []
    for claim in claims.itertuples():
        wanted = claim.indicator_zh + ("增速" if claim.measure == "growth_rate" else "")
        own = (_HOME, load_claims()[claim.claim_id].base_value, claim.status, "official", claim.claim_id)
        found = facts[facts["indicator_zh"] == wanted].sort_values("level", key=lambda level: level.map(_LEVELS))
        others = [
            (fact.place, fact.value * load_context()[fact.context_id].factor, fact.status, fact.trust, fact.context_id)
            for fact in found.itertuples()
        ]
        rows += [(claim.indicator, claim.indicator_zh, claim.measure, *row) for row in (own, *others)]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame if LANGUAGE == "zh" else frame.assign(place=frame["place"].map(PLACE_NAMES))


_BOUNDING = {"以上": "ge", "超过": "gt", "超": "gt", "多": "gt", "左右": "about", "接近": "lt"}
_BOUND = re.compile(f"({'|'.join(_BOUNDING)})(?=[”。])")


def comparator_in_note(note_zh: str) -> str:
    """How the source limits a number of context, by the word that the Chinese note quotes: ``原文为“以上”。`` gives ``ge``, no word ``eq``."""
    word = _BOUND.search(note_zh)
    return _BOUNDING[word[1]] if word else "eq"


def with_bounds(facts: pd.DataFrame) -> pd.Series:
    """The numbers of facts of context for a table, in their own units, with the sign of the bound that the source sets: ``> 900``."""
    signs = facts["note_zh"].map(comparator_in_note).map(SIGNS)
    return signs + facts["value"].map(plain)


def residents(tables: Tables) -> pd.Series:
    """The residents of the census of 2020 by place, in the language of the edition."""
    counted = tables.frame("context")
    counted = counted[counted["indicator_zh"].str.startswith("常住人口")]
    return counted.set_index("place_name")["value"].rename("residents")


def shares_of_city(tables: Tables, name: str) -> pd.DataFrame:
    """What part of the city's figures the district's are, for the pairs of a set of judgements.

    Args:
        name: a set whose roles are ``district`` (claims) and ``city`` (facts of context); several ids of a role are added.

    Returns:
        One row for each pair, in the order of the set: ``label``, ``district`` and ``city`` (ids), ``district_amount`` and
        ``city_amount`` (in base units), ``share`` and ``of_people`` (percent: of the city's figure, of its residents), ``ids`` of both, and
        ``status``, which is that of the district's figure where it is a target or a plan, else ``computed``.
    """
    known: dict[str, Claim | Fact] = {**load_claims(), **load_context()}
    frame = judgements(tables, name, wide=True)[["label", "district", "city"]]
    for role in ("district", "city"):
        frame[f"{role}_amount"] = [sum(known[key].interval.middle for key in ids.split()) for ids in frame[role]]
    people = residents(tables)
    frame["share"] = 100 * frame["district_amount"] / frame["city_amount"]
    frame["of_people"] = 100 * people[_named(_HOME)] / people[_named(_CITY)]
    frame["ids"] = frame["district"] + " " + frame["city"]
    status = [known[ids.split()[0]].row["status"] for ids in frame["district"]]
    return frame.assign(status=[one if one in {"target", "plan"} else "computed" for one in status])


def _named(place_zh: str) -> str:
    return place_zh if LANGUAGE == "zh" else PLACE_NAMES[place_zh]
