"""PDF files of profiles: tagged, with their fonts, two to four pages, the same bytes every time, nothing from elsewhere."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import TypeAlias

import pytest

from cityfolio.build.content import edition_of, in_language, make_content
from cityfolio.build.papers import Papers, with_papers
from cityfolio.build.press import MadeLater, Press
from cityfolio.build.programme import load_programme
from cityfolio.build.running import Builder, build_site
from cityfolio.build.scaffold import make_programme
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.site.pages import Renderer
from cityfolio.site.printing import printed
from tests.journeys.test_languages import spoken
from tests.paper.reading import (
    fonts_of,
    lines_of,
    metadata_of,
    tags_of,
    text_of,
    told,
    unpacked,
    words_of,
)
from tests.programmes import EXAMPLE, ProgrammeFolder, held_in
from tests.site.sample import content

Sheet: TypeAlias = Callable[[str, str], tuple[str, Path]]


@pytest.fixture(scope="module")
def example_sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    """Gives the sheet of a city of the example in a language, as HTML and printed; each is made once."""
    folder = tmp_path_factory.mktemp("sheets")

    @cache
    def content_in(language: str) -> SiteContent:
        programme = in_language(with_papers(load_programme(EXAMPLE), Papers(pdf=True)), language)
        return make_content(programme, edition_of(programme, None), ()).site

    @cache
    def sheet_of(language: str, unit: str) -> tuple[str, Path]:
        site = content_in(language)
        site = replace(site, profiles=tuple(profile for profile in site.profiles if profile.unit == unit))
        [(_, make)] = Renderer().sheets(site)
        html, file = make(), folder / f"{unit}-{language}.pdf"
        file.write_bytes(printed(html, {}))
        return html.decode(), file

    return sheet_of


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of a small programme in Korean, printed."""
    folder = tmp_path_factory.mktemp("paper")
    make_programme(folder / "programme")
    small = spoken(ProgrammeFolder(folder / "programme"), "en", "ko")
    builder = Builder(small.path, papers=Papers(on_demand=True))
    builder.build(folder / "site")
    pdf = builder.press.one("ko/cities/alder-aa/profile.pdf")
    assert pdf is not None
    (folder / "profile.pdf").write_bytes(pdf)
    return folder / "profile.pdf"


def test_a_profile_is_tagged_and_says_its_title_language_and_standard(korean: Path) -> None:
    says = told(korean)
    assert says["Title"].startswith("Alder")
    assert (says["Tagged"], says["Pages"]) == ("yes", "1")
    assert says["Page size"].endswith("(A4)")
    written = unpacked(korean)
    assert b"/Lang (ko)" in written
    assert b"/DisplayDocTitle true" in written
    assert 'pdfuaid:part="1"' in metadata_of(korean)


def test_a_full_profile_keeps_the_structure_of_its_page_on_two_to_four_pages(tmp_path: Path) -> None:
    site = content()
    site = replace(site, around=replace(site.around, pdf=True), profiles=site.profiles[:1])
    [(_, make)] = Renderer().sheets(site)
    sheet = make()
    (tmp_path / "profile.pdf").write_bytes(printed(sheet, {}))
    tags = tags_of(tmp_path / "profile.pdf")
    assert tags.count("H1") == 1
    assert tags.count("Table") == sheet.count(b"<table")
    assert tags.count("TR") == sheet.count(b"<tr")
    assert {"H2", "H3", "L", "LI", "Table", "TH", "TD", "P"} <= set(tags)
    assert tags.index("H1") < tags.index("H2") < tags.index("H3")
    assert 2 <= int(told(tmp_path / "profile.pdf")["Pages"]) <= 4
    assert all(fonts_of(tmp_path / "profile.pdf").values())


def test_korean_can_be_read_and_copied_and_every_font_is_in_the_file(korean: Path) -> None:
    assert "읽는 방법" in text_of(korean)
    fonts = fonts_of(korean)
    assert any("CJK-KR" in name for name in fonts)
    assert all(fonts.values()), fonts


