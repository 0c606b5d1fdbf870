"""What a language does with names and labels in running text. One set of rules per language."""

from __future__ import annotations

from typing import Protocol

__all__ = ["English", "Grammar"]


class Grammar(Protocol):
    """The rules that sentences need."""

    def subject(self, name: str) -> str:
        """The name where it opens a clause."""
        ...

    def possessive(self, name: str) -> str:
        """The name as an owner."""
        ...

    def in_text(self, label: str) -> str:
        """A label inside a sentence."""
        ...

    def running_list(self, items: list[str]) -> list[str]:
        """The words that stand before each item, and one more after the last: joints of a running list."""
        ...

    def quoted(self, words: str) -> str:
        """Somebody's own words."""
        ...


class English:
    """British English.

    >>> english = English()
    >>> english.possessive("Athens"), english.possessive("Busan"), english.possessive("Bend, OR")
    ("Athens'", "Busan's", "Bend, OR's")
    >>> english.subject("Bend, OR"), english.in_text("Other public agencies"), english.in_text("IT staff")
    ('Bend, OR,', 'other public agencies', 'IT staff')
    >>> english.running_list(["waste and sewage", "public works"])
    ['', '; and ', '']
    >>> english.in_text("Transport/Mobility")
    'transport/mobility'
    """

    def subject(self, name: str) -> str:
        """The name, closed by a comma where its state follows a comma."""
        return f"{name}," if ", " in name else name

    def possessive(self, name: str) -> str:
        """The name with 's; names that end in s take the apostrophe alone."""
        return f"{name}'" if name.endswith("s") else f"{name}'s"

    def in_text(self, label: str) -> str:
        """The label with small first letters on both sides of a slash, unless an abbreviation stands there."""
        return "/".join(_small(part) for part in label.split("/"))

    def running_list(self, items: list[str]) -> list[str]:
        """Commas between items, "and" before the last; semicolons where an item holds a comma or an "and" of its own."""
        if not items:
            return [""]
        last = len(items) - 1
        is_crowded = len(items) > 1 and any(", " in item or " and " in item for item in items)
        comma, final = ("; ", "; and ") if is_crowded else (", ", " and ")
        return ["", *(final if position == last else comma for position in range(1, len(items))), ""]

    def quoted(self, words: str) -> str:
        """The words in quotation marks."""
        return f"“{words}”"


def _small(part: str) -> str:
    return part[:1].lower() + part[1:] if part[1:2].islower() or part[1:2] in ("", " ") else part
