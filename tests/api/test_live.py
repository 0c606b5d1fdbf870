"""The live API over HTTP: the same numbers as the file, filters, pages, tags, problems."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from cityfolio.api.answers import KeptAnswers, finished
from cityfolio.api.resources import fact_resource
from cityfolio.publish.dataset import Dataset


def get(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The answer to one request: status, headers, content."""
    try:
        with urlopen(Request(address, headers=headers)) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as refused:
        return refused.code, dict(refused.headers), refused.read()


def test_all_pages_together_are_all_facts_in_their_order(served: str, small_dataset: Dataset) -> None:
    found: list[object] = []
    following: str | None = "/api/v1/facts?limit=7"
    while following:
        page = json.loads(get(served + following)[2])
        found += page["facts"]
        following = page.get("next")
    assert found == json.loads(json.dumps([fact_resource(fact) for fact in small_dataset.facts]))


def test_filters_keep_exactly_the_facts_that_fit_all_of_them(served: str, small_dataset: Dataset) -> None:
    page = json.loads(get(f"{served}/api/v1/facts?variable=has_plan&measure=share&group=all&limit=1000")[2])
    wanted = [
        fact.id
        for fact in small_dataset.facts
        if (fact.key.variable, fact.key.measure, fact.key.group.id) == ("has_plan", "share", "all")
    ]
    assert [fact["fact"] for fact in page["facts"]] == wanted
    assert page["total"] == len(wanted)


def test_an_answer_that_did_not_change_is_not_sent_again(served: str) -> None:
    address = f"{served}/api/v1/facts?variable=has_plan"
    _, headers, _ = get(address)
    status, _, content = get(address, **{"If-None-Match": headers["etag"]})
    assert (status, content) == (304, b"")


def test_other_sites_may_read_it(served: str) -> None:
    assert get(f"{served}/api/v1/units")[1]["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/facts?varable=x", 400, 'There is no parameter "varable". Did you mean "variable"?'),
        ("/api/v1/facts?limit=0", 400, '"limit" is a whole number from 1 to 1000, not "0".'),
        ("/api/v1/facts?limit=5&limit=6", 400, 'The parameter "limit" stands there twice; each may stand there once.'),
        ("/api/v1/facts/nothing", 404, 'There is no fact "nothing".'),
        ("/api/v1/variables/has_plann", 404, 'There is no variable "has_plann". Did you mean "has_plan"?'),
    ],
)
def test_a_question_that_cannot_be_answered_gets_a_problem_in_words(
    served: str, path: str, status: int, said: str
) -> None:
    answered, headers, content = get(served + path)
    assert (answered, headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(content)["detail"] == said


def test_an_empty_answer_says_why_it_is_empty(served: str) -> None:
    # ropensci/fingertipsR#129: an empty answer came without a message.
    assert json.loads(get(f"{served}/api/v1/facts?variable=has_plann&measure=share")[2]) == {
        "facts": [], "total": 0, "limit": 100, "offset": 0,
        "note": 'No fact has the variable "has_plann". Did you mean "has_plan"?',
    }  # fmt: skip
    both = json.loads(get(f"{served}/api/v1/facts?variable=has_plan&category=planting")[2])
    assert both["note"] == "There are facts for each of these filters, but none for all of them together."
    assert "note" not in json.loads(get(f"{served}/api/v1/facts?variable=has_plan")[2])


def test_the_service_keeps_to_its_description(served: str, tmp_path: Path) -> None:
    # The checker asks with values that fit the description and with values that do not.
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"{served}/api/openapi.json",
        "--max-examples", "15", "--seed", "7", "--phases", "examples,coverage,fuzzing",
    ]  # fmt: skip
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-6000:]


def asked(address: str, method: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The answer to a request by another method than GET."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(address, method=method, headers=named)) as answer:
            return answer.status, {n.lower(): v for n, v in answer.headers.items()}, answer.read()
    except HTTPError as refused:
        return refused.code, {n.lower(): v for n, v in refused.headers.items()}, refused.read()


def test_the_second_who_asks_gets_what_the_first_got(served: str) -> None:
    for address in (f"{served}/api/v1/facts?variable=has_plan&limit=3", f"{served}/api/v1/units", f"{served}/api/v1/"):
        first, second = get(address), get(address)
        del first[1]["date"], second[1]["date"]
        assert first == second


def test_a_head_says_how_long_the_content_is_and_sends_none(served: str) -> None:
    address = f"{served}/api/v1/variables"
    _, headers, content = get(address)
    status, alone, nothing = asked(address, "HEAD")
    assert (status, nothing, alone["etag"]) == (200, b"", headers["etag"])
    assert alone["content-length"] == str(len(content))


def test_a_browser_may_ask_for_other_sites_whether_an_answer_changed(served: str) -> None:
    status, headers, _ = asked(
        f"{served}/api/v1/facts", "OPTIONS", Origin="https://example.org",
        Access_Control_Request_Method="GET", Access_Control_Request_Headers="if-none-match",
    )  # fmt: skip
    assert (status, headers["access-control-allow-origin"], headers["access-control-allow-headers"]) == (
        204, "*", "If-None-Match",
    )  # fmt: skip
    assert get(f"{served}/api/v1/facts")[1]["access-control-expose-headers"] == "ETag"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(served: str, method: str) -> None:
    status, headers, content = asked(f"{served}/api/v1/facts", method)
    assert (status, headers["content-type"]) == (405, "application/problem+json")
    assert json.loads(content)["title"] == "Only reading is possible"


def test_kept_answers_never_grow_past_their_bounds_and_the_least_asked_for_go_first() -> None:
    kept = KeptAnswers(most_answers=3, most_bytes=1000)
    for number in range(20):
        kept.keep((f"/{number}", b""), finished(b"x" * 100))
        assert kept.find(("/0", b"")) is not None  # asked for each time, so it stays
    assert [n for n in range(20) if kept.find((f"/{n}", b"")) is not None] == [0, 18, 19]
    kept.keep(("/large", b""), finished(b"x" * 900))
    assert kept.bytes <= 1000
    kept.keep(("/too large", b""), finished(b"x" * 2000))
    assert (kept.bytes, kept.find(("/too large", b""))) == (0, None)
