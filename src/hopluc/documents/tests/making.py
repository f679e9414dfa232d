"""People, files and documents for tests, made through the services that the pages use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.documents import reading, review
from hopluc.documents.models import Act, Document, Item, Version
from hopluc.documents.reader import read_files
from hopluc.documents.services import document_upload, version_upload
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure

GOLDEN = Path(__file__).parents[4] / "tests" / "vanban" / "golden" / "documents"
PROVINCE = "tỉnh Thái Nguyên"
TEXT = """\
ỦY BAN NHÂN DÂN
TỈNH THÁI NGUYÊN
Số: 1627/KH-UBND
Thái Nguyên, ngày 21 tháng 11 năm 2025
KẾ HOẠCH
Phát triển kinh tế tập thể năm 2026

I. MỤC TIÊU
1. Thành lập mới 16 hợp tác xã trở lên trong năm 2026.

II. NHIỆM VỤ
1. Sở Tài chính chủ trì, phối hợp với Liên minh Hợp tác xã tỉnh rà soát các chính sách hỗ trợ hợp tác xã, hoàn thành trước ngày 30/6/2026.
2. Sở Nội vụ tổ chức bồi dưỡng cán bộ quản lý hợp tác xã, hoàn thành trong quý II/2026.
3. Đẩy mạnh chuyển đổi số trong các hợp tác xã.
4. Sở Nông nghiệp và Môi trường xây dựng mô hình hợp tác xã gắn với chuỗi giá trị; tổng hợp kết quả thực hiện trước ngày 15 tháng 12 hằng năm.

III. TỔ CHỨC THỰC HIỆN
Các sở, ban, ngành báo cáo kết quả thực hiện gửi Sở Tài chính trước ngày 15/12 hằng năm để tổng hợp, báo cáo Ủy ban nhân dân tỉnh.
"""  # five tasks, one target, two duties to report; three of them sure


def agency(key: str = "ubnd-tinh", province: str = PROVINCE) -> Agency:
    return agency_ensure(key=key, province=province)


def person(name: str = "Nguyễn Thị Hoa", role: Role = Role.COORDINATOR, at: Agency | None = None) -> User:
    """Somebody with a post, signed in by `client.force_login`."""
    user = User.objects.create_user(username=f"user-{User.objects.count()}", name=name)
    post_give(user=user, agency=at or agency(), role=role)
    return user


def file(data: bytes | str = TEXT, name: str = "ke-hoach.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def sent(*files: SimpleUploadedFile, by: User) -> Version:
    """A document as it arrived, waiting to be read."""
    owner = by.posts.get().agency
    return document_upload(files=files or [file()], owner=owner, by=by).versions.get()


def document(text: str = TEXT, *, by: User, name: str = "ke-hoach.txt") -> Document:
    """A document that has been read: in this process, which is quicker than the bounded one."""
    version = sent(file(text, name), by=by)
    read_here(version)
    return Document.objects.get(pk=version.document_id)


def corrected(made: Document, text: str, *, by: User) -> Version:
    """A corrected file of a document, read."""
    version = version_upload(document=made, files=[file(text, "ke-hoach-sua.txt")], by=by)
    read_here(version)
    return Version.objects.get(pk=version.pk)


def read_here(version: Version) -> None:
    files = [{"path": each.file.data.path, "name": each.name} for each in version.files.select_related("file")]
    reading.keep(version, read_files({"files": files}, lambda *_step: None))


def at(made: Document, address: str, kind: str = "task") -> Item:
    """The item at an address of the newest version, not replaced."""
    items = made.versions.latest("number").items.exclude(state=Item.State.REPLACED)
    return items.get(kind=kind, value__at=address)


def with_words(made: Document, words: str) -> Item:
    items = made.versions.latest("number").items.exclude(state=Item.State.REPLACED)
    return items.get(value__text__icontains=words)


def seen(items: Iterable[Item]) -> list[tuple[int, int]]:
    return [(item.pk, item.revision) for item in items]


def picture(made: Document) -> list[tuple[object, ...]]:
    """The items of the newest version as a reviewer sees them."""
    items = made.versions.latest("number").items.exclude(state=Item.State.REPLACED).order_by("pk")
    return [(item.pk, item.state, item.value, item.position, item.sureness) for item in items]


def act(verb: str, made: Document, item: Item, *, by: User, **more: Any) -> Any:
    """One act of the review on an item as it was seen."""
    return getattr(review, verb)(document=made, item_id=item.pk, revision=item.revision, by=by, **more)


def edit(made: Document, item: Item, *, by: User, **typed: Any) -> Item:
    """The item with what was typed into its form."""
    act("item_edit", made, item, by=by, typed=typed)
    return Item.objects.get(pk=item.pk)


def refuses(error: type[Exception], made: Document, work: Callable[[], object], match: str | None = None) -> Exception:
    """What is raised, with nothing changed."""
    before, acts = picture(made), Act.objects.count()
    with pytest.raises(error, match=match) as refusal:
        work()
    assert picture(made) == before
    assert Act.objects.count() == acts
    return refusal.value


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in a thread with its own connection, all beginning together; what each gave or raised."""
    start = threading.Barrier(len(works))
    outcomes: list[object] = [None] * len(works)

    def run(turn: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            outcomes[turn] = work()
        except Exception as error:  # noqa: BLE001  whatever it is, the test looks at it
            outcomes[turn] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
