"""LimeSurvey's .lss file: its tables as XML, in the layout of old versions (texts in the rows) and of new ones (texts apart)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from cityfolio.instrument.exchange.limesurvey.outline import Group, Item, LimeQuestion, Outline, Said, attributes_of
from cityfolio.instrument.exchange.questionnaire import finite
from cityfolio.reading.safe_xml import parse_xml

__all__ = ["read_structure"]

Row: TypeAlias = "dict[str, str]"


def read_structure(content: bytes) -> Outline | str:
    """The outline of a survey, or why there is none."""
    root = parse_xml(content)
    if isinstance(root, str):
        return root
    if root.tag != "document" or root.findtext("LimeSurveyDocType") != "Survey":
        return "it is no survey structure of LimeSurvey"
    return _Structure(root).outline()


@dataclass
class _Structure:
    root: etree._Element

    def outline(self) -> Outline | str:
        surveys = self._rows("surveys")
        listed = [element.text or "" for element in self.root.iterfind("languages/language")]
        own = surveys[0].get("language", "") if surveys else ""
        languages = list(dict.fromkeys([own, *listed] if own else listed))
        titles = {
            r.get("surveyls_language", ""): r.get("surveyls_title", "") for r in self._rows("surveys_languagesettings")
        }
        self.own = languages[0] if languages else ""
        self.questions = self._questions()
        groups = list(self._groups())
        return Outline(languages, titles, groups) if groups else "it holds no group of questions"

    def _rows(self, table: str) -> list[Row]:
        found = self.root.iterfind(f"{table}/rows/row")
        return [{str(cell.tag): cell.text or "" for cell in row} for row in found]

    def _said(self, table: str, key: str, column: str) -> dict[str, Said]:
        """The texts of a table by the id of what they are about, and by language."""
        said: dict[str, Said] = {}
        for row in self._rows(table):
            if column in row:
                said.setdefault(row.get(key, ""), {})[row.get("language") or self.own] = row[column]
        return said

    def _once(self, table: str, *key: str) -> Iterator[Row]:
        """The rows of a table, once for each key: old files repeat them for every language."""
        seen = set()
        for row in self._rows(table):
            name = tuple(row.get(part, "") for part in key)
            if name not in seen:
                seen.add(name)
                yield row

    def _groups(self) -> Iterator[Group]:
        said = self._said("group_l10ns", "gid", "group_name") or self._said("groups", "gid", "group_name")
        for row in sorted(self._once("groups", "gid"), key=lambda r: _place(r.get("group_order", ""))):
            gid = row.get("gid", "")
            yield Group(said.get(gid, {}), row.get("grelevance", ""), self.questions.get(gid, []))

    def _questions(self) -> dict[str, list[LimeQuestion]]:
        said = self._said("question_l10ns", "qid", "question") or self._said("questions", "qid", "question")
        helps = self._said("question_l10ns", "qid", "help") or self._said("questions", "qid", "help")
        under = self._subquestions(said)
        answers = self._answers()
        attributes: dict[str, Row] = {}
        for row in self._rows("question_attributes"):
            attributes.setdefault(row.get("qid", ""), {})[row.get("attribute", "")] = row.get("value", "")
        found: dict[str, list[LimeQuestion]] = {}
        for row in sorted(self._once("questions", "qid"), key=lambda r: _place(r.get("question_order", ""))):
            if row.get("parent_qid", "0") not in ("", "0"):
                continue
            qid, gid, code = row.get("qid", ""), row.get("gid", ""), row.get("title", "")
            found.setdefault(gid, []).append(
                LimeQuestion(
                    code=code,
                    kind=row.get("type", ""),
                    relevance=row.get("relevance", ""),
                    other=row.get("other") == "Y",
                    mandatory=row.get("mandatory") in ("Y", "S"),
                    said=said.get(qid, {}),
                    helps=helps.get(qid, {}),
                    attributes=attributes_of({**row, **attributes.get(qid, {})}),
                    subquestions=under.get(qid, []),
                    answers=answers.get(qid, []),
                    names=[code, f"Q{qid}", f"{row.get('sid', '')}X{gid}X{qid}"],
                )
            )
        return found

    def _subquestions(self, said: Mapping[str, Said]) -> dict[str, list[Item]]:
        beside = self._said("subquestions", "qid", "question")
        found: dict[str, list[Item]] = {}
        for row in sorted(self._once("subquestions", "qid"), key=lambda r: _place(r.get("question_order", ""))):
            qid = row.get("qid", "")
            item = Item(row.get("title", ""), row.get("scale_id") or "0", "", beside.get(qid) or said.get(qid, {}))
            found.setdefault(row.get("parent_qid", ""), []).append(item)
        return found

    def _answers(self) -> dict[str, list[Item]]:
        apart = self._said("answer_l10ns", "aid", "answer")
        found: dict[str, list[Item]] = {}
        rows = self._rows("answers")
        for row in sorted(
            self._once("answers", "qid", "code", "scale_id"), key=lambda r: _place(r.get("sortorder", ""))
        ):
            key = (row.get("qid", ""), row.get("code", ""), row.get("scale_id") or "0")
            inside = {
                r.get("language", ""): r["answer"]
                for r in rows
                if "answer" in r and (r.get("qid", ""), r.get("code", ""), r.get("scale_id") or "0") == key
            }
            said = apart.get(row.get("aid", ""), inside)
            found.setdefault(key[0], []).append(Item(key[1], key[2], row.get("assessment_value", ""), said))
        return found


def _place(text: str) -> float:
    """The place of a row among others; rows that say none come first."""
    return finite(text) or 0.0
