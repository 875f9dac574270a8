"""Targets and results of work reports: the rules on short passages, and the tables of a folder and of a Parquet file."""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from gwr.errors import DataError
from gwr.extract import panel
from gwr.extract.panel import about_file, build_panel, report_id, scratch
from gwr.extract.panel_rules import INDICATOR_CODES, read_panel
from gwr.paths import BUILD, DATA

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from cluster import local_cluster

HEAD = "各位代表：\n清河市人民政府向大会报告工作。\n"
REVIEW, PLAN = "一、2018年工作回顾\n", "二、2019年工作安排\n"


def rows_of(review="", plan="", *, head=HEAD, place="清河市", level="city", year=2019):
    reading = read_panel(f"{head}{REVIEW}{review}\n{PLAN}{plan}\n", place, level, year)
    return {(row.indicator, row.kind): row for row in reading.rows}


def values(rows):
    return {key: row.value for key, row in rows.items()}


def test_a_list_of_results_and_a_list_of_targets():
    text = (
        f"{HEAD}{REVIEW}预计全年地区生产总值完成512亿元，增长7.3%，规模以上工业增加值增长8.1%，固定资产投资下降2.4%，"
        f"城镇新增就业1.6万人。\n{PLAN}今年主要预期目标是：地区生产总值增长7%左右，社会消费品零售总额增长9%以上，"
        "居民消费价格涨幅控制在3%以内，城镇登记失业率控制在4.2%，城镇新增就业15000人以上。\n"
    )
    reading = read_panel(text, "清河市", "city", 2019)
    assert reading.plan_year == 2019 and not reading.refused
    found = [
        (r.indicator, r.kind, r.value, r.unit_zh, r.comparator, r.status, text[r.start : r.end]) for r in reading.rows
    ]
    assert found == [
        ("gdp_growth", "result", 7.3, "%", "eq", "expected", "7.3%"),
        ("industry_va_growth", "result", 8.1, "%", "eq", "expected", "8.1%"),
        ("fai_growth", "result", -2.4, "%", "eq", "expected", "2.4%"),
        ("new_urban_jobs", "result", 16000, "人", "eq", "expected", "1.6万人"),
        ("gdp_growth", "target", 7, "%", "about", "target", "7%左右"),
        ("retail_growth", "target", 9, "%", "ge", "target", "9%以上"),
        ("cpi", "target", 3, "%", "le", "target", "3%以内"),
        ("unemployment_rate", "target", 4.2, "%", "le", "target", "4.2%"),
        ("new_urban_jobs", "target", 15000, "人", "ge", "target", "15000人以上"),
    ]


@pytest.mark.parametrize(
    ("plan", "value", "high", "comparator"),
    [
        ("地区生产总值增长7%—7.5%。", 7, 7.5, "eq"),
        ("地区生产总值增长7%左右，力争7.5%。", 7, None, "about"),
        ("地区生产总值增长不低于6.5%。", 6.5, None, "ge"),
        ("GDP增速达到6.5%以上。", 6.5, None, "ge"),
        ("经济增长预期目标为7%左右。", 7, None, "about"),
    ],
)
def test_how_a_target_is_worded(plan, value, high, comparator):
    row = rows_of(plan=f"今年主要预期目标是：{plan}")["gdp_growth", "target"]
    assert (row.value, row.value_high, row.comparator) == (value, high, comparator)


@pytest.mark.parametrize(
    "plan",
    [
        "主要预期目标是：地区生产总值与全省同步增长，居民收入增长与经济增长同步。",  # no number
        "今后五年，主要目标是：地区生产总值年均增长8%。",
        "到2025年，地区生产总值增长8%。",
        "“十四五”时期主要目标是：新增城镇就业30万人。",
        "上半年地区生产总值要增长8%。",
        "高新区要实现地区生产总值增长20%。",
        "单位地区生产总值能耗下降3%，人均地区生产总值增长6%。",
        "民间固定资产投资增长12%，限额以上社会消费品零售总额增长10%，农村居民人均可支配收入增长9%。",
    ],
)
def test_what_is_no_target_of_the_year(plan):
    assert not rows_of(plan=plan)


@pytest.mark.parametrize(
    "review",
    [
        "五年来，地区生产总值年均增长9.1%，城镇新增就业9万人。",
        "上半年，地区生产总值增长8.4%。",
        "地区生产总值比2012年增长61%。",
        "2016年地区生产总值增长8.8%。",
        "高于7%的预期目标。",
        "累计新增城镇就业9万人，财政收入年均增长11%。",
    ],
)
def test_what_is_no_result_of_the_year_before(review):
    assert not rows_of(review=review)


