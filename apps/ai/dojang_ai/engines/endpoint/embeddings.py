"""Vectors for retrieval: from the endpoint's own model, or counted here from letters, so that nothing is ever downloaded."""

import math
import zlib

from langchain_core.embeddings import Embeddings
from langchain_openai import OpenAIEmbeddings

from ...contract.wording import squeezed
from .access import Access

DIMENSIONS = 1024


class LetterEmbeddings(Embeddings):
    """Pairs and triples of letters, hashed into a vector of length one. The same text has the same vector everywhere."""

    name = f"letters-{DIMENSIONS}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of this text."""
        vector = [0.0] * DIMENSIONS
        letters = squeezed(text)
        for size in (2, 3):
            for place in range(len(letters) - size + 1):
                code = zlib.crc32(letters[place : place + size].encode())
                vector[code % DIMENSIONS] += 1.0 if code & 0x8000_0000 else -1.0
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
