"""Demonstration data: five public directives go the way that any upload goes, up to four issued plans.

The one password of the four accounts is no secret: `HOPLUC_DEMO=1` shows it on the page to sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.core.history import acting
from hopluc.documents import reading
from hopluc.documents.models import Document
from hopluc.documents.review import current_version, item_accept, items_accept_sure
from hopluc.documents.selectors import items_waiting
from hopluc.documents.services import document_upload
from hopluc.plans.services import plan_issue
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure

PASSWORD = "hop-luc-demo"  # noqa: S105  shown to everybody
PROVINCE = "tỉnh Thái Nguyên"
OWNER = "so-tc"
ISSUED = ("bac-kan-2015.docx", "thanh-hoa-2020.docx", "thai-nguyen-2020.docx", "ninh-thuan-2022.pdf")
DRAFTS = ("khanh-hoa-2023.docx", "bang-nhiem-vu.csv")  # to be reviewed, and to be told which column is what
AT_ONCE = 4  # files read at the same time, each in a process of its own


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    role: Role
    agency: str = OWNER


PEOPLE = (
    Person("dieuphoi", "Trần Văn Bình", Role.COORDINATOR),
    Person("canbo", "Lê Thu Hà", Role.OFFICER, "lmhtx-tinh"),
    Person("theodoi", "Hoàng Minh Đức", Role.VIEWER, "ubnd-tinh"),
    Person("quantri", "Nguyễn Thị Ánh", Role.ADMINISTRATOR),
)


def demo_load() -> int:
    """Make it all; gives how many documents it made. Does nothing where somebody works already."""
    names = [person.username for person in PEOPLE]
    if Document.objects.exists() or User.objects.exclude(username__in=names).exists():
        return 0
    first, *others = PEOPLE
    coordinator = _person(first)
    owner = agency_ensure(key=OWNER, province=PROVINCE)
    documents = [_upload(name, owner, coordinator) for name in (*ISSUED, *DRAFTS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(_alone, _read, document) for document in documents]
        made = [pool.submit(_alone, _person, person) for person in others]
        for waiting in (*done, *made):
            waiting.result()  # raises what went wrong there
    return len(documents)


def demo_people() -> bool:
    """Whether the accounts are there, so that it helps to name them."""
    return User.objects.filter(username__in=[person.username for person in PEOPLE]).count() == len(PEOPLE)


@transaction.atomic
def _person(person: Person) -> User:
    if known := User.objects.filter(username=person.username).first():  # of a start that was cut off
        return known
    user = user_create(username=person.username, name=person.name, password=PASSWORD)
    post_give(user=user, agency=agency_ensure(key=person.agency, province=PROVINCE), role=person.role)
    return user


def _upload(name: str, owner: Agency, by: User) -> Document:
    file = SimpleUploadedFile(name, files(__package__).joinpath("files", name).read_bytes())
    return document_upload(files=[file], owner=owner, by=by)


def _read(document: Document) -> None:
    """What the worker does with an upload, whose own job then finds nothing left to do; and what coordinators do after it."""
    version = document.versions.get()
    with acting(document.created_by_id, act="demonstration"):
        reading.version_read(version_id=version.pk)
        if version.files.get().name in ISSUED:
            _issue(document, document.created_by)


def _issue(document: Document, by: User) -> None:
    items_accept_sure(document=document, by=by)
    for item in items_waiting(current_version(document)):
        item_accept(document=document, item_id=item.pk, revision=item.revision, by=by)
    plan_issue(document=document, by=by)


def _alone(act: Callable[[Any], object], thing: object) -> None:
    """In a thread, which has a connection of its own."""
    try:
        act(thing)
    finally:
        connection.close()
