"""Sphinx extension: what a page says about itself to those who cite it, share it, or list it.

At the foot of each page stands how to cite it, from ``CITATION.cff`` alone. Its head has a description for social media. If
the public address is known (the environment variable ``GWR_SITE_URL``, or ``baseurl`` under ``html`` in ``_config.yml``),
pages also name their own address, the same page in the other edition and their picture for social media, and the site gets
one ``sitemap.xml`` for all editions; without it nothing on the pages depends on where they lie.

If the address of the repository is known (``GWR_REPOSITORY``, or ``repository-code`` in ``CITATION.cff``), each notebook's
page has a link that opens it on mybinder.org, ready to run; ``.binder/`` says what is installed there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from gwr.paths import ROOT
from gwr.site.card_format import HEIGHT, WIDTH
from gwr.words.language import TAGS, translator

ADDRESS = "GWR_SITE_URL"
REPOSITORY = "GWR_REPOSITORY"
CARDS = "_static/cards"
EDITIONS = {"en": "", "zh": "zh/"}
"""The folder of each language's edition, seen from the site's address."""
_DESCRIPTION = Markup('<meta name="description" content="{}">')


@dataclass(frozen=True)
class Book:
    """What ``CITATION.cff`` says: the authors, the title, the version, the day of release, and the repository if it has one."""

    authors: tuple[str, ...]
    title: str
    version: str
    released: str
    repository: str = ""

    @property
    def year(self) -> str:
        return self.released[:4]

    @property
    def short_title(self) -> str:
        return self.title.split(":")[0].strip()


@lru_cache(maxsize=1)
def read_citation(path: Path = ROOT / "CITATION.cff") -> Book:
    """The book as ``CITATION.cff`` describes it.

    Raises:
        ConfigError: the file is missing or lacks a field.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        authors = tuple(
            person.get("name") or f"{person['given-names']} {person['family-names']}" for person in data["authors"]
        )
        repository = str(data.get("repository-code", ""))
        return Book(authors, str(data["title"]), str(data["version"]), str(data["date-released"]), repository)
    except OSError:
        raise ConfigError(f"{path.name} is missing; each page is cited by it. Bring it back.") from None
    except (KeyError, TypeError) as error:
        raise ConfigError(f"{path.name} lacks {error}; each page is cited by it. Add the field.") from None


def set_address(app: Sphinx, config: Config) -> None:
    """Takes the site's address from the environment, and adds the edition's folder to it.

    Raises:
        ConfigError: the address is none.
    """
    root = (os.environ.get(ADDRESS) or config.html_baseurl or "").strip()
    if root and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", root):
        raise ConfigError(
            f"{ADDRESS} is {root!r}, which is no address of a site. Set it to one such as https://example.org/book/"
        )
    config.gwr_site = root.rstrip("/") + "/" if root else ""
    config.html_baseurl = config.gwr_site + EDITIONS[language_of(config)] if root else ""
    config.gwr_repository = read_repository()


def read_repository() -> str:
    """The address of the repository without a slash at its end, or nothing if none is known.

    Raises:
        ConfigError: the address is none.
    """
    found = (os.environ.get(REPOSITORY) or read_citation().repository).strip()
    if found and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s/?#]+){2,}/?", found):
        raise ConfigError(
            f"{REPOSITORY} is {found!r}, which is no address of a repository. Set it to one such as "
            "https://github.com/OWNER/NAME, or unset it"
        )
    return found.rstrip("/").removesuffix(".git")


def run_address(repository: str, notebook: str) -> str:
    """Where mybinder.org opens a notebook of the repository; ``notebook`` is its path there."""
    owned = re.fullmatch(r"https?://(?:www\.)?github\.com/([^/]+/[^/]+)", repository)
    place = f"gh/{quote(owned[1])}" if owned else f"git/{quote(repository, safe='')}"
    return f"https://mybinder.org/v2/{place}/HEAD?urlpath={quote(f'lab/tree/{notebook}', safe='')}"


def language_of(config: Config) -> str:
    """``en`` or ``zh``."""
    found = (config.language or "en")[:2]
    return found if found in EDITIONS else "en"


# --- the citation -----------------------------------------------------------------------------------------------------


def is_part(book: Book, title: str, page: str) -> bool:
    """Whether a page is cited as a part of the book; the first page, whose title differs by edition, stands for the whole."""
    return title != book.short_title and page != "book/index"


def citation(book: Book, title: str, page: str, address: str, language: str) -> Markup:
    """How to cite the page ``page``, which has the title ``title``: a sentence, and BibTeX one click away."""
    _ = translator(__name__, language)
    own = is_part(book, title, page)
    link = Markup(' <a href="{0}">{0}</a>').format(address) if address else ""
    named = Markup("“{}”. {}").format(title, _("In: ")) if own else ""
    return Markup(
        '<div class="cite-page"><p><strong>{}</strong>: {} ({}). {}<cite>{}</cite>, {} {}.{}</p>'
        '<details><summary>{}</summary><pre tabindex="0">{}</pre></details><p>{}</p></div>'
    ).format(
        _("Cite this page"),
        ", ".join(book.authors),
        book.year,
        named,
        book.title,
        _("version"),
        book.version,
        link,
        _("BibTeX"),
        bibtex_of(book, title, page, address),
        _("Text and data CC BY 4.0, code MIT; see the page Downloads."),
    )


