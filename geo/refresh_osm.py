"""Fetches streets, waters and boundaries of Taijiang from OpenStreetMap into ``geo/osm/`` (optional).

Usage:
    python geo/refresh_osm.py                      ask the public Overpass server
    python geo/refresh_osm.py --url ADDRESS        ask another one
    python geo/refresh_osm.py --answer FILE.json   use an answer that was saved before

The book needs none of this: its maps use the committed files and take those in ``geo/osm/`` when they are
there. Nothing is changed unless the whole answer was received and passed every check. The data is under the
Open Database License (ODbL) 1.0; the notice stands inside each file and must stay with it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import logging
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from builders_common import (
    GEO,
    DataError,
    MissingPackage,
    area_km2,
    collection_text,
    feature,
    length_m,
    read_geometry,
    rounded,
)
from shapely.geometry.base import BaseGeometry

OVERPASS = "https://overpass-api.de/api/interpreter"
TIMEOUT_S = 90
MARGIN_DEG = 0.005
"""How far beyond the outline the query looks, in degrees (about 500 m)."""

MIN_OVERLAP = 0.8
"""Intersection over union with our own outline below which a boundary is not the district's: other places are
called 台江 too, and an edit in progress can leave a broken ring."""

CREDIT = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"
USER_AGENT = "taijiang-by-the-numbers/0.1 (geo/refresh_osm.py)"

HIGHWAYS = "trunk|primary|secondary|tertiary|unclassified|residential|living_street|pedestrian"
WATERWAYS = "river|canal|stream"
DISTRICT_LEVEL, SUBDISTRICT_LEVEL = "6", "8"

QUERY = """
[out:json][timeout:{timeout}][bbox:{south},{west},{north},{east}];
(
  way["highway"~"^({highways})$"]["name"];
  way["waterway"~"^({waterways})$"]["name"];
  relation["boundary"="administrative"]["admin_level"="{district}"]["name"="台江区"];
  relation["boundary"="administrative"]["admin_level"="{subdistrict}"]["name"];
);
out body geom;
"""


class RefreshError(RuntimeError):
    """The refresh did not happen; the message says why and what to do. No file was changed."""


class Element(NamedTuple):
    """One object of the answer: its reference (``way/123``), tags and geometry in degrees."""

    ref: str
    tags: Mapping[str, str]
    geometry: BaseGeometry


def query(outline: BaseGeometry) -> str:
    """The Overpass QL query for everything in and around the outline (degrees)."""
    west, south, east, north = outline.buffer(MARGIN_DEG).bounds
    return QUERY.format(
        timeout=TIMEOUT_S,
        south=f"{south:.4f}",
        west=f"{west:.4f}",
        north=f"{north:.4f}",
        east=f"{east:.4f}",
        highways=HIGHWAYS,
        waterways=WATERWAYS,
        district=DISTRICT_LEVEL,
        subdistrict=SUBDISTRICT_LEVEL,
    ).strip()


def fetch(text: str, url: str = OVERPASS, timeout_s: float = TIMEOUT_S) -> bytes:
    """The server's answer to an Overpass QL query.

    Raises:
        RefreshError: the server cannot be reached, is too slow, or refuses.
    """
    request = urllib.request.Request(
        url, data=urllib.parse.urlencode({"data": text}).encode(), headers={"User-Agent": USER_AGENT}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as response:
            answer: bytes = response.read()
    except urllib.error.HTTPError as error:
        with error:
            busy = " (it is busy)" if error.code in (429, 504) else ""
            raise RefreshError(
                f"the server answered {error.code} {error.reason}{busy}. Try again later or use --url"
            ) from error
    except (OSError, http.client.HTTPException) as error:  # no network, a timeout, a broken connection
        reason = getattr(error, "reason", None) or error
        raise RefreshError(
            f"no answer from {url} ({reason}). Check the network, try again later or use --url"
        ) from error
    return answer


def parse(answer: bytes) -> list[Element]:
    """The objects of an Overpass answer, each with its geometry.

    Raises:
        MissingPackage: osm2geojson is not installed.
        RefreshError: the answer is cut off, reports an error, or holds an object without a valid geometry.
    """
    if find_spec("osm2geojson") is None:
        raise MissingPackage("osm2geojson==0.3.2", "Reading the Overpass answer")
    import osm2geojson

    try:
        data = json.loads(answer)
    except ValueError as error:
        raise RefreshError(f"the answer is no JSON ({error}): it may have been cut off. Try again") from error
    if not isinstance(data, dict) or not isinstance(data.get("elements"), list):
        raise RefreshError("the answer has no list of elements: it is not from an Overpass server")
    if "remark" in data:  # how Overpass reports that it ran out of time or memory, with status 200
        raise RefreshError(f"the server stopped half-way: {data['remark']}. Try again later")
    try:
        for element in data["elements"]:
            element["members"] = _ring_members(element)
        # Used members are kept, so that a river which is also part of a boundary stays a river.
        shapes = osm2geojson.json2shapes(data, filter_used_refs=False, log_level=logging.CRITICAL)
        elements = [_element(shape) for shape in shapes]
    except (LookupError, AttributeError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise RefreshError(f"an object of the answer is broken ({error!r:.200}). Try again") from error
    _check_complete(data["elements"], elements)
    return elements


def _ring_members(element: Mapping[str, Any]) -> list[Any]:
    """The members of a relation that make its rings: its centre, label and sub-areas are no part of them."""
    return [
        member
        for member in element.get("members", [])
        if member["type"] == "way" and member.get("role", "") in ("outer", "inner", "")
    ]


def _check_complete(sent: Sequence[Mapping[str, Any]], elements: Sequence[Element]) -> None:
    """Every way must have its geometry; a neighbour's boundary may lack it, and ours is checked later."""
    missing = {f"{item['type']}/{item['id']}" for item in sent if item["type"] == "way"}
    missing -= {element.ref for element in elements}
    if missing:
        raise RefreshError(f"{len(missing)} ways have no geometry ({min(missing)}, ...). Try again")


