"""One category of several choices as a variable of its own: chosen or not, its rank, or why there is nothing."""

from __future__ import annotations

from cityfolio.model.answer import Answer, Response
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable

__all__ = ["indicator"]


def indicator(variable: Variable, category: Category, response: Response, answer: Answer) -> int | Missing:
    """1 if the category was chosen (of a ranking, its rank), 0 if not, or the missing reason.

    That the wave did not offer the category goes before any other reason but that the question was not asked.
    """
    if answer.missing is Missing.NOT_ASKED:
        return answer.missing
    if not variable.offers(category.code, response.wave):
        return Missing.NOT_OFFERED
    if answer.missing is not None:
        return answer.missing
    if category.code not in answer.codes:
        return 0
    return answer.codes.index(category.code) + 1 if variable.kind is Kind.RANKED else 1
