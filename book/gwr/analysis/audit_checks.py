"""What the checks of ``data/checks.csv`` compute. How they work: :mod:`gwr.analysis.audit`.

A row of the table names a ready test (:data:`TESTS`), which fits any report, or the check has a function of its own here
(:data:`OWN`, by id). Inputs are ids of claims (``c``, from the report) and of facts (``f`` and ``x``, from outside it); a test gets their
figures in the order of the row.

How bounds are chosen, before any result is looked at: where logic, law or a standard sets a limit, it is taken (a part is at
most its whole, the district at most the city, a share at most 100 %, things come in whole numbers). Else the figure is set
beside the nearest like one, first of other years here, then of the city for each resident, then of province or nation; it has
to be nearer to that one than ten times or a tenth of it would be (:data:`DECADE`). A plan may lie below what was reached.
"""

from __future__ import annotations

import inspect
import math
from functools import lru_cache, partial

from gwr.analysis.audit import Check, Figure, Function, Reading
from gwr.errors import DataError
from gwr.report.intervals import Interval, extremes, growth, point, yearly_growth
from gwr.report.schema import Row
from gwr.report.tables import load_tables
from gwr.words.language import data, translator

_ = translator(__name__)

TERM = 5  # years of a government's term: 2017-2021, 2022-2026
DAYS = 365  # of 2021
PIPELINE = 1e8  # yuan: 亿元以上"五个一批"项目, likewise
PRICES = _("prices rise no faster than the city's did: a rate is at constant prices, a level at current ones")
DECADE = math.sqrt(10)  # between a figure and ten times it, this is the middle: the one factor of all checks of scale
EXACT = _("the share is exact, not rounded")

# -- ready tests, for any report ------------------------------------------------------------------------------------------


def part_of_whole(part: Figure, whole: Figure, *, assumption: str = "") -> list[Reading]:
    """The part is at most the whole; the result is its share in percent."""
    share = part.interval / whole.interval * 100
    return [Reading(_("the part, in percent of the whole"), share, "≤", point(100), assumption)]


def parts_of_whole(*figures: Figure, assumption: str = "") -> list[Reading]:
    """(part, …, whole): the parts together are at most the whole."""
    *parts, whole = figures
    share = sum((part.interval for part in parts), start=point(0)) / whole.interval * 100
    return [Reading(_("the parts together, in percent of the whole"), share, "≤", point(100), assumption)]


def sum_equals(*figures: Figure, assumption: str = "") -> list[Reading]:
    """(part, …, whole): the parts add up to the whole."""
    *parts, whole = figures
    total = sum((part.interval for part in parts), start=point(0))
    return [Reading(_("the sum of the parts, and the whole"), total, "=", whole.allowed, assumption)]


def same(one: Figure, other: Figure, *, assumption: str = "") -> list[Reading]:
    """Two statements of one quantity agree."""
    return [Reading(_("the two figures"), one.allowed, "=", other.allowed, assumption)]


def in_step(one: Figure, other: Figure) -> list[Reading]:
    """Two rates are equal, or no more than a point apart."""
    gap = one.interval - other.interval
    near = _("in step (同步) allows up to one percentage point")
    return [
        Reading(_("growth of income less growth of GDP"), gap, "=", point(0)),
        Reading(_("the same, within one point"), gap, "=", Interval(-1, 1), near),
    ]


def same_order(one: Figure, other: Figure, *, assumption: str = "", open_question: str = "") -> list[Reading]:
    """The one is nearer to the other than ten times or a tenth of it; the result is one ÷ other."""
    return _scale(one.interval / other.interval, assumption, open_question)


def same_order_relative(
    one: Figure,
    other: Figure,
    one_base: Figure,
    other_base: Figure,
    *,
    assumption: str = "",
    open_question: str = "",
) -> list[Reading]:
    """As :func:`same_order`, of figures for each resident, or for each yuan of GDP: of (one, other, base, base)."""
    return _scale(
        (one.interval / one_base.interval) / (other.interval / other_base.interval), assumption, open_question
    )


def same_order_yearly(year: Figure, total: Figure, *, open_question: str = "") -> list[Reading]:
    """As :func:`same_order`, of a year and the mean year of a term's total."""
    return _scale(year.interval / (total.interval / TERM), "", open_question)


