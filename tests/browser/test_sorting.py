"""Every table of the site, sorted by each of its columns both ways, against the order that a reader would expect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from toc import PAGES

READY = """() => [...document.querySelectorAll(".gwr-table table")].every((table) =>
  !table.tHead || table.tBodies[0].rows.length < 3 || table.querySelector("th .sort")
  || [...table.tHead.rows[0].cells].every((head) => head.dataset.sort === "none" || !head.textContent.trim()))"""

SORT_ALL = """() => [...document.querySelectorAll(".gwr-table table")].filter((table) => table.tHead && table.tBodies[0].rows.length > 2)
  .filter((table) => [...table.tHead.rows[0].cells].every((head) => head.colSpan === 1))  // one head for several columns sorts none
  .flatMap((table) => [...table.tHead.rows[0].cells].map((head, column) => {
    const rows = [...table.tBodies[0].rows];
    const cells = () => [...table.tBodies[0].rows].map((row) => row.cells[column])
      .map((cell) => [cell.textContent.trim(), (cell.dataset.sort ? cell : cell.querySelector("[data-sort]"))?.dataset.sort ?? null]);
    const button = head.querySelector("button"), words = new Intl.Collator("zh", { numeric: true });
    const found = { head: head.textContent, kind: head.dataset.sort || "text", sorts: Boolean(button), before: cells() };
    const arrow = () => getComputedStyle(button, "::after").content;
    if (button) {
      found.arrows = [arrow()];
      for (const way of ["ascending", "descending"]) {
        button.click();
        found[way] = cells();
        found.arrows.push(arrow());
        if (head.ariaSort !== way) found.silent = true;
      }
    }
    const texts = found.before.map(([text]) => text);
    found.asText = { ascending: [...texts].sort(words.compare), descending: [...texts].sort((a, b) => words.compare(b, a)) };
    table.tBodies[0].append(...rows);
    head.removeAttribute("aria-sort");
    return found;
  }))"""

SCALES = {
    "": 1,
    "千": 1e3,
    "万": 1e4,
    "亿": 1e8,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "kB": 1e3,
    "MB": 1e6,
}
FIGURE = re.compile(
    r"[≥≤≈<>]?\s*(?:CNY\s)?(?P<number>[+−-]?\d[\d,]*(?:\.\d+)?)(?:%?[–～-][\d,.]+|(?: to |至)[\d,.]+)?"
    r"\s?(?P<scale>million|billion|trillion|kB|MB|[万亿千])?(?P<unit> ?[^\d\s]{0,8}(?: a year)?)"
)


def read(cell: str) -> tuple[float, str] | None:
    """Number and unit of a cell, read from its words alone; None where it is no plain figure."""
    if re.fullmatch(r"(?:19|20)\d\d(?:[–—](?:19|20)\d\d)?", cell):  # years stand in the same order as text
        return None
    found = FIGURE.fullmatch(cell.replace("\u00a0", " "))
    if found is None or (found["unit"][:1].isascii() and found["unit"][:1].isalpha()):
        return None
    number = float(found["number"].replace(",", "").replace("−", "-"))
    return number * SCALES[found["scale"] or ""], found["unit"]


def rises(numbers: Sequence[float]) -> bool:
    return all(a <= b for a, b in pairwise(numbers))


def faults(column: dict[str, Any]) -> list[str]:
    """What is wrong with the order of a column."""
    figures = [read(text) for text, _ in column["before"] if text not in ("", "–")]
    if column["kind"] == "none":
        units = {figure[1] if figure else "in words" for figure in figures}
        return ["has a button"] * column["sorts"] + [f"is not sorted though all is in {units}"] * (len(units) < 2)
    if not column["sorts"]:
        return ["has no button"] * bool(column["head"].strip())
    arrows = [re.sub(r'[\s"]|/.*', "", arrow) for arrow in column["arrows"]]
    wrong = [f"has the arrows {arrows}"] * (arrows != ["↕", "↑", "↓"])
    wrong += ["does not say how it is sorted"] * column.get("silent", False)
    if column["kind"] == "text":
        alike = len({figure[1] for figure in figures if figure}) == 1 and all(figures)
        wrong += ["has figures sorted as text"] * alike
    for way, turn in (("ascending", 1), ("descending", -1)):
        order = column[way]
        if column["kind"] == "text":
            wrong += [f"{way}: another order"] * ([text for text, _ in order] != column["asText"][way])
            continue
        filled = [cell for cell in order if cell[1] is not None]
        wrong += [f"{way}: what has no number is not last"] * (filled != order[: len(filled)])
        wrong += [f"{way}: not by the values"] * (not rises([turn * float(key) for _, key in filled]))
        wrong += [f"{way}: not as it reads"] * (
            not rises([turn * figure[0] for text, _ in filled if (figure := read(text))])
        )
    return wrong


@pytest.mark.browser
def test_every_table_sorts_both_ways_as_a_reader_expects(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    kinds: list[str] = []
    trouble: list[str] = []
    for page in PAGES:
        tab.goto(f"{site.as_uri()}/{page}.html", wait_until="domcontentloaded")
        tab.wait_for_function(READY)
        columns = tab.evaluate(SORT_ALL)
        kinds += [column["kind"] for column in columns]
        trouble += [f"{page}, {column['head']!r}: {fault}" for column in columns for fault in faults(column)]
    context.close()
    assert not trouble, "\n".join(trouble)
    assert kinds.count("number") > 300 and kinds.count("none") > 20 and kinds.count("text") > 300
