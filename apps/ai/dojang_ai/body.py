"""The body of a request, refused as soon as it is too large and before anything parses it."""

import asyncio
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request

from .problems import Problem

# Of our own nginx, which has the whole body before it asks.
BODY_SECONDS = 30


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The whole body.

    :raises Problem: 413 when it is larger, 408 when it does not come
    """
    try:
        return await asyncio.wait_for(_read(request, max_bytes), BODY_SECONDS)
    except asyncio.TimeoutError:
        raise Problem(408, f"the request did not come within {BODY_SECONDS} s") from None


async def _read(request: Request, max_bytes: int) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > max_bytes:
        raise await refused(request, max_bytes)
    body = bytearray()
    async for chunk in request.stream():
        if len(body) + len(chunk) > max_bytes:
            del body
            raise await refused(request, max_bytes)
        body += chunk
    return bytes(body)


async def refused(request: Request, max_bytes: int) -> Problem:
    """The refusal of a body that is too large."""
    await drain(request, max_bytes)
    return Problem(413, f"the request is larger than {max_bytes} bytes")


async def drain(request: Request, max_bytes: int) -> None:
    """Reads on and keeps nothing: a sender whose connection is cut misses the answer. Past as much again it is closed all the same."""
    with suppress(ClientDisconnect, RuntimeError, asyncio.TimeoutError):
        await asyncio.wait_for(_drained(request, max_bytes), BODY_SECONDS)


async def _drained(request: Request, max_bytes: int) -> None:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > max_bytes:
            return
