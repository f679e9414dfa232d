"""Rounds of reporting: opened from a duty or by hand, who has handed in, reminded, given more time, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, needs
from hopluc.core.downloads import sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.core.templatetags.shown import with_query
from hopluc.forms.selectors import filings_visible
from hopluc.forms.services import version_in_force
from hopluc.plans.models import Duty
from hopluc.plans.selectors import plans_visible
from hopluc.plans.views.forms import page, sent, served
from hopluc.reports import services
from hopluc.reports.forms import CallForm, ExtendForm, OpenForm
from hopluc.reports.known import Asking, known_before
from hopluc.reports.models import Call, Campaign
from hopluc.reports.opening import called_of, groups_known, levels_of, period_named, proposed, title_of, working_day
from hopluc.reports.reminding import reminder_letter
from hopluc.reports.selectors import (
    WORDS,
    Standing,
    calls_counted,
    calls_listed,
    calls_owed,
    campaigns_listed,
    campaigns_visible,
    compiles,
    line_of,
)
from hopluc.reports.sheets import file_name, round_sheet
from hopluc.units.models import Agency
from vanban.sheets import workbook

PAGE = 60
COMPILE = services.COMPILE
Json = dict[str, Any]
SHOWN = (Standing.LATE, Standing.EMPTY, Standing.FILLING, Standing.RETURNED, Standing.WAITING, Standing.APPROVED)


@require_GET
@needs("see reports")
def listing(request: StaffRequest) -> HttpResponse:
    """What is asked of one's agencies, and the rounds that one compiles or sees."""
    today, closed = localdate(), request.GET.get("closed") == "1"
    found = campaigns_listed(viewer=request.user, today=today, closed=closed)
    chips = [
        {"label": words, "url": with_query({"request": request}, closed=key), "active": closed == bool(key)}
        for key, words in (("", _("Open rounds")), ("1", _("Closed rounds")))
    ]
    about = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "chips": chips,
        "closed": closed,
        "owed": [line_of(call, today=today) for call in calls_owed(request.user)[:PAGE]] if not closed else [],
        "may_compile": bool(_owners(request)),
        "today": today,
    }
    return render(request, "reports/rounds.html", about)


def _owners(request: StaffRequest) -> list[Agency]:
    """The agencies in force for which somebody compiles."""
    held = Agency.objects.on(localdate()).filter(pk__in=agencies(request.user, COMPILE))
    return list(held.select_related("unit", "province").order_by("sort_key"))


@require_http_methods(["GET", "POST"])
@needs("compile reports")
def create(request: StaffRequest) -> HttpResponse:
    """A new round; `?duty=` proposes what that duty asks for, `?owner=` says which of one's agencies compiles."""
    owners, duty, today = _owners(request), _duty(request), localdate()
    owner = next((each for each in owners if str(each.pk) == request.GET.get("owner")), next(iter(owners), None))
    if owner is None:
        return render(request, "reports/nobody.html", status=422 if request.method == "POST" else 200)
    proposal = proposed(owner, today=today, duty=duty)
    known = groups_known(owner, proposal.groups, on=today)
    form = OpenForm(sent(request), owner=owner, known=known, initial=OpenForm.initial_of(proposal, owner))
    made: list[Campaign] = []

    def act(about: Json) -> None:
        called = called_of([group for group in known if group.key in about["groups"]], about["agencies"])
        made.append(_opened(request, owner, called, about, duty))

    if served(form, act):
        count = made[0].calls.count()
        done(request, ngettext("%(n)s agency is asked.", "%(n)s agencies are asked.", count) % {"n": count})
        return redirect("reports:round", made[0].pk)
    return page(request, form, "reports/open.html", owner=owner, owners=owners, duty=duty)


