"""Rules that a table schema cannot state: each is a function with a name and a reason.

``gwr.report.schema`` holds every cell to its column, ``gwr.report.tables`` every offset to its quote and every link to its target. What
remains is what the columns mean together: that no number of the report is left behind or counted twice, that a value is
the one written, that a target can be checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from gwr.report.readings import COMPARED, disagreements
from gwr.report.schema import Row
from gwr.report.tables import Tables

Check = Callable[[Tables], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """One rule: what it asks is its name, why it is asked its reason."""

    name: str
    reason: str
    check: Check


RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they are checked."""


def _rule(reason: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        RULES[check.__name__] = Rule(check.__name__, reason, check)
        return check

    return register


def check_rules(tables: Tables) -> list[str]:
    """What breaks a rule, one sentence each: table, row, what is wrong, and why that matters; empty if nothing does."""
    return [f"{found} ({rule.name}: {rule.reason})" for rule in RULES.values() for found in rule.check(tables)]


# --- no number left behind ---------------------------------------------------------------------------------------------

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_COUNTING = re.compile(r"[零〇一二两三四五六七八九十百千万亿双半]+")
WORDS = ("一般公共", "进一步", "零售", "零星", "逐一", "单一", "一体化", "苏万宝", "万科")
"""Words of the report that hold a numeral character and no numeral."""


def _numerals(tables: Tables) -> list[tuple[int, int, str]]:
    """Where the two tables of numerals say that one stands, with the row that says so, in reading order."""
    claims = [(row["number_start"], row["number_end"], f"claims {row['claim_id']}") for row in tables["claims"]]
    others = [(row["start"], row["end"], f"not_claims {row['start']}") for row in tables["not_claims"]]
    return sorted(claims + others)


@_rule("claims.csv and not_claims.csv together account for every run of Arabic digits, once")
def digits_accounted_once(tables: Tables) -> Iterator[str]:
    spans = _numerals(tables)
    for digits in _DIGITS.finditer(tables.report.text):
        start, end = digits.span()
        holders = [row for low, high, row in spans if low <= start and end <= high]
        if len(holders) != 1:
            yield f"{digits[0]!r} at {start} is in {' and '.join(holders) or 'neither table'}"


@_rule("a Chinese numeral either states a quantity, or a row says why it states none")
def chinese_numerals_accounted(tables: Tables) -> Iterator[str]:
    text = tables.report.text
    taken = [(low, high) for low, high, _ in _numerals(tables)]
    taken += [found.span() for word in WORDS for found in re.finditer(word, text)]
    for numeral in _COUNTING.finditer(text):
        start, end = numeral.span()
        unit = numeral[0] in "万亿" and text[start - 1].isdigit()
        if not unit and not any(low < end and start < high for low, high in taken):
            yield f"{text[start - 2 : end + 2]!r} at {start} is in neither table"


@_rule("a numeral is read once, so that nothing is counted twice")
def numerals_do_not_overlap(tables: Tables) -> Iterator[str]:
    for (_, end, row), (start, _, other) in pairwise(_numerals(tables)):
        if start < end:
            yield f"{row} and {other} read the same characters at {start}"


# --- claims ------------------------------------------------------------------------------------------------------------


@_rule("a quote that lacks its number proves nothing")
def number_inside_quote(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        if not row["start"] <= row["number_start"] < row["number_end"] <= row["end"]:
            yield f"claims {row['claim_id']}: the number stands outside {row['start']}:{row['end']}"


_ONES = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}


def parse_numeral(written: str) -> tuple[float, float | None]:
    """The value of a numeral as the report writes it, and the upper end of a range.

    >>> parse_numeral("677.77"), parse_numeral("1-2"), parse_numeral("四分之一"), parse_numeral("千")
    ((677.77, None), (1.0, 2.0), (25.0, None), (1000.0, None))

    Raises:
        ValueError: the text is no numeral.
    """
    low, dash, high = written.partition("-")
    if dash:
        return float(low), float(high)
    if "分之" in written:
        below, above = (_whole(part) for part in written.split("分之"))
        return 100 * above / below, None
    return (_whole(written) if _CHINESE.fullmatch(written) else float(written)), None


def _whole(written: str) -> float:
    total, ones = 0, None
    for character in written:
        if character in _TENS:
            total += (1 if ones is None else ones) * _TENS[character]
            ones = None
        elif character in _ONES:
            ones = _ONES[character]
        else:
            raise ValueError(f"{written!r} is no numeral")
    return float(total + (ones or 0))


@_rule("the value is the number as written")
def value_is_as_written(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        written = tables.report.text[row["number_start"] : row["number_end"]]
        try:
            value = parse_numeral(written)
        except ValueError:
            yield f"claims {row['claim_id']}: {written!r} is no numeral"
            continue
        if value != (row["value"], row["value_high"]):
            yield f"claims {row['claim_id']}: {written!r} is {value[0]:g}, the cell has {row['value']:g}"


@_rule("the unit is the one that follows the numeral")
def unit_follows_number(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        after = tables.report.text[row["number_end"] : row["end"]]
        if not re.match(f"余?{re.escape(row['unit_zh'])}", after):
            yield f"claims {row['claim_id']}: after the number stands {after[:4]!r}, not {row['unit_zh']!r}"


@_rule("超, 突破, 余, 以上 and 左右 change what a number says")
def comparator_is_as_worded(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        worded = _comparator(tables.report.text, row)
        if worded != row["comparator"]:
            yield f"claims {row['claim_id']}: the words say {worded}, the cell has {row['comparator']}"


def _comparator(text: str, row: Row) -> str:
    before = text[max(0, row["number_start"] - 2) : row["number_start"]]
    after = text[row["number_end"] : row["number_end"] + 8]
    after_unit = after.removeprefix(row["unit_zh"])
    if before.endswith(("超", "突破")) or after.startswith(("余", "的突破")):
        return "gt"
    if after_unit.startswith("以上"):
        return "ge"
    return "about" if after_unit.startswith("左右") else "eq"


@_rule("a range needs both its ends, the lower first")
def range_has_two_ends(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        if row["value_high"] is not None and row["value_high"] <= row["value"]:
            yield f"claims {row['claim_id']}: the range ends at {row['value_high']:g} and begins at {row['value']:g}"


# Names that say of what the part is taken: a rate (率), a ratio (比例, 比重, 占比), a share of units (面).
_SAYS_ITS_WHOLE = re.compile(r"(率|比例|比重|占比|面)$")


@_rule("a growth rate without its level, or a share without its whole, cannot be turned into an amount")
def rate_has_base_or_reason(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        share = row["measure"] == "share" and _SAYS_ITS_WHOLE.search(row["indicator_zh"])
        if row["measure"] in ("growth_rate", "share") and not (row["base_claim"] or row["note"] or share):
            yield f"claims {row['claim_id']}: a {row['measure']} with neither a base claim nor a note that says why not"


@_rule("the base of a growth rate is an amount, the base of anything else shares its unit or is an amount")
def base_is_a_level(tables: Tables) -> Iterator[str]:
    claims = {row["claim_id"]: row for row in tables["claims"]}
    for row in tables["claims"]:
        base = claims.get(row["base_claim"])
        if base is None:
            continue
        if base is row or base["measure"] in ("growth_rate", "rank", "change"):
            yield f"claims {row['claim_id']}: {base['claim_id']} is a {base['measure']} and no base"
        if row["measure"] == "growth_rate" and base["unit"] == "percent":
            yield f"claims {row['claim_id']}: its base {base['claim_id']} is a percentage"


@_rule("a target can be checked only with a unit, a year to come and a comparator")
def target_can_be_checked(tables: Tables) -> Iterator[str]:
    units = {row["unit"] for row in tables["units"]}
    for row in tables["claims"]:
        if row["status"] != "target":
            continue
        lacks = [
            name
            for name, given in (
                ("unit", row["unit"] in units),
                ("period", row["period"] in ("2022", "2022-2026")),
                ("comparator", bool(row["comparator"])),
            )
            if not given
        ]
        if lacks:
            yield f"claims {row['claim_id']}: a target whose {' and '.join(lacks)} cannot be used"


@_rule("part one reports and part two plans; 预计 makes the figures of its sentence provisional")
def status_fits_place(tables: Tables) -> Iterator[str]:
    for row in tables["claims"]:
        sentence = tables.report.sentence_at(row["start"]).text
        if row["section"].startswith("1") and row["status"] in ("target", "plan"):
            yield f"claims {row['claim_id']}: a {row['status']} in part one"
        if ("预计" in sentence) != (row["status"] == "expected"):
            yield f"claims {row['claim_id']}: its sentence has 预计 or not, the status is {row['status']}"


# --- all tables that point into the report -------------------------------------------------------------------------------


@_rule("a row in the wrong section is counted in the wrong chapter")
def sections_match_offsets(tables: Tables) -> Iterator[str]:
    starts = [section.start for section in tables.report.sections]
    for name, rows in tables.items():
        for number, row in enumerate(rows, start=2):
            start = row.get("start", row.get("number_start"))
            if start is None or "section" not in row:
                continue
            section = tables.report.sections[bisect_right(starts, start) - 1].section
            if section != row["section"]:
                yield f"{name}, row {number}: offset {start} lies in section {section}, the cell has {row['section']}"


_ORDER = {
    "claims": ("start", "number_start"),
    "not_claims": ("start",),
    "places": ("start", "name_start"),
    "pledges": ("start",),
    "emendations": ("start",),
    "organisations": ("start",),
    "statements": ("start",),
    "firsts": ("start",),
    "glossary": ("first_start",),
    "first_reading_claims": ("number_start",),
    "second_reading_claims": ("number_start",),
}


@_rule("rows stand in reading order, and ids count in the same order")
def rows_are_in_order(tables: Tables) -> Iterator[str]:
    for name, columns in _ORDER.items():
        for number, (row, following) in enumerate(pairwise(tables[name]), start=3):
            if [row[column] for column in columns] > [following[column] for column in columns]:
                yield f"{name}, row {number}: it stands before the row above it in the report"
    for name in ("claims", "places", "pledges", "emendations", "organisations", "outcomes"):
        ids = [next(value for key, value in row.items() if key.endswith("_id")) for row in tables[name]]
        key = "mention_id" if name == "places" else "emendation_id" if name == "emendations" else None
        ids = [row[key] for row in tables[name]] if key else ids
        if ids != sorted(ids):
            yield f"{name}: the ids do not ascend"


# --- the other tables ----------------------------------------------------------------------------------------------------


@_rule("a place named from a group must not hide the rest of the group")
def groups_agree(tables: Tables) -> Iterator[str]:
    claims = {row["claim_id"]: row for row in tables["claims"]}
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in tables["places"]:
        counted = row["group_extent"] == "counted"
        if not counted == bool(row["group_id"]) == bool(row["group_claim"]) == (row["group_count"] is not None):
            yield f"places {row['mention_id']}: group_extent, group_id, group_claim and group_count do not go together"
        elif counted:
            groups[row["group_id"]].append(row)
            if claims[row["group_claim"]]["value"] != row["group_count"]:
                yield f"places {row['mention_id']}: {row['group_claim']} is not {row['group_count']}"
    for group, members in groups.items():
        if len({(row["group_count"], row["group_claim"]) for row in members}) > 1:
            yield f"places, group {group}: its members do not share one count"
        if len({row["place_id"] for row in members}) > members[0]["group_count"]:
            yield f"places, group {group}: more are named than there are"


@_rule("the name of a place stands inside its quote")
def place_names_stand_in_quotes(tables: Tables) -> Iterator[str]:
    for row in tables["places"]:
        inside = row["start"] <= row["name_start"] < row["name_end"] <= row["end"]
        if not inside or tables.report.text[row["name_start"] : row["name_end"]] != row["name_zh"]:
            yield f"places {row['mention_id']}: {row['name_zh']!r} is not at {row['name_start']}:{row['name_end']}"


@_rule("a pledge is quantitative exactly if a claim of part two measures it; its baseline is a claim of part one")
def pledges_and_claims_agree(tables: Tables) -> Iterator[str]:
    sections = {row["claim_id"]: row["section"] for row in tables["claims"]}
    for row in tables["pledges"]:
        if (row["quantitative"] == "yes") != bool(row["claim_ids"]):
            yield f"pledges {row['pledge_id']}: quantitative is {row['quantitative']}, claim_ids {row['claim_ids']!r}"
        for column, part in (("claim_ids", "2"), ("baseline_claim_ids", "1")):
            for claim in filter(None, row[column].split(";")):
                if not sections[claim].startswith(part):
                    yield f"pledges {row['pledge_id']}: {claim} of {column} is not in part {part}"


@_rule("a reading puts lost characters back: it differs from the passage and takes nothing away")
def readings_only_insert(tables: Tables) -> Iterator[str]:
    for row in tables["emendations"]:
        rest = iter(row["reading"])
        if row["reading"] == row["passage"] or not all(character in rest for character in row["passage"]):
            yield f"emendations {row['emendation_id']}: {row['reading']!r} is not {row['passage']!r} with more"
    for row, following in pairwise(tables["emendations"]):
        if row["end"] > following["start"]:
            yield f"emendations {following['emendation_id']}: it overlaps {row['emendation_id']}"


@_rule("a term of the glossary is found where the glossary says")
def terms_occur(tables: Tables) -> Iterator[str]:
    text = tables.report.text
    for row in tables["glossary"]:
        term = row["term_zh"]
        if not text.startswith(term, row["first_start"]):
            yield f"glossary {term}: it does not stand at {row['first_start']}"
        # Fewer mentions than occurrences: the characters may meet by chance, as 力争 in 全力争取.
        if row["mentions"] > text.count(term):
            yield f"glossary {term}: it stands {text.count(term)} times, not {row['mentions']}"


@_rule("what only weak sources say is said to be weak, and a fact that bears on nothing says why it is kept")
def facts_say_their_use(tables: Tables) -> Iterator[str]:
    for row in tables["outcomes"]:
        if row["trust"] == "weak" and not row["note"]:
            yield f"outcomes {row['fact_id']}: a weak source without a note"
        if not (row["claim_id"] or row["pledge_id"] or row["note"]):
            yield f"outcomes {row['fact_id']}: it bears on no claim and no pledge, and no note says why it is here"
        if row["value"] is not None and not row["comparator"]:
            yield f"outcomes {row['fact_id']}: a value without a comparator"


# --- statements ----------------------------------------------------------------------------------------------------------

_SILENT = re.compile(r"[\s,,;;:。、]+")
FIRST_WORDS = re.compile("首创|首个|首家|率先|创新实行")
"""Words by which the report says that something was done first."""


@_rule("a share of checkable statements needs every statement of a section, each once")
def statements_cover_sections(tables: Tables) -> Iterator[str]:
    text = tables.report.text
    by_section: dict[str, list[Row]] = defaultdict(list)
    for row in tables["statements"]:
        by_section[row["section"]].append(row)
    for part in tables.report.sections:
        rows = by_section.get(part.section, [])
        begins = [text.index("。", part.start) + 1, *(row["end"] for row in rows)]  # the heading is no statement
        ends = [*(row["start"] for row in rows), part.end]
        for start, end in zip(begins, ends, strict=True) if rows else ():
            if start > end:
                yield f"statements, {part.section}: two statements overlap at {end}, or do not stand in reading order"
            elif left := _SILENT.sub("", text[start:end]):
                yield f"statements, {part.section}: {left!r} at {start} is in no statement"


@_rule("a statement is a figure exactly if a claim stands in it")
def statement_kinds_agree_with_claims(tables: Tables) -> Iterator[str]:
    numbers = sorted(row["number_start"] for row in tables["claims"])
    for row in tables["statements"]:
        holds = bisect_right(numbers, row["end"] - 1) > bisect_right(numbers, row["start"] - 1)
        if holds != (row["kind"] == "figure"):
            yield f"statements at {row['start']}: it is coded {row['kind']!r}, and {'a' if holds else 'no'} claim stands in it"


@_rule("all claims to be first that part one makes are listed, each once")
def firsts_are_all_listed(tables: Tables) -> Iterator[str]:
    end = next(part.start for part in tables.report.sections if part.section == "2.0")
    for match in FIRST_WORDS.finditer(tables.report.text, 0, end):
        rows = [row for row in tables["firsts"] if row["start"] <= match.start() < row["end"]]
        if len(rows) != 1:
            yield f"firsts: {match[0]} at {match.start()} stands in {len(rows)} rows"


# --- the two readings ------------------------------------------------------------------------------------------------------


@_rule("what was decided stands in the tables")
def decisions_stand_in_tables(tables: Tables) -> Iterator[str]:
    final = {"claims": _by(tables["claims"], "claim_id"), "pledges": _by(tables["pledges"], "pledge_id")}
    for number, row in enumerate(tables["adjudication"], start=2):
        stands = final[row["table"]].get(row["item"])
        if stands is None:
            yield f"adjudication, row {number}: there is no {row['item']!r} in {row['table']}"
        elif str(stands[row["variable"]]) != row["final"]:
            yield f"adjudication, row {number}: {row['item']} has {stands[row['variable']]!r}, decided was {row['final']!r}"


@_rule("every disagreement of the two readings is decided in the open, and nothing else was changed")
def disagreements_are_adjudicated(tables: Tables) -> Iterator[str]:
    kept = Counter(
        (row["table"], row["start"], row["variable"], row["first"], row["second"]) for row in tables["adjudication"]
    )
    found = Counter((case.table, case.start, case.variable, case.first, case.second) for case in disagreements(tables))
    for table, start, variable, first, second in found - kept:
        yield f"adjudication: {variable} at {start} of {table} ({first!r} or {second!r}) is missing"
    for table, start, variable, first, second in kept - found:
        yield f"adjudication: the readings do not differ by {first!r} and {second!r} in {variable} at {start} of {table}"


RECODED = {("claims", "c106", "unit_zh"): "四分之一 is the numeral itself; codebook 1.1 leaves its unit empty"}
"""What both readers wrote and the codebook later changed, with the reason."""


@_rule("a value that nobody disputed is the one both readers wrote")
def undisputed_values_stand(tables: Tables) -> Iterator[str]:
    settled = {(row["table"], row["item"], row["variable"]) for row in tables["adjudication"]} | RECODED.keys()
    for table, key in (("claims", "claim_id"), ("pledges", "pledge_id")):
        first = _by(tables[f"first_reading_{table}"], key)
        for row in tables[table]:
            read = first.get(row[key])
            if read is None:
                yield f"first_reading_{table}: {row[key]} is missing"
                continue
            for variable in COMPARED[table]:
                if read[variable] != row[variable] and (table, row[key], variable) not in settled:
                    yield f"{table} {row[key]}: {variable} was changed after both readers agreed on {read[variable]!r}"


def _by(rows: list[Row], column: str) -> dict[str, Row]:
    return {row[column]: row for row in rows}
