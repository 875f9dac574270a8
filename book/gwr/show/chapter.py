"""What a chapter shows: prose with computed figures, tables, charts and maps, all numbered and linked to the report.

Everything is shown through standard notebook outputs, so the same cell works in JupyterLab, in the site and in
the tests that compare outputs.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.display import HTML, display
from markupsafe import escape

from gwr.report import judgements as judged
from gwr.report.claims import Claim, Fact, in_yuan, load_claims, load_context, load_facts
from gwr.report.intervals import Interval
from gwr.report.tables import Tables, load_tables
from gwr.show.charts import VEGALITE_MIME, finish, key_of
from gwr.show.descriptions import describe, describe_map, frame_of, tooltip_columns
from gwr.show.displays import as_markdown, draw_without_network
from gwr.show.html_tables import Columns, table_html, titles_of
from gwr.words.language import LANGUAGE, join, translator
from gwr.words.number_format import SIGNS, number_word, with_minus
from gwr.words.translation import unwrapped

if TYPE_CHECKING:
    import altair as alt
    import folium

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
    "panel": (23, ()),
}

_LABELS = {"Figure": _("Figure {number}"), "Table": _("Table {number}")}

_ID = re.compile(r"[cfx]\d{3}")


@dataclass
class Chapter:
    """One chapter while it runs: its number, its data, and the counters of its figures and tables."""

    number: int
    sections: tuple[str, ...]
    tables: Tables
    claims: dict[str, Claim]
    facts: dict[str, Fact]
    context: dict[str, Fact] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=lambda: {"Figure": 0, "Table": 0})

    def frame(self, name: str) -> pd.DataFrame:
        """The rows of a table that stand in this chapter's sections, as a data frame.

        Args:
            name: the table; all rows of one without a column ``section`` (such as ``context``).

        Returns:
            As :meth:`Tables.frame`. Claims also have ``written`` (the figure as the report writes it) and ``converted`` (in
            English units, in the Chinese edition in the base unit).
        """
        sections = "section" in {field.name for field in self.tables.resources[name].fields}
        rows = self.tables.frame(name, **({"section": self.sections} if sections else {}))
        if name == "claims":
            of_chapter = [self.claims[claim] for claim in rows["claim_id"]]
            rows = rows.assign(written=[claim.zh for claim in of_chapter], converted=[claim.en for claim in of_chapter])
        return rows

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
        ``{f012}`` that fact's with a link to its page, ``{x012}`` that of a fact of context; other fields take ``values``, or the notebook's variable of that
        name. A field may look inside (``{top[share]:.1f}``, ``{rows.size}``) and, besides Python's formats, be written as
        a word (``{count:word}``, ``{count:Word}``), in small letters (``{name:lower}``), be a list (``{names:and}``), or an amount
        (``{total:亿元.1f}``, in English also in CNY billion). Prose may be
        written in triple quotes with a sentence a line.

        Raises:
            KeyError: a field is neither a claim, nor a fact, nor one of ``values``, nor a variable of the notebook.
        """
        display(as_markdown(self._fill(unwrapped(template), values)))

    def table(
        self,
        data: pd.DataFrame,
        name: str,
        caption: str,
        *,
        columns: Columns | None = None,
        formats: Mapping[str, Callable[[Any], Any]] | None = None,
        **values: object,
    ) -> None:
        """Shows a numbered table.

        Args:
            data: one row per row; every cell is escaped unless it is ``Markup`` (in a column of dtype object). Ids of
                claims and facts become links.
            name: short and stable: the address of the table on the page is ``#tab-NAME``.
            caption: a sentence; may hold fields as in :meth:`say`.
            columns: the columns to show, with their titles or by name alone; all of them if left out.
            formats: how the cells of a column are written.

        Raises:
            KeyError: there is no such column, or a field of the caption is unknown.
        """
        label = self._next("Table")
        caption = _("{label}. {caption}").format(label=label, caption=self._plain(caption, values))
        html = table_html(data, f"tab-{name}", caption, columns=columns, formats=formats)
        display(HTML(html), metadata=_labelled(label))

    def figure(
        self,
        chart: alt.TopLevelMixin,
        name: str,
        caption: str,
        *,
        data: pd.DataFrame | None = None,
        columns: Columns | None = None,
        formats: Mapping[str, Callable[[Any], Any]] | None = None,
        description: str | None = None,
        **values: object,
    ) -> None:
        """Shows a chart with its number, its caption and, folded, the table of its data.

        Args:
            chart: an Altair chart.
            name: short and stable: the address of the figure on the page is ``#fig-NAME``.
            caption: a sentence; may hold fields as in :meth:`say`.
            data: the rows behind the marks, shown as a table; the chart's own if left out.
            columns: of the table, as in :meth:`table`; those of the chart's tooltips if left out.
            formats: as in :meth:`table`.
            description: what the chart shows, for those who cannot see it; may hold fields too. Said from the data if
                left out.

        Raises:
            KeyError: there is no such column, or a field of the caption is unknown.
            ValueError: the chart has no frame of its own and ``data`` is left out.
        """
        label = self._next("Figure")
        rows = frame_of(chart) if data is None else data
        titles = titles_of(tooltip_columns(chart, rows) if columns is None else columns)
        text = describe(chart, rows, titles) if description is None else self._plain(description, values)
        spec = finish(chart, name=f"fig-{name}", label=label, description=text)
        display({VEGALITE_MIME: spec, "text/plain": spec["description"]}, raw=True, metadata=_labelled(label))
        if key := key_of(spec):
            # The words of the key come from the data, so they are filled in like other values and cannot become markup.
            caption = _("{caption} ({key}.)").format(caption=caption, key="{key_of_chart}")
            values = {**values, "key_of_chart": key[0].upper() + key[1:]}
        self._caption_and_data(label, name, caption, values, rows, titles, formats)

    def map(
        self,
        chart: folium.Map,
        name: str,
        caption: str,
        *,
        data: pd.DataFrame | None = None,
        columns: Columns | None = None,
        formats: Mapping[str, Callable[[Any], Any]] | None = None,
        description: str | None = None,
        **values: object,
    ) -> None:
        """Shows a folium map like :meth:`figure` shows a chart.

        Args:
            chart: the book's own map (:func:`gwr.base_map`) or a plain ``folium.Map``.
            data: the rows behind it; the places that were added to the book's own map if left out.
            columns: of the table; what was done, when, and how well the place is known if left out.
            name, caption, formats, description: as for :meth:`figure`.

        Raises:
            KeyError: there is no such column, or a field of the caption is unknown.
            ValueError: no places were added and ``data`` is left out.
        """
        from gwr.show.maps import PLACE_COLUMNS, map_on_page, places_on

        label = self._next("Figure")
        rows = places_on(chart) if data is None else data
        titles = titles_of([name for name in PLACE_COLUMNS if name in rows] if columns is None else columns)
        text = describe_map(rows) if description is None else self._plain(description, values)
        shown = map_on_page(chart, name=f"fig-{name}", title=_("{label}: {text}").format(label=label, text=text))
        display(HTML(shown.html), metadata={"gwr": {**_labelled(label)["gwr"], **shown.metadata["gwr"]}})
        self._caption_and_data(label, name, caption, values, rows, titles, formats)

    def _caption_and_data(
        self,
        label: str,
        name: str,
        caption: str,
        values: Mapping[str, object],
        data: pd.DataFrame,
        columns: Columns,
        formats: Mapping[str, Callable[[Any], Any]] | None,
    ) -> None:
        display(as_markdown(_("**{label}.** {caption}").format(label=label, caption=self._fill(caption, values))))
        title = _("The data of {label}").format(label=label)
        table = table_html(data, f"data-{name}", title, columns=columns, formats=formats)
        summary = _("Table: the data of {label}").format(label=label)
        display(HTML(f"<details><summary>{escape(summary)}</summary>\n{table}\n</details>"))

    def _fill(self, template: str, values: Mapping[str, object]) -> str:
        return fill(template, {**self.claims, **self.facts, **self.context}, ChainMap(dict(values), _variables()))

    def _plain(self, template: str, values: Mapping[str, object]) -> str:
        return fill(
            template,
            {**self.claims, **self.facts, **self.context},
            ChainMap(dict(values), _variables()),
            plain_text=True,
        )

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return _LABELS[kind].format(number=f"{self.number}.{self._counts[kind]}")


