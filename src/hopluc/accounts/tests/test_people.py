"""People of a province are changed by its administrators alone, and never so that nobody is left to do it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from hopluc.accounts import services
from hopluc.accounts.errors import LastAdministrator, NoSuchAgency, NoSuchProvince, NotAdministrator, PostElsewhere
from hopluc.accounts.models import Role, User
from hopluc.accounts.rights import administers, may
from hopluc.accounts.selectors import agencies_administered, people_listed, person_history
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure

HERE, THERE = "tỉnh Thái Nguyên", "tỉnh Lạng Sơn"
YESTERDAY = localdate() - timedelta(days=1)


def somebody(username: str, name: str, *, role: Role, province: str = HERE) -> User:
    user = User.objects.create_user(username=username, name=name, password=username)
    services.post_give(user=user, agency=agency_ensure(key="so-tc", province=province), role=role)
    return user


@pytest.fixture
def chief(db) -> User:
    return somebody("quantri", "Nguyễn Thị Ánh", role=Role.ADMINISTRATOR)


def create(by: User, *, province: str = HERE) -> tuple[User, str]:
    return services.person_create(
        username="an",
        name="Trần An",
        agency=agency_ensure(key="lmhtx-tinh", province=province),
        role=Role.OFFICER,
        by=by,
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_an_account_comes_with_a_post_and_a_password_that_opens_it(chief):
    user, password = create(chief)
    assert user.check_password(password)
    assert [str(post.agency) for post in user.posts.all()] == ["Liên minh Hợp tác xã tỉnh Thái Nguyên"]
    assert may(fresh(user), "see")
    assert not may(fresh(user), "draft")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER, Role.VIEWER])
def test_only_administrators_make_accounts(db, role):
    with pytest.raises(NotAdministrator):
        create(somebody("binh", "Bình", role=role))
    assert not User.objects.filter(username="an").exists()


def test_an_administrator_has_no_say_elsewhere(chief):
    with pytest.raises(NotAdministrator):
        create(chief, province=THERE)
    foreign = somebody("lang", "Lạng", role=Role.OFFICER, province=THERE)
    for act in (services.person_deactivate, services.person_activate, services.password_reset):
        with pytest.raises(NotAdministrator):
            act(user=foreign, by=chief)
    with pytest.raises(NotAdministrator):
        services.post_change(
            post=foreign.posts.get(), agency=agency_ensure(key="so-tc", province=HERE), role=Role.VIEWER, by=chief
        )


def test_an_account_that_opens_another_province_cannot_be_taken_over(chief):
    user, _password = create(chief)
    post = services.post_give(user=user, agency=agency_ensure(key="so-tc", province=THERE), role=Role.ADMINISTRATOR)
    with pytest.raises(PostElsewhere):
        services.password_reset(user=user, by=chief)
    post.ends_on = YESTERDAY
    post.save()
    assert services.password_reset(user=user, by=chief)


def test_the_last_administrator_stays(chief):
    post = chief.posts.get()
    keep = {"post": post, "agency": post.agency, "by": chief}
    with pytest.raises(LastAdministrator):
        services.person_deactivate(user=chief, by=chief)
    with pytest.raises(LastAdministrator):
        services.post_change(**keep, role=Role.VIEWER)
    with pytest.raises(LastAdministrator):
        services.post_change(**keep, role=Role.ADMINISTRATOR, ends_on=localdate() + timedelta(days=9))
    assert fresh(chief).is_active
    assert post.__class__.objects.get().role == Role.ADMINISTRATOR
    somebody("hai", "Hải", role=Role.ADMINISTRATOR)
    services.person_deactivate(user=chief, by=chief)
    assert not fresh(chief).is_active


def test_a_closed_account_signs_nobody_in(chief, client):
    user, password = create(chief)
    services.person_deactivate(user=user, by=chief)
    client.post(reverse("account_login"), {"login": "an", "password": password})
    assert client.get(reverse("home")).status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(chief, client):
    user = somebody("an", "An", role=Role.OFFICER)
    client.force_login(user)
    assert client.get(reverse("work:mine")).status_code == 200
    services.password_reset(user=user, by=chief)
    assert client.get(reverse("work:mine")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("anh", True),
        ("Ánh", True),
        ("ảnh", False),
        ("nguyen anh", True),
        ("quantri", True),
        ("o'x & (|", False),
        ("", True),
    ],
)
def test_people_are_found_with_and_without_marks(chief, typed, found):
    assert (chief in people_listed(viewer=chief, typed=typed)) is found


def test_history_says_what_was_done_and_by_whom(chief):
    user, _password = create(chief)
    services.person_rename(user=user, name="Trần Văn An", by=chief)
    services.person_deactivate(user=user, by=chief)
    history = person_history(user, viewer=chief)
    assert len(history) == 4
    assert "Trần Văn An" in history[1].words
    assert {change.by for change in history} == {"Nguyễn Thị Ánh"}


def test_an_administrator_without_a_province_looks_after_all(db):
    root = services.administrator_create(username="goc", name="Gốc", password="ba con tàu giấy")
    assert administers(fresh(root), agency_ensure(key="so-tc", province=HERE).province_id)
    assert list(agencies_administered(fresh(root), on=date(2026, 1, 1))) == list(Agency.objects.all())
    assert create(fresh(root))


def test_a_first_administrator_of_a_province_may_be_named_loosely(db):
    about = {"password": "ba con tàu giấy"}
    user = services.administrator_create(username="a", name="A", province="thai nguyen", agency="so tai chinh", **about)
    assert str(user.posts.get().agency) == "Sở Tài chính tỉnh Thái Nguyên"
    user = services.administrator_create(username="b", name="B", province="Hà Nội", **about)
    assert str(user.posts.get().agency) == "Ủy ban nhân dân thành phố Hà Nội"
    with pytest.raises(NoSuchProvince):
        services.administrator_create(username="c", name="C", province="Bắc Kạn", **about)
    with pytest.raises(NoSuchAgency):
        services.administrator_create(username="d", name="D", province="Hà Nội", agency="Sở Mơ", **about)
    assert not User.objects.filter(username__in=["c", "d"]).exists()


def test_a_temporary_password_is_shown_once_and_kept_by_no_cache(chief, client):
    client.force_login(chief)
    user = somebody("an", "An", role=Role.OFFICER)
    answer = client.post(reverse("accounts:password_reset", args=[user.pk]))
    shown = next(
        word
        for word in answer.content.decode().replace("<", " ").replace(">", " ").split()
        if fresh(user).check_password(word)
    )
    assert "no-store" in answer["Cache-Control"]
    assert shown not in client.get(reverse("accounts:person", args=[user.pk])).content.decode()


def test_a_post_is_given_from_a_day_on(chief, client):
    user = somebody("an", "An", role=Role.VIEWER)
    client.force_login(chief)
    agency = agency_ensure(key="lmhtx-tinh", province=HERE)
    tomorrow = localdate() + timedelta(days=1)
    about = {"agency": agency.pk, "role": "coordinator", "title": "Phó Chủ tịch"}
    days = {"starts_on": f"{tomorrow:%d/%m/%Y}", "ends_on": f"{YESTERDAY:%d/%m/%Y}"}
    address = reverse("accounts:post_give", args=[user.pk])
    assert client.post(address, {**about, **days}).status_code == 422
    assert client.post(address, {**about, "starts_on": days["starts_on"]}).status_code == 302
    post = user.posts.get(agency=agency)
    assert (post.starts_on, post.ends_on) == (tomorrow, None)
    assert not may(fresh(user), "draft")
    page = client.get(reverse("accounts:person", args=[user.pk])).content.decode()
    assert "Phó Chủ tịch" in page
    assert f"{tomorrow:%d/%m/%Y}" in page
    assert (
        f"{tomorrow:%d/%m/%Y}" in client.get(reverse("accounts:post_change", args=[user.pk, post.pk])).content.decode()
    )
