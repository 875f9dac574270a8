"""The teaching chapter: chapters as they describe themselves, course plans, student copies, the coding exercise."""

from __future__ import annotations

import base64
import re

import nbformat
import pytest
from gwr.analysis.coding_exercise import (
    CODES,
    blank_sheet,
    compared,
    differences,
    draw,
    filled_sheet,
    read_sheet,
    sheet_link,
)
from gwr.analysis.lessons import (
    EXERCISE_KINDS,
    SOLUTION,
    chapters_in,
    minutes,
    overview,
    path_to,
    read_lesson,
    read_lessons,
    route,
    timetable,
)
from gwr.errors import DataError
from gwr.paths import BOOK
from gwr.report.tables import load_tables
from gwr.site.notebooks import cache_key, with_outputs
from gwr.site.student_copies import student_copy, write_student_copies
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

LESSONS = read_lessons()


def chapter_file(folder, number, before, *, title="# {} Streets 街道\n\n*Where are\nthey?*", time="45 minutes"):
    cells = [
        new_markdown_cell(title.format(number)),
        new_markdown_cell(f"**Time** about {time}. **Before this** {before}"),
        new_markdown_cell("1. **Read it.** Find the street."),
        new_code_cell("print('here')", metadata={"tags": [SOLUTION]}),
    ]
    path = folder / f"{number:02}_streets.ipynb"
    path.write_text(nbformat.writes(new_notebook(cells=cells)), encoding="utf-8")
    return path


def test_every_chapter_says_what_a_teacher_needs():
    assert len(LESSONS) == len(list(BOOK.glob("[0-9][0-9]_*.ipynb")))
    for lesson in LESSONS.values():
        assert lesson.title and lesson.title_zh and lesson.question.endswith("?")
        assert 3 <= len(lesson.exercises) <= 5, lesson.file
        assert lesson.solutions >= len(lesson.exercises), lesson.file
        assert {"Read it", "Argue about it"} <= set(lesson.exercises), lesson.file


def test_a_chapter_is_read_from_its_cells(tmp_path):
    lesson = read_lesson(chapter_file(tmp_path, 3, "[chapter 1](01_a.ipynb); chapter 2\nfor the rest."))
    assert (lesson.number, lesson.title, lesson.title_zh) == (3, "Streets", "街道")
    assert lesson.question == "Where are they?"
    assert (lesson.minutes, lesson.before) == (45, (1, 2))
    assert (lesson.exercises, lesson.solutions) == (("Read it",), 1)


def test_a_chapter_out_of_style_is_named(tmp_path):
    with pytest.raises(ValueError, match="03_streets"):
        read_lesson(chapter_file(tmp_path, 3, "nothing.", title="# {} Streets 街道\n\nNo question."))


def test_a_chapter_that_is_not_there_cannot_be_read_before(tmp_path):
    chapter_file(tmp_path, 3, "chapter 2.")
    with pytest.raises(ValueError, match="chapter 2"):
        read_lessons(tmp_path)


@pytest.mark.parametrize(
    ("words", "number"), [("45 minutes", 45), ("half an hour", 30), ("an hour", 60), ("one hour", 60)]
)
def test_times_in_words(words, number):
    assert minutes(words) == number


def test_an_unknown_time_is_an_error():
    with pytest.raises(ValueError, match="a while"):
        minutes("a while")


@pytest.mark.parametrize(
    ("before", "numbers"),
    [
        ("nothing; percentages help.", ()),
        ("[chapter 1](01_headlines.ipynb) and [chapter 6](06_livelihood.ipynb).", (1, 6)),
        ("chapter 6; [chapter 17](17_pledges.ipynb) helps.", (6,)),
        ("chapters 1 and 6.", (1, 6)),
    ],
)
def test_what_to_read_before(before, numbers):
    assert chapters_in(before) == numbers


def test_the_way_to_a_chapter_is_in_order_and_without_repetition():
    for number in LESSONS:
        way = path_to(number, LESSONS)
        assert number not in way and len(set(way)) == len(way)
        for place, step in enumerate(way):
            assert set(LESSONS[step].before) <= set(way[:place])
    assert route([8, 7], LESSONS) == [1, 6, 8, 7]


def test_the_overview_adds_up():
    table = overview(LESSONS)
    assert all(isinstance(entry, Markup) and "<a href=" in entry for entry in table["entry"])
    assert (table["minutes_before"] + table["minutes"] == table["minutes_all"]).all()
    assert (table[list(EXERCISE_KINDS)].sum(axis=1) == table["exercises"]).all()


def test_a_plan_may_not_put_a_chapter_before_its_basis():
    plan = timetable([("one", [1, 9], 45, "talk"), ("two", [], 10, "rest")], LESSONS)
    assert list(plan["reading"]) == [LESSONS[1].minutes + LESSONS[9].minutes, 0]
    assert plan["chapters"][0].count("<a href=") == 2
    with pytest.raises(ValueError, match="two: chapter 9 builds on chapter 1"):
        timetable([("two", [9], 45, "talk")], LESSONS)
    with pytest.raises(KeyError):
        timetable([("three", [99], 45, "talk")], LESSONS)


def test_student_copies_hold_no_solution_and_no_output(tmp_path):
    written = write_student_copies(tmp_path / "student")
    assert len(written) == len(LESSONS)
    for path in written:
        copy = nbformat.read(path, as_version=4)
        nbformat.validate(copy)
        assert not any(SOLUTION in cell.metadata.get("tags", []) or cell.get("outputs") for cell in copy.cells)


