"""A Word document as PDF by LibreOffice, where it is installed: in a process of its own, with little time and a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 60
PROGRAM = "soffice"


class NotConverted(Exception):
    """LibreOffice took too long, or made nothing."""


def can_convert() -> bool:
    return shutil.which(PROGRAM) is not None


def pdf_made(docx: bytes) -> bytes:
    """Raises NotConverted."""
    with tempfile.TemporaryDirectory(prefix="hopluc-pdf-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(docx)
        _convert(source, Path(folder))
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise NotConverted
        return made.read_bytes()


def _convert(source: Path, folder: Path) -> None:
    """With its own group of processes, so that all of them end with it. Raises NotConverted."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotConverted
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
    with subprocess.Popen(  # noqa: S603  our own arguments
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as child:
        try:
            child.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(child.pid, signal.SIGKILL)
            raise NotConverted from error
