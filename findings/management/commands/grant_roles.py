"""Says on PostgreSQL which role may do what: sealed ciphertext is read by the vault alone."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from core.models.audit import AuditEntry, AuditHead
from findings.models import Custodian, Opening, RecoveryKey, SealedKey

_OWNER = "_migrate"
# What the vault writes: the trail, the grants it spends, the keys it makes and wraps.
_VAULT_WRITES: dict[type[models.Model], str] = {
    AuditEntry: "INSERT",
    AuditHead: "INSERT, UPDATE",
    Opening: "UPDATE",
    Custodian: "UPDATE",
    RecoveryKey: "INSERT, UPDATE",
    SealedKey: "INSERT, DELETE",
}
_MISSING = (
    "数据库里没有账号 {role}，封存服务不能单独运行。请以超级用户执行：\n"
    "  CREATE ROLE {role} LOGIN PASSWORD '…';  GRANT CONNECT ON DATABASE {database} TO {role};\n"
    "  GRANT USAGE ON SCHEMA public TO {role};\n"
    "口令与 db_vault_url 文件一致（deploy/make-secrets 会生成），然后再运行一次 deploy/bin/migrate。"
)


class Command(BaseCommand):
    """Run by the owner of the schema after each migration; running it again changes nothing."""

    help = "在 PostgreSQL 上分配数据库账号的权限：封存的密文只有封存服务能读"

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant and revoke, all or nothing."""
        owner = connection.settings_dict["USER"]
        if connection.vendor != "postgresql" or not owner.endswith(_OWNER):
            raise CommandError("只在 PostgreSQL 上、以库的属主账号（…_migrate）运行。")
        prefix = owner.removesuffix(_OWNER)
        web, worker, vault = (f"{prefix}_{name}" for name in ("web", "worker", "vault"))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [vault])
            if not cursor.fetchone()[0]:
                raise CommandError(_MISSING.format(role=vault, database=connection.settings_dict["NAME"]))
            for model in sealed_models():
                _close(cursor, model, web, worker)
            _open_to_the_vault(cursor, vault)
        self.stdout.write("数据库账号的权限已分配。")


def sealed_models() -> list[type[models.Model]]:
    """Tables that say by ``VAULT_ONLY`` what only the vault reads."""
    return [model for model in apps.get_models() if hasattr(model, "VAULT_ONLY")]


def _close(cursor: CursorWrapper, model: type[models.Model], web: str, worker: str) -> None:
    """The web adds rows; neither web nor worker reads ciphertext, changes or removes anything."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [f.column or "" for f in model._meta.concrete_fields if f.name not in model.VAULT_ONLY]  # type: ignore[attr-defined]
    shown = ", ".join(quote(column) for column in columns)
    both = f"{quote(web)}, {quote(worker)}"
    cursor.execute(f"REVOKE ALL ON {table} FROM {both}")
    cursor.execute(f"GRANT SELECT ({shown}) ON {table} TO {both}")
    cursor.execute(f"GRANT INSERT ON {table} TO {quote(web)}")


def _open_to_the_vault(cursor: CursorWrapper, vault: str) -> None:
    role = connection.ops.quote_name(vault)
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for model, rights in _VAULT_WRITES.items():
        cursor.execute(f"GRANT {rights} ON {connection.ops.quote_name(model._meta.db_table)} TO {role}")
