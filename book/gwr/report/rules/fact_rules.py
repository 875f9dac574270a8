"""Rules of outcomes.csv: a fact says what its quotation says, of the place and the time of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gwr.report.rules.registry import Fault, rule
from gwr.report.schema import Row
from gwr.report.tables import Tables


def quoted(tables: Tables) -> list[Row]:
    """The facts with a quotation: those that point into the corpus have rules of their own (``outcome_rules``)."""
    return [row for row in tables["outcomes"] if row["quote"]]


_SIMPLIFIED = str.maketrans("億萬產増總額長為國", "亿万产增总额长为国")
_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(万亿|万|亿)?(元|%|平方公里|人|个|件|项|家)?")
_UNIT = re.compile(r"(万亿|万|亿)?(.*)")


@rule("what only weak sources say is said to be weak, and a fact that bears on nothing says why it is kept")
def facts_say_their_use(tables: Tables) -> Iterator[Fault]:
    for row in tables["outcomes"]:
        name = row["fact_id"]
        if row["trust"] == "weak" and not row["note"]:
            yield Fault(
                "outcomes", row, "note", f"{name}: a weak source without a note", "say how far it can be trusted"
            )
        if not (row["claim_id"] or row["pledge_id"] or row["place_id"] or row["note"]):
            found = f"{name}: it bears on no claim, pledge or place, and has no note"
            yield Fault("outcomes", row, "note", found, "name the claim or pledge, or say why the row is here")
        if (row["value"] is None) != (not row["comparator"]) or (row["value"] is None) != (not row["unit_zh"]):
            found = f"{name}: value, unit and comparator do not go together"
            yield Fault("outcomes", row, "comparator", found, "fill in all three or none")


def _places(row: Row) -> list[re.Match[str]]:
    """Where the quotation has the value of a fact, in its unit."""
    scale, unit = _UNIT.fullmatch(row["unit_zh"]).groups(default="")  # type: ignore[union-attr]
    amount = abs(row["value"]) * _SCALES[scale]
    return [
        found
        for found in _QUANTITY.finditer(row["quote"].translate(_SIMPLIFIED))
        if abs(float(found[1]) * _SCALES[found[2] or ""] - amount) <= 1e-9 * amount and (found[3] or "") == unit
    ]


@rule("value and unit stand in the quotation, with the same factor")
def facts_stand_in_their_quotes(tables: Tables) -> Iterator[Fault]:
    for row in quoted(tables):
        if row["value"] is not None and not _places(row):
            found = f"{row['fact_id']}: {row['value']:g}{row['unit_zh']} is not in {row['quote']!r}"
            yield Fault("outcomes", row, "value", found, "copy number and unit from the quotation")


@rule("a fall is negative, and 超, 突破, 以上, 左右 and 低于 change what a number says")
def facts_compare_as_worded(tables: Tables) -> Iterator[Fault]:
    for row in quoted(tables):
        if row["value"] is None:
            continue
        quote = row["quote"].translate(_SIMPLIFIED)
        worded = {_worded(quote[: at.start()], quote[at.end() :]) for at in _places(row)}
        if worded and row["comparator"] not in worded:
            found = f"{row['fact_id']}: the words say {' or '.join(sorted(worded))}, the cell has {row['comparator']}"
            yield Fault(
                "outcomes", row, "comparator", found, "write what the words beside the number say (codebook, C5)"
            )
        falls = {quote[: at.start()].endswith(("下降", "减少")) for at in _places(row)}
        if falls and (row["value"] < 0) not in falls:
            found = f"{row['fact_id']}: the words and the sign of {row['value']:g} do not agree"
            yield Fault("outcomes", row, "value", found, "a fall (下降) has a minus, a rise has none")


def _worded(before: str, after: str) -> str:
    if before.endswith(("超", "突破", "超过")) or after.startswith("余"):
        return "gt"
    if before.endswith(("低于", "不足")):
        return "lt"
    if after.startswith("以上"):
        return "ge"
    return "about" if after.startswith("左右") else "eq"


_GROWTH = re.compile(r"(增|增长|增速(均低于|保持)?|下降|增長)$")


@rule("a growth rate stands behind a word of growth, and nothing else does")
def growth_is_called_growth(tables: Tables) -> Iterator[Fault]:
    for row in quoted(tables):
        if row["value"] is None:
            continue
        quote = row["quote"]
        grows = {bool(_GROWTH.search(quote[: at.start()])) for at in _places(row)}
        named = "增速" in row["indicator_zh"] or "名义" in row["indicator_zh"]
        # Of targets listed in a row (地区生产总值增长8%左右), each has its own word.
        if grows and named not in grows:
            found = f"{row['fact_id']}: {row['indicator_zh']} beside {quote!r}"
            yield Fault(
                "outcomes", row, "indicator_zh", found, "name it 增速 exactly if the quotation says 增长 or 下降"
            )


_REPORT = re.compile(r"/(\d{4})\.md$")
_DAY = re.compile(r"/(20\d\d)-?([01]\d)[-/]?\d\d|/(20\d\d)([01]\d)/")


@rule("the year is the one that the quotation names, or the one that its source looks back on or ahead to")
def facts_are_dated(tables: Tables) -> Iterator[Fault]:
    for row in quoted(tables):
        allowed = set(re.findall(r"(20\d\d)(?=年|全年)", row["quote"])) or _years_of_source(row)
        if allowed and row["period"] not in allowed:
            found = (
                f"{row['fact_id']}: the period is {row['period']}, its source speaks of {' or '.join(sorted(allowed))}"
            )
            yield Fault("outcomes", row, "period", found, "write the year that the fact is about")


def _years_of_source(row: Row) -> set[str]:
    """A work report of January estimates the year before and plans its own; news of the last weeks of a year are about it."""
    if report := _REPORT.search(row["source"]):
        year = int(report[1])
        if "（预计）" in row["indicator_zh"]:
            return {str(year - 1)}
        if "目标" in row["indicator_zh"]:
            return {f"{year}-{year + 4}"} if "五年" in row["indicator_zh"] else {str(year)}
        return {str(year - 1), str(year)}
    if day := _DAY.search(row["source"]):
        year, month = int(day[1] or day[3]), int(day[2] or day[4])
        return {str(year)} if month >= 11 else {str(year - 1)}
    return set()


# Words of a quotation, then of an address, that say of which place it speaks; the first that is found decides.
_PLACES = {"quote": {"台江": "台江区", "苍霞": "台江区", "晋安": "福州市晋安区", "全省": "福建省", "福州": "福州市"}}
_PLACES["source"] = {"taijiang": "台江区", "福州市/": "福州市", "fujian.gov.cn": "福建省", "/gl.gov.cn": "福州市鼓楼区"}


@rule("the place is the one of the quotation or of its source, and one quotation is about one place and one time")
def facts_are_placed(tables: Tables) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in quoted(tables):
        other = first.setdefault(row["quote"], row)
        for column in ("place", "period", "source"):
            if row[column] != other[column]:
                found = f"{row['fact_id']} and {other['fact_id']} have one quotation and two values"
                yield Fault("outcomes", row, column, found, "correct the row that differs")
        place = next((at for name, words in _PLACES.items() for word, at in words.items() if word in row[name]), None)
        if place is not None and row["place"].partition("（")[0] != place:
            found = f"{row['fact_id']}: the cell has {row['place']}, quotation and source speak of {place}"
            yield Fault("outcomes", row, "place", found, f"set it to {place}")


@rule("only the pages of a government are official, and one source is trusted to one degree")
def trust_follows_the_source(tables: Tables) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in tables["outcomes"]:
        if not row["source"]:  # a report of the corpus whose address is not known
            if row["trust"] != "official_copy":
                found = f"{row['fact_id']}: {row['trust']}, from a report without an address"
                yield Fault("outcomes", row, "trust", found, "a government's text in the corpus is official_copy (F1)")
            continue
        other = first.setdefault(row["source"], row)
        if row["trust"] != other["trust"]:
            found = f"{row['fact_id']} is {row['trust']}, {other['fact_id']} from the same source {other['trust']}"
            yield Fault("outcomes", row, "trust", found, "correct the row that differs")
        official = bool(re.match(r"https?://[^/]*\.gov\.cn/|https?://gl\.gov\.cn/", row["source"]))
        if official != (row["trust"] == "official"):
            found = f"{row['fact_id']}: {row['trust']}, from {row['source'][:40]}"
            yield Fault(
                "outcomes", row, "trust", found, "official is what a government publishes on its own pages (F1)"
            )
        if row["trust"] == "official_copy" and row["quote"] and "copy" not in row["note"]:
            yield Fault("outcomes", row, "trust", f"{row['fact_id']}: the note knows of no copy", "see codebook, F1")
        if row["trust"] == "weak" and "source" not in row["note"]:
            yield Fault("outcomes", row, "trust", f"{row['fact_id']}: the note says nothing of the source", "say it")


def _core(indicator: str) -> str:
    return re.sub(r"（.*?）|增速|目标|计划|年均|今后五年|名义|总量", "", indicator)


def _common(one: str, other: str, length: int) -> bool:
    return any(one[at : at + length] in other for at in range(len(one) - length + 1))


# Words by which a fact bears on a claim of another name: what is counted, or what an amount per head was divided by.
_SHARED = ("项目", "街道", "提案", "就业", "失业", "公园", "立面", "学位", "首店", "内河")
_RELATED = [("人口", "人均"), *((word, word) for word in _SHARED)]


@rule("a fact is about the indicator of its claim, in the same kind of number")
def facts_fit_their_claims(tables: Tables) -> Iterator[Fault]:
    claims = {row["claim_id"]: row for row in tables["claims"]}
    fits: set[tuple[str, str]] = set()
    strange: list[Row] = []
    for row in tables["outcomes"]:
        claim = claims.get(row["claim_id"])
        if claim is None or not (row["quote"] or row["relation"] == "other_level"):
            continue  # what is only context may be about something else
        one, other = _core(row["indicator_zh"]), _core(claim["indicator_zh"])
        alike = (
            one in other or other in one or _common(one, other, 3) or any(a in one and b in other for a, b in _RELATED)
        )
        if row["value"] is not None and (claim["unit"] == "percent") != (row["unit_zh"] == "%"):
            found = f"{row['fact_id']} is in {row['unit_zh']}, {claim['claim_id']} in {claim['unit']}"
            yield Fault("outcomes", row, "claim_id", found, "name the claim of the same kind: amount or percentage")
        elif row["value"] is not None and (claim["measure"] == "growth_rate") != ("增速" in row["indicator_zh"]):
            found = f"{row['fact_id']}: {row['indicator_zh']}, and {claim['claim_id']} is a {claim['measure']}"
            yield Fault(
                "outcomes", row, "claim_id", found, "name the growth rate for a growth rate, the level for a level"
            )
        elif alike:
            fits.add((row["quote"], row["claim_id"]))
        else:
            strange.append(row)
    for row in strange:  # a part of a sum (52 communities beside ten subdistricts) follows the other part
        if (row["quote"], row["claim_id"]) not in fits:
            found = (
                f"{row['fact_id']}: {row['indicator_zh']} and {claims[row['claim_id']]['indicator_zh']} share no word"
            )
            yield Fault("outcomes", row, "claim_id", found, "name the claim that the fact bears on")


_PEER = re.compile(r"福州市.+区")


@rule("a fact beside a target names the pledge that the target measures, and no other")
def facts_fit_their_pledges(tables: Tables) -> Iterator[Fault]:
    pledges = {row["pledge_id"]: row for row in tables["pledges"]}
    measured = {claim: row["pledge_id"] for row in tables["pledges"] for claim in row["claim_ids"].split(";") if claim}
    for row in tables["outcomes"]:
        pledge = pledges.get(row["pledge_id"])
        if pledge is None:
            due = measured.get(row["claim_id"])
            if due and not _PEER.fullmatch(row["place"]):
                found = f"{row['fact_id']}: {row['claim_id']} measures pledge {due}, the cell is empty"
                yield Fault("outcomes", row, "pledge_id", found, f"set it to {due}")
        elif row["claim_id"]:
            if row["claim_id"] not in f"{pledge['claim_ids']};{pledge['baseline_claim_ids']}".split(";"):
                found = f"{row['fact_id']}: {row['claim_id']} has nothing to do with {row['pledge_id']}"
                yield Fault("outcomes", row, "pledge_id", found, "name the pledge that the claim measures")
        elif row["quote"] and not _common(row["indicator_zh"], pledge["quote"], 4):
            found = f"{row['fact_id']}: {row['indicator_zh']} is not in {pledge['quote']!r}"
            yield Fault("outcomes", row, "pledge_id", found, "name the pledge that the fact bears on")


_ADDED = set("（预计）增速目标今后五年名义总量数六普决算比重常住")


@rule("an indicator has one name in each language, in words of its quotation or of its claim")
def facts_are_named(tables: Tables) -> Iterator[Fault]:
    claims = {row["claim_id"]: row["indicator_zh"] for row in tables["claims"]}
    english: dict[str, str] = {}
    chinese: dict[str, str] = {}
    for row in tables["outcomes"]:
        zh, en = row["indicator_zh"], row["indicator_en"]
        if english.setdefault(zh, en) != en or chinese.setdefault(en, zh) != zh:
            found = f"{row['fact_id']}: {zh} is {english[zh]!r} elsewhere, {en!r} is {chinese.get(en)}"
            yield Fault("outcomes", row, "indicator_en", found, "write the name as in the other rows")
        strange = (
            row["quote"]
            and set(zh) - set(row["quote"].translate(_SIMPLIFIED)) - set(claims.get(row["claim_id"], "")) - _ADDED
        )
        if strange:
            found = f"{row['fact_id']}: {''.join(sorted(strange))!r} is in neither quotation nor claim"
            yield Fault("outcomes", row, "indicator_zh", found, "name it in the words of the source")
        for word, meaning in (("（预计）", "estimate"), ("增速", "rowth"), ("目标", "arget|oal")):
            if (word in zh) != bool(re.search(meaning, en)) and not (word == "增速" and "目标" in zh):
                found = f"{row['fact_id']}: {zh} and {en!r} do not say the same"
                yield Fault("outcomes", row, "indicator_en", found, f"{word} is {meaning.replace('|', ' or ')}")
