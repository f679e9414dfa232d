"""The administration of people and their posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts import secrets, services
from hopluc.accounts.forms import ContactForm, LookForm, NameForm, PersonForm, PostForm, initial_of
from hopluc.accounts.http import StaffRequest
from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.presenting import contacts, lines_of, looks, secrets_told
from hopluc.accounts.rights import needs
from hopluc.accounts.selectors import (
    agencies_administered,
    people_administered,
    people_listed,
    people_within,
    person_history,
    posts_administered,
    posts_within,
)
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.core.templatetags.shown import with_query
from hopluc.units.selectors import agencies_named

PAGE = 50
SUGGESTIONS = 20


@require_GET
@needs("administer")
def people(request: StaffRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("state", "role")}
    typed = request.GET.get("q", "")
    found = people_listed(viewer=request.user, typed=typed, **chosen)
    about = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "wanted": typed,
        "narrowed": any((typed, *chosen.values())),
        "today": localdate(),
        "states": _chips(request, "state", [("", _("All")), ("active", _("Open")), ("inactive", _("Closed"))]),
        "roles": _chips(request, "role", [("", _("All roles")), *Role.choices]),
        "state_label": _("State of the account"),
        "role_label": _("Role"),
    }
    return render(request, "accounts/people.html", about)


@require_http_methods(["GET", "POST"])
@needs("administer")
@never_cache
def create(request: StaffRequest) -> HttpResponse:
    """An account with its first post; the temporary password is shown this once."""
    form = PersonForm(_sent(request), by=request.user)
    made: list[tuple[User, str]] = []
    if _served(form, request, lambda about: made.append(services.person_create(**about, by=request.user))):
        user, password = made[0]
        return render(request, "accounts/password.html", {"person": user, "password": password, "new": True})
    return _form(request, form, "accounts/create.html")


@require_GET
@needs("meet people")
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody's posts for whoever works in their province; for its administrators the account and its history too."""
    user = _met(request, pk)
    return render(request, "accounts/person.html", _about(request, user))


@require_POST
@needs("reach people")
@never_cache
def look(request: StaffRequest, pk: int) -> HttpResponse:
    """A telephone number or an address, shown this once to whoever says what for."""
    user = _met(request, pk)
    form = LookForm(request.POST)
    about = _about(request, user, asked=form)
    if form.is_valid():
        field = form.cleaned_data["field"]
        try:
            value = secrets.look(viewer=request.user, subject=user, field=field, purpose=form.stated)
        except Problem as problem:
            form.add_error("purpose", str(problem))
        else:
            about = _about(request, user, shown={field: value})
    return render(request, "accounts/person.html", about, status=200 if form.is_valid() else 422)


@require_GET
@needs("sign in")
def rights(request: StaffRequest) -> HttpResponse:
    """Who sees what: the table of rights, in words."""
    about = {"lines": lines_of(request.user), "secrets": secrets_told()}
    return render(request, "accounts/rights.html", about)


@require_http_methods(["GET", "POST"])
@needs("administer")
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    user = _person(request, pk)
    form = ContactForm(_sent(request), user=user)
    if _served(form, request, lambda _about: services.person_contact(user=user, by=request.user, **form.changes)):
        done(request, _("Saved."))
        return redirect("accounts:person", pk)
    return _form(request, form, "accounts/contact.html", person=user)


@require_http_methods(["GET", "POST"])
@needs("administer")
def rename(request: StaffRequest, pk: int) -> HttpResponse:
    user = _person(request, pk)
    form = NameForm(_sent(request), initial={"name": user.name})
    if _served(form, request, lambda about: services.person_rename(user=user, by=request.user, **about)):
        done(request, _("Saved."))
        return redirect("accounts:person", pk)
    return _form(request, form, "accounts/rename.html", person=user)


@require_http_methods(["GET", "POST"])
@needs("administer")
def post_give(request: StaffRequest, pk: int) -> HttpResponse:
    user = _person(request, pk)
    form = PostForm(_sent(request), by=request.user)
    if _served(form, request, lambda about: services.person_post_give(user=user, by=request.user, **about)):
        done(request, _("The post is given."))
        return redirect("accounts:person", pk)
    return _form(request, form, "accounts/post.html", person=user)


