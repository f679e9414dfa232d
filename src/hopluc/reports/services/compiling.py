"""What people add to a report: passages, choices of figures, explanations of clashes. Each service is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.forms.schema.values import Unfit, read, tidy
from hopluc.reports.compiling.figures import Origin
from hopluc.reports.compiling.shape import Shape
from hopluc.reports.errors import (
    NoReason,
    NoSuchPart,
    NotAFigure,
    NothingWritten,
    PassageChanged,
    ReportSigned,
)
from hopluc.reports.models import Campaign, Passage, Pick, Report, Waiver
from hopluc.reports.services.campaigns import check_compiles

Json = Any
LONGEST = 20_000  # characters of a passage


@dataclass(frozen=True, slots=True)
class Written:
    """A passage to be written: in which part, a person's words or figures in braces, and whose words it took over (filings)."""

    part: str
    text: str
    computed: bool = False
    taken: Sequence[int] = field(default_factory=tuple)


@transaction.atomic
def report_begin(*, campaign: Campaign, by: User) -> Report:
    """The report of a round: made once, the same given again. Raises NotYourReports."""
    check_compiles(campaign.owner, by)
    with acting(by.pk, act="report.begun"):
        report, _made = Report.objects.get_or_create(
            campaign=campaign, defaults={"recipients": campaign.owner.name, "place": _place(campaign)}
        )
    return report


def _place(campaign: Campaign) -> str:
    return campaign.owner.province.name if campaign.owner.province else ""


@transaction.atomic
def passage_add(*, report: Report, written: Written, by: User) -> Passage:
    """At the end of its part. Raises NotYourReports, ReportSigned, NoSuchPart, NothingWritten."""
    locked = locked_draft(report, by)
    if written.part not in Shape(locked.campaign.version.read, locked.campaign.year).texts:
        raise NoSuchPart(part=written.part)
    last = locked.passages.filter(part=written.part).aggregate(last=Max("position"))["last"] or 0
    with acting(by.pk, act="report.passage_added"):
        made = Passage.objects.create(
            report=locked,
            part=written.part,
            position=last + 1,
            kind=Passage.Kind.COMPUTED if written.computed else Passage.Kind.PERSON,
            text=_text(written.text),
            taken=list(written.taken),
            by=by,
        )
        _moved(locked)
    return made


def _text(typed: str) -> str:
    """Raises NothingWritten."""
    text = tidy(typed, lines=True)[:LONGEST]
    if not text:
        raise NothingWritten
    return text


@transaction.atomic
def passage_save(*, passage: Passage, text: str, seen: int, by: User) -> Passage:
    """`seen` is the revision that its writer had before them. Raises NotYourReports, ReportSigned, NothingWritten, PassageChanged."""
    report = locked_draft(passage.report, by)
    locked = Passage.objects.select_for_update(of=("self",)).select_related("by").get(pk=passage.pk)
    new = _text(text)
    if new == locked.text:
        return locked
    if locked.revision != seen:
        raise PassageChanged(who=locked.by, theirs=locked.text, mine=new)
    with acting(by.pk, act="report.passage_saved"):
        locked.text, locked.by, locked.revision = new, by, locked.revision + 1
        locked.save()
        _moved(report)
    return locked


@transaction.atomic
def passage_remove(*, passage: Passage, by: User) -> None:
    """Take a passage out; its words stay in the history. Raises NotYourReports, ReportSigned."""
    report = locked_draft(passage.report, by)
    with acting(by.pk, act="report.passage_removed"):
        passage.delete()
        _moved(report)


@transaction.atomic
def passage_move(*, passage: Passage, up: bool, by: User) -> None:
    """One place up or down within its part; at the end of it nothing moves. Raises NotYourReports, ReportSigned."""
    report = locked_draft(passage.report, by)
    rows = list(report.passages.filter(part=passage.part).order_by("position"))
    at = next(turn for turn, each in enumerate(rows) if each.pk == passage.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        with acting(by.pk, act="report.passage_moved"):
            rows[at].position, rows[other].position = rows[other].position, rows[at].position
            rows[at].save(update_fields=["position"])
            rows[other].save(update_fields=["position"])
            _moved(report)


@transaction.atomic
def figure_pick(*, report: Report, path: str, origin: str, typed: str = "", reason: str, by: User) -> None:
    """Take another statement than the usual one, or a figure of one's own. Raises NotYourReports, ReportSigned, NoReason, NotAFigure."""
    locked = locked_draft(report, by)
    slot = Shape(locked.campaign.version.read, locked.campaign.year).slots.get(path)
    if slot is None or slot.worked_out:
        raise NotAFigure(words=path)
    stated = _reason(reason)
    value: Json = None
    if origin == Origin.TYPED:
        try:
            value = read(slot.column, typed)
        except Unfit as error:
            raise NotAFigure(words=f"{slot.name}: {error}") from error
        if value is None:
            raise NotAFigure(words=slot.name)
    with acting(by.pk, act="report.figure_picked", reason=stated):
        about = {"origin": origin, "typed": value, "reason": stated, "by": by}
        Pick.objects.update_or_create(report=locked, path=path, defaults=about)
        _moved(locked)


@transaction.atomic
def figure_unpick(*, report: Report, path: str, by: User) -> None:
    """The usual statement again. Raises NotYourReports, ReportSigned."""
    locked = locked_draft(report, by)
    with acting(by.pk, act="report.figure_unpicked"):
        locked.picks.filter(path=path).delete()
        _moved(locked)


@transaction.atomic
def clash_explain(*, report: Report, clash: str, reason: str, by: User) -> None:
    """Let a clash stay, with what explains it; `clash` is its fingerprint. Raises NotYourReports, ReportSigned, NoReason."""
    locked = locked_draft(report, by)
    stated = _reason(reason)
    with acting(by.pk, act="report.clash_explained", reason=stated):
        Waiver.objects.update_or_create(report=locked, clash=clash, defaults={"reason": stated, "by": by})
        _moved(locked)


@transaction.atomic
def clash_reopen(*, report: Report, clash: str, by: User) -> None:
    """Take an explanation back. Raises NotYourReports, ReportSigned."""
    locked = locked_draft(report, by)
    with acting(by.pk, act="report.clash_reopened"):
        locked.waivers.filter(clash=clash).delete()
        _moved(locked)


def _reason(typed: str) -> str:
    """Raises NoReason."""
    stated = tidy(typed)[:500]
    if not stated:
        raise NoReason
    return stated


def _moved(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(revision=F("revision") + 1)


def locked_draft(report: Report, by: User) -> Report:
    """The row, ours until the end of the transaction, while it is not signed. Raises NotYourReports, ReportSigned."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("campaign__owner", "campaign__version")
    locked = rows.get(pk=report.pk)
    check_compiles(locked.campaign.owner, by)
    if locked.state == Report.State.SIGNED:
        raise ReportSigned(title=locked.campaign.title)
    return locked
