"""The moment at which an analysis must be over."""

import time

from .problems import unavailable


class Deadline:
    """Asked by work that runs in a thread, which nobody can interrupt from outside."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self, at_most: float = float("inf")) -> float:
        """Seconds that are left, never more than these.

        :raises Problem: 503 when none are left
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise unavailable("the analysis took too long", retry_after=30)
        return min(left, at_most)
