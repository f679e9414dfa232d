"""A reviewed document becomes a plan, refused while something waits; a second issue is a new edition."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hopluc.accounts.models import User
from hopluc.documents.errors import NotYours, ReviewClosed
from hopluc.documents.models import Item
from hopluc.documents.review import item_edit, review_reopen
from hopluc.plans.errors import NoReason, NothingAccepted, Unreviewed, Untitled
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue


def test_tasks_carry_over_with_bodies_headings_and_places(plan: Plan) -> None:
    first, second, third, fourth = plan.tasks.select_related("heading", "item")
    assert [(given.body.key, given.role) for given in first.assignments.all()] == [
        ("so-tc", "lead"),
        ("so-nv", "coordinate"),
    ]
    assert [task.heading.at for task in (first, second, third, fourth)] == ["I/1", "I/1", "II", "II"]
    assert first.heading.parent.at == "I"
    assert str(first.heading) == "1. Tuyên truyền"
    assert str(first.ends_on) == "2030-12-15"
    assert plan.version.content[slice(*first.spans["lead"][0])] == "Sở Tài chính"
    assert second.inherited == {"lead": "I/1"}
    assert second.item.value["text"] == second.text
    assert (plan.targets.count(), plan.duties.count()) == (1, 1)


def test_refused_while_an_item_waits(make_document: Any, coordinator: User) -> None:
    document = make_document(state="pending")
    with pytest.raises(Unreviewed) as refused:
        plan_issue(document=document, by=coordinator)
    assert refused.value.about["count"] == 6
    assert not Plan.objects.exists()


def test_refused_without_a_task_or_a_title(make_document: Any, coordinator: User) -> None:
    document = make_document(state="rejected")
    with pytest.raises(NothingAccepted):
        plan_issue(document=document, by=coordinator)
    document.title = " "
    document.save()
    with pytest.raises(Untitled):
        plan_issue(document=document, by=coordinator)


def test_only_coordinators_of_the_owner_issue(make_document: Any, officer: User, stranger: User) -> None:
    document = make_document()
    for user in (officer, stranger):
        with pytest.raises(NotYours):
            plan_issue(document=document, by=user)


def test_a_second_issue_is_a_new_edition_with_a_reason(plan: Plan, coordinator: User) -> None:
    with pytest.raises(ReviewClosed):
        plan_issue(document=plan.document, by=coordinator)
    review_reopen(document=plan.document, by=coordinator)
    item = Item.objects.filter(kind="task").first()
    assert item
    item_edit(document=plan.document, item_id=item.pk, revision=0, typed={"text": "Viết lại."}, by=coordinator)
    with pytest.raises(NoReason):
        plan_issue(document=plan.document, by=coordinator, reason="  ")
    second = plan_issue(document=plan.document, by=coordinator, reason="Theo ý kiến của tỉnh.")
    plan.refresh_from_db()
    assert (plan.state, second.state, second.edition) == ("replaced", "issued", 2)
    assert [edition.tasks.first().text for edition in (plan, second)] == [item.value["text"], "Viết lại."]


def test_the_page_lists_what_waits_with_links_into_the_review(
    make_document: Any, coordinator: User, client: Client
) -> None:
    document = make_document(state="pending")
    client.force_login(coordinator)
    shown = client.get(f"/plans/issue/{document.pk}/").content.decode()
    for item in Item.objects.all():
        assert f'href="/documents/{document.pk}/review/#item-{item.pk}"' in shown
    assert client.post(f"/plans/issue/{document.pk}/").status_code == 422


def test_issuing_on_the_page_leads_to_the_plan(make_document: Any, coordinator: User, client: Client) -> None:
    document = make_document()
    client.force_login(coordinator)
    shown = client.get(f"/plans/issue/{document.pk}/").content.decode()
    assert "Ánh sáng nông thôn" in shown  # nobody leads it
    answer = client.post(f"/plans/issue/{document.pk}/", follow=True)
    plan = Plan.objects.get()
    assert answer.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    client.post(f"/plans/reopen/{document.pk}/")
    client.post(f"/plans/issue/{document.pk}/", {"reason": "Bổ sung."})
    assert list(Plan.objects.order_by("edition").values_list("state", "reason")) == [
        ("replaced", ""),
        ("issued", "Bổ sung."),
    ]
