"""Sphinx extension: addresses that have moved still lead somewhere (``book/redirects.csv``, see :mod:`gwr.site.permalinks`).

A page that is gone becomes a page that leads on. An anchor that has a new name on its page stands beside the new one. An
anchor that has moved to another page becomes a sentence with a link at the foot of its old page, which
``redirects.js`` follows at once. Without scripts the links are still there.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from gwr.site.permalinks import Redirect, all_ids, follow, is_redirect, pages_of, read_redirects
from gwr.words.language import TAGS, translator

_OURS = re.compile(r"<span class=\"moved\" id=\"[^\"]*\"></span>|<aside class=\"moved\">.*?</aside>", re.DOTALL)


def address(row: Redirect, page: str, redirects: list[Redirect]) -> str:
    """The link from ``page`` to where a line leads in the end."""
    target, anchor = follow(row.new_page, row.new_anchor, redirects)
    link = posixpath.relpath(f"{target}.html", posixpath.dirname(page))
    return f"{link}#{anchor}" if anchor else link


def gone_page(page: str, rows: list[Redirect], redirects: list[Redirect], language: str) -> str:
    """The text of a page that leads on; ``rows`` are the lines of this page, one of them without anchor."""
    moves = {row.old_anchor: address(row, page, redirects) for row in rows}
    _ = translator(__name__, language)
    title, now_at = _("This page has moved"), _("It is now at")
    static = posixpath.relpath("_static", posixpath.dirname(page))
    link = escape(moves[""])
    return (
        f'<!DOCTYPE html>\n<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="gwr-moved" content="yes">\n'
        f'<meta name="robots" content="noindex">\n<title>{title}</title>\n<link rel="canonical" href="{link}">\n'
        f'<script type="application/json" id="moves">{_json(moves)}</script>\n'
        f'<script src="{static}/redirects.js"></script>\n'
        # Only without scripts, because it would lose the anchor.
        f'<noscript><meta http-equiv="refresh" content="0; url={link}"></noscript>\n'
        f'</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{now_at} <a href="{link}">{link}</a></p>\n</main>\n</body>\n</html>\n'
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def with_aliases(html: str, page: str, rows: list[Redirect], redirects: list[Redirect], language: str) -> str:
    """The page with the old anchors of ``rows``, and without those of an earlier build."""
    html = _OURS.sub("", html)
    html = re.sub(r'<script [^>]*id="moves"[^>]*>.*?</script><script src="[^"]*redirects.js"></script>', "", html)
    away: dict[str, str] = {}
    for row in rows:
        target, anchor = follow(row.new_page, row.new_anchor, redirects)
        if target == page and anchor:
            html = _beside(html, anchor, row.old_anchor)
        else:
            away[row.old_anchor] = address(row, page, redirects)
    if not away:
        return html
    _ = translator(__name__, language)
    words = _("This part has moved to")
    notes = "".join(
        f'<p id="{escape(old)}">{words} <a href="{escape(link)}">{escape(link)}</a></p>' for old, link in away.items()
    )
    static = posixpath.relpath("_static", posixpath.dirname(page))
    data = f'<script type="application/json" id="moves">{_json(away)}</script><script src="{static}/redirects.js"></script>'
    html = html.replace("</article>", f'<aside class="moved">{notes}</aside></article>', 1)
    return html.replace("</head>", f"{data}</head>", 1)


def _beside(html: str, anchor: str, alias: str) -> str:
    """The page with an empty element named ``alias`` beside the one named ``anchor``; in a row, inside its first cell."""
    mark = f'<span class="moved" id="{escape(alias)}"></span>'
    found = re.search(rf'<([a-z0-9]+)\b[^>]*?\sid="{re.escape(escape(anchor))}"[^>]*>', html)
    if not found:
        return html
    if found[1] in ("tr", "tbody", "thead", "table"):
        cell = re.compile(r"<t[hd]\b[^>]*>").search(html, found.end())
        at = cell.end() if cell else found.start()
    else:
        at = found.start()
    return html[:at] + mark + html[at:]


def apply(folder: Path, redirects: list[Redirect], language: str = "en") -> list[str]:
    """Puts the redirects into the edition built in ``folder``; returns what is wrong with them, a line each."""
    by_page: dict[str, list[Redirect]] = defaultdict(list)
    for row in redirects:
        by_page[row.old_page].append(row)
    faults = []
    for page, rows in by_page.items():
        file = folder / f"{page}.html"
        exists = file.exists() and not is_redirect(file.read_text(encoding="utf-8"))
        whole = any(not row.old_anchor for row in rows)
        if exists and whole:
            faults.append(f"{page} is moved as a whole, but the page is still there")
        elif not exists and not whole:
            faults.append(f"{page} has anchors moved, but is gone itself: it needs a line without old_anchor")
        elif not exists:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(gone_page(page, rows, redirects, language), encoding="utf-8")
    for file in pages_of(folder):
        html = file.read_text(encoding="utf-8")
        if is_redirect(html):
            continue
        page = file.relative_to(folder).with_suffix("").as_posix()
        clean = with_aliases(html, page, [], redirects, language)
        faults += [
            f"{page}#{row.old_anchor} is moved, but the page still has this anchor"
            for row in by_page[page]
            if row.old_anchor in all_ids(clean)
        ]
        after = with_aliases(html, page, by_page[page], redirects, language)
        if after != html:
            file.write_text(after, encoding="utf-8")
    return faults + lost(folder, redirects)


def lost(folder: Path, redirects: list[Redirect]) -> list[str]:
    """The lines that lead nowhere."""
    faults = []
    for row in redirects:
        page, anchor = follow(row.old_page, row.old_anchor, redirects)
        file = folder / f"{page}.html"
        if not file.exists() or (anchor and anchor not in all_ids(file.read_text(encoding="utf-8"))):
            faults.append(f"{row.old_page}#{row.old_anchor} leads to {page}#{anchor}, which is not there")
    return faults


def forget_old_pages(app: Sphinx) -> None:
    """Removes what an earlier build has left: pages whose source is gone, and redirects that are no longer wanted."""
    for file in pages_of(Path(app.outdir)):
        if f"book/{file.stem}" not in app.env.found_docs:
            file.unlink()


def finish(app: Sphinx, error: Exception | None) -> None:
    """Applies the redirects to the built site.

    Raises:
        ExtensionError: a line leads nowhere, or moves what is still there.
    """
    if error or app.builder.format != "html":
        return
    forget_old_pages(app)
    if faults := apply(Path(app.outdir), read_redirects(), (app.config.language or "en")[:2]):
        raise ExtensionError("book/redirects.csv:\n" + "\n".join(faults))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", finish, priority=600)  # before the policy, which counts the scripts of each page
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
