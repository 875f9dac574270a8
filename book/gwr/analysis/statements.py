"""Every statement of a section, figures or not: what kind of evidence it offers, and which statements claim to be first.

A claim of ``claims.csv`` is a number. Most sentences of a report hold no number, and a share of checkable statements
needs those too. Here each statement of a section is read, quoted and given one kind; nothing of the section may be
left out, which the rules of the data check. The coding (``data/statements.csv``, ``data/firsts.csv``) is one reader's, by
the rules in :data:`KIND_NAMES`.
"""

from __future__ import annotations

import pandas as pd

from gwr.report.tables import Tables
from gwr.words.language import translator

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
        ``section``, ``start``, ``end``, ``subject`` (English|Chinese, or Chinese alone), ``kind``, ``kind_name``, ``quote``,
        ``summary_en`` (in the language of the edition), ``claim_ids`` (those whose numeral stands in the quote, joined by
        spaces), ``claim_id`` (the first of them) and ``place`` within the subject, from 1.

    Raises:
        KeyError: the section is not coded.
    """
    frame = tables.frame("statements", section=section).sort_values("start", ignore_index=True)
    if frame.empty:
        raise KeyError(f"section {section} is not coded in statements.csv")
    frame["subject"] = [
        zh if en == zh else f"{en}|{zh}" for en, zh in zip(frame["subject_en"], frame["subject_zh"], strict=True)
    ]
    frame["kind_name"] = frame["kind"].map(KIND_NAMES)
    numerals = [(row["number_start"], row["claim_id"]) for row in tables["claims"]]
    frame["claim_ids"] = [
        " ".join(claim for at, claim in numerals if start <= at < end)
        for start, end in zip(frame["start"], frame["end"], strict=True)
    ]
    frame["claim_id"] = frame["claim_ids"].str.split(" ").str[0]
    frame["place"] = frame.groupby("subject", sort=False).cumcount() + 1
    return frame


def firsts(tables: Tables) -> pd.DataFrame:
    """The statements of part one that something was done first, in reading order.

    Returns:
        ``section``, ``start``, ``end``, ``scope``, ``scope_name`` (for readers), ``quote`` and ``summary_en`` (in the
        language of the edition).
    """
    frame = tables.frame("firsts").sort_values("start", ignore_index=True)
    frame["scope_name"] = frame["scope"].map(SCOPES)
    return frame
