"""The body of a request, refused as soon as it is too large and before anything parses it."""

from starlette.requests import ClientDisconnect, Request

from .problems import Problem


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The whole body.

    :raises Problem: 413 when it is larger
    """
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
    seen = 0
    try:
        async for chunk in request.stream():
            seen += len(chunk)
            if seen > max_bytes:
                return
    except (ClientDisconnect, RuntimeError):
        return
