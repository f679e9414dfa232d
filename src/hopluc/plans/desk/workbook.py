"""What is due from an agency as an Excel form; and what came back, looked at first, then taken over whole or not at all.

Each row is an occurrence, under its id. What an answer needs beyond the cells that it stands in (proof of what is done, something
new said) is found wrong at the cell as well, so that nothing is refused only once it is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.errors import Problem
from hopluc.core.shortening import shortened
from hopluc.forms.errors import OtherAgency, SheetApplied, SheetHasErrors
from hopluc.forms.models import ReceivedSheet
from hopluc.forms.schema.definition import Choice, Field, Words
from hopluc.forms.services import (
    SheetColumn,
    SheetFile,
    SheetPage,
    SheetRead,
    SheetRow,
    SheetSpec,
    sheet_keep,
    sheet_kept,
    sheet_open,
    sheet_read,
)
from hopluc.plans.desk.items import looks_of, proof_words
from hopluc.plans.desk.words import WORDS
from hopluc.plans.errors import NoEvidence, NothingSaid
from hopluc.plans.models import Answer, Evidence, Line, Occurrence, Plan
from hopluc.plans.working.proving import evidence_required
from hopluc.plans.working.services import answer
from hopluc.plans.working.standards import standards
from hopluc.plans.working.states import Clock, begun, is_open
from hopluc.plans.working.values import Figure, Proof, Update
from hopluc.units.models import Agency
from vanban.wording import capital

Json = Any
State = Occurrence.State
FORM, VERSION, PAGE = "cong-viec", 1, "work"
MOST = 300  # rows of a form, the earliest days first
TEXT = 2_000  # characters of a task
WHOLE, PLACES = 18, 6  # digits of a figure before and after its point
STATES = (
    Choice(Answer.Claim.IN_PROGRESS.value, Words("Đang thực hiện", "In progress")),
    Choice(Answer.Claim.REPORTED.value, Words("Đã xong", "Done")),
)
GUIDE = (
    "Chỉ điền những dòng có gì mới; dòng để trống không bị hỏi đến. Để trống “Tình hình mới” thì hiểu là đang thực hiện.",
    "Tệp minh chứng (ảnh, biên bản) gửi ở trang Việc của tôi; ở đây ghi số văn bản hoặc số liệu.",
)


def _shown(key: str, vi: str, en: str, width: int) -> SheetColumn:
    return SheetColumn(Field(key, "text", Words(vi, en)), locked=True, width=width)


COLUMNS = (
    _shown("plan", "Kế hoạch", "Plan", 24),
    _shown("task", "Nhiệm vụ", "Task", 60),
    SheetColumn(Field("due", "date", Words("Hạn", "Due")), locked=True, width=12),
    _shown("now", "Hiện nay", "Now", 15),
    _shown("needs", "Khi xong cần có", "Done needs", 22),
    SheetColumn(Field("state", "choice", Words("Tình hình mới", "New state"), choices=STATES), width=16),
    SheetColumn(Field("words", "text", Words("Kết quả, một câu", "One line of words"), longest=1000), width=44),
    SheetColumn(Field("figure", "decimal", Words("Số liệu", "Figure")), width=14),
    SheetColumn(Field("unit", "text", Words("Đơn vị tính", "Unit"), longest=60), width=12),
    SheetColumn(
        Field("symbol", "text", Words("Số văn bản", "Number of the document"), longest=100,
              help=Words("Như khi trích dẫn, ví dụ 125/KH-STC.", "As it is cited, such as 125/KH-STC.")), width=20,
    ),
    SheetColumn(Field("percent", "percent", Words("Tỷ lệ %", "Percent"), least=Decimal(0), most=Decimal(100)), width=10),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What taking a row over would say of its occurrence."""

    row: Occurrence
    update: Update
    state: Words  # as it would be

    @property
    def symbol(self) -> str:
        return next((proof.symbol for proof in self.update.evidence), "")


@dataclass(frozen=True, slots=True)
class Looked:
    """A form that came back, beside what stands today."""

    found: SheetRead
    changes: tuple[Change, ...]
    again: bool  # all that it says was taken over already


def agencies_due(viewer: User, *, today: date) -> list[tuple[Agency, int]]:
    """The agencies that the viewer may answer for, by name, with how much is due from each."""
    own = agencies(viewer, "answer")
    found = _due(own, today).order_by().values_list("line__holder").annotate(n=Count("pk"))
    counts: dict[int, int] = dict(found)
    return [(agency, counts[agency.pk]) for agency in Agency.objects.filter(pk__in=counts).order_by("sort_key", "pk")]


