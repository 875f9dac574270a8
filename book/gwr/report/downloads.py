"""The tables in the formats that people ask for, made from the same rows as every page.

Bytes are the same on each run: archives, workbooks and GeoPackages carry :data:`DATE` instead of the time of the build.
(Between versions of the libraries they may differ; the rows may not, which the tests hold them to.)
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from gwr.paths import DATA, GEO, ROOT
from gwr.report.schema import Resource, Row
from gwr.report.tables import Tables
from gwr.words.language import data, translator

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_ = translator(__name__)

DATE = datetime(2021, 12, 24, 10, 53, tzinfo=UTC)
"""The date in every archive: when the portal published the report."""

WORKBOOK = "taijiang-tables.xlsx"
GEOPACKAGE = "taijiang-places.gpkg"
GEOJSON = "taijiang-places.geojson"
ARCHIVE = "taijiang-data-package.zip"
MEMORY = "taijiang-report.tmx"

GEO_LAYERS = ("district", "subdistricts", "river", "streets", "waters")
"""The shapes of ``geo/`` that go into the GeoPackage beside the places."""

PLACED = (
    "kind",
    "name_en",
    "lon",
    "lat",
    "precision",
    "uncertainty_m",
    "subdistrict_code",
    "evidence",
    "source",
    "licence",
    "confidence",
)
"""The columns of the gazetteer that each mention of a place gets in the two geographic files."""


@dataclass(frozen=True)
class Download:
    """One file: its path below the folder of downloads, its format, and what it holds."""

    path: str
    format: str
    holds: str
    table: str = ""


def list_downloads(tables: Tables) -> list[Download]:
    """Every file that :func:`write_downloads` makes, in the order in which the page shows them."""
    whole = [
        Download(
            ARCHIVE,
            "ZIP",
            _("The whole data package: the report, every table and shape, descriptors, codebook, licence"),
        ),
        Download(WORKBOOK, "Excel", _("Every table on a sheet of its own, with units and a read-me sheet")),
        Download(
            GEOPACKAGE,
            "GeoPackage",
            _("Mentions of places with positions, the gazetteer, district, subdistricts, streets and waters"),
        ),
        Download(
            GEOJSON,
            "GeoJSON",
            _("Mentions of places with positions; those that could not be placed have no geometry"),
        ),
        Download(
            MEMORY, "TMX 1.4", _("The report sentence by sentence in Chinese and English, for translation programs")
        ),
    ]
    single = [
        Download(f"{kind}/{name}.{kind}", label, data(resource.title), name)
        for name, resource in tables.resources.items()
        for kind, label in (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet"))
    ]
    return whole + single


def write_downloads(tables: Tables, folder: Path) -> list[Path]:
    """Writes every file of :func:`list_downloads` below ``folder`` and returns their paths.

    Raises:
        OSError: the disk is full or may not be written.
    """
    for kind in ("csv", "json", "parquet"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, resource in tables.resources.items():
        rows = tables[name]
        _write_csv(resource, rows, folder / "csv" / f"{name}.csv")
        _write_json(rows, folder / "json" / f"{name}.json")
        _write_parquet(resource, rows, folder / "parquet" / f"{name}.parquet")
    write_excel(tables, folder / WORKBOOK)
    write_geopackage(tables, folder / GEOPACKAGE)
    write_geojson(tables, folder / GEOJSON)
    write_memory(tables, folder / MEMORY)
    write_archive(folder / ARCHIVE)
    return [folder / download.path for download in list_downloads(tables)]


def refresh_downloads(tables: Tables, folder: Path) -> None:
    """Writes the files anew, unless those in the folder were made from the same tables.

    Raises:
        OSError: the disk is full or may not be written.
    """
    made_from = folder.with_suffix(".sha256")
    now = digest(tables)
    if folder.is_dir() and made_from.exists() and made_from.read_text(encoding="ascii") == now:
        return
    made_from.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_downloads(tables, folder)
    made_from.write_text(now, encoding="ascii")


def digest(tables: Tables) -> str:
    """A hash of everything that the files depend on: the tables, the descriptors, the shapes and this module."""
    result = hashlib.sha256(Path(__file__).read_bytes())
    for path in (*_package_files(), *(resource.path for resource in tables.resources.values())):
        result.update(path.name.encode() + b"\0" + path.read_bytes())
    return result.hexdigest()


def _plain(row: Row) -> Row:
    """The row with empty cells as None, which each format writes in its own way."""
    return {name: None if value == "" else value for name, value in row.items()}


# --- text ----------------------------------------------------------------------------------------------------------------


def _write_csv(resource: Resource, rows: Iterable[Row], path: Path) -> None:
    """Writes a table as it stands in the data package: UTF-8, LF, commas, quotes where needed.

    Nothing is put before a text to keep a spreadsheet from running it as a formula, because that would change the data:
    :mod:`gwr.report.schema` refuses a text that begins like one.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in resource.fields)
        for row in rows:
            writer.writerow(_cell(value) for value in row.values())


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    return "" if value is None else value


