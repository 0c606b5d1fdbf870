"""Disclosure control: small counts are withheld, and so much beside them that nobody can work them out again."""

from cityfolio.tabulate.disclosure.auditing import Audit, PossibleCount, audit, possible_count
from cityfolio.tabulate.disclosure.releasing import SUPPRESSED, change_is_safe, released
from cityfolio.tabulate.disclosure.rules import DisclosureRule
from cityfolio.tabulate.disclosure.suppressing import Suppression, suppress
from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation
from cityfolio.tabulate.disclosure.variable_tables import sensitive_cells, variable_tables

__all__ = [
    "SUPPRESSED",
    "AdditiveTables",
    "Audit",
    "Cell",
    "DisclosureRule",
    "PossibleCount",
    "Relation",
    "Suppression",
    "audit",
    "change_is_safe",
    "possible_count",
    "released",
    "sensitive_cells",
    "suppress",
    "variable_tables",
]
