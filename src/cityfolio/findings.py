"""Findings: trouble in somebody's data or files, as values. All are collected and shown at once.

A finding holds a code and facts; the catalogue below holds the words: what was found, why it cannot be right, what to do.
The reference page docs/reference/findings.md is made from the same catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

__all__ = ["CATALOGUE", "Finding", "Place", "Rule", "Severity", "any_blocks", "in_order"]


class Severity(Enum):
    """What a finding means for the build: it blocks, asks a person, or only tells."""

    BLOCKS = "blocks"
    ASKS = "asks"
    TELLS = "tells"


@dataclass(frozen=True)
class Rule:
    """One kind of finding: its severity and its three sentences, with the facts in braces."""

    severity: Severity
    found: str
    why: str
    do: str


@dataclass(frozen=True)
class Place:
    """Where: a file of the programme folder, its line (1 is the first), and a column: a name in tables, a number in text."""

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        """The place as people say it.

        >>> str(Place("responses/2020.csv", 14, "approach"))
        'responses/2020.csv, line 14, column approach'
        """
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"


@dataclass(frozen=True)
class Finding:
    """One problem in one place.

    >>> facts = {"got": "buzan-kor", "suggestion": "busan-kor"}
    >>> finding = Finding("intake.unknown-unit", Place("responses/2020.csv", 3, "unit"), facts)
    >>> finding.blocks, finding.found
    (True, '"buzan-kor" is no unit of units.csv (did you mean "busan-kor"?).')
    >>> finding.why, finding.do
    ('Answers can only stand for a unit on the list.', 'Correct the id, or add the unit to units.csv.')
    """

    code: str
    at: Place
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The kind of finding in the catalogue."""
        return CATALOGUE[self.code]

    @property
    def blocks(self) -> bool:
        """Whether nothing may be published before it is mended."""
        return self.rule.severity is Severity.BLOCKS

    @property
    def found(self) -> str:
        """What was found."""
        return self._say(self.rule.found)

    @property
    def why(self) -> str:
        """Why it cannot be right, or what it means."""
        return self._say(self.rule.why)

    @property
    def do(self) -> str:
        """What to do."""
        return self._say(self.rule.do)

    @property
    def message(self) -> str:
        """Found, why and what to do in one line."""
        return f"{self.found} {self.why} {self.do}"

    def as_record(self) -> dict[str, str | int]:
        """The finding for machines."""
        return {
            "code": self.code,
            "severity": self.rule.severity.value,
            "file": self.at.file,
            "line": self.at.line,
            "column": self.at.column,
            "found": self.found,
            "why": self.why,
            "do": self.do,
        }

    def _say(self, sentence: str) -> str:
        suggestion = self.facts.get("suggestion")
        hint = f' (did you mean "{suggestion}"?)' if suggestion else ""
        facts = {**self.facts, "hint": hint}
        # One pass: a brace inside somebody's data is text, not a name to be filled in.
        return re.sub(r"\{(\w+)\}", lambda name: facts.get(name[1], name[0]), sentence)


