"""The checks of the 2022 report of Taijiang, in the order of their ids. How they work: :mod:`gwr.audit`.

Inputs are ids of claims (``c``, from the report) and of facts (``f``, from outside it). Ids of checks are
permanent.
"""

from __future__ import annotations

import math

from gwr.audit import (
    Figure,
    Reading,
    annual,
    check,
    names_within,
    pace_kept,
    part_of_whole,
    parts_of_whole,
    point,
    quotient,
    rate_not_below,
    rounding_hides_none,
    same,
    share_of_count,
    spread,
    sum_equals,
    target_not_below,
)
from gwr.intervals import Interval, growth

# fmt: off  (the head of a check is laid out by meaning: name; question; inputs, formula, unit; comment)

TERM = 5  # years of a government's term: 2017-2021, 2022-2026
DAYS = 365  # of 2021
ROUND = 3  # years of a round of the title of civilised city at national level; taken over for the province
MAJOR = 30e8  # yuan: 30亿元以上重大产业项目, the threshold in the name of the class
PIPELINE = 1e8  # yuan: 亿元以上"五个一批"项目, likewise
TAX_BUILDING = 1e8  # yuan: 税收亿元楼, likewise

PEOPLE, GOALS, TRADE, PROJECTS = (
    "Output and people",
    "Goals and targets",
    "Trade and industry",
    "Projects and investment",
)
MONEY, CITY, WELFARE, SHARES = "Public money", "City programmes", "Schools, work, welfare", "Shares and lists"

AGAINST_YEAR = "Is the target for 2022 at least what was reached in 2021: {}?"
OF_YEAR = "target 2022 ÷ reached in 2021 ≥ 100 %"

LOWER = "a target set low is a floor that leaves room"
USED_UP = "the need may have been met by the years before"
REBOUND = "the rate of 2021 may be high because 2020 was low; the report gives no rate for 2020"
PRICES = (
    "the rate is meant at constant prices and the level at current ones, and prices rise no faster than the city's did"
)

# -- output and people -----------------------------------------------------------------------------------


@check(
    "a001",
    "implied-population",
    PEOPLE,
    "identity",
    "How many residents do GDP and GDP per head imply, and does that fit the censuses?",
    "c001 c098 f008 f009",
    "GDP ÷ GDP per head; compared with the censuses of 2010 and 2000",
    "persons",
    "GDP per head is usually taken over the mean of two year-ends, and the report does not state the "
    "population it used.",
)
def implied_population(gdp: Figure, per_head: Figure, census_2010: Figure, census_2000: Figure) -> list[Reading]:
    people = gdp.interval / per_head.interval
    fallen = "the district has lost residents since 2010, but has more than in 2000"
    return [
        Reading("implied residents, and those of 2010", people, "≥", census_2010.interval),
        Reading("implied residents, and those of 2000", people, "≥", census_2000.interval, fallen),
    ]


@check(
    "a002",
    "two-statements-of-gdp",
    PEOPLE,
    "identity",
    "Do both statements of GDP imply the same population?",
    "c001 c096 c098",
    "GDP as expected ÷ GDP per head = GDP as said to be passed ÷ GDP per head",
    "persons",
    "The five-year paragraph gives a rounded threshold, the headline paragraph the expected figure.",
)
def two_statements_of_gdp(gdp: Figure, passed: Figure, per_head: Figure) -> list[Reading]:
    bound = Interval((passed.allowed.low / per_head.interval).low, math.inf)
    return [Reading("residents by the one, and by the other", gdp.interval / per_head.interval, "=", bound)]


check(
    "a003",
    "gdp-passes-threshold",
    PEOPLE,
    "bound",
    "Is the expected GDP above the threshold that the five-year review says was passed?",
    "c001 c096",
    "GDP as expected > threshold",
    "亿元",
    "One figure is called expected (预计), the other is stated as a fact of the same unfinished year.",
)(lambda gdp, passed: [Reading("the two", gdp.interval, ">", point(passed.value))])


@check(
    "a004",
    "registered-residents",
    PEOPLE,
    "bound",
    "Is the implied resident population at least the registered one?",
    "c001 c098 f007",
    "GDP ÷ GDP per head ≥ registered population of 2017",
    "persons",
    "A central district can have fewer residents than registered people; nothing in the report says which is larger.",
)
def registered_residents(gdp: Figure, per_head: Figure, registered: Figure) -> list[Reading]:
    more = "more people live in the district than are registered there"
    return [
        Reading(
            "implied residents, and registered",
            gdp.interval / per_head.interval,
            "≥",
            registered.interval,
            more,
        )
    ]


@check(
    "a005",
    "per-head-and-total-growth",
    PEOPLE,
    "identity",
    "Does GDP per head grow as GDP does?",
    "c097 c098 c002 c001 f008",
    "(GDP per head 2021 ÷ 2016)^(1/5) − 1 = growth of GDP in 2021; or GDP 2021 ÷ (residents × GDP per head 2016)",
    "% a year",
    "One rate is a mean of five years at current prices, the other that of one year, probably at constant prices.",
)
def per_head_and_total(start: Figure, end: Figure, rate: Figure, gdp: Figure, census: Figure) -> list[Reading]:
    now = gdp.interval / end.interval
    people = Interval(min(now.low, census.interval.low), max(now.high, census.interval.high))
    total = annual(people * start.interval, gdp.interval, TERM)
    between = "in 2016 the residents were between the implied number of 2021 and the census of 2010"
    return [
        Reading(
            "growth per head, and of the total",
            annual(start.interval, end.interval, TERM),
            "=",
            rate.interval,
        ),
        Reading("growth of the total over five years, and in 2021", total, "=", rate.interval, between),
    ]


check(
    "a006",
    "income-within-output",
    PEOPLE,
    "bound",
    "Is disposable income per urban resident below GDP per head?",
    "c010 c098",
    "income per head ÷ GDP per head ≤ 100 %",
    "%",
    "In a district where people from elsewhere work, output per head says little about what residents earn.",
)(part_of_whole())


@check(
    "a007",
    "retail-and-income",
    PEOPLE,
    "bound",
    "Could the residents have bought all retail goods out of their disposable income?",
    "c001 c098 c010 c007 c025",
    "retail sales ≤ (GDP ÷ GDP per head) × income per head; then less tourism revenue",
    "亿元",
    "Retail sales are recorded where the seller is, with sales to firms, commuters and online buyers.",
)
def retail_and_income(gdp: Figure, per_head: Figure, income: Figure, retail: Figure, tourism: Figure) -> list[Reading]:
    earned = gdp.interval / per_head.interval * income.interval
    visitors = "visitors bought retail goods for the whole of the tourism revenue, and residents saved nothing"
    return [
        Reading("retail sales, and all residents' income", retail.interval, "≤", earned),
        Reading(
            "retail sales less tourism revenue, and income",
            retail.interval - tourism.interval,
            "≤",
            earned,
            visitors,
        ),
    ]


@check(
    "a008",
    "growth-of-2020",
    PEOPLE,
    "bound",
    "Which growth of 2020 do the levels of 2019 and 2021 and the growth of 2021 leave?",
    "c001 c002 f001",
    "GDP 2021 ÷ (1 + growth of 2021) ÷ GDP 2019 − 1 ≤ growth of 2021",
    "%",
    "The level of 2019 comes from a web directory and may since have been revised; 2020 was the first year"
    " of the pandemic.",
)
def growth_of_2020(gdp: Figure, rate: Figure, earlier: Figure) -> list[Reading]:
    implied = (gdp.interval / growth(rate.interval) / earlier.interval - 1) * 100
    revised = "the level of 2019 was revised upwards, or the growth of 2021 is at constant prices and prices rose"
    return [
        Reading("implied growth of 2020, and growth of 2021", implied, "≤", rate.interval),
        Reading("not computed", implied, "open", None, revised),
    ]


@check(
    "a009",
    "district-and-city-per-head",
    PEOPLE,
    "bound",
    "Is GDP per head in this central district at least that of the whole city?",
    "c098 f023 f025",
    "GDP per head of the district ≥ GDP of the city ÷ its residents",
    "万元",
    "Both figures of the city come from a content site; a centre usually has more jobs for each resident "
    "than its region.",
)
def district_and_city(per_head: Figure, city: Figure, people: Figure) -> list[Reading]:
    centre = "output concentrates in the centre of the city"
    return [Reading("the district, and the city", per_head.interval, "≥", city.interval / people.interval, centre)]


# -- goals and targets -----------------------------------------------------------------------------------


def city_prices(earlier: Figure, later: Figure, rate: Figure) -> Interval:
    """The rise of prices in percent that the city's two levels and its rate at constant prices imply."""
    return (later.interval / earlier.interval / growth(rate.interval) - 1) * 100


