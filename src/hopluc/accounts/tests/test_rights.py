"""Rights come with a post in force and end with it; whose things they are about follows the post's agency through time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.timezone import localdate

from hopluc.accounts.models import Role, User
from hopluc.accounts.rights import RIGHTS, SECRETS, TABLE, administers, agencies, may, realm
from hopluc.accounts.services import administrator_create, post_give
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure
from hopluc.units.tests.places import land

pytestmark = pytest.mark.django_db
TODAY = localdate()
DAY = timedelta(days=1)
MODELS = {model.__name__: model for model in apps.get_models() if model._meta.app_label in ("accounts", "registry")}
REACHES = {"agency", "assigned", "province", "installation", "all", "below", "asked", "inspected", "own"}


def finance(province: str = "tỉnh Thái Nguyên") -> Agency:
    return agency_ensure(key="so-tc", province=province)


def holder(agency: Agency, role: Role = Role.COORDINATOR, **days) -> User:
    user = User.objects.create_user(username=f"{role}{User.objects.count()}", name="Người giữ", password="x")
    post_give(user=user, agency=agency, role=role, **days)
    return user


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_each_line_of_the_table_is_known_and_complete():
    known = {*Role.values, "anyone", "account"}
    for right in RIGHTS.values():
        assert right.roles
        assert right.roles <= known
        assert right.reach
        assert right.reach <= REACHES
        assert right.things
    assert len(RIGHTS) == len(TABLE["right"])
    for field, secret in SECRETS.items():
        assert secret.right in RIGHTS
        model, _point, name = field.partition(".")
        assert MODELS[model]._meta.get_field(name)


@pytest.mark.parametrize(
    ("days", "held"),
    [
        ({}, True),
        ({"ends_on": TODAY}, True),
        ({"ends_on": TODAY - DAY}, False),
        ({"starts_on": TODAY}, True),
        ({"starts_on": TODAY + DAY}, False),
        ({"starts_on": TODAY - DAY, "ends_on": TODAY + DAY}, True),
    ],
)
def test_a_post_gives_its_rights_from_its_first_day_to_its_last(days, held):
    user = holder(finance(), **days)
    assert may(user, "draft") is held
    assert bool(agencies(user, "draft")) is held
    assert bool(realm(user, "see").provinces) is held


def test_rights_end_with_the_post_in_a_session_that_is_open(client):
    user = holder(finance())
    client.force_login(user)
    assert client.get(reverse("documents:list")).status_code == 200
    user.posts.update(ends_on=TODAY - DAY)
    assert client.get(reverse("documents:list")).status_code == 403
    assert client.get(reverse("home")).status_code == 403


def test_an_account_that_is_closed_has_no_rights():
    user = holder(finance())
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not may(fresh(user), "see")


def test_a_role_gives_its_own_rights_at_its_own_agency_alone():
    user = holder(finance(), Role.OFFICER)
    post_give(user=user, agency=agency_ensure(key="so-tc", province="tỉnh Lạng Sơn"), role=Role.COORDINATOR)
    there = finance("tỉnh Lạng Sơn")
    assert agencies(user, "draft") == {there.pk}
    assert finance().province_id in realm(user, "see").provinces


def test_a_post_at_an_agency_that_ended_counts_at_its_successor():
    at = land()
    assert at.finance.pk in agencies(holder(at.planning), "draft")
    assert at.new.pk in realm(holder(at.finance_lost, Role.VIEWER), "see").provinces
    assert administers(holder(at.finance_lost, Role.ADMINISTRATOR), at.new.pk)


def test_drafts_of_an_agency_are_not_for_whoever_took_over_one_field_of_its_work():
    at = land()
    assert at.labour.pk not in agencies(holder(at.finance), "draft")
    assert at.labour.pk in agencies(holder(at.home), "draft")


def test_an_administrator_at_a_body_without_a_province_has_the_whole_but_no_drafts_of_others():
    root = administrator_create(username="goc", name="Gốc", password="ba con tàu giấy")
    own = finance()
    assert administers(root, own.province_id)
    assert administers(root, None)
    assert realm(root, "meet people").everywhere
    assert own.pk not in agencies(root, "draft")
    assert own.province_id not in realm(root, "see").provinces


def test_others_at_a_body_without_a_province_have_nothing_of_the_whole():
    root = administrator_create(username="goc", name="Gốc", password="ba con tàu giấy")
    central = root.posts.get().agency
    user = holder(central, Role.COORDINATOR)
    post_give(user=user, agency=finance(), role=Role.ADMINISTRATOR)
    assert not realm(user, "meet people").everywhere
    assert not administers(user, None)
    assert administers(user, finance().province_id)