def test_lists_hand_out_their_names():
    found = values(
        rows_of(
            review="固定资产投资、社会消费品零售总额分别增长10.2%、9.4%。城乡居民人均可支配收入39777元和16108元，分别增长6.5%和9.9%。",
            plan="财政总收入、一般公共预算收入均增长6%。城镇、农村常住居民人均可支配收入分别增长7%和8%。",
        )
    )
    assert found == {
        ("fai_growth", "result"): 10.2,
        ("retail_growth", "result"): 9.4,
        ("urban_income_growth", "result"): 6.5,
        ("local_revenue_growth", "target"): 6,
        ("urban_income_growth", "target"): 7,
    }


def test_which_of_several_figures_counts():
    found = rows_of(
        review="财政总收入80亿元，增长12%，其中地方一般公共预算收入50亿元，增长8%。工业增加值增长5%，规模以上工业增加值增长6%。"
        "城镇登记失业率3.1%，城镇调查失业率5%。",
        plan="居民人均可支配收入增长8%，城乡居民收入增长8.5%。财政收入增长7%。",
    )
    assert values(found) == {
        ("local_revenue_growth", "result"): 8,
        ("industry_va_growth", "result"): 6,
        ("unemployment_rate", "result"): 5,
        ("resident_income_growth", "target"): 8,
        ("local_revenue_growth", "target"): 7,
    }


def test_falls_indices_and_comparable_terms():
    found = rows_of(
        review="一般公共预算收入同口径下降3.5%，社会消费品零售总额增长-4%，居民消费价格指数为102.3%。固定资产投资扣除一次性因素后增长3%。",
    )
    assert values(found) == {
        ("local_revenue_growth", "result"): -3.5,
        ("retail_growth", "result"): -4,
        ("cpi", "result"): 2.3,
        ("fai_growth", "result"): 3,
    }


def test_a_report_that_sums_five_years_up_still_tells_of_the_last_one():
    text = (
        f"{HEAD}一、过去五年工作回顾\n五年来，地区生产总值年均增长9%，社会消费品零售总额增长71%。\n各位代表！2017年是本届政府的收官之年。"
        f"全年地区生产总值增长7.7%。\n二、今后五年的目标\n地区生产总值年均增长8%。\n三、2018年工作安排\n主要预期目标是：地区生产总值增长7.5%。\n"
    )
    rows = read_panel(text, "清河市", "city", 2018).rows
    assert [(r.kind, r.value) for r in rows] == [("result", 7.7), ("target", 7.5)]


def test_new_jobs_of_several_years_are_left_out():
    assert values(rows_of("城镇新增就业9.1万人。", "城镇新增就业1.7万人。")) == {("new_urban_jobs", "target"): 17000}


@pytest.mark.parametrize(
    ("review", "plan", "key", "value"),
    [
        ("社消零总额增长2.8%。", "", ("retail_growth", "result"), 2.8),
        ("社会零售总额110亿元，增长15.9%。", "", ("retail_growth", "result"), 15.9),
        ("一般公共预算收入跨上百亿元台阶，达到101.2亿元，增长8.8%。", "", ("local_revenue_growth", "result"), 8.8),
        (
            "地区性财政收入254亿元，增长7.2%；地方财政总收入94亿元，增长6.6%。",
            "",
            ("local_revenue_growth", "result"),
            6.6,
        ),
        ("一般公共预算地方收入增长6.5%以上。", "", ("local_revenue_growth", "result"), 6.5),
        ("规模以上工业增加值增速由负转正，增长3%以上。", "", ("industry_va_growth", "result"), 3),
        ("地方一般预算收入451亿元，增长23.8%，是2013年180亿元的2.5倍。", "", ("local_revenue_growth", "result"), 23.8),
        ("拉动全市固定资产投资增长3.5%。", "", ("fai_growth", "result"), 3.5),
        (
            "城乡居民人均可支配收入分别达到48220元和18638元、增长6.5%和8.5%。",
            "",
            ("urban_income_growth", "result"),
            6.5,
        ),
        ("城乡居民人均可支配收入均增长7.5%左右。", "", ("urban_income_growth", "result"), 7.5),
        ("城乡居民人均可支配收入增长7.5%左右。", "", ("resident_income_growth", "result"), 7.5),
        ("", "20.城镇新增就业2.2万人。", ("new_urban_jobs", "target"), 22000),
        ("", "规模以上工业增加值、社会消费品零售总额指标，分别按增长8%、4%安排。", ("retail_growth", "target"), 4),
        ("", "过去一年，各项工作取得很大成绩。地区生产总值增长6.3%。", ("gdp_growth", "result"), 6.3),
        ("", "刚刚过去的2018年，全市生产总值增长9.5%左右，社会消费品零售总额增长13%。", ("gdp_growth", "result"), 9.5),
    ],
)
def test_names_and_places_that_readers_found(review, plan, key, value):
    rows = rows_of(review, plan)
    assert values(rows) == {key: value} or values(rows)[key] == value
    assert (rows[key].status == "target") == (key[1] == "target")


