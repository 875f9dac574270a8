"""The extractor: each rule by its name, the fields by their words, and what must hold for any text at all."""

from __future__ import annotations

import math
import re

import pytest
from gwr.extract import COLUMNS, engine, extract, indicators, kinds, normal
from gwr.extract import numbers as numbering
from gwr.extract.indicators import distribute
from gwr.extract.numerals import CHINESE, arabic, chinese
from gwr.extract.refusals import ADMISSIONS, REFUSALS
from gwr.extract.traps import TRAPS, set_aside
from gwr.extract.units import load_units
from hypothesis import given, settings
from hypothesis import strategies as st


def read(text):
    return extract(text).quantities


def one(text):
    (found,) = read(text)
    return found


# -- numerals


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("四", 4), ("十", 10), ("十二", 12), ("二十", 20), ("一百二十三", 123), ("二百一十三", 213), ("一千零五", 1005), ("三千二百", 3200),
        ("两", 2), ("千", 1000), ("一万二千", 12000), ("三点五", 3.5), ("二零一二", 2012), ("一亿零三百万", 103_000_000), ("零", 0),
        ("三三三十", None), ("万千百点", None), ("点", None),
    ],
)  # fmt: skip
def test_chinese_numerals(written, value):
    assert chinese(written) == value


@pytest.mark.parametrize(
    ("written", "value"), [("5,214", 5214), ("1 236", 1236), ("428 .1", 428.1), ("007", 7), ("1" * 60, None)]
)
def test_arabic_numerals(written, value):
    assert arabic(written) == value


def test_units_are_a_table_without_contradiction():
    units = load_units()
    assert len(units) > 200
    assert units["亩"].factor == pytest.approx(10_000 / 15)
    assert all(unit.factor > 0 and unit.base and unit.kind for unit in units.values())


# -- every rule has a name, a reason and an example here; ⟪⟫ marks what the rule takes


TRAP_EXAMPLES = {
    "web_address": "来源:⟪http://www.example.cn/2021/123.htm⟫",
    "timestamp": "发布时间:⟪2021-12-24 10:53⟫",
    "list_mark": "⟪1、⟫完成规划编制。",
    "date": "⟪2021年12月⟫召开会议",
    "document_number": "印发国发⟪〔2021〕5号⟫文件",
    "title": "落实⟪《2030年行动方案》⟫",
    "quoted_name": "坚持⟪“3820”⟫战略工程",
    "quoted_pair": "落实⟪“两个60%”⟫政策",
    "plus_formula": "推广⟪1+6+N⟫机制",
    "letter_name": "建成⟪5G⟫网络",
    "version": "实施营商环境改革⟪4.0版⟫",
    "numbered_thing": "改造⟪107国道⟫",
    "road_number": "拓宽⟪县道207线⟫",
    "clock": "上午⟪9:30⟫开会",
    "round_the_clock": "⟪24小时不打烊⟫",
    "ranking_list": "入选全国⟪500强⟫",
    "class": "水质达⟪Ⅳ类⟫标准",
    "plenum": "学习⟪十九届六中⟫全会精神",
    "plan_number": "编制⟪十四五⟫规划",
    "party_rules": "落实中央⟪八项规定⟫",
}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_trap(trap):
    assert trap.why
    marked = TRAP_EXAMPLES[trap.name]
    text = re.sub("[⟪⟫]", "", marked)
    result = extract(text)
    assert result.quantities == []
    assert [other.text for other in result.others if other.rule == trap.name] == re.findall("⟪(.*?)⟫", marked)


