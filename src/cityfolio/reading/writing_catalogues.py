"""Writing catalogues: new texts are added, what somebody has translated stays, what is gone is kept aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cityfolio.reading.catalogues import Catalogue, Message

__all__ = ["catalogue_text", "updated"]

_WIDTH = 100


def updated(catalogue: Catalogue, wanted: Iterable[Message], forms: int) -> Catalogue:
    """The catalogue with exactly the `wanted` texts, in their order; `forms` is the number of plural forms.

    A translation that is there stays as it is. Texts that are not wanted any more go to the end, marked as obsolete, and come
    back with their translation if they are wanted again. Nothing is guessed.

    >>> held = Catalogue("ko", (Message("a", "Yes", strings=("예",)), Message("b", "No", strings=("아니요",))))
    >>> new = updated(held, [Message("b", "No"), Message("c", "Maybe")], 1)
    >>> [(m.source, m.strings, m.obsolete) for m in new.messages]
    [('No', ('아니요',), False), ('Maybe', ('',), False), ('Yes', ('예',), True)]
    """
    known = {(m.context, m.source): m for m in catalogue.messages if m.source}
    kept: dict[tuple[str, str], Message] = {}
    for message in wanted:
        key = (message.context, message.source)
        if key not in kept:
            kept[key] = _merged(message, known.get(key), forms)
    gone = [
        replace(message, obsolete=True) for key, message in known.items() if key not in kept and any(message.strings)
    ]
    return replace(catalogue, messages=(*kept.values(), *gone))


def catalogue_text(catalogue: Catalogue) -> str:
    r"""The catalogue as a .po file: the same text for the same messages, without dates.

    >>> print(catalogue_text(Catalogue("ko", (Message("a", "Yes", strings=("예",)),), "Language: ko\n")), end="")
    msgid ""
    msgstr ""
    "Language: ko\n"
    <BLANKLINE>
    msgctxt "a"
    msgid "Yes"
    msgstr "예"
    """
    head = 'msgid ""\nmsgstr ""\n' + "".join(
        f"{_quoted(line)}\n" for line in catalogue.header.splitlines(keepends=True)
    )
    entries = [_entry(message) for message in catalogue.messages if message.source]
    return "\n".join([head, *entries])


def _merged(message: Message, known: Message | None, forms: int) -> Message:
    number = forms if message.plural else 1
    if known is None:
        return replace(message, strings=("",) * number)
    strings = known.strings if len(known.strings) == number else (*known.strings, *[""] * number)[:number]
    # What a translator has noted stays; where the text stands in the programme is said anew.
    own = [line for line in known.comments if not line.startswith(("#.", "#:"))]
    return replace(message, strings=strings, comments=(*message.comments, *own))


def _entry(message: Message) -> str:
    lines = [f'msgctxt "{_escaped(message.context)}"'] if message.context else []
    lines += _lines("msgid", message.source)
    if message.plural:
        lines += _lines("msgid_plural", message.plural)
        for number, string in enumerate(message.strings):
            lines += _lines(f"msgstr[{number}]", string)
    else:
        lines += _lines("msgstr", message.strings[0] if message.strings else "")
    if message.obsolete:
        lines = [f"#~ {line}" for line in lines]
    return "".join(f"{line}\n" for line in [*message.comments, *lines])


def _lines(keyword: str, text: str) -> list[str]:
    pieces = _pieces(text)
    if len(pieces) == 1:
        return [f"{keyword} {_quoted(pieces[0])}"]
    return [f'{keyword} ""', *(_quoted(piece) for piece in pieces)]


def _pieces(text: str) -> Sequence[str]:
    """The text in lines of a readable width, broken after spaces and line ends."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        words = line.split(" ")
        current = words[0]
        for word in words[1:]:
            if len(current) + len(word) >= _WIDTH:
                pieces.append(current + " ")
                current = word
            else:
                current += f" {word}"
        pieces.append(current)
    return pieces or [""]


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
