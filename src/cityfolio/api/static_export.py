"""The API as static files: every resource at an address of its own, found from one index."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import to_json

from cityfolio.api.openapi import static_description
from cityfolio.api.resources import VERSION, Resource, Resources, fact_resource
from cityfolio.publish.dataset import Dataset

__all__ = ["static_api"]


def static_api(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The files below the site, in a fixed order: `api/v1/index.json` leads to all others."""
    resources = Resources(dataset)
    for path, content in _resources(resources):
        yield f"api/{VERSION}/{path}", to_json(content) + b"\n"
    yield "api/openapi.json", to_json(static_description(resources), indent=1) + b"\n"


def _resources(resources: Resources) -> Iterator[tuple[str, Resource]]:
    pages = list(resources.by_page())
    kinds = ("units", "variables", "editions", "groups", "facts")
    links = {kind: {"href": f"{kind}/index.json"} for kind in kinds}
    yield "index.json", {**resources.about, "links": {**links, "description": {"href": "../openapi.json"}}}
    yield "units/index.json", {"units": [_linked(u, "unit") for u in resources.units.values()]}
    for unit, resource in resources.units.items():
        yield f"units/{unit}.json", resource
    yield "variables/index.json", {"variables": [_named(v) for v in resources.variables.values()]}
    for variable, resource in resources.variables.items():
        yield f"variables/{variable}.json", resource
    yield "editions/index.json", {"editions": resources.editions}
    yield "groups/index.json", {"groups": resources.groups}
    listed: list[Resource] = [
        {"edition": edition, "variable": variable, "facts": len(facts), "href": f"{edition}/{variable}.json"}
        for edition, variable, facts in pages
    ]
    yield "facts/index.json", {"pages": listed}
    for edition, variable, facts in pages:
        yield f"facts/{edition}/{variable}.json", {"facts": [fact_resource(fact) for fact in facts]}


def _linked(resource: Resource, name: str) -> Resource:
    return {**resource, "href": f"{resource[name]}.json"}


def _named(variable: Resource) -> Resource:
    return {name: variable[name] for name in ("variable", "label", "kind", "waves")} | {
        "href": f"{variable['variable']}.json"
    }
