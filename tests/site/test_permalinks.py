"""Addresses are noted, and pages that moved still lead somewhere, with and without scripts, from disk and under the policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from gwr.errors import DataError, SiteError
from gwr.site.permalinks import (
    Redirect,
    broken,
    follow_redirects,
    public_addresses,
    read_list,
    read_redirects,
    update_permalinks,
)
from gwr.site.sphinx.policy import with_policy
from gwr.site.sphinx.redirects import redirect_pages

ROOT = Path(__file__).resolve().parents[2]

PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{name}</title></head>\n<body>'
    '<article class="bd-article"><section id="{name}"><h1>{name}</h1>{body}</section></article></body></html>\n'
)


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Two pages, as the builder writes them."""
    (tmp_path / "book").mkdir()
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "redirects.js").write_bytes((ROOT / "book" / "static" / "redirects.js").read_bytes())
    rows = '<div id="fig-now">…</div><table><tr id="c001-row"><td>677.77</td></tr></table><p id="aside">…</p>'
    for name, body in (("one", rows), ("two", '<span id="c002"></span>')):
        (tmp_path / "book" / f"{name}.html").write_text(PAGE.format(name=name, body=body), encoding="utf-8")
    return tmp_path


MOVES = [Redirect("book/zero", "book/half"), Redirect("book/half", "book/one")]


def lead_on(folder: Path, moves: list[Redirect]) -> None:
    """Writes the pages that lead on, under the policy of the site."""
    pages = {f"book/{page.name}" for page in (folder / "book").iterdir()}
    for page, html in redirect_pages(moves, pages, "en").items():
        (folder / page).write_text(with_policy(html), encoding="utf-8")


def test_public_addresses_are_pages_sections_rows_and_figures(small_site):
    assert public_addresses(small_site) == {
        "book/one.html",
        "book/one.html#one",
        "book/one.html#fig-now",
        "book/two.html",
        "book/two.html#two",
        "book/two.html#c002",
    }


def test_new_addresses_are_noted_and_lost_ones_named(small_site, tmp_path):
    noted = tmp_path / "permalinks.txt"
    assert len(update_permalinks(small_site, noted)[0]) == 6
    assert update_permalinks(small_site, noted) == ([], [])
    page = small_site / "book" / "one.html"
    page.write_text(page.read_text(encoding="utf-8").replace("fig-now", "fig-new"), encoding="utf-8")
    assert update_permalinks(small_site, noted) == (["book/one.html#fig-new"], ["book/one.html#fig-now"])
    assert "book/one.html#fig-now" in read_list(noted)


def test_moved_pages_are_found_with_their_anchors_and_others_are_not(small_site):
    known = public_addresses(small_site)
    lead_on(small_site, MOVES)
    assert public_addresses(small_site) == known  # what only leads on is no address of its own
    assert broken(small_site, known | {"book/zero.html", "book/half.html#fig-now"}, MOVES) == []
    assert broken(small_site, {"book/zero.html#gone", "book/three.html"}, MOVES) == [
        "book/three.html",
        "book/zero.html#gone",
    ]


@pytest.mark.parametrize(
    ("moves", "fault"),
    [
        ([("book/one", "book/two")], "still there"),
        ([("book/zero", "book/three")], "which is not there"),
        ([("book/a", "book/b"), ("book/b", "book/a")], "circle"),
    ],
)
def test_a_wrong_line_is_named(moves, fault):
    with pytest.raises(SiteError, match=fault):
        redirect_pages([Redirect(*move) for move in moves], {"book/one.html", "book/two.html"}, "en")


def test_pages_may_move_twice():
    assert follow_redirects("book/zero", MOVES) == "book/one"
    assert follow_redirects("book/two", MOVES) == "book/two"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("old,new\n", "header"),
        ("old_page,new_page\nbook/a.html,book/b\n", "without '.html'"),
        ("old_page,new_page\nbook/a,book/b\nbook/a,book/c\n", "row 2 too"),
    ],
)
def test_a_damaged_file_of_redirects_is_named(tmp_path, text, message):
    file = tmp_path / "redirects.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_redirects(file)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_browser_is_led_on_from_disk(small_site, browser, scripts):
    lead_on(small_site, MOVES)
    context = browser.new_context(java_script_enabled=scripts)
    trouble: list[str] = []
    tab = context.new_page()
    tab.on("console", lambda message: trouble.append(message.text))
    base = small_site.as_uri()
    led = [("zero.html", "one.html")]
    if scripts:
        led += [("zero.html#aside", "one.html#aside"), ("half.html#c001-row", "one.html#c001-row")]
    for old, new in led:
        tab.goto("about:blank")
        tab.goto(f"{base}/book/{old}")
        tab.wait_for_url(f"{base}/book/{new}")
    assert trouble == []
    context.close()
