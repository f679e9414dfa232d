"""Bodies and agencies, kept in step with what vanban knows."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from hopluc.core.folding import fold, words
from hopluc.units.models import Agency, Body
from vanban.bodies import mentions
from vanban.names import listed

TYPED = "new:"  # before a name that is not in the list


@transaction.atomic
def bodies_load() -> int:
    """Bring the kinds of body up to vanban's list; gives how many there are. Twice does no harm."""
    rows = [Body(key=key, name=name, aliases="\n".join(aliases), listed=True) for key, name, aliases in listed()]
    Body.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["name", "aliases", "listed", "sort_key"]
    )
    return len(rows)


def bodies_ensure(names: Mapping[str, str]) -> None:
    """Keep bodies that a document names and that no list has."""
    Body.objects.bulk_create([Body(key=key, name=name) for key, name in names.items()], ignore_conflicts=True)


def body_named(chosen: str) -> str:
    """The key of a body that somebody chose, or typed the name of: a new name is kept as a body that no list has."""
    if not chosen.startswith(TYPED):
        return chosen
    name = " ".join(chosen.removeprefix(TYPED).split())
    found = mentions(name)
    whole = len(found) == 1 and found[0].span == (0, len(name))
    key = found[0].key if whole else "-".join(words(fold(name)))[:200]
    bodies_ensure({key: name})
    return key


def agency_ensure(*, key: str, province: str = "") -> Agency:
    """The agency of this kind in this province, made where it is missing: `Sở Tài chính tỉnh Thái Nguyên`."""
    body = Body.objects.get(key=key)
    kind = body.name.removesuffix(" tỉnh") if province else body.name  # the province says its own kind: tỉnh, thành phố
    name = f"{kind} {province}".strip()
    return Agency.objects.get_or_create(body=body, province=province, defaults={"name": name})[0]
