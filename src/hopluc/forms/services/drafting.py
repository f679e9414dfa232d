"""Drafts of new versions: begun from the one in force, changed part by part, published or dropped. Each service is one transaction.

Every draft that is kept holds together. Each change is another row, whose id tells who was faster.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies_held, may, realm
from hopluc.core.history import acting
from hopluc.forms.errors import DraftChanged, FormOfAll, FormOfAnother, NoDraft, NotYourForms, NoVersion
from hopluc.forms.models import Form, FormVersion
from hopluc.forms.services.definitions import version_draft, version_publish

Json = Any
CHANGE = "change forms"  # a right


@transaction.atomic
def draft_begin(*, form: Form, by: User) -> FormVersion:
    """The draft that is there, or a new one from the version in force, else from the newest.

    Of a form of the whole country a province has a copy, made here; its draft is begun. Raises NotYourForms, FormOfAnother, NoVersion.
    """
    own = form if changes(form, by) else _copy(form, by)
    Form.objects.select_for_update().get(pk=own.pk)
    if known := draft_of(own):
        return known
    today = localdate()
    source = _beginning(own, today) or _beginning(form, today)
    if source is None:
        raise NoVersion(form=form, day=f"{today:%d/%m/%Y}")
    return _drafted(own, source.schema, today, None, source.source, by)


def _beginning(form: Form, today: date) -> FormVersion | None:
    return (
        FormVersion.objects.published(on=today).filter(form=form).first() or form.versions.order_by("-number").first()
    )


def changes(form: Form, by: User) -> bool:
    """Whether somebody may change this very form: that of their province; that of the whole country at an office of the centre."""
    if form.province_id is None:
        return any(each.province_id is None for each in agencies_held(by, CHANGE))
    own = realm(by, CHANGE)
    return own.everywhere or form.province_id in own.provinces


def _copy(form: Form, by: User) -> Form:
    """The province's own form, empty at first. Raises NotYourForms, FormOfAnother."""
    province = next((each.province for each in agencies_held(by, CHANGE) if each.province), None)
    if province is None:
        raise NotYourForms
    if form.province_id is not None:
        raise FormOfAnother(form=form, province=form.province)
    about = {
        "code": f"{form.code}-{province.key.replace('.', '-')}",
        "title_vi": form.title_vi,
        "title_en": form.title_en,
    }
    copy, _made = Form.objects.get_or_create(copied_from=form, province=province, defaults=about)
    return copy


@transaction.atomic
def draft_change(*, form: Form, seen: int, schema: Json, by: User) -> FormVersion:
    """Other content; `seen` is the id of the draft that somebody had before them. Raises FlawedForm, and as `_locked` does."""
    draft = _locked(form, seen, by)
    return _drafted(form, schema, draft.starts_on, draft.ends_on, draft.source, by)


@transaction.atomic
def draft_state(
    *, form: Form, seen: int, title_vi: str, title_en: str, starts_on: date, ends_on: date | None, source: str, by: User
) -> FormVersion:
    """What it is called, from when to when it holds and who says so. Raises ValidationError, and as `_locked` does."""
    draft = _locked(form, seen, by)
    named = Form(code=form.code, title_vi=title_vi, title_en=title_en or title_vi)
    return _drafted(named, draft.schema, starts_on, ends_on, source, by)


@transaction.atomic
def draft_publish(*, form: Form, seen: int, by: User) -> FormVersion:
    """From now on new filings of its days are made on it. Raises as `_locked` does."""
    draft = _locked(form, seen, by)
    version_publish(version=draft, by=by)
    return draft


@transaction.atomic
def draft_drop(*, form: Form, seen: int, by: User) -> None:
    """Forget the draft. Raises as `_locked` does."""
    draft = _locked(form, seen, by)
    with acting(by.pk, act="form.dropped"):
        draft.delete()


def draft_of(form: Form) -> FormVersion | None:
    return form.versions.filter(published_at=None).select_related("form").order_by("-number").first()


def _locked(form: Form, seen: int, by: User) -> FormVersion:
    """Raises NotYourForms, FormOfAnother, FormOfAll, NoDraft, DraftChanged."""
    locked = Form.objects.select_for_update(of=("self",)).select_related("province").get(pk=form.pk)
    _check(locked, by)
    draft = draft_of(form)
    if draft is None:
        raise NoDraft(form=form)
    if draft.pk != seen:
        raise DraftChanged(form=form)
    return draft


def _drafted(form: Form, schema: Json, starts_on: date, ends_on: date | None, source: str, by: User) -> FormVersion:
    return version_draft(
        code=form.code, title_vi=form.title_vi, title_en=form.title_en, schema=schema, starts_on=starts_on,
        ends_on=ends_on, source=source, by=by,
    )  # fmt: skip


def _check(form: Form, by: User) -> None:
    if not may(by, CHANGE):
        raise NotYourForms
    if not changes(form, by):
        raise FormOfAnother(form=form, province=form.province) if form.province else FormOfAll(form=form)
