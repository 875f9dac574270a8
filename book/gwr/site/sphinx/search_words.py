"""Sphinx extension: a search index that finds any Chinese phrase, in a book whose language is English.

Chinese has no spaces, so every run of Chinese characters is indexed by its pairs of neighbours; a phrase is found where
all its pairs stand. English words keep the stemmer of Sphinx; marks on letters (pinyin's tones) make no difference. Words
of neighbouring cells of a table stay two words, and a page is found under the further words of :mod:`names`, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import languages
from sphinx.search.en import SearchEnglish

from gwr.site.sphinx.search_names import more_words, without_marks

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BLOCK = re.compile(r"</?(?:td|th|tr|li|dt|dd|p|div|br|caption|summary|figcaption|text|option|h[1-6])\b", re.IGNORECASE)


class SearchEnglishAndChinese(SearchEnglish):
    js_splitter_code = r"""
function splitQuery(query) {
  const plain = query.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  const runs = plain.match(/[\u3400-\u9fff]+|[^\s\u3400-\u9fff\p{P}\p{S}]+/gu) || [];
  return runs.flatMap(run => !/[\u3400-\u9fff]/.test(run) || run.length < 2 ? [run] :
    [...run].slice(1).map((next, i) => run[i] + next));
}
"""

    def split(self, text: str) -> list[str]:
        words = []
        for run in _RUN.findall(without_marks(text)):
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


class Builder(StandaloneHTMLBuilder):
    """Sphinx's own builder; only what it gives to the search index, and what it keeps of an older one, differs."""

    def dump_search_index(self) -> None:
        if self.indexer is not None:
            self.indexer.prune(self.env.all_docs)
            # A word that no page has any more stays in the index of Sphinx, with an empty list; a new index has it not.
            for pages_of_word in (self.indexer._mapping, self.indexer._title_mapping):
                for word in [word for word, pages in pages_of_word.items() if not pages]:
                    del pages_of_word[word]
        super().dump_search_index()

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        super().index_page(pagename, for_the_index(doctree, more_words(pagename)), title)


def for_the_index(doctree: nodes.document, words: list[str]) -> nodes.document:
    """A copy of the page with a space wherever one HTML block meets the next, and with further words at its end."""
    copy = doctree.deepcopy()
    for node in copy.findall(nodes.raw):
        node.children = [nodes.Text(_BLOCK.sub(r" \g<0>", node.astext()))]
    copy += nodes.paragraph("", " ".join(words))
    return copy


def setup(app: Sphinx) -> dict[str, Any]:
    languages["en"] = languages["zh"] = SearchEnglishAndChinese
    app.add_builder(Builder, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
