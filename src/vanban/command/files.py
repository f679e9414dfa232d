"""Files in and out: what the command line names, and where results go."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vanban.errors import DocumentError, NotFound

READABLE = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".doc", ".pdf")


class NothingInFolder(DocumentError):
    code = "D301"
    message = (
        "Folder “%(name)s” holds no file that can be read. Put a TXT, Markdown, HTML, DOCX, DOC or PDF file there."
    )


class Crashed(DocumentError):
    code = "D302"
    message = "The program broke off while reading “%(name)s” (%(reason)s). Send this file to whoever maintains it."


class NotWritten(DocumentError):
    code = "D303"
    message = (
        "“%(name)s” cannot be written: %(reason)s. Check the folder, the right to write and the space on the disk."
    )


def expand(paths: Iterable[Path], kinds: Sequence[str] = READABLE) -> Iterator[Path | DocumentError]:
    """The files to read: those named, and for a folder the files of these kinds in it, in order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        try:
            inside = sorted(each for each in path.iterdir() if each.suffix.lower() in kinds and each.is_file())
        except OSError as error:
            yield NotFound(name=path, reason=error.strerror or error)
            continue
        yield from inside
        if not inside:
            yield NothingInFolder(name=path)


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """Make of a fault of the program in one file an error like others, so that the other files go on."""
    try:
        yield
    except (DocumentError, BrokenPipeError):
        raise
    except Exception as error:
        raise Crashed(name=path.name, reason=f"{type(error).__name__}: {error}") from error


def stems(paths: Iterable[Path]) -> Iterator[str]:
    """A name for the result of each file, none twice: a second `plan` becomes `plan-2`, a third `plan-3`.

    Names that differ in case alone, or in how Unicode builds their letters, are one file on some systems.
    """
    taken: set[str] = set()
    for path in paths:
        stem, count = path.stem, 1
        while _alike(stem) in taken:
            count += 1
            stem = f"{path.stem}-{count}"
        taken.add(_alike(stem))
        yield stem


def _alike(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises NotWritten."""
    part = path.with_name(f".vanban-{os.getpid()}.part")
    try:
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(name=path, reason=error.strerror or error) from error


def folder(path: Path) -> None:
    """Make the folder that results go to. Raises NotWritten."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(name=path, reason=error.strerror or error) from error
