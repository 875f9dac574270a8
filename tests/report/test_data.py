"""The tables are as their descriptors say, and keep the rules that no descriptor can state."""

from __future__ import annotations

import copy
import doctest
import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import frictionless
import gwr.report.agreement
import gwr.report.rules.claim_rules
import gwr.words.written_figures
import pandas as pd
import pytest
from gwr.paths import DATA, GEO
from gwr.report.checksums import unsealed
from gwr.report.rules import RULES, check_rules, parse_numeral
from gwr.report.tables import Tables, load_tables

PACKAGES = [DATA, GEO]
RESOURCES = [
    (folder, resource)
    for folder in PACKAGES
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
]
TABLES = [(folder, resource) for folder, resource in RESOURCES if "schema" in resource]


def name_of(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value["name"])  # type: ignore[index]


# --- the descriptors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", PACKAGES, ids=name_of)
def test_frictionless_finds_no_fault(folder):
    """Types, enums, patterns, required cells, primary and foreign keys, bytes and sha256, by the library itself."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


@pytest.mark.parametrize("folder", PACKAGES, ids=name_of)
def test_every_file_is_described(folder):
    described = {resource["path"] for where, resource in RESOURCES if where == folder}
    data_files = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".csv", ".geojson", ".txt") and not path.name.startswith("requirements")
    }
    assert data_files - described == set()


@pytest.mark.parametrize("folder", PACKAGES, ids=name_of)
def test_checksums_are_up_to_date(folder):
    assert unsealed(folder) == []


@pytest.mark.parametrize(("folder", "resource"), RESOURCES, ids=name_of)
def test_every_file_has_checksum_licence_source_and_description(folder, resource):
    content = (folder / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    assert all(licence["name"] and licence["title"] for licence in resource["licenses"])
    assert all(source["title"] for source in resource["sources"])
    assert len(resource["description"]) > 20


@pytest.mark.parametrize(("folder", "resource"), TABLES, ids=name_of)
def test_every_column_is_typed_and_explained(folder, resource):
    schema = resource["schema"]
    assert schema["primaryKey"]
    for column in schema["fields"]:
        assert column["type"] in ("string", "integer", "number", "boolean", "year")
        assert len(column.get("description", "")) > 3, column["name"]


# Columns whose values are codes, so that a new one must be described before it can be used.
CODES = {
    "claims": ("section", "comparator", "measure", "period", "status"),
    "not_claims": ("reason",),
    "places": ("section", "status", "programme", "group_extent"),
    "pledges": ("section", "strength", "quantitative", "deadline"),
    "emendations": ("section", "confidence"),
    "organisations": ("section", "type"),
    "statements": ("section", "kind"),
    "firsts": ("section", "scope"),
    "judgement_sets": ("judge",),
    "outcomes": ("trust", "comparator", "status", "level", "relation", "answer"),
    "first_reading_outcomes": ("level", "relation", "answer"),
    "second_reading_outcomes": ("level", "relation", "answer"),
    "outcome_searches": ("kind", "answer", "reason"),
    "context": ("level", "status", "trust"),
    "adjudication": ("table",),
    "inherited_wording": ("section", "level", "side"),
    "wording_shares": ("section", "level"),
    "expected_revisions": ("place", "status", "unit_zh", "route", "later_comparator"),
    "silences": ("level",),
    "checks": ("topic", "kind", "test", "unit"),
    "gazetteer": ("kind", "precision", "confidence"),
}


@pytest.mark.parametrize(("folder", "resource"), TABLES, ids=name_of)
def test_codes_are_enumerated(folder, resource):
    rules = {column["name"]: column.get("constraints", {}) for column in resource["schema"]["fields"]}
    assert [name for name in CODES.get(resource["name"], ()) if "enum" not in rules[name]] == []


def test_foreign_keys_between_tables_of_a_package_are_declared():
    declared = {
        (resource["name"], key["fields"] if isinstance(key["fields"], str) else key["fields"][0])
        for _, resource in TABLES
        for key in resource["schema"].get("foreignKeys", [])
    }
    assert declared >= {
        ("claims", "unit"),
        ("claims", "base_claim"),
        ("places", "group_claim"),
        ("outcomes", "claim_id"),
        ("outcomes", "pledge_id"),
        ("judgements", "set_id"),
        ("judgement_codes", "set_id"),
    }


@pytest.mark.parametrize(("folder", "resource"), TABLES, ids=name_of)
def test_files_are_plain_utf8_with_unix_line_ends(folder, resource):
    content = (folder / resource["path"]).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content and content.endswith(b"\n")


# --- the rules ---------------------------------------------------------------------------------------------------------------


def test_the_tables_keep_every_rule():
    assert check_rules(load_tables()) == []


CORPUS = os.environ.get("GWR_CORPUS", "")


@pytest.mark.skipif(not CORPUS, reason="the collection of work reports is not here; GWR_CORPUS names its file")
def test_facts_of_context_stand_in_the_sentence_they_point_to():
    texts = pd.read_parquet(CORPUS).set_index("path")
    for row in load_tables()["context"]:
        if not row["source_sha256"]:
            continue
        text = texts.at[row["source"], "text"]
        assert texts.at[row["source"], "sha256"] == row["source_sha256"], row["context_id"]
        sentence = text[row["source_start"] : row["source_end"]]
        assert text[row["source_start"] - 1] in "。—\n \u3000", row["context_id"]
        assert sentence.endswith("。") or text[row["source_end"]] == "\n", row["context_id"]
        written = f"{abs(row['value']):g}" if row["value"] is not None else ""
        assert written in sentence or row["note"], row["context_id"]
        assert "预计" in sentence or row["status"] != "expected", row["context_id"]


def test_every_rule_has_a_reason():
    assert all(len(rule.reason) > 20 and rule.name == name for name, rule in RULES.items())


def test_the_report_has_as_many_runs_of_digits_as_were_counted_by_hand():
    assert len(re.findall(r"[0-9]+(?:\.[0-9]+)?", load_tables().report.text)) == 216


def test_examples_in_the_documentation():
    for module in (gwr.report.rules.claim_rules, gwr.report.agreement, gwr.words.written_figures):
        result = doctest.testmod(module)
        assert result.attempted and not result.failed


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("677.77", (677.77, None)),
        ("1-2", (1, 2)),
        ("四", (4, None)),
        ("两", (2, None)),
        ("十", (10, None)),
        ("零", (0, None)),
        ("千", (1000, None)),
        ("二十五", (25, None)),
        ("一百二十", (120, None)),
        ("三千零六", (3006, None)),
        ("四分之一", (25, None)),
        ("四分之三", (75, None)),
    ],
)
def test_numerals(written, value):
    assert parse_numeral(written) == value


@pytest.mark.parametrize("written", ["", "约", "12万", "千禧"])
def test_what_is_no_numeral(written):
    with pytest.raises(ValueError):
        parse_numeral(written)


# One or more corrupted rows for each rule: the table, which row, and what is changed in it. `None` removes the row.
Change = dict[str, object] | None
MUTATIONS: list[tuple[str, str, Callable[[dict], bool], Change]] = [
    ("digits_accounted_once", "claims", lambda row: row["claim_id"] == "c053", None),
    ("digits_accounted_once", "not_claims", lambda row: row["text"] == "2021年", None),
    ("digits_accounted_once", "not_claims", lambda row: row["text"] == "3820", {"start": 5580}),
    ("chinese_numerals_accounted", "claims", lambda row: row["claim_id"] == "c074", None),
    ("chinese_numerals_accounted", "not_claims", lambda row: row["text"] == "双减", None),
    ("numerals_do_not_overlap", "not_claims", lambda row: row["text"] == "18岁以上", {"end": 2507}),
    ("number_inside_quote", "claims", lambda row: row["claim_id"] == "c001", {"start": 446}),
    ("value_is_as_written", "claims", lambda row: row["claim_id"] == "c001", {"value": 677.78}),
    ("value_is_as_written", "claims", lambda row: row["claim_id"] == "c106", {"value": 0.25}),
    ("value_is_as_written", "claims", lambda row: row["claim_id"] == "c142", {"value": 1000.5}),
    ("value_is_as_written", "claims", lambda row: row["claim_id"] == "c074", {"value": 5.0}),
    ("value_is_as_written", "claims", lambda row: row["claim_id"] == "c191", {"value_high": None}),
    ("value_is_as_written", "claims", lambda row: row["claim_id"] == "c001", {"number_end": 453}),
    ("unit_follows_number", "claims", lambda row: row["claim_id"] == "c001", {"unit_zh": "万元"}),
    ("comparator_is_as_worded", "claims", lambda row: row["claim_id"] == "c019", {"comparator": "eq"}),
    ("comparator_is_as_worded", "claims", lambda row: row["claim_id"] == "c001", {"comparator": "ge"}),
    ("range_has_two_ends", "claims", lambda row: row["claim_id"] == "c191", {"value_high": 1.0}),
    ("rate_has_base_or_reason", "claims", lambda row: row["claim_id"] == "c002", {"base_claim": ""}),
    (
        "rate_has_base_or_reason",
        "claims",
        lambda row: row["claim_id"] == "c106",
        {"base_claim": "", "note": "", "indicator_zh": "税收"},
    ),
    ("base_is_a_level", "claims", lambda row: row["claim_id"] == "c006", {"base_claim": "c002"}),
    ("base_is_a_level", "claims", lambda row: row["claim_id"] == "c006", {"base_claim": "c006"}),
    ("base_is_a_level", "claims", lambda row: row["claim_id"] == "c006", {"base_claim": "c018"}),
    ("target_can_be_checked", "claims", lambda row: row["claim_id"] == "c147", {"period": "2021"}),
    ("status_fits_place", "claims", lambda row: row["claim_id"] == "c053", {"status": "target"}),
    ("status_fits_place", "claims", lambda row: row["claim_id"] == "c005", {"status": "actual"}),
    ("status_fits_place", "claims", lambda row: row["claim_id"] == "c053", {"status": "expected"}),
    ("sections_match_offsets", "claims", lambda row: row["claim_id"] == "c053", {"section": "1.5"}),
    ("sections_match_offsets", "places", lambda row: row["mention_id"] == "m001", {"section": "1.2"}),
    ("sections_match_offsets", "second_reading_claims", lambda row: row["number_start"] == 445, {"section": "1.1"}),
    ("rows_are_in_order", "claims", lambda row: row["claim_id"] == "c010", {"start": 9000}),
    ("late_rows_are_marked", "pledges", lambda row: row["pledge_id"] == "p010", {"pledge_id": "p999"}),
    ("late_rows_are_marked", "pledges", lambda row: row["pledge_id"] == "p010", {"found": "later"}),
    ("late_rows_are_marked", "places", lambda row: row["mention_id"] == "m010", {"found": "later"}),
    ("late_rows_are_marked", "claims", lambda row: row["claim_id"] == "c012", None),
    ("late_rows_are_marked", "first_reading_claims", lambda row: row["claim_id"] == "c012", None),
    ("corrections_stand", "corrections", lambda row: row["item"] == "c106", {"after": "四分之一"}),
    ("corrections_stand", "corrections", lambda row: row["item"] == "c106", {"column": "unit_en"}),
    ("corrections_stand", "corrections", lambda row: row["item"] == "c106", {"item": "c906"}),
    ("corrections_stand", "corrections", lambda row: row["item"] == "c106", {"change": "removed"}),
    ("corrections_stand", "claims", lambda row: row["claim_id"] == "c106", {"unit_zh": "%"}),
    ("corrections_stand", "corrections", lambda row: row["change"] == "kept", {"change": "changed"}),
    ("corrections_stand", "corrections", lambda row: row["item"] == "c105", {"change": "kept"}),
    ("corrections_stand", "pledges", lambda row: row["pledge_id"] == "p283", {"strength": "effort"}),
    ("groups_agree", "places", lambda row: row["mention_id"] == "m007", {"group_count": 87}),
    ("groups_agree", "places", lambda row: row["mention_id"] == "m007", {"group_claim": "c029"}),
    ("groups_agree", "places", lambda row: row["mention_id"] == "m007", {"group_extent": "open"}),
    ("place_names_stand_in_quotes", "places", lambda row: row["mention_id"] == "m001", {"name_zh": "数智港"}),
    ("place_names_stand_in_quotes", "places", lambda row: row["mention_id"] == "m001", {"end": 620}),
    ("pledges_and_claims_agree", "pledges", lambda row: row["pledge_id"] == "p003", {"quantitative": "no"}),
    ("pledges_and_claims_agree", "pledges", lambda row: row["pledge_id"] == "p003", {"claim_ids": ""}),
    ("pledges_and_claims_agree", "pledges", lambda row: row["pledge_id"] == "p003", {"claim_ids": "c001"}),
    ("pledges_and_claims_agree", "pledges", lambda row: row["pledge_id"] == "p003", {"baseline_claim_ids": "c147"}),
    ("readings_only_insert", "emendations", lambda row: row["emendation_id"] == "e09", {"reading": "388,总投资"}),
    ("readings_only_insert", "emendations", lambda row: row["emendation_id"] == "e09", {"reading": "389个,总投资"}),
    ("readings_only_insert", "emendations", lambda row: row["emendation_id"] == "e24", {"end": 5545}),
    ("terms_are_found", "glossary", lambda row: row["term_zh"] == "预计", {"first_start": 1}),
    ("terms_are_found", "glossary", lambda row: row["term_zh"] == "预计", {"mentions": 99}),
    ("facts_say_their_use", "outcomes", lambda row: row["fact_id"] == "f001", {"note": ""}),
    ("facts_say_their_use", "outcomes", lambda row: row["fact_id"] == "f071", {"claim_id": "", "note": ""}),
    ("facts_say_their_use", "outcomes", lambda row: row["fact_id"] == "f071", {"comparator": ""}),
    ("judgement_codes_are_named", "judgement_codes", lambda row: row["code"] == "year_wider", None),
    ("judgement_codes_are_named", "judgements", lambda row: row["code"] == "alike", {"code": "like"}),
    ("judgement_subjects_are_whole", "judgements", lambda row: row["role"] == "five_years", {"number": 7}),
    (
        "judgement_subjects_are_whole",
        "judgements",
        lambda row: row["label_en"] == "Old estates",
        {"label_en": "Estates"},
    ),
    ("judgement_subjects_are_whole", "judgements", lambda row: row["note_en"] != "", {"note_zh": ""}),
    ("judgement_subjects_are_whole", "judgements", lambda row: row["role"] == "year", {"role": "note"}),
    (
        "judgement_subjects_are_whole",
        "judgements",
        lambda row: row["set_id"] == "government_tasks",
        {"item_ids": ""},
    ),
    (
        "judgement_subjects_are_whole",
        "judgement_sets",
        lambda row: row["set_id"] == "public_money",
        {"set_id": "range"},
    ),
    ("judgement_words_stand_in_the_report", "judgements", lambda row: row["words"] == "教育", {"words": "无此句"}),
    ("statements_hold_every_claim", "statements", lambda row: row["kind"] == "figure", {"kind": "event"}),
    ("statements_hold_every_claim", "statements", lambda row: row["kind"] == "event", {"kind": "figure"}),
    ("statements_hold_every_claim", "statements", lambda row: row["kind"] == "figure", None),
    ("statements_cover_their_sections", "statements", lambda row: row["kind"] == "movement", None),
    ("statements_cover_their_sections", "statements", lambda row: row["start"] == 617, {"start": 610}),
    ("firsts_are_all_of_part_one", "firsts", lambda row: row["scope"] == "city", None),
    ("firsts_are_all_of_part_one", "firsts", lambda row: row["start"] == 715, {"start": 600, "end": 616}),
    ("decisions_stand_in_tables", "claims", lambda row: row["claim_id"] == "c041", {"status": "ongoing"}),
    ("decisions_stand_in_tables", "adjudication", lambda row: row["item"] == "p033", {"item": "p999"}),
    ("disagreements_are_adjudicated", "adjudication", lambda row: row["item"] == "c035", None),
    ("disagreements_are_adjudicated", "adjudication", lambda row: row["item"] == "c035", {"second": "plan"}),
    (
        "disagreements_are_adjudicated",
        "second_reading_claims",
        lambda row: row["number_start"] == 445,
        {"status": "actual"},
    ),
    ("disagreements_are_adjudicated", "second_reading_claims", lambda row: row["number_start"] == 445, None),
    ("undisputed_values_stand", "claims", lambda row: row["claim_id"] == "c012", {"measure": "level"}),
    ("undisputed_values_stand", "pledges", lambda row: row["pledge_id"] == "p002", {"strength": "effort"}),
    ("undisputed_values_stand", "claims", lambda row: row["claim_id"] == "c012", {"number_start": 1}),
    ("undisputed_values_stand", "corrections", lambda row: row["item"] == "c106", None),
    ("places_are_those_of_the_texts", "wording_shares", lambda row: row["place"] == "厦门市", {"place": "长春市"}),
    ("readings_answer_by_level", "first_reading_outcomes", lambda row: row["level"] == "city", {"answer": "missed"}),
    ("searches_have_their_kind", "outcome_searches", lambda row: row["item"] == "c142", {"kind": "headline"}),
    (
        "searches_agree_on_their_terms",
        "outcome_searches",
        lambda row: row["item"] == "c149",
        {"terms": "固定资产投资 25/9/11"},
    ),
    ("searches_agree_on_their_terms", "outcome_searches", lambda row: row["item"] == "c149", {"terms": "苏万宝 3/0/0"}),
    ("searches_agree_on_their_terms", "outcome_searches", lambda row: row["item"] == "c149", {"terms": "固定资产投资"}),
    ("searches_name_what_is_nearest", "outcome_searches", lambda row: row["item"] == "c149", {"nearest": "f311;f562"}),
    ("searches_name_what_is_nearest", "outcome_searches", lambda row: row["item"] == "c149", {"nearest": "f9999"}),
    ("searches_name_what_is_nearest", "outcome_searches", lambda row: row["item"] == "c149", {"nearest": ""}),
    ("searches_name_what_is_nearest", "outcome_searches", lambda row: row["item"] == "c149", {"reason": "nothing"}),
    ("translation_covers_the_report", "translation", lambda row: row["sentence_id"] == "s020", None),
    ("translation_covers_the_report", "translation", lambda row: row["sentence_id"] == "s274", None),
    ("translation_covers_the_report", "translation", lambda row: row["sentence_id"] == "s020", {"sentence_id": "s999"}),
    ("translation_covers_the_report", "translation", lambda row: row["sentence_id"] == "s020", {"start": 0}),
    ("translation_is_english", "translation", lambda row: row["sentence_id"] == "s020", {"text_en": "The 指标 rose."}),
    ("translation_is_english", "translation", lambda row: row["sentence_id"] == "s020", {"text_en": "It [rose."}),
    ("translation_is_english", "translation", lambda row: row["sentence_id"] == "s005", {"text_en": "On 21 December"}),
    (
        "translated_claims_keep_their_numbers",
        "translation",
        lambda row: row["sentence_id"] == "s012",
        {"text_en": "GDP is expected to come to CNY 67.8 billion."},
    ),
    ("translation_keeps_strength", "translation", lambda row: row["sentence_id"] == "s012", {"text_en": "GDP rose."}),
    ("translation_uses_the_glossary", "translation", lambda row: row["sentence_id"] == "s033", {"text_en": "Firms."}),
    (
        "revisions_are_of_sentences",
        "translation_revisions",
        lambda row: row["settled"] == "revised",
        {"sentence_id": "s998"},
    ),
    (
        "revisions_are_of_sentences",
        "translation_revisions",
        lambda row: row["settled"] == "revised",
        {"revised_en": "Another text."},
    ),
    (
        "revisions_are_of_sentences",
        "translation_revisions",
        lambda row: row["settled"] == "revised",
        {"settled": "first"},
    ),
    (
        "rubrics_follow_the_corrections",
        "pledges",
        lambda row: row["rubric_version"] == "1.0",
        {"rubric_version": "2.0"},
    ),
    (
        "rubrics_follow_the_corrections",
        "pledges",
        lambda row: row["rubric_version"] == "2.0",
        {"rubric_version": "1.0"},
    ),
    ("context_standards_are_standards", "context", lambda row: row["status"] == "target", {"level": "standard"}),
    ("quotations_are_the_sentences", "outcomes", lambda row: row["fact_id"] == "f043", {"quote": "预" * 216}),
    ("quotations_are_the_sentences", "outcomes", lambda row: row["fact_id"] == "f043", {"quote": "预" * 999}),
    ("topics_are_found_by_a_term", "silences", lambda row: row["count"] > 0, {"first_start": 0}),
    ("revisions_are_of_one_size", "expected_revisions", lambda row: row["value"] > 9, {"value": 1}),
    ("citations_lead_to_a_known_text", "context", lambda row: row["context_id"] == "x300", {"source_sha256": "0" * 64}),
    (
        "citations_lead_to_a_known_text",
        "outcomes",
        lambda row: row["fact_id"] == "f581",
        {"source_path": "政府/2022.md"},
    ),
    ("citations_are_known_sentences", "outcomes", lambda row: row["fact_id"] == "f581", {"source_end": 83790}),
    ("citations_are_known_sentences", "first_reading_outcomes", lambda row: row["answer"] == "kept", {"end": 558}),
    ("lists_hold_what_is_cited", "cited_texts", lambda row: row["place"] == "福建省", {"year": 1999}),
    ("lists_hold_what_is_cited", "cited_sentences", lambda row: row["start"] > 0, {"start": 0}),
    ("levels_are_those_of_the_texts", "wording_shares", lambda row: row["level"] == "city", {"level": "nation"}),
    ("runs_stand_in_the_report", "inherited_wording", lambda row: row["run_id"] == "w0001", {"length": 11}),
    ("runs_stand_in_the_report", "inherited_wording", lambda row: row["run_id"] == "w0001", {"section": "2.8"}),
    ("runs_stand_in_the_report", "inherited_wording", lambda row: row["run_id"] == "w0001", {"side": "after"}),
    ("wording_shares_are_whole", "wording_shares", lambda row: row["section"] == "2.1", {"shared": 9999}),
    ("wording_shares_are_whole", "wording_shares", lambda row: row["year"] == 2019, {"year": 2018}),
    ("wording_shares_are_whole", "wording_shares", lambda row: row["section"] == "2.1", None),
    ("revisions_come_later", "expected_revisions", lambda row: row["revision_id"] == "v001", {"year": 2014}),
    ("revisions_come_later", "expected_revisions", lambda row: row["route"] == "growth", {"later_growth": None}),
    ("revisions_come_later", "expected_revisions", lambda row: row["route"] == "restated", {"route": "growth"}),
    ("silences_are_counted", "silences", lambda row: row["level"] == "district", {"count": 99}),
    ("silences_are_counted", "silences", lambda row: row["level"] == "city", {"count": 0, "first_start": 1}),
    ("silences_are_counted", "silences", lambda row: row["level"] == "nation", None),
]


# The same, each row named by its id.
CARELESS: list[tuple[str, str, str, Change]] = [
    ("normalised_unit_fits", "claims", "c001", {"unit": "cny_10k"}),
    ("normalised_unit_fits", "claims", "c010", {"unit": "cny_10k"}),
    ("normalised_unit_fits", "claims", "c138", {"unit": "cny_per_person"}),
    ("normalised_unit_fits", "claims", "c002", {"unit": "percentage_point"}),
    ("normalised_unit_fits", "claims", "c064", {"unit": "count"}),
    ("measure_fits_unit", "claims", "c002", {"unit": "count"}),
    ("measure_fits_unit", "claims", "c001", {"measure": "share"}),
    ("indicators_are_worded", "claims", "c009", {"indicator_zh": "外贸"}),
    ("base_has_the_indicator", "claims", "c002", {"base_claim": "c003"}),
    ("base_has_the_indicator", "claims", "c147", {"base_claim": "c142"}),
    ("facts_say_where_they_stand", "outcomes", "f085", {"source_path": ""}),
    ("facts_say_where_they_stand", "outcomes", "f085", {"source_end": 3}),
    ("facts_say_where_they_stand", "outcomes", "f001", {"quote": ""}),
    ("target_lists_are_quoted_whole", "outcomes", "f058", {"quote": "地区生产总值增长8%左右，固定资产投资增长8%"}),
    ("levels_and_years_fit", "outcomes", "f037", {"level": "district"}),
    ("levels_and_years_fit", "outcomes", "f114", {"status": "target"}),
    ("levels_and_years_fit", "outcomes", "f127", {"period": "2021"}),
    ("answers_follow_the_rule", "outcomes", "f037", {"answer": "missed"}),
    ("answers_follow_the_rule", "outcomes", "f022", {"answer": "missed"}),
    ("answers_follow_the_rule", "outcomes", "f019", {"answer": "kept"}),
    ("answers_follow_the_rule", "outcomes", "f114", {"note": ""}),
    ("answers_follow_the_rule", "outcomes", "f114", {"relation": "context"}),
    ("answers_stand_in_a_reading", "outcomes", "f120", {"answer": "kept"}),
    ("promises_are_answered_or_searched", "outcomes", "f114", {"answer": "open"}),
    ("promises_are_answered_or_searched", "outcome_searches", "c147", None),
    ("promises_are_answered_or_searched", "outcome_searches", "p090", {"item": "p106"}),
    ("searches_count_the_readings", "outcome_searches", "c147", {"first_hits": 99}),
    ("searches_count_the_readings", "outcome_searches", "p090", {"item": "p999"}),
    ("facts_say_their_use", "outcomes", "f001", {"unit_zh": ""}),
    ("facts_stand_in_their_quotes", "outcomes", "f071", {"value": 51150.0}),
    ("facts_stand_in_their_quotes", "outcomes", "f001", {"value": 5385.991}),
    ("facts_stand_in_their_quotes", "outcomes", "f027", {"unit_zh": "万元"}),
    ("facts_stand_in_their_quotes", "outcomes", "f072", {"unit_zh": "个百分点"}),
    ("facts_stand_in_their_quotes", "outcomes", "f035", {"value": 1.0}),
    ("facts_compare_as_worded", "outcomes", "f017", {"comparator": "eq"}),
    ("facts_compare_as_worded", "outcomes", "f022", {"comparator": "eq"}),
    ("facts_compare_as_worded", "outcomes", "f064", {"comparator": "gt"}),
    ("facts_compare_as_worded", "outcomes", "f058", {"comparator": "ge"}),
    ("facts_compare_as_worded", "outcomes", "f057", {"value": 5.5}),
    ("growth_is_called_growth", "outcomes", "f072", {"indicator_zh": "城镇居民人均可支配收入"}),
    ("growth_is_called_growth", "outcomes", "f071", {"indicator_zh": "城镇居民人均可支配收入增速"}),
    ("facts_are_dated", "outcomes", "f071", {"period": "2022"}),
    ("facts_are_dated", "outcomes", "f027", {"period": "2017"}),
    ("facts_are_dated", "outcomes", "f063", {"period": "2022"}),
    ("facts_are_dated", "outcomes", "f058", {"period": "2021"}),
    ("facts_are_dated", "outcomes", "f001", {"period": "2020"}),
    ("facts_are_dated", "outcomes", "f013", {"period": "2021"}),
    ("facts_are_placed", "outcomes", "f071", {"place": "福州市"}),
    ("facts_are_placed", "outcomes", "f075", {"place": "福州市鼓楼区"}),
    ("facts_are_placed", "outcomes", "f008", {"quote": "同第五次全國人口普查的368400人相比"}),
    ("trust_follows_the_source", "outcomes", "f010", {"trust": "media"}),
    ("trust_follows_the_source", "outcomes", "f075", {"trust": "official"}),
    ("trust_follows_the_source", "outcomes", "f076", {"trust": "weak"}),
    ("trust_follows_the_source", "outcomes", "f075", {"trust": "official_copy"}),
    ("facts_fit_their_claims", "outcomes", "f071", {"claim_id": "c003"}),
    ("facts_fit_their_claims", "outcomes", "f071", {"claim_id": "c011"}),
    ("facts_fit_their_claims", "outcomes", "f011", {"claim_id": "c152"}),
    ("facts_fit_their_pledges", "outcomes", "f021", {"pledge_id": "p041"}),
    ("facts_fit_their_pledges", "outcomes", "f021", {"pledge_id": ""}),
    ("facts_fit_their_pledges", "outcomes", "f067", {"pledge_id": "p235"}),
    ("facts_are_named", "outcomes", "f071", {"indicator_zh": "城镇居民人均可支配支出"}),
    ("facts_are_named", "outcomes", "f001", {"indicator_en": "Land area"}),
    ("facts_are_named", "outcomes", "f027", {"indicator_zh": "地区生产总值"}),
    ("context_has_its_source", "context", "x008", {"source_sha256": ""}),
    ("context_has_its_source", "context", "x008", {"source_end": 0}),
    ("context_has_its_source", "context", "x001", {"source": "an encyclopaedia"}),
    ("context_has_its_source", "context", "x001", {"source_start": 1}),
    ("context_is_trusted_as_its_source", "context", "x001", {"trust": "official"}),
    ("context_is_trusted_as_its_source", "context", "x008", {"trust": "weak"}),
    ("context_is_trusted_as_its_source", "context", "x001", {"note": "", "note_zh": ""}),
    ("context_is_complete", "context", "x001", {"level": "peer"}),
    ("context_is_complete", "context", "x001", {"place": "台江"}),
    ("context_is_complete", "context", "x001", {"value": None}),
    ("context_is_complete", "context", "x001", {"note_zh": ""}),
    ("context_rates_are_percentages", "context", "x011", {"unit_zh": "元"}),
    ("context_rates_are_percentages", "context", "x001", {"unit_zh": "%"}),
    ("lines_follow_their_tables", "street_lines", "s05", {"accuracy_m": 5}),
    ("lines_follow_their_tables", "street_lines", "s05", {"street_en": "Gongy Road"}),
    ("lines_follow_their_tables", "street_lines", "s05", None),
    ("lines_follow_their_tables", "street_lines", "s05", {"line_id": "s99"}),
    ("lines_follow_their_tables", "street_lines", "s05", {"wkt": "LINESTRING (119.29 26.06, 119.3 26.07)"}),
    ("lines_follow_their_tables", "street_lines", "s05", {"wkt": "LINESTRING (119.29 260.6, 119.3 26.07)"}),
    ("lines_follow_their_tables", "water_lines", "w01", {"wkt": "LINESTRING (119.29 26.08, 119.3 26.07)"}),
    ("base_features_have_a_place", "base_features", "b06", {"wkt": "LINESTRING (119.2979 26.05, 119.2988 26.0041)"}),
    ("base_features_have_a_place", "base_features", "b06", {"wkt": "POINT (119.2979 26.05)"}),
    ("base_features_have_a_place", "base_features", "b13", {"wkt": "POINT (119.29957)"}),
    ("base_features_have_a_place", "base_features", "b13", {"wkt": ""}),
    ("base_features_have_a_place", "base_features", "b04", {"kind": "landmark"}),
    ("base_features_follow_their_lines", "base_features", "b04", {"name_en": "White Horse River"}),
    ("base_features_follow_their_lines", "base_features", "b04", {"line_ids": "w05"}),
    ("base_features_follow_their_lines", "base_features", "b04", {"line_ids": "w99"}),
    ("base_features_follow_their_lines", "base_features", "b04", {"accuracy_m": 50}),
    ("base_features_follow_their_lines", "base_features", "b58", None),
    ("metro_is_that_of_the_report", "base_features", "b13", {"date_from": ""}),
    ("metro_is_that_of_the_report", "base_features", "b13", {"date_from": "2023-08-27"}),
    ("metro_is_that_of_the_report", "base_features", "b13", {"date_to": "2020-01-01"}),
    ("metro_is_that_of_the_report", "base_features", "b06", {"date_from": "1996-01-01"}),
    ("base_features_are_licensed_as_their_source", "base_features", "b24", {"licence": "fact"}),
    ("base_features_are_licensed_as_their_source", "base_features", "b06", {"licence": "CC BY 4.0"}),
    ("base_features_are_licensed_as_their_source", "base_features", "b24", {"wkt": "POINT (119.30171 26.06871)"}),
    (
        "base_features_are_licensed_as_their_source",
        "base_features",
        "b24",
        {"source": "OpenStreetMap", "licence": "fact"},
    ),
    ("subdistricts_follow_their_table", "subdistrict_names", "350103001", {"name_en": "Yinzhou Subdistrict"}),
    ("subdistricts_follow_their_table", "subdistrict_names", "350103002", {"source": "a list"}),
    ("landmarks_lie_in_their_subdistrict", "landmarks", "7375976", {"subdistrict_code": "350103001"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A001", {"lat": 26.05729}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A001", {"name_zh": "东百"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A001", {"kind": "added"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A001", {"anchor_id": "A901"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A002", {"label_source": "a map"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A231", {"lon": 119.3}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A333", {"subdistrict_code": "350103001"}),
    ("place_ids_spell_their_names", "gazetteer", "an-ping-xiao-qu", {"pinyin": "Ānpín Xiǎoqū"}),
    ("place_ids_spell_their_names", "gazetteer", "an-ping-xiao-qu", {"name_zh": "安平", "name_full_zh": "安平区"}),
    ("characters_are_read_in_one_way", "gazetteer", "gong-ye-lu", {"name_zh": "工路业", "name_full_zh": "工路业"}),
    ("places_are_called_as_mentioned", "gazetteer", "gong-ye-lu", {"name_zh": "工业大路"}),
    ("places_are_called_as_mentioned", "gazetteer", "gong-ye-lu", {"name_full_zh": "工路"}),
    ("places_are_called_as_mentioned", "gazetteer", "su-ning-guang-chang", {"evidence": "An address."}),
    ("places_are_called_as_mentioned", "gazetteer", "shang-xia-hang", {"name_zh": "上下杭街"}),
    ("places_are_called_as_mentioned", "places", "m001", {"name_zh": "数智港"}),
    ("positions_fit_their_precision", "gazetteer", "an-ping-xiao-qu", {"uncertainty_m": 5.0}),
    ("positions_fit_their_precision", "gazetteer", "an-ping-xiao-qu", {"uncertainty_m": None}),
    ("positions_fit_their_precision", "gazetteer", "an-ping-xiao-qu", {"confidence": "low"}),
    ("positions_fit_their_precision", "gazetteer", "an-ping-xiao-qu", {"position_kind": "parts"}),
    ("positions_fit_their_precision", "gazetteer", "an-ping-xiao-qu", {"area_radius_m": 100.0}),
    ("positions_fit_their_precision", "gazetteer", "bang-zhou-li", {"subdistrict_code": ""}),
    ("positions_fit_their_precision", "gazetteer", "bin-he-lu", {"inferred": "yes"}),
    ("radius_is_that_of_the_subdistrict", "gazetteer", "bang-zhou-li", {"area_radius_m": 132.0}),
    ("positions_lie_in_their_subdistrict", "gazetteer", "guo-zi-da-sha", {"subdistrict_code": "350103001"}),
    ("positions_lie_in_their_subdistrict", "gazetteer", "an-ping-xiao-qu", {"subdistrict_code": "350103099"}),
    ("positions_lie_at_their_street", "gazetteer", "gong-ye-lu", {"lat": 26.0679}),
    ("positions_lie_at_their_street", "gazetteer", "gong-ye-lu", {"line_ids": "s04"}),
    ("positions_lie_at_their_street", "gazetteer", "te-yi-cheng", {"street_zh": "六二路"}),
    ("points_are_those_of_their_landmarks", "gazetteer", "an-ping-xiao-qu", {"lat": 26.0586}),
    ("nearest_landmark_is_as_measured", "gazetteer", "yang-tou-kou", {"lat": 26.0662}),
    ("nearest_landmark_is_as_measured", "gazetteer", "yang-tou-kou", {"lon": 119.3038}),
    ("nearest_landmark_is_as_measured", "gazetteer", "yang-tou-kou", {"near_osm_id": ""}),
    ("licence_follows_the_source", "gazetteer", "an-ping-xiao-qu", {"licence": "fact"}),
    ("licence_follows_the_source", "gazetteer", "gong-ye-lu", {"licence": "ODbL 1.0"}),
    ("kinds_fit_their_names", "gazetteer", "gong-ye-lu", {"kind": "river"}),
    ("kinds_fit_their_names", "gazetteer", "nan-gong-yuan", {"kind": "street"}),
    ("parts_have_a_whole", "gazetteer", "su-ning-guang-chang", {"parent_place_id": "su-ning-guang-chang"}),
    ("parts_have_a_whole", "gazetteer", "su-ning-guang-chang", {"parent_place_id": ""}),
    ("terms_are_found", "glossary", "预计", {"first_start": 1}),
    ("terms_are_found", "glossary", "力争", {"mentions": 6}),
    ("organisations_are_counted", "organisations", "o006", {"mentions": 90}),
    ("organisations_are_named_as_quoted", "organisations", "o001", {"name_zh": "台江县人民政府"}),
    ("types_fit_their_names", "organisations", "o001", {"type": "firm"}),
    ("reasons_fit_their_words", "not_claims", "17", {"reason": "slogan"}),
    ("reasons_fit_their_words", "not_claims", "376", {"reason": "date"}),
    ("reasons_fit_their_words", "not_claims", "5736", {"reason": "age_limit"}),
    ("reasons_fit_their_words", "not_claims", "391", {"reason": "idiom"}),
    ("actions_stand_in_quotes", "places", "m001", {"action_zh": "揭牌正式"}),
    ("actions_stand_in_quotes", "places", "m001", {"status": "mentioned"}),
    ("place_status_fits_section", "places", "m001", {"status": "planned_2022"}),
    ("extent_is_as_worded", "places", "m001", {"group_extent": "open"}),
    ("extent_is_as_worded", "places", "m010", {"group_extent": "single"}),
    ("mentions_are_of_their_place", "places", "m001", {"place_id": "gong-ye-lu"}),
    ("pledges_hold_what_they_name", "pledges", "p003", {"claim_ids": "c143"}),
    ("pledges_hold_what_they_name", "pledges", "p100", {"place_ids": "gong-ye-lu"}),
    ("baselines_have_the_indicator", "pledges", "p038", {"baseline_claim_ids": "c070"}),
    ("baselines_have_the_indicator", "pledges", "p003", {"baseline_claim_ids": "c106", "note": ""}),
    ("verbs_stand_in_pledges", "pledges", "p001", {"verb": "部分完成"}),
    ("readings_hold_their_numeral", "first_reading_claims", "c001", {"number_end": 450}),
    ("readings_hold_their_numeral", "second_reading_claims", "445", {"number_start": 5000}),
    ("corrections_are_in_order", "corrections", "k001", {"correction_id": "k002"}),
    ("ids_leave_no_gap", "organisations", "o171", {"org_id": "o711"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A001", {"osm_id": "123142516"}),
    ("factors_follow_their_units", "units", "cny_100m", {"factor": 1e7}),
    ("factors_follow_their_units", "units", "km", {"factor": 100.0}),
    ("factors_follow_their_units", "units", "cny_10k", {"unit_zh": "元"}),
    ("factors_follow_their_units", "units", "cny_10k", {"label_en": "CNY 1,000 (万元)"}),
    ("base_units_have_one_dimension", "units", "count_suo", {"dimension": "money"}),
    ("base_units_have_one_dimension", "units", "rank", {"base_unit": "thing"}),
    ("unit_ids_fit_their_dimension", "units", "cny", {"dimension": "things"}),
    ("unit_ids_fit_their_dimension", "units", "cny_per_visit", {"dimension": "money"}),
    ("columns_keep_figures", "pledges", "p113", {"summary_en": "Complete annual investment of 24.56 billion yuan"}),
    ("columns_keep_figures", "glossary", "十四五", {"term_en": "15th Five-Year Plan"}),
    ("names_agree", "claims", "c001", {"indicator_en": "Gross product"}),
    ("rows_have_their_own_words", "gazetteer", "gong-ye-lu", {"name_en": "Taijiang Road"}),
    ("codes_are_numbered", "judgement_codes", "project_stages", {"number": 4}),
    ("roles_are_shared", "judgements", "public_money", {"role": "ditsrict"}),
    ("checks_stand_by_topic", "checks", "a052", {"topic": "Output and people"}),
    ("words_are_spelt_as_known", "glossary", "预计", {"term_en": "epxected"}),
    ("words_are_spelt_as_known", "glossary", "预计", {"pinyin": "yùij"}),
    ("pinyin_has_a_syllable_for_each_character", "glossary", "预计", {"pinyin": "yù"}),
    ("anchors_are_what_they_say", "subdistrict_anchors", "A231", {"name_zh": "Hilton"}),
    ("sentences_have_their_entry", "checks", "a001", {"question": "How many?"}),
    ("sentences_have_their_entry", "glossary", "预计", {"definition_en": "Expected."}),
    ("sentences_have_their_entry", "outcomes", "f001", {"note": "The source is another web directory."}),
    (
        "rows_have_their_own_words",
        "glossary",
        "预计",
        {
            "definition_en": "The committee of the Communist Party that leads in the city of Fuzhou, one level above the district."
        },
    ),
]


def named(table: str, item: str) -> Callable[[dict], bool]:
    """Whether a row is the one with this value in its first column, or in the column of its id."""
    keys = {"places": "mention_id", "second_reading_claims": "number_start"}
    column = keys.get(table) or load_tables().resources[table].fields[0].name
    return lambda row: str(row[column]) == item


MUTATIONS += [(rule, table, named(table, item), change) for rule, table, item, change in CARELESS]


def corrupted(table: str, which: Callable[[dict], bool], change: Change) -> Tables:
    tables = load_tables()
    rows = copy.deepcopy(tables.rows)
    at = next(number for number, row in enumerate(rows[table]) if which(row))
    if change is None:
        del rows[table][at]
    else:
        assert change.keys() <= rows[table][at].keys()
        rows[table][at].update(change)
    assert rows != tables.rows
    return Tables(tables.report, rows, tables.resources)


@pytest.mark.parametrize(
    ("rule", "table", "which", "change"),
    MUTATIONS,
    ids=[f"{rule}-{number}" for number, (rule, *_) in enumerate(MUTATIONS)],
)
def test_a_corrupted_row_is_caught(rule, table, which, change):
    tables = corrupted(table, which, change)
    found = list(RULES[rule].check(tables))
    assert found and all(fault.found and fault.remedy for fault in found)
    assert all(fault.row is None or fault.row in tables[fault.table] for fault in found)
    columns = {name: {field.name for field in resource.fields} for name, resource in tables.resources.items()}
    assert all(fault.column in columns[fault.table] | {""} for fault in found)


@pytest.mark.parametrize("how", ["empty", "strange"])
@pytest.mark.parametrize("table", load_tables())
def test_no_rule_breaks_down_on_a_row_that_is_wrong_in_one_cell(table, how):
    """One row for each column: empty where it may be, an id that no table has, a number far beyond the text."""
    tables = load_tables()
    rows = copy.deepcopy(tables.rows)
    for number, field in enumerate(tables.resources[table].fields):
        candidates = [row for row in rows[table] if row[field.name] not in ("", None)] or rows[table]
        row = candidates[number % len(candidates)]
        if how == "empty" and not field.constraints.get("required"):
            row[field.name] = "" if field.type == "string" else None
        elif how == "strange" and field.type == "string" and "enum" not in field.constraints:
            row[field.name] = f"{row[field.name]}9"
        elif how == "strange" and field.type != "string":
            row[field.name] = 10**6 if field.type == "integer" else 1e6
    check_rules(Tables(tables.report, rows, tables.resources))


def test_every_rule_is_tested_with_a_corrupted_row():
    assert {rule for rule, *_ in MUTATIONS} == set(RULES)


def test_the_message_says_where_what_and_what_to_do():
    tables = corrupted("claims", lambda row: row["claim_id"] == "c001", {"value": 677.78})
    fault = check_rules(tables)[0]
    assert (fault.path.name, fault.row, fault.column) == ("claims.csv", 2, "value")
    assert str(fault) == (
        "data/claims.csv, row 2, column 'value': c001: the passage has '677.77', the cell 677.78. "
        "Expected: 677.77. To do: set value to 677.77 (rule value_is_as_written)."
    )
