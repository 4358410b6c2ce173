"""The web application: three paths over what it is given."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from .admission import Admission, Place
from .analysis import Analysis
from .body import drain, read_body
from .gpu import GpuWatch
from .idempotency import AnswerBook
from .metrics import Metrics
from .problems import Problem
from .request import AnalyzeRequest, read_request

logger = logging.getLogger(__name__)
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Deps:
    """What the application works with."""

    analysis: Analysis
    admission: Admission
    answers: AnswerBook
    gpu: GpuWatch
    metrics: Metrics
    max_pages: int
    max_bytes: int
    close: Callable[[], Awaitable[None]]


def create_app(deps: Deps) -> FastAPI:
    """The application, to be served or to be called by a test."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await deps.close()

    app = FastAPI(title="Dojang AI", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(HTTPException, _unknown)
    for path, method, handler in (("/health", "GET", _health), ("/metrics", "GET", _metrics), ("/api/v1/analyze", "POST", _analyze)):
        app.add_api_route(path, _observed(deps.metrics, path, handler(deps)), methods=[method], response_model=None)
    return app


def _health(deps: Deps) -> Handler:
    async def health(_: Request) -> Response:
        engine = deps.analysis.engine
        gpu, reason = await asyncio.gather(deps.gpu.now(), engine.sick())
        body: dict[str, object] = {
            "ok": reason is None,
            "engine": engine.kind,
            "model": engine.model,
            "ocr": deps.analysis.reader.ocr.name,
            "gpu": gpu.as_dict() if gpu else None,
        }
        return JSONResponse(body if reason is None else {**body, "reason": reason}, 200 if reason is None else 503)

    return health


def _metrics(deps: Deps) -> Handler:
    async def metrics(_: Request) -> Response:
        return Response(deps.metrics.text(await deps.gpu.now()), media_type="text/plain; version=0.0.4; charset=utf-8")

    return metrics


def _analyze(deps: Deps) -> Handler:
    async def analyze(request: Request) -> Response:
        try:
            place = deps.admission.enter()
        except Problem:
            await drain(request, deps.max_bytes)
            raise
        try:
            asked = await asyncio.to_thread(read_request, await read_body(request, deps.max_bytes), deps.max_pages)
            answer, begins = _answer(deps, asked, place)
        except BaseException:
            place.leave()
            raise
        if not begins:
            place.leave()
        return Response(await answer, media_type="application/json")

    return analyze


def _answer(deps: Deps, asked: AnalyzeRequest, place: Place) -> tuple[Awaitable[bytes], bool]:
    """The place is kept until the analysis is over, also when the one who asked has left."""

    async def make() -> bytes:
        try:
            return await deps.analysis.answer(asked)
        finally:
            place.leave()

    return deps.answers.answer(asked.request_id, asked.digest(), make)


def _observed(metrics: Metrics, path: str, handler: Handler) -> Handler:
    """Counts and tells every request, and answers what goes wrong as a problem."""

    async def observed(request: Request) -> Response:
        begun = time.perf_counter()
        response = await _never_raising(request, handler)
        metrics.requests.labels(path, str(response.status_code)).inc()
        level = logging.INFO if request.method == "POST" or response.status_code >= 400 else logging.DEBUG
        told = {"method": request.method, "path": path, "status": response.status_code, "ms": round((time.perf_counter() - begun) * 1000)}
        logger.log(level, "request", extra=told)
        return response

    return observed


async def _never_raising(request: Request, handler: Handler) -> Response:
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except ClientDisconnect:
        return Response(status_code=499)
    except Exception:
        logger.exception("unexpected error")
        return Problem(500, "an unexpected error; the log says where").response()


async def _unknown(_: Request, error: Exception) -> Response:
    """No such path, or another method than it has."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    response = Problem(status, "there is no such path" if status == 404 else "the path has no such method").response()
    response.headers.update(headers or {})
    return response
