"""What mutation testing found that nobody checked: rankings, ties of cost, ends of ranges, names of reasons."""

from __future__ import annotations

from cityfolio.harmonise.editions import Held
from cityfolio.model.answer import Answer
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.missing import Missing
from cityfolio.model.ranking import ranks_pattern
from cityfolio.model.variable import Kind
from cityfolio.tabulate.disclosure import Column, DisclosureRule, crowd_of, withheld_from
from cityfolio.tabulate.disclosure.items import NUMBER, items_of
from tests.tabulate.surveys import choice

EDITION = Edition("2018", ("2018",))
EVERYBODY = Column("2018", ALL)


def ranked(*rankings: tuple[int, int, int]) -> tuple[list[tuple[str, int, int]], dict[str, str]]:
    """Of each category how many ranked it, of how many; and which are withheld among all units, with the reason."""
    variable = choice("first", {code: ["2018"] for code in "abc"}, Kind.RANKED, waves=["2018"])
    held = {f"u{n}": Held("2018", Answer(ranks_pattern(ranks))) for n, ranks in enumerate(rankings)}
    held["silent"] = Held("2018", Answer.without(Missing.NOT_ON_RECORD))
    crowd = crowd_of({EDITION: held}, lambda _unit, _wave: ())
    counted = [(item.answer, *item.counts(crowd.member)[0]) for item in items_of(variable, crowd)]
    found = withheld_from(variable, crowd, DisclosureRule(minimum_numerator=3))
    return counted, {answer: where[EVERYBODY] for answer, where in found.by_answer.items() if where}


def test_of_a_ranking_whoever_ranks_a_category_at_all_counts_for_it() -> None:
    counted, hidden = ranked((1, 2, 0), (2, 1, 0), (1, 0, 0), (0, 1, 2), (3, 2, 1))
    assert counted == [("a", 4, 5), ("b", 4, 5), ("c", 2, 5)]
    assert hidden == {"c": "minimum_numerator"}


def test_of_numbers_and_texts_it_counts_who_answered() -> None:
    from cityfolio.model.variable import Variable

    number = Variable("people", Kind.NUMBER, "People", ("2018", "2020"))
    held = {"a": Held("2018", Answer(0, number=1)), "b": Held("2018", Answer.without(Missing.REFUSED))}
    (item,) = items_of(number, crowd_of({EDITION: held}, lambda _unit, _wave: (Group("region", "north"),)))
    assert (item.answer, item.waves, item.counts(crowd_of({EDITION: held}, lambda _u, _w: ()).member)) == (
        NUMBER, ("2018", "2020"), [(1, 1)],
    )  # fmt: skip
