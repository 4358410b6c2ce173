"""Starts the server: `python -m dojang_ai`. SIGTERM ends it when the running analyses are done, after 20 s at the latest."""

import faulthandler
import os
import socket
import sys

import uvicorn

from .assembly import assemble
from .logs import set_up
from .notify import Notifier
from .settings import SettingsError, read_settings


class Server(uvicorn.Server):
    """Notifies the service manager once it listens, and when it ends."""

    def __init__(self, config: uvicorn.Config, notifier: Notifier) -> None:
        super().__init__(config)
        self._notifier = notifier

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Binds the socket."""
        await super().startup(sockets)
        if self.started:
            self._notifier.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets what runs come to its end."""
        self._notifier.stopping()
        await super().shutdown(sockets)
        await self._notifier.close()


def main() -> int:
    """Serves until a signal ends it."""
    # The watchdog ends a stuck server by SIGABRT: where it was stuck is then in the journal.
    faulthandler.enable()
    try:
        settings = read_settings(os.environ)
        set_up(settings.log_level)
        app = assemble(settings)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_config=None, access_log=False, timeout_graceful_shutdown=20)
    server = Server(config, Notifier(os.environ))
    server.run()
    return 0 if server.started else 3


if __name__ == "__main__":
    sys.exit(main())
