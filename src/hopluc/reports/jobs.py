"""Doors to services for work that takes its time."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from hopluc.reports.services import printing


@app.task(queue="reports")
def print_make(print_id: int) -> None:
    printing.print_make(print_id=print_id)


@app.periodic(cron="37 19 * * *")  # 02:37 in Vietnam
@app.task(queue="reports", queueing_lock="drafts_clear")
def drafts_clear(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    printing.drafts_clear(now=timezone.now())
