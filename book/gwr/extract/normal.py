"""One alphabet for digits, signs and spaces, without moving a single character.

The rules read a copy of the text in which full-width and traditional forms are replaced by their common ones, one
character by one character, so that an offset in the copy is an offset in the text.
"""

from __future__ import annotations

import re

from gwr.extract.units import multiplier_at, unit_at

GAP = "\ue000"
"""Stands in the copy for a character that the rules pass over (footnote marks, zero-width characters)."""

_TRADITIONAL = (
    "億亿萬万個个畝亩戶户項项條条處处場场餘余約约達达長长預预計计佔占點点兩两噸吨頃顷間间張张棟栋級级層层號号歲岁從从過过來来總总產产業业"
    "務务實实現现與与為为於于後后進进開开關关動动態态間间積积減减幾几類类種种輛辆數数頭头幣币鐘钟時时東东學学醫医體体歷历標标準准線线連连續续"
    "設设農农區区縣县鄉乡鎮镇國国際际經经濟济財财資资貨货費费貧贫購购銷销額额營营廠厂廣广內内僅仅創创劃划劑剂勞劳協协參参雙双發发變变園园團团"
    "圍围報报增增壓压將将專专尋寻對对導导島岛帶带庫库廢废強强當当後后徵征應应懷怀戰战拆拆擴扩據据擬拟攜携敗败斷断會会機机極极構构樓楼橋桥權权"
    "歐欧歸归殘残決决沒没淨净滿满漁渔災灾無无煙烟燈灯爐炉狀状獎奖獲获環环異异療疗盤盘確确禮礼穩稳競竞節节範范簡简糧粮純纯紀纪納纳組组結结給给"
    "統统綠绿維维網网緊紧繼继績绩織织罰罚聯联職职聽听脫脱舉举艱艰華华藥药補补裝装複复見见規规視视覺觉觀观訂订訪访評评試试話话認认語语課课調调"
    "談谈請请論论證证識识議议護护讓让豐丰貫贯責责貿贸買买貸贷賣卖質质趨趋車车軌轨軍军輸输轉转辦办農农遞递遠远適适選选還还邊边郵邮釋释鋪铺錄录"
    "鐵铁鏈链門门閉闭陸陆陽阳隊队階阶隨随險险隱隐雲云電电靈灵靜静響响頒颁領领題题願愿風风飛飞館馆驗验魚鱼點点齊齐齡龄龍龙"
)
_SINGLE = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},  # full-width ASCII
    **dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    ),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff⁰¹⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", GAP),
    **dict.fromkeys("‐‑‒–—―−─～〜∼", "-"),
    **dict.fromkeys("\r\u0085\u2028\u2029\v\f", "\n"),
    "﹪": "%",
    "℅": "%",  # "care of", which scanners and word processors print for the percent sign
    "‧": "·",
    "•": "·",
    "﹐": ",",
    "﹒": ".",
    "〇": "零",
    "~": "-",
    "「": "“",
    "」": "”",
    "『": "“",
    "∶": ":",
    "︰": ":",
    "〝": "“",
    "〞": "”",
    "』": "”",
}
_CN_YEAR = re.compile(
    r"[一二](?<![一二三四五六七八九十百千].)([九零OoОΟ○])([零OoОΟ○一二三四五六七八九])([零OoОΟ○一二三四五六七八九])(?=年)"
)
"""A year written digit by digit: 二〇一六年, also with the letter O or a circle for the zero."""
_CN_DIGIT = {**{c: str(n) for n, c in enumerate("零一二三四五六七八九")}, **dict.fromkeys("OoОΟ○", "0")}
_REPLACED = re.compile(f"[{re.escape(''.join(_SINGLE))}]")
FOOTNOTE = re.compile(r"[\[【〔⟦](?:注|注释)?:? ?[0-9]{1,3} ?[\]】〕⟧]")
"""A footnote mark: [1], 【1】, ［1］, 〔1〕, [注1]. A year in brackets (〔2021〕) has four digits and is none."""


