"""What was done to a document, who and when: files that came, acts of its review, corrections of what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.apps import apps
from django.db.models import F, Func, IntegerField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from hopluc.accounts.models import User
from hopluc.documents.models import Document, Version

SHOWN = 20  # newest lines
ACTS = 500  # newest acts that are gathered into them
DONE = {
    "accept": ngettext_lazy("accepted %(n)s item", "accepted %(n)s items", "n"),
    "reject": ngettext_lazy("rejected %(n)s item", "rejected %(n)s items", "n"),
    "edit": ngettext_lazy("corrected %(n)s item", "corrected %(n)s items", "n"),
    "split": ngettext_lazy("split items: %(n)s change", "split items: %(n)s changes", "n"),
    "merge": ngettext_lazy("merged items: %(n)s change", "merged items: %(n)s changes", "n"),
    "add": ngettext_lazy("added %(n)s item", "added %(n)s items", "n"),
    "reopen": ngettext_lazy("took back %(n)s decision", "took back %(n)s decisions", "n"),
    "accept_sure": ngettext_lazy("accepted %(n)s sure item", "accepted %(n)s sure items", "n"),
    "undo": ngettext_lazy("undid an act: %(n)s change", "undid acts: %(n)s changes", "n"),
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


def told(document: Document, versions: Iterable[Version]) -> list[Told]:
    """The newest arrivals, acts and corrections, newest first. `versions`: with their files."""
    lines = [*_arrivals(versions), *_acts(document), *_corrections(document)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:SHOWN]


def _arrivals(versions: Iterable[Version]) -> list[Told]:
    """The files of each version as they were sent; a plan typed by hand has none."""
    return [
        Told(version.created_at, str(version.created_by), words % {"files": ", ".join(names)})
        for version in versions
        if (names := [file.name for file in version.files.all()])
        for words in [_("sent %(files)s") if version.number == 1 else _("sent a corrected file, %(files)s")]
    ]


def _acts(document: Document) -> list[Told]:
    """A review of eighty items is eighty acts: what one person did of a kind one after another is one line."""
    acts = document.acts.select_related("by").annotate(
        count=Func(F("changes"), function="jsonb_array_length", output_field=IntegerField())
    )
    newest = acts.defer("changes").order_by("-clock")[:ACTS]
    runs = [list(run) for _key, run in groupby(newest, key=lambda act: (act.by_id, act.verb))]
    return [
        Told(run[0].at, str(run[0].by), str(DONE[run[0].verb] % {"n": sum(act.count for act in run)})) for run in runs
    ]


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