def work_spec(agency: Agency, *, today: date) -> SheetSpec:
    """The form of an agency as it is made: all that is due from it, and the rest that has begun."""
    rows = _due([agency.pk], today).order_by("due_on", "pk")
    return _spec(agency.pk, agency.name, rows[:MOST], today)


def _due(holders: Collection[int], today: date) -> QuerySet[Occurrence]:
    return _worked(holders).filter(is_open(), begun(Clock.of(today)))


def _worked(holders: Collection[int]) -> QuerySet[Occurrence]:
    """What answers are taken of. Its lines are found first, as in `working.selectors.Place`."""
    lines = Line.objects.filter(holder__in=holders, plan__state=Plan.State.ISSUED).exclude(state=Line.State.ENDED)
    ids = list(lines.order_by().values_list("pk", flat=True))
    return Occurrence.objects.filter(line__in=ids).exclude(state=State.CONFIRMED)


def _spec(agency: int, name: str, rows: QuerySet[Occurrence], today: date) -> SheetSpec:
    """In Vietnamese whatever the language of the page: what a cell holds must be the same when it comes back."""
    clock = Clock.of(today)
    listed = list(rows.select_related("plan", "line__task"))
    units = dict(
        Answer.objects.filter(pk__in=[row.answer_id for row in listed if row.answer_id]).values_list("pk", "unit")
    )
    with override("vi"):
        made = tuple(_row(row, units.get(row.answer_id or 0, ""), clock) for row in listed)
    page = SheetPage(PAGE, "Công việc", COLUMNS, made)
    return SheetSpec(
        FORM, VERSION, agency, name, str(today.year), "CÔNG VIỆC ĐẾN HẠN, CẬP NHẬT KẾT QUẢ", (page,), GUIDE
    )


def _row(row: Occurrence, unit: str, clock: Clock) -> SheetRow:
    task = row.line.task
    shown = {
        "plan": row.plan.name[:120],
        "task": shortened(f"{task.at}. {task.text}" if task.at else task.text, TEXT),
        "due": row.due_on.isoformat(),
        "now": capital(str(WORDS[looks_of(row, clock)])),
        "needs": capital(proof_words(task.deliverable)),
    }
    return SheetRow(str(row.pk), {**shown, "unit": unit or None}, row.revision)


def work_sheet_receive(*, upload: File, by: User, today: date | None = None) -> ReceivedSheet:
    """Keep a form that came back until it is looked at and taken over.

    Raises OtherAgency, and what `sheet_open` and `sheet_read` raise.
    """
    file = sheet_open(upload)
    sheet_read(file, _spec_now(file, by, today or localdate()))
    return sheet_keep(file=file, by=by)


def work_sheet_look(*, received: ReceivedSheet, by: User, today: date | None = None) -> Looked:
    """What it says anew, and every cell that is wrong. Raises as `work_sheet_receive`."""
    file = sheet_kept(received)
    spec = _spec_now(file, by, today or localdate())
    found = sheet_read(file, spec)
    cells = {row.key: row for row in spec.pages[0].rows}
    said = found.answers.get(PAGE, {})
    rows = _worked([file.identity["agency"]]).select_related("line__task", "line__plan").in_bulk(map(int, said))
    updates = {
        int(key): _update(cells[key], given, received) for key, given in said.items() if _fits(found, key, given)
    }
    proofs = _proofs(updates)
    changes = tuple(
        Change(rows[pk], update, _choice(update.claim))
        for pk, update in updates.items()
        if not _refused(found, rows[pk], update, proofs[pk])
    )
    return Looked(found, changes, _again(found, file))


def _spec_now(file: SheetFile, by: User, today: date) -> SheetSpec:
    """What the rows of a form are today; what takes no answers any more is not among them."""
    theirs = file.identity
    if theirs["agency"] not in agencies(by, "answer"):
        raise OtherAgency(name=file.name, theirs=theirs["agency_name"])
    asked = [int(key) for key in theirs["pages"].get(PAGE, {})] if theirs["form"] == FORM else []
    rows = _worked([theirs["agency"]]).filter(pk__in=asked)
    return _spec(theirs["agency"], theirs["agency_name"], rows, today)


