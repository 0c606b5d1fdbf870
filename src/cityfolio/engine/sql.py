"""Names and texts as SQL writes them."""

from __future__ import annotations

__all__ = ["quoted", "text"]


def quoted(name: str) -> str:
    """A name as SQL writes it.

    >>> print(quoted('city "of" birth'))
    "city ""of"" birth"
    """
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it.

    >>> print(text("don't"))
    'don''t'
    """
    return "'" + value.replace("'", "''") + "'"
