"""The coding exercise: a sample of claims, a blank sheet for students, and how far a filled one agrees with the book."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections.abc import Mapping
from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from gwr.report.agreement import agreement
from gwr.report.tables import Tables, load_tables
from gwr.report.text import Report

CODES = ("comparator", "measure", "period", "status")
"""The columns of ``claims.csv`` that students fill in."""

GIVEN = ("claim_id", "section", "number", "sentence")
"""The columns of the sheet that say what is to be coded."""


def draw(claims: pd.DataFrame, size: int, seed: int, *, by: str = "status") -> pd.DataFrame:
    """A stratified sample of what both readers coded, the same on every machine and with every version of every library.

    Rows that were found later are left out, because there is no second reading to compare an answer with.
    Each stratum gets its share of ``size``, and at least one row. Within a stratum the rows are taken in the order of
    a hash of seed and id, which is as good as chance and needs no random numbers.

    Args:
        claims: rows of ``claims.csv``.
        size: how many rows.
        seed: another number draws another sample.
        by: the column that makes the strata.

    Raises:
        ValueError: there are fewer rows than asked for, or more strata.
    """
    claims = claims[claims["found"] != "later"] if "found" in claims else claims
    counts = claims[by].value_counts().sort_index()
    if not len(counts) <= size <= len(claims):
        raise ValueError(f"the sample needs {len(counts)} to {len(claims)} rows, not {size}")
    shares = {code: size * count / len(claims) for code, count in counts.items()}
    quota = {code: max(1, int(share)) for code, share in shares.items()}
    while (missing := size - sum(quota.values())) != 0:
        step = 1 if missing > 0 else -1
        free = [code for code in quota if (quota[code] < counts[code] if step > 0 else quota[code] > 1)]
        quota[max(free, key=lambda code: step * (shares[code] - quota[code]))] += step
    order = claims["claim_id"].map(lambda claim: hashlib.sha256(f"{seed}:{claim}".encode()).hexdigest())
    shuffled = claims.loc[order.sort_values().index]
    return pd.concat(shuffled[shuffled[by] == code].head(number) for code, number in quota.items()).sort_index()


def blank_sheet(sample: pd.DataFrame, report: Report) -> str:
    """The sample as CSV text: the sentence with the numeral in 【】, and an empty column for each code."""
    rows = []
    for row in sample.itertuples():
        sentence = report.sentence_at(row.start)
        cut = [sentence.start, row.number_start, row.number_end, sentence.end]
        before, number, after = (report.text[a:b] for a, b in pairwise(cut))
        rows.append([row.claim_id, row.section, number, f"{before}【{number}】{after}".strip(), *[""] * len(CODES)])
    return _csv([[*GIVEN, *CODES], *rows])


def filled_sheet(codes: Mapping[str, Mapping[str, str]]) -> str:
    """A sheet as CSV text from the codes of each claim, for tests and examples."""
    return _csv([["claim_id", *CODES], *([claim, *(row[code] for code in CODES)] for claim, row in codes.items())])


def sheet_link(text: str, name: str, words: str) -> Markup:
    """A link that saves the text as a file, also from a page without network; Excel reads its Chinese."""
    data = base64.b64encode(text.encode("utf-8-sig")).decode()
    return Markup('<a download="{}" href="data:text/csv;base64,{}">{}</a>').format(name, data, words)


def read_sheet(text: str, tables: Tables | None = None) -> dict[str, dict[str, str]]:
    """The codes on a filled sheet by claim; commas or semicolons, as spreadsheets write them.

    An empty cell is kept as an empty code.

    Raises:
        ValueError: a column is missing, a claim unknown or twice there, or a code is none of the codebook's.
    """
    resource = (tables or load_tables()).resources["claims"]
    allowed = {column.name: column.constraints.get("enum", ()) for column in resource.fields}
    known = {row["claim_id"] for row in (tables or load_tables())["claims"]}
    text = text.removeprefix("\ufeff")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    sheet: dict[str, dict[str, str]] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=delimiter), start=2):
        if lost := [name for name in ("claim_id", *CODES) if row.get(name) is None]:
            raise ValueError(f"row {number} has no column {lost[0]!r}")
        claim = row["claim_id"].strip()
        if claim not in known or claim in sheet:
            raise ValueError(f"row {number}: {claim!r} is {'there twice' if claim in sheet else 'no claim'}")
        sheet[claim] = {code: row[code].strip().replace("–", "-").lower() for code in CODES}
        for code, value in sheet[claim].items():
            if value and allowed[code] and value not in allowed[code]:
                raise ValueError(f"row {number}: {value!r} is no {code}; use one of {', '.join(allowed[code])}")
    return sheet


def compared(sheet: Mapping[str, Mapping[str, str]], claims: pd.DataFrame) -> pd.DataFrame:
    """How far a filled sheet agrees with the book.

    An empty code counts as a disagreement.

    Args:
        sheet: from :func:`read_sheet`.
        claims: all rows of ``claims.csv``.

    Returns:
        One row for each code: ``code``, ``n``, ``same``, ``percent``, ``chance`` (percent that chance alone would give),
        ``kappa`` (missing if only one code is used) and ``step`` (what one claim more or less changes it by).
    """
    book = claims.set_index("claim_id")
    rows = []
    for code in CODES:
        result = agreement([(given[code], str(book.loc[claim, code])) for claim, given in sheet.items()])
        rows.append((code, result.n, result.agreed, result.percent, 100 * result.expected, result.kappa))
    frame = pd.DataFrame(rows, columns=["code", "n", "same", "percent", "chance", "kappa"])
    return frame.assign(step=100 / (frame["n"] * (100 - frame["chance"])))


def differences(sheet: Mapping[str, Mapping[str, str]], claims: pd.DataFrame) -> pd.DataFrame:
    """Every cell on which a filled sheet and the book differ: ``claim_id``, ``quote``, ``code``, ``sheet``, ``book``, ``note``."""
    book = claims.set_index("claim_id")
    rows = [
        (claim, book.loc[claim, "quote"], code, given[code], book.loc[claim, code], book.loc[claim, "note"])
        for claim, given in sheet.items()
        for code in CODES
        if given[code] != book.loc[claim, code]
    ]
    return pd.DataFrame(rows, columns=["claim_id", "quote", "code", "sheet", "book", "note"])


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