def _variables() -> dict[str, Any]:
    """The variables of the notebook; none outside of IPython."""
    shell = get_ipython()
    return {} if shell is None else shell.user_ns


def _labelled(label: str) -> dict[str, Any]:
    """What tells the site which output is which figure, so that it can put the figure's code after it."""
    return {"gwr": {"label": label}}


def open_chapter(name: str) -> Chapter:
    """The chapter called ``name`` in :data:`CHAPTERS`, with all tables loaded and checked.

    Raises:
        KeyError: there is no such chapter.
        DataError: a table is wrong.
    """
    draw_without_network()
    number, sections = CHAPTERS[name]
    return Chapter(number, sections, load_tables(), load_claims(), load_facts(), load_context())


_AMOUNT = re.compile(r"(?P<unit>亿元|万元)(?P<form>,?\.\d+f)")
"""How an amount is written that was computed in 亿元 or 万元: ``{total:亿元.1f}``."""

_WRITERS: dict[str, Callable[[Any], str]] = {
    "word": lambda value: number_word(int(value)),
    "Word": lambda value: number_word(int(value)).capitalize(),
    "lower": lambda value: str(value).lower(),
    "and": lambda value: join(list(map(str, value)), " and "),
    "list": lambda value: join(list(map(str, value))),
}
"""How a field is written besides Python's own formats."""


def _written(value: Any, spec: str) -> str:
    if spec in _WRITERS:
        return _WRITERS[spec](value)
    if amount := _AMOUNT.fullmatch(spec):
        form = amount["form"]
        ends = value.written(form) if isinstance(value, Interval) else [with_minus(format(value, form))]
        return in_yuan(ends, amount["unit"])
    return with_minus(format(value, spec))


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
        value = known[name] if _ID.fullmatch(name) else Formatter().get_field(name, (), values)[0]
        shown = _written(value, spec or "")
        figure = isinstance(value, (Claim, Fact))
        if figure and _STARTS_A_SENTENCE.search("".join(out)[-20:]):
            shown = shown[:1].upper() + shown[1:]  # "At least 360 places"
        if not plain_text:
            shown = shown.replace("&", "&amp;").replace("<", "&lt;")
            if figure and value.href:
                shown = f"[{shown}](<{value.href}>{_exact(value, shown)})"
        out.append(shown)
    return "".join(out)


_STARTS_A_SENTENCE = re.compile(r"(?:^|[.!?。]\s+|\n\s*)(?:[*\->]+ ?)*$")
"""The end of a text after which a sentence begins: that of the last one, or of a line, and the marks of Markdown behind it."""


def _exact(figure: Claim | Fact, shown: str) -> str:
    """The title of a link whose words are rounded: the figure with all its digits."""
    if not isinstance(figure, Claim) or LANGUAGE == "zh":
        return ""
    exact = figure.en.removeprefix(SIGNS[figure.comparator])
    return "" if exact in shown or "CNY" not in shown else f' "{exact}"'
