"""Sentences as runs of text, in which every number keeps the id of its fact."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

__all__ = ["ForeignRun", "Run", "Sentence", "foreign", "plain_text", "text"]


@dataclass(frozen=True)
class Run:
    """A piece of a sentence: words, or a number with its fact and which part of it (numerator, base, share, value) it is."""

    text: str
    fact: str = ""
    part: str = ""


@dataclass(frozen=True)
class ForeignRun(Run):
    """A piece of a sentence that is in another language than the page around it."""

    language: str = ""


Sentence: TypeAlias = tuple[Run, ...]


def foreign(sentence: Sentence, language: str) -> Sentence:
    """The sentence, said to be in a language of its own.

    >>> foreign(text("It rains."), "en")
    (ForeignRun(text='It rains.', fact='', part='', language='en'),)
    """
    return tuple(ForeignRun(run.text, run.fact, run.part, language) for run in sentence)


@lru_cache(maxsize=10_000)
def text(words: str) -> Sentence:
    """A sentence without numbers. The pieces of patterns are said again and again, so they are made once.

    >>> text("It rains.")
    (Run(text='It rains.', fact='', part=''),)
    """
    return (Run(words),)


def plain_text(sentence: Sentence) -> str:
    """The sentence as text alone.

    >>> plain_text((Run("As do "), Run("44", "f", "numerator"), Run(" cities.")))
    'As do 44 cities.'
    """
    return "".join(run.text for run in sentence)
