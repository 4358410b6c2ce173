"""Programs that read untrusted files: bounded in time, memory and processor, killed when they exceed it."""

import os
import signal
import subprocess
from collections.abc import Sequence

# The soft CPU limit ends a program by SIGXCPU. The hard one would end it by SIGKILL, as the kernel
# does when memory is short.
# One limit a command: dash, the shell of Debian and Ubuntu, refuses several at once.
_LIMITED = 'ulimit -c 0; ulimit -v "$1" && ulimit -S -t "$2" && shift 2 && exec "$@"'


_memory_mib = 480


def limit_programs(memory_mib: int) -> None:
    """From now on each program that this process runs may take so much memory."""
    global _memory_mib
    _memory_mib = memory_mib


class ProgramFailed(Exception):
    """A program ended badly or was ended."""

    def __init__(self, program: str, why: str) -> None:
        super().__init__(f"{program} {why}")
        self.timed_out = why == "took too long"


class ProgramKilled(Exception):
    """Another process or the kernel killed the program, so its input need not be the cause."""


def run_limited(command: Sequence[str], stdin: bytes, seconds: float) -> bytes:
    """What it wrote to standard output.

    :raises ProgramFailed: when it took too long or ended with an error
    :raises ProgramKilled: when it was killed from outside
    """
    limited = ["/bin/sh", "-c", _LIMITED, "sh", str(_memory_mib * 1024), str(int(seconds) + 1), *command]
    try:
        done = subprocess.run(limited, input=stdin, capture_output=True, timeout=seconds, check=False, env=_environment())
    except subprocess.TimeoutExpired:
        raise ProgramFailed(command[0], "took too long") from None
    except OSError as error:
        raise ProgramFailed(command[0], f"did not start: {error.strerror}") from None
    if done.returncode == -signal.SIGKILL:
        raise ProgramKilled(command[0])
    if done.returncode != 0:
        raise ProgramFailed(command[0], f"ended with {done.returncode}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Nothing of ours but where programs are. Several pages are read at once: a thread for each is enough."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "TESSDATA_PREFIX", "PYTHONPATH") if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **kept}
