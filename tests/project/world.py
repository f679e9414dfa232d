"""A small world to walk in: two provinces, an agency with a draft and a plan, and somebody in every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.core.files import file_store
from hopluc.documents.models import Document, SourceFile, Version
from hopluc.documents.reader import open_sheet
from hopluc.documents.review import current_version, item_add
from hopluc.documents.services import document_begin, document_bin, document_upload
from hopluc.documents.shaping import BLANK
from hopluc.plans.groups import group_create, member_add
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.steering import committee_found, seat_add
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure

HERE, THERE = "tỉnh Thái Nguyên", "tỉnh Lạng Sơn"
ROLES = {  # who: agency, province, role
    "viewer": ("ubnd-tinh", HERE, Role.VIEWER),
    "officer": ("so-tc", HERE, Role.OFFICER),
    "coordinator": ("so-tc", HERE, Role.COORDINATOR),
    "administrator": ("so-tc", HERE, Role.ADMINISTRATOR),
    "neighbour": ("lmhtx-tinh", HERE, Role.COORDINATOR),
    "stranger": ("so-tc", THERE, Role.COORDINATOR),
    "governor": ("so-tc", THERE, Role.ADMINISTRATOR),
}
SHEET = "TT;Nhiệm vụ;Chủ trì;Hạn\n1;Rà soát hợp tác xã;Sở Tài chính;30/6/2025\n"
WORDS = "Rà soát hợp tác xã ngừng hoạt động"


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, User]
    things: dict[str, int | str]  # what addresses name
    documents: list[Document]
    plans: list[Plan]


def build() -> World:
    """Two agencies of one province and one of another, each with a draft and an issued plan; `things` are of the first."""
    people = {who: _person(who) for who in ("nobody", *ROLES)}
    for who, (key, province, role) in ROLES.items():
        post_give(user=people[who], agency=agency_ensure(key=key, province=province), role=role)
    owners = {
        who: agency_ensure(key=ROLES[who][0], province=ROLES[who][1])
        for who in ("coordinator", "neighbour", "stranger")
    }
    drafts = {who: _draft(owner, people[who], f"Dự thảo {who}") for who, owner in owners.items()}
    issued = {who: _issued(owner, people[who], f"Kế hoạch {who}") for who, owner in owners.items()}
    by, owner = people["coordinator"], owners["coordinator"]
    binned = _draft(owner, by, "Trong thùng rác")
    document_bin(document=binned, by=by)
    plan = issued["coordinator"]
    group = group_create(name="Nhóm thử", owner=owner, by=by)
    member = member_add(group=group, agency=owner, starts_on=date(2026, 1, 1), ends_on=None, by=by)
    committee = committee_found(
        name="Ban Chỉ đạo thử",
        unit=owner.province,
        standing=owner,
        founded_by="Quyết định",
        founded_on=date(2026, 1, 1),
        by=by,
    )
    seat = seat_add(committee=committee, title="Giám đốc", agency=owner, duty="head", by=by)
    things = {
        "group": group.pk,
        "member": member.pk,
        "committee": committee.pk,
        "seat": seat.pk,
        "draft": drafts["coordinator"].pk,
        "issued": plan.document_id,
        "plan": plan.pk,
        "binned": binned.pk,
        "sheet": _sheet(owner, by).pk,
        "file": plan.version.files.get().pk,
        "item": current_version(drafts["coordinator"]).items.first().pk,
        "task": plan.tasks.first().pk,
        "target": plan.targets.first().pk,
        "duty": plan.duties.first().pk,
        "person": people["officer"].pk,
        "post": people["officer"].posts.get().pk,
    }
    return World(people, things, list(Document.objects.order_by("pk")), list(issued.values()))


def _person(who: str) -> User:
    return User.objects.create_user(username=who, name=f"Người {who}", password=who)


def _draft(owner: Agency, by: User, title: str) -> Document:
    document = document_begin(title=title, owner=owner, by=by)
    item_add(document=document, kind="task", value={**BLANK["task"], "text": f"{WORDS}: {title}"}, by=by)
    item = current_version(document).items.get()
    item.state = "pending"
    item.save()
    return document


def _issued(owner: Agency, by: User, title: str) -> Plan:
    document = document_begin(title=title, owner=owner, by=by)
    item_add(document=document, kind="task", value={**BLANK["task"], "text": f"{WORDS}: {title}"}, by=by)
    item_add(
        document=document, kind="target", value={**BLANK["target"], "indicator": "Số hợp tác xã", "low": 10}, by=by
    )
    item_add(document=document, kind="duty", value={**BLANK["duty"], "frequency": "annual"}, by=by)
    version = document.versions.get()
    file = SimpleUploadedFile("ke-hoach.txt", title.encode())
    SourceFile.objects.create(version=version, position=0, name=file.name, file=file_store(file))
    return plan_issue(document=document, by=by)


def _sheet(owner: Agency, by: User) -> Document:
    """A task sheet that waits for its columns to be confirmed."""
    file = SimpleUploadedFile("bang.csv", SHEET.encode())
    document = document_upload(files=[file], owner=owner, by=by)
    path = document.versions.get().files.get().file.data.path
    mapping = open_sheet({"files": [{"path": path, "name": file.name}]}, lambda *_step: None)
    document.versions.update(state=Version.State.MAPPING, mapping=mapping)
    return document
