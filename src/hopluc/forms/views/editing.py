"""A form being changed: its draft part by part, from when it holds, published or dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.forms import editing, services
from hopluc.forms.models import Filing, Form, FormVersion
from hopluc.forms.schema.definition import Field
from hopluc.forms.schema.reading import Flawed, read_schema
from hopluc.forms.selectors import forms_visible
from hopluc.forms.services.drafting import changes, draft_of
from hopluc.forms.views.parts import FORMS, AboutForm, PartForm

CONFLICT, UNPROCESSABLE = 409, 422
Json = dict[str, Any]
HEADINGS = {
    "section": gettext_lazy("Section"),
    "field": gettext_lazy("Field"),
    "row": gettext_lazy("Row"),
    "column": gettext_lazy("Column"),
    "check": gettext_lazy("Check"),
    "chart": gettext_lazy("Chart"),
}
SPOKEN = {"label", "say", "help", "unit"}


@require_http_methods(["GET", "POST"])
@needs("change forms")
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """The draft of a form, where there is one; posted: begun from the version in force."""
    form = _form(request, code)
    if request.method == "POST":
        try:
            begun = services.draft_begin(form=form, by=request.user)
        except Problem as problem:
            return _page(request, form, status=CONFLICT, problems=[str(problem)])
        return redirect("forms:draft", begun.form.code)
    return _page(request, form)


def _page(request: StaffRequest, form: Form, *, status: int = 200, **more: Any) -> HttpResponse:
    found = _draft(request, form)
    filling = Filing.objects.filter(form=form, state__in=[Filing.State.DRAFT, Filing.State.RETURNED])
    about = {
        "form": form,
        "draft": found,
        "sections": list(_outline(found.schema)) if found else [],
        "charts": [(f"charts.{at}", each) for at, each in enumerate(found.schema.get("charts", []))] if found else [],
        "checks": [(f"checks.{at}", each) for at, each in enumerate(found.schema.get("checks", []))] if found else [],
        "charted": found is not None and any(each.rows for each in found.read.fields.values()),
        "filling": filling.count(),
        "copies": not changes(form, request.user),
        "in_force": FormVersion.objects.published(on=localdate()).filter(form=form).first(),
    }
    return render(request, "forms/draft.html", {**about, **more}, status=status)


def _outline(schema: Json) -> Any:
    """Each section with its place and its fields, each of these with its place, rows and columns."""
    for at, section in enumerate(schema["sections"]):
        place = f"sections.{at}"
        yield (
            place,
            section,
            [
                (
                    f"{place}.fields.{turn}",
                    field,
                    [
                        (
                            name,
                            [(f"{place}.fields.{turn}.{name}.{n}", part) for n, part in enumerate(field.get(name, []))],
                        )
                        for name in (("columns", "rows") if field["kind"] == "table" else ())
                    ],
                )
                for turn, field in enumerate(section["fields"])
            ],
        )


@require_http_methods(["GET", "POST"])
@needs("change forms")
def part(request: StaffRequest, code: str) -> HttpResponse:
    """One part: `?at=` changes the one that is there, `?add=` puts one more at the end of a list (`&kind=jump`: a jump)."""
    form = _form(request, code)
    found = _draft(request, form)
    if found is None:
        raise Http404
    at, add = request.GET.get("at", ""), request.GET.get("add", "")
    try:
        kept = editing.part_of(found.schema, at) if at else {}
        kind = editing.kind_of(at or add)
        if add:
            editing.part_added(found.schema, add, {})
    except (editing.NoSuchPart, KeyError, IndexError) as error:
        raise Http404 from error
    jumps = kind == "check" and ("jump" in kept or request.GET.get("kind") == "jump")
    cls = FORMS["jump" if jumps else kind]
    typed = cls(request.POST or None, initial=cls.initial_of(kept) if kept else {})
    typed.look(found.read)
    if request.method == "POST" and typed.is_valid():
        schema, place = _edited(found.schema, typed.part(kept), at, add)
        if _kept(request, form, typed, schema, place):
            answer = redirect("forms:draft", code)
            answer["Location"] += f"#p-{place.replace('.', '-')}"
            return answer
    about = {"form": typed, "definition": form, "draft": found, "at": at, "kind": kind, "heading": _heading(kind, kept), "keys": _keys(found, kind)}  # fmt: skip
    return render(request, "forms/part.html", about, status=UNPROCESSABLE if request.method == "POST" else 200)


def _heading(kind: str, kept: Json) -> str:
    named = kept.get("label", {}).get("vi") or kept.get("rule") or kept.get("jump") or _("a new one")
    return f"{HEADINGS[kind]}: {named}"


def _keys(found: FormVersion, kind: str) -> list[Field]:
    """The fields whose keys rules may name."""
    return list(found.read.fields.values()) if kind in ("check", "column") else []


def _edited(schema: Json, made: Json, at: str, add: str) -> tuple[Json, str]:
    """The definition with a part changed or added, and its place."""
    if at:
        return editing.part_changed(schema, at, made), at
    if add != "checks":
        made["key"] = editing.key_for(made["label"]["vi"], schema, add)
    return editing.part_added(schema, add, made)


def _kept(request: StaffRequest, form: Form, typed: PartForm, schema: Json, place: str) -> bool:
    """Whether it fits and is kept; where not, the form says why."""
    try:
        read_schema(schema)
        services.draft_change(form=form, seen=_seen(request, "draft"), schema=schema, by=request.user)
    except Flawed as flawed:
        _explain(typed, flawed, place, schema)
    except Problem as problem:
        typed.add_error(None, str(problem))
    else:
        done(request, _("Saved in the draft."))
        return True
    return False


def _explain(typed: PartForm, flawed: Flawed, place: str, schema: Json) -> None:
    """Each flaw at its setting, where this form has it."""
    for flaw in flawed.flaws:
        name = editing.flaw_at(flaw, place)
        name = f"{name}_vi" if name in SPOKEN else name
        if name in typed.fields:
            typed.add_error(name, flaw.what)
        else:
            typed.add_error(None, editing.flaw_words(flaw, schema))


@require_POST
@needs("change forms")
def move(request: StaffRequest, code: str) -> HttpResponse:
    way = -1 if request.POST.get("way") == "up" else 1
    return _rearrange(request, code, lambda schema, place: editing.part_moved(schema, place, way), "")


@require_POST
@needs("change forms")
def remove(request: StaffRequest, code: str) -> HttpResponse:
    return _rearrange(request, code, editing.part_removed, _("Taken out of the draft."))


def _rearrange(request: StaffRequest, code: str, change: Callable[[Json, str], Json], words: str) -> HttpResponse:
    form, place = _form(request, code), request.POST.get("at", "")
    found = _draft(request, form)
    if found is None:
        raise Http404
    try:
        schema = change(found.schema, place)
    except (editing.NoSuchPart, KeyError, IndexError) as error:
        raise Http404 from error
    try:
        read_schema(schema)
    except Flawed as flawed:
        said = [editing.flaw_words(flaw, schema) for flaw in flawed.flaws]
        return _page(request, form, status=CONFLICT, problems=said)
    seen = _seen(request, "draft")
    anchor = place.rpartition(".")[0].replace(".", "-")
    return _act(
        request,
        form,
        lambda: services.draft_change(form=form, seen=seen, schema=schema, by=request.user),
        words,
        anchor,
    )


@require_http_methods(["GET", "POST"])
@needs("change forms")
def about(request: StaffRequest, code: str) -> HttpResponse:
    """What the draft is called, from when to when it holds, who sets it."""
    form = _form(request, code)
    found = _draft(request, form)
    if found is None:
        raise Http404
    initial = {"title_vi": form.title_vi, "title_en": form.title_en}
    initial |= {name: getattr(found, name) for name in ("starts_on", "ends_on", "source")}
    typed = AboutForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and typed.is_valid():
        try:
            services.draft_state(form=form, seen=_seen(request, "draft"), by=request.user, **typed.cleaned_data)
        except Problem as problem:
            typed.add_error(None, str(problem))
        except ValidationError as error:
            typed.add_error(None, error.messages)
        else:
            done(request, _("Saved in the draft."))
            return redirect("forms:draft", code)
    shown = {"form": typed, "definition": form, "draft": found, "heading": _("Title, validity, source")}
    return render(request, "forms/part.html", shown, status=UNPROCESSABLE if request.method == "POST" else 200)


@require_POST
@needs("change forms")
def publish(request: StaffRequest, code: str) -> HttpResponse:
    form, seen = _form(request, code), _seen(request, "draft")
    words = _(
        "Published. Whoever is filling in keeps their version; what is asked from now on is asked on the new one."
    )
    return _act(request, form, lambda: services.draft_publish(form=form, seen=seen, by=request.user), words)


@require_POST
@needs("change forms")
def drop(request: StaffRequest, code: str) -> HttpResponse:
    form, seen = _form(request, code), _seen(request, "draft")
    return _act(
        request, form, lambda: services.draft_drop(form=form, seen=seen, by=request.user), _("The draft is gone.")
    )


def _form(request: StaffRequest, code: str) -> Form:
    return get_object_or_404(forms_visible(request.user), code=code)


def _draft(request: StaffRequest, form: Form) -> FormVersion | None:
    """Only whoever may change the form sees its draft."""
    return draft_of(form) if changes(form, request.user) else None


def _seen(request: StaffRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _act(request: StaffRequest, form: Form, act: Callable[[], object], words: str, anchor: str = "") -> HttpResponse:
    try:
        act()
    except Problem as problem:
        return _page(request, form, status=CONFLICT, problems=[str(problem)])
    if words:
        done(request, words)
    answer = redirect("forms:draft", form.code)
    if anchor:
        answer["Location"] += f"#p-{anchor}"
    return answer
