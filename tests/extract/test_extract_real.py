"""Faults that real reports showed, each in a short passage of its own; and the scores on the reports that were coded blind."""

from __future__ import annotations

import csv
import hashlib
import os
import sys
from pathlib import Path

import pytest
from gwr.extract import extract

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import score_reports

REVIEW, PLAN = "一、2022年工作回顾\n", "一、2022年工作回顾\n二、2023年工作安排\n"


def fields(text, *names):
    """The named fields of every quantity of a text."""
    return [tuple(getattr(q, name) for name in names) for q in extract(text).quantities]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("总量跨越四千亿、五千亿、六千亿三个台阶。", [(4000, "亿"), (5000, "亿"), (6000, "亿")]),
        ("增幅高于全国、全省2.1和3.4个百分点。", [(2.1, "个百分点"), (3.4, "个百分点")]),
        ("增速高于全省1.2个和2.7个百分点。", [(1.2, "个百分点"), (2.7, "个百分点")]),
        ("林地、草地面积分别为12万、9.5万和3万亩。", [(12, "万亩"), (9.5, "万亩"), (3, "万亩")]),
        ("算力达到3000PF。", [(3000, "PF")]),
        ("甲园、乙园等9家园区入选。", [(9, "家")]),
        ("新建社区公园7个、20公顷以上综合公园3个。", [(7, "个"), (3, "个")]),
        ("本县企业斥资三百亿布局化工。", [(300, "亿")]),
        ("公租房租期再延长二十年。", [(20, "年")]),
        ("受教育年限从10.5年提高到12年。", [(10.5, "年"), (12, "年")]),
        ("连续举办6届全国农博会。", [(6, "届")]),
        ("新引进3家以上村镇银行。", [(3, "家")]),
        ("加强甲湖、乙湖、丙湖三个国家湿地公园管理。", [(3, "个")]),
        ("推进海丰二期90万吨纸浆等项目建设。", []),
        ("推进8个总投资3000万元以上、年度投资500万元以上的项目。", [(8, "个")]),
    ],
)
def test_numbers_and_units(words, read):
    assert fields(REVIEW + words, "value", "unit_zh") == read


@pytest.mark.parametrize(
    ("words", "comparators"),
    [
        ("在24小时内恢复供电。", ["le"]),
        ("24小时内保障了线路畅通。", ["le"]),
        ("低保标准不低于700元/月和480元/月。", ["ge", "ge"]),
        ("两家园区产值分别超过30亿元、20亿元。", ["eq", "gt", "gt"]),
        ("产值超过30亿元、税收2亿元。", ["gt", "eq"]),
        ("每个镇至少引进1个项目。", ["ge"]),
        ("收入接近翻一番。", ["lt"]),
    ],
)
def test_comparators(words, comparators):
    assert [c for (c,) in fields(REVIEW + words, "comparator")] == comparators


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("全县净增工业企业42家。", [("change", "rise")]),
        ("新增工业企业42家。", [("count", "")]),
        ("全年减少贫困人口3.2万人。", [("change", "fall")]),
        ("审批事项减少到40项。", [("count", "")]),
        ("粮食增产6亿斤。", [("change", "rise")]),
        ("资费至少降低30%。", [("growth_rate", "fall")]),
        ("连续三年获评先进。", [("count", "")]),
        ("水质指标降至全省第4低。", [("rank", "")]),
        ("新能源成为第二大电源。", [("rank", "")]),
        ("集装箱吞吐量40万标箱。", [("level", "")]),
        ("万人发明专利拥有量达15件。", [("level", "")]),
    ],
)
def test_measures(words, measures):
    assert fields(REVIEW + words, "measure", "direction") == measures


def test_three_names_and_two_numbers_after_fenbie():
    names = fields(REVIEW + "制造业、仓储和邮政业投资分别增长9%和7%。", "indicator_zh")
    assert names == [("制造业",), ("仓储和邮政业投资",)]
    assert fields(REVIEW + "茶叶、水果和蔬菜产量分别增长5%、6%、7%。", "indicator_zh")[1] == ("水果产量",)


