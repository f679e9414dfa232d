"""Doors to what is done later."""

from __future__ import annotations

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from hopluc.registry import copies, duplicates, tallies
from hopluc.registry.intake import cleaning, staging, taking, undoing


@app.periodic(cron="15 17 * * *")  # just after midnight in Vietnam
@app.task(queue="registry", queueing_lock="copies_renew")
def copies_renew(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    copies.copies_renew(on=localdate())


@app.periodic(cron="25 17 * * *")
@app.task(queue="registry", queueing_lock="lists_clean")
def lists_clean(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    cleaning.lists_clean(on=now())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="registry", queueing_lock="tallies_gather")
def tallies_gather(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    tallies.tallies_gather()


@app.task(queue="registry")
def list_read(import_id: int) -> None:
    staging.list_read(import_id=import_id)


@app.task(queue="registry")
def list_check(import_id: int) -> None:
    staging.list_check(import_id=import_id)


@app.task(queue="registry")
def list_take(import_id: int) -> None:
    taking.list_take(import_id=import_id)


@app.task(queue="registry")
def list_undo(import_id: int, by_id: int) -> None:
    undoing.list_undo(import_id=import_id, by_id=by_id)


@app.task(queue="registry")
def duplicates_find(province_id: int) -> None:
    duplicates.duplicates_find(province_id=province_id)
