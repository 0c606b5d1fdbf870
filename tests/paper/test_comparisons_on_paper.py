"""PDF files of comparisons: those that a build is told to print, and any while a programme is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.build.content import edition_of, in_language, make_content
from cityfolio.build.papers import Papers, with_papers
from cityfolio.build.programme import load_programme
from cityfolio.build.running import Builder, build_site
from cityfolio.cli.application import run
from cityfolio.errors import WrongUse
from cityfolio.site.pages import Renderer
from cityfolio.site.printing import printed as printed_sheet
from tests.journeys.test_languages import spoken
from tests.paper.reading import faces_of, fonts_of, last_lines_of, metadata_of, tags_of, text_of, told
from tests.programmes import EXAMPLE, ProgrammeFolder


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small programme with two comparisons, in two languages."""
    from cityfolio.build.scaffold import make_programme

    folder = tmp_path_factory.mktemp("compared")
    make_programme(folder / "programme")
    small = spoken(ProgrammeFolder(folder / "programme"), "en", "ko")
    build_site(small.path, folder / "site", papers=Papers(compared=("alder-aa,birch-aa", "alder-aa,cedar-bb")))
    return folder / "site"


def test_a_comparison_is_printed_in_every_language_with_who_answered_when(printed: Path) -> None:
    english = printed / "compare/alder-aa,birch-aa.pdf"
    assert "Alder: answers of 2024. Birch: answers of 2022." in text_of(english)
    assert (told(english)["Tagged"], told(english)["Pages"]) == ("yes", "1")
    assert told(english)["Title"].startswith("Alder · Birch")
    assert 'pdfuaid:part="1"' in metadata_of(english)
    assert {"H1", "H2", "Table", "TH", "TD"} <= set(tags_of(english))
    korean = printed / "ko/compare/alder-aa,birch-aa.pdf"
    assert "집계판" in text_of(korean)
    # Not "응답하지 않음": that is said of who did not answer at all.
    assert "✓ 선택함, – 선택하지 않음." in text_of(korean)
    assert all(fonts_of(korean).values())


def test_the_page_lists_what_is_printed(printed: Path) -> None:
    page = (printed / "compare/index.html").read_text("utf-8")
    assert 'href="../compare/alder-aa%2Cbirch-aa.pdf">Alder · Birch (PDF)</a>' in page
    assert 'data-printed="alder-aa,birch-aa alder-aa,cedar-bb"' in page


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("alder-aa,brich-aa", '"brich-aa" is nothing that this edition compares. Did you mean "birch-aa"?'),
        ("alder-aa", 'A comparison has 2 to 6 columns, each once; "alder-aa" has not.'),
        ("alder-aa,alder-aa", 'A comparison has 2 to 6 columns, each once; "alder-aa,alder-aa" has not.'),
    ],
)
def test_what_cannot_be_compared_is_said_and_nothing_is_written(
    chosen: str, said: str, small: ProgrammeFolder, tmp_path: Path
) -> None:
    with pytest.raises(WrongUse) as refused:
        build_site(small.path, tmp_path / "site", papers=Papers(compared=(chosen,)))
    assert str(refused.value) == said
    assert not (tmp_path / "site").exists()


def test_while_serving_any_comparison_is_printed_when_it_is_asked_for(small: ProgrammeFolder, tmp_path: Path) -> None:
    builder = Builder(small.path, papers=Papers(on_demand=True))
    builder.build(tmp_path / "site")
    assert 'data-printed="*"' in (tmp_path / "site/compare/index.html").read_text("utf-8")
    pdf = builder.press.one("compare/birch-aa,cedar-bb.pdf")
    assert pdf is not None
    (tmp_path / "one.pdf").write_bytes(pdf)
    assert "Birch · Cedar" in text_of(tmp_path / "one.pdf")
    for wrong in ("birch-aa", "birch-aa,birch-aa", "birch-aa,../secret", "birch-aa,groups.country-ZZZ"):
        assert builder.press.one(f"compare/{wrong}.pdf") is None


def test_what_is_published_is_printed_and_drawn_too_and_data_alone_print_nothing(
    small: ProgrammeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told_to = [
        "publish",
        str(small.path),
        "--out",
        str(tmp_path / "out"),
        "--compare",
        "alder-aa,birch-aa",
        "--pdf",
        "--cards",
    ]
    assert run(told_to) == 0
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert {"compare/alder-aa,birch-aa.pdf", "cities/alder-aa/profile.pdf", "cities/alder-aa/card.png"} <= made
    assert any(path.startswith("api/") for path in made)
    assert run([*told_to, "--data-only"]) == 2
    assert "Data alone has no pages to print." in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ko"])
def test_comparisons_of_the_example_have_two_to_four_pages_and_the_last_one_holds_more_than_a_few_lines(
    language: str, tmp_path: Path
) -> None:
    chosen = (
        "busan-kor,seoul-kor",
        "busan-kor,incheon-kor,groups/country-KOR",
        "seoul-kor,sofia-bgr,busan-kor,athens-grc",
        "busan-kor,groups/country-KOR,groups/continent-AS,groups/size-1m-and-more",
        "busan-kor,seoul-kor,incheon-kor,paris-fra,london-uk,new-york-city-us",
    )
    programme = in_language(with_papers(load_programme(EXAMPLE), Papers(compared=chosen)), language)
    site = make_content(programme, edition_of(programme, None), ()).site
    for path, make in Renderer().sheets(site):
        (tmp_path / "one.pdf").write_bytes(printed_sheet(make(), {}))
        assert 2 <= int(told(tmp_path / "one.pdf")["Pages"]) <= 4, path
        assert len(last_lines_of(tmp_path / "one.pdf")) >= 15, path


def test_the_signs_of_same_and_different_answers_are_of_one_typeface(printed: Path) -> None:
    assert "Noto-Sans-Math" in faces_of(printed / "compare/alder-aa,birch-aa.pdf", "≠")
    assert faces_of(printed / "compare/alder-aa,cedar-bb.pdf", "=") == {"Noto-Sans-Math"}
