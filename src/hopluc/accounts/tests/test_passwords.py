"""A password that an administrator set is on record and opens nothing before its owner has chosen another."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.accounts import services
from hopluc.accounts.models import Role, User
from hopluc.accounts.selectors import person_history
from hopluc.units.services import agency_ensure

HERE = "tỉnh Thái Nguyên"
OWN = "chim bay về núi"
CHANGE, HOME, PLANS = "/password/", "/", "/plans/"


def somebody(username: str, name: str, role: Role) -> User:
    user = services.user_create(username=username, name=name, password="ba con tàu giấy")
    services.post_give(user=user, agency=agency_ensure(key="so-tc", province=HERE), role=role)
    return user


@pytest.fixture
def chief(db) -> User:
    return somebody("quantri", "Nguyễn Thị Ánh", Role.ADMINISTRATOR)


@pytest.fixture
def officer(db) -> User:
    return somebody("an", "Trần An", Role.OFFICER)


def sign_in(client: Client, username: str, password: str, path: str = "") -> Client:
    client.post(reverse("account_login"), {"login": username, "password": password, "next": path})
    return client


def change(client: Client, old: str, new: str, **more: str):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new, **more})


@pytest.mark.parametrize("made", ["reset", "created"])
def test_a_temporary_password_opens_nothing_until_another_is_chosen(client, chief, officer, made):
    if made == "reset":
        password = services.password_reset(user=officer, by=chief)
    else:
        officer, password = services.person_create(
            username="moi", name="Mới", agency=agency_ensure(key="so-tc", province=HERE), role=Role.OFFICER, by=chief
        )
    sign_in(client, officer.username, password)
    sent = client.get(PLANS)
    assert sent.status_code == 302
    assert sent["Location"] == f"{CHANGE}?next=/plans/"
    assert client.post(PLANS)["Location"] == CHANGE
    assert "mật khẩu tạm thời" in client.get(sent["Location"]).content.decode()
    assert change(client, password, OWN, next=PLANS)["Location"] == PLANS
    assert client.get(PLANS).status_code == 200
    assert client.get(PLANS).status_code == 200
    assert sign_in(Client(), officer.username, OWN).get(PLANS).status_code == 200


def test_the_temporary_password_is_not_ones_own(client, chief, officer):
    password = services.password_reset(user=officer, by=chief)
    sign_in(client, "an", password)
    assert "mật khẩu tạm thời" in change(client, password, password).content.decode()
    assert client.get(HOME)["Location"].startswith(CHANGE)


def test_signing_out_and_the_language_stay_open(client, chief, officer):
    sign_in(client, "an", services.password_reset(user=officer, by=chief))
    assert client.post(reverse("set_language"), {"language": "en", "next": CHANGE})["Location"] == CHANGE
    client.post(reverse("account_logout"))
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))


def test_who_has_a_password_of_their_own_is_asked_nothing(client, officer):
    sign_in(client, "an", "ba con tàu giấy")
    assert client.get(PLANS).status_code == 200


def test_each_reset_is_on_record_without_the_password(client, chief, officer):
    secrets = [services.password_reset(user=officer, by=chief) for _ in range(2)]
    sign_in(client, "an", secrets[-1])
    change(client, secrets[-1], OWN)
    done = [(change.words, change.by) for change in person_history(officer, viewer=chief)]
    assert done.count(("Đã đặt một mật khẩu tạm thời.", "Nguyễn Thị Ánh")) == 2
    assert done.count(("Chủ tài khoản đã tự chọn mật khẩu mới.", "Trần An")) == 1
    events = [row for event in officer.events.all() for row in event.__dict__.values()]
    assert not any(secret in str(value) for value in events for secret in (*secrets, OWN))
    assert not any("md5" in str(value) for value in events)


def test_an_account_without_a_password_gets_one(client, officer):
    officer.set_unusable_password()
    officer.save()
    client.force_login(officer)
    page = client.get(CHANGE, follow=True)
    assert page.status_code == 200
    assert "chưa có mật khẩu" in page.content.decode()
    client.post(page.request["PATH_INFO"], {"password1": OWN, "password2": OWN})
    assert sign_in(Client(), "an", OWN).get(PLANS).status_code == 200
