"""Processes that `demo` keeps alive: started again when they die, given up when they do nothing but die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hopluc.command import leash
from hopluc.command.speech import CommandProblem, language

SHORT_LIFE = 5.0  # seconds: a process that dies younger never got to work
TRIES = 3  # short lives on end before we give up
STOP_PATIENCE = 15  # seconds before force: longer than the processes' own grace


class KeepsDying(CommandProblem):
    code = "M203"
    message = "The process %(name)s keeps stopping right after its start. See %(log)s."


@dataclass(slots=True)
class Child:
    """A `hopluc` command in a session of its own, so that Ctrl-C reaches it through us alone."""

    words: Sequence[str]
    log: Path
    leash: int  # the reading end of our pipe
    lock: int  # shared with the child, for as long as it lives
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    failures: int = 0
    rest_until: float = 0.0

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "hopluc.command", *self.words, "--lang", language()]
        environment = {**os.environ, leash.VARIABLE: str(self.leash)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                pass_fds=(self.leash, self.lock), env=environment,
            )  # fmt: skip
        self.born = time.monotonic()

    def tend(self) -> None:
        """Start the process again if it died: at once, then later and later. Raises KeepsDying."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.rest_until:
                self.start()
        elif self.process.poll() is not None:
            self.failures = self.failures + 1 if now - self.born < SHORT_LIFE else 1
            self.kill()  # what it may have left behind
            if self.failures >= TRIES:
                raise KeepsDying(name=self.words[0], log=self.log)
            self.rest_until = now + 2.0**self.failures - 2
            self.process = None

    def signal(self, number: int) -> None:
        """Tell every process of its session."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        if self.process:
            self.process.wait()


def stop(children: Sequence[Child]) -> None:
    """Ask all to end, wait, then force what is left."""
    for child in children:
        if child.process:
            child.process.terminate()
    deadline = time.monotonic() + STOP_PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            if child.process:
                child.process.wait(max(0.1, deadline - time.monotonic()))
        child.kill()
