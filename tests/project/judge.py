"""Who may see what, worked out once more: loops over the table of rights and over plain rows, nothing of the program's own way.

Slow and plain on purpose. The walk compares every answer of the program with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser

from hopluc.accounts.models import Post, User
from hopluc.documents.models import Reader
from hopluc.units.models import Agency, Lineage, Succession

TABLE = tomllib.loads((Path(__file__).parents[2] / "src/hopluc/accounts/rights.toml").read_text(encoding="utf-8"))
Row = dict[str, Any]
Viewer = User | AnonymousUser


class Judge:
    """Rows of the day, read once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.rights = {line["name"]: line for line in TABLE["right"]}
        self.agencies: dict[int, Row] = {
            row["id"]: row for row in Agency.objects.values("id", "province_id", "parent_id")
        }
        self.whole = list(Succession.objects.filter(field="", on__lte=today).values_list("source_id", "target_id"))
        self.lineage = list(Lineage.objects.values_list("source_id", "target_id"))
        self.posts = list(Post.objects.values())
        self.readers = list(Reader.objects.values_list("document_id", "agency_id"))
        self._stands: dict[int, tuple[set[int], set[int], set[int]]] = {}

    def held(self, viewer: Viewer, right: str) -> list[Row]:
        """The posts that give a viewer this right today."""
        return [
            post
            for post in self.posts
            if post["user_id"] == viewer.pk
            and post["role"] in self.rights[right]["roles"]
            and (post["starts_on"] is None or post["starts_on"] <= self.today)
            and (post["ends_on"] is None or self.today <= post["ends_on"])
        ]

    def holds(self, viewer: Viewer, right: str) -> bool:
        roles = self.rights[right]["roles"]
        return "anyone" in roles or ("account" in roles and viewer.is_authenticated) or bool(self.held(viewer, right))

    def reaches(
        self,
        viewer: Viewer,
        right: str,
        owner: int,
        document: int | None = None,
        asker: int | None = None,
        ways: set[str] | None = None,
    ) -> bool:
        """Whether a right extends to what an agency owns: a document, where it is one, may have given others a part, and
        another agency may have asked for it. `ways`: only these of the reaches that the right has.
        """
        return any(self._from(post, right, owner, document, asker, ways) for post in self.held(viewer, right))

    def _from(
        self, post: Row, right: str, owner: int, document: int | None, asker: int | None, only: set[str] | None
    ) -> bool:
        agencies, below, provinces = self._stand(post["agency_id"])
        parts = {agency for of, agency in self.readers if of == document}
        ways = {
            "all": True,
            "agency": owner in agencies,
            "below": owner in below,
            "asked": asker in agencies,
            "inspected": post["role"] == "inspector" and self.agencies[owner]["province_id"] in provinces,
            "province": self.agencies[owner]["province_id"] in provinces,
            "assigned": bool(parts & below),
            "own": False,  # no agency's thing: its addresses name none
            "installation": post["role"] == "administrator" and self.agencies[post["agency_id"]]["province_id"] is None,
        }
        return any(ways[way] for way in self.rights[right]["reach"] if only is None or way in only)

    def follows(self, viewer: Viewer, right: str, owner: int) -> bool:
        """Whether a task of a plan of this agency, which also leads it, may be followed (`see`), or be noted on."""
        if right == "see":
            inspected = any(
                self.agencies[owner]["province_id"] in self._stand(post["agency_id"])[2]
                for post in self.held(viewer, "inspect")
            )
            return inspected or self.follows(viewer, "follow", owner)
        return any(owner in self._stand(post["agency_id"])[1] for post in self.held(viewer, right))

    def _stand(self, agency: int) -> tuple[set[int], set[int], set[int]]:
        if agency not in self._stands:
            now = _closure({agency}, self._goes_on)
            mine = _closure(now, lambda one: [source for source, target in self.whole if target == one])
            below = _closure(mine, lambda one: [key for key, row in self.agencies.items() if row["parent_id"] == one])
            places = {self.agencies[one]["province_id"] for one in now} - {None}
            provinces = _closure(places, lambda one: [source for source, target in self.lineage if target == one])
            self._stands[agency] = mine, below, provinces
        return self._stands[agency]

    def _goes_on(self, agency: int) -> list[int]:
        heirs = [target for source, target in self.whole if source == agency]
        return heirs if len(heirs) == 1 else []

    def meets(self, viewer: Viewer, right: str, person: int) -> bool:
        """Whether a right extends to somebody through one of their posts, past or present."""
        return any(self.reaches(viewer, right, post["agency_id"]) for post in self.posts if post["user_id"] == person)


def _closure(start: Iterable[int], step: Callable[[int], Iterable[int]]) -> set[int]:
    found, waiting = set(start), list(start)
    while waiting:
        for one in step(waiting.pop()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found
