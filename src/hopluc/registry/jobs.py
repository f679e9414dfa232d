"""Doors to what is done later."""

from __future__ import annotations

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from hopluc.registry import copies, tallies


@app.periodic(cron="15 17 * * *")  # just after midnight in Vietnam
@app.task(queue="registry", queueing_lock="copies_renew")
def copies_renew(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    copies.copies_renew(on=localdate())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="registry", queueing_lock="tallies_gather")
def tallies_gather(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    tallies.tallies_gather()
