"""Free ports of this computer."""

from __future__ import annotations

import random
import socket

# Below the ports that systems hand out to outgoing connections, so that none of those takes ours while we rest.
RANGE = range(20_000, 30_000)


def refusal(host: str, port: int) -> OSError | None:
    """Why no server can listen there: `EADDRINUSE` when another does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of the past do not count
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def free_port(host: str, wanted: int | None) -> int:
    """The wanted port if it is free, else any."""
    if wanted and not refusal(host, wanted):
        return wanted
    tried = random.SystemRandom().sample(RANGE, 100)
    return next((port for port in tried if not refusal(host, port)), tried[0])