def _duty(request: StaffRequest) -> Duty | None:
    """The duty of an address, of a plan that the viewer may see."""
    asked = request.GET.get("duty", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        raise Http404
    return get_object_or_404(Duty.objects.filter(plan__in=plans_visible(request.user)).select_related("plan"), pk=asked)


def _opened(request: StaffRequest, owner: Agency, called: list[Agency], about: Json, duty: Duty | None) -> Campaign:
    period = period_named(about["year"], about["part"])
    version = version_in_force(about["form"].code, on=period.ends_on)
    asked = services.Round(
        version=version,
        title=about["title"] or title_of(about["form"], period),
        period=period,
        due_on=working_day(about["due_on"]),
        unit=owner.unit,
        plan=duty.plan if duty else None,
        duty=duty,
    )
    asking = Asking(version, period, tuple(called), owner, request.user, localdate(), asked.plan)
    return services.campaign_open(
        owner=owner,
        asked=asked,
        called=called,
        by=request.user,
        before=known_before(asking),
        levels=levels_of(owner) if about["checked"] else None,
    )


@require_GET
@needs("see reports")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(request: StaffRequest, campaign: Campaign, *, status: int = 200, **more: Any) -> HttpResponse:
    """Who has handed in, who is late; `?state=` narrows to some."""
    today = localdate()
    counts = calls_counted(campaign, today=today)
    asked = sum(counts[each] for each in SHOWN if each != Standing.LATE)
    standing = next((each for each in SHOWN if each == request.GET.get("state")), None)
    listed = Paginator(calls_listed(campaign, today=today, standing=standing), PAGE).get_page(request.GET.get("page"))
    compiled = compiles(campaign, request.user)
    owed = counts[Standing.EMPTY] + counts[Standing.FILLING] + counts[Standing.RETURNED]
    about = {
        "campaign": campaign,
        "page": listed,
        "lines": [line_of(call, today=today) for call in listed],
        "linked": _linked(request, listed),
        "counts": {each.value: count for each, count in counts.items()},
        "asked": asked,
        "owed": owed,
        "chips": _chips(request, counts, asked, standing),
        "compiles": compiled,
        "acts": compiled and campaign.open,
        "today": today,
    }
    return render(request, "reports/round.html", {**about, **more}, status=status)


def _linked(request: StaffRequest, calls: Any) -> set[int]:
    """Ids of the filings that the viewer may open."""
    filings = [call.filing_id for call in calls]
    return set(filings_visible(request.user).filter(pk__in=filings).order_by().values_list("pk", flat=True))


def _chips(request: StaffRequest, counts: Any, asked: int, chosen: Standing | None) -> list[Json]:
    rows = [("", _("All"), asked), *((each.value, WORDS[each], counts[each]) for each in SHOWN)]
    return [
        {
            "label": words,
            "url": with_query({"request": request}, state=key, page=""),
            "active": key == (chosen or ""),
            "count": count,
        }
        for key, words, count in rows
        if count or key in ("", chosen)
    ]


@require_GET
@needs("see reports")
def download(request: StaffRequest, pk: int) -> HttpResponse:
    """The list as its page shows it, in Vietnamese: it goes to offices."""
    campaign, today = _visible(request, pk), localdate()
    standing = next((each for each in SHOWN if each == request.GET.get("state")), None)
    with override("vi"):
        lines = [line_of(call, today=today) for call in calls_listed(campaign, today=today, standing=standing)]
        sheet = round_sheet(lines)
    data = workbook([sheet], caption=str(campaign.owner), title=campaign.title)
    return sheet_sent(data, file_name(campaign))


@require_GET
@needs("compile reports")
def reminder(request: StaffRequest, pk: int) -> HttpResponse:
    """A letter to those that are late; where nobody is, the round says so."""
    campaign, today = _mine(request, pk), localdate()
    late = list(calls_listed(campaign, today=today, standing=Standing.LATE))
    if not late:
        done(request, _("Nobody is late: no letter is needed."))
        return redirect("reports:round", pk)
    return sheet_sent(reminder_letter(campaign, late, today=today), "don-doc-" + file_name(campaign)[:-4] + "docx")


@require_POST
@needs("compile reports")
def remind(request: StaffRequest, pk: int) -> HttpResponse:
    return _remind(request, _mine(request, pk), None)


@require_POST
@needs("compile reports")
def remind_one(request: StaffRequest, pk: int, call_id: int) -> HttpResponse:
    campaign = _mine(request, pk)
    return _remind(request, campaign, get_object_or_404(campaign.calls, pk=call_id))


def _remind(request: StaffRequest, campaign: Campaign, call: Call | None) -> HttpResponse:
    told: list[Call] = []
    only = [call.pk] if call else None
    if refused := _refused(
        request, campaign, lambda: told.extend(services.calls_remind(campaign=campaign, by=request.user, only=only))
    ):
        return refused
    if told:
        words = ngettext("%(n)s agency was reminded.", "%(n)s agencies were reminded.", len(told)) % {"n": len(told)}
    else:
        words = _("Everybody has handed in, or was reminded today already.")
    done(request, words)
    return redirect("reports:round", campaign.pk)


@require_http_methods(["GET", "POST"])
@needs("compile reports")
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask more agencies."""
    campaign = _mine(request, pk)
    form = CallForm(sent(request), owner=campaign.owner)
    counts: list[int] = []

    def act(about: Json) -> None:
        called = tuple(about["agencies"])
        known = set(campaign.calls.values_list("filing__agency", flat=True))
        new = tuple(agency for agency in called if agency.pk not in known)
        asking = Asking(campaign.version, campaign.span, new, campaign.owner, request.user, localdate(), campaign.plan)
        before = known_before(asking)
        counts.append(services.campaign_call(campaign=campaign, called=called, by=request.user, before=before))

    if served(form, act):
        done(request, ngettext("%(n)s agency more is asked.", "%(n)s agencies more are asked.", counts[0]) % {"n": counts[0]})  # fmt: skip
        return redirect("reports:round", pk)
    return page(request, form, "reports/round_form.html", campaign=campaign, heading=_("Ask more agencies"), action=_("Ask"))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("compile reports")
def extend(request: StaffRequest, pk: int, call_id: int) -> HttpResponse:
    """Give one agency more time."""
    campaign = _mine(request, pk)
    found = get_object_or_404(campaign.calls.select_related("filing__agency", "campaign__owner"), pk=call_id)
    form = ExtendForm(sent(request), initial=ExtendForm.initial_of(found.due_on))
    if served(form, lambda about: services.call_extend(call=found, by=request.user, **about)):
        day = f"{form.cleaned_data['until']:%d/%m/%Y}"
        done(request, _("%(agency)s has time until %(day)s.") % {"agency": found.filing.agency, "day": day})
        return redirect("reports:round", pk)
    heading = _("More time for %(agency)s") % {"agency": found.filing.agency}
    return page(request, form, "reports/round_form.html", campaign=campaign, heading=heading, action=_("Give more time"))  # fmt: skip


@require_POST
@needs("compile reports")
def close(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = _mine(request, pk)
    if refused := _refused(request, campaign, lambda: services.campaign_close(campaign=campaign, by=request.user)):
        return refused
    done(request, _("The round is closed: nothing more is taken in, and nobody is reminded."))
    return redirect("reports:round", pk)


@require_POST
@needs("compile reports")
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = _mine(request, pk)
    services.campaign_reopen(campaign=campaign, by=request.user)
    done(request, _("The round is open again."))
    return redirect("reports:round", pk)


def _refused(request: StaffRequest, campaign: Campaign, act: Callable[[], object]) -> HttpResponse | None:
    try:
        act()
    except Problem as problem:
        return _page(request, campaign, status=409, problem=problem)
    return None


def _visible(request: StaffRequest, pk: int) -> Campaign:
    return get_object_or_404(campaigns_visible(request.user), pk=pk)


def _mine(request: StaffRequest, pk: int) -> Campaign:
    mine = campaigns_visible(request.user).filter(owner__in=agencies(request.user, COMPILE))
    mine = mine.select_related("owner__body", "owner__unit", "owner__parent")
    return get_object_or_404(mine, pk=pk)