def plan_same_order(plan: Figure, reached: Figure, *, open_question: str = "") -> list[Reading]:
    """As :func:`same_order`, of a plan and what was reached; a plan may be smaller, which is no mistake."""
    return _scale_of_plan(plan.interval / reached.interval, open_question)


def plan_same_order_yearly(plan: Figure, total: Figure, *, open_question: str = "") -> list[Reading]:
    """As :func:`plan_same_order`, of a plan and the mean year of a term's total."""
    return _scale_of_plan(plan.interval / (total.interval / TERM), open_question)


def _scale(ratio: Interval, assumption: str, why: str) -> list[Reading]:
    words = _("the one, as a multiple of the other")
    return [
        Reading(words, ratio, "=", Interval(1 / DECADE, DECADE), assumption, "times"),
        *not_computed(ratio, why),
    ]


def _scale_of_plan(ratio: Interval, why: str) -> list[Reading]:
    smaller = _("less is planned than was done, which a plan may do")
    return [
        *_scale(ratio, "", why),
        Reading(_("the plan, as a multiple of what was done"), ratio, "≤", point(DECADE), smaller, "times"),
    ]


def shares_possible(*shares: Figure) -> list[Reading]:
    """No share of a whole is above 100 %; the result is the largest number printed."""
    printed = [share.value for share in shares]
    return [Reading(_("the largest share as printed"), point(max(printed)), "≤", point(100))]


def whole_numbers(*counts: Figure) -> list[Reading]:
    """Things that are counted one by one come in whole numbers; the result is how many figures are none."""
    broken = sum(not math.isclose(count.value, round(count.value), abs_tol=1e-6) for count in counts)
    return [Reading(_("figures that are no whole number"), point(broken), "≤", point(0))]


def share_of_count(share: Figure, number: Figure, *, assumption: str = "") -> list[Reading]:
    """Some whole number of things gives this share in percent."""
    things = share.interval * number.interval / 100
    return [Reading(_("how many things the share means"), things, "whole", None, assumption)]


def rounding_hides_none(share: Figure, number: Figure, *, assumption: str) -> list[Reading]:
    """Rounding to 100 % cannot hide even one exception among so many things; ``assumption``: that the share is exact."""
    exact = number.interval * (100 - share.value) / 100
    most = (number.interval * (100 - share.interval.low) / 100).high
    hidden = Interval(exact.low, max(exact.high, most))
    return [
        Reading(_("exceptions that the rounded share leaves room for"), hidden, "<", point(1)),
        Reading(_("exceptions if the share is exact"), exact, "<", point(1), assumption),
    ]


def names_within(group: Figure) -> list[Reading]:
    """No more members of a group are named than counted."""
    return [Reading(_("members named, and members counted"), point(group.names), "≤", group.interval)]


def not_computed(result: Interval, why: str) -> list[Reading]:
    """The reading that would settle a tension and that the report gives nothing to test with; none if there is no such."""
    return [Reading(_("not computed"), result, "open", None, why)] if why else []


# -- output and people ---------------------------------------------------------------------------------------------------


def implied_population(gdp: Figure, per_head: Figure, census: Figure, earlier: Figure) -> list[Reading]:
    people = gdp.interval / per_head.interval
    change = 1 + abs((census.interval.middle / earlier.interval.middle) ** (1 / 10) - 1)  # of a year between the two
    room = Interval(census.interval.low / change, census.interval.high * change)
    words = _(
        "implied residents, and the census of 2020, give or take the change of a year between the last two censuses"
    )
    return [Reading(words, people, "=", room)]


def two_statements_of_gdp(gdp: Figure, passed: Figure, per_head: Figure) -> list[Reading]:
    bound = Interval((passed.allowed.low / per_head.interval).low, math.inf)
    return [Reading(_("residents by the one, and by the other"), gdp.interval / per_head.interval, "=", bound)]


def gdp_passes_threshold(gdp: Figure, passed: Figure) -> list[Reading]:
    return [Reading(_("the two"), gdp.interval, ">", point(passed.value))]


def per_head_and_total(start: Figure, end: Figure, rate: Figure, gdp: Figure, census: Figure) -> list[Reading]:
    now = gdp.interval / end.interval
    people = Interval(min(now.low, census.interval.low), max(now.high, census.interval.high))
    total = yearly_growth(people * start.interval, gdp.interval, TERM)
    between = _("in 2016 the residents were between the implied number of 2021 and the census of 2010")
    return [
        Reading(
            _("growth per head, and of the total"),
            yearly_growth(start.interval, end.interval, TERM),
            "=",
            rate.interval,
        ),
        Reading(_("growth of the total over five years, and in 2021"), total, "=", rate.interval, between),
    ]


