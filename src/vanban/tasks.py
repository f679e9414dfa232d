"""Outline and values → tasks: which blocks order something, of whom, by when, with what product.

A block takes what it does not say itself from the heading or lead-in above it, and says so in `inherited`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from vanban.actors import Roles, find_roles, listed, once
from vanban.bodies import shown_name
from vanban.citations import cited, masked
from vanban.deadlines import choose, find_deadlines
from vanban.forms import Form
from vanban.labels import Labels, find_labels, is_label_line
from vanban.lexicon import fold, fold_word, load
from vanban.names import book
from vanban.orders import Orders, Zone
from vanban.outline import children
from vanban.topics import find_topic
from vanban.values import Deadline, Item, Mention, Notice, Passage, Span, Task, value

DIRECTS = re.compile(r"(?<!\w)(?:lãnh\s+đạo|chỉ\s+đạo)\s", re.I)  # whom they direct leads nothing
LOCALITIES = "g:dia-phuong"
LONG, ENDS = 120, tuple('.;:!?…,)”"')  # characters of a task that is surely a sentence, and what such ends in
NOBODY = 0.65  # how sure it is that nobody is named to lead: usually right, but for a person to see
HIDDEN = 0.7  # how sure it is that a row says nothing of a field, where a column of it is not understood
SPLITS = Form(rf"phối\s*hợp|chủ\s*trì|{DIRECTS.pattern}", "hợp", "trì", "đạo")  # a cell that tells its bodies apart


COMMITTEE = re.compile(r"ủy ban nhân dân (huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)")
OF_COMMUNE = re.compile(r"(?:ban (?:thường vụ|chấp hành) )?đảng ủy (xã|phường|đặc khu) (\w.*)")
OF_PARTY = re.compile(r"(?:ban (?:thường vụ|chấp hành) )?(huyện|quận|thị) ủy (\w.*)")


@value
class Setting:
    """What a document is, as far as reading its tasks needs it: who signs, when, for which level."""

    issuer: str = ""
    issued: date | None = None
    central: bool = False
    own: tuple[tuple[str, str], ...] = ()  # abbreviations that the text introduces
    name: str = ""  # of the body that signs, in full

    @property
    def locals(self) -> str:
        """Whom `địa phương` means: provinces in a document of the centre, else the level of its day (`data/bodies.toml`).

        >>> [Setting(issued=day).locals for day in (None, date(2025, 6, 30), date(2025, 7, 1))]
        ['g:ubnd-huyen', 'g:ubnd-huyen', 'g:ubnd-xa']
        """
        if self.central:
            return "g:ubnd-tinh"
        on = self.issued or date.min
        levels: list[dict[str, Any]] = load("bodies")["locals"]
        return next(str(level["key"]) for level in levels if level.get("effective_from", date.min) <= on)

    @property
    def abbreviations(self) -> dict[str, str]:
        """Short names → full ones: those that the text introduces, and what the body that signs calls itself."""
        return {**called_itself(self.name), **dict(self.own)}

    def local(self, bodies: Sequence[Mention]) -> tuple[Mention, ...]:
        """The bodies, each once, with `địa phương` as the level that the document means."""
        if LOCALITIES not in [m.key for m in bodies]:
            return once(bodies)
        key = self.locals
        return once([replace(m, key=key, name=book().names[key]) if m.key == LOCALITIES else m for m in bodies])


@value
class Found:
    """A field of a task with where it was read: own words, or the heading at `source`."""

    bodies: tuple[Mention, ...] = ()
    spans: tuple[Span, ...] = ()
    source: str | None = None
    sure: float = 1.0

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([m.key for m in self.bodies])) if self.bodies else ()


ALONE = Found(sure=0.9)  # nobody is named to help
T = TypeVar("T")
Time = tuple[Deadline, Span, str]  # a heading's deadline, its place and the heading's address


def find_tasks(
    items: Sequence[Item], texts: Sequence[str], kinds: Sequence[Zone], setting: Setting
) -> tuple[tuple[Task, ...], dict[str, str]]:
    """The tasks in order, and the full name of each body that they name.

    `texts`: the words of each item, citations blanked out; `kinds`: the kind of section it stands in.
    """
    return Finder(items, texts, kinds, setting).run()


def called_itself(name: str) -> dict[str, str]:
    """What a body that signs may call itself and its office: `Sở`, `UBND xã`, `Ban Chỉ đạo`, `Văn phòng`.

    >>> called_itself("Ủy ban nhân dân xã Tân Lập")["UBND xã"]
    'Ủy ban nhân dân xã Tân Lập'
    """
    if not name:
        return {}
    folded = fold(name)
    if m := COMMITTEE.match(folded):
        return {f"UBND {m[1]}": name, f"Ủy ban nhân dân {m[1]}": name}
    if m := OF_PARTY.match(folded):
        level = "thị xã" if m[1] == "thị" else m[1]
        whole = f"Ủy ban nhân dân {level} {name[-len(m[2]) :]}"
        return {f"UBND {level}": whole, f"Ủy ban nhân dân {level}": whole}
    if m := OF_COMMUNE.match(folded):
        place = f"{m[1]} {name[-len(m[2]) :]}"
        whole = f"Ủy ban nhân dân {place}"
        return {f"UBND {m[1]}": whole, f"Ủy ban nhân dân {m[1]}": whole, "Đảng ủy": f"Đảng ủy {place}"}
    for head in ("Sở", "Bộ", "Ban Chỉ đạo", "Liên minh"):
        if folded.startswith(f"{fold_word(head)} "):
            office = f"Văn phòng {head}" if head in ("Sở", "Bộ") else f"Văn phòng {name}"
            return {head: name, "Văn phòng": office, **({"Bộ trưởng": name} if head == "Bộ" else {})}
    return {"Văn phòng": f"Văn phòng {name}"}


def verbatim(deadline: Deadline, passage: Passage) -> Deadline:
    """The deadline with its words as they stand, a citation among them no longer blanked out."""
    return replace(deadline, raw=passage.text[slice(*deadline.span)]) if "_" in deadline.raw else deadline


class Finder:
    def __init__(self, items: Sequence[Item], texts: Sequence[str], kinds: Sequence[Zone], setting: Setting) -> None:
        self.items, self.texts, self.zones, self.setting = items, texts, kinds, setting
        self.own = setting.abbreviations
        self.tree = children(items)
        self.labels: dict[int, Labels] = {}
        self.label_lines = {i.index for i in self.items if i.family != "row" and is_label_line(i.passage.text)}
        self.roles: dict[int, Roles] = {}
        self.times: dict[int, Deadline | None] = {}
        self.names: dict[str, str] = {}
        # What is handed down, by the block above.
        self.chains: dict[int, tuple[Item, ...]] = {}
        self.leads: dict[int, Found | None] = {}
        self.helps: dict[int, Found] = {}
        self.due: dict[int, Time | None] = {}
        self.said_above: dict[int, tuple[str, ...]] = {}
        self.orders = Orders(self.items, self.tree, self.zones, self.texts, self.label_lines, self.role)
        self.chosen = {i.index for i in self.items if self.orders.is_task(i)}

    def run(self) -> tuple[tuple[Task, ...], dict[str, str]]:
        self.hand_labels()
        tasks = tuple(self.task(item) for item in self.items if item.index in self.chosen)
        return tasks, self.names

    def role(self, item: Item) -> Roles:
        if (known := self.roles.get(item.index)) is None:
            heading = any(c.index not in self.label_lines for c in self.tree.get(item.index, ()))
            text = self.texts[item.index]
            found = find_roles(text, heading=heading, issuer=self.setting.issuer, own=self.own)
            if LOCALITIES in [body.key for body in (*found.lead, *found.coordinate)]:
                lead, helps = self.setting.local(found.lead), self.setting.local(found.coordinate)
                found = replace(found, lead=lead, coordinate=helps)
            known = self.roles[item.index] = found
        return known

    def hand_labels(self) -> None:
        """`Đơn vị chủ trì: …` lines speak for the blocks before them in their group, or for the block they stand under."""
        for index in sorted(self.label_lines):
            line = self.items[index]
            labels = find_labels(line.passage)
            siblings = self.tree[line.parent]
            at = siblings.index(line)
            group: list[Item] = []
            for sibling in reversed(siblings[:at]):
                if sibling.index in self.label_lines:
                    if group:
                        break
                    continue
                group.append(sibling)
            owners = [leaf for s in group for leaf in self.leaves(s)] if group else self.owners(line)
            for owner in owners:
                self.labels[owner.index] = labels.over(self.labels.get(owner.index))

    def owners(self, line: Item) -> list[Item]:
        """The block that a label line stands under; one without a marker speaks for the bullets before it as well."""
        if line.parent is None:
            return []
        parent = self.items[line.parent]
        if line.family != "plain" or parent.index not in self.chosen:
            return [parent]
        siblings = self.tree[parent.parent]
        group = [parent]
        for sibling in reversed(siblings[: siblings.index(parent)]):
            if sibling.index in self.labels or sibling.index in self.tree or sibling.family != parent.family:
                break
            group.append(sibling)
        return group

    def leaves(self, item: Item) -> list[Item]:
        below = [leaf for child in self.tree.get(item.index, ()) for leaf in self.leaves(child)]
        return below if item.index not in self.chosen else [item, *below]

    def task(self, item: Item) -> Task:
        cells, sure = dict(item.cells), self.orders.sure(item)
        labels = find_labels(item.passage, inside=True).over(self.labels.get(item.index))
        lead, coordinate = self.actors(item, cells, labels)
        deadline, time_span, time_from = self.deadline(item, cells, labels)
        product = cells.get("deliverable") or labels.deliverable
        leads = lead.keys
        topic, topic_sure = find_topic(self.act(item), self.handed(self.said_above, item, self.headings, ()), leads)
        inherited = {"lead": lead.source, "coordinate": coordinate.source, "deadline": time_from}
        spans = {"lead": lead.spans, "coordinate": coordinate.spans}
        spans |= {"deadline": (time_span,) if time_span else (), "deliverable": (product.span(),) if product else ()}
        # A column whose name says nothing may hold what the others do not say.
        silent = HIDDEN if cells.get("unknown") else 0.9
        confidence = {
            "task": sure,
            "lead": lead.sure,
            "coordinate": coordinate.sure if coordinate.bodies else min(coordinate.sure, silent),
            "deadline": deadline.sure if deadline else silent,
            "deliverable": 0.95 if product else silent,
            "topic": topic_sure,
        }
        return Task(
            at=item.at,
            span=item.passage.span(),
            text=item.passage.text,
            where=item.where,
            lead=leads,
            coordinate=coordinate.keys,
            deliverable=product.text if product else None,
            deadline=deadline,
            topic=topic,
            spans={k: v for k, v in spans.items() if v},
            confidence=confidence,
            inherited={k: v for k, v in inherited.items() if v},
            notices=tuple(self.doubts(item, sure, lead, coordinate, deadline)),
        )

    def actors(self, item: Item, cells: dict[str, Passage], labels: Labels) -> tuple[Found, Found]:
        lead_cell = cells.get("lead") or labels.lead
        help_cell = cells.get("coordinate") or labels.coordinate
        own = self.role(item)
        if item.cells or lead_cell:
            lead, helps = self.shared_cell(lead_cell) if lead_cell else (self.inherit_lead(item, own), Found())
            coordinate = self.joined(helps, self.named(help_cell))
            added = self.found(own.coordinate, item.passage)
            return lead, self.joined(coordinate, added) if item.cells or coordinate.bodies else added
        lead = self.inherit_lead(item, own)
        coordinate = self.joined(self.inherit_help(item, own, lead), self.named(help_cell))
        return lead, coordinate

    def shared_cell(self, cell: Passage) -> tuple[Found, Found]:
        """Who leads and who helps by one cell: `Sở Tài chính chủ trì, phối hợp với Sở Nội vụ`."""
        roles = find_roles(cell.text, own=self.own) if SPLITS.search(cell.text) else Roles()
        if not (roles.lead and (roles.coordinate or DIRECTS.search(cell.text))):
            return self.named(cell), Found()
        lead, helps = self.setting.local(roles.lead), self.setting.local(roles.coordinate)
        return self.found(lead, cell, 0.95), self.found(helps, cell, 0.95)

    def named(self, cell: Passage | None) -> Found:
        return self.found(self.setting.local(listed(cell.text, self.own)), cell, 0.97) if cell else Found()

    def found(self, bodies: Sequence[Mention], passage: Passage, sure: float = 0.9, source: str | None = None) -> Found:
        if not bodies:
            return Found((), (), source, sure)
        for body in bodies:
            if body.key not in self.names:
                self.names[body.key] = shown_name(body)
        spans = tuple([passage.span(*m.span) for m in bodies])
        return Found(tuple(bodies), spans, source, min([sure, *[m.sure for m in bodies]]))

    def joined(self, first: Found, more: Found) -> Found:
        if not more.bodies:
            return first
        keys = first.keys
        fresh = [i for i, m in enumerate(more.bodies) if m.key not in keys]
        if not fresh:
            return first
        return Found(
            (*first.bodies, *(more.bodies[i] for i in fresh)),
            (*first.spans, *(more.spans[i] for i in fresh)),
            first.source or more.source,
            min(first.sure, more.sure),
        )

    def handed(self, kept: dict[int, T], item: Item, find: Callable[[Item], T], nothing: T) -> T:
        """What the blocks above hand down: looked for once for all that stand side by side."""
        if item.parent is None:
            return nothing
        if item.parent not in kept:
            kept[item.parent] = find(item)
        return kept[item.parent]

    def above(self, item: Item) -> tuple[Item, ...]:
        return self.handed(self.chains, item, self.chain, ())

    def chain(self, item: Item) -> tuple[Item, ...]:
        found: list[Item] = []
        parent = item.parent
        while parent is not None:
            found.append(self.items[parent])
            parent = found[-1].parent
        return tuple(found)

    def inherit_lead(self, item: Item, own: Roles) -> Found:
        if own.lead:
            return self.found(own.lead, item.passage, 0.95 if own.opens else 0.8)
        if lead := self.handed(self.leads, item, self.lead_above, None):
            return lead
        opening = self.items[0]
        if item.where == "body" and not opening.counted and opening.parent is None:
            return self.found(self.role(opening).lead, opening.passage, 0.8)
        return Found(sure=NOBODY)

    def lead_above(self, item: Item) -> Found | None:
        for heading in self.above(item):
            if lead := self.role(heading).lead:
                return self.found(lead, heading.passage, 0.9, heading.at)
            if (labels := self.labels.get(heading.index)) and labels.lead:
                return replace(self.named(labels.lead), source=heading.at)
        return None

    def inherit_help(self, item: Item, own: Roles, lead: Found) -> Found:
        leads = lead.keys if own.coordinate else ()
        mine = self.found([m for m in own.coordinate if m.key not in leads or m.key.startswith("g:")], item.passage)
        if own.chairs or (own.lead and (own.opens or not self.same_lead(item, own))):
            return mine
        return self.joined(self.handed(self.helps, item, self.help_above, ALONE), mine)

    def help_above(self, item: Item) -> Found:
        inherited = ALONE
        for heading in self.above(item):
            above = self.role(heading)
            if above.coordinate and heading.index not in self.chosen:
                inherited = self.joined(inherited, self.found(above.coordinate, heading.passage, 0.9, heading.at))
            if above.lead:
                break
        return inherited

    def same_lead(self, item: Item, own: Roles) -> bool:
        """A body named in mid block that leads anyway overrides nothing."""
        above = next((r.lead for h in self.above(item) if (r := self.role(h)).lead), ())
        return {m.key for m in own.lead} == {m.key for m in above}

    def deadline(
        self, item: Item, cells: dict[str, Passage], labels: Labels
    ) -> tuple[Deadline | None, Span | None, str | None]:
        for cell in (cells.get("time"), labels.time):
            if cell and (best := self.best(masked(cell.text, cited(cell.text)), in_cell=True)):
                return verbatim(best, cell), cell.span(*best.span), None
        if best := self.time_of(item):
            return verbatim(best, item.passage), item.passage.span(*best.span), None
        return self.handed(self.due, item, self.time_above, None) or (None, None, None)

    def time_above(self, item: Item) -> Time | None:
        for heading in self.above(item):
            hands_down = heading.index not in self.chosen and self.role(heading)
            if hands_down and (best := self.time_of(heading)):
                best = verbatim(replace(best, sure=min(best.sure, 0.8)), heading.passage)
                return best, heading.passage.span(*best.span), heading.at
        return None

    def time_of(self, item: Item) -> Deadline | None:
        """The time that a block's own words state; headings are asked for it by each block below them."""
        if item.index not in self.times:
            self.times[item.index] = self.best(self.texts[item.index])
        return self.times[item.index]

    def best(self, text: str, *, in_cell: bool = False) -> Deadline | None:
        return choose(find_deadlines(text, issued=self.setting.issued, cell=in_cell))

    def act(self, item: Item) -> str:
        """The block's words without the bodies that act in it: what it is about."""
        own = self.role(item)
        text = item.passage.text
        for start, end in sorted([m.span for m in (*own.lead, *own.coordinate)], reverse=True):
            text = text[:start] + text[end:]
        return text

    def headings(self, item: Item) -> tuple[str, ...]:
        return tuple(h.passage.text for h in self.above(item)[:3] if h.index not in self.chosen)

    def doubts(
        self, item: Item, sure: float, lead: Found, coordinate: Found, deadline: Deadline | None
    ) -> list[Notice]:
        notices = []
        text, span = item.passage.text, item.passage.span()
        if not lead.bodies:
            notices.append(Notice("V101", "no body is named to lead it", span=span))
        for body, place in zip((*lead.bodies, *coordinate.bodies), (*lead.spans, *coordinate.spans), strict=True):
            if body.sure < 0.9:
                notices.append(Notice("V102", f"read as “{body.name}”: check the name", body.raw, place))
        if deadline and deadline.kind != "conditional" and deadline.sure < 0.9:
            notices.append(Notice("V103", "the time is not fully stated: check it", deadline.raw, span))
        if sure < 0.7:
            notices.append(Notice("V104", "it may state something rather than order it", span=span))
        if item.family != "row" and len(text) > LONG and not text.endswith(ENDS):
            notices.append(Notice("V105", "the sentence has no end: a page may be missing", text[-40:], span))
        return notices
