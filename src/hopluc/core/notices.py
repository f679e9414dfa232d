"""What the next page says about what was just done, with the way to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say that something was done; `undo` is the address that takes it back when it is posted to."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")
