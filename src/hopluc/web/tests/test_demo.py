"""The demonstration: five directives through the services of any upload, once."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import Post, Role
from hopluc.documents.models import Document, Version
from hopluc.forms.filing import faults_of, stopping
from hopluc.forms.models import Filing
from hopluc.plans.models import Committee, Occurrence, Plan, Request, Task
from hopluc.plans.working.overview import Measure
from hopluc.reports.models import Campaign
from hopluc.units.loading import units_load
from hopluc.web.demo import PASSWORD, PEOPLE, demo_load


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_demonstration_is_made_once_and_shows_work_to_do(client):
    units_load()
    assert demo_load() == 7
    assert demo_load() == 0
    assert Plan.objects.filter(state="issued").count() == 5
    assert Task.objects.filter(plan__in=Plan.objects.all()).count() > 250
    assert sorted(Version.objects.filter(closed_at=None).values_list("state", flat=True)) == ["mapping", "read"]
    seen, due = {}, set()
    for person in PEOPLE:
        client = Client()
        assert client.login(username=person.username, password=PASSWORD)
        page = client.get(reverse("home"), follow=True)
        assert page.status_code == 200
        if page.redirect_chain:  # whoever answers begins with what is due
            due.add(person.username)
            continue
        seen[person.username] = {str(each.plan.unit) for each in page.context["story"].chapters}
    here, south = {"tỉnh Bắc Kạn", "tỉnh Thái Nguyên"}, {"tỉnh Ninh Thuận", "tỉnh Khánh Hòa"}
    assert due == {"giamdoc", "canbo", "dangky", "thutruong", "thutruong.taichinh"}
    assert seen["dieuphoi"] == here
    assert (seen["dieuphoi.khanhhoa"], seen["dieuphoi.thanhhoa"]) == (south, {"tỉnh Thanh Hóa"})
    assert seen["theodoi"] == here | south | {"tỉnh Thanh Hóa"}
    assert_told(PEOPLE[2].username)
    assert Committee.objects.get().members.count() == 5
    assert_lived(PEOPLE[2].username)
    assert_reported(PEOPLE[0].username)


def assert_reported(username: str) -> None:
    """Last year's reports are approved and hold together; of this year's some are late. Titles say that they are samples."""
    now, last = Campaign.objects.order_by("-ends_on")
    approved = Filing.objects.filter(call__campaign=last).select_related("version")
    assert set(approved.values_list("state", flat=True)) == {"approved"}
    assert [fault for filing in approved for fault in stopping(faults_of(filing))] == []
    client = Client()
    client.login(username=username, password=PASSWORD)
    page = client.get(reverse("reports:round", args=[now.pk]))
    assert "(dữ liệu mẫu)" in page.content.decode()
    counts = page.context["counts"]
    signs = Post.objects.filter(agency=now.owner, role=Role.HEAD).values_list("user__username", flat=True)
    assert set(signs) & {person.username for person in PEOPLE}
    assert all(counts[state] for state in ("late", "empty", "filling", "returned", "waiting", "approved"))


def assert_lived(username: str) -> None:
    """Two years of work, of every kind, and the pages say that it is made up."""
    client = Client()
    client.login(username=username, password=PASSWORD)
    page = client.get(reverse("overview:page"), {"year": "all"})
    assert "Dữ liệu minh hoạ" in page.content.decode()
    total = page.context["found"].total.counts
    assert all(total[measure] for measure in Measure)
    assert page.context["found"].middle
    assert set(Occurrence.objects.values_list("state", flat=True)) == set(Occurrence.State.values)
    asked = set(Request.objects.values_list("kind", "state"))
    assert asked == {*product(["extension"], Request.State.values), *product(["transfer"], ["asked", "denied"])}
    assert "Dữ liệu minh hoạ" in client.get(reverse("home")).content.decode()


def assert_told(username: str) -> None:
    """The first page of somebody who sees all five plans."""
    client = Client()
    client.login(username=username, password=PASSWORD)
    page = client.get(reverse("home")).content.decode()
    assert "5 kế hoạch 2015–2023, nay thuộc 3 tỉnh" in page
    assert "Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn, nay là Sở Tài chính tỉnh Thái Nguyên" in page


@pytest.mark.django_db
def test_nothing_is_made_where_somebody_works(django_user_model):
    django_user_model.objects.create_user(username="ai-do", name="Ai đó")
    assert demo_load() == 0
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("shown", [True, False])
def test_the_password_is_shown_in_a_demonstration_alone(client, settings, shown):
    settings.DEMO = shown
    assert (PASSWORD in client.get(reverse("account_login")).content.decode()) is shown
