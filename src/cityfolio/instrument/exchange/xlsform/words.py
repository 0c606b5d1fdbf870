"""The texts of an XLSForm in one of its languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.instrument.exchange.questionnaire import Left
    from cityfolio.instrument.exchange.xlsform.parsing import Node

__all__ = ["Words"]


@dataclass(frozen=True)
class Words:
    """Gives texts in `language`; where there is none, in the form's own, and says so."""

    language: str
    code: str
    own: str
    left: Left

    def text(self, node: Node, key: str) -> str:
        """The text under a key, or nothing."""
        held = node.get(key)
        if not isinstance(held, dict):
            return "" if held is None else str(held)
        said = held.get(self.language)
        if said is None:
            said = held.get(self.own, held.get("default"))
            if said is not None and not key.startswith("cityfolio_"):
                self.left.note("instrument.untranslated", self.language, f"{node.get('name', '')} ({key})")
        return str(said) if said is not None else str(next(iter(held.values()), ""))

    def of_choice(self, choice: Node, key: str) -> str:
        """A text in a column of our own beside a choice: its name ends in the code of the language."""
        return str(choice.get(f"{key}_{self.code}") or "")
