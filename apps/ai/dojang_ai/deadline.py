"""The moment at which an analysis must be over."""

import time


class TooLate(Exception):
    """The time of an analysis is up."""


class Deadline:
    """Asked between pieces of work; work that does not ask is killed with its process."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self, at_most: float = float("inf")) -> float:
        """Seconds that are left, never more than these.

        :raises TooLate: when none are left
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooLate
        return min(left, at_most)
