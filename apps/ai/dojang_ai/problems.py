"""Answers to requests that cannot be served: `application/problem+json` (RFC 9457)."""

from http import HTTPStatus
from traceback import clear_frames

from starlette.responses import JSONResponse

# As RFC 9110 names them. Python has the older names up to 3.12, and a client must not see which
# Python the server runs on.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}

TOO_COSTLY = "too-costly"
TOO_LATE = "too-late"
ANALYSIS_FAILED = "analysis-failed"


class Problem(Exception):
    """Why a request is not served. `errors` names fields, `retry_after` is in seconds, `code` is what a program goes by."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: list[dict[str, str]] | None = None,
        retry_after: int | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.retry_after = retry_after
        self.code = code

    def afresh(self) -> "Problem":
        """The same without its traceback, whose frames hold the request that was being worked on."""
        return Problem(self.status, self.detail, errors=self.errors, retry_after=self.retry_after, code=self.code)

    def response(self) -> JSONResponse:
        """The HTTP response for this problem."""
        body: dict[str, object] = {
            "type": f"urn:dojang:problem:{self.code}" if self.code else "about:blank",
            "title": _TITLES.get(self.status) or HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors is not None:
            body["errors"] = self.errors
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse(body, self.status, headers, media_type="application/problem+json")


def release_frames(error: BaseException | None) -> None:
    """Clears the variables of the frames that this error, and what led to it, passed through.

    One of them usually holds the error itself: the request that another holds would stay until the garbage collector comes by, which knows
    nothing of its size.
    """
    while error:
        clear_frames(error.__traceback__)
        error = error.__context__


def unreadable(field: str, message: str) -> Problem:
    """A page that cannot be read, or another field that cannot be accepted."""
    return Problem(422, f"{field}: {message}", errors=[{"field": field, "message": message}])


def unavailable(detail: str, retry_after: int = 10) -> Problem:
    """The server cannot answer now; the same request may be answered later."""
    return Problem(503, detail, retry_after=retry_after)


def too_costly(detail: str) -> Problem:
    """The contract itself takes more than one may: asking again is of no use."""
    return Problem(422, detail, code=TOO_COSTLY)


def analysis_failed() -> Problem:
    """An unexpected error in the analysis. The contract may be the cause: the API retries once."""
    return Problem(500, "an unexpected error; the log says where", code=ANALYSIS_FAILED)


def too_late() -> Problem:
    """The client's time limit passed before the contract had used its own."""
    return Problem(504, "the analysis took too long", code=TOO_LATE)
