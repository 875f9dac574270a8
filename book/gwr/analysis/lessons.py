"""The chapters as teaching material: question, minutes, what to read before and exercises, read from the notebooks' own cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from markupsafe import Markup

from gwr.paths import BOOK
from gwr.words.language import LANGUAGE, join, messages

EXERCISE_KINDS = ("Read it", "Compute it", "Argue about it")
"""What an exercise asks for, from the easiest to the hardest."""

SOLUTION = "hide-cell"
"""The tag of the cells that hold solutions."""

_TITLE = re.compile(r"# (\d+) ([^\u3400-\u9fff]+?)\s+([\u3400-\u9fff].*)")
_QUESTION = re.compile(r"^\*(?!\*)(.+?)\*\s*\Z", re.DOTALL | re.MULTILINE)
_TIME = re.compile(r"\*\*Time\*\* (?:about )?([^.]+)\.")
_BEFORE = re.compile(r"\*\*Before this\*\* (.+?)(?:\n\n|\Z)", re.DOTALL)
_EXERCISE = re.compile(rf"^(?:\d+\. )?\*\*({'|'.join(EXERCISE_KINDS)})\.\*\*", re.MULTILINE)
_CHAPTERS = re.compile(r"[Cc]hapters? (\d+(?:(?:, | and )\d+)*)")
_WORDED = {"half an hour": 30, "an hour": 60, "one hour": 60}


@dataclass(frozen=True)
class Lesson:
    """What one chapter says of itself.

    Attributes:
        before: the numbers of the chapters to read before; what merely *helps* is left out.
        exercises: the kind of each, in order.
        solutions: how many cells hold solutions.
    """

    number: int
    file: str
    title: str
    title_zh: str
    question: str
    minutes: int
    before: tuple[int, ...]
    exercises: tuple[str, ...]
    solutions: int

    @property
    def link(self) -> Markup:
        """Number and title as a link to the page."""
        return Markup('{} <a href="{}">{}</a>').format(self.number, self.file, self.title)


def read_lesson(path: Path) -> Lesson:
    """What the chapter in this notebook says of itself.

    Raises:
        ValueError: its title, question, time or what to read before is missing or not in the house style.
    """
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    title = _TITLE.match(texts[0])
    question = _QUESTION.search(texts[0])
    time, before = (_only(expression, texts) for expression in (_TIME, _BEFORE))
    if not (title and question and time and before):
        raise ValueError(f"{path.name} lacks a title with number, a question in italics, **Time** or **Before this**")
    return Lesson(
        number=int(title[1]),
        file=path.name,
        title=title[2] if LANGUAGE == "en" else _title_in_edition(title[0].strip("# "), path.stem) or title[3],
        title_zh=title[3],
        question=_in_edition(" ".join(question[1].split()), path.stem),
        minutes=minutes(time),
        before=chapters_in(before),
        exercises=tuple(kind for text in texts for kind in _EXERCISE.findall(text)),
        solutions=sum(SOLUTION in cell.metadata.get("tags", []) for cell in cells),
    )


def _title_in_edition(heading: str, page: str) -> str:
    """The title of a page in the language of this edition, without its number; empty if it has no translation."""
    return messages(f"pages/{page}").get(" ".join(heading.split()), "").partition(" ")[2]


def _in_edition(question: str, page: str) -> str:
    """The question of a page in the language of this edition, from the page's catalogue, which may have it inside a longer message."""
    for english, shown in messages(f"pages/{page}").items() if LANGUAGE != "en" else ():
        if " ".join(english.strip().strip("*").split()) == question:
            return shown.strip().strip("*")
        asked, translated = _QUESTION.search(english), _QUESTION.search(shown)
        if asked and translated and " ".join(asked[1].split()) == question:
            return translated[1]
    return question