def test_new_jobs_that_are_not_said_to_be_of_the_towns_are_no_row():
    assert rows_of("全年新增就业5万人。", "新增就业6万人。") == {}


def test_a_list_of_targets_without_a_heading():
    text = f"{HEAD}{REVIEW}地区生产总值增长8%。\n今年发展的主要预期目标是：地区生产总值增长7%。\n"
    rows = read_panel(text, "清河市", "city", 2019).rows
    assert [(r.kind, r.value) for r in rows] == [("result", 8), ("target", 7)]


def test_the_year_that_is_planned():
    later = "2018年12月28日在清河市第五届人民代表大会上\n各位代表：\n一、2018年工作回顾\n清河地区生产总值增长8%。\n二、2019年工作\n地区生产总值增长7%。\n"
    reading = read_panel(later, "清河市", "city", 2018)
    assert reading.plan_year == 2019
    assert [(r.plan_year, r.kind, r.value) for r in reading.rows] == [(2019, "result", 8), (2019, "target", 7)]


@pytest.mark.parametrize(
    ("text", "place", "year", "says"),
    [
        ("清河市2018年国民经济统计公报\n地区生产总值增长7%。", "清河市", 2019, "no work report"),
        (f"{HEAD}{REVIEW}地区生产总值增长7%。", "白石市", 2019, "never names 白石市"),
        ("清河市政府工作报告（2012年1月31日）\n各位代表：\n一、2011年工作回顾\n", "清河市", 2019, "dated 2012"),
    ],
)
def test_texts_that_are_another_report(text, place, year, says):
    reading = read_panel(text, place, "city", year)
    assert not reading.rows and says in reading.refused


def test_a_glossary_at_the_end_sets_no_target():
    plan = "主要预期目标是：地区生产总值增长7%。\n名词解释\n城镇新增就业：例如全年城镇新增就业5万人，社会消费品零售总额增长9%。"
    assert values(rows_of(plan=plan)) == {("gdp_growth", "target"): 7}


REPORT = f"{HEAD}{REVIEW}地区生产总值增长{{a}}%。\n{PLAN}主要预期目标是：地区生产总值增长{{b}}%。\n"


def parquet_of(tmp_path, count=9, **columns):
    texts = [REPORT.format(a=5 + n % 4, b=6 + n % 3) for n in range(count)]
    table = {
        "path": [f"报告/清河市/{n}-2019.md" for n in range(count)],
        "level": ["city"] * count,
        "place": ["清河市"] * count,
        "year": [2019] * count,
        "source_url": ["https://example.org/"] + [None] * (count - 1),
        "title": ["政府工作报告"] * count,
        "text": texts,
        "sha256": [hashlib.sha256(text.encode()).hexdigest() for text in texts],
    }
    file = tmp_path / "corpus.parquet"
    pq.write_table(pa.table({**table, **columns}), file)
    return file


def read_csv(file):
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def tables(out):
    return (out / "reports.csv").read_bytes(), (out / "targets.csv").read_bytes()


def test_a_parquet_file_becomes_two_tables(tmp_path):
    done = build_panel(parquet_of(tmp_path), tmp_path / "panel", workers=1)
    assert (done.reports, done.rows, done.skipped, done.already) == (9, 18, 0, 0)
    reports, targets = read_csv(tmp_path / "panel/reports.csv"), read_csv(tmp_path / "panel/targets.csv")
    assert list(reports[0]) == ["report_id", "path", "place", "level", "year", "sha256", "source_url"]
    assert list(targets[0]) == [
        "report_id", "plan_year", "indicator", "kind", "value", "value_high", "unit_zh", "comparator", "status", "start", "end",
    ]  # fmt: skip
    assert {row["report_id"] for row in targets} == {row["report_id"] for row in reports}
    assert [row["report_id"] for row in reports] == sorted(report_id(row["path"]) for row in reports)
    assert build_panel(parquet_of(tmp_path), tmp_path / "panel", workers=1).already == 9


