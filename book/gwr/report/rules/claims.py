"""Rules of claims.csv and not_claims.csv: no number left behind, and each one what its passage says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gwr.report.rules.registry import Fault, rule
from gwr.report.schema import Row
from gwr.report.tables import Tables

# --- no number left behind ---------------------------------------------------------------------------------------------

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_COUNTING = re.compile(r"[零〇一二两三四五六七八九十百千万亿双半]+")
WORDS = ("一般公共", "进一步", "零售", "零星", "逐一", "单一", "一体化", "苏万宝", "万科")
"""Words of the report that hold a numeral character and no numeral."""

ADD = "add a row to claims.csv, or to not_claims.csv with the reason why it states no quantity"


def _numerals(tables: Tables) -> list[tuple[int, int, str, Row]]:
    """Where the two tables of numerals say that one stands, with table and row, in reading order."""
    claims = [(row["number_start"], row["number_end"], "claims", row) for row in tables["claims"]]
    others = [(row["start"], row["end"], "not_claims", row) for row in tables["not_claims"]]
    return sorted(claims + others, key=lambda numeral: numeral[:3])


@rule("claims.csv and not_claims.csv together account for every run of Arabic digits, once")
def digits_accounted_once(tables: Tables) -> Iterator[Fault]:
    numerals = _numerals(tables)
    for digits in _DIGITS.finditer(tables.report.text):
        start, end = digits.span()
        holders = [(table, row) for low, high, table, row in numerals if low <= start and end <= high]
        if not holders:
            yield Fault("claims", None, "", f"{digits[0]!r} at {start} is in neither table", ADD)
        for table, row in holders[1:]:
            yield Fault(table, row, "start", f"{digits[0]!r} at {start} is read twice", "remove one of the two rows")


@rule("a Chinese numeral either states a quantity, or a row says why it states none")
def chinese_numerals_accounted(tables: Tables) -> Iterator[Fault]:
    text = tables.report.text
    taken = [numeral[:2] for numeral in _numerals(tables)]
    taken += [found.span() for word in WORDS for found in re.finditer(word, text)]
    for numeral in _COUNTING.finditer(text):
        start, end = numeral.span()
        unit = numeral[0] in "万亿" and text[start - 1].isdigit()
        if not unit and not any(low < end and start < high for low, high in taken):
            found = f"{text[start - 2 : end + 2]!r} at {start} is in neither table"
            yield Fault("claims", None, "", found, ADD)


@rule("a numeral is read once, so that nothing is counted twice")
def numerals_do_not_overlap(tables: Tables) -> Iterator[Fault]:
    for (_, end, other, _), (start, _, table, row) in pairwise(_numerals(tables)):
        if start < end:
            column = "number_start" if table == "claims" else "start"
            found = f"the characters at {start} are read by a row of {other} too"
            yield Fault(table, row, column, found, "correct the offsets, or remove one of the two rows")


# --- claims ------------------------------------------------------------------------------------------------------------


@rule("a quote that lacks its number proves nothing")
def number_inside_quote(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        if not row["start"] <= row["number_start"] < row["number_end"] <= row["end"]:
            found = (
                f"{row['claim_id']}: the number at {row['number_start']}:{row['number_end']} stands outside the quote"
            )
            yield Fault("claims", row, "number_start", found, f"choose offsets inside {row['start']}:{row['end']}")


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


@rule("the value is the number as written")
def value_is_as_written(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        name, written = row["claim_id"], tables.report.text[row["number_start"] : row["number_end"]]
        try:
            values = parse_numeral(written)
        except ValueError:
            found = f"{name}: {written!r} is no numeral"
            yield Fault("claims", row, "number_end", found, "set number_start and number_end to the numeral alone")
            continue
        for column, value in zip(("value", "value_high"), values, strict=True):
            if value != row[column]:
                due = "empty" if value is None else f"{value:g}"
                found = f"{name}: the passage has {written!r}, the cell {row[column]}"
                yield Fault("claims", row, column, found, f"set {column} to {due}", due)


@rule("the unit is the one that follows the numeral")
def unit_follows_number(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        after = tables.report.text[row["number_end"] : row["end"]]
        if not re.match(f"余?{re.escape(row['unit_zh'])}", after):
            found = f"{row['claim_id']}: after the number stands {after[:4]!r}, not {row['unit_zh']!r}"
            yield Fault("claims", row, "unit_zh", found, "write the unit as the passage has it")


@rule("超, 突破, 余, 以上 and 左右 change what a number says")
def comparator_is_as_worded(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        worded = _comparator(tables.report.text, row)
        if worded != row["comparator"]:
            found = f"{row['claim_id']}: the words say {worded}, the cell has {row['comparator']}"
            yield Fault("claims", row, "comparator", found, f"set it to {worded}")


def _comparator(text: str, row: Row) -> str:
    before = text[max(0, row["number_start"] - 2) : row["number_start"]]
    after = text[row["number_end"] : row["number_end"] + 8]
    after_unit = after.removeprefix(row["unit_zh"])
    if before.endswith(("超", "突破")) or after.startswith(("余", "的突破")):
        return "gt"
    if after_unit.startswith("以上"):
        return "ge"
    return "about" if after_unit.startswith("左右") else "eq"


@rule("a range needs both its ends, the lower first")
def range_has_two_ends(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        if row["value_high"] is not None and row["value_high"] <= row["value"]:
            found = f"{row['claim_id']}: the range begins at {row['value']:g} and ends at {row['value_high']:g}"
            yield Fault("claims", row, "value_high", found, "write the lower end into value, the upper into value_high")


# Names that say of what the part is taken: a rate (率), a ratio (比例, 比重, 占比), a share of units (面).
_SAYS_ITS_WHOLE = re.compile(r"(率|比例|比重|占比|面)$")


@rule("a growth rate without its level, or a share without its whole, cannot be turned into an amount")
def rate_has_base_or_reason(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        share = row["measure"] == "share" and _SAYS_ITS_WHOLE.search(row["indicator_zh"])
        if row["measure"] in ("growth_rate", "share") and not (row["base_claim"] or row["note"] or share):
            found = f"{row['claim_id']}: a {row['measure']} with neither a base claim nor a note"
            yield Fault("claims", row, "base_claim", found, "give the base claim, or say in the note why there is none")


@rule("the base of a growth rate is an amount, the base of anything else shares its unit or is an amount")
def base_is_a_level(tables: Tables) -> Iterator[Fault]:
    claims = {row["claim_id"]: row for row in tables["claims"]}
    for row in tables["claims"]:
        base = claims.get(row["base_claim"])
        if base is None:
            continue
        remedy = "give the level that it belongs to (codebook, C9)"
        if base is row or base["measure"] in ("growth_rate", "rank", "change"):
            found = f"{row['claim_id']}: {base['claim_id']} is a {base['measure']} and no base"
            yield Fault("claims", row, "base_claim", found, remedy)
        elif row["measure"] == "growth_rate" and base["unit"] == "percent":
            yield Fault("claims", row, "base_claim", f"{row['claim_id']}: its base is a percentage", remedy)


@rule("a target can be checked only with a year to come and a comparator")
def target_can_be_checked(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        if row["status"] == "target" and row["period"] not in ("2022", "2022-2026"):
            found = f"{row['claim_id']}: a target for {row['period']}"
            yield Fault("claims", row, "period", found, "set it to 2022 or 2022-2026 (codebook, C7)")


@rule("part one reports and part two plans; 预计 makes the figures of its sentence provisional")
def status_fits_place(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        sentence = tables.report.sentence_at(row["start"]).text
        if row["section"].startswith("1") and row["status"] in ("target", "plan"):
            found = f"{row['claim_id']}: a {row['status']} in part one"
            yield Fault("claims", row, "status", found, "see codebook, C8")
        if ("预计" in sentence) != (row["status"] == "expected"):
            has = "has" if "预计" in sentence else "lacks"
            found = f"{row['claim_id']}: its sentence {has} 预计, the status is {row['status']}"
            yield Fault("claims", row, "status", found, "expected goes with 预计 and with nothing else")
