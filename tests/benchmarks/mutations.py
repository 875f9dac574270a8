"""How many careless edits of the tables are noticed: one cell is changed, the packages are sealed again, the tables are checked.

    python tests/benchmarks/mutations.py [--seed 1] [--count 100] [--show]

The edits are those of an editor in a hurry: a digit mistyped, a factor of ten, another code of the list, the id of another row, the
text of another row, a letter dropped, two letters swapped, a position moved by about 200 m. They are spread evenly over the tables. Prints what was noticed by table, and
every column in which an edit was missed.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from gwr.paths import DATA, GEO, REPORT_TEXT  # noqa: E402
from gwr.report.check import check_everything  # noqa: E402
from gwr.report.checksums import seal  # noqa: E402
from gwr.report.schema import Field, Resource, read_package  # noqa: E402


@dataclass(frozen=True)
class Edit:
    """One careless edit of one cell; ``row`` is numbered as a spreadsheet shows it."""

    table: str
    row: int
    column: str
    before: str
    after: str


def read_lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def slips(text: str, field: Field, others: list[str], chance: random.Random) -> Iterator[str]:
    """What a hurried hand makes of a cell, likeliest first; the caller takes the first that differs."""
    if field.name in ("lon", "lat") and text:
        yield f"{float(text) + chance.choice((-0.002, 0.002)):.5f}"
    if codes := [str(code) for code in field.constraints.get("enum", ()) if str(code) != text]:
        yield chance.choice(codes)
    if field.type in ("integer", "number") and text:
        kind = chance.randrange(3)
        at = chance.choice([number for number, letter in enumerate(text) if letter.isdigit()])
        digit = str((int(text[at]) + chance.randrange(1, 10)) % 10)
        if kind == 0 and "." not in text:
            yield text + "0"
        if kind == 1 and "." in text:
            yield text.replace(".", "")
        yield text[:at] + digit + text[at + 1 :]
    if not text or chance.random() < 0.4:  # the cell of another row, where the column has more than one value
        yield from (other for other in chance.sample(others, min(len(others), 20)) if other)
    digits = [number for number, letter in enumerate(text) if letter.isdigit()]
    if digits and chance.random() < 0.5:
        at = chance.choice(digits)
        yield text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
    if len(text) > 3:
        at = chance.randrange(1, len(text) - 1)
        if chance.random() < 0.5:
            yield text[:at] + text[at + 1 :]
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    yield text[:-1]


def edits(resources: dict[str, Resource], count: int, chance: random.Random) -> Iterator[Edit]:
    """``count`` edits, spread evenly over the tables; rows and columns by chance, empty cells less often."""
    names = [name for number in range(count) for name in [list(resources)[number % len(resources)]]]
    for name in names:
        resource = resources[name]
        lines = read_lines(resource.path)
        while True:
            row, column = chance.randrange(1, len(lines)), chance.randrange(len(lines[0]))
            before, field = lines[row][column], resource.fields[column]
            if before == "" and chance.random() < 0.8:
                continue
            others = [line[column] for line in lines[1:] if line[column] != before]
            after = next((made for made in slips(before, field, others, chance) if made != before), None)
            if after is not None:
                yield Edit(name, row + 1, field.name, before, after)
                break


def notice(edit: Edit, folder: Path, resources: dict[str, Resource]) -> list[str]:
    """What is said about the tables after this edit; they are as before afterwards."""
    source = resources[edit.table].path
    root = DATA if DATA in source.parents else GEO
    path = folder / root.name / source.relative_to(root)
    lines = read_lines(source)
    column = lines[0].index(edit.column)
    lines[edit.row - 1][column] = edit.after
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(lines)
    package = root / "datapackage.json"
    try:
        path.write_text(made.getvalue(), encoding="utf-8", newline="")
        seal(folder / root.name)
        return [str(fault) for fault in check_everything(folder / "data", folder / "geo", REPORT_TEXT)[1]]
    finally:
        shutil.copyfile(source, path)
        shutil.copyfile(package, folder / root.name / "datapackage.json")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--show", action="store_true", help="every edit, and the first thing said about it")
    parser.add_argument("--tables", nargs="*", help="only these tables")
    args = parser.parse_args()
    resources = read_package(DATA) | read_package(GEO)
    if args.tables:
        resources = {name: resources[name] for name in args.tables}
    made: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    blind: dict[str, list[Edit]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in)
        for package in (DATA, GEO):
            shutil.copytree(package, folder / package.name)
        # Tables that are wrong to begin with would make every edit look noticed.
        if before := check_everything(folder / "data", folder / "geo", REPORT_TEXT)[1]:
            print(f"The tables have {len(before)} faults before any edit, so nothing can be measured: {before[0]}")
            return 1
        for edit in edits(resources, args.count, random.Random(args.seed)):
            said = notice(edit, folder, resources)
            made[edit.table] += 1
            seen[edit.table] += bool(said)
            if not said:
                blind[edit.table].append(edit)
            if args.show:
                print(f"{edit.table} {edit.row} {edit.column}: {edit.before!r} -> {edit.after!r}")
                print(f"    {said[0] if said else 'NOT NOTICED'}")
    for table in made:
        print(f"{table:24} {seen[table]:3} of {made[table]:3}")
        for edit in blind[table]:
            print(f"    not noticed: row {edit.row}, {edit.column}: {edit.before[:60]!r} became {edit.after[:60]!r}")
    print(f"{seen.total()} of {made.total()} edits were noticed (seed {args.seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
