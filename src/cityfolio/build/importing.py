"""Answers into a programme: read, matched, coded and put in place with the file that they came from, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.build.imported_files import SourceFile, keep_answers
from cityfolio.build.instruments import put_in_place
from cityfolio.build.programme import CORRECTIONS, Definitions, load_definitions
from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, Place, any_blocks, in_order
from cityfolio.formatting import did_you_mean, join_list
from cityfolio.instrument.loading import load_parsed
from cityfolio.intake.corrections import correct, load_corrections
from cityfolio.intake.importing.applying import Coded, Target, apply_mapping
from cityfolio.intake.importing.drafting import draft_mapping
from cityfolio.intake.importing.forms import FORMS, read_received
from cityfolio.intake.importing.mapping import MappingFile, columns_read, mapping_text
from cityfolio.intake.importing.received import How
from cityfolio.intake.importing.unit_list import read_unit_list
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located, read_yaml

if TYPE_CHECKING:
    from cityfolio.model.instrument import Instrument

__all__ = ["ImportedAnswers", "import_answers"]


@dataclass(frozen=True)
class ImportedAnswers:
    """What an import did: how many responses, into which file, whether anything changed, and what there is to remark."""

    responses: int
    file: Path
    drafted: bool
    changed: bool
    findings: tuple[Finding, ...]


def import_answers(
    folder: Path, file: Path, wave: str, *, replace: bool = False, encoding: str = "", sheet: str = ""
) -> ImportedAnswers:
    """Put the answers in `file` into the programme as those of `wave`.

    A mapping is drafted where there is none, with `encoding` and `sheet` if they are named; one that is there is never changed.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a finding blocks; no answers were written. A drafted mapping stays, to be completed.
        WrongUse: if the wave or the form of the file is not known, there are answers that no import wrote, or what is named
            here is not what the mapping says.
    """
    definitions = load_definitions(folder)
    if wave not in definitions.instruments:
        hint = did_you_mean(wave, definitions.instruments) or join_list(list(definitions.instruments))
        raise WrongUse(f'The programme has no wave "{wave}"; it has {hint}.')
    if file.suffix.casefold() not in FORMS:
        raise WrongUse(f"{file.name} is in no form that is read. Save the answers as one of {', '.join(FORMS)}.")
    mapping_name = f"mappings/{wave}.yml"
    drafted = not (folder / mapping_name).exists()
    listed = Source(folder / "units.csv", "units.csv", "it lists the units", folder)
    units, findings = read_unit_list(listed, with_names=drafted)
    findings = [finding for finding in findings if finding.blocks]
    owned = None if drafted else _owned_mapping(folder, mapping_name)
    how = How(encoding, sheet) if owned is None else _how(owned, How(encoding, sheet), mapping_name)
    opened = SourceFile.at(file)
    received, more = read_received(Source(file, file.name, "it is the file that was named"), how)
    findings += more
    if received is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    mapping = owned or draft_mapping(received, definitions.instruments[wave], units, _translations(folder, wave))
    if mapping is None:
        raise ProgrammeBlocked([Finding("import.no-unit-column", Place(file.name, 1))])
    if drafted:
        mapping = mapping.model_copy(update={"encoding": encoding, "sheet": sheet})
        put_in_place(folder / mapping_name, mapping_text(mapping).encode("utf-8"))
    target = Target(
        definitions.instruments[wave], definitions.variables, units.ids, definitions.manifest.missing, mapping_name
    )
    coded, more = apply_mapping(received, mapping, target)
    if any_blocks(more):
        raise ProgrammeBlocked(in_order(more))
    del received
    out = definitions.responses[wave]
    more += _corrections(folder, wave, definitions, coded)
    changed = keep_answers(opened, coded, out, folder, wave, replace=replace)
    return ImportedAnswers(coded.height, out, drafted, changed, tuple(in_order(more)))


def _translations(folder: Path, wave: str) -> list[Instrument]:
    """The instrument of the wave in the other languages of the programme."""
    from cityfolio.build.exchanging import fielded

    others = fielded(folder, wave).translations
    found = [
        load_parsed(wave, content, Located(f"{wave} in {language}", {}))[0] for language, content in others.items()
    ]
    return [instrument for instrument in found if instrument is not None]


def _how(owned: MappingFile, named: How, mapping_name: str) -> How:
    """How the mapping says that files are read. What is named on the command line may not say otherwise."""
    for key, there, here in (("encoding", owned.encoding, named.encoding), ("sheet", owned.sheet, named.sheet)):
        if here and here != there:
            raise WrongUse(f'{mapping_name} says {key}: "{there}"; change it there, it belongs to the programme.')
    return How(owned.encoding, owned.sheet, frozenset(columns_read(owned)))


def _corrections(folder: Path, wave: str, definitions: Definitions, coded: Coded) -> list[Finding]:
    """What the answers that came in mean for the corrections of the wave: where an old value no longer stands, it is said now."""
    source = Source(folder / CORRECTIONS, CORRECTIONS, "it holds the corrections", folder)
    if not source.path.exists():
        return []
    wanted, _ = load_corrections(source, definitions.instruments, None)
    asked = [one for one in wanted if one.correction.wave == wave]
    rows = coded.rows_of({one.correction.unit for one in asked})
    return list(correct(asked, rows, definitions.manifest.missing).findings)


def _owned_mapping(folder: Path, name: str) -> MappingFile:
    mapping, _, findings = read_yaml(Source(folder / name, name, "it is the mapping of the wave", folder), MappingFile)
    if mapping is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    return mapping
