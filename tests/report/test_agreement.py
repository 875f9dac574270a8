"""Agreement of two readers, against worked examples."""

from math import isclose, isnan

import pytest
from gwr.report.agreement import agreement, overlap
from gwr.report.readings import COMPARED, disagreements, paired_codes, seen_by
from gwr.report.tables import load_tables

# The example of two readers and fifty grant proposals that many textbooks use: kappa is 0.4.
PROPOSALS = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
# Same percentage, skewed codes: the paradox that Feinstein and Cicchetti describe.
SKEWED = [("yes", "yes")] * 90 + [("yes", "no")] * 5 + [("no", "yes")] * 5


def test_a_worked_example():
    result = agreement(PROPOSALS)
    assert (result.n, result.agreed) == (50, 35)
    assert isclose(result.percent, 70)
    assert isclose(result.expected, 0.5)
    assert isclose(result.kappa, 0.4)


def test_kappa_is_the_same_whoever_is_called_first():
    assert isclose(agreement(PROPOSALS).kappa, agreement([(two, one) for one, two in PROPOSALS]).kappa)


def test_high_agreement_on_a_skewed_variable_has_a_low_kappa():
    result = agreement(SKEWED)
    assert isclose(result.percent, 90) and result.largest == 0.95
    assert result.kappa < 0


def test_full_agreement_and_its_limits():
    assert agreement([("a", "a"), ("b", "b")]).kappa == 1
    assert isnan(agreement([("a", "a")] * 5).kappa)
    assert isnan(agreement([]).percent) and isnan(agreement([]).kappa)


def test_agreement_against_pandas_and_numpy():
    """The same by another way: the observed and the expected diagonal of the crosstable."""
    pandas = pytest.importorskip("pandas")
    values = paired_codes(load_tables(), "pledges", "strength")
    cross = pandas.crosstab(*zip(*values, strict=True)).to_numpy() / len(values)
    chance = (cross.sum(axis=0) * cross.sum(axis=1)).sum()
    assert isclose(agreement(values).kappa, (cross.trace() - chance) / (1 - chance))


def test_overlap():
    assert overlap({1, 2, 3}, {2, 3, 4}) == 0.5
    assert isnan(overlap([], []))


@pytest.mark.parametrize("table", COMPARED)
def test_disagreements_are_what_keeps_agreement_below_a_hundred(table):
    tables = load_tables()
    found = [case for case in disagreements(tables) if case.table == table]
    for variable in COMPARED[table]:
        result = agreement(paired_codes(tables, table, variable))
        assert result.n - result.agreed == sum(case.variable == variable for case in found)
    first, second = seen_by(tables, table)
    assert len(first ^ second) == sum(case.variable == "unit" for case in found)
