"""Turns pinned requirements into ranges up to the next major version: ``python .ci/newest.py requirements.in``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

HELD = {"jupyter-book", "sphinx-book-theme", "jsonschema"}
"""Those whose newer versions are known not to do; requirements.in says why."""


def newest(lines: list[str]) -> list[str]:
    """The requirements with ``==1.2.3`` as ``>=1.2.3,<2``; comments and options go.

    >>> newest(["pandas==3.1.1   # tables", "jupyter-book==1.0.4.post1", "-c requirements.txt", ""])
    ['pandas>=3.1.1,<4', 'jupyter-book==1.0.4.post1']
    """
    wanted = []
    for line in lines:
        if found := re.match(r"([A-Za-z0-9_.-]+)==((\d+)\S*)", line):
            name, version, major = found.groups()
            held = name.lower() in HELD
            wanted.append(f"{name}=={version}" if held else f"{name}>={version},<{int(major) + 1}")
    return wanted


if __name__ == "__main__":
    print(
        "\n".join(line for name in sys.argv[1:] for line in newest(Path(name).read_text(encoding="utf-8").splitlines()))
    )
