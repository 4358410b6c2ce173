"""Puts the application together from its settings."""

import logging
from concurrent.futures import Executor, ThreadPoolExecutor

from fastapi import FastAPI

from .admission import Admission
from .analysis import Analysis
from .app import Deps, create_app
from .engines.base import Engine
from .engines.offline import OfflineEngine
from .gpu import GpuWatch
from .idempotency import AnswerBook
from .knowledge.load import bundled
from .metrics import Metrics
from .ocr.base import Ocr
from .ocr.none import NoOcr
from .ocr.tesseract import Tesseract, tesseract_lacks
from .pages.reader import PageReader
from .settings import Settings, SettingsError

logger = logging.getLogger(__name__)


def assemble(settings: Settings) -> FastAPI:
    """The application for these settings.

    :raises SettingsError: when something that they ask for is not there
    """
    ocr = choose_ocr(settings.ocr)
    workers = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="analysis")
    engine = choose_engine(settings, workers)
    admission = Admission(settings.concurrency, settings.queue)
    metrics = Metrics(admission)
    reader = PageReader(ocr, settings.max_pages, metrics.ocr_seconds.observe)

    async def close() -> None:
        await engine.close()
        workers.shutdown(wait=False, cancel_futures=True)

    return create_app(
        Deps(
            analysis=Analysis(engine, reader, admission, metrics, workers, settings.deadline_seconds),
            admission=admission,
            answers=AnswerBook(),
            gpu=GpuWatch(),
            metrics=metrics,
            max_pages=settings.max_pages,
            max_bytes=settings.max_bytes,
            close=close,
        )
    )


def choose_ocr(wish: str) -> Ocr:
    """The character recognition that is wished for; `auto` takes what is there."""
    if wish == "none":
        return NoOcr()
    lack = tesseract_lacks()
    if lack is None:
        return Tesseract()
    if wish == "tesseract":
        raise SettingsError([f"AI_OCR tesseract: {lack}"])
    logger.warning("images cannot be read", extra={"reason": lack})
    return NoOcr()


def choose_engine(settings: Settings, workers: Executor) -> Engine:
    """The engine that is wished for. What only one engine needs is imported only for it."""
    if settings.engine == "offline":
        return OfflineEngine(bundled(), workers)
    from .engines.endpoint.engine import endpoint_engine

    return endpoint_engine(settings, bundled(), workers)
