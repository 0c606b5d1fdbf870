"""Writing the catalogues of a programme: what there is to translate goes in, what is translated stays."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.plurals import get_plural

from cityfolio.build.catalogues import catalogue_name, product_texts, programme_texts, untranslated
from cityfolio.build.programme import load_texts
from cityfolio.errors import WrongUse
from cityfolio.model.identifiers import is_identifier
from cityfolio.reading.catalogues import Catalogue, Message, read_catalogue
from cityfolio.reading.product_catalogues import unspoken_messages
from cityfolio.reading.text import Source
from cityfolio.reading.writing_catalogues import catalogue_text, updated

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme

__all__ = ["CatalogueState", "catalogue_state", "header", "write_catalogue"]


@dataclass(frozen=True)
class CatalogueState:
    """A catalogue beside what there is to translate: all texts, and those without a reviewed translation.

    The texts of the product, which a programme may leave as they are, are counted apart.
    """

    language: str
    name: str
    texts: tuple[Message, ...]
    lacking: tuple[Message, ...]
    of_product: tuple[Message, ...] = ()
    lacking_of_product: tuple[Message, ...] = ()


def header(language: str) -> str:
    """The head of a catalogue: its language and plural rule, and no dates, so that equal texts give equal files."""
    number, rule = get_plural(language.replace("-", "_"))
    return (
        f"Language: {language}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: nplurals={number}; plural={str(rule).rstrip(';')};\n"
    )


def catalogue_state(folder: Path, language: str = "") -> list[CatalogueState]:
    """The state of one catalogue of a programme, or of all that it may have: of further languages, and of one unknown to us.

    Raises:
        WrongUse: if the programme is written in that language and we speak it, or there is no language to name.
    """
    programme = load_texts(folder)
    first, *further = programme.languages
    languages = [language] if language else [*([first] if unspoken_messages(first) else []), *further]
    if not languages:
        raise WrongUse("The programme has one language. Name another with --language, or list it in programme.yml.")
    return [_state(programme, one, _held(programme, one)) for one in languages]


def write_catalogue(folder: Path, language: str) -> CatalogueState:
    """Write or bring up to date the catalogue of a language. A translation that is there is never changed.

    Raises:
        WrongUse: if the programme is written in that language and we speak it, or the catalogue cannot be read.
    """
    programme = load_texts(folder)
    held = _held(programme, language)
    forms = get_plural(language.replace("-", "_"))[0]
    texts = (*_own_texts(programme, language), *product_texts(programme, language))
    merged = replace(updated(held, texts, forms), header=held.header or header(language))
    path = programme.folder / catalogue_name(language)
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(catalogue_text(merged), encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - whole or not at all
    return _state(programme, language, merged)


def _state(programme: Programme, language: str, catalogue: Catalogue) -> CatalogueState:
    texts, ours = _own_texts(programme, language), product_texts(programme, language)
    lacking, lacking_of_ours = (tuple(untranslated(catalogue, those)) for those in (texts, ours))
    return CatalogueState(language, catalogue_name(language), texts, lacking, ours, lacking_of_ours)


def _own_texts(programme: Programme, language: str) -> tuple[Message, ...]:
    """The texts of the programme that are to be translated: none into the language that they are written in."""
    return programme_texts(programme, language) if language != programme.language else ()


def _held(programme: Programme, language: str) -> Catalogue:
    if language == programme.language and not unspoken_messages(language):
        raise WrongUse(f'The programme is written in "{language}"; a catalogue is for another language.')
    if not is_identifier(language):
        raise WrongUse(f'"{language}" is no language: use a code such as ko or pt-BR.')
    name = catalogue_name(language)
    path = programme.folder / name
    if not path.exists():
        return Catalogue(language)
    catalogue, findings = read_catalogue(Source(path, name, "it is a catalogue", programme.folder), language)
    if catalogue is None:
        raise WrongUse(f"{findings[0].at}: {findings[0].message}")
    return catalogue
