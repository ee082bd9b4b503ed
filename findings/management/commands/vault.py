"""The vault: the one process that holds private keys, each for as long as one answer takes."""

import logging
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from findings.services.petitions import vault

log = logging.getLogger(__name__)

# A child that is not done by then is ended.
LONGEST = 90.0
_WAITING = 16


class Command(BaseCommand):
    """Listens on a local socket; every question is answered by a process that ends with its answer."""

    help = "封存服务：在本机套接字上等候查阅、补授请求，由单独的进程解密"
    # It must be back at once when it died; the settings are checked by the processes that ask it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how it ends."""
        parser.add_argument("--embedded", action="store_true", help="由网页进程启动：标准输入关闭时退出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Listen until told to stop."""
        path = settings.VAULT_SOCKET or vault.embedded_path()
        if not path or len(os.fsencode(path)) > vault.LONGEST_PATH:
            raise CommandError("套接字路径太长或没有设置：请以 VAULT_SOCKET 指定一个较短的路径。")
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _leave)
        vault.be_the_vault()
        watched = sys.stdin.fileno() if options["embedded"] else -1
        with _listening(Path(path)) as listener:
            log.info("vault is listening")
            _serve(listener, watched)


def _listening(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Closed to everybody but the own user, in production also open to the group of the web process.
    before = os.umask(0o117 if settings.PRODUCTION else 0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(_WAITING)
    return listener


def _serve(listener: socket.socket, watched: int) -> None:
    """One question after the other; ends when ``watched`` (a pipe from the web process, -1 for none) closes."""
    sources: list[Any] = [listener, *([watched] if watched >= 0 else [])]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if watched in ready:
            return
        line, _ = listener.accept()
        with line:
            _answer_apart(listener, line)


def _answer_apart(listener: socket.socket, line: socket.socket) -> None:
    """Answer in a child, whose memory goes back to the kernel with everything that was unlocked in it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            listener.close()
            vault.answer(line)
        finally:
            os._exit(0)
    _wait_for(child)


def _wait_for(child: int) -> None:
    end = time.monotonic() + LONGEST
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            log.error("an answer took too long")
            return
        time.sleep(0.005)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
