"""No row says a value, a sign, a unit or a name that its own characters do not say."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from gwr.errors import DataError
from gwr.extract import COLUMNS, extract
from gwr.extract.export import cell
from gwr.extract.indicators import LONGEST_NAME, presentable
from gwr.extract.numerals import chinese
from gwr.extract.table import read_quantities

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import corpus_values


def rows(text):
    """Text, value with sign, upper end, unit and measure of each row, after the second reading has found nothing."""
    found = extract(text).quantities
    assert [fault for row in found for fault in corpus_values.faults(text, row)] == []
    return [(q.text, q.signed, q.value_high, q.unit_zh, q.measure) for q in found]


def set_aside(text):
    return [(other.text, other.rule) for other in extract(text).others]


@pytest.mark.parametrize(
    ("text", "words", "signed", "unit", "measure"),
    [
        ("财政收入增长-12.7%。", "-12.7%", -12.7, "%", "growth_rate"),
        ("财政收入增长－12.7％。", "－12.7％", -12.7, "%", "growth_rate"),
        ("外贸进出口同比-3.5%,", "-3.5%", -3.5, "%", "growth_rate"),
        ("零售价格涨幅为—0.2%。", "—0.2%", -0.2, "%", "growth_rate"),
        ("经济增速由一季度的-7%快速回升。", "-7%", -7, "%", "growth_rate"),
        ("经济增速从一季度-8.8%回升。", "-8.8%", -8.8, "%", "growth_rate"),
        ("降幅收窄至-11.6%。", "-11.6%", -11.6, "%", "growth_rate"),
        ("最低气温-5℃。", "-5℃", -5, "℃", "level"),
        ("最低气温零下5℃。", "零下5℃", -5, "℃", "level"),
        ("利润总额为-3亿元。", "-3亿元", -3, "亿元", "level"),
        ("财政收入负增长3%。", "3%", -3, "%", "growth_rate"),
        ("燃气价格下调10%以上。", "10%以上", -10, "%", "growth_rate"),
        ("出口下滑4.5%。", "4.5%", -4.5, "%", "growth_rate"),
        ("案件锐减30%。", "30%", -30, "%", "growth_rate"),
        ("财政支出比预算少支2亿元。", "2亿元", -2, "亿元", "change"),
        ("能耗降低率达到3%。", "3%", -3, "%", "growth_rate"),
        ("信贷余额下降\n\n15%\n\n左右。", "15%\n\n左右", -15, "%", "growth_rate"),
        ("审批效率提高30%。", "30%", 30, "%", "growth_rate"),
        ("全员劳动生产率提高9.9%。", "9.9%", 9.9, "%", "growth_rate"),
        ("高新技术企业新增31%。", "31%", 31, "%", "growth_rate"),
        ("城镇居民收入增长\n\n12.8%。", "12.8%", 12.8, "%", "growth_rate"),
        ("利润率由4.1%上升为4.7%。", "4.7%", 4.7, "%", "share"),
    ],
)  # fmt: skip
def test_signs(text, words, signed, unit, measure):
    assert (words, signed, None, unit, measure) in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "公路从甲镇-5公里处开始。",
        "长江-12.5米深水航道贯通。",
        "装配式桥梁—7.8公里高架通车。",
        "——5个新城推进。",
        "- 22台机组投产。",
    ],
)
def test_a_dash_is_no_minus(text):
    assert [row[1] > 0 for row in rows(text)] == [True]


def test_each_number_of_a_list_has_its_own_sign():
    assert [row[1] for row in rows("商品零售价格和居民消费价格涨幅分别为-0.2%和4%。")] == [-0.2, 4]
    assert [row[1] for row in rows("化学需氧量和氨氮分别下降2%、3%。")] == [-2, -3]
    assert [row[1] for row in rows("能耗降低4%,力争5%。")] == [-4, -5]
    assert [(row[1], row[4]) for row in rows("材料减少60%,时间压缩至半天,60%的事项一窗受理。")] == [
        (-60, "growth_rate"),
        (60, "share"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n", "\n\n"])
@pytest.mark.parametrize(
    ("first", "second", "value", "unit"),
    [
        ("外商投资2341", "万元,增长", 2341, "万元"),
        ("财政收入25.9", "亿元,完成", 25.9, "亿元"),
        ("企业利润增长20", "%以上。", 20, "%"),
        ("人口自然增长率为14.5", "‰。", 14.5, "‰"),
        ("引进人才1,230", "人,建成", 1230, "人"),
        ("投资12万", "元以上。", 12, "万元"),
    ],
)
def test_a_number_and_its_unit_on_the_next_line(first, second, value, unit, end):
    found = rows(first + end + second)
    assert [(row[1], row[3]) for row in found] == [(value, unit)]


def test_lines_that_only_seem_to_be_broken():
    assert rows("一、展望2022\n人民政府将努力。") == []
    assert [row[0] for row in rows("水泥 13.3  \n家用电器 5台")] == ["5台"]


def test_lines_of_windows_are_those_of_others():
    text = "一、2018年工作回顾\n生产总值216.4亿元,增长7.6%。\n(一)工业。新增企业17家。\n二、2019年工作安排\n新建公园2个,投资增长\n12%。\n"

    def said(words):
        return [
            [getattr(q, name) for name in COLUMNS if "start" not in name and "end" not in name]
            for q in extract(words).quantities
        ]

    assert said(text.replace("\n", "\r\n")) == said(text) != []


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("推广5G+12345服务。", ["5G+12345"]),
        ("改造G320国道。", ["G320"]),
        ("研制H5N1疫苗。", ["H5", "1"]),
        ("投资448l亿元。", ["448"]),
        ("物价上升5，8％。", ["5", "8"]),
        ("减轻负担149\n\n1.6万元;", ["149", "1.6"]),
        ("增长13.0.3%。", ["13.0", "3"]),
        ("编号1234567890123456家。", ["1234567890123456"]),
        ("比例12345678901234567890:5。", ["12345678901234567890"]),
    ],
)
def test_what_is_no_number_is_set_aside_and_counted(text, others):
    kept = [row[0] for row in rows(text) if row[0] != "5"]
    assert kept == []
    assert [other for other, _ in set_aside(text)][: len(others)] == others


@pytest.mark.parametrize(
    "text", ["单位:亿元", "金额(亿元)", "投资2182.亿元。", "亿亿亿元", "忻州—五台山公路", "110、119、122三台合一"]
)
def test_units_and_names_are_no_numbers(text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "value", "high", "unit"),
    [
        ("投资10亿-50亿元。", 10, 50, "亿元"),
        ("人口5万至6万人。", 5, 6, "万人"),
        ("煤产量十一亿一千万吨。", 1_110_000_000, None, "吨"),
        ("原油一亿三千八百八十万至一亿三千九百三十万吨。", 138_800_000, 139_300_000, "吨"),
        ("物资损失二十五亿七千多万元。", 2_570_000_000, None, "元"),
        ("农田一亿六千余万亩。", 160_000_000, None, "亩"),
        ("设备四千多万元。", 4000, None, "万元"),
        ("办理时间1个多小时。", 1, None, "个小时"),
        ("投资三千万至五千万元。", 3000, 5000, "万元"),
        ("贷款一万二千亿元。", 12_000, None, "亿元"),
        ("利率千分之六点五六。", 6.56, None, "‰"),
        ("用水6.1亿m3以内。", 6.1, None, "亿m3"),
        ("改建国省道57.2公里。", 57.2, None, "公里"),
        ("产值增长72.\n5%。", 72.5, None, "%"),
    ],
)
def test_values(text, value, high, unit):
    assert [(row[1], row[2], row[3]) for row in rows(text)] == [(value, high, unit)]


def test_parts_of_a_proportion_are_no_time_of_day():
    assert [row[1] for row in rows("三次产业比例调整为14:46.3:39.7。")] == [14, 46.3, 39.7]


@pytest.mark.parametrize("text", ["建成10-5家。", "增长9%-8%。", "投资900-1.2万元。", "建成五至三家。"])
def test_a_range_goes_up(text):
    assert all(q.value_high is None for q in extract(text).quantities)


def test_chinese_numerals_have_an_end():
    assert chinese("九" * 15) == 999_999_999_999_999
    assert chinese("九" * 16) is None
    assert chinese("一万亿亿亿") is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("企\x00业\x07", "企业"),
        ("\ufeff企业\u200b", "企业"),
        ("新农村\ue000\ue000项目", "新农村项目"),
        ("|<br>硫酸", "硫酸"),
        ('=HYPERLINK("x")', 'HYPERLINK("x")'),
        ("+-@企业", "企业"),
        ("甲" * 30 + "、" + "乙" * 30, "乙" * 30),
        ("甲" * 80, "甲" * LONGEST_NAME),
        ("规模以上工业企业(指" + "某" * 40 + ")增加值", "规模以上工业企业增加值"),
    ],
)
def test_names_can_be_read(words, name):
    assert presentable(words) == name


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff企业5家。",
        "企\x00业\x07新增5家。",
        "\ue000\ue001新农村[1]建设5个\ue000。",
        "十\u200b大行动[34]建设。",
        "=cmd|5家。",
    ],
)
def test_names_in_rows_can_be_read(text):
    rows(text)


# -- a table that was corrected by hand


REPORT = "新增企业17家,投资增长5%—6%。"


def corrected(tmp_path, **cells):
    found = extract(REPORT).quantities
    lines = [",".join(COLUMNS)]
    for number, row in enumerate(found):
        lines.append(
            ",".join(
                str(cells.get(name) if number == 1 and name in cells else cell(getattr(row, name))) for name in COLUMNS
            )
        )
    path = tmp_path / "claims.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_table_that_was_not_changed_is_read(tmp_path):
    assert read_quantities(corrected(tmp_path), REPORT) == extract(REPORT).quantities


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"end": 99}, "end"),
        ({"start": 14}, "number_start"),
        ({"number_end": 10}, "number_end"),
        ({"value": "nan"}, "value"),
        ({"value": "inf"}, "value"),
        ({"value": "1_0"}, "value"),
        ({"value": "１"}, "value"),
        ({"value": "9"}, "value_high"),
        ({"start": "1_0"}, "start"),
        ({"start": "-1"}, "start"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_true_is_named(tmp_path, cells, column):
    with pytest.raises(DataError) as caught:
        read_quantities(corrected(tmp_path, **cells), REPORT)
    assert caught.value.column == column and caught.value.row == 3


# -- the second reading finds what is planted


@pytest.mark.parametrize(
    ("text", "change", "fault"),
    [
        ("投资5亿元。", {"value": 6.0}, "value"),
        ("投资5亿元。", {"unit_zh": "万元"}, "unit"),
        ("投资5亿元。", {"unit_zh": "亿美元"}, "unit"),
        ("投资15亿元。", {"start": 3, "number_start": 3, "text": "5亿元", "value": 5.0}, "digits before"),
        ("投资5.5亿元。", {"end": 3, "number_end": 3, "text": "5", "value": 5.0, "unit_zh": ""}, "digits behind"),
        ("收入下降3%。", {"direction": "rise"}, "fall lost"),
        ("收入增长3%。", {"direction": "fall"}, "fall unseen"),
        ("收入增长3%。", {"measure": "share"}, "growth as share"),
        ("收入增长-3%。", {"direction": "rise"}, "minus sign lost"),
        ("气温为5℃。", {"direction": "negative"}, "minus sign made up"),
        ("投资5-6亿元。", {"value_high": 4.0}, "range in the wrong order"),
        ("投资5亿元。", {"value": float("nan")}, "no number"),
        ("投资5亿元。", {"end": 99}, "span"),
        ("投资5亿元。", {"indicator_zh": "投资\ue000"}, "unseen character"),
        ("投资5亿元。", {"indicator_zh": "投" * 41}, "long name"),
        ("煤产量十一亿吨。", {"number_end": 6, "value": 110_000.0, "unit_zh": "万吨"}, "unit"),
    ],
)  # fmt: skip
def test_the_second_reading_finds_what_is_planted(text, change, fault):
    (row,) = extract(text).quantities
    assert list(corpus_values.faults(text, row)) == []
    for name, value in change.items():
        setattr(row, name, value)
    assert any(found.startswith(fault) for found in corpus_values.faults(text, row))


def test_json_holds_the_rows(tmp_path):
    from gwr.extract.export import write_json

    with (tmp_path / "x.json").open("w", encoding="utf-8") as file:
        write_json(extract(REPORT).quantities, file)
    assert [row["value"] for row in json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))] == [17, 5]
