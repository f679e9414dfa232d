"""Forms and their versions, to be read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import may, needs
from hopluc.forms.models import FormVersion
from hopluc.forms.presenting import KINDS, definition
from hopluc.forms.selectors import forms_visible
from hopluc.forms.services.drafting import CHANGE


@require_GET
@needs("see filings")
def listing(request: StaffRequest) -> HttpResponse:
    forms = forms_visible(request.user).order_by("code")
    lines = [(form, form.versions.published(on=localdate()).first()) for form in forms]
    return render(request, "forms/list.html", {"lines": lines})


@require_GET
@needs("see filings")
def version(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """What a version asks, in words."""
    forms = forms_visible(request.user).filter(code=code)
    found = get_object_or_404(FormVersion.objects.select_related("form__province"), form__in=forms, number=number)
    others = found.form.versions.exclude(pk=found.pk).order_by("-number")
    return render(
        request,
        "forms/version.html",
        {"about": definition(found), "others": others, "kinds": KINDS, "may_change": may(request.user, CHANGE)},
    )
