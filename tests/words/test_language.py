"""The Chinese edition: what the package shows there is Chinese. (Catalogues: test_translate.)"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from gwr.paths import BOOK, DATA, GEO
from gwr.report.claims import load_claims, load_facts
from gwr.report.tables import load_tables
from gwr.words.catalogues import domain_of, module_messages, modules, read_catalogue
from gwr.words.language import catalogue_path, code, data, join, messages
from gwr.words.number_format import plain

MODULES = modules()


def in_edition(language: str, program: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in a process of its own, because the language is chosen before the first import."""
    environment = os.environ | {"GWR_LANGUAGE": language, "PYTHONPATH": str(BOOK), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8", check=False
    )


def shown_in_chinese(program: str) -> str:
    """What a program prints in the Chinese edition."""
    done = in_edition("zh", program)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", MODULES, ids=domain_of)
def test_no_translation_is_left_over(path: Path) -> None:
    assert module_messages(path), "the module has a translator and no message"
    assert set(messages(domain_of(path), "zh")) - set(module_messages(path)) == set()


def test_each_module_that_speaks_has_a_catalogue_of_its_room_and_name() -> None:
    names = [domain_of(path) for path in MODULES]
    assert {"show.chapter", "show.charts", "analysis.plans", "show.reference"} <= set(names)
    assert all(catalogue_path(name, "zh").exists() for name in names)


def codes_of_the_tables() -> set[tuple[str, str]]:
    fields = [
        field
        for folder in (DATA, GEO)
        for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        for field in resource.get("schema", {}).get("fields", ())
    ]
    return {(field["name"], word) for field in fields for word in field.get("constraints", {}).get("enum", ())}


def entries(domain: str) -> set[str]:
    """The English of a catalogue that is kept by hand; its Chinese may be missing until a release asks for it."""
    return {str(message.id) for message in read_catalogue(domain, "zh")}


def test_every_code_of_the_tables_has_an_entry() -> None:
    words = {(column, word) for column, word in codes_of_the_tables() if not word[0].isdigit()}
    assert ("measure", "growth_rate") in words
    known = entries("codes")
    keys = {(column, word.replace(" ", "_")) for column, word in words}
    assert {word for column, word in keys if word not in known and f"{column}:{word}" not in known} == set()


def test_descriptions_and_definitions_have_an_entry() -> None:
    known = entries("data")
    packages = [json.loads((folder / "datapackage.json").read_text(encoding="utf-8")) for folder in (DATA, GEO)]
    resources = [resource for package in packages for resource in package["resources"]]
    texts = {resource[name] for resource in resources for name in ("title", "description")}
    fields = [field for resource in resources for field in resource.get("schema", {}).get("fields", ())]
    texts |= {field.get("description") or field["title"] for field in fields}
    texts |= {row["definition_en"] for row in load_tables()["glossary"]}
    assert len(texts) > 200 and texts - known == set()


def test_the_words_of_the_checks_have_an_entry() -> None:
    known = entries("data")
    columns = ("name", "question", "formula", "assumption", "open_question", "comment")
    words = {row[column] for row in load_tables()["checks"] for column in columns if row[column]}
    assert len(words) > 400 and words - known == set()


def test_english_needs_no_catalogue() -> None:
    assert code("growth_rate") == "growth_rate" and data("Units") == "Units" and join(["a", "b"]) == "a, b"


def test_claims_in_chinese() -> None:
    program = "from gwr.report.claims import load_claims; c = load_claims()\n"
    program += "print('|'.join(format(c['c001'], form) for form in ('', 'zh', 'en', 'n', 'own')), c['c001'].row['indicator_en'])"
    assert shown_in_chinese(program).split() == [
        "677.77亿元|677.77亿元|67,777,000,000元|677.77|677.77亿元",
        "地区生产总值",
    ]


def test_every_claim_has_a_base_unit_that_keeps_its_counter() -> None:
    program = "from gwr.report.claims import load_claims\nfor c in load_claims().values(): print(c.unit['unit'], c.zh, c.en, sep='|')"
    shown = {line.split("|")[0]: line.split("|")[2] for line in shown_in_chinese(program).splitlines()}
    assert shown["persons_10k"].endswith("人") and shown["sqm_10k"].endswith("平方米")
    assert shown["cny_10k_per_person"].endswith("元/人") and shown["percent"].endswith("%")
    assert shown["km"].endswith("米") and not shown["km"].endswith("公里")
    assert not any(re.search("[万亿]", figure) for figure in shown.values())