def _write_json(rows: Iterable[Row], path: Path) -> None:
    """Writes a table as a list of objects; an empty cell is null."""
    text = json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


# --- Parquet ---------------------------------------------------------------------------------------------------------------


def _write_parquet(resource: Resource, rows: list[Row], path: Path) -> None:
    """Writes a table as Parquet, each column typed and described as in the data package."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"integer": pa.int64(), "number": pa.float64()}
    fields = [
        pa.field(column.name, kinds.get(column.type, pa.string()), metadata={"description": column.description})
        for column in resource.fields
    ]
    schema = pa.schema(fields, metadata={"title": resource.title, "description": resource.description})
    pq.write_table(pa.Table.from_pylist([_plain(row) for row in rows], schema=schema), path, compression="zstd")


# --- Excel -----------------------------------------------------------------------------------------------------------------


def write_excel(tables: Tables, path: Path) -> None:
    """Writes one sheet for each table after a sheet ``read_me`` that explains them column by column; tables apart are left out."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Taijiang by the Numbers"
    _fill(book.create_sheet("read_me"), _read_me(tables), widths=(24, 24, 12, 90))
    for name, resource in tables.resources.items():
        if resource.apart:
            continue
        heads = [field.name for field in resource.fields]
        lines = [heads, *(list(row.values()) for row in tables[name])]
        widths = [min(48.0, max(len(head) + 2.0, 12.0)) for head in heads]
        _fill(book.create_sheet(name), lines, widths=widths)
    content = io.BytesIO()
    book.save(content)
    _pack(_undated(content), path)


def _fill(sheet: Any, lines: Iterable[Iterable[Any]], *, widths: Iterable[float]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    for number, line in enumerate(lines):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=None if value == "" else value)
            if isinstance(value, str) and value:
                cell.data_type = "s"  # text, even if it begins with an equals sign
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)


def _read_me(tables: Tables) -> Iterator[list[str]]:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    yield ["sheet", "column", "type", "meaning"]
    yield ["", "", "", f"{package['title']}, version {package['version']}: {package['description']}"]
    licences = ", ".join(licence["title"] for licence in package["licenses"])
    yield [
        "",
        "",
        "",
        f"Licence: {licences}; positions from OpenStreetMap: Open Database License 1.0 (see column licence).",
    ]
    yield ["", "", "", "Offsets count characters of the report from 0, the end is exclusive."]
    yield [
        "",
        "",
        "",
        "A value is in the unit of its row; the sheet units gives the factor that leads to the base unit.",
    ]
    for name, resource in tables.resources.items():
        if resource.apart:
            continue
        yield [name, "", "", f"{resource.title}. {resource.description}"]
        for field in resource.fields:
            codes = field.constraints.get("enum")
            meaning = field.description + (f" Codes: {', '.join(map(str, codes))}." if codes else "")
            yield [name, field.name, field.type, meaning]


def _undated(content: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    """The parts of a workbook, with :data:`DATE` where it notes when it was made."""
    stamp = DATE.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(content) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            if name == "docProps/core.xml":
                text = part.decode("utf-8")
                part = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rf"\g<1>{stamp}", text).encode("utf-8")
            yield name, part


# --- geography -------------------------------------------------------------------------------------------------------------


def placed_mentions(tables: Tables) -> list[tuple[Row, tuple[float, float] | None]]:
    """Every mention of a place with what the gazetteer knows of it, and its position if there is one."""
    gazetteer = {row["place_id"]: row for row in tables["gazetteer"]}
    mentions = []
    for row in tables["places"]:
        place = gazetteer[row["place_id"]]
        mentions.append((_plain(row | {column: place[column] for column in PLACED}), _position(place)))
    return mentions


def _position(row: Row) -> tuple[float, float] | None:
    return None if row["lon"] is None or row["lat"] is None else (row["lon"], row["lat"])


