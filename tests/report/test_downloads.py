"""Each download, read back with another program's reader, equals the tables."""

from __future__ import annotations

import csv
import json
import math
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import frictionless
import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from gwr.paths import DATA, GEO, ROOT
from gwr.report import downloads
from gwr.report.tables import load_tables, read_tables
from gwr.site.sphinx import download_files

TABLES = load_tables()
NAMES = list(TABLES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("downloads")
    downloads.write_downloads(TABLES, made)
    return made


def normal(name: str, row: dict) -> dict:
    """The row as the table has it: missing text is empty, missing numbers are None."""
    fields = {field.name: field.type for field in TABLES.resources[name].fields}
    assert list(row) == list(fields)
    result = {}
    for column, value in row.items():
        missing = value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA
        if fields[column] == "string":
            result[column] = "" if missing else value
            assert isinstance(result[column], str)
        else:
            result[column] = None if missing else {"integer": int, "number": float}[fields[column]](value)
    return result


def test_every_listed_file_is_made_and_nothing_else(folder):
    listed = {download.path for download in downloads.list_downloads(TABLES)}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == listed
    assert all((folder / path).stat().st_size for path in listed)


def read_csv(file: Path, name: str) -> list[dict]:
    with file.open(encoding="utf-8", newline="") as lines:
        heads, *rows = csv.reader(lines)
    assert heads == [field.name for field in TABLES.resources[name].fields]
    return [{head: cell or None for head, cell in zip(heads, row, strict=True)} for row in rows]


def read_json(file: Path, name: str) -> list[dict]:
    return json.loads(file.read_text(encoding="utf-8"))


def read_parquet(file: Path, name: str) -> list[dict]:
    table = pq.read_table(file)
    for field in TABLES.resources[name].fields:
        assert table.schema.field(field.name).metadata[b"description"].decode() == field.description
    return table.to_pylist()


@pytest.mark.parametrize("read", [read_csv, read_json, read_parquet])
def test_every_table_comes_back(folder, read):
    kind = read.__name__.removeprefix("read_")
    back = {name: [normal(name, row) for row in read(folder / kind / f"{name}.{kind}", name)] for name in NAMES}
    assert [name for name in NAMES if back[name] != TABLES[name]] == []


@pytest.fixture(scope="module")
def workbook(folder):
    return openpyxl.load_workbook(folder / downloads.WORKBOOK)


def test_every_table_comes_back_from_excel(workbook):
    for name in NAMES:
        heads, *lines = workbook[name].iter_rows(values_only=True)
        assert [normal(name, dict(zip(heads, line, strict=True))) for line in lines] == TABLES[name], name


def test_the_workbook_explains_itself(workbook):
    assert workbook.sheetnames == ["read_me", *NAMES]
    lines = list(workbook["read_me"].iter_rows(values_only=True))
    explained = {(sheet, column): meaning for sheet, column, _, meaning in lines}
    for name in NAMES:
        for field in TABLES.resources[name].fields:
            assert field.description in explained[name, field.name]
    assert any(meaning.startswith("Licence: Creative Commons") for *_, meaning in lines)
    assert [row[0] for row in workbook["units"].iter_rows(min_row=2, values_only=True)] == [
        row["unit"] for row in TABLES["units"]
    ]


def check_mentions(rows: list[dict], positions: list[tuple[float, float] | None]) -> None:
    gazetteer = {row["place_id"]: row for row in TABLES["gazetteer"]}
    mentions = [
        normal("places", {field.name: row[field.name] for field in TABLES.resources["places"].fields}) for row in rows
    ]
    assert mentions == TABLES["places"]
    for row, position in zip(rows, positions, strict=True):
        place = gazetteer[row["place_id"]]
        assert position == (None if place["lon"] is None else (place["lon"], place["lat"]))
        assert row["precision"] == place["precision"] and row["licence"] == place["licence"]


def test_geojson(folder):
    found = json.loads((folder / downloads.GEOJSON).read_text(encoding="utf-8"))
    features = found["features"]
    check_mentions(
        [feature["properties"] for feature in features],
        [tuple(feature["geometry"]["coordinates"]) if feature["geometry"] else None for feature in features],
    )
    assert len(gpd.read_file(folder / downloads.GEOJSON)) == len(TABLES["places"])


def test_geopackage(folder):
    frame = gpd.read_file(folder / downloads.GEOPACKAGE, layer="mentions")
    assert frame.crs.to_epsg() == 4326
    rows = frame.drop(columns="geometry").to_dict("records")
    check_mentions(rows, [(point.x, point.y) if point is not None else None for point in frame.geometry])


def test_geopackage_holds_gazetteer_and_shapes(folder):
    path = folder / downloads.GEOPACKAGE
    places = gpd.read_file(path, layer="gazetteer").drop(columns="geometry").to_dict("records")
    assert [normal("gazetteer", row) for row in places] == TABLES["gazetteer"]
    for name in downloads.GEO_LAYERS:
        layer, source = gpd.read_file(path, layer=name), gpd.read_file(GEO / f"{name}.geojson")
        assert len(layer) == len(source) and layer.geometry.geom_equals_exact(source.geometry, 0).all()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_the_archive_is_the_data_package(folder, tmp_path):
    with zipfile.ZipFile(folder / downloads.ARCHIVE) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    for package in ("data", "geo"):
        assert frictionless.validate(str(tmp_path / package / "datapackage.json")).valid
        for path in (tmp_path / package).rglob("*"):
            if path.is_file():
                assert path.read_bytes() == (ROOT / path.relative_to(tmp_path)).read_bytes()
    report = next((tmp_path / "data" / "source").glob("*.txt"))
    assert dict(read_tables(tmp_path / "data", tmp_path / "geo", report)) == dict(TABLES)
    assert (tmp_path / "LICENSE-DATA.md").is_file() and (tmp_path / "book" / "codebook.md").is_file()


def test_the_same_tables_give_the_same_bytes(folder, tmp_path):
    downloads.write_downloads(TABLES, tmp_path)
    differ = [
        download.path
        for download in downloads.list_downloads(TABLES)
        if (tmp_path / download.path).read_bytes() != (folder / download.path).read_bytes()
    ]
    assert differ == []


def test_the_digest_follows_the_data(tmp_path, monkeypatch):
    before = downloads.digest(TABLES)
    assert downloads.digest(TABLES) == before
    changed = tmp_path / "LICENSE-DATA.md"
    changed.write_text("another licence", encoding="utf-8")
    files = [changed, *downloads._package_files()[1:]]
    monkeypatch.setattr(downloads, "_package_files", lambda: files)
    assert downloads.digest(TABLES) != before
    assert (DATA / "claims.csv").is_file()


# --- between builds, and in the site -----------------------------------------------------------------------------------------------


def test_the_files_are_made_again_only_when_the_tables_change(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(downloads, "write_downloads", lambda tables, folder: made.append(folder))
    for digest in ("one", "one", "two"):
        monkeypatch.setattr(downloads, "digest", lambda tables, digest=digest: digest)
        downloads.refresh_downloads(TABLES, tmp_path / "downloads")
    assert len(made) == 2


def test_a_build_that_was_stopped_while_writing_starts_over(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "digest", lambda tables: "one")

    def stopped(tables, folder):
        raise OSError("the disk is full")

    monkeypatch.setattr(downloads, "write_downloads", stopped)
    with pytest.raises(OSError):
        downloads.refresh_downloads(TABLES, tmp_path / "downloads")
    made = []
    monkeypatch.setattr(downloads, "write_downloads", lambda tables, folder: made.append(folder))
    downloads.refresh_downloads(TABLES, tmp_path / "downloads")
    assert made


def test_the_page_says_how_large_each_file_is(tmp_path, monkeypatch):
    monkeypatch.setattr(download_files, "KEPT_DOWNLOADS", tmp_path)
    (tmp_path / "a.csv").write_bytes(b"x" * 1234)
    page = publish_doctree('.. raw:: html\n\n   <p><span data-size="a.csv">–</span></p>')
    download_files.fill_in_sizes(None, page, "book/downloads")
    assert [node.astext() for node in page.findall(nodes.raw)] == [
        '<p><span data-size="a.csv" data-sort="1234">1\u00a0kB</span></p>'
    ]


@pytest.mark.parametrize(
    ("count", "shown"), [(999, "999 bytes"), (41_400, "41 kB"), (999_499, "999 kB"), (1_240_000, "1.2 MB")]
)
def test_sizes_in_words(count, shown):
    assert download_files.readable_size(count) == shown.replace(" ", "\u00a0")
