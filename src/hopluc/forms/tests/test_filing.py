"""A filing from its opening to its approval: saved as typed, nothing lost between two people, bound to what was seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hopluc.accounts.models import User
from hopluc.forms import events
from hopluc.forms.errors import (
    ChangedMeanwhile,
    FilingLocked,
    FlawedForm,
    NoReason,
    NoSuchField,
    NoSuchUntil,
    NotComplete,
    NotWaiting,
    NotYourFiling,
    NotYourTurn,
    NoVersion,
    TooManyRows,
    UnfitValue,
    ValuesMoved,
    VersionPublished,
)
from hopluc.forms.filing import approvals, faults_of, prefilled, seal
from hopluc.forms.loading import forms_load
from hopluc.forms.models import Decision, Filing, FormVersion
from hopluc.forms.selectors import filings_deciding, filings_visible, history, powers
from hopluc.forms.services import (
    Known,
    Period,
    Subject,
    filing_approve,
    filing_open,
    filing_reopen,
    filing_return,
    filing_submit,
    filing_withdraw,
    lapsed_close,
    row_add,
    row_remove,
    row_restore,
    value_save,
    values_apply,
    version_draft,
    version_in_force,
    version_publish,
)
from hopluc.forms.tests.conftest import YEAR
from hopluc.forms.tests.making import SOUND
from tests.examples import examples

TODAY = localdate()
State = Filing.State


def save(filing, path, typed, by, seen=0):
    return value_save(filing=filing, path=path, typed=typed, seen=seen, by=by)


def again(filing) -> Filing:
    return Filing.objects.get(pk=filing.pk)


def completed(filing, by):
    for path, typed in {"total": "5", "men": "2", "women": "3", "state": "Đã xong"}.items():
        save(filing, path, typed, by, again(filing).marks.get(path, {}).get("revision", 0))
    return again(filing)


def approved(filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    for by in (office.head, office.binh):
        filing_approve(filing=filing, seen=seal(again(filing))[0], by=User.objects.get(pk=by.pk))
    return again(filing)


# Definitions


def test_a_published_version_never_changes(version):
    for change in (lambda: FormVersion.objects.filter(pk=version.pk).update(source="x"), version.delete):
        with pytest.raises(ProgrammingError, match="forms_formversion"), transaction.atomic():
            change()
    with pytest.raises(VersionPublished):
        version_publish(version=version)


def test_a_new_version_leaves_filings_on_theirs(filing):
    made = version_draft(
        code="bao-cao", title_vi="Báo cáo thử", title_en="Trial", schema=SOUND, starts_on=date(2026, 6, 1)
    )
    assert version_in_force("bao-cao", on=date(2026, 12, 31)).number == 1  # a draft is not in force
    version_publish(version=made)
    assert version_in_force("bao-cao", on=date(2026, 12, 31)).number == 2
    assert version_in_force("bao-cao", on=date(2026, 5, 31)).number == 1
    assert again(filing).version.number == 1


def test_an_unsound_definition_makes_no_version(db):
    with pytest.raises(FlawedForm, match="sections"):
        version_draft(code="x", title_vi="X", title_en="X", schema={}, starts_on=TODAY)
    assert not FormVersion.objects.filter(form__code="x").exists()


def test_the_forms_that_ship_are_sound_and_loaded_once(db):
    assert forms_load() >= 1
    assert forms_load() == 0
    version = version_in_force("cap-nhat-nhiem-vu", on=TODAY)
    assert set(version.read.fields) >= {"state", "line", "percent", "figure", "document"}


# Values


def test_a_filing_is_opened_once_and_filled_with_what_is_known(office, version):
    about = {"code": "bao-cao", "agency": office.agency, "period": YEAR, "subject": Subject("plans.task", 7, "Rà soát")}
    first = filing_open(**about, known={"total": Known(9, "Báo cáo năm 2025")})
    assert filing_open(**about, known={"total": Known(8, "x")}).pk == first.pk
    assert dict(prefilled(again(first))) == {"total": "Báo cáo năm 2025"}
    save(first, "total", "10", office.an)
    assert dict(prefilled(again(first))) == {}
    with pytest.raises(NoSuchField), transaction.atomic():
        filing_open(**about | {"subject": None}, known={"boys": Known(1, "x")})


def test_no_form_in_force_is_said(office):
    with pytest.raises(NoVersion, match=r"31/12/2026"):
        filing_open(code="bao-cao-khac", agency=office.agency, period=YEAR)


def test_what_is_typed_is_saved_with_who_and_when(filing, office):
    saved = save(filing, "revenue", "1.250.000", office.an)
    assert saved.shown == "1.250.000"
    mark = again(filing).marks["revenue"]
    assert (again(filing).values["revenue"], mark["by"], mark["revision"]) == (1250000, office.an.pk, saved.revision)
    save(filing, "revenue", "", office.an, saved.revision)
    assert "revenue" not in again(filing).values


def test_two_people_at_one_field_see_both_values_and_lose_neither(filing, office):
    save(filing, "note", "của An", office.an)
    with pytest.raises(ChangedMeanwhile, match="Trần An") as stale:
        save(filing, "note", "của Chi", office.chi)
    assert (stale.value.about["theirs"], stale.value.about["mine"]) == ("của An", "của Chi")
    save(filing, "men", "2", office.chi)  # another field is nobody's concern
    save(filing, "note", "của An", office.chi)  # and the same words are no conflict
    save(filing, "note", "của Chi", office.chi, stale.value.revision)
    assert again(filing).values["note"] == "của Chi"


@pytest.mark.parametrize(
    "path", ["boys", "capital", "capital.theirs.amount", "members.r1.name", "members", "boys#reason", ""]
)
def test_only_fields_of_the_form_are_saved(filing, office, path):
    with pytest.raises(NoSuchField):
        save(filing, path, "1", office.an)


def test_only_officers_of_the_agency_fill_in(filing, office):
    for who in (office.lan, office.binh):
        with pytest.raises(NotYourFiling):
            save(filing, "men", "1", who)
    with pytest.raises(UnfitValue, match=r"“x” is no whole number|“x” không"):
        save(filing, "men", "x", office.an)


def test_rows_are_added_taken_away_and_brought_back(filing, office):
    keys = [row_add(filing=filing, table="members", by=office.an) for _turn in range(3)]
    save(filing, f"members.{keys[1]}.name", "Nguyễn Văn A", office.an)
    row_remove(filing=filing, table="members", row=keys[1], by=office.an)
    assert again(filing).values == {"members": [keys[0], keys[2]]}
    row_restore(filing=filing, table="members", row=keys[1], by=office.an)
    assert again(filing).values == {"members": keys, f"members.{keys[1]}.name": "Nguyễn Văn A"}
    for _turn in range(2):
        row_add(filing=filing, table="members", by=office.an)
    with pytest.raises(TooManyRows):
        row_add(filing=filing, table="members", by=office.an)
    with pytest.raises(NoSuchField):
        row_add(filing=filing, table="capital", by=office.an)


def test_many_values_are_taken_over_as_one_act_or_not_at_all(filing, office):
    assert values_apply(filing=filing, values={"men": 2, "women": 3}, revision=0, by=office.an) == 2
    with pytest.raises(ValuesMoved):
        values_apply(filing=filing, values={"men": 7}, revision=0, by=office.an)
    assert again(filing).values == {"men": 2, "women": 3}
    assert again(filing).revision == 1


# Decisions


def test_submitting_names_what_is_missing(filing, office):
    save(filing, "men", "2", office.an)
    with pytest.raises(NotComplete) as refused:
        filing_submit(filing=filing, by=office.an)
    assert [fault.path for fault in refused.value.faults] == ["total", "state"]
    assert again(filing).state == State.DRAFT


def test_it_is_signed_then_approved_then_locked(filing, office):
    heard = []
    events.approved.connect(lambda filing, **_: heard.append(filing.pk), weak=False, dispatch_uid="test")
    done = approved(filing, office)
    events.approved.disconnect(dispatch_uid="test")
    assert (done.state, heard) == (State.APPROVED, [filing.pk])
    assert [(one.verb, one.level) for one in done.decisions.all()] == [("submit", None), ("approve", 0), ("approve", 1)]
    assert {one.sha256 for one in done.decisions.all()} == {seal(done)[0]}
    with pytest.raises(FilingLocked):
        save(done, "men", "3", office.an)
    with pytest.raises(NotWaiting):
        filing_approve(filing=done, seen=seal(done)[0], by=office.binh)


def test_each_level_waits_for_its_turn_and_sees_its_list(filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    assert [one.pk for one in filings_deciding(office.head)] == [filing.pk]
    assert filings_deciding(office.binh) == []
    for who in (office.binh, office.an, office.lan):
        with pytest.raises(NotYourTurn):
            filing_approve(filing=filing, seen=seal(filing)[0], by=who)


def test_nobody_approves_values_that_they_did_not_see(filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    seen = seal(again(filing))[0]
    filing_withdraw(filing=filing, by=office.an)
    save(filing, "note", "thêm", office.an)
    filing_submit(filing=filing, by=office.an)
    with pytest.raises(ValuesMoved):
        filing_approve(filing=filing, seen=seen, by=office.head)


def test_returning_needs_a_reason_and_opens_it_again(filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    with pytest.raises(NoReason):
        filing_return(filing=filing, reason=" .", by=office.head)
    filing_return(filing=filing, reason="Thiếu vốn vay", by=office.head)
    assert again(filing).state == State.RETURNED
    save(filing, "note", "đã bổ sung", office.an)
    assert "Thiếu vốn vay" in {line.reason for line in history(again(filing))}


def test_a_change_reopens_only_the_sections_that_it_touched(filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    filing_approve(filing=filing, seen=seal(again(filing))[0], by=office.head)
    filing_return(filing=filing, reason="Sửa doanh thu", by=office.binh)
    save(filing, "revenue", "5", office.an)
    assert approvals(again(filing), 0).keys() == {"people"}
    filing_submit(filing=filing, by=office.an)
    assert again(filing).level == 0
    filing_approve(filing=filing, seen=seal(again(filing))[0], by=office.head)
    filing_return(filing=filing, reason="Xem lại lần nữa", by=office.binh)
    filing_submit(filing=filing, by=office.an)  # nothing changed: the head has signed just this
    assert again(filing).level == 1


def test_an_exception_is_for_a_time_and_on_record(filing, office):
    done, until = approved(filing, office), TODAY + timedelta(days=3)
    with pytest.raises(NotYourTurn):
        filing_reopen(filing=done, until=until, reason="Sửa số", by=office.head)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=61)):
        with pytest.raises(NoSuchUntil):
            filing_reopen(filing=done, until=day, reason="Sửa số", by=office.binh)
    filing_reopen(filing=done, until=until, reason="Sửa số", by=office.binh)
    assert powers(again(filing), office.an, today=until).fill
    assert not powers(again(filing), office.an, today=until + timedelta(days=1)).fill
    lapsed_close(today=until)
    assert again(filing).state == State.REOPENED
    lapsed_close(today=until + timedelta(days=1))
    assert (again(filing).state, again(filing).open_until) == (State.APPROVED, None)


def test_an_exception_with_changes_waits_for_approval_again(filing, office):
    done, until = approved(filing, office), TODAY + timedelta(days=3)
    filing_reopen(filing=done, until=until, reason="Sửa số", by=office.binh)
    save(done, "revenue", "5", office.an)
    lapsed_close(today=until + timedelta(days=1))
    assert again(filing).state == State.REOPENED
    filing_submit(filing=done, by=office.an)
    assert (again(filing).state, again(filing).level) == (State.WAITING, 0)


def test_decisions_are_never_changed(filing, office):
    approved(filing, office)
    for change in (lambda: Decision.objects.update(reason="x"), lambda: Decision.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="forms_decision"), transaction.atomic():
            change()


def test_who_sees_a_filing(filing, office):
    seen = {who.name for who in User.objects.all() if filings_visible(who).exists()}
    assert seen == {"Trần An", "Lê Chi", "Phạm Quốc", "Trần Bình"}


def test_history_counts_the_saves_of_a_day(filing, office):
    completed(filing, office.an)
    [line] = history(again(filing))
    assert line.by == "Trần An"
    assert "4" in line.words


@pytest.mark.django_db
@pytest.mark.usefixtures("version")
def test_no_order_of_saves_loses_a_value(office, filing):
    """Whatever two people type in whatever order: each save either stands or is given back with the other's."""

    class Two(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.seen = {office.an.pk: {}, office.chi.pk: {}}
            self.stands = {path: again(filing).values.get(path) for path in ("note", "men")}

        @rule(
            who=st.sampled_from([office.an, office.chi]),
            path=st.sampled_from(["note", "men"]),
            number=st.integers(1, 5),
        )
        def save(self, who, path, number):
            try:
                saved = save(filing, path, str(number), who, self.seen[who.pk].get(path, 0))
            except ChangedMeanwhile as stale:
                assert stale.about["theirs"] == str(self.stands[path])  # noqa: PT017
                assert stale.about["mine"] == str(number)  # noqa: PT017
                self.seen[who.pk][path] = stale.revision
            else:
                self.stands[path] = number if path == "men" else str(number)
                self.seen[who.pk][path] = saved.revision

        @invariant()
        def what_was_accepted_stands(self):
            values = again(filing).values
            assert {path: values.get(path) for path in self.stands} == self.stands

    Two.TestCase.settings = settings(
        max_examples=examples(15), stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run = Two.TestCase("runTest")
    run.runTest()


def test_periods_are_kept_apart(filing, office):
    other = filing_open(
        code="bao-cao", agency=office.agency, period=Period("2027", date(2027, 1, 1), date(2027, 12, 31))
    )
    assert other.pk != filing.pk
    assert faults_of(other)
