"""A programme in a language that the product does not speak gives the product's words itself: here in Finnish."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cityfolio.build.catalogue_files import write_catalogue
from cityfolio.build.exchanging import print_papers
from cityfolio.build.running import Builder
from cityfolio.cli.application import run
from cityfolio.errors import ProgrammeBlocked
from cityfolio.reading.catalogues import Catalogue, Message, parse_catalogue
from cityfolio.reading.product_catalogues import OF_PRODUCT, product_messages
from cityfolio.reading.writing_catalogues import catalogue_text
from cityfolio.site.audit import audit
from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder, held_in
from tests.serving import served

SEARCH = {
    "%(number)s %(units)s": "%(number)s %(units)s löytyi",
    "No %(unit)s with this name": "Ei osumia: %(unit)s",
    "Method": "Menetelmä",
    "survey of %(wave)s": "vuoden %(wave)s kysely",
    "as do {numerator} of the {base} {units} with an answer on record ({share})": "kuten {numerator}/{base} ({share})",
}
_FILLED = re.compile(r"(%\(\w+\)s|%%|\{\w+\}|<[^<>]*>)")


def finnish_first(folder: ProgrammeFolder) -> ProgrammeFolder:
    """The programme, as if it were written in Finnish."""
    folder.swap("programme.yml", "language: en", "language: fi")
    folder.swap("wording/en.yml", "language: en", "language: fi")
    (folder.path / "wording" / "en.yml").rename(folder.path / "wording" / "fi.yml")
    return folder


def finnish_second(folder: ProgrammeFolder, *more: str) -> ProgrammeFolder:
    folder.swap("programme.yml", "language: en", "\n".join(["language: en", "languages: [en, fi]", *more]))
    return folder


def catalogue(folder: ProgrammeFolder, language: str = "fi") -> Catalogue:
    read, findings = parse_catalogue(f"{language}.po", folder.text(f"locale/{language}.po"), language)
    assert findings == []
    assert read is not None
    return read


def filled(folder: ProgrammeFolder, say: Callable[[Message, str], str], language: str = "fi") -> None:
    """The catalogue, written by the product and filled in: `say` gives the translation of a text, or of a form of it."""
    write_catalogue(folder.path, language)
    held = catalogue(folder, language)
    made = [replace(m, strings=tuple(say(m, s) for s in _sources(m))) if m.source else m for m in held.messages]
    folder.write(f"locale/{language}.po", catalogue_text(replace(held, messages=tuple(made))))


def _sources(message: Message) -> list[str]:
    return [message.plural or message.source] * len(message.strings)


def said(words: Mapping[str, str]) -> Callable[[Message, str], str]:
    return lambda message, _: words.get(message.source, "") if message.context.startswith(OF_PRODUCT) else ""


def accented(message: Message, source: str) -> str:
    """Words that nobody can take for English, for every text."""
    if message.context.startswith(OF_PRODUCT):
        return "".join(p if n % 2 else re.sub(r"[^\W\d_]+", "ää", p) for n, p in enumerate(_FILLED.split(source)))
    return source


def page(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def test_the_products_texts_stand_apart_with_the_plural_forms_of_the_language(small: ProgrammeFolder) -> None:
    finnish_second(small)
    for language, forms in (("fi", 2), ("pl", 3)):
        write_catalogue(small.path, language)
        of_product = [m for m in catalogue(small, language).messages if m.context.startswith(OF_PRODUCT)]
        assert {(m.context.removeprefix(OF_PRODUCT), m.source) for m in of_product} == {
            (m.context, m.source) for m in product_messages()
        }
        assert {len(m.strings) for m in of_product if m.plural} == {forms}
        assert catalogue(small, language).messages[1].context == "programme.title"  # those of the programme come first
        assert catalogue(small, language).messages[-1].context.startswith(OF_PRODUCT)


def test_a_language_that_the_product_speaks_has_no_such_texts(small: ProgrammeFolder) -> None:
    write_catalogue(small.path, "ko")
    assert [m for m in catalogue(small, "ko").messages if m.context.startswith(OF_PRODUCT)] == []


def test_a_programme_in_finnish_has_a_catalogue_of_the_products_texts_alone(small: ProgrammeFolder) -> None:
    finnish_first(small)
    small.swap("wording/fi.yml", "language: fi", 'language: fi\nphrases: {chart.own_words: "Omin sanoin"}')
    assert run(["translate", str(small.path)]) == 0
    held = [m for m in catalogue(small).messages if m.source]
    assert {m.context.startswith(OF_PRODUCT) for m in held} == {True}
    # What the wording replaces is said already.
    assert len(held) == len(product_messages()) - 1


@pytest.mark.parametrize("prefix", ["", "fi/"])
def test_pages_say_what_the_catalogue_gives_and_the_rest_in_english_that_is_marked(
    small: ProgrammeFolder, tmp_path: Path, prefix: str
) -> None:
    (finnish_second if prefix else finnish_first)(small)
    small.swap("programme.yml", "- {id: 2022, title: survey of 2022", "- {id: 2022")
    filled(small, said(SEARCH))
    small.build(tmp_path / "site")
    home = page(tmp_path / "site", f"{prefix}index.html")
    assert "Menetelmä</a>" in home
    assert '<bdi lang="en" dir="ltr">Method' not in home
    assert '<bdi lang="en" dir="ltr">Data</bdi>' in home
    assert 'data-none="Ei osumia: ' in home
    method = page(tmp_path / "site", f"{prefix}method/index.html")
    assert "uoden 2022 kysely" in method
    profile = page(tmp_path / "site", f"{prefix}cities/alder-aa/index.html")
    # Until the sentence of the programme is translated too, it stays whole in its own language.
    assert ("kuten 2/3 (67 %)" in read_text_of(profile).text) == (not prefix)
    assert audit(tmp_path / "site", allowed=set()) == []


def test_a_catalogue_that_says_all_leaves_no_english(small: ProgrammeFolder, tmp_path: Path, browser: Browser) -> None:
    """Nothing on the pages is marked as English, and none of it is, be it written or said by a script."""
    finnish_first(small)
    filled(small, accented)
    assert small.coded("translate.product") == []
    small.build(tmp_path / "site")
    pages = {name: content.decode() for name, content in held_in(tmp_path / "site").items() if name.endswith(".html")}
    assert [name for name, content in pages.items() if 'lang="en"' in content] == []
    own = " ".join(
        path.read_text("utf-8") for path in small.path.rglob("*.*") if path.suffix in (".yml", ".csv", ".md")
    )
    known = {"cityfolio", "suomi", *re.findall(r"[^\W\d_]+", own.casefold())}

    def strange(text: str) -> list[str]:
        return [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.casefold() not in known and "ää" not in word]

    for name in ("index.html", "map/index.html", "explore/index.html", "compare/index.html", "search/index.html"):
        assert {line for line in read_text_of(pages[name]).lines if strange(line)} == set(), name
    with served(tmp_path / "site") as address:
        opened = browser.new_page()
        opened.goto(f"{address}/search/index.html?q=alder")
        opened.get_by_role("link", name="Alder").first.wait_for()
        assert strange(opened.locator("main").inner_text()) == []
        opened.goto(f"{address}/explore/index.html")
        opened.locator("#explore table").first.wait_for()
        assert strange(opened.locator("#explore").inner_text()) == []
        opened.close()


def test_scripts_say_finnish_words_and_write_finnish_numbers(
    small: ProgrammeFolder, tmp_path: Path, browser: Browser
) -> None:
    finnish_first(small)
    filled(small, said(SEARCH))
    small.build(tmp_path / "site")
    with served(tmp_path / "site") as address:
        opened = browser.new_page()
        opened.goto(f"{address}/index.html")
        opened.locator("#search").fill("alder")
        opened.get_by_text("1 city löytyi").wait_for()
        opened.locator("#search").fill("zzzzzz")
        opened.get_by_text("Ei osumia: city").wait_for()
        assert opened.evaluate("new Intl.NumberFormat(document.documentElement.lang).format(12345.5)") == "12\xa0345,5"
        opened.close()


def test_numbers_dates_and_lists_follow_the_locale(small: ProgrammeFolder, tmp_path: Path) -> None:
    finnish_first(small)
    small.add("programme.yml", "accessibility: {tested: 2026-11-25}")
    small.build(tmp_path / "site")
    profile = read_text_of(page(tmp_path / "site", "cities/alder-aa/index.html")).text
    assert "125 000 residents" in profile
    assert "125,000" not in profile
    assert "25. marraskuuta 2026" in page(tmp_path / "site", "accessibility/index.html")
    facts = page(tmp_path / "site", "facts/2022-2024/measures/index.html")
    assert "2022 ja 2024" in facts


def test_what_is_given_last_is_what_the_next_build_says(small: ProgrammeFolder, tmp_path: Path) -> None:
    finnish_second(small)
    filled(small, said(SEARCH))
    builder = Builder(small.path)
    builder.build(tmp_path / "site")
    small.swap("locale/fi.po", "Menetelmä", "Näin laskettiin")
    builder.build(tmp_path / "site")
    assert "Näin laskettiin</a>" in page(tmp_path / "site", "fi/index.html")
    assert "Menetelmä" not in page(tmp_path / "site", "fi/index.html")
    assert "Method</a>" in page(tmp_path / "site", "index.html")


def test_the_gate_counts_the_products_texts_apart(
    small: ProgrammeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A programme that asks for complete translations may leave the product in English."""
    finnish_second(small, "translations: complete")
    filled(small, lambda message, source: "" if message.context.startswith(OF_PRODUCT) else source)
    assert run(["translate", str(small.path), "--check"]) == 0
    printed = capsys.readouterr().out
    assert "product|: Method\n" in printed
    number = len(product_messages())
    assert f"locale/fi.po: 0 of {number} texts of the product translated; the rest appears in English." in printed
    assert re.search(r"locale/fi.po: (\d+) of \1 texts translated.", printed)
    (told,) = small.coded("translate.product")
    assert not told.blocks
    assert f"{number} of its {number} texts" in told.message
    small.build(tmp_path / "site")


