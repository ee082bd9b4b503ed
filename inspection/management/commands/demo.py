"""Build the demo district, or throw it away and build it anew."""

import shutil
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core.errors import ServiceError
from inspection.demo import build, cast
from inspection.demo.steps import AFTER_PAPERS, STEPS
from villages.models import District, Role, User


class Command(BaseCommand):
    """Idempotent: what is there stays, what is missing is added."""

    help = "建立演示区（可重复执行）；--reset 清空演示区后重建"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the one option."""
        parser.add_argument("--reset", action="store_true", help="清空演示区的数据后重建")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, then print the accounts."""
        if settings.PRODUCTION:
            raise CommandError("正式环境不建立演示区。")
        if options["reset"]:
            self._reset()
        self.stdout.write("正在准备数据库……")
        call_command("migrate", verbosity=0)
        self.stdout.write("正在建立演示区“青岚区”（全部内容均为虚构）：")
        try:
            build.build(STEPS, self._say)
            self.stdout.write("正在生成文书：")
            call_command("run_jobs", "--drain")
            build.build(AFTER_PAPERS, self._say)
        except ServiceError as error:
            raise CommandError(error.message) from error
        self._accounts()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _reset(self) -> None:
        """Undo every migration (which also lifts the audit trail's guard) and remove the stored files."""
        if "villages_district" in connection.introspection.table_names():
            if District.objects.exclude(code=cast.COUNTY).exists():
                raise CommandError("数据库中有演示区以外的数据，不能清空。")
            for config in reversed(list(apps.get_app_configs())):
                if (settings.BASE_DIR / config.label / "migrations" / "0001_initial.py").exists():
                    call_command("migrate", config.label, "zero", verbosity=0)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        shutil.rmtree(settings.DATA_DIR / "keys", ignore_errors=True)
        self.stdout.write("演示区已清空。")

    def _accounts(self) -> None:
        """One line a person, those a visitor wants first on top."""
        self.stdout.write(f"\n演示账号（密码均为 {cast.PASSWORD}）：")
        order = list(Role.values)
        people = User.objects.exclude(role="").select_related("office")
        for user in sorted(people, key=lambda row: (order.index(row.role), row.username)):
            post = user.memberships.select_related("team").order_by("-round__number").first()
            title = f"{post.team}{post.get_role_display()}" if post else user.get_role_display()
            self.stdout.write(f"  {user.username:<14}{user.display_name}（{title}，{user.office}）")
