"""PDF of a Word file, where LibreOffice is installed. Each call has a profile of its own: shared ones lock and hang."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from django.conf import settings

from core.errors import ServiceError

SECONDS = 60

MISSING = "服务器没有安装 LibreOffice，不能生成 PDF。请改为生成 Word，用 WPS 或 Word 打开后另存为 PDF。"
FAILED = "没有转成 PDF。请先生成 Word，用 WPS 或 Word 打开后另存为 PDF，并告知系统管理员。"
TOO_LONG = "转成 PDF 用时太长，已停止。请改为生成 Word，用 WPS 或 Word 打开后另存为 PDF。"


def program() -> str:
    """The command of LibreOffice; empty where there is none. ``SOFFICE`` in the settings overrides the search."""
    return settings.SOFFICE or shutil.which("soffice") or ""


def to_pdf(source: Path, folder: Path, *, seconds: float = SECONDS) -> Path:
    """Write the PDF of ``source`` into ``folder`` and return its path; ``ServiceError`` says what to do instead."""
    command = program()
    if not command:
        raise ServiceError(MISSING)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    arguments = [
        command,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    try:
        child = subprocess.Popen(
            [*arguments, str(source)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        raise ServiceError(MISSING) from None
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ServiceError(TOO_LONG) from None
    finally:
        # The command is a script: what it started must not outlive it.
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    made = folder / f"{source.stem}.pdf"
    if child.returncode or not made.is_file():
        raise ServiceError(FAILED)
    return made
