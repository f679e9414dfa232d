"""Readers that do what no reader should; run in the bounded process in place of the real one."""

from __future__ import annotations

import os
import signal
import time


def read_files(request, report):
    """What the name of the first file says."""
    report("read", 0, 1)
    BEHAVIOURS[request["files"][0]["name"]](report)


def _sleeps(_report):
    time.sleep(600)


def _goes_on(report):
    """A scan of many pages."""
    for page in range(600):
        report("pages", page, 600)
        time.sleep(0.1)


def _spins(_report):
    while True:
        pass


def _swells(_report):
    return [bytes(50_000_000) for _ in range(1_000)]


def _dies(_report):
    os.kill(os.getpid(), signal.SIGSEGV)


def _raises(_report):
    raise RuntimeError("a defect of the reader")


def chatters(_request, _report):
    print("một lời của thư viện")
    return {"said": "kế hoạch"}


BEHAVIOURS = {
    "goes-on.txt": _goes_on,
    "sleeps.txt": _sleeps,
    "spins.txt": _spins,
    "swells.txt": _swells,
    "dies.txt": _dies,
    "raises.txt": _raises,
}
