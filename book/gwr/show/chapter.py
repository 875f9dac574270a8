"""What a chapter shows: prose with computed figures, tables, charts and maps, all numbered and linked to the report.

Everything is shown through standard notebook outputs, so the same cell works in JupyterLab, in the site and in
the tests that compare outputs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from string import Formatter
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML, Markdown, display
from jinja2 import Environment
from markupsafe import Markup

from gwr.report import judgements as judged
from gwr.report.claims import Claim, Fact, load_claims, load_facts, plain
from gwr.report.tables import Tables, load_tables
from gwr.show.charts import VEGALITE_MIME, finish, key_of
from gwr.words.language import LANGUAGE, code, once, translator
from gwr.words.language import data as data_words

if TYPE_CHECKING:
    import altair as alt

    from gwr.show.maps import TaijiangMap
    from gwr.show.static_maps import Picture

_ = translator(__name__)

# Chapter numbers follow the file names, so that figure 5.2 is found in 05_city_2021.ipynb.
CHAPTERS: dict[str, tuple[int, tuple[str, ...]]] = {
    "index": (0, ()),
    "headlines": (1, ("1.0",)),
    "industry": (2, ("1.1",)),
    "projects": (3, ("1.2",)),
    "innovation": (4, ("1.3",)),
    "city": (5, ("1.4",)),
    "livelihood": (6, ("1.5",)),
    "governing": (7, ("1.6",)),
    "five_years": (8, ("1.7a", "1.7b", "1.7c", "1.7d", "1.8", "1.9")),
    "targets": (9, ("2.0", "2.1", "2.2")),
    "reform": (10, ("2.3",)),
    "industry_plan": (11, ("2.4",)),
    "city_plan": (12, ("2.5",)),
    "wellbeing_plan": (13, ("2.6",)),
    "governance_plan": (14, ("2.7",)),
    "government_plan": (15, ("2.8",)),
    "atlas": (16, ()),
    "pledges": (17, ()),
    "audit": (18, ()),
    "outcomes": (19, ()),
    "method": (20, ()),
    "teaching": (21, ()),
    "your_report": (22, ()),
}

_LABELS = {"Figure": _("Figure {number}"), "Table": _("Table {number}")}

_ID = re.compile(r"[cf]\d{3}")
_HAN = re.compile(r"[\u3400-\u9fff]")

_TABLE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<div class="gwr-table" id="{{ anchor }}" role="region" tabindex="0" aria-labelledby="{{ anchor }}-caption">
<table>
<caption id="{{ anchor }}-caption">{{ caption }}</caption>
<thead><tr>
{% for head in heads %}
<th scope="col"{% if head.numeric %} class="num"{% endif %}>{{ head.title }}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in rows %}
<tr>
{% for head, cell in row %}
<td{% if head.numeric %} class="num"{% endif %}>{{ cell }}</td>
{% endfor %}
</tr>
{% endfor %}
</tbody>
</table>
</div>"""
)


@dataclass(frozen=True)
class _Head:
    title: str
    numeric: bool


