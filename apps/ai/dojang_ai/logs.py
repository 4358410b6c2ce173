"""Log lines as JSON, one object a line, without any text of a contract."""

import json
import logging
import sys
import traceback
from datetime import datetime, timezone

MOST_LETTERS = 1_000
MOST_FRAMES = 20
_OWN = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Every record as an object. Of an error: its type and where it was raised, never its message, which may quote a contract."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage()[:MOST_LETTERS],
        }
        line |= {key: _bounded(value) for key, value in record.__dict__.items() if key not in _OWN and not key.startswith("color_")}
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "stack": _places(record.exc_info[1])}
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(level: str) -> None:
    """All loggers write JSON to standard error; the application logs requests, not uvicorn."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in ("httpx", "httpx2", "httpcore", "httpcore2", "openai", "chromadb", "pypdf", "PIL"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _places(error: BaseException | None) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__, limit=-MOST_FRAMES) if error else []
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _bounded(value: object) -> object:
    return value[:MOST_LETTERS] if isinstance(value, str) else value
