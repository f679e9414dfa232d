"""Drafts are seen by the coordinators of their agency alone; what was issued, by the whole province."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from hopluc.accounts.models import Role
from hopluc.documents.models import SourceFile
from hopluc.documents.review import review_close
from hopluc.documents.tests import making
from hopluc.documents.urls import urlpatterns
from hopluc.units.services import agency_ensure

POSTED = {
    "version",
    "again",
    "bin_put",
    "restore",
    "columns_take",
    "columns_again",
    "sure",
    "undo",
    "stop",
    "decide",
    "upload",
}
SHARED = {"detail", "source", "words", "original"}  # once a plan was issued
PLACES = [pattern.name for pattern in urlpatterns]
OF_ONE = [pattern.name for pattern in urlpatterns if "pk" in pattern.pattern.regex.groupindex]
STRANGERS = {
    "another agency's coordinator": (Role.COORDINATOR, "so-tc", making.PROVINCE),
    "another province's coordinator": (Role.COORDINATOR, "ubnd-tinh", "tỉnh Cao Bằng"),
    "officer": (Role.OFFICER, "ubnd-tinh", making.PROVINCE),
    "viewer": (Role.VIEWER, "ubnd-tinh", making.PROVINCE),
}


pytestmark = pytest.mark.django_db


@pytest.fixture
def _files_in_a_folder_of_their_own():
    """They lie beside what is kept."""


@pytest.fixture(scope="module")
def hoa(kept):
    return making.person("Nguyễn Thị Hoa")


@pytest.fixture(scope="module")
def plan(hoa):
    return making.document(by=hoa)


def stranger(case):
    role, key, province = STRANGERS[case]
    return making.person("Người khác", role, agency_ensure(key=key, province=province))


def address(name, document):
    named = get_resolver("hopluc.documents.urls").reverse_dict
    item = document.versions.get().items.filter(kind="task").first()
    parts = {
        "pk": document.pk,
        "item_id": item.pk,
        "verb": "accept",
        "file_id": SourceFile.objects.get().pk,
        "number": 1,
    }
    wanted = named.getlist(name)[0][0][0][1]
    return reverse(f"documents:{name}", kwargs={part: parts[part] for part in wanted})


def ask(client, name, document):
    where = address(name, document)
    return client.post(where) if name in POSTED else client.get(where)


@pytest.mark.parametrize("case", STRANGERS)
@pytest.mark.parametrize("name", OF_ONE)
def test_a_draft_is_not_there_for_others(client, plan, case, name):
    before = making.picture(plan)
    client.force_login(stranger(case))
    assert ask(client, name, plan).status_code in (403, 404)
    assert making.picture(plan) == before


@pytest.mark.parametrize("name", PLACES)
def test_nobody_gets_anything_without_signing_in(client, plan, name):
    answer = ask(client, name, plan)
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")


@pytest.mark.parametrize("case", STRANGERS)
def test_the_list_shows_no_draft_of_others(client, plan, case):
    client.force_login(stranger(case))
    answer = client.get("/documents/")
    assert answer.status_code == 403 or plan.title not in answer.content.decode()


@pytest.mark.parametrize("case", STRANGERS)
@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_was_issued_is_seen_in_the_province(client, plan, case, name):
    version = plan.versions.get()
    review_close(version=version, at=version.read_at)
    client.force_login(stranger(case))
    answer = ask(client, name, plan)
    b"".join(answer.streaming_content if answer.streaming else ())  # closes the file, and not the connection
    assert (answer.status_code == 200) == (STRANGERS[case][2] == making.PROVINCE)


@pytest.mark.parametrize("case", STRANGERS)
@pytest.mark.parametrize("name", sorted(set(OF_ONE) - SHARED))
def test_what_was_issued_is_changed_by_nobody_else(client, plan, case, name):
    version = plan.versions.get()
    review_close(version=version, at=version.read_at)
    client.force_login(stranger(case))
    assert ask(client, name, plan).status_code in (403, 404)


def test_a_file_comes_as_it_was_sent_and_is_never_opened_in_the_page(client, plan, hoa):
    client.force_login(hoa)
    answer = ask(client, "original", plan)
    assert b"".join(answer.streaming_content).decode() == making.TEXT
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_of_another_document_is_not_reached_through_ones_own(client, plan, hoa):
    own = making.person(at=making.agency("so-tc"))
    mine = making.document(making.TEXT + "\n", by=own)
    client.force_login(own)
    theirs = plan.versions.get().files.get()
    assert client.get(f"/documents/{mine.pk}/files/{theirs.pk}/").status_code == 404


def test_an_item_of_another_document_is_not_reached_through_ones_own(client, plan):
    own = making.person(at=making.agency("so-tc"))
    mine = making.document(making.TEXT + "\n", by=own)
    item = making.at(plan, "II/1")
    client.force_login(own)
    for verb in ("", "edit/", "split/", "merge/"):
        assert client.get(f"/documents/{mine.pk}/review/{item.pk}/{verb}").status_code == 404
    client.post(f"/documents/{mine.pk}/review/{item.pk}/reject/", {"revision": item.revision})
    assert making.at(plan, "II/1").state == "pending"
