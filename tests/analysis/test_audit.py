"""The checks of the report's arithmetic: complete, pure, and never decided beforehand."""

from __future__ import annotations

import json
import math
import os
import random
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from gwr.analysis.audit import (
    RELATIONS,
    TOPICS,
    UNITS,
    VERDICTS,
    Check,
    Figure,
    Reading,
    audit,
    load_figures,
    show,
    verdict,
)
from gwr.analysis.audit_checks import (
    OWN,
    TESTS,
    check_of,
    load_checks,
    part_of_whole,
    plan_same_order,
    rounding_hides_none,
    same_order,
    share_of_count,
    shares_possible,
    sum_equals,
    whole_numbers,
)
from gwr.analysis.audit_power import MOVES, counted, noticed, power
from gwr.errors import DataError
from gwr.paths import BOOK
from gwr.report.claims import Claim, load_claims, load_context, load_facts
from gwr.report.intervals import Interval, point
from gwr.report.tables import load_tables
from gwr.show import audit_view
from gwr.show.html_tables import filter_box, table_html

CHECKS = load_checks()
FIGURES = load_figures()
ROWS = load_tables()["checks"]


def test_there_are_enough_checks_and_they_are_in_order():
    """That ids, names and questions are unique and codes known, the table's descriptor says."""
    ids = [one.id for one in CHECKS]
    assert len(ids) >= 95
    assert ids == sorted(ids) == [row["check_id"] for row in ROWS]
    enums = {field.name: field.constraints.get("enum") for field in load_tables().resources["checks"].fields}
    assert (list(TOPICS), list(UNITS), ["own", *TESTS]) == (enums["topic"], enums["unit"], enums["test"])
    for column in ("topic", "kind", "test"):
        assert {row[column] for row in ROWS} == set(enums[column]), "a code that no check has"
    assert set(OWN) == {row["check_id"] for row in ROWS if row["test"] == "own"}


def test_every_verdict_occurs():
    assert {finding.verdict for finding in audit(CHECKS)} == set(VERDICTS)


def test_every_check_is_described_in_plain_sentences():
    """Inputs that exist are demanded when the tables are read."""
    faults = []
    for row in ROWS:
        if row["comment"].count(". "):
            faults.append(f"{row['check_id']}: the comment is more than one sentence")
        for column, text in row.items():
            if text != " ".join(text.split()):
                faults.append(f"{row['check_id']}: {column} has white space to spare")
        if row["test"] == "own" and (row["assumption"] or row["open_question"]):
            faults.append(f"{row['check_id']}: a function of its own says what it assumes, the row does not")
    assert faults == []


def test_every_check_runs_and_its_verdict_follows_from_its_readings():
    for finding in audit(CHECKS):
        name = finding.check.id
        assert finding.verdict in VERDICTS, name
        assert finding.verdict == verdict(finding.readings), name
        assert all(reading.relation in RELATIONS for reading in finding.readings), name
        assert finding.readings[0].relation != "open", name
        assert finding.verdict != "fits on a condition" or finding.assumption, name
        assert finding.verdict != "fits" or not finding.deciding.assumption, name
        assert all(finding.shown(reading) for reading in finding.readings), name


def test_every_check_is_pure():
    """The same figures give the same readings, and no other figure is looked at."""
    for one in CHECKS:
        own = {name: FIGURES[name] for name in one.inputs}
        assert one.run(own).readings == one.run(FIGURES).readings, one.id
        for name in one.inputs:
            with pytest.raises(KeyError, match=name):
                one.run({key: figure for key, figure in own.items() if key != name})


def test_every_interval_holds_the_plain_value():
    """Without any rounding the result is one number, and it lies in the interval."""
    for one in CHECKS:
        written = {name: FIGURES[name].as_written() for name in one.inputs}
        for plain, rounded in zip(one.run(written).readings, one.run(FIGURES).readings, strict=True):
            slack = 1e-9 * max(1.0, abs(plain.result.low))
            assert rounded.result.low - slack <= plain.result.low, one.id
            assert plain.result.high <= rounded.result.high + slack or math.isinf(rounded.result.high), one.id


