"""The map, exploring and comparing, swept: what every choice shows against a count by rows, loops and the released files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.programmes import EXAMPLE, rows_of
from tests.second_opinion.naive import questions_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BANDS = [(100_000, "under-100k"), (250_000, "100k-250k"), (500_000, "250k-500k"), (1_000_000, "500k-1m")]
REASONS = ("not_asked", "not_offered", "routed_past", "refused", "dont_know", "not_on_record", "unanswered", "in_words")


class Counted:
    """The released files of a site, and what they say of a city."""

    def __init__(self, site: Path) -> None:
        read = {name: list(rows_of(site / "data" / f"{name}.csv")) for name in ("facts", "responses", "units")}
        self.facts = {row["fact"]: row for row in read["facts"]}
        self.units = {row["unit"]: row for row in read["units"]}
        self.latest = {row["unit"]: row for row in sorted(read["responses"], key=lambda row: row["wave"])}
        self.offered = {
            (wave, name): {category["code"] for category in question.get("categories", ())}
            for wave in ("2018", "2020")
            for name, question in questions_of(EXAMPLE, wave).items()
        }

    def size(self, unit: str) -> str:
        people = self.latest[unit]["population"]
        if not people:
            return ""
        return next((band for below, band in BANDS if int(people) < below), "1m-and-more")

    def says(self, unit: str, variable: str, code: str) -> bool | None:
        """Whether a city gave an answer, or nothing where that cannot be said."""
        row = self.latest[unit]
        if variable == "size":
            return self.size(unit) == code
        if row[f"{variable}_missing"] or code not in self.offered[row["wave"], variable]:
            return None
        return code in row[variable].split()

    def is_at(self, unit: str, place: str) -> bool:
        row = self.units[unit]
        return place in ("", row["continent"], f"{row['continent']}/{row['country']}")


@pytest.fixture(scope="module")
def counted(example_site: Path) -> Counted:
    return Counted(example_site)


def per_cent(part: int, whole: int) -> int:
    rounded = (200 * part + whole) // (2 * whole)
    return min(max(rounded, 1), 99) if 0 < part < whole else rounded


def numbers(text: str) -> list[int]:
    return sorted(int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text))


@contextmanager
def opened(browser: Browser, site: Path, path: str, ready: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    # A browser takes only so many steps of a history in a while; none are needed here.
    page.add_init_script("history.pushState = history.replaceState = () => {};")
    page.goto((site / path / "index.html").as_uri())
    page.locator(ready).first.wait_for()
    yield page
    page.close()


FILTER = """async (choices) => {
  const form = document.querySelector(".filters"), selects = [...form.querySelectorAll("select")];
  const units = (all) => all.map((one) => one.dataset.unit ?? one.getAttribute("href").split("/").at(-2)).sort();
  const found = [];
  for (const choice of choices) {
    for (const select of selects) select.value = choice[select.name] ?? "";
    selects[0].dispatchEvent(new Event("change", { bubbles: true }));
    for (const _ of Array(2)) await new Promise((next) => setTimeout(next));
    found.push([
      units([...document.querySelectorAll(".listed li[data-unit]")].filter((item) => !item.hidden)),
      units([...document.querySelectorAll(".dots .yes")]), units([...document.querySelectorAll(".dots .silent")]),
      document.querySelector(".map-status").textContent,
    ]);
  }
  return found;
}"""
OPTIONS = """async () => {
  const form = document.querySelector(".filters");
  const all = [...form.querySelectorAll("select")].map((one) => [one.name, [...one.options].map((o) => o.value).filter(Boolean)]);
  const { data } = document.getElementById("map").dataset;
  const asked = all.flatMap(([name, values]) => name === "answer" ? values.map((one) => one.split(".")[0]) : [name]);
  for (const name of new Set(asked)) if (!["at", "size"].includes(name)) await cityfolio.load(data, `map/${name}`);
  return Object.fromEntries(all);
}"""


def filtered(counted: Counted, choice: Mapping[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Those that match, those that do not and those of whom it cannot be said, by name."""
    found: dict[str, list[str]] = {"yes": [], "no": [], "silent": []}
    asked = [
        tuple(value.split(".", 1)) if name == "answer" else (name, value)
        for name, value in choice.items()
        if name != "at"
    ]
    for unit in sorted(counted.units):
        if counted.is_at(unit, choice.get("at", "")):
            said = [counted.says(unit, variable, code) for variable, code in asked]
            found["no" if False in said else "silent" if None in said else "yes"].append(unit)
    return found["yes"], found["no"], found["silent"]


