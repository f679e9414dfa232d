"""Does a block order something? By the section it stands in, by what stands below it, by its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal

from vanban.actors import Roles
from vanban.bodies import mentions
from vanban.lexicon import fold, load, phrases, starts_with_verb
from vanban.outline import only_introduces
from vanban.values import Item

Zone = Literal["orders", "aims", "background", "neutral"]
OTHERS: tuple[Zone, ...] = ("aims", "background")
SAID: tuple[Zone, ...] = ("orders", *OTHERS)  # by a section within another
FAR = 40  # characters: `Mục tiêu phát triển … và nhiệm vụ …` is about aims
LONG_HEADING, SHORT_HEADING = 30, 14  # words
SECTIONS = ("part", "chapter", "section", "capital", "roman", "article", "number", "letter", "plain")
CLAUSE_END = re.compile(r"[.;:](?:\s+|$)")
SENTENCE_END, COMMA = re.compile(r"[.;]\s"), re.compile(r",\s+")
CLAUSE_LIMIT = 110  # characters in which a definition shows itself


def zones(items: Sequence[Item], tree: dict[int | None, list[Item]]) -> tuple[Zone, ...]:
    """The kind of section that each block stands in, from the nearest heading that says it."""
    found: list[Zone] = []
    for item in items:
        above: Zone = "neutral" if item.parent is None else found[item.parent]
        if item.where == "annex" and item.family == "row":
            found.append("orders")
            continue
        heading = item.index in tree or item.passage.text.isupper() or item.bold
        said = (
            classify(item.passage.text, inside=item.parent is not None) if heading and item.family in SECTIONS else None
        )
        found.append(said or above)
    return tuple(found)


def classify(text: str, *, inside: bool = False) -> Zone | None:
    """What a heading announces; None where it says nothing of it. `inside` another section only its first words count.

    >>> [classify(t) for t in ("NHIỆM VỤ, GIẢI PHÁP", "Mục đích, yêu cầu", "MỤC TIÊU, NHIỆM VỤ", "NỘI DUNG")]
    ['orders', 'aims', 'neutral', 'neutral']
    >>> classify("ĐÁNH GIÁ TÌNH HÌNH PHÁT TRIỂN GIAI ĐOẠN 2016-2020")
    'background'
    """
    words = text.strip(" *:.")
    if len(words.split()) > (SHORT_HEADING if inside else LONG_HEADING):
        return None
    words = fold(words)
    if inside:
        return next((zone for zone in SAID if _sections()[zone].match(words)), None)
    at = {name: hit for name in _sections() if (hit := _first(words, name)) is not None}
    orders = at.get("orders")
    others = sorted((hit, zone) for zone in OTHERS if (hit := at.get(zone)) is not None)
    other = others[0][1] if others else None
    if orders is not None and other:
        return other if others[0][0] == 0 and orders > FAR else "orders" if orders == 0 else "neutral"
    return "orders" if orders is not None else other or ("neutral" if "neutral" in at else None)


def _first(words: str, section: str) -> int | None:
    m = _sections()[section].search(words)
    return m.start() if m else None


@cache
def _sections() -> dict[str, re.Pattern[str]]:
    table = load("phrases")["sections"]
    return {name: re.compile(rf"(?<!\w)(?:{'|'.join(map(fold, forms))})(?!\w)") for name, forms in table.items()}


class Orders:
    """Decides block by block; knows the whole outline because a heading is told by what stands below it."""

    def __init__(
        self,
        items: Sequence[Item],
        tree: dict[int | None, list[Item]],
        zones: Sequence[Zone],
        texts: Sequence[str],
        labels: set[int],
        role: Callable[[Item], Roles],
    ) -> None:
        self.items, self.tree, self.zones, self.texts, self.labels, self.role = items, tree, zones, texts, labels, role
        self.directing: dict[int, bool] = {}

    def is_task(self, item: Item) -> bool:
        text = item.passage.text
        if item.family == "row":
            return bool(item.cells) and not any(role.startswith("aim ") for role, _ in item.cells)
        if item.index in self.labels or not item.counted or self.zones[item.index] in OTHERS:
            return False
        if phrases("enacts").search(text) or text.startswith("("):
            return False
        if text[:12].lower().startswith("trên đây là"):
            return bool(re.search(r"(?:yêu cầu|đề nghị|giao|trong quá trình)\s", text, re.I)) and bool(mentions(text))
        below = [c for c in self.tree.get(item.index, ()) if c.index not in self.labels]
        return self.parent_orders(item, below) if below else self.leaf_orders(item)

    def parent_orders(self, item: Item, below: Sequence[Item]) -> bool:
        """A block over others orders something itself only in clauses of its own."""
        text = item.passage.text
        if text.endswith(":"):
            return not only_introduces(text) and self.directs(item)
        if not text.endswith((".", ";", "…")) or item.bold:
            return False
        clauses = [c for c in CLAUSE_END.split(text) if len(c.split()) > 3]
        if all(c.family == "plain" for c in below):
            return self.directs(item) and (len(clauses) > 1 or bool(self.role(item).lead))
        return len(clauses) > 1 and self.directs(item)

    def leaf_orders(self, item: Item) -> bool:
        text = item.passage.text
        if item.family == "plain" and (text[0].islower() or text.isupper()):
            return False  # the tail of a sentence whose beginning is lost, or a title
        if text.endswith(":") and only_introduces(text) and len(text.split()) < 25:
            return False
        if item.family in ("part", "chapter", "roman", "capital") and (text.isupper() or classify(text)):
            return False
        if self.zones[item.index] == "orders" and item.family not in ("plain", "article"):
            return not self.states(text) and len(text.split()) > 2
        told = item.family in ("dash", "letter", "number") and any(self.role(a).lead for a in self.above(item))
        return (told or self.directs(item)) and not self.states(text)

    def above(self, item: Item) -> Iterator[Item]:
        while item.parent is not None:
            item = self.items[item.parent]
            yield item

    def states(self, text: str) -> bool:
        """A definition or a finding: `X là một …`, `X bao gồm …`, in its first words."""
        words = fold(text[: CLAUSE_LIMIT + 1])
        head = SENTENCE_END.split(words[:CLAUSE_LIMIT], 1)[0]
        if not (phrases("states").search(head) or (phrases("finds").search(head) and not starts_with_verb(text))):
            return False
        return not (phrases("opens").match(words) or phrases("must").search(head))

    def directs(self, item: Item) -> bool:
        """Some clause opens with an order, names who acts, or says what must be done."""
        if item.index not in self.directing:
            self.directing[item.index] = bool(self.role(item).lead) or self.commands(item.passage.text)
        return self.directing[item.index]

    def commands(self, text: str) -> bool:
        if any(map(starts_with_verb, CLAUSE_END.split(text))):
            return True
        if not phrases("opens").match(fold(text[:CLAUSE_LIMIT])):
            return False
        return bool(phrases("must").search(fold(text))) or any(map(starts_with_verb, COMMA.split(text)))

    def sure(self, item: Item) -> float:
        """How sure a task is one."""
        if item.family == "row":
            return 0.97 if dict(item.cells).get("lead") else 0.8
        if not self.directs(item):
            return 0.6
        return 0.95 if self.zones[item.index] == "orders" else 0.8
