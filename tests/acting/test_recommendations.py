"""Recommendations: by tag on their page, on the pages of the units whose answers suggest them, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cityfolio.site.audit import audit
from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder

from .conftest import card


def page_of(site: Path, name: str) -> str:
    return (site / name / "index.html").read_text("utf-8")


def suggested(site: Path, unit: str) -> list[tuple[str, str]]:
    document = json.loads((site / "cities" / f"{unit}.json").read_text("utf-8"))
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    return [
        (item["id"], "".join(run["text"] for run in item["because"]))
        for block in blocks
        if block["kind"] == "recommendations"
        for item in block["items"]
    ]


def test_a_unit_is_shown_what_its_answers_suggest_with_the_reason(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.build(tmp_path / "site")
    assert suggested(tmp_path / "site", "birch-aa") == [("plan-first", "Answers of 2022 – Tree plan: “No plan”.")]
    # Alder maps its trees; whether Cedar does is not on record, and what is not on record suggests nothing.
    assert suggested(tmp_path / "site", "alder-aa") == []
    assert suggested(tmp_path / "site", "cedar-bb") == []
    assert 'href="../../act/index.html#card-plan-first"' in page_of(tmp_path / "site", "cities/birch-aa")
    assert "<h2>Next</h2>" not in page_of(tmp_path / "site", "cities/alder-aa")
    assert audit(tmp_path / "site") == []


def test_three_at_most_and_those_that_look_at_more_answers_first(acting: ProgrammeFolder, tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        acting.write(f"recommendations/{name}.md", card(f"Card {name}", "when: {has_plan: 'no'}\n"))
    close = "when: {has_plan: 'no', population: answered}\n"
    acting.write("recommendations/z.md", card("Card z", close))
    acting.build(tmp_path / "site")
    assert [name for name, _ in suggested(tmp_path / "site", "birch-aa")] == ["z", "a", "b"]
    acting.swap("profile.yml", "title: Suggested}", "title: Suggested, most: 1}")
    acting.build(tmp_path / "site")
    assert [name for name, _ in suggested(tmp_path / "site", "birch-aa")] == ["z"]


def test_a_card_stands_once_under_its_first_tag_and_the_others_point_to_it(
    acting: ProgrammeFolder, tmp_path: Path
) -> None:
    acting.build(tmp_path / "site")
    html = page_of(tmp_path / "site", "act")
    assert html.count('id="card-plan-first"') == 1
    assert '<a href="#card-plan-first">Plan first</a>' in html
    lines = read_text_of(html).lines
    at = {line: number for number, line in enumerate(lines)}
    assert at["### Planning"] < at["#### Plan first"] < at["### Planting"] < at["#### Map them"] < at["## Money"]
    assert '<a href="../variables/has_plan/index.html">Tree plan</a>' in html


def test_a_draft_is_not_shown_and_told_about(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.swap("recommendations/plan-first.md", "format: 1", "format: 1\nstate: draft")
    assert [str(f.at) for f in acting.coded("editorial.draft")] == ["recommendations/plan-first.md"]
    acting.build(tmp_path / "site")
    assert "Plan first" not in page_of(tmp_path / "site", "act")
    assert suggested(tmp_path / "site", "birch-aa") == []


def test_markup_of_a_card_is_made_safe(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.write("recommendations/rest.md", card("<b>Rest</b>", "tags: [funds]\n", "*Rest* <script>alert(1)</script>"))
    assert [(str(f.at), f.facts["got"]) for f in acting.coded("editorial.unsafe-html")] == [
        ("recommendations/rest.md, line 8, column 8", "<script>")
    ]
    acting.build(tmp_path / "site")
    html = page_of(tmp_path / "site", "act")
    assert "<script>" not in html
    assert "&lt;b&gt;Rest&lt;/b&gt;" in html
    assert "<em>Rest</em>" in html


def test_without_cards_there_is_no_page(acting: ProgrammeFolder, tmp_path: Path) -> None:
    for file in (acting.path / "recommendations").iterdir():
        file.unlink()
    acting.build(tmp_path / "site")
    assert not (tmp_path / "site" / "act").exists()


@pytest.mark.parametrize(
    ("file", "content", "code", "at", "says"),
    [
        (
            "recommendations/a.md",
            card("A", "tags: [plantin]\n"),
            "programme.unknown-name",
            "line 5",
            'The tag "plantin"',
        ),
        (
            "recommendations/a.md",
            card("A", "variables: [had_plan]\n"),
            "programme.unknown-name",
            "line 5",
            'The variable "had_plan" is not known here (did you mean "has_plan"?)',
        ),
        ("recommendations/a.md", card("A", "when: {has_plan: maybe}\n"), "programme.unknown-name", "line 5", "maybe"),
        ("recommendations/a b.md", card("A"), "programme.unsafe-id", "recommendations/a b.md", '"a b"'),
        ("recommendations/a.md", "Only text.\n", "file.no-head", "recommendations/a.md", "format and title"),
        ("act.yml", "format: 1\nfamilies: [{id: a, title: A, tags: []}]\n", "yaml.unexpected", "line 2", "tags"),
        (
            "act.yml",
            "format: 1\nfamilies: [{id: a, title: A, tags: [{id: b, title: B}, {id: b, title: C}]}]\n",
            "programme.doubled-id",
            "line 2",
            'The tag "b" is defined twice',
        ),
        ("act.yml", "", "file.empty", "act.yml", "empty"),
        ("profile.yml", "", "file.empty", "profile.yml", "empty"),
    ],
)
def test_a_mistake_is_found_where_it_stands(
    acting: ProgrammeFolder, file: str, content: str, code: str, at: str, says: str
) -> None:
    acting.write(file, content)
    found = [f for f in acting.coded(code) if says in f.message]
    assert found, [(f.code, str(f.at), f.message) for f in acting.findings()]
    assert at in str(found[0].at)
    assert found[0].blocks


def test_more_than_three_of_a_block_are_refused(acting: ProgrammeFolder) -> None:
    acting.swap("profile.yml", "title: Suggested}", "title: Suggested, most: 4}")
    assert [f.blocks for f in acting.coded("yaml.unexpected")] == [True]


def test_recommendations_without_act_yml_say_what_they_need(acting: ProgrammeFolder) -> None:
    (acting.path / "act.yml").unlink()
    (finding,) = acting.coded("file.missing")
    assert (str(finding.at), "tags" in finding.why) == ("act.yml", True)


@pytest.mark.browser
def test_tags_filter_and_the_address_keeps_the_choice(
    acting: ProgrammeFolder, tmp_path: Path, browser: Browser
) -> None:
    acting.build(tmp_path / "site")
    address = (tmp_path / "site" / "act" / "index.html").as_uri()
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    titles = page.locator(".card h4:visible")
    assert titles.all_inner_texts() == ["Plan first", "Map them", "Rest"]
    page.locator('.tag-filter a[data-tag="funds"]').focus()
    page.keyboard.press("Enter")
    assert page.url == f"{address}?tag=funds"
    assert titles.all_inner_texts() == ["Rest"]
    expect(page.get_by_role("status")).to_have_text("1 of 3 recommendations")
    assert page.evaluate("document.activeElement.dataset.tag") == "funds"
    page.locator('.tag-filter a[data-tag="planning"]').click()
    assert page.url == f"{address}?tag=funds,planning"
    assert titles.all_inner_texts() == ["Plan first", "Rest"]
    page.go_back()
    assert titles.all_inner_texts() == ["Rest"]
    page.goto(f"{address}?tag=planting,<script>")
    assert titles.all_inner_texts() == ["Plan first", "Map them"]
    page.locator('.tag-filter a[data-tag="planting"]').click()
    assert page.url == address
    context.close()


@pytest.mark.browser
def test_without_script_a_tag_leads_to_its_section(acting: ProgrammeFolder, tmp_path: Path, browser: Browser) -> None:
    acting.build(tmp_path / "site")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "site" / "act" / "index.html").as_uri())
    page.get_by_role("navigation", name="Tags").get_by_role("link", name="Planting").click()
    assert page.url.endswith("#tag-planting")
    assert page.locator(".card:visible").count() == 3
    context.close()
