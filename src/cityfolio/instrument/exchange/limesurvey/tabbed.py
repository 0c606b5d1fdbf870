"""LimeSurvey's tab-separated survey structure: one line for each setting, group, question, subquestion and answer."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from cityfolio.instrument.exchange.limesurvey.outline import Group, Item, LimeQuestion, Outline, attributes_of

__all__ = ["read_tabbed"]

_NEEDED = {"class", "name", "text", "language"}


def read_tabbed(content: bytes) -> Outline | str:
    """The outline of a survey, or why there is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    tabbed = _Tabbed()
    try:
        if not set(rows.fieldnames or ()) >= _NEEDED:
            return "its first line does not name the columns class, name, text and language"
        for row in rows:
            tabbed.take({str(key): held for key, held in row.items() if isinstance(held, str)}, rows.line_num)
    except csv.Error as error:
        return f"line {rows.line_num}: {error}"
    return tabbed.outline()


@dataclass
class _Tabbed:
    """Takes line after line. Each language repeats all lines; groups are matched by their order, all else by its code."""

    languages: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    held: dict[str, LimeQuestion] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    question: LimeQuestion | None = None

    def take(self, row: dict[str, str], line: int) -> None:
        kind, name, language = row.get("class", ""), row.get("name", ""), row.get("language", "")
        if kind == "S" and name in ("language", "additional_languages"):
            self.languages += [code for code in row.get("text", "").split() if code not in self.languages]
        elif kind == "SL" and name == "surveyls_title":
            self.titles[language] = row.get("text", "")
        elif kind == "G":
            self._group(row, language)
        elif kind == "Q":
            self._question(row, language, line)
        elif kind in ("SQ", "A") and self.question is not None:
            self._item(row, language, self.question.subquestions if kind == "SQ" else self.question.answers)

    def _group(self, row: dict[str, str], language: str) -> None:
        position = self.seen.get(language, 0)
        self.seen[language] = position + 1
        if position == len(self.groups):
            self.groups.append(Group(relevance=row.get("relevance", "")))
        self.groups[position].said[language] = row.get("name", "")

    def _question(self, row: dict[str, str], language: str, line: int) -> None:
        code = row.get("name", "")
        if code not in self.held:
            other, mandatory = row.get("other") == "Y", row.get("mandatory") in ("Y", "S")
            self.held[code] = LimeQuestion(
                code, row.get("type/scale", ""), line, row.get("relevance", ""), other, mandatory, names=[code]
            )
            self.held[code].attributes = attributes_of(row)
            if not self.groups:
                self.groups.append(Group())
            self.groups[max(self.seen.get(language, 1), 1) - 1].questions.append(self.held[code])
        self.question = self.held[code]
        self.question.said[language] = row.get("text", "")
        self.question.helps[language] = row.get("help", "")

    @staticmethod
    def _item(row: dict[str, str], language: str, items: list[Item]) -> None:
        code, scale = row.get("name", ""), row.get("type/scale", "") or "0"
        item = next((one for one in items if (one.code, one.scale) == (code, scale)), None)
        if item is None:
            item = Item(code, scale, row.get("assessment_value", ""))
            items.append(item)
        item.said[language] = row.get("text", "")

    def outline(self) -> Outline | str:
        found = list(dict.fromkeys([*self.languages, *self.seen]))
        used = [language for language in found if language in self.seen]
        return Outline(used or found, self.titles, self.groups) if self.groups else "it holds no group of questions"