def test_tables_and_captions_in_chinese() -> None:
    program = """
import io, contextlib
import pandas as pd
from gwr.show.chapter import open_chapter
from gwr.show.html_tables import table_html
chapter = open_chapter("headlines")
claims = chapter.frame("claims")
print(table_html(claims.head(2), "a", "b", columns={"indicator": "Indicator", "indicator_zh": "指标",
    "measure": "measure", "status": "status", "note": "note"}))
kinds = pd.DataFrame({"kind": ["street"], "precision": ["street"], "inferred": [True], "shown": [True]})
print(table_html(kinds, "c", "d"))
import gwr.show.chapter
gwr.show.chapter.display = lambda shown, **_: print(getattr(shown, "data", shown))
chapter.table(claims.head(1), "one", "Caption", columns={"status": "Status"})
import altair as alt
from gwr.show.charts import by_status
chart = alt.Chart(claims.head(1)).mark_bar().encode(x="value:Q", **by_status(["expected"]))
chapter.figure(chart, "two", "一段图题。", description="图意", data=claims.head(1), columns={"value": "数值"})
"""
    shown = shown_in_chinese(program)
    assert shown.count("<td>地区生产总值</td>") == 2 and '<th scope="col">指标</th>' not in shown
    assert "<td>水平值</td><td>预计</td>".replace("><", ">\n<") in shown and "<td>增长率</td>" in shown
    assert "<td>街路</td>\n<td>沿街</td>\n<td>是</td>\n<td>是</td>" in shown
    assert ">表1.1　Caption</caption>" in shown
    assert "**图1.1**　一段图题。（浅色：预计，尚非定数）" in shown
    assert "图1.1：图意" in shown and "<summary>数据表：图1.1的数据</summary>" in shown


def test_paragraphs_of_the_source_in_chinese() -> None:
    shown = shown_in_chinese("from gwr.show.source_page import section_html; print(section_html('1.0'))")
    assert "c001：地区生产总值，677.77亿元（预计，2021）" in shown and "本段有11个数据条目" in shown
    assert not re.search(r"<th[^>]*>[A-Za-z]", shown)


def test_an_unknown_language_is_named() -> None:
    done = in_edition("fr", "import gwr.words.language")
    assert done.returncode != 0
    assert "GWR_LANGUAGE" in done.stderr and "'fr'" in done.stderr and "en, zh" in done.stderr


def test_catalogue_that_is_no_po_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gwr.errors import DataError

    broken = tmp_path / "broken.po"
    broken.write_text("these words are no catalogue\n", encoding="utf-8")
    monkeypatch.setattr("gwr.words.language.catalogue_path", lambda *_: broken)
    with pytest.raises(DataError, match="no PO file"):
        messages("broken", "zh")


def test_catalogues_have_no_date_and_their_language() -> None:
    for path in catalogue_path("x", "zh").parent.glob("*.po"):
        head = path.read_text(encoding="utf-8").partition("\n\n")[0]
        assert "Language: zh_CN" in head and "charset=utf-8" in head and "Date" not in head, path.name


def test_names_in_both_languages_stand_once() -> None:
    program = "from gwr.words.language import once; print(once('指标 指标'), once('R&D经费|R&D经费'), once('一一'), once('1 1'), sep=';')"
    assert shown_in_chinese(program).strip() == "指标;R&D经费;一一;1 1"


