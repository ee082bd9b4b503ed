"""Make the first account of an installation, or any later one, from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import SYSTEM
from core.errors import ServiceError
from villages import services
from villages.models import Office, Role
from villages.models.roles import ROLE_OFFICES


class Command(BaseCommand):
    """``create_account LOGIN NAME --role office_head --office 单位名称``; prints the initial password once."""

    help = "建立账号并显示初始密码（只显示这一次，首次登录须修改）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, in which role, in which unit."""
        parser.add_argument("username", help="登录名")
        parser.add_argument("display_name", help="姓名")
        parser.add_argument("--role", default=Role.OFFICE_HEAD, choices=Role.values, help="角色")
        parser.add_argument("--office", default="", help="单位名称，没有的会登记（镇村单位除外）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account and give its first password."""
        try:
            user = services.create_user(
                actor=SYSTEM,
                username=options["username"],
                display_name=options["display_name"],
                role=options["role"],
                office=self._office(options["role"], options["office"]),
            )
            password = services.reset_password(actor=SYSTEM, user=user)
        except ServiceError as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"登录名 {user.username}\n初始密码 {password}")

    def _office(self, role: str, name: str) -> Office | None:
        kind = ROLE_OFFICES.get(Role(role))
        if not name:
            return None
        known = Office.objects.filter(name=name).first()
        return known or services.create_office(actor=SYSTEM, kind=kind or Office.Kind.DEPARTMENT, name=name)
