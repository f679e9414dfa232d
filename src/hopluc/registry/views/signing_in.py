"""Sign-ins for an organisation, from its page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.models import User
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import directors, selectors
from hopluc.registry.models import Delegate, Organisation
from hopluc.registry.views.entering import status_of_form


class SignInForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    username = forms.CharField(
        label=gettext_lazy("Name to sign in with"),
        max_length=150,
        help_text=gettext_lazy("Small letters without marks, such as nguyen.van.an."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        User._meta.get_field("username").run_validators(username)
        return username


@require_http_methods(["GET", "POST"])
@needs(directors.RIGHT)
@never_cache
def sign_in(request: StaffRequest, pk: int) -> HttpResponse:
    """Who signs in for it; a sign-in more, whose temporary password is shown this once."""
    one = _named(request, pk)
    form = SignInForm(request.POST if request.method == "POST" else None, initial=directors.suggested(one))
    if form.is_bound and form.is_valid():
        try:
            user, password = directors.director_sign_in(organisation=one, by=request.user, **form.cleaned_data)
        except Problem as problem:
            form.add_error("username", str(problem))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _password(request, one, user, password)
    about = {
        "organisation": one,
        "form": form,
        "delegates": one.delegates.select_related("user").order_by("pk"),
        "back": reverse("registry:organisation", args=[one.pk]),
    }
    return render(request, "registry/sign_in.html", about, status=status_of_form(form))


@require_POST
@needs(directors.RIGHT)
@never_cache
def password(request: StaffRequest, pk: int) -> HttpResponse:
    delegate = _delegate(request, pk)
    try:
        given = directors.director_password(delegate=delegate, by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("registry:sign_in", delegate.organisation_id)
    return _password(request, delegate.organisation, delegate.user, given)


@require_POST
@needs(directors.RIGHT)
def close(request: StaffRequest, pk: int) -> HttpResponse:
    delegate = _delegate(request, pk)
    try:
        directors.director_close(delegate=delegate, by=request.user)
        done(request, _("%(name)s does not sign in for it any more.") % {"name": delegate.user.name})
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("registry:sign_in", delegate.organisation_id)


def _password(request: StaffRequest, one: Organisation, user: User, given: str) -> HttpResponse:
    return render(request, "registry/password.html", {"organisation": one, "person": user, "password": given})


def _named(request: StaffRequest, pk: int) -> Organisation:
    one = selectors.organisation_of(pk)
    if not selectors.may_name(request.user, one):
        raise Http404
    return one


def _delegate(request: StaffRequest, pk: int) -> Delegate:
    delegate = get_object_or_404(Delegate.objects.select_related("user", "organisation__unit"), pk=pk)
    _named(request, delegate.organisation_id)
    return delegate
