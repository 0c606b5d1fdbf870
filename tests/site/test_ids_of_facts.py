"""Ids of facts on a phone: a line breaks between their parts, and what is copied is the id."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser

# Every id of the page as it is copied, and the ends of its lines that are within it.
LINES = """() => [...document.querySelectorAll(".sums p[id] code")].map((code) => {
  const ends = [];
  let before = null, said = "";
  const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (let at = 0; at < walk.currentNode.length; at += 1) {
    const range = document.createRange();
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + 1);
    const { top } = range.getBoundingClientRect();
    if (before !== null && top > before + 4) ends.push(said.at(-1));
    before = top;
    said += walk.currentNode.data[at];
  }
  return [code.textContent, ends.join("")];
})"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("question", ["policy_areas", "data_sufficient"])
def test_ids_break_between_their_parts_and_are_copied_whole(
    browser: Browser, example_site: Path, question: str, width: int
) -> None:
    with (example_site / "data" / "facts.csv").open(encoding="utf-8", newline="") as file:
        known = {row["fact"] for row in csv.DictReader(file)}
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        page.goto((example_site / "facts" / "2018-2020" / question / "index.html").as_uri())
        ids = page.evaluate(LINES)
    finally:
        page.close()
    assert len(ids) > 200
    assert {fact for fact, _ in ids} <= known
    ends = {end for _, ends in ids for end in ends}
    # A browser also breaks after the hyphen of an edition, as in any text.
    assert {"."} <= ends <= {".", ":", "_", "-"}
