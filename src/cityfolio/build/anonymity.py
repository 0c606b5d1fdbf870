"""Whether responses hide among others alike, by the quasi-identifiers that a programme declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.tabulate.disclosure.likeness import Likeness, likeness

if TYPE_CHECKING:
    from cityfolio.build.manifest import Manifest
    from cityfolio.model.answer import CodedAnswers, Response
    from cityfolio.model.edition import Group
    from cityfolio.reading.yaml import Located

__all__ = ["likeness_findings", "likeness_of"]

Groups = Mapping[tuple[str, str], tuple["Group", ...]]


def likeness_of(manifest: Manifest, answers: CodedAnswers, groups: Groups) -> tuple[Likeness, ...]:
    """How far the responses of each wave are alike; where there are several, also those of all waves of a unit taken together."""
    entry = manifest.content.disclosure
    if not entry.quasi_identifiers:
        return ()
    known = _Known(manifest, answers, groups)
    found = []
    for wave in manifest.waves:
        held = [responses[wave] for responses in answers.by_unit.values() if wave in responses]
        said = {name: [known.answer(response, name) for response in held] for name in entry.sensitive}
        rows = [known.of(response, entry.quasi_identifiers) for response in held]
        found.append(likeness((wave,), rows, said, entry.minimum_alike))
    if len(manifest.waves) > 1:
        # The same id in several waves joins them: who is one of many in each may be the only one in all.
        units = [list(responses.values()) for responses in answers.by_unit.values()]
        together = [tuple(_joined(known, held, entry.quasi_identifiers)) for held in units]
        found.append(likeness(manifest.waves, together, {}, entry.minimum_alike))
    return tuple(found)


def _joined(known: _Known, responses: Iterable[Response], names: Sequence[str]) -> Iterator[str]:
    for response in responses:
        yield response.wave
        yield from known.of(response, names)


class _Known:
    """What is known of a response: the groups of a kind, a column of the list of units, or a released answer."""

    def __init__(self, manifest: Manifest, answers: CodedAnswers, groups: Groups) -> None:
        self.kinds = {rule.kind for rule in manifest.rules}
        self.answers, self.groups = answers, groups

    def of(self, response: Response, names: Sequence[str]) -> tuple[str, ...]:
        """The values of the quasi-identifiers."""
        return tuple(self._value(response, name) for name in names)

    def _value(self, response: Response, name: str) -> str:
        if name in self.kinds:
            return " ".join(group.key for group in self.groups[response.unit, response.wave] if group.kind == name)
        if name in self.answers.variables:
            return self.answer(response, name)
        return self.answers.units[response.unit].attribute(name)

    def answer(self, response: Response, name: str) -> str:
        """An answer as a word, its missing reason if there is none."""
        answer = response.answers.get(name)
        if answer is None:
            return ""
        if answer.missing is not None:
            return answer.missing.value
        return " ".join([*answer.codes, *answer.own_words, answer.text])


def likeness_findings(manifest: Manifest, answers: CodedAnswers, groups: Groups, located: Located) -> Iterator[Finding]:
    """Findings about names that nothing has, and about waves whose responses hide among fewer than the minimum."""
    entry = manifest.content.disclosure
    columns = {name for unit in answers.units.values() for name in unit.attributes}
    released: set[str] = {name for name, variable in answers.variables.items() if variable.released}
    known: Callable[[str], bool] = {*columns, *(rule.kind for rule in manifest.rules), *released}.__contains__
    unknown = False
    for key, names, fits in (
        ("quasi_identifiers", entry.quasi_identifiers, known),
        ("sensitive", entry.sensitive, released.__contains__),
    ):
        for place, name in enumerate(names):
            if not fits(name):
                unknown = True
                hint = did_you_mean(name, released | columns if key == "quasi_identifiers" else released) or ""
                facts = {"kind": "What is released of a response", "got": name, "suggestion": hint}
                at = located.at("disclosure", key, place)
                yield Finding("programme.unknown-name", at, {**facts, "where": "disclosure"})
    if unknown:
        return
    for found in likeness_of(manifest, answers, groups) if entry.minimum_alike else ():
        if found.few:
            facts = {
                "number": str(found.few),
                "waves": " and ".join(found.waves),
                "smallest": str(found.smallest),
                "minimum": str(entry.minimum_alike),
                "names": ", ".join(entry.quasi_identifiers),
            }
            yield Finding("disclosure.few-alike", located.at("disclosure", "minimum_alike"), facts)
