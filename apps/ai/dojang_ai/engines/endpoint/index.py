"""The knowledge base in a Chroma collection on disk, asked which entries are near a clause."""

import fcntl
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromadb
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from ...knowledge.entry import Entry, Knowledge


class KnowledgeIndex:
    """Opened at its first use, filled when its collection is new. Another knowledge or other vectors make another collection."""

    def __init__(self, folder: Path, knowledge: Knowledge, embeddings: Embeddings, embeddings_name: str) -> None:
        self._folder = folder
        self._entries = {entry.id: entry for entry in knowledge.entries}
        self._embeddings = embeddings
        self._name = f"lease-law-{_digest(knowledge, embeddings_name)}"
        self._store: Chroma | None = None
        self._lock = threading.Lock()

    def near(self, texts: list[str], for_each: int, most: int) -> list[Entry]:
        """The entries nearest to any of these texts, each once."""
        vectors = self._embeddings.embed_documents(texts)
        nearest: dict[str, float] = {}
        with self._lock:
            store = self._opened()
            for vector in vectors:
                for document, distance in store.similarity_search_by_vector_with_relevance_scores(vector, k=for_each):
                    name = str(document.metadata["entry"])
                    nearest[name] = min(distance, nearest.get(name, distance))
        best = sorted(nearest, key=lambda name: (nearest[name], name))
        return [self._entries[name] for name in best[:most]]

    def _opened(self) -> Chroma:
        if self._store is None:
            with _alone(self._folder):
                self._store = self._filled()
        return self._store

    def _filled(self) -> Chroma:
        client = chromadb.PersistentClient(str(self._folder), ChromaSettings(anonymized_telemetry=False))
        store = Chroma(collection_name=self._name, embedding_function=self._embeddings, client=client)
        if len(store.get(include=[])["ids"]) < len(self._entries):
            documents = [Document(entry.prose, metadata={"entry": entry.id}) for entry in self._entries.values()]
            store.add_documents(documents, ids=list(self._entries))
        return store


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One worker at a time opens and fills the index: Chroma is not made for several processes that write."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(knowledge: Knowledge, embeddings_name: str) -> str:
    digest = hashlib.sha256(embeddings_name.encode())
    for entry in knowledge.entries:
        digest.update(f"{entry.id}\n{entry.prose}\n".encode())
    return digest.hexdigest()[:16]
