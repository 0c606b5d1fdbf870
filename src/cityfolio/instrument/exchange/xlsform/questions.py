"""The questions of an XLSForm, one by one: kinds, categories, limits, and who is led past them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cityfolio.instrument.exchange.conditions import is_broken
from cityfolio.instrument.exchange.questionnaire import finite
from cityfolio.instrument.exchange.universe import with_universe
from cityfolio.instrument.exchange.xlsform.constraints import Limits, read_constraint
from cityfolio.instrument.loading import CategoryEntry, QuestionEntry, RowEntry

if TYPE_CHECKING:
    from cityfolio.instrument.exchange.questionnaire import Left
    from cityfolio.instrument.exchange.xlsform.parsing import Form, Node
    from cityfolio.instrument.exchange.xlsform.words import Words

__all__ = ["Questions"]

_Kind = Literal["single", "multiple", "ranked", "scale", "grid", "number", "text"]
_KINDS: Mapping[str, _Kind] = {
    "select one": "single",
    "select all that apply": "multiple",
    "rank": "ranked",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "range": "number",
    "text": "text",
    "string": "text",
    "date": "text",
    "time": "text",
    "dateTime": "text",
    "datetime": "text",
}
_ROUGHLY = {
    "integer": "whole numbers",
    "int": "whole numbers",
    "range": "numbers on a line",
    "date": "dates",
    "time": "times",
    "dateTime": "dates",
    "datetime": "dates",
}
_EXTRAS = {
    "default": "the value it begins with",
    "calculation": "the calculation",
    "trigger": "the trigger",
    "guidance_hint": "the hint for interviewers",
    "media": "the pictures and sounds",
    "autoplay": "the sound that plays",
}
_BINDS = {
    "required": "that an answer is needed",
    "readonly": "that it cannot be changed",
    "calculate": "the calculation",
    "jr:constraintMsg": "the message of the constraint",
    "jr:requiredMsg": "the message about a missing answer",
}
_NOT_CARRIED = "instrument.not-carried"
_STATIC = re.compile(r"(\w+)\s*(!?=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_LOOKS = {"", "likert", "list-nolabel", "minimal", "horizontal", "field-list", "multiline"}


@dataclass
class Questions:
    """Reads questions in order, remembering those before: conditions look back at them."""

    form: Form
    words: Words
    left: Left
    earlier: dict[str, QuestionEntry] = field(default_factory=dict)

    def is_grid(self, node: Node) -> bool:
        """Whether a group asks one scale of several rows, and is named so that its answers can be found."""
        rows = self._rows(node)
        prefix = f"{node.get('name')}_"
        lists = {str(row.get("list_name")) for row in rows}
        looks = any(
            str(child.get("name", "")).startswith("reserved_name_for_field_list_labels_") for child in _under(node)
        )
        named = all(str(row.get("name")).startswith(prefix) for row in rows)
        return (
            bool(rows) and looks and named and len(lists) == 1 and {row.get("type") for row in rows} == {"select one"}
        )

    def read(self, nodes: Sequence[Node], conditions: tuple[str, ...]) -> list[QuestionEntry]:
        """The questions of a section; a group inside it gives its questions, with its condition."""
        found: list[QuestionEntry] = []
        for node in nodes:
            name = str(node.get("name"))
            if node.get("type") == "group" and not self.is_grid(node):
                if self.words.text(node, "label"):
                    self.left.note(_NOT_CARRIED, "the heading of a group inside a section", name, self.form.row(name))
                found += self.read(_under(node), self.conditions(node, name, conditions))
            elif node.get("type") in ("repeat", "loop"):
                self.left.note("instrument.left-out", "answers that repeat", name, self.form.row(name))
            else:
                entry = self._entry(node, name, conditions)
                found += [entry] if entry else []
        return found

    def conditions(self, node: Node, name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        """The conditions that hold for what is inside `node`."""
        own = _bind(node).get("relevant")
        self._extras(node, name, _bind(node))
        return (*above, str(own)) if own else above

    def _entry(self, node: Node, name: str, conditions: tuple[str, ...]) -> QuestionEntry | None:
        kind = "grid" if node.get("type") == "group" else _KINDS.get(str(node.get("type")))
        if self._is_own_words(node, name) or name.startswith(("generated_table_list_label_", "reserved_name_for_")):
            return None
        if kind is None or node.get("query") or (kind in ("single", "multiple", "ranked") and not node.get("choices")):
            what = str(node.get("type")) if kind is None else "choices from another file"
            self.left.note("instrument.left-out", what, name, self.form.row(name))
            return None
        if str(node.get("type")) in _ROUGHLY:
            self.left.note(_NOT_CARRIED, f"that it takes {_ROUGHLY[str(node['type'])]}", name, self.form.row(name))
        entry = self._grid(node, name) if kind == "grid" else self._question(node, name, kind)
        condition = _bind(node).get("relevant")
        asked = (*conditions, str(condition)) if condition else conditions
        words = self.words.text(node, "cityfolio_universe")
        entry = with_universe(entry, asked, self.earlier, self.left, self.form.row(name), words=words)
        for variable in [f"{name}_{row.code}" for row in entry.rows] or [name]:
            self.earlier[variable] = entry
        return entry

    def _grid(self, node: Node, name: str) -> QuestionEntry:
        rows = self._rows(node)
        head = next(
            (child for child in _under(node) if str(child.get("name")).startswith("generated_table_list")), node
        )
        return self._filled(
            node,
            name,
            "grid",
            said=self.words.text(head, "label"),
            hint=self.words.text(node, "cityfolio_help"),
            rows=[RowEntry(code=str(r["name"])[len(name) + 1 :], label=self.words.text(r, "label")) for r in rows],
            categories=self._categories(rows[0], name, Limits()),
            limits=Limits(),
        )

    def _question(self, node: Node, name: str, kind: _Kind) -> QuestionEntry:
        looks = str(_control(node).get("appearance", ""))
        if kind == "single" and "likert" in looks:
            kind = "scale"
        if looks not in _LOOKS:
            self.left.note(_NOT_CARRIED, f"the appearance {looks}", name, self.form.row(name))
        limits = read_constraint(str(_bind(node).get("constraint", "")))
        for rest in limits.rest:
            code = "instrument.broken-condition" if is_broken(rest) else _NOT_CARRIED
            self.left.note(code, rest if is_broken(rest) else f"the constraint {rest}", name, self.form.row(name))
        parameters = node.get("parameters")
        for key, value in parameters.items() if isinstance(parameters, dict) else ():
            if node.get("type") == "range" and key in ("start", "end"):
                end = finite(str(value))
                limits.lowest, limits.highest = (end, limits.highest) if key == "start" else (limits.lowest, end)
            else:
                self.left.note(_NOT_CARRIED, f"the parameter {key}", name, self.form.row(name))
        hint, said = self.words.text(node, "hint"), self.words.text(node, "label")
        categories = self._categories(node, name, limits) if kind in ("single", "multiple", "ranked", "scale") else []
        return self._filled(node, name, kind, said=said, hint=hint, rows=[], categories=categories, limits=limits)

    def _filled(
        self,
        node: Node,
        name: str,
        kind: _Kind,
        *,
        said: str,
        hint: str,
        rows: list[RowEntry],
        categories: list[CategoryEntry],
        limits: Limits,
    ) -> QuestionEntry:
        self._extras(node, name, _bind(node))
        own = _Own(node)
        short = self.words.text(node, "cityfolio_label")
        if not short and "cityfolio_format" not in self.form.tree:
            short = said
        cap, lowest, highest = own.number("cap"), own.number("lowest"), own.number("highest")
        return QuestionEntry(
            variable=name,
            kind=kind,
            label=short or said or name,
            question=said if short else "",
            help=hint,
            evidence=self.words.text(node, "cityfolio_evidence"),
            counting=self.words.text(node, "cityfolio_counting"),
            categories=categories,
            rows=rows,
            boxes=int(own.number("boxes") or 0),
            summarised=own.text("summarised") != "no",
            describes=own.text("describes"),
            translated=own.text("translated") == "yes",
            cap=int(cap) if cap is not None else limits.cap,
            other=own.text("other") == "yes" or self._has_own_words(name),
            lowest=lowest if lowest is not None else limits.lowest,
            highest=highest if highest is not None else limits.highest,
            separator=own.quoted("separator"),
            released=own.text("released") != "no",
            personal=own.text("personal") == "yes",
        )

    def _categories(self, node: Node, name: str, limits: Limits) -> list[CategoryEntry]:
        choices = [choice for choice in _list(node.get("choices")) if self._is_offered(choice, node, name)]
        found = []
        for choice in choices:
            code = str(choice.get("name"))
            if code == "other" and self._has_own_words(name):
                continue
            own = _Own(choice)
            found.append(
                CategoryEntry(
                    code=code,
                    label=self.words.text(choice, "label") or code,
                    help=self.words.of_choice(choice, "cityfolio_help"),
                    exclusive=own.text("exclusive") == "yes" or code in limits.exclusive,
                    score=own.number("score"),
                    in_text=self.words.of_choice(choice, "cityfolio_in_text"),
                )
            )
            if choice.get("media"):
                self.left.note(_NOT_CARRIED, "the pictures and sounds", f"{name}.{code}", self.form.row(name))
        return found

    def _is_offered(self, choice: Node, node: Node, name: str) -> bool:
        """Whether a filter that looks at no answer lets a choice through; any other filter lets all of them through."""
        text = str(node.get("choice_filter") or "")
        if not text:
            return True
        parts = [_STATIC.fullmatch(part.strip()) for part in re.split(r"\sand\s", text)]
        if not all(parts):
            self.left.note(_NOT_CARRIED, f"the filter of choices {text}", name, self.form.row(name))
            return True
        return all(
            (str(choice.get(part[1], "")) == (part[3] if part[3] is not None else part[4])) == (part[2] == "=")
            for part in parts
            if part
        )

    def _rows(self, node: Node) -> list[Node]:
        reserved = ("generated_table_list_label_", "reserved_name_for_field_list_labels_")
        return [child for child in _under(node) if not str(child.get("name", "")).startswith(reserved)]

    def _is_own_words(self, node: Node, name: str) -> bool:
        return (
            node.get("type") == "text" and name.endswith("_other") and self._has_own_words(name.removesuffix("_other"))
        )

    def _has_own_words(self, name: str) -> bool:
        return name in self._with_own_words

    @cached_property
    def _with_own_words(self) -> frozenset[str]:
        held: dict[str, Node] = {}
        _by_name(self.form.tree, held)
        return frozenset(
            base
            for name, node in held.items()
            if node.get("type") == "text"
            and (base := name.removesuffix("_other")) != name
            and any(choice.get("name") == "other" for choice in _list(held.get(base, {}).get("choices")))
            and re.fullmatch(
                rf"selected\(\s*(?:\.\./{re.escape(base)}|\$\{{{re.escape(base)}\}})\s*,\s*'other'\s*\)"
                rf"|\$\{{{re.escape(base)}\}}\s*=\s*'other'",
                str(_bind(node).get("relevant", "")),
            )
        )

    def _extras(self, node: Node, name: str, bind: Node) -> None:
        row = self.form.row(name)
        for key, what in _EXTRAS.items():
            if node.get(key):
                self.left.note(_NOT_CARRIED, what, name, row)
        for key, what in _BINDS.items():
            if bind.get(key) and str(bind[key]).lower() not in ("no", "false", "false()"):
                self.left.note(_NOT_CARRIED, what, name, row)
        for key in ("label", "hint"):
            if "${" in self.words.text(node, key):
                self.left.note(_NOT_CARRIED, "an earlier answer inside the text", name, row)


@dataclass(frozen=True)
class _Own:
    """Our own columns beside those of the standard."""

    node: Node

    def text(self, key: str) -> str:
        held = self.node.get(f"cityfolio_{key}")
        return "" if held is None else str(held)

    def number(self, key: str) -> float | None:
        return finite(self.text(key))

    def quoted(self, key: str) -> str:
        """A text in quotation marks, so that the spaces around it stay."""
        held = self.text(key)
        try:
            return str(json.loads(held)) if held.startswith('"') else held
        except ValueError:
            return held


def _under(node: Node) -> list[Node]:
    return _list(node.get("children"))


def _list(held: object) -> list[Node]:
    return [item for item in held if isinstance(item, dict)] if isinstance(held, list) else []


def _bind(node: Node) -> Node:
    held = node.get("bind")
    return held if isinstance(held, dict) else {}


def _control(node: Node) -> Node:
    held = node.get("control")
    return held if isinstance(held, dict) else {}


def _by_name(node: Node, held: dict[str, Node]) -> None:
    for child in _under(node):
        held.setdefault(str(child.get("name")), child)
        _by_name(child, held)
