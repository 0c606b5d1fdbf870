"""What can be different between the instruments of two waves: the kinds, and the words about them that a draft begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["DIFFERENCES", "Difference", "DifferenceRule"]

AUTOMATIC = "automatic"
NEEDS_CONFIRMATION = "needs confirmation"


@dataclass(frozen=True)
class DifferenceRule:
    """One kind of difference: the change a crosswalk calls it, how far it would let waves be compared, who decides, why."""

    change: str
    comparability: str
    state: str
    reason: str


def _sure(change: str, comparability: str, reason: str) -> DifferenceRule:
    """A difference that follows from the instruments alone."""
    return DifferenceRule(change, comparability, AUTOMATIC, reason)


def _asks(change: str, comparability: str, reason: str) -> DifferenceRule:
    """A difference whose meaning is for a person to say."""
    return DifferenceRule(change, comparability, NEEDS_CONFIRMATION, reason)


DIFFERENCES: Mapping[str, DifferenceRule] = {
    # -- questions -------------------------------------------------------------------------------------------------
    "question.added": _sure("added", "break", "The question was new in {later}."),
    "question.dropped": _sure("dropped", "break", "The question was not asked in {later}."),
    "question.renamed": _asks(
        "added", "break", 'In {earlier}, {other} asked this or nearly this: "{before}". If both are one, give them one variable.'
    ),
    "question.succeeded": _asks(
        "dropped", "break", 'In {later}, {other} asks this or nearly this: "{after}". If both are one, give them one variable.'
    ),
    "question.taken-over": _asks(
        "reworded", "break", 'It asks in {later} what {other} asked in {earlier}: "{after}". It asked before: "{before}".'
    ),
    "question.spelling": _sure("reworded", "comparable", 'Only the spelling changed, from "{before}" to "{after}".'),
    "question.reworded": _asks("reworded", "with care", 'It read "{before}" in {earlier}, and "{after}" in {later}.'),
    "question.rewritten": _asks("reworded", "break", 'It read "{before}" in {earlier}, and "{after}" in {later}.'),
    "question.help": _asks("reworded", "with care", 'The help text was "{before}" in {earlier}, and "{after}" in {later}.'),
    "question.kind": _asks(
        "recategorised", "break", "It was answered as {before} in {earlier}, and as {after} in {later}."
    ),
    "question.cap": _asks(
        "recategorised", "with care", "It asked for up to {before} answers in {earlier}, and up to {after} in {later}."
    ),
    "question.own-words": _asks("recategorised", "with care", "Only {wave} had room for own words."),
    "question.range": _asks("recategorised", "with care", "It took {before} in {earlier}, and {after} in {later}."),
    "question.moved": _sure("moved", "comparable", "It stood in another place of the questionnaire in {later}."),
    "question.order": _sure("moved", "comparable", "Its categories stood in another order in {later}."),
    "question.order-of-scale": _asks("moved", "with care", "The steps of its scale stood in another order in {later}."),
    "question.rerouted": _asks(
        "rerouted", "with care", "It was put to {before} in {earlier}, and to {after} in {later}."
    ),
    # -- categories ------------------------------------------------------------------------------------------------
    "category.added": _sure("added", "break", "It could be chosen in {later} only."),
    "category.dropped": _sure("dropped", "break", "It could be chosen in {earlier} only."),
    "category.recoded": _asks("merged", "comparable", 'In {earlier}, "{before}" had the code {other}.'),
    "category.merged": _asks("merged", "with care", "In {earlier} its parts could be chosen one by one: {before}."),
    "category.split": _asks("split", "with care", "In {later} its parts could be chosen one by one: {after}."),
    "category.taken-over": _asks(
        "recategorised", "break", 'The code stood for "{before}" in {earlier}; in {later} it means what {other} did, "{after}".'
    ),
    "category.replaced": _asks(
        "recategorised", "break", 'The code stood for "{before}" in {earlier}, and stands for "{after}" in {later}.'
    ),
    "category.spelling": _sure("reworded", "comparable", 'Only the spelling changed, from "{before}" to "{after}".'),
    "category.reworded": _asks("reworded", "with care", 'It read "{before}" in {earlier}, and "{after}" in {later}.'),
    "category.help": _asks("reworded", "with care", 'The help text was "{before}" in {earlier}, and "{after}" in {later}.'),
    "category.score": _asks("recategorised", "break", "It counted {before} in {earlier}, and {after} in {later}."),
    "category.exclusive": _asks("recategorised", "with care", "Only in {wave} did it stand for no other answer."),
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One difference between two waves: about a question, or a category of it.

    `codes` are those that a category was made from, or became. `facts` fill the reason.

    >>> found = Difference("areas", "parks", "category.added", {"earlier": "2018", "later": "2020"})
    >>> found.change, found.state, found.reason
    ('added', 'automatic', 'It could be chosen in 2020 only.')
    """

    variable: str
    category: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()

    @property
    def rule(self) -> DifferenceRule:
        """What there is to say about its kind."""
        return DIFFERENCES[self.code]

    @property
    def name(self) -> str:
        """What it is about, in one word."""
        return ".".join(part for part in (self.variable, self.category) if part)

    @property
    def needs_confirmation(self) -> bool:
        """Whether a person has to look."""
        return self.state == NEEDS_CONFIRMATION

    @property
    def change(self) -> str:
        """What a crosswalk calls it."""
        return self.rule.change

    @property
    def state(self) -> str:
        """Whether it follows from the instruments, or a person has to look."""
        return self.rule.state

    @property
    def reason(self) -> str:
        """What is different, in a sentence."""
        # One pass: a brace inside somebody's label is text, not a name to be filled in.
        return re.sub(r"\{(\w+)\}", lambda name: self.facts.get(name[1], name[0]), self.rule.reason)
