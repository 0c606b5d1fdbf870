"""The open questions on the answers, for the method page, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.narrative.particles import fit_particles
from cityfolio.narrative.sentence import text

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.findings import Finding
    from cityfolio.narrative.composing import Speaker

__all__ = ["open_questions"]

_CONTRADICTION = "review.contradiction"


def open_questions(programme: Programme, speaker: Speaker) -> list[tuple[str, str]]:
    """The findings that ask, as place and what was found: what has not been cleared up yet.

    What is found in answers that are not released stays with those who build the site.
    """
    secret = {v.id for v in programme.answers.variables.values() if not v.released}
    secret |= {f"{name}_other" for name in secret}
    return [
        (_place(f, speaker), _found(f, programme))
        for f in programme.findings
        if f.rule.severity.value == "asks" and f.at.column not in secret
    ]


def _place(finding: Finding, speaker: Speaker) -> str:
    at = finding.at
    if not (at.line and at.column):
        return str(at)
    cell = {"file": text(at.file), "line": text(str(at.line)), "column": text(at.column)}
    return speaker.words("method.place", **cell)


def _found(finding: Finding, programme: Programme) -> str:
    if finding.code == _CONTRADICTION:
        pattern = programme.edits.get(finding.facts["edit"], "")
        unit = programme.answers.units.get(finding.facts["unit"])
        name = unit.display_name if unit is not None else finding.facts["unit"]
        return fit_particles(pattern.replace("{unit}", name)) if pattern else finding.found
    said = programme.product.text(f"findings.{finding.code}", finding.rule.found)
    return fit_particles(finding.saying(said)) if said else finding.found