@check(
    "a010",
    "goal-and-rate",
    GOALS,
    "identity",
    "Does the stated rate lead from the GDP of 2021 to the goal for 2026?",
    "c001 c143 c142 f026 f023 f024",
    "GDP × (1 + rate)^5 ≥ goal; or (goal ÷ GDP)^(1/5) ÷ (1 + rate) − 1 ≤ rise of prices in the city",
    "亿元",
    "Chinese growth rates are as a rule at constant prices and levels at current ones; the report does not say so.",
)
def goal_and_rate(gdp: Figure, rate: Figure, goal: Figure, then: Figure, now: Figure, city: Figure) -> list[Reading]:
    level = point(goal.value)
    needed = (annual(gdp.interval, level, TERM) / 100 + 1) / growth(rate.allowed) * 100 - 100
    wide = Interval(rate.value - 0.5, rate.value + 0.5)
    at_most = gdp.interval * growth(wide) ** TERM
    return [
        Reading(
            "the level reached at the stated rate",
            gdp.interval * growth(rate.allowed) ** TERM,
            "=",
            goal.allowed,
        ),
        Reading(
            "the level reached at half a point more or less",
            at_most,
            "=",
            goal.allowed,
            "左右, about, covers half a point",
        ),
        Reading(
            "the rise of prices needed, and the city's",
            needed,
            "≤",
            city_prices(then, now, city),
            PRICES,
            "% a year",
        ),
    ]


@check(
    "a011",
    "goal-after-first-year",
    GOALS,
    "identity",
    "If 2022 meets its target, does the stated rate for the other four years reach the goal?",
    "c001 c147 c142 c143 f026 f023 f024",
    "(goal ÷ (GDP × (1 + target)))^(1/4) − 1 ≤ rate, and ≤ rate with prices",
    "% a year",
    "A first year above the mean lowers what the others need only a little.",
)
def goal_after_first(
    gdp: Figure,
    first: Figure,
    goal: Figure,
    rate: Figure,
    city_2020: Figure,
    city_2021: Figure,
    city_rate: Figure,
) -> list[Reading]:
    needed = annual(gdp.interval * growth(first.interval), point(goal.value), TERM - 1)
    nominal = (growth(rate.allowed) * growth(city_prices(city_2020, city_2021, city_rate)) - 1) * 100
    return [
        Reading("growth needed in 2023 to 2026, and the stated rate", needed, "≤", rate.allowed),
        Reading("the same, and the stated rate with the city's rise of prices", needed, "≤", nominal, PRICES),
    ]


@check(
    "a012",
    "first-year-within-mean",
    GOALS,
    "identity",
    "Can the target for 2022 belong to five years with the stated mean?",
    "c147 c143",
    "((1 + rate)^5 ÷ (1 + target))^(1/4) − 1 = rate",
    "% a year",
    "A mean of about this size leaves the other four years at nearly the same rate.",
)
def first_within_mean(first: Figure, rate: Figure) -> list[Reading]:
    rest = spread(
        lambda r, f: (((1 + r / 100) ** TERM / (1 + f / 100)) ** (1 / (TERM - 1)) - 1) * 100,
        rate.allowed,
        first.interval,
    )
    return [Reading("growth left for the other years, and the mean", rest, "=", rate.allowed)]


@check(
    "a013",
    "share-at-planned-growth",
    GOALS,
    "identity",
    "Do the planned growth rates lift the share of the tertiary sector above its goal?",
    "c100 c148 c147 c143 c144",
    "share × ((1 + growth of the sector) ÷ (1 + growth of GDP))^5 > goal",
    "%",
    "Shares are at current prices, planned rates as a rule at constant ones; and the rates are for one "
    "year of the five.",
)
def share_at_planned_growth(share: Figure, sector: Figure, gdp: Figure, later: Figure, goal: Figure) -> list[Reading]:
    limit = point(goal.value)
    kept = share.interval * (growth(sector.interval) / growth(gdp.interval)) ** TERM
    slower = share.interval * (growth(sector.interval) / growth(later.allowed)) ** TERM
    dearer = "services become dearer than goods, or the sector grows faster after 2022"
    return [
        Reading("share in 2026 if every year is planned as 2022 is", kept, ">", limit),
        Reading(
            "share if GDP grows at the five-year rate",
            slower,
            ">",
            limit,
            "the sector keeps its rate while GDP slows",
        ),
        Reading("not computed", kept, "open", None, dearer),
    ]


@check(
    "a014",
    "the-other-sectors",
    GOALS,
    "bound",
    "Does the goal for the tertiary share leave the other sectors room to grow?",
    "c001 c100 c143 c144 c142",
    "(GDP 2026 × (100 % − goal)) ÷ (GDP 2021 × (100 % − share)) − 1 a year ≥ 0",
    "% a year",
    "A sector can shrink in share and in output for good reasons; the report does not say what is to become of it.",
)
def the_other_sectors(gdp: Figure, share: Figure, rate: Figure, goal: Figure, level: Figure) -> list[Reading]:
    now = gdp.interval * (100 - share.interval)
    by_rate = annual(now, gdp.interval * growth(rate.allowed) ** TERM * (100 - goal.value), TERM)
    by_level = annual(now, point(level.value * (100 - goal.value)), TERM)
    words = "the most that the other sectors can grow, with GDP at the stated"
    return [
        Reading(f"{words} rate", by_rate, "≥", point(0)),
        Reading(f"{words} goal", by_level, "≥", point(0), "GDP reaches the goal rather than the rate"),
    ]


@check(
    "a015",
    "the-rest-in-2022",
    GOALS,
    "identity",
    "What growth of the other sectors do the targets for GDP and for services leave?",
    "c147 c148 c100",
    "(growth of GDP − share × growth of services) ÷ (1 − share) ≥ 0",
    "% a year",
    "The share of 2021 is given in whole percent, which moves this result more than anything else.",
)
def the_rest_in_2022(gdp: Figure, sector: Figure, share: Figure) -> list[Reading]:
    rest = spread(lambda g, t, s: (g - s / 100 * t) / (1 - s / 100), gdp.interval, sector.interval, share.interval)
    return [Reading("implied growth of the other sectors", rest, "≥", point(0))]


@check(
    "a016",
    "services-past-and-planned",
    GOALS,
    "pace",
    "Is the planned growth of the tertiary sector within its pace of the past five years?",
    "c148 c097 c098 c099 c100",
    "((share × GDP per head) 2021 ÷ 2016)^(1/5) − 1 ≥ target",
    "% a year",
    "The past pace is per head and at current prices, the target probably a total at constant prices.",
)
def services_past_and_planned(
    target: Figure, head_then: Figure, head_now: Figure, share_then: Figure, share_now: Figure
) -> list[Reading]:
    past = annual(head_then.interval * share_then.interval, head_now.interval * share_now.interval, TERM)
    return [Reading("growth of services per head, and the target", past, "≥", target.interval)]


@check(
    "a017",
    "services-in-the-increase",
    GOALS,
    "part",
    "Is what services are to add in 2022 within what GDP is to add?",
    "c001 c100 c148 c147",
    "GDP × share × growth of services ≤ GDP × growth of GDP",
    "亿元",
    "The report gives no level for services; share and GDP give one, no better than the share is rounded.",
)
def services_in_the_increase(gdp: Figure, share: Figure, sector: Figure, rate: Figure) -> list[Reading]:
    added = gdp.interval * share.interval / 100 * sector.interval / 100
    return [Reading("rise of services, and of GDP", added, "≤", gdp.interval * rate.interval / 100)]


@check(
    "a018",
    "share-must-rise",
    GOALS,
    "bound",
    "Are services planned to grow faster than GDP, as a rising share needs?",
    "c148 c147",
    "growth of services − growth of GDP > 0",
    "points",
    "This says that the share rises, not that it rises as far as the goal.",
)
def share_must_rise(sector: Figure, gdp: Figure) -> list[Reading]:
    return [Reading("difference of the two targets", sector.interval - gdp.interval, ">", point(0))]


@check(
    "a019",
    "share-past-pace",
    GOALS,
    "pace",
    "Is the rise of the tertiary share that the goal needs within the rise of the past five years?",
    "c099 c100 c144",
    "share 2021 − share 2016 ≥ goal − share 2021",
    "points",
    "All three shares are whole numbers, so a rise of a few points is known to about one point either way.",
)
def share_past_pace(then: Figure, now: Figure, goal: Figure) -> list[Reading]:
    return [Reading("past rise, and rise needed", now.interval - then.interval, "≥", goal.value - now.interval)]


def in_step(one: Figure, other: Figure) -> list[Reading]:
    """(income, GDP): two rates are equal, or no more than a point apart."""
    gap = one.interval - other.interval
    near = "in step (同步) allows up to one percentage point"
    return [
        Reading("growth of income less growth of GDP", gap, "=", point(0)),
        Reading("the same, within one point", gap, "=", Interval(-1, 1), near),
    ]


