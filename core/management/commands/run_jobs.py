"""Run background jobs in this process: until stopped, or until nothing is due."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, close_old_connections

from core.jobs.runner import run_due
from core.models.jobs import Job, JobState

POLL_SECONDS = 0.4


class Command(BaseCommand):
    """One job at a time, from the table itself; needs no broker."""

    help = "运行后台任务；--drain 做完当前到期的任务后退出"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how long to go on."""
        parser.add_argument("--drain", action="store_true", help="做完当前到期的任务后退出，显示每项结果")
        parser.add_argument("--parent", type=int, default=0, help="该进程结束后本进程随之结束")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        if options["drain"]:
            self._drain()
            return
        parent = options["parent"]
        while not parent or os.getppid() == parent:
            if not self._one():
                time.sleep(POLL_SECONDS)

    def _one(self) -> bool:
        """Run one job if one is due; a database that is away for a moment is waited for."""
        try:
            return run_due() is not None
        except OperationalError as error:
            self.stderr.write(f"数据库暂时不可用：{error}")
            time.sleep(1)
            return False
        finally:
            close_old_connections()

    def _drain(self) -> None:
        failed: list[Job] = []
        while row := run_due():
            self.stdout.write(f"  {row.title} …… {row.get_state_display()}")
            if row.state == JobState.FAILED:
                failed.append(row)
        if failed:
            raise CommandError("；".join(f"{row.title}：{row.error}（{row.error_ref}）" for row in failed))
