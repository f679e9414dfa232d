"""Demonstration data: five public directives go the way that any upload goes, up to plans in force, and two wait for a coordinator.

Each directive is in the care of the agency of its own time and province; whoever took over from that agency issues it today.
How the plans were worked over the last two years is made up (`lived`), and every page says so; two rounds of reporting are as well
(`reported`), and their titles say so.
The one password of all accounts is no secret: `HOPLUC_DEMO=1` shows it on the page to sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from hopluc.accounts.models import User
from hopluc.accounts.services import post_give, user_create
from hopluc.core.history import acting
from hopluc.documents import reading
from hopluc.documents.models import Document
from hopluc.documents.review import current_version, item_accept, items_accept_sure
from hopluc.documents.selectors import items_waiting
from hopluc.documents.services import document_upload
from hopluc.plans.expansion import setting_of
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.registry.demo import demo_make
from hopluc.registry.models import Organisation
from hopluc.registry.proposals import delegate_name
from hopluc.units.services import agency_ensure
from hopluc.web.demo.committee import committee_make
from hopluc.web.demo.lived import years_live
from hopluc.web.demo.people import PASSWORD, PEOPLE, Person
from hopluc.web.demo.reported import rounds_live

__all__ = ["PASSWORD", "PEOPLE", "demo_load", "demo_people"]

AT_ONCE = 4  # files read at the same time, each in a process of its own


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, the agency in whose care it is, and on which day that agency was there; `issued`: as far as a plan."""

    file: str
    province: str
    by: str  # who sent it
    on: date | None = None  # today
    owner: str = "so-khdt"
    issued: bool = True
    name: str = ""  # of the file as it was sent; a sheet bears its title
    day: date | None = None  # whose agencies its plan means, where its text bears no date


DOCUMENTS = (
    Sent("bac-kan-2015.docx", "tỉnh Bắc Kạn", "dieuphoi", date(2015, 1, 1), day=date(2015, 1, 1)),
    Sent("thanh-hoa-2020.docx", "tỉnh Thanh Hóa", "dieuphoi.thanhhoa", date(2020, 6, 3)),
    Sent("thai-nguyen-2020.docx", "tỉnh Thái Nguyên", "dieuphoi", date(2020, 9, 25)),
    Sent("ninh-thuan-2022.pdf", "tỉnh Ninh Thuận", "dieuphoi.khanhhoa", date(2022, 11, 21)),
    Sent("khanh-hoa-2023.docx", "tỉnh Khánh Hòa", "dieuphoi.khanhhoa", date(2023, 2, 24)),
    Sent("thai-nguyen-2027.docx", "tỉnh Thái Nguyên", "dieuphoi", owner="so-tc", issued=False),
    Sent(
        "bang-nhiem-vu.csv",
        "tỉnh Thái Nguyên",
        "dieuphoi",
        owner="so-tc",
        issued=False,
        name="Bảng phân công nhiệm vụ.csv",
    ),
)


def demo_load() -> int:
    """Make it all; gives how many documents it made. Does nothing where somebody works already."""
    names = [person.username for person in PEOPLE]
    if Document.objects.exists() or User.objects.exclude(username__in=names).exists():
        return 0
    senders = {sent.by for sent in DOCUMENTS}
    by = {person.username: _person(person) for person in PEOPLE if person.username in senders}
    documents = [(_upload(sent, by[sent.by]), sent) for sent in DOCUMENTS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(_alone, _read, document) for document in documents]
        made = [pool.submit(_alone, _person, person) for person in PEOPLE if person.username not in senders]
        made.append(pool.submit(_alone, _registry, None))
        for waiting in (*done, *made):
            waiting.result()  # raises what went wrong there
    committee_make(by["dieuphoi"])
    _director()
    years_live(list(Plan.objects.filter(state=Plan.State.ISSUED).order_by("document")))
    rounds_live(by["dieuphoi"])
    return len(documents)


def _registry(_nothing: None) -> None:
    """Cooperatives and groups of the three provinces, all invented."""
    with acting(None, act="demonstration"):
        demo_make()


def _director() -> None:
    """Let one of the accounts stand for a cooperative that is invented, of the province where it has its post."""
    director, registrar = (User.objects.get(username=name) for name in ("giamdoc", "dangky"))
    province = director.posts.get().agency.province_id
    one = Organisation.objects.filter(kind="htx", province=province, legal_status="active", figures_year__isnull=False)
    if found := one.order_by("-members", "pk").first():
        delegate_name(user=director, organisation=found, by=registrar)


def demo_people() -> bool:
    """Whether the accounts are there, so that it helps to name them."""
    return User.objects.filter(username__in=[person.username for person in PEOPLE]).count() == len(PEOPLE)


@transaction.atomic
def _person(person: Person) -> User:
    if known := User.objects.filter(username=person.username).first():  # of a start that was cut off
        return known
    user = user_create(username=person.username, name=person.name, password=PASSWORD)
    for province in person.provinces:
        agency = agency_ensure(key=person.agency, province=province)
        post_give(user=user, agency=agency, role=person.role, title=person.title)
    return user


def _upload(sent: Sent, by: User) -> Document:
    data = files(__package__).joinpath("files", sent.file).read_bytes()
    owner = agency_ensure(key=sent.owner, province=sent.province, on=sent.on)
    return document_upload(files=[SimpleUploadedFile(sent.name or sent.file, data)], owner=owner, by=by)


def _read(made: tuple[Document, Sent]) -> None:
    """What the worker does with an upload, whose own job then finds nothing left to do; and what coordinators do after it."""
    document, sent = made
    version = document.versions.get()
    with acting(document.created_by_id, act="demonstration"):
        reading.version_read(version_id=version.pk)
        if sent.issued:
            _issue(document, document.created_by, sent.day)


def _issue(document: Document, by: User, day: date | None) -> None:
    items_accept_sure(document=document, by=by)
    for item in items_waiting(current_version(document)):
        item_accept(document=document, item_id=item.pk, revision=item.revision, by=by)
    read = Document.objects.select_related("owner__unit").get(pk=document.pk)
    plan_issue(document=document, by=by, setting=setting_of(read, current_version(read), day=day))


def _alone(act: Callable[[Any], object], thing: object) -> None:
    """In a thread, which has a connection of its own."""
    try:
        act(thing)
    finally:
        connection.close()
