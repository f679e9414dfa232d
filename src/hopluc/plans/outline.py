"""The outline of a plan: its headings as a tree, each with the number of tasks below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hopluc.plans.models import Heading, Plan


@dataclass(slots=True)
class Node:
    heading: Heading
    tasks: int  # directly below, then with all that is deeper
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    roots: list[Node]
    by_position: dict[int, Node]
    by_id: dict[int, Node]

    def below(self, position: str) -> set[int] | None:
        """Ids of a heading and of all below it; None where the outline has no such heading."""
        if not position or (node := self.by_position.get(int(position))) is None:
            return None
        found = {node.heading.pk}
        for each in self.by_id.values():  # in the order of the text: parents come first
            if each.heading.parent_id in found:
                found.add(each.heading.pk)
        return found

    def path(self, heading_id: int | None) -> list[Heading]:
        """The headings down to this one, outermost first."""
        found: list[Heading] = []
        while heading_id is not None:
            heading = self.by_id[heading_id].heading
            found.insert(0, heading)
            heading_id = heading.parent_id
        return found


def outline_of(plan: Plan, counts: Mapping[int | None, int]) -> Outline:
    """The outline, with the number of tasks directly below each heading; headings without any below are left out."""
    nodes = {heading.pk: Node(heading, counts.get(heading.pk, 0)) for heading in plan.headings.order_by("position")}
    for node in reversed(nodes.values()):
        if node.heading.parent_id is not None:
            nodes[node.heading.parent_id].tasks += node.tasks
    roots: list[Node] = []
    for node in nodes.values():
        if node.tasks:
            above = node.heading.parent_id
            (roots if above is None else nodes[above].children).append(node)
    return Outline(roots, {node.heading.position: node for node in nodes.values()}, nodes)
