"""Reads the quantities out of any Chinese government work report, by plain rules.

``extract(text)`` finds every number the report states with its unit, comparator, measure, indicator, period, status and
section, and says of every other number why it is none. The modules follow the order of work:

``reading`` (a file becomes text, within the ``limits``), ``normal`` (one alphabet for digits and signs, same length), ``traps``
(numerals that are dates, names, slogans), ``numbers`` (numeral, sign, unit, comparator, range), ``refusals`` (quantities in form
that are none in sense), ``frames`` (part, section), ``kinds`` (the measure), ``statuses``, ``indicators`` (what is counted),
``periods`` (the years), ``export`` and ``corpus`` (thousands of reports).
"""

from __future__ import annotations

from gwr.extract.engine import Extraction, extract, iter_quantities
from gwr.extract.model import COLUMNS, Other, Quantity
from gwr.extract.reading import Document, read_document

__all__ = ["COLUMNS", "Document", "Extraction", "Other", "Quantity", "extract", "iter_quantities", "read_document"]
