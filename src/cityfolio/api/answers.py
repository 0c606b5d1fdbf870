"""Finished answers, kept by the address that asked for them, so that the next who asks is answered without work."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from starlette.types import Send

__all__ = ["OPEN", "Address", "FinishedAnswer", "KeptAnswers", "finished"]

Address: TypeAlias = "tuple[str, bytes]"

# Other sites may read all of it, and may ask whether it changed.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "X-Content-Type-Options": "nosniff",
}
_KEEP_FOR = {"Cache-Control": "public, max-age=300"}
_MOST_ANSWERS = 4096
_MOST_BYTES = 64 * 2**20


class FinishedAnswer(NamedTuple):
    """An answer as it goes out: its content, the tag of that content, and the headers with it and without it."""

    content: bytes
    tag: bytes
    headers: list[tuple[bytes, bytes]]
    headers_alone: list[tuple[bytes, bytes]]

    async def send(self, send: Send, known: bytes, *, with_content: bool = True) -> None:
        """Send it; `known` are the tags that the asker has: to one who has this content, only that it is the same."""
        if self.tag in known:
            await send({"type": "http.response.start", "status": 304, "headers": self.headers_alone})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.content if with_content else b""})


def finished(content: bytes) -> FinishedAnswer:
    """The answer with this content, which is JSON.

    >>> answer = finished(b"{}")
    >>> answer.tag, answer.headers[-1]
    (b'"44136fa355b3678a1146"', (b'content-length', b'2'))
    """
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    alone = _raw({**OPEN, **_KEEP_FOR, "ETag": tag})
    more = _raw({"Content-Type": "application/json", "Content-Length": str(len(content))})
    return FinishedAnswer(content, tag.encode(), [*alone, *more], alone)


class KeptAnswers:
    """Answers by address; the least asked for go first, so that neither their number nor their bytes grow past a bound.

    >>> kept = KeptAnswers(most_bytes=8)
    >>> kept.keep(("/a", b""), finished(b"[1, 2]"))
    >>> kept.keep(("/b", b""), finished(b"[3]"))
    >>> kept.find(("/a", b"")) is None, kept.bytes
    (True, 3)
    """

    def __init__(self, most_answers: int = _MOST_ANSWERS, most_bytes: int = _MOST_BYTES) -> None:
        self._most_answers, self._most_bytes = most_answers, most_bytes
        self._answers: OrderedDict[Address, FinishedAnswer] = OrderedDict()
        self.bytes = 0

    def find(self, address: Address) -> FinishedAnswer | None:
        """The answer that was given at this address, if it is still kept."""
        answer = self._answers.get(address)
        if answer is not None:
            self._answers.move_to_end(address)
        return answer

    def keep(self, address: Address, answer: FinishedAnswer) -> None:
        """Keep an answer that is not kept yet."""
        self._answers[address] = answer
        self.bytes += len(answer.content)
        while self._answers and (len(self._answers) > self._most_answers or self.bytes > self._most_bytes):
            _, dropped = self._answers.popitem(last=False)
            self.bytes -= len(dropped.content)


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
