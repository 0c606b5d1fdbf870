"""Catalogues of translations: gettext's .po files, read as they are, with the place of every message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from gettext import c2py

from cityfolio.findings import Finding, Place
from cityfolio.reading.text import Source, read_text

__all__ = ["Catalogue", "Message", "parse_catalogue", "read_catalogue"]

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_PLURALS = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")


@dataclass(frozen=True)
class Message:
    """One text and its translation. `context` says where it stands, so that equal words may be translated differently.

    `strings` are the translation, or one for each plural form. `line` is where it stands in the file; `comments` are the lines
    above it as they are written.
    """

    context: str
    source: str
    plural: str = ""
    strings: tuple[str, ...] = ()
    line: int = 0
    comments: tuple[str, ...] = ()
    obsolete: bool = False

    @property
    def is_fuzzy(self) -> bool:
        """Whether somebody has marked the translation as a guess; a guess is not used."""
        return any(line.startswith("#,") and "fuzzy" in line for line in self.comments)

    @property
    def is_reviewed(self) -> bool:
        """Whether there is a whole translation that may be used."""
        return bool(self.strings) and all(self.strings) and not self.is_fuzzy and not self.obsolete


@dataclass(frozen=True)
class Catalogue:
    r"""The messages of one language.

    >>> catalogue, _ = parse_catalogue("ko.po", 'msgctxt "unit:busan-kor"\nmsgid "Busan"\nmsgstr "부산"\n', "ko")
    >>> catalogue.text("unit:busan-kor", "Busan"), catalogue.text("elsewhere", "Busan")
    ('부산', None)
    """

    language: str
    messages: tuple[Message, ...] = ()
    header: str = ""

    @cached_property
    def reviewed(self) -> Mapping[tuple[str, str], Message]:
        """The messages with a translation that may be used, by context and source."""
        return {(m.context, m.source): m for m in self.messages if m.is_reviewed and m.source}

    @cached_property
    def plural_form(self) -> Callable[[int], int]:
        """Which of the plural forms goes with a number."""
        return c2py(self.plural_rule) if self.plural_rule else _as_in_english

    @property
    def plural_rule(self) -> str:
        """The rule that the head of the catalogue gives for its plural forms; nothing where it gives none."""
        match = _PLURALS.search(self.header)
        return match[2] if match else ""

    def text(self, context: str, source: str) -> str | None:
        """The translation, or None where there is none that may be used."""
        message = self.reviewed.get((context, source))
        return message.strings[0] if message else None

    def form(self, context: str, source: str, number: int) -> str | None:
        """The translation for that number, or None."""
        message = self.reviewed.get((context, source))
        return message.strings[min(self.plural_form(number), len(message.strings) - 1)] if message else None

    def line_of(self, context: str, source: str) -> int:
        """The line in which a message begins."""
        message = self.reviewed.get((context, source))
        return message.line if message else 0


def read_catalogue(source: Source, language: str) -> tuple[Catalogue | None, list[Finding]]:
    """The catalogue of a file, or None where it cannot be read; with all findings."""
    text, findings = read_text(source)
    if text is None:
        return None, findings
    catalogue, more = parse_catalogue(source.name, text, language)
    return catalogue, findings + more


def parse_catalogue(name: str, text: str, language: str) -> tuple[Catalogue | None, list[Finding]]:
    """The catalogue that `text` writes; None if a line of it cannot be read.

    >>> parse_catalogue("ko.po", "msgid Busan", "ko")[1][0].at.line
    1
    """
    messages: list[Message] = []
    for line, entry in _entries(text):
        message = _message(line, entry)
        if isinstance(message, int):
            return None, [Finding("translate.broken", Place(name, message))]
        messages += [message] if message else []
    header = next((m.strings[0] for m in messages if not m.source and not m.context and m.strings), "")
    match = _PLURALS.search(header)
    if match:
        try:
            c2py(match[2])
        except ValueError:
            return None, [Finding("translate.broken", Place(name, messages[0].line))]
    return Catalogue(language, tuple(messages), header), []


def _as_in_english(number: int) -> int:
    return int(number != 1)


def _entries(text: str) -> Iterator[tuple[int, list[str]]]:
    """The entries, which empty lines keep apart, with the line that each begins in."""
    held: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            start = start if held else number
            held.append(line.strip())
        elif held:
            yield start, held
            held = []
    if held:
        yield start, held


@dataclass
class _Parts:
    """An entry while it is read: the text of each of its keywords."""

    texts: dict[str, str] = field(default_factory=dict)
    last: str = ""


def _message(start: int, lines: Sequence[str]) -> Message | int | None:
    """The message of an entry; the line that cannot be read; or None for comments alone."""
    comments, parts, obsolete = [], _Parts(), False
    for number, line in enumerate(lines, start=start):
        written = line
        if line.startswith("#~"):
            obsolete, written = True, line[2:].strip()
        if written.startswith("#") or not written:
            comments.append(written)
            continue
        match = _LINE.fullmatch(written)
        if match is None or not (match[1] or parts.last):
            return number
        key = f"{match[1]}{match[2] or ''}" if match[1] else parts.last
        if match[1] and key in parts.texts:
            return number
        parts.texts[key] = parts.texts.get(key, "") + _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), match[3])
        parts.last = key
    if not parts.texts:
        return None
    if "msgid" not in parts.texts:
        return start
    strings = tuple(text for key, text in sorted(parts.texts.items()) if key.startswith("msgstr"))
    message = Message(
        parts.texts.get("msgctxt", ""), parts.texts["msgid"], parts.texts.get("msgid_plural", ""), strings
    )
    return replace(message, line=start, comments=tuple(comments), obsolete=obsolete)
