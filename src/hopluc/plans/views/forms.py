"""Forms of a page: shown, refused with what is wrong, or done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from hopluc.accounts.http import StaffRequest
from hopluc.core.errors import Problem

UNPROCESSABLE = 422


def sent(request: StaffRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def served(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether a form was sent and its act done; what the service refuses stands above the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except Problem as problem:
        form.add_error(None, str(problem))
    return form.is_valid()


def page(request: StaffRequest, form: Form, template: str, **about: object) -> HttpResponse:
    return render(request, template, {"form": form, **about}, status=UNPROCESSABLE if form.is_bound else 200)
