"""Doors to services for work that is done later."""

from __future__ import annotations

from django.utils.timezone import localdate
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hopluc.forms import messaging, services

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)  # seconds: 4, 16, 64 … until some six hours have gone


@app.task(queue="messages", retry=AGAIN)
def message_deliver(message_id: int) -> None:
    messaging.message_deliver(message_id=message_id)


@app.periodic(cron="30 23 * * *")  # 06:30 in Vietnam
@app.task(queue="messages", queueing_lock="digests_make")
def digests_make(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    messaging.digests_make()


@app.periodic(cron="5 17 * * *")  # just after midnight in Vietnam
@app.task(queue="messages", queueing_lock="lapsed_close")
def lapsed_close(timestamp: int) -> None:  # noqa: ARG001
    services.lapsed_close(today=localdate())