@require_http_methods(["GET", "POST"])
@needs("administer")
def post_change(request: StaffRequest, pk: int, post_id: int) -> HttpResponse:
    user = _person(request, pk)
    post: Post = get_object_or_404(posts_administered(request.user), pk=post_id, user=user)
    form = PostForm(_sent(request), by=request.user, initial=initial_of(post))
    if _served(form, request, lambda about: services.post_change(post=post, by=request.user, **about)):
        done(request, _("Saved."))
        return redirect("accounts:person", pk)
    return _form(request, form, "accounts/post.html", person=user, post=post)


@require_POST
@needs("administer")
def activate(request: StaffRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.person_activate, _("The account is open again."))


@require_POST
@needs("administer")
def deactivate(request: StaffRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.person_deactivate, _("The account is closed. Nobody can sign in with it."))


@require_POST
@needs("administer")
@never_cache
def password_reset(request: StaffRequest, pk: int) -> HttpResponse:
    """A new temporary password, shown this once."""
    user = _person(request, pk)
    try:
        password = services.password_reset(user=user, by=request.user)
    except Problem as problem:
        return _refused(request, user, problem)
    return render(request, "accounts/password.html", {"person": user, "password": password})


@require_GET
@needs("administer")
def agencies(request: StaffRequest) -> JsonResponse:
    """Agencies to choose from, for what was typed of a name."""
    allowed = agencies_administered(request.user, on=localdate())
    found = agencies_named(request.GET.get("q", ""), among=allowed)[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": agency.pk, "text": agency.name} for agency in found]})


def _person(request: StaffRequest, pk: int) -> User:
    return get_object_or_404(people_administered(request.user), pk=pk)


def _met(request: StaffRequest, pk: int) -> User:
    return get_object_or_404(people_within(request.user, "meet people"), pk=pk)


def _about(
    request: StaffRequest, user: User, *, shown: Mapping[str, str] | None = None, asked: LookForm | None = None
) -> dict[str, Any]:
    """What the page of somebody says; `shown` are values that were just looked at, `asked` a question that was refused."""
    manages = people_administered(request.user).filter(pk=user.pk).exists()
    oversees = people_within(request.user, "oversee").filter(pk=user.pk).exists()
    return {
        "person": user,
        "posts": posts_within(request.user, "meet people").filter(user=user).order_by("-ends_on", "pk"),
        "contacts": contacts(user, ("User.phone", "User.email"), viewer=request.user, shown=shown or {}),
        "look_url": reverse("accounts:look", args=[user.pk]),
        "asked": asked,
        "look_form": asked or LookForm(),
        "manages": manages,
        "history": person_history(user, viewer=request.user) if manages else [],
        "oversees": oversees,
        "looks": looks(user) if oversees else [],
        "today": localdate(),
    }


def _sent(request: StaffRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _served(form: Form, request: StaffRequest, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether a form was sent and its act done; what the service refuses stands above the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except Problem as problem:
        form.add_error(None, str(problem))
    return form.is_valid()


def _form(request: StaffRequest, form: Form, template: str, **about: object) -> HttpResponse:
    return render(request, template, {"form": form, **about}, status=422 if form.is_bound else 200)


def _act(request: StaffRequest, pk: int, act: Callable[..., None], words: str) -> HttpResponse:
    user = _person(request, pk)
    try:
        act(user=user, by=request.user)
    except Problem as problem:
        return _refused(request, user, problem)
    done(request, words)
    return redirect("accounts:person", pk)


def _refused(request: StaffRequest, user: User, problem: Problem) -> HttpResponse:
    messages.error(request, str(problem))
    return redirect("accounts:person", user.pk)


def _chips(request: StaffRequest, name: str, choices: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Filters of the list, one on at a time."""
    now = request.GET.get(name, "")
    return [
        {"label": label, "url": with_query({"request": request}, **{name: key}), "active": key == now}
        for key, label in choices
    ]