def write_geojson(tables: Tables, path: Path) -> None:
    """Writes the mentions as GeoJSON (RFC 7946); a mention that could not be placed has the geometry null."""
    features = [
        {
            "type": "Feature",
            "id": row["mention_id"],
            "geometry": {"type": "Point", "coordinates": list(position)} if position else None,
            "properties": row,
        }
        for row, position in placed_mentions(tables)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_geopackage(tables: Tables, path: Path) -> None:
    """Writes the mentions, the gazetteer and the shapes as layers of one GeoPackage."""
    from geopandas import read_file

    path.unlink(missing_ok=True)
    placed = placed_mentions(tables)
    gazetteer = [(_plain(row), _position(row)) for row in tables["gazetteer"]]
    layers = {
        "mentions": _points(placed, _types(tables, "places", "gazetteer")),
        "gazetteer": _points(gazetteer, _types(tables, "gazetteer")),
    }
    layers |= {name: read_file(GEO / f"{name}.geojson") for name in GEO_LAYERS}
    with _dated():
        for name, frame in layers.items():
            frame.to_file(path, layer=name, driver="GPKG")


def write_memory(tables: Tables, path: Path) -> None:
    """The report and its English as a translation memory (TMX 1.4b, Localisation Industry Standards Association).

    Raises:
        OSError: the file cannot be written.
    """
    memory = ElementTree.Element("tmx", version="1.4")
    header = {
        "creationtool": "gwr",
        "creationtoolversion": "1",
        "datatype": "plaintext",
        "segtype": "sentence",
        "adminlang": "en",
        "srclang": "zh-CN",
        "o-tmf": "csv",
        "creationdate": DATE.strftime("%Y%m%dT%H%M%SZ"),
    }
    ElementTree.SubElement(memory, "header", header)
    body = ElementTree.SubElement(memory, "body")
    for row in tables["translation"]:
        unit = ElementTree.SubElement(body, "tu", tuid=row["sentence_id"])
        if row["note"]:
            ElementTree.SubElement(unit, "note").text = row["note"]
        for language, text in (("zh-CN", row["quote"]), ("en-GB", row["text_en"])):
            variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": language})
            ElementTree.SubElement(variant, "seg").text = text
    ElementTree.indent(memory)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    path.write_text(head + ElementTree.tostring(memory, encoding="unicode") + "\n", encoding="utf-8", newline="\n")


def _types(tables: Tables, *names: str) -> dict[str, str]:
    kinds = {"integer": "Int64", "number": "float64"}
    return {field.name: kinds.get(field.type, "object") for name in names for field in tables.resources[name].fields}


def _points(rows: list[tuple[Row, tuple[float, float] | None]], types: dict[str, str]) -> GeoDataFrame:
    import pandas as pd
    from geopandas import GeoDataFrame
    from shapely.geometry import Point

    data = pd.DataFrame([row for row, _ in rows])
    data = data.astype({column: types[column] for column in data.columns})
    return GeoDataFrame(data, geometry=[Point(position) if position else None for _, position in rows], crs="EPSG:4326")


@contextmanager
def _dated() -> Iterator[None]:
    """Has GDAL write :data:`DATE` into GeoPackages, for as long as the block runs."""
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    before = get_gdal_config_option("OGR_CURRENT_DATE")
    set_gdal_config_options({"OGR_CURRENT_DATE": DATE.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})


# --- the package in one file -------------------------------------------------------------------------------------------------


def _package_files() -> list[Path]:
    """The files of both data packages, with what one needs to understand and use them."""
    files = [ROOT / "LICENSE-DATA.md", ROOT / "book" / "codebook.md", GEO / "README.md"]
    for folder in (DATA, GEO):
        descriptor = folder / "datapackage.json"
        package = json.loads(descriptor.read_text(encoding="utf-8"))
        files += [descriptor, *(folder / resource["path"] for resource in package["resources"])]
    return sorted(files)


def write_archive(path: Path) -> None:
    """Writes the two data packages, unchanged, into one archive."""
    _pack(((file.relative_to(ROOT).as_posix(), file.read_bytes()) for file in _package_files()), path)


def _pack(parts: Iterable[tuple[str, bytes]], path: Path) -> None:
    """Writes a ZIP file that depends on its parts alone: no times, no owners."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            part = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system, part.external_attr = 3, 0o644 << 16
            archive.writestr(part, content)
