"""`hopluc demo`: database, demonstration data, web and worker, until Ctrl-C."""

from __future__ import annotations

import http.client
import io
import json
import os
import signal
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import translation

from hopluc.command import children, database
from hopluc.command.children import Child
from hopluc.command.serve import check_port
from hopluc.command.speech import CommandProblem, Sentence, language, say
from hopluc.core.postgres.locks import opened, take

HOST = "127.0.0.1"
PAUSE = 0.1  # seconds between two looks
REMAINS = 30  # seconds for what a killed `demo` left to end
FIRST_PAGE = 120  # seconds
LOG_LIMIT = 10_000_000  # bytes
RUNNING = Sentence(
    "Hợp Lực đang chạy tại %(url)s (dừng bằng Ctrl-C)", "Hợp Lực is running at %(url)s (stop it with Ctrl-C)"
)
STOPPING = Sentence("Đang dừng…", "Stopping…")
PREPARING = Sentence("Đang chuẩn bị cơ sở dữ liệu và dữ liệu mẫu…", "Preparing the database and demonstration data…")


class AlreadyRunning(CommandProblem):
    code = "M202"
    message = (
        "A demonstration is running at %(url)s. Open that address, or stop it (Ctrl-C in its window) and try again."
    )


class RemainsRunning(CommandProblem):
    code = "M204"
    message = "What the last demonstration left is still ending. Wait a minute, then try again."


class NoFirstPage(CommandProblem):
    code = "M207"
    message = "The first page cannot be opened (%(reason)s). See %(log)s."


class Stopped(BaseException):
    """Ctrl-C, or a service manager that ends us: not an error."""


@dataclass(slots=True)
class Ending:
    """The wish to end, by the first Ctrl-C or SIGTERM. It breaks off the preparations; the loop after them asks for it.

    Raised within that loop, it could leave the lock of a child's handle taken, and stopping the child would wait for ever.
    """

    breaks_off: bool = True
    wished: bool = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        first, self.wished = not self.wished, True
        if first and self.breaks_off:
            raise Stopped


@dataclass(frozen=True, slots=True)
class State:
    """What the file of the lock says about who holds it, or held it when it was killed."""

    url: str
    owns_database: bool

    def write(self, descriptor: int) -> None:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps([self.url, self.owns_database]).encode(), 0)

    @classmethod
    def read(cls, descriptor: int) -> State:
        try:
            return cls(*json.loads(os.pread(descriptor, 1000, 0)))
        except ValueError:  # empty: nobody before us, or one that ended well
            return cls("", owns_database=False)


def run(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    os.environ["HOPLUC_DEMO"] = "1"  # for the children: the page to sign in shows how
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(Stopped), _signals() as ending, ExitStack() as stack:
        state = stack.enter_context(opened(folder / "demo.lock"))
        _take_over(state)
        shared = stack.enter_context(_remains_ended(folder / "demo.children"))
        check_port(HOST, options.port)
        stack.callback(os.ftruncate, state, 0)
        url = f"http://{HOST}:{options.port}"
        _start_database(stack, state, url)
        sign_in = _prepare()
        ending.breaks_off = False
        kept = _children(stack, folder / "log", options.port, shared)
        stack.callback(say, STOPPING)
        if _first_page(kept, options.port, ending):
            for line in (RUNNING % {"url": url}, *sign_in):
                say(line)
        while not ending.wished:
            _tend(kept)
    return 0


@contextmanager
def _signals() -> Iterator[Ending]:
    """Let the first Ctrl-C or SIGTERM end the command in good order, and no second one disturb that."""
    ending = Ending()
    before = {number: signal.signal(number, ending) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _take_over(state: int) -> None:
    if not take(state):
        raise AlreadyRunning(url=State.read(state).url)


@contextmanager
def _remains_ended(path: Path) -> Iterator[int]:
    """Wait for the web and worker of a `demo` that was killed; gives the lock that ours will share."""
    with opened(path) as descriptor:
        deadline = time.monotonic() + REMAINS
        while not take(descriptor):
            if time.monotonic() > deadline:
                raise RemainsRunning
            time.sleep(PAUSE)
        yield descriptor


def _start_database(stack: ExitStack, state: int, url: str) -> None:
    """Start the embedded database; whoever started it stops it, and so does the heir of one that was killed."""
    inherited = State.read(state).owns_database
    embedded = database.cluster()
    State(url, owns_database=inherited).write(state)
    started = bool(embedded and not embedded.running())
    State(url, owns_database=inherited or started).write(state)
    if embedded and (inherited or started):
        stack.callback(embedded.stop)
    if started:
        say(PREPARING)
    database.prepare()


def _prepare() -> list[str]:
    """Tables and data; returns what `load_demo` tells the user."""
    database.migrate()
    told = io.StringIO()
    with translation.override(language()):
        call_command("load_demo", stdout=told)
    connections.close_all()
    return [line for line in told.getvalue().splitlines() if line.strip()]


def _children(stack: ExitStack, logs: Path, port: int, shared: int) -> list[Child]:
    reading, writing = os.pipe()
    stack.callback(os.close, writing)
    stack.callback(os.close, reading)
    logs.mkdir(mode=0o700, exist_ok=True)
    kept = []
    for words in (["serve", "--port", str(port)], ["worker"]):
        log = logs / f"{words[0]}.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".old"))
        kept.append(Child(words, log, leash=reading, lock=shared))
    stack.callback(children.stop, kept)
    return kept


def _first_page(kept: list[Child], port: int, ending: Ending) -> bool:
    """Wait for it; False when we are to end before. Raises NoFirstPage."""
    deadline = time.monotonic() + FIRST_PAGE
    while not ending.wished:
        _tend(kept)
        answer = _answer(port)
        if answer and answer < 400:
            return True
        if answer or time.monotonic() > deadline:
            raise NoFirstPage(reason=answer or "it does not answer", log=kept[0].log)
    return False


def _tend(kept: list[Child]) -> None:
    for child in kept:
        child.tend()
    time.sleep(PAUSE)


def _answer(port: int) -> int:
    """The status of the first page, 0 for none."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
