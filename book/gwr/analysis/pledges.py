"""What pledges commit to: the conditions they meet, their strength by section, targets beside their starting
points.

The strength, the figures and the baselines are codings (see the rubric in ``codebook.md``); the functions
here only count and compare them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from gwr.report.claims import Claim
from gwr.report.text import Report
from gwr.words.language import translator
from gwr.words.number_format import MINUS, SIGNS, plain

_ = translator(__name__)

GRADE_NAMES = {
    "firm_figure": _("firm, with a figure"),
    "firm": _("firm, no figure"),
    "anticipatory": _("expected target"),
    "effort": _("effort"),
    "exploratory": _("exploratory"),
    "continuing": _("continuing"),
}
"""Strengths in the order in which they are drawn, firm ones split by whether they have a figure."""

RESULT_CLAUSE = "Result clause:"
STANDING_RULE = "Standing rule of conduct"
"""How the note of a pledge begins that names only the aim of the clause before it, or a rule that has no
end."""

AMOUNT_MEASURES = ("level", "count", "cumulative")
POINTS = ("share", "growth_rate")
AHEAD = ("target", "plan")


def conditions(pledges: pd.DataFrame) -> pd.DataFrame:
    """The pledges with one column of truth values for each condition.

    Args:
        pledges: rows of ``pledges.csv``.

    Returns:
        A copy with ``firm``, ``figure``, ``deadline_named`` (a year is coded), ``baseline``,
        ``result_clause``, ``standing_rule``, and ``grade`` (a key of :data:`GRADE_NAMES`).
    """
    out = pledges.copy()
    out["firm"] = out["strength"] == "firm"
    out["figure"] = out["quantitative"] == "yes"
    out["deadline_named"] = out["deadline"] != "none"
    out["baseline"] = out["baseline_claim_ids"] != ""
    out["result_clause"] = out["note"].str.startswith(RESULT_CLAUSE)
    out["standing_rule"] = out["note"].str.startswith(STANDING_RULE)
    out["grade"] = out["strength"].mask(out["firm"] & out["figure"], "firm_figure")
    return out


def strength_by_section(pledges: pd.DataFrame, report: Report) -> pd.DataFrame:
    """How many pledges of each grade a section has.

    Args:
        pledges: from :func:`conditions`.
        report: the report, for the titles of its sections.

    Returns:
        One row for each section and grade that occurs, in the order of the report and of :data:`GRADE_NAMES`:
        ``section``, ``title``, ``grade``, ``name``, ``pledges``, ``share`` (percent of the section), ``of``
        (pledges of the section), ``x`` and ``x_end`` (where its stretch of the bar begins and ends, in
        pledges).
    """
    titles = {section.section: f"{section.section} {section.title}" for section in report.sections}
    counts = pd.crosstab(pledges["section"], pledges["grade"])
    rows: list[dict[str, Any]] = []
    for code, counted in counts.iterrows():
        of, end = int(counted.sum()), 0
        for grade in (grade for grade in GRADE_NAMES if counted.get(grade, 0)):
            number = int(counted[grade])
            end += number
            rows.append(
                {
                    "section": code,
                    "title": titles[str(code)],
                    "grade": grade,
                    "name": GRADE_NAMES[grade],
                    "pledges": number,
                    "share": 100 * number / of,
                    "of": of,
                    "x": end - number,
                    "x_end": end,
                }
            )
    return pd.DataFrame(rows)


def baseline_for(claim: Claim, candidates: Iterable[str], claims: Mapping[str, Claim]) -> Claim | None:
    """The claim among the candidates that a target can be put beside.

    Like stands only beside like: a share beside a share, a rate beside a rate, an amount beside an amount of
    the same dimension. The same indicator goes before another, a single year before a sum of several. A
    figure that only says what exists (15 supply-chain firms are to be encouraged) is no target and stands
    beside nothing.

    Args:
        claim: the target.
        candidates: ids of possible baselines.
        claims: all claims.

    Returns:
        The best one, or None if no candidate can be compared.
    """

    def comparable(base: Claim) -> bool:
        same = base.row["measure"] == claim.row["measure"]
        amounts = claim.row["measure"] in AMOUNT_MEASURES and base.row["measure"] in AMOUNT_MEASURES
        return (same or amounts) and base.unit["dimension"] == claim.unit["dimension"]

    def rank(base: Claim) -> tuple[bool, bool, str]:
        several = base.row["measure"] == "cumulative"
        return (base.row["indicator_zh"] != claim.row["indicator_zh"], several, base.id)

    if claim.row["status"] not in AHEAD:
        return None
    return min(filter(comparable, (claims[candidate] for candidate in candidates)), key=rank, default=None)


def targets_beside_actuals(pledges: pd.DataFrame, claims: Mapping[str, Claim]) -> pd.DataFrame:
    """Every figure of a pledge beside the figure of part one that it starts from.

    Args:
        pledges: rows of ``pledges.csv``.
        claims: all claims.

    Returns:
        One row for each claim of a pledge, in reading order: ``pledge_id``, ``section``, ``strength``,
        ``deadline``, ``claim_id``, ``base_id`` (empty if nothing can be compared), ``indicator``,
        ``indicator_zh``, ``measure``, ``status``, ``comparator`` (its sign), ``target`` and ``base`` (as
        written, with the sign), ``base_years`` (5 for a sum of the five years), ``value`` and ``base_value``
        (in base units; a sum of five years as a yearly average), ``ratio``, ``change`` (percent for amounts,
        points for shares and rates) and ``change_unit``.
    """
    rows = []
    for pledge in pledges[pledges["quantitative"] == "yes"].to_dict("records"):
        candidates = pledge["baseline_claim_ids"].split(";") if pledge["baseline_claim_ids"] else []
        for claim_id in pledge["claim_ids"].split(";"):
            base = baseline_for(claims[claim_id], candidates, claims)
            rows.append({key: pledge[key] for key in _KEPT} | _compared(claims[claim_id], base))
    return pd.DataFrame(rows)


_KEPT = ("pledge_id", "section", "strength", "deadline")


def _compared(claim: Claim, base: Claim | None) -> dict[str, Any]:
    points = claim.row["measure"] in POINTS
    row: dict[str, Any] = {
        "claim_id": claim.id,
        "base_id": base.id if base else "",
        "indicator": claim.row["indicator_en"],
        "indicator_zh": claim.row["indicator_zh"],
        "measure": claim.row["measure"],
        "status": claim.row["status"],
        "comparator": SIGNS[claim.row["comparator"]].strip() or "=",
        "target": claim.zh,
        "base": base.zh if base else "",
        "base_years": 1,
        "value": claim.base_value,
        "base_value": None,
        "ratio": None,
        "change": None,
        "change_unit": "points" if points else "%",
    }
    if base is not None:
        years = 5 if base.row["measure"] == "cumulative" else 1
        start = base.base_value / years
        change = claim.base_value - start if points else 100 * (claim.base_value / start - 1)
        row |= {"base_years": years, "base_value": start, "ratio": claim.base_value / start, "change": change}
    return row


def change_text(change: float | None, unit: str) -> str:
    """A needed change as a reader expects it: ``+5 points``, ``−31 %``, or a dash where there is none."""
    if change is None or pd.isna(change):
        return "–"
    digits = 1 if unit == "points" or abs(change) < 10 else 0
    number = plain(round(abs(change), digits))
    sign = "" if float(number.replace(",", "")) == 0 else "+" if change > 0 else MINUS
    template = _("{number} points") if unit == "points" else _("{number}%")
    return template.format(number=f"{sign}{number}")
