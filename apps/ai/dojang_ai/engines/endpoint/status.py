"""Whether the endpoint can be asked, as `/health` says."""

import time
from typing import Literal

from ...cached_value import CachedValue
from ...settings import Settings
from .access import access_of
from .model import OUT_OF_MEMORY, RAN_OUT, Model

# After this time without a request it may have memory again.
OUT_OF_MEMORY_SECONDS = 300
MAX_AGE_SECONDS = 5.0


class EndpointStatus:
    """Asks the endpoint now and then, and remembers what workers were answered."""

    kind: Literal["endpoint"] = "endpoint"

    def __init__(self, model: Model) -> None:
        self.model = model.name
        self._model = model
        self._ran_out_at = float("-inf")
        self._reached = CachedValue(model.reached, MAX_AGE_SECONDS, "the endpoint does not answer")

    async def health_error(self) -> str | None:
        """Why the endpoint cannot be asked, or nothing; at most some seconds old."""
        if time.monotonic() - self._ran_out_at < OUT_OF_MEMORY_SECONDS:
            return OUT_OF_MEMORY
        return await self._reached.get()

    def answered(self) -> None:
        """It has memory."""
        self._ran_out_at = float("-inf")

    def failed(self, reason: str) -> None:
        """It may have run out of it."""
        if reason == RAN_OUT:
            self._ran_out_at = time.monotonic()

    async def close(self) -> None:
        """Closes the connections."""
        await self._reached.close()
        await self._model.close()


def endpoint_status(settings: Settings) -> EndpointStatus:
    """The status of the endpoint in these settings."""
    return EndpointStatus(Model(access_of(settings)))
