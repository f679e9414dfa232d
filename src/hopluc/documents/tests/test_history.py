"""What the page of a document tells of what was done to it."""

from __future__ import annotations

from hopluc.documents import review
from hopluc.documents.history import told
from hopluc.documents.models import Document
from hopluc.documents.services import document_begin
from hopluc.documents.tests import making


def words(document):
    return [
        (line.by, line.words)
        for line in told(Document.objects.get(pk=document.pk), document.versions.order_by("-number"))
    ]


def test_it_begins_with_the_files_that_came(plan, hoa):
    assert words(plan) == [("Nguyễn Thị Hoa", "gửi tệp ke-hoach.txt")]


def test_acts_of_a_kind_that_follow_each_other_are_one_line(plan, hoa):
    nam = making.person("Trần Văn Nam")
    for address in ("II/1", "II/2"):
        making.act("item_accept", plan, making.at(plan, address), by=hoa)
    making.act("item_reject", plan, making.at(plan, "II/3"), by=nam)
    review.items_accept_sure(document=plan, by=hoa)
    making.corrected(plan, making.TEXT.replace("chuỗi giá trị", "chuỗi"), by=nam)
    assert words(plan) == [
        ("Trần Văn Nam", "gửi tệp đã sửa ke-hoach-sua.txt"),
        ("Nguyễn Thị Hoa", "chấp nhận 2 mục chắc chắn"),
        ("Trần Văn Nam", "loại bỏ 1 mục"),
        ("Nguyễn Thị Hoa", "chấp nhận 2 mục"),
        ("Nguyễn Thị Hoa", "gửi tệp ke-hoach.txt"),
    ]


def test_a_plan_typed_by_hand_says_that_it_has_no_source(client, hoa):
    document = document_begin(owner=making.agency(), by=hoa, title="Kế hoạch", symbol="", issuer="", issued_on=None)
    assert words(document) == []
    client.force_login(hoa)
    assert "không có văn bản gốc" in client.get(f"/documents/{document.pk}/source/").content.decode()
    review = client.get(f"/documents/{document.pk}/review/").content.decode()
    assert "không có văn bản gốc" in review
    assert "0–0" not in review
