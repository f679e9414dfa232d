"""What a list said is forgotten in time: names and telephone numbers that are not in the registry have no reason to be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from hopluc.registry.intake.staging import AT_WORK
from hopluc.registry.models import ImportRow, ListImport

KEPT = timedelta(days=30)  # from the day on which it was sent


def lists_clean(*, on: datetime) -> int:
    """Take out the rows of old lists that nobody took over, and what those say that were; gives how many rows.

    What taking them over changed stays, so that the import can still be undone; the file can be read again.
    """
    old = ListImport.objects.filter(sent_at__lt=on - KEPT).exclude(state__in=AT_WORK)
    with transaction.atomic():
        for sent in old.filter(mapping__has_key="preview").exclude(mapping__preview=[]).select_for_update(of=("self",)):
            ListImport.objects.filter(pk=sent.pk).update(mapping={**(sent.mapping or {}), "preview": []})
        rows = ImportRow.objects.filter(list_import__in=old)
        gone, _by_model = rows.exclude(state="taken").delete()
        return gone + rows.exclude(values={}).update(values={})