def _element(shape: Mapping[str, Any]) -> Element:
    geometry, properties = shape["shape"], shape["properties"]
    ref = f"{properties['type']}/{properties['id']}"
    if geometry.is_empty or not geometry.is_valid:
        raise ValueError(f"{ref} has no valid geometry")
    return Element(ref, properties.get("tags", {}), geometry)


def layers(elements: Sequence[Element], outline: BaseGeometry, fetched: str) -> dict[str, str]:
    """The text of each GeoJSON file by its name.

    Args:
        elements: what the server sent.
        outline: our own outline of the district, in degrees.
        fetched: the state of the database, as the server states it.

    Raises:
        RefreshError: there is no street, no water, or no boundary that agrees with our outline.
    """
    boundary = _district(elements, outline)
    areas = [boundary, *_subdistricts(elements, boundary.geometry)]
    content = {
        "boundaries.geojson": [_boundary_feature(area) for area in areas],
        "streets.geojson": _line_features(elements, "highway", "street", boundary.geometry),
        "waters.geojson": _line_features(elements, "waterway", "water", boundary.geometry),
    }
    for file, features in content.items():
        if not features:
            raise RefreshError(f"the answer has nothing for {file}. Try again, or use --url")
    return {
        file: collection_text(features, attribution=CREDIT, licence="ODbL-1.0", fetched=fetched)
        for file, features in content.items()
    }


