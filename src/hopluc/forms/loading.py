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
            if FormVersion.objects.filter(form__code=form["code"], number=version["number"]).exists():
                continue
            schema = {key: value for key, value in version.items() if key not in ABOUT}
            made = version_draft(
                code=form["code"], title_vi=form["title"]["vi"], title_en=form["title"]["en"], schema=schema,
                starts_on=version["starts_on"], ends_on=version.get("ends_on"), source=version["source"],
            )  # fmt: skip
            version_publish(version=made)
            count += 1
    return count
