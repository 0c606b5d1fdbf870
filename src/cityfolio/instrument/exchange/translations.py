"""The texts of an instrument, each with the context under which catalogues keep its translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.reading.catalogues import Catalogue, Message

if TYPE_CHECKING:
    from cityfolio.instrument.loading import CategoryEntry, InstrumentFile, QuestionEntry, RowEntry

__all__ = ["in_language", "messages"]

_Say: TypeAlias = "Callable[[str, str], str]"


def in_language(content: InstrumentFile, wave: str, catalogue: Catalogue) -> InstrumentFile:
    """The instrument with the words of a catalogue; what has no translation stays as it is."""
    return _walked(content, wave, lambda context, text: catalogue.text(context, text) or text)


def messages(content: InstrumentFile, translation: InstrumentFile, wave: str) -> list[Message]:
    """The messages of a catalogue that translate `content` as `translation` has it; texts that are equal have none."""
    sides: list[list[tuple[str, str]]] = [[], []]
    for side, held in zip(sides, (content, translation), strict=True):
        _walked(held, wave, _recorder(side))
    pairs = zip(*sides, strict=True)
    return [
        Message(context, source, strings=(said,)) for (context, source), (_, said) in pairs if said != source and source
    ]


def _recorder(side: list[tuple[str, str]]) -> _Say:
    def say(context: str, text: str) -> str:
        side.append((context, text))
        return text

    return say


def _walked(content: InstrumentFile, wave: str, say: _Say) -> InstrumentFile:
    context = f"instrument.{wave}"
    sections = [
        section.model_copy(
            update={
                "title": say(f"section.{section.id}", section.title),
                "questions": [_question(question, say) for question in section.questions],
            }
        )
        for section in content.sections
    ]
    title, note = say(f"{context}.title", content.title), say(f"{context}.note", content.note)
    return content.model_copy(update={"title": title, "note": note, "sections": sections})


def _question(entry: QuestionEntry, say: _Say) -> QuestionEntry:
    if entry.kind != "grid" or not entry.rows:
        label = say(f"variable.{entry.variable}.label", entry.label)
        return entry.model_copy(update={"label": label, **_words(entry, entry.variable, say)})
    # Every row of a grid is a variable, with its words in full.
    said = [
        (row, say(f"variable.{entry.variable}_{row.code}.label", f"{entry.label}: {row.label}")) for row in entry.rows
    ]
    words = [_words(entry, f"{entry.variable}_{row.code}", say) for row in entry.rows]
    return entry.model_copy(update={**words[0], **_apart(entry, said)})


def _apart(entry: QuestionEntry, said: list[tuple[RowEntry, str]]) -> Mapping[str, object]:
    """The label of a grid and those of its rows, out of labels that hold both."""
    heads = {full.partition(": ")[0] for _, full in said}
    shared = heads.pop() if len(heads) == 1 and all(": " in full for _, full in said) else ""
    if entry.label and all(full.startswith(f"{entry.label}: ") for _, full in said):
        shared = entry.label
    rows = [
        row.model_copy(update={"label": full.removeprefix(f"{shared}: ") if shared else full}) for row, full in said
    ]
    return {"label": shared or entry.label, "rows": rows}


def _words(entry: QuestionEntry, variable: str, say: _Say) -> Mapping[str, object]:
    context = f"variable.{variable}"
    update: dict[str, object] = {
        "question": say(f"{context}.question", entry.question),
        "help": say(f"{context}.help", entry.help),
        "evidence": say("evidence", entry.evidence),
        "counting": say(f"{context}.counting", entry.counting),
        "categories": [_category(category, f"{context}.{category.code}", say) for category in entry.categories],
    }
    if entry.universe:
        text = say(f"{context}.universe", entry.universe.text)
        update["universe"] = entry.universe.model_copy(update={"text": text})
    return update


def _category(category: CategoryEntry, context: str, say: _Say) -> CategoryEntry:
    texts = {"label": category.label, "help": category.help, "in_text": category.in_text}
    return category.model_copy(update={key: say(f"{context}.{key}", text) for key, text in texts.items()})
