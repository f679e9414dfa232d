"""The pages of sign-in are this project's, in Vietnamese, and speak of what went wrong."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse


@pytest.mark.django_db
def test_sign_in_is_ours_and_speaks_vietnamese(client):
    page = client.get(reverse("account_login")).content.decode()
    assert "hopluc/shell.css" in page
    assert "Tên đăng nhập" in page


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_vietnamese(client):
    page = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page


@pytest.mark.django_db
def test_the_password_can_be_changed(client):
    user = get_user_model().objects.create_user(username="tuyet", password="hop-luc-2026")
    client.force_login(user)
    new = {"oldpassword": "hop-luc-2026", "password1": "hop-luc-2027", "password2": "hop-luc-2027"}
    client.post(reverse("account_change_password"), new)
    user.refresh_from_db()
    assert user.check_password("hop-luc-2027")
