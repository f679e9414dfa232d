"""The headings over what a document orders: where each task, target and duty stands in its outline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from vanban.outline import ISSUED_WITH
from vanban.values import Analysis, Item, Span

Json = dict[str, object]
Key = int | str  # of a heading: the index of its item, or the label of its annex

ANNEX = "Phụ lục"  # where an annex has no title


class Places:
    """Finds the item of an outline that a value was read from."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._by_address: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            self._by_address[item.at].append(item)

    def find(self, at: str, span: Span) -> Item | None:
        """Of the items with this address the one that holds the words."""
        same = self._by_address.get(at, [])
        return next((item for item in same if _holds(item, span[0])), same[0] if same else None)

    def above(self, item: Item | None) -> list[Item]:
        """The headings over an item, outermost first."""
        path: list[Item] = []
        while item and item.parent is not None:
            item = self._items[item.parent]
            path.insert(0, item)
        return path


def _holds(item: Item, offset: int) -> bool:
    spans = [passage.span() for passage in (item.passage, *(cell for _, cell in item.cells))]
    return any(start <= offset < end for start, end in spans)


def shown_marker(item: Item) -> str:
    """The marker with the mark that offices put behind it: `II.`, `2.1.`, `a)`, `-`."""
    behind = ")" if item.family == "letter" else "."
    return item.marker + behind if item.marker[-1:].isalnum() else item.marker


def headings(analysis: Analysis) -> list[Json]:
    """Every heading that stands over a task, target or duty, in reading order:

    `{at, marker, text, span, parent, tasks, targets, duties}`; `parent` is the position in this list of the heading
    above, or null; `tasks`, `targets` and `duties` are the positions in the analysis of what stands directly below.
    An annex has a heading with its title. A task over other tasks is a heading as well: `task` is its position.
    """
    return _Tree(analysis).written()


class _Tree:
    def __init__(self, analysis: Analysis) -> None:
        self.plan = analysis.outline
        self.places = Places(self.plan.items)
        self.parents: dict[Key, Key | None] = {}
        self.below: dict[Key, dict[str, list[int]]] = defaultdict(lambda: {"tasks": [], "targets": [], "duties": []})
        self.tasks: dict[Key, int] = {}
        for kind in ("tasks", "targets", "duties"):
            for position, value in enumerate(getattr(analysis, kind)):
                self.add(kind, position, self.places.find(value.at, value.span))

    def add(self, kind: str, position: int, item: Item | None) -> None:
        if item is None:
            return
        chain: list[Key] = [above.index for above in self.places.above(item)]
        if item.where == "annex":
            chain.insert(0, _annex(item))
        if kind == "tasks":
            self.tasks[item.index] = position
        above: Key | None = None
        for key in chain:
            self.parents[key], above = above, key
        if above is not None:
            self.below[above][kind].append(position)

    def written(self) -> list[Json]:
        keys = sorted(self.parents, key=self.order)
        at = {key: position for position, key in enumerate(keys)}
        return [self.heading(key, at) for key in keys]

    def order(self, key: Key) -> tuple[int, bool]:
        return (self.first(key).index, False) if isinstance(key, str) else (key, True)

    def first(self, label: str) -> Item:
        """The first item of an annex."""
        return next(item for item in self.plan.items if item.where == "annex" and _annex(item) == label)

    def heading(self, key: Key, at: dict[Key, int]) -> Json:
        above = self.parents[key]
        said = self.title(key) if isinstance(key, str) else self.words(self.plan.items[key])
        task = {"task": self.tasks[key]} if key in self.tasks else {}
        return {**said, "parent": None if above is None else at[above], **self.below[key], **task}

    def words(self, item: Item) -> Json:
        place = list(item.passage.span())
        return {"at": item.at, "marker": shown_marker(item), "text": item.passage.text, "span": place}

    def title(self, label: str) -> Json:
        """The lines of an annex between what stands before it and its first item."""
        first = self.first(label)
        before = self.plan.items[first.index - 1].passage.span()[1] if first.index else 0
        lines = [c.passage for c in self.plan.captions if before <= c.passage.span()[0] < first.passage.span()[0]]
        named = [line for line in lines if not ISSUED_WITH.match(line.text)]
        place = [named[0].span()[0], named[-1].span()[1]] if named else None
        return {"at": label, "marker": "", "text": " ".join(line.text for line in named) or ANNEX, "span": place}


def _annex(item: Item) -> str:
    return item.at.partition("/")[0]
