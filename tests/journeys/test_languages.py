"""A site in several languages: the same pages and numbers, each in its own words, and a way from one to the other."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from cityfolio.build.catalogue_files import write_catalogue
from cityfolio.cli.application import run
from cityfolio.errors import ProgrammeBlocked
from cityfolio.site.audit import audit
from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder, held_in

# Elements whose text is no prose of the page's language: code, and what is marked as being in another.
_NO_PROSE = re.compile(r"<(code|script|style|svg|bdi)\b.*?</\1>", re.DOTALL)
_SAID = re.compile(r'(?:aria-label|title|placeholder|data-[a-z-]*words?[a-z-]*|data-hits|data-none)="([^"]+)"')


def spoken(folder: ProgrammeFolder, *languages: str, translations: str = "partial") -> ProgrammeFolder:
    listed = ", ".join(languages)
    folder.swap("programme.yml", "language: en", f"language: en\nlanguages: [{listed}]\ntranslations: {translations}")
    return folder


def translated(folder: ProgrammeFolder, **said: str) -> None:
    """A Korean catalogue in which these texts are translated: double underscores stand for points."""
    write_catalogue(folder.path, "ko")
    for name, words in said.items():
        context = name.replace("__", ".")
        folder.write(
            "locale/ko.po",
            re.sub(
                rf'(msgctxt "{re.escape(context)}"\n(?:msgid[^\n]*\n(?:"[^\n]*\n)*)+?)msgstr ""',
                lambda match, words=words: f'{match[1]}msgstr "{words}"',  # type: ignore[misc]
                folder.text("locale/ko.po"),
                count=1,
            ),
        )


def page(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def test_every_page_is_there_in_every_language_and_files_are_there_once(example_site: Path) -> None:
    files = held_in(example_site)
    pages = {
        name for name in files if name.endswith((".html", ".json")) and name.split("/")[0] not in ("data", "ko", "api")
    }
    assert {name for name in pages if f"ko/{name}" not in files} == set()
    assert [name for name in files if name.startswith(("ko/data/", "ko/static/")) and not name.endswith(".html")] == []


def test_the_language_switch_keeps_the_page(example_site: Path) -> None:
    english, korean = (
        page(example_site, "cities/busan-kor/index.html"),
        page(example_site, "ko/cities/busan-kor/index.html"),
    )
    assert '<html lang="en">' in english
    assert '<html lang="ko">' in korean
    assert 'href="../../ko/cities/busan-kor/index.html" hreflang="ko" lang="ko"' in english
    assert 'href="../../../cities/busan-kor/index.html" hreflang="en" lang="en"' in korean


def test_a_page_in_korean_speaks_korean_with_its_own_particles_and_signs(example_site: Path) -> None:
    text = read_text_of(page(example_site, "ko/cities/busan-kor/index.html")).text
    assert "# 부산" in text
    assert "부산에는 공식 혁신 전략이 있습니다. 응답이 확인된 86개 도시 중 44개(51%)가 이와 같이 답했습니다." in text
    assert "시장 Oh Keo-don" in text
    assert not re.search(r"\[[은는이가을를과와로으]+/", "".join(page(example_site, p) for p in _korean(example_site)))
    portland = read_text_of(page(example_site, "ko/cities/portland-me-us/index.html")).text
    assert "포틀랜드(메인주)" in portland


def _korean(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix() for path in sorted((site / "ko").rglob("*.html"))]


def test_what_nobody_has_translated_stays_whole_and_says_its_language(small: ProgrammeFolder, tmp_path: Path) -> None:
    spoken(small, "en", "ko")
    translated(
        small,
        programme__title="푸른 거리",
        sentences__has_plan__yes="{unit}[은/는] 나무 계획이 있습니다. {has_plan.same}.",
    )
    small.build(tmp_path / "site")
    home = page(tmp_path / "site", "ko/index.html")
    assert "<h1>푸른 거리</h1>" in home
    assert '<bdi lang="en" dir="ltr">Aland</bdi>' in home
    alder = page(tmp_path / "site", "ko/cities/alder-aa/index.html")
    assert '<h1><bdi lang="en" dir="ltr">' in alder
    assert re.search(r'<bdi lang="en" dir="ltr">[^<]*residents', alder) or '<bdi lang="en" dir="ltr">' in alder
    assert audit(tmp_path / "site", allowed=set()) == []


def test_a_programme_in_arabic_runs_from_right_to_left_and_isolates_what_does_not(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    spoken(small, "en", "ar")
    small.build(tmp_path / "site")
    arabic = page(tmp_path / "site", "ar/cities/alder-aa/index.html")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'hreflang="en" lang="en" dir="ltr"' in arabic
    assert "باختصار" in arabic or "كيف تُقرأ هذه الصفحة" in arabic
    assert '<h1><bdi lang="en" dir="ltr">' in arabic
    assert '<bdi dir="ltr">ar/cities/alder-aa/index.html</bdi>' in arabic
    pages = "".join(path.read_text("utf-8") for path in (tmp_path / "site" / "ar").rglob("*.html"))
    assert pages.count("\u2068") == pages.count("\u2069") > 0
    assert audit(tmp_path / "site", allowed=set()) == []


def test_every_text_of_the_product_passes_through_its_catalogue(example: ProgrammeFolder, tmp_path: Path) -> None:
    """The pseudo-language marks whatever is said by the product; all other text must stand in the programme's files."""
    example.swap("programme.yml", "languages: [en, ko]", "languages: [en, en-XA]")
    (example.path / "locale" / "ko.po").unlink()  # it would be told as a file that nothing reads
    example.build(tmp_path / "site")
    assert said_by_nobody(example, tmp_path / "site" / "en-XA", also=_SAID) == {}


