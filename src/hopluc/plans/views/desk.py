"""My work: everything due from one's agency, answered in place; reports confirmed, one or all at once."""

from __future__ import annotations

from itertools import islice
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, may, needs, posts, realm
from hopluc.core.errors import Problem
from hopluc.core.shortening import shortened
from hopluc.documents.selectors import documents_visible
from hopluc.plans.desk.forms import MOST_FILES, AnswerForm, SeveralForm, VerdictForm
from hopluc.plans.desk.items import Item, Section, counts_shown, endings_taken, item_of, proof_words, sections
from hopluc.plans.desk.queue import Listed, answers_shown, due_first
from hopluc.plans.desk.seen import occurrences_answered, occurrences_judged
from hopluc.plans.models import Answer, Occurrence
from hopluc.plans.views.forms import UNPROCESSABLE
from hopluc.plans.working.selectors import Due, due_counts, due_for
from hopluc.plans.working.services import answer as answer_give
from hopluc.plans.working.services import confirm_all, confirm_or_return
from hopluc.plans.working.states import Clock
from hopluc.plans.working.values import Answered
from hopluc.plans.working.waiting import Group, Place
from hopluc.units.models import Agency
from hopluc.units.selectors import agencies_named

Json = dict[str, Any]
SIZE = 50  # rows of a page of one group
MOST = 200  # items answered or confirmed at once
SUGGESTIONS, SHORTEST = 20, 2
State = Occurrence.State


@require_GET
@needs("see")
@vary_on_headers("HX-Request")
def mine(request: StaffRequest) -> HttpResponse:
    """The first rows of every group, or with `?group=` one group page by page; `?mine=1`: what I answer for alone."""
    place, group = _place(request), _group(request.GET)
    clock = Clock.of(localdate())
    about: Json = {"place": place, "group": group}
    if group:
        counts = due_counts(place, clock=clock)
        about["page"], rows = _paged(request, place, group, clock, counts[group])
        listed: Listed = {group: rows}
    else:
        counts, listed = due_first(place, clock=clock)
    shown = sections(listed, counts, today=clock.today)
    to_do = sum(n for one, n in counts.items() if one != Group.REPORTED)
    about |= {"counts": counts_shown(counts), "to_do": to_do, "sections": shown}
    return render(request, "plans/desk/mine.html", about | _frame(request, place, shown))


def _place(request: StaffRequest) -> Place:
    asked = request.GET.get("agency", "")
    return Place(
        request.user,
        agency=int(asked) if asked.isdecimal() and len(asked) < 10 else None,
        mine=request.GET.get("mine") == "1",
    )


def _group(given: QueryDict) -> Group | None:
    asked = given.get("group", "")
    return Group(asked) if asked in list(Group) else None


def _paged(
    request: StaffRequest, place: Place, group: Group, clock: Clock, total: int
) -> tuple[Page[int], tuple[Due, ...]]:
    page = Paginator(range(total), SIZE).get_page(request.GET.get("page"))
    start = (page.number - 1) * SIZE
    return page, due_for(place, group, clock=clock, start=start, size=SIZE, total=total).rows


def _frame(request: StaffRequest, place: Place, shown: list[Section]) -> Json:
    """Whose work it is, and what can be done with several rows."""
    held = {post.agency_id: post.agency for post in posts(request.user)}
    answerable = any(item.answerable for section in shown for item in section.items)
    return {
        "agencies": list(held.values()),
        "chosen": held.get(place.agency or 0),
        "several": SeveralForm(initial={"key": uuid4()}) if answerable else None,
        "can_answer": may(request.user, "answer"),
        "can_confirm": any(section.group == Group.CONFIRM and section.items for section in shown),
        "here": request.get_full_path(),
        "invented": any(item.due.invented for section in shown for item in section.items),
        **_files(),
    }


def _files() -> Json:
    return {"accept": ",".join(endings_taken()), "most_files": MOST_FILES}


