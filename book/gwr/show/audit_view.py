"""How the audit is shown: findings and readings as data frames, charts and links."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt
import pandas as pd
from IPython.display import HTML
from markupsafe import Markup

from gwr.analysis.audit import TOPICS, VERDICT_NAMES, VERDICTS, Figure, Finding, Reading, load_figures
from gwr.analysis.audit_checks import load_checks
from gwr.report.claims import Claim, load_claims, load_context, load_facts
from gwr.report.intervals import Interval, rounded_down, rounded_up
from gwr.show.charts import BLUE, GREEN, GREY, ORANGE, by_status, tooltip
from gwr.show.html_tables import filter_box
from gwr.words.language import code, translator

_ = translator(__name__)

MARKS = {"fits": "●", "fits on a condition": "◐", "does not fit": "▲", "cannot be told": "?"}
COLOURS = {"fits": GREEN, "fits on a condition": BLUE, "does not fit": ORANGE, "cannot be told": GREY}
SHAPES = {
    "fits": "circle",
    "fits on a condition": "square",
    "does not fit": "triangle-up",
    "cannot be told": "cross",
}

NAMES = {
    **VERDICT_NAMES,
    "stated": _("stated"),
    "implied": _("implied"),
}
"""How the codes of verdicts, and of how an amount is known, are shown."""

COUNT_TITLES = {"topic": _("Topic"), **{one: f"{MARKS[one]} {NAMES[one]}" for one in VERDICTS}, "checks": _("Checks")}
"""The columns of :func:`verdict_counts` as readers see them."""

TITLES = {
    "id": _("Check"),
    "topic": _("Topic"),
    "kind": _("Kind"),
    "question": _("Question and formula"),
    "result": _("Result"),
    "verdict": _("Verdict"),
    "note": _("Condition; bear in mind"),
    "inputs": _("Passages"),
}
"""The columns of :func:`table_rows` that readers see."""

_HELD = {True: _("yes"), False: _("no"), None: _("open")}


def name_of_code(code: str) -> str:
    """A verdict, or how an amount is known, as readers see it; data frames hold the codes until they are shown.

    Raises:
        KeyError: the code is none of :data:`NAMES`.
    """
    return NAMES[code]


def audit_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row per check, with codes for topic, kind and verdict.

    ``claim_id`` is its first claim, ``place`` its rank by verdict within its topic.
    """
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
            "claim_id": next((name for name in finding.check.inputs if name.startswith("c")), ""),
        }
        for finding in findings
    ]
    frame = pd.DataFrame(rows)
    order = frame["verdict"].map(VERDICTS.index)
    frame["place"] = order.add(frame.index / 1e4).groupby(frame["topic"]).rank().astype("int64")
    return frame


def verdict_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """How often each verdict (a column by its code) occurs in each topic (by its name), with a row for all of them."""
    table = pd.crosstab(frame["topic"], frame["verdict"]).reindex(index=TOPICS, columns=VERDICTS, fill_value=0)
    table = table.rename(index=_topic)
    table.loc[_("All")] = table.sum()
    table["checks"] = table.sum(axis="columns")
    return table.rename_axis(index=None, columns=None).reset_index(names="topic")


def readings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row per reading, in order, so that every way to read a passage is seen."""
    rows = [
        {
            "check": _question(finding) if number == 0 else Markup(""),
            "reading": _words(reading),
            "result": finding.shown(reading) if reading.relation != "open" else "–",
            "holds": _HELD[reading.holds],
        }
        for finding in findings
        for number, reading in enumerate(finding.readings)
    ]
    return pd.DataFrame(rows, dtype=object)  # a column of strings would turn the links into text


def _question(finding: Finding) -> Markup:
    one = finding.check
    return Markup("<strong>{}</strong> {} {}").format(one.id, one.question, input_links(" ".join(one.inputs)))


def _words(reading: Reading) -> Markup:
    if reading.relation == "open":
        return Markup(_("<em>Cannot be computed:</em> {}")).format(reading.assumption)
    if not reading.assumption:
        return Markup(_("<em>As written:</em> {}")).format(reading.words)
    return Markup(_("{}<br><em>if {}</em>")).format(reading.words, reading.assumption)


def table_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`audit_frame` for a wide table: related texts share a cell, codes become names."""
    question, note = Markup("{}<br><small>{}</small>"), Markup("{}{}{}")
    cells = {
        "topic": [_topic(topic) for topic in frame["topic"]],
        "kind": [code(kind, "kind") for kind in frame["kind"]],
        "question": [question.format(row.question, row.formula) for row in frame.itertuples()],
        "verdict": [marked_verdict(verdict) for verdict in frame["verdict"]],
        "note": [
            note.format(row.assumption, _(". ") if row.assumption else "", row.comment) for row in frame.itertuples()
        ],
        "inputs": [input_links(ids) for ids in frame["inputs"]],
    }
    return frame.assign(**{name: pd.Series(cell, frame.index, dtype=object) for name, cell in cells.items()})


