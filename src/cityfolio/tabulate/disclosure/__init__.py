"""Disclosure control: small counts are withheld, and so much beside them that nobody can work them out again."""

from cityfolio.tabulate.disclosure.auditing import PossibleCount, possible_count
from cityfolio.tabulate.disclosure.crowd import Column, Crowd, crowd_of
from cityfolio.tabulate.disclosure.exchanges import Exchange
from cityfolio.tabulate.disclosure.likeness import Likeness, likeness
from cityfolio.tabulate.disclosure.releasing import change_is_safe, released, withheld_fact
from cityfolio.tabulate.disclosure.rules import (
    COMPLEMENTARY,
    MINIMUM_BASE,
    MINIMUM_NUMERATOR,
    MINIMUM_REST,
    DisclosureRule,
)
from cityfolio.tabulate.disclosure.withholding import Withheld, withheld_from

__all__ = [
    "COMPLEMENTARY",
    "MINIMUM_BASE",
    "MINIMUM_NUMERATOR",
    "MINIMUM_REST",
    "Column",
    "Crowd",
    "DisclosureRule",
    "Exchange",
    "Likeness",
    "PossibleCount",
    "Withheld",
    "change_is_safe",
    "crowd_of",
    "likeness",
    "possible_count",
    "released",
    "withheld_fact",
    "withheld_from",
]
