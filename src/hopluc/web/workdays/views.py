"""Working days: whoever signed in reads them, administrators enter the days that decisions change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import may, needs
from hopluc.core.dependents import Moved, dates_moved
from hopluc.core.errors import Problem
from hopluc.core.holidays import FIRST_YEAR, LAST_YEAR
from hopluc.core.models import SpecialDay
from hopluc.core.notices import done
from hopluc.core.special_days import (
    calendars,
    special_day_events,
    special_day_remove,
    special_day_save,
    special_day_steps,
    special_day_undo,
)
from hopluc.core.workdays import calendar_of
from hopluc.web.workdays.forms import MOST, EntryForm, StepForm
from hopluc.web.workdays.showing import Answer, answer, history, year_shown

UNPROCESSABLE = 422
STEPS = 12  # newest steps of history that the page shows
REACH = MOST // 200  # years on either side that counting off may need
Json = dict[str, Any]


@require_GET
@needs("see")
def this_year(request: StaffRequest) -> HttpResponse:
    return _year(request, localdate().year)


@require_GET
@needs("see")
def year(request: StaffRequest, number: int) -> HttpResponse:
    """A year; with `?start=&count=&way=` the answer to a question, with `?step=` what that step moved."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    return _year(request, number)


def _year(request: StaffRequest, number: int) -> HttpResponse:
    about: Json = {
        "year": year_shown(number, calendar_of(number, number)),
        "may_change": may(request.user, "administer"),
        "lines": history(special_day_steps(special_day_events()[:STEPS])) if may(request.user, "oversee") else None,
        **_asked(request),
        **_step(request),
    }
    return render(request, "web/workdays/year.html", about, status=UNPROCESSABLE if about["form"].errors else 200)


def _asked(request: StaffRequest) -> Json:
    """The little form, and its answer where there is one."""
    today = localdate()
    if "count" not in request.GET:
        return {"form": StepForm(initial={"start": today, "count": 5, "way": "after"})}
    form = StepForm(request.GET)
    found: Answer | None = None
    if form.is_valid():
        asked = form.cleaned_data
        calendar = calendar_of(asked["start"].year - REACH, asked["start"].year + REACH)
        try:
            found = answer(calendar, asked["start"], asked["count"], backwards=asked["way"] == "before")
        except Problem as problem:
            form.add_error("start", str(problem))
    return {"form": form, "answer": found}


def _step(request: StaffRequest) -> Json:
    """What the newest step on an entry moved."""
    asked = request.GET.get("step", "")
    found = special_day_steps(special_day_events().filter(pk=asked)) if _is_id(asked) else []
    if not found or found[0].event.outdated:
        return {}
    return {"line": history(found)[0], "moved": _moved(request, found[0].before, found[0].after)}


def _is_id(text: str) -> bool:
    return text.isdecimal() and int(text) < 2**31


@require_http_methods(["GET", "POST"])
@needs("administer")
def create(request: StaffRequest) -> HttpResponse:
    return _edit(request, SpecialDay())


@require_http_methods(["GET", "POST"])
@needs("administer")
def change(request: StaffRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(SpecialDay, pk=pk))


def _edit(request: StaffRequest, entry: SpecialDay) -> HttpResponse:
    """The form; sent once it shows what would move, sent again it saves. Where nothing moves it saves at once."""
    before = SpecialDay.objects.filter(pk=entry.pk).first() if entry.pk else None
    initial = {"day": request.GET.get("day", ""), "kind": SpecialDay.Kind.OFF}
    form = EntryForm(request.POST or None, instance=entry, initial={} if before else initial)
    about: Json = {"form": form, "entry": before, "back": _year_of(before.day if before else localdate())}
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "web/workdays/entry.html", about, status=status)
    after = form.save(commit=False)
    seen = f"{after.kind} {after.day:%Y-%m-%d}"
    moved = _moved(request, before, after)
    if moved and request.POST.get("seen") != seen:
        return render(request, "web/workdays/entry.html", {**about, "moved": moved, "seen": seen})
    try:
        special_day_save(entry=after, by=request.user.pk)
    except Problem as problem:
        form.add_error(None, str(problem))
        return render(request, "web/workdays/entry.html", about, status=UNPROCESSABLE)
    return _told(request, after, _("%(day)s is saved.") % {"day": after}, moved)


@require_http_methods(["GET", "POST"])
@needs("administer")
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """What would move, then the removal."""
    entry = get_object_or_404(SpecialDay, pk=pk)
    moved = _moved(request, entry, None)
    if request.method == "GET":
        about = {"entry": entry, "moved": moved, "back": _year_of(entry.day)}
        return render(request, "web/workdays/remove.html", about)
    special_day_remove(entry=entry, by=request.user.pk)
    return _told(request, entry, _("%(day)s is removed.") % {"day": entry}, moved)


@require_POST
@needs("administer")
def undo(request: StaffRequest, event_id: int) -> HttpResponse:
    found = special_day_steps(special_day_events().filter(pk=event_id)) if event_id < 2**31 else []
    if not found:
        raise Http404
    step = found[0]
    moved = [] if step.event.outdated else _moved(request, step.after, step.before)
    try:
        special_day_undo(step=step, by=request.user.pk)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect(_year_of(step.event.day))
    entry = step.before or step.after
    assert entry is not None  # a step has the one or the other
    return _told(request, entry, _("Undone."), moved, undoable=False)


def _moved(request: StaffRequest, before: SpecialDay | None, after: SpecialDay | None) -> list[Moved]:
    today = localdate()
    both = calendars(before, after, until=today.replace(year=today.year + 2, day=1))
    return dates_moved(old=both.old, new=both.new, today=today, viewer=request.user)


def _told(
    request: StaffRequest, entry: SpecialDay, said: str, moved: list[Moved], *, undoable: bool = True
) -> HttpResponse:
    """Back on the page of the year, which says what was done and lists what moved."""
    event = special_day_events().filter(pgh_obj=entry.pk)[0]
    if moved:
        count = ngettext("%(n)s date moves with it.", "%(n)s dates move with it.", len(moved)) % {"n": len(moved)}
        said = f"{said} {count}"
    done(request, said, undo=reverse("workdays:undo", args=[event.pk]) if undoable else "")
    return redirect(f"{_year_of(entry.day)}?step={event.pk}" if moved else _year_of(entry.day))


def _year_of(day: date) -> str:
    return reverse("workdays:year", args=[day.year])
