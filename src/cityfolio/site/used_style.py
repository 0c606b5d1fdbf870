"""The part of a style sheet that a page can have a use for: rules whose names occur nowhere in it are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["used_style"]

_WORD = re.compile(r"[\w-]+")
_BRACE = re.compile(r"[{}]")
_OF_OTHERS = re.compile(r":(?:not|has|is|where)\((?:[^()]|\([^()]*\))*\)")
_TEXT = re.compile(r'"[^"]*"')
_NAME = re.compile(r"[.#]([\w-]+)")
_TAG = re.compile(r"(?<![\w.#:\[=(-])([a-z][a-z0-9]*)(?![\w-]*[\]=])")
_CONDITIONS = ("@media", "@supports")


def used_style(style: str, *texts: str) -> str:
    """The rules of a squeezed style sheet of which every class, id and element is a word of the texts: a page and its scripts.

    >>> used_style("p{top:0}.a .b,.c{top:1px}@media print{.a{top:2px}i{top:3px}}", '<p class="a c">')
    'p{top:0}.a .b,.c{top:1px}@media print{.a{top:2px}}'
    """
    words = frozenset(word for text in texts for word in _WORD.findall(text))
    return "".join(_kept(style, words))


def _kept(style: str, words: frozenset[str]) -> Iterator[str]:
    for opening, inside in _blocks(style):
        if opening.startswith(_CONDITIONS):
            kept = "".join(_kept(inside, words))
            if kept:
                yield f"{opening}{{{kept}}}"
        elif opening.startswith("@") or any(_is_used(one, words) for one in _apart(opening)):
            yield f"{opening}{{{inside}}}"


def _blocks(style: str) -> Iterator[tuple[str, str]]:
    """What stands before the braces and between them, as deep as they go."""
    depth = start = inside = 0
    for brace in _BRACE.finditer(style):
        if brace[0] == "{":
            inside = brace.end() if depth == 0 else inside
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield style[start : inside - 1], style[inside : brace.start()]
            start = brace.end()


def _apart(selectors: str) -> list[str]:
    """The selectors of a rule, each without what it says of others (`:has`, `:not`) and without texts in quotes."""
    return _OF_OTHERS.sub("", _TEXT.sub('""', selectors)).split(",")


def _is_used(selector: str, words: frozenset[str]) -> bool:
    return words.issuperset(_NAME.findall(selector)) and words.issuperset(_TAG.findall(selector))