check(
    "a020",
    "income-in-step-2022",
    GOALS,
    "identity",
    "Are the targets for income and for GDP in step, as the five-year goals ask?",
    "c154 c147",
    "target for income − target for GDP = 0",
    "points",
    "The goal says 同步, in step, and sets no margin; one rate may be at current, the other at constant prices.",
)(in_step)
check(
    "a021",
    "income-in-step-2021",
    GOALS,
    "identity",
    "Were income and GDP in step in 2021?",
    "c011 c002",
    "growth of income − growth of GDP = 0",
    "points",
    "The goal of growing in step is set for the years after 2021; this is where they start from.",
)(in_step)
check(
    "a022",
    "revenue-and-output",
    GOALS,
    "pace",
    "Is budget revenue planned to grow as fast as GDP?",
    "c152 c147",
    "target for revenue − target for GDP ≥ 0",
    "points",
    "Revenue follows tax law, refunds and transfers as well as output; the report names tax cuts beside it.",
)(rate_not_below("further cuts and refunds of taxes lower revenue; the report plans no amount"))


@check(
    "a023",
    "local-share-of-revenue",
    GOALS,
    "identity",
    "Do the targets for total and for local revenue keep the local share as it is?",
    "c004 c003 c153 c152",
    "(local × (1 + target)) ÷ (total × (1 + target)) = local ÷ total",
    "%",
    "Equal rates keep the share; they do not show how either was set.",
)
def local_share(local: Figure, total: Figure, local_rate: Figure, total_rate: Figure) -> list[Reading]:
    now = local.interval / total.interval * 100
    after = now * growth(local_rate.interval) / growth(total_rate.interval)
    return [Reading("local share in 2022, and in 2021", after, "=", now)]


FASTER = "Is the growth aimed at for 2022 at least that of 2021: {}?"
check(
    "a024",
    "gdp-rate",
    GOALS,
    "pace",
    FASTER.format("GDP"),
    "c147 c002",
    "target − growth of 2021 ≥ 0",
    "points",
    "A lower rate on a higher level can still be a larger amount; a target is a choice, not a forecast.",
)(rate_not_below(REBOUND))
check(
    "a025",
    "foreign-investment-rate",
    GOALS,
    "pace",
    FASTER.format("foreign investment"),
    "c151 c006",
    "target − growth of 2021 ≥ 0",
    "points",
    "Foreign investment of a single district can depend on few projects and move much from year to year.",
)(rate_not_below(REBOUND))
check(
    "a026",
    "retail-rate",
    GOALS,
    "pace",
    FASTER.format("retail sales"),
    "c150 c008",
    "target − growth of 2021 ≥ 0",
    "points",
    "A year of restrictions can make the rate of the year after it high.",
)(rate_not_below(REBOUND))
check(
    "a027",
    "income-rate",
    GOALS,
    "pace",
    FASTER.format("disposable income"),
    "c154 c011",
    "target − growth of 2021 ≥ 0",
    "points",
    "The five-year goal is to grow in step with GDP, not to keep this rate.",
)(rate_not_below(REBOUND))


@check(
    "a028",
    "livelihood-share-path",
    GOALS,
    "pace",
    "Does the share of livelihood spending reach its goal at the pace seen so far?",
    "c133 f011 c146 f019",
    "share 2022 + 4 × (share 2022 − five-year share) ÷ 3 ≥ goal; then the share reported for 2024 ≥ goal",
    "%",
    "Which outlays count as livelihood (民生) is set by the authority and can change; the later figure names"
    " its whole only in short.",
)
def livelihood_share_path(past: Figure, next_year: Figure, goal: Figure, later: Figure) -> list[Reading]:
    middle_to_2022 = 3  # the five-year share stands for 2019, the middle of its years
    pace = (next_year.interval - past.interval) / middle_to_2022
    path = next_year.interval + pace * (TERM - 1)
    same_whole = "the share reported for 2024 is of the same whole"
    return [
        Reading("share in 2026 at the pace from 2019 to 2022, and the goal", path, "≥", point(goal.value)),
        Reading("share reported for 2024, and the goal", later.allowed, "≥", point(goal.value), same_whole),
    ]


check(
    "a029",
    "research-rate",
    GOALS,
    "pace",
    "Is the growth of R&D spending aimed at within that of the past five years?",
    "c110 c145",
    "past growth − goal ≥ 0",
    "points",
    "The amount is small, so a few firms that begin to report can change the rate greatly.",
)(rate_not_below("more firms are counted, or existing ones report in full; the report gives no number"))


@check(
    "a030",
    "high-tech-pace",
    GOALS,
    "pace",
    "Is the target for high-tech enterprises within the pace of the past five years?",
    "c111 c112 c158",
    "target − number 2021 ≤ (number 2021 − number 2016) ÷ 5; or the same as yearly rates",
    "number",
    "Certificates hold for three years and lapse unless renewed, so a net increase hides entries and exits.",
)
def high_tech_pace(then: Figure, now: Figure, target: Figure) -> list[Reading]:
    added, mean = target.interval - now.interval, (now.interval - then.interval) / TERM
    by_rate = now.interval * ((now.interval / then.interval) ** (1 / TERM) - 1)
    return [
        Reading("firms to be added in 2022, and added in a mean year", added, "≤", mean),
        Reading(
            "firms to be added, and added at the past yearly rate",
            added,
            "≤",
            by_rate,
            "numbers grow by a rate, not by an amount",
        ),
    ]


@check(
    "a031",
    "high-tech-later",
    GOALS,
    "pace",
    "Does the number reported for 2024 show whether the target for 2022 was met?",
    "c112 c158 f015",
    "number 2021 to number 2024 > target",
    "number",
    "The later figure is from a news item of the district; it dates the crossing only to within three years.",
)
def high_tech_later(start: Figure, target: Figure, later: Figure) -> list[Reading]:
    between = Interval(min(start.value, later.value), max(start.value, later.value))
    return [Reading("the number in 2022 lies between, and the target", between, ">", target.interval)]


@check(
    "a032",
    "high-tech-doubling",
    GOALS,
    "bound",
    "Did the plan to multiply high-tech enterprises (倍增计划) at least double them?",
    "c112 c111",
    "number 2021 ÷ number 2016 ≥ 2",
    "number",
    "The start is small, and the report does not say how many firms moved in with a certificate.",
)
def high_tech_doubling(now: Figure, then: Figure) -> list[Reading]:
    return [Reading("times as many", now.interval / then.interval, "≥", point(2))]


# -- trade and industry ----------------------------------------------------------------------------------


@check(
    "a033",
    "platform-sales-and-retail",
    TRADE,
    "identity",
    "Does the trade of which platforms are said to be a part fit within retail sales?",
    "c022 c023 c007",
    "platform sales ÷ their share = sales above the threshold; these ≤ retail sales, or retail sales ≤ these",
    "亿元",
    "Sales above the reporting threshold (限上) normally cover wholesale and retail trade, and a platform's "
    "sales may be booked for the country.",
)
def platform_sales(platform: Figure, share: Figure, retail: Figure) -> list[Reading]:
    whole = platform.interval / share.interval * 100
    wholesale = "sales above the threshold include wholesale, and retail sales lie within them"
    return [
        Reading("implied sales above the threshold, and retail sales", whole, "≤", retail.interval),
        Reading("retail sales, and implied sales above the threshold", retail.interval, "≤", whole, wholesale),
    ]


@check(
    "a034",
    "share-above-threshold",
    TRADE,
    "identity",
    "Of what do firms above the threshold make up the stated share?",
    "c018 c022 c023 c007",
    "share × retail sales = implied sales above the threshold; or retail sales ≤ these ÷ share",
    "亿元",
    "The report says 限上商贸比例, the share of trade above the threshold, and not whether of sales or of firms.",
)
def share_above_threshold(share: Figure, platform: Figure, part: Figure, retail: Figure) -> list[Reading]:
    above = platform.interval / part.interval * 100
    return [
        Reading(
            "share of retail sales, and implied sales",
            retail.interval * share.interval / 100,
            "=",
            above,
            "the share is one of retail sales",
        ),
        Reading(
            "retail sales, and all trade that the share implies",
            retail.interval,
            "≤",
            above / share.interval * 100,
            "the share is one of all sales of wholesale and retail trade",
        ),
    ]


@check(
    "a035",
    "platforms-and-leaders",
    TRADE,
    "part",
    "Do platform firms and leading firms together fit within sales above the threshold?",
    "c022 c033 c023",
    "(platform sales + leading firms' sales) ÷ (platform sales ÷ share) ≤ 100 %",
    "%",
    "Some firms may be in both groups, which would make the sum too large, never too small.",
)
def platforms_and_leaders(platform: Figure, leaders: Figure, share: Figure) -> list[Reading]:
    together = spread(lambda p, x, s: (p + x) / p * s, platform.interval, leaders.interval, share.interval)
    trade = "the leading firms of the tertiary sector are trade firms above the threshold"
    return [Reading("both groups, in percent of the implied whole", together, "≤", point(100), trade)]


