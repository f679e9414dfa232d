"""Targets of a plan as aims of indicators: what each may mean, confirmed with one button, taken back, carried to a new edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.documents.errors import NotYours
from hopluc.indicators.matching import fits
from hopluc.indicators.models import Aim, Indicator
from hopluc.indicators.origins import Origin, register
from hopluc.indicators.selectors import aim_suggestions, aims_of, indicators_visible, known_to
from hopluc.indicators.services import Source, aim_confirm, aims_remove
from hopluc.plans.models import Plan, Target
from hopluc.plans.selectors import drafted_by, plans_visible
from hopluc.units.models import Unit
from vanban.wording import capital

KIND = "plans.target"
OWN = "own"  # instead of a known indicator, one of the place's own
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a target is: an aim that was confirmed, or the indicators that it may mean."""

    aim: Aim | None
    suggested: tuple[Indicator, ...] = ()
    others: tuple[Indicator, ...] = ()  # of the same measure
    asks: bool = False  # whoever looks may confirm it
    sure: bool = False  # the first suggestion says nearly the same words


@register(KIND)
def targets_named(ids: Collection[int], viewer: User) -> dict[int, Origin]:
    """Targets of plans in force that the viewer may see."""
    plans = plans_visible(viewer).filter(state=Plan.State.ISSUED)
    found = Target.objects.filter(pk__in=ids, plan__in=plans.values("pk")).select_related("plan")
    return {one.pk: Origin(_name(one), reverse("plans:target", args=[one.plan_id, one.pk])) for one in found}


def _name(target: Target) -> str:
    return f"{capital(target.value['indicator'])} ({target.plan.name})"


def targets_meant(plan: Plan, targets: Iterable[Target], *, viewer: User) -> dict[int, Meant]:
    """Targets of a plan beside their aims; suggestions for whoever may confirm. At most three queries."""
    aims = aims_of(KIND, plan.pk)
    asks = plan.state == Plan.State.ISSUED and drafted_by(plan, viewer)
    known = {one.pk: one for one in indicators_visible(viewer)} if asks else {}
    names = known_to(known.values())
    found: dict[int, Meant] = {}
    alike: dict[str, list[Indicator]] = {}  # by what a target counts
    for target in targets:
        if aim := aims.get(target.pk):
            found[target.pk] = Meant(aim)
            continue
        matches = aim_suggestions(target.value, names) if asks else []
        suggested = {match.key: known[match.key] for match in matches}
        level = target.value.get("low") is not None or target.value.get("high") is not None
        unit = str(target.value.get("unit") or "")
        if unit not in alike:
            alike[unit] = [one for one in known.values() if fits(unit, one.measure)]
        others = tuple(one for one in alike[unit] if one.pk not in suggested)
        found[target.pk] = Meant(
            None, tuple(suggested.values()), others, asks and level, bool(matches) and matches[0].sure
        )
    return found


def plan_aims_confirm(*, plan: Plan, chosen: Mapping[int, str], by: User) -> list[Aim]:
    """Make targets (by id) aims of indicators, each of the one whose id is given or of its own (`OWN`); all or none.

    Raises NotYours, AimUnclear, AimTaken.
    """
    _check(plan, by)
    with transaction.atomic():
        targets = plan.targets.filter(pk__in=chosen)
        keys = [int(key) for key in chosen.values() if key.isdecimal()]
        known = indicators_visible(by).in_bulk(keys)
        unit = place_of(plan)
        return [
            aim_confirm(
                source=Source(KIND, target.pk, plan.pk, _words(target), plan.dated_on.year if plan.dated_on else None),
                target=target.value,
                unit=unit,
                by=by,
                indicator=known[int(chosen[target.pk])] if chosen[target.pk] != OWN else None,
            )
            for target in targets
            if chosen[target.pk] == OWN or int(chosen[target.pk]) in known
        ]


def plan_aims_undo(*, plan: Plan, aims: Collection[int], by: User) -> int:
    """Take confirmations back; gives how many. Raises NotYours."""
    _check(plan, by)
    found = Aim.objects.filter(origin=KIND, whole_id=plan.pk, pk__in=aims).select_related("indicator")
    listed = list(found)
    aims_remove(aims=listed, by=by)
    return len(listed)


def aims_carry(*, plan: Plan) -> None:
    """The aims of the edition that this one replaces go on where the new one says the same."""
    targets = Target.objects.filter(plan__document=plan.document_id, plan__edition=plan.edition - 1)
    before = {target.pk: _said(target.value) for target in targets}
    now: dict[str, Target] = {}
    for target in plan.targets.all():
        now.setdefault(_said(target.value), target)
    for aim in Aim.objects.filter(origin=KIND, origin_id__in=before):
        if same := now.get(before[aim.origin_id]):
            del now[before[aim.origin_id]]
            with acting(plan.issued_by_id, act="plan.issued", document=plan.document_id):
                Aim.objects.filter(pk=aim.pk).update(origin_id=same.pk, whole_id=plan.pk)


def place_of(plan: Plan) -> Unit | None:
    """Where a plan's targets are to be met: the place whose agencies it orders, else that of its owner."""
    return plan.unit or plan.owner.province


def _said(value: Json) -> str:
    """What a target asks for, in one string: its place in the text does not count."""
    return "|".join(str(value.get(name)) for name in ("indicator", "subject", "op", "low", "high", "unit", "by", "per"))


def _words(target: Target) -> str:
    return capital(str(target.value["indicator"]))


def _check(plan: Plan, by: User) -> None:
    if plan.owner_id not in agencies(by, "draft"):
        raise NotYours(agency=plan.owner.name)