def test_two_cores_a_folder_and_a_second_run_give_the_same_bytes(tmp_path):
    file = parquet_of(tmp_path, source_url=[None] * 9)
    build_panel(file, tmp_path / "one", workers=1)
    build_panel(file, tmp_path / "two", workers=2)
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    folder = tmp_path / "folder"
    for row in pq.read_table(file).to_pylist():
        target = folder / row["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(row["text"], encoding="utf-8", newline="")
    build_panel(folder, tmp_path / "three", workers=2)
    assert tables(tmp_path / "one") == tables(tmp_path / "three")


def test_a_changed_text_is_read_again_and_bad_ones_are_listed(tmp_path):
    out = tmp_path / "panel"
    build_panel(parquet_of(tmp_path), out, workers=1)
    texts = [REPORT.format(a=5 + n % 4, b=6 + n % 3) for n in range(9)]
    texts[2], texts[5] = texts[2].replace("增长7%", "增长9%"), "清河市统计公报"
    sums = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    sums[7] = "0" * 64
    titles = ["政府工作报告"] * 5 + ["统计公报"] + ["政府工作报告"] * 3
    done = build_panel(parquet_of(tmp_path, text=texts, sha256=sums, title=titles), out, workers=1)
    assert (done.reports, done.rows, done.skipped, done.already) == (9, 14, 2, 6)
    errors = read_csv(tmp_path / "panel.errors.csv")
    assert [row["report"] for row in errors] == ["报告/清河市/5-2019.md", "报告/清河市/7-2019.md"]
    assert "no work report" in errors[0]["reason"] and "checksum" in errors[1]["reason"]


def test_other_texts_of_a_corpus_are_passed_over(tmp_path):
    levels = ["national_communique"] * 4 + ["city"] * 5
    assert build_panel(parquet_of(tmp_path, level=levels), tmp_path / "panel", workers=1).reports == 5


def test_what_a_path_says():
    assert about_file("政府工作报告-主要城市/福州市/2022.md")[:3] == ("福州市", "city", 2022)
    assert about_file("政府工作报告-国务院/2004.md")[:3] == ("全国", "national", 2004)
    assert about_file("内蒙古自治区/2010.txt")[:2] == ("内蒙古自治区", "province")
    assert about_file("台江区/2022.docx")[:2] == ("台江区", "county")
    assert about_file("台江区2022.txt")[:3] == ("台江区", "county", 2022)
    with pytest.raises(DataError, match="no year"):
        about_file("福州市/report.md")


def test_what_is_no_corpus(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        build_panel(tmp_path / "none.parquet", tmp_path / "panel")
    (tmp_path / "bad.parquet").write_bytes(b"none")
    with pytest.raises(DataError, match="no Parquet file"):
        build_panel(tmp_path / "bad.parquet", tmp_path / "panel")
    pq.write_table(pa.table({"path": ["a"]}), tmp_path / "short.parquet")
    with pytest.raises(DataError, match="column level is missing"):
        build_panel(tmp_path / "short.parquet", tmp_path / "panel")
    with pytest.raises(DataError, match="stands in it twice"):
        build_panel(parquet_of(tmp_path, path=["清河市/2019.md"] * 9), tmp_path / "panel")


def test_a_process_that_dies_over_a_report_does_not_stop_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(panel, "read_one", dies_over_the_third)
    done = build_panel(parquet_of(tmp_path), tmp_path / "panel", workers=2)
    assert (done.reports, done.rows, done.skipped) == (9, 16, 1)
    assert "died" in read_csv(tmp_path / "panel.errors.csv")[0]["reason"]


ORIGINAL = panel.read_one


def dies_over_the_third(folder, report, part, text, about):
    import os
    import signal

    if "/3-" in report:
        os.kill(os.getpid(), signal.SIGKILL)
    return ORIGINAL(folder, report, part, text, about)


@pytest.mark.slow
def test_a_cluster_gives_the_same_tables(tmp_path):
    file = parquet_of(tmp_path, 40)
    build_panel(file, tmp_path / "one", workers=1)
    with local_cluster(tmp_path, 2) as (address, _):
        build_panel(file, tmp_path / "cluster", scheduler=address)
    assert tables(tmp_path / "one") == tables(tmp_path / "cluster")


def test_the_codes_are_those_of_the_contract():
    assert set(INDICATOR_CODES) == {
        "gdp_growth", "industry_va_growth", "fai_growth", "retail_growth", "local_revenue_growth",
        "urban_income_growth", "resident_income_growth", "cpi", "new_urban_jobs", "unemployment_rate",
    }  # fmt: skip


def test_nothing_but_the_tables_comes_into_the_data_folder(tmp_path):
    assert scratch(DATA / "panel") == BUILD / "panel"
    assert scratch(tmp_path / "panel") == tmp_path / "panel"