@dataclass
class Chapter:
    """One chapter while it runs: its number, its data, and the counters of its figures and tables."""

    number: int
    sections: tuple[str, ...]
    tables: Tables
    claims: dict[str, Claim]
    facts: dict[str, Fact]
    _counts: dict[str, int] = field(default_factory=lambda: {"Figure": 0, "Table": 0})

    def frame(self, name: str) -> pd.DataFrame:
        """The rows of a table that stand in this chapter's sections, as a data frame."""
        return self.tables.frame(name, section=self.sections)

    def judgements(self, name: str, *, wide: bool = False) -> pd.DataFrame:
        """The judgements of a set, see :func:`gwr.report.judgements.judgements` for the columns.

        Args:
            name: the set, an id of ``judgement_sets.csv``.
            wide: one row for each subject, with a column for each role, instead of one row for each judgement.

        Raises:
            KeyError: there is no such set.
            ValueError: ``wide``, and a subject has more than one code, note or words.
        """
        return judged.judgements(self.tables, name, wide=wide)

    def codes(self, name: str) -> dict[str, str]:
        """The codes of a set of judgements in order, each with its name in the language of the edition.

        Raises:
            KeyError: there is no such set.
        """
        return judged.codes(self.tables, name)

    def say(self, template: str, /, **values: object) -> None:
        """Shows a paragraph (Markdown). ``{c012}`` becomes that claim's figure with a link to its passage,
        ``{f012}`` that fact's with a link to its page; other fields take ``values``.

        Raises:
            KeyError: a field is neither a claim, nor a fact, nor one of ``values``.
        """
        display(Markdown(self._fill(template, values)))

    def table(
        self,
        data: pd.DataFrame,
        name: str,
        caption: str,
        *,
        columns: Mapping[str, str] | None = None,
        formats: Mapping[str, Callable[[Any], Any]] | None = None,
        **values: object,
    ) -> None:
        """Shows a numbered table.

        Args:
            data: one row per row; every cell is escaped unless it is ``Markup`` (in a column of dtype object).
            name: short and stable: the address of the table on the page is ``#tab-NAME``.
            caption: a sentence; may hold fields as in :meth:`say`.
            columns: the columns to show and their headings; all of them if left out.
            formats: how the cells of a column are written.
        """
        caption = _("{label}. {caption}").format(label=self._next("Table"), caption=self._plain(caption, values))
        display(HTML(table_html(data, f"tab-{name}", caption, columns=columns, formats=formats)))

    def figure(
        self,
        chart: alt.TopLevelMixin,
        name: str,
        caption: str,
        *,
        description: str,
        data: pd.DataFrame,
        columns: Mapping[str, str] | None = None,
        formats: Mapping[str, Callable[[Any], Any]] | None = None,
        **values: object,
    ) -> None:
        """Shows a chart with its number, its caption and, folded, the table of its data.

        Args:
            chart: an Altair chart.
            name: short and stable: the address of the figure on the page is ``#fig-NAME``.
            caption: a sentence; may hold fields as in :meth:`say`.
            description: what the chart shows, for those who cannot see it; may hold fields too.
            data: the rows behind the marks, shown as a table.
            columns, formats: as in :meth:`table`.
        """
        label = self._next("Figure")
        text = self._plain(description, values)
        spec = finish(chart, name=f"fig-{name}", label=label, description=text)
        display({VEGALITE_MIME: spec, "text/plain": spec["description"]}, raw=True)
        if key := key_of(spec):
            caption = _("{caption} ({key}.)").format(caption=caption, key=key[0].upper() + key[1:])
        self._caption_and_data(label, name, caption, values, data, columns, formats)

    def map(
        self,
        chart: TaijiangMap | Picture,
        name: str,
        caption: str,
        *,
        description: str,
        data: pd.DataFrame,
        columns: Mapping[str, str] | None = None,
        formats: Mapping[str, Callable[[Any], Any]] | None = None,
        **values: object,
    ) -> None:
        """Shows a folium map, or a static picture of one, like :meth:`figure` shows a chart."""
        from gwr.show.maps import map_html

        label = self._next("Figure")
        text = self._plain(description, values)
        display(HTML(map_html(chart, name=f"fig-{name}", title=_("{label}: {text}").format(label=label, text=text))))
        self._caption_and_data(label, name, caption, values, data, columns, formats)

    def _caption_and_data(
        self,
        label: str,
        name: str,
        caption: str,
        values: Mapping[str, object],
        data: pd.DataFrame,
        columns: Mapping[str, str] | None,
        formats: Mapping[str, Callable[[Any], Any]] | None,
    ) -> None:
        display(Markdown(_("**{label}.** {caption}").format(label=label, caption=self._fill(caption, values))))
        title = _("The data of {label}").format(label=label)
        table = table_html(data, f"data-{name}", title, columns=columns, formats=formats)
        summary = _("Table: the data of {label}").format(label=label)
        display(HTML(f"<details><summary>{summary}</summary>\n{table}\n</details>"))

    def _fill(self, template: str, values: Mapping[str, object]) -> str:
        return fill(template, {**self.claims, **self.facts}, values)

    def _plain(self, template: str, values: Mapping[str, object]) -> str:
        return fill(template, {**self.claims, **self.facts}, values, plain_text=True)

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return _LABELS[kind].format(number=f"{self.number}.{self._counts[kind]}")


