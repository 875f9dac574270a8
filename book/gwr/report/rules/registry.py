"""What a rule is, and the list of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gwr.errors import DataError
from gwr.report.schema import Row
from gwr.report.tables import Tables
from gwr.report.text import Part


class Fault(NamedTuple):
    """What breaks a rule.

    Attributes:
        table: the table that holds the fault, or that a row is missing from.
        row: the row; ``None`` if no row is at fault, but the table.
        column: the column; ``""`` if no single one is at fault.
        found: what is there.
        remedy: what to do about it.
        expected: what should be there; the reason of the rule if left empty.
    """

    table: str
    row: Row | None
    column: str
    found: str
    remedy: str
    expected: str = ""


Check = Callable[[Tables], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """One rule: what it asks is its name, why it is asked its reason."""

    name: str
    reason: str
    check: Check


RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they are checked."""


def rule(reason: str) -> Callable[[Check], Check]:
    """Makes a rule of the function below: its name says what is asked, ``reason`` why."""

    def register(check: Check) -> Check:
        RULES[check.__name__] = Rule(check.__name__, reason, check)
        return check

    return register


_NOWHERE = Part("", 0, 0, "")


def sentence_of(tables: Tables, offset: int) -> Part:
    """The sentence at an offset; an empty one if there is none, which other checks say."""
    return next((part for part in tables.report.sentences if part.start <= offset < part.end), _NOWHERE)


def paragraph_of(tables: Tables, offset: int) -> Part:
    """The paragraph at an offset; an empty one if there is none."""
    return next((part for part in tables.report.paragraphs if part.start <= offset < part.end), _NOWHERE)


def check_rules(tables: Tables) -> list[DataError]:
    """What breaks a rule, each with file, row, column, what was expected and what to do; empty if nothing does."""
    numbers = {name: {id(row): number for number, row in enumerate(rows, start=2)} for name, rows in tables.items()}
    return [
        DataError(
            tables.resources[fault.table].path,
            fault.found,
            row=numbers[fault.table].get(id(fault.row)),
            column=fault.column or None,
            expected=fault.expected or one.reason,
            remedy=f"{fault.remedy} (rule {one.name})",
        )
        for one in RULES.values()
        for fault in one.check(tables)
    ]
