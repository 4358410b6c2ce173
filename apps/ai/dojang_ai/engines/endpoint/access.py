"""Where the endpoint is and with what key it is asked."""

from dataclasses import dataclass

from pydantic import SecretStr

from ...settings import Settings


@dataclass(frozen=True)
class Access:
    """The endpoint as its clients need it."""

    url: str
    model: str
    key: SecretStr


def access_of(settings: Settings) -> Access:
    """The access that these settings, already checked, describe. Endpoints without a key want a word in its place."""
    file = settings.endpoint_key_file
    key = file.read_text("utf-8").strip() if file else "none"
    return Access((settings.endpoint or "").rstrip("/"), settings.model or "", SecretStr(key))
