"""Who gets what: every address, method and role over several provinces, beside a plain second reading of the table of rights.

    make bench NAME=access            four provinces, each with everybody and everything
    make bench NAME=access QUICK=1    one, and what is foreign to it of another

The walk is that of `tests/project/walk.py`. The last line is `{"urls", "roles", "objects", "checks", "leaks"}`; a leak is an
answer that gives more than the table does. Whatever else was not as it should be is listed above it.
"""

# ruff: noqa: E402  Django is set up before anything of it is imported

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from tempfile import mkdtemp
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
django.setup()

from django.conf import settings
from django.test.utils import setup_test_environment

from benchmarks.pages import database
from hopluc.units.services import bodies_load
from tests.project.walk import ADDRESSES, ANONYMOUS, Walk, summary
from tests.project.world import build

QUICK = bool(os.environ.get("QUICK"))
PROVINCES = [
    "tỉnh Thái Nguyên", "tỉnh Tuyên Quang", "tỉnh Phú Thọ", "tỉnh Lào Cai",
][: 2 if QUICK else None]  # fmt: skip
SHOWN = 40  # findings


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = mkdtemp()
    setup_test_environment()
    with database():
        bodies_load()
        walk = Walk(build(PROVINCES, whole=not QUICK))
        for who in walk.viewers():
            begun, checks, leaks = process_time(), walk.tally.checks, len(walk.tally.leaks)
            walk.over(who)
            told = f"{walk.tally.checks - checks:7} checks {len(walk.tally.leaks) - leaks:4} leaks"
            print(f"{who:32} {told} {process_time() - begun:7.1f} s", flush=True)
        walk.other_methods(ANONYMOUS)
        walk.other_methods("administrator")
        walk.objects("administrator")
    tell(walk)
    sys.exit(1 if walk.tally.findings else 0)


def tell(walk: Walk) -> None:
    by_address = Counter(finding.address for finding in walk.tally.findings)
    for address, count in by_address.most_common():
        print(f"{address:32} {count:7} findings")
    for finding in walk.tally.findings[:SHOWN]:
        print(finding)
    print(json.dumps(summary(walk, len(ADDRESSES))))


if __name__ == "__main__":
    main()
