"""Bad input gets one message that says which file, row and column, what was expected and what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gwr.errors import DataError
from gwr.paths import DATA, GEO, REPORT_TEXT
from gwr.report.tables import load_tables, read_tables


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}, so this test would change nothing"
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def error_of(data: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        read_tables(data, GEO, REPORT_TEXT)
    message = str(caught.value)
    assert "Expected: " in message and "To do: " in message
    assert "\n" not in message
    return caught.value


def test_the_tables_of_the_book_load():
    tables = load_tables()
    assert len(tables["claims"]) > 150
    assert list(tables.frame("claims", section="2.2")["claim_id"]) == [
        row["claim_id"] for row in tables["claims"] if row["section"] == "2.2"
    ]


def test_missing_file(data):
    (data / "claims.csv").unlink()
    error = error_of(data)
    assert error.path.name == "claims.csv" and "missing" in error.found


def test_unreadable_file(data):
    (data / "claims.csv").unlink()
    (data / "claims.csv").mkdir()
    error = error_of(data)
    assert error.path.name == "claims.csv" and "cannot be read" in error.found


def test_empty_file(data):
    (data / "claims.csv").write_text("")
    assert "empty" in error_of(data).found


def test_another_encoding(data):
    path = data / "claims.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    error = error_of(data)
    assert "not UTF-8" in error.found and error.row == 2 and "UTF-8" in error.remedy


def test_byte_order_mark(data):
    path = data / "claims.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "byte order mark" in error_of(data).found


def test_wrong_column(data):
    edit(data / "claims.csv", "comparator", "comparater")
    error = error_of(data)
    assert error.row == 1 and error.column == "comparator" and "'comparater'" in error.found


def test_surplus_column(data):
    path = data / "units.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0] + ",colour", *(line + "," for line in lines[1:])]) + "\n", encoding="utf-8")
    error = error_of(data)
    assert error.column == "colour" and error.row == 1


def test_missing_cell(data):
    edit(data / "units.csv", "cny_100m,亿元,", "cny_100m,")
    error = error_of(data)
    assert error.path.name == "units.csv" and error.row == 2 and "cells" in error.found


def test_open_quote(data):
    path = data / "glossary.csv"
    path.write_text(path.read_text(encoding="utf-8") + '"open', encoding="utf-8")
    assert "breaks off" in error_of(data).found


def test_unknown_code(data):
    edit(data / "claims.csv", ",expected,", ",expcted,")
    error = error_of(data)
    assert (error.path.name, error.row, error.column) == ("claims.csv", 2, "status")
    assert "did you mean 'expected'" in error.remedy


def test_unknown_unit(data):
    edit(data / "claims.csv", ",cny_100m,", ",cny_billion,")
    error = error_of(data)
    assert (error.row, error.column) == (2, "unit") and "'cny_billion' is not in table units" in error.found


def test_not_a_number(data):
    edit(data / "claims.csv", "c001,1.0,439,", "c001,1.0,four,")
    error = error_of(data)
    assert (error.row, error.column) == (2, "start") and "'four'" in error.found


def test_empty_required_cell(data):
    edit(data / "claims.csv", "c001,1.0,", "c001,,")
    error = error_of(data)
    assert (error.row, error.column) == (2, "section") and "empty" in error.found


def test_offset_that_does_not_give_its_quote(data):
    edit(data / "claims.csv", "c001,1.0,439,453,", "c001,1.0,440,454,")
    error = error_of(data)
    assert (error.row, error.column) == (2, "quote") and "set start to 439" in error.remedy


def test_quote_that_is_not_in_the_report(data):
    edit(data / "claims.csv", "地区生产总值677.77亿元,445", "地区生产总值678.77亿元,445")
    error = error_of(data)
    assert (error.row, error.column) == (2, "quote") and "copy the words" in error.remedy


def test_duplicate_id(data):
    edit(data / "claims.csv", "\nc002,", "\nc001,")
    error = error_of(data)
    assert (error.row, error.column) == (3, "claim_id") and "row 2 already" in error.found


def test_dangling_link_in_a_list(data):
    text = (data / "pledges.csv").read_text(encoding="utf-8")
    linked = next(part for part in text.split(",") if part.startswith("c1") and part[1:].isdigit())
    edit(data / "pledges.csv", f",{linked},", ",c999,")
    error = error_of(data)
    assert error.path.name == "pledges.csv" and "'c999' is not in table claims" in error.found


@pytest.mark.parametrize("unknown", ["c999", "f999", "x1"])
def test_a_check_of_a_figure_that_is_not_there(data, unknown):
    edit(data / "checks.csv", ",c010;c098,", f",c010;{unknown},")
    error = error_of(data)
    assert (error.path.name, error.row, error.column) == ("checks.csv", 6, "inputs")
    assert unknown in error.found


def test_descriptor_that_is_no_json(data):
    edit(data / "datapackage.json", '"profile"', "profile")
    error = error_of(data)
    assert error.path.name == "datapackage.json" and "no JSON" in error.found


def test_the_command_line_ends_with_the_message_and_no_traceback(data, tmp_path):
    shutil.copytree(GEO, tmp_path / "geo")
    shutil.copytree(Path(DATA).parent / "book" / "gwr", tmp_path / "book" / "gwr")
    edit(data / "claims.csv", ",expected,", ",expcted,")
    done = subprocess.run(
        [sys.executable, "-m", "gwr", "check"], cwd=tmp_path / "book", capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("data/claims.csv, row 2, column 'status': ")
    assert "Traceback" not in done.stderr
