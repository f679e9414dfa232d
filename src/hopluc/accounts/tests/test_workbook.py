"""A workbook comes back: all of it is saved or nothing, one act of history, and taken back while nobody built on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hopluc.accounts.errors import AppliedAlready, CannotUndo, NotTheWorkbook, WorkbookHasErrors, WorkbookMoved
from hopluc.accounts.models import PeopleImport, Post, Role, User
from hopluc.accounts.selectors import person_history
from hopluc.accounts.services import administrator_create, post_change, post_give
from hopluc.accounts.workbook import receiving
from hopluc.accounts.workbook.applying import hashed, workbook_apply
from hopluc.accounts.workbook.columns import MARK
from hopluc.accounts.workbook.exporting import Book, book_of
from hopluc.accounts.workbook.gathering import facts_for
from hopluc.accounts.workbook.presenting import lines_of
from hopluc.accounts.workbook.receiving import checked, workbook_receive
from hopluc.accounts.workbook.undoing import import_undo
from hopluc.accounts.workbook.writing import write_workbook
from hopluc.core.bounded import bounded
from hopluc.core.tests.here import bounded_here
from hopluc.units.models import Agency, Succession
from hopluc.units.services import agency_ensure

HERE, THERE = "tỉnh Thái Nguyên", "tỉnh Lạng Sơn"


def somebody(username: str, name: str, role: Role, *, province: str = HERE) -> User:
    user = User.objects.create_user(username=username, name=name, password=username)
    post_give(user=user, agency=agency_ensure(key="so-tc", province=province), role=role)
    return user


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(receiving, "bounded", bounded_here)


@pytest.fixture
def chief(db) -> User:
    for key in ("so-nv", "so-ct"):
        agency_ensure(key=key, province=HERE)
    somebody("lang", "Hoàng Lạng", Role.ADMINISTRATOR, province=THERE)
    somebody("an", "Trần An", Role.OFFICER)
    return somebody("quantri", "Nguyễn Thị Ánh", Role.ADMINISTRATOR)


def book(by: User) -> Book:
    return book_of(facts_for(User.objects.get(pk=by.pk)))


def send(made: Book, by: User) -> PeopleImport:
    return workbook_receive(upload=SimpleUploadedFile("a.xlsx", write_workbook(made)), by=by)


def edited(made: Book, *, agencies=(), people=(), changes=None) -> Book:
    """With new rows, and with other cells in old ones, by code or user name."""
    changes = changes or {}
    blank = {MARK: ""}
    return replace(
        made,
        agencies=(
            *({**cells, **changes.get(cells.get("key"), {})} for cells in made.agencies),
            *({**blank, **row} for row in agencies),
        ),
        people=(
            *({**cells, **changes.get(cells["username"], {})} for cells in made.people),
            *({**blank, **row} for row in people),
        ),
    )


def apply(sent: PeopleImport, by: User) -> list[tuple[str, str, str]]:
    outcome, _facts = checked(sent, by=by)
    assert outcome.issues == ()
    return workbook_apply(sent=sent, seen=outcome.fingerprint, by=by)


BINH = {"username": "binh", "name": "Bình", "agency": "Ban Mới", "role": "Cán bộ", "phone": "0912 345 678"}
MERGED = {
    "agencies": [{"name": "Ban Mới", "kind": "so-xd", "unit": "19", "starts": "01/03/2026"}],
    "people": [{**BINH, "starts": "01/03/2026"}],
}


def merged(made: Book) -> Book:
    """A department ends, a new one takes over; somebody new comes there, somebody known gets another title."""
    nv = next(cells["key"] for cells in made.agencies if cells["key"].startswith("so-nv"))
    ended = {"ends": "28/02/2026", "successor": "Ban Mới", "basis": "Nghị quyết 9"}
    return edited(made, **MERGED, changes={nv: ended, "an": {"title": "Trưởng phòng"}})


def everything() -> list[list]:
    """All that an import may touch."""
    return [
        sorted(Agency.objects.values_list("key", "name", "validity", "own", "parent", "sort_key"), key=str),
        sorted(Succession.objects.values_list("source", "target", "on", "field", "basis", "own")),
        sorted(User.objects.values_list("username", "name", "phone", "email", "password")),
        sorted(Post.objects.values_list("pk", "user", "agency", "role", "title", "starts_on", "ends_on"), key=str),
    ]


def test_all_of_it_is_saved_as_one_act(chief):
    passwords = apply(send(merged(book(chief)), chief), chief)
    old, new = Agency.objects.get(body__key="so-nv"), Agency.objects.get(name="Ban Mới")
    assert old.validity.upper == date(2026, 3, 1)
    assert new.own
    assert new.unit.full_name == HERE
    assert list(old.successors.values_list("target", "on")) == [(new.pk, date(2026, 3, 1))]
    binh = User.objects.get(username="binh")
    assert [(name, binh.check_password(password)) for _username, name, password in passwords] == [("Bình", True)]
    assert binh.phone == "0912 345 678"
    assert binh.temporary_since
    assert list(binh.posts.values_list("agency", "role", "starts_on")) == [(new.pk, "officer", date(2026, 3, 1))]
    assert Post.objects.get(user__username="an").title == "Trưởng phòng"
    events = [
        event
        for app, model in (("accounts", "UserEvent"), ("accounts", "PostEvent"), ("units", "AgencyEvent"))
        for event in apps.get_model(app, model).objects.filter(pgh_context__metadata__act="people.imported")
    ]
    assert len(events) == 5
    assert len({event.pgh_context_id for event in events}) == 1
    assert {event.pgh_context.metadata["user"] for event in events} == {chief.pk}


def test_nothing_of_the_rows_is_kept_afterwards(chief):
    sent = send(merged(book(chief)), chief)
    passwords = apply(sent, chief)
    sent.refresh_from_db()
    assert sent.rows == {}
    assert passwords[0][2] not in str(sent.made)


def test_sent_back_unedited_it_changes_nothing(chief):
    outcome, _facts = checked(send(book(chief), chief), by=chief)
    assert outcome.issues == ()
    assert outcome.is_empty


def test_after_an_import_the_next_download_changes_nothing(chief):
    apply(send(merged(book(chief)), chief), chief)
    outcome, _facts = checked(send(book(chief), chief), by=chief)
    assert outcome.is_empty


def test_one_wrong_cell_keeps_all_from_being_saved(chief):
    wrong = edited(merged(book(chief)), people=[{**BINH, "username": "lang"}])
    sent, before = send(wrong, chief), everything()
    outcome, _facts = checked(sent, by=chief)
    assert [issue.code for issue in outcome.issues] == ["S341"]
    with pytest.raises(WorkbookHasErrors):
        workbook_apply(sent=sent, seen=outcome.fingerprint, by=chief)
    assert everything() == before


def test_only_what_was_shown_is_saved_and_only_once(chief):
    sent = send(merged(book(chief)), chief)
    with pytest.raises(WorkbookMoved):
        workbook_apply(sent=sent, seen="", by=chief)
    apply(sent, chief)
    with pytest.raises(AppliedAlready):
        workbook_apply(sent=sent, seen="", by=chief)


def test_whoever_lost_the_right_saves_nothing(chief):
    sent = send(merged(book(chief)), chief)
    seen = checked(sent, by=chief)[0].fingerprint
    chief.posts.update(role=Role.VIEWER)
    with pytest.raises(WorkbookHasErrors):
        workbook_apply(sent=sent, seen=seen, by=User.objects.get(pk=chief.pk))


def test_undone_everything_is_as_before(chief):
    before = everything()
    sent = send(merged(book(chief)), chief)
    apply(sent, chief)
    assert everything() != before
    import_undo(sent=sent, by=chief)
    assert everything() == before
    with pytest.raises(CannotUndo):
        import_undo(sent=sent, by=chief)
    assert person_history(User.objects.get(username="an"), viewer=chief)


def test_a_post_moved_to_a_new_agency_and_back_keeps_its_history(chief):
    sent = send(edited(book(chief), agencies=MERGED["agencies"], changes={"an": {"agency": "Ban Mới"}}), chief)
    apply(sent, chief)
    import_undo(sent=sent, by=chief)
    assert len(person_history(User.objects.get(username="an"), viewer=chief)) == 4


def sign_in(chief):
    User.objects.filter(username="binh").update(last_login="2026-03-02T00:00Z")


def change_post(chief):
    post = Post.objects.get(user__username="an")
    post_change(post=post, agency=post.agency, role=Role.VIEWER, by=chief)


def build_on(chief):
    post_give(user=chief, agency=Agency.objects.get(name="Ban Mới"), role=Role.OFFICER)


def rename(chief):
    Agency.objects.filter(name="Ban Mới").update(name="Ban Khác")


@pytest.mark.parametrize("since", [sign_in, change_post, build_on, rename])
def test_what_was_built_on_is_not_undone(chief, since):
    sent = send(merged(book(chief)), chief)
    apply(sent, chief)
    since(chief)
    before = everything()
    with pytest.raises(CannotUndo):
        import_undo(sent=sent, by=chief)
    assert everything() == before


def test_agencies_may_change_places_on_the_same_day(chief):
    """What one leaves, another takes: a kind ends and begins again as a new agency."""
    made = book(chief)
    ct = next(cells for cells in made.agencies if cells["key"].startswith("so-ct"))
    again = {"name": "Sở Công Thương mới", "kind": "so-ct", "unit": "19", "starts": "01/03/2026"}
    ended = {"ends": "28/02/2026", "successor": "Sở Công Thương mới", "basis": "Nghị quyết 9"}
    apply(send(edited(made, agencies=[again], changes={ct["key"]: ended}), chief), chief)
    earlier, later = Agency.objects.filter(body__key="so-ct").order_by("validity")
    assert (earlier.key, later.key) == (ct["key"], f"{ct['key']}/2")
    assert earlier.validity.upper == later.validity.lower


def test_queries_do_not_grow_with_the_rows(chief, django_assert_max_num_queries):
    made = book(chief)
    rows = [{**BINH, "username": f"nguoi{turn}", "agency": made.agencies[0]["key"]} for turn in range(200)]
    sent = send(edited(made, people=rows), chief)
    seen = checked(sent, by=chief)[0].fingerprint
    with django_assert_max_num_queries(30):
        assert len(workbook_apply(sent=sent, seen=seen, by=chief)) == 200


def test_whoever_looks_after_the_whole_installation_has_all_provinces(chief):
    root = administrator_create(username="goc", name="Gốc", password="ba con tàu giấy")
    made = book(root)
    assert {"lang", "quantri", "goc"} <= {cells["username"] for cells in made.people}
    outcome, _facts = checked(send(made, root), by=root)
    assert outcome.issues == ()
    assert outcome.is_empty


def test_the_preview_says_what_an_administrator_would_overlook(chief):
    nv = Agency.objects.get(body__key="so-nv").key
    User.objects.filter(username="an").update(is_active=False)
    rows = [{"username": "an", "name": "Trần An", "agency": "Sở Công Thương tỉnh Thái Nguyên", "role": "Cán bộ"}]
    outcome, facts = checked(
        send(edited(book(chief), people=rows, changes={nv: {"ends": "28/02/2026"}}), chief), by=chief
    )
    said = [line.details[-1] if line.sheet == "Cơ quan" else line.details[0] for line in lines_of(outcome, facts)]
    assert said == ["Chưa có cơ quan nào kế thừa nhiệm vụ.", "Tài khoản đang khóa: hãy mở lại ở trang của người đó."]


def test_rows_of_other_provinces_are_not_in_it(chief):
    made = str(book(chief))
    assert "Thái Nguyên" in made
    assert "Lạng" not in made


def test_a_temporary_password_is_hashed_in_full_at_the_first_sign_in(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user = User.objects.create(username="an", name="An", password=hashed("kmwp-3tfh-9xqd"))
    quick = user.password
    assert user.check_password("kmwp-3tfh-9xqd")
    assert User.objects.get().password != quick


def test_what_waited_is_forgotten_when_something_else_is_sent(chief):
    first = send(book(chief), chief)
    send(book(chief), chief)
    assert not PeopleImport.objects.filter(pk=first.pk).exists()


def test_another_file_is_refused_and_nothing_kept(chief):
    with pytest.raises(NotTheWorkbook):
        workbook_receive(upload=SimpleUploadedFile("a.csv", b"Ten;Tuoi\nAn;3\n"), by=chief)
    assert not PeopleImport.objects.exists()


def test_the_pages_of_the_journey(chief, client, monkeypatch):
    monkeypatch.setattr(receiving, "bounded", bounded)
    client.force_login(chief)
    workbook = SimpleUploadedFile("tep.xlsx", write_workbook(merged(book(chief))))
    address = client.post(reverse("accounts:import"), {"workbook": workbook})["Location"]
    page = client.get(address)
    assert "Ban Mới" in page.content.decode()
    pk = PeopleImport.objects.get().pk
    answer = client.post(reverse("accounts:import_apply", args=[pk]), {"seen": page.context["seen"]})
    [(_username, _name, password)] = answer.context["passwords"]
    assert "no-store" in answer["Cache-Control"]
    assert User.objects.get(username="binh").check_password(password)
    assert password not in client.get(address).content.decode()
    client.post(reverse("accounts:import_undo", args=[pk]))
    assert not User.objects.filter(username="binh").exists()
