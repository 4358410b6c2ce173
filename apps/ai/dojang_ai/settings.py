"""Settings from the environment, checked once at start. All faults are reported together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from .request import Limits

MIB = 1024 * 1024
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]


class SettingsError(Exception):
    """One line for each fault, with the name of its variable."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the settings have faults:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.faults = faults


class Settings(BaseModel):
    """The settings; apps/README.md says what each means."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    host: str = Field("127.0.0.1", alias="HOST")
    port: int = Field(8000, alias="PORT", ge=0, le=65535)
    engine: Literal["offline", "endpoint"] = Field("offline", alias="AI_ENGINE")
    endpoint: Url | None = Field(None, alias="AI_ENDPOINT")
    model: str | None = Field(None, alias="AI_MODEL")
    endpoint_key_file: Path | None = Field(None, alias="AI_ENDPOINT_KEY_FILE")
    embedding_model: str | None = Field(None, alias="AI_EMBEDDING_MODEL")
    data: Path = Field(Path("/srv/data/ai"), alias="AI_DATA")
    ocr: Literal["auto", "tesseract", "none"] = Field("auto", alias="AI_OCR")
    concurrency: int = Field(4, alias="AI_CONCURRENCY", ge=1, le=64)
    queue: int = Field(2, alias="AI_QUEUE", ge=0, le=100_000)
    deadline_seconds: float = Field(280, alias="AI_DEADLINE_SECONDS", gt=0, le=3600)
    max_pages: int = Field(30, alias="MAX_PAGES", ge=1, le=1000)
    max_page_characters: int = Field(100_000, alias="MAX_PAGE_CHARACTERS", ge=1, le=10_000_000)
    max_characters: int = Field(400_000, alias="MAX_CHARACTERS", ge=1, le=10_000_000)
    worker_memory_mib: int = Field(608, alias="AI_WORKER_MEMORY_MIB", ge=128, le=1_048_576)
    program_memory_mib: int = Field(480, alias="AI_PROGRAM_MEMORY_MIB", ge=128, le=1_048_576)
    worker_cpu_seconds: int = Field(60, alias="AI_WORKER_CPU_SECONDS", ge=1, le=3600)
    contract_cpu_seconds: int = Field(120, alias="AI_CONTRACT_CPU_SECONDS", ge=1, le=3600)
    max_bytes: int = Field(28 * MIB, alias="MAX_BYTES", ge=1024, le=1024 * MIB)
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", alias="LOG_LEVEL")

    @property
    def limits(self) -> Limits:
        """How much of a contract is read."""
        return Limits(self.max_pages, self.max_page_characters, self.max_characters)

    def variables(self, **others: str) -> dict[str, str]:
        """The same settings as variables of an environment, but for these others."""
        return {name: str(value) for name, value in self.model_dump(by_alias=True, exclude_none=True).items()} | others


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in these variables; an empty one counts as absent.

    :raises SettingsError: with every fault
    """
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    faults = _lacking_of_endpoint(given) + _unreadable_key(given)
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        faults = [_fault_text(fault["loc"], fault["msg"], fault["input"]) for fault in error.errors()] + faults
    if faults:
        raise SettingsError(faults)
    return settings


def _fault_text(place: tuple[int | str, ...], message: str, value: object) -> str:
    return f"{place[0]} {value}: {message[0].lower()}{message[1:]}"


def _lacking_of_endpoint(given: Mapping[str, str]) -> list[str]:
    if given.get("AI_ENGINE") != "endpoint":
        return []
    return [f"{name} is needed when AI_ENGINE is endpoint" for name in ("AI_ENDPOINT", "AI_MODEL") if name not in given]


def _unreadable_key(given: Mapping[str, str]) -> list[str]:
    file = given.get("AI_ENDPOINT_KEY_FILE")
    if file is None:
        return []
    try:
        Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [f"AI_ENDPOINT_KEY_FILE {file}: cannot be read ({type(error).__name__})"]
    return []
