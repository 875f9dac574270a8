"""Targets and results of thousands of reports as two tables, ``reports.csv`` and ``targets.csv``.

The reports are those of a folder, or the rows of a Parquet file with the columns of :data:`CORPUS_COLUMNS`. They are done as
:mod:`gwr.extract.many` says; the rules are those of :mod:`gwr.extract.panel_rules`. The same reports give the same two files, byte for
byte, and no file holds a word of a report. Texts that cannot be read, or are no report, are listed with the reason in
``OUT.errors.csv`` (:func:`scratch`) and skipped.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gwr.errors import DataError
from gwr.extract.corpus import reports_of
from gwr.extract.export import cell
from gwr.extract.many import (
    Outcome,
    Progress,
    Summary,
    Task,
    do_all,
    in_words,
    list_errors,
    part_name,
    printable,
    sweep,
    waiting_name,
)
from gwr.extract.panel_rules import PanelReading, PanelRow, read_panel
from gwr.extract.reading import read_document
from gwr.paths import BUILD, DATA

CORPUS_COLUMNS = ("path", "level", "place", "year", "source_url", "title", "text", "sha256")
"""The columns of a Parquet file of reports; ``source_url``, ``title`` and ``sha256`` may be missing."""
_NEEDED = ("path", "level", "place", "year", "text")

PANEL_REPORT_COLUMNS = ("report_id", "path", "place", "level", "year", "sha256", "source_url")
TARGET_COLUMNS = ("report_id", *PanelRow._fields)
LEVELS = ("national", "province", "city", "county")
"""Whose reports belong into the panel; a corpus may hold other texts (statistical communiqués), which are passed over."""

_BATCH = 64
"""Reports of a Parquet file that are in memory at a time, besides those under way."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PROVINCES = frozenset(
    [
        "北京",
        "天津",
        "上海",
        "重庆",
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "海南",
        "四川",
        "贵州",
        "云南",
        "陕西",
        "甘肃",
        "青海",
        "内蒙古",
        "广西",
        "西藏",
        "宁夏",
        "新疆",
    ]
)


class About(NamedTuple):
    """What is known of a report besides its text."""

    place: str
    level: str
    year: int
    source_url: str = ""
    title: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report of the collection, and where its part lies."""

    path: str
    about: About
    part: Path


def report_id(path: str) -> str:
    """The id of a report: a hash of its path, so that it is the same in every collection that holds the report."""
    return "r" + hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:10]


def about_file(path: str) -> About:
    """What the path of a file says: ``…/PLACE/YEAR.md``; the place is the folder, or what stands before the year.

    Raises:
        DataError: the path names no year or no place.
    """
    parts = Path(path).with_suffix("").parts
    year = next((found for part in reversed(parts) if (found := _YEAR.search(part))), None)
    if year is None:
        raise DataError(path, "its name says no year", expected="PLACE/YEAR.md", remedy="rename the file")
    place = parts[-2] if len(parts) > 1 else re.split(r"[0-9_\- ]", parts[-1])[0]
    place = place.removesuffix("政府工作报告")
    if place.startswith("政府工作报告-"):
        place = place.removeprefix("政府工作报告-")
    if not place:
        raise DataError(
            path, "its name says no place", expected="PLACE/YEAR.md", remedy="put it into a folder of that name"
        )
    return About(*_place_and_level(place), int(year[0]))


def _place_and_level(place: str) -> tuple[str, str]:
    if place in ("国务院", "全国", "中国"):
        return "全国", "national"
    short = re.sub(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区)$", "", place)
    if short in _PROVINCES and not (short == "吉林" and place.endswith("市")):
        return place, "province"
    if place.endswith(("县", "区", "旗")) and not place.endswith("地区"):
        return place, "county"
    return place, "city"


def read_one(folder: str, report: str, part: str, text: str, about: tuple[str, str, int, str, str, str]) -> Outcome:
    """Reads one report and writes its part; runs in a worker process. Never raises for what is wrong with the report.

    Args:
        folder: where the report lies; empty if ``text`` is given instead.
        about: the fields of :class:`About`; for a file the year is 0 and everything is found out here.
    """
    facts, reading, error = About(*about), PanelReading(0, []), ""
    try:
        if folder:
            document = read_document(Path(folder) / report)
            facts, text = about_file(report), document.text
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if facts.sha256 not in ("", digest):
            raise DataError(
                report, "the text is not the one that its checksum was made of", expected=f"sha256 {digest}",
                remedy="restore the text, or correct the checksum",
            )  # fmt: skip
        facts = facts._replace(sha256=digest)
        reading = read_panel(text, facts.place, facts.level, facts.year, facts.title)
        error = reading.refused
    except Exception as problem:
        error = in_words(problem)
    _write_part(Path(part), facts, reading.rows, error)
    return Outcome(report, len(reading.rows), error)


def stop_trying(folder: str, report: str, part: str, text: str, about: tuple[str, str, int, str, str, str]) -> Outcome:
    """The part of a report over which processes die."""
    error = "the process died over this report several times"
    _write_part(Path(part), About(*about), [], error)
    return Outcome(report, 0, error)


def _write_part(part: Path, facts: About, rows: list[PanelRow], error: str) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    waiting = waiting_name(part)
    content = {"about": facts, "rows": rows, "error": printable(error)}
    waiting.write_text(json.dumps(content, ensure_ascii=True), encoding="utf-8")
    waiting.replace(part)


def build_panel(
    reports: Path,
    out: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Makes ``reports.csv`` and ``targets.csv`` in the folder ``out``.

    Args:
        reports: a folder with reports in sub-folders that are named after their places, or a Parquet file.
        out: the folder of the two tables; ``parts`` are kept beside it for the next time (:func:`scratch`).
        workers, scheduler, progress: as in :func:`gwr.extract.many.do_all`.

    Raises:
        DataError: there is no report, the Parquet file lacks a column, or as in :func:`gwr.extract.many.do_all`.
    """
    reports, out = reports.resolve(), out.resolve()
    beside = scratch(out)
    parts = beside.with_name(beside.name + ".parts")
    parts.mkdir(parents=True, exist_ok=True)
    sources = _of_folder(reports, parts) if reports.is_dir() else _of_parquet(reports, parts)
    todo = {source.path: source for source in sources if not source.part.exists()}
    tasks = _files(reports, todo) if reports.is_dir() else _texts(reports, todo)
    do_all(tasks, len(todo), read_one, stop_trying, workers=workers, scheduler=scheduler, progress=progress)
    rows, skipped = _put_together(sources, out, beside)
    sweep(parts, {source.part for source in sources})
    return Summary(len(sources), rows, skipped, len(sources) - len(todo))


