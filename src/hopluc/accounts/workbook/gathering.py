"""The database → facts, in a handful of queries whatever the size of the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.rights import realm
from hopluc.accounts.workbook.columns import SheetRows, code_of
from hopluc.accounts.workbook.facts import (
    AgencyFact,
    Facts,
    KindFact,
    PersonFact,
    PostFact,
    SuccessionFact,
    UnitFact,
)
from hopluc.units.kinds import kinds
from hopluc.units.models import Agency, Body, Succession, Unit
from hopluc.units.realm import Realm

NAMING = ("key", "parent", "successor", "agency")  # columns that name agencies


def facts_for(viewer: User, *sheets: SheetRows, lock: bool = False) -> Facts:
    """What the viewer administers, and whatever else the rows name; `lock` keeps others from changing it meanwhile."""
    own, today = realm(viewer, "administer"), localdate()
    agencies = _agencies(own, sheets, lock=lock)
    posts = _posts(own, lock=lock)
    keys = {one.pk: one.key for one in agencies.values()}
    return Facts(
        today=today,
        everywhere=own.everywhere,
        units=_units(own),
        kinds=_kinds({one.kind for one in agencies.values()}),
        agencies=agencies,
        successions=_successions(own, keys),
        people=_people(own, posts, sheets, today),
        posts={post.pk: post for post in posts if post.pk},
        roles=_roles(),
    )


def _named(sheets: Iterable[SheetRows], columns: Iterable[str]) -> set[str]:
    return {code_of(row.get(key)) for sheet in sheets for row in sheet.rows for key in columns if row.get(key)}


def _agencies(own: Realm, sheets: Iterable[SheetRows], *, lock: bool) -> dict[str, AgencyFact]:
    """Those administered, those of the centre, and those of elsewhere that rows name."""
    named = _named(sheets, NAMING)
    wanted = Q(province__in=own.provinces) | Q(province=None) | Q(key__in=named) | Q(name__in=named)
    found = Agency.objects.all() if own.everywhere else Agency.objects.filter(wanted)
    if lock:
        found = found.select_for_update(of=("self",))
    columns = (
        "pk", "key", "name", "body__key", "unit__key", "parent__key", "seat__key", "aliases", "validity", "own",
        "province_id",
    )  # fmt: skip
    rows = found.order_by("key").values_list(*columns)
    return {
        key: AgencyFact(
            pk,
            key,
            name,
            kind,
            unit or "",
            parent or "",
            seat or "",
            tuple(aliases.splitlines()),
            validity.lower,
            validity.upper,
            entered,
            own.everywhere or province in own.provinces,
        )
        for pk, key, name, kind, unit, parent, seat, aliases, validity, entered, province in rows
    }


def _units(own: Realm) -> dict[str, UnitFact]:
    columns = ("pk", "key", "tier", "code", "kind", "name", "validity", "parent_id")
    rows = list(Unit.objects.order_by().values_list(*columns))
    above, keys = {row[0]: row[-1] for row in rows}, {row[0]: row[1] for row in rows}

    def province(pk: int) -> int:
        return province(above[pk]) if above[pk] else pk

    return {
        key: UnitFact(
            pk,
            key,
            tier,
            code,
            f"{kind} {name}",
            name,
            validity.lower,
            validity.upper,
            keys[province(pk)],
            own.everywhere or province(pk) in own.provinces,
        )
        for pk, key, tier, code, kind, name, validity, _above in rows
    }


def _kinds(used: set[str]) -> dict[str, KindFact]:
    """Kinds of which there may be agencies: those that the program knows, and those that there are already."""
    known = {kind.key: kind.level for kind in kinds()}
    wanted = Body.objects.filter(Q(key__in=known.keys() | used) | Q(listed=True)).exclude(key__startswith="g:")
    return {key: KindFact(key, name, known.get(key, "")) for key, name in wanted.values_list("key", "name")}


def _successions(own: Realm, keys: dict[int | None, str]) -> tuple[SuccessionFact, ...]:
    """Those between agencies that are known."""
    mine = Q(source__province__in=own.provinces) | Q(target__province__in=own.provinces)
    columns = ("source_id", "target_id", "on", "field", "basis", "own", "pk")
    rows = Succession.objects.filter(Q() if own.everywhere else mine).order_by().values_list(*columns)
    return tuple(
        SuccessionFact(keys[source], keys[target], *rest)
        for source, target, *rest in rows
        if source in keys and target in keys
    )


def _posts(own: Realm, *, lock: bool) -> list[PostFact]:
    found = Post.objects.all() if own.everywhere else Post.objects.filter(agency__province__in=own.provinces)
    if lock:
        found = found.select_for_update(of=("self",))
    columns = ("pk", "user__username", "agency__key", "role", "title", "starts_on", "ends_on")
    return [PostFact(*row) for row in found.order_by("pk").values_list(*columns)]


def _people(own: Realm, posts: list[PostFact], sheets: Iterable[SheetRows], today: date) -> dict[str, PersonFact]:
    """Whoever holds those posts, and whoever bears a name that rows give."""
    mine = {post.username.lower() for post in posts}
    named = {name.lower() for name in _named(sheets, ["username"])}
    bearing = _bearing(mine | named)
    elsewhere = {} if own.everywhere else _elsewhere(own, [user.pk for user in bearing], today)
    return {
        user.username.lower(): PersonFact(
            user.pk,
            user.username,
            user.name,
            user.is_active,
            own.everywhere or user.username.lower() in mine,
            elsewhere.get(user.pk, ""),
        )
        for user in bearing
    }


def _bearing(names: set[str]) -> list[User]:
    """People by user name, whatever their capitals."""
    found = User.objects.annotate(small=Lower("username")).filter(small__in=names)
    return list(found.only("pk", "username", "name", "is_active"))


def _elsewhere(own: Realm, people: list[int], today: date) -> dict[int, str]:
    """A place where somebody else administers, for those who hold a post there too."""
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), user__in=people)
    others = held.exclude(agency__province__in=own.provinces).select_related("agency__province")
    whole = _("the whole installation")
    return {post.user_id: post.agency.province.full_name if post.agency.province else whole for post in others}


def _roles() -> dict[str, str]:
    with override("vi"):
        return {role.value: str(role.label) for role in Role}
