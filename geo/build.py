"""Builds every geometry file of ``geo/``, each from what the one before made.

Usage:
    python geo/build.py            write the files
    python geo/build.py --check    change nothing; fail where a file differs from what its builder makes
    python geo/build.py streets    only this builder
"""

from __future__ import annotations

import build_district
import build_streets
import build_subdistricts
from builders_common import run

BUILDERS = {
    "district": build_district.build,
    "subdistricts": build_subdistricts.build,
    "streets": build_streets.build,
}

if __name__ == "__main__":
    raise SystemExit(run(BUILDERS))
