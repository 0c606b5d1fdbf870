"""Korean words that stay whole at the end of a line: a number or a bracket and what is written onto it are one word."""

from __future__ import annotations

import re

__all__ = ["closed", "joined", "whole_words"]

_JOINER = "\u2060"
_TAGS = r"((?:</?(?:a|b|bdi|i|span)\b[^<>]*>)*)"
_ONTO_A_SIGN = re.compile(rf"([0-9%)]){_TAGS}(?=[가-힣])")
_INSIDE_A_WORD = re.compile(rf"([\w%)\]’”]){_TAGS}(?=[가-힣·])")


def closed(label: str) -> str:
    """A label of which no line begins with the point that joins its words.

    >>> closed("교통·이동성").replace("\u2060", "+")
    '교통+·이동성'
    """
    return label.replace("·", f"{_JOINER}·") if "·" in label else label


def joined(html: str) -> str:
    """A sentence that browsers break between words only: with `word-break: keep-all` they still would after a number or bracket.

    >>> joined("49개(<b>57%</b>)가 응답, <b>3</b>위").replace("\u2060", "+")
    '49+개(<b>57%</b>)+가 응답, <b>3</b>+위'
    """
    return _ONTO_A_SIGN.sub(rf"\1\2{_JOINER}", html)


def whole_words(html: str) -> str:
    """A page for programs that know no `word-break: keep-all`. Its head stays as it is.

    >>> whole_words("<title>부산</title><body>49개(<b>57%</b>)가 응답").replace("\u2060", "+")
    '<title>부산</title><body>49+개(<b>57%</b>)+가 응+답'
    """
    head, body, text = html.rpartition("<body")
    return head + body + _INSIDE_A_WORD.sub(rf"\1\2{_JOINER}", text)
