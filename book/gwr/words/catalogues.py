"""The translation catalogues: brought up to date with the English words, and checked.

``python -m gwr catalogues`` writes them; each is a gettext PO file that any translation program opens. A domain is a module of the
helper package, a page (``pages/01_headlines_2021``) or ``book`` (the titles of the book and its parts). Two more are kept by hand,
because they follow the data: ``codes`` and ``data``, to which ``python -m gwr catalogues data`` adds the sentences of the tables.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from gwr.paths import BOOK, ROOT
from gwr.words.harmless import added_by_translation, fields
from gwr.words.language import catalogue_path
from gwr.words.translation import markdown_messages, messages_of

BY_HAND = ("codes", "data")
"""The domains that follow the data and are not extracted."""


def pages() -> list[Path]:
    """Every page of the book: notebooks and Markdown files."""
    return sorted((*BOOK.glob("*.ipynb"), *BOOK.glob("*.md")))


def modules() -> list[Path]:
    """The modules of the helper package and the extensions of the site that speak to readers."""
    files = sorted((BOOK / "gwr").rglob("*.py"))
    return [file for file in files if re.search(r"^ *_ = translator\(", file.read_text(encoding="utf-8"), re.MULTILINE)]


def domain_of(module: Path) -> str:
    """The name of a module's catalogue: ``show.charts`` for ``gwr/show/charts.py``."""
    return ".".join(module.relative_to(BOOK / "gwr").with_suffix("").parts)


def module_messages(path: Path) -> list[str]:
    """The words that a module passes to ``_()``, each once, in order."""
    with path.open("rb") as file:
        found = extract("python", file, keywords={"_": None}, options={"encoding": "utf-8"})
        return list(dict.fromkeys(str(message) for _, message, _, _ in found))


def page_messages(path: Path, known: Catalog) -> list[str]:
    """The messages of a page, with the literals that its catalogue has added by hand."""
    if path.suffix == ".md":
        return list(dict.fromkeys(message.text for message in markdown_messages(path.read_text(encoding="utf-8"))))
    return messages_of(nbformat.read(path, as_version=4), {str(one.id) for one in known if one.id and one.string})


def book_messages() -> list[str]:
    """The words of the site outside its pages: its title, the captions of its parts, and what the configuration says."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return [config["title"], *(part["caption"] for part in toc.get("parts", ())), *words_of_config(config).values()]


def words_of_config(config: Mapping[str, Any]) -> dict[str, str]:
    """What the configuration of Sphinx says to readers, by the name of the setting."""
    return {name: config["sphinx"]["config"][name] for name in ("nb_code_prompt_show", "nb_code_prompt_hide")}


def domains() -> Iterator[tuple[str, Path | None]]:
    """Every domain that is extracted, with the file that it belongs to."""
    yield "book", None
    yield from ((domain_of(path), path) for path in modules())
    yield from ((f"pages/{path.stem}", path) for path in pages())


def read_catalogue(domain: str, language: str) -> Catalog:
    """The catalogue as it is; empty if there is none."""
    path = catalogue_path(domain, language)
    if not path.exists():
        return Catalog(locale=language)
    return read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)


def wanted(domain: str, path: Path | None, language: str) -> list[str]:
    """The messages that the catalogue of a domain must hold, in order."""
    if path is None:
        return book_messages()
    if path.suffix == ".py":
        return module_messages(path)
    return page_messages(path, read_catalogue(domain, language))


def update(domain: str, path: Path | None, language: str) -> bool:
    """Brings a catalogue up to date: new messages come in empty, changed ones in doubt (fuzzy); says whether it changed."""
    file = catalogue_path(domain, language)
    old = read_catalogue(domain, language)
    template = Catalog()
    for message in wanted(domain, path, language):
        template.add(message)
    old.update(template, no_fuzzy_matching=False)
    old.obsolete.clear()
    text = as_po(old, [str(message.id) for message in template if message.id], language)
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return True


def add_sentences(sentences: Iterable[str], language: str) -> int:
    """Adds the sentences of the tables that the catalogue ``data`` lacks, with empty translations; says how many."""
    path = catalogue_path("data", language)
    known = {str(one.id) for one in read_catalogue("data", language)}
    new = Catalog()
    for sentence in sentences:
        if sentence and sentence not in known:
            new.add(sentence)
    if not len(new):
        return 0
    out = io.BytesIO()
    write_po(out, new, omit_header=True, width=0)
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + out.getvalue().decode("utf-8").strip() + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return len(new)


def as_po(catalogue: Catalog, order: list[str], language: str) -> str:
    """The catalogue as the text of a PO file in this order, with a head that says nothing of time or machine."""
    plain = Catalog(locale=catalogue_path("x", language).parts[-3], fuzzy=False)
    for key in order:
        message = catalogue[key]
        plain.add(key, message.string if message else "", flags=["fuzzy"] if message and message.fuzzy else [])
    out = io.BytesIO()
    write_po(out, plain, omit_header=True, width=0)
    head = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Taijiang by the Numbers\\n"\n'
        f'"Language: {catalogue_path("x", language).parts[-3]}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head + out.getvalue().decode("utf-8").strip() + "\n"


def faults(domain: str, path: Path | None, language: str) -> Iterator[str]:
    """What is wrong with the catalogue of a domain, one sentence each: what no change may leave behind.

    A message without Chinese, or with Chinese that is in doubt, is no fault, see :func:`untranslated`; the page shows English.
    """
    catalogue = read_catalogue(domain, language)
    for text in wanted(domain, path, language):
        message = catalogue[text]
        where = f"{catalogue_path(domain, language).name}: {text[:60]!r}"
        if message is None:
            yield f"{where} is not in the catalogue; run 'python -m gwr catalogues {domain.removeprefix('pages/')}'"
        elif message.fuzzy or not message.string:
            continue
        elif added := added_by_translation(text, str(message.string)):
            yield f"{where}: has {added}, which the English has not"
        elif lost := lost_fields(text, str(message.string)):
            yield f"{where}: {lost}"


def untranslated(domain: str, language: str) -> list[str]:
    """What the pages of a language show in English for want of a translation, one sentence each; a release has none.

    Args:
        domain: any of :func:`domains`, or one that is kept by hand (:data:`BY_HAND`).
        language: one of the languages besides English.
    """
    name = catalogue_path(domain, language).name
    waiting = [message for message in read_catalogue(domain, language) if message.id]
    empty = [f"{name}: {str(one.id)[:60]!r} has no translation" for one in waiting if not one.string]
    changed = "changed in English; look at its translation and remove the mark fuzzy"
    return empty + [f"{name}: {str(one.id)[:60]!r} {changed}" for one in waiting if one.string and one.fuzzy]


def lost_fields(text: str, translation: str) -> str:
    """Which field of a message a translation has lost; empty if they are all there.

    A field may be dropped only if it holds English for which the message has the Chinese too (``{top}`` beside ``{top_zh}``).
    """
    before, after = set(fields(text)), set(fields(translation))
    lost = [name for name in before - after if not any(f"{_bare(name)}_zh" in other for other in before)]
    lost = [name for name in lost if not re.search(r"_en\b|:en$", name)]
    return f"has lost the field {{{sorted(lost)[0]}}}" if lost else ""


def _bare(field: str) -> str:
    return re.split(r"[:!]", field)[0]
