"""Rounds of reporting: opened, extended, reminded, closed. Each service is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.forms.models import Filing, Form, FormVersion
from hopluc.forms.services import Asked, Before, Level, Period, Subject, filings_open
from hopluc.plans.models import Duty, Plan
from hopluc.reports.errors import (
    AgencyEnded,
    CampaignClosed,
    CampaignTwice,
    DueBeforePeriod,
    NobodyAsked,
    NoReason,
    NotLater,
    NotYourReports,
)
from hopluc.reports.models import Call, Campaign
from hopluc.reports.telling import calls_tell
from hopluc.units.models import Agency, Succession, Unit

OWED = (Filing.State.DRAFT, Filing.State.RETURNED, Filing.State.REOPENED)
COMPILE = "compile reports"  # a right
SUBJECT = "reports.campaign"  # what filings of a campaign are about


@dataclass(frozen=True, slots=True)
class Round:
    """What a campaign asks for; `about` is what it comes from: a plan, and a duty to report that it sets."""

    version: FormVersion
    title: str
    period: Period
    due_on: date
    unit: Unit | None = None
    plan: Plan | None = None
    duty: Duty | None = None


@transaction.atomic
def campaign_open(
    *,
    owner: Agency,
    asked: Round,
    called: Collection[Agency],
    by: User,
    before: Mapping[int, Before] | None = None,
    levels: tuple[Level, ...] | None = None,
) -> Campaign:
    """Ask all of these agencies; each has its filing at once, with what is known `before` of it by id.

    `levels` decide on each filing after the agency's own head. Raises NotYourReports, NobodyAsked, AgencyEnded, DueBeforePeriod,
    CampaignTwice.
    """
    check_compiles(owner, by)
    _check_called(called, asked.period)
    if asked.due_on < asked.period.starts_on:
        raise DueBeforePeriod(day=f"{asked.due_on:%d/%m/%Y}", first=f"{asked.period.starts_on:%d/%m/%Y}")
    with acting(by.pk, act="campaign.opened"):
        campaign = _campaign(owner, asked, by)
        _call(campaign, called, before or {}, levels or (), by)
    return campaign


def _campaign(owner: Agency, asked: Round, by: User) -> Campaign:
    """Raises CampaignTwice: the row of the owner is held, so that nobody opens the same beside us."""
    Agency.objects.select_for_update().get(pk=owner.pk)
    about = {
        "owner": owner,
        "starts_on": asked.period.starts_on,
        "ends_on": asked.period.ends_on,
        "plan": asked.plan,
    }
    if known := Campaign.objects.filter(version__form__in=Form.objects.kin(asked.version.form), **about).first():
        raise CampaignTwice(title=known.title)
    return Campaign.objects.create(
        **about,
        version=asked.version,
        title=asked.title,
        period=asked.period.name,
        due_on=asked.due_on,
        unit=asked.unit or owner.unit,
        duty=asked.duty,
        opened_by=by,
    )


@transaction.atomic
def campaign_call(
    *, campaign: Campaign, called: Collection[Agency], by: User, before: Mapping[int, Before] | None = None
) -> int:
    """Ask more agencies; gives how many are new. Raises NotYourReports, CampaignClosed, NobodyAsked, AgencyEnded."""
    locked = _locked(campaign, by)
    _check_called(called, locked.span)
    known = set(locked.calls.values_list("filing__agency", flat=True))
    new = [agency for agency in called if agency.pk not in known]
    levels = _levels(locked)
    with acting(by.pk, act="campaign.called"):
        _call(locked, new, before or {}, levels, by)
    return len(new)


def _levels(campaign: Campaign) -> tuple[Level, ...]:
    """Those after the agency's own head, as the filings that were opened first have them."""
    first = Filing.objects.filter(call__campaign=campaign).order_by("pk").first()
    found = first.levels[1:] if first else []
    return tuple(Level.of(each) for each in found)


