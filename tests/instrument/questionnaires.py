"""Instruments of every kind, for laws about what goes out and comes back."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from cityfolio.instrument.exchange.questionnaire import Questionnaire
from cityfolio.instrument.loading import (
    CategoryEntry,
    InstrumentFile,
    QuestionEntry,
    RowEntry,
    SectionEntry,
    UniverseEntry,
)

# Words as people write them: any letters, quotation marks of all kinds, line breaks; nothing that a form would take off.
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Zs", "Zl", "Zp", "Cn"]), min_size=1, max_size=12)
    .filter(lambda text: "${" not in text and not re.search("[\ufffe\uffff]", text))
    .map(lambda text: f"{text} “q” it’s")
) | st.sampled_from(["Yes", "Oui", "계획", "=1+1", "a < b & c", "two\nlines", "1.0", "Ø"])
MAYBE = st.just("") | TEXTS
CODES = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,5}[a-z0-9]", fullmatch=True), min_size=1, max_size=4, unique=True)


@st.composite
def instruments(draw: st.DrawFn) -> InstrumentFile:
    """An instrument with a question of every kind, in any words; the last is for those that gave certain answers."""
    plan = _choice(draw, "plan", "single")
    areas = _choice(draw, "areas", "multiple").model_copy(update={"cap": draw(st.none() | st.integers(1, 3))})
    past = draw(st.sampled_from([{}, {"plan": [plan.categories[0].code]}, {"areas": [areas.categories[-1].code]}]))
    universe = UniverseEntry(text=draw(TEXTS), routed_past_by=past)
    grid = _choice(draw, "trust", "grid").model_copy(
        update={"rows": [RowEntry(code="mayor", label=draw(TEXTS)), RowEntry(code="council", label=draw(TEXTS))]}
    )
    number = _question(draw, "staff", "number").model_copy(
        update={
            "lowest": draw(st.none() | st.sampled_from([0.0, 1.5])),
            "summarised": draw(st.booleans()),
            "universe": universe,
        }
    )
    text = _question(draw, "head", "text").model_copy(update={"separator": draw(st.sampled_from(["", ";", " / "]))})
    questions = [plan, areas, _choice(draw, "goals", "ranked"), _choice(draw, "use", "scale"), grid, number, text]
    half = draw(st.integers(0, len(questions)))
    sections = [
        SectionEntry(id="one", title=draw(TEXTS), questions=questions[:half]),
        SectionEntry(id="2nd", title=draw(TEXTS), questions=questions[half:]),
    ]
    return InstrumentFile(format="1", title=draw(TEXTS), note=draw(MAYBE), sections=sections)


def _question(draw: st.DrawFn, variable: str, kind: str) -> QuestionEntry:
    return QuestionEntry.model_validate(
        {
            "variable": variable,
            "kind": kind,
            "label": draw(TEXTS),
            "question": draw(MAYBE),
            "help": draw(MAYBE),
            "evidence": draw(MAYBE),
            "counting": draw(MAYBE),
            "released": draw(st.booleans()),
        }
    )


def _choice(draw: st.DrawFn, variable: str, kind: str) -> QuestionEntry:
    categories = [
        CategoryEntry(
            code=code,
            label=draw(TEXTS),
            help=draw(MAYBE),
            exclusive=kind == "multiple" and draw(st.booleans()),
            score=draw(st.none() | st.sampled_from([1.0, 2.5])) if kind in ("scale", "grid") else None,
        )
        for code in draw(CODES)
    ]
    other = draw(st.booleans())
    return _question(draw, variable, kind).model_copy(update={"categories": categories, "other": other})


def said_otherwise(content: InstrumentFile) -> InstrumentFile:
    """The same instrument in other words, as a translation has it."""

    def other(text: str) -> str:
        return f"[{text}]" if text else ""

    def asked(question: QuestionEntry) -> QuestionEntry:
        universe = question.universe and question.universe.model_copy(update={"text": other(question.universe.text)})
        return question.model_copy(
            update={
                "label": other(question.label),
                "question": other(question.question),
                "help": other(question.help),
                "evidence": other(question.evidence),
                "counting": other(question.counting),
                "universe": universe,
                "rows": [row.model_copy(update={"label": other(row.label)}) for row in question.rows],
                "categories": [
                    c.model_copy(update={"label": other(c.label), "help": other(c.help)}) for c in question.categories
                ],
            }
        )

    sections = [
        s.model_copy(update={"title": other(s.title), "questions": [asked(q) for q in s.questions]})
        for s in content.sections
    ]
    return content.model_copy(update={"title": other(content.title), "note": other(content.note), "sections": sections})


def bilingual(content: InstrumentFile) -> Questionnaire:
    """The instrument in two languages."""
    return Questionnaire(content, "en", {"ko": said_otherwise(content)})
