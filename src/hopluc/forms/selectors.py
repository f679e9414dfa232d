"""The public door for reading: filings as far as the viewer may see them, forms, who may do what with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, may, realm
from hopluc.core.compiled import Compiled, CompiledValues, given
from hopluc.forms.cases import cases_listed, cases_visible, clock_of
from hopluc.forms.closing import closed_by
from hopluc.forms.due import fillers
from hopluc.forms.filing import approvals, changed_since, editable, faults_of
from hopluc.forms.history import Told, history
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
    "files_named",
    "filing_visible",
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
State = Filing.State


def filings_visible(viewer: User) -> QuerySet[Filing]:
    """Filings of the viewer's agencies and those below, those that they asked for, and of the province for an inspector."""
    seen = realm(viewer, SEE)
    near = Q(agency__in=among(seen.below)) | Q(asked_by__in=among(seen.agencies))
    inspected = Q(agency__province__in=among(realm(viewer, "inspect").provinces))
    found = Filing.objects.filter(near | inspected).select_related("form", "version__form", "agency", "asked_by")
    return found.defer("version__schema")  # each process has read it (`FormVersion.read`)


FILING = Compiled(
    lambda: (
        Filing.objects.filter(pk=given("pk"))
        .select_related("form", "version", "agency", "asked_by")
        .defer("version__schema")
    )
)


def filing_visible(viewer: User, pk: int) -> Filing | None:
    """One of `filings_visible`, with less work for the database than picking it from all of them."""
    for found in FILING(pk=pk):
        seen, province = realm(viewer, SEE), found.agency.province_id
        near = found.agency_id in seen.below or found.asked_by_id in seen.agencies
        if near or (province is not None and province in realm(viewer, "inspect").provinces):
            found.version.form = found.form
            return found
    return None


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


NAMED = """
SELECT DISTINCT said::bigint FROM {table}, LATERAL jsonb_path_query(values || marks, '$.**.id ? (@.type() == "number")') said
WHERE said::bigint = ANY(%s)
"""


def files_named(ids: Collection[int]) -> set[int]:
    """The stored files among these that are or were the value of a field: values name them without a key."""
    found: set[int] = set()
    for table in ("forms_filing", "forms_filingevent"):
        with connection.cursor() as cursor:
            cursor.execute(NAMED.format(table=table), [list(ids)])
            found |= {pk for (pk,) in cursor.fetchall()}
    return found


NEWER = CompiledValues(
    lambda: (
        FormVersion.objects.published(on=given("on"))
        .filter(form=given("form"), number__gt=given("number"), published_at__gt=given("since"))
        .values("number")[:1]
    )
)


def newer_version(filing: Filing) -> int | None:
    """The number of a version that was published for the filing's period since it was opened."""
    about = {"on": filing.ends_on, "form": filing.form_id, "since": filing.created_at}
    return next((each["number"] for each in NEWER(number=filing.version.number, **about)), None)
