"""The text layer of a PDF given on standard input, a page an item, as JSON on standard output.

:mod:`gwr.extract.reading_pdf` runs this file in a process of its own, which it can stop: a PDF is a program for drawing pages,
and nothing but the clock says how long it runs. Arguments: bytes of memory, seconds of processor time, characters of text.
It imports nothing of this package.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any


def main(memory: int, seconds: int, longest: int) -> dict[str, Any]:
    """``pages`` with the text of each, or ``error`` with what went wrong."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        pass  # a system without such limits: the clock of the parent remains
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a damaged object is an empty page in the result
    pages: list[str] = []
    left = longest
    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "password"}
        for page in reader.pages:
            try:
                words = page.extract_text()
            except (MemoryError, DependencyError):
                raise
            except Exception:
                words = ""
            pages.append(words)
            left -= len(words) + 1
            if left < 0:
                return {"error": "long"}
    except MemoryError:
        return {"error": "memory"}
    except DependencyError:
        return {"error": "password"}
    except Exception as error:  # whatever a damaged file makes the library raise
        return {"error": "damaged", "why": f"{type(error).__name__}: {error}"[:200]}
    return {"pages": pages}


if __name__ == "__main__":
    answer = main(*map(int, sys.argv[1:]))
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