# A figure is multiplied by these; a verdict that stays the same for all does not depend on it.
FACTORS = (1e-6, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.8, 0.9, 0.99, 1.01, 1.1, 1.25, 2, 3, 10, 100, 1e3, 1e6)


def verdicts_when_changed(one: Check, name: str) -> set[str]:
    figure, found = FIGURES[name], set()
    for changed in [figure.times(factor) for factor in FACTORS] + [replace(figure, comparator="eq")]:
        try:
            found.add(one.run({**FIGURES, name: changed}).verdict)
        except (ZeroDivisionError, ValueError, OverflowError):
            continue  # a share of nothing, a root of a negative number: no verdict at all
    return found


def test_no_verdict_is_fixed_beforehand():
    """Some change of some input changes the verdict of each check."""
    fixed = []
    for one in CHECKS:
        now = one.run(FIGURES).verdict
        if not any(verdicts_when_changed(one, name) - {now} for name in one.inputs):
            fixed.append(one.id)
    assert fixed == []


def test_random_changes_change_results_and_only_of_checks_that_use_the_figure():
    """A property of all checks together: a result moves if, and only if, one of its inputs moves."""
    source = random.Random(20211221)
    used = sorted({name for one in CHECKS for name in one.inputs})
    before = {finding.check.id: finding.readings for finding in audit(CHECKS)}
    for name in source.sample(used, 40):
        factor = source.choice([0.5, 0.9, 1.1, 1.7])
        after = audit(CHECKS, {**FIGURES, name: FIGURES[name].times(factor)})
        for finding in after:
            if name not in finding.check.inputs:
                assert finding.readings == before[finding.check.id]
            elif (
                finding.check.kind not in ("bound", "counting") or len(finding.check.inputs) < 10
            ):  # those ask for the worst
                assert finding.readings != before[finding.check.id], (finding.check.id, name)


@pytest.mark.parametrize(
    ("check_id", "claim_id", "value", "expected"),
    [
        ("gdp-passes-threshold", "c096", 680, "does not fit"),
        ("goal-and-rate", "c143", 8.2, "fits"),
        ("goal-and-rate", "c142", 5000, "does not fit"),
        ("platform-sales-and-retail", "c007", 1200, "fits"),
        ("key-projects-2022", "c165", 125, "fits"),
        ("new-jobs-plan-and-year", "c196", 13, "does not fit"),
        ("canteens-planned-within-city", "c200", 80, "does not fit"),
        ("gdp-per-resident", "c001", 67.777, "does not fit"),
        ("health-subsidy-and-standard", "c076", 84, "fits"),
        ("research-beside-city", "c109", 49.5, "fits"),
        ("roads-year-and-term", "c055", 91, "does not fit"),
        ("tax-of-finance", "c105", 13.2, "does not fit"),
        ("growing-firms", "c039", 3, "does not fit"),
        ("implied-population", "c098", 15, "does not fit"),
        ("culture-stations", "c195", 63, "does not fit"),
    ],
)
def test_a_changed_claim_changes_the_verdict(check_id, claim_id, value, expected):
    """The change is made to the row of the claim, as an edit of the table would make it."""
    claim = load_claims()[claim_id]
    changed = Figure.of_claim(Claim({**claim.row, "value": value}, claim.unit))
    one = next(one for one in CHECKS if one.name == check_id)
    before, after = one.run(FIGURES), one.run({**FIGURES, claim_id: changed})
    assert before.verdict != after.verdict == expected


def test_figures_know_what_the_words_allow():
    assert FIGURES["c142"].allowed == Interval(1000e8, math.inf)  # more than
    assert FIGURES["f022"].allowed == Interval(-math.inf, 5)  # below
    assert FIGURES["c143"].allowed == FIGURES["c143"].interval == Interval(7.4, 7.6)  # about
    assert FIGURES["c003"].allowed == FIGURES["c003"].interval
    assert FIGURES["c180"].names == 3
    assert FIGURES["c191"].as_written().interval == point(1)
    assert FIGURES["c003"].times(2).interval == FIGURES["c003"].interval * 2