@pytest.mark.parametrize("message", ["*How is it?*", "# 1 Title\n\n*How is it?*"])
def test_questions_of_chapters_come_from_the_catalogue_of_the_page(
    message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gwr.analysis.lessons as course

    monkeypatch.setattr(course, "LANGUAGE", "zh")
    monkeypatch.setattr(course, "messages", lambda _: {"Else": "别的", message: message.replace("How is", "如何")})
    assert "如何" in course._in_edition("How is it?", "01_page")
    assert course._in_edition("What is it?", "01_page") == "What is it?"


def test_amounts_and_glosses_in_the_words_of_the_edition() -> None:
    program = (
        "from gwr.report.intervals import Interval\nfrom gwr.words.language import glossed, join\nfrom gwr.words.number_format import millions\n"
        "print(millions(19.61, 2), millions(Interval(20.25, 20.75), 2), millions(28.876), glossed('大意', 'gist'), join('甲乙', '和'))"
    )
    assert in_edition("en", program).stdout.split("\n")[0] == "19.61 20.25–20.75 28.9 大意 - gist 甲和乙"
    assert shown_in_chinese(program).strip() == "1,961 2,025～2,075 2,888 大意 甲和乙"


def test_printed_tables_in_chinese() -> None:
    program = (
        "import pandas as pd\nfrom gwr.show.html_tables import printed\n"
        "print(printed(pd.DataFrame({'claim_id': ['c001'], 'status': ['expected'], 'value': [1.5]})))"
    )
    assert in_edition("en", program).stdout.split() == ["claim_id", "status", "value", "c001", "expected", "1.5"]
    assert shown_in_chinese(program).split() == ["数据条目", "状态", "目标", "c001", "预计", "1.5"]


def test_large_amounts_have_no_digits_that_were_not_there() -> None:
    assert plain(296.9 * 1e8) == "29,690,000,000" and plain(677.77) == "677.77" and plain(1 / 3) == "0.333333"


TIPS_OF_A_CHART = """
import altair as alt, pandas as pd
from gwr.show.charts import finish
rows = pd.DataFrame({"status": ["target"], "value": [8], "claim_id": ["c147"], "quote": ["增长8%"], "summary_en": ["增长8%"]})
tips = ["status:N", "value:Q", "claim_id:N", "quote:N", "summary_en:N"]
chart = alt.Chart(rows).mark_bar().encode(x=alt.X("value:Q", title="Growth"), color="status:N", tooltip=tips)
spec = finish(chart, name="n", label="l", description="d")
(data,) = spec["datasets"].values()
shown = [f"{tip['title']}={data[0][tip['field']]}" for tip in spec["encoding"]["tooltip"]]
print("|".join(shown), spec["encoding"]["color"]["field"], data[0]["status"], sep="|")
"""


def test_tooltips_say_what_their_fields_are() -> None:
    english = "Status=target|Growth=8|Claim=c147|Passage 原文=增长8%|status|target"
    assert in_edition("en", TIPS_OF_A_CHART).stdout.strip() == english
    assert shown_in_chinese(TIPS_OF_A_CHART).strip() == "状态=目标|Growth=8|数据条目=c147|原文=增长8%|status|target"


def test_every_field_of_a_tooltip_has_a_title() -> None:
    import nbformat
    from gwr.show.charts import VEGALITE_MIME

    def tips(part: object) -> list[dict[str, str]]:
        if isinstance(part, list):
            return [tip for one in part for tip in tips(one)]
        if not isinstance(part, dict):
            return []
        own = part.get("tooltip")
        return [tip for tip in own if "field" in tip] if isinstance(own, list) else tips(list(part.values()))

    found = [
        (path.stem, tip["field"], tip["title"])
        for path in sorted(BOOK.glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", ())
        for tip in tips({k: v for k, v in output.get("data", {}).get(VEGALITE_MIME, {}).items() if k != "datasets"})
    ]
    assert len(found) > 150
    assert [tip for tip in found if tip[1] == tip[2]] == []


def test_figures_for_a_reader_of_english() -> None:
    """Amounts and measures in both languages, things as the number alone; the figure as written is never rounded."""
    claims, facts = load_claims(), load_facts()
    assert f"{claims['c001']}" == "CNY\u00a067.78\u00a0billion (677.77亿元)"
    assert f"{claims['c001']:own}" == "CNY\u00a067.78\u00a0billion"
    assert claims["c001"].en == "CNY\u00a067.777\u00a0billion"
    assert f"{claims['c121']}" == f"{claims['c121']:own}" == "109"
    assert f"{claims['c074']}" == "4" and claims["c074"].zh == "四所"
    assert f"{claims['c187']}" == "4,000\u00a0m (4公里)"
    assert f"{claims['c089']}" == "more than 70,000 (7万件)" and claims["c089"].zh == ">\u00a07万件"
    assert f"{claims['c191']:n}" == "1–2" and f"{claims['c143']}" == "about 7.5%"
    assert f"{facts['f003']}" == "18\u00a0km² (18平方公里)"
    assert f"{facts['f013']}" == "123" and f"{facts['f010']}" == "CNY\u00a01.844\u00a0billion (18.44亿元)"


def test_a_bound_stands_in_words_in_a_chinese_sentence_and_as_a_sign_in_a_table() -> None:
    shown = shown_in_chinese(
        "from gwr import load_claims, load_facts\nclaims, facts = load_claims(), load_facts()\n"
        "print(*(f'{claims[one]}' for one in ('c196', 'c089', 'c143', 'c191')), claims['c196'].zh, f'{facts[\"f022\"]}', f'{facts[\"f036\"]}', sep='|')"
    )
    assert shown.strip() == "1.3万人以上|超7万件|7.5%左右|1～2家|≥\u00a01.3万人|不到5%|9%左右"