def test_every_page_says_of_whom_and_when(korean: Path) -> None:
    foot = lines_of(korean)[-1].split()
    assert " ".join(foot) == "Alder, Aland. 2024년 조사 응답; 집계판: surveys of 2022 and 2024. 1/1"


def test_arabic_is_printed_with_its_letters_from_right_to_left(small: ProgrammeFolder, tmp_path: Path) -> None:
    spoken(small, "en", "ar")
    builder = Builder(small.path, papers=Papers(on_demand=True))
    builder.build(tmp_path / "site")
    pdf = builder.press.one("ar/cities/alder-aa/profile.pdf")
    assert pdf is not None
    (tmp_path / "profile.pdf").write_bytes(pdf)
    assert any("Arab" in name for name in fonts_of(tmp_path / "profile.pdf"))
    assert re.search("[\u0620-\u064a]{3}", text_of(tmp_path / "profile.pdf"))
    assert b'dir="rtl"' in builder.press.sheets["ar/cities/alder-aa/profile.pdf"]


def test_a_logo_is_printed_in_languages_that_are_written_from_the_right(small: ProgrammeFolder, tmp_path: Path) -> None:
    # WeasyPrint 70 falls over a picture that stands alone on a line from the right.
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h120v40z"/></svg>'
    small.write("theme/logo.svg", drawing)
    small.write("theme/theme.yml", "format: 1\nlogo: logo.svg\nlogo_text: Trees\n")
    builder = Builder(spoken(small, "en", "ar").path, papers=Papers(on_demand=True))
    builder.build(tmp_path / "site")
    for path in ("ar/cities/alder-aa/profile.pdf", "ar/compare/alder-aa,birch-aa.pdf"):
        pdf = builder.press.one(path)
        assert pdf is not None
        (tmp_path / "one.pdf").write_bytes(pdf)
        assert tags_of(tmp_path / "one.pdf").count("Figure") == 1


