"""Every statement of a section, figures or not: what kind of evidence it offers, and which statements claim to be first.

A claim of ``claims.csv`` is a number. Most sentences of a report hold no number, and a share of checkable statements
needs those too. ``statements.csv`` quotes each statement of a section and gives it one kind; nothing of the section may be
left out, which :mod:`gwr.report.rules` checks. ``firsts.csv`` has the claims to be first. Both are one reader's coding.
"""

from __future__ import annotations

import pandas as pd

from gwr.report.tables import Tables
from gwr.words.language import LANGUAGE, translator

_ = translator(__name__)

# What kind of evidence a statement offers. The first that fits decides.
KIND_NAMES = {
    "figure": _("a figure"),
    "first": _("a claim to be first, without a figure"),
    "title": _("a title given by others, without a figure"),
    "event": _("something done, opened or signed, without a figure"),
    "movement": _("a movement or state, with nothing to show it"),
}

SCOPES = {
    "country": _("country"),
    "province": _("province"),
    "city": _("city"),
    "not_legible": _("not legible"),
}
"""How the areas of ``firsts.csv`` are shown."""


def statements(tables: Tables, section: str) -> pd.DataFrame:
    """The statements of a section in reading order.

    Returns:
        The columns of ``statements.csv``, ``summary`` in the language of the edition, ``subject`` (English|Chinese, on
        Chinese pages Chinese), ``kind_name``, ``claim_ids`` (those whose numeral stands in the quote), ``claim_id`` (the
        first of them) and ``place`` within the subject.

    Raises:
        KeyError: the section is not coded.
    """
    frame = tables.frame("statements", section=section)
    if frame.empty:
        raise KeyError(f"statements.csv has no section {section!r}")
    both = frame["subject_en"] + "|" + frame["subject_zh"]
    claims = tables["claims"]
    inside = [
        " ".join(row["claim_id"] for row in claims if start <= row["number_start"] < end)
        for start, end in zip(frame["start"], frame["end"], strict=True)
    ]
    return frame.assign(
        subject=frame["subject_zh"] if LANGUAGE == "zh" else both,
        kind_name=frame["kind"].map(KIND_NAMES),
        claim_ids=inside,
        claim_id=[ids.split(" ")[0] for ids in inside],
        place=frame.groupby("subject_en", sort=False).cumcount() + 1,
    )


def firsts(tables: Tables) -> pd.DataFrame:
    """The claims to be first in reading order: the columns of ``firsts.csv``, ``summary`` in the language of the edition, and
    ``scope_name`` for readers."""
    frame = tables.frame("firsts")
    return frame.assign(scope_name=frame["scope"].map(SCOPES))
