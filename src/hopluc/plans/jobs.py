"""Work that the calendar asks for: doors to services."""

from __future__ import annotations

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from hopluc.plans.working import nightly


@app.periodic(cron="5 17 * * *")  # five past midnight in Viet Nam: procrastinate counts in UTC
@app.task(queue="plans", queueing_lock="plans_nightly")
def night(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    """The day that begins."""
    nightly.night(today=localdate())