def test_a_translation_that_would_break_a_page_is_found_where_it_stands(small: ProgrammeFolder, tmp_path: Path) -> None:
    finnish_second(small)
    wrong = {
        "%(number)s %(units)s": "%(number)s",
        "Method": '" onmouseover="alert(1)',
        "Data": "<script>alert(1)</script>",
        "<code>cities/</code>, the id of the %(unit)s, <code>.json</code>": "<code>cities/</code>, %(unit)s, .json",
        "No %(unit)s with this name": "Ei osumia 100 %: %(unit)s",
        "survey of %(wave)s": "vuoden %(wawe)s kysely, %(wave)s",
        "as do {numerator} of the {base} {units} with an answer on record ({share})": "kuten {numerator}/{base}",
        "as do all {base} {units} with an answer on record": "kuten kaikki {base",
    }
    filled(small, said(wrong))
    found = {finding.code: finding for finding in small.findings() if finding.blocks}
    lines = small.text("locale/fi.po").split("\n")
    assert sorted(f.code for f in small.findings() if f.blocks) == [
        "translate.broken-pattern",
        "translate.lost-name",
        "translate.lost-name",
        "translate.markup",
        "translate.markup",
        "translate.markup",
        "translate.per-cent",
        "translate.unknown-name",
    ]
    for finding in found.values():
        assert finding.at.file == "locale/fi.po"
        # The entry begins there, with the file that its text stands in.
        assert lines[finding.at.line - 1].startswith("#: ")
        assert finding.why
        assert finding.do
    assert 'did you mean "%(wave)s"?' in found["translate.unknown-name"].message
    with pytest.raises(ProgrammeBlocked):
        small.build(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_products_own_translation_is_not_overridden(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    write_catalogue(small.path, "ko")
    small.add("locale/ko.po", "", 'msgctxt "product|"', 'msgid "Method"', 'msgstr "엉터리"')
    (told,) = small.coded("translate.product-spoken")
    assert not told.blocks
    assert "1 of its texts are translated here for nothing" in told.message
    small.build(tmp_path / "site")
    assert "엉터리" not in page(tmp_path / "site", "ko/index.html")
    # What is written again goes to the end, with the translation, for somebody to take out.
    write_catalogue(small.path, "ko")
    assert '#~ msgctxt "product|"' in small.text("locale/ko.po")
    assert small.coded("translate.product-spoken") == []


def test_a_questionnaire_on_paper_says_what_the_catalogue_gives(small: ProgrammeFolder, tmp_path: Path) -> None:
    finnish_second(small)
    filled(small, said({"Tick one.": "Valitse yksi."}))
    (html, _) = print_papers(small.path, "2024", tmp_path, "fi")
    text = html.read_text("utf-8")
    assert "Valitse yksi." in text
    assert re.search('<bdi lang="en" dir="ltr">Fingerprint of the questionnaire: [0-9a-f]+</bdi>', text)
    assert re.search("[\ufdd0\ufdd1]", text) is None
