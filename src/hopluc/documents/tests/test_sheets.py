"""An office's own task sheet: columns confirmed and kept, a trial with what is wrong by cell, then the review."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hopluc.core.tests.here import bounded_here
from hopluc.documents import jobs, reading, review, sheets
from hopluc.documents.errors import NotYours
from hopluc.documents.models import Item, Version
from hopluc.documents.services import version_upload
from hopluc.documents.tests import making
from tests.vanban.workbooks import HEAD, xlsx

PLAIN = [
    HEAD,
    (1, "Mở lớp bồi dưỡng", "Sở Nội vụ", "Sở Tài chính", "Lớp học", "Quý II/2026"),
    (2, "Rà soát hợp tác xã", "Sở Tài chính", None, "Báo cáo", date(2026, 6, 30)),
]
MOVED = [
    ("UBND TỈNH THÁI NGUYÊN",),
    ("KẾ HOẠCH NĂM 2026",),
    (),
    ("Hạn chót", "Đầu mối", "Việc cần làm", "STT", "Ghi chú"),
    ("30/6/2026", "Sở Tài chính", "Rà soát hợp tác xã", "1", "gấp"),
    ("quý II/2026", "Phòng Kế toán", "Lập dự toán", "2", None),
]
WRONG = [
    HEAD,
    (1, "Mở lớp bồi dưỡng", "Sở Nội vụ", None, None, "Quý II/2026"),
    (2, "Rà soát hợp tác xã", ("=VLOOKUP(1,A1:A2,9)", "#N/A"), None, None, "30/6/2026"),
    (3, ("=A1+B1", "#VALUE!"), "Sở Tài chính", None, None, "31/02/2026"),
]


@pytest.fixture(autouse=True)
def _read_in_this_process(monkeypatch):
    monkeypatch.setattr(reading, "bounded", bounded_here)


def opened(rows, *, by, merges=(), name="bang.xlsx"):
    version = making.sent(making.file(xlsx(rows, merges), name), by=by)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    return version


def tried(version, roles=None, *, by):
    sheets.columns_choose(version=version, roles=roles or {}, by=by)
    jobs.sheet_try(version.pk)
    version.refresh_from_db()
    return version


def roles(version):
    return [column["role"] for column in version.mapping["mapping"]["columns"]]


def cells(version, level="error"):
    return sorted(issue["cell"] for issue in version.trial["issues"] if issue["level"] == level)


def test_columns_are_guessed_and_nothing_is_taken_yet(hoa):
    version = opened(PLAIN, by=hoa)
    assert (version.state, version.trial) == ("mapping", None)
    assert roles(version) == ["number", "text", "lead", "coordinate", "deliverable", "deadline"]
    assert not Item.objects.exists()


def test_the_rows_become_items_that_are_reviewed_like_any_other(hoa):
    version = tried(opened(PLAIN, by=hoa), by=hoa)
    assert cells(version) == []
    assert sheets.rows_take(version=version, by=hoa) == 2
    version.refresh_from_db()
    assert version.state == "read"
    teach, check = version.items.order_by("position")
    assert (teach.value["lead"], teach.value["coordinate"], teach.value["deliverable"]) == (
        ["so-nv"],
        ["so-tc"],
        "Lớp học",
    )
    assert (teach.value["deadline"]["end"], check.value["deadline"]["end"]) == ("2026-06-30",) * 2
    for item in (teach, check):
        assert item.value["text"] in version.content[slice(*item.value["span"])]
    review.item_accept(document=version.document, item_id=teach.pk, revision=teach.revision, by=hoa)


def test_moved_and_missing_columns(hoa):
    version = tried(opened(MOVED, by=hoa), by=hoa)
    assert roles(version) == ["deadline", "lead", "text", "number", "note"]
    assert sheets.rows_take(version=version, by=hoa) == 2
    tasks = [(item.value["text"], item.value["deadline"]["end"]) for item in version.items.order_by("position")]
    assert tasks == [("Rà soát hợp tác xã", "2026-06-30"), ("Lập dự toán", "2026-06-30")]


def test_without_headings_columns_go_by_their_letters(client, hoa):
    version = opened([("Họ và tên", "Điện thoại"), ("Nguyễn Văn A", "0912"), ("Trần B", "0913")], by=hoa)
    client.force_login(hoa)
    page = client.get(f"/documents/{version.document_id}/columns/").content.decode()
    assert "Cột “A” là" in page
    assert "Cột “B” là" in page
    assert "Không thấy dòng tiêu đề" in page


def test_merged_cells_hold_for_all_their_rows(hoa):
    rows = [HEAD, *((turn, f"Việc {turn}", "Sở Tài chính", None, None, "quý II/2026") for turn in (1, 2, 3))]
    version = tried(opened(rows, by=hoa, merges=["C2:C4"]), by=hoa)
    sheets.rows_take(version=version, by=hoa)
    assert [item.value["lead"] for item in version.items.all()] == [["so-tc"]] * 3


def test_wrong_cells_are_named_in_both_languages_and_nothing_is_kept(client, hoa):
    version = tried(opened(WRONG, by=hoa), by=hoa)
    assert {"B4", "C3"} <= set(cells(version))
    for issue in version.trial["issues"]:
        assert issue["message"]["vi"] != issue["message"]["en"]
    with pytest.raises(sheets.SheetHasErrors):
        sheets.rows_take(version=version, by=hoa)
    version.refresh_from_db()
    assert (version.state, version.content, Item.objects.count()) == ("mapping", "", 0)
    client.force_login(hoa)
    for language in ("vi", "en"):
        client.cookies.load({"django_language": language})
        page = client.get(f"/documents/{version.document_id}/columns/").content.decode()
        assert "C3" in page
        assert "columns/take" not in page


def test_columns_as_confirmed_are_kept_for_the_next_sheet(hoa, nam):
    head = ("Mục", "Nội dung", "Ai", "Bao giờ", "Khác")
    rows = [head, (1, "Rà soát hợp tác xã", "Sở Tài chính", "quý II/2026", "Sở Nội vụ")]
    first = opened(rows, by=hoa)
    chosen = {0: "number", 1: "text", 2: "lead", 3: "deadline", 4: "coordinate"}
    tried(first, chosen, by=hoa)
    other = [*rows, (2, "Lập dự toán", "Sở Nội vụ", "2026", None)]
    second = opened([("Sở Tài chính",), *other], by=nam, name="thang-sau.xlsx")
    assert second.mapping["kept"] is True
    assert roles(second) == list(chosen.values())


def test_columns_of_one_agency_are_not_anothers(hoa):
    stranger = making.person(at=making.agency("so-tc"))
    tried(opened(PLAIN, by=hoa), {4: "ignored"}, by=hoa)
    second = opened([*PLAIN, (3, "Lập dự toán", "Sở Nội vụ", None, None, "2026")], by=stranger)
    assert (second.mapping["kept"], roles(second)[4]) == (False, "deliverable")


def test_another_choice_of_columns_makes_the_trial_anew(hoa):
    version = tried(opened(PLAIN, by=hoa), by=hoa)
    sheets.columns_choose(version=version, roles={2: "coordinate", 3: "lead"}, by=hoa)
    version.refresh_from_db()
    assert version.trial is None
    with pytest.raises(sheets.NoTrial):
        sheets.rows_take(version=version, by=hoa)
    jobs.sheet_try(version.pk)
    version.refresh_from_db()
    sheets.rows_take(version=version, by=hoa)
    assert version.items.order_by("position")[0].value["lead"] == ["so-tc"]


def test_rows_that_were_taken_are_not_taken_again(hoa):
    version = tried(opened(PLAIN, by=hoa), by=hoa)
    sheets.rows_take(version=version, by=hoa)
    with pytest.raises(sheets.NoTrial):
        sheets.rows_take(version=version, by=hoa)
    jobs.sheet_try(version.pk)
    assert version.items.count() == 2


def test_a_corrected_sheet_before_the_first_was_taken(client, hoa):
    first = opened(WRONG, by=hoa)
    second = version_upload(document=first.document, files=[making.file(xlsx(PLAIN), "dung.xlsx")], by=hoa)
    jobs.version_read(second.pk)
    client.force_login(hoa)
    page = client.get(f"/documents/{first.document_id}/columns/")
    assert page.status_code == 200
    assert page.context["version"] == second


def test_a_corrected_sheet_carries_the_review_over(hoa):
    version = tried(opened(PLAIN, by=hoa), by=hoa)
    sheets.rows_take(version=version, by=hoa)
    item = version.items.order_by("position")[0]
    review.item_accept(document=version.document, item_id=item.pk, revision=item.revision, by=hoa)
    longer = [*PLAIN, (3, "Lập dự toán", "Sở Nội vụ", None, None, "2026")]
    second = version_upload(document=version.document, files=[making.file(xlsx(longer), "dai.xlsx")], by=hoa)
    jobs.version_read(second.pk)
    second = tried(Version.objects.get(pk=second.pk), by=hoa)
    sheets.rows_take(version=second, by=hoa)
    assert sorted(second.items.values_list("state", flat=True)) == ["accepted", "pending", "pending"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\0" * 300, xlsx([("a",)])[:200]], ids=["empty", "cut", "NUL", "torn"]
)
def test_what_is_no_sheet_is_told(hoa, data):
    version = making.sent(making.file(data, "bang.xlsx"), by=hoa)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    assert version.state == "failed"
    assert re.fullmatch(r"D\d{3}", version.problem["code"])
    assert version.problem["vi"].endswith(".")


def test_others_may_not_choose(hoa):
    version = opened(PLAIN, by=hoa)
    stranger = making.person(at=making.agency("so-tc"))
    for work in (sheets.columns_choose, sheets.rows_take):
        with pytest.raises(NotYours):
            work(version=version, by=stranger, **({"roles": {}} if work is sheets.columns_choose else {}))


def test_through_the_pages(client, hoa):
    client.force_login(hoa)
    version = opened(PLAIN, by=hoa)
    address = f"/documents/{version.document_id}/columns/"
    page = client.get(address).content.decode()
    fields = dict.fromkeys(re.findall(r'name="(column-\d+)"', page), "ignored") | {
        "column-1": "text",
        "column-2": "lead",
    }
    assert client.post(address, fields).url == address
    assert "hx-get" in client.get(address).content.decode()
    jobs.sheet_try(version.pk)
    assert client.post(f"{address}take/").url == f"/documents/{version.document_id}/review/"
    assert client.get(f"/documents/{version.document_id}/review/").status_code == 200
    item = version.items.order_by("position")[0]
    assert (item.value["lead"], item.value["deadline"]) == (["so-nv"], None)