REFUSAL_EXAMPLES = {
    "unreadable": "编号⟪" + "1234567890" * 3 + "⟫",
    "broken": "物价上升5,⟪8⟫%",
    "ordinal": "第⟪44⟫届大会",
    "ratio": "电话⟪0591⟫-⟪8765⟫转接",
    "year_without_year": "举办⟪2021⟫渔业周",
    "after_letter": "型号A#⟪12⟫的设备",
    "per_thousand": "每⟪千⟫人口床位数",
    "age": "⟪18⟫岁以上人群",
    "duration": "过去的⟪五⟫年,成绩显著",
    "campaign_length": "开展⟪3⟫天行动",
    "size_level": "⟪10⟫万吨级码头开港",
    "voltage": "⟪220⟫千伏变电站开工",
    "boiler": "⟪10⟫蒸吨燃煤锅炉淘汰",
    "plant": "开工建设⟪500⟫万吨焦炉",
    "threshold": "⟪30⟫亿元以上重大项目签约",
    "capacity": "海丰二期⟪90⟫万吨纸浆等项目推进",
    "institute": "与中船重工⟪888⟫所合作",
    "compared_cities": "获评全国⟪60⟫个城市满意度测评优秀",
    "bare_size": "打造⟪百⟫亿园区",
    "one_post": "实行⟪1⟫人一档管理",
    "no_unit": "受理⟪12345⟫平台诉求",
}


@pytest.mark.parametrize("rule", REFUSALS, ids=lambda rule: rule.name)
def test_refusal(rule):
    assert rule.why
    marked = REFUSAL_EXAMPLES[rule.name]
    result = extract(re.sub("[⟪⟫]", "", marked))
    assert result.quantities == []
    assert [other.text for other in result.others if other.rule == rule.name] == re.findall("⟪(.*?)⟫", marked)


ADMISSION_EXAMPLES = {
    "fraction": "金融业税收占全省四分之一",
    "rank": "接种率位居全市第三",
    "in_a_row": "连续六届获评文明城区",
    "number_of_great": "实施十大专项行动",
    "tenths": "零售额增长近三成",
    "bare_with_comparator": "总产值突破千亿元大关",
    "amount": "投资三千二百万元",
    "amount_alone": "经济总量突破五千亿",
    "length_of_time": "承包期再延长二十年",
    "count": "建成四所新校",
    "more_than": "绿化街道二十余条",
}


@pytest.mark.parametrize("rule", ADMISSIONS, ids=lambda rule: rule.name)
def test_admission(rule):
    assert rule.why
    assert len(read(ADMISSION_EXAMPLES[rule.name])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "统一思想,进一步深化改革", "一般公共预算", "社会消费品零售", "三明市", "八一七路", "二十五中", "万科大厦", "千方百计", "一系列举措", "十分重要", "两岸融合", "全国首个",
        "第一批区级湿地", "建立三级政务服务体系", "重点抓好以下六个方面工作", "围绕建设六个城、打响五大国际品牌、实施九大专项行动等部署", "深入开展三年行动", "新一届政府",
        "国内国际两个市场", "聚焦两不愁三保障", "打好三大攻坚战", "促进三大产业协调发展", "党的二十大", "九垱新村", "做足两篇文章", "一批项目", "坚持一手抓防疫、一手抓发展",
    ],
)  # fmt: skip
def test_words_with_numerals_are_no_quantities(text):
    assert read(text + "。") == []


# -- fields


