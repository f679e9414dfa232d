"""The states of an occurrence in words: those that are stored, and those that a day computes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hopluc.plans.models import Occurrence

State = Occurrence.State
LATE, SOON, STALE = "overdue", "due_soon", "stale"
WORDS: dict[str, str | Promise] = {
    LATE: gettext_lazy("overdue"),
    SOON: gettext_lazy("due soon"),
    STALE: gettext_lazy("no news"),
    State.NOT_STARTED: State.NOT_STARTED.label,
    State.IN_PROGRESS: State.IN_PROGRESS.label,
    State.REPORTED: State.REPORTED.label,
    State.CONFIRMED: State.CONFIRMED.label,
    State.RETURNED: State.RETURNED.label,
}
