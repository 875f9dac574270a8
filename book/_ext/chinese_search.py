"""Sphinx extension: a search index that finds any Chinese phrase, in a book whose language is English.

Chinese has no spaces, so every run of Chinese characters is indexed by its pairs of neighbours; a phrase is found where
all its pairs stand. English words keep the stemmer of Sphinx.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.search import languages
from sphinx.search.en import SearchEnglish

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class SearchEnglishAndChinese(SearchEnglish):
    js_splitter_code = r"""
function splitQuery(query) {
  const runs = query.match(/[\u3400-\u9fff]+|[^\s\u3400-\u9fff\p{P}\p{S}]+/gu) || [];
  return runs.flatMap(run => !/[\u3400-\u9fff]/.test(run) || run.length < 2 ? [run] :
    [...run].slice(1).map((next, i) => run[i] + next));
}
"""

    def split(self, text: str) -> list[str]:
        words = []
        for run in _RUN.findall(text):
            if _CHINESE.match(run):
                words += [run[i : i + 2] for i in range(len(run) - 1)] + list(dict.fromkeys(run))
            else:
                words.append(run)
        return words

    def init(self, options: dict[str, Any]) -> None:
        super().init(options)
        self.stem = cache(self.stem)  # type: ignore[method-assign]  # the pages share most of their words

    def word_filter(self, word: str) -> bool:
        return bool(_CHINESE.match(word)) or super().word_filter(word)


def setup(app: Sphinx) -> dict[str, Any]:
    languages["en"] = SearchEnglishAndChinese
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
