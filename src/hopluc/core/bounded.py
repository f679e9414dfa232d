"""Work on files from outside, in a process of its own with little time and memory: what it does there harms nobody.

The work is a function `work(request, report)` of a module that needs no Django: plain JSON in, plain JSON out,
`report(step, done, of)` on the way.
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
Report = Callable[[str, int, int], None]
MB = 1_000_000


class OutOfBounds(Exception):
    """The work took more time or memory than it may, or its process died."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why  # time | memory | died


def bounded(work: str, request: Json, *, seconds: int, megabytes: int, report: Report) -> Json:
    """Run `module:function` in a process of its own; raises OutOfBounds."""
    command = [sys.executable, "-m", __name__, work, str(seconds), str(megabytes)]
    with subprocess.Popen(  # noqa: S603  our own program; what it opens travels by its input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as child:
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            child.kill()

        clock = threading.Timer(seconds, stop)
        clock.start()
        try:
            result = _converse(child, request, report)
        finally:
            clock.cancel()
            child.kill()
    if result is None:
        raise OutOfBounds("time" if overdue.is_set() or child.returncode == -24 else "died")
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
