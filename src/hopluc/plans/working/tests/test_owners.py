"""A line in work always has a living owner, whatever becomes of people and agencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.services import person_deactivate, post_change, post_give
from hopluc.core.errors import Problem
from hopluc.documents.review import current_version, review_reopen
from hopluc.plans.errors import NotOfTheAgency, NotYourWork
from hopluc.plans.models import Answer, Line, Occurrence, Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.conftest import person
from hopluc.plans.working.nightly import night
from hopluc.plans.working.owners import lines_orphaned
from hopluc.plans.working.services import (
    answer,
    confirm_or_return,
    contact_name,
    line_give,
    owner_name,
    request_decide,
    request_make,
    successor_name,
)
from hopluc.plans.working.values import Update
from hopluc.units.models import Agency
from hopluc.units.services import agency_end, succession_add
from tests.examples import examples

TODAY = localdate()
DAY = timedelta(days=1)


@pytest.fixture
def administrator(owner: Agency) -> User:
    return person("quantri", owner, Role.ADMINISTRATOR)


def left(user: User, by: User) -> None:
    """Their post ended yesterday."""
    post = user.posts.get()
    post_change(post=post, agency=post.agency, role=Role(post.role), by=by, ends_on=TODAY - DAY)


def fresh(line: Line) -> Line:
    return Line.objects.get(pk=line.pk)


def test_whoever_leaves_hands_over_to_the_named_successor_the_same_day(line, head, home, administrator):
    chosen, other = person("nguoi-nhan", home, Role.OFFICER), person("nguoi-khac", home, Role.HEAD)
    successor_name(line=line, user=chosen, by=head)
    left(head, administrator)
    now = fresh(line)
    assert (now.owner, now.successor, now.state, other.lines.count()) == (chosen, None, "active", 0)


def test_without_a_successor_the_contact_then_the_head_then_who_was_there_longest(line, head, home, administrator):
    longest = person("lau-nam", home, Role.OFFICER)
    second, contact = person("pho-giam-doc", home, Role.HEAD), person("dau-moi", home, Role.OFFICER)
    contact_name(agency=home, user=contact, by=head)
    order = []
    for somebody in (head, contact, second):
        left(somebody, administrator)
        order.append(fresh(line).owner)
    assert order == [contact, second, longest]


def test_where_nobody_is_left_the_coordinator_of_the_plan_stands_in_until_somebody_comes(
    line, head, home, coordinator, administrator
):
    left(head, administrator)
    now = fresh(line)
    assert (now.owner, now.stand_in, now.state) == (coordinator, True, "active")
    comer = person("nguoi-moi", home, Role.OFFICER)
    assert (fresh(line).owner, fresh(line).stand_in) == (comer, False)


def test_a_stand_in_may_answer_and_a_former_owner_may_not(line, head, coordinator, administrator):
    left(head, administrator)
    due = line.occurrences.first()
    assert answer(occurrence=due.pk, by=coordinator, update=Update(uuid4(), 0, "in_progress")).revision == 1
    with pytest.raises(NotYourWork):
        answer(occurrence=due.pk, by=User.objects.get(pk=head.pk), update=Update(uuid4(), 1, "reported"))


def test_a_line_that_nobody_had_waits_for_somebody_of_the_agency(make_document, coordinator, home):
    Post.objects.filter(agency=home).delete()
    plan = plan_issue(document=make_document(), by=coordinator)
    line = plan.lines.get(agency=home)
    assert (line.state, line.owner) == ("waiting", None)
    comer = person("nguoi-moi", home, Role.OFFICER)
    assert (fresh(line).state, fresh(line).owner) == ("active", comer)


def test_a_merger_hands_lines_on_the_same_day_with_their_owner(line, head, home, plan):
    succession_add(source=home, target=plan.owner, on=TODAY, basis="Nghị quyết")
    now = fresh(line)
    assert (now.agency, now.holder, now.owner, now.state) == (
        home,
        plan.owner,
        head,
        "active",
    )  # the post goes on there


def test_an_agency_without_a_successor_leaves_its_lines_to_be_assigned(line, home, plan, coordinator):
    agency_end(agency=home, last=TODAY - DAY)
    assert (fresh(line).holder, fresh(line).state) == (None, "waiting")
    assert line_give(line=line, to=plan.owner, by=coordinator).holder == plan.owner_id
    assert (fresh(line).owner, fresh(line).state) == (coordinator, "active")


def test_a_post_that_simply_ends_is_caught_in_the_night(line, head, home, coordinator):
    Post.objects.filter(user=head).update(ends_on=TODAY - DAY)  # entered long ago: nothing happened today
    assert lines_orphaned(today=TODAY) == [line.pk]
    assert night(today=TODAY).passed == 1
    assert (lines_orphaned(today=TODAY), fresh(line).owner) == ([], coordinator)


def test_an_owner_is_of_the_agency(line, head, officer, home):
    with pytest.raises(NotOfTheAgency):
        owner_name(line=line, user=officer, by=head)
    with pytest.raises(NotYourWork):
        owner_name(line=line, user=head, by=officer)
    mate = person("dong-nghiep", home, Role.OFFICER)
    assert owner_name(line=line, user=mate, by=head).owner == mate.pk


class Town:
    """Two departments, their people, and whatever may happen to them."""

    def __init__(self, plan: Plan, home: Agency, coordinator: User, administrator: User) -> None:
        self.document, self.home, self.finance = plan.document, home, plan.owner
        self.coordinator, self.administrator = coordinator, administrator
        self.accepted: set[int] = set()
        self.turn = 0

    def happen(self, what: str, number: int) -> None:
        """One event; what is refused is refused."""
        act: Callable[[int], object] = getattr(self, what)
        try:
            with transaction.atomic():
                act(number)
        except (Problem, ZeroDivisionError):  # of nothing there is none to choose
            return

    def _one(self, things, number):
        listed = list(things)
        return listed[number % len(listed)]

    def _person(self, number: int) -> User:
        return self._one(User.objects.exclude(pk=self.administrator.pk).order_by("pk"), number)

    def _line(self, number: int) -> Line:
        return self._one(Line.objects.exclude(state="ended").order_by("pk"), number)

    def _due(self, number: int) -> Occurrence:
        return self._one(Occurrence.objects.order_by("pk"), number)

    def comes(self, number: int) -> None:
        self.turn += 1
        role = (Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.VIEWER)[number % 4]
        person(f"nguoi{self.turn}", (self.home, self.finance)[number % 2], role)

    def moves(self, number: int) -> None:
        post = self._one(Post.objects.exclude(user=self.administrator).order_by("pk"), number)
        to = (self.home, self.finance)[number % 2]
        post_change(post=post, agency=to, role=Role.OFFICER, by=self.administrator)

    def leaves(self, number: int) -> None:
        post = self._one(Post.objects.exclude(user=self.administrator).order_by("pk"), number)
        post_change(post=post, agency=post.agency, role=Role(post.role), by=self.administrator, ends_on=TODAY - DAY)

    def returns(self, number: int) -> None:
        post_give(user=self._person(number), agency=self.home, role=Role.OFFICER)

    def arrives(self, number: int) -> None:
        """The last day of a post was yesterday; the night finds it."""
        Post.objects.filter(user=self._person(number)).update(ends_on=TODAY - DAY)
        night(today=TODAY)

    def is_closed(self, number: int) -> None:
        person_deactivate(user=self._person(number), by=self.administrator)

    def merges(self, number: int) -> None:
        succession_add(source=self.home, target=self.finance, on=TODAY, basis="Nghị quyết")

    def ends(self, number: int) -> None:
        agency_end(agency=self.home, last=TODAY - DAY)

    def names(self, number: int) -> None:
        successor_name(line=self._line(number), user=self._person(number), by=self.coordinator)

    def owns(self, number: int) -> None:
        owner_name(line=self._line(number), user=self._person(number // 2), by=self.coordinator)

    def gives(self, number: int) -> None:
        line_give(line=self._line(number), to=(self.home, self.finance)[number % 2], by=self.coordinator)

    def refuses(self, number: int) -> None:
        line = self._line(number)
        asked = request_make(
            line=line, kind="refusal", by=line.owner or self.coordinator, reason="Không đúng chức năng"
        )
        request_decide(request=asked.pk, granted=True, by=self.coordinator)

    def answers(self, number: int) -> None:
        due = self._due(number)
        claim = ("in_progress", "reported")[number % 2]
        by = due.line.owner or self.coordinator
        said = answer(occurrence=due.pk, by=by, update=Update(uuid4(), due.revision, claim, f"Lần {number}")).said
        self.accepted.add(said.pk)

    def confirms(self, number: int) -> None:
        due = self._due(number)
        confirm_or_return(
            occurrence=due.pk, answer=due.answer_id or 0, confirmed=number % 3 > 0, by=self.coordinator, reason="Lý do"
        )

    def is_issued_anew(self, number: int) -> None:
        review_reopen(document=self.document, by=self.coordinator)
        if number % 2:
            tasks = list(current_version(self.document).items.filter(kind="task", state="accepted").order_by("pk"))
            tasks[0].state = "rejected"
            tasks[0].save()
        plan_issue(document=self.document, by=self.coordinator, reason="Sửa đổi")


EVENTS = [
    "comes", "moves", "leaves", "returns", "arrives", "is_closed", "merges", "ends", "names", "owns", "gives", "refuses",
    "answers", "answers", "confirms", "is_issued_anew",
]  # fmt: skip


@settings(
    max_examples=examples(20),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink would take minutes of database work
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 50)), min_size=4, max_size=14))
def test_no_sequence_of_events_orphans_a_line_or_loses_an_accepted_answer(
    plan, home, coordinator, administrator, head, officer, events
):
    with transaction.atomic():
        town = Town(plan, home, coordinator, administrator)
        for what, number in events:
            town.happen(what, number)
            assert lines_orphaned(today=TODAY) == [], what
            _check_answers(town.accepted)
        transaction.set_rollback(True)


def _check_answers(accepted: set[int]) -> None:
    """Each is there, and so is its line: in a plan in force, or ended with its plan."""
    kept = Answer.objects.filter(pk__in=accepted).select_related("occurrence__line__plan", "occurrence__plan")
    assert {each.pk for each in kept} == accepted
    for each in kept:
        line = each.occurrence.line
        assert each.occurrence.plan == line.plan == line.task.plan
        assert (line.state == "ended") is (line.plan.state != "issued")
        assert each.occurrence.answer is not None
