"""Browsers ask for a mark of every address, also of a part of a page or of an image opened by itself."""

from __future__ import annotations

from django.contrib.staticfiles import finders


def test_the_mark_is_where_browsers_look_for_it(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))
