"""What an engine does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from ..answer import Finding, Missing
from ..bilingual import Bilingual, Locale
from ..deadline import Deadline
from ..pages.page import Page

# The stage of an analysis in which the endpoint is asked and has not answered anything yet.
WAITS_FOR_MODEL = "waiting for the model"


@dataclass(frozen=True)
class Explanation:
    """What an engine found in a contract."""

    summary: Bilingual
    clauses: list[Finding]
    missing: list[Missing]


class EngineFailed(Exception):
    """The engine could not explain it this time. `reason` is a word for the metrics, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Engine(Protocol):
    """Explains contracts."""

    @property
    def kind(self) -> Literal["offline", "endpoint"]:
        """Which engine it is."""
        ...

    @property
    def model(self) -> str:
        """What it explains with."""
        ...

    @property
    def label(self) -> Bilingual:
        """The notice that users see with its answers."""
        ...

    async def explain(self, pages: list[Page], locale: Locale, deadline: Deadline, on_stage: Callable[[str], None]) -> Explanation:
        """The explanation of the contract on these pages. `on_stage` gets the name of each stage.

        :raises EngineFailed: when the engine cannot explain it now
        :raises TooLate: when the time is up
        """
        ...

    async def close(self) -> None:
        """Gives back what it holds."""
        ...