def test_every_fact_that_a_check_uses_has_a_unit_the_audit_knows():
    used = {name for one in CHECKS for name in one.outside}
    facts = {**load_facts(), **load_context()}
    units = {facts[name].row["unit_zh"] for name in used}
    assert units <= {
        "亿元",
        "万亿元",
        "万元",
        "元",
        "平方公里",
        "平方米",
        "万平方米",
        "亩",
        "公里",
        "万人",
        "人",
        "人次",
        "个",
        "家",
        "件",
        "条",
        "处",
        "套",
        "项",
        "%",
    }


@pytest.mark.parametrize(
    ("relation", "against", "expected"),
    [
        ("≤", Interval(3, 4), True),
        ("≤", Interval(1, 1.5), False),
        ("≤", Interval(2.5, 2.6), None),
        ("≥", Interval(1, 2), True),
        ("≥", Interval(3.5, 4), False),
        (">", Interval(1, 2), None),
        ("<", Interval(3.1, 4), True),
        ("=", Interval(3, 9), True),
        ("=", Interval(3.1, 9), False),
    ],
)
def test_relations_have_three_answers(relation, against, expected):
    assert Reading("", Interval(2, 3), relation, against).holds is expected


def test_the_rule_of_verdicts():
    yes, no = Reading("", point(1), "≤", point(2)), Reading("", point(3), "≤", point(2))
    maybe, silent = Reading("", Interval(1, 3), "≤", point(2)), Reading("", point(1), "open", None, "if")
    assert verdict([yes, no]) == "fits"
    assert verdict([no, replace(yes, assumption="if")]) == "fits on a condition"
    assert verdict([replace(yes, assumption="if")]) == "fits on a condition"
    assert verdict([no, silent]) == verdict([no, replace(no, assumption="if")]) == "does not fit"
    assert verdict([maybe, silent]) == verdict([no, replace(maybe, assumption="if")]) == "cannot be told"
    assert verdict([silent]) == "cannot be told"


def test_generic_checks():
    def figure(value: float, half: float = 0.0) -> Figure:
        return Figure("x", value, Interval(value - half, value + half))

    assert verdict(part_of_whole(figure(3), figure(4))) == "fits"
    assert verdict(part_of_whole(figure(5), figure(4))) == "does not fit"
    assert verdict(part_of_whole(figure(4, 0.5), figure(4))) == "cannot be told"
    assert verdict(part_of_whole(figure(3), figure(4), assumption="if")) == "fits on a condition"
    assert verdict(sum_equals(figure(10), figure(52), figure(62))) == "fits"
    assert verdict(sum_equals(figure(10), figure(52), figure(61))) == "does not fit"
    assert verdict(same_order(figure(14), figure(5))) == verdict(same_order(figure(5), figure(14))) == "fits"
    assert verdict(same_order(figure(16), figure(5))) == verdict(same_order(figure(5), figure(16))) == "does not fit"
    assert len(same_order(figure(16), figure(5), open_question="why")) == 2
    assert verdict(plan_same_order(figure(16), figure(5))) == "does not fit"
    assert verdict(plan_same_order(figure(5), figure(16))) == "fits on a condition"
    assert verdict(shares_possible(figure(20), figure(100))) == "fits"
    assert verdict(shares_possible(figure(20), figure(101))) == "does not fit"
    assert verdict(whole_numbers(figure(20), figure(3))) == "fits"
    assert verdict(whole_numbers(figure(20), figure(0.3))) == "does not fit"
    assert verdict(share_of_count(figure(80, 0.5), figure(184))) == "fits"
    assert verdict(share_of_count(figure(80, 0.05), figure(184))) == "does not fit"
    assert verdict(rounding_hides_none(figure(100, 0.5), figure(120), assumption="exact")) == "fits"
    assert verdict(rounding_hides_none(figure(100, 0.5), figure(365), assumption="exact")) == "fits on a condition"


@pytest.mark.parametrize(
    ("interval", "unit", "text"),
    [
        (Interval(677.765e8, 677.775e8), "亿元", "677.765 to 677.775"),
        (point(-0.3), "points", "−0.3"),
        (Interval(1000e8, math.inf), "亿元", "1,000 or more"),
        (Interval(-math.inf, 80), "%", "80 or less"),
        (point(-1e-12), "%", "0"),
        (point(91), "number", "91"),
        (Interval(412_391.24, 412_648.4), "persons", "412,391 to 412,649"),
        (Interval(407_666.9, math.inf), "persons", "407,666 or more"),
        (Interval(-math.inf, 80.001), "%", "80.01 or less"),
        (Interval(-1.6101, -0.1099), "% a year", "−1.62 to −0.1"),
    ],
)
def test_results_are_written_for_readers(interval, unit, text):
    assert show(interval, unit) == text


