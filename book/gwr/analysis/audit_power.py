"""How much the audit would notice: each figure is moved in turn, and the checks are run again.

A check that nothing upsets proves nothing, however often it passes. A figure that upsets no check when its decimal point
is misplaced could be wrong tenfold, and the audit would not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from gwr.analysis.audit import APART, Check, Figure, load_figures
from gwr.words.language import translator

_ = translator(__name__)

MOVES: dict[str, tuple[float, float]] = {"10 %": (0.9, 1.1), "a factor of two": (0.5, 2), "a decimal point": (0.1, 10)}
"""By how much a figure is moved, down and up."""

MOVE_NAMES = {"10 %": _("10 %"), "a factor of two": _("a factor of two"), "a decimal point": _("a decimal point")}
"""The moves as readers see them."""


def power(checks: Iterable[Check], figures: Mapping[str, Figure] | None = None) -> pd.DataFrame:
    """What becomes of each check when each of its figures is moved.

    A check is *upset* if its verdict becomes *does not fit*, which it was not before; what cannot be computed any more does
    not count.

    Args:
        checks: to run.
        figures: the book's own if left out.

    Returns:
        One row for each check, figure, move and direction: ``check_id``, ``figure``, ``move`` (a key of :data:`MOVES`),
        ``factor``, ``upset``, and ``failed``: whether the check does not fit as the figures stand.

    Raises:
        KeyError: a figure that a check needs is missing.
    """
    figures = figures or load_figures()
    rows = []
    for check in checks:
        own = {name: figures[name] for name in check.inputs}
        failed = check.run(own).verdict == APART
        for name in own:
            for move, factors in MOVES.items():
                for factor in factors:
                    upset = not failed and _verdict(check, {**own, name: own[name].times(factor)}) == APART
                    rows.append((check.id, name, move, factor, upset, failed))
    return pd.DataFrame(rows, columns=["check_id", "figure", "move", "factor", "upset", "failed"])


def _verdict(check: Check, figures: Mapping[str, Figure]) -> str:
    try:
        return check.run(figures).verdict
    except (ZeroDivisionError, ValueError, OverflowError):
        return ""


def counted(moved: pd.DataFrame) -> list[str]:
    """The ids of the checks that can fail: some move of :func:`power` upsets them, or they fail as it is."""
    able = moved.groupby("check_id", sort=False)[["upset", "failed"]].any().any(axis="columns")
    return list(able.index[able])


def noticed(moved: pd.DataFrame, claims: Iterable[str]) -> pd.DataFrame:
    """The share of claims whose move would be noticed by some check, in percent.

    Args:
        moved: the frame of :func:`power`.
        claims: all claims, also those that no check uses.

    Returns:
        One row for each move: ``move`` (its name), ``down`` and ``up`` (in that direction), ``either`` and ``both``.
    """
    ids = pd.Index(list(claims))
    upset = moved.groupby(["move", "factor", "figure"])["upset"].any()
    rows = []
    for move, (low, high) in MOVES.items():
        down, up = (upset[move, factor].reindex(ids, fill_value=False) for factor in (low, high))
        shares = [100 * found.mean() for found in (down, up, down | up, down & up)]
        rows.append((MOVE_NAMES[move], *shares))
    return pd.DataFrame(rows, columns=["move", "down", "up", "either", "both"])