# -- goals and targets ---------------------------------------------------------------------------------------------------


def city_prices(earlier: Figure, later: Figure, rate: Figure) -> Interval:
    """The rise of prices in percent that the city's two levels and its rate at constant prices imply."""
    return (later.interval / earlier.interval / growth(rate.interval) - 1) * 100


def goal_and_rate(gdp: Figure, rate: Figure, goal: Figure, then: Figure, now: Figure, city: Figure) -> list[Reading]:
    level = point(goal.value)
    needed = (yearly_growth(gdp.interval, level, TERM) / 100 + 1) / growth(rate.allowed) * 100 - 100
    wide = Interval(rate.value - 0.5, rate.value + 0.5)
    at_most = gdp.interval * growth(wide) ** TERM
    return [
        Reading(
            _("the level reached at the stated rate"),
            gdp.interval * growth(rate.allowed) ** TERM,
            "=",
            goal.allowed,
        ),
        Reading(
            _("the level reached at half a point more or less"),
            at_most,
            "=",
            goal.allowed,
            _("左右, about, covers half a point"),
        ),
        Reading(
            _("the rise of prices needed, and the city's"),
            needed,
            "≤",
            city_prices(then, now, city),
            PRICES,
            "% a year",
        ),
    ]


def goal_after_first(
    gdp: Figure,
    first: Figure,
    goal: Figure,
    rate: Figure,
    city_2020: Figure,
    city_2021: Figure,
    city_rate: Figure,
) -> list[Reading]:
    needed = yearly_growth(gdp.interval * growth(first.interval), point(goal.value), TERM - 1)
    nominal = (growth(rate.allowed) * growth(city_prices(city_2020, city_2021, city_rate)) - 1) * 100
    return [
        Reading(_("growth needed in 2023 to 2026, and the stated rate"), needed, "≤", rate.allowed),
        Reading(_("the same, and the stated rate with the city's rise of prices"), needed, "≤", nominal, PRICES),
    ]


def first_within_mean(first: Figure, rate: Figure) -> list[Reading]:
    rest = extremes(
        lambda r, f: (((1 + r / 100) ** TERM / (1 + f / 100)) ** (1 / (TERM - 1)) - 1) * 100,
        rate.allowed,
        first.interval,
    )
    return [Reading(_("growth left for the other years, and the mean"), rest, "=", rate.allowed)]


def the_other_sectors(gdp: Figure, share: Figure, rate: Figure, goal: Figure, level: Figure) -> list[Reading]:
    now = gdp.interval * (100 - share.interval)
    by_rate = yearly_growth(now, gdp.interval * growth(rate.allowed) ** TERM * (100 - goal.value), TERM)
    by_level = yearly_growth(now, point(level.value * (100 - goal.value)), TERM)
    instead = _("GDP reaches the goal rather than the rate")
    return [
        Reading(_("the most that the other sectors can grow, with GDP at the stated rate"), by_rate, "≥", point(0)),
        Reading(
            _("the most that the other sectors can grow, with GDP at the stated goal"),
            by_level,
            "≥",
            point(0),
            instead,
        ),
    ]


def the_rest_in_2022(gdp: Figure, sector: Figure, share: Figure) -> list[Reading]:
    rest = extremes(lambda g, t, s: (g - s / 100 * t) / (1 - s / 100), gdp.interval, sector.interval, share.interval)
    return [Reading(_("implied growth of the other sectors"), rest, "≥", point(0))]


def services_in_the_increase(gdp: Figure, share: Figure, sector: Figure, rate: Figure) -> list[Reading]:
    added = gdp.interval * share.interval / 100 * sector.interval / 100
    return [Reading(_("rise of services, and of GDP"), added, "≤", gdp.interval * rate.interval / 100)]


def share_must_rise(sector: Figure, gdp: Figure) -> list[Reading]:
    return [Reading(_("difference of the two targets"), sector.interval - gdp.interval, ">", point(0))]


def high_tech_doubling(now: Figure, then: Figure) -> list[Reading]:
    return [Reading(_("times as many"), now.interval / then.interval, "≥", point(2))]