@pytest.mark.parametrize(
    ("text", "words", "value", "high", "unit", "comparator"),
    [
        ("总投资超2000亿元。", "超2000亿元", 2000, None, "亿元", "gt"),
        ("活动800余场。", "800余场", 800, None, "场", "gt"),
        ("投入4亿余元。", "4亿余元", 4, None, "亿元", "gt"),
        ("负担4000多万元。", "4000多万元", 4000, None, "万元", "gt"),
        ("比例不低于94.4%。", "不低于94.4%", 94.4, None, "%", "ge"),
        ("覆盖率达80%以上。", "80%以上", 80, None, "%", "ge"),
        ("失业率控制在4.5%以内。", "4.5%以内", 4.5, None, "%", "le"),
        ("增长率6.5‰以下。", "6.5‰以下", 6.5, None, "‰", "le"),
        ("学位近2000个。", "近2000个", 2000, None, "个", "lt"),
        ("产值约30亿元。", "约30亿元", 30, None, "亿元", "about"),
        ("增长7.5%左右。", "7.5%左右", 7.5, None, "%", "about"),
        ("压缩至3个工作日内。", "3个工作日内", 3, None, "个工作日", "le"),
        ("建设1-2家托育机构。", "1-2家", 1, 2, "家", "eq"),
        ("建成2至3家。", "2至3家", 2, 3, "家", "eq"),
        ("增长5%—6%。", "5%—6%", 5, 6, "%", "eq"),
        ("新增两三家企业。", "两三家", 2, 3, "家", "eq"),
        ("危房1 236户。", "1 236户", 1236, None, "户", "eq"),
        ("产值 428 .1亿元。", "428 .1亿元", 428.1, None, "亿元", "eq"),
        ("搬迁５８０人。", "５８０人", 580, None, "人", "eq"),
        ("满意率６２．５％。", "６２．５％", 62.5, None, "%", "eq"),
        ("总值[1]202亿元。", "202亿元", 202, None, "亿元", "eq"),
        ("园区13【2】家。", "13【2】家", 13, None, "家", "eq"),
        ("外资7500万美元。", "7500万美元", 7500, None, "万美元", "eq"),
        ("旧屋区1616亩。", "1616亩", 1616, None, "亩", "eq"),
        ("突破1.7万亿元。", "突破1.7万亿元", 1.7, None, "万亿元", "gt"),
        ("突破千亿元。", "突破千亿元", 1000, None, "亿元", "gt"),
        ("产值增长1.6倍。", "1.6倍", 1.6, None, "倍", "eq"),
        ("实现大项目零的突破。", "零的突破", 0, None, "", "gt"),
        ("生產總值677億元。", "677億元", 677, None, "億元", "eq"),
        ("下降百分之二十。", "百分之二十", 20, None, "%", "eq"),
        ("产值增长15℅。", "15℅", 15, None, "%", "eq"),
        ("人均GDP突破1.5万美元。", "突破1.5万美元", 1.5, None, "万美元", "gt"),
        ("人均生产总值达到一万美元以上。", "一万美元以上", 1, None, "万美元", "ge"),
        ("年内完成一半以上。", "一半以上", 50, None, "", "ge"),
        ("总量跨越了两千亿元。", "跨越了两千亿元", 2000, None, "亿元", "gt"),
        ("成功举办五届博览会。", "五届", 5, None, "届", "eq"),
        ("启动两个国家级开发区扩区。", "两个", 2, None, "个", "eq"),
        ("居民收入增长\n10%\n。", "10%", 10, None, "%", "eq"),
        ("扶贫基地\n13\n个。", "13\n个", 13, None, "个", "eq"),
    ],
)  # fmt: skip
def test_number_unit_and_comparator(text, words, value, high, unit, comparator):
    found = one(text)
    assert (found.text, found.value, found.value_high, found.unit_zh, found.comparator) == (
        words,
        value,
        high,
        unit,
        comparator,
    )


def test_a_quantity_in_base_units():
    assert (one("投资1.7万亿元。").base_value, one("投资1.7万亿元。").base_unit) == (1.7e12, "cny")
    assert one("面积3万亩。").base_value == pytest.approx(2e7)


