"""The checks of the 2022 report of Taijiang, in the order of their ids. How they work: :mod:`gwr.analysis.audit`.

Inputs are ids of claims (``c``, from the report) and of facts (``f``, from outside it). Ids of checks are
permanent.
"""

from __future__ import annotations

import math

from gwr.analysis.audit import (
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
from gwr.report.intervals import Interval, growth
from gwr.words.language import translator

_ = translator(__name__)

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

AGAINST_YEAR = _("Is the target for 2022 at least what was reached in 2021: {}?")
OF_YEAR = _("target 2022 ÷ reached in 2021 ≥ 100 %")

LOWER = _("a target set low is a floor that leaves room")
USED_UP = _("the need may have been met by the years before")
REBOUND = _("the rate of 2021 may be high because 2020 was low; the report gives no rate for 2020")
PRICES = _(
    "the rate is meant at constant prices and the level at current ones, and prices rise no faster than the city's did"
)

# -- output and people -----------------------------------------------------------------------------------


@check(
    "a001",
    _("implied-population"),
    PEOPLE,
    "identity",
    _("How many residents do GDP and GDP per head imply, and does that fit the censuses?"),
    "c001 c098 f008 f009",
    _("GDP ÷ GDP per head; compared with the censuses of 2010 and 2000"),
    "persons",
    _(
        "GDP per head is usually taken over the mean of two year-ends, and the report does not state the "
        "population it used."
    ),
)
def implied_population(gdp: Figure, per_head: Figure, census_2010: Figure, census_2000: Figure) -> list[Reading]:
    people = gdp.interval / per_head.interval
    fallen = _("the district has lost residents since 2010, but has more than in 2000")
    return [
        Reading(_("implied residents, and those of 2010"), people, "≥", census_2010.interval),
        Reading(_("implied residents, and those of 2000"), people, "≥", census_2000.interval, fallen),
    ]


@check(
    "a002",
    _("two-statements-of-gdp"),
    PEOPLE,
    "identity",
    _("Do both statements of GDP imply the same population?"),
    "c001 c096 c098",
    _("GDP as expected ÷ GDP per head = GDP as said to be passed ÷ GDP per head"),
    "persons",
    _("The five-year paragraph gives a rounded threshold, the headline paragraph the expected figure."),
)
def two_statements_of_gdp(gdp: Figure, passed: Figure, per_head: Figure) -> list[Reading]:
    bound = Interval((passed.allowed.low / per_head.interval).low, math.inf)
    return [Reading(_("residents by the one, and by the other"), gdp.interval / per_head.interval, "=", bound)]


check(
    "a003",
    _("gdp-passes-threshold"),
    PEOPLE,
    "bound",
    _("Is the expected GDP above the threshold that the five-year review says was passed?"),
    "c001 c096",
    _("GDP as expected > threshold"),
    "亿元",
    _("One figure is called expected (预计), the other is stated as a fact of the same unfinished year."),
)(lambda gdp, passed: [Reading(_("the two"), gdp.interval, ">", point(passed.value))])


@check(
    "a004",
    _("registered-residents"),
    PEOPLE,
    "bound",
    _("Is the implied resident population at least the registered one?"),
    "c001 c098 f007",
    _("GDP ÷ GDP per head ≥ registered population of 2017"),
    "persons",
    _(
        "A central district can have fewer residents than registered people; "
        "nothing in the report says which is larger."
    ),
)
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


@check(
    "a005",
    _("per-head-and-total-growth"),
    PEOPLE,
    "identity",
    _("Does GDP per head grow as GDP does?"),
    "c097 c098 c002 c001 f008",
    _("(GDP per head 2021 ÷ 2016)^(1/5) − 1 = growth of GDP in 2021; or GDP 2021 ÷ (residents × GDP per head 2016)"),
    "% a year",
    _("One rate is a mean of five years at current prices, the other that of one year, probably at constant prices."),
)
def per_head_and_total(start: Figure, end: Figure, rate: Figure, gdp: Figure, census: Figure) -> list[Reading]:
    now = gdp.interval / end.interval
    people = Interval(min(now.low, census.interval.low), max(now.high, census.interval.high))
    total = annual(people * start.interval, gdp.interval, TERM)
    between = _("in 2016 the residents were between the implied number of 2021 and the census of 2010")
    return [
        Reading(
            _("growth per head, and of the total"),
            annual(start.interval, end.interval, TERM),
            "=",
            rate.interval,
        ),
        Reading(_("growth of the total over five years, and in 2021"), total, "=", rate.interval, between),
    ]


check(
    "a006",
    _("income-within-output"),
    PEOPLE,
    "bound",
    _("Is disposable income per urban resident below GDP per head?"),
    "c010 c098",
    _("income per head ÷ GDP per head ≤ 100 %"),
    "%",
    _("In a district where people from elsewhere work, output per head says little about what residents earn."),
)(part_of_whole())


@check(
    "a007",
    _("retail-and-income"),
    PEOPLE,
    "bound",
    _("Could the residents have bought all retail goods out of their disposable income?"),
    "c001 c098 c010 c007 c025",
    _("retail sales ≤ (GDP ÷ GDP per head) × income per head; then less tourism revenue"),
    "亿元",
    _("Retail sales are recorded where the seller is, with sales to firms, commuters and online buyers."),
)
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


@check(
    "a008",
    _("growth-of-2020"),
    PEOPLE,
    "bound",
    _("Which growth of 2020 do the levels of 2019 and 2021 and the growth of 2021 leave?"),
    "c001 c002 f001",
    _("GDP 2021 ÷ (1 + growth of 2021) ÷ GDP 2019 − 1 ≤ growth of 2021"),
    "%",
    _(
        "The level of 2019 comes from a web directory and may since have been revised; 2020 was the first year"
        " of the pandemic."
    ),
)
def growth_of_2020(gdp: Figure, rate: Figure, earlier: Figure) -> list[Reading]:
    implied = (gdp.interval / growth(rate.interval) / earlier.interval - 1) * 100
    revised = _("the level of 2019 was revised upwards, or the growth of 2021 is at constant prices and prices rose")
    return [
        Reading(_("implied growth of 2020, and growth of 2021"), implied, "≤", rate.interval),
        Reading(_("not computed"), implied, "open", None, revised),
    ]


@check(
    "a009",
    _("district-and-city-per-head"),
    PEOPLE,
    "bound",
    _("Is GDP per head in this central district at least that of the whole city?"),
    "c098 f023 f025",
    _("GDP per head of the district ≥ GDP of the city ÷ its residents"),
    "万元",
    _(
        "Both figures of the city come from a content site; a centre usually has more jobs for each resident "
        "than its region."
    ),
)
def district_and_city(per_head: Figure, city: Figure, people: Figure) -> list[Reading]:
    centre = _("output concentrates in the centre of the city")
    return [Reading(_("the district, and the city"), per_head.interval, "≥", city.interval / people.interval, centre)]


# -- goals and targets -----------------------------------------------------------------------------------


def city_prices(earlier: Figure, later: Figure, rate: Figure) -> Interval:
    """The rise of prices in percent that the city's two levels and its rate at constant prices imply."""
    return (later.interval / earlier.interval / growth(rate.interval) - 1) * 100


@check(
    "a010",
    _("goal-and-rate"),
    GOALS,
    "identity",
    _("Does the stated rate lead from the GDP of 2021 to the goal for 2026?"),
    "c001 c143 c142 f026 f023 f024",
    _("GDP × (1 + rate)^5 ≥ goal; or (goal ÷ GDP)^(1/5) ÷ (1 + rate) − 1 ≤ rise of prices in the city"),
    "亿元",
    _("Chinese growth rates are as a rule at constant prices and levels at current ones; the report does not say so."),
)
def goal_and_rate(gdp: Figure, rate: Figure, goal: Figure, then: Figure, now: Figure, city: Figure) -> list[Reading]:
    level = point(goal.value)
    needed = (annual(gdp.interval, level, TERM) / 100 + 1) / growth(rate.allowed) * 100 - 100
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


@check(
    "a011",
    _("goal-after-first-year"),
    GOALS,
    "identity",
    _("If 2022 meets its target, does the stated rate for the other four years reach the goal?"),
    "c001 c147 c142 c143 f026 f023 f024",
    _("(goal ÷ (GDP × (1 + target)))^(1/4) − 1 ≤ rate, and ≤ rate with prices"),
    "% a year",
    _("A first year above the mean lowers what the others need only a little."),
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
        Reading(_("growth needed in 2023 to 2026, and the stated rate"), needed, "≤", rate.allowed),
        Reading(_("the same, and the stated rate with the city's rise of prices"), needed, "≤", nominal, PRICES),
    ]


@check(
    "a012",
    _("first-year-within-mean"),
    GOALS,
    "identity",
    _("Can the target for 2022 belong to five years with the stated mean?"),
    "c147 c143",
    _("((1 + rate)^5 ÷ (1 + target))^(1/4) − 1 = rate"),
    "% a year",
    _("A mean of about this size leaves the other four years at nearly the same rate."),
)
def first_within_mean(first: Figure, rate: Figure) -> list[Reading]:
    rest = spread(
        lambda r, f: (((1 + r / 100) ** TERM / (1 + f / 100)) ** (1 / (TERM - 1)) - 1) * 100,
        rate.allowed,
        first.interval,
    )
    return [Reading(_("growth left for the other years, and the mean"), rest, "=", rate.allowed)]


@check(
    "a013",
    _("share-at-planned-growth"),
    GOALS,
    "identity",
    _("Do the planned growth rates lift the share of the tertiary sector above its goal?"),
    "c100 c148 c147 c143 c144",
    _("share × ((1 + growth of the sector) ÷ (1 + growth of GDP))^5 > goal"),
    "%",
    _(
        "Shares are at current prices, planned rates as a rule at constant ones; and the rates are for one "
        "year of the five."
    ),
)
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


@check(
    "a014",
    _("the-other-sectors"),
    GOALS,
    "bound",
    _("Does the goal for the tertiary share leave the other sectors room to grow?"),
    "c001 c100 c143 c144 c142",
    _("(GDP 2026 × (100 % − goal)) ÷ (GDP 2021 × (100 % − share)) − 1 a year ≥ 0"),
    "% a year",
    _("A sector can shrink in share and in output for good reasons; the report does not say what is to become of it."),
)
def the_other_sectors(gdp: Figure, share: Figure, rate: Figure, goal: Figure, level: Figure) -> list[Reading]:
    now = gdp.interval * (100 - share.interval)
    by_rate = annual(now, gdp.interval * growth(rate.allowed) ** TERM * (100 - goal.value), TERM)
    by_level = annual(now, point(level.value * (100 - goal.value)), TERM)
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


@check(
    "a015",
    _("the-rest-in-2022"),
    GOALS,
    "identity",
    _("What growth of the other sectors do the targets for GDP and for services leave?"),
    "c147 c148 c100",
    _("(growth of GDP − share × growth of services) ÷ (1 − share) ≥ 0"),
    "% a year",
    _("The share of 2021 is given in whole percent, which moves this result more than anything else."),
)
def the_rest_in_2022(gdp: Figure, sector: Figure, share: Figure) -> list[Reading]:
    rest = spread(lambda g, t, s: (g - s / 100 * t) / (1 - s / 100), gdp.interval, sector.interval, share.interval)
    return [Reading(_("implied growth of the other sectors"), rest, "≥", point(0))]


@check(
    "a016",
    _("services-past-and-planned"),
    GOALS,
    "pace",
    _("Is the planned growth of the tertiary sector within its pace of the past five years?"),
    "c148 c097 c098 c099 c100",
    _("((share × GDP per head) 2021 ÷ 2016)^(1/5) − 1 ≥ target"),
    "% a year",
    _("The past pace is per head and at current prices, the target probably a total at constant prices."),
)
def services_past_and_planned(
    target: Figure, head_then: Figure, head_now: Figure, share_then: Figure, share_now: Figure
) -> list[Reading]:
    past = annual(head_then.interval * share_then.interval, head_now.interval * share_now.interval, TERM)
    return [Reading(_("growth of services per head, and the target"), past, "≥", target.interval)]


@check(
    "a017",
    _("services-in-the-increase"),
    GOALS,
    "part",
    _("Is what services are to add in 2022 within what GDP is to add?"),
    "c001 c100 c148 c147",
    _("GDP × share × growth of services ≤ GDP × growth of GDP"),
    "亿元",
    _("The report gives no level for services; share and GDP give one, no better than the share is rounded."),
)
def services_in_the_increase(gdp: Figure, share: Figure, sector: Figure, rate: Figure) -> list[Reading]:
    added = gdp.interval * share.interval / 100 * sector.interval / 100
    return [Reading(_("rise of services, and of GDP"), added, "≤", gdp.interval * rate.interval / 100)]


@check(
    "a018",
    _("share-must-rise"),
    GOALS,
    "bound",
    _("Are services planned to grow faster than GDP, as a rising share needs?"),
    "c148 c147",
    _("growth of services − growth of GDP > 0"),
    "points",
    _("This says that the share rises, not that it rises as far as the goal."),
)
def share_must_rise(sector: Figure, gdp: Figure) -> list[Reading]:
    return [Reading(_("difference of the two targets"), sector.interval - gdp.interval, ">", point(0))]


@check(
    "a019",
    _("share-past-pace"),
    GOALS,
    "pace",
    _("Is the rise of the tertiary share that the goal needs within the rise of the past five years?"),
    "c099 c100 c144",
    _("share 2021 − share 2016 ≥ goal − share 2021"),
    "points",
    _("All three shares are whole numbers, so a rise of a few points is known to about one point either way."),
)
def share_past_pace(then: Figure, now: Figure, goal: Figure) -> list[Reading]:
    return [Reading(_("past rise, and rise needed"), now.interval - then.interval, "≥", goal.value - now.interval)]


def in_step(one: Figure, other: Figure) -> list[Reading]:
    """(income, GDP): two rates are equal, or no more than a point apart."""
    gap = one.interval - other.interval
    near = _("in step (同步) allows up to one percentage point")
    return [
        Reading(_("growth of income less growth of GDP"), gap, "=", point(0)),
        Reading(_("the same, within one point"), gap, "=", Interval(-1, 1), near),
    ]


check(
    "a020",
    _("income-in-step-2022"),
    GOALS,
    "identity",
    _("Are the targets for income and for GDP in step, as the five-year goals ask?"),
    "c154 c147",
    _("target for income − target for GDP = 0"),
    "points",
    _("The goal says 同步, in step, and sets no margin; one rate may be at current, the other at constant prices."),
)(in_step)
check(
    "a021",
    _("income-in-step-2021"),
    GOALS,
    "identity",
    _("Were income and GDP in step in 2021?"),
    "c011 c002",
    _("growth of income − growth of GDP = 0"),
    "points",
    _("The goal of growing in step is set for the years after 2021; this is where they start from."),
)(in_step)
check(
    "a022",
    _("revenue-and-output"),
    GOALS,
    "pace",
    _("Is budget revenue planned to grow as fast as GDP?"),
    "c152 c147",
    _("target for revenue − target for GDP ≥ 0"),
    "points",
    _("Revenue follows tax law, refunds and transfers as well as output; the report names tax cuts beside it."),
)(rate_not_below(_("further cuts and refunds of taxes lower revenue; the report plans no amount")))


@check(
    "a023",
    _("local-share-of-revenue"),
    GOALS,
    "identity",
    _("Do the targets for total and for local revenue keep the local share as it is?"),
    "c004 c003 c153 c152",
    _("(local × (1 + target)) ÷ (total × (1 + target)) = local ÷ total"),
    "%",
    _("Equal rates keep the share; they do not show how either was set."),
)
def local_share(local: Figure, total: Figure, local_rate: Figure, total_rate: Figure) -> list[Reading]:
    now = local.interval / total.interval * 100
    after = now * growth(local_rate.interval) / growth(total_rate.interval)
    return [Reading(_("local share in 2022, and in 2021"), after, "=", now)]


FASTER = _("Is the growth aimed at for 2022 at least that of 2021: {}?")
check(
    "a024",
    _("gdp-rate"),
    GOALS,
    "pace",
    FASTER.format(_("GDP")),
    "c147 c002",
    _("target − growth of 2021 ≥ 0"),
    "points",
    _("A lower rate on a higher level can still be a larger amount; a target is a choice, not a forecast."),
)(rate_not_below(REBOUND))
check(
    "a025",
    _("foreign-investment-rate"),
    GOALS,
    "pace",
    FASTER.format(_("foreign investment")),
    "c151 c006",
    _("target − growth of 2021 ≥ 0"),
    "points",
    _("Foreign investment of a single district can depend on few projects and move much from year to year."),
)(rate_not_below(REBOUND))
check(
    "a026",
    _("retail-rate"),
    GOALS,
    "pace",
    FASTER.format(_("retail sales")),
    "c150 c008",
    _("target − growth of 2021 ≥ 0"),
    "points",
    _("A year of restrictions can make the rate of the year after it high."),
)(rate_not_below(REBOUND))
check(
    "a027",
    _("income-rate"),
    GOALS,
    "pace",
    FASTER.format(_("disposable income")),
    "c154 c011",
    _("target − growth of 2021 ≥ 0"),
    "points",
    _("The five-year goal is to grow in step with GDP, not to keep this rate."),
)(rate_not_below(REBOUND))


@check(
    "a028",
    _("livelihood-share-path"),
    GOALS,
    "pace",
    _("Does the share of livelihood spending reach its goal at the pace seen so far?"),
    "c133 f011 c146 f019",
    _("share 2022 + 4 × (share 2022 − five-year share) ÷ 3 ≥ goal; then the share reported for 2024 ≥ goal"),
    "%",
    _(
        "Which outlays count as livelihood (民生) is set by the authority and can change; the later figure names"
        " its whole only in short."
    ),
)
def livelihood_share_path(past: Figure, next_year: Figure, goal: Figure, later: Figure) -> list[Reading]:
    middle_to_2022 = 3  # the five-year share stands for 2019, the middle of its years
    pace = (next_year.interval - past.interval) / middle_to_2022
    path = next_year.interval + pace * (TERM - 1)
    same_whole = _("the share reported for 2024 is of the same whole")
    return [
        Reading(_("share in 2026 at the pace from 2019 to 2022, and the goal"), path, "≥", point(goal.value)),
        Reading(_("share reported for 2024, and the goal"), later.allowed, "≥", point(goal.value), same_whole),
    ]


check(
    "a029",
    _("research-rate"),
    GOALS,
    "pace",
    _("Is the growth of R&D spending aimed at within that of the past five years?"),
    "c110 c145",
    _("past growth − goal ≥ 0"),
    "points",
    _("The amount is small, so a few firms that begin to report can change the rate greatly."),
)(rate_not_below(_("more firms are counted, or existing ones report in full; the report gives no number")))


@check(
    "a030",
    _("high-tech-pace"),
    GOALS,
    "pace",
    _("Is the target for high-tech enterprises within the pace of the past five years?"),
    "c111 c112 c158",
    _("target − number 2021 ≤ (number 2021 − number 2016) ÷ 5; or the same as yearly rates"),
    "number",
    _("Certificates hold for three years and lapse unless renewed, so a net increase hides entries and exits."),
)
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


@check(
    "a031",
    _("high-tech-later"),
    GOALS,
    "pace",
    _("Does the number reported for 2024 show whether the target for 2022 was met?"),
    "c112 c158 f015",
    _("number 2021 to number 2024 > target"),
    "number",
    _("The later figure is from a news item of the district; it dates the crossing only to within three years."),
)
def high_tech_later(start: Figure, target: Figure, later: Figure) -> list[Reading]:
    between = Interval(min(start.value, later.value), max(start.value, later.value))
    return [Reading(_("the number in 2022 lies between, and the target"), between, ">", target.interval)]


@check(
    "a032",
    _("high-tech-doubling"),
    GOALS,
    "bound",
    _("Did the plan to multiply high-tech enterprises (倍增计划) at least double them?"),
    "c112 c111",
    _("number 2021 ÷ number 2016 ≥ 2"),
    "number",
    _("The start is small, and the report does not say how many firms moved in with a certificate."),
)
def high_tech_doubling(now: Figure, then: Figure) -> list[Reading]:
    return [Reading(_("times as many"), now.interval / then.interval, "≥", point(2))]


# -- trade and industry ----------------------------------------------------------------------------------


@check(
    "a033",
    _("platform-sales-and-retail"),
    TRADE,
    "identity",
    _("Does the trade of which platforms are said to be a part fit within retail sales?"),
    "c022 c023 c007",
    _("platform sales ÷ their share = sales above the threshold; these ≤ retail sales, or retail sales ≤ these"),
    "亿元",
    _(
        "Sales above the reporting threshold (限上) normally cover wholesale and retail trade, and a platform's "
        "sales may be booked for the country."
    ),
)
def platform_sales(platform: Figure, share: Figure, retail: Figure) -> list[Reading]:
    whole = platform.interval / share.interval * 100
    wholesale = _("sales above the threshold include wholesale, and retail sales lie within them")
    return [
        Reading(_("implied sales above the threshold, and retail sales"), whole, "≤", retail.interval),
        Reading(_("retail sales, and implied sales above the threshold"), retail.interval, "≤", whole, wholesale),
    ]


@check(
    "a034",
    _("share-above-threshold"),
    TRADE,
    "identity",
    _("Of what do firms above the threshold make up the stated share?"),
    "c018 c022 c023 c007",
    _("share × retail sales = implied sales above the threshold; or retail sales ≤ these ÷ share"),
    "亿元",
    _("The report says 限上商贸比例, the share of trade above the threshold, and not whether of sales or of firms."),
)
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


@check(
    "a035",
    _("platforms-and-leaders"),
    TRADE,
    "part",
    _("Do platform firms and leading firms together fit within sales above the threshold?"),
    "c022 c033 c023",
    _("(platform sales + leading firms' sales) ÷ (platform sales ÷ share) ≤ 100 %"),
    "%",
    _("Some firms may be in both groups, which would make the sum too large, never too small."),
)
def platforms_and_leaders(platform: Figure, leaders: Figure, share: Figure) -> list[Reading]:
    together = spread(lambda p, x, s: (p + x) / p * s, platform.interval, leaders.interval, share.interval)
    trade = _("the leading firms of the tertiary sector are trade firms above the threshold")
    return [Reading(_("both groups, in percent of the implied whole"), together, "≤", point(100), trade)]


@check(
    "a036",
    _("leaders-and-retail-growth"),
    TRADE,
    "bound",
    _("Is what leading firms added within what retail sales added?"),
    "c033 c034 c007 c008 c022 c023",
    _("sales × rate ÷ (1 + rate), for the firms ≤ for retail; or their rise ≤ implied sales above the threshold"),
    "亿元",
    _("A few firms can add more than the whole of retail only if most of their sales are not retail."),
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


@check(
    "a037",
    _("campaign-and-retail-growth"),
    TRADE,
    "part",
    _("Are the sales credited to the consumption campaign within the rise of retail sales?"),
    "c020 c007 c008",
    _("campaign sales ÷ (retail sales × rate ÷ (1 + rate)) ≤ 100 %"),
    "%",
    _("带动, driven, is an attribution by the organiser; what would have been sold anyway is not known."),
)
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


@check(
    "a038",
    _("sales-per-event"),
    TRADE,
    "bound",
    _("Could the sales credited to the campaign have been reached by events of the stated number?"),
    "c020 c019 c007",
    _("campaign sales ÷ number of events ≤ retail sales of one day"),
    "万元",
    _(
        "The number of events is a minimum (余, more than), so the mean is a maximum; what counts as one event "
        "is not said."
    ),
)
def sales_per_event(sales: Figure, events: Figure, retail: Figure) -> list[Reading]:
    mean = sales.interval / events.value
    return [Reading(_("the most an event sold, and retail sales of a mean day"), mean, "≤", retail.interval / DAYS)]


check(
    "a039",
    _("supply-chain-firms"),
    TRADE,
    "identity",
    _("Do both parts of the report count the same number of supply chain firms?"),
    "c108 c160",
    _("number in the review = number in the plan"),
    "number",
    _("The review counts firms brought in over five years, the plan firms that exist; equal numbers suggest one list."),
)(same())
check(
    "a040",
    _("industrial-chains"),
    TRADE,
    "identity",
    _("Do both parts of the report count the same number of key industrial chains?"),
    "c041 c168",
    _("number in the review = number in the plan"),
    "number",
    _("The name of a fixed group; a difference would mean that the group was changed."),
)(same())
check(
    "a041",
    _("business-districts"),
    TRADE,
    "identity",
    _("Is the number of business districts the same wherever they are named?"),
    "c155 c183",
    _("number in section 2.3 = number in section 2.5"),
    "number",
    _("The report never names the two districts in full."),
)(same())
check(
    "a042",
    _("platforms-among-new-firms"),
    TRADE,
    "part",
    _("Can the platform firms be among the firms newly above the threshold?"),
    "c021 c017",
    _("platform firms ÷ new firms above the threshold ≤ 100 %"),
    "%",
    _("纳统, taken into the statistics, and 新增限上, newly above the threshold, may or may not be the same step."),
)(part_of_whole(_("the platform firms are among those newly counted in the year")))


@check(
    "a043",
    _("headquarters-pace"),
    TRADE,
    "pace",
    _("Is the plan for headquarters and platforms within the pace reached?"),
    "c104 c021 c159",
    _("headquarters brought in ÷ 5 ≥ plan; or the same + platform firms of 2021 ≥ plan"),
    "number",
    _("The plan adds platform firms to headquarters, the review counts bank and regional headquarters alone."),
)
def headquarters_pace(past: Figure, platforms: Figure, plan: Figure) -> list[Reading]:
    mean = past.interval / TERM
    wider = _("platform firms taken into the statistics count as brought in")
    return [
        Reading(_("headquarters in a mean year, and the plan"), mean, "≥", plan.interval),
        Reading(_("headquarters and platforms, and the plan"), mean + platforms.interval, "≥", plan.interval, wider),
    ]


@check(
    "a044",
    _("platform-and-leading-firms"),
    TRADE,
    "bound",
    _("Is the mean leading firm larger than the mean platform firm?"),
    "c033 c032 c022 c021",
    _("sales ÷ number, leading firms ≥ platform firms"),
    "亿元",
    _("Leading (龙头) is a title given by the district; nothing says that it goes by sales."),
)
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


check(
    "a045",
    _("tax-buildings"),
    TRADE,
    "part",
    _("Can the buildings with high tax revenue be among the office buildings completed?"),
    "c102 c101",
    _("buildings added to the class ÷ buildings completed ≤ 100 %"),
    "%",
    _("An older building enters the class as soon as its tenants pay enough, so the two groups need not overlap."),
)(part_of_whole(_("the buildings that entered the class are among those completed")))


@check(
    "a046",
    _("tenants-and-new-firms"),
    TRADE,
    "part",
    _("Is the yearly number of firms that moved into buildings within that of newly registered entities?"),
    "c103 c050",
    _("(firms that moved in ÷ 5) ÷ entities registered in 2021 ≤ 100 %"),
    "%",
    _("A firm that moves in need not be new, and most new entities (市场主体) are small shops."),
)
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


@check(
    "a047",
    _("construction-and-other-sectors"),
    TRADE,
    "bound",
    _("Does the planned output of construction fit into what services leave of GDP?"),
    "c167 c001 c147 c100",
    _("output ≤ GDP × (1 + target) × (100 % − share of services); or value added of at most all of it"),
    "亿元",
    _(
        "Output (产值) is gross and is booked where the firm is registered; "
        "GDP counts value added where the work is done."
    ),
)
def construction_output(output: Figure, gdp: Figure, rate: Figure, share: Figure) -> list[Reading]:
    left = gdp.interval * growth(rate.interval) * (100 - share.interval) / 100
    half = _("value added is at most half of gross output")
    return [
        Reading(_("construction output, and GDP outside services"), output.interval, "≤", left),
        Reading(_("half of construction output, and GDP outside services"), output.interval / 2, "≤", left, half),
    ]


# -- projects and investment -----------------------------------------------------------------------------

check(
    "a048",
    _("key-projects-2021"),
    PROJECTS,
    "part",
    _("Is the investment in key projects of 2021 within fixed-asset investment?"),
    "c038 c009",
    _("key projects ÷ fixed-asset investment ≤ 100 %"),
    "%",
    _("Project investment may include land and removal costs, which fixed-asset investment leaves out in part."),
)(part_of_whole())


@check(
    "a049",
    _("key-projects-2022"),
    PROJECTS,
    "part",
    _("Is the investment planned in key projects for 2022 within the fixed-asset investment that the target implies?"),
    "c165 c009 c149 c038",
    _("plan ÷ (fixed-asset investment × (1 + target)) ≤ 100 %; then the share of 2021 applied to 2022"),
    "亿元",
    _("The plan may count whole budgets, land or projects of the city; the report gives one list no definition."),
)
def key_projects_2022(plan: Figure, investment: Figure, rate: Figure, key_2021: Figure) -> list[Reading]:
    implied = investment.interval * growth(rate.interval)
    at_share = spread(lambda k, g: k * g, key_2021.interval, growth(rate.interval))
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


@check(
    "a050",
    _("key-project-growth"),
    PROJECTS,
    "pace",
    _("Are key projects planned to grow no faster than fixed-asset investment?"),
    "c165 c038 c149",
    _("plan for 2022 ÷ investment of 2021 − 1 ≤ target"),
    "%",
    _("If number and amount move in opposite directions, the two lists may hold different things."),
)
def key_project_growth(plan: Figure, reached: Figure, rate: Figure) -> list[Reading]:
    rise = (plan.interval / reached.interval - 1) * 100
    scope = _("the two lists differ in scope")
    return [
        Reading(_("growth of key projects, and of investment"), rise, "≤", rate.interval),
        Reading(_("not computed"), rise, "open", None, scope),
    ]


@check(
    "a051",
    _("key-and-renewal-projects"),
    PROJECTS,
    "part",
    _("Do key projects and renewal projects together fit within fixed-asset investment?"),
    "c038 c054 c009",
    _("key projects + renewal ≤ fixed-asset investment; or the larger of the two ≤ it"),
    "亿元",
    _("The amount for renewal is called cumulative (累计) and may include earlier years."),
)
def key_and_renewal(key: Figure, renewal: Figure, investment: Figure) -> list[Reading]:
    larger = max(key.interval, renewal.interval, key=lambda interval: interval.middle)
    overlap = _("renewal projects are among the key projects, or part of their cost fell in earlier years")
    return [
        Reading(_("both, and fixed-asset investment"), key.interval + renewal.interval, "≤", investment.interval),
        Reading(_("the larger, and fixed-asset investment"), larger, "≤", investment.interval, overlap),
    ]


KEY = _("the projects started and completed are key projects")
check(
    "a052",
    _("started-2021"),
    PROJECTS,
    "part",
    _("Do the projects started in 2021 fit among the key projects?"),
    "c028 c037",
    _("started ÷ key projects ≤ 100 %"),
    "%",
    _("The report counts starts in one sentence and key projects in another, and does not link them."),
)(part_of_whole(KEY))
check(
    "a053",
    _("completed-2021"),
    PROJECTS,
    "part",
    _("Do the projects completed in 2021 fit among the key projects?"),
    "c029 c037",
    _("completed ÷ key projects ≤ 100 %"),
    "%",
    _("A project can be completed without having been on the list of the year."),
)(part_of_whole(KEY))
check(
    "a054",
    _("started-and-completed-2021"),
    PROJECTS,
    "part",
    _("Do starts and completions of 2021 together fit among the key projects?"),
    "c028 c029 c037",
    _("(started + completed) ÷ key projects ≤ 100 %"),
    "%",
    _("A project started and completed in one year would be counted twice, which can only make the sum too large."),
)(parts_of_whole(KEY))
check(
    "a055",
    _("started-2022"),
    PROJECTS,
    "part",
    _("Do the starts planned for 2022 fit among its key projects?"),
    "c163 c162",
    _("starts ÷ key projects ≤ 100 %"),
    "%",
    _("One sentence holds both numbers, so that they belong together is close to the wording."),
)(part_of_whole())
check(
    "a056",
    _("completed-2022"),
    PROJECTS,
    "part",
    _("Do the completions planned for 2022 fit among its key projects?"),
    "c164 c162",
    _("completions ÷ key projects ≤ 100 %"),
    "%",
    _("One sentence holds both numbers, so that they belong together is close to the wording."),
)(part_of_whole())
check(
    "a057",
    _("started-and-completed-2022"),
    PROJECTS,
    "part",
    _("Do the planned starts and completions together fit among the key projects?"),
    "c163 c164 c162",
    _("(starts + completions) ÷ key projects ≤ 100 %"),
    "%",
    _("What is left are projects under way or in preparation all year."),
)(parts_of_whole())


@check(
    "a058",
    _("projects-carried-over"),
    PROJECTS,
    "identity",
    _("Do the unfinished projects of 2021 and the starts of 2022 fit into the list of 2022?"),
    "c037 c029 c163 c162",
    _("(key projects 2021 − completed) + starts 2022 ≤ key projects 2022; or the unfinished alone"),
    "number",
    _("Lists of key projects are drawn up anew each year; projects can leave a list unfinished."),
)
def projects_carried_over(key: Figure, completed: Figure, starts: Figure, next_key: Figure) -> list[Reading]:
    left = key.interval - completed.interval
    listed = _("what starts in 2022 was already on the list of 2021")
    return [
        Reading(_("unfinished and new, and the list of 2022"), left + starts.interval, "≤", next_key.interval),
        Reading(_("unfinished alone, and the list of 2022"), left, "≤", next_key.interval, listed),
    ]


@check(
    "a059",
    _("pipeline-mean"),
    PROJECTS,
    "bound",
    _("Is the mean size of the projects in the pipeline above the size that the name of the class sets?"),
    "c031 c030",
    _("total investment ÷ number ≥ 1亿元 (亿元以上)"),
    "亿元",
    _("A mean above the limit is necessary, not sufficient: single projects could still be smaller."),
)
def pipeline_mean(total: Figure, number: Figure) -> list[Reading]:
    return [Reading(_("mean project, and the limit"), total.allowed.low / number.interval, "≥", point(PIPELINE))]


@check(
    "a060",
    _("pipeline-and-investment"),
    PROJECTS,
    "pace",
    _("Could the pipeline be built within a term at the investment of 2021?"),
    "c031 c009 c165",
    _("total of the pipeline ÷ 5 ≤ fixed-asset investment of 2021; or ≤ the plan for key projects of 2022"),
    "亿元",
    _("入库, entered, sets no dates: a pipeline holds intentions of every stage, and some are never built."),
)
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


@check(
    "a061",
    _("one-major-project"),
    PROJECTS,
    "part",
    _("Does a major project, as its class is defined, fit among the projects attracted?"),
    "c046 c045",
    _("number of major projects × 30亿元 ≤ total investment attracted"),
    "亿元",
    _(
        "Breaking through zero (零的突破) means at least one; that it is among those attracted in the year "
        "is near the wording."
    ),
)
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


check(
    "a062",
    _("attracted-in-pipeline"),
    PROJECTS,
    "part",
    _("Does the investment attracted in 2021 fit within the pipeline?"),
    "c045 c031",
    _("attracted ÷ pipeline ≤ 100 %"),
    "%",
    _("The pipeline is a minimum (超, more than), so the share is a maximum."),
)(part_of_whole(_("projects attracted enter the pipeline")))
check(
    "a063",
    _("attracted-number"),
    PROJECTS,
    "pace",
    AGAINST_YEAR.format(_("projects attracted")),
    "c169 c044",
    OF_YEAR,
    "%",
    _("The plan says settled (落地), the review attracted (引进), which is less."),
)(target_not_below())
check(
    "a064",
    _("attracted-amount"),
    PROJECTS,
    "pace",
    AGAINST_YEAR.format(_("investment attracted")),
    "c170 c045",
    OF_YEAR,
    "%",
    _("Total investment is what a contract names over all its years, not what is spent."),
)(target_not_below())


@check(
    "a065",
    _("attracted-mean"),
    PROJECTS,
    "pace",
    _("Is the mean project to be settled in 2022 at least as large as the mean one of 2021?"),
    "c170 c169 c045 c044",
    _("amount ÷ number, both at least as targeted ≥ amount ÷ number of 2021"),
    "亿元",
    _("Both targets are minima, so the mean can come out higher or lower than their quotient."),
)
def attracted_mean(amount: Figure, number: Figure, past_amount: Figure, past_number: Figure) -> list[Reading]:
    mean, past = quotient(amount.allowed, number.allowed), past_amount.interval / past_number.interval
    return [Reading(_("mean that the targets allow, and mean of 2021"), mean, "≥", past)]


check(
    "a066",
    _("innovation-among-key"),
    PROJECTS,
    "part",
    _("Do the projects of innovation fit among the key projects of 2022?"),
    "c157 c162",
    _("projects of innovation ÷ key projects ≤ 100 %"),
    "%",
    _("Both are called key projects (重点项目), in different paragraphs."),
)(part_of_whole(_("the key projects of the innovation paragraph are on the list of key projects")))


@check(
    "a067",
    _("renewal-mean"),
    PROJECTS,
    "pace",
    _("Is the new round of renewal at least as large per project as the last?"),
    "c172 c171 c054 c053",
    _("planned total ÷ number ≥ completed investment ÷ number of 2021"),
    "万元",
    _("One amount is planned over an unstated time, the other completed."),
)
def renewal_mean(total: Figure, number: Figure, past_total: Figure, past_number: Figure) -> list[Reading]:
    mean, past = total.interval / number.interval, past_total.interval / past_number.interval
    return [Reading(_("mean of the new round, and of the last"), mean, "≥", past)]


check(
    "a068",
    _("renewal-number"),
    PROJECTS,
    "pace",
    AGAINST_YEAR.format(_("renewal projects")),
    "c171 c053",
    OF_YEAR,
    "%",
    _("The plan says 持续推进, keep advancing: it sizes the work and promises no completion."),
)(target_not_below())
check(
    "a069",
    _("starts-pace"),
    PROJECTS,
    "pace",
    AGAINST_YEAR.format(_("projects started")),
    "c163 c028",
    OF_YEAR,
    "%",
    _("Fewer starts can follow from larger projects."),
)(target_not_below(open_question=_("projects became larger, as the planned amount suggests")))
check(
    "a070",
    _("completions-pace"),
    PROJECTS,
    "pace",
    AGAINST_YEAR.format(_("projects completed")),
    "c164 c029",
    OF_YEAR,
    "%",
    _("Completions follow from what was started some years before."),
)(target_not_below())
check(
    "a071",
    _("list-of-key-projects"),
    PROJECTS,
    "pace",
    AGAINST_YEAR.format(_("key projects")),
    "c162 c037",
    OF_YEAR,
    "%",
    _("The length of a list says nothing on the size of what is on it."),
)(target_not_below(open_question=_("projects became larger, as the planned amount suggests")))

# -- public money ----------------------------------------------------------------------------------------

check(
    "a072",
    _("local-within-total"),
    MONEY,
    "part",
    _("Is local budget revenue within total budget revenue?"),
    "c004 c003",
    _("local ÷ total ≤ 100 %"),
    "%",
    _("Total revenue adds the part of shared taxes that goes to higher levels."),
)(part_of_whole())


@check(
    "a073",
    _("financial-tax"),
    MONEY,
    "bound",
    _("Is the tax revenue from finance within total budget revenue?"),
    "c105 c003",
    _("tax ÷ 5 ≤ total revenue of 2021; or tax ≤ total revenue of 2021"),
    "亿元",
    _(
        "Taxes of banks may be collected in the district and credited to the province or the centre; revenue "
        "of the other years is not stated."
    ),
)
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


@check(
    "a074",
    _("quarter-of-the-province"),
    MONEY,
    "bound",
    _(
        "Can the district's share in the province's tax from finance "
        "exceed its share in the city's financial value added?"
    ),
    "c106 f018",
    _("share in the province ≤ share in the city"),
    "%",
    _("Tax and value added are different measures, the years differ, and the later figure is only a lower limit."),
)
def quarter_of_province(share: Figure, city: Figure) -> list[Reading]:
    return [Reading(_("share in the province, and in the city"), share.interval, "≤", city.allowed)]


@check(
    "a075",
    _("tax-buildings-and-revenue"),
    MONEY,
    "bound",
    _("Is the least tax of the buildings that entered the class within total revenue?"),
    "c102 c003",
    _("number of buildings × 1亿元 (税收亿元楼) ≤ total revenue"),
    "亿元",
    _("Tax paid in a building is not the same as revenue of the district's budget."),
)
def tax_buildings_revenue(buildings: Figure, revenue: Figure) -> list[Reading]:
    return [Reading(_("the least tax, and total revenue"), buildings.interval * TAX_BUILDING, "≤", revenue.interval)]


@check(
    "a076",
    _("expenditure-and-revenue"),
    MONEY,
    "bound",
    _("Is the yearly expenditure that livelihood spending implies within the district's own revenue?"),
    "c132 c133 c004 c003",
    _("livelihood spending ÷ share ÷ 5 ≤ local revenue of 2021; or ≤ total revenue"),
    "亿元",
    _("Districts spend transfers from above besides their own revenue; the report states none."),
)
def expenditure_and_revenue(spending: Figure, share: Figure, local: Figure, total: Figure) -> list[Reading]:
    yearly = spending.interval / share.interval * 100 / TERM
    transfers = _("transfers from above fill the gap, up to what is raised in the district in all")
    return [
        Reading(_("implied expenditure of a mean year, and local revenue"), yearly, "≤", local.interval),
        Reading(_("the same, and total revenue"), yearly, "≤", total.interval, transfers),
    ]


@check(
    "a077",
    _("livelihood-spending-later"),
    MONEY,
    "pace",
    _("Is livelihood spending of 2022 at least that of a mean year before?"),
    "f010 c132",
    _("spending of 2022 ≥ spending of 2017 to 2021 ÷ 5"),
    "亿元",
    _("The later figure is from a news item that quotes the next work report."),
)
def livelihood_later(later: Figure, total: Figure) -> list[Reading]:
    return [Reading(_("2022, and a mean year before"), later.interval, "≥", total.interval / TERM)]


@check(
    "a078",
    _("expenditure-2022"),
    MONEY,
    "bound",
    _("Is the expenditure of 2022 that the later report implies within the revenue planned for 2022?"),
    "f010 f011 c003 c152",
    _("livelihood spending ÷ share ≤ total revenue × (1 + target)"),
    "亿元",
    _("This compares an outcome with a plan; the revenue of 2022 itself is not in the report."),
)
def expenditure_2022(spending: Figure, share: Figure, revenue: Figure, rate: Figure) -> list[Reading]:
    planned = revenue.interval * growth(rate.interval)
    return [Reading(_("expenditure 2022, and planned revenue"), spending.interval / share.interval * 100, "≤", planned)]


check(
    "a079",
    _("tax-relief"),
    MONEY,
    "bound",
    _("Is the relief of taxes and fees within total revenue?"),
    "c051 c003",
    _("relief ÷ total revenue ≤ 100 %"),
    "%",
    _("累计, cumulative, may reach back before the year; relief is measured against rules that differ by tax."),
)(part_of_whole())


def last_of_sum(total: Interval, rate: Interval) -> Interval:
    """The last of five yearly amounts that grow at a rate in percent and add up to ``total``."""
    return spread(
        lambda t, r: t * (1 + r / 100) ** (TERM - 1) / math.fsum((1 + r / 100) ** n for n in range(TERM)),
        total,
        rate,
    )


@check(
    "a080",
    _("research-and-output"),
    MONEY,
    "pace",
    _("Did R&D spending grow as fast as GDP per head?"),
    "c110 c097 c098 c001 f008",
    _("growth of R&D − growth of GDP per head ≥ 0; or − growth of GDP"),
    "points",
    _("The sum of R&D may leave out spenders that GDP includes."),
)
def research_and_output(rate: Figure, start: Figure, end: Figure, gdp: Figure, census: Figure) -> list[Reading]:
    per_head = annual(start.interval, end.interval, TERM)
    total = annual(census.interval * start.interval, gdp.interval, TERM)
    fewer = _("in 2016 there were as many residents as in the census of 2010, so that total GDP grew less")
    return [
        Reading(_("growth of R&D less growth of GDP per head"), rate.interval - per_head, "≥", point(0)),
        Reading(_("growth of R&D less growth of GDP"), rate.interval - total, "≥", point(0), fewer),
    ]


@check(
    "a081",
    _("research-share-of-gdp"),
    MONEY,
    "identity",
    _("Which share of GDP does R&D spending come to, and does it rise under the goals?"),
    "c109 c110 c001 c145 c143",
    _("last of five yearly amounts ÷ GDP; × ((1 + goal for R&D) ÷ (1 + goal for GDP))^5 ≥ the same"),
    "%",
    _("The sum may count only some spenders; what it covers is not said."),
)
def research_share(total: Figure, rate: Figure, gdp: Figure, goal: Figure, gdp_goal: Figure) -> list[Reading]:
    share = last_of_sum(total.interval, rate.interval) / gdp.interval * 100
    factor = (growth(goal.interval) / growth(gdp_goal.allowed)) ** TERM
    return [Reading(_("share of GDP in 2026 at the goals, and in 2021"), share * factor, "≥", share)]


@check(
    "a082",
    _("research-next-five-years"),
    MONEY,
    "identity",
    _("Do five years at the goal for R&D come to at least twice the past five?"),
    "c109 c110 c145",
    _("sum of last amount × (1 + goal)^n, n = 1 … 5, ≥ 2 × past sum"),
    "亿元",
    _(
        "Twice is the yardstick of this book, not of the report; the last yearly amount is computed as if "
        "every year had grown alike."
    ),
)
def research_next(total: Figure, rate: Figure, goal: Figure) -> list[Reading]:
    steps = range(1, TERM + 1)
    last = last_of_sum(total.interval, rate.interval)
    coming = spread(lambda x, g: math.fsum(x * (1 + g / 100) ** n for n in steps), last, goal.interval)
    return [Reading(_("the next five years, and twice the past five"), coming, "≥", total.interval * 2)]


@check(
    "a083",
    _("health-subsidy"),
    MONEY,
    "part",
    _("Is the health subsidy per head, paid for every resident, within livelihood spending?"),
    "c076 c001 c098 c132",
    _("subsidy × (GDP ÷ GDP per head) ÷ (livelihood spending ÷ 5) ≤ 100 %"),
    "%",
    _("The standard is shared by several levels of government; the district bears a part of it."),
)
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


# -- city programmes -------------------------------------------------------------------------------------

YEAR_IN_TERM = _("Is the number of 2021 within the total of the five years: {}?")
WITHIN = _("number 2021 ÷ total 2017–2021 ≤ 100 %")
check(
    "a084",
    _("roads-in-term"),
    CITY,
    "part",
    YEAR_IN_TERM.format(_("municipal roads")),
    "c055 c122",
    WITHIN,
    "%",
    _("A fifth would be an even pace."),
)(part_of_whole())
check(
    "a085",
    _("lanes-in-term"),
    CITY,
    "part",
    YEAR_IN_TERM.format(_("small streets and lanes")),
    "c056 c123",
    WITHIN,
    "%",
    _("A fifth would be an even pace."),
)(part_of_whole())
check(
    "a086",
    _("estates-in-term"),
    CITY,
    "part",
    YEAR_IN_TERM.format(_("old estates")),
    "c061 c121",
    WITHIN,
    "%",
    _("The year says carried out (顺利实施), the term says completed (完成)."),
)(part_of_whole())
check(
    "a087",
    _("cables-in-term"),
    CITY,
    "part",
    YEAR_IN_TERM.format(_("buried cables")),
    "c057 c125",
    WITHIN,
    "%",
    _("The number of 2021 includes tidied cabinets (箱柜整治), that of the term names cables alone."),
)(part_of_whole(_("projects for cabinets are counted with those for cables in both")))
check(
    "a088",
    _("facades-in-term"),
    CITY,
    "part",
    YEAR_IN_TERM.format(_("façades")),
    "c065 c126",
    WITHIN,
    "%",
    _("A fifth would be an even pace."),
)(part_of_whole())
check(
    "a089",
    _("old-housing-area"),
    CITY,
    "bound",
    _("Is the area of old housing redeveloped within the land of the district?"),
    "c120 f003",
    _("area ÷ land area ≤ 100 %"),
    "%",
    _("The land area is from a web directory."),
)(part_of_whole())
check(
    "a090",
    _("green-space"),
    CITY,
    "part",
    _("Are the green space added and the old housing redeveloped together within the land of the district?"),
    "c128 c120 f003",
    _("(green space + redeveloped area) ÷ land area ≤ 100 %"),
    "%",
    _("Part of the green space may lie on redeveloped land, which would make the sum too large."),
)(parts_of_whole())


@check(
    "a091",
    _("sports-ground"),
    CITY,
    "bound",
    _("Does the sports ground that the target per head implies fit into the district?"),
    "c193 c001 c098 f003",
    _("area per head × (GDP ÷ GDP per head) ≤ land area"),
    "km²",
    _("The population is implied, not stated; the land area is from a web directory."),
)
def sports_ground(area: Figure, gdp: Figure, per_head: Figure, land: Figure) -> list[Reading]:
    ground = area.interval * (gdp.interval / per_head.interval)
    return [Reading(_("sports ground, and land"), ground, "≤", land.interval)]


KEPT_UP = _("Does the plan for 2022 keep up the yearly mean of the five years before: {}?")
OF_MEAN = _("plan ÷ (total 2017–2021 ÷ 5) ≥ 100 %")
check(
    "a092",
    _("roads-pace"),
    CITY,
    "pace",
    KEPT_UP.format(_("municipal roads")),
    "c176 c122",
    OF_MEAN,
    "%",
    _("The plan counts road projects (个), the review roads (条)."),
)(pace_kept(TERM, _("a project of the plan holds more than one road")))
check(
    "a093",
    _("estates-pace"),
    CITY,
    "pace",
    KEPT_UP.format(_("old estates")),
    "c175 c121",
    OF_MEAN,
    "%",
    _("The estates left may be fewer or larger than those done."),
)(pace_kept(TERM, USED_UP))
check(
    "a094",
    _("parks-pace"),
    CITY,
    "pace",
    KEPT_UP.format(_("small parks")),
    "c179 c127",
    OF_MEAN,
    "%",
    _("The review adds string-of-pearls parks (串珠公园) to street-corner ones, the plan counts the latter."),
)(pace_kept(TERM, _("the plan leaves string-of-pearls parks out of its count")))
check(
    "a095",
    _("traffic-pace"),
    CITY,
    "pace",
    KEPT_UP.format(_("traffic relief")),
    "c177 c124",
    OF_MEAN,
    "%",
    _("The plan says 加快推进, speed up: it promises no completion, the review counts completed ones."),
)(pace_kept(TERM, USED_UP))
check(
    "a096",
    _("roads-target"),
    CITY,
    "pace",
    AGAINST_YEAR.format(_("municipal roads")),
    "c176 c055",
    OF_YEAR,
    "%",
    _("The plan counts road projects (个), the review roads (条)."),
)(target_not_below())
check(
    "a097",
    _("estates-target"),
    CITY,
    "pace",
    AGAINST_YEAR.format(_("old estates")),
    "c175 c061",
    OF_YEAR,
    "%",
    _("The plan says 整治, put in order, and the year before says carried out (顺利实施), not finished."),
)(target_not_below(open_question=USED_UP))
check(
    "a098",
    _("plots-target"),
    CITY,
    "pace",
    AGAINST_YEAR.format(_("old-housing plots")),
    "c174 c058",
    OF_YEAR,
    "%",
    _("One year cleared and conveyed plots (征迁出让), the next is to redevelop them."),
)(target_not_below())
check(
    "a099",
    _("drains-target"),
    CITY,
    "pace",
    AGAINST_YEAR.format(_("separate drains of estates")),
    "c186 c062",
    OF_YEAR,
    "%",
    _("The plan is for riverside estates, the review for all kinds."),
)(target_not_below(_("riverside estates are to be compared with all estates"), USED_UP))

# -- schools, work, welfare ------------------------------------------------------------------------------

check(
    "a100",
    _("schools-in-term"),
    WELFARE,
    "part",
    YEAR_IN_TERM.format(_("schools")),
    "c074 c134",
    WITHIN,
    "%",
    _("The year says new schools (新校), the term new and extended ones."),
)(part_of_whole())
check(
    "a101",
    _("places-in-term"),
    WELFARE,
    "part",
    YEAR_IN_TERM.format(_("school places")),
    "c075 c135",
    WITHIN,
    "%",
    _("A share above a fifth means that the years before were below the mean."),
)(part_of_whole())


@check(
    "a102",
    _("places-per-school"),
    WELFARE,
    "identity",
    _("Do the schools of 2021 have about as many places as those of the years before?"),
    "c075 c074 c135 c134",
    _("places ÷ schools in 2021 = (places − those of 2021) ÷ (schools − those of 2021); or at most half as many again"),
    "number",
    _("New schools and extensions differ in size, and some places come without a new school."),
)
def places_per_school(places: Figure, schools: Figure, all_places: Figure, all_schools: Figure) -> list[Reading]:
    year = places.interval / schools.interval
    before = (all_places.interval - places.interval) / (all_schools.interval - schools.interval)
    larger = _("schools of one year can be half as large again as those of others")
    return [
        Reading(_("places for each school in 2021, and before"), year, "=", before),
        Reading(_("the same, with a margin of half"), year, "≤", before * 1.5, larger),
    ]


check(
    "a103",
    _("places-target"),
    WELFARE,
    "pace",
    AGAINST_YEAR.format(_("school places")),
    "c188 c075",
    OF_YEAR,
    "%",
    _("The target is a minimum (以上); a year in which no school opens adds few places."),
)(target_not_below(open_question=LOWER))
check(
    "a104",
    _("places-pace"),
    WELFARE,
    "pace",
    KEPT_UP.format(_("school places")),
    "c188 c135",
    OF_MEAN,
    "%",
    _("The target is a minimum (以上); the need depends on the number of children, which the report does not state."),
)(pace_kept(TERM, USED_UP))
check(
    "a105",
    _("jobs-target"),
    WELFARE,
    "pace",
    AGAINST_YEAR.format(_("new urban jobs")),
    "c196 c077",
    OF_YEAR,
    "%",
    _("The target is a minimum (以上); how many jobs had been aimed at for 2021 is not said."),
)(target_not_below(open_question=LOWER))
check(
    "a106",
    _("placements-target"),
    WELFARE,
    "pace",
    AGAINST_YEAR.format(_("unemployed placed in work")),
    "c197 c078",
    OF_YEAR,
    "%",
    _("Fewer unemployed to be placed can also be good news; the report gives no number of unemployed."),
)(target_not_below(open_question=_("fewer people are out of work, or the target is a floor that leaves room")))
check(
    "a107",
    _("canteens-target"),
    WELFARE,
    "pace",
    AGAINST_YEAR.format(_("canteens for the elderly")),
    "c200 c079",
    OF_YEAR,
    "%",
    _("Whether the target counts the canteens that already exist is not said."),
)(target_not_below())
check(
    "a108",
    _("trails-target"),
    WELFARE,
    "pace",
    AGAINST_YEAR.format(_("fitness trails")),
    "c192 c081",
    OF_YEAR,
    "%",
    _("Equal numbers in two years suggest a yearly quota; the report does not say so."),
)(target_not_below())
PLACED = _("people placed in work are counted among the new jobs")
check(
    "a109",
    _("placements-in-jobs-2021"),
    WELFARE,
    "part",
    _("Are the unemployed placed in 2021 within the new urban jobs?"),
    "c078 c077",
    _("placed ÷ new jobs ≤ 100 %"),
    "%",
    _("Placement and new employment are two counts of the labour office and may overlap only in part."),
)(part_of_whole(PLACED))
check(
    "a110",
    _("placements-in-jobs-2022"),
    WELFARE,
    "part",
    _("Are the placements planned for 2022 within the new jobs planned?"),
    "c197 c196",
    _("placed ÷ new jobs ≤ 100 %"),
    "%",
    _("Both targets are minima, so their ratio can come out otherwise."),
)(part_of_whole(PLACED))
check(
    "a111",
    _("observation-and-tests"),
    WELFARE,
    "part",
    _("Are the stays in medical observation within the number of tests?"),
    "c072 c071",
    _("stays ÷ tests ≤ 100 %"),
    "%",
    _("People in observation were tested several times, so this is a weak limit."),
)(part_of_whole(_("everyone in observation was tested at least once, and those tests are in the count")))
check(
    "a112",
    _("culture-stations"),
    WELFARE,
    "identity",
    _("Is there one culture station for each subdistrict and community?"),
    "f005 f006 c195",
    _("subdistricts + communities = stations"),
    "number",
    _("The numbers of subdistricts and communities are from a web directory of 2017."),
)(sum_equals(_("each subdistrict and each community gets one station")))
check(
    "a113",
    _("talent"),
    WELFARE,
    "part",
    _("Do the skilled persons recruited in 2021 fit within those of the five years?"),
    "c052 c114 c115",
    _("recruited in 2021 ÷ (degree holders + from Taiwan, five years) ≤ 100 %"),
    "%",
    _(
        "The year counts high-level and skilled persons (高层次、高技能人才), the term degree holders and "
        "people from Taiwan."
    ),
)(
    lambda year, degrees, taiwan: [
        Reading(
            _("recruited in 2021, in percent of five years"),
            year.interval / (degrees.interval + taiwan.interval) * 100,
            "≤",
            point(100),
            _("the categories of the year lie within those of the term"),
        )
    ]
)

# -- shares and lists ------------------------------------------------------------------------------------

check(
    "a114",
    _("growing-firms"),
    SHARES,
    "counting",
    _("Is there a whole number of firms that makes the stated share of growing ones?"),
    "c040 c039",
    _("share × number of firms is a whole number for some share that rounds to the stated one"),
    "number",
    _("With fewer than a hundred things a stated percentage can be impossible; with more it hardly can."),
)(share_of_count())


@check(
    "a115",
    _("petitions"),
    SHARES,
    "counting",
    _("Do the petition cases resolved and the completion rate belong to one whole number of cases?"),
    "c085 c086",
    _("cases resolved ÷ rate is a whole number"),
    "number",
    _("The text sets the number and the rate side by side and does not say that one is of the other."),
)
def petitions(resolved: Figure, rate: Figure) -> list[Reading]:
    cases = resolved.interval / rate.interval * 100
    return [Reading(_("cases in all"), cases, "whole", None, _("the rate is that of the cases counted"))]


EXACT = _("the share is exact, not rounded")
check(
    "a116",
    _("suggestions-satisfied"),
    SHARES,
    "counting",
    _("Can rounding hide a dissatisfied deputy behind full satisfaction?"),
    "c095 c093",
    _("number × (100 % − lowest share that rounds to 100 %) < 1"),
    "number",
    _("Satisfaction is asked of those who made the suggestion; how is not said."),
)(rounding_hides_none(EXACT))
check(
    "a117",
    _("proposals-satisfied"),
    SHARES,
    "counting",
    _("Can rounding hide a dissatisfied committee member behind full satisfaction?"),
    "c095 c094",
    _("number × (100 % − lowest share that rounds to 100 %) < 1"),
    "number",
    _("Satisfaction is asked of those who made the proposal; how is not said."),
)(rounding_hides_none(EXACT))


@check(
    "a118",
    _("good-air-days"),
    SHARES,
    "counting",
    _("Can rounding hide a day of bad air behind a full year of good ones?"),
    "c067",
    _("365 × (100 % − lowest share that rounds to 100 %) < 1"),
    "number",
    _("The report was given before the year had ended, so the share can be of the days until then only."),
)
def good_air_days(share: Figure) -> list[Reading]:
    days = Figure("days", DAYS, point(DAYS))
    return list(rounding_hides_none(EXACT)(share, days))


check(
    "a119",
    _("visits"),
    SHARES,
    "bound",
    _("Are permits that need no visit within those that need at most one?"),
    "c117 c116",
    _("share without a visit ÷ share with at most one ≤ 100 %"),
    "%",
    _("No visit is at most one visit, so the second share includes the first."),
)(part_of_whole())
check(
    "a120",
    _("on-the-spot"),
    SHARES,
    "bound",
    _("Are permits handled on the spot within those that need at most one visit?"),
    "c118 c116",
    _("share handled on the spot ÷ share with at most one visit ≤ 100 %"),
    "%",
    _("即办, handled at once, is a matter of time, the other of visits."),
)(part_of_whole(_("what is handled at once needs at most one visit")))


@check(
    "a121",
    _("preschool-coverage"),
    SHARES,
    "bound",
    _("Could coverage of affordable preschool places rise for another year at the past pace?"),
    "c136 c137",
    _("coverage 2021 + (coverage 2021 − coverage 2016) ÷ 5 ≤ 100 %"),
    "%",
    _("A share close to its limit cannot keep its pace; what is left is harder to reach."),
)
def preschool_coverage(then: Figure, now: Figure) -> list[Reading]:
    return [
        Reading(
            _("coverage in 2022 at the past pace"),
            now.interval + (now.interval - then.interval) / TERM,
            "≤",
            point(100),
        )
    ]


check(
    "a122",
    _("waste-sorting"),
    SHARES,
    "pace",
    _("Is the target for waste sorting at least that of the city?"),
    "c184 f064",
    _("target of the district ÷ target of the city ≥ 100 %"),
    "%",
    _("A city's target is a minimum for all districts; a central one can set itself more."),
)(target_not_below())


@check(
    "a123",
    _("six-rounds"),
    SHARES,
    "bound",
    _("Can the six rounds of the title all lie within the five years under review?"),
    "c141",
    _("rounds × years of a round ≤ 5 years; or the rounds reach back before them"),
    "years",
    _("The paragraph speaks of the five years, the title has been held in a row (连续) for longer."),
)
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


NAMED = _("Are no more members named than counted: {}?")
LISTED = _("names before the number ≤ the number")
OTHERS = _("等, and others, may close a complete list as well as an open one.")
check(
    "a124",
    _("names-bathhouses"),
    SHARES,
    "list",
    NAMED.format(_("bathhouses")),
    "c180",
    LISTED,
    "number",
    OTHERS,
)(names_within())
check(
    "a125",
    _("names-health-centres"),
    SHARES,
    "list",
    NAMED.format(_("health centres")),
    "c139",
    LISTED,
    "number",
    OTHERS,
)(names_within())
check(
    "a126",
    _("names-communities"),
    SHARES,
    "list",
    NAMED.format(_("model communities")),
    "c201",
    LISTED,
    "number",
    OTHERS,
)(names_within())
check(
    "a127",
    _("names-pilot-areas"),
    SHARES,
    "list",
    NAMED.format(_("pilot areas")),
    "c182",
    LISTED,
    "number",
    _("A mark between two of the names seems to be lost, which would make one name more."),
)(names_within())
check(
    "a128",
    _("names-school-groups"),
    SHARES,
    "list",
    NAMED.format(_("education groups")),
    "c190",
    LISTED,
    "number",
    _("Here the list is complete: there is no 等, and others."),
)(names_within())
check(
    "a129",
    _("names-projects-started"),
    SHARES,
    "list",
    NAMED.format(_("projects started")),
    "c028",
    LISTED,
    "number",
    _("Before the number, 等 seems to be lost."),
)(names_within())
