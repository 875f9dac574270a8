"""Links between notebooks, which are links between pages on the site."""

from __future__ import annotations

import re

_NOTEBOOK = re.compile(r"(\w+)\.ipynb(?=#|&quot;|&#34;|\")")


def with_page_links(html: str) -> str:
    """HTML with the links that end in ``.ipynb`` ending in ``.html``, in the frames of maps too.

    >>> with_page_links('<a href="source.ipynb#c001">')
    '<a href="source.html#c001">'
    """
    return _NOTEBOOK.sub(r"\1.html", html)
