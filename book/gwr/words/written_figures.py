"""Figures in English and Chinese words, so that a translation which loses or changes one is noticed."""

from __future__ import annotations

import re

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WORDS = {word: float(number) for number, word in enumerate(_SMALL)} | {
    month: float(number) for number, month in enumerate(_MONTHS, start=1)
}
_SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "千": 1e3,
    "万": 1e4,
    "亿": 1e8,
    "万亿": 1e12,
}
_ENGLISH = re.compile(r"(?<![A-Za-z0-9.])(\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion|trillion))?")
_SCALED_WORD = re.compile(rf"\b({'|'.join(_SMALL)}) (thousand|million|billion|trillion)")
_WORD = re.compile(r"[A-Za-z]+")
_CHINESE = re.compile(r"(?<![A-Za-z0-9.])(\d[\d,]*(?:\.\d+)?)(世纪\d0年代)?(万亿|千|万|亿)?")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_ONES = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1_000}


def whole(written: str) -> float:
    """The whole number that a Chinese numeral below ten thousand names: 8 for 八, 25 for 二十五, 1000 for 千.

    Raises:
        ValueError: the text is no such numeral.
    """
    total, ones = 0, None
    for character in written:
        if character in _TENS:
            total += (1 if ones is None else ones) * _TENS[character]
            ones = None
        elif character in _ONES and not ones:  # 零 may stand before another digit, 四五 is no number
            ones = _ONES[character]
        else:
            raise ValueError(f"{written!r} is no numeral")
    return float(total + (ones or 0))


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def _amounts(number: str, scale: str | None) -> set[float]:
    """A number as it stands and, before a word of scale, as the amount."""
    value = _number(number)
    return {value, float(f"{value * _SCALES[scale]:.12g}")} if scale else {value}


def _numerals(chinese: str) -> set[float]:
    """What the Chinese numerals of a text can be read as, the parts of long ones included (十四 and 五 of 十四五)."""
    found: set[float] = set()
    for run in _NUMERAL.finditer(chinese):
        text = run[0]
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + 5) + 1):
                scale = re.search(r"[万亿]+$", text[start:end])
                digits = text[start : end - len(scale[0])] if scale else text[start:end]
                try:
                    found.add((whole(digits) if digits else 1.0) * (_SCALES.get(scale[0], 1.0) if scale else 1.0))
                except ValueError:
                    continue
    return found


def lost_figure(english: str, chinese: str) -> str:
    """A figure in digits that one of two texts has and the other has not, in no form; empty if there is none.

    >>> lost_figure("A total of 41 billion yuan in two rounds, 1-2 of them in December 2012", "2012年12月1-2轮,两轮总额410亿元")
    ''
    >>> lost_figure("Above 900 enterprises", "企业超800家")
    '800'
    """
    left = [(found[1], _amounts(found[1], found[2])) for found in _ENGLISH.finditer(english)]
    right = [(found[1], _amounts(found[1], found[3])) for found in _CHINESE.finditer(chinese) if not found[2]]
    in_english = {value for _, values in left for value in values}
    in_english |= {_WORDS[word] for word in _WORD.findall(english) if word in _WORDS}
    in_english |= {
        float(number) for number, word in enumerate(_SMALL) if re.search(rf"\b{word}", english, re.IGNORECASE)
    }
    in_english |= {float(_SMALL.index(found[1])) * _SCALES[found[2]] for found in _SCALED_WORD.finditer(english)}
    in_english |= {float(decade[1]) % 100 for decade in re.finditer(r"\b(\d{4})s\b", english)}
    in_chinese = {value for _, values in right for value in values} | _numerals(chinese)
    in_chinese |= {1900 + float(decade[1]) for decade in re.finditer(r"20世纪(\d0)年代", chinese)}
    lost = [written for written, values in right if not values & in_english]
    lost += [written for written, values in left if not values & in_chinese]
    return lost[0] if lost else ""
