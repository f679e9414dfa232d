"""Which column of a sheet is what, kept by agency, use and headings: the same headings need no second question."""

from __future__ import annotations

from typing import Any

from hopluc.documents.models import KeptMapping
from hopluc.units.models import Agency

Json = dict[str, Any]
TASKS = ""  # a use: sheets of tasks


def columns_keep(owner: Agency, use: str, mapping: Json) -> None:
    """Keep the columns of a mapping {fingerprint, columns} as somebody confirmed them."""
    KeptMapping.objects.update_or_create(
        owner=owner, fingerprint=_key(use, mapping), defaults={"mapping": {"columns": mapping["columns"]}}
    )


def columns_kept(owner: Agency, use: str, mapping: Json) -> list[Json] | None:
    """The columns that were confirmed for the same headings; None where nobody did."""
    kept = KeptMapping.objects.filter(owner=owner, fingerprint=_key(use, mapping)).first()
    columns: list[Json] = kept.mapping["columns"] if kept else []
    return columns if columns and len(columns) == len(mapping["columns"]) else None


def _key(use: str, mapping: Json) -> str:
    return f"{use}:{mapping['fingerprint']}" if use else str(mapping["fingerprint"])
