"""Findings about plain sample files: their catalogue, kept beside the general one in `cityfolio.findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.findings import Finding, Rule, Severity

__all__ = ["SAMPLE_CATALOGUE", "SampleFinding"]


@dataclass(frozen=True)
class SampleFinding(Finding):
    """One problem in a sample file.

    >>> from cityfolio.findings import Place
    >>> print(SampleFinding("sample.no-number", Place("a.csv", 3, "budget"), {"got": "many"}).found)
    "many" is no number.
    """

    @property
    def rule(self) -> Rule:
        """The kind of finding in the catalogue below."""
        return SAMPLE_CATALOGUE[self.code]


SAMPLE_CATALOGUE: Mapping[str, Rule] = {
    "sample.empty-file": Rule(
        Severity.BLOCKS,
        "The file is empty.",
        "A table needs at least its line of column names.",
        "Give a file with a header and one record per line.",
    ),
    "sample.no-number": Rule(
        Severity.BLOCKS,
        '"{got}" is no number.',
        "This column is calculated with.",
        "Write digits with a point before decimals, or leave the cell blank.",
    ),
    "sample.blank-design": Rule(
        Severity.BLOCKS,
        "The cell is blank, but the column tells the {role} of each record.",
        "Without it nobody can say how the record came into the sample.",
        "Fill the cell in, or leave the record out of the file.",
    ),
    "sample.negative-weight": Rule(
        Severity.BLOCKS,
        "The weight is {got}.",
        "A record cannot stand for fewer than no units.",
        "Correct the weight; 0 takes a record out of every number.",
    ),
    "sample.uneven-population": Rule(
        Severity.BLOCKS,
        "The population is {got} here and {other} elsewhere in the same stratum at stage {stage}.",
        "One stratum has one population size.",
        "Correct the number, or name the stratum in --strata.",
    ),
    "sample.small-population": Rule(
        Severity.BLOCKS,
        "The population is {got}, but the sample holds {sampled} units of this stratum at stage {stage}.",
        "A sample cannot be larger than what it was drawn from.",
        "Correct the population size; it counts units of this stage, not records.",
    ),
    "sample.lonely-stratum": Rule(
        Severity.BLOCKS,
        "The stratum of this record has one sampled unit at stage {stage}.",
        "The spread inside a stratum cannot be seen from one unit, so no standard error holds.",
        "Join the stratum with a similar one, or give its population size with --fpc if it was taken whole.",
    ),
    "sample.blank-cell": Rule(
        Severity.BLOCKS,
        "The cell is blank, but weights are adjusted by this column.",
        "The record belongs to no cell of the population.",
        "Fill the cell in, or adjust by another column.",
    ),
    "sample.cell-without-population": Rule(
        Severity.BLOCKS,
        'The sample has records with "{cell}", for which no population is given.',
        "Their weights would become nothing.",
        "Add the cell and its Freq, or correct its name.",
    ),
    "sample.cell-without-sample": Rule(
        Severity.BLOCKS,
        'The population has {frequency} units with "{cell}", but the sample has no record of them.',
        "Nobody in the sample can stand for them.",
        "Join the cell with a similar one in both files.",
    ),
    "sample.doubled-cell": Rule(
        Severity.BLOCKS,
        'The cell "{cell}" stands there twice.',
        "It cannot be told which of the two counts holds.",
        "Delete one of them.",
    ),
    "sample.margins-not-met": Rule(
        Severity.BLOCKS,
        "Raking did not meet all margins.",
        "They contradict each other, or the sample lacks a combination that they need.",
        "See whether all margins have the same total, and join rare categories.",
    ),
    "sample.no-answers": Rule(
        Severity.TELLS,
        "Nobody in the group {group} gave an answer.",
        "There is no base, so there is no estimate.",
        "Nothing has to be done.",
    ),
    "sample.no-spread": Rule(
        Severity.TELLS,
        "The group {group} rests on one sampled unit per stratum.",
        "No degree of freedom is left, so there is no interval, and the standard error says nothing.",
        "Join the group with another if you need its interval.",
    ),
}
