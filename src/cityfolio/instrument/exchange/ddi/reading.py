"""An instrument from a DDI-Codebook (2.6, 2.5 and older): what was asked, without what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from cityfolio.findings import Finding, Place, any_blocks
from cityfolio.instrument.exchange.ddi.names import LANG, OURS
from cityfolio.instrument.exchange.questionnaire import Left, Questionnaire, finite, identifier_findings
from cityfolio.instrument.loading import (
    CategoryEntry,
    InstrumentFile,
    QuestionEntry,
    RowEntry,
    SectionEntry,
    UniverseEntry,
)
from cityfolio.reading.safe_xml import parse_xml

__all__ = ["read_ddi"]

_SINGLE_KINDS = ("single", "scale", "number", "text")
_GROUP_KINDS = ("multiple", "ranked")

_NOT_CARRIED = "instrument.not-carried"
_SPOKEN = ("labl", "qstnLit", "ivuInstr", "universe", "txt", "titl", "parTitl")
_GROUPS = ("multipleResp", "grid")
_UNHELD = {
    "preQTxt": "the text before the question",
    "postQTxt": "the text after the question",
    "forward": "the way on from the question",
    "backward": "the way to the question",
    "invalrng": "the range of values that do not count",
}


def read_ddi(name: str, content: bytes, language: str = "en") -> tuple[Questionnaire | None, list[Finding]]:
    """The questionnaire of a codebook, or None where something blocks; with all findings."""
    root = parse_xml(content)
    problem = root if isinstance(root, str) else ""
    if not isinstance(root, str) and etree.QName(root).localname != "codeBook":
        problem = f"it begins with {etree.QName(root).localname}, not with codeBook"
    if problem or isinstance(root, str):
        return None, [Finding("instrument.unreadable", Place(name), {"format": "DDI-Codebook", "problem": problem})]
    own = root.get(LANG) or language
    spoken = [element.get(LANG) for element in _all(root, *_SPOKEN)]
    languages = list(dict.fromkeys([own, *(code for code in spoken if code)]))
    left = Left(name)
    read = {code: _Reading(root, code, own, left if code == own else Left(name), left).content() for code in languages}
    first = read.pop(own)
    at = {str(v.get("name")): Place(name, v.sourceline or 0) for v in _all(root, "var", "varGrp")}
    findings = [*left.findings(), *identifier_findings(first, at, name)]
    return (None if any_blocks(findings) else Questionnaire(first, own, read)), findings


@dataclass
class _Reading:
    """Reads the codebook in one language. What cannot be carried goes to `left`, texts that are missing to `texts`."""

    root: etree._Element
    language: str
    own: str
    left: Left
    texts: Left

    def content(self) -> InstrumentFile:
        self.by_id = {str(e.get("ID")): e for e in _all(self.root, "var", "varGrp") if e.get("ID")}
        entries = dict(self._entries())
        sections = [
            SectionEntry(
                id=str(group.get("name") or group.get("ID")),
                title=self._text(group, "labl") or str(group.get("name")),
                questions=self._inside(group, entries),
            )
            for group in _all(self.root, "varGrp")
            if group.get("type") == "section"
        ]
        rest = [entry for _, entry in sorted(entries.values(), key=lambda held: held[0])]
        study = next(_all(self.root, "stdyDscr"), self.root)
        title = self._title(study)
        if rest or not sections:
            sections.append(SectionEntry(id="questions", title=title, questions=rest))
        return InstrumentFile(format="1", title=title, note=_Notes(study).said("note", self), sections=sections)

    def _title(self, study: etree._Element) -> str:
        statement = next(_all(study, "titlStmt"), study)
        parallel = [e for e in _under(statement, "parTitl") if e.get(LANG) == self.language]
        found = parallel or list(_under(statement, "titl"))
        return (found[0].text or "") if found else ""

    def _inside(self, group: etree._Element, entries: dict[str, tuple[float, QuestionEntry]]) -> list[QuestionEntry]:
        """The questions of a section, in the order of their numbers; each belongs to the first section that names it."""
        names = [*str(group.get("var") or "").split(), *str(group.get("varGrp") or "").split()]
        held = [entries.pop(name) for name in names if name in entries]
        return [entry for _, entry in sorted(held, key=lambda one: one[0])]

    def _entries(self) -> Iterator[tuple[str, tuple[float, QuestionEntry]]]:
        """The questions by the ids of their elements, with the numbers by which they are ordered."""
        members: set[str] = set()
        for group in _all(self.root, "varGrp"):
            found = [self.by_id[i] for i in str(group.get("var") or "").split() if i in self.by_id]
            if group.get("type") in _GROUPS and found:
                members.update(str(variable.get("ID")) for variable in found)
                yield str(group.get("ID")), (self._place(found[0]), self._grouped(group, found))
            elif group.get("type") not in ("section", *_GROUPS):
                name = str(group.get("name") or group.get("ID"))
                self.left.note(_NOT_CARRIED, f"the group of the type {group.get('type')}", name, group.sourceline or 0)
        for position, variable in enumerate(_all(self.root, "var")):
            key = str(variable.get("ID") or f"var {position}")
            if key not in members:
                yield key, (self._place(variable, position), self._single(variable))

    def _place(self, variable: etree._Element, position: int = 0) -> float:
        question = self._asked(variable)
        number = str(question.get("seqNo") or "") if question is not None else ""
        # A codebook that numbers no question has them in the order of its variables.
        return float(number) if number.isdigit() else 1e6 + position + (variable.sourceline or 0) / 1e6

    def _single(self, variable: etree._Element) -> QuestionEntry:
        name = str(variable.get("name") or variable.get("ID"))
        notes = _Notes(variable)
        categories = self._categories(variable, notes, name)
        numeric = variable.get("intrvl") == "contin" or any(
            held.get("type") == "numeric" for held in _under(variable, "varFormat")
        )
        guess = "number" if numeric else "text"
        if categories:
            guess = "scale" if variable.get("nature") == "ordinal" else "single"
        return self._filled(variable, variable, name, _kind(notes, _SINGLE_KINDS, guess), categories=categories)

    def _grouped(self, group: etree._Element, members: Sequence[etree._Element]) -> QuestionEntry:
        name = str(group.get("name") or group.get("ID"))
        notes = _Notes(group)
        if group.get("type") == "grid":
            rows = [RowEntry(code=_tail(m, name), label=self._text(m, "labl") or _tail(m, name)) for m in members]
            categories = self._categories(members[0], notes, name)
            return self._filled(group, members[0], name, "grid", categories=categories, rows=rows)
        prefix = f"{self._text(group, 'labl')}: "
        categories = [
            self._category(_tail(m, name), self._text(m, "labl").removeprefix(prefix), self._text(m, "txt"), notes)
            for m in members
        ]
        return self._filled(group, members[0], name, _kind(notes, _GROUP_KINDS, "multiple"), categories=categories)

    def _filled(
        self,
        element: etree._Element,
        asked: etree._Element,
        name: str,
        kind: str,
        *,
        categories: list[CategoryEntry],
        rows: Sequence[RowEntry] = (),
    ) -> QuestionEntry:
        notes, question = _Notes(element), self._asked(asked)
        lowest, highest = self._ends(element, notes)
        cap, said = notes.number("cap"), self._text(element, "labl")
        wording = self._text(question, "qstnLit") if question is not None else ""
        content = {
            "variable": name,
            "kind": kind,
            "label": said or wording or name,
            "question": wording,
            "help": self._text(question, "ivuInstr") if question is not None else "",
            "evidence": notes.said("evidence", self),
            "counting": notes.said("counting", self),
            "categories": categories,
            "rows": list(rows),
            "boxes": int(notes.number("boxes") or 0),
            "summarised": notes.text("summarised") != "no",
            "describes": notes.text("describes"),
            "translated": notes.text("translated") == "yes",
            "cap": None if cap is None else int(cap),
            "other": notes.text("other") == "yes",
            "universe": self._universe(element, notes),
            "lowest": lowest,
            "highest": highest,
            "separator": notes.text("separator")[1:-1],
            "released": notes.text("released") != "no",
            "personal": notes.text("personal") == "yes",
        }
        self._remarks(asked, question, name)
        return QuestionEntry.model_validate(content)

    def _universe(self, element: etree._Element, notes: _Notes) -> UniverseEntry | None:
        text, past = self._text(element, "universe"), notes.routed()
        return UniverseEntry(text=text, routed_past_by=past) if text or past else None

    def _ends(self, element: etree._Element, notes: _Notes) -> tuple[float | None, float | None]:
        limits = [limit for held in _under(element, "valrng") for limit in _under(held, "range")]
        ends = [finite(limits[0].get(name, "")) if limits else None for name in ("min", "max")]
        lowest, highest = notes.number("lowest"), notes.number("highest")
        return (ends[0] if lowest is None else lowest), (ends[1] if highest is None else highest)

    def _categories(self, variable: etree._Element, notes: _Notes, name: str) -> list[CategoryEntry]:
        found = []
        for element in _under(variable, "catgry"):
            code = next((held.text or "" for held in _under(element, "catValu")), "")
            if element.get("missing") == "Y":
                self.left.note(_NOT_CARRIED, "codes for missing answers", name, variable.sourceline or 0)
                continue
            found.append(self._category(code, self._text(element, "labl"), self._text(element, "txt"), notes))
        return found

    def _category(self, code: str, label: str, text: str, notes: _Notes) -> CategoryEntry:
        return CategoryEntry(
            code=code,
            label=label or code,
            help=text,
            exclusive=notes.text(f"exclusive {code}") == "yes",
            score=notes.number(f"score {code}"),
            in_text=notes.said(f"in_text {code}", self),
        )

    def _asked(self, variable: etree._Element) -> etree._Element | None:
        """The question of the latest wave: codebooks of several waves give one for each."""
        found = list(_under(variable, "qstn"))
        if len(found) > 1:
            name = str(variable.get("name"))
            self.left.note(_NOT_CARRIED, "the wordings of earlier waves", name, variable.sourceline or 0)
        return found[-1] if found else None

    def _remarks(self, variable: etree._Element, question: etree._Element | None, name: str) -> None:
        for tag, what in _UNHELD.items():
            if any(True for parent in (variable, question) if parent is not None for _ in _under(parent, tag)):
                self.left.note(_NOT_CARRIED, what, name, variable.sourceline or 0)

    def _text(self, parent: etree._Element, tag: str) -> str:
        """The text of the first element of that name in this language; else in the codebook's own, which is said."""
        found = list(_under(parent, tag))
        for language in (self.language, self.own):
            for element in found:
                if (element.get(LANG) or self.own) == language:
                    if language != self.language:
                        name = parent.get("name") or parent.getparent().get("name") or ""
                        self.texts.note("instrument.untranslated", self.language, f"{name} ({tag})")
                    return "".join(element.itertext())
        return "".join(found[0].itertext()) if found else ""

    def note_text(self, held: Mapping[str, str]) -> str:
        """A note of ours in this language."""
        return held.get(self.language, held.get(self.own, ""))


