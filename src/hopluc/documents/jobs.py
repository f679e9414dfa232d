"""Work that takes its time: doors to `reading`."""

from __future__ import annotations

from procrastinate.contrib.django import app

from hopluc.documents import reading


@app.task(queue="documents")
def version_read(version_id: int) -> None:
    reading.version_read(version_id=version_id)


@app.task(queue="documents")
def sheet_try(version_id: int) -> None:
    reading.sheet_try(version_id=version_id)
