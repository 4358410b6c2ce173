"""A worker: `python -m dojang_ai.workers`. Reads jobs from standard input and writes how each ended to standard output."""

import asyncio
import os
import sys
from typing import BinaryIO

from ..assembly import analysis_of
from ..logs import set_up
from ..processes import limit_programs
from ..settings import read_settings
from .frames import ACCEPTED, READY, STAGE, frame, read_job, result
from .limits import die_with_the_server, is_worn, leave_signals_to_the_server, limit_memory, limit_processor


def main() -> None:
    """Works until the server ends or has no more use for it."""
    leave_signals_to_the_server()
    die_with_the_server(int(sys.argv[1]))
    settings = read_settings(os.environ)
    set_up(settings.log_level)
    limit_memory(settings.worker_memory_mib)
    limit_programs(settings.program_memory_mib)
    jobs, results = sys.stdin.buffer, _own_output()
    analysis = analysis_of(settings)
    loop = asyncio.new_event_loop()
    _say(results, frame(READY))
    while job := read_job(jobs):
        limit_processor(settings.worker_cpu_seconds)
        _say(results, frame(ACCEPTED))
        report, answer = loop.run_until_complete(analysis.carry_out(*job, lambda stage: _say(results, frame(STAGE, stage.encode()))))
        report.last = report.kind == "memory" or is_worn(settings.worker_memory_mib)
        _say(results, result(report, answer))
        if report.last:
            break
    # Threads that still wait for a program or an endpoint are not waited for.
    sys.stderr.flush()
    os._exit(0)


def _own_output() -> BinaryIO:
    """Standard output for results alone: what any library prints goes to standard error."""
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return results


def _say(results: BinaryIO, said: bytes) -> None:
    results.write(said)
    results.flush()


if __name__ == "__main__":
    main()
