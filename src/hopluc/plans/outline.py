"""The outline of a plan: its headings as a tree, each with the number of tasks below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count

from hopluc.plans.models import Heading, Plan


@dataclass(slots=True)
class Node:
    heading: Heading
    tasks: int  # directly below, then with all that is deeper
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    roots: list[Node]
    by_position: dict[int, Node]
    by_id: dict[int, Node]

    def below(self, position: str) -> list[int] | None:
        """Ids of a heading and of all below it; None where the outline has no such heading."""
        node = self.by_position.get(int(position)) if position else None
        return [each.heading.pk for each in node.walk()] if node else None

    def path(self, heading_id: int | None) -> list[Heading]:
        """The headings down to this one, outermost first."""
        found: list[Heading] = []
        while heading_id is not None:
            heading = self.by_id[heading_id].heading
            found.insert(0, heading)
            heading_id = heading.parent_id
        return found


def outline_of(plan: Plan) -> Outline:
    """The outline in one query; headings without a task below are left out."""
    headings = plan.headings.annotate(n=Count("tasks")).order_by("position")
    nodes = {heading.pk: Node(heading, heading.n) for heading in headings}
    for node in reversed(nodes.values()):
        if node.heading.parent_id is not None:
            nodes[node.heading.parent_id].tasks += node.tasks
    roots: list[Node] = []
    for node in nodes.values():
        if node.tasks:
            above = node.heading.parent_id
            (roots if above is None else nodes[above].children).append(node)
    return Outline(roots, {node.heading.position: node for node in nodes.values()}, nodes)
