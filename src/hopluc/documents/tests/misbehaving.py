"""Readers that do what no reader should; run in the bounded process in place of the real one."""

from __future__ import annotations

import os
import signal
import time


def read_files(request, report):
    """What the name of the first file says."""
    report("read", 0, 1)
    BEHAVIOURS[request["files"][0]["name"]]()


def _sleeps():
    time.sleep(600)


def _spins():
    while True:
        pass


def _swells():
    return [bytes(50_000_000) for _ in range(1_000)]


def _dies():
    os.kill(os.getpid(), signal.SIGSEGV)


def _raises():
    raise RuntimeError("a defect of the reader")


def chatters(_request, _report):
    print("một lời của thư viện")
    return {"said": "kế hoạch"}


BEHAVIOURS = {
    "sleeps.txt": _sleeps,
    "spins.txt": _spins,
    "swells.txt": _swells,
    "dies.txt": _dies,
    "raises.txt": _raises,
}
