"""Writing definitions of forms: drafts, and versions that never change again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.forms.errors import FlawedForm, NoVersion, VersionPublished
from hopluc.forms.models import Form, FormVersion
from hopluc.forms.schema.reading import Flawed, read_schema

Json = Any


@transaction.atomic
def version_draft(
    *,
    code: str,
    title_vi: str,
    title_en: str,
    schema: Json,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
    by: User | None = None,
) -> FormVersion:
    """A new version of a form, and the form where it is new; the draft before it is replaced. Raises FlawedForm."""
    try:
        read_schema(schema)
    except Flawed as error:
        raise FlawedForm(form=title_vi, flaws="; ".join(map(str, error.flaws))) from error
    with acting(by.pk if by else None, act="form.drafted"):
        form, _made = Form.objects.update_or_create(code=code, defaults={"title_vi": title_vi, "title_en": title_en})
        Form.objects.select_for_update().get(pk=form.pk)
        form.versions.filter(published_at=None).delete()
        last = form.versions.order_by("-number").first()
        version = FormVersion(
            form=form,
            number=last.number + 1 if last else 1,
            starts_on=starts_on,
            ends_on=ends_on,
            source=source,
            schema=schema,
        )
        version.full_clean()
        version.save()
    return version


@transaction.atomic
def version_publish(*, version: FormVersion, by: User | None = None) -> None:
    """From now on it never changes. Raises VersionPublished."""
    locked = FormVersion.objects.select_for_update(of=("self",)).select_related("form").get(pk=version.pk)
    if locked.published_at:
        raise VersionPublished(number=locked.number, form=locked.form)
    with acting(by.pk if by else None, act="form.published"):
        locked.published_at, locked.published_by = timezone.now(), by
        locked.save(update_fields=["published_at", "published_by"])


def version_in_force(code: str, *, on: date) -> FormVersion:
    """The published version that a day's filings are made on. Raises NoVersion."""
    found = FormVersion.objects.published(on=on).filter(form__code=code).select_related("form").first()
    if found is None:
        raise NoVersion(form=Form.objects.filter(code=code).first() or code, day=f"{on:%d/%m/%Y}")
    return found
