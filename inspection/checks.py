"""Numbered checks that refuse a half-configured production, each with what to do about it.

They run at every management command, at the start of every Celery process, and before the web server takes its
first request (``deploy/bin/web``). Those that ask the database run with ``check --database default``.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.utils import timezone

KEY_LENGTH = 50
KEY_VARIETY = 12
CLOCK_TOLERANCE = timedelta(seconds=5)
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]", "testserver"}
SAFE_PYTHON = (3, 11, 8)


def _error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"wuzijue.E{number:03}")


@register(Tags.security)
def check_secrets(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E001–E003, E016: keys are there, long, drawn by chance, and each its own."""
    if not settings.PRODUCTION:
        return []
    keys = {"SECRET_KEY": _secret_key(), "SURVEY_KEY": settings.SURVEY_KEY, "CLUE_KEY": settings.CLUE_KEY}
    found: list[CheckMessage] = []
    for number, (name, value) in zip((1, 2, 16), keys.items(), strict=True):
        weakness = _weakness(value)
        if weakness:
            hint = f"用 deploy/make-secrets 生成，并以 {name}_FILE 指向该文件。"
            found.append(_error(number, f"{name} {weakness}。", hint))
    if _repeated([*keys.values(), *_passwords()]):
        found.append(_error(3, "两处密钥或口令相同。", "每个用途各用一个：一处泄露不应打开另一处。"))
    return found


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def _weakness(key: str) -> str:
    if not key:
        return "没有设置"
    if "insecure" in key or "changeme" in key.lower():
        return "是示例值"
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY:
        return f"太短或太单调（至少 {KEY_LENGTH} 个随机字符）"
    return ""


def _passwords() -> list[str]:
    """Passwords of the database and of the broker, as far as they are set."""
    return [settings.DATABASES["default"].get("PASSWORD") or "", urlsplit(settings.REDIS_URL).password or ""]


def _repeated(values: Sequence[str]) -> bool:
    given = [value for value in values if value]
    return len(given) != len(set(given))


@register(Tags.security)
def check_exposure(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E004–E007: no debug page, no wildcard host, HTTPS, and a known proxy."""
    return list(_exposure())


def _exposure() -> Iterator[CheckMessage]:
    strangers = set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS
    if settings.DEBUG and (settings.PRODUCTION or strangers - {"*"}):
        yield _error(4, "DEBUG 打开着，却允许外部访问。", "去掉环境变量 DEBUG；调试只在本机进行。")
    if not settings.PRODUCTION:
        return
    if not settings.ALLOWED_HOSTS or any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield _error(
            5, "ALLOWED_HOSTS 为空或含通配符。", "写明访问用的域名，例如 ALLOWED_HOSTS=xuncha.example.org。"
        )
    if not settings.HTTPS:
        yield _error(6, "没有启用 HTTPS。", "去掉 WUZIJUE_HTTPS=0，由反向代理提供证书。")
    if not settings.TRUSTED_PROXY:
        hint = "代理走本机套接字时设 TRUSTED_PROXY=unix，否则设为代理的地址。"
        yield _error(7, "没有设置 TRUSTED_PROXY，所有访问都会记成代理的地址。", hint)


@register(Tags.security)
def check_services(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E008–E010, E014: production runs on PostgreSQL, on a Redis that wants a password, and with a vault."""
    return list(_services()) if settings.PRODUCTION else []


def _services() -> Iterator[CheckMessage]:
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        yield _error(8, "生产方式不能使用 SQLite。", "以 DATABASE_URL_FILE 给出 PostgreSQL 的连接地址。")
    broker = urlsplit(settings.REDIS_URL)
    if broker.scheme not in ("redis", "rediss", "unix"):
        yield _error(9, "没有设置 REDIS_URL。", "以 REDIS_URL_FILE 给出 Redis 的连接地址。")
    elif not broker.password:
        yield _error(10, "Redis 没有口令。", "在 Redis 设 requirepass，并写进 REDIS_URL_FILE。")
    if not settings.VAULT_SOCKET:
        hint = "设 VAULT_SOCKET 为封存服务的套接字，并运行 deploy/bin/vault。"
        yield _error(14, "没有设置封存服务（VAULT_SOCKET）。", hint)


@register(Tags.files)
def check_folders(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E011: what people upload can be written to disk. Holds in every mode."""
    return [
        _error(
            11,
            f"不能写入目录 {folder}。",
            "检查目录是否存在、属主是否为运行本系统的用户，或用 WUZIJUE_DATA 另指定。",
        )
        for folder in (Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT))
        if not _writable(folder)
    ]


def _writable(folder: Path) -> bool:
    """Can ``folder`` be written, or made? A missing one is judged by its nearest existing parent."""
    while not folder.exists():
        folder = folder.parent
    try:
        # Asked by doing it: permission bits say nothing about a read-only mount, nor about the superuser.
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@register(Tags.compatibility)
def check_python(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """I001: older 3.11 releases read zip files whose entries overlap; uploads are guarded, so it is only said."""
    if not settings.PRODUCTION or sys.version_info >= SAFE_PYTHON:
        return []
    wanted = ".".join(map(str, SAFE_PYTHON))
    message = f"Python 低于 {wanted}，自带的 zipfile 有已知缺陷（上传文件另有防护）。"
    return [Info(message, hint=f"有条件时升级到 Python {wanted} 或更新版本。", id="wuzijue.I001")]


@register(Tags.database)
def check_database(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E012, E013, E015, W001: the database answers, its role has no power it should not have, both clocks agree."""
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    try:
        powerful, opens, database_time = _ask_database()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return [
            _error(
                13,
                f"连接不上数据库：{reason}",
                "检查 DATABASE_URL_FILE 中的地址、账号、口令，以及数据库是否已启动。",
            )
        ]
    found: list[CheckMessage] = []
    if powerful:
        found.append(
            _error(12, "数据库账号权限过大（超级用户）。", "用 deploy/postgres/init.sh 建立的普通账号连接。")
        )
    if opens and not powerful:
        hint = "以库的属主账号运行 deploy/bin/migrate，收回网页账号对密文的读权限。"
        found.append(_error(15, "网页进程的数据库账号能读取封存的密文。", hint))
    if abs(timezone.now() - database_time) > CLOCK_TOLERANCE:
        message = "本机与数据库的时钟相差超过 5 秒。"
        found.append(Warning(message, hint="两台机器都启用时间同步（NTP）。", id="wuzijue.W001"))
    return found


def _ask_database() -> tuple[bool, bool, datetime]:
    """Whether our role could change what it must not, whether it reads ciphertext, and what the server's clock says."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls,"
            " coalesce(has_column_privilege(to_regclass('findings_sealedpart'), 'box', 'SELECT'), false),"
            " clock_timestamp()"
            " FROM pg_roles WHERE rolname = current_user"
        )
        return cursor.fetchone()
