"""Instruments into a programme and out of it, in the forms of other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.build.catalogue_files import header
from cityfolio.build.catalogues import catalogue_name
from cityfolio.build.instruments import put_in_place
from cityfolio.build.manifest import load_manifest
from cityfolio.errors import NotAProgramme, ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, any_blocks, in_order
from cityfolio.formatting import did_you_mean
from cityfolio.instrument.exchange.questionnaire import Questionnaire
from cityfolio.instrument.exchange.translations import in_language, messages
from cityfolio.instrument.loading import InstrumentFile, load_parsed
from cityfolio.instrument.writing import instrument_text
from cityfolio.reading.catalogues import Catalogue, read_catalogue
from cityfolio.reading.product_catalogues import product_words
from cityfolio.reading.text import Source, read_bytes
from cityfolio.reading.writing_catalogues import catalogue_text
from cityfolio.reading.yaml import Located, parse_yaml, read_yaml

if TYPE_CHECKING:
    from cityfolio.reading.catalogues import Message

__all__ = ["Imported", "export_instrument", "fielded", "import_instrument", "print_papers", "read_questionnaire"]

Writer: TypeAlias = "Callable[[Questionnaire, str, str], tuple[bytes, list[Finding]]]"
Reader: TypeAlias = "Callable[[str, bytes, str], tuple[Questionnaire | None, list[Finding]]]"


@dataclass(frozen=True)
class Imported:
    """What an import wrote: the files, how many questions, and what there is to remark."""

    files: tuple[Path, ...]
    questions: int
    findings: tuple[Finding, ...]


def import_instrument(path: Path, wave: str, out: Path, language: str = "") -> Imported:
    """Write the instrument in `path`, whatever its form, as YAML to `out`, and its translations into catalogues.

    Raises:
        ProgrammeBlocked: if it cannot be carried over; it carries all findings, and nothing was written.
        WrongUse: if its form is not known, or `out` is there and says something else.
    """
    questionnaire, findings = read_questionnaire(path, wave, language)
    text = instrument_text(questionnaire.content)
    if out.exists() and out.read_bytes() != text.encode("utf-8"):
        raise WrongUse(f"{out} is there and says something else. Compare the two, or remove it first.")
    catalogues = {
        code: messages(questionnaire.content, translation, wave)
        for code, translation in questionnaire.translations.items()
    }
    written = {_catalogue_path(out, code): (code, said) for code, said in catalogues.items() if said}
    contents = {place: _catalogue(place, code, said) for place, (code, said) in written.items()}
    put_in_place(out, text.encode("utf-8"))
    for place, content in contents.items():
        put_in_place(place, content.encode("utf-8"))
    number = sum(len(section.questions) for section in questionnaire.content.sections)
    return Imported((out, *contents), number, tuple(in_order(findings)))


def read_questionnaire(path: Path, wave: str, language: str = "") -> tuple[Questionnaire, list[Finding]]:
    """The questionnaire in a file of any form that is known, and what there is to remark.

    Raises:
        ProgrammeBlocked: if it cannot be read or carried over.
        WrongUse: if its form is not known.
    """
    content, findings = read_bytes(Source(path, str(path), "it is the file that was named"))
    if content is None:
        raise ProgrammeBlocked(findings)
    reader = _reader(path)
    questionnaire, findings = reader(str(path), content, language)
    if questionnaire is not None:
        # What is checked in any instrument is checked here too; blocked is what no programme could have.
        name = f"{path} as an instrument"
        shaped, located, more = parse_yaml(name, instrument_text(questionnaire.content), InstrumentFile)
        findings += more if shaped is None else load_parsed(wave, shaped, located)[1]
    if questionnaire is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    return questionnaire, findings


def fielded(folder: Path, wave: str) -> Questionnaire:
    """The questionnaire of a wave of a programme, in all its languages. Its answers are not looked at.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if the programme or the instrument cannot be read.
        WrongUse: if there is no such wave.
    """
    if not (folder / "programme.yml").is_file():
        raise NotAProgramme(f"{folder} holds no programme.yml.")
    manifest, _, findings = load_manifest(Source(folder / "programme.yml", "programme.yml", root=folder))
    if manifest is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    waves = {entry.id: entry.instrument or f"instruments/{entry.id}.yml" for entry in manifest.content.waves}
    if wave not in waves:
        hint = did_you_mean(wave, waves)
        raise WrongUse(f'There is no wave "{wave}"' + (f'; did you mean "{hint}"?' if hint else "."))
    content, _, findings = read_yaml(Source(folder / waves[wave], waves[wave], root=folder), InstrumentFile)
    if content is None or any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    rest = {
        code: in_language(content, wave, _held(folder / catalogue_name(code), code)) for code in manifest.languages[1:]
    }
    return Questionnaire(content, manifest.content.language, rest)


def export_instrument(folder: Path, wave: str, form: str, out: Path) -> list[Finding]:
    """Write the questionnaire of a wave in the form of another program; what it cannot hold is said.

    Raises:
        ProgrammeBlocked: if it cannot be written at all; it carries all findings, and nothing was written.
        WrongUse: if the form is not known.
    """
    questionnaire = fielded(folder, wave)
    writer = _writer(form)
    content, findings = writer(questionnaire, wave, out.name)
    if any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    put_in_place(out, content)
    return in_order(findings)


def print_papers(folder: Path, wave: str, out: Path, language: str = "") -> list[Path]:
    """Print the questionnaire of a wave as HTML and PDF into `out`, in one language or in all of the programme.

    Raises:
        ProgrammeBlocked: if it cannot be read, or its routing names what is not there.
        WrongUse: if there is no such wave or language.
    """
    from cityfolio.site.paper import paper_html, paper_pdf

    by_language = fielded(folder, wave).by_language
    if language and language not in by_language:
        raise WrongUse(f'The programme does not speak "{language}"; it has {", ".join(by_language)}.')
    content = next(iter(by_language.values()))
    _, findings = load_parsed(wave, content, Located(f"{folder}, {wave}", {}))
    if any_blocks(findings):
        raise ProgrammeBlocked(in_order(findings))
    written = []
    for code in [language] if language else by_language:
        product = product_words(code, _held(folder / catalogue_name(code), code))
        html = paper_html(by_language[code], wave, product)
        for ending, made in (("html", html), ("pdf", paper_pdf(html))):
            written.append(out / f"questionnaire-{wave}.{code}.{ending}")
            put_in_place(written[-1], made)
    return written


def _writer(form: str) -> Writer:
    from cityfolio.instrument.exchange.ddi.writing import write_ddi
    from cityfolio.instrument.exchange.xlsform.writing import write_xlsform

    writers: Mapping[str, Writer] = {"xlsform": write_xlsform, "ddi": write_ddi}
    if form not in writers:
        raise WrongUse(f'"{form}" is no form that is known here: {", ".join(writers)}.')
    return writers[form]


def _reader(path: Path) -> Reader:
    from cityfolio.instrument.exchange.ddi.reading import read_ddi
    from cityfolio.instrument.exchange.limesurvey.reading import read_limesurvey
    from cityfolio.instrument.exchange.xlsform.reading import read_xlsform

    readers: Mapping[str, Reader] = {
        ".xlsx": read_xlsform,
        ".xlsm": read_xlsform,
        ".xls": read_xlsform,
        ".md": read_xlsform,
        ".lss": read_limesurvey,
        ".xml": read_ddi,
        ".txt": read_limesurvey,
        ".tsv": read_limesurvey,
        ".yml": _read_own,
        ".yaml": _read_own,
    }
    if path.suffix.lower() not in readers:
        raise WrongUse(f"{path} is in no form that is known here: name a file that ends in {', '.join(readers)}.")
    return readers[path.suffix.lower()]


def _read_own(name: str, content: bytes, language: str) -> tuple[Questionnaire | None, list[Finding]]:
    shaped, _, findings = parse_yaml(name, content.decode("utf-8", "replace"), InstrumentFile)
    return (Questionnaire(shaped, language or "en") if shaped else None), findings


def _catalogue_path(out: Path, language: str) -> Path:
    """The catalogue of the programme that `out` lies in; outside of any, one beside `out`."""
    programme = out.resolve().parent.parent
    if (programme / "programme.yml").is_file():
        return programme / catalogue_name(language)
    return out.with_suffix(f".{language}.po")


def _held(path: Path, language: str) -> Catalogue:
    if not path.exists():
        return Catalogue(language)
    catalogue, findings = read_catalogue(Source(path, path.name), language)
    if catalogue is None:
        raise ProgrammeBlocked(in_order(findings))
    return catalogue


def _catalogue(path: Path, language: str, said: list[Message]) -> str:
    """The catalogue with these messages added; a translation that is there stays."""
    held = _held(path, language)
    known = {(m.context, m.source): m for m in held.messages}
    new = {(m.context, m.source): m for m in said}
    filled = [
        new[key] if key in new and not any(message.strings) else message
        for key, message in ((key, known[key]) for key in known)
    ]
    more = [message for key, message in new.items() if key not in known]
    return catalogue_text(replace(held, messages=(*filled, *more), header=held.header or header(language)))