def said_by_nobody(
    folder: ProgrammeFolder, pages: Path, also: re.Pattern[str] | None = None, skipped: re.Pattern[str] = _NO_PROSE
) -> dict[str, str]:
    """Texts of pages that are neither marked nor made of words of the programme, each with one of the pages that hold it."""
    own = " ".join(path.read_text("utf-8") for path in sorted(folder.path.rglob("*.*")) if path.is_file())
    known = {"cityfolio", "pseudo", "english", *re.findall(r"[^\W\d_]+", own.casefold())}
    unmarked: dict[str, str] = {}
    read: set[str] = set()
    for path in sorted(pages.rglob("*.html")):
        prose = skipped.sub("", path.read_text("utf-8"))
        attributes = map(unescape, also.findall(prose)) if also else ()
        for words in {*read_text_of(prose).lines, *attributes} - read:
            strange = [word for word in re.findall(r"[^\W\d_]{2,}", unspoken(words)) if word.casefold() not in known]
            if strange:
                unmarked[f"{strange}: {words}"] = path.as_posix()
            read.add(words)
    return unmarked


def test_words_of_the_product_say_their_language_where_it_does_not_speak_that_of_the_page(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    """Nobody has translated the product into German, and it is not to be read aloud as if somebody had."""
    small.swap("programme.yml", "language: en", "language: de")
    small.swap("wording/en.yml", "language: en", "language: de\nphrases: {chart.own_words: Eigene Worte}")
    (small.path / "wording" / "en.yml").rename(small.path / "wording" / "de.yml")
    small.build(tmp_path / "site")
    # Where no element may stand, nothing can be marked.
    no_place = re.compile(r"<(code|script|style|svg|bdi|title|option)\b.*?</\1>", re.DOTALL)
    for part in ("cities", "variables", "groups", "compare", "map"):
        assert said_by_nobody(small, tmp_path / "site" / part, skipped=no_place) == {}
    held = held_in(tmp_path / "site")
    # What bounds such words while a page is made stays on no page, in no picture and in no data.
    assert [name for name, content in held.items() if re.search(rb"\xef\xb7[\x90\x91]|\\ufdd[01]", content)] == []
    home = page(tmp_path / "site", "index.html")
    assert '<bdi lang="en" dir="ltr">Method</bdi>' in home
    assert "<h1>Green streets</h1>" in home
    assert audit(tmp_path / "site", allowed=set()) == []


def unspoken(words: str) -> str:
    """What is left when everything that the product says is taken out."""
    while (left := re.sub(r"⟦[^⟦⟧]*⟧", "", words)) != words:
        words = left
    return words


def test_the_style_sheets_speak_of_start_and_end_and_not_of_left_and_right(example_site: Path) -> None:
    physical = re.compile(
        r"(?:padding|margin|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
    )
    for sheet in sorted((example_site / "static").glob("*.css")):
        assert physical.findall(sheet.read_text("utf-8")) == [], sheet.name


def test_complete_translations_may_be_asked_for(small: ProgrammeFolder, tmp_path: Path) -> None:
    spoken(small, "en", "ko", translations="complete")
    with pytest.raises(ProgrammeBlocked):
        small.build(tmp_path / "site")


def test_the_gate_lists_what_is_untranslated(small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    spoken(small, "en", "ko")
    translated(small, programme__title="푸른 거리")
    assert run(["translate", str(small.path), "--check"]) == 1
    printed = capsys.readouterr().out
    assert "programme.summary: " in printed
    assert "programme.title: " not in printed
    assert re.search(r"locale/ko.po: 1 of \d+ texts translated", printed)


def test_a_translation_that_is_there_is_never_overwritten(small: ProgrammeFolder) -> None:
    spoken(small, "en", "ko")
    translated(small, programme__title="푸른 거리")
    small.swap("programme.yml", "title: Green streets", "title: Greener streets")
    write_catalogue(small.path, "ko")
    text = small.text("locale/ko.po")
    assert 'msgid "Greener streets"\nmsgstr ""' in text
    assert '#~ msgid "Green streets"\n#~ msgstr "푸른 거리"' in text
    small.swap("programme.yml", "title: Greener streets", "title: Green streets")
    write_catalogue(small.path, "ko")
    assert 'msgid "Green streets"\nmsgstr "푸른 거리"' in small.text("locale/ko.po")


def test_wrong_languages_are_wrong_use(small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["translate", str(small.path), "--language", "en"]) == 2
    assert run(["translate", str(small.path), "--language", "../ko"]) == 2
    assert run(["translate", str(small.path)]) == 2
    assert "Name another with --language" in capsys.readouterr().err


def test_two_builds_in_two_languages_are_equal(small: ProgrammeFolder, tmp_path: Path) -> None:
    spoken(small, "en", "ko", "ar")
    small.build(tmp_path / "one")
    small.build(tmp_path / "two")
    assert held_in(tmp_path / "one") == held_in(tmp_path / "two")