@pytest.mark.parametrize(
    ("text", "measure", "direction", "signed"),
    [
        ("浓度下降28.2%。", "growth_rate", "fall", -28.2),
        ("产值增长9%。", "growth_rate", "rise", 9),
        ("费用下降42.92元。", "change", "fall", -42.92),
        ("比例提高至80%。", "share", "", 80),
        ("新增企业5家。", "count", "", 5),
        ("税收占比提高1.8个百分点。", "change", "rise", 1.8),
        ("正增长面达80%。", "share", "", 80),
        ("财政收入翻一番。", "growth_rate", "", 1),
        ("居民消费价格指数控制在3%左右。", "growth_rate", "", 3),
        ("财政收入首次突破百亿大关。", "level", "", 100),
        ("支出年初预算1184万。", "level", "", 1184),
        ("产值增速2项指标领先。", "count", "", 2),
    ],
)
def test_measure_and_direction(text, measure, direction, signed):
    found = one(text)
    assert (found.measure, found.direction, found.signed) == (measure, direction, signed)


def test_lists_with_respectively():
    found = read("2017年,城镇和农村居民人均可支配收入分别完成2.9万元、1.6万元,同比分别增长8.7%、9.8%。")
    assert [q.indicator_zh for q in found] == ["城镇居民人均可支配收入", "农村居民人均可支配收入"] * 2
    assert [q.measure for q in found] == ["level", "level", "growth_rate", "growth_rate"]


@pytest.mark.parametrize(
    ("subject", "what", "names"),
    [
        ("巨力、风帆、晨阳", "税收", ["巨力税收", "风帆税收", "晨阳税收"]),
        ("存贷款余额", "", ["存款余额", "贷款余额"]),
        ("“最多跑一趟”“一趟不用跑”占比", "", ["“最多跑一趟”占比", "“一趟不用跑”占比"]),
        ("肉、蛋、奶产量", "", ["肉产量", "蛋产量", "奶产量"]),
    ],
)
def test_names_handed_out(subject, what, names):
    assert distribute(subject, what) == names


REPORT = """政府工作报告
(2019年1月15日)
一、2018年工作回顾
预计生产总值216亿元,增长7.6%;城镇登记失业率3.4%。
(一)工业。85个项目扎实推进。新增企业5家。
二、2019年工作安排
(一)项目。加快推进9条道路建设,新建公园2个。
"""


def test_section_period_and_status():
    rows = [(q.text, q.section, q.period, q.status) for q in read(REPORT)]
    assert rows == [
        ("216亿元", "1.0", "2018", "expected"),
        ("7.6%", "1.0", "2018", "expected"),
        ("3.4%", "1.0", "2018", "expected"),
        ("85个", "1.1", "2018", "ongoing"),
        ("5家", "1.1", "2018", "actual"),
        ("9条", "2.1", "2019", "plan"),
        ("2个", "2.1", "2019", "target"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("产值由2010年的77亿元跃升到2015年的161亿元。", ["产值", "产值"]),
        ("零售总额达到6.17亿元,储蓄余额达到6.45亿元,分别是“九五”末的1.83倍和1.92倍。", ["零售总额", "储蓄余额"] * 2),
        ("收入完成1.1亿元,支出6.4亿元,同比分别增长43.6%和32.4%;农民纯收入3107元,增长15.2%。",
         ["收入", "支出", "收入", "支出", "农民纯收入", "农民纯收入"]),
        ("产值5亿元,单位能耗下降10.7%,超额完成目标2.7个百分点。", ["产值", "单位能耗", "单位能耗"]),
        ("财政收入首次突破百亿大关,增长14.5%。", ["财政收入", "财政收入"]),
        ("人均生产总值50207元(折合6276美元),增长18.2%。", ["人均生产总值"] * 3),
        ("种植柠檬4000亩,产量4820吨。", ["柠檬", "柠檬产量"]),
        ("生产总值98.7亿元,增长8.2%,增速居全市第三。", ["生产总值", "生产总值", "生产总值增速全市排名"]),
        ("轻重工业比例调整为48∶52。", ["轻重工业比例"] * 2),
        ("城乡居民收入分别增长12%和13%,分别达4.3万元和1.3万元。", ["城镇居民收入", "农村居民收入"] * 2),
        ("生产总值417亿元,工业增加值增长15.7%,增速全市第二。", ["生产总值", "工业增加值", "工业增加值增速全市排名"]),
        ("产值2万亿元,人均产值2万元,五年年均分别增长14%和13.3%。", ["产值", "人均产值"] * 2),
        ("位居百强县投资潜力第3、绿色发展第5。", ["百强县投资潜力排名", "绿色发展排名"]),
    ],
)  # fmt: skip
def test_names_that_hold_on(text, names):
    assert [q.indicator_zh for q in read(text)] == names


