"""What apps above may listen to. Sent within the transaction that writes."""

from django.dispatch import Signal

posts_changed = (
    Signal()
)  # agencies, users: ids of those whose posts began, moved or ended, or who were closed or opened
