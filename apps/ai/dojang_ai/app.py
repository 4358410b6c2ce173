"""The web application: three paths over what it is given."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from .admission import Admission, Slot
from .body import drain, read_body
from .gpu import GpuWatch
from .idempotency import ResponseCache
from .metrics import Metrics
from .problems import Problem, release_frames
from .request import Limits, read_request
from .service import AnalysisService

logger = logging.getLogger(__name__)
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Deps:
    """What the application works with."""

    service: AnalysisService
    admission: Admission
    answers: ResponseCache
    gpu: GpuWatch
    metrics: Metrics
    limits: Limits
    max_bytes: int
    start: Callable[[], Awaitable[None]]
    close: Callable[[], Awaitable[None]]


def create_app(deps: Deps) -> FastAPI:
    """The application, to be served or to be called by a test."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await deps.start()
        try:
            yield
        finally:
            await deps.close()

    app = FastAPI(title="Dojang AI", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(HTTPException, _unknown)
    for path, method, handler in (("/health", "GET", _health), ("/metrics", "GET", _metrics), ("/api/v1/analyze", "POST", _analyze)):
        app.add_api_route(path, _observed(deps.metrics, path, handler(deps)), methods=[method], response_model=None)
    return app


def _health(deps: Deps) -> Handler:
    async def health(_: Request) -> Response:
        engine = deps.service.engine
        gpu, engine_error = await asyncio.gather(deps.gpu.now(), engine.health_error())
        reason = deps.service.runner.health_error() or engine_error
        body: dict[str, object] = {
            "ok": reason is None,
            "engine": engine.kind,
            "model": engine.model,
            "ocr": deps.service.ocr,
            "gpu": gpu.as_dict() if gpu else None,
        }
        return JSONResponse(body if reason is None else {**body, "reason": reason}, 200 if reason is None else 503)

    return health


def _metrics(deps: Deps) -> Handler:
    async def metrics(_: Request) -> Response:
        return Response(deps.metrics.text(await deps.gpu.now()), media_type="text/plain; version=0.0.4; charset=utf-8")

    return metrics


def _analyze(deps: Deps) -> Handler:
    # One at a time: while it is read, a request takes nearly three times its size once more.
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="identity")

    async def analyze(request: Request) -> Response:
        try:
            slot = deps.admission.enter()
        except Problem:
            await drain(request, deps.max_bytes)
            raise
        try:
            body = await read_body(request, deps.max_bytes)
            request_id, digest = await asyncio.get_running_loop().run_in_executor(reader, _identity, body, deps.limits)
            answer, begins = _answer(deps, Question(request_id, digest, body, _patience(request)), slot)
        except BaseException:
            slot.leave()
            raise
        if not begins:
            slot.leave()
        return Response(await answer, media_type="application/json")

    return analyze


@dataclass(frozen=True)
class Question:
    """A request that was looked at but not read."""

    request_id: str
    digest: str
    body: bytes
    patience: float


def _identity(body: bytes, limits: Limits) -> tuple[str, str]:
    request = read_request(body, limits)
    return request.request_id, request.digest()


def _answer(deps: Deps, asked: Question, slot: Slot) -> tuple[Awaitable[bytes], bool]:
    """The slot is kept until the analysis is over, even if the client has left."""

    async def make() -> bytes:
        try:
            return await deps.service.answer(asked.request_id, asked.body, asked.patience)
        finally:
            slot.leave()

    return deps.answers.answer(asked.request_id, asked.digest, make)


def _patience(request: Request) -> float:
    """For how many seconds an answer is waited for: `Prefer: wait=120` (RFC 7240)."""
    for preference in request.headers.get("prefer", "")[:200].split(","):
        name, _, value = preference.partition("=")
        if name.strip().lower() == "wait" and value.strip().isdecimal():
            return float(value.strip())
    return float("inf")


def _observed(metrics: Metrics, path: str, handler: Handler) -> Handler:
    """Counts and logs every request, and answers every error as a problem."""

    async def observed(request: Request) -> Response:
        begun = time.perf_counter()
        response = await _never_raising(request, handler)
        metrics.requests.labels(path, str(response.status_code)).inc()
        level = logging.INFO if request.method == "POST" or response.status_code >= 400 else logging.DEBUG
        took = round((time.perf_counter() - begun) * 1000)
        logger.log(level, "request", extra={"method": request.method[:20], "path": path, "status": response.status_code, "ms": took})
        return response

    return observed


async def _never_raising(request: Request, handler: Handler) -> Response:
    try:
        return await handler(request)
    except Exception as error:
        response = _error_response(error)
        release_frames(error)
        return response


def _error_response(error: Exception) -> Response:
    if isinstance(error, Problem):
        return error.response()
    if isinstance(error, ClientDisconnect):
        return Response(status_code=499)
    logger.error("unexpected error", exc_info=error)
    return Problem(500, "an unexpected error; the log says where").response()


async def _unknown(_: Request, error: Exception) -> Response:
    """No such path, or another method than it has."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    response = Problem(status, "there is no such path" if status == 404 else "the path has no such method").response()
    response.headers.update(headers or {})
    return response
