"""``python -m gwr check`` refuses what contradicts the report, and lets in what was found later, in the open."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from gwr.paths import BOOK, DATA, GEO, REPORT_TEXT
from gwr.report.check import check_everything
from gwr.report.checksums import seal

Row = dict[str, str]
Rows = list[Row]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tables, to be changed."""
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(GEO, tmp_path / "geo")
    return tmp_path


def change(folder: Path, table: str, edit: Callable[[Rows], Rows | None]) -> None:
    """Rewrites one table of ``data/``, as an editor would; ``edit`` changes the rows or gives new ones."""
    path = folder / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, header = list(reader), reader.fieldnames or ()
    rows = edit(rows) or rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def faults(folder: Path) -> list[str]:
    return [str(one) for one in check_everything(folder / "data", folder / "geo", REPORT_TEXT)[1]]


def row_of(rows: Rows, column: str, value: str) -> Row:
    return next(row for row in rows if row[column] == value)


def command_line(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``python`` in a copy of the project that has these tables."""
    if not (folder / "book").exists():
        shutil.copytree(BOOK, folder / "book", ignore=shutil.ignore_patterns("__pycache__"))
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder / "book", capture_output=True, encoding="utf-8", check=False
    )


# --- what contradicts the report -----------------------------------------------------------------------------------------


def test_a_value_that_contradicts_its_passage_is_refused(folder: Path) -> None:
    change(folder, "claims", lambda rows: row_of(rows, "claim_id", "c001").update(value="677.78"))
    seal(folder / "data")
    done = command_line(folder, "-m", "gwr", "check")
    assert done.returncode == 1 and done.stdout == ""
    first, *_, last = done.stderr.splitlines()
    assert first == (
        "data/claims.csv, row 2, column 'value': c001: the passage has '677.77', the cell 677.78. "
        "Expected: 677.77. To do: set value to 677.77 (rule value_is_as_written)."
    )
    assert (
        last == "3 faults in the tables."
        and "c001 (CNY 67.78 billion) is not in its English" in done.stderr
        and "both readers wrote 677.77" in done.stderr
    )


def test_all_faults_are_listed(folder: Path) -> None:
    change(folder, "claims", lambda rows: row_of(rows, "claim_id", "c001").update(value="677.78"))
    change(folder, "claims", lambda rows: row_of(rows, "claim_id", "c053").update(section="1.5"))
    change(folder, "places", lambda rows: row_of(rows, "mention_id", "m007").update(group_claim="c999"))
    change(folder, "glossary", lambda rows: row_of(rows, "term_zh", "预计").update(first_start="1"))
    found = "\n".join(faults(folder))
    for part in ("column 'value'", "column 'section'", "'c999' is not in table claims", "column 'first_start'"):
        assert part in found
    assert found.count("python -m gwr seal") == 3


def test_all_cells_that_cannot_be_read_are_listed(folder: Path) -> None:
    def spoil(rows: Rows) -> None:
        rows[0]["value"], rows[3]["status"], rows[5]["claim_id"] = "6_77.77", "targt", "c001"

    change(folder, "claims", spoil)
    change(folder, "units", lambda rows: rows[0].update(factor="１00"))
    seal(folder / "data")
    found = faults(folder)
    assert [one.split(":")[0] for one in found] == [
        "data/units.csv, row 2, column 'factor'",
        "data/claims.csv, row 2, column 'value'",
        "data/claims.csv, row 5, column 'status'",
    ]


@pytest.mark.parametrize("number", ["1_000", "１２", " 5", "5 ", "+5", "1e3", "0x10", "nan", "inf", "五"])
def test_numbers_are_plain_digits(folder: Path, number: str) -> None:
    change(folder, "claims", lambda rows: rows[0].update(value=number))
    change(folder, "claims", lambda rows: rows[0].update(start=number))
    places = [one.partition(":")[0] for one in faults(folder)]
    assert places[:2] == [f"data/claims.csv, row 2, column '{column}'" for column in ("start", "value")]


def test_text_has_no_white_space_at_its_ends(folder: Path) -> None:
    change(folder, "claims", lambda rows: rows[0].update(indicator_en="GDP "))
    assert "white space" in faults(folder)[0]


def test_a_file_that_was_changed_and_not_sealed_is_named_with_the_remedy(folder: Path) -> None:
    change(folder, "organisations", lambda rows: rows[0].update(note="Another note."))
    (found,) = faults(folder)
    assert found.startswith("data/organisations.csv: the file was changed after its checksum was written")
    assert "python -m gwr seal" in found and "git checkout" in found
    seal(folder / "data")
    assert faults(folder) == []


def test_what_a_command_made_is_sealed_only_by_its_name(folder: Path) -> None:
    """A slip of the hand in a table that no hand writes stays noticed after the seal."""
    change(folder, "panel/targets", lambda rows: rows[0].update(value="3.9"))
    assert seal(folder / "data") == []
    (found,) = faults(folder)
    assert found.startswith("panel/targets.csv: the file was changed after its checksum was written")
    assert "run 'python -m gwr panel CORPUS -o data/panel', then 'python -m gwr seal panel_targets'" in found
    assert seal(folder / "data", ["panel_targets"]) == ["panel_targets"] and faults(folder) == []


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "data" / "units.csv").unlink()
    assert any("units.csv: the file is missing" in one for one in faults(folder))


# --- what was found later --------------------------------------------------------------------------------------------------


def note(folder: Path, table: str, item: str, kind: str, **cells: str) -> None:
    """A row of corrections.csv."""
    change(
        folder,
        "corrections",
        lambda rows: [
            *rows,
            {
                "correction_id": f"k{len(rows) + 1:03}",
                "date": "2026-12-01",
                "table": table,
                "item": item,
                "change": kind,
                "by": "a reader",
                "reason": "Corrected after a review by readers of the field.",  # a sentence of the catalogue
            }
            | cells,
        ],
    )


@pytest.mark.slow
def test_a_claim_that_was_missed_is_added_in_the_middle_and_cited(folder: Path) -> None:
    text = REPORT_TEXT.read_text(encoding="utf-8")
    start = text.index("30亿元以上重大产业项目")
    cells = {
        "claim_id": "c900",
        "section": "1.2",
        "start": start,
        "end": start + len("30亿元以上重大产业项目"),
        "quote": "30亿元以上重大产业项目",
        "number_start": start,
        "number_end": start + 2,
        "indicator_zh": "重大产业项目投资",
        "indicator_en": "Investment of a major industrial project",
        "value": 30,
        "unit_zh": "亿元",
        "unit": "cny_100m",
        "comparator": "ge",
        "measure": "level",
        "period": "2021",
        "status": "actual",
        "found": "later",
    }
    row = {column: str(value) for column, value in cells.items()}

    def insert(rows: Rows) -> None:
        at = next(number for number, other in enumerate(rows) if int(other["start"]) > start)
        rows.insert(at, row)

    change(folder, "claims", insert)
    change(folder, "not_claims", lambda rows: [other for other in rows if other["start"] != str(start)])
    seal(folder / "data")
    assert any("found is later, and corrections.csv has no row" in one for one in faults(folder))
    note(folder, "claims", "c900", "added")
    note(folder, "not_claims", str(start), "removed")
    seal(folder / "data")
    assert faults(folder) == []
    done = command_line(
        folder,
        "-c",
        "from gwr.report.claims import load_claims\nfrom gwr.show.source_page import section_html\n"
        "from gwr.show.chapter import fill\nprint('id=\"c900\"' in section_html('1.2'))\n"
        "print(fill('{c900}', load_claims(), {}))",
    )
    assert done.stdout.splitlines() == ["True", "[At least CNY\u00a03\u00a0billion (30亿元)](<source.ipynb#c900>)"], (
        done.stderr
    )


READINGS = ("first_reading_pledges", "second_reading_pledges")


def missed(folder: Path, table: str, column: str, item: str, new: str, readings: bool) -> None:
    """Makes the tables as if a row had been missed from the start, then adds it in its place with another id."""
    kept: Rows = []

    def take(rows: Rows) -> Rows:
        kept.append(row_of(rows, column, item))
        return [row for row in rows if row[column] != item]

    change(folder, table, take)
    for reading in ("first", "second") if readings else ():
        change(folder, f"{reading}_reading_{table}", lambda rows: [row for row in rows if row[column] != item])

    def insert(rows: Rows) -> None:
        at = next(number for number, row in enumerate(rows) if int(row["start"]) > int(kept[0]["start"]))
        rows.insert(at, kept[0] | {column: new, "found": "later"})

    change(folder, table, insert)


def test_a_place_that_was_missed_is_added_in_the_middle(folder: Path) -> None:
    missed(folder, "places", "mention_id", "m077", "m155", readings=False)

    def renumber(rows: Rows) -> None:  # had it been missed, the mentions that follow would have been counted without it
        for row in rows:
            if row["found"] == "coding" and row["mention_id"] > "m077":
                row["mention_id"] = f"m{int(row['mention_id'][1:]) - 1:03}"

    change(folder, "places", renumber)
    seal(folder / "data")
    assert any("m155: found is later, and corrections.csv has no row for it" in one for one in faults(folder))
    note(folder, "places", "m155", "added")
    seal(folder / "data")
    assert faults(folder) == []
    done = command_line(
        folder,
        "-c",
        "from gwr.report.tables import load_tables\n"
        "print([row['mention_id'] for row in load_tables()['places']][75:78])\n"
        "from gwr.show.source_page import section_html\nprint('m155' in section_html('2.4'))",
    )
    assert done.stdout.splitlines() == ["['m076', 'm155', 'm077']", "True"], done.stderr


def test_a_pledge_that_was_missed_is_added_in_the_middle(folder: Path) -> None:
    missed(folder, "pledges", "pledge_id", "p120", "p500", readings=True)
    seal(folder / "data")
    assert sum("a reading stays as it was handed in" in one for one in faults(folder)) == 2
    seal(folder / "data", READINGS)
    assert any("p500" in one and "corrections.csv has no row for it" in one for one in faults(folder))
    note(folder, "pledges", "p500", "added")
    seal(folder / "data")
    assert faults(folder) == []


def test_a_row_may_not_be_smuggled_in_or_out(folder: Path) -> None:
    change(folder, "pledges", lambda rows: row_of(rows, "pledge_id", "p120").update(pledge_id="p500"))
    found = "\n".join(faults(folder))
    assert "p500: it is not in the readings, and found is coding" in found
    assert "p120 is in the readings and not in pledges.csv" in found


# --- what is corrected afterwards -------------------------------------------------------------------------------------------


def test_an_offset_and_a_period_are_corrected_by_a_row(folder: Path) -> None:
    """c067 gets another period; p108, on which the readers differed, begins two characters later."""

    def claim(rows: Rows) -> None:
        row = row_of(rows, "claim_id", "c067")
        row.update(period="2021" if row["period"] != "2021" else "2017-2021")

    change(folder, "claims", claim)

    def pledge(rows: Rows) -> None:
        row = row_of(rows, "pledge_id", "p108")
        row.update(start=str(int(row["start"]) + 2), quote=row["quote"][2:])

    change(folder, "pledges", pledge)
    seal(folder / "data")
    found = "\n".join(faults(folder))
    assert (
        "c067: period is '2017-2021', both readers wrote '2021'" in found and "or add a row to corrections.csv" in found
    )
    assert "pledges ('continuing' or 'effort') is missing" in found or "at 7787 of pledges" in found
    note(folder, "claims", "c067", "changed", column="period", before="2021", after="2017-2021")
    start = row_start(folder, "p108")
    note(folder, "pledges", "p108", "changed", column="start", before=str(start - 2), after=str(start))
    seal(folder / "data")
    assert faults(folder) == []


def row_start(folder: Path, pledge: str) -> int:
    with (folder / "data" / "pledges.csv").open(encoding="utf-8", newline="") as file:
        return int(row_of(list(csv.DictReader(file)), "pledge_id", pledge)["start"])


def test_a_decision_is_corrected_by_a_row(folder: Path) -> None:
    change(folder, "pledges", lambda rows: row_of(rows, "pledge_id", "p108").update(strength="continuing"))
    seal(folder / "data")
    assert any("p108 has 'continuing' as strength, decided was 'effort'" in one for one in faults(folder))
    note(folder, "pledges", "p108", "changed", column="strength", before="effort", after="continuing")
    seal(folder / "data")
    assert faults(folder) == []


# --- the words of the tables -----------------------------------------------------------------------------------------------


def test_a_new_sentence_gets_its_place_in_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gwr.words import catalogues
    from gwr.words.language import catalogue_path

    copy = Path(shutil.copyfile(catalogue_path("data", "zh"), tmp_path / "data.po"))
    before = catalogues.read_catalogue("data", "zh")
    monkeypatch.setattr(catalogues, "catalogue_path", lambda *_: copy)
    known = next(str(one.id) for one in before if one.id)
    assert catalogues.add_sentences([known, ""], "zh") == 0
    assert copy.read_bytes() == catalogue_path("data", "zh").read_bytes()
    assert catalogues.add_sentences(["A note of 12 words.", known], "zh") == 1
    after = catalogues.read_catalogue("data", "zh")
    assert after["A note of 12 words."].string == "" and len(after) == len(before) + 1
    assert [one.string for one in before] == [one.string for one in after][:-1]


@pytest.mark.parametrize(
    ("english", "chinese", "lost"),
    [
        ("41 billion yuan in 2021", "2021年410亿元", ""),
        ("more than one billion", "超过10亿", ""),
        ("the 14th Five-Year Plan", "十四五", ""),
        ("the 15th Five-Year Plan", "十四五", "15"),
        ("two of 5 plots", "5个地块中的2个", ""),
        ("ten plots", "12个地块", "12"),
        ("13,000 jobs", "1.3万人", ""),
        ("1,300 jobs", "1.3万人", "1.3"),
        ("in the 1990s", "20世纪90年代", ""),
        ("9.3%", "9.8%", "9.8"),
    ],
)
def test_figures_are_kept_in_both_languages(english: str, chinese: str, lost: str) -> None:
    from gwr.words.written_figures import lost_figure

    assert lost_figure(english, chinese) == lost


@pytest.mark.slow
def test_most_careless_edits_are_noticed() -> None:
    """The whole benchmark in small: 60 edits, each of them sealed again."""
    program = Path(__file__).parents[1] / "benchmarks" / "mutations.py"
    done = subprocess.run(
        [sys.executable, str(program), "--count", "63", "--seed", "7"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    noticed, made = (int(number) for number in done.stdout.splitlines()[-1].split(" edits")[0].split(" of "))
    assert made == 63 and noticed / made >= 0.75, done.stdout
