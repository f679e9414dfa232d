"""`vanban extract`: one result file for each document, one line for each on standard output."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import rich.progress
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

from vanban import analyse, contract, read, sheets, wording
from vanban.command import files
from vanban.command.speech import complain, say, status, warn
from vanban.command.workers import each
from vanban.errors import DocumentError
from vanban.reading.scans import Progress, unheard
from vanban.values import Analysis

SUFFIXES = {"json": ".json", "table": ".tsv", "xlsx": ".xlsx"}


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, the name of its result and the form of it."""

    path: Path
    stem: str
    form: str

    @property
    def target(self) -> str:
        return self.stem + SUFFIXES[self.form]


@dataclass(frozen=True, slots=True)
class Result:
    line: str
    data: bytes


def extract(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    try:
        files.folder(options.output)
    except files.NotWritten as error:
        complain(error)
        return 2
    jobs, bad = prepare(options)
    good, width = 0, max((cell_len(job.path.name) for job in jobs), default=0)
    with progress(len(jobs)) as bar:
        work = partial(convert, report=bar.page) if options.jobs == 1 else convert
        for job, result in zip(jobs, each(work, jobs, options.jobs), strict=True):
            try:
                say(f"{padded(job.path.name, width)}  {save(result, job, options.output)}")
                good += 1
            except DocumentError as error:
                complain(error)
                bad += 1
            bar.advance()
    return status(good, bad)


def prepare(options: Namespace) -> tuple[list[Job], int]:
    """What to read, and how much of what was named cannot be; two results of one name earn a warning."""
    found = list(files.expand(options.files))
    paths = [entry for entry in found if isinstance(entry, Path)]
    for entry in found:
        if isinstance(entry, DocumentError):
            complain(entry)
    jobs = [Job(path, stem, options.format) for path, stem in zip(paths, files.stems(paths), strict=True)]
    for job in jobs:
        if job.stem != job.path.stem:
            warn(f"“{job.path}” trùng tên với một tệp khác; kết quả nằm ở “{job.target}”.")
    return jobs, len(found) - len(paths)


def convert(job: Job, report: Progress = unheard) -> Result | DocumentError:
    """Read one file; what goes wrong with it is returned, for it may have to leave this process."""
    try:
        with files.guard(job.path):
            analysis = analyse(read(job.path, report=report))
            return Result(wording.line(analysis), written(analysis, job))
    except DocumentError as error:
        return error


def written(analysis: Analysis, job: Job) -> bytes:
    """The result in the form asked for."""
    if job.form == "xlsx":
        return sheets.as_xlsx(analysis)
    if job.form == "table":
        return sheets.as_tsv(sheets.sheets(analysis)[0]).encode()
    named = contract.as_json(analysis) | {"doc": contract.encodable(job.stem)}
    return contract.as_text(named).encode()


def save(result: Result | DocumentError | None, job: Job, folder: Path) -> str:
    """Write a result and give its line. Raises the error that stands in its place; None is a process that died."""
    if isinstance(result, Result):
        files.write(folder / job.target, result.data)
        return result.line
    raise result or files.Crashed(name=job.path.name, reason="tiến trình đọc tệp bị dừng")


def padded(name: str, width: int) -> str:
    return name + " " * (width - cell_len(name))


class Bar:
    """How many files are read, and how far the one in hand is: scans take seconds a page."""

    def __init__(self, shown: rich.progress.Progress, total: int) -> None:
        self._shown = shown
        self._task = shown.add_task("Đang đọc", total=total)

    def page(self, done: int, pages: int) -> None:
        self._shown.update(self._task, description=f"Đang đọc trang {done + 1}/{pages}")

    def advance(self) -> None:
        self._shown.update(self._task, advance=1, description="Đang đọc")


@contextmanager
def progress(total: int) -> Iterator[Bar]:
    """A bar on standard error, on a terminal only."""
    shown = rich.progress.Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
        redirect_stdout=sys.stdout.isatty(),  # piped lines must not end up between the bar's
    )
    with shown:
        yield Bar(shown, total)
