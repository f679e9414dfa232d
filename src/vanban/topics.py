"""What a task is about: one of the guide's topics, by the words it opens with, then its heading, then who leads.

What the work is about beats the form of the act; of several subjects the first ordered wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from vanban.lexicon import fold, load, one_of

NEAR, MIDDLE = 70, 160  # characters: a subject is usually named at once
DECAY = (1.0, 0.55, 0.25)
HEADING, LEAD = 0.2, 2.0  # weight of a heading's words, and of who leads
UNSURE = "other"
PLAIN, STRONG = 4.0, 8.0  # the weight of one word of a topic, and of several or of one that says it all
RIVAL = 0.5  # of the first topic's weight: a second with more of it is as good a reading


def find_topic(text: str, headings: tuple[str, ...] = (), leads: tuple[str, ...] = ()) -> tuple[str, float]:
    """The topic and how sure it is, 0 to 1.

    >>> find_topic("Tăng cường tuyên truyền, phổ biến Luật Hợp tác xã")[0]
    'awareness'
    """
    said = _scores(text)
    scores = dict(said)
    for topic, score in _handed_down(headings):
        scores[topic] = scores.get(topic, 0.0) + score
    for lead in leads:
        if usual := _topics()[1].get(lead):
            scores[usual] = scores.get(usual, 0.0) + LEAD / len(leads)
    if not scores:
        return UNSURE, 0.3
    most = max(scores.values())
    topic = min([each for each, score in scores.items() if score == most])
    return topic, _sure(topic, said)


def _sure(topic: str, said: Mapping[str, float]) -> float:
    """By how much of the topic the block itself says, and how much of another; shares measured (benchmarks/README.md)."""
    weight = said.get(topic, 0.0)
    if weight < PLAIN:
        return 0.62
    if max((other for name, other in said.items() if name != topic), default=0.0) > RIVAL * weight:
        return 0.7
    return 0.95 if weight >= STRONG else 0.85


@lru_cache(maxsize=64)  # headings come again for each block below them
def _handed_down(headings: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """What the headings above a block say, the nearest first."""
    return tuple([(topic, HEADING * score) for heading in headings for topic, score in _scores(heading).items()])


@lru_cache(maxsize=256)
def _scores(text: str) -> Mapping[str, float]:
    """Weight of each topic; a phrase counts once, where it first stands, a longer one instead of those within it."""
    scores: dict[str, float] = {}
    seen: set[str] = set()
    phrases = _topics()[0]
    for m in _pattern().finditer(fold(text)):
        if (phrase := m[0]) in seen:
            continue
        seen.add(phrase)
        near = DECAY[(m.start() >= NEAR) + (m.start() >= MIDDLE)]
        for topic, weight in phrases[phrase]:
            scores[topic] = scores.get(topic, 0.0) + weight * near
    return scores


@cache
def _topics() -> tuple[dict[str, tuple[tuple[str, float], ...]], dict[str, str]]:
    table = load("topics")
    leads: dict[str, str] = table["leads"]
    phrases: dict[str, dict[str, float]] = {}
    for topic, weights in table.items():
        if topic == "leads":
            continue
        for weight, forms in weights.items():
            for form in forms:
                phrases.setdefault(fold(form), {})[topic] = float(weight)
    return {phrase: tuple(weights.items()) for phrase, weights in phrases.items()}, leads


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(_topics()[0])}(?!\w)")
