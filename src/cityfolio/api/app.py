"""The live API: the resources of a dataset over HTTP, read-only, with filters, paging, ETag, CORS and limits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from cityfolio.api.answers import OPEN, KeptAnswers, finished
from cityfolio.api.openapi import live_description
from cityfolio.api.problems import bad_query, refused
from cityfolio.api.queries import BadQuery, FactIndex, FactQuery, read_query
from cityfolio.api.resources import VERSION, Resource, Resources, fact_resource
from cityfolio.formatting import did_you_mean

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from cityfolio.publish.dataset import Dataset

__all__ = ["Api"]

_ROOT = f"/api/{VERSION}"
_LONGEST_ADDRESS = 2000
_PREFLIGHT = {
    **OPEN,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Api:
    """The application (ASGI). It reads the dataset and nothing else: no file, no database, nothing to write to.

    An answer that is kept goes out before anything looks at the request beyond its address: data do not change while
    this application stands, so the same address has the same answer.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.kept = KeptAnswers()
        self._service = _Service(Resources(dataset))
        self._routed = Starlette(
            routes=[
                Route("/api/openapi.json", self._at(self._service.description)),
                Mount(_ROOT, routes=[Route(path, self._at(make)) for path, make in self._service.addresses.items()]),
            ],
            exception_handlers={HTTPException: refused, BadQuery: bad_query},  # type: ignore[dict-item] # each takes its own kind
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            if scope["method"] == "GET":
                answer = self.kept.find((scope["path"], scope["query_string"]))
                if answer is not None:
                    await answer.send(send, _known(scope))
                    return
            elif scope["method"] == "OPTIONS" and _asks_to_ask(scope):
                await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
                return
        await self._routed(scope, receive, send)

    def _at(self, make: Callable[[Request], bytes]) -> Callable[[Request], Awaitable[_Sending]]:
        async def endpoint(request: Request) -> _Sending:
            return _Sending(self.kept, make(request))

        return endpoint


class _Sending(Response):
    """Sends what was made, and keeps it for the next who asks."""

    def __init__(self, kept: KeptAnswers, made: bytes) -> None:
        self._kept, self._made = kept, made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = finished(self._made)
        is_get = scope["method"] == "GET"
        if is_get:
            self._kept.keep((scope["path"], scope["query_string"]), answer)
        await answer.send(send, _known(scope), with_content=is_get)


def _known(scope: Scope) -> bytes:
    return next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")


def _asks_to_ask(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])


class _Service:
    """The content of each address."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.index_of_facts = FactIndex(resources.facts)
        self.fact_bytes = [to_json(fact_resource(fact)) for fact in resources.facts]
        self.place_of = {fact.id: place for place, fact in enumerate(resources.facts)}
        self.addresses: Mapping[str, Callable[[Request], bytes]] = {
            "/": self.index,
            "/units": lambda _: to_json({"units": list(resources.units.values())}),
            "/units/{unit}": lambda request: _one(request, "unit", resources.units),
            "/variables": lambda _: to_json({"variables": list(resources.variables.values())}),
            "/variables/{variable}": lambda request: _one(request, "variable", resources.variables),
            "/editions": lambda _: to_json({"editions": resources.editions}),
            "/groups": lambda _: to_json({"groups": resources.groups}),
            "/facts": self.facts,
            "/facts/{fact:path}": self.fact,
        }

    def index(self, _request: Request) -> bytes:
        kinds = ("units", "variables", "editions", "groups", "facts")
        links = {kind: {"href": f"{_ROOT}/{kind}"} for kind in kinds}
        return to_json({**self.resources.about, "links": {**links, "description": {"href": "/api/openapi.json"}}})

    def description(self, _request: Request) -> bytes:
        return to_json(live_description(self.resources))

    def facts(self, request: Request) -> bytes:
        if len(request.url.query) > _LONGEST_ADDRESS:
            raise BadQuery(f"The address is longer than {_LONGEST_ADDRESS} characters.")
        return self._page(read_query(request.query_params.multi_items()))

    def fact(self, request: Request) -> bytes:
        wanted = request.path_params["fact"]
        place = self.place_of.get(wanted)
        if place is None:
            raise HTTPException(404, f'There is no fact "{wanted[:200]}".')
        return self.fact_bytes[place]

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


def _one(request: Request, kind: str, known: Mapping[str, Resource]) -> bytes:
    wanted = request.path_params[kind]
    found = known.get(wanted)
    if found is None:
        near = did_you_mean(wanted[:80], known)
        raise HTTPException(404, f'There is no {kind} "{wanted[:200]}".' + (f' Did you mean "{near}"?' if near else ""))
    return to_json(found)
