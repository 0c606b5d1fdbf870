"""codebook.json: every released variable with its questions, categories, universes and missing reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from cityfolio.model.instrument import Instrument
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Variable
from cityfolio.publish.dataset import Dataset

__all__ = ["codebook_json"]


def codebook_json(dataset: Dataset) -> bytes:
    """The codebook: the union of all waves, with the wording and the offer of each wave, and how many answers were corrected."""
    instruments, meanings = dataset.instruments, dataset.meanings
    content: dict[str, object] = {
        "format": 1,
        "title": dataset.title,
        "waves": [{"id": wave, "title": instrument.title} for wave, instrument in instruments.items()],
        "editions": [
            {"id": edition.id, "title": edition.title, "waves": list(edition.waves), "rule": edition.rule.value}
            for edition in dataset.editions.values()
        ],
        "missing": [{"reason": reason.value, "meaning": meanings.get(reason.value, "")} for reason in Missing],
        "variables": [_variable(variable, instruments) for variable in dataset.answers.variables.values()],
    }
    if dataset.corrections:
        numbers = Counter((one.variable, one.wave) for one in dataset.corrections)
        content["corrections"] = [
            {"variable": v, "wave": wave, "number": n} for (v, wave), n in sorted(numbers.items())
        ]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _variable(variable: Variable, instruments: Mapping[str, Instrument]) -> dict[str, object]:
    questions = {wave: instruments[wave].questions[variable.id] for wave in variable.waves}
    return {
        "variable": variable.id,
        "kind": variable.kind.value,
        "label": variable.label,
        "waves": list(variable.waves),
        "questions": {wave: question.wording for wave, question in questions.items()},
        "universe": variable.universe,
        "counting": variable.counting,
        "own_words": variable.own_words,
        "released": variable.released,
        "boxes": variable.boxes,
        "categories": [
            {
                "code": c.code,
                "label": c.label,
                "help": c.help,
                "waves": list(c.waves),
                "exclusive": c.exclusive,
                "score": c.score,
            }
            for c in variable.categories
        ],
    }
