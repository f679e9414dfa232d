"""Processes that end when the one that started them is gone, however it went.

The parent keeps one end of a pipe and says nothing. Once that end closes, each process at the other end (and each that
it forked) stops as if told to, and by force if that takes too long.
"""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "HOPLUC_LEASH"  # the descriptor of the pipe, for the child
GRACE = 10  # seconds


def wear() -> None:
    """Watch the parent, if it holds us on a leash."""
    number = os.environ.pop(VARIABLE, None)
    if number is None:
        return
    descriptor = int(number)
    os.set_inheritable(descriptor, False)
    _watch(descriptor)
    os.register_at_fork(after_in_child=lambda: _watch(descriptor))


def _watch(descriptor: int) -> None:
    threading.Thread(target=_wait, args=[descriptor], name="leash", daemon=True).start()


def _wait(descriptor: int) -> None:
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