def any_blocks(findings: Iterable[Finding]) -> bool:
    """Whether at least one of them blocks."""
    return any(finding.blocks for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as people read them: what blocks first, then by file, line and column; each once."""
    severities = list(Severity)

    def position(finding: Finding) -> tuple[int, str, int, str, str, str]:
        at = finding.at
        return (
            severities.index(finding.rule.severity),
            at.file,
            at.line,
            at.column,
            finding.code,
            finding.message,
        )

    return sorted({position(f): f for f in findings}.values(), key=position)


def _blocks(found: str, why: str, do: str) -> Rule:
    return Rule(Severity.BLOCKS, found, why, do)


def _asks(found: str, why: str, do: str) -> Rule:
    return Rule(Severity.ASKS, found, why, do)


def _tells(found: str, why: str, do: str) -> Rule:
    return Rule(Severity.TELLS, found, why, do)


CATALOGUE: Mapping[str, Rule] = {
    # -- files ---------------------------------------------------------------------------------------------------
    "file.missing": _blocks(
        "The file is not there.",
        "The programme needs it: {need}.",
        "Add the file, or take its mention out of programme.yml.",
    ),
    "file.empty": _blocks(
        "The file is empty.",
        "A table needs at least its line of column names.",
        "Put the file back, or take its wave out of programme.yml.",
    ),
    "file.undecodable": _blocks(
        "Byte {byte} is no UTF-8 text.",
        "Names with accents would come out wrong.",
        'Save the file as "CSV UTF-8" or convert it to UTF-8.',
    ),
    "file.byte-order-mark": _tells(
        "The file starts with a byte-order mark.",
        "It was left aside; nothing is lost.",
        "Nothing has to be done.",
    ),
    "file.carriage-returns": _tells(
        "Lines end with carriage return and line feed.",
        "They were read as line ends; nothing is lost.",
        "Nothing has to be done.",
    ),
    "file.outside": _blocks(
        '"{got}" leads out of the programme folder.',
        "A programme reads and writes only below its own folder.",
        "Use a path inside the folder.",
    ),
    "table.stray-quote": _blocks(
        "A quotation mark stands where none can stand, or is never closed.",
        "From there on, cells cannot be told apart.",
        'Put the whole cell into quotation marks and double those inside it: "Robert ""Bob"" Dyer".',
    ),
    "table.ragged-row": _blocks(
        "The row has {got} cells where the header has {wanted}.",
        "Answers would land in the wrong column.",
        "Look for a missing or an extra comma in this row.",
    ),
    "table.missing-column": _blocks(
        'There is no column "{column}".',
        "{need}",
        "Add the column; leave its cells empty where nothing is on record.",
    ),
    "table.doubled-column": _blocks(
        'The column "{column}" stands there twice.',
        "It cannot be told which of the two holds.",
        "Delete or rename one of them.",
    ),
    "table.unknown-column": _asks(
        'The column "{column}" belongs to no question of the instrument{hint}.',
        "Nothing of it is read.",
        "Add the question to the instrument of this wave, correct the name, or delete the column.",
    ),
    "yaml.broken": _blocks(
        "This is no valid YAML: {problem}.",
        "Nothing after this place can be read.",
        "Correct the place; often a quotation mark, an indent or a colon is missing.",
    ),
    "yaml.doubled-key": _blocks(
        'The key "{key}" stands there twice (first in line {first}).',
        "It cannot be told which of the two holds.",
        "Delete one of them.",
    ),
    "yaml.unexpected": _blocks(
        "{problem}.",
        "The file does not have the shape that its kind needs: {where}.",
        "Compare it with the file of the example programme, or docs/reference/programme-folder.md.",
    ),
    "programme.unsafe-id": _blocks(
        '"{got}" cannot be an id.',
        "Ids become addresses and file names: letters, digits, - and _ only, nothing that leaves the output folder.",
        "Choose another id.",
    ),
    "programme.unknown-name": _blocks(
        '{kind} "{got}" is not known here{hint}.',
        "{where} can only name what the programme has.",
        "Correct the name.",
    ),
    "programme.doubled-id": _blocks(
        '{kind} "{got}" is defined twice.',
        "Facts about the two could not be told apart.",
        "Rename or delete one of them.",
    ),
    # -- instruments and crosswalks ------------------------------------------------------------------------------
    "instrument.no-categories": _blocks(
        'The choice question "{variable}" has no categories.',
        "Nobody could answer it.",
        "List its categories, or make it a text.",
    ),
    "instrument.kind-changed": _blocks(
        '"{variable}" is {kind} here and {other} in {wave}.',
        "One variable is answered in one way in all waves.",
        "Give the changed question a new variable, and say so in the crosswalk.",
    ),
    "crosswalk.unknown-code": _blocks(
        'The crosswalk names "{got}", which is no {kind} of {where}{hint}.',
        "A relation between waves can only name what a wave has.",
        "Correct the code.",
    ),
    "crosswalk.unconfirmed": _blocks(
        'The line about "{got}" is still to be confirmed.',
        "Whether answers of two waves may be compared is for a person to say.",
        "Check it and set its state to confirmed.",
    ),
    "crosswalk.contradicts": _blocks(
        'The crosswalk calls "{got}" {change}, but the instruments do not.',
        "The instruments decide what a wave asked and offered.",
        "Correct the crosswalk or the instrument.",
    ),
    # -- answers -------------------------------------------------------------------------------------------------
    "intake.unknown-unit": _blocks(
        '"{got}" is no unit of units.csv{hint}.',
        "Answers can only stand for a unit on the list.",
        "Correct the id, or add the unit to units.csv.",
    ),
    "intake.doubled-unit": _blocks(
        'The unit "{got}" stands there twice (first in line {first}).',
        "Each unit has one row here; it cannot be told which holds.",
        "Delete one of the rows, or correct the id.",
    ),
    "intake.unknown-code": _blocks(
        '"{got}" is no category of {variable}{hint}.',
        "Only the codes of the instrument have a meaning.",
        'Correct the code, or write the answer as own words into "{variable}_other" if the question has them.',
    ),
    "intake.not-offered": _blocks(
        '"{got}" was not offered by {variable} in {wave}.',
        "It was on the list in {waves} only, so nobody can have chosen it here.",
        "Correct the answer, or the instrument of {wave}.",
    ),
    "intake.several-answers": _blocks(
        '"{got}" gives {number} answers to {variable}.',
        "The question takes one.",
        "Keep the one that holds.",
    ),
    "intake.no-number": _blocks(
        '"{got}" is no number.',
        "{variable} takes digits, with a point before decimals: 3500000 or 12.5.",
        "Write the number without separators, or put the words into a text column.",
    ),
    "intake.out-of-range": _asks(
        "{got} lies outside the range of {variable} ({range}).",
        "The answer counts as it is written.",
        "Check it with the city.",
    ),
    "intake.doubled-code": _tells(
        '"{got}" stands twice in the answer to {variable}.',
        "It counts once.",
        "Nothing has to be done.",
    ),
    "intake.over-cap": _tells(
        "{got} choices for {variable}, where the questionnaire asks for up to {cap}.",
        "The cap is soft; all of them count.",
        "Nothing has to be done.",
    ),
    "intake.no-responses": _tells(
        "The wave has no responses.",
        "Its edition is empty.",
        "Nothing has to be done until answers arrive.",
    ),
    "intake.no-coordinates": _tells(
        'The unit "{got}" has no coordinates.',
        "It has a page, but no place on a map.",
        "Add lat and lon when they are known.",
    ),
    "intake.bad-coordinates": _asks(
        '"{got}" is no coordinate.',
        "Latitudes run from -90 to 90, longitudes from -180 to 180.",
        "Correct it or leave the cell empty.",
    ),
    "intake.no-group": _tells(
        'The unit "{got}" belongs to no group of the kind {kind}.',
        "{attribute} is not on record, so it counts among all units only.",
        "Add it when it is known.",
    ),
    "intake.without-response": _tells(
        'The unit "{got}" has no response in any wave.',
        "It has no page.",
        "Nothing has to be done.",
    ),
    "intake.impossible-figure": _blocks(
        "{got} cannot be: {problem}.",
        "A published figure is shown as it is printed, so it has to be possible.",
        "Compare it with its source.",
    ),
    "intake.doubled-figure": _blocks(
        "The figure {got} is published twice (first in line {first}).",
        "Two references for one number could contradict each other.",
        "Keep the one that holds.",
    ),
    # -- review --------------------------------------------------------------------------------------------------
    "review.answer-past-routing": _asks(
        '{variable} holds "{got}", but {reason} routes past it.',
        "The answer does not count.",
        "Ask the city which of the two answers holds.",
    ),
    "review.exclusive": _asks(
        '{variable} holds "{got}" beside other answers.',
        "That category says that there is none. All of them count as written.",
        "Ask the city which answer holds.",
    ),
    "review.contradiction": _asks(
        "{found}",
        "Both can be true, or one of them is a slip: {why}",
        "Ask the city; both answers count until it says otherwise.",
    ),
    # -- page plan, wording, editorial ---------------------------------------------------------------------------
    "wording.unknown-name": _blocks(
        '"{got}" in a sentence names nothing that is known{hint}.',
        "A sentence can only speak of variables, the unit and its numbers.",
        "Correct the name in braces.",
    ),
    "wording.no-sentence": _blocks(
        'The case "{case}" of {block} has no sentence.',
        "A page could come out with a gap.",
        "Write the sentence in the wording file.",
    ),
    "wording.two-sentences": _blocks(
        'The case "{case}" of {block} has two sentences (also in line {first}).',
        "It cannot be told which of them holds.",
        "Delete one of them.",
    ),
    "wording.no-case": _blocks(
        'There is a sentence for "{case}" of {block}, but no such case{hint}.',
        "Nobody would ever read it.",
        "Correct the name of the case, or delete the sentence.",
    ),
    "wording.broken-pattern": _blocks(
        'The sentence "{got}" has a brace that does not open or close a name.',
        "A reader would see the brace.",
        "Correct the braces.",
    ),
    "plan.case-open": _blocks(
        "No case of {block} holds where {state}.",
        "Such a city would get no sentence without anybody having decided so.",
        "Add a case for it.",
    ),
    "plan.case-twice": _blocks(
        "The cases {cases} of {block} both hold where {state}.",
        "It cannot be told which sentence is meant.",
        "Make their conditions exclusive.",
    ),
    "editorial.unknown-unit": _blocks(
        '"{got}" is no unit of units.csv{hint}.',
        "An editorial text belongs to the unit its file is named after.",
        "Rename the file or add the unit.",
    ),
    "editorial.unsafe-html": _tells(
        "{got} is not allowed in editorial text.",
        "It was taken out; the text around it stays.",
        "Write Markdown without it.",
    ),
    "editorial.no-translation": _tells(
        "There is no text in {language}.",
        "The page shows the text as it is written, marked with its language.",
        "Add a translation when there is one.",
    ),
}
