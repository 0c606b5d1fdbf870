"""What the complaints of the YAML parser mean, in words that lead to the place to mend."""

from __future__ import annotations

import re

import yaml

__all__ = ["broken_place", "in_words"]

_BRACE_FIRST = re.compile(r"\s*(?:- +)?[^\s:{]+: +\{[^{}]*\} *[^\s,#}\]]")
_REMARK = re.compile(r"[^\s\"'] +#|: +#")
_NOT_FIRST = "@`%*&!|>"
_UNFIT = ("expected key", "expected '-'", "expected <block end>")
_SHAPE = (
    "the line does not fit those before it; its indent is another than that of its neighbours, or a sign is missing"
)


def broken_place(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where to look: what is never closed is to be mended where it opens, not at the end of the file."""
    if error.context_mark and ("end of stream" in (error.problem or "") or _open_bracket(error)):
        return error.context_mark
    return error.problem_mark or error.context_mark


def in_words(text: str, error: yaml.MarkedYAMLError) -> str:
    r"""What is wrong at the place, without the words of the parser where it is a mistake that is often made.

    >>> def trouble(text):
    ...     try:
    ...         yaml.compose(text, Loader=yaml.CSafeLoader)
    ...     except yaml.MarkedYAMLError as error:
    ...         return in_words(text, error)
    >>> trouble("title: Trees: a survey\n")
    'a colon with a space behind it stands inside a text; such a text needs quotation marks'
    >>> trouble("waves:\n\t- id: 2022\n")
    'a tab stands here; lines are indented by spaces'
    >>> trouble("yes: {unit} has a plan.\n")
    'a text that begins with a brace needs quotation marks'
    >>> trouble('a: "Trees\nb: c\nd: "A tree"\n')
    'the quotation mark that opens in line 1 is closed only here'
    >>> trouble("light: {accent: #1f6b3a}\nb: c\n")
    'the bracket that opens here is not closed; behind a space, # begins a remark, so a colour needs quotation marks'
    """
    lines = text.split("\n")
    said = _of_the_line(lines, error)
    opened = "" if said else _late_quotation_mark(text, error)
    if said or opened:
        return said or f"the quotation mark that opens in line {opened} is closed only here"
    problem = error.problem or error.context or "it cannot be read"
    if _open_bracket(error) and error.context_mark is not None:
        within = lines[error.context_mark.line][error.context_mark.column :]
        remark = (
            "; behind a space, # begins a remark, so a colour needs quotation marks" if _REMARK.search(within) else ""
        )
        return f"the bracket that opens here is not closed{remark or ', or a comma is missing in it'}"
    if "end of stream" in problem:
        return "the quotation mark that opens here is never closed"
    return _SHAPE if any(words in problem for words in _UNFIT) else problem


def _of_the_line(lines: list[str], error: yaml.MarkedYAMLError) -> str:
    """What the line of the trouble shows by itself, or nothing."""
    mark = error.problem_mark
    if mark is None or mark.line >= len(lines):
        return ""
    line = lines[mark.line]
    sign = line[mark.column : mark.column + 1]
    if "\t" in line[: len(line) - len(line.lstrip())] or sign == "\t":
        return "a tab stands here; lines are indented by spaces"
    if "mapping values are not allowed" in (error.problem or ""):
        return "a colon with a space behind it stands inside a text; such a text needs quotation marks"
    if sign and sign in _NOT_FIRST:
        return f"a text that begins with {sign} needs quotation marks"
    return "a text that begins with a brace needs quotation marks" if _BRACE_FIRST.match(line) else ""


def _open_bracket(error: yaml.MarkedYAMLError) -> bool:
    return "',' or" in (error.problem or "")


def _late_quotation_mark(text: str, error: yaml.MarkedYAMLError) -> str:
    """The line of a quotation mark that closes on another line, right before the place of the trouble, or nothing."""
    if error.problem_mark is None:
        return ""
    last: yaml.Token | None = None
    try:
        for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if token.start_mark.index >= error.problem_mark.index:
                break
            last = token if isinstance(token, yaml.ScalarToken) else last
    except yaml.YAMLError:
        pass
    if not isinstance(last, yaml.ScalarToken) or last.plain or last.start_mark.line == last.end_mark.line:
        return ""
    return str(last.start_mark.line + 1) if last.end_mark.line == error.problem_mark.line else ""
