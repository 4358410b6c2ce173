"""What a worker may use of the machine, set by itself before it reads an untrusted file."""

import fcntl
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

MIB = 1024 * 1024
PAGE = resource.getpagesize()


def limit_memory(mib: int) -> None:
    """Allocations beyond this fail, in the worker alone. Should the machine run out all the same, workers and programs are ended first.

    Memory that can be written (RLIMIT_DATA, mmap(2)): code of libraries and reserved addresses, which Chroma has many of, take none.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The soft limit alone: programs that a worker runs are given their own.
    resource.setrlimit(resource.RLIMIT_DATA, (mib * MIB, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def limit_processor(seconds: int) -> None:
    """From now on so many seconds of the processor; then the kernel ends it. Programs that it runs have limits of their own."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


def leave_signals_to_the_server() -> None:
    """Who stops the service signals all of its processes; workers end when the server has no more work for them."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def die_with_the_server(lifeline: int) -> None:
    """The server holds the other end of this pipe. Where it dies without a word, the kernel ends the worker and every program that it runs.

    fcntl(2), signals at the end of a pipe. The parent-death signal of prctl(2) would need a tool that the unit's sandbox forbids.
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def is_worn(mib: int) -> bool:
    """Whether so much memory is taken that the next contract should get a new worker."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[5]) * PAGE > mib * MIB * 3 // 4
    return False