def test_the_original_keeps_its_solutions():
    notebook = nbformat.read(BOOK / "01_headlines_2021.ipynb", as_version=4)
    before = nbformat.writes(notebook)
    copy = student_copy(notebook)
    assert nbformat.writes(notebook) == before
    assert sum(cell.source == "# your answer\n" for cell in copy.cells) == LESSONS[1].solutions


def test_the_teaching_chapter_is_run_again_when_another_chapter_changes(monkeypatch, tmp_path):
    """Its outputs are remembered under a key that holds the cells of all chapters."""
    teaching = BOOK / "21_teaching.ipynb"
    before = cache_key(teaching, "")
    chapter_file(tmp_path, 3, "nothing.")
    monkeypatch.setattr("gwr.site.notebooks.all_notebooks", lambda: list(tmp_path.glob("*.ipynb")))
    other = cache_key(teaching, "")
    chapter_file(tmp_path, 3, "chapter 1.")
    assert len({before, other, cache_key(teaching, "")}) == 3


def test_what_a_notebook_depends_on_is_said_in_its_metadata(tmp_path):
    path = chapter_file(tmp_path, 3, "nothing.")
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["gwr"] = {"depends": "all note books"}
    nbformat.write(notebook, path)
    with pytest.raises(DataError, match="all note books"):
        cache_key(path, "")
    assert with_outputs(path, [[]]).metadata["gwr"] == {"depends": "all note books"}


# --- the coding exercise --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def claims():
    return load_tables().frame("claims")


def test_a_row_found_later_is_never_drawn(claims):
    """The second reader has not coded it."""
    late = set(draw(claims, 20, 1)["claim_id"].head(5))
    later = claims.assign(found=["later" if claim in late else "coding" for claim in claims["claim_id"]])
    assert late and not late & set(draw(later, 20, 1)["claim_id"])


@pytest.mark.parametrize("size", [5, 20, 57, 201])
def test_a_sample_has_its_size_and_every_stratum(claims, size):
    sample = draw(claims, size, seed=7)
    assert len(sample) == size and sample["claim_id"].is_unique
    assert set(sample["status"]) == set(claims["status"])


def test_a_sample_is_the_same_again_and_another_with_another_seed(claims):
    first = list(draw(claims, 20, seed=1)["claim_id"])
    assert first == list(draw(claims, 20, seed=1)["claim_id"]) == sorted(first)
    assert first != list(draw(claims, 20, seed=2)["claim_id"])


def test_strata_are_drawn_in_proportion(claims):
    counts = draw(claims, 100, seed=1)["status"].value_counts()
    for status, share in (100 * claims["status"].value_counts(normalize=True)).items():
        assert abs(counts[status] - share) < 1


@pytest.mark.parametrize("size", [4, 202])
def test_an_impossible_size_is_an_error(claims, size):
    with pytest.raises(ValueError, match="5 to 201"):
        draw(claims, size, seed=1)


def test_the_blank_sheet_shows_the_numeral_and_no_code(claims):
    tables = load_tables()
    sheet = blank_sheet(draw(claims, 20, seed=1), tables.report)
    codes = read_sheet(sheet)
    assert len(codes) == 20 and all(not any(row.values()) for row in codes.values())
    for line in sheet.splitlines()[1:]:
        numeral = re.search("【(.+?)】", line)
        assert numeral and line.split(",")[2] == numeral[1]
        assert line.endswith("," * len(CODES))


def test_the_download_holds_the_sheet():
    data = re.search('base64,([^"]+)', sheet_link("数,1\n", "sheet.csv", "Save"))
    assert base64.b64decode(data[1]).decode("utf-8-sig") == "数,1\n"


def as_coded(claims):
    return {row["claim_id"]: {code: row[code] for code in CODES} for row in claims.to_dict("records")}


def test_the_book_agrees_with_itself(claims):
    sheet = read_sheet(filled_sheet(as_coded(claims.head(60))))
    assert (compared(sheet, claims)["percent"] == 100).all()
    assert differences(sheet, claims).empty


def test_a_changed_and_an_empty_code_are_disagreements(claims):
    codes = as_coded(claims.head(20))
    codes["c001"]["status"], codes["c002"]["status"] = "actual", ""
    sheet = read_sheet(filled_sheet(codes))
    result = compared(sheet, claims).set_index("code").loc["status"]
    assert (result["n"], result["same"]) == (20, 18)
    assert list(differences(sheet, claims)["claim_id"]) == ["c001", "c002"]


def test_a_step_is_what_one_claim_changes(claims):
    """With the chance agreement as it is, kappa is a straight line in the number of claims that agree."""
    codes = as_coded(claims.head(20))
    codes["c001"]["status"] = "actual"
    row = compared(read_sheet(filled_sheet(codes)), claims).set_index("code").loc["status"]
    assert row["kappa"] + row["step"] == pytest.approx(1)


def test_sheets_come_as_spreadsheets_write_them(claims):
    text = filled_sheet(as_coded(claims.head(3)))
    wanted = read_sheet(text)
    assert read_sheet("\ufeff" + text) == wanted
    assert read_sheet(text.replace(",", ";")) == wanted
    assert read_sheet(text.replace("expected", " Expected ")) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("claim_id,status\nc001,actual\n", "no column 'comparator'"),
        ("claim_id,comparator,measure,period,status\nc999,eq,level,2021,actual\n", "row 2: 'c999' is no claim"),
        ("claim_id,comparator,measure,period,status\nc001,eq,level,2021,real\n", "row 2: 'real' is no status"),
        (
            "claim_id,comparator,measure,period,status\n" + "c001,eq,level,2021,actual\n" * 2,
            "row 3: 'c001' is there twice",
        ),
    ],
)
def test_a_wrong_sheet_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        read_sheet(text)