# -- trade and industry --------------------------------------------------------------------------------------------------


def platform_sales(platform: Figure, share: Figure, retail: Figure) -> list[Reading]:
    whole = platform.interval / share.interval * 100
    wholesale = _("sales above the threshold include wholesale, and retail sales lie within them")
    return [
        Reading(_("implied sales above the threshold, and retail sales"), whole, "≤", retail.interval),
        Reading(_("retail sales, and implied sales above the threshold"), retail.interval, "≤", whole, wholesale),
    ]


def share_above_threshold(share: Figure, platform: Figure, part: Figure, retail: Figure) -> list[Reading]:
    above = platform.interval / part.interval * 100
    return [
        Reading(
            _("share of retail sales, and implied sales"),
            retail.interval * share.interval / 100,
            "=",
            above,
            _("the share is one of retail sales"),
        ),
        Reading(
            _("retail sales, and all trade that the share implies"),
            retail.interval,
            "≤",
            above / share.interval * 100,
            _("the share is one of all sales of wholesale and retail trade"),
        ),
    ]


def platforms_and_leaders(platform: Figure, leaders: Figure, share: Figure) -> list[Reading]:
    together = extremes(lambda p, x, s: (p + x) / p * s, platform.interval, leaders.interval, share.interval)
    trade = _("the leading firms of the tertiary sector are trade firms above the threshold")
    return [Reading(_("both groups, in percent of the implied whole"), together, "≤", point(100), trade)]


def campaign_and_retail(campaign: Figure, retail: Figure, rate: Figure) -> list[Reading]:
    rise = retail.interval * (1 - 1 / growth(rate.interval))
    return [
        Reading(
            _("campaign sales, in percent of the rise of retail"),
            campaign.interval / rise * 100,
            "≤",
            point(100),
        )
    ]


def sales_per_event(sales: Figure, events: Figure, retail: Figure) -> list[Reading]:
    mean = sales.interval / events.value
    return [Reading(_("the most an event sold, and retail sales of a mean day"), mean, "≤", retail.interval / DAYS)]


def platform_and_leading(leaders: Figure, number: Figure, platforms: Figure, firms: Figure) -> list[Reading]:
    by_sales = _("leading firms are chosen by their sales")
    mean = leaders.interval / number.interval
    return [
        Reading(
            _("mean leading firm, and mean platform firm"),
            mean,
            "≥",
            platforms.interval / firms.interval,
            by_sales,
        )
    ]


def tenants_and_new_firms(tenants: Figure, entities: Figure) -> list[Reading]:
    typical = _("2021 is a usual year for registrations")
    return [
        Reading(
            _("firms moving in, in percent of new entities"),
            tenants.interval / TERM / entities.interval * 100,
            "≤",
            point(100),
            typical,
        )
    ]


def construction_output(output: Figure, gdp: Figure, rate: Figure, share: Figure) -> list[Reading]:
    left = gdp.interval * growth(rate.interval) * (100 - share.interval) / 100
    half = _("value added is at most half of gross output")
    return [
        Reading(_("construction output, and GDP outside services"), output.interval, "≤", left),
        Reading(_("half of construction output, and GDP outside services"), output.interval / 2, "≤", left, half),
    ]


# -- projects and investment ---------------------------------------------------------------------------------------------


def key_projects_2022(plan: Figure, investment: Figure, rate: Figure, key_2021: Figure) -> list[Reading]:
    implied = investment.interval * growth(rate.interval)
    at_share = extremes(lambda k, g: k * g, key_2021.interval, growth(rate.interval))
    scope = _("the plan has another scope: total budgets, land, or projects that are not counted in the district")
    return [
        Reading(_("the plan, and implied fixed-asset investment"), plan.interval, "≤", implied),
        Reading(
            _("the plan, and key projects grown by the target"),
            plan.interval,
            "=",
            at_share,
            _("key projects grow as investment does"),
        ),
        Reading(_("not computed"), plan.interval, "open", None, scope),
    ]


def key_and_renewal(key: Figure, renewal: Figure, investment: Figure) -> list[Reading]:
    larger = max(key.interval, renewal.interval, key=lambda interval: interval.middle)
    overlap = _("renewal projects are among the key projects, or part of their cost fell in earlier years")
    return [
        Reading(_("both, and fixed-asset investment"), key.interval + renewal.interval, "≤", investment.interval),
        Reading(_("the larger, and fixed-asset investment"), larger, "≤", investment.interval, overlap),
    ]


