"""Files come in: kept once, recognised when they come again, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from hopluc.accounts.models import Role
from hopluc.core.models import StoredFile
from hopluc.documents import services
from hopluc.documents.errors import KnownFile, MixedFiles, NothingSent, NotYours, UploadTooLarge
from hopluc.documents.models import Document, Version
from hopluc.documents.tests import making


def upload(*files, by, owner=None):
    return services.document_upload(files=files, owner=owner or making.agency(), by=by)


def test_a_document_waits_with_its_file_under_the_name_it_came_by(hoa):
    document = upload(making.file("Kế hoạch", "Kế hoạch số 5.txt"), by=hoa)
    version = document.versions.get()
    assert (document.title, document.kind, version.state) == ("Kế hoạch số 5", "directive", "waiting")
    assert [(each.name, Path(each.file.data.path).read_text()) for each in version.files.all()] == [
        ("Kế hoạch số 5.txt", "Kế hoạch")
    ]


def test_reading_is_asked_for_once(hoa):
    version = upload(making.file(), by=hoa).versions.get()
    assert (
        ProcrastinateJob.objects.get(args={"version_id": version.pk}).task_name == "hopluc.documents.jobs.version_read"
    )


def test_the_same_file_twice_is_recognised_whatever_its_name(hoa):
    first = upload(making.file(name="a.txt"), by=hoa)
    with pytest.raises(KnownFile, match=r"“b\.txt”") as refusal:
        upload(making.file(name="b.txt"), by=hoa)
    assert refusal.value.document == first
    assert Document.objects.count() == 1


def test_another_agency_may_send_the_same_file(hoa):
    neighbour = making.person(at=making.agency("so-tc"))
    upload(making.file(), by=hoa)
    upload(making.file(), by=neighbour, owner=making.agency("so-tc"))
    assert Document.objects.count() == 2
    assert StoredFile.objects.count() == 1


def test_a_file_whose_document_is_in_the_bin_may_come_again(hoa):
    services.document_bin(document=upload(making.file(), by=hoa), by=hoa)
    upload(making.file(), by=hoa)
    assert Document.objects.filter(binned_at=None).count() == 1


def test_a_body_and_its_annex_are_one_document(hoa):
    document = upload(making.file(name="a.txt"), making.file("Phụ lục", "b.txt"), by=hoa)
    assert [each.name for each in document.versions.get().files.all()] == ["a.txt", "b.txt"]


def test_the_order_of_files_makes_another_document(hoa):
    one, other = making.file("a", "a.txt"), making.file("b", "b.txt")
    upload(one, other, by=hoa)
    upload(other, one, by=hoa)
    assert Document.objects.count() == 2


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.ods", "a.csv"])
def test_a_sheet_stands_alone(hoa, name):
    assert upload(making.file(name, name), by=hoa).kind == "sheet"
    with pytest.raises(MixedFiles, match=name):
        upload(making.file(), making.file("b", name), by=hoa)


def test_nothing_is_refused(hoa):
    with pytest.raises(NothingSent):
        upload(by=hoa)


def test_a_large_file_is_refused_before_it_is_kept(hoa, settings):
    settings.UPLOAD_BYTES = 2_000_000
    with pytest.raises(UploadTooLarge, match=r"“a\.txt” .* 2 MB"):
        upload(making.file(b"x" * 2_000_001, "a.txt"), by=hoa)
    assert not StoredFile.objects.exists()
    assert not Version.objects.exists()


def test_a_long_name_keeps_its_end(hoa):
    version = upload(making.file("a", f"{'a' * 250}.docx"), by=hoa).versions.get()
    assert version.files.get().name.endswith(".docx")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER])
def test_only_who_drafts_may_send(db, role):
    with pytest.raises(NotYours):
        upload(making.file(), by=making.person(role=role))
    assert not StoredFile.objects.exists()


def test_nobody_sends_for_another_agency(hoa):
    with pytest.raises(NotYours, match="Sở Tài chính"):
        upload(making.file(), by=hoa, owner=making.agency("so-tc"))


# Through the page


def post(client, **fields):
    return client.post("/documents/upload/", fields)


def test_several_files_dropped_are_several_documents_unless_said(client, hoa):
    client.force_login(hoa)
    post(client, files=[making.file("a", "a.txt"), making.file("b", "b.txt")])
    assert Document.objects.count() == 2
    post(client, files=[making.file("c", "c.txt"), making.file("d", "d.txt")], together="on")
    assert sorted(version.files.count() for version in Version.objects.all()) == [1, 1, 2]


def test_a_file_that_is_here_leads_to_its_document(client, hoa):
    client.force_login(hoa)
    first = upload(making.file(), by=hoa)
    answer = post(client, files=[making.file(name="b.txt")])
    assert answer.url == f"/documents/{first.pk}/"


def test_what_is_refused_does_not_keep_the_others_out(client, hoa, settings):
    settings.UPLOAD_BYTES = 10
    client.force_login(hoa)
    post(client, files=[making.file("a" * 11, "a.txt"), making.file("b", "b.txt")])
    assert [document.title for document in Document.objects.all()] == ["b"]


def test_an_empty_form_is_told_so(client, hoa):
    client.force_login(hoa)
    answer = client.post("/documents/upload/", {}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Chưa có tệp nào được gửi. Hãy chọn ít nhất một tệp."
    ]


def test_an_empty_file_is_listed_and_not_lost(hoa):
    document = upload(SimpleUploadedFile("a.txt", b""), by=hoa)
    assert document.versions.get().files.get().file.size == 0


def test_the_list_says_of_a_file_that_could_not_be_read_why(client, hoa):
    version = making.sent(making.file("", "trống.txt"), by=hoa)
    Version.objects.filter(pk=version.pk).update(
        state="failed", problem={"code": "D201", "vi": "Tệp rỗng.", "en": "It is empty."}
    )
    client.force_login(hoa)
    assert "Tệp rỗng." in client.get("/documents/").content.decode()
    client.cookies.load({"django_language": "en"})
    assert "It is empty." in client.get("/documents/?state=failed").content.decode()


def test_the_counts_come_anew_with_the_rows_while_one_is_read(client, hoa):
    making.sent(by=hoa)
    client.force_login(hoa)
    rows = client.get("/documents/", headers={"hx-request": "true"}).content.decode()
    assert '<div id="document-states" hx-swap-oob="true">' in rows
    assert "?state=reading" in rows
    assert (
        rows.count('id="document-states"')
        == client.get("/documents/").content.decode().count('id="document-states"')
        == 1
    )


def test_the_old_word_format_is_named_among_what_may_be_dropped(client, hoa):
    client.force_login(hoa)
    assert "DOCX, DOC, PDF" in client.get("/documents/").content.decode()


def test_a_file_that_waits_says_whom_to_tell_when_nobody_reads(client, hoa):
    version = making.sent(by=hoa)
    client.force_login(hoa)
    assert "báo quản trị viên" in client.get(f"/documents/{version.document_id}/").content.decode()
