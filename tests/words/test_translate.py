"""The Chinese edition: the same notebooks in other words, and no translation that loses or brings in anything."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from string import Formatter

import nbformat
import pytest
import yaml
from gwr.report.claims import Claim, Fact, load_claims, load_context, load_facts
from gwr.site.editions import OTHERS, translated
from gwr.words.catalogues import BY_HAND, domains, faults, lost_fields, modules, pages, read_catalogue, untranslated
from gwr.words.harmless import added_by_translation, fields
from gwr.words.language import messages
from gwr.words.translation import (
    code_messages,
    markdown_messages,
    messages_of,
    translate_code,
    translate_markdown,
    unwrapped,
)

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
MARKDOWN = """\
# 1 A title 标题

A paragraph
on two lines.

- an item
  that goes on
- **another**

1. a third

| head | more |
|---|---|
| cell | 台江 |

```python
"no message"
```

台江区
"""


def test_markdown_is_cut_into_messages():
    assert [message.text for message in markdown_messages(MARKDOWN)] == [
        "1 A title 标题",
        "A paragraph on two lines.",
        "an item that goes on",
        "**another**",
        "a third",
        "| head | more |",
        "| cell | 台江 |",
    ]


def test_markdown_keeps_its_shape():
    known = {"1 A title 标题": "1 标题", "A paragraph on two lines.": "一段。", "an item that goes on": "一条"}
    text = translate_markdown(MARKDOWN, known)
    assert text.startswith("# 1 标题\n\n一段。\n\n- 一条\n- **another**\n")
    assert text.endswith('"no message"\n```\n\n台江区\n')


def test_words_in_code_are_messages_and_codes_are_not():
    code = (
        'x = alt.X("value:Q", title="Growth, %")\nframe["named"]\nprint(f"{n:.1f} million {who!r}")\nrows = "c001 c002"'
    )
    assert [(message.text, formatted) for message, formatted in code_messages(code)] == [
        ("Growth, %", False),
        ("{n:.1f} million {who!r}", True),
    ]


@pytest.mark.parametrize(
    ("code", "known", "expected"),
    [
        ('say("Two words")', {"Two words": "“两个”词"}, 'say("“两个”词")'),
        ('say("Two words")', {"Two words": 'a "quoted" \\ word'}, 'say("a \\"quoted\\" \\\\ word")'),
        ("print(f'{a} of {b:.1f} all')", {"{a} of {b:.1f} all": "{b:.1f}中的{a}"}, 'print(f"{b:.1f}中的{a}")'),
        ("print(f\"{r['x']} per day\")", {"{r['x']} per day": "每天{r['x']}"}, "print(f\"每天{r['x']}\")"),
        ('a = {"named": 1}', {"named": "点名"}, 'a = {"点名": 1}'),
    ],
)
def test_a_literal_is_replaced(code, known, expected):
    assert translate_code(code, known) == expected


def test_a_long_literal_breaks_inside_brackets_only():
    code = 'say(\n    "one "\n    "two"\n)'
    text = translate_code(code, {"one two": "字" * 120})
    assert max(map(len, text.splitlines())) < 70
    call = ast.parse(text).body[0].value
    assert call.args[0].value == "字" * 120


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_message_can_be_put_back(path):
    """What was taken out and put in again gives the same program: no literal is cut wrongly. (Lines of prose become one.)"""
    notebook = nbformat.read(path, as_version=4)
    known = {message: message for message in messages_of(notebook)}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            again = ast.parse(translate_code(cell.source, known))
            assert ast.dump(_Unwrapped().visit(again)) == ast.dump(_Unwrapped().visit(ast.parse(cell.source)))


class _Unwrapped(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(unwrapped(node.value)) if isinstance(node.value, str) else node


class _NoWords(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant("")


def shape(source: str) -> str:
    return ast.dump(_NoWords().visit(ast.parse(source)))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_translated_notebook_is_the_same_program_with_other_words(path, language):
    before = nbformat.read(path, as_version=4).cells
    after = nbformat.reads(translated(path, language), as_version=4).cells
    assert [(cell.cell_type, cell.id) for cell in before] == [(cell.cell_type, cell.id) for cell in after]
    codes = [(a.source, b.source) for a, b in zip(before, after, strict=True) if a.cell_type == "code"]
    (first, first_translated), *rest = codes
    assert shape(first_translated).endswith(shape(first).removeprefix("Module(body=["))
    assert all(shape(a) == shape(b) for a, b in rest)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("domain", "path"), list(domains()), ids=lambda value: str(value) if isinstance(value, str) else ""
)
def test_every_word_stands_in_its_catalogue_and_no_translation_has_a_fault(domain, path, language):
    """A message may be without Chinese; before a site is published, ``python -m gwr catalogues --check`` asks for it."""
    assert list(faults(domain, path, language)) == []


CATALOGUE = """
msgid "Done {{n}}"
msgstr "完成{{n}}"

msgid "Two words"
msgstr "{two}"

#, fuzzy
msgid "Now this"
msgstr "从前{{lost}}"

