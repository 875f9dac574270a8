"""Numbers of tables are not broken from their units."""

from __future__ import annotations

import re

import pytest
from gwr.site.sphinx.whole_numbers import keep_numbers_whole


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("677.77亿元", ["677.77亿元"]),
        ("about CNY 67.777 billion in all", ["CNY 67.777 billion"]),
        ("&gt; 99%", ["&gt; 99%"]),
        ("+12.9 points", ["+12.9 points"]),
        ("新增1.88万人，4家", ["1.88万人", "4家"]),
        ("30–40 minutes", ["30–40 minutes"]),
        ('<a href="source.html#c001">58,500 m²</a>', ["58,500 m²"]),
        ("8.5", []),
        ("c012", []),
        ('<span title="5 km">none</span>', []),
        ("29 pledges", []),
    ],
)
def test_a_number_with_its_unit_does_not_wrap(cell, whole):
    html = keep_numbers_whole(f"<p>5 km</p><table><tr><td>{cell}</td></tr></table>")
    assert re.findall(r'<span class="nb">(.*?)</span>', html) == whole
    assert (
        re.sub(r'<span class="nb">([^<]*)</span>', r"\1", html) == f"<p>5 km</p><table><tr><td>{cell}</td></tr></table>"
    )
