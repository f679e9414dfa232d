"""One occurrence, its line and its task: what was answered, noted, asked and decided, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.folding import fold
from hopluc.plans.desk import seen
from hopluc.plans.desk.forms import (
    AimForm,
    AskForm,
    DecideForm,
    EvidenceForm,
    GiveForm,
    NoteForm,
    OwnerForm,
    Problems,
    kind_offered,
)
from hopluc.plans.desk.items import endings_taken, left_words, looks_of, proof_words
from hopluc.plans.desk.lines import lines_shown
from hopluc.plans.desk.story import story_of
from hopluc.plans.models import Occurrence, Request, Task
from hopluc.plans.selectors import plans_visible
from hopluc.plans.views.forms import UNPROCESSABLE
from hopluc.plans.working import services
from hopluc.plans.working.selectors import lines_of, requests_of
from hopluc.plans.working.standards import standards
from hopluc.plans.working.states import OPEN, Clock

Json = dict[str, Any]
SIZE, SUGGESTIONS = 50, 12
PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


@require_GET
@needs("see")
def occurrence(request: StaffRequest, pk: int) -> HttpResponse:
    """A page of its own: facts left, what was said right."""
    row = get_object_or_404(seen.occurrences_seen(request.user), pk=pk)
    row.line.task.plan = row.line.plan
    return render(request, "plans/desk/occurrence.html", _about(request, row))


def _about(request: StaffRequest, row: Occurrence) -> Json:
    task, clock = row.line.task, Clock.of(localdate())
    follows, part = seen.part_in(task.pk, request.user)
    asked = list(requests_of(row.line)) if follows else []
    return {
        "row": row,
        "line": row.line,
        "task": task,
        "plan": row.line.plan,
        "looks": looks_of(row, clock),
        "left": left_words(clock.left(row.due_on), row.due_on, clock.today) if row.state in OPEN else "",
        "proof": proof_words(task.deliverable),
        "by_figure": standards().kind_of(task.deliverable).percent == "figure",
        "acts": seen.acts_on(row, request.user, part=part),
        "follows": follows,
        "story": story_of(row, asked) if follows else [],
        "notes": seen.notes_shown(task) if follows else [],
        "requests": asked,
        "periods": Occurrence.objects.filter(line=row.line_id).exclude(pk=row.pk).order_by("-due_on")[:12],
        "note_form": NoteForm(),
    }


@require_GET
@needs("see")
def lines(request: StaffRequest, pk: int) -> HttpResponse:
    """Every line of a task, page by page: for groups of many units."""
    plans = plans_visible(request.user).values("pk")
    task = get_object_or_404(Task.objects.select_related("plan__owner"), pk=pk, plan__in=plans)
    page = Paginator(lines_of(task), SIZE).get_page(request.GET.get("page"))
    about = {"task": task, "plan": task.plan, "page": page, "rows": lines_shown(page, clock=Clock.of(localdate()))}
    about["may_lead"] = seen.tasks_led(request.user).filter(pk=pk).exists()
    return render(request, "plans/desk/lines.html", about)


@require_http_methods(["GET", "POST"])
@needs("note")
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """A word on a task, with mentions; `occurrence` says on which occurrence of it."""
    task = get_object_or_404(seen.tasks_noted(request.user), pk=pk)
    asked = request.POST.get("occurrence") or request.GET.get("occurrence") or ""
    row = get_object_or_404(Occurrence, pk=asked, line__task=task) if asked.isdecimal() else None

    def act(said: Json) -> None:
        named = seen.people_mentioned(said["words"], task)
        services.note_add(task=task, by=request.user, words=said["words"], occurrence=row, mentions=named)

    back = reverse("work:occurrence", args=[row.pk]) if row else reverse("plans:task", args=[task.plan_id, pk])
    page = Page(
        title=_("A note on the task"),
        task=task,
        back=back,
        done=_("The note was added."),
        about={"occurrence": row, "people_url": reverse("work:people", args=[pk])},
    )
    return _served(request, NoteForm(request.POST if request.method == "POST" else None), act, page)


@require_http_methods(["GET", "POST"])
@needs("note")
def evidence_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Evidence beside an occurrence, from whoever has a part in its task."""
    row = get_object_or_404(seen.occurrences_noted(request.user), pk=pk)
    task = row.line.task
    form = EvidenceForm(initial={"file_kind": kind_offered(standards().kind_of(task.deliverable))})
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES)

    def act(_said: Json) -> None:
        services.evidence_add(occurrence=row, by=request.user, evidence=form.proofs())

    page = Page(
        title=_("Add evidence"),
        task=task,
        back=reverse("work:occurrence", args=[pk]),
        done=_("The evidence was added."),
        about={"row": row, "accept": ",".join(endings_taken()), "with_files": True},
    )
    return _served(request, form, act, page)


