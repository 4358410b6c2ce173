"""What the server itself knows of its engine: its name, and whether it can explain anything now."""

from typing import Literal, Protocol


class EngineStatus(Protocol):
    """Asked for health, and notified of how analyses ended in the workers."""

    @property
    def kind(self) -> Literal["offline", "endpoint"]:
        """Which engine it is."""
        ...

    @property
    def model(self) -> str:
        """What it explains with."""
        ...

    async def health_error(self) -> str | None:
        """Why it cannot explain anything now, or nothing."""
        ...

    def answered(self) -> None:
        """An analysis succeeded."""
        ...

    def failed(self, reason: str) -> None:
        """An analysis failed for this reason, one word."""
        ...

    async def close(self) -> None:
        """Gives back what it holds."""
        ...


class OfflineStatus:
    """The bundled knowledge is always there."""

    kind: Literal["offline"] = "offline"
    model = "lease-law-2026"

    async def health_error(self) -> str | None:
        """Never any."""
        return None

    def answered(self) -> None:
        """Nothing to remember."""

    def failed(self, reason: str) -> None:
        """Nothing to remember."""

    async def close(self) -> None:
        """Nothing is held."""
