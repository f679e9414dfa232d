"""A corrected file arrives after the review has begun: what was decided goes over to it, and what changed is shown.

Items of the new version are matched with those of the version before: by the same words first, then by the same address or
look-alike words. The same words keep their decision and their corrections; changed words wait again, with the old ones beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from hopluc.core.folding import words
from hopluc.documents.models import Document, Item, Version

Json = dict[str, Any]
State = Item.State
ALIKE = 0.75  # of their words in common: the same item, reworded
READ = ("text", "indicator", "frequency")  # the words that an item is known by


def carry_over(document: Document, version: Version) -> dict[str, int]:
    """Bring the review of the version before into this one; counts of same, changed, new and dropped items."""
    before = document.versions.filter(state=Version.State.READ, number__lt=version.number).order_by("-number").first()
    if before is None:
        return {}
    new = _not_replaced(before, list(version.items.all()))
    old = list(before.items.exclude(state=State.REPLACED))
    counts = {"same": 0, "changed": 0, "new": len(new), "dropped": 0, "from": before.number}
    for was, now in _pairs(old, new):
        counts["new"] -= 1
        same = _known_by(was) == _known_by(now)
        counts["same" if same else "changed"] += 1
        _carry(was, now, same=same)
    Item.objects.bulk_update(new, ["state", "value", "before", "changed_by", "origin", "sureness"])
    matched = counts["same"] + counts["changed"]
    kept = _by_hand(old, new, version)
    counts["dropped"] = len(old) - matched - kept
    return counts


def _not_replaced(before: Version, new: list[Item]) -> list[Item]:
    """The new items without those that were split or merged in the version before: what was made of them goes along."""
    replaced = Counter(map(_known_by, before.items.filter(state=State.REPLACED, found__isnull=False)))
    left = []
    for item in new:
        if replaced[_known_by(item)]:
            replaced[_known_by(item)] -= 1
            item.state = State.REPLACED
            item.save(update_fields=["state"])
        else:
            left.append(item)
    return left


def _carry(was: Item, now: Item, *, same: bool) -> None:
    now.changed_by = was.changed_by
    if same:
        now.state = was.state
        if was.value != was.found:  # corrected by hand: the correction stands, at its new place
            now.value = {**was.value, **{key: now.value[key] for key in ("at", "span") if key in now.value}}
            now.sureness = was.sureness
    else:
        now.before = was.value


def _by_hand(old: list[Item], new: list[Item], version: Version) -> int:
    """What people made and the new text does not have as an item of its own goes along; to be looked at again, unless
    its words stand there too.
    """
    there = {_known_by(item) for item in new}
    added = [
        item for item in old if item.found is None and item.state != State.REJECTED and _known_by(item) not in there
    ]
    for item in added:
        item.pk, item.version = None, version
        item.value = {key: value for key, value in item.value.items() if key not in ("span", "spans")}
        if span := _place(item.value.get("text", ""), version.content):
            item.value["span"], item.position = span, span[0]
        else:
            item.state = State.PENDING
        item._state.adding = True
    Item.objects.bulk_create(added)
    return len(added)


def _place(text: str, content: str) -> list[int] | None:
    """Where words stand in the content, whatever white space lies between them."""
    found = text and re.search(r"\s+".join(map(re.escape, text.split())), content)
    return list(found.span()) if found else None


def _pairs(old: list[Item], new: list[Item]) -> Iterator[tuple[Item, Item]]:
    """Each old item with its new one, where there is one; nobody twice."""
    left = {item.pk: item for item in new}
    waiting: list[Item] = []
    by_words: dict[tuple[str, str], list[Item]] = {}
    for item in new:
        by_words.setdefault(_known_by(item), []).append(item)
    for was in old:
        if same := by_words.get(_known_by(was)):
            now = same.pop(0)
            del left[now.pk]
            yield was, now
        else:
            waiting.append(was)
    for was in waiting:
        if alike := _look_alike(was, left.values()):
            del left[alike.pk]
            yield was, alike


def _look_alike(was: Item, candidates: Any) -> Item | None:
    best, score = None, ALIKE
    mine = _words(was)
    for now in candidates:
        if now.kind != was.kind:
            continue
        matcher = SequenceMatcher(None, mine, _words(now), autojunk=False)
        if matcher.real_quick_ratio() < score or matcher.quick_ratio() < score:
            continue
        likeness = matcher.ratio() + (0.05 if now.value.get("at") == was.value.get("at") else 0)
        if likeness >= score:
            best, score = now, likeness
    return best


def _words(item: Item) -> list[str]:
    return words(" ".join(str(item.value.get(name) or "") for name in READ))


def _known_by(item: Item) -> tuple[str, str]:
    """The words of an item, whatever their case and spaces; a target or duty by its place and figures too."""
    value = item.found or item.value
    told = value.get("text") or " ".join(
        str(value.get(key) or "")
        for key in ("indicator", "subject", "low", "high", "by", "from", "to", "frequency", "due")
    )
    return item.kind, " ".join(words(told))
