"""Facts from outside the report beside its targets: what answers what, and how far it can be trusted."""

from __future__ import annotations

import pandas as pd

from gwr.report.tables import Tables
from gwr.words.language import code, translator

_ = translator(__name__)

TRUST = {
    "official": _("published by the government itself"),
    "official_copy": _("the government's text, read on another page"),
    "media": _("a press report"),
    "weak": _("a page that names no origin"),
}
"""What stands behind a fact, the strongest first."""

_LABELS = {
    True: (_("district, official"), _("district, weak source")),
    False: (_("other place only"), _("other place only")),
}


def trust_of(trust: str) -> str:
    """A code of trust in words."""
    return code(trust.replace("_", " "))


def facts_frame(tables: Tables) -> pd.DataFrame:
    """The facts with ``of_district`` (about Taijiang or a part of it) and ``last_year`` (the last year they are about)."""
    facts = tables.frame("outcomes")
    facts["of_district"] = facts["place"].str.startswith("台江区")
    facts["last_year"] = facts["period"].str[-4:].astype(int)
    return facts


def answers(targets: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Every pair of a target and a result that bears on it: later than 2021, and itself no target.

    Args:
        targets: rows of ``claims.csv`` with the status ``target``.
        facts: the result of :func:`facts_frame`.

    Returns:
        The facts' columns, those of the target that one needs to judge them (``indicator``, ``target_period``),
        ``in_time`` (the fact is about a year in which the target runs), ``label`` (how much the fact can say) and
        ``rank`` (0 says most).
    """
    named = targets[["claim_id", "indicator_en", "period"]].rename(
        columns={"indicator_en": "indicator", "period": "target_period"}
    )
    facts = facts.drop(columns=["indicator", "indicator_full"], errors="ignore")
    results = facts[(facts["last_year"] > 2021) & ~facts["indicator_zh"].str.contains("目标")]
    found = results.rename(columns={"indicator_en": "fact_indicator"}).merge(named, on="claim_id")
    due = found["target_period"].str[-4:].astype(int)
    found["in_time"] = (found["last_year"] <= due) & (found["last_year"] >= found["target_period"].str[:4].astype(int))
    weak = found["trust"] == "weak"
    found["label"] = [_LABELS[here][is_weak] for here, is_weak in zip(found["of_district"], weak, strict=True)]
    found["rank"] = 2 * (~found["of_district"]).astype(int) + weak.astype(int)
    ordered: pd.DataFrame = found.sort_values(["claim_id", "rank", "fact_id"]).reset_index(drop=True)
    return ordered
