"""Rules of pledges.csv and outcomes.csv: what measures a pledge, and what is known of it from outside."""

from __future__ import annotations

from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.tables import Tables


@rule("a pledge is quantitative exactly if a claim of part two measures it; its baseline is a claim of part one")
def pledges_and_claims_agree(tables: Tables) -> Iterator[Fault]:
    sections = {row["claim_id"]: row["section"] for row in tables["claims"]}
    for row in tables["pledges"]:
        if (row["quantitative"] == "yes") != bool(row["claim_ids"]):
            found = f"{row['pledge_id']}: quantitative is {row['quantitative']}, claim_ids {row['claim_ids']!r}"
            yield Fault("pledges", row, "quantitative", found, "name the claim that measures it, or set it to no")
        for column, part in (("claim_ids", "2"), ("baseline_claim_ids", "1")):
            for claim in filter(None, row[column].split(";")):
                if not sections.get(claim, part).startswith(part):
                    found = f"{row['pledge_id']}: {claim} is not in part {part}"
                    yield Fault("pledges", row, column, found, f"name a claim of part {part}")


@rule("what only weak sources say is said to be weak, and a fact that bears on nothing says why it is kept")
def facts_say_their_use(tables: Tables) -> Iterator[Fault]:
    for row in tables["outcomes"]:
        name = row["fact_id"]
        if row["trust"] == "weak" and not row["note"]:
            yield Fault(
                "outcomes", row, "note", f"{name}: a weak source without a note", "say how far it can be trusted"
            )
        if not (row["claim_id"] or row["pledge_id"] or row["note"]):
            found = f"{name}: it bears on no claim and no pledge, and has no note"
            yield Fault("outcomes", row, "note", found, "name the claim or pledge, or say why the row is here")
        if row["value"] is not None and not row["comparator"]:
            yield Fault("outcomes", row, "comparator", f"{name}: a value without a comparator", "say how it compares")
