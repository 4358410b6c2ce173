"""Analyses as the server sees them: each waits for its turn, runs in a worker, and ends as an answer or as a problem with its cause."""

import logging
import time
from dataclasses import dataclass
from typing import Protocol

from .admission import Admission
from .answer import RISKS
from .engines.base import WAITS_FOR_MODEL
from .engines.status import EngineStatus
from .metrics import Metrics
from .problems import Problem, analysis_failed, too_costly, too_late, unavailable
from .workers.frames import Report
from .workers.worker import WorkerLost

logger = logging.getLogger(__name__)
# Of the processor. An honest lease is explained in less than this, a photographed one too; one that
# takes it all and is not done is too costly. Time by the clock says nothing: several analyses share
# the processors.
COSTLY_SECONDS = 60.0
Answered = tuple[Report, bytes]


class Runner(Protocol):
    """What carries analyses out."""

    async def start(self) -> None:
        """Makes ready."""
        ...

    async def run(self, body: bytes, seconds: float) -> Answered:
        """The report and the answer about this request.

        :raises WorkerLost: when there is none
        """
        ...

    def health_error(self) -> str | None:
        """Why nothing can be carried out now, or nothing."""
        ...

    async def close(self) -> None:
        """Gives back what it holds."""
        ...


@dataclass(frozen=True)
class AnalysisService:
    """Answers requests, as many at once as admission allows."""

    runner: Runner
    engine: EngineStatus
    ocr: str
    admission: Admission
    metrics: Metrics
    deadline_seconds: float

    async def answer(self, request_id: str, body: bytes, patience: float) -> bytes:
        """The answer as JSON. `patience` is the number of seconds that the client waits.

        :raises Problem: 422 for pages that cannot be read or cost too much, 503 and 504 when the cause is here
        """
        came = time.monotonic()
        limit = min(self.deadline_seconds, patience)
        async with self.admission.turn():
            begun = time.monotonic()
            self.metrics.waited.observe(begun - came)
            report, answer = await self._run(request_id, body, limit - (begun - came))
            took = time.monotonic() - begun
        self._count(report, took)
        self._log(request_id, report, took)
        return answer

    async def _run(self, request_id: str, body: bytes, seconds: float) -> Answered:
        if seconds <= 0:
            raise too_late()
        try:
            report, answer = await self.runner.run(body, seconds)
        except WorkerLost as lost:
            raise self._failed(request_id, *self._judged(lost)) from None
        if report.kind == "answered":
            self.engine.answered()
            return report, answer
        raise self._problem(request_id, report)

    def _problem(self, request_id: str, report: Report) -> Problem:
        if report.kind == "refused":
            return Problem(report.status, report.detail, errors=report.errors)
        if report.kind == "failed":
            self.engine.failed(report.reason)
            return self._failed(request_id, report.reason, unavailable(report.detail, retry_after=30))
        if report.kind == "memory":
            return self._failed(request_id, "memory", too_costly("the contract takes more memory than one may"))
        if report.kind in ("late", "killed"):
            cause = "deadline" if report.kind == "late" else "killed"
            return self._failed(request_id, *self._judged(WorkerLost(cause, report.reason, report.cpu_seconds, report.seconds)))
        return self._failed(request_id, "error", analysis_failed())

    def _judged(self, lost: WorkerLost) -> tuple[str, Problem]:
        """Whose fault it was: the contract's only where it ended its worker or used up the processor."""
        match lost.cause:
            case "crashed":
                return "crashed", too_costly("the contract ended the process that read it")
            case "processor":
                return "cost", too_costly("the contract takes more of the processor than one may")
            case "killed":
                # All that contracts may take at one time fits the machine
                # (lib/host/services/ai-memory.ts). Where memory is short all the same, the kernel
                # ends workers first, not the process that took it.
                return "killed", unavailable("the analysis was ended from outside")
            case "unasked" | "unstarted":
                return "workers", unavailable("no worker is free")
        return self._late(lost)

    def _late(self, lost: WorkerLost) -> tuple[str, Problem]:
        if lost.stage == WAITS_FOR_MODEL:
            return "deadline", unavailable("the model did not answer in time", retry_after=30)
        # A model that answers is on a processor of its own: there it is the time by the clock.
        spent = lost.seconds if self.engine.kind == "endpoint" and lost.stage == "explaining" else lost.cpu_seconds
        if spent < min(COSTLY_SECONDS, self.deadline_seconds / 2):
            return "deadline", too_late()
        return "cost", too_costly("the contract takes more time than one may")

    def _failed(self, request_id: str, reason: str, problem: Problem) -> Problem:
        self.metrics.engine_errors.labels(reason).inc()
        logger.warning("analysis failed", extra={"requestId": request_id, "engine": self.engine.kind, "reason": reason})
        return problem

    def _count(self, report: Report, took: float) -> None:
        self.metrics.seconds.observe(took)
        for seconds in report.ocr_seconds:
            self.metrics.ocr_seconds.observe(seconds)
        self.metrics.pages.labels("yes").inc(report.ocr_pages)
        self.metrics.pages.labels("no").inc(report.pages - report.ocr_pages)
        for risk in RISKS:
            self.metrics.findings.labels(risk).inc(report.risks.get(risk, 0))

    def _log(self, request_id: str, report: Report, took: float) -> None:
        said = {
            "requestId": request_id,
            "engine": self.engine.kind,
            "pages": report.pages,
            "ocrPages": report.ocr_pages,
            "characters": report.characters,
            "clauses": report.clauses,
            "ms": round(took * 1000),
        }
        logger.info("analysis", extra=said)
