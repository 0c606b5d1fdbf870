"""Instruments in files: read from whatever form they have, compared, and written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, any_blocks, in_order
from cityfolio.harmonise.crosswalk import CrosswalkFile
from cityfolio.harmonise.drafting import crosswalk_text, draft_crosswalk, with_lines_added
from cityfolio.instrument.loading import load_instrument, load_parsed
from cityfolio.model.identifiers import is_identifier
from cityfolio.reading.text import Source, read_text
from cityfolio.reading.yaml import Located, parse_yaml

if TYPE_CHECKING:
    from cityfolio.model.instrument import Instrument

__all__ = ["draft_crosswalk_file", "open_instrument", "put_in_place"]


def open_instrument(path: Path) -> tuple[Instrument, list[Finding]]:
    """The instrument of a file that is named for its wave, with what there is to remark.

    Raises:
        ProgrammeBlocked: if it cannot be read; it carries all findings.
        WrongUse: if the name of the file cannot be that of a wave.
    """
    wave = path.stem
    if not is_identifier(wave):
        raise WrongUse(f"{path} is to be named for its wave, as 2022.yml is: letters, digits, - and _.")
    if path.suffix in (".yml", ".yaml"):
        instrument, findings = load_instrument(wave, Source(path, str(path), "it is the instrument that was named"))
        if instrument is None or any_blocks(findings):
            raise ProgrammeBlocked(in_order(findings))
        return instrument, findings
    from cityfolio.build.exchanging import read_questionnaire

    questionnaire, findings = read_questionnaire(path, wave)
    return load_parsed(wave, questionnaire.content, Located(str(path), {}))[0], findings


def draft_crosswalk_file(path: Path, earlier: Instrument, later: Instrument) -> CrosswalkFile:
    """The crosswalk between two waves, drafted into `path`. What is confirmed there stays; other lines are drafted anew.

    Raises:
        ProgrammeBlocked: if there is a file that cannot be read; it carries all findings.
        WrongUse: if there is a file about other waves.
    """
    if not path.exists():
        draft = draft_crosswalk(earlier, later)
        put_in_place(path, crosswalk_text(draft).encode("utf-8"))
        return draft
    text, findings = read_text(Source(path, str(path)))
    held, _, more = parse_yaml(str(path), text or "", CrosswalkFile)
    if text is None or held is None or any_blocks([*findings, *more]):
        raise ProgrammeBlocked(in_order([*findings, *more]))
    if (held.earlier, held.later) != (earlier.wave, later.wave):
        raise WrongUse(f"{path} is about {held.earlier} and {held.later}, not {earlier.wave} and {later.wave}.")
    draft = draft_crosswalk(earlier, later, held.changes)
    put_in_place(path, with_lines_added(text, held, draft).encode("utf-8"))
    return draft


def put_in_place(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    os.replace(draft, path)  # noqa: PTH105 - whole or not at all
