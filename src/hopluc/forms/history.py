"""What happened to a filing, in lines: who decided what, and who saved how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.accounts.models import User
from hopluc.core.compiled import Compiled, CompiledValues, given, given_ids
from hopluc.forms.levels import levels_of
from hopluc.forms.models import Decision, Filing

SHOWN = 60  # newest lines of a history
DECISIONS = Compiled(lambda: Decision.objects.filter(filing=given("filing")).select_related("by"))
PEOPLE = Compiled(lambda: User.objects.filter(pk__in=given_ids("people")))


@dataclass(frozen=True, slots=True)
class Told:
    """A line of history."""

    at: datetime
    by: str
    words: str
    reason: str = ""


def history(filing: Filing) -> list[Told]:
    """What was decided, and who saved how much, newest first."""
    lines = [*_decided(filing), *_saved(filing)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:SHOWN]


def _decided(filing: Filing) -> Iterator[Told]:
    steps = levels_of(filing)
    for each in DECISIONS(filing=filing.pk):
        words = str(each.get_verb_display())
        if each.verb == each.Verb.APPROVE and each.level is not None and each.level < len(steps):
            words = _("approved it: %(level)s") % {"level": steps[each.level].title}
        if each.until:
            words = _("reopened it until %(day)s") % {"day": f"{each.until:%d/%m/%Y}"}
        yield Told(each.at, str(each.by), words, each.reason)


COUNTED = {
    "filing.saved": gettext_lazy("saved values: %(count)s"),
    "filing.sheet_applied": gettext_lazy("took over an Excel form"),
    "filing.row_added": gettext_lazy("added rows: %(count)s"),
    "filing.row_removed": gettext_lazy("removed rows: %(count)s"),
    "filing.row_restored": gettext_lazy("brought rows back: %(count)s"),
}


def _days() -> QuerySet[Any, Any]:
    events = apps.get_model("forms", "FilingEvent").objects.filter(pgh_obj=given("filing"))
    about = {name: KeyTextTransform(name, "pgh_context__metadata") for name in ("user", "act")}
    days = events.annotate(**about, day=TruncDate("pgh_created_at")).filter(act__in=COUNTED)
    return days.values("user", "act", "day").annotate(count=Count("pk"), at=Max("pgh_created_at")).order_by("at")


DAYS = CompiledValues(_days)


def _saved(filing: Filing) -> Iterator[Told]:
    """Saves of one person on one day make one line: there is one at every field."""
    groups = DAYS(filing=filing.pk)
    ids = {int(each["user"]) for each in groups if each["user"]}
    people = {str(user.pk): user for user in PEOPLE(people=sorted(ids))} if ids else {}
    for each in groups:
        words = str(COUNTED[each["act"]]) % {"count": each["count"]}
        yield Told(each["at"], str(people.get(each["user"], "–")), words)
