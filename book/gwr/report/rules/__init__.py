"""Rules that a table schema cannot state: each is a function with a name and a reason.

``gwr.report.schema`` holds every cell to its column, ``gwr.report.tables`` every offset to its quote and every link to its target. What
remains is what the columns mean together: that no number of the report is left behind or counted twice, that a value is
the one written, that a target can be checked, that nothing was changed in silence. ``python -m gwr check`` tries them all.

What no rule can see is listed in the codebook, under "What no rule sees".
"""

from gwr.report.rules import (
    base_map_rules,
    beside_rules,
    citation_rules,
    claim_rules,
    context_rules,
    fact_rules,
    gazetteer_rules,
    judgement_rules,
    outcome_rules,
    passage_rules,
    place_rules,
    pledge_rules,
    reading_rules,
    shape_rules,
    translation_rules,
    unit_rules,
    word_rules,
)
from gwr.report.rules.claim_rules import parse_numeral
from gwr.report.rules.registry import RULES, Fault, Rule, check_rules

__all__ = [
    "RULES",
    "Fault",
    "Rule",
    "base_map_rules",
    "beside_rules",
    "check_rules",
    "citation_rules",
    "claim_rules",
    "context_rules",
    "fact_rules",
    "gazetteer_rules",
    "judgement_rules",
    "outcome_rules",
    "parse_numeral",
    "passage_rules",
    "place_rules",
    "pledge_rules",
    "reading_rules",
    "shape_rules",
    "translation_rules",
    "unit_rules",
    "word_rules",
]
