"""Conditions of questionnaires, as XLSForm and LimeSurvey write them: read once, and turned into routing where they can be.

Routing says which recorded answers lead past a question. A condition says which answers lead to it; that is the same as long as
it only asks for choices, joined by "and", or for one of several choices of one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

__all__ = [
    "All",
    "Broken",
    "Condition",
    "Either",
    "Is",
    "Past",
    "Unfit",
    "is_broken",
    "leads_past",
    "names_in",
    "read_condition",
]


@dataclass(frozen=True)
class Is:
    """The answer to a question is, or is not, this one; of several answers: it is among them."""

    variable: str
    code: str
    holds: bool = True


@dataclass(frozen=True)
class All:
    """All of these hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """At least one of these holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = "Is | All | Either"


class Unfit(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The condition says something that no routing can say."""


class Broken(Unfit):
    """The condition cannot be read at all: a bracket or a quotation mark is never closed."""


@dataclass(frozen=True)
class Past:
    """The answers that lead past a question, and whether having none led past it as well."""

    codes: Mapping[str, tuple[str, ...]]
    unanswered_too: bool = False


_DEEPEST = 100  # brackets; nobody writes more, and each is a step into the depth

_TOKEN = re.compile(
    r"\s*(?:\$\{(?P<name>[^}]*)\}|(?P<text>'[^']*'|\"[^\"]*\")|(?P<sign>!=|==|<=|>=|&&|\|\||[=<>!(),])"
    r"|(?P<word>[A-Za-z_][\w.-]*|[0-9]+X[0-9]+X[\w.]+)|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|(?P<odd>\S))"
)


def is_broken(text: str) -> bool:
    """Whether a bracket or a quotation mark is never closed.

    >>> is_broken("selected(${a}, 'b'"), is_broken("${a} = 'b)'")
    (True, False)
    """
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", text)
    depth = 0
    for character in bare:
        depth += (character in "({[") - (character in ")}]")
        if depth < 0:
            return True
    return depth != 0 or "'" in bare or '"' in bare


