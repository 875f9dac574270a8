"""The tables are as their descriptors say, and keep the rules that no descriptor can state."""

from __future__ import annotations

import copy
import doctest
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import frictionless
import gwr.report.agreement
import gwr.report.rules.claims
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
    "outcomes": ("trust", "comparator"),
    "adjudication": ("table",),
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
    }


@pytest.mark.parametrize(("folder", "resource"), TABLES, ids=name_of)
def test_files_are_plain_utf8_with_unix_line_ends(folder, resource):
    content = (folder / resource["path"]).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content and content.endswith(b"\n")


# --- the rules ---------------------------------------------------------------------------------------------------------------


def test_the_tables_keep_every_rule():
    assert check_rules(load_tables()) == []


def test_every_rule_has_a_reason():
    assert all(len(rule.reason) > 20 and rule.name == name for name, rule in RULES.items())


def test_the_report_has_as_many_runs_of_digits_as_were_counted_by_hand():
    assert len(re.findall(r"[0-9]+(?:\.[0-9]+)?", load_tables().report.text)) == 216


def test_examples_in_the_documentation():
    for module in (gwr.report.rules.claims, gwr.report.agreement):
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
    ("terms_occur", "glossary", lambda row: row["term_zh"] == "预计", {"first_start": 1}),
    ("terms_occur", "glossary", lambda row: row["term_zh"] == "预计", {"mentions": 99}),
    ("facts_say_their_use", "outcomes", lambda row: row["fact_id"] == "f001", {"note": ""}),
    ("facts_say_their_use", "outcomes", lambda row: row["fact_id"] == "f071", {"claim_id": "", "note": ""}),
    ("facts_say_their_use", "outcomes", lambda row: row["fact_id"] == "f071", {"comparator": ""}),
    ("decisions_stand_in_tables", "claims", lambda row: row["claim_id"] == "c105", {"measure": "level"}),
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
    ("undisputed_values_stand", "pledges", lambda row: row["pledge_id"] == "p001", {"strength": "effort"}),
    ("undisputed_values_stand", "claims", lambda row: row["claim_id"] == "c012", {"number_start": 1}),
    ("undisputed_values_stand", "corrections", lambda row: row["item"] == "c106", None),
]


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
