"""What was done to a document, who and when: acts of its review, and corrections of what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.accounts.models import User
from hopluc.documents.models import Document

SHOWN = 20  # newest lines
VERBS = {
    "accept": gettext_lazy("accepted an item"),
    "reject": gettext_lazy("rejected an item"),
    "reopen": gettext_lazy("took an item up again"),
    "edit": gettext_lazy("corrected an item"),
    "split": gettext_lazy("split an item"),
    "merge": gettext_lazy("merged items"),
    "add": gettext_lazy("added an item"),
    "accept_sure": gettext_lazy("accepted the sure items"),
    "undo": gettext_lazy("undid an act"),
}
FIELDS = {
    "title": gettext_lazy("Title"),
    "symbol": gettext_lazy("Symbol"),
    "issuer": gettext_lazy("Issuer"),
    "issued_on": gettext_lazy("Date of issue"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of history."""

    at: datetime
    by: str
    words: str


def told(document: Document) -> list[Told]:
    """The newest acts and corrections, newest first."""
    lines = [*_acts(document), *_corrections(document)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:SHOWN]


def _acts(document: Document) -> list[Told]:
    acts = document.acts.select_related("by").order_by("-clock")[:SHOWN]
    return [Told(act.at, str(act.by), _counted(str(VERBS[act.verb]), len(act.changes))) for act in acts]


def _counted(words: str, count: int) -> str:
    return f"{words} ({count})" if count > 1 else words


def _corrections(document: Document) -> list[Told]:
    """What people changed of the header, and the way into the bin and back; what the reader filled in is no correction."""
    events = apps.get_model("documents", "DocumentEvent")
    rows = list(events.objects.filter(pgh_obj=document.pk).select_related("pgh_context").order_by("pgh_id"))
    people = {str(row.pgh_context.metadata.get("user")) for row in rows if row.pgh_context}
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=[pk for pk in people if pk.isdecimal()])}
    return [
        Told(now.pgh_created_at, names[by], words)
        for was, now in pairwise(rows)
        if (by := str((now.pgh_context.metadata if now.pgh_context else {}).get("user"))) in names
        for words in _differences(was, now)
    ]


def _differences(was: Any, now: Any) -> list[str]:
    changed = [name for name in FIELDS if getattr(was, name) != getattr(now, name)]
    words = [
        _("%(field)s: “%(before)s” → “%(after)s”")
        % {"field": FIELDS[name], "before": _shown(getattr(was, name)), "after": _shown(getattr(now, name))}
        for name in changed
    ]
    if bool(was.binned_at) != bool(now.binned_at):
        words.append(_("put into the bin") if now.binned_at else _("brought back from the bin"))
    return words


def _shown(value: Any) -> str:
    return date_format(value) if hasattr(value, "isoformat") else str(value or "–")
