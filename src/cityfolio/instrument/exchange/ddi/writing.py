"""An instrument as DDI-Codebook 2.6: sections, questions, categories and universes, in every language; no answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from cityfolio.findings import Finding
from cityfolio.formatting import plain_number, xml_text
from cityfolio.instrument.exchange.ddi.names import LANG, NAMESPACE, OURS, has_members
from cityfolio.instrument.exchange.questionnaire import Left, Questionnaire
from cityfolio.instrument.loading import QuestionEntry

__all__ = ["write_ddi"]

_DOMAINS = {"number": "numeric", "text": "text", "multiple": "multiple", "ranked": "multiple"}


def write_ddi(questionnaire: Questionnaire, wave: str, name: str) -> tuple[bytes, list[Finding]]:
    """The codebook of an instrument, and findings about texts that XML cannot hold.

    A section, a multiple choice, a ranking and a grid are groups of variables; the order of questions is their `seqNo`.
    """
    return _Codebook(questionnaire, wave, Left(name)).written()


@dataclass
class _Codebook:
    """Writes one codebook; elements stand in the order of the schema."""

    questionnaire: Questionnaire
    wave: str
    left: Left
    groups: list[etree._Element] = field(default_factory=list)
    variables: list[etree._Element] = field(default_factory=list)
    number: int = 0

    def written(self) -> tuple[bytes, list[Finding]]:
        root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap={None: NAMESPACE}, version="2.6")
        root.set(LANG, self.questionnaire.language)
        self._study(root)
        for place, section in enumerate(self.questionnaire.content.sections):
            self._section(section.id, place)
        data = self._under(root, "dataDscr")
        data.extend([*self.groups, *self.variables])
        etree.indent(root, " ")
        content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return content + b"\n", self.left.findings()

    def _study(self, root: etree._Element) -> None:
        study = self._under(root, "stdyDscr")
        titles = self._under(self._under(study, "citation"), "titlStmt")
        for language, content in self.questionnaire.by_language.items():
            own = language == self.questionnaire.language
            self._under(titles, "titl" if own else "parTitl", content.title).set(LANG, language)
        self._under(titles, "IDNo", self.wave)
        self._note(study, "note", {lang: held.note for lang, held in self.questionnaire.by_language.items()})

    def _section(self, name: str, place: int) -> None:
        held = {lang: content.sections[place] for lang, content in self.questionnaire.by_language.items()}
        group = self._element("varGrp", ID=f"S_{name}", name=name, type="section")
        self.groups.append(group)
        self._said(group, "labl", {lang: section.title for lang, section in held.items()})
        variables: list[str] = []
        inner: list[str] = []
        for position, entry in enumerate(held[self.questionnaire.language].questions):
            self._question({lang: section.questions[position] for lang, section in held.items()})
            (inner if has_members(entry.kind) else variables).append(entry.variable)
        if variables:
            group.set("var", " ".join(f"V_{variable}" for variable in variables))
        if inner:
            group.set("varGrp", " ".join(f"G_{variable}" for variable in inner))

    def _question(self, asked: Mapping[str, QuestionEntry]) -> None:
        entry = next(iter(asked.values()))
        self.number += 1
        if has_members(entry.kind):
            members = {row: self._member(asked, row, place) for place, row in enumerate(_members(entry))}
            kind = "grid" if entry.kind == "grid" else "multipleResp"
            group = self._element("varGrp", ID=f"G_{entry.variable}", name=entry.variable, type=kind)
            group.set("var", " ".join(f"V_{entry.variable}_{code}" for code in members))
            self._said(group, "labl", {lang: q.label for lang, q in asked.items()})
            self._universe(group, asked)
            self._notes(group, asked)
            self.groups.append(group)
            self.variables += members.values()
            return
        variable = self._variable(entry.variable, entry)
        self._said(variable, "labl", {lang: q.label for lang, q in asked.items()})
        self._asked(variable, asked)
        self._range(variable, entry)
        self._universe(variable, asked)
        self._categories(variable, asked)
        self._format(variable, entry)
        self._notes(variable, asked)
        self.variables.append(variable)

    def _member(self, asked: Mapping[str, QuestionEntry], code: str, place: int) -> etree._Element:
        entry = next(iter(asked.values()))
        variable = self._variable(f"{entry.variable}_{code}", entry)
        is_grid = entry.kind == "grid"
        labels = {lang: (q.rows if is_grid else q.categories)[place].label for lang, q in asked.items()}
        self._said(variable, "labl", labels)
        self._asked(variable, asked)
        if is_grid:
            self._categories(variable, asked)
        else:
            self._said(variable, "txt", {lang: q.categories[place].help for lang, q in asked.items()})
        self._format(variable, entry)
        return variable

    def _variable(self, name: str, entry: QuestionEntry) -> etree._Element:
        interval = "contin" if entry.kind == "number" else "discrete"
        variable = self._element("var", ID=f"V_{name}", name=name, intrvl=interval)
        natures = {"number": "ratio", "single": "nominal", "multiple": "nominal", "text": ""}
        nature = natures.get(entry.kind, "ordinal")
        if nature:
            variable.set("nature", nature)
        return variable

    def _asked(self, parent: etree._Element, asked: Mapping[str, QuestionEntry]) -> None:
        entry = next(iter(asked.values()))
        question = self._under(parent, "qstn", seqNo=str(self.number))
        question.set("responseDomainType", _DOMAINS.get(entry.kind, "category"))
        self._said(question, "qstnLit", {lang: q.question for lang, q in asked.items()})
        self._said(question, "ivuInstr", {lang: q.help for lang, q in asked.items()})

    def _range(self, parent: etree._Element, entry: QuestionEntry) -> None:
        ends = {"min": entry.lowest, "max": entry.highest}
        held = {name: plain_number(end) for name, end in ends.items() if end is not None}
        if held:
            self._under(self._under(parent, "valrng"), "range", **held)

    def _universe(self, parent: etree._Element, asked: Mapping[str, QuestionEntry]) -> None:
        self._said(parent, "universe", {lang: q.universe.text if q.universe else "" for lang, q in asked.items()})

    def _categories(self, parent: etree._Element, asked: Mapping[str, QuestionEntry]) -> None:
        for place, category in enumerate(next(iter(asked.values())).categories):
            said = {lang: q.categories[place] for lang, q in asked.items()}
            element = self._under(parent, "catgry")
            self._under(element, "catValu", category.code)
            self._said(element, "labl", {lang: c.label for lang, c in said.items()})
            self._said(element, "txt", {lang: c.help for lang, c in said.items()})

    def _format(self, parent: etree._Element, entry: QuestionEntry) -> None:
        self._under(parent, "varFormat", type="numeric" if entry.kind == "number" else "character", schema="other")

    def _notes(self, parent: etree._Element, asked: Mapping[str, QuestionEntry]) -> None:
        entry = next(iter(asked.values()))
        self._note(parent, "kind", {"": entry.kind})
        self._note(parent, "evidence", {lang: q.evidence for lang, q in asked.items()})
        self._note(parent, "counting", {lang: q.counting for lang, q in asked.items()})
        if has_members(entry.kind):
            self._ends(parent, entry)
        flags = {
            "boxes": str(entry.boxes or ""),
            "summarised": "" if entry.summarised else "no",
            "describes": entry.describes,
            "translated": "yes" if entry.translated else "",
            "cap": "" if entry.cap is None else str(entry.cap),
            "other": "yes" if entry.other else "",
            "separator": f"[{entry.separator}]" if entry.separator else "",
            "released": "" if entry.released else "no",
            "personal": "yes" if entry.personal else "",
        }
        for subject, text in flags.items():
            self._note(parent, subject, {"": text})
        for variable, codes in (entry.universe.routed_past_by if entry.universe else {}).items():
            self._note(parent, f"routed_past_by {variable}", {"": " ".join(codes) or " "})
        self._of_categories(parent, asked)

    def _ends(self, parent: etree._Element, entry: QuestionEntry) -> None:
        for subject, end in (("lowest", entry.lowest), ("highest", entry.highest)):
            self._note(parent, subject, {"": "" if end is None else plain_number(end)})

    def _of_categories(self, parent: etree._Element, asked: Mapping[str, QuestionEntry]) -> None:
        for place, category in enumerate(next(iter(asked.values())).categories):
            self._note(parent, f"exclusive {category.code}", {"": "yes" if category.exclusive else ""})
            score = "" if category.score is None else plain_number(category.score)
            self._note(parent, f"score {category.code}", {"": score})
            in_text = {lang: q.categories[place].in_text for lang, q in asked.items()}
            self._note(parent, f"in_text {category.code}", in_text)

    def _note(self, parent: etree._Element, subject: str, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            if text:
                note = self._under(parent, "notes", text, type=OURS, subject=subject)
                if language:
                    note.set(LANG, language)

    def _said(self, parent: etree._Element, tag: str, texts: Mapping[str, str]) -> None:
        """An element for each language that has the text."""
        for language, text in texts.items():
            if text:
                self._under(parent, tag, text).set(LANG, language)

    def _under(self, parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        element = self._element(tag, text, **attributes)
        parent.append(element)
        return element

    def _element(self, tag: str, text: str = "", **attributes: str) -> etree._Element:
        element = etree.Element(f"{{{NAMESPACE}}}{tag}", attributes)
        if text:
            held = xml_text(text)
            if held != text or "\r" in text:
                self.left.note("instrument.not-carried", "control characters", held.replace("\r", " ")[:60])
            element.text = held
        return element


def _members(entry: QuestionEntry) -> Iterator[str]:
    yield from (row.code for row in entry.rows) if entry.kind == "grid" else (c.code for c in entry.categories)
