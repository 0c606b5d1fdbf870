"""The wording of a programme: one sentence per case, phrases for shares, lines for what is missing. Words live in data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean, plain_number
from cityfolio.model.missing import Missing
from cityfolio.narrative.patterns import BrokenPattern, Pattern, parse_pattern
from cityfolio.narrative.product_wording import in_product_language, product_wording
from cityfolio.narrative.quantities import Quantity, open_share
from cityfolio.narrative.wording_file import PARTS, QUANTITIES, WordingFile
from cityfolio.reading.product_catalogues import SOURCE, ProductWords, product_words
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located, read_yaml

if TYPE_CHECKING:
    from cityfolio.narrative.cases import Cases

__all__ = ["Wording", "WordingFile", "load_wording"]


@dataclass(frozen=True)
class Wording:
    """All patterns of one language, parsed. `replaced` are the product's phrases (part, key) that the programme writes itself."""

    language: str
    sentences: Mapping[str, Mapping[str, Pattern]]
    in_short: Mapping[str, Mapping[str, Pattern]]
    phrases: Mapping[str, Pattern]
    missing: Mapping[str, Pattern]
    quantities: tuple[Quantity, ...] = field(default=())
    meanings: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, Pattern] = field(default_factory=dict)
    replaced: frozenset[tuple[str, str]] = frozenset()
    likeness: Mapping[str, Mapping[str, Pattern]] = field(default_factory=dict)
    practices: Mapping[str, Mapping[str, Pattern]] = field(default_factory=dict)


def load_wording(
    source: Source,
    blocks: Mapping[str, Cases],
    headlines: Sequence[str] = (),
    product: ProductWords | None = None,
) -> tuple[Wording, Located, list[Finding]]:
    """The wording of a programme over that of the product, with findings for every case without exactly one sentence.

    `product` are the words of the product that go with it, if not those that it has itself in the language of the file.
    """
    content, located, findings = read_yaml(source, WordingFile)
    words = product or product_words(content.language if content is not None else SOURCE)
    own, own_located, own_findings = product_wording(words)
    if own is None or content is None:
        return Wording("", {}, {}, {}, {}), located, own_findings + findings
    reader = _Patterns(located)

    def of_product(part: str, written: Mapping[str, str]) -> dict[str, Pattern]:
        read = _Patterns(own_located).read(part, "", written)
        return {key: in_product_language(pattern, f"{part}.{key}", words) for key, pattern in read.items()}

    wording = Wording(
        language=content.language,
        sentences={b: reader.read("sentences", b, cases) for b, cases in content.sentences.items()},
        in_short={v: reader.read("in_short", v, cases) for v, cases in content.in_short.items()},
        phrases=of_product("phrases", own.phrases) | reader.read("phrases", "", content.phrases),
        missing=of_product("missing", own.missing) | reader.read("missing", "", content.missing),
        quantities=tuple(Quantity(q.words, q.low, q.high) for q in content.quantities or own.quantities),
        meanings=own.meanings | content.meanings,
        short=own.short | content.short,
        headlines=reader.read("headlines", "", content.headlines),
        replaced=_replaced(content),
        likeness={v: reader.read("likeness", v, cases) for v, cases in content.likeness.items()},
        practices={v: reader.read("practices", v, cases) for v, cases in content.practices.items()},
    )
    findings += reader.findings
    without = open_share(wording.quantities)
    if without is not None:
        facts = {"share": f"{plain_number(round(float(without) * 100, 1))} %"}
        findings.append(Finding("wording.quantity-gap", located.at("quantities"), facts))
    if wording.sentences or not any(f.code == "yaml.doubled-key" for f in findings):
        findings += _case_findings(wording, blocks, located)
    findings += [
        Finding("wording.no-sentence", located.at("headlines"), {"case": name, "block": "headlines"})
        for name in headlines
        if name not in wording.headlines
    ]
    for part, mine, theirs in (("phrases", own.phrases, content.phrases), ("missing", own.missing, content.missing)):
        findings += _phrase_findings(part, mine, theirs, located)
    findings += _key_findings("headlines", content.headlines, list(headlines), located)
    findings += _key_findings("phrases", content.phrases, list(own.phrases), located)
    findings += _key_findings("missing", content.missing, [reason.value for reason in Missing], located)
    return wording, located, [_two_sentences(finding, located) for finding in findings]


