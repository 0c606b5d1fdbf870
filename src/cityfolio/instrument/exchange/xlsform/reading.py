"""An instrument from an XLSForm: what it asks, in which order, of whom, in every language that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from babel import Locale

from cityfolio.findings import Finding, Place, any_blocks
from cityfolio.instrument.exchange.questionnaire import Left, Questionnaire, identifier_findings
from cityfolio.instrument.exchange.xlsform.parsing import parse_form
from cityfolio.instrument.exchange.xlsform.questions import Questions
from cityfolio.instrument.exchange.xlsform.words import Words
from cityfolio.instrument.loading import InstrumentFile, QuestionEntry, SectionEntry

if TYPE_CHECKING:
    from cityfolio.instrument.exchange.xlsform.parsing import Form, Node

__all__ = ["read_xlsform"]

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*$")
_PLAIN = "default"  # pyxform's name for texts whose column names no language


def read_xlsform(name: str, content: bytes, language: str = "en") -> tuple[Questionnaire | None, list[Finding]]:
    """The questionnaire of an XLSForm, or None where something blocks; with all findings.

    `language` is that of a form that does not say.
    """
    form, findings = parse_form(name, content)
    if form is None:
        return None, findings
    left = Left(name)
    languages = _languages(form, language, left)
    read: dict[str, InstrumentFile] = {}
    for named, code in languages.items():
        # What cannot be carried is the same in every language: it is said once.
        reading = _Reading(form, Words(named, code, next(iter(languages)), left), left if not read else Left(name))
        read[code] = reading.content()
    first = next(iter(read))
    at = {variable: Place(name, row) for variable, row in form.rows.items()}
    findings = [*left.findings(), *identifier_findings(read[first], at, name)]
    if any_blocks(findings):
        return None, findings
    rest = {code: held for code, held in read.items() if code != first}
    return Questionnaire(read[first], first, rest), findings


def _languages(form: Form, language: str, left: Left) -> dict[str, str]:
    """The languages of the form by their names in it, the first being its own, with their codes."""
    names = list(dict.fromkeys(_named(form.tree)))
    own = str(form.tree.get("default_language", _PLAIN))
    if own in names:
        names = [own, *(name for name in names if name != own)]
    found: dict[str, str] = {}
    for name in names:
        code = _code(name)
        if code and code not in found.values():
            found[name] = code
        elif not found:
            found[name] = language
        elif name != _PLAIN:
            left.note("instrument.not-carried", "the language", name)
    return found or {_PLAIN: language}


def _code(name: str) -> str:
    found = _CODE.search(name)
    if found:
        return found[1].replace("_", "-")
    by_name = {str(said).casefold(): str(code) for code, said in Locale("en").languages.items() if len(code) <= 3}
    return by_name.get(name.strip().casefold(), name if name.casefold() in by_name.values() else "")


def _named(node: object) -> Iterator[str]:
    """The languages of all labels, in the order in which they first stand."""
    if isinstance(node, dict):
        label = node.get("label")
        if isinstance(label, dict):
            yield from label
        elif label and not str(node.get("name", "")).endswith("_other"):
            yield _PLAIN
        for key in ("children", "choices"):
            yield from _named(node.get(key))
    elif isinstance(node, list):
        for item in node:
            yield from _named(item)


@dataclass
class _Reading:
    """Reads the tree once, in one language."""

    form: Form
    words: Words
    left: Left
    held: list[SectionEntry] = field(default_factory=list)
    loose: list[QuestionEntry] = field(default_factory=list)

    def content(self) -> InstrumentFile:
        tree = self.form.tree
        self.questions = Questions(self.form, self.words, self.left)
        title = self.words.text(tree, "cityfolio_title") or str(tree.get("title") or tree.get("id_string") or "")
        for node in _children(tree):
            if node.get("type") == "group" and not self.questions.is_grid(node):
                self._section(node)
            else:
                self.loose += self.questions.read([node], ())
        self._close(title)
        note = self.words.text(tree, "cityfolio_note")
        return InstrumentFile(format="1", title=title, note=note, sections=self.held)

    def _section(self, node: Node) -> None:
        if node.get("name") == "meta":
            return
        self._close(str(self.form.tree.get("title", "")))
        name = self.words.text(node, "cityfolio_id") or str(node["name"])
        conditions = self.questions.conditions(node, str(node["name"]), ())
        title = self.words.text(node, "label") or name
        self.held.append(SectionEntry(id=name, title=title, questions=self.questions.read(_children(node), conditions)))

    def _close(self, title: str) -> None:
        """Questions outside of all groups make a section of their own."""
        if self.loose:
            number = sum(section.id.startswith("questions") for section in self.held) + 1
            name = "questions" if number == 1 else f"questions_{number}"
            self.held.append(SectionEntry(id=name, title=title, questions=self.loose))
            self.loose = []


def _children(node: Node) -> Sequence[Mapping[str, object]]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []
