"""PDF files of a report: asked for on a page, made by a job, found again by the hash of the Word document."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction

from hopluc.core.files import file_store
from hopluc.core.pdf import NotConverted, pdf_made
from hopluc.reports import jobs
from hopluc.reports.models import Print, Report


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