def open_chapter(name: str) -> Chapter:
    """The chapter called ``name`` in :data:`CHAPTERS`, with all tables loaded and checked.

    Raises:
        KeyError: there is no such chapter.
        DataError: a table is wrong.
    """
    number, sections = CHAPTERS[name]
    return Chapter(number, sections, load_tables(), load_claims(), load_facts())


def fill(
    template: str, known: Mapping[str, Claim | Fact], values: Mapping[str, object], *, plain_text: bool = False
) -> str:
    """The template with every field filled.

    Args:
        template: Markdown, or plain text.
        known: claims and facts by id; in Markdown they carry a link to where they come from.
        values: what other fields stand for; in Markdown their text cannot become a tag.
        plain_text: for places where no Markdown is understood.

    Raises:
        KeyError: a field is neither a claim, nor a fact, nor one of ``values``.
    """
    out = []
    for text, name, spec, _ in Formatter().parse(template):
        out.append(text)
        if name is None:
            continue
        value = known[name] if _ID.fullmatch(name) else values[name]
        shown = format(value, spec or "")
        if not plain_text:
            shown = shown.replace("&", "&amp;").replace("<", "&lt;")
            if isinstance(value, (Claim, Fact)) and value.href:
                shown = f"[{shown}](<{value.href}>)"
        out.append(shown)
    return "".join(out)


def table_html(
    data: pd.DataFrame,
    anchor: str,
    caption: str,
    *,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, Callable[[Any], Any]] | None = None,
) -> str:
    """An accessible HTML table; numbers stand right, everything but ``Markup`` is escaped.

    In the Chinese edition codes and known sentences of the tables are translated, and a column that repeats an earlier one is
    left out, as that of an English name and its Chinese original.

    Raises:
        KeyError: ``columns`` or ``formats`` name a column that ``data`` does not have.
    """
    titles = dict(columns) if columns is not None else {str(name): str(name) for name in data.columns}
    formats = dict(formats or {})
    unknown = [name for name in (*titles, *formats) if name not in data.columns]
    if unknown:
        raise KeyError(f"no column {unknown[0]!r} in the data; it has {', '.join(map(str, data.columns))}")
    if LANGUAGE == "zh":
        titles = {name: code(title) for name, title in titles.items() if not _repeats(data, name, titles)}
    shown = data[list(titles)]
    heads = [_Head(title, shown[name].dtype.kind in "fiu") for name, title in titles.items()]
    writers = [formats.get(name, partial(_write, column=name)) for name in titles]
    rows = [
        [(head, _once(writer(cell))) for head, writer, cell in zip(heads, writers, row, strict=True)]
        for row in shown.itertuples(index=False, name=None)
    ]
    return _TABLE.render(anchor=anchor, caption=caption, heads=heads, rows=rows)


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
    """A cell for a reader: numbers with thousands separators, missing values as a dash, codes in the language of the edition."""
    if isinstance(cell, Markup):
        return cell
    if pd.isna(cell):
        return "–"
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, (int, float)):
        return plain(float(cell))
    return data_words(code(str(cell), column))


def _once(written: Any) -> Any:
    """A cell without the repetition of a name; markup stays as it is."""
    return once(written) if type(written) is str else written
