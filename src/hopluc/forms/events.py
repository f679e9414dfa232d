"""What apps above may listen to. Each is sent within the transaction, with `filing` and `by`."""

from django.dispatch import Signal

filed = Signal()  # submitted by the agency
approved = Signal()  # by its last level
returned = Signal()  # with `reason`
reopened = Signal()  # with `until`
