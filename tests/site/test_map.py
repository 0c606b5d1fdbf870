"""The map: a projection with known values and true areas, every unit in its place, filters as they would be counted by hand."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import cos, dist, radians
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from cityfolio.profile.map_document import MapUnit
from cityfolio.site.map_drawing import drawn, frame, place
from cityfolio.site.map_outlines import World, coarse_world, fine_world
from cityfolio.site.projection import WIDTH, equal_earth
from cityfolio.site.reading_pages import read_page
from tests.programmes import ProgrammeFolder, rows_of

ROOT = Path(__file__).parents[2]


def test_the_projection_has_the_proportions_of_its_authors() -> None:
    # Šavrič, Patterson and Jenny (2018): twice 2.7066 wide, twice 1.3173 high, the pole line 0.592 as long as the equator.
    height = equal_earth(0, -90)[1] - equal_earth(0, 90)[1]
    assert WIDTH / height == pytest.approx(2 * 2.7066299836960748 / (2 * 1.3173627591574133))
    assert (equal_earth(180, 90)[0] - equal_earth(-180, 90)[0]) / WIDTH == pytest.approx(0.592, abs=0.001)


@given(st.floats(-179, 179), st.floats(-88, 88))
def test_the_projection_keeps_areas(longitude: float, latitude: float) -> None:
    step = 1e-4
    x, y = equal_earth(longitude, latitude)
    east, north = equal_earth(longitude + step, latitude), equal_earth(longitude, latitude + step)
    drawn = (east[0] - x) * (y - north[1]) - (east[1] - y) * (x - north[0])
    true = cos(radians(latitude))
    at_the_equator = (equal_earth(step, 0)[0] - equal_earth(0, 0)[0]) * -equal_earth(0, step)[1]
    assert drawn / at_the_equator == pytest.approx(true, rel=1e-3, abs=1e-5)


def lines_of(path: str, grid: int) -> list[list[tuple[int, int]]]:
    """The lines of a path in steps, as points of the map."""
    lines = []
    x = y = 0
    for line in path.split("m")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        points = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append((x * grid, y * grid))
        if line.endswith("z"):
            x, y = points[0][0] // grid, points[0][1] // grid
        lines.append(points)
    return lines


@pytest.mark.parametrize("world", [coarse_world(), fine_world()], ids=["coarse", "fine"])
def test_the_outlines_are_shapes_that_can_be_drawn_and_lie_on_the_map(world: World) -> None:
    assert re.fullmatch(r"(m-?\d+[ -]\d+([ -]\d+)+z)+", world.land)
    assert re.fullmatch(r"(m-?\d+[ -]\d+([ -]\d+)+)+", world.borders)
    land, borders = lines_of(world.land, world.grid), lines_of(world.borders, world.grid)
    assert len(land) > 50
    assert len(borders) > 100
    for x, y in (point for line in (*land, *borders) for point in line):
        assert -world.grid <= x <= WIDTH + world.grid
        assert place(0, 90)[1] <= y <= place(0, -60)[1]


def test_the_outlines_of_the_package_are_those_that_are_drawn_from_natural_earth() -> None:
    draw = runpy.run_path(str(ROOT / "scripts" / "outlines" / "drawing.py"))["drawn"]
    assert draw() == {"fine": fine_world(), "coarse": coarse_world()}


def test_the_coarse_outlines_run_along_the_fine_ones() -> None:
    fine = [point for line in lines_of(fine_world().land, fine_world().grid) for point in line]
    coarse = [point for line in lines_of(coarse_world().land, coarse_world().grid) for point in line]
    assert len(coarse) < len(fine) / 3
    # A point of the screen of a phone is 26 of the map.
    assert max(min(dist(point, other) for other in fine) for point in coarse[::7]) < 15


def test_a_unit_in_the_far_south_is_in_the_picture() -> None:
    drawn = frame([place(0, -75)])
    assert drawn.top < place(0, -75)[1] < drawn.top + drawn.height


def unit_at(longitude: float, latitude: float) -> MapUnit:
    return MapUnit(f"{longitude}/{latitude}", "A", "", "2024", (longitude, latitude), ())


PLACES = st.tuples(st.floats(-179, 179), st.floats(-88, 88))


@given(PLACES, st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=5), st.sampled_from([1, 0.1, 0.01]))
def test_units_of_one_part_of_the_world_are_drawn_apart_and_within_it(
    middle: tuple[float, float], others: list[tuple[float, float]], by: float
) -> None:
    longitude, latitude = middle
    near = [(longitude + x * by, latitude + y * by) for x, y in [(0.0, 0.0), *others]]
    there = [(x, y) for x, y in near if abs(x) < 180 and abs(y) < 90]
    made = drawn(unit_at(x, y) for x, y in there)
    box = made.frame
    assert all(box.left <= x <= box.left + box.width for x, _ in made.places.values())
    assert all(box.top <= y <= box.top + box.height for _, y in made.places.values())
    # The outlines of the world are moved as the units are.
    larger, left, top = (float(n) for n in re.findall(r"-?[\d.]+", made.transform or "scale(1) translate(0 0)"))
    for (x, y), (across, down) in (
        zip(there, made.places.values(), strict=False) if len(set(there)) == len(there) else ()
    ):
        true = equal_earth(x, y)
        assert (across, down) == pytest.approx(((true[0] + left) * larger, (true[1] + top) * larger), abs=1.5)


def test_a_valley_is_drawn_large_and_the_whole_world_where_units_are_all_over_it() -> None:
    valley = drawn([unit_at(0.1, 42.8), unit_at(0.6, 43.3)])
    assert dist(*valley.places.values()) > 1500
    assert drawn([unit_at(-122, 47), unit_at(127, 37)]).transform == ""
    # One more unit near the others does not move the map.
    assert drawn([unit_at(0.1, 42.8), unit_at(0.6, 43.3), unit_at(0.3, 43)]).transform == valley.transform


def test_every_unit_with_coordinates_has_its_dot_and_every_unit_is_on_the_list(example_site: Path) -> None:
    html = (example_site / "map" / "index.html").read_text("utf-8")
    units = {row["unit"]: row for row in rows_of(example_site / "data" / "units.csv")}
    dots = re.findall(
        r'<a href="\.\./cities/([\w-]+)/index\.html" tabindex="-1"><title>([^<]+)</title>'
        r'<circle cx="(-?\d+)" cy="(-?\d+)" r="50"/></a>',
        html,
    )
    listed = re.findall(r'<li data-unit="([\w-]+)"', html)
    assert [unit for unit, *_ in dots] == listed  # the script takes the dots in the order of the list
    for unit, name, x, y in dots:
        row = units[unit]
        assert name.replace("&#39;", "'") == row["display_name"]
        assert (int(x), int(y)) == place(float(row["lon"]), float(row["lat"]))
    assert sorted(listed) == sorted(units)
    # Dot and list: the same page, twice.
    links = [link for link in read_page(html).links if link.startswith("../cities/")]
    assert all(links.count(f"../cities/{unit}/index.html") == 2 for unit in units)


# ---- In a browser


def latest_answers(site: Path) -> dict[str, dict[str, str]]:
    """Each unit's row in its last wave."""
    return {row["unit"]: row for row in sorted(rows_of(site / "data" / "responses.csv"), key=lambda row: row["wave"])}