def _fits(found: SheetRead, key: str, given: Mapping[str, Json]) -> bool:
    """Whether numbers are as precise as they are kept; what is not is said at its cell."""
    before = len(found.issues)
    if (figure := given.get("figure")) is not None:
        whole, _point, rest = str(figure).lstrip("-").partition(".")
        if len(whole) > WHOLE or len(rest) > PLACES:
            reason = _("At most %(whole)s digits before the comma and %(places)s after it are kept.")
            found.refuse(PAGE, key, "figure", reason % {"whole": WHOLE, "places": PLACES})
    if (percent := given.get("percent")) is not None and "." in str(percent):
        found.refuse(PAGE, key, "percent", _("Write a whole percentage from 0 to 100."))
    return len(found.issues) == before


def _update(row: SheetRow, given: Mapping[str, Json], received: ReceivedSheet) -> Update:
    said = {**row.cells, **given}
    figure = said.get("figure")
    symbol = said.get("symbol")
    return Update(
        key=uuid5(NAMESPACE_URL, f"{FORM}/{received.pk}/{row.key}"),
        seen=row.revision,
        claim="reported" if said.get("state") == "reported" else "in_progress",
        words=said.get("words") or "",
        figure=None if figure is None else Figure(Decimal(figure), said.get("unit") or ""),
        percent=None if said.get("percent") is None else int(said["percent"]),
        evidence=[Proof(kind=Evidence.Kind.DOCUMENT, symbol=symbol)] if symbol else [],
    )


def _proofs(updates: Mapping[int, Update]) -> dict[int, set[str]]:
    """The kinds of evidence that each occurrence has, and would have."""
    found: dict[int, set[str]] = defaultdict(set)
    before = Evidence.objects.filter(occurrence__in=updates).order_by().values_list("occurrence", "kind").distinct()
    figures = Answer.objects.filter(occurrence__in=updates, figure__isnull=False).order_by().values_list("occurrence")
    for pk, kind in before:
        found[pk].add(kind)
    for pk in {*(pk for (pk,) in figures), *(pk for pk, update in updates.items() if update.figure)}:
        found[pk].add(Evidence.Kind.FIGURE.value)
    for pk, update in updates.items():
        found[pk].update(proof.kind for proof in update.evidence)
    return found


def _refused(found: SheetRead, row: Occurrence, update: Update, proofs: Iterable[str]) -> bool:
    """Whether the service would refuse an answer; if so, it is said at its cell."""
    if update.is_silent and row.state == update.claim:
        found.refuse(PAGE, str(row.pk), "words", NothingSaid())
        return True
    kind = standards().kind_of(row.line.task.deliverable)
    try:
        evidence_required(kind, proofs if update.claim == "reported" else kind.evidence)
    except NoEvidence as problem:
        column = "symbol" if Evidence.Kind.DOCUMENT in kind.evidence else "figure"
        found.refuse(PAGE, str(row.pk), column, problem)
        return True
    return False


def _again(found: SheetRead, file: SheetFile) -> bool:
    """All that is new to it was answered since, and the very same form was taken over before."""
    stale = bool(found.issues) and {issue.code for issue in found.issues} == {"S406"}
    return stale and ReceivedSheet.objects.filter(identity=file.identity, applied_at__isnull=False).exists()


def _choice(claim: str) -> Words:
    return next(choice.label for choice in STATES if choice.key == claim)


def work_sheet_apply(*, received: ReceivedSheet, by: User, today: date | None = None) -> int:
    """Take it over whole; gives how many items were answered. Raises SheetApplied, SheetHasErrors, OtherAgency and the like."""
    with transaction.atomic():
        locked = ReceivedSheet.objects.select_for_update().get(pk=received.pk)
        if locked.applied_at:
            raise SheetApplied(name=locked.name)
        asked = Occurrence.objects.filter(pk__in=list(map(int, locked.identity["pages"].get(PAGE, {}))))
        list(asked.select_for_update().order_by("pk").values_list("pk"))  # nobody answers them meanwhile
        looked = work_sheet_look(received=locked, by=by, today=today)
        if looked.found.issues:
            raise SheetHasErrors(looked.found.issues)
        for change in looked.changes:
            _answer(looked, change, by, today)
        locked.applied_at, locked.pages = timezone.now(), []
        locked.save(update_fields=["applied_at", "pages"])
    return len(looked.changes)


def _answer(looked: Looked, change: Change, by: User, today: date | None) -> None:
    try:
        answer(occurrence=change.row.pk, update=change.update, by=by, today=today)
    except Problem as problem:
        looked.found.refuse(PAGE, str(change.row.pk), "words", problem)
        raise SheetHasErrors(looked.found.issues) from problem