@check(
    "a036",
    "leaders-and-retail-growth",
    TRADE,
    "bound",
    "Is what leading firms added within what retail sales added?",
    "c033 c034 c007 c008 c022 c023",
    "sales × rate ÷ (1 + rate), for the firms ≤ for retail; or their rise ≤ implied sales above the threshold",
    "亿元",
    "A few firms can add more than the whole of retail only if most of their sales are not retail.",
)
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
    wholesale = "the leading firms sell mostly wholesale, and the limit is all trade above the threshold"
    return [
        Reading("rise of leading firms, and of retail sales", rise, "≤", retail_rise),
        Reading(
            "rise of leading firms, and all sales above the threshold",
            rise,
            "≤",
            platform.interval / share.interval * 100,
            wholesale,
        ),
    ]


@check(
    "a037",
    "campaign-and-retail-growth",
    TRADE,
    "part",
    "Are the sales credited to the consumption campaign within the rise of retail sales?",
    "c020 c007 c008",
    "campaign sales ÷ (retail sales × rate ÷ (1 + rate)) ≤ 100 %",
    "%",
    "带动, driven, is an attribution by the organiser; what would have been sold anyway is not known.",
)
def campaign_and_retail(campaign: Figure, retail: Figure, rate: Figure) -> list[Reading]:
    rise = retail.interval * (1 - 1 / growth(rate.interval))
    return [
        Reading(
            "campaign sales, in percent of the rise of retail",
            campaign.interval / rise * 100,
            "≤",
            point(100),
        )
    ]


@check(
    "a038",
    "sales-per-event",
    TRADE,
    "bound",
    "Could the sales credited to the campaign have been reached by events of the stated number?",
    "c020 c019 c007",
    "campaign sales ÷ number of events ≤ retail sales of one day",
    "万元",
    "The number of events is a minimum (余, more than), so the mean is a maximum; what counts as one event "
    "is not said.",
)
def sales_per_event(sales: Figure, events: Figure, retail: Figure) -> list[Reading]:
    mean = sales.interval / events.value
    return [Reading("the most an event sold, and retail sales of a mean day", mean, "≤", retail.interval / DAYS)]


check(
    "a039",
    "supply-chain-firms",
    TRADE,
    "identity",
    "Do both parts of the report count the same number of supply chain firms?",
    "c108 c160",
    "number in the review = number in the plan",
    "number",
    "The review counts firms brought in over five years, the plan firms that exist; equal numbers suggest one list.",
)(same())
check(
    "a040",
    "industrial-chains",
    TRADE,
    "identity",
    "Do both parts of the report count the same number of key industrial chains?",
    "c041 c168",
    "number in the review = number in the plan",
    "number",
    "The name of a fixed group; a difference would mean that the group was changed.",
)(same())
check(
    "a041",
    "business-districts",
    TRADE,
    "identity",
    "Is the number of business districts the same wherever they are named?",
    "c155 c183",
    "number in section 2.3 = number in section 2.5",
    "number",
    "The report never names the two districts in full.",
)(same())
check(
    "a042",
    "platforms-among-new-firms",
    TRADE,
    "part",
    "Can the platform firms be among the firms newly above the threshold?",
    "c021 c017",
    "platform firms ÷ new firms above the threshold ≤ 100 %",
    "%",
    "纳统, taken into the statistics, and 新增限上, newly above the threshold, may or may not be the same step.",
)(part_of_whole("the platform firms are among those newly counted in the year"))


@check(
    "a043",
    "headquarters-pace",
    TRADE,
    "pace",
    "Is the plan for headquarters and platforms within the pace reached?",
    "c104 c021 c159",
    "headquarters brought in ÷ 5 ≥ plan; or the same + platform firms of 2021 ≥ plan",
    "number",
    "The plan adds platform firms to headquarters, the review counts bank and regional headquarters alone.",
)
def headquarters_pace(past: Figure, platforms: Figure, plan: Figure) -> list[Reading]:
    mean = past.interval / TERM
    wider = "platform firms taken into the statistics count as brought in"
    return [
        Reading("headquarters in a mean year, and the plan", mean, "≥", plan.interval),
        Reading("headquarters and platforms, and the plan", mean + platforms.interval, "≥", plan.interval, wider),
    ]


@check(
    "a044",
    "platform-and-leading-firms",
    TRADE,
    "bound",
    "Is the mean leading firm larger than the mean platform firm?",
    "c033 c032 c022 c021",
    "sales ÷ number, leading firms ≥ platform firms",
    "亿元",
    "Leading (龙头) is a title given by the district; nothing says that it goes by sales.",
)
def platform_and_leading(leaders: Figure, number: Figure, platforms: Figure, firms: Figure) -> list[Reading]:
    by_sales = "leading firms are chosen by their sales"
    mean = leaders.interval / number.interval
    return [
        Reading(
            "mean leading firm, and mean platform firm",
            mean,
            "≥",
            platforms.interval / firms.interval,
            by_sales,
        )
    ]


check(
    "a045",
    "tax-buildings",
    TRADE,
    "part",
    "Can the buildings with high tax revenue be among the office buildings completed?",
    "c102 c101",
    "buildings added to the class ÷ buildings completed ≤ 100 %",
    "%",
    "An older building enters the class as soon as its tenants pay enough, so the two groups need not overlap.",
)(part_of_whole("the buildings that entered the class are among those completed"))


@check(
    "a046",
    "tenants-and-new-firms",
    TRADE,
    "part",
    "Is the yearly number of firms that moved into buildings within that of newly registered entities?",
    "c103 c050",
    "(firms that moved in ÷ 5) ÷ entities registered in 2021 ≤ 100 %",
    "%",
    "A firm that moves in need not be new, and most new entities (市场主体) are small shops.",
)
def tenants_and_new_firms(tenants: Figure, entities: Figure) -> list[Reading]:
    typical = "2021 is a usual year for registrations"
    return [
        Reading(
            "firms moving in, in percent of new entities",
            tenants.interval / TERM / entities.interval * 100,
            "≤",
            point(100),
            typical,
        )
    ]


@check(
    "a047",
    "construction-and-other-sectors",
    TRADE,
    "bound",
    "Does the planned output of construction fit into what services leave of GDP?",
    "c167 c001 c147 c100",
    "output ≤ GDP × (1 + target) × (100 % − share of services); or value added of at most all of it",
    "亿元",
    "Output (产值) is gross and is booked where the firm is registered; GDP counts value added where the work is done.",
)
def construction_output(output: Figure, gdp: Figure, rate: Figure, share: Figure) -> list[Reading]:
    left = gdp.interval * growth(rate.interval) * (100 - share.interval) / 100
    half = "value added is at most half of gross output"
    return [
        Reading("construction output, and GDP outside services", output.interval, "≤", left),
        Reading("half of construction output, and GDP outside services", output.interval / 2, "≤", left, half),
    ]


# -- projects and investment -----------------------------------------------------------------------------

check(
    "a048",
    "key-projects-2021",
    PROJECTS,
    "part",
    "Is the investment in key projects of 2021 within fixed-asset investment?",
    "c038 c009",
    "key projects ÷ fixed-asset investment ≤ 100 %",
    "%",
    "Project investment may include land and removal costs, which fixed-asset investment leaves out in part.",
)(part_of_whole())


@check(
    "a049",
    "key-projects-2022",
    PROJECTS,
    "part",
    "Is the investment planned in key projects for 2022 within the fixed-asset investment that the target implies?",
    "c165 c009 c149 c038",
    "plan ÷ (fixed-asset investment × (1 + target)) ≤ 100 %; then the share of 2021 applied to 2022",
    "亿元",
    "The plan may count whole budgets, land or projects of the city; the report gives one list no definition.",
)
def key_projects_2022(plan: Figure, investment: Figure, rate: Figure, key_2021: Figure) -> list[Reading]:
    implied = investment.interval * growth(rate.interval)
    at_share = spread(lambda k, g: k * g, key_2021.interval, growth(rate.interval))
    scope = "the plan has another scope: total budgets, land, or projects that are not counted in the district"
    return [
        Reading("the plan, and implied fixed-asset investment", plan.interval, "≤", implied),
        Reading(
            "the plan, and key projects grown by the target",
            plan.interval,
            "=",
            at_share,
            "key projects grow as investment does",
        ),
        Reading("not computed", plan.interval, "open", None, scope),
    ]


