"""Provenance of a release in the words of W3C PROV (PROV-JSON): which file was made from what, by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic_core import to_json

from cityfolio.publish.release.manifest import KeptFile
from cityfolio.publish.standards.linked_data import media_type

__all__ = ["Origin", "provenance_json"]

_OWN = "urn:cityfolio:terms:"
_STEPS = {
    "reading": "The files of the programme are read, checked and coded",
    "tabulating": "Answers are counted; every number has its base",
    "writing": "Pages and files are written",
}
_TABULATED = ("published.csv", "crosswalks/", "outcomes.yml", "indicators/")
_OF_ANSWERS = ("site/data/responses", "site/data/units", "site/data/codebook", "site/data/ddi-", "site/data/variables")


@dataclass(frozen=True)
class Origin:
    """What a release is and who made it with what."""

    programme: str
    version: str
    date: str
    publisher: str
    software: str


def provenance_json(origin: Origin, inputs: Iterable[KeptFile], files: Iterable[KeptFile]) -> bytes:
    """The document: three steps, the inputs that each used, and for each file the step that made it and what it comes from.

    Answers and facts are entities of their own between inputs and files: a file comes from the facts, facts from the answers,
    answers from the inputs. An editorial text is an input of its unit's own pages.
    """
    held = sorted(inputs)
    made = sorted(files)
    document = {
        "prefix": {
            "": _OWN,
            "in": "urn:cityfolio:input:",
            "out": f"urn:cityfolio:{origin.programme}:{origin.version}:",
        },
        "agent": dict(_agents(origin)),
        "activity": {f":{step}": _activity(words, origin.date) for step, words in _STEPS.items()},
        "entity": dict(_entities(origin, held, made)),
        "wasAssociatedWith": {
            f"_:as-{step}": {"prov:activity": f":{step}", "prov:agent": ":software"} for step in _STEPS
        },
        "actedOnBehalfOf": {"_:behalf": {"prov:delegate": ":software", "prov:responsible": ":publisher"}},
        "used": dict(_used(held)),
        "wasGeneratedBy": dict(_generated(made)),
        "wasDerivedFrom": dict(_derived(held, made)),
    }
    return to_json(document, indent=1) + b"\n"


def _agents(origin: Origin) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield ":software", {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": origin.software}
    yield ":publisher", {"prov:type": _qualified("prov:Organization"), "prov:label": origin.publisher}


def _qualified(name: str) -> Mapping[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _activity(words: str, date: str) -> Mapping[str, str]:
    # The day of the release, not the minute of a run: the same inputs give the same bytes again.
    moment = f"{date}T00:00:00+00:00"
    return {"prov:startTime": moment, "prov:endTime": moment, "prov:label": words}


def _entities(
    origin: Origin, inputs: Iterable[KeptFile], files: Iterable[KeptFile]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield ":answers", {"prov:label": f"Coded answers of {origin.programme} {origin.version}"}
    yield ":facts", {"prov:label": f"Facts of {origin.programme} {origin.version}"}
    for file in inputs:
        yield _input(file), _described(file)
    for file in files:
        yield _output(file), _described(file)


def _described(file: KeptFile) -> Mapping[str, object]:
    kind = media_type(file.path)
    return {"prov:label": file.path, ":sha256": file.sha256, ":bytes": file.bytes, ":mediaType": kind}


def _used(inputs: Iterable[KeptFile]) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "_:used-answers", {"prov:activity": ":tabulating", "prov:entity": ":answers"}
    yield "_:used-facts", {"prov:activity": ":writing", "prov:entity": ":facts"}
    for number, file in enumerate(inputs):
        yield f"_:used{number}", {"prov:activity": f":{_step_of(file.path)}", "prov:entity": _input(file)}


def _generated(files: Iterable[KeptFile]) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "_:made-answers", {"prov:entity": ":answers", "prov:activity": ":reading"}
    yield "_:made-facts", {"prov:entity": ":facts", "prov:activity": ":tabulating"}
    for number, file in enumerate(files):
        yield f"_:made{number}", {"prov:entity": _output(file), "prov:activity": ":writing"}


def _derived(inputs: list[KeptFile], files: list[KeptFile]) -> Iterator[tuple[str, Mapping[str, str]]]:
    pairs = [(":facts", ":answers")]
    editorial = {}
    for file in inputs:
        step = _step_of(file.path)
        pairs += [(":answers", _input(file))] if step == "reading" else []
        pairs += [(":facts", _input(file))] if step == "tabulating" else []
        if file.path.startswith("editorial/"):
            editorial[file.path.removeprefix("editorial/").removesuffix(".md")] = _input(file)
    for file in files:
        pairs.append((_output(file), ":answers" if file.path.startswith(_OF_ANSWERS) else ":facts"))
        parts = file.path.split("/")
        unit = parts[parts.index("cities") + 1].removesuffix(".json") if "cities" in parts[:-1] else ""
        pairs += [(_output(file), editorial[unit])] if unit in editorial else []
    for number, (made, source) in enumerate(pairs):
        yield f"_:from{number}", {"prov:generatedEntity": made, "prov:usedEntity": source}


def _step_of(path: str) -> str:
    """The step that reads an input first: answers and what codes them, what facts need beside them, what pages need."""
    if path.startswith(_TABULATED):
        return "tabulating"
    if path.startswith(("instruments/", "responses/")) or path in ("programme.yml", "units.csv"):
        return "reading"
    if path.endswith((".csv", ".parquet")) or path.startswith("corrections"):
        return "reading"
    return "writing"


def _input(file: KeptFile) -> str:
    return f"in:{_escaped(file.path)}"


def _output(file: KeptFile) -> str:
    return f"out:{_escaped(file.path)}"


def _escaped(path: str) -> str:
    """A path as the local part of a name."""
    return "".join(c if c.isalnum() or c in "-_./" else f"%{ord(c):02X}" for c in path)
