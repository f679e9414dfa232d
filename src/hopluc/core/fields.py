"""Columns that several apps have."""

from __future__ import annotations

from typing import Any

from django.db import models

from hopluc.core.sorting import sort_key

LONGEST = 200  # characters that a key is made of: what follows hardly orders


class SortKeyField(models.TextField):
    """The Vietnamese sort key of another field, filled whenever the row is saved, in bulk too."""

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"db_collation": "C", "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {"of": self.of, **options}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002  Django's signature
        key = sort_key(getattr(model_instance, self.of)[:LONGEST])
        setattr(model_instance, self.attname, key)
        return key
