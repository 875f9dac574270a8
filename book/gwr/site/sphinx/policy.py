"""A strict Content-Security-Policy on every page.

Only scripts of this site run. The few that the theme writes into the page are named by their hashes, those inside a map
too, because a map's frame inherits the policy of its page. Nothing is evaluated from text: the chart library runs with its
interpreter. Styles may stand in the page, which the theme and the charts need. Nothing is sent anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

# Scripts without src; data blocks (charts, JSON) are never run and need no hash.
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/)[^>]*>(.*?)</script>", re.DOTALL)
_FRAME = re.compile(r'srcdoc="([^"]*)"')


def policy(html: str) -> str:
    """The policy under which this page, with the maps in it, runs."""
    frames = [unescape(found) for found in _FRAME.findall(html)]
    scripts = {script for text in (_FRAME.sub("", html), *frames) for script in _INLINE.findall(text)}
    hashes = sorted(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' " + " ".join(f"'sha256-{value}'" for value in hashes),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def with_policy(html: str) -> str:
    """The page with its policy; after every other change to its scripts."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return re.sub(r"(<meta charset=[^>]*>)", rf"\1\n    {meta}", html, count=1)
