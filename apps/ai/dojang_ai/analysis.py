"""From a request to its answer: reads the pages, lets the engine explain them, counts what happened."""

import asyncio
import logging
import time
from concurrent.futures import Executor
from dataclasses import dataclass

from .admission import Admission
from .answer import Answer, EngineName, PageRead, Words
from .deadline import Deadline
from .engines.base import Engine, EngineFailed, Explanation
from .metrics import Metrics
from .pages.page import Page
from .pages.reader import PageReader
from .problems import Problem, unavailable
from .request import AnalyzeRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Analysis:
    """Carries out analyses, as many at once as admission allows."""

    engine: Engine
    reader: PageReader
    admission: Admission
    metrics: Metrics
    workers: Executor
    deadline_seconds: float

    async def answer(self, request: AnalyzeRequest) -> bytes:
        """The answer as JSON.

        :raises Problem: 422 for pages that cannot be read, 503 when the engine fails or time runs out
        """
        deadline = Deadline(self.deadline_seconds)
        came = time.perf_counter()
        async with self.admission.turn():
            begun = time.perf_counter()
            self.metrics.waited.observe(begun - came)
            deadline.remaining()
            pages, explanation = await self._explained(request, deadline)
            took = time.perf_counter() - begun
        self._count(pages, explanation, took)
        self._tell(request, pages, explanation, took)
        return self._answer(pages, explanation, took).model_dump_json(by_alias=True).encode()

    async def _explained(self, request: AnalyzeRequest, deadline: Deadline) -> tuple[list[Page], Explanation]:
        loop = asyncio.get_running_loop()
        pages = await loop.run_in_executor(self.workers, self.reader.read, request.pages, deadline)
        try:
            return pages, await asyncio.wait_for(self.engine.explain(pages, request.locale, deadline), deadline.remaining())
        except EngineFailed as error:
            raise self._failed(request, error.reason, str(error)) from error
        except asyncio.TimeoutError as error:
            raise self._failed(request, "deadline", "the analysis took too long") from error

    def _failed(self, request: AnalyzeRequest, reason: str, message: str) -> Problem:
        self.metrics.engine_errors.labels(reason).inc()
        logger.warning("analysis failed", extra={"requestId": request.request_id, "engine": self.engine.kind, "reason": reason})
        return unavailable(message, retry_after=30)

    def _count(self, pages: list[Page], explanation: Explanation, took: float) -> None:
        self.metrics.seconds.observe(took)
        for page in pages:
            self.metrics.pages.labels("yes" if page.ocr else "no").inc()
        for finding in explanation.clauses:
            self.metrics.findings.labels(finding.risk).inc()

    def _tell(self, request: AnalyzeRequest, pages: list[Page], explanation: Explanation, took: float) -> None:
        told = {
            "requestId": request.request_id,
            "engine": self.engine.kind,
            "pages": len(pages),
            "ocrPages": sum(page.ocr for page in pages),
            "characters": sum(len(page.text) for page in pages),
            "clauses": len(explanation.clauses),
            "ms": round(took * 1000),
        }
        logger.info("analysis", extra=told)

    def _answer(self, pages: list[Page], explanation: Explanation, took: float) -> Answer:
        label = Words(**self.engine.label.as_dict())
        return Answer(
            engine=EngineName(kind=self.engine.kind, model=self.engine.model, label=label),
            summary=Words(**explanation.summary.as_dict()),
            clauses=explanation.clauses,
            missing=explanation.missing,
            pages=[PageRead(number=page.number, characters=len(page.text), ocr=page.ocr) for page in pages],
            took_ms=round(took * 1000),
        )
