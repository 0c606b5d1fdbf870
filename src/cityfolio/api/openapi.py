"""The description of the API in OpenAPI 3.1: one for the static files, one for the live service."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.api.queries import FILTERS, LARGEST_PAGE, LONGEST_VALUE, USUAL_PAGE
from cityfolio.api.resources import VERSION, Resource, Resources
from cityfolio.model.missing import Missing

__all__ = ["live_description", "static_description"]

_JSON = "application/json"
_PROBLEM = "application/problem+json"


def static_description(resources: Resources) -> Resource:
    """The description of the static files."""
    fact_page: Resource = {"type": "object", "required": ["facts"], "properties": {"facts": _list_of("Fact")}}
    paths = {
        "index.json": _get("What there is", "index", _OBJECT),
        "units/index.json": _get("All units", "units", _list_in("units", "Unit")),
        "units/{unit}.json": _get("One unit", "unit", _ref("Unit"), _in_path("unit", list(resources.units))),
        "variables/index.json": _get("All variables", "variables", _list_in("variables", "VariableName")),
        "variables/{variable}.json": _get(
            "One variable", "variable", _ref("Variable"), _in_path("variable", list(resources.variables))
        ),
        "editions/index.json": _get("All editions", "editions", _list_in("editions", "Edition")),
        "groups/index.json": _get("All groups", "groups", _list_in("groups", "Group")),
        "facts/index.json": _get("All pages of facts", "factPages", _OBJECT),
        "facts/{edition}/{variable}.json": _get(
            "The facts about one variable in one edition",
            "facts",
            fact_page,
            _in_path("edition", sorted({edition for edition, _, _ in resources.by_page()})),
            _in_path("variable", sorted({variable for _, variable, _ in resources.by_page()})),
        ),
    }
    return _description(resources, {f"/{path}": operation for path, operation in paths.items()}, ".")


def live_description(resources: Resources) -> Resource:
    """The description of the live service: the same resources, and facts that can be filtered and paged."""
    asked = [
        _in_query(name, {"type": "string", "maxLength": LONGEST_VALUE}, meaning) for name, meaning in FILTERS.items()
    ]
    paging = [
        _in_query(
            "limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}, "Facts a page"
        ),
        _in_query(
            "offset",
            {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0},
            "Facts left out before the page",
        ),
    ]
    named = {"type": "string", "maxLength": 200}
    paths: Mapping[str, Resource] = {
        "/": _get("What there is", "index", _OBJECT),
        "/units": _get("All units", "units", _list_in("units", "Unit")),
        "/units/{unit}": _get("One unit", "unit", _ref("Unit"), _parameter("unit", named)),
        "/variables": _get("All variables", "variables", _list_in("variables", "VariableName")),
        "/variables/{variable}": _get("One variable", "variable", _ref("Variable"), _parameter("variable", named)),
        "/editions": _get("All editions", "editions", _list_in("editions", "Edition")),
        "/groups": _get("All groups", "groups", _list_in("groups", "Group")),
        "/facts": _get("Facts that fit the filters", "facts", _ref("FactPage"), *asked, *paging),
        "/facts/{fact}": _get(
            "One fact", "fact", _ref("Fact"), _parameter("fact", {"type": "string", "maxLength": 500})
        ),
    }
    return _description(resources, paths, "")


def _description(resources: Resources, paths: Mapping[str, Resource], server: str) -> Resource:
    dataset = resources.dataset
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{dataset.title}: facts",
            "summary": "Every number with its base.",
            "description": dataset.summary or dataset.title,
            "version": dataset.version or "0.0.0",
            **({"license": {"name": dataset.licence}} if dataset.licence else {}),
        },
        "servers": [{"url": f"{server}/{VERSION}" if server else f"/api/{VERSION}"}],
        "paths": paths,
        "components": {"schemas": _SCHEMAS},
    }


def _get(summary: str, operation: str, schema: Resource, *parameters: Resource) -> Resource:
    answers: dict[str, Resource] = {"200": {"description": summary, "content": {_JSON: {"schema": schema}}}}
    problem: Resource = {"description": "A problem, said in words", "content": {_PROBLEM: {"schema": _ref("Problem")}}}
    answers["default"] = problem
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            **({"parameters": list(parameters)} if parameters else {}),
            "responses": answers,
        }
    }


def _ref(name: str) -> Resource:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(name: str) -> Resource:
    return {"type": "array", "items": _ref(name)}


def _list_in(key: str, name: str) -> Resource:
    return {"type": "object", "required": [key], "properties": {key: _list_of(name)}}


def _parameter(name: str, schema: Resource) -> Resource:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_path(name: str, known: list[str]) -> Resource:
    return _parameter(name, {"type": "string", **({"enum": known} if known else {})})


def _in_query(name: str, schema: Resource, meaning: str) -> Resource:
    return {"name": name, "in": "query", "description": meaning, "schema": schema}


_OBJECT: Resource = {"type": "object"}
_TEXT: Resource = {"type": "string"}
_COUNT: Resource = {"type": "integer", "minimum": 0}
_TEXTS: Resource = {"type": "array", "items": {"type": "string"}}
_SCHEMAS: Resource = {
    "Fact": {
        "type": "object",
        "description": "A number that cannot exist without its base; published figures carry what their source prints.",
        "required": ["fact", "edition", "variable", "group", "measure", "source"],
        "properties": {
            **dict.fromkeys(
                ("fact", "edition", "variable", "category", "group", "measure", "source", "base_rule"), _TEXT
            ),
            "value": {"type": "number"},
            "numerator": _COUNT,
            "base": _COUNT,
            "left_out": {
                "type": "object",
                "properties": {reason.value: _COUNT for reason in Missing},
                "additionalProperties": False,
            },
            "withheld": {"type": "string", "description": "Why the number is withheld, if it is"},
            "note": _TEXT,
            "source_url": _TEXT,
        },
    },
    "FactPage": {
        "type": "object",
        "required": ["facts", "total", "limit", "offset"],
        "properties": {
            "facts": _list_of("Fact"),
            "total": _COUNT,
            "limit": _COUNT,
            "offset": _COUNT,
            "next": {"type": "string", "description": "The address of the next page, if there is one"},
            "note": {"type": "string", "description": "Why there is no fact, if there is none"},
        },
    },
    "Unit": {
        "type": "object",
        "required": ["unit", "name"],
        "properties": {"unit": _TEXT, "name": _TEXT, "waves": _TEXTS},
    },
    "VariableName": {
        "type": "object",
        "required": ["variable", "label", "kind", "waves"],
        "properties": {"variable": _TEXT, "label": _TEXT, "kind": _TEXT, "waves": _TEXTS},
    },
    "Variable": {
        "type": "object",
        "required": ["variable", "label", "kind", "waves", "categories"],
        "properties": {
            "variable": _TEXT,
            "label": _TEXT,
            "kind": _TEXT,
            "waves": _TEXTS,
            "categories": {"type": "array"},
        },
    },
    "Edition": {
        "type": "object",
        "required": ["edition", "waves", "rule"],
        "properties": {"edition": _TEXT, "title": _TEXT, "waves": _TEXTS, "rule": _TEXT},
    },
    "Group": {
        "type": "object",
        "required": ["group", "kind", "label"],
        "properties": {"group": _TEXT, "kind": _TEXT, "label": _TEXT},
    },
    "Problem": {
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail"],
        "properties": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
    },
}
