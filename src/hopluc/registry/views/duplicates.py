"""Records that may be about one organisation, side by side: merged into one, or told apart for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import duplicates, jobs
from hopluc.registry.intake.snapshot import profiles_by_id
from hopluc.registry.models import LikePair, Organisation
from hopluc.registry.selectors import scope_of

PAGE = 20
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "code": gettext_lazy("Code"),
    "kind": gettext_lazy("Kind of organisation"),
    "unit": gettext_lazy("Commune"),
    "founded": gettext_lazy("Founding day"),
    "representative": gettext_lazy("Legal representative"),
    "phone": gettext_lazy("Telephone"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One line of two records: alike, nearly, or not; nothing where one of them says nothing."""

    label: str
    one: str
    other: str
    how: str


@dataclass(frozen=True, slots=True)
class PairLine:
    pair: LikePair
    one: Organisation | None
    other: Organisation | None
    percent: int
    sides: list[Side]

    @property
    def title(self) -> str:
        return " – ".join(one.name for one in (self.one, self.other) if one)


@require_GET
@needs("keep registry")
def pairs(request: StaffRequest) -> HttpResponse:
    """Those to be decided, the likeliest first; those told apart; those merged."""
    state = request.GET.get("state", "open")
    state = state if state in LikePair.State.values else "open"
    seen = _seen(request)
    page = Paginator(seen.filter(state=state), PAGE).get_page(request.GET.get("page"))
    chips = [
        {
            "label": str(label).capitalize(),
            "url": f"?state={key}",
            "active": key == state,
            "count": seen.filter(state=key).count(),
        }
        for key, label in LikePair.State.choices
    ]
    about = {"page": page, "lines": _lines(list(page.object_list)), "chips": chips, "state": state}
    return render(request, "registry/duplicates.html", about)


def _seen(request: StaffRequest) -> Any:
    """Pairs of the provinces whose registry one keeps whole."""
    return LikePair.objects.filter(province__in=scope_of(request.user, "keep registry").provinces)


def _lines(listed: list[LikePair]) -> list[PairLine]:
    ids = {pk for pair in listed for pk in (pair.one, pair.other)}
    known = {
        one.pk: one
        for one in Organisation.objects.filter(pk__in=ids).select_related("unit").defer("words", "unit__words")
    }
    said = profiles_by_id(ids, today=localdate())
    return [_line(pair, known, said) for pair in listed]


def _line(pair: LikePair, known: dict[int, Organisation], said: dict[int, Any]) -> PairLine:
    one, other = known.get(pair.one), known.get(pair.other)
    how = dict(pair.evidence)
    sides = [
        Side(str(label), _value(one, said, key), _value(other, said, key), how.get(key, ""))
        for key, label in FIELDS.items()
    ]
    return PairLine(pair, one, other, round(pair.score * 100), [each for each in sides if each.one or each.other])


def _value(one: Organisation | None, said: dict[int, Any], key: str) -> str:
    if one is None:
        return ""
    if key in ("phone", "representative"):
        return str(getattr(said.get(one.pk), key, ""))
    plain = {
        "name": one.name,
        "code": one.code,
        "kind": str(one.get_kind_display()),
        "unit": one.unit.full_name,
        "founded": date_format(one.founded_on),
    }
    return plain[key]


@require_POST
@needs("keep registry")
def find(request: StaffRequest) -> HttpResponse:
    """Look through the registry of one's province."""
    provinces = scope_of(request.user, "keep registry").provinces
    for pk in provinces:
        jobs.duplicates_find.defer(province_id=pk)
    if provinces:
        done(request, _("The registry is being looked through. Open this page again in a minute."))
    else:
        messages.error(request, _("Only those who keep the registry of a whole province look for duplicates."))
    return redirect("registry:duplicates")


@require_POST
@needs("keep registry")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """`dismiss`, `reopen`, `undo`, or the id of the record to keep."""
    pair = get_object_or_404(_seen(request), pk=pk)
    act = request.POST.get("act", "")
    try:
        if act == "dismiss":
            duplicates.pair_dismiss(pair=pair, by=request.user)
            done(request, _("They stay two organisations, and are not shown here again."))
        elif act == "reopen":
            duplicates.pair_reopen(pair=pair, by=request.user)
        elif act == "undo":
            duplicates.merge_undo(pair=pair, by=request.user)
            done(request, _("They are two records again."))
        elif act.isdecimal():
            kept = duplicates.pair_merge(pair=pair, keep=int(act), by=request.user)
            done(request, _("“%(name)s” is one record now.") % {"name": kept.name})
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("registry:duplicates")