def test_ranks_in_a_list():
    read = fields(REVIEW + "新增上市企业5家、居中部第2位。生产总值、投资分别居全省第3、第4位。", "value", "measure")
    assert read == [(5, "count"), (2, "rank"), (3, "rank"), (4, "rank")]
    assert fields(REVIEW + "新增上市企业5家、居中部第2位。", "indicator_zh")[1] == ("新增上市企业排名",)


def test_a_glossary_holds_no_targets():
    text = PLAN + "(一)工业\n新增企业12家。\n附件\n名词解释\n1.“规上企业”:年收入2000万元的企业,全国共有30家。\n"
    found = extract(text)
    assert [(q.text, q.status) for q in found.quantities] == [("12家", "target")]
    assert {"2000", "30"} <= {other.text for other in found.others if other.rule == "glossary"}
    assert len(fields(REVIEW + "名词解释\n新增企业12家。", "value")) == 1, "no plan came before it"


@pytest.mark.parametrize(
    "heading", ["二、“十四五”目标任务和2035年远景目标", "二、到2035年的目标任务", "二、2035年愿景目标"]
)
def test_a_horizon_is_not_the_year_that_is_planned(heading):
    text = (
        f"一、2020年工作回顾\n新增企业12家。\n{heading}\n城区绿地达到9平方公里。\n三、2021年工作安排\n新增企业15家。\n"
    )
    periods = [period for (period,) in fields(text, "period")]
    assert (periods[0], periods[-1]) == ("2020", "2021")


def test_sections_below_a_paragraph_on_five_years_are_of_five_years():
    text = "一、2022年和五年工作回顾\n过去一年,新增企业12家。\n五年来,我们做了以下工作:\n(一)工业。培育企业60家。占比从20%提高到35%。\n"
    assert fields(text, "period") == [("2022",), ("2018-2022",), ("2017",), ("2022",)]


def test_ten_years_are_ten_years():
    assert fields(REVIEW + "十年增加近20亿元、年均增长6.2%。", "period") == [("2013-2022",), ("2013-2022",)]


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("_first_run", "9fa80ab5e62600aa8ae0d645e4459d88ffa998c2c8047e22f265c9f7895468c9"),
        ("_rows", "10355a7fb14642cfb32c444353e66c4676cc76ba6c575de6536c1f0087e25b9a"),
    ],
)
def test_first_run_and_codes_are_as_handed_in(name, digest):
    """What was found and what was coded before either side saw the other's is never written again."""
    data = (score_reports.SAMPLES / f"coded_reports{name}.csv").read_bytes()
    assert hashlib.sha256(data).hexdigest() == digest


def test_the_stored_counts_are_those_of_the_stored_rows():
    with (score_reports.SAMPLES / "coded_reports_scores.csv").open(encoding="utf-8", newline="") as file:
        stored = [tuple(row.values()) for row in csv.DictReader(file)]
    fresh = [tuple(map(str, row)) for row in score_reports.all_scores(None)]
    assert stored[: len(fresh)] == fresh
    assert {row[0] for row in stored[len(fresh) :]} == {"mended"}


@pytest.mark.skipif("GWR_CORPUS" not in os.environ, reason="name the collection of work reports in GWR_CORPUS")
def test_the_rules_still_reach_what_is_stored():
    """After a change of rules: python tests/benchmarks/score_reports.py CORPUS.parquet --write."""
    texts = score_reports.texts_of(Path(os.environ["GWR_CORPUS"]))
    fresh = score_reports.all_scores({name: score_reports.found_in(text) for name, text in texts.items()})
    with (score_reports.SAMPLES / "coded_reports_scores.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row.values()) for row in csv.DictReader(file)] == [tuple(map(str, row)) for row in fresh]


def test_a_correction_of_nothing_is_an_error():
    row = {"report": "r1", "start": "5", "unit_zh": "家"}
    change = {"report": "r1", "start": "5", "column": "unit_zh", "before": "家", "after": "个"}
    assert list(score_reports.corrected([row], [change])) == [row | {"unit_zh": "个"}]
    with pytest.raises(AssertionError):
        list(score_reports.corrected([row], [change | {"start": "6"}]))
    with pytest.raises(AssertionError):
        list(score_reports.corrected([row], [change | {"before": "户"}]))