@require_http_methods(["GET", "POST"])
@needs("answer")
@vary_on_headers("HX-Request")
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The form of one item, within the list or on a page of its own; posted: kept, and said when."""
    row = get_object_or_404(occurrences_answered(request.user), pk=pk)
    if request.method == "GET" and "shut" in request.GET:
        return _row(request, row)
    if request.method == "GET":
        last = Answer.objects.filter(occurrence=row).select_related("by").order_by("-number").first()
        return _form(request, row, AnswerForm.blank(row, last))
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, row, form, status=UNPROCESSABLE)
    try:
        kept = answer_give(occurrence=pk, update=form.update(), by=request.user)
    except Problem as problem:
        form.refuse(problem)
        return _form(request, row, form, status=UNPROCESSABLE)
    return _kept(request, pk, kept)


def _form(request: StaffRequest, row: Occurrence, form: AnswerForm, status: int = 200) -> HttpResponse:
    about = {
        "row": row,
        "item": _item(request, row),
        "form": form,
        "proof": proof_words(row.line.task.deliverable),
        "next": _next(request, reverse("work:occurrence", args=[row.pk])),
        **_files(),
    }
    alone = "plans/desk/_form.html" if request.htmx else "plans/desk/answer.html"
    return render(request, alone, about, status=status)


def _kept(request: StaffRequest, pk: int, kept: Answered) -> HttpResponse:
    """Said when; where somebody else answered meanwhile, with both answers."""
    row = occurrences_answered(request.user).get(pk=pk)
    said = _("Saved %(time)s") % {"time": date_format(localtime(kept.said.at), "TIME_FORMAT")}
    if request.htmx:
        return _row(request, row, saved=said, kept=kept)
    if kept.unseen:
        names = ", ".join(dict.fromkeys(one.name for one in kept.unseen))
        messages.warning(
            request,
            _("%(names)s answered while you were writing. Both answers are kept; yours is the later one and counts.")
            % {"names": names},
        )
    messages.success(request, said)
    return redirect(_next(request, reverse("work:occurrence", args=[pk])))


def _row(request: StaffRequest, row: Occurrence, **about: Any) -> HttpResponse:
    return render(request, "plans/desk/_swapped.html", {"item": _item(request, row), **about})


def _item(request: StaffRequest, row: Occurrence) -> Item:
    """An occurrence as the list shows it, whatever group it is in now."""
    clock = Clock.of(localdate())
    due = Due(
        task=row.line.task_id,
        plan=row.line.plan_id,
        plan_name=row.line.plan.name,
        at=row.line.task.at,
        text=row.line.task.text,
        deliverable=row.line.task.deliverable,
        line=row.line_id,
        holder=str(row.line.holder or ""),
        owner=row.line.owner_id,
        owner_name=row.line.owner.name if row.line.owner else "",
        stand_in=row.line.stand_in,
        occurrence=row.pk,
        due_on=row.due_on,
        first_due_on=row.first_due_on,
        days_left=clock.left(row.due_on),
        state=row.state,
        percent=row.percent,
        typed=row.typed,
        revision=row.revision,
        answer=row.answer_id,
    )
    last = answers_shown([due]).get(row.answer_id or 0)
    return item_of(due, _group_of(row, clock, request), clock.today, last=last)


def _group_of(row: Occurrence, clock: Clock, request: StaffRequest) -> Group:
    if row.state == State.REPORTED:
        own = row.line.holder_id in agencies(request.user, "answer") or row.line.owner_id == request.user.pk
        return Group.REPORTED if own else Group.CONFIRM
    if row.state == State.RETURNED:
        return Group.RETURNED
    if row.due_on < clock.today:
        return Group.OVERDUE
    if row.due_on <= clock.soon:
        return Group.SOON
    return Group.STALE if row.touched_on < clock.stale else Group.OPEN


@require_POST
@needs("answer")
def several(request: StaffRequest) -> HttpResponse:
    """One answer for all that was chosen: all of them or none."""
    back, form, chosen = _next(request, reverse("work:mine")), SeveralForm(request.POST), _pairs(request)
    if not chosen:
        messages.warning(request, _("Nothing was chosen. Mark the items that the answer is for, then save."))
    elif not form.is_valid():
        messages.error(request, _("Choose a state for the items that you marked. Nothing was saved."))
    elif refused := _answer_all(request.user, chosen, form):
        row, problem = refused
        said = _("Nothing was saved. “%(task)s”: %(why)s")
        messages.error(request, said % {"task": shortened(row.line.task.text, 90), "why": problem})
    else:
        said = ngettext("%(n)s item was answered.", "%(n)s items were answered.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
    return redirect(back)


def _pairs(request: StaffRequest) -> dict[int, int]:
    """`chosen=12:3`: an occurrence, and what of it was on the page: the number of its last answer, or the answer's id."""
    pairs = (each.partition(":") for each in request.POST.getlist("chosen"))
    return {int(pk): int(seen) for pk, _colon, seen in islice(pairs, MOST) if pk.isdecimal() and seen.isdecimal()}