def _call(
    campaign: Campaign, called: Collection[Agency], before: Mapping[int, Before], levels: tuple[Level, ...], by: User
) -> None:
    filings = filings_open(
        version=campaign.version,
        agencies=called,
        period=campaign.span,
        asked=Asked(campaign.owner, campaign.due_on, then=levels),
        subject=Subject(SUBJECT, campaign.pk, campaign.title),
        before=before,
        by=by,
    )
    Call.objects.bulk_create(Call(campaign=campaign, filing=filing) for filing in filings)


@transaction.atomic
def call_extend(*, call: Call, until: date, reason: str, by: User) -> None:
    """Give an agency more time. Raises NotYourReports, CampaignClosed, NotLater, NoReason."""
    _locked(call.campaign, by)
    stated = reason.strip()
    if not stated:
        raise NoReason
    if until <= call.due_on:
        raise NotLater(day=f"{until:%d/%m/%Y}", due=f"{call.due_on:%d/%m/%Y}", agency=call.filing.agency)
    with acting(by.pk, act="campaign.extended", reason=stated):
        call.extended_on, call.reason = until, stated[:500]
        call.save(update_fields=["extended_on", "reason"])
        Filing.objects.filter(pk=call.filing_id).update(due_on=until)


@transaction.atomic
def calls_remind(*, campaign: Campaign, by: User, only: Collection[int] | None = None) -> list[Call]:
    """Tell the people of those that have not handed in, or `only` of these (ids), each agency once a day.

    Gives whom it told. Raises NotYourReports, CampaignClosed.
    """
    locked = _locked(campaign, by)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    silent = Q(reminded_at=None) | Q(reminded_at__lt=midnight)
    found = locked.calls.filter(silent, filing__state__in=OWED)
    found = found.filter(pk__in=only) if only is not None else found
    listed = list(found.select_related("filing__agency", "campaign__owner"))
    Call.objects.filter(pk__in=[call.pk for call in listed]).update(reminded_at=timezone.now())
    calls_tell(listed, today=localdate())
    return listed


@transaction.atomic
def campaign_close(*, campaign: Campaign, by: User) -> None:
    """Nothing more is asked from today on; what was handed in stays. Raises NotYourReports, CampaignClosed."""
    locked = _locked(campaign, by)
    with acting(by.pk, act="campaign.closed"):
        locked.closed_on = localdate()
        locked.save(update_fields=["closed_on"])


@transaction.atomic
def campaign_reopen(*, campaign: Campaign, by: User) -> None:
    """Ask again. Raises NotYourReports."""
    check_compiles(campaign.owner, by)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    with acting(by.pk, act="campaign.reopened"):
        locked.closed_on = None
        locked.save(update_fields=["closed_on"])


def _locked(campaign: Campaign, by: User) -> Campaign:
    """The row, ours until the end of the transaction, where it is still open. Raises NotYourReports, CampaignClosed."""
    check_compiles(campaign.owner, by)
    locked = (
        Campaign.objects.select_for_update(of=("self",)).select_related("version__form", "owner").get(pk=campaign.pk)
    )
    if locked.closed_on:
        raise CampaignClosed(title=locked.title, day=f"{locked.closed_on:%d/%m/%Y}")
    return locked


def check_compiles(owner: Agency, by: User) -> None:
    """Raises NotYourReports."""
    if owner.pk not in agencies(by, COMPILE):
        raise NotYourReports(agency=owner)


def _check_called(called: Collection[Agency], period: Period) -> None:
    """Raises NobodyAsked, AgencyEnded: whoever ended before the period did is asked through its successor."""
    if not called:
        raise NobodyAsked
    for agency in called:
        end = agency.validity.upper
        if end and end <= period.ends_on:
            heir = Succession.objects.filter(source=agency).select_related("target").order_by("field").first()
            raise AgencyEnded(agency=agency, day=f"{end:%d/%m/%Y}", heir=heir.target if heir else "–")