def read_lessons(folder: Path = BOOK, *, without: Iterable[int] = ()) -> dict[int, Lesson]:
    """Every chapter by its number.

    Args:
        folder: where the notebooks are.
        without: numbers of chapters to leave out.

    Raises:
        ValueError: as for :func:`read_lesson`, or a chapter is to be read before that is not there.
    """
    left_out = set(without)
    paths = (path for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")) if int(path.name[:2]) not in left_out)
    lessons = {lesson.number: lesson for lesson in map(read_lesson, paths)}
    for lesson in lessons.values():
        if lost := set(lesson.before) - set(lessons):
            raise ValueError(f"{lesson.file} asks to read chapter {min(lost)} before, which is not there")
    return lessons


def minutes(words: str) -> int:
    """Minutes from words like ``45 minutes`` or ``half an hour``.

    Raises:
        ValueError: the words name no time that this book uses.
    """
    if found := re.fullmatch(r"(\d+) minutes", words):
        return int(found[1])
    if words in _WORDED:
        return _WORDED[words]
    raise ValueError(f"{words!r} is no time; write '45 minutes' or one of {', '.join(map(repr, _WORDED))}")


def chapters_in(before: str) -> tuple[int, ...]:
    """The numbers of the chapters that a line *Before this* asks for; parts that say *helps* ask for nothing."""
    asked = (part for part in before.split(";") if not re.search(r"\bhelps?\b", part))
    return tuple(int(n) for part in asked for found in _CHAPTERS.findall(part) for n in re.findall(r"\d+", found))


def path_to(number: int, lessons: Mapping[int, Lesson]) -> list[int]:
    """All chapters to read before this one, in the order of reading, without itself."""
    way: list[int] = []
    for before in lessons[number].before:
        way += [step for step in (*path_to(before, lessons), before) if step not in way]
    return way


def route(numbers: Iterable[int], lessons: Mapping[int, Lesson]) -> list[int]:
    """These chapters and all that they build on, in the order of reading."""
    way: list[int] = []
    for number in numbers:
        way += [step for step in (*path_to(number, lessons), number) if step not in way]
    return way


def overview(lessons: Mapping[int, Lesson]) -> pd.DataFrame:
    """One row for each chapter.

    Returns:
        ``number``, ``entry`` (linked title and question), ``name`` (number and title), ``question``, ``minutes``,
        ``before`` (numbers, as text), ``minutes_before`` (all chapters on the way), ``minutes_all``, a column for each kind of exercise,
        ``exercises`` and ``solutions``.
    """
    rows = []
    for lesson in lessons.values():
        way = sum(lessons[number].minutes for number in path_to(lesson.number, lessons))
        rows.append(
            {
                "number": lesson.number,
                "entry": Markup("{}<br>{}").format(lesson.link, lesson.question),
                "name": f"{lesson.number} {lesson.title}",
                "question": lesson.question,
                "minutes": lesson.minutes,
                "before": join(map(str, lesson.before)) or "–",
                "minutes_before": way,
                "minutes_all": way + lesson.minutes,
                **{kind: lesson.exercises.count(kind) for kind in EXERCISE_KINDS},
                "exercises": len(lesson.exercises),
                "solutions": lesson.solutions,
            }
        )
    return _with_markup(rows, "entry")


def timetable(plan: Sequence[tuple[str, Sequence[int], int, str]], lessons: Mapping[int, Lesson]) -> pd.DataFrame:
    """A course plan with its minutes computed from the chapters.

    Args:
        plan: for each step its name, the numbers of its chapters, the minutes of class, and what is done there.
        lessons: from :func:`read_lessons`.

    Returns:
        ``step``, ``chapters`` (links), ``reading`` (minutes), ``class``, ``work``.

    Raises:
        KeyError: a chapter is not there.
        ValueError: a chapter comes before one that it builds on.
    """
    rows, read = [], set[int]()
    for step, numbers, together, work in plan:
        for number in numbers:
            if lost := set(path_to(number, lessons)) - read:
                raise ValueError(f"{step}: chapter {number} builds on chapter {min(lost)}, which has not been read")
            read.add(number)
        links = Markup("<br>").join(lessons[number].link for number in numbers) or Markup("–")
        reading = sum(lessons[number].minutes for number in numbers)
        rows.append({"step": step, "chapters": links, "reading": reading, "class": together, "work": work})
    return _with_markup(rows, "chapters")


def _with_markup(rows: list[dict[str, Any]], column: str) -> pd.DataFrame:
    """The rows as a frame whose column keeps its ``Markup``; pandas would make plain text of it."""
    frame = pd.DataFrame(rows)
    frame[column] = pd.Series([row[column] for row in rows], dtype=object)
    return frame


def _only(expression: re.Pattern[str], texts: Iterable[str]) -> str:
    return next((found[1].strip() for text in texts if (found := expression.search(text))), "")
