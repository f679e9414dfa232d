"""Whether the gate finds what is wrong with a report, and leaves alone what is right.

    make bench NAME=gate             a province of 170 communes, ten mistakes of each of ten kinds, each in a report of its own
    make bench NAME=gate QUICK=1     20 communes, one of each

The report, its returns, texts, database and last year's report are made from a seed so that all agree; then one thing is mistyped.
`found`: a clash of the right kind that stops the signature. `false_alarms`: clashes in the reports of five other seeds that nobody spoilt.
The last line is `{"planted": …, "found": …, "false_alarms": …}`.
"""

from __future__ import annotations

import json
import os
from collections import Counter

import django
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
django.setup()

from hopluc.reports.compiling.gate import clashes  # noqa: E402
from hopluc.reports.tests.making import sound  # noqa: E402
from hopluc.reports.tests.planting import PLANTED, mistakes  # noqa: E402

QUICK = bool(os.environ.get("QUICK"))
COMMUNES, EACH, CLEAN = (20, 1, 1) if QUICK else (170, 10, 5)


def main() -> None:
    translation.activate("vi")
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for mistake in mistakes(sound(COMMUNES, 1), EACH, 2026):
        planted[mistake.name] += 1
        hit = mistake.found(clashes(mistake.matter))
        found[mistake.name] += hit
    for name in PLANTED:
        print(f"{name:45} {found[name]:3} of {planted[name]:3}")
    alarms = [clash.text for seed in range(10, 10 + CLEAN) for clash in clashes(sound(COMMUNES, seed))]
    for text in alarms:
        print("false alarm:", text)
    print(json.dumps({"planted": planted.total(), "found": found.total(), "false_alarms": len(alarms)}))


if __name__ == "__main__":
    main()
