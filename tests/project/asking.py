"""How the walk asks and keeps count: without drawing, without a log, without a trace."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http.response import HttpResponseBase
from django.template import Template
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer that is not the one that was due."""

    viewer: str
    address: str
    about: str
    due: object
    got: object
    leak: bool

    def __str__(self) -> str:
        kind = "LEAK" if self.leak else "fault"
        return f"{kind}: {self.address} {self.about}, {self.viewer}: {self.got}, due {self.due}"


@dataclass(slots=True)
class Tally:
    checks: int = 0
    findings: list[Finding] = field(default_factory=list)

    def note(self, viewer: str, address: str, about: str, *, due: object, got: object, leak: bool) -> None:
        self.checks += 1
        if due != got:
            self.findings.append(Finding(viewer, address, about, due, got, leak))

    @property
    def leaks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.leak]


@contextmanager
def undrawn() -> Iterator[None]:
    """Views do all that they do, but templates stay empty: what answers need not be read is not drawn."""
    with mock.patch.object(Template, "render", return_value=SafeString("")):
        yield


@contextmanager
def hushed() -> Iterator[None]:
    """Refusals are what is walked for: nobody needs a log of them."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shut(answer: HttpResponseBase) -> None:
    """Close an answer and its file, but not the database, as the end of a real request might."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