def _answer_all(by: User, chosen: dict[int, int], form: SeveralForm) -> tuple[Occurrence, Problem] | None:
    """The first that is refused, and why; then none is kept. What was sent twice is kept once, as single answers are."""
    at = Occurrence()
    try:
        with transaction.atomic():
            for at in occurrences_answered(by).filter(pk__in=chosen).order_by("pk"):
                answer_give(occurrence=at.pk, update=form.update(at.pk, chosen[at.pk]), by=by)
    except Problem as problem:
        return at, problem
    return None


@require_POST
@needs("confirm")
def confirm(request: StaffRequest) -> HttpResponse:
    """All reports that were chosen, at once."""
    pairs = list(_pairs(request).items())
    try:
        judged = confirm_all(answers=pairs, by=request.user)
    except (Problem, Occurrence.DoesNotExist) as problem:
        said = _("Nothing was confirmed. %(why)s") % {"why": problem}
        messages.error(request, said)
        return redirect(_next(request, reverse("work:mine")))
    if judged:
        said = ngettext("%(n)s report was confirmed.", "%(n)s reports were confirmed.", len(judged))
        messages.success(request, said % {"n": len(judged)})
    else:
        messages.warning(request, _("Nothing was chosen. Mark the reports to confirm."))
    return redirect(_next(request, reverse("work:mine")))


@require_http_methods(["GET", "POST"])
@needs("confirm")
@vary_on_headers("HX-Request")
def judge(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm one report, or return it with a reason."""
    row = get_object_or_404(occurrences_judged(request.user), pk=pk)
    if request.method == "GET" and "shut" in request.GET:
        return _row(request, row)
    form = VerdictForm(request.POST or None, initial={"answer": row.answer_id})
    if request.method == "POST" and form.is_valid() and _judged(request, row, form):
        return _after_verdict(request, pk)
    about = {
        "row": row,
        "item": _item(request, row),
        "form": form,
        "next": _next(request, reverse("work:occurrence", args=[pk])),
    }
    alone = "plans/desk/_verdict.html" if request.htmx else "plans/desk/verdict.html"
    return render(request, alone, about, status=UNPROCESSABLE if request.method == "POST" else 200)


def _judged(request: StaffRequest, row: Occurrence, form: VerdictForm) -> bool:
    said = form.cleaned_data
    try:
        confirm_or_return(
            occurrence=row.pk,
            answer=said["answer"],
            confirmed=said["verdict"] == "confirm",
            by=request.user,
            reason=said["reason"],
        )
    except Problem as problem:
        form.refuse(problem)
    return form.is_valid()


def _after_verdict(request: StaffRequest, pk: int) -> HttpResponse:
    row = occurrences_judged(request.user).get(pk=pk)
    said = _("Confirmed") if row.state == State.CONFIRMED else _("Returned")
    if request.htmx:
        return _row(request, row, saved=said)
    messages.success(request, said)
    return redirect(_next(request, reverse("work:occurrence", args=[pk])))


def _next(request: StaffRequest, otherwise: str) -> str:
    """Where one came from, within this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, None) else otherwise


@require_GET
@needs("see")
def documents(request: StaffRequest) -> JsonResponse:
    """Numbers of documents that hold what was typed, the newest first."""
    typed = request.GET.get("q", "").strip()[:60]
    if len(typed) < SHORTEST:
        return JsonResponse({"results": []})
    found = documents_visible(request.user).filter(symbol__icontains=typed, binned_at=None).exclude(symbol="")
    rows = found.order_by("-issued_on", "-pk").values_list("symbol", "title")[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": symbol, "text": title} for symbol, title in rows]})


@require_GET
@needs("see")
def agencies_offered(request: StaffRequest) -> JsonResponse:
    """Agencies in force to choose from, for what was typed of a name: those of one's own provinces."""
    provinces = realm(request.user, "see").provinces
    among = Agency.objects.on(localdate()).filter(province__in=provinces)
    found = agencies_named(request.GET.get("q", ""), among=among)[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": str(agency.pk), "text": agency.name} for agency in found]})
