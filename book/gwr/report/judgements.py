"""Judgements that chapters need beside the two readings: pairs of figures, kinds, grades (``judgements.csv``)."""

from __future__ import annotations

import pandas as pd

from gwr.report.tables import Tables
from gwr.words.language import LANGUAGE


def judgements(tables: Tables, name: str, *, wide: bool = False) -> pd.DataFrame:
    """The judgements of one set, in their order.

    Args:
        tables: all tables.
        name: the set, a row of ``judgement_sets.csv``.
        wide: one row for each subject, with a column for each role that holds its ids (empty if it has none).

    Returns:
        One row for each judgement: ``subject``, ``role``, ``ids`` (with semicolons), ``code``, and in the language of the
        edition ``label`` and ``note``; ``label_full`` is the English label with the Chinese one behind it, on Chinese
        pages the Chinese one alone. Wide: ``subject``, ``code``, ``label``, ``label_full``, ``note``, and the roles.

    Raises:
        KeyError: there is no such set.
    """
    if name not in {row["set"] for row in tables["judgement_sets"]}:
        raise KeyError(f"no set {name!r} in judgement_sets.csv")
    rows = tables.frame("judgements", set=name).reset_index(drop=True)
    own, other = ("zh", "en") if LANGUAGE == "zh" else ("en", "zh")
    rows["label"] = rows[f"label_{own}"].where(rows[f"label_{own}"] != "", rows[f"label_{other}"])
    both = (rows["label_en"] + " " + rows["label_zh"]).str.strip()
    rows["label_full"] = rows["label"] if LANGUAGE == "zh" else both
    rows["note"] = rows[f"note_{own}"]
    tidy = rows[["subject", "role", "ids", "code", "label", "label_full", "note"]]
    if not wide:
        return tidy
    subjects = tidy.groupby("subject", sort=False)[["code", "label", "label_full", "note"]].first()
    roles = tidy.pivot(index="subject", columns="role", values="ids").fillna("")
    return subjects.join(roles[list(dict.fromkeys(tidy["role"]))]).reset_index()