@pytest.mark.parametrize(
    ("changes", "column", "found"),
    [
        ({"test": "part_of_all"}, "test", "no test 'part_of_all' for a006"),
        ({"test": "own"}, "test", "no test 'own' for a006"),
        ({"inputs": "c010"}, "inputs", "a006: missing a required argument: 'whole'"),
        ({"inputs": "c010;c098;c001"}, "inputs", "a006: too many positional arguments"),
        ({"open_question": "Why?"}, "inputs", "a006: got an unexpected keyword argument 'open_question'"),
    ],
)
def test_a_row_that_does_not_fit_its_test_is_named(changes, column, found):
    row = next(row for row in ROWS if row["check_id"] == "a006")
    assert check_of(row).run(FIGURES).verdict == "fits"
    with pytest.raises(DataError) as error:
        check_of({**row, **changes}, 7)
    assert (error.value.path.name, error.value.row, error.value.column) == ("checks.csv", 7, column)
    assert found in error.value.found and error.value.remedy


def test_the_counts_of_verdicts_add_up():
    frame = audit_view.audit_frame(audit(CHECKS))
    counts = audit_view.verdict_counts(frame).set_index("topic")
    assert list(counts.index) == [*TOPICS, "All"]
    assert counts.loc["All", "checks"] == len(CHECKS) == counts.loc["All", list(VERDICTS)].sum()
    for _, places in frame.groupby("topic")["place"]:
        assert sorted(places) == list(range(1, len(places) + 1))


def test_tables_of_the_audit_link_to_passages_and_to_pages_outside():
    readings = audit_view.readings_frame(audit(CHECKS[:1]))
    html = table_html(readings, "x", "y")
    assert '<a href="source.ipynb#c001">c001</a>' in html and "f008</a> (outside)" in html
    assert "&lt;a" not in html and "&lt;em" not in html
    rows = audit_view.table_rows(audit_view.audit_frame(audit(CHECKS)))
    html = table_html(rows[["question", "verdict", "note", "inputs"]], "x", "y")
    assert html.count("<tr>") == len(CHECKS) + 1 and "&lt;a" not in html and "&lt;small" not in html


def test_whatever_is_of_the_same_order_is_upset_by_a_misplaced_decimal_point():
    """The factor of the checks of scale is the middle between a figure and ten times it: no check that fits can stand both."""
    tests = {row["check_id"]: row["test"] for row in ROWS}
    scale = [one for one in CHECKS if tests[one.id] in ("same_order", "same_order_relative", "same_order_yearly")]
    assert len(scale) > 40
    for one in scale:
        if one.run(FIGURES).verdict == "fits":
            for factor in MOVES["a decimal point"]:
                changed = {**FIGURES, one.inputs[0]: FIGURES[one.inputs[0]].times(factor)}
                assert one.run(changed).verdict == "does not fit", (one.id, factor)


def test_power_of_a_small_audit():
    def check(check_id: str, inputs: tuple[str, ...], function) -> Check:
        return replace(CHECKS[0], id=check_id, inputs=inputs, function=function)

    figures = {
        name: Figure(name, value, point(value)) for name, value in {"c1": 30, "c2": 100, "c3": 1, "c4": 5}.items()
    }
    part = check("a1", ("c1", "c2"), part_of_whole)  # 30 % of the whole
    idle = check("a2", ("c3", "c2"), lambda part, whole: [Reading("", part.interval, "≥", point(-whole.value))])
    broken = check("a3", ("c4", "c3"), part_of_whole)  # five of one
    moved = power([part, idle, broken], figures)
    assert len(moved) == 3 * 2 * 6
    upset = moved[moved["upset"]]
    assert set(zip(upset["check_id"], upset["figure"], upset["factor"], strict=True)) == {
        ("a1", "c1", 10),
        ("a1", "c2", 0.1),
    }
    assert counted(moved) == ["a1", "a3"]  # what fails as it stands can fail
    rate = noticed(moved, ["c1", "c2", "c3", "c9"]).set_index("move")
    assert list(rate.loc["a decimal point"]) == [25, 25, 50, 0]
    assert (rate.loc["10 %"] == 0).all()


