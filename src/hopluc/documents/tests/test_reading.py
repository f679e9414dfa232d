"""Files are read, the heavy and the bad in the true bounded process: whole or not at all, and what cannot be read stays listed with a sentence."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from django.utils.translation import override

from hopluc.core.bounded import bounded
from hopluc.core.tests.here import bounded_here
from hopluc.documents import jobs, reading, services
from hopluc.documents.models import Item, Reference, Version
from hopluc.documents.tests import making
from hopluc.units.models import Body
from tests.vanban.reading_files import LOCKED, Picture, packed, pdf, tcvn3
from tests.vanban.scans import needs_recognition, pictures, printed, scanned
from tests.vanban.test_reading_bad import OLE
from vanban.reading import limits
from vanban.reading.scans import installed

MB = 1_000_000


def read(*files, by):
    """Through the door that a worker uses."""
    version = making.sent(*files, by=by)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    return version


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(reading, "bounded", bounded_here)


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt"])
def test_a_true_directive(hoa, kind):
    folder = "" if kind == "txt" else "originals/"
    version = read(making.file(making.golden(f"{folder}thanh-hoa-2020.{kind}"), f"thanh-hoa.{kind}"), by=hoa)
    assert (version.state, version.kind, version.problem) == ("read", kind, None)
    tasks = version.items.filter(kind="task")
    assert 18 <= len(tasks) <= 26
    assert all(task.value["span"][1] <= len(version.content) for task in tasks)
    assert version.layout
    assert version.read_at


@pytest.mark.parametrize(("kind", "flows"), [("docx", False), ("txt", True)])
def test_lines_that_only_fit_a_width_flow_on_the_page(client, hoa, kind, flows):
    folder = "" if kind == "txt" else "originals/"
    version = read(making.file(making.golden(f"{folder}thanh-hoa-2020.{kind}"), f"thanh-hoa.{kind}"), by=hoa)
    client.force_login(hoa)
    page = client.get(f"/documents/{version.document_id}/words/{version.number}/").content.decode()
    assert ("source-flows" in page) == flows
    assert "data-s=" in page


def test_what_was_found_is_kept_with_what_the_document_says_of_itself(hoa, here):
    version = read(making.file(), by=hoa)
    document = version.document
    assert (document.symbol, document.title) == ("1627/KH-UBND", "Phát triển kinh tế tập thể năm 2026")
    assert str(document.issued_on) == "2025-11-21"
    kinds = [item.kind for item in version.items.order_by("position", "pk")]
    assert sorted(kinds) == ["duty"] * 2 + ["target"] + ["task"] * 5
    item = making.at(document, "II/1")
    assert version.content[slice(*item.value["span"])] == item.value["text"]
    assert (item.state, item.value, item.sureness) == ("pending", item.found, min(item.value["confidence"].values()))


def test_files_of_one_document_are_read_as_one(hoa, here):
    annex = "Phụ lục\nI. NHIỆM VỤ\n1. Sở Y tế rà soát hợp tác xã y tế, hoàn thành trước ngày 30/9/2026.\n"
    version = read(making.file(name="a.txt"), making.file(annex, "b.txt"), by=hoa)
    assert version.state == "read"
    assert "hợp tác xã y tế" in version.content
    assert version.items.filter(value__text__icontains="hợp tác xã y tế").exists()
    assert version.items.filter(value__text__icontains="chuyển đổi số").exists()


def test_one_bad_file_of_several_is_named(hoa):
    version = read(making.file(name="a.txt"), making.file(b"GIF89a", "anh.pdf"), by=hoa)
    assert (version.state, version.problem["code"]) == ("failed", "D102")
    assert "anh.pdf" in version.problem["vi"]
    assert not version.items.exists()


def test_a_body_that_no_list_has_is_kept(hoa, here):
    text = making.TEXT.replace("3. Đẩy mạnh", "3. Hội Làm vườn tỉnh chủ trì đẩy mạnh")
    version = read(making.file(text), by=hoa)
    (key,) = making.at(version.document, "II/3").value["lead"]
    assert "Hội Làm vườn" in Body.objects.get(key=key).name


# What cannot be read


def bomb() -> bytes:
    return packed({"word/document.xml": b"\0" * (limits.PART + 2), "word/a": b"\0" * (limits.UNPACKED - limits.PART)})


REFUSED = {
    "empty": ("a.txt", b"", "D101"),
    "blank": ("a.txt", b" \r\n\t", "D101"),
    "binary": ("a.txt", bytes(range(256)) * 4, "D102"),
    "NUL characters alone": ("a.txt", b"\0" * 400, "D102"),
    "picture": ("a.docx", b"GIF89a", "D102"),
    "old Word": ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "D202"),
    "unknown code page": ("a.txt", "Привет, мир. ".encode("koi8-r") * 20, "D105"),
    "zip bomb": ("a.docx", bomb(), "D103"),
    "a million lines": ("a.txt", b"- a\n" * 1_000_000, "D104"),
    "pictures of pages": ("a.pdf", pdf([[Picture()], [Picture()]]), "D204" if installed() else "D201"),
    "truncated": ("a.docx", (making.GOLDEN / "originals" / "bac-kan-2015.docx").read_bytes()[:20_000], "D202"),
    "PDF without an inside": ("a.pdf", b"%PDF-1.7\nabc", "D202"),
    "locked Word": ("a.docx", (LOCKED / "locked.docx").read_bytes(), "D203"),
    "locked PDF": ("a.pdf", (LOCKED / "locked.pdf").read_bytes(), "D203"),
}


HEAVY = {"zip bomb", "a million lines", "pictures of pages"}  # must be refused before they are out of bounds


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_stays_listed_with_its_reason(client, hoa, monkeypatch, case):
    name, data, code = REFUSED[case]
    if case not in HEAVY:  # the way of an answer through the bounded process is that of one bad file of several
        monkeypatch.setattr(reading, "bounded", bounded_here)
    version = read(making.file(data, name), by=hoa)
    assert version.state == "failed"
    assert version.problem["code"] == code
    for language in ("vi", "en"):
        assert version.problem[language].endswith(".")
        assert name in version.problem[language]
    assert version.problem["vi"] != version.problem["en"]
    assert not version.content
    assert not version.items.exists()
    client.force_login(hoa)
    listed = client.get("/documents/").content.decode()
    assert "không đọc được" in listed
    for language in ("vi", "en"):
        client.cookies.load({"django_language": language})
        assert escaped(version.problem[language]) in client.get(f"/documents/{version.document_id}/").content.decode()


def escaped(words):
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#x27;")


SENTENCE = "1. Sở Tài chính rà soát chính sách hỗ trợ hợp tác xã, hoàn thành trước ngày 30/6/2026.\n"
READABLE = {
    "TCVN3": tcvn3(SENTENCE.replace("Sở", "sở")),
    "UTF-16": codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
    "UTF-8 with a mark": codecs.BOM_UTF8 + SENTENCE.encode(),
    "NFD": unicodedata.normalize("NFD", SENTENCE).encode(),
    "NUL characters between": SENTENCE.replace(" ", " \0", 1).encode(),
    "lone control characters": SENTENCE.replace(" ", " \x0b", 1).encode(),
}


@pytest.mark.parametrize("case", READABLE)
def test_odd_writing_is_read(hoa, here, case):
    version = read(making.file(READABLE[case], "a.txt"), by=hoa)
    assert (version.state, version.problem) == ("read", None)
    task = version.items.get(kind="task")
    assert task.value["lead"] == ["so-tc"]
    assert version.content[slice(*task.value["span"])]
    assert "\0" not in version.content


@pytest.mark.parametrize(
    ("behaviour", "code", "bounds"),
    [
        ("sleeps", "H221", (2, 1500)),
        ("spins", "H221", (2, 1500)),
        ("swells", "H222", (60, 400)),
        ("dies", "H223", (60, 1500)),
        ("raises", "H223", (60, 1500)),
    ],
)
def test_a_reader_out_of_bounds_harms_nobody(hoa, monkeypatch, capfd, behaviour, code, bounds):
    monkeypatch.setattr(reading, "READER", "hopluc.documents.tests.misbehaving")
    monkeypatch.setattr(reading, "SECONDS", bounds[0])
    monkeypatch.setattr(reading, "MEGABYTES", bounds[1])
    version = read(making.file(name=f"{behaviour}.txt"), by=hoa)
    assert (version.state, version.problem["code"]) == ("failed", code)
    assert version.problem["vi"].endswith(".")
    assert version.problem["en"].endswith(".")
    assert not version.items.exists()


@pytest.mark.thorough
@needs_recognition
def test_a_scan_is_read_in_the_bounded_process_page_by_page(hoa, monkeypatch):
    told = []
    watched(monkeypatch, lambda *step: told.append(step))
    page = pictures(printed("khanh-hoa-2023", 2), share=0.4)[0]
    version = read(making.file(scanned(page, page), "scan.pdf"), by=hoa)
    assert (version.state, version.pages, version.problem) == ("read", 2, None)
    assert ("pages", 1, 2) in told
    assert {notice["code"] for notice in version.notices} >= {"R204"}
    assert version.items.filter(kind="task").exists()


def test_a_reading_is_stopped(hoa, client, monkeypatch):
    monkeypatch.setattr(reading, "READER", "hopluc.documents.tests.misbehaving")
    version = making.sent(making.file(name="goes-on.txt"), by=hoa)
    client.force_login(hoa)
    pressed = []

    def press(step, done, total):
        if step == "pages" and not pressed:
            pressed.append(client.post(f"/documents/{version.document_id}/stop/").status_code)

    watched(monkeypatch, press)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    assert pressed == [302]
    assert (version.state, version.problem["code"]) == ("failed", "H224")
    assert not version.content
    assert "Đã dừng đọc tệp này theo yêu cầu." in client.get(f"/documents/{version.document_id}/").content.decode()
    monkeypatch.undo()
    services.version_read_again(version=version, by=hoa)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    assert version.state == "read"


def watched(monkeypatch, look):
    """Let `look` see each report before it is kept."""
    true = reading._progress

    def progress(version):
        kept = true(version)

        def report(*step):
            look(*step)
            kept(*step)

        return report

    monkeypatch.setattr(reading, "_progress", progress)


# Again


def test_reading_twice_does_no_harm(hoa):
    version = read(making.file(), by=hoa)
    before = making.picture(version.document)
    jobs.version_read(version.pk)
    assert making.picture(version.document) == before
    assert Reference.objects.filter(version=version).count() == version.references.count()


def test_what_a_killed_worker_left_is_read_by_the_next(hoa):
    version = making.sent(by=hoa)
    Version.objects.filter(pk=version.pk).update(state="reading", step="find", done=1, total=2)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    assert version.state == "read"
    assert version.items.count() == 8


def test_a_defect_while_keeping_leaves_nothing_behind(hoa, monkeypatch):
    version = making.sent(by=hoa)

    def breaks(*_about):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(reading, "carry_over", breaks)
    with pytest.raises(RuntimeError):
        reading.version_read(version_id=version.pk)
    version.refresh_from_db()
    assert (version.state, version.content, Item.objects.count()) == ("reading", "", 0)
    monkeypatch.undo()
    jobs.version_read(version.pk)
    assert version.items.count() == 8


def test_what_failed_may_be_tried_again(hoa, monkeypatch):
    monkeypatch.setattr(reading, "READER", "hopluc.documents.tests.misbehaving")
    version = read(making.file(name="dies.txt"), by=hoa)
    monkeypatch.undo()
    services.version_read_again(version=version, by=hoa)
    version.refresh_from_db()
    assert (version.state, version.problem) == ("waiting", None)
    jobs.version_read(version.pk)
    version.refresh_from_db()
    assert version.state == "read"


def test_progress_is_told_while_it_is_read(hoa, monkeypatch):
    told = []
    true = reading._progress

    def listening(version):
        report = true(version)

        def both(*step):
            report(*step)
            told.append(Version.objects.values_list("step", "done", "total").get(pk=version.pk))

        return both

    monkeypatch.setattr(reading, "_progress", listening)
    read(making.file(name="a.txt"), making.file("Phụ lục", "b.txt"), by=hoa)
    assert told == [("read", 0, 3), ("read", 1, 3), ("find", 2, 3)]


def test_what_a_library_prints_is_no_answer(hoa):
    answer = bounded(
        "hopluc.documents.tests.misbehaving:chatters", {}, seconds=60, megabytes=1500, report=lambda *_: None
    )
    assert answer == {"said": "kế hoạch"}


def test_the_page_of_a_document_that_waits_asks_again(client, hoa):
    version = making.sent(by=hoa)
    client.force_login(hoa)
    with override("vi"):
        page = client.get(f"/documents/{version.document_id}/status/")
    assert "hx-get" in page.content.decode()
    assert "HX-Refresh" not in page
    jobs.version_read(version.pk)
    assert client.get(f"/documents/{version.document_id}/status/")["HX-Refresh"] == "true"
