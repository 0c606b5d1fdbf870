"""Weighted shares of a programme's answers: each responding unit is one draw, with its weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL, Group
from cityfolio.tabulate.table import Association, WeightedEstimate

if TYPE_CHECKING:
    from cityfolio.model.answer import Response
    from cityfolio.model.variable import Variable

__all__ = ["association", "weighted_estimates"]

_GROUPS = Mapping[tuple[str, str], tuple[Group, ...]]


def weighted_estimates(
    variable: Variable, responses: Sequence[Response], weights: Sequence[float | None], groups: _GROUPS
) -> dict[tuple[Group, str], WeightedEstimate]:
    """The weighted share of each category in each group, with a logit interval.

    Units without a weight carry none. A group in which nobody answered has no estimate.
    """
    import numpy as np

    from cityfolio.tabulate.sampling.design import declare
    from cityfolio.tabulate.sampling.estimates import share
    from cityfolio.tabulate.sampling.intervals import interval_of_share

    design = declare(len(responses), weights=np.array([weight or 0.0 for weight in weights], dtype=np.float64))
    held = [(ALL, *groups[response.unit, response.wave]) for response in responses]
    answers = [response.answers[variable.id] for response in responses]
    found: dict[tuple[Group, str], WeightedEstimate] = {}
    for group in sorted({group for of_response in held for group in of_response}):
        domain = np.array([group in of_response for of_response in held])
        for category in variable.categories:
            answered = np.array(
                [a.missing is None and r.wave in category.waves for a, r in zip(answers, responses, strict=True)]
            )
            if not (answered & domain & design.everyone).any():
                continue
            choosing = np.array([category.code in answer.codes for answer in answers])
            estimate = share(design, choosing, answered, domain)
            interval = interval_of_share(estimate, "logit", census=False)
            found[group, category.code] = WeightedEstimate(
                value=estimate.value,
                standard_error=estimate.standard_error,
                lower=interval.lower if interval else None,
                upper=interval.upper if interval else None,
                design_effect=estimate.design_effect,
                degrees_of_freedom=estimate.degrees_of_freedom,
            )
    return found


def association(
    variable: Variable, responses: Sequence[Response], weights: Sequence[float | None], groups: _GROUPS
) -> Association:
    """The Rao-Scott test of answers against groups, for single choices."""
    import numpy as np

    from cityfolio.tabulate.sampling.association import rao_scott
    from cityfolio.tabulate.sampling.design import declare

    if any(len(response.answers[variable.id].codes) > 1 for response in responses):
        return Association(
            None, None, None, "No test: units can give several answers, so the rows of the table overlap."
        )
    rows = [next(iter(response.answers[variable.id].codes), "") for response in responses]
    columns = [next((group.key for group in groups[r.unit, r.wave]), "") for r in responses]
    kept = np.array([bool(row and column) for row, column in zip(rows, columns, strict=True)])
    if len(set(np.array(rows)[kept])) < 2 or len(set(np.array(columns)[kept])) < 2:
        return Association(None, None, None, "No test: there are fewer than two answers or groups to compare.")
    design = declare(len(responses), weights=np.array([weight or 0.0 for weight in weights], dtype=np.float64))
    result = rao_scott(design, rows, columns, kept)
    remark = "Rao-Scott test with second-order correction (F)."
    return Association(result.statistic, (result.numerator, result.denominator), result.p_value, remark)
