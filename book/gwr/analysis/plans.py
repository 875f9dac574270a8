"""What the chapters on the plan of 2022 share: pledges by paragraph, groups, targets beside results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from gwr.report.claims import Claim
from gwr.report.text import Report
from gwr.words.language import join, translator

_ = translator(__name__)

STRENGTH_NAMES = {
    "firm": _("firm: finishing is stated"),
    "anticipatory": _("expected target: a result is aimed at"),
    "effort": _("effort: trying is stated"),
    "exploratory": _("exploratory: before a decision"),
    "continuing": _("continuing: goes on as it is"),
}
"""Strengths of pledges by the rubric, the strongest first."""


def by_paragraph(pledges: pd.DataFrame, report: Report, names: Mapping[str, str]) -> pd.DataFrame:
    """The pledges with the paragraph they stand in and their place within it.

    Args:
        pledges: rows of ``pledges.csv``.
        report: the report they point into.
        names: an English name for the opening words (up to the first 。) of each paragraph.

    Returns:
        A copy in reading order with ``paragraph`` (English name, ``|``, opening words), ``place`` (1, 2 …
        within it), ``strength_name``, and ``mark``: ``#`` for a pledge with a figure, ``b`` with a baseline.

    Raises:
        KeyError: a paragraph has no English name.
    """
    rows = pledges.sort_values("start").copy()
    openings = [_opening(report, start) for start in rows["start"]]
    rows["paragraph"] = [f"{names[opening]}|{opening}" for opening in openings]
    rows["place"] = rows.groupby("paragraph", sort=False).cumcount() + 1
    rows["strength_name"] = [STRENGTH_NAMES[strength] for strength in rows["strength"]]
    figure, base = rows["quantitative"] == "yes", rows["baseline_claim_ids"] != ""
    rows["mark"] = figure.map({True: "#", False: ""}) + base.map({True: "b", False: ""})
    return rows


def _opening(report: Report, offset: int) -> str:
    for paragraph in report.paragraphs:
        if paragraph.start <= offset < paragraph.end:
            return paragraph.text.partition("。")[0]
    raise LookupError(f"no paragraph holds offset {offset}")


def counted_groups(places: pd.DataFrame, claims: Mapping[str, Claim]) -> pd.DataFrame:
    """One row for each group of the form *A, B and others, N in all*.

    Args:
        places: mentions, from :func:`gwr.report.places.located`.
        claims: all claims, for the names of the groups.

    Returns:
        In reading order ``group_id``, ``label``, ``names``, ``claim_id``, ``section``, ``size``, ``named``,
        ``unnamed``.
    """
    members = places[places["group_count"].notna()]
    groups = members.groupby("group_id", sort=False).agg(
        names=("place", join),
        claim_id=("group_claim", "first"),
        section=("section", "first"),
        size=("group_count", "first"),
        named=("mention_id", "count"),
    )
    groups["unnamed"] = groups["size"] - groups["named"]
    labels = [
        claims[claim].row["indicator_en"] if claim else names
        for claim, names in zip(groups["claim_id"], groups["names"], strict=True)
    ]
    groups.insert(0, "label", labels)
    return groups.reset_index()


def beside_each_other(pairs: Sequence[tuple[str, str | None]], claims: Mapping[str, Claim]) -> pd.DataFrame:
    """Each figure of the plan beside the figure it starts from.

    Args:
        pairs: the id of a claim of the plan, and that of the earlier claim it is compared with, or None.
        claims: all claims.

    Returns:
        One row a pair: ``claim_id``, ``base_id``, ``indicator``, ``zh``, ``base_zh``, ``status``,
        ``comparator``, ``value`` and ``base`` in base units, and ``ratio`` (how many times the base).
    """
    rows: list[dict[str, Any]] = []
    for claim_id, base_id in pairs:
        claim = claims[claim_id]
        base = claims[base_id] if base_id else None
        rows.append(
            {
                "claim_id": claim_id,
                "base_id": base_id or "",
                "indicator": claim.row["indicator_en"],
                "zh": claim.zh,
                "base_zh": base.zh if base else "",
                "status": claim.row["status"],
                "comparator": claim.row["comparator"],
                "value": claim.base_value,
                "base": base.base_value if base else None,
                "ratio": claim.base_value / base.base_value if base else None,
            }
        )
    return pd.DataFrame(rows)
