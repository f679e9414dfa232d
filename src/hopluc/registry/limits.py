"""What the law asks of an organisation (`data/limits.toml`), beside what is known of it. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from hopluc.core.ruling import Condition, InForce, Known, Ruling, condition_of, in_force_of, rule_of
from hopluc.registry.files import table
from hopluc.registry.wording import Words


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    words: Words
    kinds: frozenset[str]
    in_force: InForce
    when: Condition


@dataclass(frozen=True, slots=True)
class Finding:
    rule: Rule
    ruling: Ruling


@cache
def rules() -> tuple[Rule, ...]:
    read = table("limits")
    return tuple(_rule(line, read["sources"]) for line in read["rule"])


def _rule(line: Mapping[str, Any], sources: Mapping[str, str]) -> Rule:
    words, kinds = Words(line["vi"], line["en"]), frozenset(line["kinds"])
    return Rule(line["key"], words, kinds, in_force_of(line, sources), condition_of(line["when"]))


def findings(kind: str, known: Known, *, on: date) -> list[Finding]:
    """Each rule for this kind of organisation in force on a day: met, unmet or unknown."""
    held = (rule for rule in rules() if kind in rule.kinds and rule.in_force.on(on))
    return [Finding(rule, rule_of(rule.when, known)) for rule in held]
