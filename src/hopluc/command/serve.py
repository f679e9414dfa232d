"""`hopluc serve`: the web server, static files included."""

from __future__ import annotations

import errno
import os
from argparse import Namespace

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from hopluc.command import database, static
from hopluc.command.speech import CommandProblem, Sentence, say
from hopluc.core.postgres.ports import refusal

CONNECTIONS = 1024  # open at once: browsers keep some six each, most of them idle, so they are no measure of work
GRACE = 8  # seconds for the requests in hand when it is stopped
SERVING = Sentence(
    "Máy chủ trang web nghe tại http://%(host)s:%(port)s", "The web server listens at http://%(host)s:%(port)s"
)


class PortTaken(CommandProblem):
    code = "M201"
    message = "Port %(port)s cannot be used: %(reason)s. Stop that program, or choose another port with --port."
    status = 2


def check_port(host: str, port: int) -> None:
    """Raises PortTaken."""
    if error := refusal(host, port):
        reason = "another program uses it" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
        raise PortTaken(port=port, reason=reason)


def run(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    check_port(options.host, options.port)
    os.environ.setdefault("HOPLUC_KEEP", "1")  # before the settings are read
    database.prepare()
    static.collect()
    say(SERVING % vars(options))
    Granian(
        "hopluc.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=options.threads,
        backpressure=CONNECTIONS,
        log_level=LogLevels.warning,
        workers_kill_timeout=GRACE,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()
    return 0
