"""The forms that ship with the program (`data/*.toml`), published as they are. Twice does no harm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from django.db import transaction

from hopluc.forms.models import FormVersion
from hopluc.forms.services import version_draft, version_publish

Json = dict[str, Any]
ABOUT = ("number", "starts_on", "ends_on", "source")  # of a version; the rest is its definition


PACKAGES = ["hopluc.forms"]  # that ship forms in their folder `data`; apps above add themselves


def shipped() -> Iterator[Json]:
    """The forms as their files say them."""
    folders = (files(package) / "data" for package in PACKAGES)
    for path in sorted((each for folder in folders for each in folder.iterdir()), key=lambda each: each.name):
        if path.name.endswith(".toml") and "version" in (read := tomllib.loads(path.read_text(encoding="utf-8"))):
            yield read


@transaction.atomic
def forms_load() -> int:
    """Publish the versions that are not there yet; gives how many."""
    count = 0
    for form in shipped():
        for version in form["version"]:
            if not FormVersion.objects.filter(form__code=form["code"], number=version["number"]).exists():
                _publish(form, version)
                count += 1
        if _outdated(form):
            _publish(form, form["version"][-1])
            count += 1
    return count


def _outdated(form: Json) -> bool:
    """Whether the newest version is of an earlier release: published by the program, and since then neither changed nor being changed."""
    newest = FormVersion.objects.filter(form__code=form["code"]).order_by("-number").first()
    assert newest
    own = newest.published_at is not None and newest.published_by_id is None
    return own and newest.schema != _definition(form["version"][-1])


def _publish(form: Json, version: Json) -> None:
    made = version_draft(
        code=form["code"], title_vi=form["title"]["vi"], title_en=form["title"]["en"], schema=_definition(version),
        starts_on=version["starts_on"], ends_on=version.get("ends_on"), source=version["source"],
    )  # fmt: skip
    version_publish(version=made)


def _definition(version: Json) -> Json:
    return {key: value for key, value in version.items() if key not in ABOUT}
