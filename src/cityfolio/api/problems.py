"""Problem details (RFC 9457): what is wrong with a request, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic_core import to_json
from starlette.responses import Response

from cityfolio.api.answers import OPEN

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    from cityfolio.api.queries import BadQuery

__all__ = ["bad_query", "refused"]

_TITLES = {400: "The question cannot be answered", 404: "Not found", 405: "Only reading is possible"}


async def refused(_request: Request, problem: HTTPException) -> Response:
    """The answer to a request for what is not there, or by a method that is not possible."""
    return _problem(problem.status_code, problem.detail, dict(problem.headers or {}))


async def bad_query(_request: Request, problem: BadQuery) -> Response:
    """The answer to a question that cannot be answered."""
    return _problem(400, str(problem), {})


def _problem(status: int, detail: str, headers: Mapping[str, str]) -> Response:
    title = _TITLES.get(status, "Something is wrong")
    content = to_json({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(content, status, {**OPEN, **headers}, media_type="application/problem+json")