TERM = "一、过去五年工作回顾\n(2022年1月5日)\n"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (TERM + "2021年,产值230亿元,年均增长5.4%,是2016年的2倍。", ["2021", "2017-2021", "2017-2021"]),
        (TERM + "(一)实力增强。2021年,产值230亿元。\n(二)脱贫。完成造林136万亩。", ["2021", "2017-2021"]),
        (TERM + "五年来发展很快。2018年引进资金7亿元。累计造林9亩。", ["2018", "2017-2021"]),
        (TERM + "造林9亩。\n2021年是“十四五”开局之年。\n一、经济。造林5亩。", ["2017-2021", "2021"]),
        (TERM + "预计2021年产值3440亿元,投资五年累计完成9091亿元。", ["2021", "2017-2021"]),
        (TERM + "甲产业占规模以上工业的比重达到22%。", ["2021"]),
        (TERM + "2018年以来,建成学校9所。", ["2018-2021"]),
        ("一、2005年工作回顾\n产值18亿元,是“九五”期末的2.69倍,年均增长17.2%。", ["2005", "2001-2005", "2001-2005"]),
        ("一、2010年工作回顾\n五年解决1005万人饮水问题,二产业比重五年上升6.6个百分点。", ["2006-2010", "2010"]),
        ("二〇〇六年工作回顾\n产值32亿元。\n二〇〇七年工作安排\n产值增长9%。", ["2006", "2007"]),
        ("一、“十二五”时期工作回顾\n预计“十二五”末,财政收入30亿元。", ["2015"]),
        ("(2011年11月15日)\n一、五年工作回顾\n二、今后五年的目标任务\n(一)实力。产值达到3000亿元以上。", ["2012-2016"]),
    ],
)  # fmt: skip
def test_years_spoken_of(text, periods):
    assert [q.period for q in read(text)] == periods


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("一、2021年工作回顾\n投资额可达950亿元。", "expected"),
        ("一、2021年工作回顾\n产值达5600亿元(预计数)。", "expected"),
        ("一、2023年计划执行情况\n新增企业5家。", "actual"),
    ],
)
def test_status_of_a_review(text, status):
    assert [q.status for q in read(text)] == [status]


def test_from_and_to_have_their_years():
    text = "一、过去五年工作回顾\n五年来,企业从10家增加到189家。\n二、2022年工作安排\n"
    assert [(q.value, q.period) for q in read(text)] == [(10, "2016"), (189, "2021")]


# -- what must hold for any text

PIECES = st.sampled_from(
    [*
        "零一二三四五六七八九十百千万亿两第近超约余多达到至从由增长下降降,。;、:()“”《》[]【】%‰ "
        "\n\t\r", *"0123456789.,-—:+/", "家", "亿元", "万", "个百分点", "以上", "左右", "分之", "分别", "零的突破",
     "2021年", "一、", "(一)", "预计", "推进", "项目", "[1]", "【2】", "５", "％", "〇", "億", "\u3000", "\ufeff", "\ud7ff", "😀", "A", "km", "比例"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=80).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_rows_that_stand_in_it(text):
    result = extract(text)
    for q in result.quantities:
        assert text[q.start : q.end] == q.text != ""
        assert q.value_high is None or q.value < q.value_high < 1e18
        assert len(q.indicator_zh) <= 40 and not indicators._UNSEEN.search(q.indicator_zh + q.unit_zh)
        assert q.start <= q.number_start < q.number_end <= q.end
        assert (
            0 <= q.value < 1e18
            and math.isfinite(q.base_value)
            and q.comparator in ("eq", "ge", "gt", "le", "lt", "about")
        )
    for other in result.others:
        assert text[other.start : other.end] == other.text != ""
    starts = [q.start for q in result.quantities]
    assert starts == sorted(starts)
    assert all(a.end <= b.start for a, b in zip(result.quantities, result.quantities[1:], strict=False))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_digit_is_left_behind(text):
    result = extract(text)
    held = set()
    for row in (*result.quantities, *result.others):
        held |= set(range(row.start, row.end))
    assert all(at in held for at, char in enumerate(text) if char.isascii() and char.isdigit())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=CHINESE, min_size=1, max_size=24))