_BEHIND_WORDS = r"\n(?:(?<=[\u4e00-\u9fff“(、,]\n)|(?<=[\u4e00-\u9fff“(、,] \n))"
_ALONE = re.compile(
    rf"{_BEHIND_WORDS}(?: ?\n)?([0-9][0-9.,]{{0,11}}[%‰;,。]{{0,2}}) ?\n(?: ?\n)?(?=[年月日个家户人名万亿元吨亩公里平项件条座所台套辆场张位倍处次余%‰;,。、”)])"
    rf"|{_BEHIND_WORDS}([0-9][0-9.,]{{0,11}}[%‰][;,。]?) ?\n(?=[^ \n])"
    rf"|{_BEHIND_WORDS} ?\n([0-9][0-9.,]{{0,11}}[%‰]) ?\n ?\n(?=左右|以上|以下|以内)"
)
"""A number alone in its line, inside a sentence, as converters of word-processor files leave it."""

_BROKEN_LINE = re.compile(
    r"\n(?:(?<=[0-9余多万亿.长降高升少加%‰]\n)|(?<=[0-9余多万亿.长降高升少加%‰] \n))(?: ?\n)?(?=[^ \n])"
)
"""The end of a line, with an empty line behind it or not, that may have broken a quantity."""
_ENDS_IN_NUMBER = re.compile(
    r"[\u4e00-\u9fff、,:;”)] ?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,6})?[余多]?[万亿]?$"
)
_ENDS_IN_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}$")
_ENDS_IN_POINT = re.compile(r"[\u4e00-\u9fff][0-9]{1,5}\.$")
_DECIMALS = re.compile(r"[0-9]{1,2}[%‰万亿]")
_MOVES = ("增长", "下降", "提高", "上升", "减少", "增加")
_RATE = re.compile(r"[0-9][0-9.]{0,6} ?[%‰]")


def _mended(match: re.Match[str]) -> str:
    """Blanks for the end of a line inside a quantity: before its unit, its decimals or its 左右, or between 增长 and its rate."""
    copy, (start, end) = match.string, match.span()
    left = copy[max(0, start - 28) : start].removesuffix(" ")
    if left.endswith(_MOVES):
        broken = _RATE.match(copy, end) is not None
    elif left.endswith(("%", "‰")):
        broken = left[-2:-1].isdigit() and copy.startswith(("左右", "以上", "以下", "以内"), end)
    elif _ENDS_IN_POINT.search(left):
        broken = _DECIMALS.match(copy, end) is not None
    else:
        broken = _ENDS_IN_NUMBER.search(left) is not None and _begins_with_unit(copy, end, left)
    return " " * (end - start) if broken else match[0]


def _begins_with_unit(copy: str, at: int, left: str) -> bool:
    many = multiplier_at(copy, at)
    found = unit_at(copy, many[0] if many else at)
    if found is None:
        return False
    return bool(many) or found[1].kind == "percent" or _ENDS_IN_YEAR.search(left) is None


def word_list(listed: str) -> tuple[str, ...]:
    """The words of a list that is written as one string, so that it stays readable."""
    return tuple(listed.split())


def normalise(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The copy that the rules read, as long as the text, and the spans of the footnote marks blanked in it."""
    copy = text.replace("\r\n", " \n")  # the lines of Windows are those of others, with a blank at their end
    # A report holds few of these characters: to replace each of them in turn is faster than to look every character up. No
    # character that comes in is one to be replaced, so the order does not matter.
    for char in set(_REPLACED.findall(copy)):
        copy = copy.replace(char, _SINGLE[char])
    marks: list[tuple[int, int]] = []

    def blank(match: re.Match[str]) -> str:
        marks.append(match.span())
        return GAP * len(match[0])

    copy = _ALONE.sub(lambda match: match[0].replace("\n", " "), copy)
    copy = _BROKEN_LINE.sub(_mended, copy)
    copy = _CN_YEAR.sub(lambda match: "".join(_CN_DIGIT[c] for c in match[0]), copy)
    return FOOTNOTE.sub(blank, copy), marks