def scratch(out: Path) -> Path:
    """Beside what path the parts and the list of errors lie: the output's own, but none of it in the project's data folder."""
    return BUILD / out.name if out.resolve().is_relative_to(DATA) else out


def _of_folder(folder: Path, parts: Path) -> list[Source]:
    sources = []
    for name in reports_of(folder):
        stat = (folder / name).stat()
        part = parts / f"{part_name('panel', name, stat.st_size, stat.st_mtime_ns)}.json"
        sources.append(Source(name, About("", "", 0), part))
    return sources


def _of_parquet(file: Path, parts: Path) -> list[Source]:
    """The reports of a Parquet file, without their texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(file)
    except FileNotFoundError:
        raise DataError(file, "there is no such file or folder", expected="reports", remedy="check the name") from None
    except pa.ArrowInvalid as error:
        raise DataError(
            file, f"it is no Parquet file ({error})", expected="a folder, or a Parquet file", remedy="check the name"
        ) from None
    names = parquet.schema_arrow.names
    if missing := [name for name in _NEEDED if name not in names]:
        raise DataError(
            file, f"the column {missing[0]} is missing", column=missing[0], expected=", ".join(CORPUS_COLUMNS),
            remedy="add the column",
        )  # fmt: skip
    stat = file.stat()
    stamp = (
        "" if "sha256" in names else f"{stat.st_size} {stat.st_mtime_ns}"
    )  # a text without a checksum may have changed
    sources: dict[str, Source] = {}
    for batch in parquet.iter_batches(
        4096, columns=[name for name in CORPUS_COLUMNS if name in names and name != "text"]
    ):
        for row in batch.to_pylist():
            if row["level"] not in LEVELS:
                continue
            path = row["path"]
            if path in sources:
                raise DataError(
                    file, f"{path} stands in it twice", expected="a path of its own for each", remedy="rename one"
                )
            words = {name: str(row.get(name) or "") for name in About._fields if name != "year"}
            about = About(**words, year=int(row["year"]))
            sources[path] = Source(path, about, parts / f"{part_name('panel', path, *about, stamp)}.json")
    if not sources:
        raise DataError(
            file, "it holds no report", expected=f"rows of the levels {', '.join(LEVELS)}", remedy="add reports"
        )
    return [sources[path] for path in sorted(sources)]


def _files(folder: Path, todo: dict[str, Source]) -> Iterator[Task]:
    for source in todo.values():
        yield str(folder), source.path, str(source.part), "", tuple(source.about)


def _texts(file: Path, todo: dict[str, Source]) -> Iterator[Task]:
    """The tasks of a Parquet file, each with its text, of which a batch is in memory at a time."""
    import pyarrow.parquet as pq

    if not todo:
        return
    for batch in pq.ParquetFile(file).iter_batches(_BATCH, columns=["path", "text"]):
        for path, text in zip(batch["path"].to_pylist(), batch["text"].to_pylist(), strict=True):
            if source := todo.get(path):
                yield "", path, str(source.part), text or "", tuple(source.about)


def _put_together(sources: list[Source], out: Path, beside: Path) -> tuple[int, int]:
    """Writes the two tables from the parts, and the list of errors beside them."""
    reports, targets, errors = [], [], []
    for source in sources:
        part = json.loads(source.part.read_text(encoding="utf-8"))
        if part["error"]:
            errors.append((printable(source.path), part["error"]))
            continue
        about = About(*part["about"])
        key = report_id(source.path)
        address = about.source_url if about.source_url.startswith(("http://", "https://")) else ""
        reports.append((key, printable(source.path), about.place, about.level, about.year, about.sha256, address))
        targets += [(key, *row) for row in part["rows"]]
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "reports.csv", PANEL_REPORT_COLUMNS, sorted(reports))
    start = TARGET_COLUMNS.index("start")
    _write(out / "targets.csv", TARGET_COLUMNS, sorted(targets, key=lambda row: (row[0], row[start], row[2], row[3])))
    list_errors(beside, errors)
    return len(targets), len(errors)


def _write(file: Path, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    waiting = waiting_name(file)
    with waiting.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(value) for value in row] for row in rows)
    waiting.replace(file)