def test_every_option_of_every_filter_of_the_map_gives_those_that_a_count_gives(
    browser: Browser, example_site: Path, counted: Counted
) -> None:
    with opened(browser, example_site, "map", ".map.live") as page:
        options: dict[str, list[str]] = page.evaluate(OPTIONS)
        assert {name: len(values) for name, values in options.items()} == {
            "policy_areas": 20, "roles": 8, "activities": 7, "size": 5, "answer": 85, "at": 33,
        }  # fmt: skip
        alone = [{name: value} for name, values in options.items() for value in values]
        pairs = [
            {a: x, b: y} for (a, xs), (b, ys) in combinations(options.items(), 2) for x in xs for y in ys
        ]  # every eleventh: 11 divides the number of options of no filter but one
        choices = [*alone, *pairs[::11]]
        for choice, (listed, dots, silent, said) in zip(choices, page.evaluate(FILTER, choices), strict=True):
            yes, no, unsaid = filtered(counted, choice)
            assert (listed, dots, silent) == (yes, yes, unsaid), choice
            of = len(yes) + len(no)
            asks = [name for name in choice if name != "at"]
            expected = [len(yes), of] if asks and (of or not unsaid) else [] if asks else [len(yes)]
            if [*choice] == asks and len(asks) == 1 and asks != ["size"] and of >= 10:
                expected.append(per_cent(len(yes), of))
            expected += [len(unsaid)] if unsaid else []
            assert numbers(said) == sorted(expected), (choice, said)


EXPLORE = """async ([question, edition, by]) => {
  const { question: questions, edition: editions, by: groupings } = document.querySelector(".filters").elements;
  for (const [select, value] of [[questions, question], [editions, edition], [groupings, by]]) {
    if ([...select.options].find((one) => one.value === value).disabled) return null;
    if (select.value === value) continue;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await cityfolio.load(document.getElementById("explore").dataset.data, `explore/${question}`);
    await new Promise((next) => setTimeout(next));
  }
  return [...document.querySelectorAll(".explored a[data-fact]")].map((one) => {
    const cell = one.closest("td > div") ?? one.closest("td"), wave = cell.querySelector("small.wave")?.textContent ?? "";
    return [one.dataset.fact, cell.textContent.slice(wave.length), one.textContent];
  });
}"""
SHARES = {"share", "share_within", "share_earlier", "share_later"} | {
    f"share_of_matched_{at}er" for at in ("earli", "lat")
}
FIGURES = {"smallest", "first_quartile", "median", "mean", "third_quartile", "largest", "sum"}


def test_exploring_shows_every_share_and_figure_of_every_view(
    browser: Browser, example_site: Path, counted: Counted
) -> None:
    views: dict[tuple[str, str, str], set[str]] = {}
    for name, fact in counted.facts.items():
        if fact["source"] == "responses" and fact["measure"] in SHARES | FIGURES:
            by = "" if fact["group"] == "all" else fact["group"].split(":")[0]
            views.setdefault((fact["variable"], fact["edition"], by), set()).add(name)
    with opened(browser, example_site, "explore", ".explored table") as page:
        choices = page.locator(".filters select").evaluate_all(
            "(all) => all.map((s) => [...s.options].map((o) => o.value))"
        )
        seen = set()
        for view in [(q, e, b) for q in choices[0] for e in choices[1] for b in choices[2]]:
            shown = page.evaluate(EXPLORE, list(view))
            assert {name for name, *_ in shown or []} == views.get(view, set()), view
            seen.add(view)
            for name, text, number in shown or []:
                assert shown_as(counted.facts[name], text, number), (view, name, text)
        assert set(views) <= seen


