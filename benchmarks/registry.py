"""The registry of a whole country: how long its pages take, and its nightly count.

    make bench NAME=registry            every figure; makes the country first where it is not there yet (`benchmarks/registry_country.py`)
    make bench NAME=registry QUICK=1    fewer turns

The last line is `{"cooperatives", "groups", "members", "search_p95_ms", "directory_p95_ms", "page_p95_ms", "dashboard_p95_ms",
"linear_ratio"}`. Pages are asked for by Django's test client, without a network, the second time, by people who see registers, in a
province and over the whole country: the directory searched with rare and common words, the directory narrowed, sorted and turned to
pages far behind, pages of organisations, and the overview of a place on today's map and on that of 2008. The ratio is the time in
which rows are compared with their facts, members and figures, over twice that for half of the rows.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from time import perf_counter, process_time

from benchmarks import registry_country as country  # first: it says where the database is

# isort: split
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import Post, User
from hopluc.command import static
from hopluc.config.warm import warm
from hopluc.registry.copies import deviations
from hopluc.registry.models import Membership, Organisation
from hopluc.registry.tallies import tallies_deviating
from hopluc.units.models import Agency, Tier, Unit

QUICK = bool(os.environ.get("QUICK"))
TURNS = 20 if QUICK else 100
VIEWERS = 5
COMPARED = 4_000 if QUICK else 40_000  # organisations
COMMON = ("hợp tác xã", "tổ hợp tác", "che", "nông nghiệp", "rau an toàn", "tan", "h", "dich vu nong")
SORTS = ("name", "-name", "founded", "-founded", "members", "-members", "capital", "-capital")


def main() -> None:
    if not country.opened():
        country.build()
    settings.ALLOWED_HOSTS = ["testserver"]
    static.collect()  # addresses are looked up as when it serves
    viewers = people()
    warm()  # as the server does
    pages: dict[str, Callable[[random.Random], str]] = {
        "search_p95_ms": searched,
        "directory_p95_ms": listed,
        "page_p95_ms": shown,
        "dashboard_p95_ms": overview,
    }
    print(
        json.dumps(
            {
                "cooperatives": Organisation.objects.filter(kind="htx").count(),
                "groups": Organisation.objects.filter(kind="tht").count(),
                "members": Membership.objects.count(),
                **{key: p95(key, address, viewers) for key, address in pages.items()},
                "linear_ratio": ratio(),
            }
        )
    )


def people() -> list[User]:
    """Registry officers of some provinces, made once."""
    found = []
    for turn, agency in enumerate(Agency.objects.on(country.TODAY).filter(body__key="so-tc").order_by("pk")[:VIEWERS]):
        user, _made = User.objects.get_or_create(username=f"dang-ky-{turn}", defaults={"name": f"Người {turn}"})
        Post.objects.get_or_create(user=user, agency=agency, role="registry")
        found.append(user)
    return found


def searched(dice: random.Random) -> str:
    """Half the time words that everybody has, else some of one name."""
    typed = dice.choice(COMMON) if dice.random() < 0.5 else " ".join(dice.choice(names()).split()[-4:])
    return f"{reverse('registry:list')}?q={typed}&unit={_place(dice)}&kind={dice.choice(('', 'htx'))}"


def listed(dice: random.Random) -> str:
    kind, status = dice.choice(("", "", "htx", "lhhtx")), dice.choice(("", "", "all", "closing"))
    page = dice.choice((1, 1, 2, 40, 1500))
    about = f"unit={_place(dice)}&kind={kind}&status={status}&sort={dice.choice(SORTS)}&page={page}"
    return f"{reverse('registry:list')}?{about}"


def shown(dice: random.Random) -> str:
    return reverse("registry:organisation", args=[dice.choice(ids())])


def overview(dice: random.Random) -> str:
    on, value = dice.choice(("", "30/06/2025", "")), dice.choice(("htx", "members", "capital"))
    return f"{reverse('economy:overview')}?unit={_place(dice)}&on={on}&value={value}"


def _place(dice: random.Random) -> str:
    """The whole country as often as a province."""
    return "" if dice.random() < 0.5 else dice.choice(provinces())


def ids() -> list[int]:
    return _kept("ids", lambda: list(Organisation.objects.values_list("pk", flat=True)))


def names() -> list[str]:
    return _kept("names", lambda: list(Organisation.objects.filter(pk__in=ids()[::10]).values_list("name", flat=True)))


def provinces() -> list[str]:
    rows = Unit.objects.on(country.TODAY).filter(tier=Tier.PROVINCE).order_by("key")
    return _kept("provinces", lambda: list(rows.values_list("key", flat=True)))


_found: dict[str, list] = {}


def _kept(name: str, make: Callable[[], list]) -> list:
    if name not in _found:
        _found[name] = make()
    return _found[name]


def p95(key: str, address: Callable[[random.Random], str], viewers: list[User]) -> float:
    dice = random.Random(country.SEED)
    client = Client()  # one for all: each would gather middleware and static files of its own
    times = sorted((page_ms(client, dice.choice(viewers), address(dice)) for _turn in range(TURNS)), reverse=True)
    for wall, cpu, url in times[:3]:
        print(f"{key}: {wall:.0f} ms, {cpu:.0f} of them in Python: {url}")
    return round(times[int(len(times) * 0.05)][0], 1)


def page_ms(client: Client, viewer: User, url: str) -> tuple[float, float, str]:
    client.force_login(viewer)
    client.get(url)
    begun, worked = perf_counter(), process_time()
    assert client.get(url).status_code == 200
    return (perf_counter() - begun) * 1000, (process_time() - worked) * 1000, url


def ratio() -> float:
    """Of the time for all rows to that for half of them, and half again where it is the same for each row."""
    assert not tallies_deviating()
    half, whole = (_compared(ids()[: COMPARED // share]) for share in (2, 1))
    print(f"{COMPARED} rows compared with their facts: {whole:.1f} s; half of them {half:.1f} s")
    return round(whole / half / 2, 2)


def _compared(listed: list[int]) -> float:
    begun = perf_counter()
    assert not list(deviations(on=country.TODAY, among=Organisation.objects.filter(pk__in=listed)))
    return perf_counter() - begun


if __name__ == "__main__":
    main()
