"""A cooperative's representative is given a sign-in on its page, and it is taken away again."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import Role, User
from hopluc.registry.services import PartySaid, officer_said
from hopluc.registry.tests.conftest import person
from hopluc.registry.tests.test_pages import page, signed_in
from hopluc.units.services import agency_ensure

GIVEN = re.compile(r"<dd><code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code></dd>")


@pytest.fixture
def one(found, registrar):
    one = found(name="Hợp tác xã Chè Tân Cương")
    terms = {"post": "representative", "since": one.founded_on, "source": "Giấy chứng nhận"}
    officer_said(organisation=one, said=PartySaid("Nông Thị Hương"), by=registrar, **terms)
    return one


def administrator() -> User:
    return person("quan-tri", agency_ensure(key="so-tc", province="tỉnh Thái Nguyên"), Role.ADMINISTRATOR)


def test_a_representative_signs_in_until_it_is_taken_away(one, registrar):
    client, address = signed_in(registrar), reverse("registry:sign_in", args=[one.pk])
    assert "nong.thi.huong" in client.get(address).content.decode()
    answer = client.post(address, {"name": "Nông Thị Hương", "username": "nong.thi.huong"})
    match = GIVEN.search(answer.content.decode())
    assert match
    director = Client()
    assert director.login(username="nong.thi.huong", password=match[1])
    assert "password" in director.get(reverse("registry:own")).headers["Location"]  # their own password first
    user = User.objects.get(username="nong.thi.huong")
    User.objects.filter(pk=user.pk).update(temporary_since=None)
    assert one.name in director.get(reverse("registry:own")).content.decode()
    assert client.post(address, {"name": "Ai đó", "username": "Nong.Thi.Huong"}).status_code == 422
    assert "nong.thi.huong2" in client.get(address).content.decode()
    delegate = user.delegate
    renewed = signed_in(administrator()).post(reverse("registry:sign_in_password", args=[delegate.pk]))
    match = GIVEN.search(renewed.content.decode())
    assert match
    assert Client().login(username="nong.thi.huong", password=match[1])
    assert client.post(reverse("registry:sign_in_close", args=[delegate.pk])).status_code == 302
    assert not Client().login(username="nong.thi.huong", password=match[1])
    assert "Chưa có ai" in page(client, "sign_in", one.pk)


def test_only_those_of_its_province_give_a_sign_in(one, officer, stranger):
    address = reverse("registry:sign_in", args=[one.pk])
    typed = {"name": "Ai đó", "username": "ai.do"}
    assert signed_in(officer).post(address, typed).status_code == 403
    assert signed_in(stranger).post(address, typed).status_code == 404
    assert not User.objects.filter(username="ai.do").exists()


def test_who_holds_other_posts_keeps_them_and_their_password(one, registrar):
    at = agency_ensure(key="so-tc", province="tỉnh Thái Nguyên")
    user = person("hai-vai", at, Role.COOPERATIVE)
    user.posts.create(agency=at, role=Role.OFFICER)
    delegate = one.delegates.create(user=user)
    client = signed_in(registrar)
    assert client.post(reverse("registry:sign_in_password", args=[delegate.pk])).status_code == 302
    assert Client().login(username="hai-vai", password="mot mat khau dai")
    client.post(reverse("registry:sign_in_close", args=[delegate.pk]))
    user.refresh_from_db()
    assert (user.is_active, [post.role for post in user.posts.all()]) == (True, [Role.OFFICER])
