"""An instrument as an XLSForm that ODK, KoboToolbox and Survey123 read, and that reads back as the very same instrument."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import xlsxwriter
from babel import Locale, UnknownLocaleError

from cityfolio.findings import Finding, Place
from cityfolio.formatting import plain_number
from cityfolio.instrument.exchange.questionnaire import Left, Questionnaire
from cityfolio.instrument.exchange.xlsform.parsing import refusal
from cityfolio.instrument.loading import InstrumentFile, QuestionEntry

__all__ = ["write_xlsform"]

Row: TypeAlias = "dict[str, str]"

_STAMP = datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks carry no zone; equal instruments give equal bytes
_TYPES = {
    "single": "select_one",
    "scale": "select_one",
    "multiple": "select_multiple",
    "ranked": "rank",
    "number": "decimal",
    "text": "text",
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_FIRST = ("type", "name", "list_name", "form_title", "form_id", "version", "default_language")


def write_xlsform(questionnaire: Questionnaire, wave: str, name: str) -> tuple[bytes, list[Finding]]:
    """The workbook, and findings about what other programs will not see or will do otherwise.

    What the standard has no place for stands in columns that begin with `cityfolio_`; other programs leave them aside.
    """
    writing = _Writing(questionnaire, wave, Left(name))
    sheets = {"survey": writing.survey(), "choices": writing.choices, "settings": [writing.settings()]}
    content = _workbook(sheets)
    findings = writing.left.findings()
    problem = refusal(content)
    if problem:
        facts = {"format": "XLSForm", "problem": " ".join(problem.split()).rstrip(".")}
        findings.append(Finding("instrument.not-writable", Place(name), facts))
    return content, findings


@dataclass
class _Writing:
    questionnaire: Questionnaire
    wave: str
    left: Left
    choices: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.named = {_language_name(code): content for code, content in self.questionnaire.by_language.items()}
        self.kinds = {q.variable: q.kind for q in _questions(self.questionnaire.content)}

    def settings(self) -> Row:
        content = self.questionnaire.content
        row = {"form_title": content.title, "form_id": f"wave_{self.wave}", "version": self.wave}
        row |= {
            "default_language": next(iter(self.named)),
            "clean_text_values": "no",
            "cityfolio_format": content.format,
        }
        row |= self._in_languages("cityfolio_title", {lang: held.title for lang, held in self.named.items()})
        return row | self._in_languages("cityfolio_note", {lang: held.note for lang, held in self.named.items()})

    def survey(self) -> list[Row]:
        rows: list[Row] = []
        taken = {name for variable, kind in self.kinds.items() for name in (variable, f"{variable}_other") if kind}
        for number, section in enumerate(self.questionnaire.content.sections):
            name = section.id if _NAME.fullmatch(section.id) and section.id not in taken else f"section_{number + 1}"
            titles = {lang: held.sections[number].title for lang, held in self.named.items()}
            row = {"type": "begin_group", "name": name} | self._in_languages("label", titles)
            rows.append(row | ({"cityfolio_id": section.id} if name != section.id else {}))
            for place, _ in enumerate(section.questions):
                asked = {lang: held.sections[number].questions[place] for lang, held in self.named.items()}
                rows += self._question(asked)
            rows.append({"type": "end_group"})
        return rows

    def _question(self, asked: Mapping[str, QuestionEntry]) -> Iterator[Row]:
        entry = next(iter(asked.values()))
        row = {"type": "begin_group" if entry.kind == "grid" else self._type(entry), "name": entry.variable}
        row |= self._in_languages("label", {lang: q.question or q.label for lang, q in asked.items()})
        helps = {lang: q.help for lang, q in asked.items()}
        row |= self._in_languages("cityfolio_help" if entry.kind == "grid" else "hint", helps)
        row |= {"relevant": self._relevant(entry), "constraint": self._constraint(entry)}
        row |= {"appearance": {"grid": "table-list", "scale": "likert"}.get(entry.kind, "")}
        row |= self._own(asked)
        self._remarks(entry)
        yield row
        if entry.kind == "grid":
            for position, held in enumerate(entry.rows):
                labels = {lang: q.rows[position].label for lang, q in asked.items()}
                named = {"type": f"select_one {entry.variable}", "name": f"{entry.variable}_{held.code}"}
                yield named | self._in_languages("label", labels)
            yield {"type": "end_group"}
        self._categories(asked)

    def _type(self, entry: QuestionEntry) -> str:
        if not entry.categories:
            return _TYPES[entry.kind]
        other = " or_other" if _gets_other(entry) else ""
        return f"{_TYPES[entry.kind]} {entry.variable}{other}"

    def _categories(self, asked: Mapping[str, QuestionEntry]) -> None:
        entry = next(iter(asked.values()))
        for place, category in enumerate(entry.categories):
            said = {lang: q.categories[place] for lang, q in asked.items()}
            row = {"list_name": entry.variable, "name": category.code}
            row |= self._in_languages("label", {lang: c.label for lang, c in said.items()})
            for code, choice in zip(self.questionnaire.by_language, said.values(), strict=True):
                # pyxform takes no column of a choice that names a language but its label.
                row |= {f"cityfolio_help_{code}": choice.help, f"cityfolio_in_text_{code}": choice.in_text}
            row["cityfolio_exclusive"] = "yes" if category.exclusive else ""
            row["cityfolio_score"] = plain_number(category.score) if category.score is not None else ""
            self.choices.append(row)
            if category.help:
                self.left.note("instrument.beside", "the help texts of categories", entry.variable)

    def _own(self, asked: Mapping[str, QuestionEntry]) -> Row:
        entry = next(iter(asked.values()))
        row = self._in_languages("cityfolio_label", {lang: q.label if q.question else "" for lang, q in asked.items()})
        row |= self._in_languages("cityfolio_evidence", {lang: q.evidence for lang, q in asked.items()})
        row |= self._in_languages("cityfolio_counting", {lang: q.counting for lang, q in asked.items()})
        universe = {lang: q.universe.text if q.universe else "" for lang, q in asked.items()}
        row |= self._in_languages("cityfolio_universe", universe)
        numeric, several = entry.kind == "number", entry.kind == "multiple"
        kept: dict[str, str] = {
            "boxes": str(entry.boxes) if entry.boxes else "",
            "summarised": "" if entry.summarised else "no",
            "describes": entry.describes,
            "translated": "yes" if entry.translated else "",
            "cap": str(entry.cap) if entry.cap is not None and not several else "",
            "lowest": plain_number(entry.lowest) if entry.lowest is not None and not numeric else "",
            "highest": plain_number(entry.highest) if entry.highest is not None and not numeric else "",
            "separator": json.dumps(entry.separator) if entry.separator else "",
            "released": "" if entry.released else "no",
            "personal": "yes" if entry.personal else "",
            "other": "yes" if entry.other and not _gets_other(entry) else "",
        }
        return row | {f"cityfolio_{key}": held for key, held in kept.items()}

    def _relevant(self, entry: QuestionEntry) -> str:
        parts = []
        for variable, codes in (entry.universe.routed_past_by if entry.universe else {}).items():
            several = self.kinds.get(variable) in ("multiple", "ranked")
            for code in codes:
                parts.append(f"not(selected(${{{variable}}}, '{code}'))" if several else f"${{{variable}}} != '{code}'")
        return " and ".join(parts)

    def _constraint(self, entry: QuestionEntry) -> str:
        parts = []
        if entry.kind == "number":
            parts += [f". >= {plain_number(entry.lowest)}"] if entry.lowest is not None else []
            parts += [f". <= {plain_number(entry.highest)}"] if entry.highest is not None else []
        if entry.kind == "multiple":
            parts += [f"count-selected(.) <= {entry.cap}"] if entry.cap is not None else []
            alone = [category.code for category in entry.categories if category.exclusive]
            parts += [f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone]
        if parts:
            self.left.note("instrument.stricter", "", entry.variable)
        return " and ".join(parts)

    def _remarks(self, entry: QuestionEntry) -> None:
        if entry.kind == "ranked" and entry.cap is not None:
            self.left.note("instrument.beside", "how many places of a ranking are asked for", entry.variable)
        if entry.other and not _gets_other(entry):
            self.left.note("instrument.beside", "that own words are possible", entry.variable)
        if entry.kind == "grid" and entry.help:
            self.left.note("instrument.beside", "the help text of a grid", entry.variable)

    def _in_languages(self, column: str, texts: Mapping[str, str]) -> Row:
        """A cell for each language. pyxform takes off the spaces around a text and reads what stands in ${...}."""
        for text in texts.values():
            if text != text.strip() or "${" in text:
                self.left.note("instrument.not-carried", "a text with spaces around it, or with ${", text.strip()[:60])
        return {f"{column}::{language}": text for language, text in texts.items() if any(texts.values())}


def _gets_other(entry: QuestionEntry) -> bool:
    """Whether the standard's own `or_other` can say that own words are possible."""
    fits = entry.other and entry.kind in ("single", "multiple", "scale")
    return fits and all(category.code != "other" for category in entry.categories)


def _questions(content: InstrumentFile) -> Iterator[QuestionEntry]:
    for section in content.sections:
        yield from section.questions


def _language_name(code: str) -> str:
    try:
        name = Locale.parse(code, sep="-" if "-" in code else "_").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = code
    return f"{str(name).replace('(', '').replace(')', '')} ({code})"


def _workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    sink = io.BytesIO()
    # Text is text: no cell becomes a formula, a link or a number because of how it begins.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(sink, options)
    book.set_properties({"created": _STAMP})
    bold = book.add_format({"bold": True})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        columns = _columns(rows)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
            sheet.set_column(place, place, 40 if "::" in column else 18)
        for line, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if row.get(column):
                    sheet.write_string(line, place, row[column])
        sheet.freeze_panes(1, 2)
    book.close()
    return sink.getvalue()


def _columns(rows: Sequence[Row]) -> list[str]:
    """The columns that hold anything, those of the standard first."""
    used = list(dict.fromkeys(column for row in rows for column, cell in row.items() if cell))
    first = [column for column in _FIRST if column in used]
    rest = [column for column in used if column not in first]
    return [
        *first,
        *(c for c in rest if not c.startswith("cityfolio_")),
        *(c for c in rest if c.startswith("cityfolio_")),
    ]
