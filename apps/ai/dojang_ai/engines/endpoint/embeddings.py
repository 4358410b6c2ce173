"""Vectors for retrieval: from the endpoint's own model, or counted here from letters, so that nothing is ever downloaded."""

import math
import zlib
from collections import Counter
from collections.abc import Iterable

from langchain_core.embeddings import Embeddings
from langchain_openai import OpenAIEmbeddings

from ...contract.wording import squeezed
from .access import Access

DIMENSIONS = 4096


class LetterEmbeddings(Embeddings):
    """Pairs of letters, the rarer in the known texts the weightier, hashed into a vector of length one; none if no pair is known."""

    name = f"letters-{DIMENSIONS}"

    def __init__(self, known: Iterable[str]) -> None:
        texts = [set(_pairs(text)) for text in known]
        held = Counter(pair for pairs in texts for pair in pairs)
        self._weights = {pair: math.log((len(texts) + 1) / count) for pair, count in held.items()}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of this text."""
        vector = [0.0] * DIMENSIONS
        for pair in _pairs(text):
            code = zlib.crc32(pair.encode("utf-8", "surrogatepass"))
            weight = self._weights.get(pair, 0.0)
            vector[code % DIMENSIONS] += weight if code & 0x8000_0000 else -weight
        norm = math.sqrt(sum(value * value for value in vector)) or 1.0
        return [value / norm for value in vector]


def endpoint_embeddings(access: Access, model: str) -> Embeddings:
    """Vectors made by the endpoint. It counts tokens itself: counting here would download a tokenizer."""
    return OpenAIEmbeddings(
        model=model,
        base_url=access.url,
        api_key=access.key,
        check_embedding_ctx_length=False,
        timeout=30,
        max_retries=1,
    )


def _pairs(text: str) -> list[str]:
    letters = squeezed(text)
    return [letters[place : place + 2] for place in range(len(letters) - 1)]