msgid "Lost {{n}}"
msgstr "{lost}"
"""


@pytest.mark.parametrize(
    ("two", "lost", "fault"),
    [
        ("", "失去{n}", None),
        ("两字", "失去{n}", None),
        ("两字", "失去", "has lost the field {n}"),
        ("<b>两字</b>", "失去{n}", "has the tag '<b>'"),
        ("{m}字", "失去{n}", "has the field {m}"),
    ],
)
def test_a_message_without_chinese_stops_a_release_and_not_a_change(two, lost, fault, tmp_path, monkeypatch):
    page = tmp_path.name  # another each time, because catalogues are remembered
    (tmp_path / f"{page}.po").write_text(CATALOGUE.format(two=two, lost=lost), encoding="utf-8")
    for module in ("catalogues", "language"):
        monkeypatch.setattr(f"gwr.words.{module}.catalogue_path", lambda domain, _: tmp_path / f"{domain}.po")
    monkeypatch.setattr("gwr.words.catalogues.wanted", lambda *_: ["Done {n}", "Two words", "Now this", "Lost {n}"])
    found = list(faults(page, None, "zh"))
    assert (len(found) == 1 and fault in found[0]) if fault else found == []
    assert [line.split("'")[1] for line in untranslated(page, "zh")] == ["Two words"] * (not two) + ["Now this"]
    if not fault:  # neither is shown
        assert set(messages(page, "zh")) == {"Done {n}", "Lost {n}"} | ({"Two words"} if two else set())
    monkeypatch.setattr("gwr.words.catalogues.wanted", lambda *_: ["A new one"])
    assert f"run 'python -m gwr catalogues {page}'" in next(faults(page, None, "zh"))


def test_what_is_published_has_been_asked_for_its_chinese():
    """The workflow lets neither the site nor a release out before; by hand the same command says it."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8"))
    (step,) = [one for one in workflow["jobs"]["build"]["steps"] if "catalogues --check" in one.get("run", "")]
    assert step["if"] == "github.event_name != 'pull_request'"
    for job in ("deploy", "release"):
        assert "build" in workflow["jobs"][job]["needs"]
    assert all(read_catalogue(domain, "zh") for domain in BY_HAND)


WORDED = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        map(str, range(1, 13)),
        strict=True,
    )
)


def doubled_units(words: str, figures: dict[str, Claim | Fact]) -> list[str]:
    """Claims and facts in a translation whose last character is repeated by the words behind them: ``411,819人`` and ``人``."""
    parts = list(Formatter().parse(words))
    return [
        f"{{{name}}}{behind[0]}"
        for (_, name, spec, _), (behind, *_) in pairwise(parts)
        if name in figures and behind and f"{figures[name]:{spec}}"[-1] == behind[0]
    ]


def test_a_unit_behind_a_figure_that_has_it_is_found(figures_in_chinese):
    assert doubled_units("居民{x001}人，占{x005}。", figures_in_chinese) == ["{x001}人"]
    assert doubled_units("{x572}中的{c061:n}个", figures_in_chinese) == []


@pytest.mark.parametrize("path", [path for path in pages() if path.suffix == ".ipynb"], ids=lambda path: path.stem)
def test_no_unit_stands_twice_behind_a_figure(path, figures_in_chinese):
    """A claim or fact is shown with its unit, which an English sentence may name and a Chinese one must not name again."""
    said = [
        message
        for message in read_catalogue(f"pages/{path.stem}", "zh")
        if re.search(r"\{[cfx]\d", str(message.string))
    ]
    assert [doubled for message in said for doubled in doubled_units(str(message.string), figures_in_chinese)] == []


@pytest.fixture
def figures_in_chinese(monkeypatch):
    """All claims and facts by id, as the Chinese edition writes them."""
    monkeypatch.setattr("gwr.report.claims.LANGUAGE", "zh")
    return {**load_claims(), **load_facts(), **load_context()}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_no_figure_comes_in_with_a_translation(path, language):
    """A number in a translation stands in the English words too, so that no figure is typed into the Chinese prose."""
    typed = []
    for message in read_catalogue(f"pages/{path.stem}", language):
        if not message.id or not message.string or message.fuzzy:
            continue
        english = str(message.id)
        known = set(re.findall(r"\d+", english)) | {
            WORDED[w] for w in re.findall(r"[a-z]+", english.lower()) if w in WORDED
        }
        known |= {"30"} if "half an hour" in english else set()
        known |= {str(n) for n, month in enumerate(MONTHS, start=1) if month in english}
        typed += [f"{n} in {message.string!r}" for n in re.findall(r"\d+", str(message.string)) if n not in known]
    assert typed == []


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    ("english", "chinese", "fault"),
    [
        ("{a} of {b}", "{b}中的{a}", ""),
        ("{a} of {b}", "{a}", "has lost the field {b}"),
        ("{top} ({top_zh})", "{top_zh}", ""),
    ],
)
def test_fields_must_survive_a_translation(english, chinese, fault):
    assert lost_fields(english, chinese) == fault


def test_a_field_that_the_english_has_not_is_named():
    assert added_by_translation("{a}", "{a}{c}") == "the field {c}"


def test_fields_are_those_in_outer_braces():
    assert fields("{a:.{n}f} {{no}} {b['x']}") == ["a:.{n}f", "b['x']"]


def test_no_word_to_be_translated_stands_inside_an_f_string():
    """Python 3.11 hides it there from the extraction, so that nobody would miss its translation."""
    inside = [path.name for path in modules() if re.search(r"\{_\(", path.read_text(encoding="utf-8"))]
    assert not inside
