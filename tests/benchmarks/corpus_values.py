#!/usr/bin/env python3
"""Every row whose value, sign or unit is not what its own characters say, over a corpus of reports.

    python tests/benchmarks/corpus_values.py CORPUS.parquet [--processes 2] [--every N] [--show N]

The corpus has one report a row in the columns ``path`` and ``text``. The rows are the extractor's; what is said about them comes
from a second reading of the characters around each row, which shares no function, table or pattern with the extractor except the
names in its list of units. Prints how many rows break which rule, and the first of each with its surroundings; the exit code is
1 if any does.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

PASSED_OVER = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\u2460-\u2473⁰¹⁴-⁹]|[\[【〔［]注?[0-9０-９]{1,3}[\]】〕］]")
"""Footnote marks and characters without width."""
MINUS = "-－−﹣"
DASHES = "-－−﹣‐‑‒–—―─～〜∼~"
MORE = "余|餘|多|来|來|几|幾"
AMOUNTS = "万亿|千亿|百亿|十亿|千万|百万|十万|万|亿|千|百"
OLD_FORMS = str.maketrans(
    "億萬個畝戶項條處場張棟級層號歲從過來總產業務實現與為於後進開關動態間積減幾類種輛數頭幣點兩噸頃餘約達長遠",
    "亿万个亩户项条处场张栋级层号岁从过来总产业务实现与为于后进开关动态间积减几类种辆数头币点两吨顷余约达长远",
)


def names_of_units() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The units, the longest first, each with the characters before which it begins another word."""
    with (ROOT / "book" / "gwr" / "extract" / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (plain(row["unit_zh"]), tuple(filter(None, row["not_before"].split("|")))) for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def plain(words: str) -> str:
    """Common digits, signs and characters, without footnote marks."""
    words = PASSED_OVER.sub("", words)
    words = "".join(unicodedata.normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" else c for c in words)
    return words.replace("〇", "零").replace("℅", "%").replace("﹪", "%").translate(OLD_FORMS)


UNITS = names_of_units()


def number(written: str) -> float | None:
    """The value of one numeral, in digits or in Chinese."""
    written = re.sub(r"\s", "", plain(written))
    if re.fullmatch(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", written):
        return float(written.replace(",", ""))
    return in_words(written)


ONES = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def in_words(written: str) -> float | None:
    """By splitting at the highest power: what stands before it is multiplied, what stands behind it is added."""
    if "点" in written:
        whole, _, decimals = written.partition("点")
        head = in_words(whole)
        digits = "".join(str(ONES.get(char, "x")) for char in decimals)
        return float(f"{head:.0f}.{digits}") if head is not None and digits.isdecimal() else None
    if written and all(char in ONES for char in written):
        return float("".join(str(ONES[char]) for char in written))
    for power, size in (("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2), ("十", 1e1)):
        if power in written:
            before, _, behind = written.rpartition(power)
            head = in_words(before) if before else 1.0
            tail = in_words(behind.lstrip("零")) if behind.lstrip("零") else 0.0
            return None if head is None or tail is None or tail >= size else head * size + tail
    return None


def values(written: str) -> set[tuple[float, float | None]]:
    """Every reading of a numeral or a range of two."""
    words = re.sub(rf"\s|(?<=[千百十])(?:{MORE})(?=万)", "", plain(written))
    found: set[tuple[float, float | None]] = set()
    if words.startswith("零") and "突" not in words and len(words) == 1:
        found.add((0.0, None))
    if words in ("一半", "半数", "过半"):
        found.add((50.0, None))
    if part := re.fullmatch(r"(.+?)分之(.+)", words):
        whole, share = number(part[1]), number(part[2])
        if whole and share is not None:
            found.add((share, None) if part[1] == "千" else (round(share / whole * 100, 4), None))
    if (one := number(words)) is not None:
        found.add((one, None))
    if len(words) == 2 and all(char in ONES for char in words):
        found.add((float(ONES[words[0]]), float(ONES[words[1]])))
    for cut in range(1, len(words) - 1):
        if words[cut] in DASHES or words[cut] in "至到":
            low = re.match(r"[0-9.,]+|[零一二三四五六七八九十百千万亿两点]+", words[:cut])
            high = words[cut + 1 :].lstrip(DASHES)
            if low and re.fullmatch(
                rf"({AMOUNTS})?[^0-9零一二三四五六七八九十百千]*", words[low.end() : cut].rstrip(DASHES)
            ):
                for first in (low[0], low[0].rstrip("万亿")):
                    one, two = number(first), number(high)
                    if one is not None and two is not None:
                        found.add((one, two))
    return found


FALL = (
    "下降|减产|减少|降低|下跌|回落|缩减|压减|压缩|缩短|减低|下滑|削减|负增长|收窄|缩小|少收|减收|少支|递减|锐减|骤降|"
    "剧减|降幅达?|下降率|减幅|跌幅|下调|调低|降|减|跌"
)
RISE = "增长|增产|延长|递增|增加|上升|上涨|提高|提升|增幅|增速|涨幅|增"
LOWER = f"{FALL}|降低率|节约|节省|低于?|少|慢|后移|负"
BETWEEN = (
    r"(?:了|约|达到?|为|近|超过?|逾|幅度|分别|均|也|都|就|再|同比|力争|不低于|不少于|接近|将近|大约|不足|不到|至少|"
    r"控制在|保持在?|稳定在|\s)*"
)
FELL = re.compile(rf"(?:{FALL}){BETWEEN}$")
LOWERED = re.compile(rf"(?:{LOWER}){BETWEEN}$")
ROSE = re.compile(rf"(?:{RISE}){BETWEEN}$")
TO = re.compile(rf"(?:{RISE}|{FALL})[^,。;、]{{0,3}}(?:至|到|为)了?{BETWEEN}$")
ALSO = re.compile(
    r"(?:[0-9][0-9., ]*|[零一二三四五六七八九十百千万亿两点]+)[^0-9、和与及,;。\n]{0,9}(?:\([^()]*\))?\s*[、和与及,]+\s*$"
)
"""The number before in a list: what was said of it holds for the next."""
SIGN = re.compile(
    rf"(?:{RISE}|{FALL}|幅|速|温|为|是|达到?|至|到|由|从|的|月份?|季度|年初|半年|完成|同比|分别|比上年|[,，、(（])[ \u3000]*[{MINUS}—–][ \u3000]*$"
)
LISTED_UNIT = re.compile(
    r"([万亿])?个? ?(?:[、和与及] ?[0-9][0-9., ]*[万亿]?个? ?)*[、和与及] ?[0-9][0-9.]*((?:[^0-9]|$).{0,11})"
)
"""What follows a number whose unit stands at the end of its list."""
FEWER = re.compile(r"(?:减少|净减)[^0-9,，。;；、:：]{2,12}$")
BELOW_ZERO = ("%", "‰", "个百分点", "℃")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufeff\u200b-\u200f\u2028-\u202e\u2060]")
DIGITS_BEFORE = re.compile(r"(?:[0-9] ?\n?|[0-9] {0,2}[.] ?|[\u4e00-\u9fff][0-9]{1,4},)$")
OPENS_A_LINE = re.compile(r"(?:\n|^)[\s(]*[0-9]{1,3}[.] ?$|[0-9] {1,2}\n$|[\s|][0-9.]+ ?\n{1,2}$")
"""The number of a line, or the last cell of the table row above."""


def unit_behind(behind: str) -> set[str]:
    """The units that the characters behind a numeral can mean; ``""`` if there is none."""
    behind = re.sub("^个多(?=小时|百分点)", "个", behind)  # 1个多小时 is more than an hour
    behind = plain(behind).lstrip()
    head = re.match(rf"(?P<more>(?:{MORE})?)\s*(?P<amount>(?:{AMOUNTS})?)\s*(?P<again>(?:{MORE})?)\s*", behind)
    assert head is not None
    found: set[str] = set()
    for more, amount in ((head["more"], head["amount"]), (head["more"], ""), ("", "")):
        rest = behind.removeprefix(more).lstrip().removeprefix(amount).lstrip()
        if amount and head["again"]:
            for skipped in (head["again"], ""):
                found.add(amount + longest(rest.removeprefix(skipped).lstrip()))
        elif amount or not head["amount"] or longest(rest):
            found.add(amount + longest(rest))
    return found


def longest(words: str) -> str:
    """The longest unit at the beginning that begins no other word; nothing where none is."""
    for name, not_before in UNITS:
        rest = words[len(name) :]
        if not words.startswith(name) or (not_before and rest.startswith(not_before)):
            continue
        if name.isascii() and name[-1].isalpha() and rest[:1].isascii() and rest[:1].isalnum():
            continue
        return name
    return ""


@dataclass(frozen=True)
class Place:
    """A row and the characters around it, in their common forms."""

    row: Any
    numeral: str
    left: str
    right: str

    @property
    def in_words(self) -> bool:
        """Whether the numeral is Chinese."""
        return not self.numeral[-1:].isdigit()

    @property
    def power_alone(self) -> bool:
        """Whether the numeral is 万 or 亿: 突破万亿元."""
        return self.numeral in ("万", "亿")

    @property
    def without_unit(self) -> bool:
        """Whether it is a fraction, a half or a zero that needs no unit."""
        return "分之" in self.numeral or self.numeral in ("一半", "半数", "过半", "零")


def wrong_value(place: Place) -> Iterator[str]:
    """The value is not that of the numeral, or a range goes down."""
    row = place.row
    if not 0 <= row.value < 1e18:
        yield "no number"
    if row.value_high is not None and not row.value < row.value_high < 1e18:
        yield "range in the wrong order"
    read = {(1.0, None), (1e4, None)} if place.power_alone else values(place.numeral)
    if (row.value, row.value_high) not in read:
        yield f"value {sorted(read, key=str)[:2]}"
    power = re.match("[万亿]*", plain(row.unit_zh))
    if place.in_words and power and power[0] and row.value_high is None and not place.power_alone:
        whole = (
            in_words(place.numeral + power[0]) if "点" not in place.numeral else row.value * (in_words(power[0]) or 1)
        )
        if whole is None or abs(whole - row.value * (in_words(power[0]) or 1)) > 1e-9 * whole:
            yield f"amount [{whole}]"


def part_of_more(place: Place) -> Iterator[str]:
    """The numeral is a piece of a longer one, or of a name of letters and digits."""
    left, right = place.left, place.right
    if place.in_words:
        if left[-1:].isdigit():
            yield "digits before"
        return
    if DIGITS_BEFORE.search(left) and not OPENS_A_LINE.search(left):
        yield "digits before"
    if re.search(r"[A-Za-z][-+]?$|[+#]$", left):
        yield "letters before"
    if re.match(r" ?[0-9]|[.] ?[0-9]|,[0-9]{3}(?![0-9])", right) and not re.match(r" ?[0-9]{1,2}[、.]", right):
        yield "digits behind"
    if re.match(r"[A-Za-z]", right) and not place.row.unit_zh:
        yield "letters behind"


def wrong_unit(place: Place) -> Iterator[str]:
    """The unit is not the one that stands behind the numeral."""
    if place.without_unit:
        return
    right = re.sub(r"^ +(?=亿)", "", place.right) if place.power_alone else place.right
    with_power = place.power_alone and place.row.value == 1
    expected = unit_behind((place.numeral if with_power else "") + right)
    if listed := LISTED_UNIT.match(re.sub(r"[ \u3000]", "", right)):  # 10.6万、3.8万平方公里
        expected |= {
            shared for name in unit_behind(listed[2]) for shared in (name, (listed[1] or "") + name.lstrip("万亿"))
        }
    if plain(place.row.unit_zh) not in expected:
        yield f"unit {sorted(expected)}"


def wrong_sign(place: Place) -> Iterator[str]:
    """A minus sign or a word of falling is lost or made up, or growth is taken for a share."""
    row, left = place.row, place.left
    negative = row.direction in ("fall", "negative")
    sign = not place.in_words and SIGN.search(left) is not None and (row.unit_zh in BELOW_ZERO or row.direction != "")
    if sign and not negative:
        yield "minus sign lost"
    if not sign and row.unit_zh in BELOW_ZERO and re.search(r"[^\s0-9%万亿元年月日号\-—–－][\-－−]\s*$", left):
        yield "dash before"
    to = TO.search(left) is not None
    if FELL.search(left) and not to and not negative:
        yield "fall lost"
    if row.direction == "fall" and not sign and not lowered(place):
        yield "fall unseen"
    if row.direction == "negative" and not sign and not left.endswith("零下"):
        yield "minus sign made up"
    if row.unit_zh in ("%", "‰") and row.measure == "share" and ROSE.search(left) and not to:
        yield "growth as share"


def lowered(place: Place) -> bool:
    """Whether the words before a number, or before the list that it is part of, speak of a fall."""
    before = re.sub(r"(?:(?<!节)约|近|超过?|力争)+$", "", place.left)
    for _ in range(12):
        if LOWERED.search(before) or FEWER.search(before):
            return True
        listed = ALSO.search(before)
        if listed is None:
            return False
        before = re.sub(rf"(?:(?<!节)约|近|超过?|[{MINUS}—]|\s)+$", "", before[: listed.start()])
    return False


def wrong_name(place: Place) -> Iterator[str]:
    """The name or the unit holds what nobody can see, or the name is a sentence."""
    if UNSEEN.search(place.row.indicator_zh) or UNSEEN.search(place.row.unit_zh):
        yield "unseen character"
    if len(place.row.indicator_zh) > 40:
        yield "long name"


CHECKS = (wrong_value, part_of_more, wrong_unit, wrong_sign, wrong_name)


def faults(text: str, row: Any) -> Iterator[str]:
    """The rules that a row breaks."""
    s, e, ns, ne = row.start, row.end, row.number_start, row.number_end
    if not (0 <= s <= ns < ne <= e <= len(text)) or text[s:e] != row.text:
        yield "span"
        return
    left, right = text[max(0, ns - 120) : ns], text[ne : ne + 60]
    place = Place(row, re.sub(r"\s", "", plain(text[ns:ne])), plain(left), plain(right))
    for check in CHECKS:
        yield from check(place)


TEXTS: list[tuple[str, str]] = []


def examine(at: int) -> list[tuple[str, str, int, int, str]]:
    """The faults of one report: rule, path, offsets and surroundings of the row."""
    from gwr.extract import extract

    path, text = TEXTS[at]
    found = []
    for row in extract(text).quantities:
        for fault in faults(text, row):
            around = (
                text[max(0, row.number_start - 24) : row.start] + "⟦" + row.text + "⟧" + text[row.end : row.end + 12]
            )
            said = f"{row.value}|{row.value_high}|{row.unit_zh}|{row.measure}|{row.direction}|{row.indicator_zh}"
            found.append((fault, path, row.start, row.end, f"{around!r} {said}"))
    return found


def main() -> int:
    """The command line."""
    import pyarrow.parquet as pq

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="read each Nth report only")
    parser.add_argument("--show", type=int, default=5, help="rows shown for each rule")
    args = parser.parse_args()
    table = pq.read_table(args.corpus, columns=["path", "text"])
    TEXTS.extend(zip(table["path"].to_pylist(), table["text"].to_pylist(), strict=True))
    with multiprocessing.get_context("fork").Pool(args.processes) as pool:
        results = pool.map(examine, range(0, len(TEXTS), args.every), chunksize=16)
    found = [fault for one in results for fault in one]
    rules = Counter(re.split(r" \[", fault[0])[0] for fault in found)
    print(f"{len(results)} reports, {len(found)} faults")
    for rule, count in rules.most_common():
        print(f"\n{rule}: {count}")
        for fault in [f for f in found if re.split(r" \[", f[0])[0] == rule][: args.show]:
            print("  ", fault[0], *fault[1:4], fault[4])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
