"""The laws of editions: each unit once, with its latest response."""

from __future__ import annotations

from hypothesis import given

from cityfolio.model.edition import ALL

from .answers import EDITIONS, WAVES, Made, made_answers


@given(made_answers())
def test_each_unit_counts_once_with_its_latest_response(made: Made) -> None:
    for edition in EDITIONS.values():
        for unit in made.answers.units:
            latest = made.answers.latest(unit, edition.waves)
            held = [r.wave for r in made.answers.responses if r.unit == unit and r.wave in edition.waves]
            assert (latest.wave if latest else None) == (max(held, key=WAVES.index) if held else None)


@given(made_answers())
def test_an_edition_holds_exactly_the_units_that_took_part(made: Made) -> None:
    for edition in EDITIONS.values():
        took_part = {r.unit for r in made.answers.responses if r.wave in edition.waves}
        counted = {f.base.units for f in made.facts(edition.id) if f.base and f.key.group == ALL}
        assert counted <= {len(took_part)}


@given(made_answers())
def test_the_order_of_responses_does_not_matter(made: Made) -> None:
    turned = type(made)(
        type(made.answers)(made.answers.units, made.answers.variables, WAVES, made.answers.responses[::-1]), made.groups
    )
    for edition in EDITIONS:
        assert turned.facts(edition) == made.facts(edition)
