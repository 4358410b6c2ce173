"""All that the settings name is there, or all faults are reported before the server starts."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from dojang_ai.assembly import choose_ocr
from dojang_ai.gpu import Gpu, GpuWatch, ask
from dojang_ai.knowledge import load
from dojang_ai.ocr.none import NoOcr
from dojang_ai.ocr.tesseract import Tesseract, tesseract_lacks
from dojang_ai.settings import SettingsError, read_settings
from pydantic import ValidationError


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a program with this name on the path, which has nothing else but the shell's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return put


def faults(**given: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read_settings(given)
    return refused.value.faults


def test_nothing_need_be_set() -> None:
    settings = read_settings({"AI_ENGINE": "", "PORT": " "})
    assert (settings.host, settings.port, settings.engine, settings.concurrency, settings.queue) == ("127.0.0.1", 8000, "offline", 4, 2)
    assert (settings.max_pages, settings.max_bytes, str(settings.data)) == (30, 28 * 1024 * 1024, "/srv/data/ai")


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    reported = faults(PORT="http", AI_ENGINE="endpoint", AI_CONCURRENCY="0", AI_ENDPOINT_KEY_FILE=str(tmp_path / "none"))
    assert [fault.split(":")[0].split(" ")[0] for fault in reported] == ["PORT", "AI_CONCURRENCY", "AI_ENDPOINT", "AI_MODEL", "AI_ENDPOINT_KEY_FILE"]


@pytest.mark.parametrize("url", ["127.0.0.1:8001", "ftp://host/v1", "http://", "http://host/v1 x"])
def test_an_endpoint_is_a_web_address(url: str) -> None:
    assert [fault.split(" ")[0] for fault in faults(AI_ENGINE="endpoint", AI_MODEL="small", AI_ENDPOINT=url)] == ["AI_ENDPOINT"]


def test_recognition_is_what_is_wished_for_or_what_is_there(programs: Callable) -> None:
    assert tesseract_lacks() == "the program tesseract is not installed"
    assert isinstance(choose_ocr("auto"), NoOcr)
    with pytest.raises(SettingsError, match="AI_OCR tesseract: the program tesseract is not installed"):
        choose_ocr("tesseract")
    programs("tesseract", "echo 'List of languages (1):'; echo eng")
    assert tesseract_lacks() == "tesseract has no data for kor"
    programs("tesseract", "echo kor; echo eng")
    assert isinstance(choose_ocr("auto"), Tesseract)
    assert isinstance(choose_ocr("none"), NoOcr)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo 'NVIDIA L4, 23034, 512'", Gpu("NVIDIA L4", 23034, 512)),
        ("echo 'A, B, 1, 2'; echo 'Other, 3, 4'", Gpu("A, B", 1, 2)),
        ("echo 'NVIDIA L4, [N/A], 512'", None),
        ("echo 'No devices were found'", None),
        ("exit 9", None),
        ("", None),
    ],
)
def test_a_gpu_is_what_nvidia_smi_says(programs: Callable, script: str, expected: Gpu | None) -> None:
    programs("nvidia-smi", script)
    assert ask() == expected


def test_without_nvidia_smi_there_is_no_gpu(programs: Callable) -> None:
    assert ask() is None


@pytest.mark.anyio
async def test_a_gpu_is_asked_for_once_in_some_seconds() -> None:
    asked = iter([Gpu("A", 2, 1), Gpu("A", 2, 2)])
    watch = GpuWatch(lambda: next(asked))
    assert await watch.now() == await watch.now() == Gpu("A", 2, 1)


@pytest.mark.anyio
async def test_health_and_metrics_tell_the_gpu(serve: Callable, programs: Callable) -> None:
    programs("nvidia-smi", "echo 'NVIDIA L4, 23034, 512'")
    client = await serve()
    assert (await client.get("/health")).json()["gpu"] == {"name": "NVIDIA L4", "memoryTotalMiB": 23034, "memoryUsedMiB": 512}
    assert "dojang_ai_gpu_memory_used_bytes 5.36870912e+08" in (await client.get("/metrics")).text


@pytest.mark.parametrize(
    ("file", "before", "after", "error"),
    [
        ("clauses/term.yaml", "risk: safe", "risk: harmless", ValidationError),
        ("clauses/term.yaml", "explanation:", "explanations:", ValidationError),
        ("clauses/term.yaml", "주택임대차보호법 제4조", "임차인절대보호법 제4조", ValueError),
        ("clauses/term.yaml", "- id: term", "- id: pets", ValueError),
        ("missing.yaml", "present:", "presence:", ValidationError),
    ],
)
def test_a_fault_in_the_knowledge_is_an_error_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, before: str, after: str, error: type[Exception]
) -> None:
    subprocess.run(["cp", "-r", str(load.DATA), str(tmp_path / "data")], check=True)
    text = (tmp_path / "data" / file).read_text("utf-8")
    assert before in text
    (tmp_path / "data" / file).write_text(text.replace(before, after, 1), "utf-8")
    monkeypatch.setattr(load, "DATA", tmp_path / "data")
    with pytest.raises(error):
        load.bundled.__wrapped__()
