"""The API as files: everything is found from one index, and holds the facts of facts.csv."""

from __future__ import annotations

import json
import posixpath
import re

import jsonschema
from openapi_spec_validator import validate

from cityfolio.api.openapi import live_description
from cityfolio.api.resources import Resources, fact_resource
from cityfolio.api.static_export import static_api
from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.publish.dataset import Dataset


def test_every_file_is_reached_from_the_index_and_every_link_leads_to_a_file(small_dataset: Dataset) -> None:
    files = dict(static_api(small_dataset))
    reached, waiting = set(), ["api/v1/index.json"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [
                posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
                for href in links(json.loads(files[path]))
            ]
    assert reached == set(files)


def links(content: object) -> list[str]:
    """Every `href` in a resource."""
    if isinstance(content, list):
        return [href for part in content for href in links(part)]
    if not isinstance(content, dict):
        return []
    own = [str(content["href"])] if "href" in content else []
    return own + [href for part in content.values() for href in links(part)]


def test_the_pages_of_facts_hold_every_fact_once(small_dataset: Dataset) -> None:
    pages = [
        json.loads(content)
        for path, content in static_api(small_dataset)
        if path.startswith("api/v1/facts/") and "index" not in path
    ]
    assert sorted(fact["fact"] for page in pages for fact in page["facts"]) == sorted(
        fact.id for fact in small_dataset.facts
    )


def test_both_descriptions_are_valid_openapi(small_dataset: Dataset) -> None:
    validate(json.loads(dict(static_api(small_dataset))["api/openapi.json"]))
    validate(live_description(Resources(small_dataset)))


def test_every_file_is_what_the_description_says_of_its_address(small_dataset: Dataset) -> None:
    files = dict(static_api(small_dataset))
    description = json.loads(files.pop("api/openapi.json"))
    patterns = {
        re.compile(re.sub(r"\{\w+\}", "[^/]+", path)): operation["get"]
        for path, operation in description["paths"].items()
    }
    # "index" is also a name that an open place in a path would take, so the path with fewest open places is meant.
    for path, content in files.items():
        address = path.removeprefix("api/v1")
        (operation,) = [
            one for pattern, one in sorted(patterns.items(), key=_names, reverse=True) if pattern.fullmatch(address)
        ][:1]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": description["components"]}
        assert list(jsonschema.Draft202012Validator(whole).iter_errors(json.loads(content))) == [], path


def _names(pattern: tuple[re.Pattern[str], object]) -> int:
    return -pattern[0].pattern.count("[^/]+")


def test_a_withheld_number_says_its_reason_in_the_api() -> None:
    key = FactKey("2020", "team", "yes", ALL, "share")
    withheld = fact_resource(Fact(key, None, Base(40), None, withheld="minimum_numerator"))
    assert withheld["withheld"] == "minimum_numerator"
    assert {"value", "numerator"} & set(withheld) == set()
    assert "withheld" not in fact_resource(Fact(key, 20, Base(40), 0.5))