@check(
    "a050",
    "key-project-growth",
    PROJECTS,
    "pace",
    "Are key projects planned to grow no faster than fixed-asset investment?",
    "c165 c038 c149",
    "plan for 2022 ÷ investment of 2021 − 1 ≤ target",
    "%",
    "If number and amount move in opposite directions, the two lists may hold different things.",
)
def key_project_growth(plan: Figure, reached: Figure, rate: Figure) -> list[Reading]:
    rise = (plan.interval / reached.interval - 1) * 100
    scope = "the two lists differ in scope"
    return [
        Reading("growth of key projects, and of investment", rise, "≤", rate.interval),
        Reading("not computed", rise, "open", None, scope),
    ]


@check(
    "a051",
    "key-and-renewal-projects",
    PROJECTS,
    "part",
    "Do key projects and renewal projects together fit within fixed-asset investment?",
    "c038 c054 c009",
    "key projects + renewal ≤ fixed-asset investment; or the larger of the two ≤ it",
    "亿元",
    "The amount for renewal is called cumulative (累计) and may include earlier years.",
)
def key_and_renewal(key: Figure, renewal: Figure, investment: Figure) -> list[Reading]:
    larger = max(key.interval, renewal.interval, key=lambda interval: interval.middle)
    overlap = "renewal projects are among the key projects, or part of their cost fell in earlier years"
    return [
        Reading("both, and fixed-asset investment", key.interval + renewal.interval, "≤", investment.interval),
        Reading("the larger, and fixed-asset investment", larger, "≤", investment.interval, overlap),
    ]


KEY = "the projects started and completed are key projects"
check(
    "a052",
    "started-2021",
    PROJECTS,
    "part",
    "Do the projects started in 2021 fit among the key projects?",
    "c028 c037",
    "started ÷ key projects ≤ 100 %",
    "%",
    "The report counts starts in one sentence and key projects in another, and does not link them.",
)(part_of_whole(KEY))
check(
    "a053",
    "completed-2021",
    PROJECTS,
    "part",
    "Do the projects completed in 2021 fit among the key projects?",
    "c029 c037",
    "completed ÷ key projects ≤ 100 %",
    "%",
    "A project can be completed without having been on the list of the year.",
)(part_of_whole(KEY))
check(
    "a054",
    "started-and-completed-2021",
    PROJECTS,
    "part",
    "Do starts and completions of 2021 together fit among the key projects?",
    "c028 c029 c037",
    "(started + completed) ÷ key projects ≤ 100 %",
    "%",
    "A project started and completed in one year would be counted twice, which can only make the sum too large.",
)(parts_of_whole(KEY))
check(
    "a055",
    "started-2022",
    PROJECTS,
    "part",
    "Do the starts planned for 2022 fit among its key projects?",
    "c163 c162",
    "starts ÷ key projects ≤ 100 %",
    "%",
    "One sentence holds both numbers, so that they belong together is close to the wording.",
)(part_of_whole())
check(
    "a056",
    "completed-2022",
    PROJECTS,
    "part",
    "Do the completions planned for 2022 fit among its key projects?",
    "c164 c162",
    "completions ÷ key projects ≤ 100 %",
    "%",
    "One sentence holds both numbers, so that they belong together is close to the wording.",
)(part_of_whole())
check(
    "a057",
    "started-and-completed-2022",
    PROJECTS,
    "part",
    "Do the planned starts and completions together fit among the key projects?",
    "c163 c164 c162",
    "(starts + completions) ÷ key projects ≤ 100 %",
    "%",
    "What is left are projects under way or in preparation all year.",
)(parts_of_whole())


@check(
    "a058",
    "projects-carried-over",
    PROJECTS,
    "identity",
    "Do the unfinished projects of 2021 and the starts of 2022 fit into the list of 2022?",
    "c037 c029 c163 c162",
    "(key projects 2021 − completed) + starts 2022 ≤ key projects 2022; or the unfinished alone",
    "number",
    "Lists of key projects are drawn up anew each year; projects can leave a list unfinished.",
)
def projects_carried_over(key: Figure, completed: Figure, starts: Figure, next_key: Figure) -> list[Reading]:
    left = key.interval - completed.interval
    listed = "what starts in 2022 was already on the list of 2021"
    return [
        Reading("unfinished and new, and the list of 2022", left + starts.interval, "≤", next_key.interval),
        Reading("unfinished alone, and the list of 2022", left, "≤", next_key.interval, listed),
    ]


@check(
    "a059",
    "pipeline-mean",
    PROJECTS,
    "bound",
    "Is the mean size of the projects in the pipeline above the size that the name of the class sets?",
    "c031 c030",
    "total investment ÷ number ≥ 1亿元 (亿元以上)",
    "亿元",
    "A mean above the limit is necessary, not sufficient: single projects could still be smaller.",
)
def pipeline_mean(total: Figure, number: Figure) -> list[Reading]:
    return [Reading("mean project, and the limit", total.allowed.low / number.interval, "≥", point(PIPELINE))]


@check(
    "a060",
    "pipeline-and-investment",
    PROJECTS,
    "pace",
    "Could the pipeline be built within a term at the investment of 2021?",
    "c031 c009 c165",
    "total of the pipeline ÷ 5 ≤ fixed-asset investment of 2021; or ≤ the plan for key projects of 2022",
    "亿元",
    "入库, entered, sets no dates: a pipeline holds intentions of every stage, and some are never built.",
)
def pipeline_and_investment(total: Figure, investment: Figure, plan: Figure) -> list[Reading]:
    yearly = point(total.allowed.low / TERM)
    return [
        Reading("a fifth of the pipeline, and investment of 2021", yearly, "≤", investment.interval),
        Reading(
            "a fifth of the pipeline, and the plan for 2022",
            yearly,
            "≤",
            plan.interval,
            "investment stays at the plan of 2022",
        ),
        Reading(
            "not computed",
            yearly,
            "open",
            None,
            "the pipeline is built over more than one term, or not all of it",
        ),
    ]


@check(
    "a061",
    "one-major-project",
    PROJECTS,
    "part",
    "Does a major project, as its class is defined, fit among the projects attracted?",
    "c046 c045",
    "number of major projects × 30亿元 ≤ total investment attracted",
    "亿元",
    "Breaking through zero (零的突破) means at least one; that it is among those attracted in the year "
    "is near the wording.",
)
def one_major_project(major: Figure, total: Figure) -> list[Reading]:
    number = math.floor(major.value) + 1 if major.comparator == "gt" else major.value
    return [
        Reading(
            "the least that major projects amount to, and the total",
            point(number * MAJOR),
            "≤",
            total.interval,
        )
    ]


check(
    "a062",
    "attracted-in-pipeline",
    PROJECTS,
    "part",
    "Does the investment attracted in 2021 fit within the pipeline?",
    "c045 c031",
    "attracted ÷ pipeline ≤ 100 %",
    "%",
    "The pipeline is a minimum (超, more than), so the share is a maximum.",
)(part_of_whole("projects attracted enter the pipeline"))
check(
    "a063",
    "attracted-number",
    PROJECTS,
    "pace",
    AGAINST_YEAR.format("projects attracted"),
    "c169 c044",
    OF_YEAR,
    "%",
    "The plan says settled (落地), the review attracted (引进), which is less.",
)(target_not_below())
check(
    "a064",
    "attracted-amount",
    PROJECTS,
    "pace",
    AGAINST_YEAR.format("investment attracted"),
    "c170 c045",
    OF_YEAR,
    "%",
    "Total investment is what a contract names over all its years, not what is spent.",
)(target_not_below())


@check(
    "a065",
    "attracted-mean",
    PROJECTS,
    "pace",
    "Is the mean project to be settled in 2022 at least as large as the mean one of 2021?",
    "c170 c169 c045 c044",
    "amount ÷ number, both at least as targeted ≥ amount ÷ number of 2021",
    "亿元",
    "Both targets are minima, so the mean can come out higher or lower than their quotient.",
)
def attracted_mean(amount: Figure, number: Figure, past_amount: Figure, past_number: Figure) -> list[Reading]:
    mean, past = quotient(amount.allowed, number.allowed), past_amount.interval / past_number.interval
    return [Reading("mean that the targets allow, and mean of 2021", mean, "≥", past)]


check(
    "a066",
    "innovation-among-key",
    PROJECTS,
    "part",
    "Do the projects of innovation fit among the key projects of 2022?",
    "c157 c162",
    "projects of innovation ÷ key projects ≤ 100 %",
    "%",
    "Both are called key projects (重点项目), in different paragraphs.",
)(part_of_whole("the key projects of the innovation paragraph are on the list of key projects"))


@check(
    "a067",
    "renewal-mean",
    PROJECTS,
    "pace",
    "Is the new round of renewal at least as large per project as the last?",
    "c172 c171 c054 c053",
    "planned total ÷ number ≥ completed investment ÷ number of 2021",
    "万元",
    "One amount is planned over an unstated time, the other completed.",
)
def renewal_mean(total: Figure, number: Figure, past_total: Figure, past_number: Figure) -> list[Reading]:
    mean, past = total.interval / number.interval, past_total.interval / past_number.interval
    return [Reading("mean of the new round, and of the last", mean, "≥", past)]


