"""Explains clauses from the bundled knowledge base, without a model and without a network."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Literal

from ..bilingual import Bilingual, Locale
from ..contract.split import split
from ..deadline import Deadline
from ..knowledge.entry import Knowledge
from ..knowledge.findings import Findings
from ..pages.page import Page
from .base import Explanation
from .status import OfflineStatus
from .summary import summary

NOT_ADVICE = Bilingual(
    "내장된 지식 자료로 설명한 결과이며 법률 자문이 아닙니다",
    "Explained from bundled knowledge; this is not legal advice",
)


class OfflineEngine:
    """The engine that is always there."""

    kind: Literal["offline"] = "offline"
    model = OfflineStatus.model
    label = NOT_ADVICE

    def __init__(self, knowledge: Knowledge, workers: Executor) -> None:
        self._findings = Findings(knowledge)
        self._workers = workers

    async def explain(self, pages: list[Page], locale: Locale, deadline: Deadline, on_stage: Callable[[str], None]) -> Explanation:
        """What the knowledge base says about these pages."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, self._explain, pages, locale, deadline)

    async def close(self) -> None:
        """Nothing is held."""

    def _explain(self, pages: list[Page], locale: Locale, deadline: Deadline) -> Explanation:
        matches = self._findings.matches(split(pages), deadline)
        text = "\n".join(page.text for page in pages)
        ko, en = ([match.finding(each) for match in matches] for each in ("ko", "en"))
        missing_ko, missing_en = self._findings.missing(text, "ko"), self._findings.missing(text, "en")
        counted = summary(len(pages), ko, en, missing_ko, missing_en)
        words = Bilingual(f"{counted.ko} {NOT_ADVICE.ko}.", f"{counted.en} {NOT_ADVICE.en}.")
        return Explanation(words, ko if locale == "ko" else en, missing_ko if locale == "ko" else missing_en)
