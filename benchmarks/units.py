"""Loading the units, the tree of a day, successors, and the map in a browser: a database of its own with all units.

    make bench NAME=units            every figure
    make bench NAME=units QUICK=1    fewer turns, no browser

The last line is `{"load_s", "reload_s", "tree_ms", "successor_ms", "map_paint_ms", "provinces_today", "communes_today"}`:
`tree_ms` a day's provinces with their counts and one province's communes, `successor_ms` who holds an agency's work today,
both medians; `map_paint_ms` from the beginning of the way to `/units/` until the paths are on the page, null without Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import LiveServerTestCase
from django.utils.timezone import localdate
from playwright.sync_api import sync_playwright

from benchmarks.pages import database
from hopluc.config.warm import warm
from hopluc.units.holders import Paths
from hopluc.units.loading import units_load
from hopluc.units.models import Agency, Unit
from hopluc.units.services import bodies_load
from hopluc.units.tree import Atlas, communes_of

QUICK = bool(os.environ.get("QUICK"))
TURNS = 5 if QUICK else 40
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DAYS = (date(2024, 1, 1), date(2025, 7, 1), date(2026, 10, 1))
VISITS = 3  # each with an empty cache
DRAWN = """() => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("no map within 30 seconds")), 30000);
    const look = () => document.querySelectorAll(".map-unit path").length >= 34 ? done(performance.now()) : requestAnimationFrame(look);
    look();
})"""


def main() -> None:
    with database():
        bodies_load()
        load = seconds(units_load)
        reload = seconds(lambda: units_load(again=True))
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        warm()  # as the server does
        found: dict[str, Any] = {
            "load_s": round(load, 2),
            "reload_s": round(reload, 2),
            "tree_ms": tree(),
            "successor_ms": successor(),
            "map_paint_ms": painting() if CHROMIUM and not QUICK else None,
            "provinces_today": Unit.objects.on(localdate()).filter(tier="province").count(),
            "communes_today": Unit.objects.on(localdate()).filter(tier="commune").count(),
        }
    print(json.dumps(found))


def seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def milliseconds(act: Callable[[int], object]) -> float:
    """The median of many turns, each told its number."""
    act(0)
    return round(median(seconds(lambda turn=turn: act(turn)) for turn in range(TURNS)) * 1000, 2)


def tree() -> float:
    """Each turn another day, and another of its provinces."""

    def turn(number: int) -> None:
        day = DAYS[number % len(DAYS)]
        provinces = Atlas().on(day)
        one = provinces[number * 7 % len(provinces)].unit
        list(communes_of(Unit(pk=one.pk), day)[:50])

    return milliseconds(turn)


def successor() -> float:
    """Each turn another of the departments that ended."""
    ended = list(
        Agency.objects.filter(body__key__startswith="so-", validity__endswith__lte=localdate()).values_list("pk")
    )
    today = localdate()

    def turn(number: int) -> None:
        (pk,) = ended[number * 31 % len(ended)]
        Paths([pk], on=today).of(pk)

    return milliseconds(turn)


def painting() -> float:
    """Best of the visits: the first also starts the server's own caches."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread; its calls are not async

    class Server(LiveServerTestCase):
        pass

    Server.setUpClass()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] * (os.geteuid() == 0))
            return round(min(visit(browser, Server.live_server_url) for _ in range(VISITS)))
    finally:
        Server.tearDownClass()


def visit(browser: Any, address: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/units/", wait_until="commit")
    drawn: float = page.evaluate(DRAWN)
    context.close()
    return drawn


if __name__ == "__main__":
    main()
