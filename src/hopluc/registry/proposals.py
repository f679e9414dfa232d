"""What an organisation proposes to change of itself: the same forms and services as the registry's, in two steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import may
from hopluc.core.history import acting
from hopluc.registry import services
from hopluc.registry.errors import HasEnded, NotYourRegistry, ProposalDecided, ProposalUnfit, ReasonNeeded
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.forms import FactForm, FiguresForm, OfficerForm
from hopluc.registry.models import Delegate, Organisation, Proposal
from hopluc.registry.selectors import may_keep, scope_of
from hopluc.registry.services.facts import Value
from hopluc.registry.services.keeping import shown
from hopluc.registry.services.passing import next_item
from hopluc.registry.services.people import PartySaid

OWN = "keep own organisation"  # the right
FACTS = (
    "phone",
    "seat",
    "main_industry",
    "industry",
    "products",
    "branch",
    "chain",
    "e_commerce",
    "high_technology",
    "land",
)
FIGURES, OFFICER = "figures", "officer"
WHAT = (*FACTS, FIGURES, OFFICER)
State = Proposal.State


def delegate_name(*, user: User, organisation: Organisation, by: User) -> Delegate:
    """Let somebody sign in for an organisation, in place of the one that they stood for. Raises NotYourRegistry."""
    if not may_keep(by, organisation):
        raise NotYourRegistry(place=organisation.unit.full_name)
    with acting(by.pk, act="registry.delegate.named"):
        return Delegate.objects.update_or_create(user=user, defaults={"organisation": organisation})[0]


def own_organisation(user: User) -> int | None:
    """The id of the organisation that somebody stands for, as long as their post gives the right."""
    if not may(user, OWN):
        return None
    return Delegate.objects.filter(user=user).values_list("organisation", flat=True).first()


def form_of(what: str, data: Mapping[str, Any] | None, initial: dict[str, Any] | None = None) -> forms.Form:
    """The form of the registry without a source: that is the proposal itself."""
    form: forms.Form
    if what == FIGURES:
        form = FiguresForm(data, initial=initial)
    elif what == OFFICER:
        form = OfficerForm(data, initial=initial)
    else:
        form = FactForm(data, kind=fact_kinds()[what], initial=initial)
    del form.fields["source"]
    return form


def label_of(what: str) -> str:
    if what == FIGURES:
        return _("Figures of a year")
    return _("Officer") if what == OFFICER else str(fact_kinds()[what].words)


def propose(*, organisation: Organisation, what: str, form: forms.Form, by: User) -> Proposal:
    """Keep what was typed until the registry decides. `form` is valid. Raises NotYourRegistry, HasEnded."""
    if own_organisation(by) != organisation.pk:
        raise NotYourRegistry(place=organisation.name)
    if organisation.ended_on:
        raise HasEnded(name=organisation.name, day=shown(organisation.ended_on))
    said = {name: form.data[name] for name in form.fields if form.data.get(name)}
    with acting(by.pk, act="registry.proposal.made"):
        return Proposal.objects.create(organisation=organisation, what=what, said=said, by=by)


def proposal_accept(*, proposal: Proposal, by: User) -> Proposal:
    """Write it into the registry, with the proposal as its source.

    Raises NotYourRegistry, ProposalDecided, ProposalUnfit, and what the service of the fact raises.
    """
    with transaction.atomic():
        locked = _waiting(proposal, by)
        form = form_of(locked.what, locked.said)
        if not form.is_valid():
            raise ProposalUnfit(fields=", ".join(str(form[name].label) for name in form.errors))
        _write(locked, form, by)
        return _decided(locked, State.ACCEPTED, by, "")


def proposal_return(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Raises NotYourRegistry, ProposalDecided, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        return _decided(_waiting(proposal, by), State.RETURNED, by, " ".join(reason.split())[:500])


def _waiting(proposal: Proposal, by: User) -> Proposal:
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("organisation__unit").get(pk=proposal.pk)
    if not may_keep(by, locked.organisation):
        raise NotYourRegistry(place=locked.organisation.unit.full_name)
    if locked.state != State.WAITING:
        raise ProposalDecided(state=locked.get_state_display())
    return locked


def _decided(proposal: Proposal, state: str, by: User, reason: str) -> Proposal:
    proposal.state, proposal.reason, proposal.decided_by, proposal.decided_at = state, reason, by, now()
    with acting(by.pk, act=f"registry.proposal.{state}"):
        proposal.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return proposal


def _write(proposal: Proposal, form: forms.Form, by: User) -> None:
    one, about = proposal.organisation, form.cleaned_data
    source = f"Đề nghị của hợp tác xã ngày {date_format(localtime(proposal.at), 'd/m/Y')}"
    if isinstance(form, FiguresForm):
        services.figures_enter(organisation=one, year=about["year"], values=form.values, source=source, by=by)
    elif isinstance(form, OfficerForm):
        terms = {key: about[key] for key in ("post", "qualification", "since")}
        said: PartySaid = form.party
        services.officer_said(organisation=one, said=said, source=source, by=by, **terms)
    elif isinstance(form, FactForm):
        terms = {"what": proposal.what, "value": _value(proposal, form), "since": form.first_day}
        services.fact_change(organisation=one, source=source, by=by, **terms)


def _value(proposal: Proposal, form: FactForm) -> Value:
    """Of kinds with several at a time, one more."""
    one, kind = proposal.organisation, fact_kinds()[proposal.what]
    if kind.several and kind.type != "industry":
        return replace(form.value, item=next_item(one, kind))
    return form.value


def proposals_within(by: User) -> QuerySet[Proposal]:
    """Those of the organisations whose registry somebody keeps, the longest waiting first."""
    scope = scope_of(by, "keep registry")
    within = Q(organisation__province__in=scope.provinces) | Q(organisation__unit__in=scope.communes)
    rows = Proposal.objects.filter(within).select_related("organisation", "by").defer("organisation__words")
    return rows.order_by("at", "pk")
