"""What apps above may listen to. Sent within the transaction that writes."""

from django.dispatch import Signal

agencies_changed = Signal()  # agencies: ids of those that began, ended, or gave work to another
