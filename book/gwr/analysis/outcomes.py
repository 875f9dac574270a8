"""What happened later: what was kept and missed, what stays open and why, and how far the two readers agree."""

from __future__ import annotations

import pandas as pd

from gwr.report.agreement import Agreement, agreement, overlap
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

STATES = {
    "kept": _("kept"),
    "exceeded": _("exceeded"),
    "missed": _("missed"),
    "deadline_ahead": _("open: not due yet"),
    "not_settled": _("open: a later statement settles nothing"),
    "other_level": _("open: only city, province or nation"),
    "nothing": _("open: nothing was found"),
    "no_target": _("no target: a number in a name or a stock"),
}
"""What became of a promise, by what outcomes.csv and outcome_searches.csv say of it."""


def trust_of(trust: str) -> str:
    """A code of trust in words."""
    return code(trust.replace("_", " "))


def promises(tables: Tables) -> pd.DataFrame:
    """What part two promises so that it can be checked, once each.

    These are the firm pledges, the expected targets (``anticipatory``) and the pledges that a figure measures; and the figures
    that measure none.

    Returns:
        One row a promise: ``item`` (pledge, or claim), ``claim_id`` (its first figure, or empty), ``state`` (a key of
        :data:`STATES`; ``nothing`` where neither table has a word on it) and ``state_name``.
    """
    pledges, claims = tables.frame("pledges"), tables.frame("claims")
    checked = pledges[pledges["strength"].isin(["firm", "anticipatory"]) | pledges["claim_ids"].ne("")]
    rows = [(row.pledge_id, row.claim_ids.split(";")) for row in checked.itertuples()]
    measured = {claim for _item, ids in rows for claim in ids}
    rows += [(claim, [claim]) for claim in claims.loc[claims["section"] >= "2", "claim_id"] if claim not in measured]
    settled = tables.frame("outcomes", answer=("kept", "exceeded", "missed"))
    states = tables.frame("outcome_searches").set_index("item")["reason"].to_dict()
    states |= settled.set_index("claim_id")["answer"].to_dict() | settled.set_index("pledge_id")["answer"].to_dict()
    found = [next((states[key] for key in (item, *ids) if key in states), "nothing") for item, ids in rows]
    frame = pd.DataFrame(
        {"item": [item for item, _ids in rows], "claim_id": [ids[0] for _item, ids in rows], "state": found}
    )
    return frame.assign(state_name=frame["state"].map(STATES))


def reading_agreement(tables: Tables) -> tuple[float, dict[str, Agreement]]:
    """How far the two readers of the later reports agree.

    Returns:
        The share of sentences that both marked for the same item among all that either marked (0 to 1); and, over those that
        both marked, the agreement on level, relation and answer.
    """
    key = ["item", "path", "end"]
    first, second = (tables.frame(f"{name}_reading_outcomes").set_index(key) for name in ("first", "second"))
    both = first.merge(second, left_index=True, right_index=True, suffixes=("", "_second"))
    columns = ("level", "relation", "answer")
    return overlap(set(first.index), set(second.index)), {
        column: agreement(list(zip(both[column], both[f"{column}_second"], strict=True))) for column in columns
    }
