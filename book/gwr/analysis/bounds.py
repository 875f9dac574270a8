"""Denominators, paces and bounds: what the chapters on part one divide by, and what a rate leaves open."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from gwr.report.claims import Claim, Fact, load_context
from gwr.report.intervals import Interval
from gwr.words.language import translator

_ = translator(__name__)

YEARS = 5
"""Steps from the end of 2016 to the end of 2021, which is how the book reads 五年来 (codebook, C7)."""

_COUNTED_RESIDENTS = (
    ("x001", _("Residents, census of 2020")),
    ("f008", _("Residents, census of 2010")),
    ("f009", _("Residents, census of 2000")),
    ("f007", _("Registered population 户籍, 2017")),
)


def implied_residents(claims: Mapping[str, Claim]) -> Interval:
    """How many residents the report's product (c001) and product per head (c098) imply, as rounding allows.

    It holds if both figures are of the same product. Product per head is usually computed with the mean
    population of the year.
    """
    return claims["c001"].interval / claims["c098"].interval


def denominators(claims: Mapping[str, Claim], facts: Mapping[str, Fact]) -> pd.DataFrame:
    """Every number of residents that figures of 2021 can be divided by, the implied one first.

    Returns:
        ``name``, ``low`` and ``high`` (persons), ``period``, ``ids`` (claims or fact) and ``trust``.
    """
    people = implied_residents(claims)
    name = _("Residents implied by GDP per head, 2021")
    rows = [(name, people.low, people.high, "2021", "c001 c098", "computed")]
    for fact_id, name in _COUNTED_RESIDENTS:
        fact = {**facts, **load_context()}[fact_id]
        rows.append((name, fact.value, fact.value, str(fact.row["period"]), fact_id, str(fact.row["trust"])))
    return pd.DataFrame(rows, columns=["name", "low", "high", "period", "ids", "trust"])


def share_of_all(rate: float, answered: float) -> Interval:
    """Between which values a share of all cases lies, if it is known only for those that answered.

    Nothing is assumed about the others: at worst none of them counts, at best every one does (Manski's
    bounds).

    Args:
        rate: the share among the answered, in percent.
        answered: the share of the answered among all, in percent.

    Raises:
        ValueError: a share is below 0 or above 100.
    """
    if not (0 <= rate <= 100 and 0 <= answered <= 100):
        raise ValueError(f"shares lie between 0 and 100, not {rate} and {answered}")
    known = rate * answered / 100
    return Interval(known, known + 100 - answered)


def even_share(years: int = YEARS) -> float:
    """The percentage of a sum that falls to each year if all are alike."""
    return 100 / years
