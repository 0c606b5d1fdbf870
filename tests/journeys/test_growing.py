"""A programme grows by data files alone: new cities, countries and continents, and a third wave."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.pages import read_text_of
from tests.programmes import EXAMPLE, ProgrammeFolder, rows_of
from tests.second_opinion.naive import shares_from_answers
from tests.second_opinion.test_shares import written


def test_rows_of_new_continents_countries_and_cities_build_at_once(example: ProgrammeFolder, tmp_path: Path) -> None:
    example.in_english_alone()
    new = {
        "nairobi-ken": ("Nairobi", "Kenya", "KEN", "AF"),
        "suva-fji": ("Suva", "Fiji", "FJI", "OC"),
        "mcmurdo-ata": ("McMurdo", "Antarctica", "ATA", "AN"),
        "ys-fra": ("Ÿ’s-sur-Mer", "France", "FRA", "EU"),
        "nowhere": ("Nowhere", "", "", ""),
    }
    for unit, (name, country, iso, continent) in new.items():
        example.add_row(
            "units.csv", unit=unit, name=name, display_name=name, country=country, country_iso3=iso, continent=continent
        )
    example.add_row("responses/2018.csv", unit="nairobi-ken", has_strategy="yes", approach="both", population="4397073")
    example.add_row("responses/2020.csv", unit="nairobi-ken", has_strategy="no", outcomes_other="own aim")
    for unit in ("suva-fji", "mcmurdo-ata", "ys-fra", "nowhere"):
        example.add_row("responses/2020.csv", unit=unit, has_funding="no", policy_areas="none", population="0")
    out = tmp_path / "site"
    report = example.build(out)
    assert report.units == len(list(rows_of(EXAMPLE / "units.csv"))) + len(new)
    assert written(out)[0] == shares_from_answers(example.path)
    home = read_text_of((out / "index.html").read_text("utf-8")).text
    for name, country, _, _ in new.values():
        assert name in home
        assert country in home
    nairobi = read_text_of((out / "cities" / "nairobi-ken" / "index.html").read_text("utf-8")).text
    assert "Nairobi has no formal innovation strategy, like " in nairobi
    assert "Answer of 2018, outside the comparison" in nairobi


def with_third_wave(example: ProgrammeFolder) -> None:
    example.write("instruments/2022.yml", example.text("instruments/2020.yml").replace("2020", "2022"))
    example.swap(
        "instruments/2022.yml",
        '          - {code: culture, label: "Culture"}\n',
        '          - {code: culture, label: "Culture"}\n          - {code: night_life, label: "Night life"}\n',
    )
    rows = list(csv.DictReader(io.StringIO(example.text("responses/2020.csv"))))
    kept = [row for row in rows if row["unit"] in ("busan-kor", "bologna-ita")]
    for row in kept:
        row.update(policy_areas="night_life", has_funding="no", funding_sources="", funded_activities="")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    example.write("responses/2022.csv", text.getvalue())
    example.swap(
        "programme.yml",
        "  - {id: 2020, title: survey of 2020}\n",
        "  - {id: 2020, title: survey of 2020}\n  - {id: 2022, title: survey of 2022}\n",
    )
    example.swap(
        "programme.yml",
        "editions:\n",
        "editions:\n  - {id: 2018-2022, title: 'surveys of 2018, 2020 and 2022', waves: [2018, 2020, 2022]}\n",
    )
    example.swap("programme.yml", "default_edition: 2018-2020", "default_edition: 2018-2022")


def test_a_third_wave_is_data_files_and_lines_in_programme_yml(
    example: ProgrammeFolder, example_site: Path, tmp_path: Path
) -> None:
    example.in_english_alone()
    with_third_wave(example)
    assert [finding.message for finding in example.findings() if finding.blocks] == []
    out = tmp_path / "site"
    example.build(out)
    assert written(out)[0] == shares_from_answers(example.path)
    shares = {row["fact"]: row for row in rows_of(out / "data" / "facts.csv")}
    pooled = shares["2018-2022.policy_areas.night_life.all.share"]
    assert (pooled["numerator"], pooled["base"]) == ("2", "2")
    units = int(shares["2018-2022._units._.all.count"]["numerator"])
    assert int(pooled["not_offered"]) == units - 2
    before = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    assert shares["2018-2020.has_funding.yes.all.share"] == before["2018-2020.has_funding.yes.all.share"]
    busan = read_text_of((out / "cities" / "busan-kor" / "index.html").read_text("utf-8")).text
    assert "Answers of 2022" in busan
    assert "Night life" in busan
    assert "Busan sets no money aside for its capacity to innovate" in busan
    changes = {"2018-to-2020", "2020-to-2022"}
    assert {"2018", "2020", "2022", "2018-2020", "2018-2022"} | changes == {row["edition"] for row in shares.values()}
