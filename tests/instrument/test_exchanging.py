"""Questionnaires into a programme and out of it: the files, the catalogues, what is refused, and what the build then says."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.build.catalogues import programme_texts
from cityfolio.build.exchanging import export_instrument, fielded, import_instrument, read_questionnaire
from cityfolio.build.instruments import draft_crosswalk_file, open_instrument
from cityfolio.build.programme import load_programme
from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.harmonise.comparability import Grade, NoteKind
from cityfolio.harmonise.crosswalk import Change, Crosswalk
from cityfolio.harmonise.question_notes import question_notes
from cityfolio.instrument.exchange.translations import in_language, messages
from cityfolio.model.instrument import Instrument, Question, Routing, Section
from cityfolio.model.variable import Kind
from cityfolio.reading.catalogues import Catalogue
from tests.programmes import EXAMPLE, ProgrammeFolder

from .questionnaires import said_otherwise

FORM = """| survey |
| | type | name | label::English (en) | label::Korean (ko) |
| | text | head_title | Who heads it? | 누가 이끕니까? |
| | text | budget | What is the budget? | 예산은 얼마입니까? |
"""


def test_translations_go_into_the_catalogue_of_the_programme_and_what_is_there_stays(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    source = tmp_path / "form.md"
    source.write_text(FORM, encoding="utf-8")
    small.write("locale/ko.po", 'msgctxt "variable.budget.label"\nmsgid "What is the budget?"\nmsgstr "예산"\n')
    done = import_instrument(source, "2026", small.path / "instruments" / "2026.yml")
    assert done.questions == 2
    held = small.text("locale/ko.po")
    assert 'msgstr "예산"' in held
    assert 'msgstr "누가 이끕니까?"' in held
    # Importing again changes nothing.
    before = {path: path.read_bytes() for path in done.files}
    import_instrument(source, "2026", small.path / "instruments" / "2026.yml")
    assert {path: path.read_bytes() for path in done.files} == before


def test_an_instrument_that_says_something_else_is_not_overwritten(small: ProgrammeFolder, tmp_path: Path) -> None:
    source = tmp_path / "form.md"
    source.write_text(FORM, encoding="utf-8")
    before = small.text("instruments/2024.yml")
    with pytest.raises(WrongUse, match="says something else"):
        import_instrument(source, "2024", small.path / "instruments" / "2024.yml")
    assert small.text("instruments/2024.yml") == before


def test_what_is_blocked_is_not_written(tmp_path: Path) -> None:
    source = tmp_path / "form.md"
    source.write_text(FORM.replace("budget", "head_title"), encoding="utf-8")
    with pytest.raises(ProgrammeBlocked):
        import_instrument(source, "2024", tmp_path / "out" / "2024.yml")
    assert not (tmp_path / "out").exists()


def test_a_file_in_no_known_form_and_a_wave_that_is_not_there_are_wrong_use(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    (tmp_path / "form.docx").write_bytes(b"PK")
    with pytest.raises(WrongUse, match="no form that is known"):
        read_questionnaire(tmp_path / "form.docx", "2024")
    with pytest.raises(WrongUse, match='did you mean "2024"'):
        fielded(small.path, "2042")
    with pytest.raises(WrongUse, match="named for its wave"):
        open_instrument(tmp_path / "../etc." / "a b.yml")


@pytest.mark.parametrize(("form", "name"), [("xlsform", "2020.xlsx"), ("ddi", "2020.xml")])
def test_the_example_goes_out_and_comes_back_in_both_languages(form: str, name: str, tmp_path: Path) -> None:
    export_instrument(EXAMPLE, "2020", form, tmp_path / name)
    found, _ = read_questionnaire(tmp_path / name, "2020")
    assert found == fielded(EXAMPLE, "2020")


def test_every_text_of_an_instrument_has_the_context_under_which_a_programme_looks_for_it() -> None:
    content = fielded(EXAMPLE, "2020").content
    made = messages(content, said_otherwise(content), "2020")
    wanted = {(m.context, m.source) for m in programme_texts(load_programme(EXAMPLE), "fr")}
    assert {(m.context, m.source) for m in made} <= wanted
    # What the walk puts in, it takes out again.
    assert in_language(content, "2020", Catalogue("fr", tuple(made))) == said_otherwise(content)


# -- crosswalks ------------------------------------------------------------------------------------------------------------


def test_a_drafted_line_blocks_the_build_until_a_person_has_confirmed_it(small: ProgrammeFolder) -> None:
    small.swap("instruments/2024.yml", "label: Watering in dry summers", "label: Watering")
    waves = [open_instrument(small.path / "instruments" / f"{wave}.yml")[0] for wave in ("2022", "2024")]
    (small.path / "crosswalks" / "2022-2024.yml").unlink()
    draft_crosswalk_file(small.path / "crosswalks" / "2022-2024.yml", *waves)
    assert [finding.code for finding in small.findings() if finding.blocks] == ["crosswalk.unconfirmed"]
    with pytest.raises(ProgrammeBlocked):
        load_programme(small.path)
    small.swap("crosswalks/2022-2024.yml", "state: needs confirmation", "state: confirmed")
    assert [finding.code for finding in small.findings() if finding.blocks] == []


def test_a_crosswalk_of_other_waves_is_left_alone(small: ProgrammeFolder) -> None:
    earlier, later = (open_instrument(small.path / "instruments" / f"{wave}.yml")[0] for wave in ("2022", "2024"))
    with pytest.raises(WrongUse, match="is about 2022 and 2024, not 2024 and 2022"):
        draft_crosswalk_file(small.path / "crosswalks" / "2022-2024.yml", later, earlier)


def test_each_line_about_a_question_speaks_of_its_own_change() -> None:
    one = Question("areas", Kind.MULTIPLE, "Areas", "Which?", cap=2)
    other = Question("areas", Kind.MULTIPLE, "Areas", "Where?", routed_past_by=(Routing("plan", ("no",)),))
    waves = [Instrument(wave, wave, (Section("s", "S", (q,)),)) for wave, q in (("2018", one), ("2020", other))]
    lines = (
        Change("areas", "", "reworded", "comparable", "Same.", "confirmed"),
        Change("areas", "", "rerouted", "break", "Others.", "confirmed"),
    )
    notes = question_notes(waves[0], waves[1], "areas", Crosswalk("2018", "2020", lines))
    assert [(note.kind, note.grade) for note in notes] == [
        (NoteKind.WORDING, Grade.COMPARABLE),
        (NoteKind.CAP, Grade.COMPARABLE),
        (NoteKind.UNIVERSE, Grade.BREAK),
    ]
