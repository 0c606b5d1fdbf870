"""Pictures of pixels: cards and charts, with the letters of every script, where they are wanted."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL import Image

from cityfolio.build.papers import Papers
from cityfolio.build.running import Builder, build_site
from cityfolio.narrative.sentence import ForeignRun, Run
from cityfolio.profile.theme import Face, Theme
from cityfolio.site.card import draw_card
from cityfolio.site.own_typefaces import own_typefaces
from cityfolio.site.pixels import drawn, lettered
from tests.journeys.test_languages import spoken
from tests.programmes import ProgrammeFolder, held_in

from .sample import busan


def ink(png: bytes) -> tuple[int, int, int, int]:
    """The box that everything drawn in dark stands in: left, top, right, bottom."""
    box = Image.open(io.BytesIO(png)).convert("L").point(lambda grey: 255 * (grey < 128)).getbbox()
    assert box is not None
    return box


def one_line(words: str, language: str = "en") -> bytes:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60" xml:lang="{language}" fill="#000">'
    svg += f'<rect width="600" height="60" fill="#fff"/><text x="9" y="40" font-size="30">{words}</text></svg>'
    return drawn(svg.encode())


def tall_end(png: bytes) -> str:
    """At which end of what is drawn the taller stroke stands."""
    picture, (left, _, right, _) = Image.open(io.BytesIO(png)).convert("RGB"), ink(png)
    heights = []
    for start in (left, right - 12):
        box = io.BytesIO()
        picture.crop((start, 0, start + 12, picture.height)).save(box, "PNG")
        _, top, _, bottom = ink(box.getvalue())
        heights.append(bottom - top)
    return "left" if heights[0] > heights[1] else "right"


@pytest.mark.parametrize(("one", "other"), [("부", "산"), ("ب", "س"), ("東", "京"), ("Ж", "Я")])
def test_every_script_has_its_own_letters(one: str, other: str) -> None:
    # A letter that no typeface has would be the same empty box for both, or nothing at all.
    assert one_line(one) != one_line(other) != one_line("")


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    # Joined, a word is narrower than its letters one by one.
    joined, apart = ink(one_line("بوسان")), ink(one_line("ب و س ا ن"))
    assert joined[2] - joined[0] < apart[2] - apart[0]
    # The tall letter stands at the right where it comes first, at the left where it comes last.
    assert tall_end(one_line("اــــ")) == "right"
    assert tall_end(one_line("ــــا")) == "left"


def test_a_line_of_arabic_and_other_letters_is_as_wide_as_its_parts() -> None:
    # Beside a second typeface the ligatures of Arabic (here: lam and alef) would fall apart into boxes.
    def width(words: str) -> int:
        left, _, right, _ = ink(one_line(f"\u2067{words}\u2069"))
        return right - left

    parts = width("الأساس") + width("cities")
    assert width("الأساس cities") == pytest.approx(parts + 2 * 30 * 0.26, abs=6)


@pytest.mark.parametrize(
    "words", ["Arreau & Bordères", "Plan <Haut>", "서울 & <부산>", "القرية & <الخضراء>", "L'eau « Pluie & Vie » 서울"]
)
def test_signs_that_svg_writes_as_entities_are_drawn_in_any_script(words: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="900"><text x="9" y="30" font-size="22">{escape(words)}</text></svg>'
    made = ElementTree.fromstring(lettered(svg))
    said = "".join(made.itertext()).translate(dict.fromkeys(map(ord, "\u2067\u2069")))
    assert "".join(sorted(said.replace(" ", ""))) == "".join(sorted(words.replace(" ", "")))
    assert drawn(svg.encode())[:4] == b"\x89PNG"


def test_a_picture_is_wide_enough_for_fine_screens_and_a_card_has_the_size_that_others_ask_for() -> None:
    card = drawn(draw_card(busan(), "Survey", "Surveys of 2018 and 2020", Theme(), "en").encode())
    assert Image.open(io.BytesIO(card)).size == (1200, 630)
    assert Image.open(io.BytesIO(one_line("wide"))).size == (1200, 120)


def test_a_sentence_of_a_card_runs_in_the_direction_of_its_own_language() -> None:
    sentence = (ForeignRun("نواكشوط has a plan.", language="en"),)
    untranslated = replace(busan(), in_short=(sentence,))
    assert ">\u2066نواكشوط has a plan.\u2069</text>" in draw_card(untranslated, "S", "E", Theme(), "ar")
    assert ">نواكشوط has a plan.</text>" in draw_card(untranslated, "S", "E", Theme(), "ko")


def test_a_card_says_whose_it_is_and_of_which_surveys_and_is_a_mirror_for_readers_from_the_right() -> None:
    card = draw_card(busan(), "Survey", "Surveys of 2018 and 2020", Theme(), "en")
    assert ">Busan</text>" in card
    assert ">Surveys of 2018 and 2020</text>" in card
    left, right = (ink(drawn(draw_card(busan(), "S", "E", Theme(), language).encode())) for language in ("en", "ar"))
    assert left[0] == 0
    assert right[2] == 1200
    assert right[0] > 24  # where the mark of colour stands at the left


def test_a_build_with_cards_draws_each_chart_and_city_and_names_the_card_by_its_full_address(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.swap("programme.yml", "format: 1\n", "format: 1\nsite_url: https://example.org/green/\n")
    spoken(small, "en", "ko")
    build_site(small.path, tmp_path / "site", papers=Papers(cards=True))
    made = held_in(tmp_path / "site")
    pictures = {path for path in made if path.endswith(".png")}
    charts = {path.removesuffix(".svg") for path in made if "charts/" in path and path.endswith(".svg")}
    cities = {f"{prefix}cities/{unit}/card" for prefix in ("", "ko/") for unit in ("alder-aa", "birch-aa", "cedar-bb")}
    assert charts
    assert pictures == {f"{path}.png" for path in charts | cities}
    profile = made["ko/cities/alder-aa/index.html"].decode()
    assert '<meta property="og:image" content="https://example.org/green/ko/cities/alder-aa/card.png">' in profile
    assert '<meta name="twitter:card" content="summary_large_image">' in profile
    assert 'charts/has_plan/2022-2024.png"' in made["variables/has_plan/index.html"].decode()


def lines_of(picture: Path) -> str:
    root = ElementTree.fromstring(picture.read_bytes())
    return " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


def test_a_picture_without_its_page_says_who_counts_as_what_and_whose_numbers_it_shows(
    example_site: Path, small: ProgrammeFolder, tmp_path: Path
) -> None:
    said = lines_of(example_site / "charts" / "roles" / "2018-2020.svg")
    assert "count as “No role” and stay in the base. " in said
    assert said.endswith("Source: answers on record, surveys of 2018 and 2020. Innovation capacity in cities")
    small.swap("programme.yml", "format: 1", "format: 1\nsite_url: https://example.org/green/")
    small.build(tmp_path / "site")
    said = lines_of(tmp_path / "site" / "charts" / "has_plan" / "2022-2024.svg")
    assert said.endswith(", https://example.org/green/variables/has_plan/")


def test_no_page_names_a_picture_that_is_not_there(small: ProgrammeFolder, tmp_path: Path) -> None:
    build_site(small.path, tmp_path / "nowhere", papers=Papers(cards=True))
    assert "og:image" not in (tmp_path / "nowhere/cities/alder-aa/index.html").read_text("utf-8")
    small.swap("programme.yml", "format: 1\n", "format: 1\nsite_url: https://example.org/\n")
    small.build(tmp_path / "plain")
    made = held_in(tmp_path / "plain")
    assert not [path for path in made if path.endswith(".png")]
    assert b"og:image" not in made["cities/alder-aa/index.html"]
    assert b".png" not in made["variables/has_plan/index.html"]


def test_while_serving_a_picture_is_drawn_when_it_is_asked_for(small: ProgrammeFolder, tmp_path: Path) -> None:
    builder = Builder(small.path, papers=Papers(on_demand=True))
    builder.build(tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*.png"))
    png = builder.press.one("charts/has_plan/2022-2024.png")
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert builder.press.one("charts/nothing/2022.png") is None


def test_a_very_long_name_stands_whole_on_its_card() -> None:
    name = "Saint-Bertrand-de-Comminges-et-Valcabrère-sur-Garonne-lès-Montréjeau-la-Vieille"
    svg = str(draw_card(replace(busan(), name=name), "A survey", "2024", Theme(), "en"))
    lines = [text.text or "" for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert name in "".join(lines)


def test_a_sentence_of_three_lines_has_room_below_a_name_and_a_country_of_one() -> None:
    words = "Busan wants innovation to engage residents and other stakeholders, as do about one in ten cities with an answer "
    said = replace(busan(), country="Korea", in_short=((Run(f"{words}on record, and it says so in three lines."),),))
    lines = re.findall(r'y="([\d.]+)" font-size="32"', str(draw_card(said, "A survey", "2024", Theme(), "en")))
    assert len(lines) == 3
    # The name of the edition stands below, and not on it.
    assert float(lines[-1]) < 630 - 64 - 24


def test_the_same_card_has_the_same_bytes() -> None:
    card = draw_card(replace(busan(), name="부산"), "Survey", "Surveys", Theme(), "ko").encode()
    assert drawn(card) == drawn(card)


def shipped(family: str, installed: str, letters: str) -> tuple[Face, dict[str, bytes]]:
    """A typeface as a theme ships it: one of the machine, cut down to a few letters."""
    font = TTFont(installed)
    cut = Subsetter(Options(name_IDs=["*"]))
    cut.populate(text=letters)
    cut.subset(font)
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed)
    face = Face(family, "static/fonts/own.woff2", "700")
    return face, {face.file: packed.getvalue()}


def test_pictures_stand_in_the_typefaces_of_the_programme_as_far_as_these_have_the_letters() -> None:
    face, files = shipped("Own Letters", "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf", "Busan")
    theme = Theme(headings='"Own Letters", serif', faces=(face,))
    own = own_typefaces(theme.faces, files)
    card = draw_card(replace(busan(), country=""), "Survey", "Surveys", theme, "en")
    assert 'font-family="\'Own Letters\', serif" font-weight="700">Busan<' in card
    assert "'Own Letters'\">Busan</tspan>" in lettered(card, own)
    assert drawn(card.encode(), own) != drawn(card.encode())
    # Letters that the typeface lacks come from Noto, as all do where a theme ships none.
    seoul = draw_card(replace(busan(), name="Seoul", country=""), "Survey", "Surveys", theme, "en")
    assert drawn(seoul.encode(), own) == drawn(seoul.encode())
