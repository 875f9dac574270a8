"""The site as it lies on the disk: complete, linked without a gap, citable, and with a strict policy."""

from __future__ import annotations

import functools
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
import yaml
from gwr.report.tables import load_tables
from gwr.site.permalinks import broken, public_addresses, read_list, read_redirects
from toc import ENGLISH, PAGES, ROOT


class Links(HTMLParser):
    """The ids and the link targets of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if tag == "a" and known.get("href"):
            self.targets.append(str(known["href"]))


@functools.cache
def links(page: Path) -> Links:
    return Links(page)


def test_every_page_of_the_table_of_contents_is_in_the_site(site):
    missing = [page for page in PAGES if not (site / f"{page}.html").is_file()]
    assert not missing
    assert (site / "index.html").is_file()


def test_every_notebook_is_in_the_table_of_contents():
    notebooks = {f"book/{path.stem}" for path in (ROOT / "book").glob("*.ipynb")}
    assert notebooks <= set(ENGLISH)


@pytest.mark.parametrize("folder", ["book", "zh/book"])
def test_every_claim_and_place_has_its_anchor_on_the_source_page_once(site, folder):
    ids = links(site / folder / "source.html").ids
    tables = load_tables()
    wanted = [row["claim_id"] for row in tables["claims"]] + [row["mention_id"] for row in tables["places"]]
    assert [anchor for anchor in wanted if ids.count(anchor) != 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_links_lead_somewhere(site, page):
    path = site / f"{page}.html"
    here = links(path)
    repeated = {anchor for anchor in here.ids if here.ids.count(anchor) > 1}
    assert not repeated
    broken = []
    for target in here.targets:
        address, fragment = urldefrag(target)
        if re.match(r"[a-z]+:|//", address):
            continue
        file = path if not address else Path(unquote(urljoin(path.as_uri(), address)).removeprefix("file://"))
        if not file.is_file() or (fragment and file.suffix == ".html" and unquote(fragment) not in links(file).ids):
            broken.append(target)
    assert not broken


def test_figures_lead_to_the_source_and_the_source_leads_back(site):
    chapter = links(site / "book" / "01_headlines_2021.html")
    source = links(site / "book" / "source.html")
    assert "source.html#c001" in chapter.targets
    back = [target for target in source.targets if target.startswith("01_headlines_2021.html#")]
    assert "01_headlines_2021.html#fig-growth" in back
    assert all(urldefrag(target).fragment in chapter.ids for target in back)


EDITIONS = {"en": ".", "zh": "zh"}


@pytest.mark.parametrize("folder", EDITIONS.values(), ids=EDITIONS)
def test_every_public_address_still_leads_somewhere(site, folder):
    edition = site / folder
    lost = broken(edition, read_list(), read_redirects())
    assert not lost, "say in book/redirects.csv where these lead now, and build again"


def test_every_public_address_is_noted(site):
    new = public_addresses(site) - read_list()
    assert not new, "run 'python -m gwr permalinks' and commit tests/permalinks.txt"


def test_the_list_of_addresses_has_every_row_that_has_a_passage():
    tables, noted = load_tables(), read_list()
    ids = [row["claim_id"] for row in tables["claims"]] + [row["mention_id"] for row in tables["places"]]
    ids += [row["emendation_id"] for row in tables["emendations"]]
    assert [f"book/source.html#{name}" for name in ids if f"book/source.html#{name}" not in noted] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_page_says_how_to_cite_it_as_the_citation_file_has_it(site, page):
    book = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    html = (site / f"{page}.html").read_text(encoding="utf-8")
    (cited,) = re.findall(r'<div class="cite-page">.*?</div>', html, re.DOTALL)
    for part in (
        book["title"],
        str(book["version"]),
        str(book["date-released"])[:4],
        *(a["name"] for a in book["authors"]),
    ):
        assert part in unescape(cited)
    assert "<details>" in cited and re.search(r"@(incollection|book)\{taijiang-\w+-\d{4},", cited)
    assert html.count('name="description"') == html.count('name="viewport"') == 1
    assert re.search(r'<meta property="og:title" content="[^"]+">', html)


def test_every_page_has_a_strict_policy(site):
    for page in PAGES:
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        scripts = re.search(r"script-src ([^;]*)", policy)[1]
        assert "unsafe" not in scripts and "http" not in policy
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", html)
