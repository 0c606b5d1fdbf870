"""An edit that cannot be built while `cityfolio serve` runs: the terminal and the page in the browser say what is wrong."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_command_line import served
from tests.journeys.test_serving_the_api import served as served_with_api
from tests.programmes import ProgrammeFolder

SOON = 60.0  # a busy machine builds slowly
SAID = 'responses/2024.csv, line 2, column has_plan: "perhaps" is no category of has_plan'


@pytest.mark.browser
@pytest.mark.parametrize("serving", [served, served_with_api])
def test_a_page_says_which_finding_keeps_the_latest_edit_from_being_shown(
    browser: Browser, small: ProgrammeFolder, serving: Callable[..., object]
) -> None:
    with serving(small.path) as (address, process):  # type: ignore[attr-defined]
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            for line in process.stdout:
                lines.put(line)

        threading.Thread(target=read, daemon=True).start()

        def wait_for_line(words: str) -> None:
            end = time.monotonic() + SOON
            while words not in lines.get(timeout=max(0.1, end - time.monotonic())):
                pass

        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(f"{address}cities/alder-aa/")
        trouble = page.get_by_role("alert")
        expect(page.get_by_role("heading", level=1)).to_have_text("Alder")
        expect(trouble).to_have_count(0)

        small.swap("responses/2024.csv", "125000,yes", "125000,perhaps")
        wait_for_line(SAID)
        wait_for_line("The last good build stays up.")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Alder")
        expect(trouble).to_contain_text("Your latest change is not shown here. The last good build stays up.")
        expect(trouble.get_by_role("listitem")).to_contain_text([SAID])
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        # Other pages and the home page say it too; what is no page stays what it is.
        page.goto(address)
        expect(trouble).to_have_count(1)
        assert "perhaps" not in page.request.get(f"{address}data/facts.csv").text()

        small.swap("responses/2024.csv", "125000,perhaps", "125000,no")
        wait_for_line("Built")
        page.goto(f"{address}cities/alder-aa/")
        expect(trouble).to_have_count(0)
        expect(page.get_by_text("has no plan for its trees").first).to_be_visible()
        page.close()
