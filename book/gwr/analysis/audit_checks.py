"""What the checks of ``data/checks.csv`` compute. How they work: :mod:`gwr.analysis.audit`.

A row of the table names a ready test (:data:`TESTS`), which fits any report, or the check has a function of its own here
(:data:`OWN`, by id). Inputs are ids of claims (``c``, from the report) and of facts (``f``, from outside it); a test gets their
figures in the order of the row.
"""

from __future__ import annotations

import inspect
import math
from functools import lru_cache, partial

from gwr.analysis.audit import Check, Figure, Function, Reading
from gwr.errors import DataError
from gwr.report.intervals import Interval, extremes, growth, point, quotient, yearly_growth
from gwr.report.schema import Row
from gwr.report.tables import load_tables
from gwr.words.language import data, translator

_ = translator(__name__)

TERM = 5  # years of a government's term: 2017-2021, 2022-2026
DAYS = 365  # of 2021
ROUND = 3  # years of a round of the title of civilised city at national level; taken over for the province
MAJOR = 30e8  # yuan: 30亿元以上重大产业项目, the threshold in the name of the class
PIPELINE = 1e8  # yuan: 亿元以上"五个一批"项目, likewise
TAX_BUILDING = 1e8  # yuan: 税收亿元楼, likewise
PRICES = _(
    "the rate is meant at constant prices and the level at current ones, and prices rise no faster than the city's did"
)
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


def target_not_below(
    target: Figure, reached: Figure, *, assumption: str = "", open_question: str = ""
) -> list[Reading]:
    """At least as much is promised as was reached; the result is target ÷ reached in percent.

    A target of *at least* counts with its minimum, because no more than that is promised.
    """
    percent = target.interval / reached.interval * 100
    words = _("what is promised, in percent of what was reached")
    return [Reading(words, percent, "≥", point(100), assumption), *not_computed(percent, open_question)]


def rate_not_below(target: Figure, past: Figure, *, open_question: str = "") -> list[Reading]:
    """The rate aimed at is at least the rate just reached; the result is the difference in points."""
    gap = target.interval - past.interval
    words = _("the target rate less the rate reached")
    return [Reading(words, gap, "≥", point(0)), *not_computed(gap, open_question)]


def pace_kept(plan: Figure, total: Figure, *, open_question: str = "") -> list[Reading]:
    """The plan for a year is at least the yearly mean of a term's total."""
    percent = plan.interval / (total.interval / TERM) * 100
    words = _("the plan, in percent of the yearly mean")
    return [Reading(words, percent, "≥", point(100)), *not_computed(percent, open_question)]


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


def implied_population(gdp: Figure, per_head: Figure, census_2010: Figure, census_2000: Figure) -> list[Reading]:
    people = gdp.interval / per_head.interval
    fallen = _("the district has lost residents since 2010, but has more than in 2000")
    return [
        Reading(_("implied residents, and those of 2010"), people, "≥", census_2010.interval),
        Reading(_("implied residents, and those of 2000"), people, "≥", census_2000.interval, fallen),
    ]


def two_statements_of_gdp(gdp: Figure, passed: Figure, per_head: Figure) -> list[Reading]:
    bound = Interval((passed.allowed.low / per_head.interval).low, math.inf)
    return [Reading(_("residents by the one, and by the other"), gdp.interval / per_head.interval, "=", bound)]


def gdp_passes_threshold(gdp: Figure, passed: Figure) -> list[Reading]:
    return [Reading(_("the two"), gdp.interval, ">", point(passed.value))]


def registered_residents(gdp: Figure, per_head: Figure, registered: Figure) -> list[Reading]:
    more = _("more people live in the district than are registered there")
    return [
        Reading(
            _("implied residents, and registered"),
            gdp.interval / per_head.interval,
            "≥",
            registered.interval,
            more,
        )
    ]


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


def retail_and_income(gdp: Figure, per_head: Figure, income: Figure, retail: Figure, tourism: Figure) -> list[Reading]:
    earned = gdp.interval / per_head.interval * income.interval
    visitors = _("visitors bought retail goods for the whole of the tourism revenue, and residents saved nothing")
    return [
        Reading(_("retail sales, and all residents' income"), retail.interval, "≤", earned),
        Reading(
            _("retail sales less tourism revenue, and income"),
            retail.interval - tourism.interval,
            "≤",
            earned,
            visitors,
        ),
    ]


def growth_of_2020(gdp: Figure, rate: Figure, earlier: Figure) -> list[Reading]:
    implied = (gdp.interval / growth(rate.interval) / earlier.interval - 1) * 100
    revised = _("the level of 2019 was revised upwards, or the growth of 2021 is at constant prices and prices rose")
    return [
        Reading(_("implied growth of 2020, and growth of 2021"), implied, "≤", rate.interval),
        Reading(_("not computed"), implied, "open", None, revised),
    ]