def read_condition(text: str) -> Condition:
    """The condition that a text states.

    >>> read_condition("${plan} = 'yes' and not(selected(${areas}, 'none'))")
    All(parts=(Is(variable='plan', code='yes', holds=True), Is(variable='areas', code='none', holds=False)))

    Raises:
        Broken: if it cannot be read.
        Unfit: if it says what no routing can.
    """
    if is_broken(text):
        raise Broken(text)
    tokens = [(match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(text)]
    if sum(token in ("(", "!") for _, token in tokens) > _DEEPEST:
        raise Unfit(text)
    reader = _Reader(tokens)
    condition = reader.either(holds=True)
    if reader.left:
        raise Unfit(text)
    return condition


class _Part(Protocol):
    """Reads one part of a condition."""

    def __call__(self, *, holds: bool) -> Condition: ...


class _Reader:
    """Reads tokens from left to right; a denial is carried inwards to what it denies."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens

    def either(self, *, holds: bool) -> Condition:
        return self._joined(("or", "||"), self._all, Either if holds else All, holds=holds)

    def _all(self, *, holds: bool) -> Condition:
        return self._joined(("and", "&&"), self._one, All if holds else Either, holds=holds)

    def _joined(self, words: tuple[str, ...], part: _Part, join: type[All | Either], *, holds: bool) -> Condition:
        parts = [part(holds=holds)]
        while self.left and self.left[0][1].lower() in words and self.left[0][0] in ("word", "sign"):
            self.left.pop(0)
            parts.append(part(holds=holds))
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _one(self, *, holds: bool) -> Condition:
        kind, sign = self._next()
        if sign == "!":
            return self._one(holds=not holds)
        if sign == "(":
            return self._closed(self.either(holds=holds))
        if kind == "word" and self.left and self.left[0][1] == "(":
            self._next()
            if sign == "not":
                return self._closed(self.either(holds=not holds))
            if sign == "selected":
                variable = self._subject(*self._next())
                self._expect(",")
                return self._closed(Is(variable, self._literal(*self._next()), holds))
            raise Unfit(sign)
        return self._compared(kind, sign, holds=holds)

    def _compared(self, kind: str, token: str, *, holds: bool) -> Is:
        _, sign = self._next()
        other_kind, other = self._next()
        if sign not in ("=", "==", "!="):
            raise Unfit(sign)
        if kind in ("text", "number"):
            kind, token, other_kind, other = other_kind, other, kind, token
        return Is(self._subject(kind, token), self._literal(other_kind, other), holds == (sign != "!="))

    def _next(self) -> tuple[str, str]:
        if not self.left:
            raise Unfit("it ends too early")
        return self.left.pop(0)

    def _expect(self, sign: str) -> None:
        if self._next()[1] != sign:
            raise Unfit(sign)

    def _closed(self, condition: Condition) -> Condition:
        self._expect(")")
        return condition

    @staticmethod
    def _subject(kind: str, token: str) -> str:
        if kind not in ("name", "word"):
            raise Unfit(token)
        return token.strip()

    @staticmethod
    def _literal(kind: str, token: str) -> str:
        if kind not in ("text", "number"):
            raise Unfit(token)
        return token[1:-1] if kind == "text" else token


def names_in(condition: Condition) -> Iterator[Is]:
    """Every choice that a condition asks for."""
    if isinstance(condition, Is):
        yield condition
    else:
        for part in condition.parts:
            yield from names_in(part)


def leads_past(condition: Condition, codes: Mapping[str, Sequence[str]], several: frozenset[str]) -> Past:
    """The answers that lead past what has this condition.

    `codes` are the categories of the questions before it; `several` are those of them that take several answers.

    >>> codes = {"plan": ["yes", "no", "drafted"]}
    >>> leads_past(read_condition("${plan} = 'yes' or ${plan} = 'drafted'"), codes, frozenset())
    Past(codes={'plan': ('no',)}, unanswered_too=True)
    >>> leads_past(read_condition("${plan} != 'no'"), codes, frozenset())
    Past(codes={'plan': ('no',)}, unanswered_too=False)

    Raises:
        Unfit: if no routing says the same.
    """
    if isinstance(condition, Is):
        return _past_of_one(condition, codes, several)
    pasts = [leads_past(part, codes, several) for part in condition.parts]
    if isinstance(condition, All):
        return _any_of(pasts, codes)
    if len({variable for past in pasts for variable in past.codes}) != 1 or any(len(past.codes) != 1 for past in pasts):
        raise Unfit("one of several questions")
    (variable,) = pasts[0].codes
    if variable in several:
        raise Unfit("one of several answers")
    both = set.intersection(*(set(past.codes[variable]) for past in pasts))
    kept = tuple(code for code in codes[variable] if code in both)
    return Past({variable: kept}, all(past.unanswered_too for past in pasts))


def _past_of_one(condition: Is, codes: Mapping[str, Sequence[str]], several: frozenset[str]) -> Past:
    variable, code = condition.variable, condition.code
    if variable not in codes or code not in codes[variable]:
        raise Unfit(f"{variable} {code}")
    if not condition.holds:
        return Past({variable: (code,)})
    if variable in several:
        # "Chose it" is for those who gave other answers only, whatever these are: no list of answers leads past that.
        raise Unfit(variable)
    return Past({variable: tuple(other for other in codes[variable] if other != code)}, unanswered_too=True)


def _any_of(pasts: Sequence[Past], codes: Mapping[str, Sequence[str]]) -> Past:
    joined: dict[str, set[str]] = {}
    for past in pasts:
        for variable, held in past.codes.items():
            joined.setdefault(variable, set()).update(held)
    ordered = {variable: tuple(code for code in codes[variable] if code in held) for variable, held in joined.items()}
    return Past(ordered, any(past.unanswered_too for past in pasts))
