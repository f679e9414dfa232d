"""What no page of ours ever sends is refused before anything is done with it."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/?next=%00", "/sign-in/?%00=1"])
def test_a_nul_is_a_bad_request(client: Client, address: str):
    assert client.get(address).status_code == 400


@pytest.mark.django_db
def test_a_nul_in_a_form_is_a_bad_request(client: Client):
    assert client.post("/sign-in/", {"login": "a\x00", "password": "b"}).status_code == 400


@pytest.mark.django_db
def test_nothing_may_be_loaded_from_elsewhere_or_run_inline(client: Client):
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("vi", "Đăng nhập"), ("en", "Sign in")])
def test_a_page_speaks_the_chosen_language_whatever_the_browser_asks_for(client: Client, language: str, word: str):
    client.cookies["django_language"] = language
    page = client.get("/sign-in/", headers={"accept-language": "fr,en;q=0.8"}).content.decode()
    assert f'<html lang="{language}"' in page
    assert word in page


@pytest.mark.django_db
def test_vietnamese_is_the_language_until_somebody_chooses(client: Client):
    assert '<html lang="vi"' in client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()
