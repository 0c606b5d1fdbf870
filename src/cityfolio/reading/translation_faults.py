"""What a translation must keep of the text that it translates: what is filled in, and nothing that a page reads as code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import zip_longest

from cityfolio.reading.catalogues import Message

__all__ = ["Fault", "faults_of"]

_FILLED = re.compile(r"%\(\w+\)[sd]")
_BRACED = re.compile(r"\{(\w+)[^{}]*\}")
_TAG = re.compile(r"<[^<>]*>|&#?\w+;")
# What ends or begins code wherever a page says a text: within an element as within an attribute.
_SIGN = re.compile('[<>&"\ufdd0\ufdd1]')
_PER_CENT = re.compile(r"%%|%\(\w+\)[sd]|(%)")
# A sentence may speak of units without the word or with it; a form of a plural may say its number in words.
_NOUNS = frozenset({"{unit}", "{units}"})
_NUMBER = frozenset({"%(num)s"})


@dataclass(frozen=True)
class Fault:
    """What is wrong with a translation: the `code` of the finding, what it is about, and what could be meant."""

    code: str
    got: str
    known: tuple[str, ...] = ()


def faults_of(text: Message, translation: str) -> Iterator[Fault]:
    """What is wrong with a translation of a text of the product.

    Texts without a context stand in templates, where markup is markup: a translation has the tags of its source, in their order,
    and no other sign that HTML reads. All others are escaped, and read names in braces.

    >>> list(faults_of(Message("", "%(number)s cities"), "kaupunkia"))
    [Fault(code='translate.lost-name', got='%(number)s', known=())]
    >>> list(faults_of(Message("", "Map"), "<b>Kartta</b>"))
    [Fault(code='translate.markup', got='<b>', known=())]
    >>> list(faults_of(Message("phrases.same.all", "as do all {base} {units}"), "kuten kaikki {base}"))
    []
    """
    known, held = _names(f"{text.source}{text.plural}"), _names(translation)
    free = _free(text)
    yield from (Fault("translate.lost-name", name) for name in sorted(known - held - free))
    yield from (Fault("translate.unknown-name", _bare(n), _all_bare(known)) for n in sorted(held - known - free))
    if markup := _markup(text, translation):
        yield Fault("translate.markup", markup)
    if not text.context and any(alone for alone in _PER_CENT.findall(translation)):
        yield Fault("translate.per-cent", translation)


def _free(text: Message) -> Set[str]:
    return _NOUNS if text.context else _NUMBER if text.plural else frozenset()


def _names(words: str) -> Set[str]:
    without_tags = _TAG.sub("", words)
    return {*_FILLED.findall(without_tags), *(f"{{{name}}}" for name in _BRACED.findall(without_tags))}


def _bare(name: str) -> str:
    return name.strip("{}")


def _all_bare(names: Set[str]) -> tuple[str, ...]:
    return tuple(map(_bare, sorted(names)))


def _markup(text: Message, translation: str) -> str:
    """The first piece of markup that is not the source's; nothing where all is as it should be."""
    wanted: list[str] = _TAG.findall(text.source)
    held: list[str] = _TAG.findall(translation)
    for other, one in zip_longest(wanted, held, fillvalue=""):
        if one != other:
            return one or other
    # What is escaped may have quotation marks.
    sign = _SIGN.search(_TAG.sub("", translation)) if not text.context else None
    return sign[0] if sign else ""
