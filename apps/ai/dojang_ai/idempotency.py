"""The same request again gets the same answer: while it is being made, and later as long as there is room to keep it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .problems import Problem

MIB = 1024 * 1024


@dataclass(frozen=True)
class _Entry:
    digest: str
    answer: bytes
    refusal: Problem | None = None


@dataclass(frozen=True)
class _Begun:
    digest: str
    task: asyncio.Task[bytes]


class ResponseCache:
    """Answers by the id of their request, and refusals that are about the content (422): the same content would be refused again.

    Other failures are not kept, so that a later try can succeed.
    """

    def __init__(self, max_bytes: int = 64 * MIB, max_entries: int = 1_000) -> None:
        self._max_entries = max_entries
        self._kept: OrderedDict[str, _Entry] = OrderedDict()
        self._begun: dict[str, _Begun] = {}
        self._bytes = 0
        self._max_bytes = max_bytes

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def answer(self, request_id: str, digest: str, make: Callable[[], Awaitable[bytes]]) -> tuple[Awaitable[bytes], bool]:
        """The answer to come, and whether making it begins now.

        It is completed even if no client waits any more.

        :raises Problem: 409 when the id was used for other content
        """
        kept = self._kept.get(request_id)
        # The id of a refused request may be used again for content that was put right.
        if kept and not (kept.refusal and kept.digest != digest):
            _same(request_id, kept.digest, digest)
            self._kept.move_to_end(request_id)
            return _ready(kept), False
        if begun := self._begun.get(request_id):
            _same(request_id, begun.digest, digest)
            return asyncio.shield(begun.task), False
        task = asyncio.ensure_future(self._make(request_id, digest, make))
        task.add_done_callback(_seen)
        self._begun[request_id] = _Begun(digest, task)
        return asyncio.shield(task), True

    async def _make(self, request_id: str, digest: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        try:
            answer = await make()
            self._keep(request_id, _Entry(digest, answer))
            return answer
        except Problem as problem:
            if problem.status == 422:
                self._keep(request_id, _Entry(digest, b"", problem.afresh()))
            raise
        finally:
            del self._begun[request_id]

    def _keep(self, request_id: str, entry: _Entry) -> None:
        if before := self._kept.pop(request_id, None):
            self._bytes -= len(before.answer)
        self._kept[request_id] = entry
        self._bytes += len(entry.answer)
        while self._bytes > self._max_bytes or len(self._kept) > self._max_entries:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.answer)


def _same(request_id: str, known: str, given: str) -> None:
    if known != given:
        raise Problem(409, f"requestId {request_id} was used for other content")


async def _ready(entry: _Entry) -> bytes:
    if entry.refusal:
        raise entry.refusal.afresh()
    return entry.answer


def _seen(task: asyncio.Task[bytes]) -> None:
    """Retrieves the exception: if the client has left, asyncio would warn that nothing did."""
    if not task.cancelled():
        task.exception()
