"""The live API: the resources of a dataset over HTTP, read-only, with filters, paging, ETag, CORS and limits."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount, Route

from cityfolio.api.openapi import live_description
from cityfolio.api.queries import BadQuery, FactIndex, FactQuery, read_query
from cityfolio.api.resources import VERSION, Resource, Resources, fact_resource
from cityfolio.formatting import did_you_mean

if TYPE_CHECKING:
    from starlette.requests import Request

    from cityfolio.publish.dataset import Dataset

__all__ = ["make_app"]

_ROOT = f"/api/{VERSION}"
_LONGEST_ADDRESS = 2000
_KEPT_ANSWERS = 4096
_OPEN = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


def make_app(dataset: Dataset) -> Starlette:
    """The application. It reads the dataset and nothing else: no file, no database, nothing to write to."""
    service = _Service(Resources(dataset))
    routes = [
        Route("/", service.index),
        Route("/units", service.units),
        Route("/units/{unit}", service.unit),
        Route("/variables", service.variables),
        Route("/variables/{variable}", service.variable),
        Route("/editions", service.editions),
        Route("/groups", service.groups),
        Route("/facts", service.facts),
        Route("/facts/{fact:path}", service.fact),
    ]
    handlers = {HTTPException: _refused, BadQuery: _bad_query}
    return Starlette(
        routes=[Route("/api/openapi.json", service.description), Mount(_ROOT, routes=routes)],
        exception_handlers=handlers,  # type: ignore[arg-type] # each handler takes its own kind of exception
    )


class _Service:
    """Answers requests. Answers are bytes made once and kept, the least asked for dropped first."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.index_of_facts = FactIndex(resources.facts)
        self.fact_bytes = [to_json(fact_resource(fact)) for fact in resources.facts]
        self.place_of = {fact.id: place for place, fact in enumerate(resources.facts)}
        self._kept: OrderedDict[object, tuple[bytes, str]] = OrderedDict()

    async def index(self, request: Request) -> Response:
        kinds = ("units", "variables", "editions", "groups", "facts")
        links = {kind: {"href": f"{_ROOT}/{kind}"} for kind in kinds}
        content = {**self.resources.about, "links": {**links, "description": {"href": "/api/openapi.json"}}}
        return self._answer(request, "index", lambda: to_json(content))

    async def description(self, request: Request) -> Response:
        return self._answer(request, "description", lambda: to_json(live_description(self.resources)))

    async def units(self, request: Request) -> Response:
        return self._answer(request, "units", lambda: to_json({"units": list(self.resources.units.values())}))

    async def unit(self, request: Request) -> Response:
        return self._one(request, "unit", self.resources.units)

    async def variables(self, request: Request) -> Response:
        return self._answer(
            request, "variables", lambda: to_json({"variables": list(self.resources.variables.values())})
        )

    async def variable(self, request: Request) -> Response:
        return self._one(request, "variable", self.resources.variables)

    async def editions(self, request: Request) -> Response:
        return self._answer(request, "editions", lambda: to_json({"editions": self.resources.editions}))

    async def groups(self, request: Request) -> Response:
        return self._answer(request, "groups", lambda: to_json({"groups": self.resources.groups}))

    async def facts(self, request: Request) -> Response:
        if len(request.url.query) > _LONGEST_ADDRESS:
            raise BadQuery(f"The address is longer than {_LONGEST_ADDRESS} characters.")
        query = read_query(request.query_params.multi_items())
        return self._answer(request, query, lambda: self._page(query))

    async def fact(self, request: Request) -> Response:
        wanted = request.path_params["fact"]
        place = self.place_of.get(wanted)
        if place is None:
            raise HTTPException(404, f'There is no fact "{wanted[:200]}".')
        return self._answer(request, ("fact", wanted), lambda: self.fact_bytes[place])

    def _one(self, request: Request, kind: str, known: Mapping[str, Resource]) -> Response:
        wanted = request.path_params[kind]
        found = known.get(wanted)
        if found is None:
            near = did_you_mean(wanted[:80], known)
            raise HTTPException(
                404, f'There is no {kind} "{wanted[:200]}".' + (f' Did you mean "{near}"?' if near else "")
            )
        return self._answer(request, (kind, wanted), lambda: to_json(found))

    def _page(self, query: FactQuery) -> bytes:
        places, total = self.index_of_facts.find(query)
        facts = b",".join(self.fact_bytes[place] for place in places)
        end = query.offset + len(places)
        told: Resource = {"total": total, "limit": query.limit, "offset": query.offset}
        if end < total:
            following = [*query.wanted, ("limit", str(query.limit)), ("offset", str(end))]
            told["next"] = f"{_ROOT}/facts?{urlencode(following)}"
        if not total:
            told["note"] = self.index_of_facts.why_none(query)
        return b'{"facts":[' + facts + b"]," + to_json(told)[1:]

    def _answer(self, request: Request, key: object, make: Callable[[], bytes]) -> Response:
        kept = self._kept.get(key)
        if kept is None:
            content = make()
            kept = content, f'"{hashlib.sha256(content).hexdigest()[:20]}"'
            self._kept[key] = kept
            if len(self._kept) > _KEPT_ANSWERS:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        content, tag = kept
        headers = {**_OPEN, "ETag": tag, "Cache-Control": "public, max-age=300"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="application/json", headers=headers)


async def _refused(_request: Request, problem: HTTPException) -> Response:
    return _problem(problem.status_code, problem.detail, dict(problem.headers or {}))


async def _bad_query(_request: Request, problem: BadQuery) -> Response:
    return _problem(400, str(problem), {})


_TITLES = {400: "The question cannot be answered", 404: "Not found", 405: "Only reading is possible"}


def _problem(status: int, detail: str, headers: dict[str, str]) -> Response:
    """Problem details (RFC 9457)."""
    title = _TITLES.get(status, "Something is wrong")
    content = to_json({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(content, status, {**_OPEN, **headers}, media_type="application/problem+json")