def _district(elements: Iterable[Element], outline: BaseGeometry) -> Element:
    overlaps = [(_overlap(area.geometry, outline), area) for area in _boundaries(elements, DISTRICT_LEVEL)]
    best = max(overlaps, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < MIN_OVERLAP:
        found = f"best overlap {best[0]:.2f}, needed {MIN_OVERLAP}" if best else "there is none"
        raise RefreshError(
            f"no boundary of 台江区 agrees with our outline ({found}). Look at the district in "
            "OpenStreetMap and try again when it is whole"
        )
    return best[1]


def _overlap(a: BaseGeometry, b: BaseGeometry) -> float:
    """Intersection over union, from 0 (apart) to 1 (equal)."""
    return float(a.intersection(b).area / a.union(b).area)


def _subdistricts(elements: Iterable[Element], district: BaseGeometry) -> list[Element]:
    inside = [
        element
        for element in _boundaries(elements, SUBDISTRICT_LEVEL)
        if district.contains(element.geometry.representative_point())
    ]
    return sorted(inside, key=lambda element: element.ref)


def _boundaries(elements: Iterable[Element], level: str) -> list[Element]:
    return [
        element
        for element in elements
        if element.tags.get("boundary") == "administrative"
        and element.tags.get("admin_level") == level
        and element.geometry.geom_type in ("Polygon", "MultiPolygon")
    ]


def _boundary_feature(area: Element) -> dict[str, object]:
    properties = {
        "name_zh": area.tags["name"],
        "name_en": area.tags.get("name:en", ""),
        "admin_level": int(area.tags["admin_level"]),
        "area_km2": area_km2(area.geometry),
        "source": f"OpenStreetMap {area.ref}",
    }
    return feature(rounded(area.geometry), properties)


def _line_features(
    elements: Iterable[Element], tag: str, prefix: str, district: BaseGeometry
) -> list[dict[str, object]]:
    """One feature for each name: its ways joined and clipped to the district, as in our own files."""
    ways: dict[str, list[Element]] = {}
    for element in elements:
        if tag in element.tags and "name" in element.tags and element.geometry.intersects(district):
            ways.setdefault(element.tags["name"], []).append(element)
    features = []
    for name, parts in sorted(ways.items()):
        # A pedestrian square is an area in OpenStreetMap; its edge stands for it.
        lines = [part.geometry.boundary if part.geometry.area else part.geometry for part in parts]
        line = rounded(shapely.line_merge(shapely.union_all(lines).intersection(district)))
        if line.length == 0:
            continue  # touches the district in a point only
        english = sorted({part.tags["name:en"] for part in parts if "name:en" in part.tags})
        properties = {
            f"{prefix}_zh": name,
            f"{prefix}_en": " / ".join(english),
            "accuracy_m": None,  # OpenStreetMap states none
            "evidence": f"tagged {tag} and named so in OpenStreetMap",
            "length_m": length_m(line),
            "source": "OpenStreetMap " + ", ".join(sorted(part.ref for part in parts)),
        }
        features.append(feature(line, properties))
    return features


def write_all(files: Mapping[str, str], folder: Path) -> None:
    """Write the files: first all beside the old ones, then each in place of the old one in a single step.

    Raises:
        RefreshError: the disk is full or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Beside the target, because a file can be renamed in one step only within a file system.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as staging:
            for file, text in files.items():
                Path(staging, file).write_text(text, encoding="utf-8", newline="\n")
            for file in files:
                Path(staging, file).replace(folder / file)
    except OSError as error:
        raise RefreshError(f"cannot write to {folder} ({error.strerror}). Check the disk") from error


def refresh(answer: bytes, folder: Path, outline: BaseGeometry) -> dict[str, int]:
    """Check an answer and write its files; returns the number of features in each.

    Raises:
        MissingPackage: osm2geojson is not installed.
        RefreshError: the answer failed a check or cannot be written.
    """
    elements = parse(answer)
    state = json.loads(answer).get("osm3s", {}).get("timestamp_osm_base", "unknown")
    files = layers(elements, outline, fetched=state)
    write_all(files, folder)
    return {file: len(json.loads(text)["features"]) for file, text in files.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns 1, having changed nothing, if anything went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--url", default=OVERPASS, help="address of an Overpass server (%(default)s)")
    parser.add_argument("--answer", type=Path, help="use this saved answer instead of the network")
    parser.add_argument("--to", type=Path, default=GEO / "osm", help="folder for the files (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        outline = read_geometry("district.geojson")
        answer = options.answer.read_bytes() if options.answer else fetch(query(outline), options.url)
        counts = refresh(answer, options.to, outline)
    except (RefreshError, MissingPackage, DataError, OSError) as error:
        print(f"Nothing was changed: {error}.", file=sys.stderr)
        return 1
    contents = ", ".join(f"{file} ({count} features)" for file, count in counts.items())
    print(f"Written to {options.to}: {contents}. {CREDIT}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
