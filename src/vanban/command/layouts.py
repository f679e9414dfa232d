"""`vanban check-layout`: where a Word file departs from a layout, with the clause of each rule."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from vanban import contract, departures
from vanban.command import files
from vanban.command.speech import complain, say
from vanban.errors import DocumentError
from vanban.reading import load
from vanban.writing import Departure, Layout, check, layout


def check_layout(options: Namespace) -> int:
    """Do the command; its exit status is 0 where no file departs from the layout."""
    try:
        rules = layout(options.layout)
    except DocumentError as error:
        complain(error)
        return 2
    read = wrong = 0
    for entry in files.expand(options.files, (".docx",)):
        try:
            if isinstance(entry, DocumentError):
                raise entry
            with files.guard(entry):
                found = check(load(entry, entry.name), rules, name=entry.name)
            present(found, rules, entry, options.format)
            read, wrong = read + 1, wrong + bool(found)
        except DocumentError as error:
            complain(error)
            wrong += 1
    return 2 if not read else 1 if wrong else 0


def present(found: Sequence[Departure], rules: Layout, path: Path, form: str) -> None:
    """The departures of one file."""
    if form == "json":
        sys.stdout.write(contract.as_text(departures.as_json(found, rules, name=path.name)))
    elif not found:
        say(f"{path.name}: đúng thể thức {rules.name}.")
    elif sys.stdout.isatty():
        say(f"{path.name}: {len(found)} điểm khác {rules.name}.")
        for each in found:
            say(f"- {departures.sentence(each, rules)}")
    else:
        for each in found:
            say("\t".join((path.name, *(" ".join(cell.split()) for cell in departures.row(each, rules)))))