def what_if(check_id: str, claim_id: str, values: Iterable[float]) -> pd.DataFrame:
    """The outcome of a check with another number in the place of one figure, one row per number.

    Args:
        values: in the unit in which the claim is written.
    """
    figures, claim = load_figures(), load_claims()[claim_id]
    (check,) = (one for one in load_checks() if one.id == check_id)
    outcomes = {}
    for value in values:
        trial = Figure.of_claim(Claim({**claim.row, "value": value}, claim.unit))
        outcomes[value] = check.run({**figures, claim_id: trial})
    return pd.DataFrame(
        {
            "value": value,
            "result": one.shown(),
            "verdict": marked_verdict(one.verdict),
            "assumption": one.assumption or "–",
        }
        for value, one in outcomes.items()
    )


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with names in the place of the codes of topic, kind and verdict."""
    return frame.assign(
        topic=frame["topic"].map(_topic),
        kind=[code(kind, "kind") for kind in frame["kind"]],
        verdict=frame["verdict"].map(name_of_code),
    )


def _topic(topic: str) -> str:
    return code(topic, "topic")


def verdict_chart(frame: pd.DataFrame) -> alt.TopLevelMixin:
    """Every check as a mark: the row is its topic, shape and colour are its verdict."""
    legend = alt.Legend(title=None, symbolSize=110)
    names = [name_of_code(verdict) for verdict in VERDICTS]
    colours = alt.Scale(domain=names, range=[COLOURS[verdict] for verdict in VERDICTS])
    shapes = alt.Scale(domain=names, range=[SHAPES[verdict] for verdict in VERDICTS])
    tips = {
        "id:N": _("id"),
        "question:N": _("question"),
        "result:N": _("result"),
        "verdict:N": _("verdict"),
        "assumption:N": _("assumption"),
        "claim_id:N": _("claim_id"),
    }
    marks: alt.Chart = (
        alt.Chart(_shown(frame))
        .mark_point(filled=True, opacity=1, size=75)
        .encode(
            x=alt.X("place:O", title=_("Checks, one mark each"), axis=alt.Axis(labels=False, ticks=False)),
            y=alt.Y("topic:N", title=None, sort=[_topic(topic) for topic in TOPICS]),
            color=alt.Color("verdict:N", scale=colours, legend=legend),
            shape=alt.Shape("verdict:N", scale=shapes, legend=legend),
            tooltip=tooltip(tips),
        )
        .properties(width=350, height=alt.Step(27))
    )
    return marks


def range_chart(frame: pd.DataFrame, title: str) -> alt.TopLevelMixin:
    """Amounts as bars with the range that rounding leaves, each as its status has it look.

    Args:
        frame: columns ``amount``, ``low``, ``middle``, ``high``, ``how`` (stated or implied, by name), ``status``, ``claim_id``.
        title: of the axis.
    """
    tips = {
        "amount:N": _("amount"),
        "low:Q": _("low"),
        "high:Q": _("high"),
        "how:N": _("how"),
        "claim_id:N": _("claim_id"),
    }
    base = alt.Chart(frame).encode(y=alt.Y("amount:N", title=None, sort=None))
    bars = base.mark_bar(height=14, stroke=BLUE, strokeWidth=2).encode(
        x=alt.X("middle:Q", title=title),
        tooltip=tooltip(tips),
        **by_status(frame["status"]),
    )
    ranges = base.mark_rule(strokeWidth=4, color=ORANGE).encode(x="low:Q", x2="high:Q")
    return alt.layer(bars, ranges).properties(width=340, height=alt.Step(28))


def amounts_frame(amounts: Iterable[tuple[str, Interval, str, str]]) -> pd.DataFrame:
    """The rows of :func:`range_chart` in 亿元, from name, interval in yuan, how known (by code), and claim."""
    claims = load_claims()
    return pd.DataFrame(
        {
            "amount": name,
            "low": rounded_down(value.low / 1e8, 2),
            "middle": value.middle / 1e8,
            "high": rounded_up(value.high / 1e8, 2),
            "how": name_of_code(how),
            "status": claims[claim].row["status"] if how == "stated" else "computed",
            "claim_id": claim,
        }
        for name, value, how, claim in amounts
    )


def figures_frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """What each figure is taken to be: as written, and from where to where it may have been."""
    claims, facts = load_claims(), {**load_facts(), **load_context()}
    return pd.DataFrame(
        {
            "id": figure.id,
            "written": format((claims.get(figure.id) or facts[figure.id]), ""),
            "low": figure.interval.low,
            "high": figure.interval.high,
            "rounding": _("exact") if figure.interval.low == figure.interval.high else _("rounded"),
        }
        for figure in figures
    )


def search_box() -> HTML:
    """The box above the table of all checks: words to search for, and choices of verdict, topic and kind."""
    return HTML(
        filter_box("all-checks", [TITLES["verdict"], TITLES["topic"], TITLES["kind"]], _("retail, c165, census …"))
    )


def input_links(ids: str) -> Markup:
    """Links for ids with spaces between them: claims to passages; facts, marked *outside*, to their pages if they are on the web.

    Of many figures the first eight are named, and how many follow.
    """
    names = ids.split()
    links = [_link(name) for name in (names if len(names) <= _MOST_LINKS + 1 else names[:_MOST_LINKS])]
    if len(links) < len(names):
        links.append(Markup(_("and {count} more")).format(count=len(names) - len(links)))
    return Markup(" ").join(links)


_MOST_LINKS = 8


def _link(name: str) -> Markup:
    claims, facts = load_claims(), {**load_facts(), **load_context()}
    if name in claims:
        return Markup('<a href="{}">{}</a>').format(claims[name].href, name)
    if not facts[name].href:
        return Markup(_("{} (outside)")).format(name)
    return Markup(_('<a href="{}">{}</a> (outside)')).format(facts[name].href, name)


def marked_verdict(verdict: str) -> str:
    """The verdict with its sign, so that colour is never needed to tell it."""
    return f"{MARKS[verdict]} {name_of_code(verdict)}"
