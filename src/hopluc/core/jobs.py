"""Jobs of the installation itself."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

from hopluc.core import sealing

SILENT = 60  # seconds without a sign of life after which a worker counts as dead


@app.periodic(cron="* * * * *")
@app.task(queue="core", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    """What a worker had in hand when it died waits again: every job may be run twice without harm."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        await manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(queue="core", queueing_lock="seal")
def seal(timestamp: int) -> None:  # noqa: ARG001  procrastinate's signature
    while sealing.seal_make():
        pass
