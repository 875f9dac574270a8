"""Rules of the tables of judgements and of checks: codes are counted, checks of a topic stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables


@rule("codes and judgements of a set are counted from 1 without a gap, in the order in which a page shows them")
def sets_are_numbered(tables: Tables) -> Iterator[Fault]:
    for table, repeats in (("judgement_codes", False), ("judgements", True)):
        last: dict[str, int] = {}
        for row in tables[table]:
            before = last.get(row["set_id"], 0)
            if row["number"] != before + 1 and not (repeats and row["number"] == before):
                found = f"{row['set_id']}: {row['number']} follows {before}"
                yield Fault(table, row, "number", found, f"set it to {before + 1}, or move the row")
            last[row["set_id"]] = row["number"]


@rule("a role is one of its set: a word that stands in one row only is mistyped")
def roles_are_shared(tables: Tables) -> Iterator[Fault]:
    roles = Counter((row["set_id"], row["role"]) for row in tables["judgements"])
    rows = Counter(row["set_id"] for row in tables["judgements"])
    for row in tables["judgements"]:
        if row["role"] and roles[row["set_id"], row["role"]] == 1 and rows[row["set_id"]] > 3:
            found = f"{row['set_id']}: no other row has the role {row['role']}"
            yield Fault("judgements", row, "role", found, "write the role as in the other rows of the set")


@rule("the checks of one topic stand together, as the audit shows them")
def checks_stand_by_topic(tables: Tables) -> Iterator[Fault]:
    seen: set[str] = set()
    for row, following in pairwise(tables["checks"]):
        seen.add(row["topic"])
        if following["topic"] != row["topic"] and following["topic"] in seen:
            found = f"{following['check_id']}: {following['topic']} begins again"
            yield Fault("checks", following, "topic", found, "correct the topic, or move the row")