class _Notes:
    """Our own notes beside an element."""

    def __init__(self, element: etree._Element) -> None:
        self.held: dict[str, dict[str, str]] = {}
        for note in _under(element, "notes"):
            if note.get("type") == OURS:
                self.held.setdefault(str(note.get("subject")), {})[note.get(LANG) or ""] = note.text or ""

    def text(self, subject: str) -> str:
        return self.held.get(subject, {}).get("", "")

    def number(self, subject: str) -> float | None:
        return finite(self.text(subject))

    def said(self, subject: str, reading: _Reading) -> str:
        return reading.note_text(self.held.get(subject, {}))

    def routed(self) -> dict[str, list[str]]:
        found = {subject: self.text(subject).split() for subject in self.held if subject.startswith("routed_past_by ")}
        return {subject.partition(" ")[2]: codes for subject, codes in found.items()}


def _all(root: etree._Element, *tags: str) -> Iterator[etree._Element]:
    return (element for element in root.iter("{*}*") if etree.QName(element).localname in tags)


def _under(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    yield from parent.iterfind(f"{{*}}{tag}")


def _tail(variable: etree._Element, group: str) -> str:
    name = str(variable.get("name") or variable.get("ID"))
    return name.removeprefix(f"{group}_")


def _kind(notes: _Notes, allowed: Sequence[str], otherwise: str) -> str:
    """The kind that our own note says, if a question of that shape can have it."""
    return notes.text("kind") if notes.text("kind") in allowed else otherwise