def shown_as(fact: Mapping[str, str], text: str, number: str) -> bool:
    """Whether a cell tells its fact: number and base, and the share unless the base is thin."""
    base = int(fact["base"])
    if fact["measure"] in FIGURES:
        value = float(fact["value"])
        decimals = 0 if value >= 1000 else 1 if value >= 100 else 2
        everybody = base + sum(int(fact[reason]) for reason in REASONS)
        near = abs(float(number.replace(",", "")) - value) <= 0.5000001 * 10**-decimals
        return near and numbers(text[len(number) :]) == [base, everybody]
    part = int(fact["numerator"])
    return numbers(text) == sorted([part, base] + ([per_cent(part, base)] if base >= 10 else []))


COMPARE = """async (sets) => {
  const form = document.querySelector(".picker"), pick = document.getElementById("pick"), found = [];
  const { data } = document.getElementById("compare").dataset;
  for (const set of sets) {
    while (form.querySelector(".chosen button")) form.querySelector(".chosen button").click();
    for (const id of set) { pick.value = id; form.requestSubmit(); }
    for (const id of set) await cityfolio.load(id.startsWith("groups/") ? `${data}groups/` : data, `compare/${id}`);
    for (const _ of Array(2)) await new Promise((next) => setTimeout(next));
    found.push(Object.fromEntries([...document.querySelectorAll(".result h3 a")].map((title) => [
      title.getAttribute("href").split("/").at(-2),
      [...title.closest("div").querySelectorAll("tbody tr")].map((row) =>
        [...row.children].map((cell) => [cell.className, cell.textContent])),
    ])));
  }
  return found;
}"""


def test_every_city_is_compared_with_its_groups_and_the_next_city_as_a_count_compares_them(
    browser: Browser, example_site: Path, counted: Counted
) -> None:
    labels: dict[str, dict[str, str]] = {}
    for wave in ("2018", "2020"):
        for name, question in questions_of(EXAMPLE, wave).items():
            labels.setdefault(name, {}).update({c["label"]: c["code"] for c in question.get("categories", ())})
    cities = list(counted.units)
    sets = []
    for city, other in zip(cities, [*cities[1:], cities[0]], strict=True):
        row, size = counted.units[city], counted.size(city)
        groups = [
            f"continent-{row['continent']}",
            f"country-{row['country_iso3']}",
            *([f"size-{size}"] if size else []),
        ]
        sets.append([city, other, *(f"groups/{group}" for group in groups)])
    with opened(browser, example_site, "compare", ".picker:not([hidden])") as page:
        for chosen, tables in zip(sets, page.evaluate(COMPARE, sets), strict=True):
            assert tables
            for variable, rows in tables.items():
                for label, mark, *cells in rows:
                    code = labels[variable].get(label[1])
                    if code is not None:  # the last rows hold own words
                        compared_as(counted, chosen, (variable, code), mark, cells)


def compared_as(
    counted: Counted, chosen: Sequence[str], asked: tuple[str, str], mark: Sequence[str], cells: Sequence[Any]
) -> None:
    """A row says of each city and group what a count says, and whether the cities agree."""
    variable, code = asked
    said = [counted.says(unit, variable, code) for unit in chosen[:2]]
    assert [cell[0] for cell in cells[:2]] == [{True: "yes", False: "no", None: "absent"}[one] for one in said], asked
    assert mark[0] == ("" if None in said else "same" if said[0] == said[1] else "different"), (chosen, asked)
    for group, (_, text) in zip(chosen[2:], cells[2:], strict=True):
        fact = counted.facts.get(f"2018-2020.{variable}.{code}.{group[7:].replace('-', ':', 1)}.share")
        assert shown_as(fact, text, "") if fact else text == "no answer", (chosen, asked, text)
