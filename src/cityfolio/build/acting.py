"""The files behind the pages Outcomes, How to act and Add your city, loaded and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.intake.indicators import read_indicator
from cityfolio.profile.join_text import read_join_text
from cityfolio.profile.outcomes_plan import Known, load_outcomes_plan
from cityfolio.profile.recommendations import load_act_plan, read_recommendation
from cityfolio.reading.text import Source

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact
    from cityfolio.model.indicator import Indicator
    from cityfolio.model.unit import Unit
    from cityfolio.model.variable import Variable
    from cityfolio.profile.join_text import JoinText
    from cityfolio.profile.outcomes_plan import OutcomesPlan
    from cityfolio.profile.recommendations import ActPlan, Recommendation

__all__ = ["Acting", "Surroundings", "load_acting"]


@dataclass(frozen=True)
class Acting:
    """What a programme says about outcomes, about what to do, and about joining; each may be missing."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    outcomes: OutcomesPlan | None = None
    act: ActPlan | None = None
    recommendations: tuple[Recommendation, ...] = ()
    join: JoinText | None = None


@dataclass(frozen=True)
class Surroundings:
    """What of the programme these files may name."""

    units: Mapping[str, Unit] | None  # None where their list cannot be read
    variables: Mapping[str, Variable]
    published: Sequence[Fact]
    edition: str


def load_acting(folder: Path, around: Surroundings) -> tuple[Acting, list[Finding]]:
    """Everything that is there, with all findings. What a finding blocks is left out."""
    findings: list[Finding] = []
    names = _indicator_names(folder)
    indicators = _indicators(folder, names, around, findings)
    outcomes = None
    if (folder / "outcomes.yml").exists():
        known = Known(around.variables, names, around.published, around.edition)
        outcomes, more = load_outcomes_plan(_source(folder, "outcomes.yml"), known)
        findings += more
    act, recommendations = _recommendations(folder, around, findings)
    join = None
    if (folder / "join.md").exists():
        join, more = read_join_text(_source(folder, "join.md"))
        findings += more
    return Acting(indicators, outcomes, act, recommendations, join), findings


def _indicator_names(folder: Path) -> list[str]:
    """Each name below `indicators/`, be it of a table or of a description: both are needed."""
    return sorted({path.stem for path in (folder / "indicators").glob("*") if path.suffix in (".csv", ".yml")})


def _indicators(
    folder: Path, names: Sequence[str], around: Surroundings, findings: list[Finding]
) -> dict[str, Indicator]:
    found = {}
    for name in names:
        if name in around.variables:
            facts = {"kind": "The variable or indicator", "got": name}
            findings.append(Finding("programme.doubled-id", Place(f"indicators/{name}.csv"), facts))
        described = _source(folder, f"indicators/{name}.yml", f"it says what the figures of {name} are")
        figures = _source(folder, f"indicators/{name}.csv", f"it holds the figures of {name}")
        indicator, more = read_indicator(described, figures, around.units)
        findings += more
        if indicator is not None:
            found[name] = indicator
    return found


def _recommendations(
    folder: Path, around: Surroundings, findings: list[Finding]
) -> tuple[ActPlan | None, tuple[Recommendation, ...]]:
    files = sorted(path.name for path in (folder / "recommendations").glob("*.md"))
    if not files and not (folder / "act.yml").exists():
        return None, ()
    act, more = load_act_plan(_source(folder, "act.yml", "the recommendations have their tags from it"))
    findings += more
    cards = []
    for name in files:
        source = _source(folder, f"recommendations/{name}")
        card, more = read_recommendation(source, act.tags if act else None, around.variables)
        findings += more
        cards += [card] if card else []
    return act, tuple(cards)


def _source(folder: Path, name: str, need: str = "it is part of the programme") -> Source:
    return Source(folder / name, name, need, folder)
