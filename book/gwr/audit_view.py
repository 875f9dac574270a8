"""How the audit is shown: findings and readings as data frames, links, and a table to search in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup

from gwr.audit import TOPICS, VERDICTS, Figure, Finding
from gwr.charts import BLUE, GREEN, GREY, ORANGE
from gwr.claims import load_claims, load_facts

MARKS = {"consistent": "●", "needs an assumption": "◐", "tension": "▲", "cannot tell": "?"}
COLOURS = {"consistent": GREEN, "needs an assumption": BLUE, "tension": ORANGE, "cannot tell": GREY}
SHAPES = {
    "consistent": "circle",
    "needs an assumption": "square",
    "tension": "triangle-up",
    "cannot tell": "cross",
}

_HELD = {True: "yes", False: "no", None: "open"}


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row per check; ``claim_id`` is its first claim, ``place`` its rank by verdict within its topic."""
    rows = [
        {
            "id": finding.check.id,
            "name": finding.check.name,
            "topic": finding.check.topic,
            "kind": finding.check.kind,
            "question": finding.check.question,
            "formula": finding.check.formula,
            "result": finding.shown(finding.deciding),
            "verdict": finding.verdict,
            "assumption": finding.assumption,
            "comment": finding.check.comment,
            "inputs": " ".join(finding.check.inputs),
            "claim_id": next(name for name in finding.check.inputs if name.startswith("c")),
        }
        for finding in findings
    ]
    frame = pd.DataFrame(rows)
    order = frame["verdict"].map(VERDICTS.index)
    frame["place"] = order.add(frame.index / 1e4).groupby(frame["topic"]).rank().astype("int64")
    return frame


def verdict_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """How often each verdict occurs in each topic, with a row for all of them."""
    table = pd.crosstab(frame["topic"], frame["verdict"]).reindex(
        index=TOPICS, columns=VERDICTS, fill_value=0
    )
    table.loc["All"] = table.sum()
    table["checks"] = table.sum(axis="columns")
    return table.rename_axis(index=None, columns=None).reset_index(names="topic")


def readings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row per reading, in order, so that every way to read a passage is seen."""
    return pd.DataFrame(
        {
            "id": finding.check.id,
            "question": finding.check.question if number == 0 else "",
            "reading": reading.words
            if reading.relation != "open"
            else "what the report does not let us compute",
            "assumption": reading.assumption or "none",
            "result": finding.shown(reading) if reading.relation != "open" else "–",
            "holds": _HELD[reading.holds],
            "inputs": " ".join(finding.check.inputs) if number == 0 else "",
        }
        for finding in findings
        for number, reading in enumerate(finding.readings)
    )


def figures_frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """What each figure is taken to be: as written, and from where to where it may have been."""
    claims, facts = load_claims(), load_facts()
    return pd.DataFrame(
        {
            "id": figure.id,
            "written": format((claims.get(figure.id) or facts[figure.id]), ""),
            "low": figure.interval.low,
            "high": figure.interval.high,
            "rounding": "exact" if figure.interval.low == figure.interval.high else "rounded",
        }
        for figure in figures
    )


def input_links(ids: str) -> Markup:
    """Links for ids with spaces between them: claims to passages, facts to pages, marked *outside*."""
    claims, facts = load_claims(), load_facts()
    links = [
        Markup('<a href="{}">{}</a>').format(claims[name].href, name)
        if name in claims
        else Markup('<a href="{}">{}</a> (outside)').format(facts[name].href, name)
        for name in ids.split()
    ]
    return Markup(" ").join(links)


def marked(verdict: str) -> str:
    """The verdict with its sign, so that colour is never needed to tell it."""
    return f"{MARKS[verdict]} {verdict}"


_FILTER = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<style>
@media screen { #{{ anchor }} { max-height: 42rem; overflow: auto } }
#{{ anchor }} table { min-width: 60rem }
#{{ anchor }} thead th { position: sticky; top: 0; background: var(--pst-color-background, Canvas) }
#{{ anchor }} th button { all: unset; cursor: pointer; font-weight: 600 }
#{{ anchor }} th button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
#{{ anchor }} th[aria-sort=ascending] button::after { content: " ▴" }
#{{ anchor }} th[aria-sort=descending] button::after { content: " ▾" }
#{{ anchor }}-filter { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: end; margin: 0.75rem 0 }
#{{ anchor }}-filter[hidden] { display: none }
#{{ anchor }}-filter label { display: flex; flex-direction: column; font-size: 0.85em }
#{{ anchor }}-filter :is(input, select) { font: inherit; padding: 0.25rem 0.4rem; color: inherit;
  background: transparent; border: 1px solid currentColor; border-radius: 4px; max-width: 100% }
#{{ anchor }}-filter option { color: CanvasText; background: Canvas }
</style>
<div id="{{ anchor }}-filter" role="search" hidden>
<label>Search <input type="search" placeholder="{{ hint }}"></label>
{% for title in filters %}
<label>{{ title }} <select data-column="{{ title }}"><option value="">all</option></select></label>
{% endfor %}
<output aria-live="polite"></output>
</div>
<script>
(function start(tries) {
  const region = document.getElementById("{{ anchor }}");
  if (!region) { if (tries) setTimeout(start, 100, tries - 1); return; }
  const box = document.getElementById("{{ anchor }}-filter");
  if (box.dataset.ready) return;
  box.dataset.ready = "yes";
  const body = region.querySelector("tbody"), rows = [...body.rows];
  const heads = [...region.querySelectorAll("thead th")];
  const titles = heads.map(head => head.textContent.trim());
  const search = box.querySelector("input"), selects = [...box.querySelectorAll("select")];
  const text = (row, title) => row.cells[titles.indexOf(title)].textContent.trim();
  for (const select of selects)
    for (const value of new Set(rows.map(row => text(row, select.dataset.column))))
      select.add(new Option(value, value));
  function show() {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const all = row.textContent.toLowerCase();
      row.hidden = !(words.every(word => all.includes(word))
        && selects.every(select => !select.value || text(row, select.dataset.column) === select.value));
      count += !row.hidden;
    }
    box.querySelector("output").textContent = `${count} of ${rows.length} shown`;
  }
  function sort(head, column) {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = row => row.cells[column].textContent.trim();
    rows.sort((a, b) => (down ? -1 : 1) * value(a).localeCompare(value(b), "en", { numeric: true }));
    body.append(...rows);
  }
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, column));
    head.append(button);
  });
  box.addEventListener("input", show);
  show();
  box.hidden = false;
})(100);
</script>"""
)


def filter_box(name: str, filters: Sequence[str], hint: str) -> Markup:
    """A search field, drop-down lists and sortable headings for the table ``name`` of this page.

    Without scripts the table stays as it is, whole and unsorted.

    Args:
        name: as given to :meth:`gwr.display.Chapter.table`.
        filters: headings of columns with few different values.
        hint: an example of what can be searched for.
    """
    return Markup(_FILTER.render(anchor=f"tab-{name}", filters=filters, hint=hint))
