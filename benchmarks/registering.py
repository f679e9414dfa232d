"""One province's registry with lists of its organisations, invented from a seed; in a database of its own."""

# ruff: noqa: E402  Django is set up before anything of it is imported

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
django.setup()

from django.db import connection

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.registry.demo import demo_make
from hopluc.units.services import agency_ensure, bodies_load
from hopluc.units.tests.making import places_load

PROVINCE = "tỉnh Thái Nguyên"


def province_made(*, cooperatives: int, groups: int) -> User:
    """Communes old and new of one province, its organisations, and somebody who keeps their registry."""
    bodies_load()
    places_load()
    demo_make(cooperatives=cooperatives, groups=groups)
    user = user_create(username="bench", name="Người đo", password="mot mat khau dai", check=False)
    post_give(user=user, agency=agency_ensure(key="so-tc", province=PROVINCE), role=Role.REGISTRY)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")  # PostgreSQL does it by itself, a minute later
    return user