check(
    "a068",
    "renewal-number",
    PROJECTS,
    "pace",
    AGAINST_YEAR.format("renewal projects"),
    "c171 c053",
    OF_YEAR,
    "%",
    "The plan says 持续推进, keep advancing: it sizes the work and promises no completion.",
)(target_not_below())
check(
    "a069",
    "starts-pace",
    PROJECTS,
    "pace",
    AGAINST_YEAR.format("projects started"),
    "c163 c028",
    OF_YEAR,
    "%",
    "Fewer starts can follow from larger projects.",
)(target_not_below(open_question="projects became larger, as the planned amount suggests"))
check(
    "a070",
    "completions-pace",
    PROJECTS,
    "pace",
    AGAINST_YEAR.format("projects completed"),
    "c164 c029",
    OF_YEAR,
    "%",
    "Completions follow from what was started some years before.",
)(target_not_below())
check(
    "a071",
    "list-of-key-projects",
    PROJECTS,
    "pace",
    AGAINST_YEAR.format("key projects"),
    "c162 c037",
    OF_YEAR,
    "%",
    "The length of a list says nothing on the size of what is on it.",
)(target_not_below(open_question="projects became larger, as the planned amount suggests"))

# -- public money ----------------------------------------------------------------------------------------

check(
    "a072",
    "local-within-total",
    MONEY,
    "part",
    "Is local budget revenue within total budget revenue?",
    "c004 c003",
    "local ÷ total ≤ 100 %",
    "%",
    "Total revenue adds the part of shared taxes that goes to higher levels.",
)(part_of_whole())


@check(
    "a073",
    "financial-tax",
    MONEY,
    "bound",
    "Is the tax revenue from finance within total budget revenue?",
    "c105 c003",
    "tax ÷ 5 ≤ total revenue of 2021; or tax ≤ total revenue of 2021",
    "亿元",
    "Taxes of banks may be collected in the district and credited to the province or the centre; revenue "
    "of the other years is not stated.",
)
def financial_tax(tax: Figure, revenue: Figure) -> list[Reading]:
    credited = "part of the tax is collected in the district and credited to other budgets"
    return [
        Reading("a fifth of the tax, and total revenue of 2021", tax.interval / TERM, "≤", revenue.interval),
        Reading(
            "the whole tax, and total revenue of 2021",
            tax.interval,
            "≤",
            revenue.interval,
            "it is the tax of one year",
        ),
        Reading("not computed", tax.interval / TERM, "open", None, credited),
        Reading("not computed", tax.interval / TERM, "open", None, "revenue was higher in the years before"),
    ]


@check(
    "a074",
    "quarter-of-the-province",
    MONEY,
    "bound",
    "Can the district's share in the province's tax from finance exceed its share in the city's financial value added?",
    "c106 f018",
    "share in the province ≤ share in the city",
    "%",
    "Tax and value added are different measures, the years differ, and the later figure is only a lower limit.",
)
def quarter_of_province(share: Figure, city: Figure) -> list[Reading]:
    return [Reading("share in the province, and in the city", share.interval, "≤", city.allowed)]


@check(
    "a075",
    "tax-buildings-and-revenue",
    MONEY,
    "bound",
    "Is the least tax of the buildings that entered the class within total revenue?",
    "c102 c003",
    "number of buildings × 1亿元 (税收亿元楼) ≤ total revenue",
    "亿元",
    "Tax paid in a building is not the same as revenue of the district's budget.",
)
def tax_buildings_revenue(buildings: Figure, revenue: Figure) -> list[Reading]:
    return [Reading("the least tax, and total revenue", buildings.interval * TAX_BUILDING, "≤", revenue.interval)]


@check(
    "a076",
    "expenditure-and-revenue",
    MONEY,
    "bound",
    "Is the yearly expenditure that livelihood spending implies within the district's own revenue?",
    "c132 c133 c004 c003",
    "livelihood spending ÷ share ÷ 5 ≤ local revenue of 2021; or ≤ total revenue",
    "亿元",
    "Districts spend transfers from above besides their own revenue; the report states none.",
)
def expenditure_and_revenue(spending: Figure, share: Figure, local: Figure, total: Figure) -> list[Reading]:
    yearly = spending.interval / share.interval * 100 / TERM
    transfers = "transfers from above fill the gap, up to what is raised in the district in all"
    return [
        Reading("implied expenditure of a mean year, and local revenue", yearly, "≤", local.interval),
        Reading("the same, and total revenue", yearly, "≤", total.interval, transfers),
    ]


@check(
    "a077",
    "livelihood-spending-later",
    MONEY,
    "pace",
    "Is livelihood spending of 2022 at least that of a mean year before?",
    "f010 c132",
    "spending of 2022 ≥ spending of 2017 to 2021 ÷ 5",
    "亿元",
    "The later figure is from a news item that quotes the next work report.",
)
def livelihood_later(later: Figure, total: Figure) -> list[Reading]:
    return [Reading("2022, and a mean year before", later.interval, "≥", total.interval / TERM)]


@check(
    "a078",
    "expenditure-2022",
    MONEY,
    "bound",
    "Is the expenditure of 2022 that the later report implies within the revenue planned for 2022?",
    "f010 f011 c003 c152",
    "livelihood spending ÷ share ≤ total revenue × (1 + target)",
    "亿元",
    "This compares an outcome with a plan; the revenue of 2022 itself is not in the report.",
)
def expenditure_2022(spending: Figure, share: Figure, revenue: Figure, rate: Figure) -> list[Reading]:
    planned = revenue.interval * growth(rate.interval)
    return [Reading("expenditure 2022, and planned revenue", spending.interval / share.interval * 100, "≤", planned)]


check(
    "a079",
    "tax-relief",
    MONEY,
    "bound",
    "Is the relief of taxes and fees within total revenue?",
    "c051 c003",
    "relief ÷ total revenue ≤ 100 %",
    "%",
    "累计, cumulative, may reach back before the year; relief is measured against rules that differ by tax.",
)(part_of_whole())


def last_of_sum(total: Interval, rate: Interval) -> Interval:
    """The last of five yearly amounts that grow at a rate in percent and add up to ``total``."""
    return spread(
        lambda t, r: t * (1 + r / 100) ** (TERM - 1) / sum((1 + r / 100) ** n for n in range(TERM)),
        total,
        rate,
    )


@check(
    "a080",
    "research-and-output",
    MONEY,
    "pace",
    "Did R&D spending grow as fast as GDP per head?",
    "c110 c097 c098 c001 f008",
    "growth of R&D − growth of GDP per head ≥ 0; or − growth of GDP",
    "points",
    "The sum of R&D may leave out spenders that GDP includes.",
)
def research_and_output(rate: Figure, start: Figure, end: Figure, gdp: Figure, census: Figure) -> list[Reading]:
    per_head = annual(start.interval, end.interval, TERM)
    total = annual(census.interval * start.interval, gdp.interval, TERM)
    fewer = "in 2016 there were as many residents as in the census of 2010, so that total GDP grew less"
    return [
        Reading("growth of R&D less growth of GDP per head", rate.interval - per_head, "≥", point(0)),
        Reading("growth of R&D less growth of GDP", rate.interval - total, "≥", point(0), fewer),
    ]


@check(
    "a081",
    "research-share-of-gdp",
    MONEY,
    "identity",
    "Which share of GDP does R&D spending come to, and does it rise under the goals?",
    "c109 c110 c001 c145 c143",
    "last of five yearly amounts ÷ GDP; × ((1 + goal for R&D) ÷ (1 + goal for GDP))^5 ≥ the same",
    "%",
    "The sum may count only some spenders; what it covers is not said.",
)
def research_share(total: Figure, rate: Figure, gdp: Figure, goal: Figure, gdp_goal: Figure) -> list[Reading]:
    share = last_of_sum(total.interval, rate.interval) / gdp.interval * 100
    factor = (growth(goal.interval) / growth(gdp_goal.allowed)) ** TERM
    return [Reading("share of GDP in 2026 at the goals, and in 2021", share * factor, "≥", share)]


@check(
    "a082",
    "research-next-five-years",
    MONEY,
    "identity",
    "Do five years at the goal for R&D come to at least twice the past five?",
    "c109 c110 c145",
    "sum of last amount × (1 + goal)^n, n = 1 … 5, ≥ 2 × past sum",
    "亿元",
    "Twice is the yardstick of this book, not of the report; the last yearly amount is computed as if "
    "every year had grown alike.",
)
def research_next(total: Figure, rate: Figure, goal: Figure) -> list[Reading]:
    steps = range(1, TERM + 1)
    last = last_of_sum(total.interval, rate.interval)
    coming = spread(lambda x, g: sum(x * (1 + g / 100) ** n for n in steps), last, goal.interval)
    return [Reading("the next five years, and twice the past five", coming, "≥", total.interval * 2)]