def _replaced(content: WordingFile) -> frozenset[tuple[str, str]]:
    written = {(part, key) for part in PARTS for key in getattr(content, part)}
    return frozenset(written | ({(QUANTITIES, "")} if content.quantities else set()))


class _Patterns:
    def __init__(self, located: Located) -> None:
        self.located = located
        self.findings: list[Finding] = []

    def read(self, part: str, block: str, patterns: Mapping[str, str]) -> dict[str, Pattern]:
        parsed = {}
        for case, source in patterns.items():
            if not source.strip():
                at = self.located.at(*(key for key in (part, block, case) if key))
                self.findings.append(Finding("wording.no-sentence", at, {"case": case, "block": block or part}))
                continue
            try:
                parsed[case] = parse_pattern(source)
            except BrokenPattern:
                at = self.located.at(*(key for key in (part, block, case) if key))
                self.findings.append(Finding("wording.broken-pattern", at, {"got": source}))
        return parsed


def _case_findings(wording: Wording, blocks: Mapping[str, Cases], located: Located) -> list[Finding]:
    findings = []
    for block, cases in blocks.items():
        written = wording.sentences.get(block, {})
        for case in cases.spoken:
            if case not in written and ("sentences", block, case) not in located.places:
                at = located.at("sentences", block)
                findings.append(Finding("wording.no-sentence", at, {"case": case, "block": block}))
    for block, patterns in wording.sentences.items():
        known = blocks[block].spoken if block in blocks else ()
        for case in patterns:
            if case not in known:
                hint = did_you_mean(case, known) or did_you_mean(block, blocks) or ""
                facts = {"case": case, "block": block, "suggestion": hint}
                findings.append(Finding("wording.no-case", located.at("sentences", block, case), facts))
    return findings + _share_findings(wording, blocks, located)


def _share_findings(wording: Wording, blocks: Mapping[str, Cases], located: Located) -> list[Finding]:
    """Findings about shares of "the same answer" in cases that do not say which answer that is."""
    findings = []
    for block, patterns in wording.sentences.items():
        for case, pattern in patterns.items():
            condition = blocks[block].cases.get(case) if block in blocks else None
            pinned = {s.variable for s, states in condition.wanted.items() if _is_one(states)} if condition else set()
            for name in pattern.names:
                variable, _, attribute = name.partition(".")
                if condition is not None and attribute in ("same", "like", "words") and variable not in pinned:
                    facts = {"got": name, "case": case, "block": block}
                    findings.append(Finding("wording.unpinned-share", located.at("sentences", block, case), facts))
    return findings


def _is_one(states: frozenset[str]) -> bool:
    """Whether a condition leaves one answer: one code of a single choice, none, or one of several choices."""
    return len(states) == 1 and not states & {"many", "missing", "answered", "given", "not chosen"}


def _phrase_findings(part: str, own: Mapping[str, str], written: Mapping[str, str], located: Located) -> list[Finding]:
    """Findings about names that a replaced phrase does not get: it can only use those of the product's own phrase."""
    findings = []
    for key, source in written.items():
        known = set(re.findall(r"\{([^{}]+)\}", own.get(key, "")))
        for name in re.findall(r"\{([^{}]+)\}", source) if key in own else ():
            if name not in known:
                facts = {"got": name, "suggestion": did_you_mean(name, known) or ""}
                findings.append(Finding("wording.unknown-name", located.at(part, key), facts))
    return findings


def _key_findings(
    part: str, written: Mapping[str, str], known: list[str] | tuple[str, ...], located: Located
) -> list[Finding]:
    return [
        Finding(
            "wording.no-case",
            located.at(part, key),
            {"case": key, "block": part, "suggestion": did_you_mean(key, known) or ""},
        )
        for key in written
        if key not in known
    ]


def _two_sentences(finding: Finding, located: Located) -> Finding:
    """A key that stands twice below `sentences` is a case with two sentences: say it in those words."""
    if finding.code != "yaml.doubled-key" or finding.at.file != located.name:
        return finding
    for path, (line, _) in located.places.items():
        if str(line) == finding.facts["first"] and len(path) == 3 and path[0] == "sentences":
            facts = {"case": str(path[2]), "block": str(path[1]), "first": finding.facts["first"]}
            return Finding("wording.two-sentences", finding.at, facts)
    return finding
