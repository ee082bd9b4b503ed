"""Run background jobs in this process: until stopped, or until nothing is due."""

import os
import resource
import signal
import sys
import threading
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, close_old_connections, connection

from core.jobs import lease
from core.jobs.periodic import Schedule
from core.jobs.runner import run
from core.models.jobs import Job, JobState

POLL_SECONDS = 0.3
DATABASE_PAUSE_SECONDS = 2.0
# Kilobytes, as for a Celery worker's child: a process that a large job has blown up makes way for a fresh one.
LARGEST_MEMORY = 400_000


class Command(BaseCommand):
    """One job at a time, from the table itself; needs no broker."""

    help = "运行后台任务；--drain 做完当前到期的任务后退出"
    # A runner that died is missed: it must be back at once.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how long to go on."""
        parser.add_argument("--drain", action="store_true", help="做完当前到期的任务后退出，显示每项结果")
        parser.add_argument("--embedded", action="store_true", help="由网页进程启动：标准输入关闭时退出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        if options["drain"]:
            self._drain()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _leave)
        if options["embedded"]:
            # Pages come first on a small machine.
            os.nice(5)
            threading.Thread(target=_leave_with_parent, name="parent-watch", daemon=True).start()
        # With a broker, beat rings for what is done by the clock.
        schedule = None if settings.CELERY_BROKER_URL else Schedule()
        while not options["embedded"] or not _is_blown_up():
            if schedule is not None:
                schedule.run_due()
            if not self._one():
                time.sleep(POLL_SECONDS)

    def _one(self) -> bool:
        """Run one job if one is due; a database that is away for a moment is waited for."""
        try:
            row = lease.claim()
            if row is None:
                return False
            run(row)
            close_old_connections()
            return True
        except Error as error:
            self.stderr.write(f"数据库暂时不可用：{error}")
            connection.close()
            time.sleep(DATABASE_PAUSE_SECONDS)
            return False

    def _drain(self) -> None:
        failed: list[Job] = []
        while (row := lease.claim()) is not None:
            self.stdout.write(f"  {row.title} …… ", ending="")
            self.stdout.flush()
            began = time.monotonic()
            run(row)
            row.refresh_from_db()
            self.stdout.write(f"{row.get_state_display()}（{time.monotonic() - began:.1f} 秒）")
            if row.state == JobState.FAILED:
                failed.append(row)
        if failed:
            raise CommandError(
                "".join(f"{row.title}：{row.error}（查询号 {row.error_ref or '无'}）" for row in failed)
            )


def _leave(number: int, frame: FrameType | None) -> None:
    """Unwind the running job, which the runner then gives back; a second signal must not disturb that."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(0)


def _leave_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _is_blown_up() -> bool:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > LARGEST_MEMORY
