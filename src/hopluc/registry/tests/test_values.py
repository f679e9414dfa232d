"""Values that stand side by side, each with its days and source."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from hopluc.registry.fact_kinds import number_of
from hopluc.registry.models import Organisation
from hopluc.registry.tests.test_pages import page, signed_in


@pytest.fixture
def one(found) -> Organisation:
    organisation: Organisation = found(name="Hợp tác xã Chè Tân Cương")
    return organisation


def posted(client, name: str, *args: object, **typed: object) -> int:
    status: int = client.post(reverse(f"registry:{name}", args=args), {"source": "Thông báo 7", **typed}).status_code
    return status


def test_values_are_added_ended_corrected_and_removed(one, registrar, commune):
    client = signed_in(registrar)
    assert "Chưa nhập nội dung nào" in page(client, "values", one.pk, "branch")
    branch = {"unit": commune.pk, "text": "Cửa hàng số 1", "since": "01/09/2025"}
    assert posted(client, "values", one.pk, "branch", **branch) == 302
    assert posted(client, "values", one.pk, "branch", **{**branch, "text": "Cửa hàng số 2"}) == 302
    assert posted(client, "values", one.pk, "land", amount="1,25", text="Đồi chè xóm 3", since="01/09/2025") == 302
    for what, text in (("industry", "0118"), ("products", "Chè búp khô"), ("chain", "Công ty A")):
        assert posted(client, "values", one.pk, what, text=text, since="01/09/2025") == 302
    shown = page(client, "organisation", one.pk)
    for words in ("Cửa hàng số 1", "Cửa hàng số 2", "1,25 ha, Đồi chè xóm 3", "0118", "Chè búp khô", "Công ty A"):
        assert words in shown, words
    first, second = one.facts.filter(what=number_of("branch")).order_by("item")
    ended = {**branch, "until": "30/06/2026"}
    assert posted(client, "value", first.pk, **ended) == 302
    first.refresh_from_db()
    assert first.validity.upper == date(2026, 7, 1)
    assert posted(client, "value", second.pk, act="remove") == 302
    listed = page(client, "values", one.pk, "branch")
    assert "không còn hiệu lực hôm nay" in listed
    assert "số 2" not in listed
    assert posted(client, "values", one.pk, "branch", **{**branch, "since": "01/07/2026"}) == 302  # opened again


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": "0118", "since": "01/06/2026"}, "đã được nhập cho một số ngày"),
        ({"text": "chè", "since": "01/06/2026"}, "VSIC"),
        ({"text": "0127", "since": "01/06/2026", "until": "01/05/2026"}, "trước ngày đầu"),
        ({"text": "0127", "since": "01/01/2020"}, "thành lập"),
        ({"text": "0127", "since": "01/06/2026", "source": " "}, "bắt buộc"),
    ],
)
def test_what_cannot_stand_beside_is_refused(one, registrar, typed, words):
    client = signed_in(registrar)
    assert posted(client, "values", one.pk, "industry", text="0118", since="01/09/2025") == 302
    answer = client.post(reverse("registry:values", args=[one.pk, "industry"]), {"source": "TB", **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert one.facts.filter(what=number_of("industry")).count() == 1
    assert client.get(reverse("registry:values", args=[one.pk, "phone"])).status_code == 404