def bibtex_of(book: Book, title: str, page: str, address: str) -> str:
    """The page as a BibTeX entry."""
    own = is_part(book, title, page)
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in book.authors),
        "title": f"{{{_tex(title if own else book.title)}}}",
        "booktitle": f"{{{_tex(book.title)}}}" if own else "",
        "version": book.version,
        "year": book.year,
        "url": address,
    }
    kind, key = ("incollection" if own else "book"), re.sub(r"\W", "", page.rpartition("/")[2])
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{taijiang-{key}-{book.year},\n{lines}}}"


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text)


# --- the head of the page ---------------------------------------------------------------------------------------------


def offer_to_run(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tells the template ``run.html`` where a notebook's page can be run."""
    source = Path(app.env.doc2path(page))
    if doctree is None or not app.config.gwr_repository or source.suffix != ".ipynb":
        return
    language = language_of(app.config)
    _ = translator(__name__, language)
    notebook = f"{'' if language == 'en' else f'_build/{language}/'}book/{source.name}"
    context["run"] = {
        "href": run_address(app.config.gwr_repository, notebook),
        "words": _("Run this page"),
        "hint": _("Opens this notebook on mybinder.org, ready to run. The first start takes some minutes."),
    }


def describe_to_others(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Adds the citation to the foot of the page, and what others show of it to its head."""
    language, book = language_of(app.config), read_citation()
    title = _plain(str(context.get("title", ""))) or book.short_title
    base = str(app.config.html_baseurl or "")
    address = f"{base}{quote(page)}.html" if base else ""
    context["theme_extra_footer"] = citation(book, title, page, address, language)
    if doctree is None:  # the search and the index
        context["metatags"] = "".join((context.get("metatags", ""), _DESCRIPTION.format(f"{title}: {book.title}")))
        return
    first = next((found.astext() for found in doctree.findall(nodes.paragraph)), "")
    card = f"{base}{quote(card_of(page))}" if base else ""
    tags = {
        "og:type": "article",
        "og:site_name": book.short_title,
        "og:title": title,
        "og:description": " ".join(first.split())[:155],
        "og:url": address,
        "og:locale": "zh_CN" if language == "zh" else "en",
    }
    if card:
        pictured = title if title == app.config.html_title else f"{app.config.html_title}: {title}"
        tags |= {"og:image": card, "og:image:type": "image/png", "og:image:width": str(WIDTH)}
        tags |= {"og:image:height": str(HEIGHT), "og:image:alt": pictured}
    html = Markup("").join(Markup('<meta property="{}" content="{}">\n').format(*tag) for tag in tags.items() if tag[1])
    twitter = {"twitter:card": "summary_large_image", "twitter:image": card} if card else {"twitter:card": "summary"}
    html += Markup("").join(Markup('<meta name="{}" content="{}">\n').format(*tag) for tag in twitter.items())
    if address:
        html += Markup("").join(
            Markup('<link rel="alternate" hreflang="{}" href="{}">\n').format(
                TAGS[other], f"{app.config.gwr_site}{folder}{quote(page)}.html"
            )
            for other, folder in EDITIONS.items()
        )
        html += Markup('<link rel="alternate" hreflang="x-default" href="{}">\n').format(
            f"{app.config.gwr_site}{quote(page)}.html"
        )
    context["metatags"] = "".join((context.get("metatags", ""), html))  # joined as it is; a sum would escape the first


def card_of(page: str) -> str:
    """Where the picture of a page is, seen from its edition."""
    return f"{CARDS}/{page.rpartition('/')[2]}.png"


def _plain(title: str) -> str:
    return str(Markup(title).striptags())


# --- the lists for search engines -------------------------------------------------------------------------------------


def write_page_lists(edition: Path, address: str, pages: Iterable[str]) -> None:
    """Writes ``robots.txt`` and, if the address is known, ``sitemap.xml``: once, at the root, with the pages of all editions.

    Args:
        edition: the folder of the English edition, whose pages all editions have.
        address: of the site, with a slash at its end; empty if it is not known.
        pages: the pages as they are named below the address: ``book/05_city_2021.html``.
    """
    sitemap = f"Sitemap: {address}sitemap.xml\n" if address else ""
    (edition / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{sitemap}", encoding="utf-8", newline="\n")
    if not address:
        return
    entries = "".join(_sitemap_entry(address, page) for page in sorted(pages))
    (edition / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n",
        encoding="utf-8",
        newline="\n",
    )


def _sitemap_entry(base: str, page: str) -> str:
    """A page in the sitemap, once in each language; each names all of them."""
    places = {TAGS[language]: escape(base + folder + quote(page)) for language, folder in EDITIONS.items()}
    others = "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{place}"/>' for tag, place in places.items())
    return "".join(f"  <url><loc>{place}</loc>{others}</url>\n" for place in places.values())


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("gwr_site", "", "html")
    app.add_config_value("gwr_repository", "", "html")
    app.connect("config-inited", set_address)
    app.connect("html-page-context", offer_to_run, priority=400)  # before the theme drops templates that show nothing
    app.connect("html-page-context", describe_to_others, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
