"""What the server and a worker say to each other over pipes: frames of a kind, a length and their content."""

import json
import struct
from asyncio import StreamReader
from collections.abc import Iterator
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field

HEADER = struct.Struct(">cI")
READY, ACCEPTED, STAGE, RESULT, JOB = b"R", b"B", b"S", b"A", b"J"
# An answer has a few hundred kilobytes. A worker that sends more is not trusted.
MAX_RESULT = 16 * 1024 * 1024
# A pipe holds as much; what it does not take at once is copied until it does.
PIECE = 64 * 1024


class Report(BaseModel):
    """How an analysis ended. Read strictly: a worker has read untrusted files."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["answered", "refused", "failed", "late", "error", "memory", "killed"]
    detail: str = Field("", max_length=2_000)
    status: int = Field(500, ge=400, le=599)
    errors: list[dict[str, str]] = Field(default_factory=list, max_length=20)
    reason: str = Field("", max_length=100)
    pages: int = 0
    ocr_pages: int = 0
    characters: int = 0
    clauses: int = 0
    risks: dict[Literal["safe", "caution", "danger"], int] = Field(default_factory=dict)
    ocr_seconds: list[float] = Field(default_factory=list, max_length=10_000)
    # The worker ends after this one.
    last: bool = False
    # Of the processor, with programs, and by the clock. Measured by the server, not by the worker.
    cpu_seconds: float = 0.0
    seconds: float = 0.0


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """The bytes of a frame."""
    return HEADER.pack(kind, len(content)) + content


def job(body: bytes, seconds: float) -> Iterator[bytes | memoryview]:
    """The pieces of a frame that asks for the analysis of this request within so many seconds. The body is not copied as a whole."""
    limit = json.dumps(seconds).encode() + b"\n"
    yield HEADER.pack(JOB, len(limit) + len(body)) + limit
    whole = memoryview(body)
    for start in range(0, len(body), PIECE):
        yield whole[start : start + PIECE]


def result(report: Report, answer: bytes = b"") -> bytes:
    """A frame that ends a job."""
    return frame(RESULT, report.model_dump_json().encode() + b"\n" + answer)


def read_result(content: bytes) -> tuple[Report, bytes]:
    """The report and the answer of such a frame.

    :raises ValueError: when it is none
    """
    report, _, answer = content.partition(b"\n")
    return Report.model_validate_json(report), answer


def read_job(stream: BinaryIO) -> tuple[bytes, float] | None:
    """The next request and its seconds, or nothing when the server is gone."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    seconds, _, body = stream.read(HEADER.unpack(header)[1]).partition(b"\n")
    return body, float(seconds)


async def next_frame(stream: StreamReader) -> tuple[bytes, bytes]:
    """The next frame from a worker.

    :raises IncompleteReadError: when it has ended
    :raises ValueError: when it is longer than any may be
    """
    kind, length = HEADER.unpack(await stream.readexactly(HEADER.size))
    if length > MAX_RESULT:
        raise ValueError(f"a frame of {length} bytes")
    return kind, await stream.readexactly(length)
