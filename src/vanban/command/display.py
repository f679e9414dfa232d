"""`vanban show`: the plan of each document on standard output, or its task sheet."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from rich.console import Console, RenderableType

from vanban import analyse, contract, read, sheets
from vanban import show as view
from vanban.command import files
from vanban.command.speech import complain, say, status
from vanban.errors import DocumentError
from vanban.values import Analysis


def show(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    good = bad = 0
    for entry in files.expand(options.files):
        try:
            if isinstance(entry, DocumentError):
                raise entry
            if good and options.format == "plan":
                say("")
            with files.guard(entry):
                present(analyse(read(entry)), options)
            good += 1
        except DocumentError as error:
            complain(error)
            bad += 1
    return status(good, bad)


def present(analysis: Analysis, options: Namespace) -> None:
    """One document in the form asked for."""
    if options.format == "xlsx":
        files.write(Path(options.output), sheets.as_xlsx(analysis))
    elif options.format == "json":
        sys.stdout.write(contract.as_text(contract.as_json(analysis)))
    elif options.format == "plan":
        draw(view.plan(analysis, full=options.full))
    elif sys.stdout.isatty():
        draw(view.table(sheets.sheets(analysis)[0], Console()))
    else:
        sys.stdout.write(sheets.as_tsv(sheets.sheets(analysis)[0]))


def draw(picture: RenderableType) -> None:
    """Print for eyes; without colours, and without blanks at the ends of lines, where it goes to a pipe or a file."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.print(picture)
        return
    with console.capture() as capture:
        console.print(picture)
    for line in capture.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")