@require_http_methods(["GET", "POST"])
@needs("answer")
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for more time, a transfer, or to be let off."""
    row = get_object_or_404(seen.occurrences_answered(request.user), pk=pk)
    form = AskForm(request.POST) if request.method == "POST" else AskForm(initial={"kind": Request.Kind.EXTENSION})

    def act(said: Json) -> None:
        services.request_make(
            line=row.line,
            kind=said["kind"],
            by=request.user,
            reason=said["reason"],
            occurrence=row.pk if said["kind"] == Request.Kind.EXTENSION else None,
            until=said["until"],
            to=said["to"],
        )

    page = Page(
        title=_("Ask the plan's owner"),
        task=row.line.task,
        back=reverse("work:occurrence", args=[pk]),
        done=_("The request was sent. Until it is decided, the deadline stays."),
        about={"row": row},
    )
    return _served(request, form, act, page)


@require_http_methods(["GET", "POST"])
@needs("decide")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Grant a request, or deny it."""
    asked = get_object_or_404(seen.requests_decided(request.user), pk=pk)
    start = {"until": asked.until, "to": asked.to_id, "decision": "grant"}
    form = DecideForm(request.POST if request.method == "POST" else None, asked=asked, initial=start)

    def act(said: Json) -> None:
        services.request_decide(
            request=pk,
            by=request.user,
            granted=said["decision"] == "grant",
            reason=said["reason"],
            until=said.get("until"),
            to=said.get("to"),
        )

    page = Page(
        title=_("Decide on a request"),
        task=asked.line.task,
        back=f"{reverse('work:mine')}?group=decide",
        done=_("The decision was recorded."),
        template="plans/desk/decide.html",
        about={"asked": asked},
    )
    return _served(request, form, act, page)


@require_http_methods(["GET", "POST"])
@needs("name")
def owner(request: StaffRequest, pk: int) -> HttpResponse:
    """Who answers for a line, and who comes after them."""
    line = get_object_or_404(seen.lines_named(request.user), pk=pk)
    people = seen.people_of(line.holder_id)
    start = {"owner": line.owner_id, "successor": line.successor_id}
    form = OwnerForm(request.POST if request.method == "POST" else None, people=people, initial=start)

    def act(said: Json) -> None:
        services.owner_name(line=line, user=said["owner"], by=request.user)
        if said["successor"] != line.successor:
            services.successor_name(line=line, user=said["successor"], by=request.user)

    page = Page(
        title=_("Who answers for it"),
        task=line.task,
        back=reverse("work:lines", args=[line.task_id]),
        done=_("The names were kept."),
        about={"line": line, "nobody": not people.exists()},
    )
    return _served(request, form, act, page)


@require_http_methods(["GET", "POST"])
@needs("decide")
def give(request: StaffRequest, pk: int) -> HttpResponse:
    """Let another agency lead what a line says."""
    line = get_object_or_404(seen.lines_given(request.user), pk=pk)

    def act(said: Json) -> None:
        services.line_give(line=line, to=said["agency"], by=request.user, reason=said["reason"])

    page = Page(
        title=_("Give it to another agency"),
        task=line.task,
        back=reverse("work:lines", args=[line.task_id]),
        done=_("Another agency leads it from today on."),
        about={"line": line},
    )
    return _served(request, GiveForm(request.POST if request.method == "POST" else None), act, page)


@require_http_methods(["GET", "POST"])
@needs("decide")
def aim(request: StaffRequest, pk: int) -> HttpResponse:
    """What figure a line is to reach, or all lines of its task."""
    line = get_object_or_404(seen.lines_given(request.user), pk=pk)

    def act(said: Json) -> None:
        services.aim_set(line=line, aim=said["aim"], by=request.user, every=said["every"])

    page = Page(
        title=_("Figure to reach"),
        task=line.task,
        back=reverse("work:lines", args=[line.task_id]),
        done=_("The figure to reach was kept; percents follow it."),
        about={"line": line},
    )
    return _served(
        request, AimForm(request.POST if request.method == "POST" else None, initial={"aim": line.aim}), act, page
    )


@require_http_methods(["GET", "POST"])
@needs("decide")
def lead(request: StaffRequest, pk: int) -> HttpResponse:
    """Name an agency that leads a task."""
    task = get_object_or_404(seen.tasks_led(request.user), pk=pk)

    def act(said: Json) -> None:
        services.lead_name(task=task, agency=said["agency"], by=request.user)

    page = Page(
        title=_("Name the agency that leads"),
        task=task,
        back=reverse("work:lines", args=[pk]),
        done=_("The agency leads the task from today on."),
        about={},
    )
    return _served(request, GiveForm(request.POST if request.method == "POST" else None), act, page)


@require_GET
@needs("see")
def evidence(request: StaffRequest, pk: int) -> FileResponse:
    """A file that proves something: pictures are shown, all else is saved, never opened inside the page."""
    row: Any = get_object_or_404(seen.evidence_seen(request.user).filter(file__isnull=False), pk=pk)
    picture = PICTURES.get(row.name.rpartition(".")[2].lower())
    return FileResponse(
        row.file.data.open("rb"),
        as_attachment=picture is None,
        filename=row.name,
        content_type=picture or "application/octet-stream",
    )


@require_GET
@needs("note")
def people(request: StaffRequest, pk: int) -> JsonResponse:
    """People of the agencies concerned, for what was typed after an @."""
    task = get_object_or_404(seen.tasks_noted(request.user), pk=pk)
    typed = fold(request.GET.get("q", "").strip()[:60])
    found = [user for user in seen.people_concerned(task) if typed in fold(user.name)]
    return JsonResponse({"results": [{"value": user.name, "text": user.name} for user in found[:SUGGESTIONS]]})


@dataclass(frozen=True, slots=True)
class Page:
    """A form on a page of its own: its title, what it is about, where it leads, what is said once it is done."""

    title: str
    task: Task
    back: str
    done: str
    about: Json
    template: str = "plans/desk/act.html"


def _served(request: StaffRequest, form: Form, act: Callable[[Json], object], page: Page) -> HttpResponse:
    """A form: shown, refused with what is wrong at its field, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Problem as problem:
            assert isinstance(form, Problems)
            form.refuse(problem)
        if form.is_valid():
            messages.success(request, page.done)
            return redirect(page.back)
    about = {"form": form, "title": page.title, "task": page.task, "back": page.back, **page.about}
    return render(request, page.template, about, status=UNPROCESSABLE if request.method == "POST" else 200)
