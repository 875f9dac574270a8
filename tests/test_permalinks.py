"""Addresses that moved still lead somewhere, with and without scripts, from disk and under the policy of the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from gwr.errors import DataError
from gwr.site.permalinks import Redirect, broken, follow, public_addresses, read_list, read_redirects, update
from gwr.site.sphinx.policy import policy
from gwr.site.sphinx.redirects import apply

ROOT = Path(__file__).resolve().parents[1]

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


MOVES = [
    Redirect("book/zero", "", "book/one", ""),
    Redirect("book/zero", "c009", "book/two", "c002"),
    Redirect("book/one", "fig-then", "book/one", "fig-now"),
    Redirect("book/one", "c003-row", "book/one", "c001-row"),
    Redirect("book/one", "c002", "book/two", "c002"),
]


def protect(folder: Path) -> None:
    """Gives each page the policy of the site, as the build does last."""
    for page in (folder / "book").glob("*.html"):
        html = page.read_text(encoding="utf-8")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
        page.write_text(html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{meta}'), encoding="utf-8")


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
    assert len(update(small_site, noted)[0]) == 6
    assert update(small_site, noted) == ([], [])
    page = small_site / "book" / "one.html"
    page.write_text(page.read_text(encoding="utf-8").replace("fig-now", "fig-new"), encoding="utf-8")
    assert update(small_site, noted) == (["book/one.html#fig-new"], ["book/one.html#fig-now"])
    assert "book/one.html#fig-now" in read_list(noted)


def test_moved_addresses_work_and_unmoved_ones_do_not(small_site):
    assert apply(small_site, MOVES) == []
    old = {
        "book/zero.html",
        "book/zero.html#c009",
        "book/one.html#fig-then",
        "book/one.html#c002",
        "book/zero.html#aside",
    }
    assert broken(small_site, old | public_addresses(small_site), MOVES) == []
    assert broken(small_site, {"book/zero.html#c010", "book/three.html"}, MOVES) == [
        "book/three.html",
        "book/zero.html#c010",
    ]


def test_a_second_build_changes_nothing_and_without_the_lines_all_goes_back(small_site):
    before = {page: page.read_bytes() for page in (small_site / "book").iterdir()}
    apply(small_site, MOVES)
    once = {page: page.read_bytes() for page in (small_site / "book").iterdir()}
    apply(small_site, MOVES)
    assert {page: page.read_bytes() for page in (small_site / "book").iterdir()} == once != before
    (small_site / "book" / "zero.html").unlink()  # the build removes pages without a source
    apply(small_site, [])
    assert {page: page.read_bytes() for page in (small_site / "book").iterdir()} == before


@pytest.mark.parametrize(
    ("move", "fault"),
    [
        (Redirect("book/one", "", "book/two", ""), "still there"),
        (Redirect("book/one", "fig-now", "book/two", ""), "still has this anchor"),
        (Redirect("book/zero", "x", "book/two", ""), "needs a line without old_anchor"),
        (Redirect("book/one", "x", "book/two", "nothing"), "which is not there"),
        (Redirect("book/one", "x", "book/three", ""), "which is not there"),
    ],
)
def test_a_wrong_line_is_named(small_site, move, fault):
    assert any(fault in line for line in apply(small_site, [move]))


def test_addresses_may_move_twice_but_not_in_a_circle():
    twice = [Redirect("book/a", "", "book/b", ""), Redirect("book/b", "x", "book/c", "y")]
    assert follow("book/a", "x", twice) == ("book/c", "y")
    with pytest.raises(ValueError, match="circle"):
        follow("book/a", "", [Redirect("book/a", "", "book/b", ""), Redirect("book/b", "", "book/a", "")])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("old,new\n", "header"),
        ("old_page,old_anchor,new_page,new_anchor\nbook/a.html,,book/b,\n", "without '.html'"),
        ("old_page,old_anchor,new_page,new_anchor\nbook/a,,book/b,\nbook/a,,book/c,\n", "row 2 too"),
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
    assert apply(small_site, MOVES) == []
    protect(small_site)
    context = browser.new_context(java_script_enabled=scripts)
    trouble: list[str] = []
    tab = context.new_page()
    tab.on("console", lambda message: trouble.append(message.text))
    base = small_site.as_uri()
    led = [("zero.html", "one.html"), ("one.html#fig-then", "one.html#fig-then")]
    if scripts:
        led += [
            ("zero.html#aside", "one.html#aside"),
            ("zero.html#c009", "two.html#c002"),
            ("one.html#c002", "two.html#c002"),
        ]
    for old, new in led:
        tab.goto("about:blank")
        tab.goto(f"{base}/book/{old}")
        tab.wait_for_url(f"{base}/book/{new}")
    tab.goto(f"{base}/book/one.html")
    assert tab.locator("aside.moved a").get_attribute("href") == "two.html#c002"
    assert tab.locator("td > #c003-row").count() == 1
    assert trouble == []
    context.close()