def district_and_city(per_head: Figure, city: Figure, people: Figure) -> list[Reading]:
    centre = _("output concentrates in the centre of the city")
    return [Reading(_("the district, and the city"), per_head.interval, "≥", city.interval / people.interval, centre)]


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


def share_at_planned_growth(share: Figure, sector: Figure, gdp: Figure, later: Figure, goal: Figure) -> list[Reading]:
    limit = point(goal.value)
    kept = share.interval * (growth(sector.interval) / growth(gdp.interval)) ** TERM
    slower = share.interval * (growth(sector.interval) / growth(later.allowed)) ** TERM
    dearer = _("services become dearer than goods, or the sector grows faster after 2022")
    return [
        Reading(_("share in 2026 if every year is planned as 2022 is"), kept, ">", limit),
        Reading(
            _("share if GDP grows at the five-year rate"),
            slower,
            ">",
            limit,
            _("the sector keeps its rate while GDP slows"),
        ),
        Reading(_("not computed"), kept, "open", None, dearer),
    ]


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


def services_past_and_planned(
    target: Figure, head_then: Figure, head_now: Figure, share_then: Figure, share_now: Figure
) -> list[Reading]:
    past = yearly_growth(head_then.interval * share_then.interval, head_now.interval * share_now.interval, TERM)
    return [Reading(_("growth of services per head, and the target"), past, "≥", target.interval)]


def services_in_the_increase(gdp: Figure, share: Figure, sector: Figure, rate: Figure) -> list[Reading]:
    added = gdp.interval * share.interval / 100 * sector.interval / 100
    return [Reading(_("rise of services, and of GDP"), added, "≤", gdp.interval * rate.interval / 100)]


def share_must_rise(sector: Figure, gdp: Figure) -> list[Reading]:
    return [Reading(_("difference of the two targets"), sector.interval - gdp.interval, ">", point(0))]


def share_past_pace(then: Figure, now: Figure, goal: Figure) -> list[Reading]:
    return [Reading(_("past rise, and rise needed"), now.interval - then.interval, "≥", goal.value - now.interval)]


def local_share(local: Figure, total: Figure, local_rate: Figure, total_rate: Figure) -> list[Reading]:
    now = local.interval / total.interval * 100
    after = now * growth(local_rate.interval) / growth(total_rate.interval)
    return [Reading(_("local share in 2022, and in 2021"), after, "=", now)]


def livelihood_share_path(past: Figure, next_year: Figure, goal: Figure, later: Figure) -> list[Reading]:
    middle_to_2022 = 3  # the five-year share stands for 2019, the middle of its years
    pace = (next_year.interval - past.interval) / middle_to_2022
    path = next_year.interval + pace * (TERM - 1)
    same_whole = _("the share reported for 2024 is of the same whole")
    return [
        Reading(_("share in 2026 at the pace from 2019 to 2022, and the goal"), path, "≥", point(goal.value)),
        Reading(_("share reported for 2024, and the goal"), later.allowed, "≥", point(goal.value), same_whole),
    ]


def high_tech_pace(then: Figure, now: Figure, target: Figure) -> list[Reading]:
    added, mean = target.interval - now.interval, (now.interval - then.interval) / TERM
    by_rate = now.interval * ((now.interval / then.interval) ** (1 / TERM) - 1)
    return [
        Reading(_("firms to be added in 2022, and added in a mean year"), added, "≤", mean),
        Reading(
            _("firms to be added, and added at the past yearly rate"),
            added,
            "≤",
            by_rate,
            _("numbers grow by a rate, not by an amount"),
        ),
    ]


def high_tech_later(start: Figure, target: Figure, later: Figure) -> list[Reading]:
    between = Interval(min(start.value, later.value), max(start.value, later.value))
    return [Reading(_("the number in 2022 lies between, and the target"), between, ">", target.interval)]


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


def leaders_and_retail(
    leaders: Figure,
    leaders_rate: Figure,
    retail: Figure,
    retail_rate: Figure,
    platform: Figure,
    share: Figure,
) -> list[Reading]:
    rise = leaders.interval - leaders.interval / growth(leaders_rate.interval)
    retail_rise = retail.interval - retail.interval / growth(retail_rate.interval)
    wholesale = _("the leading firms sell mostly wholesale, and the limit is all trade above the threshold")
    return [
        Reading(_("rise of leading firms, and of retail sales"), rise, "≤", retail_rise),
        Reading(
            _("rise of leading firms, and all sales above the threshold"),
            rise,
            "≤",
            platform.interval / share.interval * 100,
            wholesale,
        ),
    ]


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


