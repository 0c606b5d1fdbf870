"""An instrument from a LimeSurvey survey structure: tab-separated (.txt, .tsv) or .lss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place, any_blocks
from cityfolio.instrument.exchange.conditions import All, Condition, Either, Is, Unfit
from cityfolio.instrument.exchange.limesurvey.kinds import BUILT_IN, GRIDS, LEFT_OUT, LISTS, PLAIN, SEVERAL
from cityfolio.instrument.exchange.limesurvey.outline import Item, LimeQuestion, Outline, Said, plain_text
from cityfolio.instrument.exchange.limesurvey.structure import read_structure
from cityfolio.instrument.exchange.limesurvey.tabbed import read_tabbed
from cityfolio.instrument.exchange.questionnaire import Left, Questionnaire, finite, identifier_findings
from cityfolio.instrument.exchange.universe import with_universe
from cityfolio.instrument.loading import CategoryEntry, InstrumentFile, QuestionEntry, RowEntry, SectionEntry

if TYPE_CHECKING:
    from cityfolio.instrument.exchange.limesurvey.outline import Group

__all__ = ["read_limesurvey"]

_NOT_CARRIED = "instrument.not-carried"
_LIMITS = {
    "min_answers": "the lowest number of answers",
    "array_filter": "the filter of rows",
    "array_filter_exclude": "the filter of rows",
    "em_validation_q": "the rule about answers",
    "em_validation_sq": "the rule about answers",
    "validation": "the pattern of answers",
    "preg": "the pattern of answers",
    "random_order": "the order by chance",
    "num_value_int_only": "that it takes whole numbers",
    "default": "the value it begins with",
    "hidden": "that it is hidden",
}


def read_limesurvey(name: str, content: bytes, language: str = "en") -> tuple[Questionnaire | None, list[Finding]]:
    """The questionnaire of a survey structure, or None where something blocks; with all findings."""
    outline = read_structure(content) if name.lower().endswith(".lss") else read_tabbed(content)
    if isinstance(outline, str):
        facts = {"format": "LimeSurvey", "problem": outline.rstrip(".")}
        return None, [Finding("instrument.unreadable", Place(name), facts)]
    languages = outline.languages or [language]
    left = Left(name)
    read = {
        code: _Reading(outline, code, languages[0], left if position == 0 else Left(name), left).content()
        for position, code in enumerate(languages)
    }
    first = read.pop(languages[0])
    lines = {q.code: Place(name, q.line) for group in outline.groups for q in group.questions}
    findings = [*left.findings(), *identifier_findings(first, lines, name)]
    return (None if any_blocks(findings) else Questionnaire(first, languages[0], read)), findings


@dataclass
class _Reading:
    """Reads the survey in one language. What cannot be carried goes to `left`, texts that are missing to `texts`."""

    outline: Outline
    language: str
    own: str
    left: Left
    texts: Left
    earlier: dict[str, QuestionEntry] = field(default_factory=dict)
    names: dict[str, LimeQuestion] = field(default_factory=dict)

    def content(self) -> InstrumentFile:
        sections = []
        for number, group in enumerate(self.outline.groups, start=1):
            questions = [entry for question in group.questions for entry in self._read(group, question)]
            title = self._text(group.said, f"group {number}") or str(number)
            sections.append(SectionEntry(id=f"group{number}", title=title, questions=questions))
        return InstrumentFile(format="1", title=self._text(self.outline.titles, "title"), sections=sections)

    def _read(self, group: Group, question: LimeQuestion) -> Iterator[QuestionEntry]:
        if question.kind in LEFT_OUT or question.kind not in {*LISTS, *GRIDS, *SEVERAL, *PLAIN}:
            what = LEFT_OUT.get(question.kind, f"type {question.kind}")
            self.left.note("instrument.left-out", what, question.code, question.line)
            return
        self._remarks(question)
        conditions = [text for text in (group.relevance, question.relevance) if text.strip() not in ("", "1")]
        for entry in self._entries(question):
            routed = with_universe(entry, conditions, self.earlier, self.left, question.line, resolve=self._resolved)
            for variable in [f"{routed.variable}_{row.code}" for row in routed.rows] or [routed.variable]:
                self.earlier[variable] = routed
            yield routed
        self.names |= dict.fromkeys(question.names, question)

    def _entries(self, question: LimeQuestion) -> Iterator[QuestionEntry]:
        entry = self._entry(question)
        if question.kind in SEVERAL:
            for item in question.subquestions:
                label = self._text(item.said, f"{question.code}.{item.code}")
                names = {"variable": f"{question.code}_{item.code}", "label": f"{entry.label}: {label}"}
                yield entry.model_copy(update=names)
        else:
            yield entry

    def _entry(self, question: LimeQuestion) -> QuestionEntry:
        label = self._text(question.said, question.code) or question.code
        attributes, kind = question.attributes, {**LISTS, **GRIDS, **SEVERAL, **PLAIN}[question.kind]
        most = finite(attributes.get("max_answers", ""))
        rows = [
            RowEntry(code=item.code, label=self._text(item.said, f"{question.code}.{item.code}") or item.code)
            for item in question.subquestions
            if question.kind in GRIDS
        ]
        return QuestionEntry(
            variable=question.code,
            kind=kind,
            label=label,
            question=label,
            help=self._text(question.helps, f"{question.code} (help)", needed=False),
            categories=self._categories(question),
            rows=rows,
            cap=None if most is None else int(most),
            other=question.other and question.kind in LISTS,
            lowest=finite(attributes.get("min_num_value_n", "")),
            highest=finite(attributes.get("max_num_value_n", "")),
        )

    def _categories(self, question: LimeQuestion) -> list[CategoryEntry]:
        if question.kind in BUILT_IN:
            scored = question.kind in "5AB"
            if not scored and self.language.split("-")[0] != "en":
                self.texts.note("instrument.untranslated", self.language, f"{question.code} (answers)")
            return [
                CategoryEntry(code=code, label=label, score=float(code) if scored else None)
                for code, label in BUILT_IN[question.kind]
            ]
        alone = set(re.split(r"[;,\s]+", question.attributes.get("exclude_all_others", "")))
        items = question.subquestions if question.kind in "MP" else question.answers
        return [
            CategoryEntry(code=item.code, label=self._label(item, question), exclusive=item.code in alone)
            for item in items
            if question.kind in LISTS or question.kind in GRIDS
        ]

    def _label(self, item: Item, question: LimeQuestion) -> str:
        return self._text(item.said, f"{question.code}.{item.code}") or item.code

    def _text(self, said: Said, name: str, *, needed: bool = True) -> str:
        held = said.get(self.language, "")
        if not held.strip() and said.get(self.own, "").strip():
            held = said[self.own]
            if needed:
                self.texts.note("instrument.untranslated", self.language, name)
        text, formatted = plain_text(held)
        if formatted:
            self.left.note(_NOT_CARRIED, "the formatting of the text", name)
        if re.search(r"\{[^}\s][^}]*\}", text):
            self.left.note(_NOT_CARRIED, "an earlier answer inside the text", name)
        return text

    def _remarks(self, question: LimeQuestion) -> None:
        def note(what: str) -> None:
            self.left.note(_NOT_CARRIED, what, question.code, question.line)

        if question.mandatory:
            note("that an answer is needed")
        if question.kind in "OP":
            note("the comments beside answers")
        if question.kind in ("D", "H"):
            note("that it takes dates" if question.kind == "D" else "that its rows stand in columns")
        for name, what in _LIMITS.items():
            if question.attributes.get(name, "0") not in ("", "0", "N"):
                note(what)
        if question.other and question.kind not in LISTS:
            note("that own words are possible")

    def _resolved(self, condition: Condition) -> Condition:
        """The condition with LimeSurvey's names in place of ours: `areas_SQ001 == "Y"` asks whether SQ001 was chosen."""
        if isinstance(condition, All):
            return All(tuple(self._resolved(part) for part in condition.parts))
        if isinstance(condition, Either):
            return Either(tuple(self._resolved(part) for part in condition.parts))
        name = condition.variable.removesuffix(".NAOK").removesuffix(".value").removesuffix(".code")
        if name in self.names:
            return Is(self.names[name].code, condition.code, condition.holds)
        for called, question in self.names.items():
            item = name.removeprefix(called).removeprefix("_") if name.startswith(called) else ""
            if item and any(one.code == item for one in question.subquestions):
                if question.kind not in "MP":
                    return Is(f"{question.code}_{item}", condition.code, condition.holds)
                if condition.code in ("Y", ""):
                    return Is(question.code, item, condition.holds == (condition.code == "Y"))
        raise Unfit(name)
