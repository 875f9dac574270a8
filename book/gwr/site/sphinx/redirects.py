"""Pages that are gone lead on to where they are now (``book/redirects.csv``, see :mod:`gwr.site.permalinks`).

Each becomes a small page with a link, which ``redirects.js`` follows at once and with the anchor; without scripts the browser
follows it by itself. The kept extension for this, sphinx-reredirects, knows no anchors, one language and no policy.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Sequence
from html import escape

from gwr.errors import SiteError
from gwr.site.permalinks import MOVED_MARK, Redirect, follow_redirects
from gwr.words.language import TAGS, translator


def redirect_pages(redirects: Sequence[Redirect], pages: Container[str], language: str) -> dict[str, str]:
    """The HTML of a page for each redirect, by its path in the edition.

    Args:
        redirects: all of them.
        pages: the paths of the edition's own pages: ``book/05_city_2021.html``.
        language: of the edition.

    Raises:
        SiteError: a line leads nowhere, in a circle, or moves a page that is still there.
    """
    made, faults = {}, []
    for row in redirects:
        target = follow_redirects(row.old_page, redirects)
        if f"{row.old_page}.html" in pages:
            faults.append(f"{row.old_page} is moved, but the page is still there")
        elif f"{target}.html" not in pages:
            faults.append(f"{row.old_page} leads to {target}, which is not there")
        made[f"{row.old_page}.html"] = _redirect_page(row.old_page, target, language)
    if faults:
        raise SiteError("book/redirects.csv:\n" + "\n".join(faults))
    return made


def _redirect_page(page: str, target: str, language: str) -> str:
    _ = translator(__name__, language)
    title, now_at = _("This page has moved"), _("It is now at")
    folder = posixpath.dirname(page)
    script = posixpath.relpath("_static/redirects.js", folder)
    link = escape(posixpath.relpath(f"{target}.html", folder))
    return (
        f'<!DOCTYPE html>\n<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{MOVED_MARK}\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(title)}</title>\n<link rel="canonical" href="{link}">\n'
        # Only without scripts, because it would lose the anchor.
        f'<noscript><meta http-equiv="refresh" content="0; url={link}"></noscript>\n'
        f'</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n<p>{escape(now_at)} <a id="target" href="{link}">{link}</a></p>\n'
        f'</main>\n<script src="{script}"></script>\n</body>\n</html>\n'
    )
