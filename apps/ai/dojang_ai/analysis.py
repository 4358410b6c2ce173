"""From a request to its answer: reads the pages and lets the engine explain them. What happened is reported, never raised."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from .answer import Answer, EngineName, PageRead, Words
from .deadline import Deadline, TooLate
from .engines.base import Engine, EngineFailed, Explanation
from .pages.page import Page
from .pages.reader import PageReader
from .problems import Problem
from .processes import ProgramKilled
from .request import AnalyzeRequest, Limits, read_request
from .workers.frames import Report

logger = logging.getLogger(__name__)
OnStage = Callable[[str], None]


@dataclass(frozen=True)
class Analysis:
    """Carries out one analysis at a time."""

    engine: Engine
    reader: PageReader
    limits: Limits
    threads: Executor

    async def carry_out(self, body: bytes, seconds: float, on_stage: OnStage = lambda stage: None) -> tuple[Report, bytes]:
        """How the analysis of this request ended, and the answer as JSON if there is one."""
        deadline = Deadline(seconds)
        ocr_seconds: list[float] = []
        stages = ["reading"]

        def entered(stage: str) -> None:
            stages.append(stage)
            on_stage(stage)

        try:
            pages, explanation, took = await self._explained(body, deadline, entered, ocr_seconds.append)
        except Problem as problem:
            return Report(kind="refused", status=problem.status, detail=problem.detail, errors=problem.errors or []), b""
        except TooLate:
            return Report(kind="late", reason=stages[-1]), b""
        except EngineFailed as error:
            return Report(kind="failed", reason=error.reason, detail=str(error)), b""
        except (MemoryError, ProgramKilled) as error:
            return Report(kind="memory" if isinstance(error, MemoryError) else "killed"), b""
        except Exception:
            logger.exception("unexpected error")
            return Report(kind="error"), b""
        report = Report(
            kind="answered",
            pages=len(pages),
            ocr_pages=sum(page.ocr for page in pages),
            characters=sum(len(page.text) for page in pages),
            clauses=len(explanation.clauses),
            risks=Counter(finding.risk for finding in explanation.clauses),
            ocr_seconds=ocr_seconds,
        )
        return report, self._answer(pages, explanation, took).model_dump_json(by_alias=True).encode()

    async def _explained(
        self, body: bytes, deadline: Deadline, on_stage: OnStage, on_ocr: Callable[[float], None]
    ) -> tuple[list[Page], Explanation, float]:
        begun = time.perf_counter()
        request = read_request(body, self.limits)
        pages = await self._in_thread(request, deadline, on_ocr)
        on_stage("explaining")
        try:
            explanation = await asyncio.wait_for(self.engine.explain(pages, request.locale, deadline, on_stage), deadline.remaining())
        except asyncio.TimeoutError:
            raise TooLate from None
        return pages, explanation, time.perf_counter() - begun

    async def _in_thread(self, request: AnalyzeRequest, deadline: Deadline, on_ocr: Callable[[float], None]) -> list[Page]:
        return await asyncio.get_running_loop().run_in_executor(self.threads, self.reader.read, request.pages, deadline, on_ocr)

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
