"""Telephone numbers and addresses: masked everywhere, seen one at a time for a purpose, each look on record."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from hopluc.accounts import secrets, services
from hopluc.accounts.errors import NoPurpose, NotAdministrator, NotAllowed
from hopluc.accounts.models import PersonalLook, Role, User
from hopluc.accounts.selectors import person_history
from hopluc.units.services import agency_ensure

pytestmark = pytest.mark.django_db
HERE, THERE = "tỉnh Thái Nguyên", "tỉnh Lạng Sơn"
PHONE, EMAIL = "0912345612", "so.tay@thainguyen.gov.vn"
MASKED_PHONE, MASKED_EMAIL = "09•• ••• •12", "s•••@thainguyen.gov.vn"
MAY = {Role.ADMINISTRATOR, Role.COORDINATOR, Role.HEAD, Role.ALLIANCE}
YESTERDAY = localdate() - timedelta(days=1)


def somebody(role: Role, province: str = HERE, **days) -> User:
    user = User.objects.create_user(username=f"u{User.objects.count()}", name=f"Người {role.value}", password="x")
    services.post_give(user=user, agency=agency_ensure(key="so-tc", province=province), role=role, **days)
    return user


@pytest.fixture
def subject() -> User:
    user = somebody(Role.OFFICER)
    User.objects.filter(pk=user.pk).update(phone=PHONE, email=EMAIL, name="Nguyễn Thị Hạnh")
    user.refresh_from_db()
    return user


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def ask(client, viewer: User, subject: User, **about: str):
    client.force_login(viewer)
    sent = {"field": "User.phone", "purpose": "task", "typed": "", **about}
    return client.post(reverse("accounts:look", args=[subject.pk]), sent)


@pytest.mark.parametrize("role", Role)
def test_only_posts_that_have_to_reach_people_may_look(subject, role):
    viewer = somebody(role)
    if role in MAY:
        assert secrets.look(viewer=viewer, subject=subject, field="User.phone", purpose="task") == PHONE
        assert [(look.viewer, look.field, look.purpose) for look in secrets.looks_at(subject)] == [
            (viewer, "User.phone", "task")
        ]
    else:
        with pytest.raises(NotAllowed):
            secrets.look(viewer=viewer, subject=subject, field="User.phone", purpose="task")
        assert not PersonalLook.objects.exists()


def test_nobody_looks_in_another_province(subject, client):
    viewer = somebody(Role.ADMINISTRATOR, THERE)
    with pytest.raises(NotAllowed):
        secrets.look(viewer=viewer, subject=subject, field="User.email", purpose="task")
    assert ask(client, viewer, subject).status_code == 404
    assert not PersonalLook.objects.exists()


def test_who_moved_to_another_province_is_reached_from_there(subject):
    before, after = somebody(Role.HEAD), somebody(Role.HEAD, THERE)
    subject.posts.update(ends_on=YESTERDAY)
    assert secrets.may_look(fresh(before), subject, "User.phone")  # of one whose posts all ended, where they were
    services.post_give(user=subject, agency=agency_ensure(key="so-tc", province=THERE), role=Role.OFFICER)
    assert not secrets.may_look(fresh(before), subject, "User.phone")
    assert secrets.may_look(fresh(after), subject, "User.phone")


def test_a_post_that_ended_sees_nothing_more(subject, client):
    viewer = somebody(Role.HEAD, ends_on=YESTERDAY)
    assert ask(client, viewer, subject).status_code == 403
    assert not PersonalLook.objects.exists()


@pytest.mark.parametrize("purpose", ["", "   ", " . -"])
def test_a_look_without_a_purpose_is_refused(subject, purpose):
    with pytest.raises(NoPurpose):
        secrets.look(viewer=somebody(Role.HEAD), subject=subject, field="User.phone", purpose=purpose)
    assert not PersonalLook.objects.exists()


def test_a_purpose_may_be_typed_and_must_then_say_something(subject, client):
    viewer = somebody(Role.COORDINATOR)
    answer = ask(client, viewer, subject, purpose="other", typed=" ")
    assert answer.status_code == 422
    assert PHONE not in answer.content.decode()
    assert "Hãy nêu mục đích" in answer.content.decode()
    assert ask(client, viewer, subject, purpose="other", typed="hỏi  về hồ sơ").status_code == 200
    assert PersonalLook.objects.get().purpose == "hỏi về hồ sơ"


def test_the_page_shows_what_was_asked_for_this_once_and_nothing_else(subject, client):
    viewer = somebody(Role.COORDINATOR)
    answer = ask(client, viewer, subject)
    page = answer.content.decode()
    assert PHONE in page
    assert EMAIL not in page
    assert MASKED_EMAIL in page
    assert "no-store" in answer["Cache-Control"]
    again = client.get(reverse("accounts:person", args=[subject.pk])).content.decode()
    assert PHONE not in again
    assert MASKED_PHONE in again


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COOPERATIVE}))
def test_a_page_holds_no_value_that_is_masked(subject, client, role):
    client.force_login(somebody(role))
    page = client.get(reverse("accounts:person", args=[subject.pk])).content.decode()
    assert MASKED_PHONE in page
    assert MASKED_EMAIL in page
    assert PHONE not in page
    assert EMAIL not in page
    assert (reverse("accounts:look", args=[subject.pk]) in page) is (role in MAY)


def test_lists_searches_and_forms_hold_no_value(subject, client):
    client.force_login(somebody(Role.ADMINISTRATOR))
    for address in (
        reverse("accounts:people"),
        f"{reverse('accounts:people')}?q=hanh",
        reverse("accounts:contact", args=[subject.pk]),
        reverse("accounts:rename", args=[subject.pk]),
    ):
        page = client.get(address).content.decode()
        assert PHONE not in page
        assert EMAIL not in page
    for typed in (PHONE, "0912", EMAIL, "so.tay@"):
        found = client.get(reverse("accounts:people"), {"q": typed}).content.decode()
        assert "Nguyễn Thị Hạnh" not in found


def test_history_says_that_they_changed_and_not_to_what(subject):
    chief = somebody(Role.ADMINISTRATOR)
    services.person_contact(user=subject, by=chief, phone="0987654321", email="")
    said = " ".join(change.words for change in person_history(subject, viewer=chief))
    assert "Điện thoại hoặc thư điện tử" in said
    assert "0987654321" not in said
    assert PHONE not in said


def test_nothing_of_a_look_is_logged(subject, client, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # statements with their values, never on in service
    assert ask(client, somebody(Role.HEAD), subject).status_code == 200
    assert ask(client, somebody(Role.VIEWER), subject).status_code == 403
    assert PHONE not in caplog.text


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.ADMINISTRATOR, True), (Role.INSPECTOR, True), (Role.COORDINATOR, False), (Role.HEAD, False)],
)
def test_administrators_and_inspectors_read_who_looked(subject, client, role, told):
    secrets.look(viewer=somebody(Role.ALLIANCE), subject=subject, field="User.phone", purpose="meeting")
    client.force_login(somebody(role))
    page = client.get(reverse("accounts:person", args=[subject.pk])).content.decode()
    assert ("Người alliance: Điện thoại, mời họp" in page) is told


def test_a_look_is_kept_as_it_was(subject):
    secrets.look(viewer=somebody(Role.HEAD), subject=subject, field="User.phone", purpose="task")
    for change in (lambda: PersonalLook.objects.update(purpose="khác"), lambda: PersonalLook.objects.all().delete()):
        with pytest.raises(DatabaseError, match=r"[Cc]annot"), transaction.atomic():
            change()
    assert PersonalLook.objects.get().purpose == "task"


def send(client, subject: User, **about: str):
    return client.post(reverse("accounts:contact", args=[subject.pk]), about)


def test_an_administrator_enters_replaces_and_removes(subject, client):
    client.force_login(somebody(Role.ADMINISTRATOR))
    assert send(client, subject, phone="+84 912.345-699", email="").status_code == 302
    assert (fresh(subject).phone, fresh(subject).email) == ("+84912345699", EMAIL)
    assert send(client, subject, email_remove="on").status_code == 302
    assert (fresh(subject).phone, fresh(subject).email) == ("+84912345699", "")


@pytest.mark.parametrize("typed", ["1234567", "0912x345612", "1" * 16, "9+12345678"])
def test_a_telephone_number_that_is_none_is_refused(subject, client, typed):
    client.force_login(somebody(Role.ADMINISTRATOR))
    answer = send(client, subject, phone=typed)
    assert answer.status_code == 422
    assert "8 đến 15 chữ số" in answer.content.decode()
    assert fresh(subject).phone == PHONE


def test_only_administrators_enter_them(subject):
    with pytest.raises(NotAdministrator):
        services.person_contact(user=subject, by=somebody(Role.COORDINATOR), phone="0987654321")
