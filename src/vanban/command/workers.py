"""Work spread over processes: results in the order of their items; a process that dies takes only its own item along."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar, cast

SPAWN = get_context("spawn")  # the same on every system, and no state comes along
AHEAD = 8  # items per process that may be done before their turn, so that results never pile up

A = TypeVar("A")
B = TypeVar("B")


def each(work: Callable[[A], B], items: Sequence[A], jobs: int) -> Iterator[B | None]:
    """`work` done on every item by so many processes at once; None for an item whose process died.

    With one job all is done here, without a process. `work` is a function of a module.
    """
    if jobs == 1 or len(items) < 2:
        yield from map(work, items)
        return
    crew = Crew(work, min(jobs, len(items)))
    try:
        yield from crew.run(items)
    finally:
        crew.stop()


class Crew(Generic[A, B]):
    """Processes and the items that they have in hand."""

    def __init__(self, work: Callable[[A], B], size: int) -> None:
        self.work = work
        self.size = size
        self.idle: list[Worker[A, B]] = []
        self.busy: dict[Connection, tuple[int, Worker[A, B]]] = {}
        self.done: dict[int, B | None] = {}

    def run(self, items: Sequence[A]) -> Iterator[B | None]:
        waiting = deque(enumerate(items))
        for turn in range(len(items)):
            while turn not in self.done:
                while len(self.busy) < self.size and waiting and waiting[0][0] < turn + AHEAD * self.size:
                    self._hand_out(*waiting.popleft())
                self._collect()
            yield self.done.pop(turn)

    def stop(self) -> None:
        for worker in [*self.idle, *(worker for _, worker in self.busy.values())]:
            worker.stop()

    def _hand_out(self, index: int, item: A) -> None:
        worker = self.idle.pop() if self.idle else Worker(self.work)
        worker.give(item)
        self.busy[worker.line] = index, worker

    def _collect(self) -> None:
        """Take what is ready; a process that died leaves nothing and is not asked again."""
        for line in wait(list(self.busy)):
            index, worker = self.busy.pop(cast("Connection", line))
            try:
                self.done[index] = worker.line.recv()
                self.idle.append(worker)
            except (EOFError, OSError):
                self.done[index] = None
                worker.stop()


class Worker(Generic[A, B]):
    """One process and the line to it."""

    def __init__(self, work: Callable[[A], B]) -> None:
        self.line, far_end = SPAWN.Pipe()
        self.process = SPAWN.Process(target=_serve, args=(far_end, work), daemon=True)
        with deaf():
            self.process.start()
        far_end.close()  # so that its death is the end of the line

    def give(self, item: A) -> None:
        with suppress(OSError):  # it died while idle: whoever collects will find the line at its end
            self.line.send(item)

    def stop(self) -> None:
        self.process.terminate()
        self.process.join()
        self.line.close()


@contextmanager
def deaf() -> Iterator[None]:
    """Ctrl-C reaches every process of the group: those begun here do not hear it, whoever began them ends them."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(line: Connection, work: Callable[[A], B]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # not all systems hand down what `deaf` says
    while True:
        try:
            item = line.recv()
        except EOFError:
            return
        line.send(work(item))
