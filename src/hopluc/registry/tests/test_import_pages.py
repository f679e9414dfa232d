"""Pages of lists: what a clerk sends, sees and decides."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hopluc.core.tests.here import bounded_here
from hopluc.registry.intake import staging, taking, undoing
from hopluc.registry.models import ListImport, Organisation
from hopluc.registry.tests import lists
from hopluc.registry.tests.lists import HEADINGS, book
from hopluc.registry.tests.test_pages import page, signed_in

FOUNDED = date(2025, 8, 1)
QUERIES = 20  # of a page of lists


def test_a_list_from_its_file_to_the_registry_and_back(found, registrar, stranger, commune):
    one = found(name="Hợp tác xã Chè Tân Cương", phone="0912345612")
    client = signed_in(registrar)
    rows = [
        HEADINGS,
        [1, one.name, "", commune.name, FOUNDED, 1000, "0987654321"],
        [2, "HTX Nấm Xanh", "0100109107", commune.name, FOUNDED, 50, ""],
        [3, "HTX Không Xã", "", "xã Lạ Lùng", FOUNDED, 50, ""],
        [4, "HTX Chè Tân Cươn", "", commune.name, "", "", ""],
    ]
    upload = SimpleUploadedFile("danh-sach.xlsx", book(rows, top=2))
    typed = {"since": "20/11/2026", "source": "Báo cáo xã"}
    assert client.post(reverse("registry:imports"), {**typed, "since": "", "list": upload}).status_code == 422
    upload.seek(0)
    assert client.post(reverse("registry:imports"), {**typed, "list": upload}).status_code == 302
    sent = ListImport.objects.get()
    assert "chờ" in page(client, "import", sent.pk)
    staging.list_read(import_id=sent.pk)
    assert "Tên HTX" in page(client, "import", sent.pk)
    assert signed_in(stranger).get(reverse("registry:import", args=[sent.pk])).status_code == 404
    client.post(
        reverse("registry:import_columns", args=[sent.pk]), {"column-6": "phone", "scale-5": "1000000", "year": "2025"}
    )
    staging.list_check(import_id=sent.pk)
    shown = page(client, "import", sent.pk)
    for words in ("0912345612", "0987654321", "Dòng 6, cột D “Xã, phường”", "L204", "L109", "Là tổ chức mới"):
        assert words in shown, words
    assert "Nấm Xanh" not in page(client, "import", sent.pk, state="error")
    decide = reverse("registry:import_decide", args=[sent.pk, 7])
    answer = client.post(decide, {"decision": "skip"}, headers={"HX-Request": "true"})
    assert "bỏ qua" in answer.content.decode()
    client.post(reverse("registry:import_take", args=[sent.pk]))
    assert "đang được nhập" in page(client, "import", sent.pk).lower()
    taking.list_take(import_id=sent.pk)
    assert Organisation.objects.get(code="0100109107").name == "Hợp tác xã Nấm Xanh"
    shown = page(client, "import", sent.pk)
    assert "Đã nhập 2 dòng" in shown
    export = client.get(reverse("registry:import_export", args=[sent.pk]))
    assert export.content[:2] == b"PK"
    assert client.get(reverse("registry:layout")).content[:2] == b"PK"
    client.post(reverse("registry:import_undo", args=[sent.pk]))
    undoing.list_undo(import_id=sent.pk, by_id=registrar.pk)
    assert not Organisation.objects.filter(code="0100109107").exists()
    assert "Đã hoàn tác" in page(client, "import", sent.pk)


def test_pages_of_lists_ask_no_more_of_the_database_for_more_rows(found, registrar, commune):
    client = signed_in(registrar)
    for name in ("Nấm", "Lúa", "Ong"):
        found(name=f"Hợp tác xã {name} sạch")

    def asked(count: int) -> dict[str, int]:
        names = ("Nấm", "Lúa", "Ong", "Cam", "Na", "Vải", "Mận", "Đào")
        rows = [[turn, f"HTX {names[turn]} sạch", "", commune.name, FOUNDED, 50, ""] for turn in range(count)]
        upload = SimpleUploadedFile(f"{count}.xlsx", book([HEADINGS, *rows], top=2))
        client.post(reverse("registry:imports"), {"since": "20/11/2026", "source": "Báo cáo xã", "list": upload})
        sent = ListImport.objects.order_by("-pk")[0]
        staging.list_read(import_id=sent.pk)
        found = {"columns": queries(client, "import", sent.pk)}
        client.post(reverse("registry:import_columns", args=[sent.pk]), {"year": "2025"})
        staging.list_check(import_id=sent.pk)
        found |= {"rows": queries(client, "import", sent.pk), "lists": queries(client, "imports")}
        found["status"] = queries(client, "import_status", sent.pk)
        return found

    asked(2)  # what is asked once and kept
    few, many = asked(3), asked(8)
    assert few == many
    assert max(few.values()) <= QUERIES


def queries(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, name, *args)
    return len(asked)


def test_what_is_no_list_is_refused_with_a_sentence(registrar):
    client = signed_in(registrar)
    client.post(reverse("registry:imports"), {"since": "20/11/2026"})
    assert "Chưa có danh sách nào" in page(client, "imports")
    upload = SimpleUploadedFile("anh.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    client.post(reverse("registry:imports"), {"since": "20/11/2026", "list": upload})
    sent = ListImport.objects.get()
    staging.list_read(import_id=sent.pk)
    assert "anh.xlsx" in page(client, "import", sent.pk)
    sent.refresh_from_db()
    assert sent.state == "failed"


def test_a_list_without_headings_or_rows_says_what_to_do(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    client = signed_in(registrar)
    line = ["HTX Nấm", commune.name, FOUNDED, 100]
    sent = lists.sent(book([line, ["HTX Lúa", *line[1:]]]), registrar)
    shown = page(client, "import", sent.pk)
    assert "Không tìm thấy dòng tiêu đề" in shown
    assert "Cột “B”" in shown
    sent = lists.checked(book([HEADINGS]), registrar)
    assert "không có dòng nào về một tổ chức" in page(client, "import", sent.pk)
    assert "Tên HTX" in page(client, "import", sent.pk, columns="1")


def test_rows_that_were_passed_over_are_named_above_the_others(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    line = [1, "HTX Nấm", "", commune.name, FOUNDED, 100, ""]
    sent = lists.checked(book([HEADINGS, ["II", "Huyện Đồng Hỷ"], line, ["", "Tổng cộng", "", "", "", 100]]), registrar)
    assert "phần ký tên: dòng 2, 4." in page(signed_in(registrar), "import", sent.pk)
