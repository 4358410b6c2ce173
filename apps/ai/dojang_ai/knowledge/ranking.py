"""Ranks entries by how much their words resemble a clause: BM25 over pairs of letters, which needs no word list for Korean."""

import math
from collections import Counter

from ..contract.wording import squeezed
from .entry import Entry

_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75


class Ranking:
    """Resemblance of texts to the entries. The same text always gets the same ranks."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        counts = [Counter(_pairs(entry.prose)) for entry in entries]
        lengths = [sum(count.values()) for count in counts]
        self._usual_length = sum(lengths) / len(lengths)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for index, count in enumerate(counts):
            for pair, times in count.items():
                self._postings.setdefault(pair, []).append((index, self._weight(times, lengths[index])))

    def ranked(self, text: str) -> list[tuple[Entry, float]]:
        """Entries with their resemblance: the share of the text's telling pairs that they have, 0 for none. Best first."""
        scores = [0.0] * len(self._entries)
        best = 0.0
        for pair in set(_pairs(text)):
            postings = self._postings.get(pair, [])
            telling = math.log(1 + (len(self._entries) - len(postings) + 0.5) / (len(postings) + 0.5))
            best += telling * (_SATURATION + 1)
            for index, weight in postings:
                scores[index] += telling * weight
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        return [(self._entries[index], scores[index] / best if best else 0.0) for index in order]

    def _weight(self, times: int, length: int) -> float:
        norm = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / self._usual_length)
        return times * (_SATURATION + 1) / (times + norm)


def _pairs(text: str) -> list[str]:
    letters = squeezed(text)
    return [letters[place : place + 2] for place in range(len(letters) - 1) if letters[place : place + 2].isalnum()]
