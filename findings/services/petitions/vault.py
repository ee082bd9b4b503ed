"""Who may touch a private key: the vault, a process of its own that other processes ask over a local socket.

A service marked ``in_vault`` runs there. Where no vault is set up (a command on the machine itself, a test) it runs in
the calling process, through the same door. Messages name a service and rows by key; the vault loads the rows itself,
checks every rule again and writes the audit trail, so that a web process gone astray opens nothing by asking.
"""

import base64
import logging
import os
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection as database
from django.db import models

from core import wire
from core.children import Child, keep_alive
from core.context import client_address
from core.errors import NotAllowed, ServiceError
from findings.services.petitions.readings import Opened, Reading, SealedFile

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

LARGEST_REQUEST = 64 * 1024
# All files that may lie sealed for one petition, and the working copies of its pictures, as base64.
LARGEST_ANSWER = 160 * 1024 * 1024
CONNECT_SECONDS, ANSWER_SECONDS, REQUEST_SECONDS = 2.0, 60.0, 5.0
# Longer paths do not fit into a socket's address on every system.
LONGEST_PATH = 100

_AWAY = "封存服务没有运行，现在不能打开、补授封存内容。请联系系统管理员启动封存服务（vault），稍后再试。"
_SILENT = "封存服务没有答复。请看申请的状态：已显示“已查阅”的须重新申请，否则稍后再试。"
_FAILED = "封存服务出错，没有显示任何内容。请联系系统管理员查看封存服务的日志。"
_GONE = "这条记录已不存在，请刷新后再试。"

_services: dict[str, Callable[..., Any]] = {}
# Rows a message may name.
_ROWS = frozenset({"villages.user", "findings.custodian", "findings.opening"})


class _Place:
    """Where the vault is for this process: ``None`` as the settings say, empty for here."""

    path: str | None = None


def in_vault(service: Callable[P, R]) -> Callable[P, R]:
    """Have ``service`` (keyword arguments only) run in the vault."""
    _services[service.__name__] = service

    @wraps(service)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        path = settings.VAULT_SOCKET if _Place.path is None else _Place.path
        return _ask(path, service.__name__, kwargs) if path else service(*args, **kwargs)

    return called


def be_the_vault() -> None:
    """Run the marked services in this process from now on."""
    _Place.path = ""


def start() -> None:
    """Embedded mode: look after a vault from this web process, and ask it from now on."""
    path = embedded_path()
    if settings.VAULT_EMBEDDED and not settings.VAULT_SOCKET and path:
        keep_alive(Child("vault", ("vault", "--embedded"), "vault.lock"))
        _Place.path = path


def embedded_path() -> str:
    """Where the embedded vault listens; empty where the data directory's name is too long for a socket."""
    path = str(Path(settings.DATA_DIR) / "vault.sock")
    return path if len(os.fsencode(path)) <= LONGEST_PATH else ""


# --- asking -----------------------------------------------------------------------------------------------


def _ask(path: str, name: str, arguments: dict[str, Any]) -> Any:
    if database.in_atomic_block:
        raise RuntimeError("the vault writes by itself: ask it outside of a transaction")
    message = {"do": name, "address": client_address.get(), "arguments": _packed(arguments)}
    answer = _exchange(path, message)
    if "error" not in answer:
        return _unpacked(answer["result"])
    kind = NotAllowed if answer["error"] == "not_allowed" else ServiceError
    raise kind(answer["message"], answer.get("field"))


def _exchange(path: str, message: dict[str, Any]) -> dict[str, Any]:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as line:
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(path)
        except OSError:
            raise ServiceError(_AWAY) from None
        try:
            line.settimeout(ANSWER_SECONDS)
            wire.send(line, message)
            return wire.receive(line, LARGEST_ANSWER)
        except (OSError, wire.BrokenMessage):
            raise ServiceError(_SILENT) from None


# --- answering --------------------------------------------------------------------------------------------


def answer(line: socket.socket) -> None:
    """Take one question in and answer it; whoever dawdles or sends nonsense is left without an answer."""
    line.settimeout(REQUEST_SECONDS)
    try:
        message = wire.receive(line, LARGEST_REQUEST)
        line.settimeout(ANSWER_SECONDS)
        wire.send(line, _answered(message))
    except (OSError, wire.BrokenMessage) as error:
        log.warning("a question was not answered: %s", type(error).__name__)


def _answered(message: dict[str, Any]) -> dict[str, Any]:
    name = str(message.get("do", ""))[:40]
    if name == "ping":
        return {"result": "vault"}
    mark = client_address.set(str(message.get("address", ""))[:60])
    try:
        return {"result": _packed(_services[name](**_unpacked(message["arguments"])))}
    except ServiceError as refusal:
        kind = "not_allowed" if isinstance(refusal, NotAllowed) else "refused"
        return {"error": kind, "message": refusal.message, "field": refusal.field}
    except Exception as error:
        log.error("%s failed: %s", name if name in _services else "an unknown question", type(error).__name__)
        return {"error": "failed", "message": _FAILED}
    finally:
        client_address.reset(mark)


# --- what travels -----------------------------------------------------------------------------------------


def _packed(value: Any) -> Any:
    if isinstance(value, Reading):
        return {"reading": _packed(asdict(value))}
    if isinstance(value, models.Model):
        return {"row": value._meta.label_lower, "pk": str(value.pk)}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: _packed(one) for name, one in value.items()}
    return [_packed(one) for one in value] if isinstance(value, list) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "row" in value:
        return _row(str(value["row"]), value["pk"])
    if "bytes" in value:
        return base64.b64decode(value["bytes"])
    if "reading" in value:
        return _reading(_unpacked(value["reading"]))
    return {name: _unpacked(one) for name, one in value.items()}


def _row(label: str, key: Any) -> models.Model:
    if label not in _ROWS:
        raise ServiceError(_GONE)
    row = apps.get_model(label)._base_manager.filter(pk=key).first()
    if row is None or not getattr(row, "is_active", True):
        raise ServiceError(_GONE)
    return row


def _reading(plain: dict[str, Any]) -> Reading:
    parts = [
        Opened(**part | {"files": [SealedFile(**one) for one in part["files"]]}) for part in plain["parts"]
    ]
    return Reading(parts, plain["locked"])
