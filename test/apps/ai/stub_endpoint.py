"""An OpenAI-compatible endpoint that returns the answers of a test and records the requests."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]


class Status(Exception):
    """Answer with this status instead."""

    def __init__(self, status: int, message: str = "no", headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


class StubEndpoint:
    """`answers` are used one after the other, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [lambda asked: json.dumps({"clauses": []})]
        self.asked: list[dict[str, Any]] = []
        self.embedded: list[str] = []
        self.keys: set[str] = set()
        self.delay = 0.0
        self.models_status = 200
        self.vectors_status = 200
        self._lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stub.keys.add(self.headers["Authorization"])
                self._send(stub.models_status, {"object": "list", "data": []})

            def do_POST(self) -> None:
                stub.keys.add(self.headers["Authorization"])
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                try:
                    body = stub._vectors(asked) if self.path.endswith("/embeddings") else stub._completion(asked)
                except Status as status:
                    self._send(status.status, {"error": {"message": str(status)}}, status.headers)
                else:
                    self._send(200, body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

            def _send(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
                data = json.dumps(body).encode()
                try:
                    self.send_response(status)
                    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **(headers or {})}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(data)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "StubEndpoint":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stops the server. A second call changes nothing."""
        self._server.shutdown()
        self._server.server_close()

    def _completion(self, asked: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.asked.append(asked)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        time.sleep(self.delay)
        message = {"role": "assistant", "content": answer(asked)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {"id": "c", "object": "chat.completion", "created": 1, "model": asked["model"], "choices": [choice]}

    def _vectors(self, asked: dict[str, Any]) -> dict[str, Any]:
        if self.vectors_status != 200:
            raise Status(self.vectors_status)
        texts = asked["input"]
        self.embedded += texts
        # Texts about deposits on one side, all others on the other.
        vectors = [[1.0, 0.1] if "보증금" in text else [0.1, 1.0] for text in texts]
        data = [{"object": "embedding", "index": index, "embedding": vector} for index, vector in enumerate(vectors)]
        return {"object": "list", "model": asked["model"], "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def says(*replies: dict[str, object]) -> Answer:
    """The model answers these clauses; what they leave out is filled in."""
    usual = {
        "clause": 1,
        "quote": "임대인은 보증금을 반환한다",
        "title_ko": "보증금",
        "title_en": "Deposit",
        "explanation": "보증금을 돌려받는다는 뜻이에요.",
        "risk": "safe",
        "advice": "반환하는 날을 확인하세요.",
        "sources": ["deposit-return"],
    }
    return lambda _: json.dumps({"clauses": [{**usual, **reply} for reply in replies]})


def fails(status: int, message: str = "no") -> Answer:
    """The endpoint answers with this status."""

    def answer(_: object) -> str:
        raise Status(status, message, {"Retry-After": "0"})

    return answer
