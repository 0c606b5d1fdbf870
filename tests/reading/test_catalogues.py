"""Catalogues: what gettext's own tools read is what we read, and nothing that is translated gets lost."""

from __future__ import annotations

import io

from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.reading.catalogues import Catalogue, Message, parse_catalogue
from cityfolio.reading.writing_catalogues import catalogue_text, updated

HEADER = "Language: ar\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\n"
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=120)


def held(*messages: Message) -> Catalogue:
    return Catalogue("ar", messages, HEADER)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5, unique_by=lambda pair: pair[0]))
def test_what_is_written_is_read_back_and_babel_reads_the_same(pairs: list[tuple[str, str]]) -> None:
    catalogue = held(*(Message(f"place {n}", source, strings=(said,)) for n, (source, said) in enumerate(pairs)))
    written = catalogue_text(catalogue)
    read, findings = parse_catalogue("ar.po", written, "ar")
    assert findings == []
    assert read is not None
    assert [(m.context, m.source, m.strings) for m in read.messages if m.source] == [
        (m.context, m.source, m.strings) for m in catalogue.messages
    ]
    theirs = read_po(io.BytesIO(written.encode()), locale="ar", charset="utf-8")
    assert [(m.context, m.id, m.string) for m in theirs if m.id] == [
        (m.context, m.source, m.strings[0]) for m in catalogue.messages
    ]


def test_plural_forms_follow_the_rule_of_the_catalogue() -> None:
    message = Message("", "%(num)s city", "%(num)s cities", ("مدينة", "مدينتان", "مدن"))
    read, _ = parse_catalogue("ar.po", catalogue_text(held(message)), "ar")
    assert read is not None
    assert [read.form("", "%(num)s city", number) for number in (1, 2, 7)] == ["مدينة", "مدينتان", "مدن"]


def test_a_fuzzy_translation_is_not_used_and_not_lost() -> None:
    text = '#, fuzzy\nmsgid "Yes"\nmsgstr "아마"\n'
    read, _ = parse_catalogue("ko.po", text, "ko")
    assert read is not None
    assert read.text("", "Yes") is None
    assert '#, fuzzy\nmsgid "Yes"\nmsgstr "아마"' in catalogue_text(updated(read, [Message("", "Yes")], 1))


def test_half_a_plural_is_no_translation() -> None:
    read, _ = parse_catalogue("ar.po", catalogue_text(held(Message("", "city", "cities", ("مدينة", "", "")))), "ar")
    assert read is not None
    assert read.form("", "city", 1) is None


def test_notes_of_translators_stay_and_places_are_said_anew() -> None:
    text = '#: old.html\n# ask Kim\nmsgid "Yes"\nmsgstr "예"\n'
    read, _ = parse_catalogue("ko.po", text, "ko")
    assert read is not None
    again = catalogue_text(updated(read, [Message("", "Yes", comments=("#: new.html",))], 1))
    assert again.endswith('#: new.html\n# ask Kim\nmsgid "Yes"\nmsgstr "예"\n')


def test_what_is_gone_is_kept_aside_and_comes_back() -> None:
    first = Catalogue("ko", (Message("a", "Yes", strings=("예",)), Message("a", "No", strings=("",))), "Language: ko\n")
    gone = updated(first, [], 1)
    assert [(m.source, m.obsolete) for m in gone.messages] == [("Yes", True)]
    read, _ = parse_catalogue("ko.po", catalogue_text(gone), "ko")
    assert read is not None
    assert read.text("a", "Yes") is None
    back = updated(read, [Message("a", "Yes")], 1)
    assert back.text("a", "Yes") == "예"


def test_a_line_that_cannot_be_read_is_found_in_its_place() -> None:
    for broken in ('msgid "a"\nmsgstr b\n', 'msgid "a"\nmsgid "b"\n', '"a"\n', 'msgstr "a"\n', 'msgid "a\nmsgstr ""\n'):
        catalogue, findings = parse_catalogue("ko.po", f'msgid "x"\nmsgstr "y"\n\n{broken}', "ko")
        assert catalogue is None
        assert [finding.code for finding in findings] == ["translate.broken"]
        assert findings[0].at.line in (4, 5)


def test_a_plural_rule_that_is_none_is_found() -> None:
    text = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=import os;\\n"\n'
    assert [finding.code for finding in parse_catalogue("ko.po", text, "ko")[1]] == ["translate.broken"]
