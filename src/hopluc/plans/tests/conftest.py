"""A province with a coordinator and an officer, a province beside it, and a document read into items."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.documents.models import Document, Item, Reference, Version
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure

Json = dict[str, Any]
CONTENT = """KẾ HOẠCH
I. NHIỆM VỤ
1. Tuyên truyền
a) Sở Tài chính chủ trì tuyên truyền Luật Hợp tác xã trước ngày 15/12/2030.
b) Đào tạo cán bộ quản lý hợp tác xã hằng năm.
II. TỔ CHỨC THỰC HIỆN
1. Ánh sáng nông thôn được các huyện quan tâm.
2. Ăn mừng thành lập mới."""
HEADINGS = [
    {"at": "I", "marker": "I.", "text": "NHIỆM VỤ", "span": [9, 20], "parent": None},
    {"at": "I/1", "marker": "1.", "text": "Tuyên truyền", "span": [21, 36], "parent": 0},
    {"at": "II", "marker": "II.", "text": "TỔ CHỨC THỰC HIỆN", "span": [160, 180], "parent": None},
]


def span(words: str) -> list[int]:
    start = CONTENT.index(words)
    return [start, start + len(words)]


def task(at: str, words: str, **values: Any) -> Json:
    place = span(words)
    return {
        "at": at, "text": words, "span": place, "where": "body", "lead": [], "coordinate": [], "deliverable": None,
        "deadline": None, "topic": "other", "spans": {"text": [place]}, "confidence": {}, "inherited": {}, "notices": [],
    } | values  # fmt: skip


def items() -> list[tuple[str, Json]]:
    first = "Sở Tài chính chủ trì tuyên truyền Luật Hợp tác xã trước ngày 15/12/2030."
    by = {"raw": "trước ngày 15/12/2030", "kind": "by", "end": "2030-12-15"}
    spans = {"text": [span(first)], "lead": [span("Sở Tài chính")], "deadline": [span("trước ngày 15/12/2030")]}
    return [
        ("task", task("I/1/a", first, lead=["so-tc"], coordinate=["so-nv"], deadline=by, topic="awareness", spans=spans)),
        ("task", task("I/1/b", "Đào tạo cán bộ quản lý hợp tác xã hằng năm.", lead=["so-nv"], topic="human",
                      deadline={"raw": "hằng năm", "kind": "annual"}, inherited={"lead": "I/1"})),
        ("task", task("II/1", "Ánh sáng nông thôn được các huyện quan tâm.", coordinate=["so-tc"])),
        ("task", task("II/2", "Ăn mừng thành lập mới.", lead=["lmhtx-tinh"], deliverable="=SUM(A1)", topic="found")),
        ("target", {"at": "I", "span": span("NHIỆM VỤ"), "indicator": "số hợp tác xã", "subject": "", "op": ">=", "low": 50,
                    "unit": "%", "by": 2030, "confidence": 1.0}),
        ("duty", {"at": "II", "span": span("TỔ CHỨC THỰC HIỆN"), "from": ["so-tc"], "to": ["ubnd-tinh"], "via": [],
                  "frequency": "quarterly", "due": "12-20", "confidence": 1.0}),
    ]  # fmt: skip


# Made once for a module; each test leaves it as it was, and fetches its own.


@pytest.fixture(scope="module")
def kept_owner(kept: None) -> Agency:
    return agency_ensure(key="so-tc", province="tỉnh Khánh Hòa")


@pytest.fixture(scope="module")
def kept_coordinator(kept_owner: Agency) -> User:
    return person("dieuphoi", kept_owner, Role.COORDINATOR)


@pytest.fixture(scope="module")
def kept_officer(kept_owner: Agency) -> User:
    return person("canbo", kept_owner, Role.OFFICER)


@pytest.fixture
def owner(kept_owner: Agency, db: None) -> Agency:
    return Agency.objects.get(pk=kept_owner.pk)


def person(username: str, agency: Agency, role: Role) -> User:
    user = user_create(username=username, name=f"Bà {username}", password="mot mat khau dai", check=False)
    post_give(user=user, agency=agency, role=role)
    return user


@pytest.fixture
def coordinator(kept_coordinator: User, db: None) -> User:
    return User.objects.get(pk=kept_coordinator.pk)


@pytest.fixture
def officer(kept_officer: User, db: None) -> User:
    return User.objects.get(pk=kept_officer.pk)


@pytest.fixture
def stranger(owner: Agency) -> User:
    """A coordinator of another province."""
    return person("lang-gieng", agency_ensure(key="so-tc", province="tỉnh Lào Cai"), Role.COORDINATOR)


def document(owner: Agency, by: User, *, state: str = "accepted", symbol: str = "12/KH-UBND") -> Document:
    made = Document.objects.create(
        kind="directive",
        owner=owner,
        title="Phát triển kinh tế tập thể",
        type="Kế hoạch",
        symbol=symbol,
        created_by=by,
    )
    version = Version.objects.create(
        document=made, number=1, state="read", content=CONTENT, headings=HEADINGS, created_by=by
    )
    Item.objects.bulk_create(
        Item(version=version, kind=kind, value=value, position=value["span"][0], state=state) for kind, value in items()
    )
    Reference.objects.create(
        version=version, symbol="20-NQ/TW", relation="implements", type="Nghị quyết", start=0, end=8
    )
    return made


@pytest.fixture
def make_document(owner: Agency, coordinator: User) -> Callable[..., Document]:
    return partial(document, owner, coordinator)


@pytest.fixture
def plan(make_document: Callable[..., Document], coordinator: User) -> Plan:
    return plan_issue(document=make_document(), by=coordinator)
