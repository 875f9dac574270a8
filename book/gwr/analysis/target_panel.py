"""Targets and results of thousands of reports: what was met, and how right the tables are by a sample read by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan, sqrt

import pandas as pd

CAPS = ("cpi", "unemployment_rate")
"""The indicators of which a target is not to be passed; every other target is to be reached."""

ITEM = ["report_id", "indicator", "kind"]
"""What makes a row of ``targets.csv``."""

_Z = 1.959964
_VALUES = ["value", "value_high"]
_CODES = ["comparator", "status"]


def beside_next_result(targets: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Each target with the result that the same government's report of the next year states.

    Args:
        targets: rows of ``targets.csv``.
        reports: rows of ``reports.csv``.

    Returns:
        One row for each target that has such a result: ``place``, ``level``, ``plan_year``, ``indicator``, ``target``,
        ``target_high`` (of a range), ``comparator``, ``result``, ``result_status``, ``gap`` (result less target; points,
        persons) and ``met``. Of a range the lower end counts; a cap (:data:`CAPS`) is met by what does not pass it, the upper
        end of a range counting.
    """
    keys = ["place", "level", "plan_year", "indicator"]
    rows = targets.merge(reports[["report_id", "place", "level"]], on="report_id").drop_duplicates([*keys, "kind"])
    aims = rows[rows["kind"] == "target"].rename(columns={"value": "target", "value_high": "target_high"})
    results = rows[rows["kind"] == "result"].rename(columns={"value": "result", "status": "result_status"})
    results = results.assign(plan_year=results["plan_year"] - 1)
    pairs = aims[[*keys, "report_id", "target", "target_high", "comparator"]].merge(
        results[[*keys, "result", "result_status"]], on=keys
    )
    pairs["gap"] = pairs["result"] - pairs["target"]
    cap = pairs["indicator"].isin(CAPS)
    pairs["met"] = (pairs["gap"] >= 0).where(~cap, pairs["result"] <= pairs["target_high"].fillna(pairs["target"]))
    return pairs


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Targets and results of each place by the year that they are about.

    Args:
        rows: ``targets.csv`` with ``place`` of its report.

    Returns:
        The index ``indicator``, ``place``, ``year``; ``target`` and ``result`` (missing where there is none) and ``expected``
        (whether the result is provisional).
    """
    of_year = rows.assign(year=rows["plan_year"] - rows["kind"].eq("result"))
    keys = ["indicator", "place", "year"]
    first = of_year.drop_duplicates([*keys, "kind"]).set_index(keys)
    found = pd.DataFrame({kind: first.loc[first["kind"].eq(kind), "value"] for kind in ("target", "result")})
    provisional = first.loc[first["kind"].eq("result"), "status"].eq("expected")
    return found.assign(expected=provisional.reindex(found.index, fill_value=False)).sort_index()


def wilson(right: float, number: float) -> tuple[float, float]:
    """The 95 % interval of Wilson for a share: ``right`` of ``number``; both ends missing if there is nothing to count.

    >>> tuple(round(end, 3) for end in wilson(48, 50))
    (0.865, 0.989)
    """
    if number <= 0:
        return nan, nan
    share, spread = right / number, _Z**2 / number
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / number + spread / (4 * number)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def clustered_share(hits: pd.Series, clusters: pd.Series) -> tuple[float, float, float]:
    """A share with an interval that respects that rows of one report are right or wrong together.

    The variance between reports, against that of independent rows, says by how much the rows count too often; the interval is
    Wilson's for the number that remains. It is never narrower than that of independent rows.

    Args:
        hits: whether each row is right.
        clusters: the report of each row.

    Returns:
        The share, and the ends of its 95 % interval.
    """
    number = len(hits)
    if not number:
        return nan, nan, nan
    share = float(hits.mean())
    counted = (hits - share).groupby(clusters.to_numpy()).sum()
    simple = number * share * (1 - share)
    groups = len(counted)
    factor = groups / (groups - 1) if groups > 1 else 1.0
    effect = max(1.0, factor * float((counted**2).sum()) / simple) if simple else 1.0
    return share, *wilson(share * number / effect, number / effect)


def beside_readings(settled: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The rows of the sample beside the panel's of the same reports: one row for each item that either has.

    Args:
        settled: the settled rows of ``readings.csv``.
        targets: rows of ``targets.csv``; those of other reports than the sample's must be left out before.

    Returns:
        The columns of :data:`ITEM`; ``plan_year``, ``value``, ``value_high``, ``comparator`` and ``status`` of either, with the ends
        ``_read`` and ``_panel``; ``read`` and ``found`` (who has the row), ``right`` (both, for the same year, with the same
        value or range) and ``exact`` (the same comparator and status too).
    """
    columns = [*ITEM, "plan_year", *_VALUES, *_CODES]
    both = settled[columns].merge(
        targets[columns], on=ITEM, how="outer", suffixes=("_read", "_panel"), indicator="side"
    )
    both["read"], both["found"] = both["side"] != "right_only", both["side"] != "left_only"
    both["right"] = both["read"] & both["found"] & _same(both, ["plan_year", *_VALUES])
    both["exact"] = both["right"] & _same(both, _CODES)
    return both.drop(columns="side")


def panel_scores(
    compared: pd.DataFrame, by: Sequence[str] = ("indicator", "kind"), *, hit: str = "right"
) -> pd.DataFrame:
    """Precision and recall of the panel for each group, with intervals by report.

    Args:
        compared: from :func:`beside_readings`.
        by: the columns that make the groups; none: one row for all.
        hit: ``right`` or ``exact``.

    Returns:
        The columns of ``by``; ``read``, ``found`` and ``hits`` (numbers of rows), ``precision`` and ``recall`` (0 to 1), each with
        ``_low`` and ``_high``.
    """
    groups = compared.groupby(list(by), sort=False) if by else [((), compared)]
    rows = []
    for key, group in groups:
        row = dict(zip(by, key, strict=True)) | {name: int(group[name].sum()) for name in ("read", "found")}
        row["hits"] = int(group[hit].sum())
        for measure, side in (("precision", "found"), ("recall", "read")):
            part = group[group[side]]
            ends = clustered_share(part[hit].astype(float), part["report_id"])
            row |= dict(zip((measure, f"{measure}_low", f"{measure}_high"), ends, strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def _same(both: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    same = pd.Series(True, index=both.index)
    for name in columns:
        one, other = both[f"{name}_read"], both[f"{name}_panel"]
        same &= one.eq(other) | (one.isna() & other.isna())
    return same
