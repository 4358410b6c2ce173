"""Starts the server: `python -m dojang_ai`. SIGTERM ends it when the running analyses are done, after 20 s at the latest."""

import os
import sys

import uvicorn

from .assembly import assemble
from .logs import set_up
from .settings import SettingsError, read_settings


def main() -> int:
    """Serves until it is told to end."""
    try:
        settings = read_settings(os.environ)
        set_up(settings.log_level)
        app = assemble(settings)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    uvicorn.run(app, host=settings.host, port=settings.port, log_config=None, access_log=False, timeout_graceful_shutdown=20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
