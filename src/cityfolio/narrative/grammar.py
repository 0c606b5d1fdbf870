"""What a language does with names, labels, lists and numbers in running text. One set of rules per language."""

from __future__ import annotations

from typing import Protocol

from cityfolio.formatting import grouped

__all__ = ["English", "Grammar", "joints", "small_first"]


class Grammar(Protocol):
    """The rules that sentences need."""

    @property
    def semicolon(self) -> str:
        """What separates parts of a line that may hold commas."""
        ...

    def subject(self, name: str) -> str:
        """The name where it opens a clause."""
        ...

    def possessive(self, name: str) -> str:
        """The name as an owner."""
        ...

    def name(self, name: str) -> str:
        """The name anywhere else in a sentence."""
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

    def number(self, number: float) -> str:
        """A number, its thousands grouped."""
        ...

    def per_cent(self, number: float) -> str:
        """A share in per cent, whole unless it is a threshold, with its sign."""
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
    >>> english.number(3500000), english.per_cent(52)
    ('3,500,000', '52 %')
    """

    semicolon = "; "

    def subject(self, name: str) -> str:
        """The name, closed by a comma where its state follows a comma."""
        return f"{name}," if ", " in name else name

    def possessive(self, name: str) -> str:
        """The name with 's; names that end in s take the apostrophe alone."""
        return f"{name}'" if name.endswith("s") else f"{name}'s"

    def name(self, name: str) -> str:
        """The name as it is."""
        return name

    def in_text(self, label: str) -> str:
        """The label with small first letters on both sides of a slash, unless an abbreviation stands there."""
        return small_first(label)

    def running_list(self, items: list[str]) -> list[str]:
        """Commas between items, "and" before the last; semicolons where an item holds a comma or an "and" of its own."""
        is_crowded = len(items) > 1 and any(", " in item or " and " in item for item in items)
        comma, final = (self.semicolon, f"{self.semicolon}and ") if is_crowded else (", ", " and ")
        return joints(len(items), comma, final)

    def quoted(self, words: str) -> str:
        """The words in quotation marks."""
        return f"“{words}”"

    def number(self, number: float) -> str:
        """The number with commas between thousands."""
        return grouped(number)

    def per_cent(self, number: float) -> str:
        """The number and its sign, with a space between them as the house style wants it."""
        return f"{grouped(number)} %"


def joints(number: int, comma: str, final: str) -> list[str]:
    """The words before each of `number` items, and one more after the last.

    >>> joints(3, ", ", " and "), joints(0, ", ", " and ")
    (['', ', ', ' and ', ''], [''])
    """
    if not number:
        return [""]
    return ["", *(final if position == number - 1 else comma for position in range(1, number)), ""]


def small_first(label: str) -> str:
    """The label with small first letters on both sides of a slash, unless an abbreviation stands there."""
    return "/".join(_small(part) for part in label.split("/"))


def _small(part: str) -> str:
    return part[:1].lower() + part[1:] if part[1:2].islower() or part[1:2] in ("", " ") else part
