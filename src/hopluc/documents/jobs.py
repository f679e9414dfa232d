"""Work that takes its time: doors to `reading`."""

from __future__ import annotations

from procrastinate.contrib.django import app

from hopluc.documents import reading, services


@app.task(queue="documents")
def version_read(version_id: int) -> None:
    reading.version_read(version_id=version_id)


@app.periodic(cron="17 3 * * *")
@app.task(queue="documents", queueing_lock="bin_empty")
def bin_empty(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    services.bin_empty()


@app.task(queue="documents")
def sheet_try(version_id: int) -> None:
    reading.sheet_try(version_id=version_id)
