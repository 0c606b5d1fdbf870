"""Headlines that no page can show: key numbers of the home page whose base is too small for a share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.harmonise.editions import held_answers, wave_patterns
from cityfolio.tabulate.base import base_of, count_wave

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.edition import Edition
    from cityfolio.profile.plan import Plan
    from cityfolio.reading.yaml import Located

__all__ = ["headline_findings"]


def headline_findings(plan: Plan, answers: CodedAnswers, edition: Edition, located: Located) -> Iterator[Finding]:
    """Findings about headlines with a thin base in the edition of the pages; `located` is the plan's file."""
    for position, headline in enumerate(plan.headlines):
        variable = answers.variables[headline.variable]
        patterns = wave_patterns(held_answers(answers, edition, variable.id))
        waves = {wave: count_wave(held) for wave, held in patterns.items()}
        base = base_of(variable.by_code[headline.category], variable, waves).counted
        if base < plan.thin_base:
            facts = {"got": headline.name, "edition": edition.id, "base": str(base), "thin_base": str(plan.thin_base)}
            yield Finding("plan.thin-headline", located.at("headlines", position), facts)
