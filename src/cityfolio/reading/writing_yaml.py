"""Writing YAML that people go on editing by hand, and that says exactly what it was made from when it is read again."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.reading.yaml import Tree

__all__ = ["Plain", "yaml_text"]

_WIDTH = 125
_NAMING = "variable"  # entries about a variable stand apart, each key on a line of its own
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[\w .()/+'-]*[\w.)])?", re.ASCII)
_PLAIN_BESIDE_A_KEY = re.compile(r"[A-Za-z0-9_](?:[\w .()/+',;?!-]*[\w.)?!])?", re.ASCII)
_YEAR = re.compile(r"[1-9][0-9]{0,8}")
_MORE_THAN_TEXT = re.compile(r"(?:y|n|yes|no|on|off|true|false|null|[0-9].*)", re.IGNORECASE)
# What a reader of YAML would fold, cut or refuse if it stood there as it is.
_UNSAFE = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\n\t"\\\\]')
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class Plain(str):
    """A word that stands without quotation marks although YAML reads more than text in it: a number, true or false."""

    __slots__ = ()


def yaml_text(tree: dict[str, Tree]) -> str:
    r"""The YAML of `tree`: short entries on one line, long texts folded, the order as it comes.

    >>> print(yaml_text({"title": "Trees", "sections": [{"id": "a", "codes": ["yes", "no"]}], "none": []}), end="")
    title: Trees
    sections:
      - {id: a, codes: ["yes", "no"]}
    none: []
    """
    return "".join(f"{line}\n" for line in _mapping(tree, 0))


def _mapping(tree: dict[str, Tree], depth: int) -> Iterator[str]:
    for key, value in tree.items():
        yield from _entry(f"{' ' * depth}{_scalar(key)}:", value, depth)


def _entry(head: str, value: Tree, depth: int) -> Iterator[str]:
    """The lines of one key: the value beside it, or below and indented."""
    if isinstance(value, str):
        yield from _text(head, value, depth)
    elif value is None:
        yield f"{head} null"
    elif not value or (depth and _fits(head, value)):
        yield f"{head} {_flow(value)}"
    elif isinstance(value, dict):
        yield head
        yield from _mapping(value, depth + 2)
    else:
        yield head
        for position, item in enumerate(value):
            is_long = isinstance(item, dict) and _NAMING in item
            if is_long and position:
                yield ""
            yield from _item(item, depth + 2)


def _item(item: Tree, depth: int) -> Iterator[str]:
    dash = f"{' ' * depth}-"
    if not isinstance(item, dict) or not item or (_is_flat(item) and _fits(dash, item)):
        yield f"{dash} {_flow(item)}"
        return
    lines = _mapping(item, depth + 2)
    first = next(lines)
    yield f"{dash} {first.lstrip(' ')}"
    yield from lines


def _is_flat(value: Tree) -> bool:
    """Whether an entry is small enough in kind for one line: no lists of lists, no entries with entries."""
    if not isinstance(value, dict):
        return True
    deep = any(isinstance(held, dict) or (isinstance(held, list) and _is_deep(held)) for held in value.values())
    return _NAMING not in value and not deep


def _is_deep(value: list[Tree]) -> bool:
    return any(not isinstance(item, str) for item in value)


def _fits(head: str, value: Tree) -> bool:
    deep = isinstance(value, list) and _is_deep(value)
    return not deep and len(head) + 1 + len(_flow(value)) <= _WIDTH


def _flow(value: Tree) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return "null" if value is None else _scalar(value)


def _text(head: str, text: str, depth: int) -> Iterator[str]:
    short = f"{head} {_scalar(text, _PLAIN_BESIDE_A_KEY)}"
    words = text.split(" ")
    folds = all(words) and len(words) > 1 and not _UNSAFE.search(text.replace('"', "").replace("\\", ""))
    if len(short) <= _WIDTH or not folds:
        yield short
        return
    indent = " " * (depth + 2)
    yield f"{head} >-"
    for line in textwrap.wrap(text, _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False):
        yield f"{indent}{line}"


def _scalar(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """The text plain where every reader of YAML takes it for text, else in quotation marks."""
    if isinstance(text, Plain) or (plain.fullmatch(text) and not _means_more(text)):
        return text
    if '"' in text and not _UNSAFE.search(text.replace('"', "")) and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + _UNSAFE.sub(lambda found: _SHORT.get(found[0]) or _escape(found[0]), text) + '"'


def _means_more(text: str) -> bool:
    """Whether YAML reads something else out of a plain text (a truth, a date, nothing); years stand plain in our files."""
    return _YEAR.fullmatch(text) is None and _MORE_THAN_TEXT.fullmatch(text) is not None


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
