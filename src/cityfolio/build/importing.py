"""Answers into a programme: read, matched, coded and put in place with the file that they came from, or nothing at all."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from cityfolio.build.instruments import put_in_place
from cityfolio.build.programme import CORRECTIONS, Definitions, load_definitions
from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, Place, any_blocks, in_order
from cityfolio.formatting import did_you_mean, join_list
from cityfolio.intake.corrections import correct, load_corrections
from cityfolio.intake.importing.applying import Target, apply_mapping
from cityfolio.intake.importing.drafting import draft_mapping
from cityfolio.intake.importing.mapping import MappingFile, mapping_text
from cityfolio.intake.importing.received import FORMS, read_received
from cityfolio.intake.units import read_units
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import read_yaml

__all__ = ["ImportedAnswers", "import_answers"]


@dataclass(frozen=True)
class ImportedAnswers:
    """What an import did: how many responses, into which file, whether anything changed, and what there is to remark."""

    responses: int
    file: Path
    drafted: bool
    changed: bool
    findings: tuple[Finding, ...]


def import_answers(folder: Path, file: Path, wave: str, *, replace: bool = False) -> ImportedAnswers:
    """Put the answers in `file` into the programme as those of `wave`.

    A mapping is drafted where there is none; one that is there is never changed.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a finding blocks; no answers were written. A drafted mapping stays, to be completed.
        WrongUse: if the wave or the form of the file is not known, or there are answers that no import wrote.
    """
    definitions = load_definitions(folder)
    if wave not in definitions.instruments:
        hint = did_you_mean(wave, definitions.instruments) or join_list(list(definitions.instruments))
        raise WrongUse(f'The programme has no wave "{wave}"; it has {hint}.')
    if file.suffix.casefold() not in FORMS:
        raise WrongUse(f"{file.name} is in no form that is read. Save the answers as one of {', '.join(FORMS)}.")
    units, findings = read_units(Source(folder / "units.csv", "units.csv", "it lists the units", folder))
    findings = [finding for finding in findings if finding.blocks]
    mapping_name = f"mappings/{wave}.yml"
    drafted = not (folder / mapping_name).exists()
    owned = None if drafted else _owned_mapping(folder, mapping_name)
    received, more = read_received(
        Source(file, file.name, "it is the file that was named"), owned.encoding if owned else ""
    )
    findings += more
    if received is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    mapping = owned or draft_mapping(received, definitions.instruments[wave], units)
    if mapping is None:
        raise ProgrammeBlocked([Finding("import.no-unit-column", Place(file.name, 1))])
    if drafted:
        put_in_place(folder / mapping_name, mapping_text(mapping).encode("utf-8"))
    target = Target(
        definitions.instruments[wave], definitions.variables, units, definitions.manifest.missing, mapping_name
    )
    frame, more = apply_mapping(received, mapping, target)
    if any_blocks(more):
        raise ProgrammeBlocked(in_order(more))
    out = definitions.responses[wave]
    text = io.BytesIO()
    if out.suffix == ".parquet":
        frame.write_parquet(text)
    else:
        frame.with_columns(pl.all().replace("", None)).write_csv(text)
    more += _corrections(folder, wave, definitions, frame)
    changed = _keep(folder, wave, file, out, text.getvalue(), replace=replace)
    return ImportedAnswers(frame.height, out, drafted, changed, tuple(in_order(more)))


def _corrections(folder: Path, wave: str, definitions: Definitions, frame: pl.DataFrame) -> list[Finding]:
    """What the answers that came in mean for the corrections of the wave: where an old value no longer stands, it is said now."""
    source = Source(folder / CORRECTIONS, CORRECTIONS, "it holds the corrections", folder)
    if not source.path.exists():
        return []
    wanted, _ = load_corrections(source, definitions.instruments, None)
    asked = [one for one in wanted if one.correction.wave == wave]
    units = sorted({one.correction.unit for one in asked})
    rows = {row["unit"]: row for row in frame.filter(pl.col("unit").is_in(units)).iter_rows(named=True)}
    return list(correct(asked, rows, definitions.manifest.missing).findings)


def _owned_mapping(folder: Path, name: str) -> MappingFile:
    mapping, _, findings = read_yaml(Source(folder / name, name, "it is the mapping of the wave", folder), MappingFile)
    if mapping is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    return mapping


def _keep(folder: Path, wave: str, file: Path, out: Path, content: bytes, *, replace: bool) -> bool:
    """Put answers, their source and its entry in place; False where all of it is there already, byte for byte."""
    entry_file = folder / "sources" / wave / "import.json"
    entry = _entry(file, out.relative_to(folder).as_posix(), content)
    kept = entry_file.parent / entry["source"]
    wanted = {kept: file.read_bytes(), out: content, entry_file: _json(entry)}
    if all(path.is_file() and path.read_bytes() == held for path, held in wanted.items()):
        return False
    if out.exists() and out.read_bytes() != content and not replace and not _is_imported(entry_file, out):
        raise WrongUse(
            f"{out} holds answers that no import wrote, or that were changed since. Add --replace if they may go."
        )
    for path, held in wanted.items():
        put_in_place(path, held)
    return True


def _entry(file: Path, responses: str, content: bytes) -> dict[str, str]:
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "source": f"{checksum[:12]}-{file.name}",
        "source_sha256": checksum,
        "responses": responses,
        "responses_sha256": hashlib.sha256(content).hexdigest(),
    }


def _json(entry: dict[str, str]) -> bytes:
    return f"{json.dumps(entry, ensure_ascii=False, indent=1)}\n".encode()


def _is_imported(entry_file: Path, out: Path) -> bool:
    """Whether the answers that are there are exactly those that the last import wrote."""
    if not entry_file.is_file():
        return False
    try:
        entry = json.loads(entry_file.read_bytes())
    except ValueError:
        return False
    held = hashlib.sha256(out.read_bytes()).hexdigest()
    return isinstance(entry, dict) and entry.get("responses_sha256") == held
