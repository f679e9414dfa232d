"""Static files, gathered into one folder under names that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from hopluc.core.postgres.locks import locked

STAMP = ".gathered"  # in the folder: what it was made from


def collect() -> None:
    """Gather the files unless the folder holds just these already."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stamp = root / STAMP
    with locked(root.with_name(f"{root.name}.lock")):
        wanted = _fingerprint()
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    described = "\n".join(sorted(_sources()))
    return hashlib.sha256(described.encode()).hexdigest()


def _sources() -> Iterator[str]:
    yield str(settings.STORAGES["staticfiles"])
    for finder in get_finders():
        for path, storage in finder.list([]):
            source = Path(storage.path(path)).stat()
            yield f"{path} {source.st_size} {source.st_mtime_ns}"
