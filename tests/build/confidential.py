"""A programme with questions whose single answers are not released."""

from __future__ import annotations

import random

from tests.programmes import ProgrammeFolder

QUESTIONS = """\
      - variable: trust
        kind: single
        label: Trust in contractors
        question: Do you trust your contractors?
        released: false
        categories:
          - {code: full, label: Full trust}
          - {code: some, label: Some trust}
          - {code: little, label: Little trust}
      - variable: troubles
        kind: multiple
        label: Troubles
        question: Which troubles do you have?
        released: false
        other: true
        categories:
          - {code: debt, label: Debts}
          - {code: strike, label: Strikes}
          - {code: theft, label: Stolen trees}
      - variable: bribes
        kind: number
        label: Bribes offered
        question: How many bribes were you offered?
        released: false
"""
RULE = "disclosure: {minimum_base: 4, minimum_numerator: 3, minimum_rest: 2}\n"
WAVES = ("2022", "2024")
SECRETS = ("trust", "troubles", "troubles_other", "bribes")


def confide(small: ProgrammeFolder) -> ProgrammeFolder:
    """The small programme with confidential questions, forty cities in seven countries on two continents; most answer twice."""
    dice = random.Random(7)
    units = [f"city-{number:02}" for number in range(40)]
    countries = ["Aland", "Boreland", "Cantia", "Dovre", "Ewig", "Fennia", "Gotland"]
    lines = ["unit,name,country,continent,lat,lon"]
    for number, unit in enumerate(units):
        place = min(6, number // (4 + number % 5))
        lines.append(f"{unit},City {number},{countries[place]},{'EU' if place < 4 else 'AS'},1,1")
    small.write("units.csv", "\n".join(lines) + "\n")
    for wave in WAVES:
        small.write(f"instruments/{wave}.yml", small.text(f"instruments/{wave}.yml") + QUESTIONS)
        rows = ["unit,population,has_plan,measures,measures_other," + ",".join(SECRETS)]
        for unit in units:
            if dice.random() < 0.8:
                trust = dice.choices(["full", "some", "little", ""], [9, 9, 0.4, 2])[0]
                troubles = " ".join(code for code in ("debt", "strike", "theft") if dice.random() < 0.3)
                words = f"secret of {unit}" if dice.random() < 0.2 else ""
                rows.append(f"{unit},1000,yes,planting,,{trust},{troubles},{words},{dice.randint(9000, 9999)}")
        small.write(f"responses/{wave}.csv", "\n".join(rows) + "\n")
    small.swap(
        "programme.yml", "groups:\n", RULE + "groups:\n  - {kind: region, title: Region, attribute: continent}\n"
    )
    plan = "      - {kind: chart, variable: trust, title: Trust}\n      - {kind: ranking, variable: troubles}\n"
    small.write("profile.yml", small.text("profile.yml") + plan)
    return small