def test_what_changed_has_room_for_its_words(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("profile.yml", "    blocks:\n", "    blocks:\n      - {kind: changes, title: What changed}\n")
    builder = Builder(small.path, papers=Papers(on_demand=True))
    builder.build(tmp_path / "site")
    pdf = builder.press.one("cities/alder-aa/profile.pdf")
    assert pdf is not None
    (tmp_path / "profile.pdf").write_bytes(pdf)
    boxes = words_of(tmp_path / "profile.pdf")
    over = [
        (one, other)
        for one, other in itertools.combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > min(one[3] - one[1], other[3] - other[1]) / 2
    ]
    assert len(boxes) > 50
    assert over == []


def test_no_word_of_a_sheet_is_lost_where_what_changed_goes_across_the_page(example_sheet: Sheet) -> None:
    # Seattle answered twice; the list of what changed is longer than what a page has left for it.
    html, file = example_sheet("en", "seattle-us")
    said = unescape(re.sub(r"<[^>]*>", " ", html.partition("<body")[2]))

    def words(text: str) -> Counter[str]:
        # Where a line ends at a hyphen, Poppler leaves it out.
        return Counter(re.findall(r"[^\W_]{2,}", text.partition("What changed")[2].replace("-", "")))

    assert words(said) - words(text_of(file)) == Counter()


def test_words_stay_whole_in_korean_and_are_copied_without_the_signs_that_keep_them_so(example_sheet: Sheet) -> None:
    html, file = example_sheet("ko", "busan-kor")
    assert "\u2060" in html
    assert "\u2060" not in text_of(file)
    # A line may end before a bracket.
    text = text_of(file).replace(" (", "(")
    for sentence in (
        "부산에는 공식 혁신 전략이 있습니다.",
        "응답이 확인된 86개 도시 중 44개(51%)가 이와 같이 답했습니다.",
    ):
        assert sentence in text
    assert "\u2060" not in told(file)["Title"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_profile_ends_on_a_page_that_is_used_in_both_of_its_columns(language: str, example_sheet: Sheet) -> None:
    for unit in ("busan-kor", "paris-fra"):
        _, file = example_sheet(language, unit)
        words = words_of(file, int(told(file)["Pages"]))
        right = [word for word in words if word[0] > 595 / 2]
        assert max(bottom for _, _, _, bottom in words[:-10]) > 0.35 * 842, file
        assert len(right) > len(words) / 4, file


def test_a_build_prints_every_profile_links_it_and_gives_the_same_bytes_again(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    build_site(small.path, tmp_path / "site", papers=Papers(pdf=True))
    made = held_in(tmp_path / "site")
    papers = {path: content for path, content in made.items() if path.endswith(".pdf")}
    assert sorted(papers) == [f"cities/{unit}/profile.pdf" for unit in ("alder-aa", "birch-aa", "cedar-bb")]
    assert b'href="../../cities/alder-aa/profile.pdf"' in made["cities/alder-aa/index.html"]
    builder = Builder(small.path, papers=Papers(on_demand=True))
    builder.build(tmp_path / "again")
    assert {path: builder.press.one(path) for path in builder.press.sheets if path.endswith(".pdf")} == papers


def test_without_pdf_no_page_leads_to_one(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*.pdf"))
    assert "profile.pdf" not in (tmp_path / "site/cities/alder-aa/index.html").read_text("utf-8")


def test_nothing_but_the_files_of_the_site_is_ever_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("h1 { display: none; }", "utf-8")
    head = '<!doctype html><html lang="en"><title>T</title>'
    page = "<h1>Alder</h1>"
    plain = printed((head + page).encode(), {})
    for address in (secret.as_uri(), "https://site.invalid/../secret.css", str(secret), "http://127.0.0.1:9/a.css"):
        assert printed(f'{head}<link rel="stylesheet" href="{address}">{page}'.encode(), {}) == plain
    styled = f'{head}<link rel="stylesheet" href="static/theme.css">{page}'.encode()
    assert printed(styled, {"static/theme.css": b"h1 { display: none; }"}) != plain


def test_no_line_ends_after_its_first_word_because_the_space_before_a_number_does_not_fit(tmp_path: Path) -> None:
    words = "Of all the others here the words run on to the end of the line and its end <span>86 %</span> of them."
    lines = "".join(f'<p style="width: {width / 4}px">{words}' for width in range(1280, 1480))
    html = f'<!doctype html><html lang="en"><title>T</title><body style="font: 8pt Noto Sans">{lines}'
    (tmp_path / "one.pdf").write_bytes(printed(html.encode(), {}))
    assert {line for line in lines_of(tmp_path / "one.pdf") if len(line.split()) < 3 and line.startswith("Of")} == set()


def test_a_press_has_only_what_the_site_has() -> None:
    assert Press().one("cities/nowhere/profile.pdf") is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Busan has a formal innovation strategy, as do 44 of the 86 cities with an answer on record (51 %)."),
        ("ko", "부산에는 공식 혁신 전략이 있습니다. 응답이 확인된 86개 도시 중 44개(51%)가 이와 같이 답했습니다."),
    ],
)
def test_every_profile_of_the_example_has_two_to_four_pages(language: str, said: str, tmp_path: Path) -> None:
    programme = in_language(with_papers(load_programme(EXAMPLE), Papers(pdf=True)), language)
    site = make_content(programme, edition_of(programme, None), ()).site
    pages = {}
    press = Press(MadeLater(dict(Renderer().sheets(site))))
    for path in press.sheets:
        pdf = press.one(path)
        assert pdf is not None
        (tmp_path / "one.pdf").write_bytes(pdf)
        pages[path] = int(told(tmp_path / "one.pdf")["Pages"])
        if "busan-kor" in path:
            # A line may end before a bracket.
            assert said.replace(" (", "(") in text_of(tmp_path / "one.pdf").replace(" (", "(")
            assert all(fonts_of(tmp_path / "one.pdf").values())
    assert len(pages) == 86
    assert {path: number for path, number in pages.items() if not 2 <= number <= 4} == {}