@check(
    "a083",
    "health-subsidy",
    MONEY,
    "part",
    "Is the health subsidy per head, paid for every resident, within livelihood spending?",
    "c076 c001 c098 c132",
    "subsidy × (GDP ÷ GDP per head) ÷ (livelihood spending ÷ 5) ≤ 100 %",
    "%",
    "The standard is shared by several levels of government; the district bears a part of it.",
)
def health_subsidy(subsidy: Figure, gdp: Figure, per_head: Figure, spending: Figure) -> list[Reading]:
    cost = subsidy.interval * (gdp.interval / per_head.interval)
    return [
        Reading(
            "subsidy for all, in percent of a mean year",
            cost / (spending.interval / TERM) * 100,
            "≤",
            point(100),
        )
    ]


# -- city programmes -------------------------------------------------------------------------------------

YEAR_IN_TERM = "Is the number of 2021 within the total of the five years: {}?"
WITHIN = "number 2021 ÷ total 2017–2021 ≤ 100 %"
check(
    "a084",
    "roads-in-term",
    CITY,
    "part",
    YEAR_IN_TERM.format("municipal roads"),
    "c055 c122",
    WITHIN,
    "%",
    "A fifth would be an even pace.",
)(part_of_whole())
check(
    "a085",
    "lanes-in-term",
    CITY,
    "part",
    YEAR_IN_TERM.format("small streets and lanes"),
    "c056 c123",
    WITHIN,
    "%",
    "A fifth would be an even pace.",
)(part_of_whole())
check(
    "a086",
    "estates-in-term",
    CITY,
    "part",
    YEAR_IN_TERM.format("old estates"),
    "c061 c121",
    WITHIN,
    "%",
    "The year says carried out (顺利实施), the term says completed (完成).",
)(part_of_whole())
check(
    "a087",
    "cables-in-term",
    CITY,
    "part",
    YEAR_IN_TERM.format("buried cables"),
    "c057 c125",
    WITHIN,
    "%",
    "The number of 2021 includes tidied cabinets (箱柜整治), that of the term names cables alone.",
)(part_of_whole("projects for cabinets are counted with those for cables in both"))
check(
    "a088",
    "facades-in-term",
    CITY,
    "part",
    YEAR_IN_TERM.format("façades"),
    "c065 c126",
    WITHIN,
    "%",
    "A fifth would be an even pace.",
)(part_of_whole())
check(
    "a089",
    "old-housing-area",
    CITY,
    "bound",
    "Is the area of old housing redeveloped within the land of the district?",
    "c120 f003",
    "area ÷ land area ≤ 100 %",
    "%",
    "The land area is from a web directory.",
)(part_of_whole())
check(
    "a090",
    "green-space",
    CITY,
    "part",
    "Are the green space added and the old housing redeveloped together within the land of the district?",
    "c128 c120 f003",
    "(green space + redeveloped area) ÷ land area ≤ 100 %",
    "%",
    "Part of the green space may lie on redeveloped land, which would make the sum too large.",
)(parts_of_whole())


@check(
    "a091",
    "sports-ground",
    CITY,
    "bound",
    "Does the sports ground that the target per head implies fit into the district?",
    "c193 c001 c098 f003",
    "area per head × (GDP ÷ GDP per head) ≤ land area",
    "km²",
    "The population is implied, not stated; the land area is from a web directory.",
)
def sports_ground(area: Figure, gdp: Figure, per_head: Figure, land: Figure) -> list[Reading]:
    return [Reading("sports ground, and land", area.interval * (gdp.interval / per_head.interval), "≤", land.interval)]


KEPT_UP = "Does the plan for 2022 keep up the yearly mean of the five years before: {}?"
OF_MEAN = "plan ÷ (total 2017–2021 ÷ 5) ≥ 100 %"
check(
    "a092",
    "roads-pace",
    CITY,
    "pace",
    KEPT_UP.format("municipal roads"),
    "c176 c122",
    OF_MEAN,
    "%",
    "The plan counts road projects (个), the review roads (条).",
)(pace_kept(TERM, "a project of the plan holds more than one road"))
check(
    "a093",
    "estates-pace",
    CITY,
    "pace",
    KEPT_UP.format("old estates"),
    "c175 c121",
    OF_MEAN,
    "%",
    "The estates left may be fewer or larger than those done.",
)(pace_kept(TERM, USED_UP))
check(
    "a094",
    "parks-pace",
    CITY,
    "pace",
    KEPT_UP.format("small parks"),
    "c179 c127",
    OF_MEAN,
    "%",
    "The review adds string-of-pearls parks (串珠公园) to street-corner ones, the plan counts the latter.",
)(pace_kept(TERM, "the plan leaves string-of-pearls parks out of its count"))
check(
    "a095",
    "traffic-pace",
    CITY,
    "pace",
    KEPT_UP.format("traffic relief"),
    "c177 c124",
    OF_MEAN,
    "%",
    "The plan says 加快推进, speed up: it promises no completion, the review counts completed ones.",
)(pace_kept(TERM, USED_UP))
check(
    "a096",
    "roads-target",
    CITY,
    "pace",
    AGAINST_YEAR.format("municipal roads"),
    "c176 c055",
    OF_YEAR,
    "%",
    "The plan counts road projects (个), the review roads (条).",
)(target_not_below())
check(
    "a097",
    "estates-target",
    CITY,
    "pace",
    AGAINST_YEAR.format("old estates"),
    "c175 c061",
    OF_YEAR,
    "%",
    "The plan says 整治, put in order, and the year before says carried out (顺利实施), not finished.",
)(target_not_below(open_question=USED_UP))
check(
    "a098",
    "plots-target",
    CITY,
    "pace",
    AGAINST_YEAR.format("old-housing plots"),
    "c174 c058",
    OF_YEAR,
    "%",
    "One year cleared and conveyed plots (征迁出让), the next is to redevelop them.",
)(target_not_below())
check(
    "a099",
    "drains-target",
    CITY,
    "pace",
    AGAINST_YEAR.format("separate drains of estates"),
    "c186 c062",
    OF_YEAR,
    "%",
    "The plan is for riverside estates, the review for all kinds.",
)(target_not_below("riverside estates are to be compared with all estates", USED_UP))

# -- schools, work, welfare ------------------------------------------------------------------------------

check(
    "a100",
    "schools-in-term",
    WELFARE,
    "part",
    YEAR_IN_TERM.format("schools"),
    "c074 c134",
    WITHIN,
    "%",
    "The year says new schools (新校), the term new and extended ones.",
)(part_of_whole())
check(
    "a101",
    "places-in-term",
    WELFARE,
    "part",
    YEAR_IN_TERM.format("school places"),
    "c075 c135",
    WITHIN,
    "%",
    "A share above a fifth means that the years before were below the mean.",
)(part_of_whole())


@check(
    "a102",
    "places-per-school",
    WELFARE,
    "identity",
    "Do the schools of 2021 have about as many places as those of the years before?",
    "c075 c074 c135 c134",
    "places ÷ schools in 2021 = (places − those of 2021) ÷ (schools − those of 2021); or at most half as many again",
    "number",
    "New schools and extensions differ in size, and some places come without a new school.",
)
def places_per_school(places: Figure, schools: Figure, all_places: Figure, all_schools: Figure) -> list[Reading]:
    year = places.interval / schools.interval
    before = (all_places.interval - places.interval) / (all_schools.interval - schools.interval)
    larger = "schools of one year can be half as large again as those of others"
    return [
        Reading("places for each school in 2021, and before", year, "=", before),
        Reading("the same, with a margin of half", year, "≤", before * 1.5, larger),
    ]


