"""Exploring: the numbers of the page are those of facts.csv, in every view; by keys, in a frame, downloaded and shared."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Page, expect

from cityfolio.model.missing import Missing
from tests.accessibility import by_look_alone, violations
from tests.journeys.test_languages import spoken
from tests.programmes import ProgrammeFolder, rows_of

Row: TypeAlias = "Mapping[str, str]"
REASONS = [reason.value for reason in Missing]


def test_what_the_page_is_given_is_what_facts_csv_holds(example_site: Path) -> None:
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    seen = set()
    for file in sorted((example_site / "explore").glob("*.js")):
        text = file.read_text("utf-8")
        name, held = json.loads(f"[{text[len('cityfolio.take(') : -3]}]")
        assert name == f"explore/{file.stem}"
        for view in held["views"]:
            for column in view["columns"]:
                for (code, *_), cell in zip(held["rows"], column["cells"], strict=True):
                    if cell == 0:
                        continue
                    category, measure = ("_", code) if held["number"] else (code, column["measure"])
                    fact = facts[f"{view['edition']}.{file.stem}.{category}.{column['group']}.{measure}"]
                    seen.add(fact["fact"])
                    base = column["bases"][cell[1]]
                    assert [str(number) for number in base] == [fact["base"], *(fact[reason] for reason in REASONS)]
                    told = fact["value"] if held["number"] else fact["numerator"]
                    assert float(cell[0]) == float(told)
    shares = {
        f for f, row in facts.items() if row["measure"] in ("share", "share_within") and row["source"] == "responses"
    }
    assert shares <= seen


def test_a_crosstab_is_counted_like_by_hand(example_site: Path) -> None:
    answers = {
        row["unit"]: row for row in sorted(rows_of(example_site / "data" / "responses.csv"), key=lambda r: r["wave"])
    }
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    within = [row for row in answers.values() if row["has_strategy"] == "yes" and not row["outcomes_missing"]]
    fact = facts["2018-2020.outcomes.service_delivery.has_strategy:yes.share_within"]
    assert int(fact["base"]) == len(within)
    assert int(fact["numerator"]) == sum("service_delivery" in row["outcomes"].split() for row in within)


@contextmanager
def opened(browser: Browser, site: Path, query: str, *, path: str = "explore", **more: object) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, **more)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{(site / path / 'index.html').as_uri()}{query}")
    yield page
    context.close()


@pytest.mark.browser
def test_a_view_is_chosen_by_keys_kept_in_the_address_and_downloaded_as_it_is_shown(
    browser: Browser, example_site: Path, tmp_path: Path
) -> None:
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    with opened(browser, example_site, "") as page:
        page.get_by_label("Question", exact=True).focus()
        page.keyboard.type("Formal")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("Continent")
        expect(page.locator(".explored h2")).to_have_text("Formal innovation strategy")
        expect(page.locator(".explored thead")).to_contain_text("Europe")
        assert page.url.endswith("?question=has_strategy&edition=2018-2020&by=continent")
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Download these rows").click()
        downloading.value.save_as(tmp_path / "rows.csv")
        told = list(csv.DictReader((tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()))
        shown = page.locator(".explored td [data-fact]").evaluate_all("(all) => all.map((a) => a.dataset.fact)")
        assert sorted(row["fact"] for row in told) == sorted(shown)
        for row in told:
            fact = facts[row["fact"]]
            assert [row["numerator"], row["base"], float(row["value"])] == [
                fact["numerator"],
                fact["base"],
                float(fact["value"]),
            ]
            # What is called as in facts.csv is what stands there, so that the rows can be joined with the file.
            for name in row.keys() & fact.keys() - {"value"}:
                assert row[name] == fact[name], name
            assert set(REASONS) <= row.keys() & fact.keys()
            assert row["thin_base"] == str(int(row["base"]) < 10).lower()
            assert row["who_counts"] == "All cities with an answer on record."
            assert row["fact"] in row["citation"]
            target, _, anchor = row["address"].removeprefix(example_site.as_uri() + "/").partition("#")
            assert f'id="{anchor}"' in (example_site / target).read_text("utf-8")
        href = page.locator(".explored td a").first.get_attribute("href") or ""
        target, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in (example_site / "explore" / target).resolve().read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "least"),
    [
        ("?question=has_strategy&edition=2018-2020", 5),
        ("?question=population&edition=2018-2020&by=continent", 20),
        ("?question=has_strategy&edition=2018-to-2020", 6),
    ],
)
def test_every_number_of_explore_is_in_a_link_to_its_sum(
    browser: Browser, example_site: Path, query: str, least: int
) -> None:
    apart = """(place, inside) => {
      const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walk.nextNode()) {
        const said = walk.currentNode;
        if (/\\d/.test(said.data) && Boolean(said.parentElement.closest("a[data-fact]")) === inside) found.push(said.data);
      }
      return found;
    }"""
    with opened(browser, example_site, query) as page:
        expect(page.locator(".explored [data-fact]").first).to_be_visible()  # the numbers come after the page
        for place in page.locator(".explored td:not(.absent), .explored .under p:has-text('counted.')").all():
            assert [said for said in place.evaluate(apart, False) if not re.fullmatch(r"\d{4}: ", said)] == []
        assert sum(len(place.evaluate(apart, True)) for place in page.locator(".explored :is(td, p)").all()) >= least
        # A small number below the large one opens what its link leads to.
        page.locator(".explored td small:not(.wave)").first.click()
        expect(page.locator("dialog iframe:not(.coming)")).to_be_visible()


@pytest.mark.browser
def test_a_single_group_is_named_and_so_are_those_without_answers(browser: Browser, example_site: Path) -> None:
    query = "?question=funded_activities&edition=2018-2020&by=continent"
    with opened(browser, example_site, query) as page:
        expect(page.locator(".explored thead")).to_have_text(re.compile("Asia$"))
        expect(page.locator(".silent")).to_have_text(
            "No answers to count: Europe, North and Central America, Oceania, South America."
        )


@pytest.mark.browser
def test_what_a_question_lacks_is_said(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "?question=population&edition=2018-to-2020") as page:
        expect(page.locator(".fallen")).to_contain_text("Shown instead: Surveys of 2018 and 2020.")
        assert page.get_by_label("Surveys").input_value() == "2018-2020"
        page.get_by_label("Question", exact=True).select_option("policy_areas")
        expect(page.locator(".fallen")).to_have_count(0)
        page.get_by_label("Surveys").select_option("2018-to-2020")
        expect(page.locator(".explored")).to_contain_text("Answered both times: 2020")


@pytest.mark.browser
def test_what_the_address_asks_for_and_is_not_there_is_said(browser: Browser, example_site: Path) -> None:
    query = "?question=has_strategy&edition=1999&by=nonsense&answer=maybe"
    with opened(browser, example_site, query) as page:
        said = "Not to be chosen here, and so left out: 1999, nonsense, maybe."
        expect(page.locator(".fallen")).to_have_text(said)
        assert page.get_by_label("Compared by").input_value() == ""
        page.get_by_label("Compared by").select_option("size")
        expect(page.locator(".fallen")).to_have_count(0)
    # A question is not compared by its own answers.
    with opened(browser, example_site, "?question=has_strategy&by=has_strategy") as page:
        expect(page.locator(".fallen")).to_have_text(
            "Not to be chosen here, and so left out: Formal innovation strategy."
        )
    with opened(browser, example_site, "?question=team_staff&by=size") as page:
        expect(page.locator(".explored thead th").first).to_have_text("Measure")
        expect(page.locator(".fallen")).to_have_count(0)
        # Three cities below 100,000 gave a number: that a median of three says little is said as it is of shares.
        expect(page.locator(".explored .under")).to_contain_text(
            "Bases under 10 are thin: means, medians and quartiles"
        )


def by_hand(example_site: Path, group_of: Callable[[Row, Row], str]) -> dict[str, tuple[int, int, int]]:
    """Of "has_team: yes" by group: who said so earlier, later, and how many answered both times; from the answers."""
    held: dict[str, dict[str, Row]] = {}
    for row in rows_of(example_site / "data" / "responses.csv"):
        held.setdefault(row["unit"], {})[row["wave"]] = row
    found: dict[str, tuple[int, int, int]] = {}
    for unit, waves in held.items():
        if len(waves) == 2 and all(row["has_team"] for row in waves.values()):
            group = group_of(unit_of(example_site, unit), waves["2020"])
            earlier, later, both = found.get(group, (0, 0, 0))
            said = [row["has_team"] == "yes" for row in (waves["2018"], waves["2020"])]
            found[group] = (earlier + said[0], later + said[1], both + 1)
    return found


def unit_of(example_site: Path, unit: str) -> Row:
    return next(row for row in rows_of(example_site / "data" / "units.csv") if row["unit"] == unit)


@pytest.mark.parametrize(
    ("kind", "group_of"),
    [("continent", lambda unit, _: unit["continent"]), ("country", lambda unit, _: unit["country_iso3"]),
     ("has_strategy", lambda _, later: later["has_strategy"])],
)  # fmt: skip
def test_change_within_a_group_is_counted_like_by_hand(
    example_site: Path, kind: str, group_of: Callable[[Row, Row], str]
) -> None:
    found = {
        row["fact"]: (int(row["numerator"]), int(row["base"]))
        for row in rows_of(example_site / "data" / "facts.csv")
        if row["edition"] == "2018-to-2020" and row["variable"] == "has_team" and row["group"].startswith(f"{kind}:")
    }
    expected = {}
    for group, (earlier, later, both) in by_hand(example_site, group_of).items():
        for when, number in (("earlier", earlier), ("later", later)):
            for category, n in (("yes", number), ("no", both - number)):
                fact = f"2018-to-2020.has_team.{category}.{kind}:{group}.share_of_matched_{when}"
                expected[fact] = (n, both)
    assert found == expected
    assert found


@pytest.mark.browser
def test_change_on_the_matched_panel_is_compared_by_groups_and_downloaded(
    browser: Browser, example_site: Path, tmp_path: Path
) -> None:
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    with opened(browser, example_site, "?question=has_team&edition=2018-to-2020") as page:
        page.get_by_label("Compared by").select_option("continent")
        shown = page.locator(".explored")
        # One column for each group, and in each cell both waves by name.
        heads = shown.locator("thead th").all_inner_texts()[1:]
        assert len(set(heads)) == len(heads) > 1
        first = shown.locator("tbody tr").first.locator("td").first
        assert re.fullmatch(r"2018: \d+ of \d+\s+2020: \d+ of \d+", first.inner_text().strip())
        # Seven cities answered both times: all of these bases are small, so they show counts and say it.
        expect(shown.locator("tbody")).not_to_contain_text("%")
        expect(shown).to_contain_text("Bases under 10 are thin")
        expect(shown).to_contain_text("A group is that of the later answer, for both surveys.")
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Download these rows").click()
        downloading.value.save_as(tmp_path / "rows.csv")
        told = list(csv.DictReader((tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()))
        assert len(told) == shown.locator("td [data-fact]").count() > 0
        for row in told:
            fact = facts[row["fact"]]
            assert [row["numerator"], row["base"], row["group"]] == [fact["numerator"], fact["base"], fact["group"]]
            assert "answered both times" in row["who_counts"]
        # Behind the number stand its cities by name.
        shown.locator("td a[data-fact]").first.click()
        expect(
            page.frame_locator("dialog iframe").get_by_text("Gave this answer both times").filter(visible=True)
        ).to_be_visible()


def test_what_cannot_be_compared_is_no_row_of_a_change_but_told_with_its_reason(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.build(tmp_path / "site")
    text = (tmp_path / "site" / "explore" / "measures.js").read_text("utf-8")
    _, held = json.loads(f"[{text[len('cityfolio.take(') : -3]}]")
    shown = {view["edition"]: [held["rows"][row][0] for row in view["order"]] for view in held["views"]}
    assert "mapping" in shown["2022-2024"]
    assert "planting" in shown["2022-to-2024"]
    assert "mapping" not in shown["2022-to-2024"]
    assert held["changes"]["2022-to-2024"] == ["", "Mapping every tree: could not be chosen in 2022."]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "ko/"])
def test_a_reader_sees_below_a_change_what_is_not_compared_and_why(
    browser: Browser, small: ProgrammeFolder, tmp_path: Path, language: str
) -> None:
    spoken(small, "en", "ko").build(tmp_path / "site")
    apart = {
        "": "Not compared: Mapping every tree: could not be chosen in 2022.",
        "ko/": "비교하지 않음: Mapping every tree: 2022년 조사에서는 고를 수 없었습니다.",
    }[language]
    with opened(
        browser, tmp_path / "site", "?question=measures&edition=2022-to-2024", path=f"{language}explore"
    ) as page:
        shown = page.locator(".explored")
        expect(shown.locator("tbody th")).not_to_have_count(0)
        assert "Mapping every tree" not in shown.locator("tbody th").all_inner_texts()
        expect(shown.locator(".under p", has_text="Mapping every tree")).to_have_text(apart)
        # Whoever asks for that answer alone is told the reason too.
        page.locator("select[name=answer]").select_option("mapping")
        expect(shown.locator("tbody")).to_have_count(0)
        expect(shown.get_by_text(apart)).to_be_visible()
        page.locator("select[name=answer]").select_option("")
        # In an edition of its own, the answer is a row, and its base says which survey offered it.
        page.locator("select[name=edition]").select_option("2022-2024")
        expect(shown.locator("tbody th", has_text="Mapping every tree")).to_have_count(1)
        expect(shown.get_by_text(apart)).to_have_count(0)
        # Of a question that is compared whole, nothing is said to be left out.
        page.locator("select[name=question]").select_option("has_plan")
        page.locator("select[name=edition]").select_option("2022-to-2024")
        expect(shown.locator("tbody th").first).to_be_visible()
        expect(shown.locator(".under p", has_text=apart.split(":")[0])).to_have_count(0)


def test_rows_stand_by_share_and_countries_by_name(example_site: Path) -> None:
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    text = (example_site / "explore" / "policy_areas.js").read_text("utf-8")
    _, held = json.loads(f"[{text[len('cityfolio.take(') : -3]}]")
    views = {(view["edition"], view["by"]): view for view in held["views"]}
    codes = [held["rows"][row][0] for row in views["2018-2020", "country"]["order"]]
    shares = [float(facts[f"2018-2020.policy_areas.{code}.all.share"]["value"]) for code in codes]
    assert len(shares) == len(held["rows"])
    # An explicit "none" stands last, as on profiles.
    assert shares[:-1] == sorted(shares[:-1], reverse=True)
    labels = [column["label"] for column in views["2018-2020", "country"]["columns"]]
    assert labels == sorted(labels)
    sizes = [column["group"] for column in views["2018-2020", "size"]["columns"]]
    assert sizes[0] == "size:under-100k"
    assert sizes[-1] == "size:1m-and-more"


@pytest.mark.browser
def test_a_bar_in_a_cell_is_as_long_as_its_share(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "?question=policy_areas&by=continent") as page:
        cell = page.locator(".matrix td:has(svg)").first
        share = page.evaluate(
            "(td) => td.querySelector('rect').getBoundingClientRect().width / td.querySelector('svg').clientWidth",
            cell.element_handle(),
        )
        expect(cell).to_contain_text(f"{round(100 * share)} %")


@pytest.mark.browser
@pytest.mark.parametrize(
    # Browsers read a backslash in an address as a slash.
    "name",
    ["..%5C..%5Csearch%5Cwords", "../../search/words", "..%5C..%5Csearch%5Cwords.js?", "%5C%5Cexample.org%5Cx"],
)
def test_no_address_makes_a_frame_run_a_script_of_another_folder(browser: Browser, address: str, name: str) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}explore/embed/index.html?question={name}&edition=2018-2020")
    page.wait_for_load_state("networkidle")
    page.close()
    named = [url for url in asked if "/static/" not in url and url.endswith(".js")]
    assert {url.rpartition("/")[0] for url in named} == {f"{address}explore"}


@pytest.mark.browser
def test_the_code_of_a_frame_is_never_that_of_an_earlier_view(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "?question=terms") as page:
        code, button = page.locator("#explore-code"), page.get_by_role("button", name="Embed")
        page.locator("select[name=question]").select_option("outcomes")
        button.click()
        expect(code).to_be_visible()
        page.go_back()
        expect(code).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        assert "question=terms" in code.locator("textarea").input_value()
        page.locator("select[name=question]").select_option("outcomes")
        expect(code).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("?question=outcomes&edition=2018-2020&by=has_strategy&answer=service_delivery", "30 of 44"),
        ("?question=has_team&edition=2018-to-2020", "Change, 2018–2020"),
    ],
)
def test_a_frame_shows_the_same_as_the_page(browser: Browser, example_site: Path, query: str, held: str) -> None:
    texts = []
    for path in ("explore", "explore/embed"):
        with opened(browser, example_site, query, path=path) as page:
            expect(page.locator(".explored td").first).to_be_visible()
            texts.append(page.locator(".explored").text_content() or "")
    assert texts[0] == texts[1]
    assert held in texts[0]


@pytest.mark.browser
def test_a_frame_without_an_edition_shows_the_usual_one(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "?question=has_strategy", path="explore/embed") as page:
        expect(page.locator(".explored td").first).to_contain_text("44 of 86")


@pytest.mark.browser
def test_a_frame_without_script_leads_to_the_questions(browser: Browser, example_site: Path) -> None:
    with opened(
        browser, example_site, "?question=has_strategy", path="explore/embed", java_script_enabled=False
    ) as page:
        link = page.get_by_role("link", name="All questions")
        expect(link).to_be_visible()
        assert (example_site / "explore" / "embed" / str(link.get_attribute("href"))).is_file()


@pytest.mark.browser
def test_the_waves_that_offered_an_answer_are_named_as_pages_name_them(browser: Browser, example_site: Path) -> None:
    query = "?question=funded_activities&edition=2018-2020"
    with opened(browser, example_site, query, path="ko/explore") as page:
        shown = page.locator(".explored .under")
        expect(shown).to_contain_text("직원 교육과 역량 강화: 2020년 조사에서만 제시된 항목입니다.")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["?question=gone&edition=2018", "?question=approach&edition=2018&answer=gone", ""])
def test_a_frame_says_where_it_has_no_numbers_any_more(browser: Browser, example_site: Path, query: str) -> None:
    with opened(browser, example_site, query, path="explore/embed") as page:
        expect(page.locator(".explored")).to_contain_text("There are no numbers for this choice")
        assert page.locator("table").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("path", ["explore", "map"])
def test_axe_finds_nothing(browser: Browser, example_site: Path, path: str) -> None:
    query = {"explore": "?question=policy_areas&by=continent", "map": "?policy_areas=social_inclusion"}[path]
    with opened(browser, example_site, query, path=path) as page:
        expect(page.locator({"explore": ".explored td [data-fact]", "map": ".dots .yes"}[path]).first).to_be_visible()
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert by_look_alone(page) == []
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert by_look_alone(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("path", ["explore", "map"])
def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, example_site: Path, path: str) -> None:
    with opened(browser, example_site, "?question=policy_areas&by=country", path=path) as page:
        page.set_viewport_size({"width": 320, "height": 800})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
def test_without_script_every_question_is_linked(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "", java_script_enabled=False) as page:
        assert page.locator("main select:visible, main button:visible").count() == 0
        assert page.locator(".link-columns a:visible").count() == len(list((example_site / "explore").glob("*.js")))


@pytest.mark.browser
@pytest.mark.parametrize(("language", "said"), [("", "Austria: 1 city counted."), ("ko/", "오스트리아: ")])
def test_the_word_for_units_goes_with_its_number(
    browser: Browser, example_site: Path, language: str, said: str
) -> None:
    page = browser.new_page()
    page.goto(f"{(example_site / language / 'explore' / 'index.html').as_uri()}?question=population&by=country")
    notes = page.locator("#explore .under")
    expect(notes).to_contain_text(said)
    assert "1 cities" not in notes.inner_text()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_frame_leads_to_its_sums_and_to_the_data_outside_of_it(
    browser: Browser, example_site: Path, *, script: bool
) -> None:
    query = "?question=outcomes&edition=2018&by=continent"
    frames = [("explore/embed", query), ("embed/2018-2020/outcomes", "")]
    for path, asked in frames:
        with opened(browser, example_site, asked, path=path, java_script_enabled=script) as page:
            if script and asked:
                expect(page.locator(".explored td a").first).to_be_visible()
            behind = page.get_by_role("link", name="Who is behind these numbers?")
            href = behind.get_attribute("href") or ""
            edition = "2018" if asked else "2018-2020"
            assert href.endswith(f"facts/{edition}/outcomes/index.html" if script or not asked else "facts/index.html")
            inside = (
                "(all) => all.filter((a) => (a.target || document.querySelector('base')?.target) !== '_blank').length"
            )
            assert page.locator("main a:not(.mark)").evaluate_all(inside) == 0
            page.get_by_role("link", name="All data files").click()
            page.wait_for_timeout(300)
            opened_page = page.context.pages[-1]
            assert opened_page is not page
            expect(opened_page.locator("body")).to_have_class("data")


@pytest.mark.browser
def test_profiles_and_facts_are_cited_with_their_address(browser: Browser, address: str) -> None:
    for path in (
        "cities/busan-kor/index.html",
        "facts/2018-2020/outcomes/index.html",
        "ko/cities/busan-kor/index.html",
    ):
        for script in (True, False):
            context = browser.new_context(java_script_enabled=script)
            page = context.new_page()
            page.goto(address + path)
            said = page.locator(".address")
            expect(said).to_contain_text(f"{address}{path}" if script else path)
            context.close()
