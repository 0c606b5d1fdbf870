"""A form of another program becomes the instrument, and the answers that the same program collected fit it as they come."""

# ruff: noqa: E501 - a form is a table, and as wide as one

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.build.exchanging import import_instrument
from cityfolio.build.importing import import_answers
from tests.importing.received_files import put, table
from tests.instrument.test_limesurvey import ENGLISH, HEAD, KOREAN, SETTINGS
from tests.programmes import ProgrammeFolder

FORM = """\
| survey  |                            |            |                       |                        |                     |            |
|         | type                       | name       | label::English (en)   | label::Korean (ko)     | relevant            | appearance |
|         | begin_group                | trees      | Trees                 | 나무                   |                     |            |
|         | select_one yn              | plan       | Is there a plan?      | 계획이 있습니까?       |                     |            |
|         | select_multiple m or_other | measures   | What is done?         | 무엇을 합니까?         | ${plan} = 'yes'     |            |
|         | rank m2                    | order      | What comes first?     | 무엇이 먼저입니까?     |                     |            |
|         | begin_group                | care       | How well?             | 얼마나 잘?             |                     | table-list |
|         | select_one w               | care_parks | in parks              | 공원에서               |                     |            |
|         | select_one w               | care_roads | on roads              | 길에서                 |                     |            |
|         | end_group                  |            |                       |                        |                     |            |
|         | integer                    | budget     | How much?             | 얼마?                  |                     |            |
|         | end_group                  |            |                       |                        |                     |            |
| choices |           |          |                     |                    |
|         | list_name | name     | label::English (en) | label::Korean (ko) |
|         | yn        | yes      | Yes                 | 예                 |
|         | yn        | no       | No                  | 아니요             |
|         | m         | planting | Planting            | 심기               |
|         | m         | watering | Watering            | 물 주기            |
|         | m2        | first    | Shade               | 그늘               |
|         | m2        | second   | Air                 | 공기               |
|         | w         | a1       | Badly               | 나쁘게             |
|         | w         | a2       | Well                | 잘                 |
"""


def _fielded(small: ProgrammeFolder, form: Path) -> None:
    """The programme with a wave that fields the form."""
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    small.swap("programme.yml", "editions:", "  - {id: 2026, title: survey of 2026}\neditions:")
    import_instrument(form, "2026", small.path / "instruments/2026.yml", "en")


def _imported(small: ProgrammeFolder, rows: list[list[str]]) -> list[str]:
    (small.path / "mappings/2026.yml").unlink(missing_ok=True)
    done = import_answers(small.path, put(small, "results.csv", table(rows)), "2026", replace=True)
    assert list(done.findings) == []
    return small.text("responses/2026.csv").splitlines()


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["id", "submitdate", "city", "plan", "areas[roads]", "areas[none]", "areas[other]", "care[parks]", "budget"],
            ["1", "2026-05-01", "Alder", "Y", "Y", "", "along the river", "A2", "5"],
            ["2", "2026-05-01", "Birch", "N", "", "", "", "A1", ""],
        ],
        [
            ["Response ID", "City", "Is there a plan?", "Where? [Roads]", "Where? [Nowhere]", "Where? [Other]", "How well? [in parks]", "How much?"],
            ["1", "Alder", "Yes", "Yes", "No", "along the river", "Well", "5"],
            ["2", "Birch", "No", "No", "No", "", "Badly", ""],
        ],
    ],
    ids=["codes", "texts"],
)  # fmt: skip
def test_a_survey_of_limesurvey_and_its_responses(small: ProgrammeFolder, rows: list[list[str]]) -> None:
    _fielded(small, put(small, "survey.txt", "\ufeff" + HEAD + SETTINGS + "".join([*ENGLISH, *KOREAN])))
    assert _imported(small, rows) == [
        "unit,plan,areas,areas_other,care_parks,budget",
        "alder-aa,Y,roads,along the river,A2,5",
        "birch-aa,N,,,A1,",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["start", "city", "trees/plan", "trees/measures", "trees/measures_other", "trees/order", "trees/care/care_parks", "trees/care/care_roads", "trees/budget", "_id"],
            ["x", "Alder", "yes", "planting other", "pruning", "second first", "a2", "a1", "5", "1"],
            ["x", "Birch", "no", "", "", "", "a1", "", "", "2"],
        ],
        [
            ["City", "계획이 있습니까?", "무엇을 합니까?", "measures_other", "무엇이 먼저입니까?", "care_parks", "care_roads", "How much?"],
            ["Alder", "예", "심기", "pruning", "second first", "잘", "Badly", "5"],
            ["Birch", "No", "", "", "", "나쁘게", "", ""],
        ],
    ],
    ids=["names", "labels of two languages"],
)  # fmt: skip
def test_a_form_of_odk_and_its_submissions(small: ProgrammeFolder, rows: list[list[str]]) -> None:
    _fielded(small, put(small, "form.md", FORM))
    assert _imported(small, rows) == [
        "unit,plan,measures,measures_other,order,care_parks,care_roads,budget",
        "alder-aa,yes,planting,pruning,second first,a2,a1,5",
        "birch-aa,no,,,,a1,,",
    ]
