"""Rules of claims.csv and not_claims.csv: no number left behind, and each one what its passage says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gwr.report.rules.registry import Fault, paragraph_of, rule, sentence_of
from gwr.report.schema import Row
from gwr.report.tables import Tables
from gwr.words.written_figures import whole

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
        below, above = (whole(part) for part in written.split("分之"))
        return 100 * above / below, None
    return (whole(written) if _CHINESE.fullmatch(written) else float(written)), None


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


@rule(
    "the normalised unit is the written one, or, where the text has none or says 人均, the one that the codebook gives (C4)"
)
def normalised_unit_fits(tables: Tables) -> Iterator[Fault]:
    names = {row["unit"]: row["unit_zh"] for row in tables["units"]}
    for row in tables["claims"]:
        written, unit = row["unit_zh"], names.get(row["unit"], "")
        if row["measure"] == "rank":
            fits = unit == "第"
        elif "每门诊人次" in row["indicator_zh"]:
            fits = unit == f"{written}/人次"
        elif "人均" in row["indicator_zh"] and "元" in written:
            fits = unit == f"{written}/人"
        else:
            fits = unit == written or (written == "亿" and unit == "亿元") or (not written and unit in ("个", "%"))
        if not fits:
            found = f"{row['claim_id']}: the report writes {written!r}, {row['unit']} is {unit!r}"
            yield Fault("claims", row, "unit", found, "take the unit of units.csv that has these words")


@rule("a share and a growth rate are percentages; a count, a rank or an amount is none")
def measure_fits_unit(tables: Tables) -> Iterator[Fault]:
    dimensions = {row["unit"]: row["dimension"] for row in tables["units"]}
    for row in tables["claims"]:
        relative = row["measure"] in ("growth_rate", "share")
        if row["measure"] != "change" and relative != (dimensions.get(row["unit"]) in ("percent", "ratio")):
            found = f"{row['claim_id']}: a {row['measure']} in {row['unit']}"
            yield Fault("claims", row, "measure", found, "see codebook, C6; the unit of an indicator decides")


# What a name spells out and the paragraph does not (codebook, C9.3): words that join, and words left out as a note says.
_NAMING = set("的比重")


@rule("an indicator is named in the words of its paragraph, or a note says where the name comes from")
def indicators_are_worded(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        paragraph = paragraph_of(tables, row["start"]).text
        strange = set(row["indicator_zh"]) - set(paragraph) - _NAMING
        others = sum(other["indicator_zh"] == row["indicator_zh"] for other in tables["claims"])
        if strange and not row["note"] and others < 2:
            found = (
                f"{row['claim_id']}: {''.join(sorted(strange))!r} of {row['indicator_zh']!r} is not in the paragraph"
            )
            yield Fault("claims", row, "indicator_zh", found, "use the words of the report, or say why not in the note")


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


@rule("a growth rate belongs to the level of its own indicator; a share may be of an amount in its own sentence (C9)")
def base_has_the_indicator(tables: Tables) -> Iterator[Fault]:
    claims = {row["claim_id"]: row for row in tables["claims"]}
    for row in tables["claims"]:
        base = claims.get(row["base_claim"])
        if base is None:
            continue
        sentence = sentence_of(tables, row["start"])
        near = row["measure"] == "share" and sentence.start <= base["start"] < sentence.end
        if base["indicator_zh"] != row["indicator_zh"] and not near:
            found = f"{row['claim_id']} is about {row['indicator_zh']}, its base {base['claim_id']} about {base['indicator_zh']}"
            yield Fault("claims", row, "base_claim", found, "name the level of the same indicator, or leave it empty")
        elif row["measure"] == "growth_rate" and base["period"] > row["period"]:
            found = f"{row['claim_id']} is of {row['period']}, its base of {base['period']}"
            yield Fault("claims", row, "base_claim", found, "name the level of that year or of 2021 (C9.2)")


@rule("a target can be checked only with a year to come and a comparator")
def target_can_be_checked(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        if row["status"] == "target" and row["period"] not in ("2022", "2022-2026"):
            found = f"{row['claim_id']}: a target for {row['period']}"
            yield Fault("claims", row, "period", found, "set it to 2022 or 2022-2026 (codebook, C7)")


@rule("part one reports, but for totals of planned investment; 预计 makes the figures of its sentence provisional")
def status_fits_place(tables: Tables) -> Iterator[Fault]:
    for row in tables["claims"]:
        sentence = sentence_of(tables, row["start"]).text
        planned_total = "总投资" in tables.report.text[row["number_start"] - 5 : row["number_start"]]
        due = ("actual", "ongoing", "expected") if not planned_total else ("plan",)
        if row["section"].startswith("1") and row["status"] not in due:
            found = f"{row['claim_id']}: {row['status']} in part one, due is {' or '.join(due)}"
            yield Fault("claims", row, "status", found, "set it to what happened, or to plan for 总投资 (codebook, C8)")
        if ("预计" in sentence) != (row["status"] == "expected"):
            has = "has" if "预计" in sentence else "lacks"
            found = f"{row['claim_id']}: its sentence {has} 预计, the status is {row['status']}"
            yield Fault("claims", row, "status", found, "expected goes with 预计 and with nothing else")