def test_a_check_that_cannot_be_computed_any_more_is_not_upset():
    def root(figure: Figure) -> list[Reading]:
        if figure.value > 5:
            raise ValueError("no root")
        return [Reading("", figure.interval, "≤", point(9))]

    moved = power([replace(CHECKS[0], id="a1", inputs=("c1",), function=root)], {"c1": Figure("c1", 4, point(4))})
    assert not moved["upset"].any() and counted(moved) == []


def test_the_audit_notices_most_misplaced_decimal_points():
    moved = power(CHECKS)
    rate = noticed(moved, load_claims()).set_index("move").loc["a decimal point"]
    assert rate["up"] >= 60 and rate["down"] >= 60
    assert len(counted(moved)) < len(CHECKS), "the table keeps some that nothing upsets, so that the rule shows"


CHINESE = """
import json
from gwr.show import audit_view
from gwr.analysis.audit import audit
from gwr.analysis.audit_checks import load_checks

found = audit(load_checks())
shown = [text for one in found for text in (one.check.name, one.check.question, one.check.formula, one.check.comment)]
for one in found:
    for reading in one.readings:
        shown += [reading.words, reading.assumption, one.shown(reading)]
frame = audit_view.audit_frame(found)
shown += [*audit_view.verdict_counts(frame)["topic"], *audit_view.table_rows(frame)["verdict"]]
shown += [*audit_view.table_rows(frame)["kind"]]
print(json.dumps({"verdicts": [one.verdict for one in found], "shown": shown}))
"""


def test_in_chinese_the_words_change_and_the_verdicts_do_not():
    """In a process of its own, because the language is chosen before the first import."""
    environment = {**os.environ, "GWR_LANGUAGE": "zh", "PYTHONPATH": str(BOOK)}
    done = subprocess.run([sys.executable, "-c", CHINESE], env=environment, capture_output=True, text=True, check=True)
    chinese = json.loads(done.stdout)
    assert chinese["verdicts"] == [finding.verdict for finding in audit(CHECKS)]
    words = {word for text in chinese["shown"] for word in re.findall("[A-Za-z]+", text)}
    assert words == {"n"}, "the only letter is that of a sum"
    assert not [text for text in chinese["shown"] if re.search("[{}]|nan", text)]


def test_what_if_replaces_one_figure():
    trial = audit_view.what_if("a010", "c143", [7.5, 8.5])
    assert list(trial["verdict"]) == ["◐ fits on a condition", "● fits"]


@pytest.mark.browser
def test_the_table_of_all_checks_can_be_searched_filtered_and_sorted(browser):
    frame = audit_view.audit_frame(audit(CHECKS))
    heads = {"id": "Check", "topic": "Topic", "verdict": "Verdict"}
    box = filter_box("all", ["Verdict", "Topic"], "c001")
    page = browser.new_page()
    page.set_content(f"{box}{table_html(frame, 'tab-all', 'All', columns=heads)}")
    assert page.locator("#tab-all tbody tr:visible").count() == len(CHECKS), "without scripts it is a plain table"
    assert not page.locator(".gwr-filter").is_visible()
    page.add_script_tag(path=BOOK / "static" / "tables.js")
    page.wait_for_selector(".gwr-filter:not([hidden])")
    shown = page.locator("#tab-all tbody tr:visible")
    assert shown.count() == len(CHECKS)
    page.get_by_label("Verdict").select_option("does not fit")
    assert shown.count() == sum(finding.verdict == "does not fit" for finding in audit(CHECKS))
    page.get_by_label("Search").fill("a222")
    assert shown.count() == 1 and "1 of" in page.locator("output").inner_text()
    page.get_by_label("Search").fill("")
    page.get_by_label("Verdict").select_option("")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Check").click()
    assert shown.first.inner_text().startswith(CHECKS[-1].id)
    assert page.locator("th[aria-sort=descending]").count() == 1
    page.close()
