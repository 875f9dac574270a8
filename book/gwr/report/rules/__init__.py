"""Rules that a table schema cannot state: each is a function with a name and a reason.

``gwr.report.schema`` holds every cell to its column, ``gwr.report.tables`` every offset to its quote and every link to its target. What
remains is what the columns mean together: that no number of the report is left behind or counted twice, that a value is
the one written, that a target can be checked, that nothing was changed in silence. ``python -m gwr check`` tries them all.

What no rule can see is listed in the codebook, under "What no rule sees".
"""

from gwr.report.rules import (
    claims,
    facts,
    gazetteer,
    judgements,
    passages,
    places,
    pledges,
    readings,
    shapes,
    units,
    words,
)
from gwr.report.rules.claims import parse_numeral
from gwr.report.rules.registry import RULES, Fault, Rule, check_rules

__all__ = [
    "RULES",
    "Fault",
    "Rule",
    "check_rules",
    "claims",
    "facts",
    "gazetteer",
    "judgements",
    "parse_numeral",
    "passages",
    "places",
    "pledges",
    "readings",
    "shapes",
    "units",
    "words",
]
