"""The figure to reach: what is reported is a share of it, also of what was reported before."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from hopluc.plans.errors import NoAim, NotYourPlan
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.working.services import aim_set, answer, confirm_or_return
from hopluc.plans.working.values import Figure, Update
from hopluc.units.services import agency_ensure


@pytest.fixture
def row(line: Line) -> Occurrence:
    line.task.__class__.objects.filter(pk=line.task_id).update(deliverable="Số hợp tác xã thành lập mới")
    return line.occurrences.order_by("due_on")[0]


def told(row: Occurrence, figure: str, by, claim="in_progress") -> int:
    update = Update(key=uuid4(), seen=0, claim=claim, figure=Figure(Decimal(figure)))
    answer(occurrence=row.pk, update=update, by=by)
    return Occurrence.objects.get(pk=row.pk).percent


def test_percents_follow_the_figure_to_reach(line, row, head, coordinator):
    assert told(row, "45", head) == 0
    assert aim_set(line=line, aim=Decimal(60), by=coordinator) == 1
    assert Occurrence.objects.get(pk=row.pk).percent == 75
    assert told(row, "90", head) == 100
    aim_set(line=line, aim=None, by=coordinator)
    assert Occurrence.objects.get(pk=row.pk).percent == 0


def test_what_was_confirmed_stays(line, row, head, coordinator):
    aim_set(line=line, aim=Decimal(60), by=coordinator)
    told(row, "45", head, claim="reported")
    last = Occurrence.objects.get(pk=row.pk).answer_id
    confirm_or_return(occurrence=row.pk, answer=last, confirmed=True, by=coordinator)
    aim_set(line=line, aim=Decimal(90), by=coordinator)
    assert Occurrence.objects.get(pk=row.pk).percent == 75


def test_one_figure_for_every_agency_that_leads(line, coordinator):
    other = Line.objects.create(
        plan=line.plan, task=line.task, agency=agency_ensure(key="so-gddt", province="tỉnh Khánh Hòa"), given_on=line.given_on
    )  # fmt: skip
    assert aim_set(line=line, aim=Decimal("2.5"), by=coordinator, every=True) == 2
    assert Line.objects.get(pk=other.pk).aim == Decimal("2.5")


def test_only_the_plans_owner_says_what_to_reach_and_nothing_is_no_figure(line, head, coordinator):
    with pytest.raises(NotYourPlan):
        aim_set(line=line, aim=Decimal(1), by=head)
    with pytest.raises(NoAim):
        aim_set(line=line, aim=Decimal(0), by=coordinator)
