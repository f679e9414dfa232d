"""Tasks are linked to the organisations that they concern, and stand on the organisation's page for those who may see them."""

from __future__ import annotations

from datetime import date

import pytest

from hopluc.plans.models import Plan, Task
from hopluc.plans.tests.conftest import stranger  # noqa: F401
from hopluc.plans.working.concerning import organisations_named, tasks_concerning
from hopluc.registry.models import Organisation, Party


@pytest.fixture
def make(line):
    """Organisations of the plan's province by name."""

    def make(name: str) -> Organisation:
        party = Party.objects.create(kind="organisation", name=name)
        place = line.plan.owner.province
        about = {"kind": "htx", "founded_on": date(2020, 1, 1), "unit": place, "province": place}
        return Organisation.objects.create(party=party, name=name, **about)

    return make


def test_a_link_is_proposed_made_seen_and_removed(browse, head, line, make, stranger):  # noqa: F811
    one, task = make("Hợp tác xã Chè Tân Cương"), line.task
    client, page = browse(head), f"/work/organisations/{one.pk}/"
    assert "No task of a plan in force" in client.get(page).content.decode()
    Task.objects.filter(pk=task.pk).update(text="Hỗ trợ HTX chè Tân Cương mở rộng vùng nguyên liệu")
    address = f"/work/tasks/{task.pk}/organisations/"
    shown = client.get(address).content.decode()
    assert "The text names" in shown
    assert one.name in shown
    found = client.get("/work/organisations/", {"q": "che tan cuong"}).json()["results"]
    assert [each["value"] for each in found] == [str(one.pk)]
    assert browse(stranger).post(address, {"organisation": one.pk}).status_code == 404
    for _twice in range(2):
        assert client.post(address, {"organisation": one.pk}).status_code == 302
    assert task.concerns.count() == 1
    assert f"/plans/{task.plan_id}/tasks/{task.pk}/" in client.get(page).content.decode()
    assert f"/plans/{task.plan_id}/tasks/{task.pk}/" not in browse(stranger).get(page).content.decode()
    assert one.name in client.get(f"/plans/{task.plan_id}/tasks/{task.pk}/", headers=PANEL).content.decode()
    Plan.objects.filter(pk=task.plan_id).update(state=Plan.State.CLOSED)
    assert f"/tasks/{task.pk}/" not in client.get(page).content.decode()  # no plan in force
    Plan.objects.filter(pk=task.plan_id).update(state=Plan.State.ISSUED)
    client.post(f"/work/concerns/{task.concerns.get().pk}/remove/")
    assert not task.concerns.exists()


PANEL = {"hx-request": "true", "hx-target": "panel"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hỗ trợ Hợp tác xã Chè Tân Cương và các hợp tác xã khác", True),
        ("Hỗ trợ HTX chè Tân Cương, HTX Lúa vàng", True),
        ("Phát triển hợp tác xã chè tân tiến", False),
        ("Củng cố các hợp tác xã trên địa bàn xã Tân Cương", False),
        ("Hỗ trợ Hợp tác xã Chè Tân", False),
    ],
)
def test_a_name_is_found_whole_or_not_at_all(make, text, named, django_assert_max_num_queries):
    one, vang = make("Hợp tác xã Chè Tân Cương"), make("Hợp tác xã Lúa vàng")
    with django_assert_max_num_queries(1):
        found = organisations_named(text, but={vang.pk})
    assert found == ([one] if named else [])


def test_tasks_that_name_it_stand_apart(head, line, make):
    one = make("Hợp tác xã Chè Tân Cương")
    Task.objects.filter(pk=line.task_id).update(text="Hỗ trợ Hợp tác xã Chè Tân Cương")
    linked, named = tasks_concerning(one, head)
    assert (list(linked), list(named)) == ([], [line.task])
