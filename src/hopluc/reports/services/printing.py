"""PDF files of a report: asked for on a page, made by a job, found again by the hash of the Word document, dropped when old."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from hopluc.core.files import file_store, files_clear
from hopluc.core.pdf import NotConverted, pdf_made
from hopluc.forms.selectors import files_named
from hopluc.reports import jobs
from hopluc.reports.models import Print, Report, Snapshot


@transaction.atomic
def print_ask(*, report: Report, docx: bytes) -> Print:
    """The PDF of this Word document: as it was made before, or one that a job makes now. One that failed is tried again."""
    source = file_store(ContentFile(docx, name="report.docx"))
    asked, new = Print.objects.select_for_update().get_or_create(report=report, source=source)
    if new or asked.state == Print.State.FAILED:
        Print.objects.filter(pk=asked.pk).update(state=Print.State.WAITING)
        asked.state = Print.State.WAITING
        jobs.print_make.defer(print_id=asked.pk)  # commits or rolls back with the row
    return asked


def print_make(*, print_id: int) -> None:
    """Make it. Twice does no harm: the same Word document gives the same pages."""
    rows = Print.objects.filter(pk=print_id).exclude(state=Print.State.MADE)
    if not rows.update(state=Print.State.MAKING):
        return
    asked = Print.objects.select_related("source").get(pk=print_id)
    try:
        with asked.source.data.open("rb") as file:
            made = pdf_made(file.read())
    except NotConverted:
        rows.update(state=Print.State.FAILED)
        return
    rows.update(state=Print.State.MADE, file=file_store(ContentFile(made, name="report.pdf")))


def drafts_clear(*, now: datetime) -> int:
    """Drop the Word and PDF files of drafts that were asked for before the last `DRAFT_DAYS` days; gives how many files.

    What was signed stays, with its PDF: so does any file that something else refers to.
    """
    edge = now - timedelta(days=settings.DRAFT_DAYS)
    old = Print.objects.filter(asked_at__lt=edge).exclude(source__in=Snapshot.objects.values("file"))
    with transaction.atomic():
        rows = list(old.select_for_update().values_list("pk", "source", "file"))
        Print.objects.filter(pk__in=[pk for pk, _source, _file in rows]).delete()
        ids = {pk for _print, *files in rows for pk in files if pk}
        return files_clear(ids, named=files_named)
