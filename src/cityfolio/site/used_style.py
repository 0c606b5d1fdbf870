"""The part of a style sheet that a page can have a use for: rules whose names neither it nor its scripts name are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["used_style"]

_WORD = re.compile(r"[\w-]+")
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
_ATTRIBUTE = re.compile(r'\b(?:class|id)="([^"]*)"')
# A comment is found so that quotes in it open nothing.
_SAID = re.compile(r'//.*|"((?:[^"\\]|\\.)*)"')
_CODE = re.compile(r"\$\{[^{}`]*\}")
# What a script looks for stands there already, or never comes; a class that it gives is written without a dot.
_ASKED = re.compile(r'\.(?:closest|matches|querySelector(?:All)?)\("[^"]*"')
_ASKED_CLASS = re.compile(r"\.[\w-]+")
_MADE = re.compile(r'\b(?:make|drawn|createElement|createElementNS)\((?:[\w.]+, |"[^"]*", )?"([a-z][a-z0-9]*)"')
_BRACE = re.compile(r"[{}]")
_OF_OTHERS = re.compile(r":(?:not|has|is|where)\((?:[^()]|\([^()]*\))*\)")
_SELECTOR = re.compile(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+")
_TEXT = re.compile(r'"[^"]*"')
_NAME = re.compile(r"[.#]([\w-]+)")
_TAG = re.compile(r"(?<![\w.#:\[=(-])([a-z][a-z0-9]*)(?![\w-]*[\]=])")
_CONDITIONS = ("@media", "@supports")


@dataclass(frozen=True)
class _Words:
    """What a page has or may come to have: classes and ids, and elements."""

    names: frozenset[str]
    elements: frozenset[str]


def used_style(style: str, page: str, *scripts: str) -> str:
    """Of a squeezed style sheet the rules and selectors whose every class, id and element the page or a text of a script names.

    >>> used_style("p{top:0}.a .b,.c{top:1px}@media print{.a{top:2px}i{top:3px}}", '<p class="a c">b')
    'p{top:0}.c{top:1px}@media print{.a{top:2px}}'
    >>> used_style(".a{top:0}.b{top:1px}.c{top:2px}", "<p>", 'let b = make("p", { class: "a" }); // "c"')
    '.a{top:0}'
    """
    said, made = _said_and_made(scripts)
    named = (word for names in _ATTRIBUTE.findall(page) for word in _WORD.findall(names))
    return _used(style, _Words(frozenset((*named, *said)), frozenset((*_ELEMENT.findall(page), *made, *said))))


# Whoever builds again and again has the same scripts every time, and pages of nearly always the same words.
@lru_cache(maxsize=20)
def _said_and_made(scripts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The words in what scripts say, and the elements that they make."""
    lines = [_ASKED.sub(" ", line) for script in scripts for line in script.splitlines()]
    said = frozenset(word for line in lines for word in _WORD.findall(_texts(_MADE.sub(" ", line))))
    return said, frozenset(element for line in lines for element in _MADE.findall(line))


@lru_cache(maxsize=20)
def _used(style: str, words: _Words) -> str:
    return "".join(_kept(style, words))


def _texts(line: str) -> str:
    """What stands in quotes in a line of script, and in templates but for the code in them; classes that are looked for left out.

    A line that goes on elsewhere, or has templates in templates or what may be a comment beside one, is taken whole.

    >>> _texts('make("b", { text: `of ${count} ${few ? "thin" : ""}` });').split()
    ['b', 'thin', 'of']
    >>> _texts('for (const wide of all(".table > section")) wide.classList.add("far");').split()
    ['>', 'section', 'far']
    """
    said = _SAID.findall(line)
    if "`" in line:
        outside = _CODE.sub(" ", line)
        if "${" in outside or "//" in line or outside.count("`") % 2:
            return line
        said += outside.split("`")[1::2]
    return _ASKED_CLASS.sub(" ", " ".join(said))


def _kept(style: str, words: _Words) -> Iterator[str]:
    for opening, inside in _blocks(style):
        if opening.startswith(_CONDITIONS):
            kept = "".join(_kept(inside, words))
            if kept:
                yield f"{opening}{{{kept}}}"
        elif opening.startswith("@"):
            yield f"{opening}{{{inside}}}"
        elif used := [one for one in _SELECTOR.findall(opening) if _is_used(one, words)]:
            yield f"{','.join(used)}{{{inside}}}"


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


def _is_used(selector: str, words: _Words) -> bool:
    """By what a selector says of the element itself and of those about it, not by what it says of others (`:has`, `:not`)."""
    names = _OF_OTHERS.sub("", _TEXT.sub('""', selector))
    return words.names.issuperset(_NAME.findall(names)) and words.elements.issuperset(_TAG.findall(names))
