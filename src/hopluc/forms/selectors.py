"""The public door for reading: filings as far as the viewer may see them, forms, who may do what with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, may, realm
from hopluc.forms.cases import cases_listed, cases_visible, clock_of
from hopluc.forms.closing import closed_by
from hopluc.forms.due import fillers
from hopluc.forms.filing import approvals, changed_since, editable, faults_of
from hopluc.forms.levels import RIGHT as DECIDE
from hopluc.forms.levels import decider, decides, levels_of, waiting_for
from hopluc.forms.models import Filing, Form, FormVersion
from hopluc.forms.outbox import messages_of, messages_unread, messages_visible
from hopluc.units.realm import among

SEE, FILL, CHANGE = "see filings", "fill in", "change forms"
__all__ = [
    "Powers",
    "Told",
    "approvals",
    "cases_listed",
    "cases_visible",
    "changed_since",
    "clock_of",
    "closed_by",
    "faults_of",
    "filings_counted",
    "filings_deciding",
    "filings_listed",
    "filings_visible",
    "fillers",
    "forms_of",
    "forms_visible",
    "history",
    "messages_of",
    "messages_unread",
    "messages_visible",
    "newer_version",
    "powers",
]
SHOWN = 60  # newest lines of a history
State = Filing.State


def filings_visible(viewer: User) -> QuerySet[Filing]:
    """Filings of the viewer's agencies and those below, those that they asked for, and of the province for an inspector."""
    seen = realm(viewer, SEE)
    near = Q(agency__in=among(seen.below)) | Q(asked_by__in=among(seen.agencies))
    inspected = Q(agency__province__in=among(realm(viewer, "inspect").provinces))
    found = Filing.objects.filter(near | inspected).select_related("form", "version__form", "agency", "asked_by")
    return found.defer("version__schema")  # each process has read it (`FormVersion.read`)


def filings_listed(*, viewer: User, state: str = "", code: str = "") -> QuerySet[Filing]:
    """Those of a list, what is due first."""
    found = filings_visible(viewer).defer("values", "marks", "last")
    found = found.filter(form__code=code) if code else found
    found = found.filter(state=state) if state in State.values else found
    return found.order_by("due_on", "-ends_on", "form", "agency__sort_key", "pk")


def filings_counted(*, viewer: User) -> dict[str, int]:
    """How many the viewer sees in each state, and of all."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in State.values}
    found: dict[str, int] = filings_visible(viewer).order_by().aggregate(all=Count("pk"), **counts)
    return found


def filings_deciding(viewer: User) -> list[Filing]:
    """Those that wait for the viewer's signature or approval."""
    if not may(viewer, DECIDE):
        return []
    waiting, mine = filings_visible(viewer).filter(state=State.WAITING), decider(viewer)
    light = waiting.defer("values", "marks", "last")
    return [filing for filing in light if (at := waiting_for(filing)) and mine(at)]


def forms_visible(viewer: User) -> QuerySet[Form]:
    """The forms of the whole country, and those of the viewer's provinces; all for whoever changes those of all."""
    known = Form.objects.select_related("province")
    if realm(viewer, CHANGE).everywhere:
        return known
    return known.filter(Q(province=None) | Q(province__in=among(realm(viewer, SEE).provinces)))


def forms_of(province: int | None) -> QuerySet[Form]:
    """The forms that are filled in for a province (its id): its own, and those of the whole country of which it has published none."""
    published = FormVersion.objects.filter(form=OuterRef("pk"), published_at__isnull=False)
    ready = Form.objects.filter(Exists(published))
    own = ready.filter(province=province) if province else ready.none()
    return ready.filter(
        Q(province=None) & ~Q(pk__in=own.filter(copied_from__isnull=False).values("copied_from"))
        | Q(pk__in=own.values("pk"))
    )


@dataclass(frozen=True, slots=True)
class Powers:
    """What somebody may do with a filing now."""

    fill: bool = False
    submit: bool = False
    withdraw: bool = False
    decide: bool = False
    reopen: bool = False


def powers(filing: Filing, viewer: User, *, today: date, closed: bool | None = None) -> Powers:
    """`closed`: whether something above takes nothing more in, where that is known already."""
    mine = filing.agency_id in agencies(viewer, FILL)
    at, steps = waiting_for(filing), levels_of(filing)
    done = filing.state in (State.APPROVED, State.REOPENED)
    taken = mine and not (closed_by(filing) if closed is None else closed)
    return Powers(
        fill=taken and editable(filing, today=today),
        submit=taken and filing.state in (State.DRAFT, State.RETURNED, State.REOPENED),
        withdraw=mine and filing.state == State.WAITING and filing.level == 0,
        decide=at is not None and decides(viewer, at),
        reopen=done and bool(steps) and decides(viewer, steps[-1]),
    )


def newer_version(filing: Filing) -> int | None:
    """The number of a version that was published for the filing's period since it was opened."""
    later = FormVersion.objects.published(on=filing.ends_on).filter(
        form=filing.form_id, number__gt=filing.version.number, published_at__gt=filing.created_at
    )
    return later.values_list("number", flat=True).first()


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
    for each in filing.decisions.select_related("by"):
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


def _saved(filing: Filing) -> Iterator[Told]:
    """Saves of one person on one day make one line: there is one at every field."""
    events = apps.get_model("forms", "FilingEvent").objects.filter(pgh_obj=filing.pk)
    about = {name: KeyTextTransform(name, "pgh_context__metadata") for name in ("user", "act")}
    days = (
        events.annotate(**about, day=TruncDate("pgh_created_at")).filter(act__in=COUNTED).values("user", "act", "day")
    )
    groups = list(days.annotate(count=Count("pk"), at=Max("pgh_created_at")).order_by("at"))
    people = {str(user.pk): user for user in User.objects.filter(pk__in={each["user"] for each in groups} - {None})}
    for each in groups:
        words = str(COUNTED[each["act"]]) % {"count": each["count"]}
        yield Told(each["at"], str(people.get(each["user"], "–")), words)