@contextmanager
def opened(browser: Browser, address: str, *, width: int = 1280, script: bool = True) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    if script:
        expect(page.locator(".map.live")).to_be_visible()
    yield page
    context.close()


def listed(page: Page) -> list[str]:
    return sorted(
        page.locator(".listed li[data-unit]:visible").evaluate_all("(all) => all.map((li) => li.dataset.unit)")
    )


def filled(page: Page) -> list[str]:
    script = """(all) => all.map((dot) => dot.getAttribute("href").split("/").at(-2))"""
    return sorted(page.locator(".dots .yes").evaluate_all(script))


FILTERS = [
    {"policy_areas": "social_inclusion"},
    {"roles": "designer"},
    {"activities": "data_driven", "roles": "project_manager"},
    {"answer": "has_strategy.yes", "roles": "project_manager"},
    {"answer": "funded_activities.idea_generation"},
]


@pytest.mark.browser
def test_filters_give_what_a_naive_count_gives_on_list_and_map(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        for chosen in FILTERS:
            page.goto((example_site / "map" / "index.html").as_uri())
            expected = naively(example_site, chosen)
            assert expected
            for name, value in chosen.items():
                page.locator(f"select[name={name}]").select_option(value)
            expect(page.locator(".listed li[data-unit]:visible")).to_have_count(len(expected))
            assert listed(page) == filled(page) == expected
            # What is chosen is in the address, and the address gives it back.
            kept = page.url
            assert parse_qs(urlsplit(kept).query) == {name: [value] for name, value in chosen.items()}
            page.goto("about:blank")
            page.goto(kept)
            expect(page.locator(".listed li[data-unit]:visible")).to_have_count(len(expected))
            assert listed(page) == filled(page) == expected


def naively(site: Path, chosen: dict[str, str]) -> list[str]:
    """The units whose latest answers are those that the filters ask for."""

    def asks(name: str, value: str) -> tuple[str, str]:
        variable, _, code = value.partition(".")
        return (variable, code) if name == "answer" else (name, value)

    wanted = [asks(name, value) for name, value in chosen.items()]
    return sorted(
        unit
        for unit, row in latest_answers(site).items()
        if all(code in row[variable].split() for variable, code in wanted)
    )


SIZES = {
    "under-100k": range(100_000),
    "100k-250k": range(100_000, 250_000),
    "250k-500k": range(250_000, 500_000),
    "500k-1m": range(500_000, 1_000_000),
    "1m-and-more": range(1_000_000, 10**9),
}


@pytest.mark.browser
def test_the_filter_by_size_gives_the_cities_of_each_size(browser: Browser, example_site: Path) -> None:
    people = {unit: row["population"] for unit, row in latest_answers(example_site).items()}
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        size = page.locator("select[name=size]")
        assert size.locator("option").evaluate_all("(all) => all.map((o) => o.value).filter(Boolean)") == list(SIZES)
        for code, held in SIZES.items():
            expected = sorted(unit for unit, number in people.items() if number.isdigit() and int(number) in held)
            assert expected
            size.select_option(code)
            expect(page.locator(".listed li[data-unit]:visible")).to_have_count(len(expected))
            assert listed(page) == filled(page) == expected


@pytest.mark.browser
def test_an_address_that_names_no_part_of_the_map_shows_all_of_it(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        whole = view_box(page)
        for odd in (",,", "1,2", "a,b,c", "0,0,0", "1,2,3,4"):
            page.goto(f"{(example_site / 'map' / 'index.html').as_uri()}?view={odd}")
            expect(page.locator(".map.live")).to_be_visible()
            assert view_box(page) == whole, odd


@pytest.mark.browser
def test_a_shared_map_says_which_of_its_filters_are_not_there_any_more(browser: Browser, example_site: Path) -> None:
    address = f"{(example_site / 'map' / 'index.html').as_uri()}?policy_areas=zoning&size=1m-and-more"
    with opened(browser, address) as page:
        expect(page.locator(".map-status")).to_contain_text("Not to be chosen here, and so left out: zoning.")
        page.locator("select[name=size]").select_option("")
        expect(page.locator(".map-status")).not_to_contain_text("zoning")


@pytest.mark.browser
def test_the_dots_of_all_cities_are_filled(browser: Browser, example_site: Path) -> None:
    fill = "dots => dots.map(dot => getComputedStyle(dot.querySelector('circle')).fill)"
    with opened(browser, (example_site / "map" / "index.html").as_uri(), script=False) as page:
        assert set(page.locator(".dots a").evaluate_all(fill)) == {"rgb(0, 89, 107)"}


@pytest.mark.browser
def test_the_share_above_the_map_is_the_released_fact(browser: Browser, example_site: Path) -> None:
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    with opened(
        browser, f"{(example_site / 'map' / 'index.html').as_uri()}?answer=funded_activities.idea_generation"
    ) as page:
        number = page.locator(".map-status [data-fact]")
        expect(number).to_be_visible()
        fact = facts[number.get_attribute("data-fact") or ""]
        assert fact["fact"] == "2018-2020.funded_activities.idea_generation.all.share"
        cities = "city" if fact["base"] == "1" else "cities"
        assert number.inner_text().startswith(f"{fact['numerator']} of {fact['base']} {cities} with an answer")


@pytest.mark.browser
def test_the_number_of_all_cities_above_the_map_leads_to_their_names(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        number = page.locator(".map-status [data-fact='2018-2020._units._.all.count']")
        expect(number).to_have_text("86 cities")
        number.focus()
        page.keyboard.press("Enter")
        expect(page.frame_locator("dialog iframe").get_by_text("Took part (86)")).to_be_visible()


@pytest.mark.browser
def test_a_region_is_entered_step_by_step_and_left_again(browser: Browser, example_site: Path) -> None:
    units = list(rows_of(example_site / "data" / "units.csv"))
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        whole = page.locator(".map-view svg").get_attribute("viewBox")
        page.get_by_role("link", name="Asia", exact=True).click()
        assert listed(page) == sorted(row["unit"] for row in units if row["continent"] == "AS")
        page.get_by_role("link", name="Korea", exact=True).click()
        assert listed(page) == sorted(row["unit"] for row in units if row["country_iso3"] == "KOR")
        # Busan and Seoul stand apart now: more than the target of a finger.
        boxes = [
            page.locator(f".dots a[href*='/{unit}/'] circle").bounding_box() for unit in ("busan-kor", "seoul-kor")
        ]
        (one, other) = [box for box in boxes if box]
        assert max(abs(one["x"] - other["x"]), abs(one["y"] - other["y"])) > 48
        page.get_by_role("button", name="Take all filters off").click()
        expect(page.locator(".map-view svg")).to_have_attribute("viewBox", whole or "")
        assert len(listed(page)) == len(units)
        assert urlsplit(page.url).query == ""


def stands_out(before: Path, after: Path) -> int:
    """How many pixels differ from what was there before by three to one in contrast (WCAG 2.2, 2.4.13)."""

    def light(pixel: tuple[int, ...]) -> float:
        red, green, blue = (
            (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in (part / 255 for part in pixel[:3])
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    pictures = [Image.open(picture).convert("RGB").tobytes() for picture in (before, after)]
    lights = zip(
        *([light(pixel) for pixel in zip(*[iter(picture)] * 3, strict=True)] for picture in pictures), strict=True
    )
    return sum((max(pair) + 0.05) / (min(pair) + 0.05) >= 3 for pair in lights)


# The boxes of names and dots that are seen, and pairs that lie on each other.
OVERLAPS = """() => {
  const boxes = (which) => [...document.querySelectorAll(which)].map((one) => [one, one.getBoundingClientRect()]);
  const cross = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
  const names = boxes(".names text"), all = [...names, ...boxes(".dots circle")];
  return names.flatMap(([name, box]) => all
    .filter(([other, its]) => other !== name && cross(box, its)).map(() => name.textContent));
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("where", "width", "least", "named"),
    [
        ("AS/Korea", 1280, 3, ("Busan", "Incheon", "Seoul")),
        ("NA/United States", 1280, 24, ("Seattle", "Tacoma")),
        ("AS/Korea", 360, 3, ("Busan", "Incheon", "Seoul")),
        ("NA/United States", 360, 8, ()),
    ],
)
def test_names_lie_on_no_dot_and_on_no_other_name(
    browser: Browser, example_site: Path, where: str, width: int, least: int, named: tuple[str, ...]
) -> None:
    with opened(browser, f"{(example_site / 'map' / 'index.html').as_uri()}?at={quote(where)}", width=width) as page:
        expect(page.locator(".names text").first).to_be_attached()
        names = page.locator(".names text").all_text_contents()
        assert set(named) <= set(names)
        assert len(names) >= least
        assert page.evaluate(OVERLAPS) == []
        # Those left out are told by the list.
        rest = [name for name in page.locator(".listed li:visible > a").all_text_contents() if name not in names]
        for name in rest[:1]:
            page.locator(".listed li:visible > a", has_text=name).first.focus()
            expect(page.locator(".names text", has_text=name)).to_have_count(1)


@pytest.mark.browser
def test_a_name_goes_when_focus_and_pointer_have_left_its_dot(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        dot, names = page.locator(".dots a[href*='/sofia-bgr/']"), page.locator(".names text")
        for leave in ("Tab", "Shift+Tab", "Escape"):
            dot.focus()
            expect(names).to_have_text(["Sofia"])
            page.keyboard.press(leave)
            expect(names).to_have_count(0)
        listed = page.locator("li[data-unit=sofia-bgr] a")
        listed.focus()
        expect(names).to_have_text(["Sofia"])
        listed.blur()
        expect(names).to_have_count(0)
        box = dot.locator("circle").bounding_box() or {"x": 0, "y": 0}
        page.mouse.move(box["x"] + 4, box["y"] + 4)
        expect(names).to_have_text(["Sofia"])
        page.mouse.move(2, 2)
        expect(names).to_have_count(0)


# Of every dot in turn: names that its focus shows and that are not whole within the map, or that lie on that dot.
CUT = """() => [...document.querySelectorAll(".dots a")].flatMap((dot) => {
  dot.focus();
  const [map, dots] = [".map-view svg", ".dots a:focus circle"]
    .map((which) => document.querySelector(which).getBoundingClientRect());
  const names = [...document.querySelectorAll(".names text")];
  return names.length !== 1 ? [`${names.length} names of ${dot.textContent}`] : names.filter((name) => {
    const its = name.getBoundingClientRect();
    return its.left < map.left || its.right > map.right || its.top < map.top - 2 || its.bottom > map.bottom + 2
      || (its.left + 1 < dots.right && dots.left + 1 < its.right && its.top + 3 < dots.bottom && dots.top + 3 < its.bottom);
  }).map((name) => name.textContent);
})"""


@pytest.mark.browser
def test_the_name_of_any_dot_on_a_phone_is_whole_and_beside_the_dot(browser: Browser, example_site: Path) -> None:
    for language in ("", "ko/"):
        with opened(browser, (example_site / f"{language}map" / "index.html").as_uri(), width=360) as page:
            expect(page.locator("#map.live")).to_be_attached()
            assert page.evaluate(CUT) == []


@pytest.mark.browser
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_dot_that_has_the_focus_stands_in_a_frame_that_stands_out(
    browser: Browser, example_site: Path, look: dict[str, str], tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1200}, **look)  # type: ignore[arg-type] # one setting
    try:
        page.goto((example_site / "map" / "index.html").as_uri())
        expect(page.locator("#map.live")).to_be_attached()
        dot = page.locator(".dots a[href*='/wellington-nzl/']")
        box = dot.locator("circle").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        around = {"x": box["x"] - 10, "y": box["y"] - 10, "width": box["width"] + 20, "height": box["height"] + 20}
        pictures: list[Path] = []
        for _ in range(2):
            pictures.append(tmp_path / f"{len(pictures)}.png")
            page.screenshot(path=pictures[-1], clip=around)  # type: ignore[arg-type] # the four sides
            page.keyboard.press("Tab")  # a key, so that the focus is one to be seen
            dot.focus()
        assert stands_out(*pictures) > 60
    finally:
        page.close()


@pytest.mark.browser
def test_two_filters_count_only_those_of_whom_both_can_be_said(browser: Browser, example_site: Path) -> None:
    query = "?policy_areas=transport_mobility&roles=designer"
    with opened(browser, (example_site / "map" / "index.html").as_uri() + query) as page:
        said = page.locator(".map-status span")
        expect(said.first).to_have_text("5 of the 60 cities of which it can be said match")
        expect(said.nth(1)).to_contain_text("26 cannot be said")


@pytest.mark.browser
def test_the_plus_key_on_a_dot_makes_its_surroundings_larger(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        dot = page.locator(".dots a[href*='/seoul-kor/']")
        dot.focus()
        for _ in range(6):
            page.keyboard.press("+")
        left, top, width, height = view_box(page)
        x, y = (float(dot.locator("circle").get_attribute(name) or 0) for name in ("cx", "cy"))
        assert width < 1000
        assert left < x < left + width
        assert top < y < top + height


@pytest.mark.browser
def test_the_map_is_used_with_keys_alone(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        view = page.locator(".map-view")
        tabs(page, "document.activeElement.id === 'filter-1'")
        page.keyboard.type("Health")  # a select takes what is typed
        tabs(page, "document.activeElement.classList.contains('map-view')")
        sizes = [width_of(page)]
        for key in ("+", "+", "-", "ArrowRight", "Home"):
            page.keyboard.press(key)
            sizes.append(width_of(page))
        assert sizes[0] > sizes[1] > sizes[2] < sizes[3] == sizes[4]
        assert sizes[5] == sizes[0]
        expect(view).to_have_attribute("aria-label", re.compile("Map, 1 times as large"))
        page.keyboard.press("Tab")  # one dot of all
        assert page.evaluate("document.activeElement.closest('.dots') !== null")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.classList.contains('map-view')")
        page.keyboard.press("Tab")
        before = page.evaluate("document.activeElement.getAttribute('href').split('/').at(-2)")
        page.keyboard.press("ArrowLeft")
        after = page.evaluate("document.activeElement.getAttribute('href').split('/').at(-2)")
        assert after != before
        expect(page.locator(f".dots a[href*='/{after}/']")).to_have_class("yes")
        page.keyboard.press("Enter")
        expect(page.locator("body")).to_have_class("profile")
        assert page.url == (example_site / "cities" / after / "index.html").as_uri()


@pytest.mark.browser
def test_the_map_is_moved_and_scaled_by_pointer_and_a_dot_is_a_large_target(
    browser: Browser, example_site: Path
) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri()) as page:
        page.get_by_role("button", name="Larger").click()
        assert width_of(page) < 10000
        left = left_of(page)
        box = page.locator(".map-view svg").bounding_box() or {"x": 0, "y": 0}
        page.mouse.move(box["x"] + 300, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 100, steps=4)
        page.mouse.up()
        assert left_of(page) > left
        assert "/map/" in page.url
        page.get_by_role("button", name="All of the map").click()
        dot = page.locator(".dots a[href*='/wellington-nzl/'] circle").bounding_box() or {"x": 0, "y": 0, "width": 0}
        page.mouse.click(dot["x"] + dot["width"] / 2 + 11, dot["y"])
        expect(page.get_by_role("heading", level=1)).to_have_text("Wellington")


@pytest.mark.browser
def test_without_script_the_whole_map_and_the_whole_list_are_there(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri(), script=False) as page:
        assert page.locator(".dots a:visible").count() == page.locator(".listed li a:visible").count() == 86
        assert page.locator("main select:visible, main button:visible").count() == 0


def tabs(page: Page, there: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"never reached: {there}")


def view_box(page: Page) -> Sequence[float]:
    return [float(part) for part in (page.locator(".map-view svg").get_attribute("viewBox") or "").split()]


def width_of(page: Page) -> float:
    return view_box(page)[2]


def left_of(page: Page) -> float:
    return view_box(page)[0]


@pytest.mark.browser
def test_on_a_phone_the_map_is_higher_the_nearer_one_looks(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "map" / "index.html").as_uri(), width=360) as page:
        heights = [height_of(page)]
        for where in ("NA", "NA/United States"):
            page.locator("select[name=at]").select_option(where)
            heights.append(height_of(page))
        whole, continent, country = heights
        assert whole < continent <= country
        assert country == pytest.approx(328, abs=4)
        page.get_by_role("button", name="All of the map").click()
        assert height_of(page) == whole


def height_of(page: Page) -> float:
    box = page.locator(".map-view").bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "ko/"])
def test_what_can_be_chosen_comes_with_the_script(browser: Browser, example_site: Path, language: str) -> None:
    page_file = example_site / language / "map" / "index.html"
    assert "<option" not in re.sub(r'<option value="">[^<]+</option>', "", page_file.read_text("utf-8"))
    with opened(browser, page_file.as_uri()) as page:
        values = "(select) => [...select.options].map((one) => one.value)"
        assert page.locator("#filter-2").evaluate(values)[:3] == ["", "project_manager", "data_scientist"]
        assert "has_team.yes" in page.locator("#filter-answer").evaluate(values)
        places = page.locator("#filter-at").evaluate(values)
        assert sorted(one for one in places if one.startswith("AS")) == ["AS", "AS/Israel", "AS/Korea"]
        asia = page.locator("#filter-at optgroup", has=page.locator("[value=AS]"))
        expect(asia).to_have_attribute("label", "아시아" if language else "Asia")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "ko/"])
def test_who_looks_nearer_sees_the_fine_outlines(browser: Browser, example_site: Path, language: str) -> None:
    land, fine = coarse_world(), fine_world()
    address = (example_site / language / "map" / "index.html").as_uri()
    with opened(browser, address, width=360) as page:
        expect(page.locator(".land")).to_have_attribute("d", land.land)
        page.locator(".map-view").focus()
        page.keyboard.press("+")
        page.keyboard.press("+")
        expect(page.locator(".land")).to_have_attribute("d", fine.land)
        expect(page.locator(".borders")).to_have_attribute("d", fine.borders)
        expect(page.locator(".map-view svg > g").first).to_have_attribute("transform", f"scale({fine.grid})")
    with opened(browser, address, width=1280) as page:
        expect(page.locator(".land")).to_have_attribute("d", fine.land)
    with opened(browser, address, script=False) as page:
        expect(page.locator(".land")).to_have_attribute("d", land.land)


def test_where_units_are_called_regions_in_korean_no_control_of_the_map_is_called_so_too(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.swap("programme.yml", "language: en", "language: ko")
    small.swap("programme.yml", "{one: city, many: cities}", "{one: 지역, many: 지역}")
    small.write("wording/ko.yml", small.text("wording/en.yml").replace("language: en", "language: ko"))
    small.build(tmp_path / "site")
    page = (tmp_path / "site" / "map" / "index.html").read_text("utf-8")
    controls = re.findall(r"<(?:label|option|button)\b[^>]*>([^<]+)<", page)
    assert {"위치", "모든 곳"} <= set(controls)
    assert [words for words in controls if "지역" in words] == []
