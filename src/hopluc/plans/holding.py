"""Who holds a task today, where that is no longer the agency that the plan named, and by which steps it came there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.plans.models import Task
from hopluc.plans.selectors import parts_of
from hopluc.units.holders import Holding, Paths
from hopluc.units.kinds import kind
from hopluc.units.models import Agency, Body

TITLES = {"ubnd-tinh": "Ủy ban nhân dân tỉnh"}  # beside another level's its own name needs the level


@dataclass(frozen=True, slots=True)
class Path:
    """How the work of one agency came to where it is, or to nobody."""

    given: Agency
    holding: Holding

    @property
    def candidates(self) -> str:
        """`Ủy ban nhân dân cấp xã hoặc Ủy ban nhân dân tỉnh`: those of whom somebody has to choose one."""
        return _(" or ").join(TITLES.get(key) or kind(key).title for key in self.holding.candidates)


@dataclass(frozen=True, slots=True)
class Held:
    """A body of a task whose work is not where it was: the names of today's holders, and each path."""

    body: Body
    paths: tuple[Path, ...]  # of the agencies whose work moved
    kept: int  # agencies of a group that still hold theirs

    @property
    def holders(self) -> list[Agency]:
        found = {path.holding.agency.pk: path.holding.agency for path in self.paths if path.holding.agency}
        return sorted(found.values(), key=lambda agency: agency.sort_key)

    @property
    def open(self) -> list[Path]:
        """Nobody holds these."""
        return [path for path in self.paths if path.holding.agency is None]

    @property
    def alone(self) -> bool:
        """One agency, not a group."""
        return not self.body.is_group and self.kept + len({path.given.pk for path in self.paths}) == 1

    @property
    def names(self) -> list[str]:
        """Today's holders where they can be named in a line; of a group only their number is said."""
        return [agency.name for agency in self.holders] if self.alone else []

    @property
    def remarks(self) -> list[str]:
        """How many agencies of a group moved, and whom somebody still has to name."""
        return [*self._moved(), *self._wanting()]

    @property
    def words(self) -> str:
        return words_of([self])

    def _moved(self) -> Iterator[str]:
        if moved := 0 if self.alone else len(self.paths) - len(self.open):
            yield ngettext(
                "%(n)s agency of the group has a successor", "%(n)s agencies of the group have successors", moved
            ) % {"n": moved}

    def _wanting(self) -> Iterator[str]:
        count = len(self.open)
        if not count:
            return
        whom = self.open[0].candidates or _("who took over is not known")
        if self.alone:
            yield _("to be assigned: %(whom)s") % {"whom": whom}
        else:
            yield ngettext(
                "%(n)s agency of the group was abolished, to be assigned: %(whom)s",
                "%(n)s agencies of the group were abolished, to be assigned: %(whom)s",
                count,
            ) % {"n": count, "whom": whom}


def words_of(held: Iterable[Held]) -> str:
    """`nay: Sở Tài chính tỉnh Thái Nguyên`: what a line of the table says of all the bodies in one role, each thing once."""
    listed = list(held)
    if not listed:
        return ""
    names = dict.fromkeys(name for each in listed for name in each.names)
    remarks = dict.fromkeys(remark for each in listed for remark in each.remarks)
    now = _("now: %(names)s") % {"names": ", ".join(names)} if names else ""
    return "; ".join(filter(None, (now, *remarks)))


def changed(given: Agency, holding: Holding) -> bool:
    """Whether people have to look for another name: a province that only took in others kept those of its agencies."""
    return holding.agency is None or holding.agency.name != given.name


class Holders:
    """The bodies of some tasks of a plan, and who holds today what each was given: three queries for all."""

    def __init__(self, tasks: Iterable[Task], *, on: date) -> None:
        self._parts = parts_of(tasks)
        given = (part for parts in self._parts.values() for part in parts)
        meant = {part.body.pk: part.agencies for part in given}  # within a plan a body means the same for every task
        ids = {pk for agencies in meant.values() for pk in agencies}
        self._paths = Paths(ids, on=on) if ids else None
        self._given = {body: len(agencies) for body, agencies in meant.items()}
        self._moved = {body: self._those_moved(agencies) for body, agencies in meant.items() if agencies}

    def _those_moved(self, agencies: Sequence[int]) -> list[int]:
        """In the order of their names."""
        assert self._paths
        paths = self._paths
        return sorted(filter(paths.moved, agencies), key=lambda pk: paths.agency(pk).sort_key)

    def bodies(self, task: Task, role: str = "") -> list[Body]:
        """The bodies that the plan names, in this role or in any."""
        return [part.body for part in self._parts.get(task.pk, ()) if role in ("", part.role)]

    def names(self, task: Task, role: str) -> str:
        """`Sở Tài chính; Sở Công Thương`."""
        return "; ".join(body.name for body in self.bodies(task, role))

    def of(self, task: Task, role: str) -> list[Held]:
        """The bodies in this role whose work moved."""
        found = (self._held(task, body) for body in self.bodies(task, role))
        return [held for held in found if held]

    def _held(self, task: Task, body: Body) -> Held | None:
        moved = self._moved.get(body.pk)
        if not moved:
            return None
        assert self._paths
        paths = [
            Path(self._paths.agency(pk), holding)
            for pk in moved
            for holding in self._paths.of(pk, task.text, task.topic)
            if changed(self._paths.agency(pk), holding)
        ]
        if not paths:
            return None
        left = {path.given.pk for path in paths}
        return Held(body, tuple(paths), self._given[body.pk] - len(left))
