"""The model behind the endpoint: asked for text, and for whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager

import openai
from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI

from ..base import EngineFailed
from .access import Access
from .reply import RESPONSE_FORMAT

MAX_TOKENS = 3_000
OUT_OF_MEMORY = "the endpoint is out of GPU memory"
RAN_OUT = "out-of-memory"


class Model:
    """A chat model. `ask` fails with a reason that is one word."""

    def __init__(self, access: Access) -> None:
        self.name = access.model
        self._chat = ChatOpenAI(
            model=access.model,
            base_url=access.url,
            api_key=access.key,
            temperature=0,
            max_completion_tokens=MAX_TOKENS,
            max_retries=1,
            # Its own: langchain shares one among all with the same address, also after one of them
            # has closed it.
            http_async_client=openai.DefaultAsyncHttpxClient(),
        )
        self._structured = True

    async def ask(self, messages: list[BaseMessage], seconds: float) -> str:
        """The model's answer as text.

        :raises EngineFailed: when there is none
        """
        try:
            return await self._asked(messages, seconds)
        except EngineFailed as failure:
            if failure.reason != "refused" or not self._structured:
                raise
            # An endpoint that knows no schema refuses the whole request; the answer is checked here
            # anyway.
            self._structured = False
            return await self._asked(messages, seconds)

    async def close(self) -> None:
        """Closes its connections."""
        await self._chat.root_async_client.close()

    async def _asked(self, messages: list[BaseMessage], seconds: float) -> str:
        chat = self._chat.bind(timeout=seconds, **({"response_format": RESPONSE_FORMAT} if self._structured else {}))
        with self._failing():
            answer = await chat.ainvoke(messages)
        return str(answer.text)

    async def reached(self) -> str | None:
        """Why the endpoint cannot be asked, or nothing; asks it."""
        try:
            await self._chat.root_async_client.with_options(max_retries=0, timeout=4).models.list()
        except openai.APIConnectionError:
            return "the endpoint cannot be reached"
        except (openai.AuthenticationError, openai.PermissionDeniedError):
            return "the endpoint refuses the key"
        except openai.InternalServerError as error:
            return OUT_OF_MEMORY if _ran_out(error) else f"the endpoint answers {error.status_code}"
        except openai.OpenAIError:
            return None
        return None

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except openai.APITimeoutError as error:
            raise EngineFailed("timeout", "the model did not answer in time") from error
        except openai.APIConnectionError as error:
            raise EngineFailed("unreachable", "the model cannot be reached") from error
        except openai.RateLimitError as error:
            raise EngineFailed("rate-limit", "the model has too many requests") from error
        except openai.LengthFinishReasonError as error:
            raise EngineFailed("too-long", "the model's answer did not end") from error
        except openai.APIStatusError as error:
            raise _refusal(error) from error
        except openai.OpenAIError as error:
            raise EngineFailed("other", "the model failed") from error


def _refusal(error: openai.APIStatusError) -> EngineFailed:
    if _ran_out(error):
        return EngineFailed(RAN_OUT, OUT_OF_MEMORY)
    if error.status_code in (400, 422):
        return EngineFailed("refused", "the model refused the request")
    return EngineFailed(f"status-{error.status_code}", f"the model answered {error.status_code}")


def _ran_out(error: openai.APIStatusError) -> bool:
    return error.status_code >= 500 and "out of memory" in error.response.text.lower()
