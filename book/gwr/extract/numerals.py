"""Numbers as written: 1 236, 5,214, 43715, 二百一十三, 千, 三点五."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE = "零一二三四五六七八九十百千万亿两"
"""The characters of a Chinese numeral (〇 is read as 零)."""

LONGEST = 15
"""More digits than this state no quantity that a report could mean, and a float would not hold them all."""
TOO_MUCH = 10.0**LONGEST
"""And so does this value."""


def arabic(written: str) -> float | None:
    """The value of Arabic digits with blanks and thousands commas inside, or None if there are too many digits."""
    if len(written) <= LONGEST and written.isdecimal():
        return float(written)
    if len(written) > 4 * LONGEST:
        return None
    plain = written.replace(" ", "").replace(",", "")
    return float(plain) if 0 < len(plain) - plain.count(".") <= LONGEST else None


def chinese(written: str) -> float | None:
    """The value of a Chinese numeral, or None if the characters form no number (一二十, 万千).

    A power without a digit before it counts once: 千 is 1000, 百二十 is 120. Digits in a row are read as digits: 二零 is 20.
    """
    if len(written) == 1:
        return _ONE.get(written)
    if len(written) > 2 * LONGEST:
        return None
    whole, point, decimals = written.partition("点")
    if point and not (decimals and all(c in DIGITS for c in decimals)):
        return None
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        value = int("".join(str(DIGITS[c]) for c in whole))
    else:
        read = _with_powers(whole)
        if read is None:
            return None
        value = read
    if value >= TOO_MUCH:
        return None
    return float(f"{value}." + ("".join(str(DIGITS[c]) for c in decimals) or "0"))


def without_myriads(written: str) -> int:
    """How many characters of a Chinese numeral are its own; 万 and 亿 at the end belong to the unit.

    三千二百万元 is 3200 万元, and in 七千亿三个台阶 the three is another number, but 十一亿一千万吨 is 1110000000 吨: with 亿 before it, 万 is part of the numeral.
    """
    digits = len(written)
    while digits > 1 and written[digits - 1] in MYRIADS:
        digits -= 1
    if "亿" in written[:digits] and "万" in written[digits:]:
        return len(written)
    if digits > 2 and written[digits - 2] in MYRIADS and written[digits - 1] in "一二三四五六七八九两":
        return without_myriads(written[: digits - 1])
    return digits


def _with_powers(written: str) -> int | None:
    total = section = 0
    digit: int | None = None
    below = 10**12  # each power must be smaller than the one before it, within a section
    for char in written:
        if char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
        elif char in POWERS:
            power = POWERS[char]
            if power >= below:
                return None
            section += (digit or 1) * power
            digit, below = None, power
        else:
            amount = section + (digit or 0)
            if char == "亿":
                total = (total + amount or 1) * MYRIADS[char]
            else:
                total += (amount or 1) * MYRIADS[char]
            section, digit, below = 0, None, 10**12
    return total + section + (digit or 0)


_ONE = {char: float(value) for char in CHINESE if (value := _with_powers(char)) is not None}
