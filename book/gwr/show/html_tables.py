"""Tables as HTML for the page, and as text for the output of a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup

from gwr.report.written_quantities import sorting_values
from gwr.show.cells import origin_links
from gwr.show.titles import column_title
from gwr.words.language import LANGUAGE, code, once, translator
from gwr.words.language import data as data_words
from gwr.words.number_format import plain, sensible

_ = translator(__name__)

Columns = Mapping[str, str] | Sequence[str]
"""The columns to show: from name to title, or names whose titles :mod:`gwr.show.titles` knows."""

_ORIGINS = re.compile(r"[cfx]\d{3}(?:[ ;][cfx]\d{3})*")
_HAN = re.compile(r"[\u3400-\u9fff]")


_TABLE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<div class="gwr-table" id="{{ anchor }}" role="region" tabindex="0" aria-labelledby="{{ anchor }}-caption">
<table>
<caption id="{{ anchor }}-caption">{{ caption }}</caption>
<thead><tr>
{% for head in heads %}
<th scope="col"{% if head.numeric %} class="num"{% endif %}{% if head.sort %} data-sort="{{ head.sort }}"{% endif %}>{{ head.title }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in rows %}
<tr>
{% for head, cell, key in row %}
<td{% if head.numeric %} class="num"{% endif %}{% if key is not none %} data-sort="{{ key }}"{% endif %}>{{ cell }}</td>
{% endfor %}
</tr>
{% endfor %}
</tbody>
</table>
</div>"""
)


@dataclass(frozen=True)
class SortedBy:
    """How a column is sorted: ``number`` by the values of its cells, ``none`` not at all, empty as text; and the value of each cell."""

    kind: str
    keys: list[str | None]


@dataclass(frozen=True)
class _Head:
    title: str
    numeric: bool
    sort: str


def titles_of(columns: Columns) -> dict[str, str]:
    """The title of each column to show, by its name."""
    return dict(columns) if isinstance(columns, Mapping) else {name: column_title(name) for name in columns}


def table_html(
    data: pd.DataFrame,
    anchor: str,
    caption: str,
    *,
    columns: Columns | None = None,
    formats: Mapping[str, Callable[[Any], Any]] | None = None,
) -> str:
    """An accessible HTML table; numbers stand right, everything but ``Markup`` is escaped.

    In the Chinese edition codes and known sentences of the tables are translated, and a column that repeats an earlier one is
    left out, as that of an English name and its Chinese original.

    Raises:
        KeyError: ``columns`` or ``formats`` name a column that ``data`` does not have.
    """
    titles = titles_of(list(map(str, data.columns)) if columns is None else columns)
    formats = dict(formats or {})
    unknown = [name for name in (*titles, *formats) if name not in data.columns]
    if unknown:
        raise KeyError(f"no column {unknown[0]!r} in the data; it has {', '.join(map(str, data.columns))}")
    if LANGUAGE == "zh":
        titles = {name: code(title) for name, title in titles.items() if not _repeats(data, name, titles)}
    shown = data[list(titles)]
    heads, columns_of_cells = [], []
    for name, title in titles.items():
        writer = formats.get(name, partial(_write, column=name))
        # As objects of Python, so that whole numbers stay whole.
        values = [row[0] for row in shown[[name]].itertuples(index=False, name=None)]
        cells = [_once(writer(value)) for value in values]
        numeric = shown[name].dtype.kind in "fiu"
        order = sorted_by(cells, values if numeric else None)
        heads.append(_Head(title, numeric, order.kind))
        columns_of_cells.append(list(zip(repeat(heads[-1]), cells, order.keys, strict=False)))
    rows = list(zip(*columns_of_cells, strict=True))
    return _TABLE.render(anchor=anchor, caption=caption, heads=heads, rows=rows)


def sorted_by(cells: Sequence[Any], values: Sequence[float] | None = None) -> SortedBy:
    """How the site's script (``static/tables.js``) shall sort a column.

    By value in base units where every cell is a quantity, and not at all where their units differ: 12.2% is neither more nor less
    than 5亿元. A column of anything else is sorted as text.

    Args:
        cells: as shown, text or markup.
        values: the numbers behind them, where the column is one of numbers in one unit.
    """
    if values is not None:
        return SortedBy("number", [None if pd.isna(value) else _sort_key(float(value)) for value in values])
    if any("data-size=" in str(cell) for cell in cells):  # the site knows how large the files are
        return SortedBy("number", [None] * len(cells))
    found = sorting_values([cell.striptags() if isinstance(cell, Markup) else str(cell) for cell in cells])
    if found is None:
        return SortedBy("", [None] * len(cells))
    if not found:
        return SortedBy("none", [None] * len(cells))
    return SortedBy("number", [None if value is None else _sort_key(value) for value in found])


def _sort_key(value: float) -> str:
    return f"{value:.13g}"


def filter_box(name: str, filters: Sequence[str], hint: str) -> Markup:
    """A search field and drop-down lists for the table ``name`` of this page, to stand before it.

    The site's script (``static/tables.js``) fills the box. Without scripts, as in JupyterLab, the table is whole and plain.

    Args:
        name: as given to :meth:`gwr.show.chapter.Chapter.table`.
        filters: headings, as shown, of columns with few different values.
        hint: an example of what can be searched for.
    """
    box = '<div class="gwr-filter" role="search" hidden data-table="tab-{}" data-filter="{}" data-hint="{}"'
    box += ' data-search="{}" data-all="{}" data-shown="{}"></div>'
    shown = _("{count} of {all} shown")  # the script puts the numbers in
    return Markup(box).format(name, "|".join(filters), hint, _("Search"), _("all"), shown)


def printed(data: pd.DataFrame, *, index: bool = False) -> str:
    """A small table as plain text for the output of a cell; in the Chinese edition with headings and codes in Chinese.

    Args:
        data: the columns to show.
        index: whether the index is shown too.
    """
    if LANGUAGE == "en":
        return data.to_string(index=index)
    heading = partial(code, column="heading")
    shown = data.apply(
        lambda cells: cells.map(lambda cell: code(cell, str(cells.name)) if isinstance(cell, str) else cell)
    )
    shown = shown.rename(columns=heading, index=lambda name: heading(name) if isinstance(name, str) else name)
    shown = shown.rename_axis(index=[name and heading(name) for name in shown.index.names], columns=None)
    with pd.option_context("display.unicode.east_asian_width", True):
        return shown.to_string(index=index)


def _repeats(data: pd.DataFrame, name: str, shown: Iterable[str]) -> bool:
    """Whether a column holds Chinese text and one that is shown before it holds the same in every row."""
    before = list(shown)
    before = before[: before.index(name)]
    cells = data[name].astype(str)
    return bool(cells.str.contains(_HAN).any()) and any(cells.equals(data[other].astype(str)) for other in before)


def _write(cell: Any, column: str = "") -> Any:
    """A cell for a reader: numbers with thousands separators, missing values as a dash, codes in the language of the edition,
    ids of claims and facts as links to where they come from."""
    if isinstance(cell, Markup):
        return cell
    if pd.isna(cell):
        return "–"
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, (int, float)):
        return plain(sensible(float(cell)))
    if _ORIGINS.fullmatch(str(cell)):
        return origin_links(str(cell).replace(";", " "))
    return data_words(code(str(cell), column))


def _once(written: Any) -> Any:
    """A cell without the repetition of a name; markup stays as it is."""
    return once(written) if type(written) is str else written