def test_any_chinese_numeral_is_read_or_refused(written):
    value = chinese(written)
    assert value is None or value >= 0


# -- what is left out to save time could have found nothing


def test_no_replacement_is_replaced_again():
    """So the characters can be replaced in any order."""
    single = normal._SINGLE
    assert not [char for char in single.values() if char in single and single[char] != char]
    text = "".join(single) + "增a1"
    assert normal.normalise(text)[0] == normal.FOOTNOTE.sub(
        lambda mark: normal.GAP * len(mark[0]), "".join(single.get(char, char) for char in text)
    )


FIRSTS = [
    (numbering._MORE, numbering._MORE_FIRST),
    (numbering._RANGE, numbering._RANGE_FIRST),
    (numbering._SUFFIX, numbering._SUFFIX_FIRST),
    (indicators._NEXT_NUMBER, indicators._NEXT_FIRST),
]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_pattern_begins_with_a_character_of_its_set(text):
    for pattern, firsts in FIRSTS:
        assert {text[at] for at in range(len(text)) if pattern.match(text, at)} <= firsts
    if indicators._CLEAN.search(text):
        assert indicators._MAY_CLEAN.search(text)
    if kinds._TO.search(text):
        assert kinds._leads_to(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_rule_takes_only_numbers_of_its_kinds(text):
    copy, _ = normal.normalise(text)
    for number in numbering.numbers(copy, set_aside(copy)[0], text):
        context = engine._context(copy, number)
        for rule in (*REFUSALS, *ADMISSIONS):
            left_out = (rule.kinds and number.kind not in rule.kinds) or (
                getattr(rule, "united", False) and number.kind == "none"
            )
            assert not (left_out and rule.test(number, context)), rule.name
        if engine._only_a_word(copy, number):
            assert engine.admitted(number, context) is None


def test_columns_begin_with_those_of_the_contract():
    assert COLUMNS[:12] == (
        "start", "end", "text", "value", "value_high", "unit_zh", "comparator", "measure", "indicator_zh", "period", "status", "section",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "一、2018年工作回顾\n新增企业5家。\n二、2019年工作意见\n新建公园2个。\n",
        "一、2018年主要工作\n新增企业5家。\n二、2019年主要工作\n新建公园2个。\n",
        "第一部分 2018年工作回顾\n一、经济稳中有进\n新增企业5家。\n第二部分 2019年工作安排\n一、抓好项目\n新建公园2个。\n",
        "2018年工作回顾\n一、经济稳中有进\n二、城市面貌一新\n新增企业5家。\n2019年工作安排\n一、抓好项目\n新建公园2个。\n",
        "## 一、2018年工作回顾\n新增企业5家。\n## 二、今年重点任务\n新建公园2个。\n",
        "2018年,新增企业5家。\n2019年,我们将新建公园2个。今年的主要目标是:增长8%。\n",
    ],
    ids=["opinion", "same words", "parts", "lines", "markdown", "none"],
)
def test_headings_of_many_kinds(text):
    found = read(text)
    assert (found[0].text, found[0].period, found[0].status) == ("5家", "2018", "actual")
    last = found[-1]
    assert last.status == "target" and last.period == "2019"
