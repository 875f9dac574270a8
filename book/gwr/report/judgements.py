"""What single chapters judge or pair by hand, from ``data/judgements.csv`` as data frames.

Two readers coded claims and pledges by the codebook. What stands here was judged by one reader alone, for one chapter:
which figure of the plan belongs to which of the year, what would show that a pledge was kept. Each set of judgements has its
question, its rule and its judge in ``data/judgement_sets.csv`` and its codes in ``data/judgement_codes.csv``.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from gwr.report.tables import Tables
from gwr.words.language import LANGUAGE, both

if TYPE_CHECKING:
    import pandas as pd

    from gwr.report.schema import Row


def judgements(tables: Tables, name: str, *, wide: bool = False) -> pd.DataFrame:
    """The judgements of a set, in order.

    Args:
        tables: the tables of the book.
        name: the set, an id of ``judgement_sets.csv``.
        wide: one row for each subject instead of one for each judgement.

    Returns:
        One row for each judgement, with ``number`` (of its subject, from 1), ``role``, ``ids`` (joined by spaces, empty if
        there are none), ``code``, ``code_label``, ``label`` (of the subject), ``label_zh``, ``name`` (the label in English
        with the Chinese behind it), ``note`` and ``words`` (of the report). ``code_label``, ``label``, ``name`` and ``note``
        are in the language of the edition; what is missing is empty.

        With ``wide``, one row for each subject, with ``number``, ``label``, ``label_zh`` and ``name``, then a column for each
        role, then ``code``, ``code_label``, ``note`` and ``words``. The column of a role holds its ids; that of a role
        without any ids in the set holds its code or is empty. The last four are those of the one role that has them.

    Raises:
        KeyError: there is no such set.
        ValueError: ``wide``, but two roles of a subject have ids and a code, or two have a note or words.
    """
    import pandas as pd  # only here, so that plain checks of the data start fast

    rows = _of_set(tables, "judgements", name)
    labels = codes(tables, name)
    frame = pd.DataFrame(
        {
            "number": row["number"],
            "role": row["role"],
            "ids": row["item_ids"].replace(";", " "),
            "code": row["code"],
            "code_label": labels.get(row["code"], ""),
            "label": _in_edition(row, "label"),
            "label_zh": row["label_zh"],
            "name": both(row["label_en"], row["label_zh"]).strip(),
            "note": _in_edition(row, "note"),
            "words": row["words"],
        }
        for row in rows
    )
    return _one_row_each(frame, name) if wide else frame


def codes(tables: Tables, name: str) -> dict[str, str]:
    """The codes of a set in order, each with its name in the language of the edition; empty if the set has none.

    Raises:
        KeyError: there is no such set.
    """
    rows = _of_set(tables, "judgement_codes", name)
    return {row["code"]: _in_edition(row, "label") for row in sorted(rows, key=lambda row: row["number"])}


def code_examples(tables: Tables, name: str) -> dict[str, str]:
    """The codes of a set that have an example, in order, each with the id of the pledge that is its example.

    Raises:
        KeyError: there is no such set.
    """
    rows = _of_set(tables, "judgement_codes", name)
    return {row["code"]: row["example_id"] for row in sorted(rows, key=lambda row: row["number"]) if row["example_id"]}


def rule_of_set(tables: Tables, name: str) -> str:
    """The rule by which a set was judged, in the language of the edition.

    Raises:
        KeyError: there is no such set.
    """
    return _in_edition(_of_set(tables, "judgement_sets", name)[0], "rule")


def _of_set(tables: Tables, table: str, name: str) -> list[Row]:
    known = [row["set_id"] for row in tables["judgement_sets"]]
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise KeyError(f"no set {name!r} in judgement_sets.csv" + (f"; did you mean {near[0]!r}?" if near else ""))
    return [row for row in tables[table] if row["set_id"] == name]


def _in_edition(row: Row, column: str) -> str:
    return str(row[f"{column}_{LANGUAGE}"])


def _one_row_each(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    import pandas as pd

    has_ids = frame.groupby("role")["ids"].any()
    rows = []
    for number, subject in frame.groupby("number"):
        first = subject.iloc[0]
        cells = {"number": number, "label": first["label"], "label_zh": first["label_zh"], "name": first["name"]}
        cells |= {role: "" for role in has_ids.index}
        cells |= {row.role: row.ids if has_ids[row.role] else row.code for row in subject.itertuples()}
        judged = subject[subject["role"].map(has_ids)]
        for column, where in (("code", judged), ("code_label", judged), ("note", subject), ("words", subject)):
            found = [value for value in where[column] if value]
            if len(found) > 1:
                raise ValueError(f"set {name!r}, subject {number}: more than one {column}; take the long form")
            cells[column] = found[0] if found else ""
        rows.append(cells)
    roles = list(dict.fromkeys(frame["role"]))
    head, tail = ["number", "label", "label_zh", "name"], ["code", "code_label", "note", "words"]
    return pd.DataFrame(rows, columns=[*head, *roles, *tail])