def projects_carried_over(key: Figure, completed: Figure, starts: Figure, next_key: Figure) -> list[Reading]:
    left = key.interval - completed.interval
    listed = _("what starts in 2022 was already on the list of 2021")
    return [
        Reading(_("unfinished and new, and the list of 2022"), left + starts.interval, "≤", next_key.interval),
        Reading(_("unfinished alone, and the list of 2022"), left, "≤", next_key.interval, listed),
    ]


def pipeline_mean(total: Figure, number: Figure) -> list[Reading]:
    return [Reading(_("mean project, and the limit"), total.allowed.low / number.interval, "≥", point(PIPELINE))]


def last_of_sum(total: Interval, rate: Interval) -> Interval:
    """The last of five yearly amounts that grow at a rate in percent and add up to ``total``."""
    return extremes(
        lambda t, r: t * (1 + r / 100) ** (TERM - 1) / math.fsum((1 + r / 100) ** n for n in range(TERM)),
        total,
        rate,
    )


def research_share(total: Figure, rate: Figure, gdp: Figure, goal: Figure, gdp_goal: Figure) -> list[Reading]:
    share = last_of_sum(total.interval, rate.interval) / gdp.interval * 100
    factor = (growth(goal.interval) / growth(gdp_goal.allowed)) ** TERM
    return [Reading(_("share of GDP in 2026 at the goals, and in 2021"), share * factor, "≥", share)]


def research_next(total: Figure, rate: Figure, goal: Figure) -> list[Reading]:
    steps = range(1, TERM + 1)
    last = last_of_sum(total.interval, rate.interval)
    coming = extremes(lambda x, g: math.fsum(x * (1 + g / 100) ** n for n in steps), last, goal.interval)
    return [Reading(_("the next five years, and twice the past five"), coming, "≥", total.interval * 2)]


# -- schools, work, welfare ----------------------------------------------------------------------------------------------


def places_per_school(places: Figure, schools: Figure, all_places: Figure, all_schools: Figure) -> list[Reading]:
    year = places.interval / schools.interval
    before = (all_places.interval - places.interval) / (all_schools.interval - schools.interval)
    larger = _("schools of one year can be half as large again as those of others")
    return [
        Reading(_("places for each school in 2021, and before"), year, "=", before),
        Reading(_("the same, with a margin of half"), year, "≤", before * 1.5, larger),
    ]


def talent(year: Figure, degrees: Figure, taiwan: Figure) -> list[Reading]:
    share = year.interval / (degrees.interval + taiwan.interval) * 100
    within = _("the categories of the year lie within those of the term")
    return [Reading(_("recruited in 2021, in percent of five years"), share, "≤", point(100), within)]


# -- shares and lists ----------------------------------------------------------------------------------------------------


def petitions(resolved: Figure, rate: Figure) -> list[Reading]:
    cases = resolved.interval / rate.interval * 100
    return [Reading(_("cases in all"), cases, "whole", None, _("the rate is that of the cases counted"))]


def good_air_days(share: Figure) -> list[Reading]:
    days = Figure("days", DAYS, point(DAYS))
    return rounding_hides_none(share, days, assumption=EXACT)


def preschool_coverage(then: Figure, now: Figure) -> list[Reading]:
    return [
        Reading(
            _("coverage in 2022 at the past pace"),
            now.interval + (now.interval - then.interval) / TERM,
            "≤",
            point(100),
        )
    ]


# -- beside city, province and nation ----------------------------------------------------------------------------------------


def tax_of_finance(tax: Figure, share: Figure, province: Figure, finance: Figure) -> list[Reading]:
    whole = tax.interval / share.interval * 100 / province.interval * 100
    usual = Interval((finance.interval / DECADE).low, (finance.interval * DECADE).high)
    words = _("tax of finance in the revenue of the province, and finance in the city's GDP")
    return [
        Reading(words, whole / TERM, "=", usual, _("the amount is the sum of five years")),
        Reading(words, whole, "=", usual, _("the amount is the tax of one year")),
    ]


def health_standard(subsidy: Figure, standard: Figure) -> list[Reading]:
    why = _("it is the standard of another year, the part of one budget, or a misprint")
    words = _("the standard of the district, and that of the nation")
    return [Reading(words, subsidy.interval, "≥", standard.interval), *not_computed(subsidy.interval, why)]


