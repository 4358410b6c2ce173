"""What the model is asked to answer, and how its answer is read."""

from pydantic import BaseModel, ConfigDict, ValidationError

from ...answer import Risk


class BadReply(Exception):
    """The answer is not what was asked for; the message says what is wrong, for the model."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClauseReply(_Part):
    """One explained clause."""

    clause: int
    quote: str
    title_ko: str
    title_en: str
    explanation: str
    risk: Risk
    advice: str
    sources: list[str]


class Reply(_Part):
    """All explained clauses."""

    clauses: list[ClauseReply]


RESPONSE_FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "lease_clauses", "strict": True, "schema": Reply.model_json_schema()},
}


def read_reply(text: str) -> Reply:
    """The reply in this text; models like to wrap it in a code fence or in thoughts.

    :raises BadReply: with every fault
    """
    bare = _without_thoughts(text)
    begin, end = bare.find("{"), bare.rfind("}")
    try:
        return Reply.model_validate_json(bare[begin : end + 1] if begin >= 0 else bare)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in error.errors(include_input=False)]
        raise BadReply("; ".join(faults[:8])) from error


def _without_thoughts(text: str) -> str:
    thoughts, closed, answer = text.partition("</think>")
    return answer if closed and thoughts.lstrip().startswith("<think>") else text