def headquarters_pace(past: Figure, platforms: Figure, plan: Figure) -> list[Reading]:
    mean = past.interval / TERM
    wider = _("platform firms taken into the statistics count as brought in")
    return [
        Reading(_("headquarters in a mean year, and the plan"), mean, "≥", plan.interval),
        Reading(_("headquarters and platforms, and the plan"), mean + platforms.interval, "≥", plan.interval, wider),
    ]


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


def key_project_growth(plan: Figure, reached: Figure, rate: Figure) -> list[Reading]:
    rise = (plan.interval / reached.interval - 1) * 100
    scope = _("the two lists differ in scope")
    return [
        Reading(_("growth of key projects, and of investment"), rise, "≤", rate.interval),
        Reading(_("not computed"), rise, "open", None, scope),
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


def pipeline_and_investment(total: Figure, investment: Figure, plan: Figure) -> list[Reading]:
    yearly = point(total.allowed.low / TERM)
    return [
        Reading(_("a fifth of the pipeline, and investment of 2021"), yearly, "≤", investment.interval),
        Reading(
            _("a fifth of the pipeline, and the plan for 2022"),
            yearly,
            "≤",
            plan.interval,
            _("investment stays at the plan of 2022"),
        ),
        Reading(
            _("not computed"),
            yearly,
            "open",
            None,
            _("the pipeline is built over more than one term, or not all of it"),
        ),
    ]


def one_major_project(major: Figure, total: Figure) -> list[Reading]:
    number = math.floor(major.value) + 1 if major.comparator == "gt" else major.value
    return [
        Reading(
            _("the least that major projects amount to, and the total"),
            point(number * MAJOR),
            "≤",
            total.interval,
        )
    ]


def attracted_mean(amount: Figure, number: Figure, past_amount: Figure, past_number: Figure) -> list[Reading]:
    mean, past = quotient(amount.allowed, number.allowed), past_amount.interval / past_number.interval
    return [Reading(_("mean that the targets allow, and mean of 2021"), mean, "≥", past)]


def renewal_mean(total: Figure, number: Figure, past_total: Figure, past_number: Figure) -> list[Reading]:
    mean, past = total.interval / number.interval, past_total.interval / past_number.interval
    return [Reading(_("mean of the new round, and of the last"), mean, "≥", past)]


# -- public money --------------------------------------------------------------------------------------------------------


def financial_tax(tax: Figure, revenue: Figure) -> list[Reading]:
    credited = _("part of the tax is collected in the district and credited to other budgets")
    return [
        Reading(_("a fifth of the tax, and total revenue of 2021"), tax.interval / TERM, "≤", revenue.interval),
        Reading(
            _("the whole tax, and total revenue of 2021"),
            tax.interval,
            "≤",
            revenue.interval,
            _("it is the tax of one year"),
        ),
        Reading(_("not computed"), tax.interval / TERM, "open", None, credited),
        Reading(_("not computed"), tax.interval / TERM, "open", None, _("revenue was higher in the years before")),
    ]


def quarter_of_province(share: Figure, city: Figure) -> list[Reading]:
    return [Reading(_("share in the province, and in the city"), share.interval, "≤", city.allowed)]


def tax_buildings_revenue(buildings: Figure, revenue: Figure) -> list[Reading]:
    return [Reading(_("the least tax, and total revenue"), buildings.interval * TAX_BUILDING, "≤", revenue.interval)]


def expenditure_and_revenue(spending: Figure, share: Figure, local: Figure, total: Figure) -> list[Reading]:
    yearly = spending.interval / share.interval * 100 / TERM
    transfers = _("transfers from above fill the gap, up to what is raised in the district in all")
    return [
        Reading(_("implied expenditure of a mean year, and local revenue"), yearly, "≤", local.interval),
        Reading(_("the same, and total revenue"), yearly, "≤", total.interval, transfers),
    ]


def livelihood_later(later: Figure, total: Figure) -> list[Reading]:
    return [Reading(_("2022, and a mean year before"), later.interval, "≥", total.interval / TERM)]


def expenditure_2022(spending: Figure, share: Figure, revenue: Figure, rate: Figure) -> list[Reading]:
    planned = revenue.interval * growth(rate.interval)
    return [Reading(_("expenditure 2022, and planned revenue"), spending.interval / share.interval * 100, "≤", planned)]


def last_of_sum(total: Interval, rate: Interval) -> Interval:
    """The last of five yearly amounts that grow at a rate in percent and add up to ``total``."""
    return extremes(
        lambda t, r: t * (1 + r / 100) ** (TERM - 1) / math.fsum((1 + r / 100) ** n for n in range(TERM)),
        total,
        rate,
    )


def research_and_output(rate: Figure, start: Figure, end: Figure, gdp: Figure, census: Figure) -> list[Reading]:
    per_head = yearly_growth(start.interval, end.interval, TERM)
    total = yearly_growth(census.interval * start.interval, gdp.interval, TERM)
    fewer = _("in 2016 there were as many residents as in the census of 2010, so that total GDP grew less")
    return [
        Reading(_("growth of R&D less growth of GDP per head"), rate.interval - per_head, "≥", point(0)),
        Reading(_("growth of R&D less growth of GDP"), rate.interval - total, "≥", point(0), fewer),
    ]


def research_share(total: Figure, rate: Figure, gdp: Figure, goal: Figure, gdp_goal: Figure) -> list[Reading]:
    share = last_of_sum(total.interval, rate.interval) / gdp.interval * 100
    factor = (growth(goal.interval) / growth(gdp_goal.allowed)) ** TERM
    return [Reading(_("share of GDP in 2026 at the goals, and in 2021"), share * factor, "≥", share)]


def research_next(total: Figure, rate: Figure, goal: Figure) -> list[Reading]:
    steps = range(1, TERM + 1)
    last = last_of_sum(total.interval, rate.interval)
    coming = extremes(lambda x, g: math.fsum(x * (1 + g / 100) ** n for n in steps), last, goal.interval)
    return [Reading(_("the next five years, and twice the past five"), coming, "≥", total.interval * 2)]


def health_subsidy(subsidy: Figure, gdp: Figure, per_head: Figure, spending: Figure) -> list[Reading]:
    cost = subsidy.interval * (gdp.interval / per_head.interval)
    return [
        Reading(
            _("subsidy for all, in percent of a mean year"),
            cost / (spending.interval / TERM) * 100,
            "≤",
            point(100),
        )
    ]


# -- city programmes -----------------------------------------------------------------------------------------------------


def sports_ground(area: Figure, gdp: Figure, per_head: Figure, land: Figure) -> list[Reading]:
    ground = area.interval * (gdp.interval / per_head.interval)
    return [Reading(_("sports ground, and land"), ground, "≤", land.interval)]


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


def six_rounds(rounds: Figure) -> list[Reading]:
    years = rounds.interval * ROUND
    return [
        Reading(_("years that the rounds take, and the term"), years, "≤", point(TERM)),
        Reading(
            _("years that the rounds take, and the term"),
            years,
            "≥",
            point(TERM),
            _("the rounds reach back before the term"),
        ),
    ]


# -- the table --------------------------------------------------------------------------------------------------------------

TESTS: dict[str, Function] = {
    test.__name__: test
    for test in (
        part_of_whole,
        parts_of_whole,
        sum_equals,
        same,
        in_step,
        target_not_below,
        rate_not_below,
        pace_kept,
        share_of_count,
        rounding_hides_none,
        names_within,
    )
}
"""The ready tests by the name that a row gives."""

OWN: dict[str, Function] = {
    "a001": implied_population,
    "a002": two_statements_of_gdp,
    "a003": gdp_passes_threshold,
    "a004": registered_residents,
    "a005": per_head_and_total,
    "a007": retail_and_income,
    "a008": growth_of_2020,
    "a009": district_and_city,
    "a010": goal_and_rate,
    "a011": goal_after_first,
    "a012": first_within_mean,
    "a013": share_at_planned_growth,
    "a014": the_other_sectors,
    "a015": the_rest_in_2022,
    "a016": services_past_and_planned,
    "a017": services_in_the_increase,
    "a018": share_must_rise,
    "a019": share_past_pace,
    "a023": local_share,
    "a028": livelihood_share_path,
    "a030": high_tech_pace,
    "a031": high_tech_later,
    "a032": high_tech_doubling,
    "a033": platform_sales,
    "a034": share_above_threshold,
    "a035": platforms_and_leaders,
    "a036": leaders_and_retail,
    "a037": campaign_and_retail,
    "a038": sales_per_event,
    "a043": headquarters_pace,
    "a044": platform_and_leading,
    "a046": tenants_and_new_firms,
    "a047": construction_output,
    "a049": key_projects_2022,
    "a050": key_project_growth,
    "a051": key_and_renewal,
    "a058": projects_carried_over,
    "a059": pipeline_mean,
    "a060": pipeline_and_investment,
    "a061": one_major_project,
    "a065": attracted_mean,
    "a067": renewal_mean,
    "a073": financial_tax,
    "a074": quarter_of_province,
    "a075": tax_buildings_revenue,
    "a076": expenditure_and_revenue,
    "a077": livelihood_later,
    "a078": expenditure_2022,
    "a080": research_and_output,
    "a081": research_share,
    "a082": research_next,
    "a083": health_subsidy,
    "a091": sports_ground,
    "a102": places_per_school,
    "a113": talent,
    "a115": petitions,
    "a118": good_air_days,
    "a121": preschool_coverage,
    "a123": six_rounds,
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
