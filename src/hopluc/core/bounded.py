"""Work on files from outside, in a process of its own with little time and memory: what it does there harms nobody.

The work is a function `work(request, report)` of a module that needs no Django: plain JSON in, plain JSON out,
`report(step, done, of)` on the way, and behind these what is made already.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Json = dict[str, Any]
Report = Callable[..., None]  # step, done, of; what is made already
MB = 1_000_000


class OutOfBounds(Exception):
    """The work took more time or memory than it may, or its process died."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why  # time | memory | died


class _Clock:
    """Ends a process when its time is over; starting it anew gives it that time again."""

    def __init__(self, child: subprocess.Popen[str], seconds: int) -> None:
        self.struck = False
        self._child = child
        self._seconds = seconds
        self._timer: threading.Timer | None = None

    def start(self) -> None:
        self.stop()
        self._timer = threading.Timer(self._seconds, self._strike)
        self._timer.start()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _strike(self) -> None:
        self.struck = True
        self._child.kill()


def bounded(
    work: str, request: Json, *, seconds: int, megabytes: int, report: Report, in_all: int | None = None
) -> Json:
    """Run `module:function` in a process of its own; raises OutOfBounds, and what `report` raises.

    It may take so many seconds from one report to the next, and `in_all` together where that is more.
    """
    longest = max(seconds, in_all or 0)
    command = [sys.executable, "-m", __name__, work, str(longest), str(megabytes)]
    with subprocess.Popen(  # noqa: S603  our own program; what it opens travels by its input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as child:
        clocks = _Clock(child, longest), _Clock(child, seconds)

        def told(step: str, done: int, total: int, *made: Any) -> None:
            clocks[1].start()
            report(step, done, total, *made)

        try:
            for clock in clocks:
                clock.start()
            result = _converse(child, request, told)
        finally:
            for clock in clocks:
                clock.stop()
            child.kill()
    if result is None:
        overdue = any(clock.struck for clock in clocks) or child.returncode == -24
        raise OutOfBounds("time" if overdue else "died")
    if result.get("out_of_memory"):
        raise OutOfBounds("memory")
    return result


def _converse(child: subprocess.Popen[str], request: Json, report: Report) -> Json | None:
    assert child.stdin
    assert child.stdout
    with contextlib.suppress(BrokenPipeError):  # it died at its start: its end of the line says so
        child.stdin.write(json.dumps(request))
        child.stdin.close()
    for message in _lines(child.stdout):
        if "result" in message:
            return dict(message["result"])
        report(*message["step"])
    return None


def _lines(stream: Any) -> Iterator[Json]:
    for line in stream:
        with contextlib.suppress(json.JSONDecodeError):  # cut off in the middle: it died
            yield json.loads(line)


def _serve(work: str, seconds: int, megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MB, megabytes * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer

    def say(message: Json) -> None:
        out.write(json.dumps(message, ensure_ascii=False) + "\n")
        out.flush()

    module, _, name = work.partition(":")
    try:
        request = json.load(sys.stdin)
        result = getattr(import_module(module), name)(request, lambda *step: say({"step": step}))
    except MemoryError:
        result = {"out_of_memory": True}
    say({"result": result})


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