check(
    "a103",
    "places-target",
    WELFARE,
    "pace",
    AGAINST_YEAR.format("school places"),
    "c188 c075",
    OF_YEAR,
    "%",
    "The target is a minimum (以上); a year in which no school opens adds few places.",
)(target_not_below(open_question=LOWER))
check(
    "a104",
    "places-pace",
    WELFARE,
    "pace",
    KEPT_UP.format("school places"),
    "c188 c135",
    OF_MEAN,
    "%",
    "The target is a minimum (以上); the need depends on the number of children, which the report does not state.",
)(pace_kept(TERM, USED_UP))
check(
    "a105",
    "jobs-target",
    WELFARE,
    "pace",
    AGAINST_YEAR.format("new urban jobs"),
    "c196 c077",
    OF_YEAR,
    "%",
    "The target is a minimum (以上); how many jobs had been aimed at for 2021 is not said.",
)(target_not_below(open_question=LOWER))
check(
    "a106",
    "placements-target",
    WELFARE,
    "pace",
    AGAINST_YEAR.format("unemployed placed in work"),
    "c197 c078",
    OF_YEAR,
    "%",
    "Fewer unemployed to be placed can also be good news; the report gives no number of unemployed.",
)(target_not_below(open_question="fewer people are out of work, or the target is a floor that leaves room"))
check(
    "a107",
    "canteens-target",
    WELFARE,
    "pace",
    AGAINST_YEAR.format("canteens for the elderly"),
    "c200 c079",
    OF_YEAR,
    "%",
    "Whether the target counts the canteens that already exist is not said.",
)(target_not_below())
check(
    "a108",
    "trails-target",
    WELFARE,
    "pace",
    AGAINST_YEAR.format("fitness trails"),
    "c192 c081",
    OF_YEAR,
    "%",
    "Equal numbers in two years suggest a yearly quota; the report does not say so.",
)(target_not_below())
PLACED = "people placed in work are counted among the new jobs"
check(
    "a109",
    "placements-in-jobs-2021",
    WELFARE,
    "part",
    "Are the unemployed placed in 2021 within the new urban jobs?",
    "c078 c077",
    "placed ÷ new jobs ≤ 100 %",
    "%",
    "Placement and new employment are two counts of the labour office and may overlap only in part.",
)(part_of_whole(PLACED))
check(
    "a110",
    "placements-in-jobs-2022",
    WELFARE,
    "part",
    "Are the placements planned for 2022 within the new jobs planned?",
    "c197 c196",
    "placed ÷ new jobs ≤ 100 %",
    "%",
    "Both targets are minima, so their ratio can come out otherwise.",
)(part_of_whole(PLACED))
check(
    "a111",
    "observation-and-tests",
    WELFARE,
    "part",
    "Are the stays in medical observation within the number of tests?",
    "c072 c071",
    "stays ÷ tests ≤ 100 %",
    "%",
    "People in observation were tested several times, so this is a weak limit.",
)(part_of_whole("everyone in observation was tested at least once, and those tests are in the count"))
check(
    "a112",
    "culture-stations",
    WELFARE,
    "identity",
    "Is there one culture station for each subdistrict and community?",
    "f005 f006 c195",
    "subdistricts + communities = stations",
    "number",
    "The numbers of subdistricts and communities are from a web directory of 2017.",
)(sum_equals("each subdistrict and each community gets one station"))
check(
    "a113",
    "talent",
    WELFARE,
    "part",
    "Do the skilled persons recruited in 2021 fit within those of the five years?",
    "c052 c114 c115",
    "recruited in 2021 ÷ (degree holders + from Taiwan, five years) ≤ 100 %",
    "%",
    "The year counts high-level and skilled persons (高层次、高技能人才), the term degree holders and "
    "people from Taiwan.",
)(
    lambda year, degrees, taiwan: [
        Reading(
            "recruited in 2021, in percent of five years",
            year.interval / (degrees.interval + taiwan.interval) * 100,
            "≤",
            point(100),
            "the categories of the year lie within those of the term",
        )
    ]
)

# -- shares and lists ------------------------------------------------------------------------------------

check(
    "a114",
    "growing-firms",
    SHARES,
    "counting",
    "Is there a whole number of firms that makes the stated share of growing ones?",
    "c040 c039",
    "share × number of firms is a whole number for some share that rounds to the stated one",
    "number",
    "With fewer than a hundred things a stated percentage can be impossible; with more it hardly can.",
)(share_of_count())


@check(
    "a115",
    "petitions",
    SHARES,
    "counting",
    "Do the petition cases resolved and the completion rate belong to one whole number of cases?",
    "c085 c086",
    "cases resolved ÷ rate is a whole number",
    "number",
    "The text sets the number and the rate side by side and does not say that one is of the other.",
)
def petitions(resolved: Figure, rate: Figure) -> list[Reading]:
    cases = resolved.interval / rate.interval * 100
    return [Reading("cases in all", cases, "whole", None, "the rate is that of the cases counted")]


EXACT = "the share is exact, not rounded"
check(
    "a116",
    "suggestions-satisfied",
    SHARES,
    "counting",
    "Can rounding hide a dissatisfied deputy behind full satisfaction?",
    "c095 c093",
    "number × (100 % − lowest share that rounds to 100 %) < 1",
    "number",
    "Satisfaction is asked of those who made the suggestion; how is not said.",
)(rounding_hides_none(EXACT))
check(
    "a117",
    "proposals-satisfied",
    SHARES,
    "counting",
    "Can rounding hide a dissatisfied committee member behind full satisfaction?",
    "c095 c094",
    "number × (100 % − lowest share that rounds to 100 %) < 1",
    "number",
    "Satisfaction is asked of those who made the proposal; how is not said.",
)(rounding_hides_none(EXACT))


@check(
    "a118",
    "good-air-days",
    SHARES,
    "counting",
    "Can rounding hide a day of bad air behind a full year of good ones?",
    "c067",
    "365 × (100 % − lowest share that rounds to 100 %) < 1",
    "number",
    "The report was given before the year had ended, so the share can be of the days until then only.",
)
def good_air_days(share: Figure) -> list[Reading]:
    days = Figure("days", DAYS, point(DAYS))
    return list(rounding_hides_none(EXACT)(share, days))


check(
    "a119",
    "visits",
    SHARES,
    "bound",
    "Are permits that need no visit within those that need at most one?",
    "c117 c116",
    "share without a visit ÷ share with at most one ≤ 100 %",
    "%",
    "No visit is at most one visit, so the second share includes the first.",
)(part_of_whole())
check(
    "a120",
    "on-the-spot",
    SHARES,
    "bound",
    "Are permits handled on the spot within those that need at most one visit?",
    "c118 c116",
    "share handled on the spot ÷ share with at most one visit ≤ 100 %",
    "%",
    "即办, handled at once, is a matter of time, the other of visits.",
)(part_of_whole("what is handled at once needs at most one visit"))


@check(
    "a121",
    "preschool-coverage",
    SHARES,
    "bound",
    "Could coverage of affordable preschool places rise for another year at the past pace?",
    "c136 c137",
    "coverage 2021 + (coverage 2021 − coverage 2016) ÷ 5 ≤ 100 %",
    "%",
    "A share close to its limit cannot keep its pace; what is left is harder to reach.",
)
def preschool_coverage(then: Figure, now: Figure) -> list[Reading]:
    return [
        Reading(
            "coverage in 2022 at the past pace",
            now.interval + (now.interval - then.interval) / TERM,
            "≤",
            point(100),
        )
    ]


check(
    "a122",
    "waste-sorting",
    SHARES,
    "pace",
    "Is the target for waste sorting at least that of the city?",
    "c184 f064",
    "target of the district ÷ target of the city ≥ 100 %",
    "%",
    "A city's target is a minimum for all districts; a central one can set itself more.",
)(target_not_below())


@check(
    "a123",
    "six-rounds",
    SHARES,
    "bound",
    "Can the six rounds of the title all lie within the five years under review?",
    "c141",
    "rounds × years of a round ≤ 5 years; or the rounds reach back before them",
    "years",
    "The paragraph speaks of the five years, the title has been held in a row (连续) for longer.",
)
def six_rounds(rounds: Figure) -> list[Reading]:
    years = rounds.interval * ROUND
    return [
        Reading("years that the rounds take, and the term", years, "≤", point(TERM)),
        Reading(
            "years that the rounds take, and the term",
            years,
            "≥",
            point(TERM),
            "the rounds reach back before the term",
        ),
    ]


NAMED = "Are no more members named than counted: {}?"
LISTED = "names before the number ≤ the number"
OTHERS = "等, and others, may close a complete list as well as an open one."
check(
    "a124",
    "names-bathhouses",
    SHARES,
    "list",
    NAMED.format("bathhouses"),
    "c180",
    LISTED,
    "number",
    OTHERS,
)(names_within())
check(
    "a125",
    "names-health-centres",
    SHARES,
    "list",
    NAMED.format("health centres"),
    "c139",
    LISTED,
    "number",
    OTHERS,
)(names_within())
check(
    "a126",
    "names-communities",
    SHARES,
    "list",
    NAMED.format("model communities"),
    "c201",
    LISTED,
    "number",
    OTHERS,
)(names_within())
check(
    "a127",
    "names-pilot-areas",
    SHARES,
    "list",
    NAMED.format("pilot areas"),
    "c182",
    LISTED,
    "number",
    "A mark between two of the names seems to be lost, which would make one name more.",
)(names_within())
check(
    "a128",
    "names-school-groups",
    SHARES,
    "list",
    NAMED.format("education groups"),
    "c190",
    LISTED,
    "number",
    "Here the list is complete: there is no 等, and others.",
)(names_within())
check(
    "a129",
    "names-projects-started",
    SHARES,
    "list",
    NAMED.format("projects started"),
    "c028",
    LISTED,
    "number",
    "Before the number, 等 seems to be lost.",
)(names_within())
