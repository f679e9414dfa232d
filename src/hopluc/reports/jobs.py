"""Doors to services for work that takes its time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from hopluc.reports.services import printing


@app.task(queue="reports")
def print_make(print_id: int) -> None:
    printing.print_make(print_id=print_id)