def research_beside_city(total: Figure, rate: Figure, gdp: Figure, city: Figure) -> list[Reading]:
    share = last_of_sum(total.interval, rate.interval) / gdp.interval * 100
    why = _("the sum counts only some of those who spend on research")
    return _scale(share / city.interval, "", why)


def talent_beside_city(
    talent: Figure, high: Figure, skilled: Figure, people: Figure, city_people: Figure
) -> list[Reading]:
    city = (high.interval + skilled.interval) / city_people.interval
    return _scale(talent.interval / people.interval / city, "", "")


# -- the table --------------------------------------------------------------------------------------------------------------

TESTS: dict[str, Function] = {
    test.__name__: test
    for test in (
        part_of_whole,
        parts_of_whole,
        sum_equals,
        same,
        in_step,
        share_of_count,
        rounding_hides_none,
        names_within,
        same_order,
        same_order_relative,
        same_order_yearly,
        plan_same_order,
        plan_same_order_yearly,
        shares_possible,
        whole_numbers,
    )
}
"""The ready tests by the name that a row gives."""

OWN: dict[str, Function] = {
    "a001": implied_population,
    "a002": two_statements_of_gdp,
    "a003": gdp_passes_threshold,
    "a005": per_head_and_total,
    "a010": goal_and_rate,
    "a011": goal_after_first,
    "a012": first_within_mean,
    "a014": the_other_sectors,
    "a015": the_rest_in_2022,
    "a017": services_in_the_increase,
    "a018": share_must_rise,
    "a032": high_tech_doubling,
    "a033": platform_sales,
    "a034": share_above_threshold,
    "a035": platforms_and_leaders,
    "a037": campaign_and_retail,
    "a038": sales_per_event,
    "a044": platform_and_leading,
    "a046": tenants_and_new_firms,
    "a047": construction_output,
    "a049": key_projects_2022,
    "a051": key_and_renewal,
    "a058": projects_carried_over,
    "a059": pipeline_mean,
    "a081": research_share,
    "a082": research_next,
    "a102": places_per_school,
    "a113": talent,
    "a115": petitions,
    "a118": good_air_days,
    "a121": preschool_coverage,
    "a221": tax_of_finance,
    "a222": health_standard,
    "a223": research_beside_city,
    "a224": talent_beside_city,
}
"""The functions of the checks whose row says ``own``, by id."""


@lru_cache(maxsize=1)
def load_checks() -> tuple[Check, ...]:
    """Every check of the report, in the order of the ids.

    Raises:
        DataError: a table is wrong, or a row does not fit its test.
    """
    rows = load_tables()["checks"]
    return tuple(check_of(row, number) for number, row in enumerate(rows, start=2))


def check_of(row: Row, number: int = 0) -> Check:
    """The check of a row of ``checks.csv``, its words in the language of the edition.

    Args:
        row: as the table gives it.
        number: of the row in the file, for messages.

    Raises:
        DataError: there is no such test, or it does not take what the row gives.
    """
    test = OWN.get(row["check_id"]) if row["test"] == "own" else TESTS.get(row["test"])
    inputs = tuple(row["inputs"].split(";"))
    words = {name: data(row[name]) for name in ("assumption", "open_question") if row[name]}
    if test is None:
        known = ", ".join([*TESTS, f"own ({len(OWN)} ids)"])
        remedy = "correct the name, or add a function for the id to OWN in gwr/analysis/audit_checks.py"
        raise _wrong(number, "test", f"no test {row['test']!r} for {row['check_id']}", f"one of {known}", remedy)
    try:
        inspect.signature(test).bind(*inputs, **words)
    except TypeError as error:
        takes = f"what {test.__name__}{inspect.signature(test)} takes"
        raise _wrong(
            number, "inputs", f"{row['check_id']}: {error}", takes, "correct inputs, assumption or open_question"
        ) from None
    texts = {name: data(row[name]) for name in ("name", "question", "formula", "comment")}
    codes = {name: row[name] for name in ("topic", "kind", "unit")}
    return Check(id=row["check_id"], inputs=inputs, function=partial(test, **words), **texts, **codes)


def _wrong(number: int, column: str, found: str, expected: str, remedy: str) -> DataError:
    path = load_tables().resources["checks"].path
    return DataError(path, found, row=number or None, column=column, expected=expected, remedy=remedy)
