"""Puts the application together from its settings."""

import logging
from concurrent.futures import Executor, ThreadPoolExecutor

from fastapi import FastAPI

from .admission import Admission
from .analysis import Analysis
from .app import Deps, create_app
from .engines.base import Engine
from .engines.offline import OfflineEngine
from .engines.status import EngineStatus, OfflineStatus
from .gpu import GpuWatch
from .idempotency import ResponseCache
from .knowledge.load import bundled
from .metrics import Metrics
from .ocr.base import Ocr
from .ocr.none import NoOcr
from .ocr.tesseract import Tesseract, tesseract_lacks
from .pages.reader import PageReader
from .service import AnalysisService, Runner
from .settings import Settings, SettingsError
from .workers.pool import WorkerPool

# One reads and explains; a second one lets an analysis be given up while the first still waits for
# a program.
THREADS = 2
logger = logging.getLogger(__name__)


def assemble(settings: Settings, runner: Runner | None = None) -> FastAPI:
    """The application for these settings. Analyses run in a pool of processes unless there is another runner.

    :raises SettingsError: when something that they ask for is not there
    """
    ocr = choose_ocr(settings.ocr).name
    admission = Admission(settings.concurrency, settings.queue)
    metrics = Metrics(admission)
    runner = runner or WorkerPool(settings.concurrency, settings.variables(AI_OCR=ocr), settings.contract_cpu_seconds)
    service = AnalysisService(runner, engine_status(settings), ocr, admission, metrics, settings.deadline_seconds)

    async def close() -> None:
        await runner.close()
        await service.engine.close()

    return create_app(
        Deps(
            service=service,
            admission=admission,
            answers=ResponseCache(),
            gpu=GpuWatch(),
            metrics=metrics,
            limits=settings.limits,
            max_bytes=settings.max_bytes,
            start=runner.start,
            close=close,
        )
    )


def analysis_of(settings: Settings) -> Analysis:
    """What a worker does, with its engine and its character recognition."""
    threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="analysis")
    reader = PageReader(choose_ocr(settings.ocr), settings.limits)
    return Analysis(choose_engine(settings, threads), reader, settings.limits, threads)


def engine_status(settings: Settings) -> EngineStatus:
    """What the server itself knows of its engine.

    :raises SettingsError: when the folder of the index cannot be made
    """
    if settings.engine == "offline":
        return OfflineStatus()
    from .engines.endpoint.engine import index_folder
    from .engines.endpoint.status import endpoint_status

    index_folder(settings)
    return endpoint_status(settings)


def choose_ocr(wish: str) -> Ocr:
    """The configured character recognition; `auto` takes the one that is installed."""
    if wish == "none":
        return NoOcr()
    lack = tesseract_lacks()
    if lack is None:
        return Tesseract()
    if wish == "tesseract":
        raise SettingsError([f"AI_OCR tesseract: {lack}"])
    logger.warning("images cannot be read", extra={"reason": lack})
    return NoOcr()


def choose_engine(settings: Settings, threads: Executor) -> Engine:
    """The engine that is wished for. What only one engine needs is imported only for it."""
    if settings.engine == "offline":
        return OfflineEngine(bundled(), threads)
    from .engines.endpoint.engine import endpoint_engine

    return endpoint_engine(settings, bundled(), threads)
